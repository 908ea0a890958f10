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
const selectDays = (history: PreparedHistory, openDays: Uint8Array): Int32Array => {
  const features = history.features;
  const chosen: number[] = [];
  for (let day = 0; day < history.days; day += 1) {
    if (Number.isNaN(history.totals[day]!) || openDays[day] === 0) continue;
    const age = history.days - day;
    if (age > 750) continue;
    const flagged =
      features.holiday[day]! > 0 ||
      features.after[day]! > 0 ||
      features.before[day] === 1 ||
      features.events.some((e) => e.strength[day]! > 0);
    if (age > 300 && !flagged && day % 4 !== 0) continue;
    chosen.push(day);
  }
  return Int32Array.from(chosen);
};

const openDaysOf = (history: PreparedHistory): Uint8Array => {
  const slots = history.slotOf.length;
  const openDays = new Uint8Array(history.days + history.horizon);
  for (let day = 0; day < openDays.length; day += 1) {
    for (let slot = 0; slot < slots; slot += 1) {
      if (history.open[day * slots + slot] === 1) {
        openDays[day] = 1;
        break;
      }
    }
    if (day < history.days && Number.isNaN(history.totals[day]!)) openDays[day] = 0;
    else if (day >= history.days && history.features.holiday[day] === 1 && !holidaysSeen(history))
      openDays[day] = 0;
  }
  return openDays;
};

const holidaysSeen = (history: PreparedHistory): boolean => {
  let seen = 0;
  for (let day = 0; day < history.days; day += 1)
    if (history.features.holiday[day] === 1 && !Number.isNaN(history.totals[day]!)) seen += 1;
  return seen > 0;
};

const unitScales: LevelScales = { level: 1, noise: 1, month: 1 };

/** Everything about a history that the level's variants share: scales, noise, odd days and jumps. */
export const prepareLevel = (history: PreparedHistory, levelShifts = true, outliers = true): LevelData => {
  const openDays = openDaysOf(history);
  const days = selectDays(history, openDays);
  const count = days.length;
  const { eventPrior, holidayPrior } = history.features;
  const prior = Float64Array.from(days, (d) => eventPrior[d]! + holidayPrior[d]!);
  const log = Float64Array.from(days, (d, i) => Math.log(Math.max(history.totals[d]!, 1)) - prior[i]!);
  const centre = count > 0 ? median(log) : 0;
  const perWeek = new Set(Array.from(days, (d) => (history.firstDay + d) % 7)).size;
  let weekday: Working = {
    history,
    openDays,
    days,
    y: Float64Array.from(log, (v) => v - centre),
    offset: prior.map((v) => v + centre),
    counting: Float64Array.from(days, (d) => 1 / Math.max(history.totals[d]!, 1)),
    inflation: new Float64Array(count),
    weekdayFactor: new Float64Array(8).fill(1),
    onCounts: count > 0 && fewCallsADay(Float64Array.from(days, (d) => history.totals[d]!)),
  };
  let options: KernelOptions = {
    trendPerWeek: 0,
    trendMemory: 12,
    slowLevel: false,
    yearly: count > 0 && history.days - days[0]! > 75 * 7,
    holidaysSeen: holidaysSeen(history),
    daysPerWeek: Math.max(1, perWeek),
    privateEffects: [],
  };
  let scales: LevelScales = unitScales;
  let surprise: Float64Array = new Float64Array(count);
  let residual: Float64Array = new Float64Array(count);
  let shiftEffect = 0;
  let jumpReading: readonly PrivateEffect[] | undefined;
  const recent = Math.max(0, count - 220);
  let passes = count === 0 ? 0 : weekday.onCounts ? 3 : 2;
  for (let pass = 0; pass < passes; pass += 1) {
    const last = pass === passes - 1;
    const from = last ? 0 : recent;
    const size = count - from;
    weekday = lineariseCounts(weekday, scales, options, from);
    const noise = noiseOf(weekday, scales);
    const factor = choleskyInPlace(covarianceOf(kernelOf(weekday, scales, options), days, noise, from), size);
    if (last && levelShifts && size >= 30) {
      const whitened = solveLower(factor, weekday.y.slice(), count);
      const odd = findOddWeeks(weekday, factor, whitened);
      const oddest = Math.max(0, ...odd.map((o) => o.z));
      const shift = findShift(weekday, factor, whitened, standardScale(whitened), oddest);
      shiftEffect = shift?.effect ?? 0;
      options = { ...options, privateEffects: shift === undefined ? odd : [shift] };
      jumpReading = shift === undefined ? oddAsJump(odd, days[count - 1]!) : undefined;
    }
    const loo = leaveOneOut(factor, weekday.y.subarray(from));
    if (!last && !weekday.onCounts && wideDays(loo.residual)) {
      weekday = { ...weekday, onCounts: true };
      passes = 4;
      continue;
    }
    if (outliers) weekday = { ...weekday, inflation: inflate(weekday, loo, from) };
    weekday = { ...weekday, weekdayFactor: weekdayFactors(weekday, loo, from) };
    if (last) {
      residual = loo.residual;
      surprise = standardScores(weekday, loo);
    } else scales = sweepScales(weekday, unitScales, options);
  }
  return {
    history,
    days,
    y: weekday.y,
    centre,
    noise: noiseOf(weekday, scales),
    freshNoise: Float64Array.from(weekday.weekdayFactor, (f) => (0.055 * scales.noise * f) ** 2),
    openDays,
    scales,
    options,
    surprise,
    onCounts: weekday.onCounts,
    residual,
    shiftEffect,
    jumpReading,
  };
};
