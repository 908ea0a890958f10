import type { PreparedHistory } from '../history/prepare-history.ts';
import { type FittedForms, mixedNoise } from '../level/level-forms.ts';
import { lognormalCorrection, type RollingLevels } from '../level/rolling-levels.ts';
import { dayShare, type ShapeFit } from '../shape/day-shape.ts';
import type { SlotSpread } from '../shape/slot-spread.ts';
import { coverageScale, type PastForecast, slotVariance } from './calibrate.ts';

/** Weighted mean over the variants of their values at `i`. */
const weightedMeanAt = (values: readonly Float64Array[], weights: readonly number[], i: number): number => {
  let sum = 0;
  for (let form = 0; form < weights.length; form += 1) sum += weights[form]! * values[form]![i]!;
  return sum;
};

const spreadBetween = (values: readonly Float64Array[], weights: readonly number[], i: number): number => {
  const mean = weightedMeanAt(values, weights, i);
  let sum = 0;
  for (let form = 0; form < weights.length; form += 1)
    sum += weights[form]! * (values[form]![i]! - mean) ** 2;
  return sum;
};

const trialShape = (shape: ShapeFit, origin: number): Float64Array => {
  let best = shape.trials[0]?.profiles ?? shape.profiles;
  for (const trial of shape.trials) if (trial.from <= origin) best = trial.profiles;
  return best;
};

/** Past intervals and days as they would have been forecast, and the error of the mix. */
export interface PastScores {
  readonly slots: readonly PastForecast[];
  readonly days: readonly PastForecast[];
  readonly past: readonly PastDay[];
  /** Sum of absolute errors over sum of calls; NaN where nothing was forecast. */
  readonly wape: number;
}

/** A past day as it was forecast at the time, slot by slot. */
export interface PastDay {
  readonly day: number;
  readonly expected: Float64Array;
}

/** Days of which less was observed say nothing of day totals. */
const wholeDay = 0.98;

/** Re-makes the rolling forecasts slot by slot with the mix of the level's forms. */
export const replay = (
  history: PreparedHistory,
  forms: FittedForms,
  shape: ShapeFit,
  spread: SlotSpread,
  rolling: RollingLevels,
  weights: readonly number[],
): PastScores => {
  const slotCount = history.slotOf.length;
  const noise = mixedNoise(forms, weights);
  const slots: PastForecast[] = [];
  const days: PastForecast[] = [];
  const past: PastDay[] = [];
  let errors = 0;
  let calls = 0;
  for (let i = 0; i < rolling.day.length; i += 1) {
    const day = rolling.day[i]!;
    const share = new Float64Array(slotCount);
    dayShare(history, trialShape(shape, rolling.origin[i]!), day, share, 0);
    const fresh = noise[history.features.weekdayClass[day]!]!;
    const variance =
      weightedMeanAt(rolling.variances, weights, i) + spreadBetween(rolling.means, weights, i) + fresh;
    const mean = Math.exp(
      weightedMeanAt(rolling.means, weights, i) + lognormalCorrection(variance, forms.level.onCounts),
    );
    const expected = share.map((part) => mean * part);
    let total = 0;
    let dayVariance = Math.expm1(variance) * mean * mean;
    for (let slot = 0; slot < slotCount; slot += 1) {
      const actual = history.values[day * slotCount + slot]!;
      if (Number.isNaN(actual) || history.open[day * slotCount + slot] === 0) continue;
      const mu = expected[slot]!;
      slots.push({ mean: mu, variance: slotVariance(spread, mu, variance), actual });
      dayVariance += spread.count * mu + spread.relative * mu * mu;
      total += actual;
      calls += actual;
      errors += Math.abs(actual - mu);
    }
    past.push({ day, expected });
    if (history.observed[day]! > wholeDay) days.push({ mean, variance: dayVariance, actual: total });
  }
  return { slots, days, past, wape: calls > 0 ? errors / calls : Number.NaN };
};

/** Error of each form of the level alone, slot by slot: sum of absolute errors over sum of calls; NaN of nothing. */
export const errorsOfForms = (
  history: PreparedHistory,
  shape: ShapeFit,
  rolling: RollingLevels,
): readonly number[] => {
  const slotCount = history.slotOf.length;
  const share = new Float64Array(slotCount);
  const errors = rolling.means.map(() => 0);
  let calls = 0;
  for (let i = 0; i < rolling.day.length; i += 1) {
    const day = rolling.day[i]!;
    dayShare(history, trialShape(shape, rolling.origin[i]!), day, share, 0);
    const totals = rolling.means.map((means) => Math.exp(means[i]!));
    for (let slot = 0; slot < slotCount; slot += 1) {
      const actual = history.values[day * slotCount + slot]!;
      if (Number.isNaN(actual) || history.open[day * slotCount + slot] === 0) continue;
      calls += actual;
      for (let form = 0; form < totals.length; form += 1)
        errors[form]! += Math.abs(actual - totals[form]! * share[slot]!);
    }
  }
  return errors.map((error) => (calls > 0 ? error / calls : Number.NaN));
};

/** Factors on standard deviations: of slots at 80 % and at 95 %, and of day totals. */
interface CoverageScales {
  readonly slot80: number;
  readonly slot95: number;
  readonly day: number;
}

/** Day totals are few: past luck may not narrow them by more than a quarter. */
const leastDayScale = 0.75;

/** Factors under which past forecasts were covered as often as promised. */
export const scalesOf = (past: PastScores, weeks: number): CoverageScales => ({
  slot80: coverageScale(past.slots, weeks, 80),
  slot95: coverageScale(past.slots, weeks, 95),
  day: Math.max(coverageScale(past.days, weeks, 80), leastDayScale),
});

/** Factors per day ahead: those of the first week, moving evenly to those of the week `lastWeek` days later. */
export const scalesAhead = (
  near: CoverageScales,
  far: CoverageScales,
  lastWeek: number,
  days: number,
): { slotScale80: Float64Array; slotScale95: Float64Array; dayScale: Float64Array } => {
  const between = (name: keyof CoverageScales): Float64Array =>
    Float64Array.from({ length: days }, (_, j) => {
      const t = lastWeek === 0 ? 0 : Math.min(1, Math.max(0, (j - 3.5) / lastWeek));
      return (1 - t) * near[name] + t * far[name];
    });
  return { slotScale80: between('slot80'), slotScale95: between('slot95'), dayScale: between('day') };
};
