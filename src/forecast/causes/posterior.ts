import { choleskyInPlace, rowStart, solveLower, solveUpper } from '../../kernel/linear-algebra.ts';

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

export interface Factored {
  readonly factor: Float64Array;
  readonly beta: Float64Array;
  readonly evidence: number;
}

/** Posterior under normal beliefs of variance `prior` by regressor. */
export const factored = ({ size, gram, moment }: Products, noise: number, prior: Float64Array): Factored => {
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

/** Inverse of a factored matrix, size × size. */
export const inverseOf = (factor: Float64Array, size: number): Float64Array => {
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i += 1) {
    const unit = new Float64Array(size);
    unit[i] = 1;
    inverse.set(solveUpper(factor, solveLower(factor, unit, size), size), i * size);
  }
  return inverse;
};

/** Sum of squares that effects leave unexplained. */
export const residualPower = ({ size, gram, moment, power }: Products, beta: Float64Array): number => {
  let left = power;
  for (let i = 0; i < size; i += 1) {
    left -= 2 * beta[i]! * moment[i]!;
    for (let j = 0; j < size; j += 1)
      left += beta[i]! * beta[j]! * gram[i >= j ? rowStart(i) + j : rowStart(j) + i]!;
  }
  return Math.max(0, left);
};
