import { betaQuantile } from '../../kernel/distributions.ts';

/** Quantile of Student's t at 0.975, for ν ≥ 1 degrees of freedom. */
export const studentHalfWidthFactor = (degrees: number): number => {
  const x = betaQuantile(0.05, degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
};

/** An estimate and half the width of its 95 % interval. */
export type Estimate = readonly [estimate: number, halfWidth: number];

/** Mean over replications; undefined without replications, no width known from one (0). */
export const meanEstimate = (values: ArrayLike<number>): Estimate => {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i += 1) mean += (values[i] ?? 0) / n;
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += ((values[i] ?? 0) - mean) ** 2;
  return [mean, n < 2 ? 0 : studentHalfWidthFactor(n - 1) * Math.sqrt(squares / (n * (n - 1)))];
};

/**
 * Ratio of two sums over replications with its half width by the residuals' variance (the ratio estimator of
 * survey sampling). Undefined where the denominator is 0.
 */
export const ratioEstimate = (
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
): Estimate | undefined => {
  const n = numerators.length;
  let top = 0;
  let bottom = 0;
  for (let i = 0; i < n; i += 1) {
    top += numerators[i] ?? 0;
    bottom += denominators[i] ?? 0;
  }
  if (!(bottom > 0)) return undefined;
  const ratio = top / bottom;
  if (n < 2) return [ratio, 0];
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += ((numerators[i] ?? 0) - ratio * (denominators[i] ?? 0)) ** 2;
  const deviation = Math.sqrt(squares / (n * (n - 1))) / (bottom / n);
  return [ratio, studentHalfWidthFactor(n - 1) * deviation];
};
