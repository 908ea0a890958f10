import type { AccuracyRequest } from '../../contract/http/job-requests.ts';
import { lastWeekOrigins } from '../../forecast/backtest.ts';
import { partMakeUpDays } from '../../forecast/history/make-up-days.ts';
import type { PlainDate } from '../../kernel/time.ts';
import type { ForecastSeries } from '../forecasts/forecast-series.ts';

/** Mondays of the last whole weeks that any queue has on record, the earliest first. */
export const scoredWeeks = (
  { queues, calendar }: ForecastSeries,
  { weeks }: AccuracyRequest,
): readonly PlainDate[] => {
  const ends = [...queues.values()].map((grid) =>
    lastWeekOrigins(partMakeUpDays(grid, Infinity, calendar).ordinary, weeks, 0),
  );
  return ends.toSorted((a, b) => ((a.at(-1) ?? '') < (b.at(-1) ?? '') ? 1 : -1))[0] ?? [];
};
