import type { KernelOptions, LevelScales } from './day-kernel.ts';
import { covarianceOf, kernelOf, noiseOf, type Working } from './level-scales.ts';
import { choleskyInPlace, solveLower, solveUpper } from '../numbers/linear-algebra.ts';
import { median, robustScale } from '../numbers/robust.ts';

/** Usual calls a day below which the log of a count no longer stands for its expectation. */
const fewCalls = 60;
/** Least expected calls a day, so that a silent line keeps finite logs. */
const leastExpected = 0.2;
const rounds = 3;

/** Relative variance of a day's total from which its log no longer stands for its expectation. */
const wideVariance = 0.03;

/** Are the line's days so small that logs of their totals lie low? */
export const fewCallsADay = (totals: ArrayLike<number>): boolean => median(totals) < fewCalls;

/** Do days differ so much for no reason that the log of their mean and the mean of their logs part? */
export const wideDays = (residuals: Float64Array): boolean => robustScale(residuals) ** 2 > wideVariance;

/**
 * Few calls a day: the log of a count is a poor measure of the level (none of zero, biased below ten). Replaces
 * it by working responses η + (count − µ)/µ with variance 1/µ around the smoothed level η = ln µ, as Poisson
 * regression does (McCullagh and Nelder 1989, 2.5), a few rounds; busy lines are left as they are. Days before
 * position `from` keep what they have.
 */
export const lineariseCounts = (
  working: Working,
  scales: LevelScales,
  options: KernelOptions,
  from: number,
): Working => {
  if (!working.onCounts || working.days.length - from < 3) return working;
  const totals = Float64Array.from(working.days, (d) => working.history.totals[d]!);
  let now = working;
  for (let round = 0; round < rounds; round += 1) {
    const size = now.days.length - from;
    const noise = noiseOf(now, scales);
    const factor = choleskyInPlace(covarianceOf(kernelOf(now, scales, options), now.days, noise, from), size);
    const alpha = solveUpper(factor, solveLower(factor, now.y.slice(from), size), size);
    const y = now.y.slice();
    const counting = now.counting.slice();
    for (let i = from; i < y.length; i += 1) {
      const level = now.y[i]! - noise[i]! * alpha[i - from]!;
      const expected = Math.max(leastExpected, Math.exp(level + now.offset[i]!));
      y[i] = level + (totals[i]! - expected) / expected;
      counting[i] = 1 / expected;
    }
    now = { ...now, y, counting };
  }
  return now;
};
