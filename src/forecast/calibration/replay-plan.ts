import { slotVariance, type PastForecast } from './calibrate.ts';
import type { DayPlan } from '../plan/day-plan.ts';
import { dayShare, type ShapeFit } from '../shape/day-shape.ts';
import type { Candidate } from '../forecast-types.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { liftOfMean } from '../level/lift-of-mean.ts';
import type { LevelData } from '../level/prepare-level.ts';
import { plainDay, type PlainRule } from '../methods/rivals.ts';
import type { RollingLevels } from '../level/rolling-levels.ts';

const plainRules: readonly { readonly name: string; readonly rule: PlainRule; readonly most: number }[] = [
  { name: 'seasonal-naive', rule: 'last', most: 1 },
  { name: 'weekday-mean', rule: 'mean', most: 6 },
  { name: 'weekday-median', rule: 'median', most: 4 },
];

/** Weighted mean over the variants of their values at `i`. */
export const mixed = (values: readonly Float64Array[], weights: readonly number[], i: number): number => {
  let sum = 0;
  for (let v = 0; v < weights.length; v += 1) sum += weights[v]! * values[v]![i]!;
  return sum;
};

const spreadBetween = (values: readonly Float64Array[], weights: readonly number[], i: number): number => {
  const mean = mixed(values, weights, i);
  let sum = 0;
  for (let v = 0; v < weights.length; v += 1) sum += weights[v]! * (values[v]![i]! - mean) ** 2;
  return sum;
};

/** Calls of a plain rule's or the mix's rolling forecasts, scored slot by slot. */
export const scoreRivals = (h: PreparedHistory, rolling: RollingLevels): Candidate[] => {
  const a = h.slotOf.length;
  const buffer = new Float64Array(a);
  return plainRules.map(({ name, rule, most }) => {
    let error = 0;
    let calls = 0;
    for (let i = 0; i < rolling.day.length; i += 1) {
      const d = rolling.day[i]!;
      plainDay(h, rule, most, rolling.origin[i]!, d, buffer, 0);
      for (let s = 0; s < a; s += 1) {
        const v = h.values[d * a + s]!;
        if (Number.isNaN(v) || h.open[d * a + s] === 0) continue;
        error += Math.abs(v - buffer[s]!);
        calls += v;
      }
    }
    return { method: name, wape: calls > 0 ? error / calls : Number.NaN, weight: 0 };
  });
};

const trialShape = (shape: ShapeFit, origin: number): Float64Array => {
  let best = shape.trials[0]?.profiles ?? shape.profiles;
  for (const trial of shape.trials) if (trial.from <= origin) best = trial.profiles;
  return best;
};

/** Past intervals and days as they would have been forecast, and errors by variant, the mix last. */
export interface PastScores {
  readonly slots: PastForecast[];
  readonly days: PastForecast[];
  readonly past: { day: number; expected: Float64Array }[];
  readonly wape: readonly number[];
}

/** Re-makes the rolling forecasts slot by slot with the mix and with every variant alone. */
export const replay = (
  h: PreparedHistory,
  level: LevelData,
  shape: ShapeFit,
  spread: DayPlan['spread'],
  rolling: RollingLevels,
  weights: readonly number[],
): PastScores => {
  const a = h.slotOf.length;
  const buffer = new Float64Array(a);
  const slots: PastForecast[] = [];
  const days: PastForecast[] = [];
  const past: { day: number; expected: Float64Array }[] = [];
  const errors = new Float64Array(weights.length + 1);
  let calls = 0;
  for (let i = 0; i < rolling.day.length; i += 1) {
    const d = rolling.day[i]!;
    dayShare(h, trialShape(shape, rolling.origin[i]!), d, buffer, 0);
    const own = level.freshNoise[h.features.weekdayClass[d]!]!;
    const variance = mixed(rolling.variances, weights, i) + spreadBetween(rolling.means, weights, i) + own;
    const mean = Math.exp(mixed(rolling.means, weights, i) + liftOfMean(variance, level.onCounts));
    const alone = rolling.means.map((m) => Math.exp(m[i]!));
    let total = 0;
    let dayVariance = Math.expm1(variance) * mean * mean;
    for (let s = 0; s < a; s += 1) {
      const v = h.values[d * a + s]!;
      if (Number.isNaN(v) || h.open[d * a + s] === 0) continue;
      const mu = mean * buffer[s]!;
      slots.push({ mean: mu, variance: slotVariance(spread, mu, variance), actual: v });
      dayVariance += spread.count * mu + spread.relative * mu * mu;
      total += v;
      calls += v;
      alone.forEach((m, k) => {
        errors[k]! += Math.abs(v - m * buffer[s]!);
      });
      errors[weights.length]! += Math.abs(v - mu);
    }
    past.push({ day: d, expected: buffer.map((share) => mean * share) });
    if (h.observed[d]! > 0.98) days.push({ mean, variance: dayVariance, actual: total });
  }
  return { slots, days, past, wape: Array.from(errors, (e) => (calls > 0 ? e / calls : Number.NaN)) };
};
