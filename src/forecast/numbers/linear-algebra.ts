/**
 * Symmetric positive definite systems on packed lower triangles: row i starts at i(i+1)/2. The leading p × p
 * block of a factor is the factor of the leading block, so one factor serves every earlier origin.
 */

/** Start of row i in a packed lower triangle. */
export const rowStart = (i: number): number => (i * (i + 1)) / 2;

/** Cholesky factor of a packed matrix, in place. Pivots that rounding made too small are lifted. */
export const choleskyInPlace = (matrix: Float64Array, size: number, floor = 1e-12): Float64Array => {
  for (let i = 0; i < size; i += 1) {
    const ri = rowStart(i);
    for (let j = 0; j <= i; j += 1) {
      const rj = rowStart(j);
      let s0 = 0;
      let s1 = 0;
      let k = 0;
      for (; k + 1 < j; k += 2) {
        s0 += matrix[ri + k]! * matrix[rj + k]!;
        s1 += matrix[ri + k + 1]! * matrix[rj + k + 1]!;
      }
      if (k < j) s0 += matrix[ri + k]! * matrix[rj + k]!;
      const rest = matrix[ri + j]! - s0 - s1;
      matrix[ri + j] = i === j ? Math.sqrt(Math.max(rest, floor)) : rest / matrix[rj + j]!;
    }
  }
  return matrix;
};

/** Solves L x = b for the first n rows, in place. */
export const solveLower = (factor: Float64Array, x: Float64Array, size: number): Float64Array => {
  for (let i = 0; i < size; i += 1) {
    const ri = rowStart(i);
    let sum = x[i]!;
    for (let k = 0; k < i; k += 1) sum -= factor[ri + k]! * x[k]!;
    x[i] = sum / factor[ri + i]!;
  }
  return x;
};

/** Solves Lᵀ x = b for the first n rows, in place. */
export const solveUpper = (factor: Float64Array, x: Float64Array, size: number): Float64Array => {
  for (let i = size - 1; i >= 0; i -= 1) {
    const ri = rowStart(i);
    const value = x[i]! / factor[ri + i]!;
    x[i] = value;
    for (let k = 0; k < i; k += 1) x[k] = x[k]! - factor[ri + k]! * value;
  }
  return x;
};

/** Diagonal of (L Lᵀ)⁻¹: what leave-one-out residuals need. About n³/6 multiplications. */
export const inverseDiagonal = (factor: Float64Array, size: number): Float64Array => {
  const diagonal = new Float64Array(size);
  const column = new Float64Array(size);
  for (let j = 0; j < size; j += 1) {
    column[j] = 1 / factor[rowStart(j) + j]!;
    let sum = column[j]! * column[j]!;
    for (let i = j + 1; i < size; i += 1) {
      const ri = rowStart(i);
      let s = 0;
      for (let k = j; k < i; k += 1) s -= factor[ri + k]! * column[k]!;
      const value = s / factor[ri + i]!;
      column[i] = value;
      sum += value * value;
    }
    diagonal[j] = sum;
  }
  return diagonal;
};
