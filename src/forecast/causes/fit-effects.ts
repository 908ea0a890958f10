import { choleskyInPlace, rowStart, solveLower, solveUpper } from '../numbers/linear-algebra.ts';

/** Effects by regressor: means and covariance, on the scale of the regressors given. */
export interface Effects {
  readonly beta: Float64Array;
  /** size × size. */
  readonly covariance: Float64Array;
}

/** Sums of squares and products over some days: what effects follow from. */
export interface Products {
  readonly size: number;
  /** Packed lower triangle. */
  readonly gram: Float64Array;
  readonly moment: Float64Array;
  readonly power: number;
  readonly count: number;
}

export const productsOf = (columns: readonly Float64Array[], y: Float64Array, upTo: number): Products => {
  const size = columns.length;
  const gram = new Float64Array(rowStart(size));
  const moment = new Float64Array(size);
  let power = 0;
  for (let d = 0; d < upTo; d += 1) {
    power += y[d]! ** 2;
    for (let i = 0; i < size; i += 1) {
      const x = columns[i]![d]!;
      moment[i]! += x * y[d]!;
      for (let j = 0; j <= i; j += 1) gram[rowStart(i) + j]! += x * columns[j]![d]!;
    }
  }
  return { size, gram, moment, power, count: upTo };
};

/** Widths of the belief about effects that are tried: log of calls for a usual move of the cause. */
const widths = [0.002, 0.01, 0.03, 0.1, 0.3];
/** An effect a day later is believed to be so much smaller. */
const fading = 0.7;

interface Factored {
  readonly factor: Float64Array;
  readonly beta: Float64Array;
  readonly evidence: number;
}

interface Belief extends Factored {
  /** Variance of the belief about each effect. */
  readonly prior: Float64Array;
}

/** Posterior under normal beliefs of variance `prior` by regressor. */
const factored = ({ size, gram, moment }: Products, noise: number, prior: Float64Array): Factored => {
  const matrix = gram.slice();
  let log = 0;
  for (let i = 0; i < size; i += 1) {
    matrix[rowStart(i) + i]! += noise / prior[i]!;
    log -= Math.log(noise / prior[i]!);
  }
  const factor = choleskyInPlace(matrix, size, 1e-12);
  for (let i = 0; i < size; i += 1) log += 2 * Math.log(factor[rowStart(i) + i]!);
  const half = solveLower(factor, moment.slice(), size);
  const gain = half.reduce((sum, value) => sum + value * value, 0);
  const beta = solveUpper(factor, half.slice(), size);
  return { factor, beta, evidence: (gain / noise - log) / 2 };
};

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

/** The same with a belief for each lag of its own: one that plainly has an effect is not drawn towards none. */
const ownBeliefs = (products: Products, noise: number, scales: Float64Array, from: Belief): Belief => {
  let best = from;
  for (let sweep = 0; sweep < 2; sweep += 1)
    for (let i = 0; i < scales.length; i += 1)
      for (const width of widths) {
        const prior = best.prior.slice();
        prior[i] = (width / Math.max(1e-12, scales[i]!)) ** 2;
        const found = factored(products, noise, prior);
        if (found.evidence > best.evidence) best = { ...found, prior };
      }
  return best;
};

/**
 * Effects of regressors, each with its `lag` in days and its usual move, under beliefs of zero that narrow with the
 * lag; how wide they are is chosen by how well each would have foretold the days. `apart`: lag by lag.
 */
export const fitEffects = (
  products: Products,
  lags: Int32Array,
  scales: Float64Array,
  free: number,
  apart: boolean,
): Effects => {
  const { size, power } = products;
  let noise = Math.max(1e-9, power / Math.max(1, free));
  let best: Belief | undefined;
  for (let round = 0; round < 2; round += 1) {
    const common = commonBelief(products, noise, lags, scales);
    best = apart ? ownBeliefs(products, noise, scales, common) : common;
    noise = Math.max(1e-9, residualPower(products, best.beta) / Math.max(1, free));
  }
  const { factor, beta } = best!;
  const covariance = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    const unit = new Float64Array(size);
    unit[i] = 1;
    const column = solveUpper(factor, solveLower(factor, unit, size), size);
    for (let j = 0; j < size; j += 1) covariance[i * size + j] = noise * column[j]!;
  }
  return { beta, covariance };
};

const residualPower = ({ size, gram, moment, power }: Products, beta: Float64Array): number => {
  let left = power;
  for (let i = 0; i < size; i += 1) {
    left -= 2 * beta[i]! * moment[i]!;
    for (let j = 0; j < size; j += 1)
      left += beta[i]! * beta[j]! * gram[i >= j ? rowStart(i) + j : rowStart(j) + i]!;
  }
  return Math.max(0, left);
};
