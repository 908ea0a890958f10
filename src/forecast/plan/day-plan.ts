import type { Candidate } from '../forecast-types.ts';
import type { OutsideShare } from '../outside/outside-share.ts';
import type { SlotSpread } from '../shape/slot-spread.ts';

/**
 * What is known of the days ahead before it is turned into quantiles and paths: the day's level as a
 * log-normal, the shape, and how widely days and slots scatter around them.
 */
export interface DayPlan {
  /** Log of the day's expected calls; -Infinity where no calls are expected. */
  readonly logMean: Float64Array;
  /** Covariance of the days' levels (days × days), forecast error included, day noise not. */
  readonly covariance: Float64Array;
  /** Variance of each day's own noise on the log scale, counts apart. */
  readonly dayNoise: Float64Array;
  /** Share of the day per active slot, day after day. */
  readonly shares: Float64Array;
  readonly spread: SlotSpread;
  /** Factors on standard deviations, per day: of slots at 80 % and at 95 %, and of day totals. */
  readonly slotScale80: Float64Array;
  readonly slotScale95: Float64Array;
  readonly dayScale: Float64Array;
  readonly candidates: readonly Candidate[];
  readonly method: string;
  /** Forecasts from outside beside it, or in it. */
  readonly outside: readonly OutsideShare[];
}
