import type { Random } from '../../kernel/random.ts';
import { asCounts, asRates, type CountPaths, type RatePaths } from '../../kernel/sample-paths.ts';
import type { DayPlan } from './day-plan.ts';
import { choleskyInPlace, rowStart } from '../numbers/linear-algebra.ts';
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

/** The same sample paths twice: the rates, and counts drawn from them. */
export interface DrawnPaths {
  readonly rates: RatePaths;
  readonly counts: CountPaths;
}

/**
 * Draws joint sample paths: the day's surprise is shared by its slots, rates scatter around it as far as counts
 * scatter more widely than Poisson, counts are Poisson around their rates. `normals(path)` yields the standard normal
 * numbers behind the day effects, so that queues can share part of them. Closed slots stay 0, known ones keep their
 * counts in both. `mean` is the forecast's mean per slot of the full day.
 */
export const samplePaths = (
  plan: DayPlan,
  mean: Float64Array,
  slotOf: Int32Array,
  slotsPerDay: number,
  pathCount: number,
  normals: (path: number) => Float64Array,
  random: Random,
  updates: ReadonlyMap<number, DayUpdate> = new Map(),
): DrawnPaths => {
  const days = plan.logMean.length;
  const slots = slotOf.length;
  const factor = dayEffectFactor(plan);
  const { count, relative } = plan.spread;
  const rates = new Float64Array(pathCount * days * slotsPerDay);
  const counts = new Float64Array(rates.length);
  for (let p = 0; p < pathCount; p += 1) {
    const z = normals(p);
    for (let j = 0; j < days; j += 1) {
      let effect = 0;
      let variance = 0;
      for (let k = 0; k <= j; k += 1) {
        const l = factor[rowStart(j) + k]!;
        effect += l * z[k]!;
        variance += l * l;
      }
      const update = updates.get(j);
      const surprise = effect / Math.sqrt(variance);
      const whole = Math.exp(effect - variance / 2);
      const at = (p * days + j) * slotsPerDay;
      for (let slot = 0; slot < slots; slot += 1) {
        const known = update?.known[slot] ?? Number.NaN;
        if (!Number.isNaN(known)) {
          rates[at + slotOf[slot]!] = known;
          counts[at + slotOf[slot]!] = known;
          continue;
        }
        const left = update?.variance[slot];
        const day = left === undefined ? whole : Math.exp(surprise * Math.sqrt(left) - left / 2);
        const mu = day * mean[j * slotsPerDay + slotOf[slot]!]!;
        if (mu <= 0) continue;
        // Gamma-mixed Poisson: variance µ + µ²·mixing.
        const mixing = Math.max(0, count - 1) / mu + relative;
        const rate = mixing > 1e-6 ? mu * mixing * random.gamma(1 / mixing) : mu;
        rates[at + slotOf[slot]!] = Math.round(rate / rateStep) * rateStep;
        counts[at + slotOf[slot]!] = random.poisson(rate);
      }
    }
  }
  return { rates: asRates(rates), counts: asCounts(counts) };
};
