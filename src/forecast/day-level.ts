import { dayKernel, type DayKernel, type KernelOptions, type LevelScales } from './day-kernel.ts';
import type { PrivateEffect } from './day-kernel.ts';
import { choleskyInPlace, inverseDiagonal, rowStart, solveLower, solveUpper } from './linear-algebra.ts';
import type { PreparedHistory } from './prepare-history.ts';
import { median, robustScale } from './robust.ts';

/**
 * The day's level: Gaussian-process regression of log day totals on time, weekday and calendar (Rasmussen
 * and Williams 2006, algorithm 2.1), made robust by inflating the noise of days far from what all other
 * days say of them.
 */
export interface LevelData {
  readonly history: PreparedHistory;
  /** Days used, ascending, and their centred log totals. */
  readonly days: Int32Array;
  readonly y: Float64Array;
  readonly centre: number;
  /** Noise variance of each day used, inflation included. */
  readonly noise: Float64Array;
  /** Variance that a day ahead has on its own, by weekday class, without count noise. */
  readonly freshNoise: Float64Array;
  readonly openDays: Uint8Array;
  readonly scales: LevelScales;
  readonly options: KernelOptions;
  /** Standardised leave-one-out residuals of the days used. */
  readonly surprise: Float64Array;
  /** Their leave-one-out residuals on the log scale. */
  readonly residual: Float64Array;
  /** Size of the lasting jump found, on the log scale; 0 for none. */
  readonly shiftEffect: number;
  /**
   * Private effects under which the odd weeks at the very end are the start of a lasting jump: too few days
   * tell the two apart. Undefined where the question does not arise.
   */
  readonly jumpReading: readonly PrivateEffect[] | undefined;
}

export interface LevelFit {
  readonly data: LevelData;
  readonly kernel: DayKernel;
  readonly factor: Float64Array;
  /** L⁻¹ y: its first p entries serve the origin after the first p days. */
  readonly whitened: Float64Array;
}

export interface LevelForecast {
  /** Mean of the log total per day. */
  readonly mean: Float64Array;
  /** Variance of the day's expected log total. */
  readonly variance: Float64Array;
  /** Covariance of the days' expected log totals, row by row; only where it was asked for. */
  readonly covariance: Float64Array | undefined;
}

/** Days within a year are all used; of older ones every fourth, and all that are special or near it. */
const selectDays = (h: PreparedHistory, openDays: Uint8Array): Int32Array => {
  const f = h.features;
  const chosen: number[] = [];
  for (let d = 0; d < h.days; d += 1) {
    if (Number.isNaN(h.totals[d]!) || openDays[d] === 0) continue;
    const age = h.days - d;
    if (age > 750) continue;
    const flagged =
      f.holiday[d]! > 0 || f.after[d]! > 0 || f.before[d] === 1 || f.events.some((e) => e.strength[d]! > 0);
    if (age > 300 && !flagged && d % 4 !== 0) continue;
    chosen.push(d);
  }
  return Int32Array.from(chosen);
};

const openDaysOf = (h: PreparedHistory): Uint8Array => {
  const a = h.slotOf.length;
  const openDays = new Uint8Array(h.days + h.horizon);
  for (let d = 0; d < openDays.length; d += 1) {
    for (let s = 0; s < a; s += 1) {
      if (h.open[d * a + s] === 1) {
        openDays[d] = 1;
        break;
      }
    }
    if (d < h.days && Number.isNaN(h.totals[d]!)) openDays[d] = 0;
    else if (d >= h.days && h.features.holiday[d] === 1 && !holidaysSeen(h)) openDays[d] = 0;
  }
  return openDays;
};

const holidaysSeen = (h: PreparedHistory): boolean => {
  let seen = 0;
  for (let d = 0; d < h.days; d += 1)
    if (h.features.holiday[d] === 1 && !Number.isNaN(h.totals[d]!)) seen += 1;
  return seen > 0;
};

const covarianceOf = (
  kernel: DayKernel,
  days: Int32Array,
  noise: Float64Array,
  from: number,
): Float64Array => {
  const n = days.length - from;
  const others = days.subarray(from);
  const a = new Float64Array(rowStart(n));
  for (let i = 0; i < n; i += 1) {
    kernel.fill(others[i]!, others, i + 1, a, rowStart(i));
    a[rowStart(i) + i]! += noise[from + i]!;
  }
  return a;
};

interface Working {
  readonly h: PreparedHistory;
  readonly openDays: Uint8Array;
  readonly days: Int32Array;
  readonly y: Float64Array;
  readonly inflation: Float64Array;
  readonly weekdayFactor: Float64Array;
}

const noiseOf = (w: Working, scales: LevelScales): Float64Array =>
  Float64Array.from(w.days, (d, i) => {
    const own = (0.055 * scales.noise * w.weekdayFactor[w.h.features.weekdayClass[d]!]!) ** 2;
    const counts = 1 / Math.max(w.h.totals[d]!, 1);
    return (own + counts) / Math.max(w.h.observed[d]!, 0.3) + w.inflation[i]!;
  });

const kernelOf = (w: Working, scales: LevelScales, options: KernelOptions): DayKernel =>
  dayKernel(w.h.features, w.openDays, scales, options, w.days[w.days.length - 1] ?? 0);

/** Log marginal likelihood of the last days, with a log-normal prior on the scales. */
const evidence = (w: Working, scales: LevelScales, options: KernelOptions, from: number): number => {
  const n = w.days.length - from;
  const noise = noiseOf(w, scales);
  const factor = choleskyInPlace(covarianceOf(kernelOf(w, scales, options), w.days, noise, from), n);
  const z = solveLower(factor, w.y.slice(from), n);
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum -= 0.5 * z[i]! * z[i]! + Math.log(factor[rowStart(i) + i]!);
  for (const scale of [scales.level, scales.noise, scales.month]) sum -= 0.5 * (Math.log(scale) / 0.7) ** 2;
  return sum;
};

const grids = {
  level: [0.5, 0.7, 1.4, 2, 2.8, 4, 5.5, 7],
  noise: [0.5, 0.7, 1.35, 1.7, 2.1, 2.6, 3.3, 4.5],
  month: [0.3, 0.6, 1.7, 3],
} as const;

/** One sweep over the scales, each walking up or down its grid while the evidence grows. */
const sweepScales = (w: Working, start: LevelScales, options: KernelOptions): LevelScales => {
  const from = Math.max(0, w.days.length - 220);
  let best = start;
  let top = evidence(w, best, options, from);
  for (const name of ['noise', 'level', 'month'] as const) {
    const lower = grids[name].filter((v) => v < 1).toReversed();
    const upper = grids[name].filter((v) => v > 1);
    for (const side of [upper, lower]) {
      let moved = false;
      for (const value of side) {
        const tried = { ...best, [name]: value };
        const found = evidence(w, tried, options, from);
        if (found <= top) break;
        best = tried;
        top = found;
        moved = true;
      }
      if (moved) break;
    }
  }
  return best;
};

interface LeaveOneOut {
  readonly residual: Float64Array;
  readonly variance: Float64Array;
}

const leaveOneOut = (factor: Float64Array, y: Float64Array): LeaveOneOut => {
  const n = y.length;
  const alpha = solveUpper(factor, solveLower(factor, y.slice(), n), n);
  const diagonal = inverseDiagonal(factor, n);
  return {
    residual: Float64Array.from(alpha, (v, i) => v / diagonal[i]!),
    variance: Float64Array.from(diagonal, (v) => 1 / v),
  };
};

/** Extra noise for days beyond 2.5 robust standard deviations: their pull stays bounded. */
const inflate = (w: Working, loo: LeaveOneOut, from: number): Float64Array => {
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

const weekdayFactors = (w: Working, loo: LeaveOneOut, from: number): Float64Array => {
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

/** Strength of evidence (in standard deviations) and size of an effect that a set of days shares. */
const sharedEffect = (
  factor: Float64Array,
  whitened: Float64Array,
  n: number,
  first: number,
  has: (index: number) => boolean,
): { z: number; effect: number } => {
  const column = new Float64Array(n);
  for (let i = first; i < n; i += 1) column[i] = has(i) ? 1 : 0;
  // Rows before the first day of the set stay zero, so the solve may start there.
  let cross = 0;
  let self = 0;
  for (let i = first; i < n; i += 1) {
    const ri = rowStart(i);
    let sum = column[i]!;
    for (let k = first; k < i; k += 1) sum -= factor[ri + k]! * column[k]!;
    const value = sum / factor[ri + i]!;
    column[i] = value;
    cross += value * whitened[i]!;
    self += value * value;
  }
  return self > 0 ? { z: cross / Math.sqrt(self), effect: cross / self } : { z: 0, effect: 0 };
};

/** Spread of the whitened totals: 1 where the covariance says the truth, more where days vary more. */
const standardScale = (whitened: Float64Array): number =>
  Math.max(1, robustScale(whitened.subarray(Math.floor(whitened.length / 3))));

/** Lasting jumps of the level in the last 40 weeks, the strongest first; at most two. */
const findShift = (
  w: Working,
  factor: Float64Array,
  whitened: Float64Array,
  scale: number,
  oddest: number,
): (PrivateEffect & { readonly effect: number }) | undefined => {
  const n = w.days.length;
  let best: { z: number; effect: number; day: number } | undefined;
  for (let i = Math.max(7, n - 200); i <= n - 9; i += 1) {
    const found = sharedEffect(factor, whitened, n, i, () => true);
    if (best === undefined || Math.abs(found.z) > Math.abs(best.z)) best = { ...found, day: w.days[i]! };
  }
  // One wild week also looks like a jump, while few days follow it: the better explanation wins.
  if (best === undefined || Math.abs(best.z) <= oddest) return undefined;
  if (Math.abs(best.z) < 5 * scale || Math.abs(best.effect) < 0.08) return undefined;
  return { from: best.day, to: Number.POSITIVE_INFINITY, variance: 0.25, effect: best.effect };
};

/** Weeks that stand out as a whole get an effect of their own, so that they do not spread to the next. */
const findOddWeeks = (
  w: Working,
  factor: Float64Array,
  whitened: Float64Array,
): (PrivateEffect & { readonly z: number })[] => {
  const n = w.days.length;
  const weeks = new Map<number, number>();
  for (let i = Math.max(0, n - 130); i < n; i += 1) {
    const week = Math.floor((w.h.firstDay + w.days[i]! + 3) / 7);
    if (!weeks.has(week)) weeks.set(week, i);
  }
  const found = [...weeks].map(([week, first]) => {
    const from = week * 7 - 3 - w.h.firstDay;
    const has = (i: number): boolean => w.days[i]! >= from && w.days[i]! < from + 7;
    return { from, ...sharedEffect(factor, whitened, n, first, has) };
  });
  const scale = Math.max(0.7, robustScale(found.map((f) => f.z)));
  return found
    .filter((f) => Math.abs(f.z) > 4 * scale)
    .map((f) => ({ from: f.from, to: f.from + 7, variance: f.effect ** 2, z: Math.abs(f.z) }));
};

/** The odd weeks with those that reach the last week of the history read as one jump that lasts. */
const oddAsJump = (odd: readonly PrivateEffect[], lastDay: number): PrivateEffect[] | undefined => {
  const late = odd.filter((o) => o.to > lastDay - 6);
  if (late.length === 0) return undefined;
  const from = Math.min(...late.map((o) => o.from));
  return [...odd.filter((o) => !late.includes(o)), { from, to: Number.POSITIVE_INFINITY, variance: 0.25 }];
};

/** Everything about a history that the level's variants share: scales, noise, odd days and jumps. */
export const prepareLevel = (h: PreparedHistory, levelShifts = true, outliers = true): LevelData => {
  const openDays = openDaysOf(h);
  const days = selectDays(h, openDays);
  const n = days.length;
  const log = Float64Array.from(days, (d) => Math.log(Math.max(h.totals[d]!, 1)) - h.features.eventPrior[d]!);
  const centre = n > 0 ? median(log) : 0;
  const perWeek = new Set(Array.from(days, (d) => (h.firstDay + d) % 7)).size;
  let w: Working = {
    h,
    openDays,
    days,
    y: Float64Array.from(log, (v) => v - centre),
    inflation: new Float64Array(n),
    weekdayFactor: new Float64Array(8).fill(1),
  };
  let options: KernelOptions = {
    trendPerWeek: 0,
    trendMemory: 12,
    slowLevel: false,
    yearly: n > 0 && h.days - days[0]! > 75 * 7,
    holidaysSeen: holidaysSeen(h),
    daysPerWeek: Math.max(1, perWeek),
    privateEffects: [],
  };
  let scales: LevelScales = { level: 1, noise: 1, month: 1 };
  let surprise: Float64Array = new Float64Array(n);
  let residual: Float64Array = new Float64Array(n);
  let shiftEffect = 0;
  let jumpReading: readonly PrivateEffect[] | undefined;
  const recent = Math.max(0, n - 220);
  const passes = n > 0 ? 2 : 0;
  for (let pass = 0; pass < passes; pass += 1) {
    const from = pass === 0 ? recent : 0;
    const size = n - from;
    const noise = noiseOf(w, scales);
    const factor = choleskyInPlace(covarianceOf(kernelOf(w, scales, options), days, noise, from), size);
    if (pass === 1 && levelShifts && size >= 30) {
      const whitened = solveLower(factor, w.y.slice(), n);
      const odd = findOddWeeks(w, factor, whitened);
      const oddest = Math.max(0, ...odd.map((o) => o.z));
      const shift = findShift(w, factor, whitened, standardScale(whitened), oddest);
      shiftEffect = shift?.effect ?? 0;
      options = { ...options, privateEffects: shift === undefined ? odd : [shift] };
      jumpReading = shift === undefined ? oddAsJump(odd, days[n - 1]!) : undefined;
    }
    const loo = leaveOneOut(factor, w.y.subarray(from));
    if (outliers) w = { ...w, inflation: inflate(w, loo, from) };
    w = { ...w, weekdayFactor: weekdayFactors(w, loo, from) };
    if (pass === 0) scales = sweepScales(w, scales, options);
    else residual = loo.residual;
    if (pass === 1) surprise = Float64Array.from(loo.residual, (e, i) => e / Math.sqrt(loo.variance[i]!));
  }
  return {
    history: h,
    days,
    y: w.y,
    centre,
    noise: noiseOf(w, scales),
    freshNoise: Float64Array.from(w.weekdayFactor, (f) => (0.055 * scales.noise * f) ** 2),
    openDays,
    scales,
    options,
    surprise,
    residual,
    shiftEffect,
    jumpReading,
  };
};

/** Factors the covariance of all days used, with or without a trend that dies away. */
export const fitLevel = (data: LevelData, options: Partial<KernelOptions> = {}): LevelFit => {
  const { history: h, days } = data;
  const kernel = dayKernel(
    h.features,
    data.openDays,
    data.scales,
    { ...data.options, ...options },
    days[days.length - 1] ?? 0,
  );
  const quick = options.slowLevel === true ? 3 * (0.03 * data.scales.level) ** 2 : 0;
  const noise = data.noise.map((v) => v + quick);
  const factor = choleskyInPlace(covarianceOf(kernel, days, noise, 0), days.length);
  return { data, kernel, factor, whitened: solveLower(factor, data.y.slice(), days.length) };
};

/** Number of days used that lie before `origin`. */
export const daysBefore = (data: LevelData, origin: number): number => {
  let p = data.days.length;
  while (p > 0 && data.days[p - 1]! >= origin) p -= 1;
  return p;
};

/** Forecast of `count` days from day `first` on, from the days before `origin` only. */
export const forecastLevel = (
  fit: LevelFit,
  origin: number,
  first: number,
  count: number,
  joint = false,
): LevelForecast => {
  const { data, kernel, factor, whitened } = fit;
  const p = daysBefore(data, origin);
  const mean = new Float64Array(count);
  const variance = new Float64Array(count);
  const columns: Float64Array[] = [];
  const column = new Float64Array(p);
  for (let j = 0; j < count; j += 1) {
    kernel.fill(first + j, data.days, p, column, 0);
    solveLower(factor, column, p);
    let m = 0;
    let v = kernel.variance(first + j);
    for (let i = 0; i < p; i += 1) {
      m += column[i]! * whitened[i]!;
      v -= column[i]! * column[i]!;
    }
    mean[j] = m + data.centre + data.history.features.eventPrior[first + j]!;
    variance[j] = Math.max(v, 1e-8);
    if (joint) columns.push(column.slice());
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
export const levelPartsOf = (
  fit: LevelFit,
  days: readonly number[],
): [number, number, number, number, number][] => {
  const alpha = solveUpper(fit.factor, fit.whitened.slice(), fit.data.days.length);
  return days.map((day) => partsWith(fit, alpha, day));
};

const partsWith = (
  fit: LevelFit,
  alpha: Float64Array,
  day: number,
): [number, number, number, number, number] => {
  const sum: [number, number, number, number, number] = [0, 0, 0, 0, 0];
  for (let i = 0; i < alpha.length; i += 1) {
    const part = fit.kernel.parts(day, fit.data.days[i]!);
    for (let k = 0; k < 5; k += 1) sum[k]! += part[k]! * alpha[i]!;
  }
  sum[3] += fit.data.history.features.eventPrior[day]!;
  return sum;
};
