import type { KernelOptions, LevelScales } from './day-kernel.ts';
import { inflate, leaveOneOut, standardScores, weekdayFactors } from './level-noise.ts';
import { findChanges, type LastingJump } from './level-changes.ts';
import { lateStepOf } from './late-step.ts';
import { findMoves } from './level-moves.ts';
import {
  covarianceOf,
  kernelOf,
  noiseOf,
  settledOn,
  sweepScales,
  usualDayNoise,
  type Working,
} from './level-scales.ts';
import { choleskyInPlace, solveLower } from '../numbers/linear-algebra.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { median } from '../numbers/robust.ts';
import { fewCallsADay, lineariseCounts, wideDays } from './small-counts.ts';

/** The log day totals of a history with the scales, noise and oddities found in them. */
export interface LevelData extends LastingJump {
  readonly history: PreparedHistory;
  /** Days used, ascending, and their centred log totals. */
  readonly days: Int32Array;
  readonly y: Float64Array;
  readonly centre: number;
  /** Noise variance of each day used, inflation included. */
  readonly noise: Float64Array;
  /** Variance that a day ahead has on its own, by weekday class, without count noise. */
  readonly freshNoise: Float64Array;
  /** Standard deviation of each weekday class's noise over the usual one. */
  readonly weekdayFactor: Float64Array;
  readonly openDays: Uint8Array;
  readonly scales: LevelScales;
  readonly options: KernelOptions;
  /** Standardised leave-one-out residuals of the days used. */
  readonly surprise: Float64Array;
  /** True where the level is that of the expected count already, not of its log. */
  readonly onCounts: boolean;
  /** Variance, log scale, that all days ahead have because the last few lie off together; 0 where they do not. */
  readonly lateStep: number;
  /** Their leave-one-out residuals on the log scale. */
  readonly residual: Float64Array;
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

/** Weeks of history from which yearly terms can be told from the level. */
const yearlyFrom = 75;
/** Fewest days in which a lasting jump is looked for. */
const leastForShift = 30;

/** A history's log day totals as they are first read, and the centre they are taken from. */
const readHistory = (
  history: PreparedHistory,
): { readonly working: Working; readonly options: KernelOptions; readonly centre: number } => {
  const openDays = openDaysOf(history);
  const days = selectDays(history, openDays);
  const totals = Float64Array.from(days, (day) => history.totals[day]!);
  const { eventPrior, holidayPrior } = history.features;
  const prior = Float64Array.from(days, (day) => eventPrior[day]! + holidayPrior[day]!);
  const log = totals.map((total, i) => Math.log(Math.max(total, 1)) - prior[i]!);
  const centre = days.length > 0 ? median(log) : 0;
  const perWeek = new Set(Array.from(days, (day) => (history.firstDay + day) % 7)).size;
  const working: Working = {
    history,
    openDays,
    days,
    y: log.map((value) => value - centre),
    offset: prior.map((value) => value + centre),
    counting: totals.map((total) => 1 / Math.max(total, 1)),
    inflation: new Float64Array(days.length),
    weekdayFactor: new Float64Array(8).fill(1),
    onCounts: days.length > 0 && fewCallsADay(totals),
  };
  const options: KernelOptions = {
    trendPerWeek: 0,
    trendMemory: 12,
    slowLevel: false,
    yearly: days.length > 0 && history.days - days[0]! > yearlyFrom * 7,
    holidaysSeen: holidaysSeen(history),
    daysPerWeek: Math.max(1, perWeek),
    privateEffects: [],
    moves: [],
  };
  return { working, options, centre };
};

/** Everything about a history that the level's forms share: scales, noise, odd days and jumps. */
export const prepareLevel = (history: PreparedHistory, levelShifts = true, outliers = true): LevelData => {
  const { working: read, options: unchanged, centre } = readHistory(history);
  let working = read;
  let options = unchanged;
  const size = working.days.length;
  let scales = unitScales;
  let surprise: Float64Array = new Float64Array(size);
  let residual: Float64Array = new Float64Array(size);
  let found: LastingJump = { shiftEffect: 0, otherReading: undefined };
  let lateStep = 0;
  let passes = size === 0 ? 0 : working.onCounts ? 3 : 2;
  for (let pass = 0; pass < passes; pass += 1) {
    const last = pass === passes - 1;
    const from = last ? 0 : Math.max(0, size - settledOn);
    working = lineariseCounts(working, scales, options, from);
    const noise = noiseOf(working, scales);
    const covariance = covarianceOf(kernelOf(working, scales, unchanged), working.days, noise, from);
    let factor = choleskyInPlace(covariance, size - from);
    const looksForChanges = levelShifts && size >= leastForShift;
    if (pass === 0 && looksForChanges) {
      const whitened = solveLower(factor, working.y.slice(from), size - from);
      options = { ...unchanged, moves: findMoves({ working, factor, whitened, from }) };
    }
    if (last && looksForChanges)
      ({ options, factor, ...found } = findChanges({ working, noise, scales, options, factor }));
    if (last && looksForChanges) lateStep = lateStepOf(working, factor, options.moves);
    const loo = leaveOneOut(factor, working.y.subarray(from));
    if (!last && !working.onCounts && wideDays(loo.residual)) {
      working = { ...working, onCounts: true };
      passes = 4;
      continue;
    }
    if (outliers) working = { ...working, inflation: inflate(working, loo, from) };
    working = { ...working, weekdayFactor: weekdayFactors(working, loo, from) };
    if (last) {
      residual = loo.residual;
      surprise = standardScores(working, loo);
    } else scales = sweepScales(working, unitScales, options);
  }
  return {
    history,
    days: working.days,
    y: working.y,
    centre,
    noise: noiseOf(working, scales),
    freshNoise: working.weekdayFactor.map((factor) => (usualDayNoise * scales.noise * factor) ** 2),
    weekdayFactor: working.weekdayFactor,
    openDays: working.openDays,
    scales,
    options,
    surprise,
    onCounts: working.onCounts,
    residual,
    lateStep,
    ...found,
  };
};
