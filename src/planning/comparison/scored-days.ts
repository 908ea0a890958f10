import type { AccuracyRequest } from '../../contract/http/job-requests.ts';
import { lastWeekOrigins, type BacktestRun, type ScoredForecast } from '../../forecast/backtest.ts';
import { partMakeUpDays } from '../../forecast/history/make-up-days.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { addDays, dayNumber, type PlainDate } from '../../kernel/time.ts';
import type { ForecastSeries } from '../forecasts/forecast-series.ts';
import { refuse } from '../forecasts/series-options.ts';
import { planningProblem } from '../planning-problems.ts';

/** Which days are scored: of weeks forecast again, of forecasts that were kept, and of plans. */
export interface ScoredDays {
  /** Mondays of the weeks that are forecast again, the earliest first; of a week that has begun before, its later days. */
  readonly mondays: readonly PlainDate[];
  /** A run, what came before the days that are scored taken for unknown. */
  readonly ofRun: <Forecast extends ScoredForecast>(run: BacktestRun<Forecast>) => BacktestRun<Forecast>;
  /** The calls of queues, those before the days that are scored taken for unknown. */
  readonly ofGrids: (queues: ReadonlyMap<string, DayGrid>) => ReadonlyMap<string, DayGrid>;
}

/** Weeks scored where neither a number nor a day is given; and most of them. */
const usualWeeks = 4;
const mostWeeks = 26;

/** The last whole weeks that any queue has on record, or what came since a day. Refuses a day after all whole weeks. */
export const scoredDays = (series: ForecastSeries, { weeks, since }: AccuracyRequest): ScoredDays => {
  const last = lastMondays(series, weeks ?? (since === undefined ? usualWeeks : mostWeeks));
  if (since === undefined) return { mondays: last, ofRun: (run) => run, ofGrids: (queues) => queues };
  const mondays = last.filter((monday) => addDays(monday, 6) >= since);
  const [end] = last.slice(-1);
  if (mondays.length === 0 && end !== undefined)
    refuse([planningProblem('since', 'no-whole-week-since', since, { last: addDays(end, 6) })]);
  return {
    mondays,
    ofRun: (run) => ({
      ...run,
      actual: knownSince(since, run.actual, run.origin, run.forecast.slotsPerDay),
    }),
    ofGrids: (queues) =>
      new Map(
        [...queues].map(([queue, grid]) => [
          queue,
          { ...grid, values: knownSince(since, grid.values, grid.firstDate, grid.slotsPerDay) },
        ]),
      ),
  };
};

const lastMondays = ({ queues, calendar }: ForecastSeries, weeks: number): readonly PlainDate[] => {
  const ends = [...queues.values()].map((grid) =>
    lastWeekOrigins(partMakeUpDays(grid, Infinity, calendar).ordinary, weeks, 0),
  );
  return ends.toSorted((a, b) => ((a.at(-1) ?? '') < (b.at(-1) ?? '') ? 1 : -1))[0] ?? [];
};

const knownSince = (
  since: PlainDate,
  calls: Float64Array,
  firstDate: PlainDate,
  slotsPerDay: number,
): Float64Array => {
  const before = Math.max(0, dayNumber(since) - dayNumber(firstDate));
  return calls.slice().fill(Number.NaN, 0, before * slotsPerDay);
};
