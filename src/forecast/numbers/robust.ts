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
