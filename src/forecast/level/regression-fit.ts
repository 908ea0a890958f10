import {
  levelFilter,
  whiten,
  type ErrorProcess,
  type LevelFilter,
  type Whitened,
} from '../numbers/level-filter.ts';
import { choleskyInPlace, rowStart, solveLower, solveUpper } from '../numbers/linear-algebra.ts';
import type { Regressor } from './level-regressors.ts';

/** A history's days as the regression sees them. */
export interface ObservedDays {
  /** Log total of each day less what is expected of it; NaN where the day is not used. */
  readonly y: Float64Array;
  /** Noise variance of each day in units of the usual one; NaN where the day is not used. */
  readonly noise: Float64Array;
  /** Variance by which the level may jump on a day, in units of the noise variance. */
  readonly jumps: Float64Array;
  readonly regressors: readonly Regressor[];
}

/** Sizes before evidence of the year's first wave and of a year's growth, log scale. */
export interface EffectSizes {
  readonly yearly: number;
  readonly growth: number;
}

/** Sums of products of innovations: what least squares needs. */
export interface NormalEquations {
  readonly matrix: Float64Array;
  readonly right: Float64Array;
}

/** Effects of the regressors, and the factor of their precision in units of the noise variance. */
export interface Effects {
  readonly factor: Float64Array;
  readonly beta: Float64Array;
}

/** A regression fitted under a given process of the errors. */
export interface RegressionFit extends Effects {
  readonly sizes: EffectSizes;
  readonly filter: LevelFilter;
  readonly y: Whitened;
  readonly columns: readonly Whitened[];
  readonly normal: NormalEquations;
  /** Precision of each effect before evidence, in units of the noise variance. */
  readonly ridge: Float64Array;
  readonly noiseVariance: number;
  /** Log marginal likelihood, up to what all fits to the same days share. */
  readonly likelihood: number;
}

/** Sums of products over the days from `from` until before `to`. */
export const normalEquations = (
  y: Whitened,
  columns: readonly Whitened[],
  from: number,
  to: number,
): NormalEquations => {
  const all = [...columns, y].map(({ innovation }) => innovation);
  const size = columns.length;
  const products = new Float64Array(rowStart(size + 1));
  all.forEach((a, i) => {
    const count = Math.min(i + 1, size);
    const row = rowStart(i);
    // Two at a time, which read `a` once; the last of an odd number beside itself.
    for (let j = 0; j < count; j += 2) {
      const b = all[j]!;
      const c = all[Math.min(j + 1, count - 1)]!;
      let even = 0;
      let odd = 0;
      let evenOther = 0;
      let oddOther = 0;
      let day = from;
      for (; day + 1 < to; day += 2) {
        const first = a[day]!;
        const second = a[day + 1]!;
        even += first * b[day]!;
        odd += second * b[day + 1]!;
        evenOther += first * c[day]!;
        oddOther += second * c[day + 1]!;
      }
      if (day < to) {
        even += a[day]! * b[day]!;
        evenOther += a[day]! * c[day]!;
      }
      products[row + j] = even + odd;
      if (j + 1 < count) products[row + j + 1] = evenOther + oddOther;
    }
  });
  return {
    matrix: products.slice(0, rowStart(size)),
    right: products.slice(rowStart(size), rowStart(size) + size),
  };
};

/** Solves normal equations with a normal law of each effect before evidence. */
export const solveEffects = ({ matrix, right }: NormalEquations, ridge: Float64Array): Effects => {
  const size = ridge.length;
  const factor = matrix.slice();
  for (let i = 0; i < size; i += 1) factor[rowStart(i) + i]! += ridge[i]!;
  choleskyInPlace(factor, size);
  return { factor, beta: solveUpper(factor, solveLower(factor, right.slice(), size), size) };
};

const sizeOf = ({ part, size }: Regressor, { yearly, growth }: EffectSizes): number =>
  part === 'yearly' ? size * yearly : part === 'trend' ? size * growth : size;

/** What the days give under a process of the errors, before effects are solved for. */
type Prepared = Pick<RegressionFit, 'filter' | 'y' | 'columns' | 'normal'>;

/** Takes days and regressors through the filter of a process. */
export const filterDays = (seen: ObservedDays, process: ErrorProcess): Prepared => {
  const filter = levelFilter(process, seen.noise, seen.jumps);
  const days = seen.y.length;
  const y = whiten(filter, seen.y);
  const columns = seen.regressors.map(({ values }) => whiten(filter, values.subarray(0, days)));
  return { filter, y, columns, normal: normalEquations(y, columns, 0, days) };
};

/** Solves for the effects; `noiseVariance` weighs evidence against the sizes before it. */
export const fitEffects = (
  seen: ObservedDays,
  prepared: Prepared,
  sizes: EffectSizes,
  noiseVariance: number,
): RegressionFit => {
  const { filter, y, normal } = prepared;
  const ridge = Float64Array.from(seen.regressors, (each) => noiseVariance / sizeOf(each, sizes) ** 2);
  const effects = solveEffects(normal, ridge);
  let { known, squares, logs } = evidenceOf(filter, y.innovation);
  for (let i = 0; i < ridge.length; i += 1) {
    squares -= effects.beta[i]! * normal.right[i]!;
    logs += 2 * Math.log(effects.factor[rowStart(i) + i]!) - Math.log(ridge[i]!);
  }
  known = Math.max(1, known);
  const variance = Math.max(squares, 1e-12) / known;
  const likelihood = -0.5 * (known * Math.log(variance) + logs);
  return { ...effects, ...prepared, sizes, ridge, noiseVariance: variance, likelihood };
};

/** Known days, their squared innovations, and the logs of their variances. */
const evidenceOf = (
  { deviation }: LevelFilter,
  innovation: Float64Array,
): { known: number; squares: number; logs: number } => {
  let known = 0;
  let squares = 0;
  let logs = 0;
  for (let day = 0; day < innovation.length; day += 1) {
    if (deviation[day] === 0) continue;
    known += 1;
    squares += innovation[day]! ** 2;
    logs += 2 * Math.log(deviation[day]!);
  }
  return { known, squares, logs };
};

/** Log likelihood of a series of errors under a process, its noise variance taken as what fits best. */
export const processLikelihood = (
  seen: ObservedDays,
  process: ErrorProcess,
  errors: Float64Array,
): number => {
  const filter = levelFilter(process, seen.noise, seen.jumps);
  const { known, squares, logs } = evidenceOf(filter, whiten(filter, errors).innovation);
  return -0.5 * (known * Math.log(Math.max(squares, 1e-12) / Math.max(1, known)) + logs);
};
