import { averageBeliefs } from './average-beliefs.ts';
import {
  factored,
  inverseOf,
  residualPower,
  type Effects,
  type Factored,
  type Products,
} from './posterior.ts';

/** Widths of the belief about effects that are tried: log of calls for a usual move of the cause. */
const widths = [0.002, 0.01, 0.03, 0.1, 0.3];
/** An effect a day later is believed to be so much smaller. */
const fading = 0.7;

interface Belief extends Factored {
  /** Variance of the belief about each effect. */
  readonly prior: Float64Array;
}

/** Beliefs under which the days would have been foretold best, one for the same day and one for all later ones. */
const commonBelief = (products: Products, noise: number, lags: Int32Array, scales: Float64Array): Belief => {
  let best: Belief | undefined;
  for (const sameDay of widths)
    for (const later of widths) {
      if (later > sameDay) continue;
      const prior = Float64Array.from(scales, (scale, i) => {
        const width = lags[i] === 0 ? sameDay : later * fading ** lags[i]!;
        return (width / Math.max(1e-12, scale)) ** 2;
      });
      const found = factored(products, noise, prior);
      if (best === undefined || found.evidence > best.evidence) best = { ...found, prior };
    }
  return best!;
};

/**
 * Effects of regressors, each with its `lag` in days and its usual move, under beliefs of zero that narrow with the
 * lag; how wide they are is chosen by how well each would have foretold the days. `whole`: with all that is uncertain
 * of them, lag by lag.
 */
export const fitEffects = (
  products: Products,
  lags: Int32Array,
  scales: Float64Array,
  free: number,
  whole: boolean,
): Effects => {
  const { size, power } = products;
  let noise = Math.max(1e-9, power / Math.max(1, free));
  let best: Belief | undefined;
  for (let round = 0; round < 2; round += 1) {
    best = commonBelief(products, noise, lags, scales);
    noise = Math.max(1e-9, residualPower(products, best.beta) / Math.max(1, free));
  }
  if (whole) return averageBeliefs(products, noise, free, scales, best!.prior);
  const { factor, beta } = best!;
  return { beta, covariance: inverseOf(factor, size).map((value) => value * noise) };
};
