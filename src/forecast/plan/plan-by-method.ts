import { methodNames } from '../../contract/http/job-requests.ts';
import { robustScale, sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { coverageScale, type PastForecast, slotVariance } from '../calibration/calibrate.ts';
import type { ForecastTask, Candidate } from '../forecast-task.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { type FamilyLevel, withFamilyForm, mixForecasts } from '../level/family-level.ts';
import { fitForms, type FittedForms, mixedNoise, weighForms } from '../level/level-forms.ts';
import {
  countOrigins,
  lognormalCorrection,
  pseudoOrigins,
  rollFar,
  rollNear,
  type RollingLevels,
} from '../level/rolling-levels.ts';
import type { ForecastMethod } from '../methods/forecast-method.ts';
import {
  fitShape,
  type ShapeResidual,
  dayShare,
  type ShapeFit,
  fitSlotSpread,
  type SlotSpread,
  wholeDaySpread,
} from '../shape/day-shape.ts';
import type { PredictiveDay, PredictiveModel, PastDay } from './predictive-model.ts';
import { learnMemory } from './within-day.ts';
import { isPlainRule, plainDay } from '../methods/plain-rules.ts';

/** A past day as the method forecast it with what was known then. */
interface PastTotal extends PastDay {
  readonly total: number;
}

/** Past weeks that a method's errors are learnt from, and how far ahead at most: it is fitted again for each. */
const mostOrigins = 8;
const mostDaysAhead = 28;
/** Fewest known days before the first of them. */
const leastDays = 12;

/** The same history as it was known `origin` days after its start, with the days after it as horizon. */
const historyUntil = (history: PreparedHistory, origin: number, horizon: number): PreparedHistory => {
  const slots = history.slotOf.length;
  const days = Math.min(origin, history.days);
  return {
    ...history,
    days,
    horizon,
    values: history.values.subarray(0, days * slots),
    open: history.open.subarray(0, (days + horizon) * slots),
    totals: history.totals.subarray(0, days),
    observed: history.observed.subarray(0, days),
  };
};

const replayMethod = (
  history: PreparedHistory,
  method: ForecastMethod,
): { days: PastTotal[]; weeks: number } => {
  const slots = history.slotOf.length;
  const origins = pseudoOrigins(history, Math.min(history.horizon, mostDaysAhead), mostOrigins, leastDays);
  const days: PastTotal[] = [];
  for (const origin of origins) {
    const after = history.days - origin;
    const span = after >= history.horizon ? Math.max(7, history.horizon) : after;
    const then = historyUntil(history, origin, Math.min(span, after));
    const predicted = method.fit(then).predict(then);
    for (let j = Math.max(0, then.horizon - 7); j < then.horizon; j += 1) {
      const total = history.totals[origin + j]!;
      if (Number.isNaN(total)) continue;
      days.push({ day: origin + j, total, expected: predicted.slice(j * slots, (j + 1) * slots) });
    }
  }
  return { days, weeks: origins.length };
};

/** How widely days and slots scatter around a method's forecasts. */
interface Scatter {
  readonly spread: SlotSpread;
  /** Variance of a day's total on the log scale. */
  readonly variance: number;
}

/** Variance of days of which too few were forecast to show it, and the least that is believed. */
const usualVariance = 0.02;
const leastVariance = 1e-4;

const learnScatter = (history: PreparedHistory, days: readonly PastTotal[]): Scatter => {
  const slots = history.slotOf.length;
  const residuals: ShapeResidual[] = [];
  const logs: number[] = [];
  for (const { day, total, expected } of days) {
    const whole = sumOf(expected);
    if (whole <= 0 || total <= 0) continue;
    logs.push(Math.log(total / whole));
    for (let slot = 0; slot < slots; slot += 1) {
      const calls = history.values[day * slots + slot]!;
      if (Number.isNaN(calls)) continue;
      const due = (expected[slot]! * total) / whole;
      residuals.push({ day, slot, expected: due, residual: calls - due });
    }
  }
  const variance = logs.length >= 5 ? Math.max(robustScale(logs) ** 2, leastVariance) : usualVariance;
  return { spread: fitSlotSpread(residuals), variance };
};

const scorePast = (
  history: PreparedHistory,
  days: readonly PastTotal[],
  { spread, variance }: Scatter,
): PastScores => {
  const slotCount = history.slotOf.length;
  const slots: PastForecast[] = [];
  const totals: PastForecast[] = [];
  let errors = 0;
  let calls = 0;
  for (const { day, total, expected } of days) {
    const whole = sumOf(expected);
    let dayVariance = Math.expm1(variance) * whole * whole;
    for (let slot = 0; slot < slotCount; slot += 1) {
      const actual = history.values[day * slotCount + slot]!;
      if (Number.isNaN(actual)) continue;
      const mean = expected[slot]!;
      slots.push({ mean, variance: slotVariance(spread, mean, variance), actual });
      dayVariance += spread.count * mean + spread.relative * mean * mean;
      errors += Math.abs(actual - mean);
      calls += actual;
    }
    totals.push({ mean: whole, variance: dayVariance, actual: total });
  }
  return { slots, days: totals, past: days, wape: calls > 0 ? errors / calls : Number.NaN };
};

/** Log of a day without calls: what is as good as none. */
const logOfNone = -700;

/** Level and shape of a method's forecast of the days ahead. */
const levelAndShares = (
  history: PreparedHistory,
  predicted: Float64Array,
  variance: number,
): Pick<PredictiveDay, 'logMean' | 'covariance' | 'dayNoise' | 'shares'> => {
  const slots = history.slotOf.length;
  const days = history.horizon;
  const logMean = new Float64Array(days);
  const shares = new Float64Array(days * slots);
  for (let j = 0; j < days; j += 1) {
    const day = predicted.subarray(j * slots, (j + 1) * slots);
    const whole = sumOf(day);
    logMean[j] = whole > 0 ? Math.log(whole) : logOfNone;
    for (let slot = 0; slot < slots; slot += 1) shares[j * slots + slot] = whole > 0 ? day[slot]! / whole : 0;
  }
  // Half of a method's day error is taken to last from day to day, half to be the day's own.
  const lasting = new Float64Array(days * days).fill(variance / 2);
  return { logMean, covariance: lasting, dayNoise: new Float64Array(days).fill(variance / 2), shares };
};

/**
 * The plan of a method asked for by name: its means, with spread and calibration learnt from its own rolling
 * forecasts. Parts, oddities and the update within the day come from the day level, of which no more is made than
 * they need.
 */
export const planByMethod = (
  history: PreparedHistory,
  request: ForecastTask,
  method: ForecastMethod,
): PredictiveModel => {
  const forms = fitForms(history, { ...request, method: 'day-level' });
  const weights = [1];
  const { rolling } = rollFar(history, forms.fits);
  const shape = fitShape(history);
  const levelErrors = errorsOfForms(history, shape, rolling);

  const predicted = method.fit(history).predict(history);
  const { days, weeks } = replayMethod(history, method);
  const scatter = learnScatter(history, days);
  const past = scorePast(history, days, scatter);
  const scales = { ...scalesOf(past, weeks), day: coverageScale(past.days, weeks, 80) };
  return {
    ...levelAndShares(history, predicted, scatter.variance),
    ...scalesAhead(scales, scales, 0, history.horizon),
    spread: scatter.spread,
    candidates: [
      { method: request.method, wape: past.wape, weight: 1 },
      ...forms.names.map((name, form) => ({ method: name, wape: levelErrors[form]!, weight: 0 })),
      ...scoreRivals(history, rolling).filter((rival) => rival.method !== request.method),
    ],
    method: request.method,
    history,
    forms,
    weights,
    mixWape: past.wape,
    replayed: { past: [], judgedWeeks: 1 },
    outside: [],
    withinDay: once(() => {
      const spread = fitSlotSpread(shape.residuals);
      const near = rollNear(history, forms.fits);
      const { past } = replay(history, forms, shape, spread, near, weights);
      return { memory: learnMemory(history, spread, past), past };
    }),
  };
};

/** Share per day ahead × active slot. */
const sharesAhead = (history: PreparedHistory, profiles: Float64Array): Float64Array => {
  const slots = history.slotOf.length;
  const shares = new Float64Array(history.horizon * slots);
  for (let j = 0; j < history.horizon; j += 1)
    dayShare(history, profiles, history.days + j, shares, j * slots);
  return shares;
};

/**
 * The automatic forecast of a prepared history: forms of the level mixed on evidence, one pooled shape. Of a queue of
 * a family one form is its share of the family's level.
 */
export const planAutomatically = (
  history: PreparedHistory,
  request: ForecastTask,
  family?: FamilyLevel,
): PredictiveModel => {
  const forms = withFamilyForm(fitForms(history, request), family, request);
  const { names, fits } = forms;
  const evidence = rollFar(history, fits);
  const { rolling: far, judgedWeeks, weeks } = evidence;
  const near = judgedWeeks > 1 ? rollNear(history, fits) : far;
  const weights = weighForms(forms, evidence);

  const shape = fitShape(history);
  const spread = history.slotOf.length === 1 ? wholeDaySpread : fitSlotSpread(shape.residuals);

  const pastNear = replay(history, forms, shape, spread, near, weights);
  const pastFar = far === near ? pastNear : replay(history, forms, shape, spread, far, weights);
  const scales = scalesOf(pastNear, countOrigins(near));
  const farScales = far === near ? scales : scalesOf(pastFar, weeks);

  const errors = errorsOfForms(history, shape, far);
  return {
    ...mixLevels(history, forms, weights),
    ...scalesAhead(scales, farScales, 7 * (judgedWeeks - 1), history.horizon),
    shares: sharesAhead(history, shape.profiles),
    spread,
    candidates: [
      ...names.map((method, form) => ({ method, wape: errors[form]!, weight: weights[form]! })),
      ...scoreRivals(history, far),
    ],
    method: request.method,
    history,
    forms,
    weights,
    mixWape: pastFar.wape,
    replayed: { past: pastFar.past, judgedWeeks },
    outside: [],
    withinDay: once(() => ({ memory: learnMemory(history, spread, pastNear.past), past: pastNear.past })),
  };
};

/**
 * The level of the days ahead by all forms together: weighted means, and a covariance that holds each form's own
 * and how far the forms are apart.
 */
const mixLevels = (
  history: PreparedHistory,
  forms: FittedForms,
  weights: readonly number[],
): Pick<PredictiveDay, 'logMean' | 'covariance' | 'dayNoise'> => {
  const { level, fits } = forms;
  const days = history.horizon;
  const { mean: middle, covariance: known = new Float64Array(days * days) } = mixForecasts(
    fits.map((fit) => fit.forecast(history.days, history.days, days, true)),
    weights,
  );
  const covariance = level.lateStep === 0 ? known : known.map((value) => value + level.lateStep);
  const { weekdayClass } = history.features;
  const noise = mixedNoise(forms, weights);
  const dayNoise = Float64Array.from({ length: days }, (_, j) =>
    valueAt(noise, valueAt(weekdayClass, history.days + j)),
  );
  // A planner tells an event's effect on the mean: how unsure it is widens the range and lifts nothing.
  const logMean = middle.map((mean, j) => {
    const told = fits.reduce(
      (sum, fit, form) => sum + valueAt(weights, form) * fit.toldEventVariance(history.days + j),
      0,
    );
    const variance = valueAt(known, j * days + j) + valueAt(dayNoise, j) - told;
    return mean + lognormalCorrection(variance, level.onCounts);
  });
  return { logMean, covariance, dayNoise };
};

/** A value made when it is first asked for, and kept. */
const once = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
};

/** Plain rules told beside a forecast: those that a planner can ask for instead. */
const askableRivals = methodNames.filter((name) => isPlainRule(name));

/** Calls of a plain rule's or the mix's rolling forecasts, scored slot by slot. */
const scoreRivals = (history: PreparedHistory, rolling: RollingLevels): Candidate[] => {
  const slots = history.slotOf.length;
  const buffer = new Float64Array(slots);
  return askableRivals.map((method) => {
    let error = 0;
    let calls = 0;
    for (let i = 0; i < rolling.day.length; i += 1) {
      const day = rolling.day[i]!;
      plainDay(history, method, rolling.origin[i]!, day, buffer);
      for (let slot = 0; slot < slots; slot += 1) {
        const value = history.values[day * slots + slot]!;
        if (Number.isNaN(value) || history.open[day * slots + slot] === 0) continue;
        error += Math.abs(value - buffer[slot]!);
        calls += value;
      }
    }
    return { method, wape: calls > 0 ? error / calls : Number.NaN, weight: 0 };
  });
};

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
interface PastScores {
  readonly slots: readonly PastForecast[];
  readonly days: readonly PastForecast[];
  readonly past: readonly PastDay[];
  /** Sum of absolute errors over sum of calls; NaN where nothing was forecast. */
  readonly wape: number;
}

/** Days of which less was observed say nothing of day totals. */
const wholeDay = 0.98;

/** Re-makes the rolling forecasts slot by slot with the mix of the level's forms. */
const replay = (
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
const errorsOfForms = (
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
const scalesOf = (past: PastScores, weeks: number): CoverageScales => ({
  slot80: coverageScale(past.slots, weeks, 80),
  slot95: coverageScale(past.slots, weeks, 95),
  day: Math.max(coverageScale(past.days, weeks, 80), leastDayScale),
});

/** Factors per day ahead: those of the first week, moving evenly to those of the week `lastWeek` days later. */
const scalesAhead = (
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
