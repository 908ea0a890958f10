import type { AccuracyRequest } from '../../contract/http/job-requests.ts';
import { lastWeekOrigins } from '../../forecast/backtest.ts';
import { partMakeUpDays } from '../../forecast/history/make-up-days.ts';
import type { CountsIn } from '../../forecast/score-backtest.ts';
import { addDays, type PlainDate } from '../../kernel/time.ts';
import type { ForecastSeries } from '../forecasts/forecast-series.ts';
import { refuse } from '../forecasts/series-options.ts';
import { planningProblem } from '../planning-problems.ts';

/** Which days are scored: of weeks forecast again, of forecasts that were kept, and of plans. */
export interface ScoredDays {
  /** Mondays of the weeks that are forecast again, the earliest first; of a week that has begun before, its later days. */
  readonly mondays: readonly PlainDate[];
  /** First and last of those weeks' days that are scored; empty where there are none. */
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly countsDay: CountsDay;
}

/** Whether a day is scored. */
export type CountsDay = (date: PlainDate) => boolean;

/** The same of the days of a forecast. */
export const daysOfRuns =
  (countsDay: CountsDay): CountsIn =>
  ({ origin }, day) =>
    countsDay(addDays(origin, day));

/** Weeks scored where neither a number nor a day is given; and most of them. */
const usualWeeks = 4;
const mostWeeks = 26;

/** The last whole weeks that any queue has on record, or what came since a day. Refuses a day after all whole weeks. */
export const scoredDays = (series: ForecastSeries, { weeks, since }: AccuracyRequest): ScoredDays => {
  const last = lastMondays(series, weeks ?? (since === undefined ? usualWeeks : mostWeeks));
  if (since === undefined) return spanned(last, () => true);
  const mondays = last.filter((monday) => addDays(monday, 6) >= since);
  const [end] = last.slice(-1);
  if (mondays.length === 0 && end !== undefined)
    refuse([planningProblem('since', 'no-whole-week-since', since, { last: addDays(end, 6) })]);
  return spanned(mondays, (date) => date >= since);
};

const spanned = (mondays: readonly PlainDate[], countsDay: CountsDay): ScoredDays => {
  const days = mondays.flatMap((monday) => Array.from({ length: 7 }, (_, d) => addDays(monday, d)));
  const scored = days.filter(countsDay);
  return { mondays, countsDay, from: scored.at(0) ?? '', to: scored.at(-1) ?? '' };
};

const lastMondays = ({ queues, calendar }: ForecastSeries, weeks: number): readonly PlainDate[] => {
  const ends = [...queues.values()].map((grid) =>
    lastWeekOrigins(partMakeUpDays(grid, Infinity, calendar).ordinary, weeks, 0),
  );
  return ends.toSorted((a, b) => ((a.at(-1) ?? '') < (b.at(-1) ?? '') ? 1 : -1))[0] ?? [];
};
