import type { Random } from '../../kernel/random.ts';
import { asCounts, asRates, type CountPaths, type RatePaths } from '../../kernel/sample-paths.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { workDone } from '../../kernel/work.ts';
import { choleskyInPlace, rowStart } from '../numbers/linear-algebra.ts';
import type { SlotSpread } from '../shape/slot-spread.ts';
import type { DayPlan } from './day-plan.ts';
import type { DayUpdate } from './within-day.ts';

/** Lower factor of the covariance of the days' levels with their own noise, scaled per day. */
export const dayEffectFactor = (plan: DayPlan): Float64Array => {
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
export interface Drawing {
  readonly plan: DayPlan;
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
export interface DrawnPaths {
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
export const samplePaths = (drawing: Drawing): DrawnPaths => {
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
