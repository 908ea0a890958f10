import {
  nextPeriod,
  offShareOf,
  periodsAhead,
  periodsOfGrid,
  type Period,
  type PeriodLength,
} from '../../forecast/periods/periods.ts';
import { knownHistory } from '../../forecast/history/opening-pattern.ts';
import type { SeriesTotals } from '../../ingest/series/series-rows.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import { addDays, dateOfDayNumber, dayNumber, type PlainDate } from '../../kernel/time.ts';
import type { ForecastSeries } from './forecast-series.ts';
import type { Sayable } from '../../kernel/finding.ts';

/** A queue's weeks or months so far. */
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

/** Totals of weeks or months as they stand in a file; a period without a row is a gap. */
export const periodsOfTotals = (
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
