import { inverseDiagonal, solveLower, solveUpper } from '../numbers/linear-algebra.ts';
import type { Working } from './level-scales.ts';
import { quantileOf, robustScale } from '../numbers/robust.ts';

/** What each day's total is off by, judged from all other days, and how far off it may be. */
export interface LeaveOneOut {
  readonly residual: Float64Array;
  readonly variance: Float64Array;
}

/** Leave-one-out residuals from one factor (Rasmussen and Williams 2006, equations 5.10–5.12). */
export const leaveOneOut = (factor: Float64Array, y: Float64Array): LeaveOneOut => {
  const size = y.length;
  const alpha = solveUpper(factor, solveLower(factor, y.slice(), size), size);
  const diagonal = inverseDiagonal(factor, size);
  return {
    residual: Float64Array.from(alpha, (v, i) => v / diagonal[i]!),
    variance: Float64Array.from(diagonal, (v) => 1 / v),
  };
};

/**
 * How far each day stands from what the others say, as a normal score. Counts are skewed: the relative error of a
 * count is read as that of a gamma variable (Wilson and Hilferty 1931), so that a bound on the score cuts off no
 * more calls above than below and the mean stays where it is.
 */
export const standardScores = (working: Working, loo: LeaveOneOut): Float64Array =>
  loo.residual.map((e, i) => {
    const v = loo.variance[i]!;
    if (!working.onCounts) return e / Math.sqrt(v);
    return (3 * (Math.cbrt(Math.max(0, 1 + e)) - 1 + v / 9)) / Math.sqrt(v);
  });

/** The residual at which the score is `z`. */
const residualAt = (working: Working, z: number, variance: number): number =>
  working.onCounts
    ? Math.max(0, 1 - variance / 9 + (z * Math.sqrt(variance)) / 3) ** 3 - 1
    : z * Math.sqrt(variance);

/** Share of a small line's days that may stand out; where more do, they are how the line is. */
const mostOutliers = 0.05;

/** Extra noise for days beyond 2.5 robust standard deviations: their pull stays bounded. */
export const inflate = (working: Working, loo: LeaveOneOut, from: number): Float64Array => {
  const size = loo.residual.length;
  const z = standardScores(working, loo);
  const scale = Math.min(2, Math.max(working.onCounts ? 1 : 0.8, robustScale(z)));
  const limit = Math.max(2.5 * scale, working.onCounts ? quantileOf(z.map(Math.abs), 1 - mostOutliers) : 0);
  const extra = new Float64Array(working.days.length);
  for (let i = 0; i < size; i += 1) {
    if (Math.abs(z[i]!) <= limit) continue;
    const variance = loo.variance[i]!;
    const bound = residualAt(working, Math.sign(z[i]!) * limit, variance) ** 2 / variance;
    extra[from + i] = Math.max(0, loo.residual[i]! ** 2 / bound - (variance - working.inflation[from + i]!));
  }
  return extra;
};

/** Standard deviation of each weekday's own noise over that of all days, drawn towards 1. */
export const weekdayFactors = (working: Working, loo: LeaveOneOut, from: number): Float64Array => {
  const all = robustScale(loo.residual);
  const factors = new Float64Array(8).fill(1);
  if (!(all > 0)) return factors;
  for (let c = 0; c < 7; c += 1) {
    const own: number[] = [];
    for (let i = 0; i < loo.residual.length; i += 1) {
      if (working.history.features.weekdayClass[working.days[from + i]!] === c) own.push(loo.residual[i]!);
    }
    if (own.length < 4) continue;
    const ratio = (robustScale(own) / all) ** 2;
    factors[c] = Math.min(1.8, Math.max(0.6, Math.sqrt((own.length * ratio + 10) / (own.length + 10))));
  }
  return factors;
};
