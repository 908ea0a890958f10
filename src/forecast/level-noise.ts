import { inverseDiagonal, solveLower, solveUpper } from './linear-algebra.ts';
import type { Working } from './level-scales.ts';
import { robustScale } from './robust.ts';

/** What each day's total is off by, judged from all other days, and how far off it may be. */
export interface LeaveOneOut {
  readonly residual: Float64Array;
  readonly variance: Float64Array;
}

/** Leave-one-out residuals from one factor (Rasmussen and Williams 2006, equations 5.10–5.12). */
export const leaveOneOut = (factor: Float64Array, y: Float64Array): LeaveOneOut => {
  const n = y.length;
  const alpha = solveUpper(factor, solveLower(factor, y.slice(), n), n);
  const diagonal = inverseDiagonal(factor, n);
  return {
    residual: Float64Array.from(alpha, (v, i) => v / diagonal[i]!),
    variance: Float64Array.from(diagonal, (v) => 1 / v),
  };
};

/** Extra noise for days beyond 2.5 robust standard deviations: their pull stays bounded. */
export const inflate = (w: Working, loo: LeaveOneOut, from: number): Float64Array => {
  const n = loo.residual.length;
  const z = Float64Array.from(loo.residual, (e, i) => e / Math.sqrt(loo.variance[i]!));
  const scale = Math.min(2, Math.max(0.8, robustScale(z)));
  const extra = new Float64Array(w.days.length);
  for (let i = 0; i < n; i += 1) {
    const limit = 2.5 * scale;
    if (Math.abs(z[i]!) <= limit) continue;
    extra[from + i] = Math.max(
      0,
      (loo.residual[i]! / limit) ** 2 - (loo.variance[i]! - w.inflation[from + i]!),
    );
  }
  return extra;
};

/** Standard deviation of each weekday's own noise over that of all days, drawn towards 1. */
export const weekdayFactors = (w: Working, loo: LeaveOneOut, from: number): Float64Array => {
  const all = robustScale(loo.residual);
  const factors = new Float64Array(8).fill(1);
  if (!(all > 0)) return factors;
  for (let c = 0; c < 7; c += 1) {
    const own: number[] = [];
    for (let i = 0; i < loo.residual.length; i += 1) {
      if (w.h.features.weekdayClass[w.days[from + i]!] === c) own.push(loo.residual[i]!);
    }
    if (own.length < 4) continue;
    const ratio = (robustScale(own) / all) ** 2;
    factors[c] = Math.min(1.8, Math.max(0.6, Math.sqrt((own.length * ratio + 10) / (own.length + 10))));
  }
  return factors;
};
