import type { ErrorProcess } from '../numbers/level-filter.ts';
import { robustScale } from '../numbers/robust.ts';
import type { LevelMove } from './level-move.ts';
import {
  filterDays,
  fitEffects,
  processLikelihood,
  type EffectSizes,
  type ObservedDays,
  type RegressionFit,
} from './regression-fit.ts';

/** How restless a level a regression may believe in. */
export interface Pace {
  readonly walk: readonly number[];
  readonly fading: readonly number[];
  readonly memory: readonly number[];
  readonly yearly: readonly number[];
}

/**
 * The level follows one-day-ahead likelihood wherever it leads. What a line does from day to day can make it so
 * restless that nothing is left of the year's shape, which is what counts weeks ahead: the calm pace holds against that.
 */
export const restless: Pace = {
  walk: [0.005, 0.01, 0.02, 0.03, 0.06, 0.1, 0.17, 0.3, 0.5],
  fading: [0.05, 0.15, 0.3, 0.5, 0.8, 1.2],
  memory: [0.5, 0.8, 0.93, 0.97, 0.985],
  yearly: [0.005, 0.02, 0.05, 0.1, 0.2],
};

/**
 * Far ahead what fades must be gone within days, and what is left is a level that stays where it went: a memory of months
 * would draw it back to a past that need not return.
 */
export const lasting: Pace = {
  walk: [0.03, 0.06, 0.1, 0.17, 0.3, 0.5],
  fading: [0.05, 0.15, 0.3, 0.5, 0.8, 1.2],
  memory: [0.3, 0.5, 0.7],
  yearly: [0.005, 0.02, 0.05, 0.1, 0.2],
};

/** A slow level, moves that fade within months, and a year's shape that is believed in. */
export const calm: Pace = {
  walk: [0.005, 0.01, 0.02, 0.04, 0.06],
  fading: [0.15, 0.3, 0.5, 0.8, 1.2],
  memory: [0.93, 0.97, 0.985],
  yearly: [0.05, 0.1],
};

const growthSizes = [0.02, 0.1, 0.3];

/** Where the search starts: a slow level. */
const firstProcess: ErrorProcess = { walk: 0.02, fading: 0.3, memory: 0.97 };
const firstSizes: EffectSizes = { yearly: 0.05, growth: 0.1 };
const firstVariance = 0.03 ** 2;

/** Process and sizes each depend on the other: they are settled in turn, this often. */
const rounds = 2;

/** What the effects leave of each day; NaN where it is not used. */
const leftByEffects = (seen: ObservedDays, { beta }: RegressionFit): Float64Array => {
  const left = seen.y.slice();
  seen.regressors.forEach(({ values }, i) => {
    for (let day = 0; day < left.length; day += 1) left[day]! -= beta[i]! * values[day]!;
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
  process: ErrorProcess,
  pace: Pace,
  noiseVariance: number,
): RegressionFit => {
  const prepared = filterDays(seen, process);
  const sizes = pace.yearly.flatMap((yearly) => growthSizes.map((growth) => ({ yearly, growth })));
  return sizes
    .map((size) => fitEffects(seen, prepared, size, noiseVariance))
    .reduce((best, each) => (each.likelihood > best.likelihood ? each : best));
};

/** The fit of a pace to days whose odd ones are bounded already. */
export const settleRegression = (seen: ObservedDays, rough: RegressionFit, pace: Pace): RegressionFit => {
  let fit = rough;
  for (let round = 0; round < rounds; round += 1) {
    const process = settleProcess(seen, leftByEffects(seen, fit), pace, fit.filter.dynamics);
    fit = settleSizes(seen, process, pace, fit.noiseVariance);
  }
  return fit;
};

/** Standardised errors of one day ahead. */
const errorsOf = (fit: RegressionFit): Float64Array =>
  fit.y.innovation.map((value, day) => {
    let error = value;
    for (let i = 0; i < fit.beta.length; i += 1) error -= fit.beta[i]! * fit.columns[i]!.innovation[day]!;
    return error;
  });

/** A week whose errors together are farther off than this many robust standard deviations is a move of the level. */
const moveFrom = 4;

/** Lets the level jump at the start of weeks that lie off as a whole: rare moves must not make it restless for good. */
const allowMoves = (seen: ObservedDays, fit: RegressionFit): ObservedDays => {
  const errors = errorsOf(fit);
  const weeks: { from: number; score: number; size: number }[] = [];
  for (let from = 0; from < errors.length; from += 7) {
    const deviations = fit.filter.deviation.subarray(from, from + 7).filter((deviation) => deviation > 0);
    if (deviations.length === 0) continue;
    const sum = errors.subarray(from, from + 7).reduce((a, b) => a + b, 0);
    const deviation = deviations.reduce((a, b) => a + b, 0) / deviations.length;
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
  const rough = fitEffects(moving, filterDays(moving, firstProcess), firstSizes, slow.noiseVariance);
  return { bounded: boundOddDays(moving, rough, moves), rough };
};
