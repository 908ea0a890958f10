import {
  choleskyInPlace,
  rowStart,
  solveLower,
  solveLowerEach,
  solveUpper,
} from '../../kernel/linear-algebra.ts';
import { dayKernel, type DayKernel, type KernelOptions } from './day-kernel.ts';
import { covarianceOf } from './level-moves.ts';
import type { LevelData } from './prepare-level.ts';

/**
 * The day's level: Gaussian-process regression of log day totals on time, weekday and calendar (Rasmussen
 * and Williams 2006, algorithm 2.1), made robust by inflating the noise of days far from what all other
 * days say of them.
 */
interface LevelFit {
  readonly data: LevelData;
  readonly kernel: DayKernel;
  readonly factor: Float64Array;
  /** L⁻¹ y: its first p entries serve the origin after the first p days. */
  readonly whitened: Float64Array;
}

/** Factors the covariance of all days used, with or without a trend that dies away. */
export const fitLevel = (data: LevelData, options: Partial<KernelOptions> = {}): CalendarModel => {
  const { history, days } = data;
  const kernel = dayKernel(
    history.features,
    data.openDays,
    data.scales,
    { ...data.options, ...options },
    days[days.length - 1] ?? 0,
  );
  const quick = options.slowLevel === true ? 3 * (0.03 * data.scales.level) ** 2 : 0;
  const noise = data.noise.map((value) => value + quick);
  const factor = choleskyInPlace(covarianceOf(kernel, days, noise, 0), days.length);
  const whitened = solveLower(factor, data.y.slice(), days.length);
  const fit: LevelFit = { data, kernel, factor, whitened };
  return {
    data,
    dayNoise: data.freshNoise,
    toldEventVariance: kernel.toldEventVariance,
    forecast: (origin, first, count, joint = false) => forecastLevel(fit, origin, first, count, joint),
    parts: (ahead) => levelPartsOf(fit, ahead, data.days.length),
    calendar: (origin, asked) =>
      Float64Array.from(
        levelPartsOf(fit, asked, daysBefore(data, origin)),
        ([, , holiday, event]) => holiday + event,
      ),
  };
};

/** Number of days used that lie before `origin`. */
const daysBefore = (data: LevelData, origin: number): number => {
  let p = data.days.length;
  while (p > 0 && data.days[p - 1]! >= origin) p -= 1;
  return p;
};

/**
 * L⁻¹ k of `count` days from day `first` on, k their covariances with the first `p` days used. A day that is used itself
 * has it in its row of the factor; only for others it is solved for.
 */
const solvedColumns = (
  { data: { days }, kernel, factor }: LevelFit,
  p: number,
  first: number,
  count: number,
): Float64Array[] => {
  const unsolved: Float64Array[] = [];
  let used = p;
  const columns = Array.from({ length: count }, (_, j) => {
    while (used < days.length && days[used]! < first + j) used += 1;
    if (days[used] === first + j) return factor.subarray(rowStart(used), rowStart(used) + p);
    const column = new Float64Array(p);
    kernel.fill(first + j, days, p, column, 0);
    unsolved.push(column);
    return column;
  });
  solveLowerEach(factor, unsolved, p);
  return columns;
};

/** Forecast of `count` days from day `first` on, from the days before `origin` only. */
const forecastLevel = (
  fit: LevelFit,
  origin: number,
  first: number,
  count: number,
  joint: boolean,
): LevelForecast => {
  const { data, kernel, whitened } = fit;
  const p = daysBefore(data, origin);
  const { eventPrior, holidayPrior } = data.history.features;
  const mean = new Float64Array(count);
  const variance = new Float64Array(count);
  const columns = solvedColumns(fit, p, first, count);
  for (let j = 0; j < count; j += 1) {
    const column = columns[j]!;
    let m = 0;
    let v = kernel.variance(first + j);
    for (let i = 0; i < p; i += 1) {
      m += column[i]! * whitened[i]!;
      v -= column[i]! * column[i]!;
    }
    mean[j] = m + data.centre + eventPrior[first + j]! + holidayPrior[first + j]!;
    variance[j] = Math.max(v, 1e-8);
  }
  return {
    mean,
    variance,
    covariance: joint ? jointCovariance(kernel, columns, first, variance) : undefined,
  };
};

/** Sum of products, as four sums that do not wait for each other. */
const dotOf = (a: Float64Array, b: Float64Array): number => {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < a.length; k += 4) {
    s0 += a[k]! * b[k]!;
    s1 += a[k + 1]! * b[k + 1]!;
    s2 += a[k + 2]! * b[k + 2]!;
    s3 += a[k + 3]! * b[k + 3]!;
  }
  for (; k < a.length; k += 1) s0 += a[k]! * b[k]!;
  return s0 + s1 + (s2 + s3);
};

const jointCovariance = (
  kernel: DayKernel,
  columns: readonly Float64Array[],
  first: number,
  variance: Float64Array,
): Float64Array => {
  const count = columns.length;
  const covariance = new Float64Array(count * count);
  const days = Int32Array.from({ length: count }, (_, j) => first + j);
  const before = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    covariance[i * count + i] = variance[i]!;
    kernel.fill(first + i, days, i, before, 0);
    for (let j = 0; j < i; j += 1) {
      const c = before[j]! - dotOf(columns[i]!, columns[j]!);
      covariance[i * count + j] = c;
      covariance[j * count + i] = c;
    }
  }
  return covariance;
};

/**
 * What each part (level, weekday, holiday, event, trend) adds to the log total of each day, with one solve, as the first
 * `p` days used tell it.
 */
const levelPartsOf = (fit: LevelFit, days: readonly number[], p: number): LevelParts[] => {
  const alpha = solveUpper(fit.factor, fit.whitened.slice(0, p), p);
  return days.map((day) => partsWith(fit, alpha, day));
};

const partsWith = (fit: LevelFit, alpha: Float64Array, day: number): LevelParts => {
  const sum = fit.kernel.parts(day, fit.data.days.subarray(0, alpha.length), alpha);
  sum[2] += fit.data.history.features.holidayPrior[day]!;
  sum[3] += fit.data.history.features.eventPrior[day]!;
  return sum;
};

/** The log totals of days ahead. */
export interface LevelForecast {
  /** Mean of the log total per day. */
  readonly mean: Float64Array;
  /** Variance of the day's expected log total. */
  readonly variance: Float64Array;
  /** Covariance of the days' expected log totals, row by row; only where it was asked for. */
  readonly covariance: Float64Array | undefined;
}

/** What level, weekday, holiday, event and trend add to a day's log total. */
export type LevelParts = readonly [
  level: number,
  weekday: number,
  holiday: number,
  event: number,
  trend: number,
];

/** A fitted form of the day's level. */
export interface LevelModel {
  readonly data: LevelData;
  /** Variance that a day ahead has of its own, by weekday class, count noise apart. */
  readonly dayNoise: Float64Array;
  /** Variance that a day ahead has since nobody is sure of a told effect, of events whose kind was never seen. */
  readonly toldEventVariance: (day: number) => number;
  /** Forecast of `count` days from day `first` on, from the days before `origin` only. */
  forecast(origin: number, first: number, count: number, joint?: boolean): LevelForecast;
  /** Parts of the forecast of days ahead of the whole history. */
  parts(days: readonly number[]): readonly LevelParts[];
}

/** A form that tells apart what calendar and events do. */
export interface CalendarModel extends LevelModel {
  /** What they add to the log totals of days, from the days before `origin` only. */
  calendar(origin: number, days: readonly number[]): Float64Array;
}
