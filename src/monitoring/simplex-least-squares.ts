import { valueAt } from '../kernel/value-at.ts';

/**
 * Weights w ≥ 0 with sum 1 that minimise Σ (y − x·w)²: a primal active-set method, exact up to rounding. Free
 * weights are solved with the sum held; a step that would turn one negative stops there and fixes it at 0; a
 * fixed weight whose gradient says it should grow is freed again. Columns that cannot be told apart share by a
 * ridge of 1e-9 of the scale.
 */
export const simplexLeastSquares = (
  x: readonly (readonly number[])[],
  y: readonly number[],
): readonly number[] => {
  const size = x[0]?.length ?? 0;
  const { gram, moment } = normalEquations(x, y, size);
  let weights = Array.from({ length: size }, () => 1 / size);
  const free = weights.map(() => true);
  for (let round = 0; round < 20 * size + 20; round += 1) {
    const target = equalityStep(gram, moment, free);
    const [share, blocking] = longestStep(weights, target);
    weights = weights.map((w, i) => Math.max(0, w + share * (valueAt(target, i) - w)));
    if (blocking >= 0) {
      weights[blocking] = 0;
      free[blocking] = false;
      continue;
    }
    const wanted = mostWanted(gram, moment, weights, free);
    if (wanted < 0) break;
    free[wanted] = true;
  }
  const sum = weights.reduce((s, w) => s + w, 0);
  return weights.map((w) => w / sum);
};

type Matrix = readonly (readonly number[])[];

const normalEquations = (
  x: Matrix,
  y: readonly number[],
  size: number,
): { readonly gram: Matrix; readonly moment: readonly number[] } => {
  const index = Array.from({ length: size }, (_, i) => i);
  const gram = index.map((i) =>
    index.map((j) => x.reduce((s, row) => s + valueAt(row, i) * valueAt(row, j), 0)),
  );
  const ridge = 1e-9 * index.reduce((s, i) => s + (gram[i]?.[i] ?? 0), 0);
  return {
    gram: gram.map((row, i) => row.map((g, j) => (i === j ? g + ridge + 1e-300 : g))),
    moment: index.map((i) => x.reduce((s, row, r) => s + valueAt(row, i) * valueAt(y, r), 0)),
  };
};

/** Least squares over the free weights with their sum held at one (Lagrange), zeros elsewhere. */
const equalityStep = (
  gram: Matrix,
  moment: readonly number[],
  free: readonly boolean[],
): readonly number[] => {
  const places = free.flatMap((isFree, i) => (isFree ? [i] : []));
  const system = [
    ...places.map((i) => [...places.map((j) => gram[i]?.[j] ?? 0), 1, valueAt(moment, i)]),
    [...places.map(() => 1), 0, 1],
  ];
  const solved = gaussianElimination(system);
  const answer = free.map(() => 0);
  places.forEach((i, k) => (answer[i] = valueAt(solved, k)));
  return answer;
};

/** Share of the way to `target` that keeps every weight non-negative, and which weight stops it (-1: none). */
const longestStep = (weights: readonly number[], target: readonly number[]): readonly [number, number] => {
  let share = 1;
  let blocking = -1;
  for (const [i, weight] of weights.entries()) {
    const goal = valueAt(target, i);
    if (goal >= -1e-14) continue;
    const until = weight / (weight - goal);
    if (until < share) [share, blocking] = [until, i];
  }
  return [share, blocking];
};

/** The fixed weight whose growth would lower the sum of squares most; -1 at the optimum. */
const mostWanted = (
  gram: Matrix,
  moment: readonly number[],
  weights: readonly number[],
  free: readonly boolean[],
): number => {
  const gradient = weights.map((_, i) =>
    weights.reduce((s, w, j) => s + w * (gram[i]?.[j] ?? 0), -valueAt(moment, i)),
  );
  const level = Math.min(...gradient.filter((_, i) => free[i]));
  const scale = Math.max(1, ...moment.map(Math.abs));
  let best = -1;
  for (const [i, g] of gradient.entries()) {
    if (free[i] === true || g >= level - 1e-10 * scale) continue;
    if (best < 0 || g < valueAt(gradient, best)) best = i;
  }
  return best;
};

/** Solves an augmented system by elimination with row pivoting. */
const gaussianElimination = (augmented: readonly (readonly number[])[]): readonly number[] => {
  const rows = augmented.map((row) => [...row]);
  const n = rows.length;
  for (let column = 0; column < n; column += 1) {
    let pivot = column;
    for (let r = column + 1; r < n; r += 1) {
      if (Math.abs(rows[r]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = r;
    }
    const chosen = rows[pivot] as number[];
    rows[pivot] = rows[column] as number[];
    rows[column] = chosen;
    const head = valueAt(chosen, column);
    for (const [r, row] of rows.entries()) {
      if (r === column || head === 0) continue;
      const factor = valueAt(row, column) / head;
      if (factor !== 0)
        for (let c = column; c <= n; c += 1) row[c] = valueAt(row, c) - factor * valueAt(chosen, c);
    }
  }
  return rows.map((row, i) => valueAt(row, n) / (row[i] ?? 1));
};
