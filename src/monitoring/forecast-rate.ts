import { valueAt } from '../kernel/value-at.ts';
import { dayNumber, weekdayOf, type PlainDate } from '../kernel/time.ts';
import type { DayCounts } from './rates.ts';

/** One line's days, in any order; days without calls are passed over. */
export interface RateHistory {
  readonly line: string;
  readonly days: readonly (DayCounts & { readonly date: PlainDate })[];
}

/** The rate of one day to come, 0–1. */
export interface RateForecast {
  readonly date: PlainDate;
  readonly mean: number;
  readonly q025: number;
  readonly q10: number;
  readonly q90: number;
  readonly q975: number;
}

interface RateForecasts {
  readonly lines: ReadonlyMap<string, readonly RateForecast[]>;
  /** Days after which a past day weighs half. */
  readonly halfLifeDays: number;
}

interface Point {
  readonly day: number;
  readonly weekday: number;
  readonly logit: number;
}

const halfLives = [7, 14, 28, 56];
/** Days of history before the first rolling origin. */
const warmUpDays = 28;

const expit = (x: number): number => 1 / (1 + Math.exp(-x));

/**
 * What share of each day's calls will meet the standard? On the logit scale: a level in which past days weigh less
 * by a half-life, plus the line's own weekday effect. The half-life is the one, common to all lines, that would
 * have done best on rolling weekly origins within the history (mean absolute error of logits over the same horizon);
 * the ranges are the quantiles of those forecasts' errors over all lines. Calls are not looked at: a day's rush
 * shows in the range, not in the mean. A line needs four weeks of days before `from`; others are left out.
 */
export const forecastRate = (
  histories: readonly RateHistory[],
  from: PlainDate,
  horizonDays: number,
): RateForecasts => {
  const origin = dayNumber(from);
  const lines = histories
    .map(({ line, days }) => ({ line, points: pointsBefore(days, origin) }))
    .filter(({ points }) => points.length >= warmUpDays);
  const tried = halfLives.map((halfLifeDays) => {
    const errors = lines.flatMap(({ points }) => rollingErrors(points, origin, horizonDays, halfLifeDays));
    return { halfLifeDays, errors, loss: errors.reduce((sum, e) => sum + Math.abs(e), 0) };
  });
  const best = tried.reduce((a, b) => (b.loss < a.loss ? b : a));
  const sorted = Float64Array.from(best.errors).sort();
  const dates = Array.from({ length: horizonDays }, (_, i) =>
    Temporal.PlainDate.from(from).add({ days: i }).toString(),
  );
  return {
    halfLifeDays: best.halfLifeDays,
    lines: new Map(
      lines.map(({ line, points }) => {
        const predict = fit(points, origin, best.halfLifeDays);
        return [line, dates.map((date) => withRange(date, predict(weekdayOf(date)), sorted))] as const;
      }),
    ),
  };
};

const withRange = (date: PlainDate, logit: number, errors: Float64Array): RateForecast => {
  const at = (p: number): number =>
    expit(logit + (errors.length === 0 ? 0 : valueAt(errors, Math.round(p * (errors.length - 1)))));
  return { date, mean: expit(logit), q025: at(0.025), q10: at(0.1), q90: at(0.9), q975: at(0.975) };
};

const pointsBefore = (days: RateHistory['days'], origin: number): Point[] =>
  days
    .filter(({ date, calls }) => calls > 0 && dayNumber(date) < origin)
    .map(({ date, calls, met }) => ({
      day: dayNumber(date),
      weekday: weekdayOf(date),
      logit: Math.log((met + 0.5) / (calls - met + 0.5)),
    }))
    .sort((a, b) => a.day - b.day);

/** Errors (actual − forecast, logits) of forecasts made every week within the history. */
const rollingErrors = (
  points: readonly Point[],
  origin: number,
  horizonDays: number,
  halfLifeDays: number,
): number[] => {
  const first = points[0]?.day ?? origin;
  const errors: number[] = [];
  for (let at = origin - 7; at >= first + warmUpDays; at -= 7) {
    const past = points.filter(({ day }) => day < at);
    if (past.length === 0) break;
    const predict = fit(past, at, halfLifeDays);
    for (const { day, weekday, logit } of points)
      if (day >= at && day < at + horizonDays) errors.push(logit - predict(weekday));
  }
  return errors;
};

/** Level and weekday effects of days before `origin`; a weekday never seen has none. */
const fit = (
  points: readonly Point[],
  origin: number,
  halfLifeDays: number,
): ((weekday: number) => number) => {
  const mean = (over: readonly Point[], halfLife: number): number => {
    let sum = 0;
    let weights = 0;
    for (const { day, logit } of over) {
      const weight = 0.5 ** ((origin - day) / halfLife);
      sum += weight * logit;
      weights += weight;
    }
    return sum / weights;
  };
  const level = mean(points, halfLifeDays);
  // weekday effects change slowly: a month's half-life, whatever the level's
  const slow = mean(points, 28);
  const effects = Array.from(
    { length: 7 },
    (_, weekday) =>
      mean(
        points.filter((point) => point.weekday === weekday),
        28,
      ) - slow,
  );
  return (weekday) => {
    const effect = valueAt(effects, weekday);
    return level + (Number.isNaN(effect) ? 0 : effect);
  };
};
