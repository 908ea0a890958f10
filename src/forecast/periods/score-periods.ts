import { isCovered } from '../../kernel/time-window.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { forecastPeriods, type PeriodRequest } from './forecast-periods.ts';
import type { Period, PeriodLength } from './periods.ts';

/** How forecasts of the last year would have done. */
interface PeriodScore {
  readonly origins: number;
  /** Periods scored, each once an origin. */
  readonly periods: number;
  /** Weighted absolute percentage error, and that of taking the period a year before; fractions. */
  readonly wape: number;
  readonly yearBeforeWape: number;
  readonly bias: number;
  /** Share of the periods inside their 80 % range. */
  readonly coverage80: number;
}

const year: Readonly<Record<PeriodLength, number>> = { week: 52, month: 12 };

/** Origins in the last year, evenly. */
const originCount = 4;

/**
 * Forecasts the last year again from each quarter of it, to its end, and scores what came; null where less than two
 * years of whole periods are known.
 */
export const scorePeriods = (past: readonly Period[], request: PeriodRequest): PeriodScore | null => {
  const whole = past.at(-1)?.knownDays === past.at(-1)?.days ? past : past.slice(0, -1);
  const span = year[request.by];
  if (whole.length < 2 * span) return null;
  let periods = 0;
  let calls = 0;
  let missed = 0;
  let over = 0;
  let missedBefore = 0;
  let inside = 0;
  for (let origin = 0; origin < originCount; origin += 1) {
    const at = whole.length - span + Math.round((origin * span) / originCount);
    const ahead = whole.slice(at);
    const unknown = ahead.map((period) => ({ ...period, knownDays: 0, calls: 0 }));
    const forecast = forecastPeriods(whole.slice(0, at), unknown, request);
    ahead.forEach((period, h) => {
      const before = valueAt(whole, at + h - span);
      if (period.knownDays < period.days || before.knownDays < before.days) return;
      const { mean, q10, q90 } = valueAt(forecast.periods, h);
      periods += 1;
      calls += period.calls;
      missed += Math.abs(mean - period.calls);
      over += mean - period.calls;
      missedBefore += Math.abs((before.calls / before.days) * period.days - period.calls);
      if (isCovered(period.calls, q10, q90)) inside += 1;
    });
  }
  if (periods === 0 || calls === 0) return null;
  return {
    origins: originCount,
    periods,
    wape: missed / calls,
    yearBeforeWape: missedBefore / calls,
    bias: over / calls,
    coverage80: inside / periods,
  };
};
