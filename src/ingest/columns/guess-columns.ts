import type { ByteSource } from '../tables/byte-source.ts';
import { bindColumns, missingFields } from './bind-columns.ts';
import type { BoundTable } from './bound-table.ts';
import { outcomeNamed } from '../cells/call-outcomes.ts';
import { allLengthened, chooseTables } from './choose-tables.ts';
import { isDressing } from '../tables/decoration-rows.ts';
import { fieldsOfKind, ingestKinds, type IngestKind } from './fields.ts';
import { headingConfidence, isPersonalHeading, shownHeading } from './headings.ts';
import { maskDigits, maskLikelyPersonal, maskPersonal } from '../cells/mask-numbers.ts';
import type { FileUnpacker } from '../tables/file-unpacker.ts';
import { UnreadableFileError } from '../tables/inflate.ts';
import type { GuessedColumn, GuessedFile } from './guessed-file.ts';
import type { FileKnowledge } from './ingest-options.ts';
import { defaultLimits, type IngestLimits } from '../ingest-limits.ts';
import { inferStep } from '../cells/interval-step.ts';
import type { DurationUnit } from '../../contract/duration-units.ts';
import { guessUnits } from './guess-units.ts';
import { emptyMap, type MapFile } from './map-file.ts';
import { readyTables } from './presets.ts';
import { openTables, type TableOptions, type Tables } from '../tables/open-table.ts';
import { ProblemLedger } from '../findings/problem-ledger.ts';
import { guessDateOrder, suggestColumns, type Suggestion } from './suggest-columns.ts';
import { readTime, type DateOrder } from '../cells/wall-clock.ts';
import { zoneInstants } from '../cells/zone-instants.ts';

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
    /** Preset to read it by; 'none' for none. */
    readonly preset?: string;
    /** True: the file has no row of headings. */
    readonly noHeadings?: boolean;
    /** Names of the hotline's queues, which may head columns. */
    readonly queueNames?: readonly string[];
  },
): Promise<GuessedFile> => {
  const kinds = kind === 'auto' ? ingestKinds : [kind];
  const ready = readyTables(await openOrRefuse(source, options), kinds, {
    ...bareOptions,
    queueAliases: Object.fromEntries((options.queueNames ?? []).map((q) => [q, q])),
    ...(options.preset === undefined ? {} : { preset: options.preset }),
    ...(options.noHeadings === true ? { map: { ...emptyMap, headings: [] } } : {}),
  });
  const read = ready.options;
  const isTraffic = kind === 'auto' || kind === 'traffic';
  const opened = isTraffic ? allLengthened(ready.tables, read) : ready.tables;
  const named = ready.preset === undefined ? undefined : read.map?.kind;
  const chosen = kind === 'auto' ? (named ?? likeliestKind(opened)) : kind;
  const [table] = chooseTables(opened, [chosen], read).tables;
  // the head is all that is needed: stop at the first row, so that the source is closed
  await table.read({ row: () => false, brokenRow: () => false });
  const bound = bindColumns(table.head, chosen, { ...bareOptions, map: read.map });
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
    columns: bound.headings.map((name, column) => {
      const own = columnOf(name, column, samples, bound, units, suggested);
      return own.guess !== null && read.map?.columns[own.guess] !== undefined
        ? { ...own, confidence: 1 }
        : own;
    }),
    map: mapOf(bound, chosen, order, units, read.map),
    preset: ready.preset ?? null,
    missing: missingFields(bound),
    kind: chosen,
    intervalMinutes: stepOfSamples(bound, rows, starts, order),
    dateFormat: formatOf(starts, order),
    queues: distinct(bound, rows, 'queue'),
    outcomes: outcomesOf(bound, rows),
  };
};

/** Results of the sample, and what each is taken for; those whose rows are dropped are no question. */
const outcomesOf = (bound: BoundTable, rows: readonly (readonly string[])[]): GuessedFile['outcomes'] => {
  const said = bound.bindings.get('outcome')?.values;
  return distinct(bound, rows, 'outcome').flatMap((value) => {
    const word = said?.has(value) === true ? said.get(value) : value;
    return word === null ? [] : [{ value, outcome: outcomeNamed(word ?? value) ?? null }];
  });
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
  known: MapFile | undefined,
): MapFile => {
  const named = (columns: readonly number[]): string | string[] => {
    const headings = columns.map((column) => shownHeading(bound.headings[column] ?? ''));
    return headings.length === 1 ? (headings[0] ?? '') : headings;
  };
  const bindings = [...bound.bindings.values()].filter(({ columns }) => columns.length > 0);
  const units = [...guessed].filter(([, unit]) => unit !== 'seconds');
  return {
    ...emptyMap,
    ...known,
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
