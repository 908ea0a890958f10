import { gammaQuantile } from '../../kernel/distributions.ts';
import { rememberedAt } from '../../kernel/remember.ts';

/**
 * Quantiles of a gamma distribution with mean 1, by table: exact at the knots, cubic between them in the log
 * of the shape. Forecasts need some hundred thousand of them.
 */

/** Probabilities of the quantiles that a forecast tells. */
const levels = [0.025, 0.1, 0.5, 0.9, 0.975] as const;

const lowest = Math.log(0.02);
const highest = Math.log(1e6);
const step = 0.1;
const knots = Math.ceil((highest - lowest) / step) + 1;

const tableOf = rememberedAt((level) => {
  const p = levels[level] ?? 0.5;
  return Float64Array.from({ length: knots }, (_, i) => {
    const shape = Math.exp(lowest + step * i);
    return gammaQuantile(p, shape, 1 / shape);
  });
});

/** Below this mean it matters that counts are whole. */
const smallMean = 30;

/** Quantile number `level` of `levels` for a mean and a variance, both ≥ 0; 0 where the mean is 0. */
export const spreadQuantile = (level: number, mean: number, variance: number): number => {
  if (mean <= 0) return 0;
  if (variance <= 0) return mean;
  if (mean < smallMean) return countQuantile(levels[level] ?? 0.5, mean, variance);
  const shape = (mean * mean) / variance;
  const table = tableOf(level);
  const x = Math.min(knots - 1.000001, Math.max(0, (Math.log(shape) - lowest) / step));
  const i = Math.min(knots - 3, Math.max(1, Math.floor(x)));
  const t = x - i;
  const a = table[i - 1]!;
  const b = table[i]!;
  const c = table[i + 1]!;
  const d = table[i + 2]!;
  const value = b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
  return Math.max(0, mean * value);
};

/**
 * Quantile of whole counts, negative binomial or (where the variance is no larger than the mean) Poisson, as a
 * real number: half of each count's chance lies below it (mid-distribution, Parzen 2004), and between counts it
 * is drawn straight. `p` is in 0–1, the mean above 0; 0 where half the chance of no call at all exceeds `p`.
 */
const countQuantile = (p: number, mean: number, variance: number): number => {
  const beyond = variance - mean;
  const size = beyond > 1e-6 * mean ? (mean * mean) / beyond : Number.POSITIVE_INFINITY;
  const odds = Number.isFinite(size) ? mean / (mean + size) : 0;
  let chance = Number.isFinite(size) ? Math.exp(-size * Math.log1p(mean / size)) : Math.exp(-mean);
  let below = 0;
  let middle = chance / 2;
  if (p <= middle) return 0;
  for (let k = 1; k < 100_000; k += 1) {
    below += chance;
    chance *= odds > 0 ? (odds * (k - 1 + size)) / k : mean / k;
    const next = below + chance / 2;
    if (next >= p) return k - 1 + (p - middle) / (next - middle);
    middle = next;
  }
  return mean;
};
