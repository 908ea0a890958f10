import type { Quantiles } from '../forecast-types.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Names of a forecast's quantiles, in the order of the levels of `gamma-table.ts`. */
export const quantileNames = ['q025', 'q10', 'q50', 'q90', 'q975'] as const;

/** Quantiles of so many intervals or days, all 0. */
export const emptyQuantiles = (size: number): Quantiles => ({
  q025: new Float64Array(size),
  q10: new Float64Array(size),
  q50: new Float64Array(size),
  q90: new Float64Array(size),
  q975: new Float64Array(size),
});

/** The two intervals are calibrated apart, so their ends are put in order where they cross. */
export const orderQuantiles = ({ q025, q10, q50, q90, q975 }: Quantiles, at: number): void => {
  q025[at] = Math.min(valueAt(q025, at), valueAt(q10, at));
  q975[at] = Math.max(valueAt(q975, at), valueAt(q90, at));
  q50[at] = Math.min(valueAt(q90, at), Math.max(valueAt(q10, at), valueAt(q50, at)));
};
