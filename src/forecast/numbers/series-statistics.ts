import { median } from '../../kernel/value-at.ts';

/** Robust standard deviation about zero: 1.4826 × median of absolute values; NaN for an empty list. */
export const robustScale = (values: ArrayLike<number>): number => {
  const absolute = Float64Array.from(values, Math.abs);
  return 1.4826 * median(absolute);
};

/** First-order autocorrelation about zero, held to 0–0.98 so that what it carries on dies away; 0 for no values. */
export const autocorrelation = (values: readonly number[]): number => {
  let cross = 0;
  let squares = 1e-9;
  for (let i = 1; i < values.length; i += 1) {
    cross += values[i]! * values[i - 1]!;
    squares += values[i - 1]! ** 2;
  }
  return Math.max(0, Math.min(0.98, cross / squares));
};
