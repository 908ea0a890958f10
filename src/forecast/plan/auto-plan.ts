import { coverageScale } from '../calibration/calibrate.ts';
import { fitLevel, forecastLevel, type LevelFit } from '../level/day-level.ts';
import type { DayPlan } from './day-plan.ts';
import { dayShare, fitShape, type ShapeFit } from '../shape/day-shape.ts';
import type { Candidate, ForecastRequest } from '../forecast-types.ts';
import { lastingError } from '../level/lasting-error.ts';
import { liftOfMean } from '../level/lift-of-mean.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { prepareLevel, type LevelData } from '../level/prepare-level.ts';
import { mixed, replay, scoreRivals, type PastScores } from '../calibration/replay-plan.ts';
import { pseudoOrigins, rollLevels, type RollingLevels } from '../level/rolling-levels.ts';
import { fitSlotSpread } from '../shape/slot-spread.ts';
import { learnMemory, type Memory } from './within-day.ts';

/** One form of the day's level that takes part in the mix. */
interface Variant {
  readonly name: string;
  readonly trendPerWeek: number;
  readonly trendMemory: number;
  readonly slowLevel: boolean;
  /** Weight before any evidence. */
  readonly prior: number;
}

export const variants: readonly Variant[] = [
  { name: 'day-level', trendPerWeek: 0, trendMemory: 1, slowLevel: false, prior: 0.7 },
  { name: 'day-level-trend', trendPerWeek: 0.002, trendMemory: 30, slowLevel: false, prior: 0.2 },
  { name: 'day-level-fast-trend', trendPerWeek: 0.008, trendMemory: 12, slowLevel: false, prior: 0.1 },
  { name: 'day-level-growth', trendPerWeek: 0.012, trendMemory: 100, slowLevel: false, prior: 0.05 },
  { name: 'calendar-regression', trendPerWeek: 0, trendMemory: 1, slowLevel: true, prior: 0 },
];

/** Chance that odd weeks at the very end are a jump that lasts; no evidence can come from earlier weeks. */
const jumpChance = 0.2;

/** What the plan was made from: kept for parts, reasons and the update within the day. */
export interface AutoPlan extends DayPlan {
  readonly history: PreparedHistory;
  readonly level: LevelData;
  readonly fits: readonly LevelFit[];
  readonly weights: readonly number[];
  readonly shape: ShapeFit;
  readonly rolling: RollingLevels;
  /** Rolling error of the mix, fraction; NaN where the history is too short. */
  readonly mixWape: number;
  /** Past days as they were forecast at the time, slot by slot. */
  readonly past: readonly { readonly day: number; readonly expected: Float64Array }[];
  /** Memory of surprises within the day; learnt when first asked for. */
  readonly memory: () => Memory;
}

/** Weights of the variants: prior times a power of the error ratio that grows with the weeks of evidence. */
const variantWeights = (rolling: RollingLevels, chosen: readonly Variant[], weeks: number): number[] => {
  const errors = chosen.map((_, v) => {
    let sum = 0;
    for (let i = 0; i < rolling.day.length; i += 1) {
      sum += Math.min(0.5, Math.abs(rolling.truth[i]! - rolling.means[v]![i]!));
    }
    return sum;
  });
  const least = Math.max(1e-12, Math.min(...errors));
  const raw = chosen.map(
    (c, v) => (chosen.length === 1 ? 1 : c.prior) * Math.pow(least / Math.max(errors[v]!, 1e-12), 2 * weeks),
  );
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((r) => r / total);
};

interface Calibration {
  readonly slot80: number;
  readonly slot95: number;
  readonly day: number;
}

const calibrate = (past: PastScores, weeks: number): Calibration => ({
  slot80: coverageScale(past.slots, weeks, 80),
  slot95: coverageScale(past.slots, weeks, 95),
  day: Math.max(coverageScale(past.days, weeks, 80), 0.75),
});

/** The automatic forecast of a prepared history: variants of the level mixed on evidence, one pooled shape. */
export const planAutomatically = (history: PreparedHistory, request: ForecastRequest): AutoPlan => {
  const shifts = request.cleaning?.levelShifts !== false;
  const level = prepareLevel(history, shifts, request.cleaning?.outliers !== false);
  const chosen =
    request.method === 'day-level'
      ? variants.slice(0, 1)
      : request.method === 'day-level-trend'
        ? variants.slice(1, 2)
        : request.method === 'calendar-regression'
          ? variants.slice(4, 5)
          : variants.slice(0, 4);
  const fits = chosen.map(({ trendPerWeek, trendMemory, slowLevel }) =>
    fitLevel(level, { trendPerWeek, trendMemory, slowLevel }),
  );
  const jump = chosen.length > 1 ? level.jumpReading : undefined;
  if (jump !== undefined) fits.push(fitLevel(level, { privateEffects: jump }));
  const horizon = Math.max(1, history.horizon);
  // Far horizons are judged as far ahead as the history allows to look back.
  const judged = Math.min(Math.ceil(horizon / 7), Math.max(1, Math.floor(history.days / 28)), 13);
  const lastWeek = 7 * (judged - 1);
  const origins = pseudoOrigins(history, 7 * judged, 12, 12);
  const near = rollLevels(history, fits, pseudoOrigins(history, 7, 12, 12), 0, 7);
  const far = lastWeek > 0 ? rollLevels(history, fits, origins, lastWeek, lastWeek + 7) : near;
  const weeks = new Set(far.origin).size;
  const proven = variantWeights(far, chosen, weeks);
  const weights = jump === undefined ? proven : [...proven.map((w) => w * (1 - jumpChance)), jumpChance];
  const carried = lastingError(far, (i) => mixed(far.means, weights, i));
  const shape = fitShape(history);
  const spread = fitSlotSpread(shape.residuals);
  const pastNear = replay(history, level, shape, spread, near, weights);
  const pastFar = far === near ? pastNear : replay(history, level, shape, spread, far, weights);
  const nearScale = calibrate(pastNear, new Set(near.origin).size);
  const farScale = far === near ? nearScale : calibrate(pastFar, weeks);
  const forecasts = fits.map((fit) => forecastLevel(fit, history.days, history.days, history.horizon, true));
  const days = history.horizon;
  const slots = history.slotOf.length;
  const logMean = new Float64Array(days);
  const dayNoise = new Float64Array(days);
  const covariance = new Float64Array(days * days);
  const shares = new Float64Array(days * slots);
  const scale = (pick: (c: Calibration) => number): Float64Array =>
    Float64Array.from({ length: days }, (_, j) => {
      const t = lastWeek === 0 ? 0 : Math.min(1, Math.max(0, (j - 3.5) / lastWeek));
      return (1 - t) * pick(nearScale) + t * pick(farScale);
    });
  const means = forecasts.map((f) => f.mean);
  for (let j = 0; j < days; j += 1) {
    logMean[j] = mixed(means, weights, j) + carried * Math.min(1, (j + 1) / (7 * judged));
    dayNoise[j] = level.freshNoise[history.features.weekdayClass[history.days + j]!]!;
    for (let i = 0; i < days; i += 1) {
      let c = 0;
      for (let form = 0; form < weights.length; form += 1) {
        const apart =
          (means[form]![i]! - mixed(means, weights, i)) * (means[form]![j]! - mixed(means, weights, j));
        c += weights[form]! * (forecasts[form]!.covariance![i * days + j]! + (i <= j ? apart : 0));
      }
      covariance[i * days + j] = c;
    }
    logMean[j]! += liftOfMean(covariance[j * days + j]! + dayNoise[j]!, level.onCounts);
    dayShare(history, shape.profiles, history.days + j, shares, j * slots);
  }
  for (let i = 0; i < days; i += 1)
    for (let j = 0; j < i; j += 1) covariance[i * days + j] = covariance[j * days + i]!;
  const candidates: Candidate[] = [
    ...chosen.map((c, v) => ({ method: c.name, wape: pastFar.wape[v]!, weight: weights[v]! })),
    ...(jump === undefined
      ? []
      : [{ method: 'day-level-after-jump', wape: pastFar.wape[chosen.length]!, weight: jumpChance }]),
    ...scoreRivals(history, far),
  ];
  let memory: Memory | undefined;
  const plan: AutoPlan = {
    logMean,
    covariance,
    dayNoise,
    shares,
    spread,
    slotScale80: scale((c) => c.slot80),
    slotScale95: scale((c) => c.slot95),
    dayScale: scale((c) => c.day),
    candidates,
    method: request.method,
    history,
    level,
    fits,
    weights,
    shape,
    rolling: far,
    mixWape: pastFar.wape[weights.length] ?? Number.NaN,
    past: pastNear.past,
    memory: () => {
      memory ??= learnMemory(plan);
      return memory;
    },
  };
  return plan;
};
