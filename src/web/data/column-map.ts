import type { DurationUnit } from '../../contract/duration-units.ts';
import type { FileKind } from '../../kernel/records.ts';
import type { GuessDocument } from '../../contract/http/file-documents.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';

/** What a planner may say about a file's columns. */
export interface ColumnChoice {
  /** Field of each column, in the file's order; null: not used. */
  readonly fields: readonly (string | null)[];
  /** Unit of each column of durations, in the file's order; null: seconds, or no duration. */
  readonly units: readonly (DurationUnit | null)[];
  /** Queue of every row, where the file has no queue column. */
  readonly queue: string;
  /** Hotline of every row, where a monitor's file has no column of hotlines; '' is the line itself, whatever it is called. */
  readonly hotline?: string | undefined;
  /** The same figure for every row, by the field of which the file has no column. */
  readonly constants?: Readonly<Record<string, number>> | undefined;
  /** Call records: what each result of the file means; '' drops the rows, a result that is not here is not settled. */
  readonly outcomes: Readonly<Record<string, string>>;
  readonly zone: string;
}

export const firstChoice = (guess: GuessDocument, zone: string): ColumnChoice => ({
  fields: guess.columns.map((column) => column.field),
  units: guess.columns.map((column) => column.unit),
  queue: '',
  outcomes: Object.fromEntries(
    guess.outcomes.flatMap(({ value, outcome }) => (outcome === null ? [] : [[value, outcome]])),
  ),
  zone,
});

/** What results of calls meant where files were imported, by the heading of their column. */
export type KnownOutcomes = Readonly<Record<string, ColumnChoice['outcomes'] | undefined>>;

const outcomeHeading = ({ columns }: GuessDocument, { fields }: ColumnChoice): string =>
  columns[fields.indexOf('outcome')]?.name ?? '';

/** A choice with the results that are known: what was said of a heading is not asked again. */
export const withKnown = (
  choice: ColumnChoice,
  guess: GuessDocument,
  known: KnownOutcomes,
): ColumnChoice => ({
  ...choice,
  outcomes: { ...choice.outcomes, ...known[outcomeHeading(guess, choice)] },
});

/** What is known after a file was imported with a choice: what was said otherwise than it had been guessed. */
export const knownAfter = (
  known: KnownOutcomes,
  guess: GuessDocument,
  choice: ColumnChoice,
): KnownOutcomes => {
  const heading = outcomeHeading(guess, choice);
  const { outcomes } = firstChoice(guess, choice.zone);
  const said = Object.entries(choice.outcomes).filter(([value, outcome]) => outcome !== outcomes[value]);
  return heading === '' || said.length === 0
    ? known
    : { ...known, [heading]: { ...known[heading], ...Object.fromEntries(said) } };
};

/** The map file that says what was chosen: what was guessed beside columns is kept for the fields that are still used. */
export const mapOfChoice = (
  guess: GuessDocument,
  { fields, units, queue, hotline, outcomes, constants: same = {} }: ColumnChoice,
  {
    dateOrder,
    intervalMinutes,
    cells,
  }: Pick<Handling, 'dateOrder' | 'intervalMinutes' | 'cells'> = firstHandling,
): Record<string, unknown> => {
  const columns: Record<string, string | string[]> = {};
  fields.forEach((field, i) => {
    const name = guess.columns[i]?.name;
    if (field === null || name === undefined) return;
    const before = columns[field];
    columns[field] = before === undefined ? name : [...(Array.isArray(before) ? before : [before]), name];
  });
  const used = (part: unknown): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries((part ?? {}) as Record<string, unknown>).filter(([field]) => field in columns),
    );
  const { constants = {}, values, ...rest } = guess.map as Record<string, Record<string, unknown>>;
  return {
    ...rest,
    // the page shows every column: one that is left is meant to be left
    ...(guess.kind === 'monitoring' ? { others: 'leave' } : {}),
    ...(dateOrder === undefined ? {} : { dateOrder }),
    columns,
    constants: {
      ...constants,
      ...Object.fromEntries(Object.entries(same).filter(([field]) => !(field in columns))),
      ...(intervalMinutes === undefined ? {} : { interval_minutes: intervalMinutes }),
      ...(queue === '' || 'queue' in columns ? {} : { queue }),
      ...(hotline === undefined || 'hotline' in columns ? {} : { hotline }),
    },
    values: used(
      joined(values, cells, columns.outcome === undefined ? {} : { outcome: translations(outcomes) }),
    ),
    units: Object.fromEntries(
      fields.flatMap((field, i) => {
        const unit = units[i];
        return field !== null && isDuration(guess, field) ? [[field, unit ?? 'seconds']] : [];
      }),
    ),
  };
};

/** Translations of cells field by field, the later before the earlier. */
const joined = (
  ...tables: readonly (Readonly<Record<string, unknown>> | undefined)[]
): Record<string, object> => {
  const all: Record<string, object> = {};
  for (const table of tables)
    for (const [field, cells] of Object.entries(table ?? {}))
      all[field] = { ...all[field], ...(cells as object) };
  return all;
};

export const isDuration = (guess: GuessDocument, field: string | null | undefined): boolean =>
  guess.fields.some((each) => each.field === field && each.duration);

const translations = (outcomes: ColumnChoice['outcomes']): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(outcomes).map(([value, outcome]) => [value, outcome === '' ? null : outcome]),
  );

/** Required fields that neither a column nor the constant gives. */
export const missingFields = (guess: GuessDocument, choice: ColumnChoice): string[] =>
  guess.fields
    .filter(({ field, required }) => required && !choice.fields.includes(field))
    .map(({ field }) => field)
    .filter((field) => !(field === 'queue' && choice.queue !== ''))
    .filter((field) => !(field === 'hotline' && choice.hotline !== undefined))
    .filter((field) => choice.constants?.[field] === undefined)
    .filter(
      (field) => !(field === 'operator' && guess.kind !== 'operators' && choice.fields.includes('name')),
    )
    .filter(
      (field) =>
        !(field === 'offered' && ['answered', 'abandoned'].every((part) => choice.fields.includes(part))),
    );

/** The line's queues as a file's are named after them: those with traffic of its own, then those that it only has in its settings. */
export const queuesOffered = ({
  hotline: { queues },
  traffic,
  madeUp,
}: Pick<WorkspaceDocument, 'hotline' | 'traffic' | 'madeUp'>) => {
  const own = madeUp
    ? []
    : traffic.map(
        ({ queue }) =>
          queues.find((each) => each.queue === queue) ?? { queue, name: { 'zh-CN': queue, en: queue } },
      );
  const others = queues.filter(({ queue }) => own.every((each) => each.queue !== queue));
  return { likely: own.length === 0 ? queues : own, all: [...own, ...others] };
};

/** Results of calls that a planner has to settle: those of the sample, then those that reading the file ran into. */
export const outcomeValues = (
  guess: GuessDocument,
  problems: readonly { rule: string; value?: unknown }[],
): string[] => [
  ...new Set([
    ...guess.outcomes.map(({ value }) => value),
    ...problems.flatMap(({ rule, value }) =>
      rule === 'unknown-outcome' ? [typeof value === 'string' ? value : ''] : [],
    ),
  ]),
];

/** How a file's text and heading are read, before its columns are known. */
export interface Reading {
  readonly kind?: FileKind | undefined;
  readonly encoding?: string | undefined;
  readonly sheet?: string | undefined;
  readonly preset?: string | undefined;
  readonly noHeadings: boolean;
}

export type Absent = 'auto' | 'gap' | 'zero';
export type DateOrder = 'ymd' | 'dmy' | 'mdy';

/** How its rows are taken. */
export interface Handling {
  readonly absent: Absent;
  /** Calls are booked in the interval in which they end. */
  readonly atEnd: boolean;
  /** Totals of days are spread over their hours; undefined: where the file has nothing else. */
  readonly spreads?: boolean | undefined;
  readonly skipBadRows: boolean;
  readonly acceptUnusual: boolean;
  readonly addHotlines: boolean;
  readonly addQueues: boolean;
  /** Which figures stand for days on record already; undefined: to be asked. */
  readonly overlap?: 'keep' | 'replace' | undefined;
  readonly dateOrder?: DateOrder | undefined;
  readonly intervalMinutes?: number | undefined;
  /** What cells of a field stand for. */
  readonly cells: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
}

export const firstReading: Reading = { noHeadings: false };
export const firstHandling: Handling = {
  absent: 'auto',
  atEnd: false,
  skipBadRows: false,
  acceptUnusual: false,
  addHotlines: false,
  addQueues: false,
  cells: {},
};

/** Traffic of which only totals of days are there. */
export const isOfDays = ({
  kind,
  intervalMinutes,
}: Pick<GuessDocument, 'kind' | 'intervalMinutes'>): boolean =>
  kind === 'traffic' && intervalMinutes === 1440;

export const spreadsDays = (guess: GuessDocument, { spreads }: Handling): boolean =>
  spreads ?? isOfDays(guess);
