import type { Range } from '../contract/plan-document.ts';
import type { OutcomeTotals } from '../kernel/measures.ts';
import { rateOrNull } from './measure-effect.ts';

/** Quantile of values by linear interpolation (R's type 7); NaN values are left out; NaN for none. */
export const quantile = (values: readonly number[], p: number): number => {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const at = p * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
};

/** A figure with the 80 % range of its futures. */
export const rangeOf = (mean: number, futures: readonly number[]): Range => ({
  mean: rateOrNull(mean),
  q10: rateOrNull(quantile(futures, 0.1)),
  q90: rateOrNull(quantile(futures, 0.9)),
});

/** A measure over every future. */
export const overFutures = (
  futures: readonly OutcomeTotals[],
  measure: (totals: OutcomeTotals) => number,
): number[] => futures.map(measure);
