import { meanOf, robustScale, sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { farFromFeast, makeUpClass } from '../history/day-features.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import {
  type ErrorProcess,
  levelFilter,
  type LevelFilter,
  whiten,
  type Whitened,
} from '../numbers/level-filter.ts';
import { choleskyInPlace, rowStart, solveLower, solveUpper } from '../../kernel/linear-algebra.ts';
import type { LevelMove, OutlierEffect } from './day-kernel.ts';

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
interface EffectSizes {
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
  /** Known days, their squared innovations, and the logs of their variances. */
  readonly evidence: { readonly known: number; readonly squares: number; readonly logs: number };
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
type Prepared = Pick<RegressionFit, 'filter' | 'y' | 'columns' | 'normal' | 'evidence'>;

/** Takes days and regressors through the filter of a process. */
const filterDays = (seen: ObservedDays, process: ErrorProcess): Prepared => {
  const filter = levelFilter(process, seen.noise, seen.jumps);
  const days = seen.y.length;
  const y = whiten(filter, seen.y);
  const columns = seen.regressors.map(({ values }) => whiten(filter, values.subarray(0, days)));
  const normal = normalEquations(y, columns, 0, days);
  return { filter, y, columns, normal, evidence: evidenceOf(filter, y.innovation) };
};

/** Solves for the effects; `noiseVariance` weighs evidence against the sizes before it. */
const fitEffects = (
  seen: ObservedDays,
  prepared: Prepared,
  sizes: EffectSizes,
  noiseVariance: number,
): RegressionFit => {
  const { normal, evidence } = prepared;
  const ridge = Float64Array.from(seen.regressors, (each) => noiseVariance / sizeOf(each, sizes) ** 2);
  const effects = solveEffects(normal, ridge);
  let { known, squares, logs } = evidence;
  for (let i = 0; i < ridge.length; i += 1) {
    squares -= effects.beta[i]! * normal.right[i]!;
    logs += 2 * Math.log(effects.factor[rowStart(i) + i]!) - Math.log(ridge[i]!);
  }
  known = Math.max(1, known);
  const variance = Math.max(squares, 1e-12) / known;
  const likelihood = -0.5 * (known * Math.log(variance) + logs);
  return { ...prepared, ...effects, sizes, ridge, noiseVariance: variance, likelihood };
};

const evidenceOf = ({ deviation }: LevelFilter, innovation: Float64Array): RegressionFit['evidence'] => {
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
const processLikelihood = (seen: ObservedDays, process: ErrorProcess, errors: Float64Array): number => {
  const filter = levelFilter(process, seen.noise, seen.jumps);
  const { known, squares, logs } = evidenceOf(filter, whiten(filter, errors).innovation);
  return -0.5 * (known * Math.log(Math.max(squares, 1e-12) / Math.max(1, known)) + logs);
};

/** What a regressor belongs to, as planners read a forecast's parts. */
type RegressorPart = 'level' | 'weekday' | 'holiday' | 'event' | 'trend' | 'yearly';

/** One explanatory series over history and horizon, and how large its effect may be before evidence (log scale). */
interface Regressor {
  readonly part: RegressorPart;
  readonly values: Float64Array;
  /** Standard deviation of the effect; of yearly waves and growth it is scaled by evidence. */
  readonly size: number;
}

/** Waves of the year: six tell months apart. */
const waves = 6;
/** Days of history from which the year's shape is looked for. */
const yearlyFrom = 400;
const yearDays = 365.25;

/** Days before the end at which growth may have changed, and the fewest days that must lie before such a bend. */
const bends = [182, 365, 730];
const leastBeforeBend = 100;

const sizes = {
  /** Of a change of growth beside that of the growth itself. */
  bend: 0.4,
  weekday: 1,
  makeUp: 0.3,
  holiday: 0.4,
  holidayOfItsOwn: 0.25,
  after: [0.15, 0.08, 0.05],
  before: 0.1,
  bridge: 0.15,
  event: 0.3,
  jump: 0.5,
} as const;

/** All that may explain a day's log total beside its level. Columns that are 0 throughout the history are left out. */
export const levelRegressors = (
  history: PreparedHistory,
  privateEffects: readonly OutlierEffect[],
): Regressor[] => {
  const { features: f, days, horizon } = history;
  const count = days + horizon;
  const found: Regressor[] = [];
  const add = (part: RegressorPart, size: number, valueOf: (day: number) => number): void => {
    // a plain loop: Float64Array.from with a function takes several times as long
    const values = new Float64Array(count);
    let isSeen = false;
    for (let day = 0; day < count; day += 1) {
      const value = valueOf(day);
      values[day] = value;
      if (value !== 0 && day < days) isSeen = true;
    }
    if (isSeen) found.push({ part, size, values });
  };
  for (let weekday = 0; weekday < 7; weekday += 1) {
    add('weekday', sizes.weekday, (day) => (f.weekdayClass[day] === weekday ? 1 : 0));
  }
  add('weekday', sizes.makeUp, (day) => (f.weekdayClass[day] === makeUpClass ? 1 : 0));
  add('holiday', sizes.holiday, (day) => valueAt(f.holiday, day));
  add('holiday', sizes.holiday, (day) => (valueAt(f.weekdayClass, day) >= 5 ? valueAt(f.holiday, day) : 0));
  for (const key of new Set(f.holidayKey)) {
    if (key >= 0)
      add('holiday', sizes.holidayOfItsOwn, (day) =>
        f.holidayKey[day] === key ? valueAt(f.holiday, day) : 0,
      );
  }
  sizes.after.forEach((size, i) => add('holiday', size, (day) => (f.after[day] === i + 1 ? 1 : 0)));
  add('holiday', sizes.before, (day) => valueAt(f.before, day));
  add('holiday', sizes.bridge, (day) => valueAt(f.bridge, day));
  const knots = f.feast?.knots ?? [];
  for (let i = 1; i < knots.length - 1; i += 1) {
    const [before, knot, after] = [knots[i - 1]!, knots[i]!, knots[i + 1]!];
    add('holiday', f.feast!.size, (day) => {
      const at = f.feastDay[day]!;
      if (at === farFromFeast) return 0;
      return Math.max(0, at < knot ? (at - before) / (knot - before) : (after - at) / (after - knot));
    });
  }
  for (const kind of new Set(f.events.map((event) => event.kind))) {
    const ofKind = f.events.filter((event) => event.kind === kind);
    add('event', sizes.event, (day) => ofKind.reduce((sum, event) => sum + valueAt(event.strength, day), 0));
  }
  for (const { from, to } of privateEffects) {
    if (to === Number.POSITIVE_INFINITY) add('level', sizes.jump, (day) => (day >= from ? 1 : 0));
  }
  add('trend', 1, (day) => (day - days) / yearDays);
  for (const ago of bends) {
    if (days - ago > leastBeforeBend)
      add('trend', sizes.bend, (day) => Math.max(0, day - (days - ago)) / yearDays);
  }
  if (days < yearlyFrom) return found;
  for (let wave = 1; wave <= waves; wave += 1) {
    const turn = (day: number): number => (2 * Math.PI * wave * (history.firstDay + day)) / yearDays;
    add('yearly', 1 / wave, (day) => Math.sin(turn(day)));
    add('yearly', 1 / wave, (day) => Math.cos(turn(day)));
  }
  return found;
};

/** How restless a level a regression may believe in. */
export interface Pace {
  readonly walk: readonly number[];
  readonly fading: readonly number[];
  readonly memory: readonly number[];
  readonly yearly: readonly number[];
}

const growthSizes = [0.02, 0.1, 0.3];

/** Where the search starts: a slow level. */
const firstProcess: ErrorProcess = { walk: 0.02, fading: 0.3, memory: 0.97 };
const firstSizes: EffectSizes = { yearly: 0.05, growth: 0.1 };
const firstVariance = 0.03 ** 2;

/** Process and sizes each depend on the other: they are settled in turn, this often. */
const rounds = 2;

/** A series less its regressors' effects; NaN where a day is not used. */
const withoutEffects = (
  series: Float64Array,
  regressors: readonly Float64Array[],
  beta: Float64Array,
): Float64Array => {
  const left = series.slice();
  regressors.forEach((values, i) => {
    const effect = beta[i]!;
    for (let day = 0; day < left.length; day += 1) left[day] = left[day]! - effect * values[day]!;
  });
  return left;
};

/** The process under which the errors are likeliest: each number walks its grid while the likelihood grows. */
const settleProcess = (
  seen: ObservedDays,
  errors: Float64Array,
  pace: Pace,
  start: ErrorProcess,
): ErrorProcess => {
  let best = start;
  let top = processLikelihood(seen, best, errors);
  for (let moved = true; moved;) {
    moved = false;
    for (const name of ['walk', 'fading', 'memory'] as const) {
      const above = pace[name].filter((value) => value > best[name]);
      const below = pace[name].filter((value) => value < best[name]).toReversed();
      for (const value of [...above.slice(0, 2), ...below.slice(0, 2)]) {
        const tried = { ...best, [name]: value };
        const found = processLikelihood(seen, tried, errors);
        if (found <= top) continue;
        best = tried;
        top = found;
        moved = true;
      }
    }
  }
  return best;
};

/** The sizes of yearly waves and growth under which the days are likeliest, for a process of the errors. */
const settleSizes = (
  seen: ObservedDays,
  prepared: Prepared,
  pace: Pace,
  noiseVariance: number,
): RegressionFit => {
  const sizes = pace.yearly.flatMap((yearly) => growthSizes.map((growth) => ({ yearly, growth })));
  return sizes
    .map((size) => fitEffects(seen, prepared, size, noiseVariance))
    .reduce((best, each) => (each.likelihood > best.likelihood ? each : best));
};

/** The fit of a pace to days whose odd ones are bounded already. */
export const settleRegression = (seen: ObservedDays, rough: RegressionFit, pace: Pace): RegressionFit => {
  const values = seen.regressors.map((each) => each.values);
  let fit = rough;
  for (let round = 0; round < rounds; round += 1) {
    const process = settleProcess(seen, withoutEffects(seen.y, values, fit.beta), pace, fit.filter.dynamics);
    const isKept = round > 0 && process === fit.filter.dynamics;
    fit = settleSizes(seen, isKept ? fit : filterDays(seen, process), pace, fit.noiseVariance);
  }
  return fit;
};

/** Standardised errors of one day ahead. */
const errorsOf = ({ y, columns, beta }: RegressionFit): Float64Array =>
  withoutEffects(
    y.innovation,
    columns.map(({ innovation }) => innovation),
    beta,
  );

/** A week whose errors together are farther off than this many robust standard deviations is a move of the level. */
const moveFrom = 4;

/** Lets the level jump at the start of weeks that lie off as a whole: rare moves must not make it restless for good. */
const allowMoves = (seen: ObservedDays, fit: RegressionFit): ObservedDays => {
  const errors = errorsOf(fit);
  const weeks: { from: number; score: number; size: number }[] = [];
  for (let from = 0; from < errors.length; from += 7) {
    const deviations = fit.filter.deviation.subarray(from, from + 7).filter((deviation) => deviation > 0);
    if (deviations.length === 0) continue;
    const sum = sumOf(errors, from, from + 7);
    const deviation = meanOf(deviations);
    weeks.push({
      from,
      score: sum / Math.sqrt(deviations.length),
      size: (sum * deviation) / deviations.length,
    });
  }
  const scale = robustScale(weeks.map(({ score }) => score));
  const jumps = seen.jumps.slice();
  for (const { from, score, size } of weeks.slice(1))
    if (Math.abs(score) > moveFrom * scale) jumps[from] = size ** 2;
  return { ...seen, jumps };
};

/** Lets the level step faster where it was found to move. */
const letStep = (
  seen: ObservedDays,
  { noiseVariance }: RegressionFit,
  moves: readonly LevelMove[],
): ObservedDays => {
  const jumps = seen.jumps.slice();
  for (const { from, to, perWeek } of moves)
    for (let day = from; day < Math.min(to, jumps.length); day += 1)
      jumps[day]! += perWeek / 7 / noiseVariance;
  return { ...seen, jumps };
};

/** Days whose error is farther off than this many robust standard deviations pull no harder than at it. */
const boundAt = 3;

/** Noise of days far from what is expected of them, inflated until their pull is bounded. */
const boundOddDays = (seen: ObservedDays, fit: RegressionFit, moves: readonly LevelMove[]): ObservedDays => {
  const errors = errorsOf(fit);
  const scale = robustScale(errors.filter((_, day) => fit.filter.deviation[day]! > 0));
  const noise = seen.noise.map((usual, day) => {
    if (moves.some(({ from, to }) => day >= from && day < to)) return usual;
    const far = Math.abs(errors[day]!) / (boundAt * scale);
    return far > 1 ? usual + fit.filter.deviation[day]! ** 2 * (far * far - 1) : usual;
  });
  return { ...seen, noise };
};

/** Days with moves allowed for and odd days bounded, and the rough fit that found them. */
export const boundDays = (
  seen: ObservedDays,
  moves: readonly LevelMove[],
): { readonly bounded: ObservedDays; readonly rough: RegressionFit } => {
  const slow = fitEffects(seen, filterDays(seen, firstProcess), firstSizes, firstVariance);
  const moving = letStep(allowMoves(seen, slow), slow, moves);
  const isCalm = moving.jumps.every((jump, day) => jump === seen.jumps[day]);
  const prepared = isCalm ? slow : filterDays(moving, firstProcess);
  const rough = fitEffects(moving, prepared, firstSizes, slow.noiseVariance);
  return { bounded: boundOddDays(moving, rough, moves), rough };
};
