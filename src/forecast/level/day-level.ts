import { dayKernel, type DayKernel, type KernelOptions } from './day-kernel.ts';
import { covarianceOf } from './level-scales.ts';
import { choleskyInPlace, solveLower, solveLowerEach, solveUpper } from '../numbers/linear-algebra.ts';
import type { LevelForecast, LevelModel, LevelParts } from './level-model.ts';
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
export const fitLevel = (data: LevelData, options: Partial<KernelOptions> = {}): LevelModel => {
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
    forecast: (origin, first, count, joint = false) => forecastLevel(fit, origin, first, count, joint),
    parts: (ahead) => levelPartsOf(fit, ahead),
  };
};

/** Number of days used that lie before `origin`. */
const daysBefore = (data: LevelData, origin: number): number => {
  let p = data.days.length;
  while (p > 0 && data.days[p - 1]! >= origin) p -= 1;
  return p;
};

/** Forecast of `count` days from day `first` on, from the days before `origin` only. */
const forecastLevel = (
  fit: LevelFit,
  origin: number,
  first: number,
  count: number,
  joint: boolean,
): LevelForecast => {
  const { data, kernel, factor, whitened } = fit;
  const p = daysBefore(data, origin);
  const { eventPrior, holidayPrior } = data.history.features;
  const mean = new Float64Array(count);
  const variance = new Float64Array(count);
  const columns = Array.from({ length: count }, (_, j) => {
    const column = new Float64Array(p);
    kernel.fill(first + j, data.days, p, column, 0);
    return column;
  });
  solveLowerEach(factor, columns, p);
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

const jointCovariance = (
  kernel: DayKernel,
  columns: readonly Float64Array[],
  first: number,
  variance: Float64Array,
): Float64Array => {
  const count = columns.length;
  const covariance = new Float64Array(count * count);
  const other = new Int32Array(1);
  const out = new Float64Array(1);
  for (let i = 0; i < count; i += 1) {
    covariance[i * count + i] = variance[i]!;
    for (let j = 0; j < i; j += 1) {
      other[0] = first + j;
      kernel.fill(first + i, other, 1, out, 0);
      let c = out[0]!;
      const a = columns[i]!;
      const b = columns[j]!;
      for (let k = 0; k < a.length; k += 1) c -= a[k]! * b[k]!;
      covariance[i * count + j] = c;
      covariance[j * count + i] = c;
    }
  }
  return covariance;
};

/** What each part (level, weekday, holiday, event, trend) adds to the log total of each day, with one solve. */
const levelPartsOf = (fit: LevelFit, days: readonly number[]): LevelParts[] => {
  const alpha = solveUpper(fit.factor, fit.whitened.slice(), fit.data.days.length);
  return days.map((day) => partsWith(fit, alpha, day));
};

const partsWith = (fit: LevelFit, alpha: Float64Array, day: number): LevelParts => {
  const sum: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  for (let i = 0; i < alpha.length; i += 1) {
    const part = fit.kernel.parts(day, fit.data.days[i]!);
    for (let k = 0; k < 5; k += 1) sum[k]! += part[k]! * alpha[i]!;
  }
  sum[2] += fit.data.history.features.holidayPrior[day]!;
  sum[3] += fit.data.history.features.eventPrior[day]!;
  return sum;
};
