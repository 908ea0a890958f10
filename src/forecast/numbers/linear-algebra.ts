/**
 * Symmetric positive definite systems on packed lower triangles: row i starts at i(i+1)/2. The leading p × p
 * block of a factor is the factor of the leading block, so one factor serves every earlier origin.
 */

/** Start of row i in a packed lower triangle. */
export const rowStart = (i: number): number => (i * (i + 1)) / 2;

/** Entries `from` to `to` of row i of a factor, when rows above are done. */
const finishRow = (matrix: Float64Array, i: number, from: number, to: number, floor: number): void => {
  const ri = rowStart(i);
  for (let j = from; j <= to; j += 1) {
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
};

/**
 * Rows i to i + 3 of a factor left of column i together, two columns at a time: sums that do not wait for each other, of
 * which each figure that is looked up serves two or four. `i` is even.
 */
const fourRows = (matrix: Float64Array, i: number): void => {
  const ra = rowStart(i);
  const rb = rowStart(i + 1);
  const rc = rowStart(i + 2);
  const rd = rowStart(i + 3);
  for (let j = 0; j < i; j += 2) {
    const rj = rowStart(j);
    const rn = rowStart(j + 1);
    let a0 = 0;
    let a1 = 0;
    let a2 = 0;
    let a3 = 0;
    let b0 = 0;
    let b1 = 0;
    let b2 = 0;
    let b3 = 0;
    let c0 = 0;
    let c1 = 0;
    let c2 = 0;
    let c3 = 0;
    let d0 = 0;
    let d1 = 0;
    let d2 = 0;
    let d3 = 0;
    for (let k = 0; k < j; k += 2) {
      const p = matrix[rj + k]!;
      const q = matrix[rj + k + 1]!;
      const u = matrix[rn + k]!;
      const v = matrix[rn + k + 1]!;
      let even = 0;
      let odd = 0;
      even = matrix[ra + k]!;
      odd = matrix[ra + k + 1]!;
      a0 += even * p;
      a1 += odd * q;
      a2 += even * u;
      a3 += odd * v;
      even = matrix[rb + k]!;
      odd = matrix[rb + k + 1]!;
      b0 += even * p;
      b1 += odd * q;
      b2 += even * u;
      b3 += odd * v;
      even = matrix[rc + k]!;
      odd = matrix[rc + k + 1]!;
      c0 += even * p;
      c1 += odd * q;
      c2 += even * u;
      c3 += odd * v;
      even = matrix[rd + k]!;
      odd = matrix[rd + k + 1]!;
      d0 += even * p;
      d1 += odd * q;
      d2 += even * u;
      d3 += odd * v;
    }
    const pivot = matrix[rj + j]!;
    const beside = matrix[rn + j]!;
    const next = matrix[rn + j + 1]!;
    const a = (matrix[ra + j]! - a0 - a1) / pivot;
    matrix[ra + j] = a;
    matrix[ra + j + 1] = (matrix[ra + j + 1]! - (a2 + a * beside) - a3) / next;
    const b = (matrix[rb + j]! - b0 - b1) / pivot;
    matrix[rb + j] = b;
    matrix[rb + j + 1] = (matrix[rb + j + 1]! - (b2 + b * beside) - b3) / next;
    const c = (matrix[rc + j]! - c0 - c1) / pivot;
    matrix[rc + j] = c;
    matrix[rc + j + 1] = (matrix[rc + j + 1]! - (c2 + c * beside) - c3) / next;
    const d = (matrix[rd + j]! - d0 - d1) / pivot;
    matrix[rd + j] = d;
    matrix[rd + j + 1] = (matrix[rd + j + 1]! - (d2 + d * beside) - d3) / next;
  }
};

/** Cholesky factor of a packed matrix, in place. Pivots that rounding made too small are lifted. */
export const choleskyInPlace = (matrix: Float64Array, size: number, floor = 1e-12): Float64Array => {
  let i = 0;
  for (; i + 3 < size; i += 4) {
    fourRows(matrix, i);
    for (let row = i; row < i + 4; row += 1) finishRow(matrix, row, i, row, floor);
  }
  for (; i < size; i += 1) finishRow(matrix, i, 0, i, floor);
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

/** Solves L x = b for the first n rows of each of several right sides, in place: four of them go together. */
export const solveLowerEach = (factor: Float64Array, sides: readonly Float64Array[], size: number): void => {
  let first = 0;
  for (; first + 3 < sides.length; first += 4) {
    const a = sides[first]!;
    const b = sides[first + 1]!;
    const c = sides[first + 2]!;
    const d = sides[first + 3]!;
    for (let i = 0; i < size; i += 1) {
      const ri = rowStart(i);
      let sa = a[i]!;
      let sb = b[i]!;
      let sc = c[i]!;
      let sd = d[i]!;
      for (let k = 0; k < i; k += 1) {
        const weight = factor[ri + k]!;
        sa -= weight * a[k]!;
        sb -= weight * b[k]!;
        sc -= weight * c[k]!;
        sd -= weight * d[k]!;
      }
      const pivot = factor[ri + i]!;
      a[i] = sa / pivot;
      b[i] = sb / pivot;
      c[i] = sc / pivot;
      d[i] = sd / pivot;
    }
  }
  for (; first < sides.length; first += 1) solveLower(factor, sides[first]!, size);
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

/** Diagonal of (L Lᵀ)⁻¹: what leave-one-out residuals need. About n³/6 multiplications, four columns at a time. */
export const inverseDiagonal = (factor: Float64Array, size: number): Float64Array => {
  const diagonal = new Float64Array(size);
  const columns = new Float64Array(4 * size);
  for (let j = 0; j < size; j += 4) {
    columns.fill(0, 4 * j);
    for (let i = j; i < size; i += 1) {
      const ri = rowStart(i);
      let a = i === j ? 1 : 0;
      let b = i === j + 1 ? 1 : 0;
      let c = i === j + 2 ? 1 : 0;
      let d = i === j + 3 ? 1 : 0;
      for (let k = j; k < i; k += 1) {
        const weight = factor[ri + k]!;
        a -= weight * columns[4 * k]!;
        b -= weight * columns[4 * k + 1]!;
        c -= weight * columns[4 * k + 2]!;
        d -= weight * columns[4 * k + 3]!;
      }
      const pivot = factor[ri + i]!;
      columns[4 * i] = a / pivot;
      columns[4 * i + 1] = b / pivot;
      columns[4 * i + 2] = c / pivot;
      columns[4 * i + 3] = d / pivot;
      for (let n = 0; n < 4 && j + n < size; n += 1) diagonal[j + n]! += columns[4 * i + n]! ** 2;
    }
  }
  return diagonal;
};
