import type { ByteSource } from '../tables/byte-source.ts';
import { bindColumns, missingFields } from './bind-columns.ts';
import type { BoundTable } from './bound-table.ts';
import type { CallOutcome } from '../../kernel/records.ts';
import { outcomeNamed } from '../cells/call-outcomes.ts';
import { allLengthened, chooseTables } from './choose-tables.ts';
import { isDressing } from '../tables/decoration-rows.ts';
import { fieldsOfKind, ingestKinds, type IngestKind } from './fields.ts';
import { headingConfidence, isPersonalHeading, shownHeading } from './headings.ts';
import { maskDigits, maskLikelyPersonal, maskPersonal } from '../cells/mask-numbers.ts';
import type { FileUnpacker } from '../tables/file-unpacker.ts';
import { UnreadableFileError } from '../tables/inflate.ts';
import type { FileKnowledge } from './ingest-options.ts';
import { defaultLimits, type IngestLimits } from '../ingest-limits.ts';
import { inferStep } from '../cells/interval-step.ts';
import type { DurationUnit } from '../../contract/duration-units.ts';
import { guessUnits } from './guess-units.ts';
import { emptyMap, type MapFile } from './map-file.ts';
import { openTables, type TableOptions, type Tables } from '../tables/open-table.ts';
import { ProblemLedger } from '../findings/problem-ledger.ts';
import { guessDateOrder, suggestColumns, type Suggestion } from './suggest-columns.ts';
import { readTime, type DateOrder } from '../cells/wall-clock.ts';
import { zoneInstants } from '../cells/zone-instants.ts';

/** A column of a dropped file as the page shows it. */
export interface GuessedColumn {
  readonly name: string;
  /** Up to five cells that are not empty; persons' numbers are hidden. */
  readonly samples: readonly string[];
  /** Canonical field that it is taken for, null for none. */
  readonly guess: string | null;
  /** Durations: the unit in which it will be read; null for any other column. */
  readonly unit: DurationUnit | null;
  /** 0–1; below 0.8 the page should ask. */
  readonly confidence: number;
}

/** What a file looks like: all that a planner confirms or corrects before it is ingested. */
export interface GuessedFile {
  readonly encoding: string;
  readonly format: 'csv' | 'xlsx';
  readonly gzip: boolean;
  readonly delimiter: string | null;
  /** Sheets of a workbook of several, and the one that is shown; both empty for any other file. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  /** Line of the heading, from 1: rows above it (a title) are passed over. */
  readonly headingLine: number;
  readonly columns: readonly GuessedColumn[];
  /** A map file that says what was guessed: ingesting with it does what is shown. */
  readonly map: MapFile;
  /** Required canonical fields that no column was found for. */
  readonly missing: readonly string[];
  readonly kind: IngestKind;
  /** Length of the intervals of the sample, null where they cannot be told. */
  readonly intervalMinutes: number | null;
  /** Order of date parts where it matters, and a sample as it is read; null without a time column. */
  readonly dateFormat: { readonly order: DateOrder; readonly sample: string; readonly readAs: string } | null;
  /** Distinct queue names of the sample, to be matched with the hotline's. */
  readonly queues: readonly string[];
  /** Call records: distinct results of the sample, and what each is taken for; null where its wording tells nothing. */
  readonly outcomes: readonly { readonly value: string; readonly outcome: CallOutcome | null }[];
}

const bareOptions: FileKnowledge = {
  zone: 'UTC',
  now: 0,
  absent: 'gap',
  skipBadRows: false,
  answerTimeThresholdSeconds: 15,
  shortAbandonSeconds: 5,
  intervalMinutes: 30,
  openingHours: [],
  attribution: 'arrival',
};

/**
 * What a dropped file is and which column is what, from its first rows. `kind` is what the planner chose;
 * 'auto' also guesses the kind. Throws BadInputError when the file is no table at all.
 */
export const guessColumns = async (
  source: ByteSource,
  kind: IngestKind | 'auto',
  options: {
    readonly unpacker: FileUnpacker;
    readonly encoding?: string;
    readonly sheet?: string;
    readonly limits?: Partial<IngestLimits>;
    /** Names of the hotline's queues, which may head columns. */
    readonly queueNames?: readonly string[];
  },
): Promise<GuessedFile> => {
  const read = {
    ...bareOptions,
    queueAliases: Object.fromEntries((options.queueNames ?? []).map((q) => [q, q])),
  };
  const raw = await openOrRefuse(source, options);
  const opened = kind === 'auto' || kind === 'traffic' ? allLengthened(raw, read) : raw;
  const chosen = kind === 'auto' ? likeliestKind(opened) : kind;
  const [table] = chooseTables(opened, [chosen], read).tables;
  // the head is all that is needed: stop at the first row, so that the source is closed
  await table.read({ row: () => false, brokenRow: () => false });
  const bound = bindColumns(table.head, chosen, bareOptions);
  const rows = table.head
    .filter(({ line, cells }) => line > bound.headingLine && !isDressing(cells, bound.headings))
    .map((row) => row.cells);
  const samples = bound.headings.map((_, column) => rows.map((cells) => cells[column] ?? ''));
  const suggested = suggestColumns(bound.headings, (column) => samples[column] ?? [], bound.kind);
  const units = guessUnits(bound, rows);
  const starts = timeCells(bound, rows);
  const order = guessDateOrder(starts);
  return {
    encoding: table.encodingName(),
    format: table.format,
    gzip: table.gzip,
    delimiter: table.delimiter,
    sheets: table.sheets ?? [],
    sheet: table.sheet ?? null,
    headingLine: bound.headingLine,
    columns: bound.headings.map((name, column) => columnOf(name, column, samples, bound, units, suggested)),
    map: mapOf(bound, chosen, order, units),
    missing: missingFields(bound),
    kind: chosen,
    intervalMinutes: stepOfSamples(bound, rows, starts, order),
    dateFormat: formatOf(starts, order),
    queues: distinct(bound, rows, 'queue'),
    outcomes: distinct(bound, rows, 'outcome').map((value) => ({
      value,
      outcome: outcomeNamed(value) ?? null,
    })),
  };
};

const openOrRefuse = async (
  source: ByteSource,
  options: Omit<TableOptions, 'limits'> & { readonly limits?: Partial<IngestLimits> },
): Promise<Tables> => {
  try {
    return await openTables(source, { ...options, limits: { ...defaultLimits, ...options.limits } });
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    const ledger = new ProblemLedger(false, 0);
    ledger.refuse(error.defect, { file: source.name, row: error.row });
    ledger.throwIfAny();
    throw error;
  }
};

/**
 * The kind of which the most is found in any table: required columns found count, required columns missing count
 * against.
 */
const likeliestKind = (tables: Tables): IngestKind => {
  let best: IngestKind = 'traffic';
  let most = -Infinity;
  for (const { table, kind } of tables.flatMap((each) =>
    ingestKinds.map((kind) => ({ table: each, kind })),
  )) {
    const { bindings, headings } = bindColumns(table.head, kind, bareOptions);
    const sure = [...bindings.values()].reduce(
      (sum, binding) =>
        sum +
        Math.max(
          0.5,
          ...binding.columns.map((at) => headingConfidence(headings[at] ?? '', kind, binding.spec.field)),
        ),
      0,
    );
    // one queue for all is usual, so a missing queue column says little
    const missing = fieldsOfKind[kind].filter(
      (spec) => spec.required === true && spec.field !== 'queue' && !bindings.has(spec.field),
    ).length;
    const score = sure - 2 * missing;
    if (score > most) {
      most = score;
      best = kind;
    }
  }
  return best;
};

const columnOf = (
  name: string,
  column: number,
  samples: readonly string[][],
  bound: BoundTable,
  units: ReadonlyMap<string, DurationUnit>,
  suggestions: readonly Suggestion[],
): GuessedColumn => {
  const binding = [...bound.bindings.values()].find((candidate) => candidate.columns.includes(column));
  const indicator = [...bound.indicators].find(([, candidate]) => candidate.columns.includes(column));
  const suggested = suggestions.find(({ columns }) => columns.includes(column));
  const field =
    binding?.spec.field ?? (indicator === undefined ? null : `indicator:${shownHeading(indicator[0])}`);
  const exact = name.trim().toLowerCase() === field;
  const cells = (samples[column] ?? []).map((cell) => cell.trim()).filter((cell) => cell !== '');
  const shown = [...new Set(cells)].slice(0, 5);
  const measured = binding !== undefined && !['text', 'list'].includes(binding.spec.type);
  // a column of persons' numbers, by its heading or by a cell; its other cells may be numbers of unusual form
  const secret =
    field === 'caller' ||
    (!measured && (isPersonalHeading(name) || cells.some((cell) => maskPersonal(cell) !== cell)));
  const mask = secret ? maskDigits : measured ? maskPersonal : maskLikelyPersonal;
  return {
    name: shownHeading(name),
    samples: [...new Set(shown.map(mask))],
    guess: field,
    unit: units.get(field ?? '') ?? null,
    confidence: field === null ? 0 : exact ? 1 : (suggested?.confidence ?? 0.6),
  };
};

const mapOf = (
  bound: BoundTable,
  kind: IngestKind,
  order: DateOrder | undefined,
  guessed: ReadonlyMap<string, DurationUnit>,
): MapFile => {
  const named = (columns: readonly number[]): string | string[] => {
    const headings = columns.map((column) => shownHeading(bound.headings[column] ?? ''));
    return headings.length === 1 ? (headings[0] ?? '') : headings;
  };
  const bindings = [...bound.bindings.values()].filter(({ columns }) => columns.length > 0);
  const units = [...guessed].filter(([, unit]) => unit !== 'seconds');
  return {
    ...emptyMap,
    kind,
    columns: Object.fromEntries([
      ...bindings.map(({ spec, columns }) => [spec.field, named(columns)] as const),
      ...[...bound.indicators].map(
        ([name, { columns }]) => [`indicator:${shownHeading(name)}`, named(columns)] as const,
      ),
    ]),
    units: Object.fromEntries(units),
    ...(order === undefined ? {} : { dateOrder: order }),
  };
};

const timeCells = (bound: BoundTable, rows: readonly (readonly string[])[]): string[] => {
  const binding = [...bound.bindings.values()].find(
    ({ spec }) => spec.type === 'time' || spec.type === 'date',
  );
  if (binding === undefined) return [];
  return rows
    .map((cells) => binding.columns.map((column) => (cells[column] ?? '').trim()).join(' '))
    .filter((cell) => cell.trim() !== '');
};

const formatOf = (starts: readonly string[], order: DateOrder | undefined): GuessedFile['dateFormat'] => {
  for (const sample of starts) {
    const read = readTime(sample, order);
    if (typeof read === 'string') continue;
    const readAs = new Date(read.millis)
      .toISOString()
      .slice(0, read.dateOnly ? 10 : 19)
      .replace('T', ' ');
    return { order: order ?? 'ymd', sample, readAs };
  }
  return null;
};

const stepOfSamples = (
  bound: BoundTable,
  rows: readonly (readonly string[])[],
  starts: readonly string[],
  order: DateOrder | undefined,
): number | null => {
  const given = bound.bindings.get('interval_minutes')?.columns[0];
  const first = given === undefined ? Number.NaN : Number(rows[0]?.[given]);
  if (first > 0) return first;
  if (bound.kind !== 'traffic' && bound.kind !== 'presence' && bound.kind !== 'channel-volumes') return null;
  const instants = new Set<number>();
  for (const start of starts) {
    const read = readTime(start, order);
    if (typeof read === 'string') continue;
    if (read.rangeMinutes !== undefined) return read.rangeMinutes;
    instants.add(read.millis);
  }
  const step = inferStep([Float64Array.from(instants).sort()], zoneInstants('UTC', 0, 0));
  return 'minutes' in step ? step.minutes : null;
};

/** Distinct cells of a field's column in the sample, at most fifty. */
const distinct = (bound: BoundTable, rows: readonly (readonly string[])[], field: string): string[] => {
  const column = bound.bindings.get(field)?.columns[0];
  if (column === undefined) return [];
  return [...new Set(rows.map((cells) => (cells[column] ?? '').trim()))]
    .filter((name) => name !== '' && maskPersonal(name) === name)
    .slice(0, 50);
};
