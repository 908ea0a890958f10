import { planAutomatically, type AutoPlan } from './auto-plan.ts';
import { coverageScale, slotVariance, type PastForecast } from '../calibration/calibrate.ts';
import type { ShapeResidual } from '../shape/day-shape.ts';
import type { ForecastRequest, MethodName } from '../forecast-types.ts';
import { harmonicRegression } from '../methods/harmonic-regression.ts';
import { holtWinters } from '../methods/holt-winters.ts';
import { lowRank } from '../methods/low-rank.ts';
import { poissonRegression, poissonTrend } from '../methods/poisson-regression.ts';
import type { ForecastMethod } from '../methods/forecast-method.ts';
import { seasonalNaive } from '../methods/seasonal-naive.ts';
import { weekdayMean } from '../methods/weekday-mean.ts';
import { weekdayMedian } from '../methods/weekday-median.ts';
import { historyUntil, type PreparedHistory } from '../history/prepare-history.ts';
import { robustScale } from '../numbers/robust.ts';
import { pseudoOrigins } from '../level/rolling-levels.ts';
import { fitSlotSpread } from '../shape/slot-spread.ts';

/** Methods that forecast slots directly; the forms of the day level are made by `planAutomatically`. */
export const slotMethods: readonly ForecastMethod[] = [
  seasonalNaive,
  weekdayMean,
  weekdayMedian,
  holtWinters,
  harmonicRegression,
  poissonRegression,
  poissonTrend,
  lowRank,
];

/** The method of that name among those that forecast slots directly. */
export const slotMethod = (name: 'auto' | MethodName): ForecastMethod | undefined =>
  slotMethods.find((method) => method.name === name);

interface PastDay {
  readonly day: number;
  readonly total: number;
  readonly expected: Float64Array;
}

/** The method's own forecasts of past weeks, made with what was known then. */
const pastDays = (history: PreparedHistory, method: ForecastMethod): { days: PastDay[]; weeks: number } => {
  const slots = history.slotOf.length;
  const origins = pseudoOrigins(history, Math.min(history.horizon, 28), 8, 12);
  const days: PastDay[] = [];
  for (const origin of origins) {
    const span =
      history.days - origin >= history.horizon ? Math.max(7, history.horizon) : history.days - origin;
    const then = historyUntil(history, origin, Math.min(span, history.days - origin));
    const predicted = method.predict(method.fit(then), then);
    for (let j = Math.max(0, then.horizon - 7); j < then.horizon; j += 1) {
      const total = history.totals[origin + j]!;
      if (Number.isNaN(total)) continue;
      days.push({ day: origin + j, total, expected: predicted.slice(j * slots, (j + 1) * slots) });
    }
  }
  return { days, weeks: origins.length };
};

const sum = (values: Float64Array): number => values.reduce((x, y) => x + y, 0);

/**
 * The plan of a method asked for by name: its means, with spread and calibration learnt from its own rolling
 * forecasts. Parts, oddities and the update within the day come from the day level, which is fitted beside.
 */
export const planByMethod = (
  history: PreparedHistory,
  request: ForecastRequest,
  method: ForecastMethod,
): AutoPlan => {
  const base = planAutomatically(history, { ...request, method: 'day-level' });
  const slots = history.slotOf.length;
  const days = history.horizon;
  const predicted = method.predict(method.fit(history), history);
  const past = pastDays(history, method);
  const residuals: ShapeResidual[] = [];
  const logs: number[] = [];
  for (const p of past.days) {
    const whole = sum(p.expected);
    if (whole <= 0 || p.total <= 0) continue;
    logs.push(Math.log(p.total / whole));
    for (let slot = 0; slot < slots; slot += 1) {
      const calls = history.values[p.day * slots + slot]!;
      if (Number.isNaN(calls)) continue;
      const expected = (p.expected[slot]! * p.total) / whole;
      residuals.push({ day: p.day, slot, expected, residual: calls - expected });
    }
  }
  const spread = fitSlotSpread(residuals);
  const variance = logs.length >= 5 ? Math.max(robustScale(logs) ** 2, 1e-4) : 0.02;
  const scored: PastForecast[] = [];
  const scoredDays: PastForecast[] = [];
  let errors = 0;
  let calls = 0;
  for (const p of past.days) {
    const whole = sum(p.expected);
    let dayVariance = Math.expm1(variance) * whole * whole;
    for (let slot = 0; slot < slots; slot += 1) {
      const value = history.values[p.day * slots + slot]!;
      if (Number.isNaN(value)) continue;
      const mean = p.expected[slot]!;
      scored.push({ mean, variance: slotVariance(spread, mean, variance), actual: value });
      dayVariance += spread.count * mean + spread.relative * mean * mean;
      errors += Math.abs(value - mean);
      calls += value;
    }
    scoredDays.push({ mean: whole, variance: dayVariance, actual: p.total });
  }
  const flat = (value: number): Float64Array => new Float64Array(days).fill(value);
  const covariance = new Float64Array(days * days);
  const logMean = new Float64Array(days);
  const shares = new Float64Array(days * slots);
  for (let j = 0; j < days; j += 1) {
    const day = predicted.subarray(j * slots, (j + 1) * slots);
    const whole = sum(day);
    // Half of a method's day error is taken to last from day to day, half to be the day's own.
    for (let i = 0; i < days; i += 1) covariance[i * days + j] = variance / 2;
    logMean[j] = whole > 0 ? Math.log(whole) : -700;
    for (let slot = 0; slot < slots; slot += 1) shares[j * slots + slot] = whole > 0 ? day[slot]! / whole : 0;
  }
  const wape = calls > 0 ? errors / calls : Number.NaN;
  return {
    ...base,
    logMean,
    covariance,
    dayNoise: flat(variance / 2),
    shares,
    spread,
    slotScale80: flat(coverageScale(scored, past.weeks, 80)),
    slotScale95: flat(coverageScale(scored, past.weeks, 95)),
    dayScale: flat(coverageScale(scoredDays, past.weeks, 80)),
    candidates: [
      { method: method.name, wape, weight: 1 },
      ...base.candidates
        .filter((c) => c.method !== method.name)
        .map((c) => ({ method: c.method, wape: c.wape, weight: 0 })),
    ],
    method: method.name,
    mixWape: wape,
    past: past.days.map(({ day, expected }) => ({ day, expected })),
  };
};
