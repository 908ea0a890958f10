import { valueAt } from '../kernel/value-at.ts';
import { seededRandom, type Random } from '../kernel/random.ts';
import { simplexLeastSquares } from './simplex-least-squares.ts';

/** Published points (0–100) of some indicators, in one order, and the published total. */
export interface ScoredRow {
  readonly points: readonly number[];
  readonly total: number;
}

export interface FittedScorecard {
  /** Non-negative, summing to one, in the order of the rows' points. */
  readonly weights: readonly number[];
  readonly intervals: readonly { readonly low: number; readonly high: number }[];
  /** Root mean square of total − fitted total, points. */
  readonly residualPoints: number;
  readonly rows: number;
}

/**
 * Weights of a scorecard from published indicator points and totals: least squares over weights that are
 * non-negative and sum to one. Intervals come from a seeded bootstrap of rows (level 0.9 by default), widened
 * by √(n/(n − m + 1)) for the parameters fitted. Throws RangeError with fewer rows than indicators, since the
 * weights are then not told apart.
 */
export const fitScorecard = (
  rows: readonly ScoredRow[],
  options: { readonly seed: number; readonly level?: number; readonly draws?: number },
): FittedScorecard => {
  const indicators = rows[0]?.points.length ?? 0;
  if (rows.some((row) => row.points.length !== indicators)) throw new TypeError('rows differ in indicators');
  if (indicators === 0 || rows.length < indicators) {
    throw new RangeError(`${rows.length} published results cannot tell ${indicators} weights apart`);
  }
  const { level = 0.9, draws = 400, seed } = options;
  const weights = solve(rows);
  const random = seededRandom(seed, 11);
  const samples = Array.from({ length: draws }, () => solve(resample(rows, random)));
  const widen = Math.sqrt(rows.length / Math.max(1, rows.length - indicators + 1));
  return {
    weights,
    intervals: weights.map((weight, i) =>
      percentileInterval(
        samples.map((s) => valueAt(s, i)),
        weight,
        level,
        widen,
      ),
    ),
    residualPoints: Math.sqrt(rows.reduce((s, row) => s + residual(row, weights) ** 2, 0) / rows.length),
    rows: rows.length,
  };
};

const residual = (row: ScoredRow, weights: readonly number[]): number =>
  row.total - row.points.reduce((s, p, i) => s + p * valueAt(weights, i), 0);

const solve = (rows: readonly ScoredRow[]): readonly number[] =>
  simplexLeastSquares(
    rows.map((r) => r.points),
    rows.map((r) => r.total),
  );

const resample = (rows: readonly ScoredRow[], random: Random): readonly ScoredRow[] =>
  rows.map(() => rows[Math.floor(random.uniform() * rows.length)] as ScoredRow);

const percentileInterval = (
  values: readonly number[],
  centre: number,
  level: number,
  widen: number,
): { readonly low: number; readonly high: number } => {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (p: number): number => sorted[Math.round(p * (sorted.length - 1))] ?? centre;
  const stretch = (value: number): number => Math.max(0, Math.min(1, centre + widen * (value - centre)));
  return { low: stretch(at((1 - level) / 2)), high: stretch(at((1 + level) / 2)) };
};
