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

/** Solves L x = b for the first n rows, in place: four rows go together. */
export const solveLower = (factor: Float64Array, x: Float64Array, size: number): Float64Array => {
  let i = 0;
  for (; i + 3 < size; i += 4) {
    const ra = rowStart(i);
    const rb = rowStart(i + 1);
    const rc = rowStart(i + 2);
    const rd = rowStart(i + 3);
    let a = x[i]!;
    let b = x[i + 1]!;
    let c = x[i + 2]!;
    let d = x[i + 3]!;
    for (let k = 0; k < i; k += 1) {
      const value = x[k]!;
      a -= factor[ra + k]! * value;
      b -= factor[rb + k]! * value;
      c -= factor[rc + k]! * value;
      d -= factor[rd + k]! * value;
    }
    a /= factor[ra + i]!;
    b = (b - factor[rb + i]! * a) / factor[rb + i + 1]!;
    c = (c - factor[rc + i]! * a - factor[rc + i + 1]! * b) / factor[rc + i + 2]!;
    d = (d - factor[rd + i]! * a - factor[rd + i + 1]! * b - factor[rd + i + 2]! * c) / factor[rd + i + 3]!;
    x[i] = a;
    x[i + 1] = b;
    x[i + 2] = c;
    x[i + 3] = d;
  }
  for (; i < size; i += 1) {
    const ri = rowStart(i);
    let sum = x[i]!;
    for (let k = 0; k < i; k += 1) sum -= factor[ri + k]! * x[k]!;
    x[i] = sum / factor[ri + i]!;
  }
  return x;
};

/**
 * Rows `first` and after of four right sides at once, which lie beside each other in `x`: two rows go together, and each
 * figure that is looked up serves two or four sums.
 */
const solveFour = (factor: Float64Array, x: Float64Array, size: number, first: number): void => {
  for (let i = first; i < size; i += 2) {
    const ra = rowStart(i);
    const rb = i + 1 < size ? rowStart(i + 1) : ra;
    const at = 4 * i;
    let a = x[at]!;
    let b = x[at + 1]!;
    let c = x[at + 2]!;
    let d = x[at + 3]!;
    let e = 0;
    let f = 0;
    let g = 0;
    let h = 0;
    if (rb > ra) {
      e = x[at + 4]!;
      f = x[at + 5]!;
      g = x[at + 6]!;
      h = x[at + 7]!;
    }
    for (let k = first; k < i; k += 1) {
      const weight = factor[ra + k]!;
      const other = factor[rb + k]!;
      const p = x[4 * k]!;
      const q = x[4 * k + 1]!;
      const r = x[4 * k + 2]!;
      const s = x[4 * k + 3]!;
      a -= weight * p;
      b -= weight * q;
      c -= weight * r;
      d -= weight * s;
      e -= other * p;
      f -= other * q;
      g -= other * r;
      h -= other * s;
    }
    const pivot = factor[ra + i]!;
    a /= pivot;
    b /= pivot;
    c /= pivot;
    d /= pivot;
    x[at] = a;
    x[at + 1] = b;
    x[at + 2] = c;
    x[at + 3] = d;
    if (rb === ra) return;
    const beside = factor[rb + i]!;
    const next = factor[rb + i + 1]!;
    x[at + 4] = (e - beside * a) / next;
    x[at + 5] = (f - beside * b) / next;
    x[at + 6] = (g - beside * c) / next;
    x[at + 7] = (h - beside * d) / next;
  }
};

/** Solves L x = b for the first n rows of each of several right sides, in place: four of them go together. */
export const solveLowerEach = (factor: Float64Array, sides: readonly Float64Array[], size: number): void => {
  const x = new Float64Array(4 * size);
  let first = 0;
  for (; first + 3 < sides.length; first += 4) {
    for (let n = 0; n < 4; n += 1) {
      const side = sides[first + n]!;
      for (let i = 0; i < size; i += 1) x[4 * i + n] = side[i]!;
    }
    solveFour(factor, x, size, 0);
    for (let n = 0; n < 4; n += 1) {
      const side = sides[first + n]!;
      for (let i = 0; i < size; i += 1) side[i] = x[4 * i + n]!;
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
    const count = Math.min(4, size - j);
    columns.fill(0, 4 * j);
    for (let n = 0; n < count; n += 1) columns[4 * (j + n) + n] = 1;
    solveFour(factor, columns, size, j);
    for (let n = 0; n < count; n += 1) {
      let sum = 0;
      for (let i = j; i < size; i += 1) sum += columns[4 * i + n]! ** 2;
      diagonal[j + n] = sum;
    }
  }
  return diagonal;
};
