/** Median of a list; NaN for an empty one. The list is not changed. */
export const median = (values: ArrayLike<number>): number => quantileOf(values, 0.5);

/** Quantile by linear interpolation (R's type 7); NaN for an empty list. */
export const quantileOf = (values: ArrayLike<number>, p: number): number => {
  const size = values.length;
  if (size === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const at = (size - 1) * p;
  const low = Math.floor(at);
  return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
};

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
