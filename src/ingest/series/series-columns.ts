import { BadInputError, type Problem, shownValue } from '../../kernel/errors.ts';
import { type DateOrder, readTime } from '../cells/wall-clock.ts';
import { periodHeadings } from '../../kernel/record-fields.ts';
import { datePartConfidence } from '../columns/headings.ts';
import {
  columnNamed,
  guessDateOrder,
  headingSearchRows,
  samplesBelow,
  type SamplesOf,
  suggestColumns,
  type Suggestion,
} from '../columns/suggest-columns.ts';
import { defect, type Defect, problemOf } from '../findings/problem-ledger.ts';
import type { SheetRow } from '../tables/sheet-row.ts';

/** Each part of a series: the traffic field that it is, and the names that were agreed for it, the first the surest. */
const parts = {
  time: {
    field: 'start',
    names: ['start', 'ts', 't', 'timestamp', 'time', 'date', 'datetime', ...periodHeadings.split(' ')],
  },
  count: { field: 'offered', names: ['calls', 'offered', 'y', 'count', 'volume'] },
  queue: { field: 'queue', names: ['queue'] },
} as const;
type Part = keyof typeof parts;

/** Where a bare series file keeps its figures. */
export interface SeriesColumns {
  /** Index of the heading among the rows, from 0. */
  readonly headingAt: number;
  /** One column, or a day and a time of day. */
  readonly time: readonly number[];
  readonly count: number;
  /** -1 where there is none. */
  readonly queue: number;
  readonly names: readonly string[];
  readonly dateOrder: DateOrder | undefined;
  /** Headings that were taken by their meaning, not by a name that was agreed: to be reported. */
  readonly guessed: readonly string[];
}

/**
 * Columns of times, counts and queues: as named by the options, else under the usual names, else by what the
 * heading means in the dictionary of switchboard exports. Throws `BadInputError` where one is not to be found.
 */
export const findSeriesColumns = (
  rows: readonly SheetRow[],
  options: SeriesCsvOptions,
  place: Partial<Problem>,
): SeriesColumns => {
  const found = seriesColumnsIn(rows, options);
  if (found !== undefined) return found;
  const wide = rows.slice(0, headingSearchRows).findIndex(({ cells }) => cells.length > 1);
  const at = Math.max(0, wide);
  throw new BadInputError(
    missingColumns(columnsAt(rows, at, options), options, {
      ...place,
      row: rows[at]?.line ?? 1,
    }),
  );
};

/** The same, or undefined where one is not to be found. */
export const seriesColumnsIn = (
  rows: readonly SheetRow[],
  options: SeriesCsvOptions,
): SeriesColumns | undefined => {
  for (const at of rows.slice(0, headingSearchRows).keys()) {
    const found = columnsAt(rows, at, options);
    const complete = found.time.length > 0 && found.count >= 0;
    if (complete && (options.queueColumn === undefined || found.queue >= 0)) return found;
  }
  return undefined;
};

const columnsAt = (rows: readonly SheetRow[], at: number, options: SeriesCsvOptions): SeriesColumns => {
  const names = (rows[at]?.cells ?? []).map((name) => name.trim());
  const samplesOf = samplesBelow(rows, at);
  let suggested: readonly Suggestion[] | undefined;
  const guessed: string[] = [];
  const columnsOf = (part: Part): readonly number[] => {
    const wanted = options[`${part}Column`];
    if (wanted !== undefined) return columnsNamed(names, wanted);
    const agreed = agreedColumn(names, part);
    if (agreed >= 0 && !(part === 'time' && holdsClocks(samplesOf(agreed)))) return [agreed];
    suggested ??= suggestColumns(names, samplesOf, 'traffic');
    const meant = suggested.find(({ field }) => field === parts[part].field)?.columns;
    const columns = meant ?? (part === 'time' ? dayColumn(names, samplesOf) : []);
    guessed.push(...columns.map((column) => names[column] ?? ''));
    return columns;
  };
  const time = columnsOf('time');
  return {
    headingAt: at,
    time,
    count: columnsOf('count')[0] ?? -1,
    queue: columnsOf('queue')[0] ?? -1,
    names,
    dateOrder: time[0] === undefined ? undefined : guessDateOrder(samplesOf(time[0])),
    guessed,
  };
};

const agreedColumn = (names: readonly string[], part: Part): number => {
  const lower = names.map((name) => name.toLowerCase());
  const name = parts[part].names.find((agreed) => lower.includes(agreed));
  return name === undefined ? -1 : lower.indexOf(name);
};

/** Whether a column holds times of day only: the day then stands beside it. */
const holdsClocks = (samples: readonly string[]): boolean => {
  const cells = samples.filter((cell) => cell.trim() !== '').slice(0, 20);
  return cells.length > 0 && cells.every((cell) => /^\d{1,2}:\d{2}/.test(cell.trim()));
};

/** A column of days, where nothing looks like a start. */
const dayColumn = (names: readonly string[], samplesOf: SamplesOf): readonly number[] => {
  const day = names.findIndex(
    (name, column) =>
      datePartConfidence(name, 'date') > 0 &&
      samplesOf(column).some((cell) => typeof readTime(cell) !== 'string'),
  );
  return day < 0 ? [] : [day];
};

/** Columns named by an option, one or several joined by +; empty where any is not there. */
const columnsNamed = (names: readonly string[], wanted: string): readonly number[] => {
  const whole = columnNamed(names, wanted);
  if (whole >= 0) return [whole];
  const columns = wanted.split('+').map((name) => columnNamed(names, name));
  return columns.every((column) => column >= 0) ? columns : [];
};

const missingColumns = (
  found: SeriesColumns,
  options: SeriesCsvOptions,
  place: Partial<Problem>,
): Problem[] => {
  const isThere: Readonly<Record<Part, boolean>> = {
    time: found.time.length > 0,
    count: found.count >= 0,
    queue: found.queue >= 0 || options.queueColumn === undefined,
  };
  return (Object.keys(parts) as Part[])
    .filter((part) => !isThere[part])
    .map((part) => {
      const wanted = options[`${part}Column`] ?? null;
      return seriesProblem(defect(`missing-${part}-column`, { wanted, usual: parts[part].names }), {
        ...place,
        value: shownValue(found.names.join(',')),
      });
    });
};

/** Options of `readSeriesCsv` and of what it is made of; what is left out is detected. */
export interface SeriesCsvOptions {
  /** Heading of the times; two headings joined by + where date and time of day stand apart. */
  readonly timeColumn?: string;
  readonly countColumn?: string;
  readonly queueColumn?: string;
  /** Interval to aggregate to, minutes (a multiple of the file's own step that divides a day; 1440: days). */
  readonly intervalMinutes?: number;
  /**
   * IANA zone of the times: hours that clocks jump over are errors, hours that they repeat count as one (the
   * mean of both passes), and times with an offset are reported on this zone's clock. Left out, times are a plain
   * wall clock.
   */
  readonly timezone?: string;
  readonly file?: string;
  /** Where line n (from 0) of the text stands; left out: in `file`, at row n + 1. */
  readonly placeOf?: (line: number) => { readonly file: string; readonly row: number };
}

/** A problem of a bare series file in its place. */
export const seriesProblem = (wrong: Defect, { path, ...place }: Partial<Problem>): Problem => ({
  ...problemOf('error', wrong, place),
  ...(path === undefined ? {} : { path }),
});
