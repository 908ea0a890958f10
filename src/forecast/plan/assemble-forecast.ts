import type { Sayable } from '../../kernel/finding.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { asCounts, asRates, type CountPaths, type RatePaths } from '../../kernel/hotline.ts';
import { dateOfDayNumber } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { workDone } from '../../kernel/work.ts';
import { slotVariance } from '../calibration/calibrate.ts';
import { spreadQuantile } from '../calibration/spread-quantile.ts';
import type {
  CleanedHistory,
  ForecastParts,
  ForecastTask,
  Quantiles,
  QueueForecast,
} from '../forecast-task.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { choleskyInPlace, rowStart } from '../../kernel/linear-algebra.ts';
import type { SlotSpread } from '../shape/day-shape.ts';
import type { PredictiveDay, DayUpdate } from './predictive-model.ts';

/** Words and facts that go with the numbers. */
export interface ForecastExplanation {
  readonly parts: readonly ForecastParts[];
  readonly reasons: readonly Sayable[];
  readonly notices: readonly Sayable[];
  readonly cleaned: CleanedHistory;
}

/** Source of the standard normal numbers behind the day effects of one path. */
export type DayNormals = (path: number) => Float64Array;

/** Sample paths drawn where a request does not say how many. */
export const usualPathCount = 200;

/** Expected calls of each day of a plan. */
export const dayMeans = (plan: PredictiveDay): Float64Array => plan.logMean.map(Math.exp);

/** Independent day effects for every path of one queue. */
export const independentDayEffects = (seed: number, days: number): DayNormals => {
  const random = seededRandom(seed, 1);
  return () => Float64Array.from({ length: days }, () => random.normal());
};

type Distribution = Pick<QueueForecast, 'mean' | 'quantiles' | 'dayQuantiles' | 'shape' | 'openSlots'>;

const emptyDistribution = (days: number, slotsPerDay: number): Distribution => ({
  mean: new Float64Array(days * slotsPerDay),
  quantiles: emptyQuantiles(days * slotsPerDay),
  dayQuantiles: { mean: new Float64Array(days), ...emptyQuantiles(days) },
  shape: new Float64Array(days * slotsPerDay),
  openSlots: new Uint8Array(days * slotsPerDay),
});

/** Mean and quantiles of one interval whose count is not known yet. */
const writeInterval = (
  out: Distribution,
  at: number,
  mean: number,
  variance: number,
  scales: readonly [scale80: number, scale95: number],
): void => {
  const [scale80, scale95] = scales;
  const widths = [scale95, scale80, 1, scale80, scale95];
  out.mean[at] = mean;
  quantileNames.forEach((name, level) => {
    out.quantiles[name][at] = spreadQuantile(level, mean, variance * valueAt(widths, level) ** 2);
  });
  orderQuantiles(out.quantiles, at);
};

/** Intervals and total of day `j` of the horizon. */
const writeDay = (
  out: Distribution,
  history: PreparedHistory,
  plan: PredictiveDay,
  j: number,
  update: DayUpdate | undefined,
): void => {
  const slots = history.slotOf.length;
  const dayMean = Math.exp(valueAt(plan.logMean, j));
  const dayVariance = valueAt(plan.covariance, j * history.horizon + j) + valueAt(plan.dayNoise, j);
  const scales = [
    update?.scales.slot80 ?? valueAt(plan.slotScale80, j),
    update?.scales.slot95 ?? valueAt(plan.slotScale95, j),
  ] as const;
  let total = 0;
  let shared = 0;
  let scatter = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    if (history.open[(history.days + j) * slots + slot] === 0) continue;
    const at = j * history.slotsPerDay + valueAt(history.slotOf, slot);
    out.openSlots[at] = 1;
    const known = update?.known[slot] ?? Number.NaN;
    if (!Number.isNaN(known)) {
      out.mean[at] = known;
      total += known;
      for (const name of quantileNames) out.quantiles[name][at] = known;
      continue;
    }
    const mean = dayMean * valueAt(plan.shares, j * slots + slot) * (update?.factor[slot] ?? 1);
    const levelVariance = update?.variance[slot] ?? dayVariance;
    writeInterval(out, at, mean, slotVariance(plan.spread, mean, levelVariance), scales);
    total += mean;
    shared += Math.sqrt(Math.expm1(levelVariance)) * mean;
    scatter += plan.spread.count * mean + plan.spread.relative * mean * mean;
  }
  // The day's surprise is shared by its intervals, their scatter is not.
  writeTotal(
    out,
    j,
    total,
    (scatter + shared * shared) * (update?.scales.rest ?? valueAt(plan.dayScale, j)) ** 2,
  );
};

const writeTotal = (out: Distribution, j: number, total: number, variance: number): void => {
  out.dayQuantiles.mean[j] = total;
  quantileNames.forEach((name, level) => {
    out.dayQuantiles[name][j] = spreadQuantile(level, total, variance);
  });
  const slotsPerDay = out.mean.length / out.dayQuantiles.mean.length;
  if (total > 0)
    for (let at = j * slotsPerDay; at < (j + 1) * slotsPerDay; at += 1)
      out.shape[at] = valueAt(out.mean, at) / total;
};

/** Turns a plan into a forecast: means, quantiles, day totals and joint paths. */
export const assembleForecast = (
  history: PreparedHistory,
  plan: PredictiveDay,
  request: ForecastTask,
  story: ForecastExplanation,
  normals: DayNormals = independentDayEffects(request.seed, history.horizon),
  updates: ReadonlyMap<number, DayUpdate> = new Map(),
): QueueForecast => {
  const out = emptyDistribution(history.horizon, history.slotsPerDay);
  for (let j = 0; j < history.horizon; j += 1) writeDay(out, history, plan, j, updates.get(j));
  const pathCount = request.pathCount ?? usualPathCount;
  const random = seededRandom(request.seed, 2);
  const paths = samplePaths({ plan, mean: out.mean, history, pathCount, normals, random, updates });
  return {
    origin: request.origin,
    method: plan.method,
    candidates: plan.candidates,
    reasons: story.reasons,
    notices: story.notices,
    dates: Array.from({ length: history.horizon }, (_, j) =>
      dateOfDayNumber(history.firstDay + history.days + j),
    ),
    intervalMinutes: history.intervalMinutes,
    slotsPerDay: history.slotsPerDay,
    mean: out.mean,
    quantiles: out.quantiles,
    dayQuantiles: out.dayQuantiles,
    ratePaths: paths.rates,
    countPaths: paths.counts,
    pathCount,
    parts: story.parts,
    shape: out.shape,
    openSlots: out.openSlots,
    cleaned: story.cleaned,
    ...(plan.outside.length === 0 ? {} : { outside: plan.outside }),
  };
};

/** Names of a forecast's quantiles, in the order of the levels of `gamma-table.ts`. */
const quantileNames = ['q025', 'q10', 'q50', 'q90', 'q975'] as const;

/** Quantiles of so many intervals or days, all 0. */
export const emptyQuantiles = (size: number): Quantiles => ({
  q025: new Float64Array(size),
  q10: new Float64Array(size),
  q50: new Float64Array(size),
  q90: new Float64Array(size),
  q975: new Float64Array(size),
});

/** The two intervals are calibrated apart, so their ends are put in order where they cross. */
const orderQuantiles = ({ q025, q10, q50, q90, q975 }: Quantiles, at: number): void => {
  q025[at] = Math.min(valueAt(q025, at), valueAt(q10, at));
  q975[at] = Math.max(valueAt(q975, at), valueAt(q90, at));
  q50[at] = Math.min(valueAt(q90, at), Math.max(valueAt(q10, at), valueAt(q50, at)));
};

/** Lower factor of the covariance of the days' levels with their own noise, scaled per day. */
const dayEffectFactor = (plan: PredictiveDay): Float64Array => {
  const days = plan.logMean.length;
  const matrix = new Float64Array(rowStart(days));
  for (let i = 0; i < days; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      const noise = i === j ? plan.dayNoise[i]! + 1e-10 : 0;
      matrix[rowStart(i) + j] =
        (plan.covariance[i * days + j]! + noise) * plan.dayScale[i]! * plan.dayScale[j]!;
    }
  }
  return choleskyInPlace(matrix, days, 1e-10);
};

/** Rates are kept to a ten-thousandth of a call: finer says nothing, and takes room in every stored plan. */
const rateStep = 1e-4;

/** Below this relative variance rates do not scatter: a gamma so narrow is its mean. */
const leastMixing = 1e-6;

/** What sample paths are drawn from. */
interface Drawing {
  readonly plan: PredictiveDay;
  /** The forecast's mean per slot of the full day, day after day. */
  readonly mean: Float64Array;
  readonly history: Pick<PreparedHistory, 'slotOf' | 'slotsPerDay'>;
  readonly pathCount: number;
  /** The standard normal numbers behind a path's day effects, so that queues can share part of them. */
  readonly normals: (path: number) => Float64Array;
  readonly random: Random;
  /** Days of which part is known, by their place in the horizon. */
  readonly updates: ReadonlyMap<number, DayUpdate>;
}

/** The same sample paths twice: the rates, and counts drawn from them. */
interface DrawnPaths {
  readonly rates: RatePaths;
  readonly counts: CountPaths;
}

/** A day's surprise in one path. */
interface DayEffect {
  /** Effect on the log scale, its prior variance, and the factor on the mean that follows. */
  readonly effect: number;
  readonly variance: number;
  readonly whole: number;
}

/** Effect of day `j`: row `j` of the factor times the path's normals. */
const effectOf = (factor: Float64Array, normals: Float64Array, j: number): DayEffect => {
  let effect = 0;
  let variance = 0;
  for (let k = 0; k <= j; k += 1) {
    const weight = factor[rowStart(j) + k]!;
    effect += weight * normals[k]!;
    variance += weight * weight;
  }
  return { effect, variance, whole: Math.exp(effect - variance / 2) };
};

/** Factor on a slot's mean: the day's, or what a known morning has left of it. */
const factorAt = ({ effect, variance, whole }: DayEffect, left: number | undefined): number =>
  left === undefined ? whole : Math.exp((effect / Math.sqrt(variance)) * Math.sqrt(left) - left / 2);

/** Gamma-mixed Poisson: a rate whose counts have variance µ·count + µ²·relative, where `count` is at least 1. */
const drawRate = (mean: number, { count, relative }: SlotSpread, random: Random): number => {
  const mixing = Math.max(0, count - 1) / mean + relative;
  return mixing > leastMixing ? mean * mixing * random.gamma(1 / mixing) : mean;
};

/**
 * Draws joint sample paths: the day's surprise is shared by its slots, rates scatter around it as far as counts
 * scatter more widely than Poisson, counts are Poisson around their rates. Closed slots stay 0, known ones keep
 * their counts in both.
 */
const samplePaths = (drawing: Drawing): DrawnPaths => {
  const { plan, mean, history, pathCount, normals, random, updates } = drawing;
  const { slotOf, slotsPerDay } = history;
  const days = plan.logMean.length;
  const factor = dayEffectFactor(plan);
  const rates = new Float64Array(pathCount * days * slotsPerDay);
  const counts = new Float64Array(rates.length);
  for (let path = 0; path < pathCount; path += 1) {
    const drawn = normals(path);
    for (let j = 0; j < days; j += 1) {
      const effect = effectOf(factor, drawn, j);
      const update = updates.get(j);
      for (let slot = 0; slot < slotOf.length; slot += 1) {
        const at = (path * days + j) * slotsPerDay + slotOf[slot]!;
        const known = update?.known[slot] ?? Number.NaN;
        if (!Number.isNaN(known)) {
          rates[at] = known;
          counts[at] = known;
          continue;
        }
        const expected = factorAt(effect, update?.variance[slot]) * mean[j * slotsPerDay + slotOf[slot]!]!;
        if (expected <= 0) continue;
        const rate = drawRate(expected, plan.spread, random);
        rates[at] = Math.round(rate / rateStep) * rateStep;
        counts[at] = random.poisson(rate);
      }
    }
  }
  workDone.pathsDrawn += pathCount;
  return { rates: asRates(rates), counts: asCounts(counts) };
};
