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

/**
 * Sums of products over days of two series with two others, to `sums`: a·c, a·d, b·c, b·d. What is looked up serves two
 * sums, and none waits for another.
 */
const addProducts = (
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  d: Float64Array,
  from: number,
  to: number,
  sums: Float64Array,
): void => {
  let evenAC = 0;
  let evenAD = 0;
  let evenBC = 0;
  let evenBD = 0;
  let oddAC = 0;
  let oddAD = 0;
  let oddBC = 0;
  let oddBD = 0;
  let day = from;
  for (; day + 1 < to; day += 2) {
    let first = a[day]!;
    let second = b[day]!;
    let one = c[day]!;
    let other = d[day]!;
    evenAC += first * one;
    evenAD += first * other;
    evenBC += second * one;
    evenBD += second * other;
    first = a[day + 1]!;
    second = b[day + 1]!;
    one = c[day + 1]!;
    other = d[day + 1]!;
    oddAC += first * one;
    oddAD += first * other;
    oddBC += second * one;
    oddBD += second * other;
  }
  if (day < to) {
    evenAC += a[day]! * c[day]!;
    evenAD += a[day]! * d[day]!;
    evenBC += b[day]! * c[day]!;
    evenBD += b[day]! * d[day]!;
  }
  sums[0] = evenAC + oddAC;
  sums[1] = evenAD + oddAD;
  sums[2] = evenBC + oddBC;
  sums[3] = evenBD + oddBD;
};

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
  const sums = new Float64Array(4);
  const put = (i: number, j: number, sum: number): void => {
    if (i <= size && j <= i && j < size) products[rowStart(i) + j] = sum;
  };
  // Two by two; the last of an odd number beside itself.
  for (let i = 0; i <= size; i += 2)
    for (let j = 0; j <= Math.min(i + 1, size - 1); j += 2) {
      const [below, beside] = [Math.min(i + 1, size), Math.min(j + 1, size)];
      addProducts(all[i]!, all[below]!, all[j]!, all[beside]!, from, to, sums);
      put(i, j, sums[0]!);
      put(i, j + 1, sums[1]!);
      put(i + 1, j, sums[2]!);
      put(i + 1, j + 1, sums[3]!);
    }
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
