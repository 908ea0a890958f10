import type { DurationUnit } from '../../contract/duration-units.ts';
import { type CallOutcome, type RecordKind, recordKindNames } from '../../kernel/records.ts';
import { remembered } from '../../kernel/remember.ts';
import { callBounds } from '../../kernel/traffic-doubts.ts';
import { meanOf, sumOf } from '../../kernel/statistics.ts';
import { outcomeNamed } from '../cells/call-outcomes.ts';
import { durationSeconds, guessDecimalMark, plainNumber } from '../cells/durations.ts';
import { inferStep } from '../cells/interval-step.ts';
import { maskDigits, maskLikelyPersonal, maskPersonal } from '../cells/personal-numbers.ts';
import { type DateOrder, readTime } from '../cells/wall-clock.ts';
import { zoneInstants } from '../cells/zone-instants.ts';
import { defect, ProblemLedger } from '../findings/problem-ledger.ts';
import { defaultLimits, type IngestLimits } from '../ingest-limits.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import { isDressing } from '../tables/decoration-rows.ts';
import type { FileUnpacker } from '../tables/file-unpacker.ts';
import { lengthened, ungrouped } from '../tables/grouped-table.ts';
import { UnreadableFileError } from '../tables/inflate.ts';
import { openTables, type TableOptions } from '../tables/open-table.ts';
import type { OpenTable, OpenTables } from '../tables/sheet-row.ts';
import { bindColumns, type Binding, type BoundTable, holdsProse, missingFields } from './bind-columns.ts';
import {
  datePartConfidence,
  fieldsOfKind,
  headingConfidence,
  isPersonalHeading,
  leaveKindWords,
  leaveWord,
  meaningsOf,
  normalHeading,
  shownHeading,
} from './headings.ts';
import { emptyMap, type FileKnowledge, type MapFile } from './map-file.ts';
import { readyTables } from './presets.ts';
import {
  contentOf,
  contentOfType,
  guessDateOrder,
  isWrittenTime,
  samplesBelow,
  suggestColumns,
  type Suggestion,
} from './suggest-columns.ts';

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
  kind: RecordKind | 'auto',
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
  const kinds = kind === 'auto' ? recordKindNames : [kind];
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
  if (holdsProse(bound, table.head)) {
    const ledger = new ProblemLedger(false, 0);
    ledger.refuse(defect('not-a-table', { what: 'prose' }), { file: source.name });
    ledger.throwIfAny();
  }
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
      const guessed = columnOf(name, column, samples, bound, units, suggested);
      return guessed.guess !== null && read.map?.columns[guessed.guess] !== undefined
        ? { ...guessed, confidence: 1 }
        : guessed;
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
  const { values: said, heading = '' } = bound.bindings.get('outcome') ?? {};
  return distinct(bound, rows, 'outcome').flatMap((value) => {
    const word = said?.has(value) === true ? said.get(value) : value;
    return word === null ? [] : [{ value, outcome: outcomeNamed(word ?? value, heading) ?? null }];
  });
};

const openOrRefuse = async (
  source: ByteSource,
  options: Omit<TableOptions, 'limits'> & { readonly limits?: Partial<IngestLimits> },
): Promise<OpenTables> => {
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
 * The kind of which the most is found in any table. A column counts by how surely its heading means a field, and more
 * the fewer kinds know that heading: "event" tells more than "name". Required columns missing count against, less where
 * a column that is left could hold them by its content; so do, half as much, those that nearly every file of the kind has.
 */
const likeliestKind = (tables: OpenTables): RecordKind => {
  let best: RecordKind = 'traffic';
  let most = -Infinity;
  for (const { table, kind } of tables.flatMap((each) =>
    recordKindNames.map((kind) => ({ table: each, kind })),
  )) {
    const score = scoreOf(table, kind);
    if (score > most) {
      most = score;
      best = kind;
    }
  }
  return best;
};

const scoreOf = ({ head }: OpenTable, kind: RecordKind): number => {
  const { bindings, headings, headingLine } = bindColumns(head, kind, bareOptions);
  const used = new Set([...bindings.values()].flatMap(({ columns }) => columns));
  const sureOf = new Map(
    [...bindings].map(([field, { columns }]) => {
      const said = columns.map((at) => headings[at] ?? '');
      const parts = columns.length > 1 ? said.map((each) => datePartConfidence(each, 'clock') / 2) : [];
      const whole = said.map((each) => headingConfidence(each, kind, field) * tellingOf(each));
      return [field, Math.max(...whole, ...parts)];
    }),
  );
  // one queue, or test calls of one line, for all is usual, so a missing column of them says little
  const missing = fieldsOfKind[kind].filter(
    ({ field, required, usual }) =>
      field !== (kind === 'test-calls' ? 'hotline' : 'queue') &&
      (required === true || usual === true) &&
      (sureOf.get(field) ?? 0) === 0,
  );
  const samplesOf = samplesBelow(
    head,
    head.findIndex(({ line }) => line === headingLine),
  );
  const left = headings.flatMap((heading, column) =>
    used.has(column) || heading.trim() === '' ? [] : [contentOf(samplesOf(column))],
  );
  const against = missing.map(({ field, type, required }) => {
    const at = left.indexOf(contentOfType[type]);
    if (at >= 0 && !bindings.has(field)) left.splice(at, 1);
    return (required === true ? 2 : 1) * (at >= 0 || bindings.has(field) ? 0.5 : 1);
  });
  const all = [...sureOf.values()];
  // "sick" tells more than any heading
  const kinds = kind === 'leave' ? (bindings.get('kind')?.columns ?? []).flatMap(samplesOf) : [];
  const telling = kinds.some((cell) => leaveWords.has(leaveWord(cell))) ? 2 : 0;
  return all.some((sure) => sure > 0) ? sumOf(all) + telling - sumOf(against) : -Infinity;
};

/** Words for leave that are said of nothing else. */
const leaveWords: ReadonlySet<string> = new Set(
  Object.entries(leaveKindWords).flatMap(([kind, words]) =>
    kind === 'training'
      ? []
      : [kind, ...words.split(' ')].filter(
          (word) => !/^其[他它]$|^(?:other|special|personal|paid)$|holiday/.test(word),
        ),
  ),
);

/** How much a heading tells of a file's kind: the more, the fewer kinds know it. */
const tellingOf = remembered((heading: string): number => {
  const kinds = recordKindNames.filter((kind) => meaningsOf(heading, kind) !== undefined).length;
  return 0.5 + 1 / Math.max(1, kinds);
}, 1000);

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
    samples: [...new Set(shown.map((cell) => (isWrittenTime(cell) ? cell : mask(cell))))],
    guess: field,
    unit: units.get(field ?? '') ?? null,
    confidence: field === null ? 0 : exact ? 1 : (suggested?.confidence ?? 0.6),
  };
};

const mapOf = (
  bound: BoundTable,
  kind: RecordKind,
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
  const given = bound.bindings.get('interval_minutes')?.columns[0] ?? -1;
  const first = Number(rows[0]?.[given]);
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

/** A column of a dropped file as the page shows it. */
interface GuessedColumn {
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
interface GuessedFile {
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
  /** The preset by which the columns were found, null for none. */
  readonly preset: string | null;
  /** Required canonical fields that no column was found for. */
  readonly missing: readonly string[];
  readonly kind: RecordKind;
  /** Length of the intervals of the sample, null where they cannot be determined. */
  readonly intervalMinutes: number | null;
  /** Order of date parts where it matters, and a sample as it is read; null without a time column. */
  readonly dateFormat: { readonly order: DateOrder; readonly sample: string; readonly readAs: string } | null;
  /** Distinct queue names of the sample, to be matched with the hotline's. */
  readonly queues: readonly string[];
  /** Call records: distinct results of the sample, and what each is taken for; null where its wording tells nothing. */
  readonly outcomes: readonly { readonly value: string; readonly outcome: CallOutcome | null }[];
}

/**
 * The unit of every column of durations in a sample: as its heading or the map says, else the one that makes what
 * stands there a handle time or a wait that calls can have. A wait has its own unit: that of the handle times beside it
 * says little where calls and hang-ups say more.
 */
const guessUnits = (
  bound: BoundTable,
  rows: readonly (readonly string[])[],
): ReadonlyMap<string, DurationUnit> => {
  const durations = [...bound.bindings.values()].filter(
    ({ spec, columns }) => spec.type === 'seconds' && columns.length > 0,
  );
  const units = new Map<string, DurationUnit>(durations.map(({ spec, unit }) => [spec.field, unit]));
  const undecided = durations.filter(({ unit }) => unit === 'seconds');
  const givingUp = givingUpShare(bound, rows);
  let ofHandle: { readonly unit: DurationUnit; readonly isWhole: boolean } | undefined;
  for (const binding of undecided.toSorted((a, b) => rank(a) - rank(b))) {
    const perCall = perCallValues(bound, binding, rows);
    const isWait = binding.spec.field.startsWith('wait');
    const isWhole = rows.every((row) => !/[.,]\d/.test(row[binding.columns[0] ?? 0] ?? ''));
    const own = isWait ? likeliestWait(perCall, isWhole, ofHandle, givingUp) : likeliestHandle(perCall);
    if (own !== undefined) units.set(binding.spec.field, own);
    if (!isWait && own !== undefined) ofHandle ??= { unit: own, isWhole };
  }
  return units;
};

const rank = ({ spec }: Binding): number => (spec.field.startsWith('handle') ? 0 : 1);

/** Share of the sample's calls that hung up; NaN where it does not tell, or nobody did. */
const givingUpShare = ({ bindings }: BoundTable, rows: readonly (readonly string[])[]): number => {
  const total = (field: string): number => {
    const column = bindings.get(field)?.columns[0];
    return column === undefined
      ? Number.NaN
      : sumOf(rows.map((row) => Number(plainNumber((row[column] ?? '').trim(), '.')) || 0));
  };
  const [offered, answered, own] = [total('offered'), total('answered'), total('abandoned')];
  const gaveUp = Number.isNaN(own) ? offered - answered : own;
  return gaveUp > 0 ? gaveUp / (Number.isNaN(answered) ? offered : answered + gaveUp) : Number.NaN;
};

/** Seconds that callers wait on average before they give up, and what it can be. */
const usualPatience = { least: 10, about: 230, most: callBounds.patienceSeconds };

/**
 * The unit of waits: minutes come with decimals, and waits over the share that hung up are the callers' patience
 * (Erlang A: those who hang up are the waiting over the patience), which seconds have to fit unless another unit fits
 * better. Undefined: seconds.
 */
const likeliestWait = (
  values: readonly number[],
  isWhole: boolean,
  ofHandle: { readonly unit: DurationUnit; readonly isWhole: boolean } | undefined,
  givingUp: number,
): DurationUnit | undefined => {
  const bySize = likeliest(values, 1, callBounds.waitSeconds);
  const saysSeconds = isWhole && ofHandle?.isWhole === false && ofHandle.unit !== 'milliseconds';
  const patience = meanOf(values) / givingUp;
  if (!(patience > 0)) return saysSeconds ? bySize : (ofHandle?.unit ?? bySize);
  if (bySize === 'milliseconds') return bySize;
  const fits = patience >= usualPatience.least && patience <= usualPatience.most;
  if (fits && ofHandle === undefined && bySize === undefined) return undefined;
  const distance = (seconds: number): number =>
    Math.abs(Math.log((patience * seconds) / usualPatience.about));
  const units = tried.filter(([unit]) => [ofHandle?.unit, bySize, 'minutes'].includes(unit));
  return units
    .filter(([, seconds]) => !(isWhole && seconds > 1) && distance(seconds) < distance(1))
    .toSorted(([, a], [, b]) => distance(a) - distance(b))[0]?.[0];
};

const likeliestHandle = (values: readonly number[]): DurationUnit | undefined =>
  likeliest(values, callBounds.handleSeconds.from, callBounds.handleSeconds.to);

const tried = [
  ['milliseconds', 0.001],
  ['minutes', 60],
  ['hours', 3600],
  ['days', 86_400],
] as const;

/** Another unit than seconds in which the median lies within bounds, where in seconds it does not. */
const likeliest = (values: readonly number[], from: number, to: number): DurationUnit | undefined => {
  const sorted = values.filter((value) => value > 0).toSorted((a, b) => a - b);
  const median = sorted[sorted.length >> 1];
  if (median === undefined || (median >= from && median <= to)) return undefined;
  const about = Math.sqrt(from * to);
  const distance = (seconds: number): number => Math.abs(Math.log((median * seconds) / about));
  return tried
    .filter(([, seconds]) => median * seconds >= from && median * seconds <= to)
    .toSorted(([, a], [, b]) => distance(a) - distance(b))[0]?.[0];
};

/** What a column says of one call, row by row; clock times are no question of units and are left out. */
const perCallValues = (
  bound: BoundTable,
  binding: Binding,
  rows: readonly (readonly string[])[],
): number[] => {
  const over = binding.spec.field.endsWith('_total')
    ? (bound.bindings.get('answered') ?? bound.bindings.get('offered'))
    : undefined;
  const cellsOf = ({ columns }: Binding): string[] => rows.map((row) => (row[columns[0] ?? 0] ?? '').trim());
  const cells = cellsOf(binding);
  const decimal = guessDecimalMark(cells);
  const calls = over === undefined ? undefined : cellsOf(over);
  return cells.flatMap((cell, i) => {
    if (cell === '' || Number.isNaN(Number(plainNumber(cell, decimal)))) return [];
    const value = durationSeconds(cell, 'seconds', decimal);
    const own = calls === undefined ? 1 : Number(plainNumber(calls[i] ?? '', decimal));
    return own > 0 && Number.isFinite(value) ? [value / own] : [];
  });
};

/** Tables of one file that are read, and the names of sheets that are not. */
interface ChosenTables {
  readonly kind: RecordKind;
  readonly tables: OpenTables;
  readonly left: readonly string[];
}

/**
 * Which sheets of a workbook hold the data: the first in which every needed column is found, and all others with
 * the same heading (a sheet a month). A cover sheet is passed over. Where no sheet has all, the first is taken.
 */
export const chooseTables = (
  tables: OpenTables,
  kinds: readonly RecordKind[],
  options: FileKnowledge,
): ChosenTables => {
  const [first, ...further] = kinds.includes('traffic') ? allLengthened(tables, options) : tables;
  const whole = [first, ...further]
    .map((table) => ({ table, kind: likeliestKindOf(table, kinds, options) }))
    .map(({ table, kind }) => ({ table, kind, bound: bindColumns(table.head, kind, options) }))
    .filter(({ bound }) => missingFields(bound).every((field) => field === 'queue'));
  const [best, ...others] = whole;
  if (best === undefined)
    return { kind: likeliestKindOf(first, kinds, options), tables: [first], left: leftOf([first]) };
  const heading = headingKey(best.bound);
  const alike = others.filter(({ bound }) => headingKey(bound) === heading).map(({ table }) => table);
  const taken: OpenTables = [best.table, ...alike];
  return { kind: best.kind, tables: taken, left: leftOf(taken) };
};

/** Wide tables of traffic with one row per figure. Names of queues count only where no column holds the calls. */
const allLengthened = ([first, ...further]: OpenTables, options: FileKnowledge): OpenTables => {
  const wide = options.map?.wide;
  const names = [...(options.knownQueues ?? []), ...Object.keys(options.queueAliases ?? {})];
  const longer = (given: OpenTable): OpenTable => {
    const isMapped = wide !== undefined || Object.keys(options.map?.columns ?? {}).length > 0;
    const ofQueue = bindColumns(given.head, 'traffic', { ...options, queue: undefined }).bindings.get(
      'queue',
    );
    const table = isMapped ? given : ungrouped(given, (ofQueue?.columns.length ?? 0) === 0);
    const missing = missingFields(bindColumns(table.head, 'traffic', options));
    const byQueue = missing.includes('offered') && !missing.includes('start');
    if (wide === undefined && missing.length === 0) return table;
    const queueNames = new Set(byQueue ? names.map((name) => name.toLowerCase()) : []);
    return lengthened(table, { queueNames, map: wide });
  };
  return [longer(first), ...further.map(longer)];
};

const headingKey = ({ headings }: BoundTable): string => headings.map(normalHeading).join('\n').trimEnd();

const leftOf = (taken: OpenTables): string[] =>
  (taken[0].sheets ?? []).filter((name) => !taken.some((table) => table.sheet === name));

/** The kind whose required columns are all there, most columns bound; the first kind where none is. */
const likeliestKindOf = (
  table: OpenTable,
  kinds: readonly RecordKind[],
  options: FileKnowledge,
): RecordKind => {
  const first = kinds[0] ?? 'traffic';
  const named = options.map?.kind;
  if (named !== undefined && kinds.includes(named)) return named;
  let best = first;
  let most = -Infinity;
  for (const kind of kinds) {
    const bound = bindColumns(table.head, kind, options);
    const score = bound.bindings.size - 10 * missingFields(bound).length;
    if (score > most) {
      most = score;
      best = kind;
    }
  }
  return best;
};
