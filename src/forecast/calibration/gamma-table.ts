import { gammaQuantile } from '../../kernel/distributions.ts';
import { rememberedAt } from '../../kernel/remember.ts';
import { countQuantile } from './count-quantile.ts';

/**
 * Quantiles of a gamma distribution with mean 1, by table: exact at the knots, cubic between them in the log
 * of the shape. Forecasts need some hundred thousand of them.
 */

/** Probabilities of the quantiles that a forecast tells. */
export const levels = [0.025, 0.1, 0.5, 0.9, 0.975] as const;

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
