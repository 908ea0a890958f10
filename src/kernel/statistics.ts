/** Sum of a range of values, `from` to before `to`, in their order; what lies beyond their end adds nothing. */
export const sumOf = (values: ArrayLike<number>, from = 0, to = values.length): number => {
  const end = Math.min(to, values.length);
  let sum = 0;
  for (let i = from; i < end; i += 1) sum += values[i]!;
  return sum;
};

/** Mean of a list; NaN for an empty one. */
export const meanOf = (values: ArrayLike<number>): number => sumOf(values) / values.length;

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
export const robustScale = (values: ArrayLike<number>): number =>
  1.4826 * median(Float64Array.from(values, Math.abs));

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

/** How many values of a rising array are less than `value`: where it would stand. */
export const placeAmong = (rising: Float64Array, value: number): number => {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The value that would be at `rank` (from 0) if the values were sorted, smallest first; the values are reordered.
 * Quickselect (Hoare 1961) with the middle of three as pivot: a fraction of a sort's time. NaN where the rank is
 * outside; values must not be NaN.
 */
export const valueOfRank = (values: Float64Array, rank: number): number => {
  let low = 0;
  let high = values.length - 1;
  if (!(rank >= low && rank <= high)) return Number.NaN;
  while (low < high) {
    const pivot = middleOf(values[low] ?? 0, values[(low + high) >> 1] ?? 0, values[high] ?? 0);
    let i = low;
    let j = high;
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i += 1;
      while ((values[j] ?? 0) > pivot) j -= 1;
      if (i > j) break;
      const swapped = values[i] ?? 0;
      values[i] = values[j] ?? 0;
      values[j] = swapped;
      i += 1;
      j -= 1;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else return values[rank] ?? Number.NaN;
  }
  return values[rank] ?? Number.NaN;
};

const middleOf = (a: number, b: number, c: number): number =>
  Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
