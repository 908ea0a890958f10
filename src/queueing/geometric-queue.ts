import { endlessPatience, type QueueSums, type ThresholdSums } from './erlang-kernel.ts';

/**
 * The queue's sums where nobody hangs up and lines are limited (M/M/n/K): weights r^j with r = load / operators, in
 * closed form, so that ten lines and a thousand million cost the same.
 */

/** Beyond e^−this the last place is never reached. */
const neverReached = 60;

/** Σ r^j over j = from … to for r = e^x, relative to the larger of its two ends' weights in units of `unit`. */
const geometricSum = (x: number, from: number, to: number, unit: number): number => {
  if (to < from) return 0;
  const places = to - from + 1;
  if (x === 0) return places;
  const end = x < 0 ? from : to;
  const decay = -Math.abs(x);
  return Math.exp(x * end - unit) * (Math.expm1(places * decay) / Math.expm1(decay));
};

/** coth(u) − 1/u, 0 ≤ u ≤ 1, without that difference (series of the Langevin function). */
const langevin = (u: number): number => {
  const square = u * u;
  const series = [2 / 945, -1 / 4725, 2 / 93_555, -1382 / 638_512_875, 4 / 18_243_225];
  const rest = series.reduceRight((sum, factor) => factor + sum * square, -3617 / 162_820_783_125);
  return u * (1 / 3 + square * (-1 / 45 + square * rest));
};

/** Mean of j over 0 … places with weights e^(xj), x ≤ 0. */
const meanPlace = (x: number, places: number): number => {
  const states = places + 1;
  if (states * -x > 1) return -1 / Math.expm1(x) - 1 - states / Math.expm1(-states * x);
  return places / 2 - (states * langevin((states * -x) / 2) - langevin(-x / 2)) / 2;
};

/** Sums of `QueueSums` for `places` in the queue (0 < places < Infinity), load > 0, operators > 0, endless patience. */
export const limitedPatientQueue = (
  load: number,
  operators: number,
  places: number,
  sums: QueueSums,
): void => {
  const x = Math.log1p((load - operators) / operators);
  if (x * places < -neverReached) {
    endlessPatience(load, operators, sums);
    sums.full = Math.exp(x * places);
    return;
  }
  const unit = Math.max(0, x * places);
  const below = meanPlace(-Math.abs(x), places);
  sums.scale = Math.exp(-unit);
  sums.all = geometricSum(x, 0, places, unit);
  sums.full = Math.exp(x * places - unit);
  sums.length = sums.all * (x > 0 ? places - below : below);
  sums.moved = geometricSum(x, 1, places, unit);
  sums.answeredWait = sums.length / operators;
  sums.first = 0;
  sums.count = 0;
};

/**
 * The threshold's sums over the same queue: who finds j ahead waits longer than T where a Poisson count of mean nT is
 * at most j, which is never so far below nT and always so far above it; between, the states are walked.
 */
export const limitedPatientThreshold = (
  load: number,
  operators: number,
  places: number,
  threshold: number,
  sums: QueueSums,
  out: ThresholdSums,
): void => {
  const x = Math.log1p((load - operators) / operators);
  const mean = operators * threshold;
  if (x * places < -neverReached) {
    const rate = operators - load;
    out.virtualOver = sums.all * Math.exp(-rate * threshold);
    out.answeredWithin = sums.moved * -Math.expm1(-rate * threshold);
    return;
  }
  const unit = Math.max(0, x * places);
  const spread = 12 * Math.sqrt(mean) + 60;
  const first = Math.max(0, Math.floor(mean - spread));
  if (first >= places) {
    out.answeredWithin = sums.moved;
    out.virtualOver = 0;
    return;
  }
  const chances = poissonAround(mean, first, Math.ceil(mean + spread));
  const last = Math.min(places, first + chances.length) - 1;
  out.answeredWithin = geometricSum(x, 1, first, unit);
  out.virtualOver = geometricSum(x, last + 1, places - 1, unit);
  let atMost = 0;
  let above = 1;
  for (let j = first; j <= last; j += 1) {
    const chance = chances[j - first] ?? 0;
    atMost += chance;
    above -= chance;
    out.virtualOver += Math.exp(x * j - unit) * atMost;
    out.answeredWithin += Math.exp(x * (j + 1) - unit) * Math.max(0, above);
  }
};

/** Chances of a Poisson count from `first` to `last`, which hold all that can be told from 1. */
const poissonAround = (mean: number, first: number, last: number): Float64Array => {
  const chances = new Float64Array(last - first + 1);
  const mode = Math.floor(mean);
  let sum = 1;
  chances[mode - first] = 1;
  for (let k = mode + 1, chance = 1; k <= last; k += 1) {
    chance *= mean / k;
    chances[k - first] = chance;
    sum += chance;
  }
  for (let k = mode, chance = 1; k > first; k -= 1) {
    chance *= k / mean;
    chances[k - 1 - first] = chance;
    sum += chance;
  }
  return chances.map((chance) => chance / sum);
};
