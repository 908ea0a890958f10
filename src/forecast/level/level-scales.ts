import { dayKernel, type DayKernel, type KernelOptions, type LevelScales } from './day-kernel.ts';
import { choleskyInPlace, rowStart, solveLower } from '../../kernel/linear-algebra.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';

/** The level's data while its scales and noise are being settled. */
export interface Working {
  readonly history: PreparedHistory;
  readonly openDays: Uint8Array;
  readonly days: Int32Array;
  readonly y: Float64Array;
  /** What `y` leaves out of each day's log level: the centre and what is expected of events and holidays. */
  readonly offset: Float64Array;
  /** Variance of each day's log total that comes from counting, one over the expected calls. */
  readonly counting: Float64Array;
  readonly inflation: Float64Array;
  readonly weekdayFactor: Float64Array;
  /** True where `y` are working responses to counts instead of logs of counts. */
  readonly onCounts: boolean;
}

/** Latest days on which scales are settled: a working year of them decides what is forecast next. */
export const scaleWindowDays = 220;

/** Standard deviation of a day's own noise before any evidence, log scale. */
export const usualDayNoise = 0.055;

export const noiseOf = (working: Working, scales: LevelScales): Float64Array =>
  Float64Array.from(working.days, (d, i) => {
    const own =
      (usualDayNoise * scales.noise * working.weekdayFactor[working.history.features.weekdayClass[d]!]!) ** 2;
    return (own + working.counting[i]!) / Math.max(working.history.observed[d]!, 0.3) + working.inflation[i]!;
  });

export const kernelOf = (working: Working, scales: LevelScales, options: KernelOptions): DayKernel =>
  dayKernel(
    working.history.features,
    working.openDays,
    scales,
    options,
    working.days[working.days.length - 1] ?? 0,
  );

/** Covariance of the level on the days used from position `from` on, as packed lower rows. */
const covarianceOfLevel = (kernel: DayKernel, days: Int32Array, from: number): Float64Array => {
  const others = days.subarray(from);
  const matrix = new Float64Array(rowStart(others.length));
  for (let i = 0; i < others.length; i += 1) kernel.fill(others[i]!, others, i + 1, matrix, rowStart(i));
  return matrix;
};

/** Adds each day's own noise, in place. */
const addNoise = (matrix: Float64Array, noise: Float64Array, from: number): Float64Array => {
  for (let i = 0; from + i < noise.length; i += 1) matrix[rowStart(i) + i]! += noise[from + i]!;
  return matrix;
};

/** The same with each day's own noise. */
export const covarianceOf = (
  kernel: DayKernel,
  days: Int32Array,
  noise: Float64Array,
  from: number,
): Float64Array => addNoise(covarianceOfLevel(kernel, days, from), noise, from);

/** Log marginal likelihood of the last days, with a log-normal prior on the scales; `level` is their level's covariance. */
const evidence = (working: Working, scales: LevelScales, level: Float64Array, from: number): number => {
  const size = working.days.length - from;
  const factor = choleskyInPlace(addNoise(level.slice(), noiseOf(working, scales), from), size);
  const z = solveLower(factor, working.y.slice(from), size);
  let sum = 0;
  for (let i = 0; i < size; i += 1) sum -= 0.5 * z[i]! * z[i]! + Math.log(factor[rowStart(i) + i]!);
  for (const scale of [scales.level, scales.noise, scales.month]) sum -= 0.5 * (Math.log(scale) / 0.7) ** 2;
  return sum;
};

/** Noise of lines fitted to counts: days of few calls differ by far more than a busy line's. */
const wideNoise = [6, 8, 11, 15] as const;

const grids = {
  level: [0.5, 0.7, 1.4, 2, 2.8, 4, 5.5, 7],
  noise: [0.5, 0.7, 1.35, 1.7, 2.1, 2.6, 3.3, 4.5],
  month: [0.3, 0.6, 1.7, 3],
} as const;

/** One sweep over the scales, each walking up or down its grid while the evidence grows. */
export const sweepScales = (working: Working, start: LevelScales, options: KernelOptions): LevelScales => {
  const from = Math.max(0, working.days.length - scaleWindowDays);
  const levelOf = (scales: LevelScales): Float64Array =>
    covarianceOfLevel(kernelOf(working, scales, options), working.days, from);
  let best = start;
  let level = levelOf(best);
  let top = evidence(working, best, level, from);
  for (const name of ['noise', 'level', 'month'] as const) {
    const lower = grids[name].filter((v) => v < 1).toReversed();
    const upper: number[] = grids[name].filter((v) => v > 1);
    if (name === 'noise' && working.onCounts) upper.push(...wideNoise);
    for (const side of [upper, lower]) {
      let moved = false;
      for (const value of side) {
        const tried = { ...best, [name]: value };
        // the level knows nothing of the noise
        const itsLevel = name === 'noise' ? level : levelOf(tried);
        const found = evidence(working, tried, itsLevel, from);
        if (found <= top) break;
        best = tried;
        level = itsLevel;
        top = found;
        moved = true;
      }
      if (moved) break;
    }
  }
  return best;
};
