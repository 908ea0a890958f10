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
  for (let form = 0; form < weights.length; form += 1) sum += weights[form]! * values[form]![i]!;
  return sum;
};

const spreadBetween = (values: readonly Float64Array[], weights: readonly number[], i: number): number => {
  const mean = mixed(values, weights, i);
  let sum = 0;
  for (let form = 0; form < weights.length; form += 1)
    sum += weights[form]! * (values[form]![i]! - mean) ** 2;
  return sum;
};

/** Calls of a plain rule's or the mix's rolling forecasts, scored slot by slot. */
export const scoreRivals = (history: PreparedHistory, rolling: RollingLevels): Candidate[] => {
  const slots = history.slotOf.length;
  const buffer = new Float64Array(slots);
  return plainRules.map(({ name, rule, most }) => {
    let error = 0;
    let calls = 0;
    for (let i = 0; i < rolling.day.length; i += 1) {
      const day = rolling.day[i]!;
      plainDay(history, rule, most, rolling.origin[i]!, day, buffer, 0);
      for (let slot = 0; slot < slots; slot += 1) {
        const value = history.values[day * slots + slot]!;
        if (Number.isNaN(value) || history.open[day * slots + slot] === 0) continue;
        error += Math.abs(value - buffer[slot]!);
        calls += value;
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
  history: PreparedHistory,
  level: LevelData,
  shape: ShapeFit,
  spread: DayPlan['spread'],
  rolling: RollingLevels,
  weights: readonly number[],
): PastScores => {
  const slotCount = history.slotOf.length;
  const buffer = new Float64Array(slotCount);
  const slots: PastForecast[] = [];
  const days: PastForecast[] = [];
  const past: { day: number; expected: Float64Array }[] = [];
  const errors = new Float64Array(weights.length + 1);
  let calls = 0;
  for (let i = 0; i < rolling.day.length; i += 1) {
    const day = rolling.day[i]!;
    dayShare(history, trialShape(shape, rolling.origin[i]!), day, buffer, 0);
    const own = level.freshNoise[history.features.weekdayClass[day]!]!;
    const variance = mixed(rolling.variances, weights, i) + spreadBetween(rolling.means, weights, i) + own;
    const mean = Math.exp(mixed(rolling.means, weights, i) + liftOfMean(variance, level.onCounts));
    const alone = rolling.means.map((m) => Math.exp(m[i]!));
    let total = 0;
    let dayVariance = Math.expm1(variance) * mean * mean;
    for (let slot = 0; slot < slotCount; slot += 1) {
      const value = history.values[day * slotCount + slot]!;
      if (Number.isNaN(value) || history.open[day * slotCount + slot] === 0) continue;
      const mu = mean * buffer[slot]!;
      slots.push({ mean: mu, variance: slotVariance(spread, mu, variance), actual: value });
      dayVariance += spread.count * mu + spread.relative * mu * mu;
      total += value;
      calls += value;
      alone.forEach((m, k) => {
        errors[k]! += Math.abs(value - m * buffer[slot]!);
      });
      errors[weights.length]! += Math.abs(value - mu);
    }
    past.push({ day, expected: buffer.map((share) => mean * share) });
    if (history.observed[day]! > 0.98) days.push({ mean, variance: dayVariance, actual: total });
  }
  return { slots, days, past, wape: Array.from(errors, (e) => (calls > 0 ? e / calls : Number.NaN)) };
};
