import type { MethodName } from '../../contract/http/job-requests.ts';
import { knownHistory } from '../../forecast/history/opening-pattern.ts';
import {
  nextPeriod,
  offShareOf,
  type Period,
  type PeriodLength,
  periodsAhead,
  periodsOfGrid,
} from '../../forecast/periods/periods.ts';
import { readHolidayCsv } from '../../ingest/kinds/holiday-csv.ts';
import type { SeriesCsvOptions } from '../../ingest/series/series-columns.ts';
import {
  readSeriesCsv,
  readSeriesOrTotals,
  type SeriesCsv,
  type SeriesTotals,
} from '../../ingest/series/series-csv.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import { BadInputError, type Problem } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { addDays, dateOfDayNumber, dayNumber, type PlainDate } from '../../kernel/time.ts';
import { queueNamed } from '../history/effective-models.ts';
import { planningProblem } from '../planning-findings.ts';
import { countryCalendar } from './country-calendar.ts';
import type { ForecastSeries } from './forecast-series.ts';

/** Options that `forecast --input` and `backtest --input` share. */
export interface SeriesOptions extends SeriesCsvOptions {
  readonly method?: 'auto' | MethodName;
  /** The one queue to work on; left out: every queue. */
  readonly queue?: string;
  /** ISO country whose holidays are known in advance; null or left out: none. */
  readonly country?: string | null;
  /** Text of a holiday file `date,name[,kind]`. */
  readonly holidaysCsv?: string;
  /** A calendar made already: outranks `country` and `holidaysCsv`. */
  readonly calendar?: Calendar;
  readonly seed?: number;
}

/** The calendar that the options ask for. */
export const calendarFor = (options: SeriesOptions): Calendar =>
  options.calendar ??
  countryCalendar({
    country: options.country ?? null,
    ...(options.holidaysCsv === undefined ? {} : { overrides: readHolidayCsv(options.holidaysCsv) }),
  });

/** A bare file as a series to be forecast. Throws `BadInputError` with every problem. */
export const fileSeries = (csv: string, options: SeriesOptions): ForecastSeries => {
  const { intervalMinutes, queues: line, notices } = readSeriesCsv(csv, options);
  const queues = onlyQueue(line, options.queue);
  return {
    intervalMinutes,
    queues,
    line,
    notices,
    calendar: calendarFor(options),
    names: [],
    events: [],
    causes: [],
    outside: [],
    overrules: [],
  };
};

/** The series of a bare file: every queue, or the one asked for. Throws `BadInputError` with every problem. */
export const readSeries = (csv: string, options: SeriesOptions): SeriesCsv => {
  const series = readSeriesCsv(csv, options);
  return { ...series, queues: onlyQueue(series.queues, options.queue) };
};

const onlyQueue = <Of>(
  queues: ReadonlyMap<string, Of>,
  asked: string | undefined,
): ReadonlyMap<string, Of> => {
  if (asked === undefined) return queues;
  const queue = queueNamed(asked, [...queues.keys()]);
  return new Map([...queues].filter(([name]) => name === queue));
};

/** A bare file as an outlook's history: totals of weeks or months as they are, else days added up. */
export const filePeriods = (
  csv: string,
  by: PeriodLength,
  options: SeriesOptions,
  from?: PlainDate,
): PeriodSeries => {
  const calendar = calendarFor(options);
  const read = readSeriesOrTotals(csv, options);
  if ('by' in read)
    return periodsOfTotals({ ...read, queues: onlyQueue(read.queues, options.queue) }, calendar, from);
  const queues = onlyQueue(read.queues, options.queue);
  return periodsOfSeries(
    { ...read, queues, calendar, names: [], events: [], causes: [], outside: [], overrules: [] },
    by,
    from,
  );
};

/** Fewest days that a history must span, and hold data on, to show a weekly pattern. */
const leastSpan = 19;
const leastDays = 10;

/** Rule of `originProblem`. */
export const historyTooShort = 'history-too-short';

/**
 * What keeps a queue from being forecast from an origin; undefined when nothing does. `weeks` of data are asked for in
 * the remedy: four where one of them is to be scored.
 */
export const originProblem = (
  queue: string,
  grid: DayGrid,
  origin: PlainDate,
  weeks: 3 | 4 = 3,
): Problem | undefined => {
  const { spanDays, daysWithData } = knownHistory(grid, origin);
  if (spanDays >= leastSpan && daysWithData >= leastDays) return undefined;
  return planningProblem('origin', historyTooShort, origin, { queue, origin, spanDays, daysWithData, weeks });
};

/** Throws with all problems found, if any. */
export const refuse = (problems: readonly (Problem | undefined)[]): void => {
  const found = problems.filter((p) => p !== undefined);
  if (found.length > 0) throw new BadInputError(found);
};

interface QueuePeriods {
  /** First day that is not used. */
  readonly origin: PlainDate;
  readonly past: readonly Period[];
}

/** What an outlook is made from: every queue's weeks or months so far. */
export interface PeriodSeries {
  readonly by: PeriodLength;
  readonly queues: ReadonlyMap<string, QueuePeriods>;
  readonly names: ForecastSeries['names'];
  readonly calendar: Calendar;
  readonly notices: readonly Sayable[];
}

/** Days or intervals of a line as its weeks or months; `from`: the first day not to be used. */
export const periodsOfSeries = (series: ForecastSeries, by: PeriodLength, from?: PlainDate): PeriodSeries => {
  const last = [...series.queues.values()].map((grid) => knownHistory(grid).lastDate ?? grid.firstDate);
  const origin =
    from ??
    addDays(
      last.reduce((a, b) => (a > b ? a : b)),
      1,
    );
  return {
    by,
    names: series.names,
    calendar: series.calendar,
    notices: series.notices,
    queues: new Map(
      [...series.queues].map(([queue, grid]) => [
        queue,
        { origin, past: periodsOfGrid(grid, by, series.calendar, origin) },
      ]),
    ),
  };
};

/** Totals of weeks or months as they are in a file; a period without a row is a gap. */
const periodsOfTotals = (
  { by, queues }: SeriesTotals,
  calendar: Calendar,
  from?: PlainDate,
): PeriodSeries => ({
  by,
  names: [],
  calendar,
  notices: [],
  queues: new Map(
    [...queues].map(([queue, totals]) => {
      const past: Period[] = [];
      const last = Math.max(...totals.keys());
      const end = from === undefined ? Infinity : dayNumber(from);
      let start = Math.min(...totals.keys());
      for (
        ;
        from === undefined ? start <= last : nextPeriod(start, by) <= end;
        start = nextPeriod(start, by)
      ) {
        const days = Array.from({ length: nextPeriod(start, by) - start }, (_, i) => start + i);
        const calls = totals.get(start);
        const known = calls !== undefined && !Number.isNaN(calls);
        past.push({
          start: dateOfDayNumber(start),
          days: days.length,
          knownDays: known ? days.length : 0,
          calls: known ? calls : 0,
          offShare: offShareOf(days, calendar),
        });
      }
      return [queue, { origin: dateOfDayNumber(start), past }];
    }),
  ),
});

/** Periods ahead of a history: the one that is going on first, with what is known of it. */
export const aheadOf = (
  { origin, past }: QueuePeriods,
  by: PeriodLength,
  count: number,
  calendar: Calendar,
): Period[] => {
  const last = past.at(-1);
  if (last === undefined) return [];
  const end = addDays(last.start, last.days);
  if (end <= origin) return periodsAhead(end, count, by, calendar);
  const left = Array.from({ length: dayNumber(end) - dayNumber(origin) }, (_, i) => dayNumber(origin) + i);
  // days without calls before the origin are gaps: they are forecast as well
  const current = { ...last, offShare: offShareOf(left, calendar) };
  return [current, ...periodsAhead(end, count - 1, by, calendar)];
};
