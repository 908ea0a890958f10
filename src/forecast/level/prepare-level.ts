import type { KernelOptions, LevelScales, PrivateEffect } from './day-kernel.ts';
import { inflate, leaveOneOut, standardScores, weekdayFactors } from './level-noise.ts';
import { findOddWeeks, findShift, oddAsJump, standardScale } from './level-oddities.ts';
import { covarianceOf, kernelOf, noiseOf, sweepScales, type Working } from './level-scales.ts';
import { choleskyInPlace, solveLower } from '../numbers/linear-algebra.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { median } from '../numbers/robust.ts';
import { fewCallsADay, lineariseCounts, wideDays } from './small-counts.ts';

/** The log day totals of a history with the scales, noise and oddities found in them. */
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
  /** True where the level is that of the expected count already, not of its log. */
  readonly onCounts: boolean;
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

const unitScales: LevelScales = { level: 1, noise: 1, month: 1 };

/** Everything about a history that the level's variants share: scales, noise, odd days and jumps. */
export const prepareLevel = (h: PreparedHistory, levelShifts = true, outliers = true): LevelData => {
  const openDays = openDaysOf(h);
  const days = selectDays(h, openDays);
  const n = days.length;
  const { eventPrior, holidayPrior } = h.features;
  const prior = Float64Array.from(days, (d) => eventPrior[d]! + holidayPrior[d]!);
  const log = Float64Array.from(days, (d, i) => Math.log(Math.max(h.totals[d]!, 1)) - prior[i]!);
  const centre = n > 0 ? median(log) : 0;
  const perWeek = new Set(Array.from(days, (d) => (h.firstDay + d) % 7)).size;
  let w: Working = {
    h,
    openDays,
    days,
    y: Float64Array.from(log, (v) => v - centre),
    offset: prior.map((v) => v + centre),
    counting: Float64Array.from(days, (d) => 1 / Math.max(h.totals[d]!, 1)),
    inflation: new Float64Array(n),
    weekdayFactor: new Float64Array(8).fill(1),
    onCounts: n > 0 && fewCallsADay(Float64Array.from(days, (d) => h.totals[d]!)),
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
  let scales: LevelScales = unitScales;
  let surprise: Float64Array = new Float64Array(n);
  let residual: Float64Array = new Float64Array(n);
  let shiftEffect = 0;
  let jumpReading: readonly PrivateEffect[] | undefined;
  const recent = Math.max(0, n - 220);
  let passes = n === 0 ? 0 : w.onCounts ? 3 : 2;
  for (let pass = 0; pass < passes; pass += 1) {
    const last = pass === passes - 1;
    const from = last ? 0 : recent;
    const size = n - from;
    w = lineariseCounts(w, scales, options, from);
    const noise = noiseOf(w, scales);
    const factor = choleskyInPlace(covarianceOf(kernelOf(w, scales, options), days, noise, from), size);
    if (last && levelShifts && size >= 30) {
      const whitened = solveLower(factor, w.y.slice(), n);
      const odd = findOddWeeks(w, factor, whitened);
      const oddest = Math.max(0, ...odd.map((o) => o.z));
      const shift = findShift(w, factor, whitened, standardScale(whitened), oddest);
      shiftEffect = shift?.effect ?? 0;
      options = { ...options, privateEffects: shift === undefined ? odd : [shift] };
      jumpReading = shift === undefined ? oddAsJump(odd, days[n - 1]!) : undefined;
    }
    const loo = leaveOneOut(factor, w.y.subarray(from));
    if (!last && !w.onCounts && wideDays(loo.residual)) {
      w = { ...w, onCounts: true };
      passes = 4;
      continue;
    }
    if (outliers) w = { ...w, inflation: inflate(w, loo, from) };
    w = { ...w, weekdayFactor: weekdayFactors(w, loo, from) };
    if (last) {
      residual = loo.residual;
      surprise = standardScores(w, loo);
    } else scales = sweepScales(w, unitScales, options);
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
    onCounts: w.onCounts,
    residual,
    shiftEffect,
    jumpReading,
  };
};
