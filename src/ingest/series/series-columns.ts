import { defect } from '../findings/defect.ts';
import { BadInputError, shorten, type Problem } from '../../kernel/errors.ts';
import { datePartConfidence, normalHeading } from '../columns/headings.ts';
import { seriesProblem, type SeriesCsvOptions } from './series-problem.ts';
import {
  guessDateOrder,
  suggestColumns,
  type SamplesOf,
  type Suggestion,
} from '../columns/suggest-columns.ts';
import type { SheetRow } from '../tables/sheet-row.ts';
import { readTime, type DateOrder } from '../cells/wall-clock.ts';

const timeNames = ['start', 'ts', 't', 'timestamp', 'time', 'date', 'datetime'];
const countNames = ['calls', 'offered', 'y', 'count', 'volume'];

/** Rows among which the heading is looked for: exports often begin with a title. */
const headingSearchRows = 20;
const sampleRows = 200;

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
  /** Headings that were taken by their meaning, not by a name that was agreed: to be told. */
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
  for (let at = 0; at < Math.min(headingSearchRows, rows.length); at += 1) {
    const found = columnsAt(rows, at, options);
    const complete = found.time.length > 0 && found.count >= 0;
    if (complete && (options.queueColumn === undefined || found.queue >= 0)) return found;
  }
  return undefined;
};

const columnsAt = (rows: readonly SheetRow[], at: number, options: SeriesCsvOptions): SeriesColumns => {
  const names = (rows[at]?.cells ?? []).map((name) => name.trim());
  const samples = rows.slice(at + 1, at + 1 + sampleRows);
  const samplesOf = (column: number): string[] => samples.map(({ cells }) => cells[column] ?? '');
  let suggested: readonly Suggestion[] | undefined;
  const meant = (field: string): readonly number[] => {
    suggested ??= suggestColumns(names, samplesOf, 'traffic');
    return suggested.find((suggestion) => suggestion.field === field)?.columns ?? [];
  };
  const usual = (known: readonly string[]): number => {
    const lower = names.map((name) => name.toLowerCase());
    return lower.indexOf(known.find((name) => lower.includes(name)) ?? '\0');
  };
  const guessed: number[] = [];
  const byMeaning = (columns: readonly number[]): readonly number[] => {
    guessed.push(...columns);
    return columns;
  };
  const time =
    options.timeColumn === undefined
      ? (usualTime(usual(timeNames), samplesOf) ?? byMeaning(meantTime(meant('start'), names, samplesOf)))
      : named(names, options.timeColumn);
  const plainCount = usual(countNames);
  const count =
    options.countColumn === undefined
      ? plainCount >= 0
        ? plainCount
        : (byMeaning(meant('offered'))[0] ?? -1)
      : (named(names, options.countColumn)[0] ?? -1);
  const plainQueue = usual(['queue']);
  const queue =
    options.queueColumn === undefined
      ? plainQueue >= 0
        ? plainQueue
        : (byMeaning(meant('queue'))[0] ?? -1)
      : (named(names, options.queueColumn)[0] ?? -1);
  return {
    headingAt: at,
    time,
    count,
    queue,
    names,
    dateOrder: guessDateOrder(samplesOf(time[0] ?? -1)),
    guessed: guessed.map((column) => names[column] ?? ''),
  };
};

/** The column under a usual name, unless it holds times of day only: the day then stands beside it. */
const usualTime = (column: number, samplesOf: SamplesOf): readonly number[] | undefined => {
  if (column < 0) return undefined;
  const cells = samplesOf(column)
    .filter((cell) => cell.trim() !== '')
    .slice(0, 20);
  const clocks = cells.filter((cell) => /^\d{1,2}:\d{2}/.test(cell.trim()));
  return cells.length > 0 && clocks.length === cells.length ? undefined : [column];
};

/** What looks like a start, else a column of days. */
const meantTime = (
  start: readonly number[],
  names: readonly string[],
  samplesOf: SamplesOf,
): readonly number[] => {
  if (start.length > 0) return start;
  const day = names.findIndex(
    (name, column) =>
      datePartConfidence(name, 'date') > 0 &&
      samplesOf(column).some((cell) => typeof readTime(cell) !== 'string'),
  );
  return day < 0 ? [] : [day];
};

/** Columns named by an option, exactly or but for case and punctuation; empty where any is not there. */
const named = (names: readonly string[], wanted: string): readonly number[] => {
  const find = (name: string): number => {
    const exact = names.indexOf(name.trim());
    return exact >= 0 ? exact : names.findIndex((own) => normalHeading(own) === normalHeading(name));
  };
  const whole = find(wanted);
  if (whole >= 0) return [whole];
  const parts = wanted.split('+').map(find);
  return parts.length > 1 && parts.every((part) => part >= 0) ? parts : [];
};

const missingColumns = (
  found: SeriesColumns,
  { timeColumn, countColumn, queueColumn }: SeriesCsvOptions,
  place: Partial<Problem>,
): Problem[] => {
  const at = { ...place, value: shorten(found.names.join(',')) };
  const missing = (
    kind: 'time' | 'count' | 'queue',
    wanted: string | undefined,
    usual: readonly string[],
  ): Problem => seriesProblem(defect(`missing-${kind}-column`, { wanted: wanted ?? null, usual }), at);
  return [
    ...(found.time.length === 0 ? [missing('time', timeColumn, timeNames)] : []),
    ...(found.count < 0 ? [missing('count', countColumn, countNames)] : []),
    ...(queueColumn !== undefined && found.queue < 0 ? [missing('queue', queueColumn, ['queue'])] : []),
  ];
};
