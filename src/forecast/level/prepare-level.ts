import { farFromFeast } from '../history/day-features.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { choleskyInPlace, inverseDiagonal, solveLower, solveUpper } from '../../kernel/linear-algebra.ts';
import { median, quantileOf, robustScale } from '../../kernel/statistics.ts';
import {
  type KernelOptions,
  type LevelMove,
  type LevelScales,
  moveAtEnd,
  type OutlierEffect,
} from './day-kernel.ts';
import {
  covarianceOf,
  findMoves,
  findOutlierWeeks,
  findShift,
  kernelOf,
  noiseOf,
  scaleWindowDays,
  sharedEffect,
  sweepScales,
  usualDayNoise,
  type Working,
} from './level-moves.ts';

/** The log day totals of a history with the scales, noise and oddities found in them. */
export interface LevelData extends LevelShift {
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
      features.feastDay[day] !== farFromFeast ||
      features.events.some((e) => e.strength[day]! > 0);
    if (age > 300 && !flagged && day % 4 !== 0) continue;
    chosen.push(day);
  }
  return Int32Array.from(chosen);
};

const openDaysOf = (history: PreparedHistory): Uint8Array => {
  const slots = history.slotOf.length;
  const seen = holidaysSeen(history);
  return Uint8Array.from({ length: history.days + history.horizon }, (_, day) => {
    if (!history.open.subarray(day * slots, (day + 1) * slots).includes(1)) return 0;
    if (day < history.days) return Number.isNaN(history.totals[day]!) ? 0 : 1;
    return history.features.holiday[day] === 1 && !seen ? 0 : 1;
  });
};

const holidaysSeen = ({ totals, features }: PreparedHistory): boolean =>
  totals.some((total, day) => features.holiday[day] === 1 && !Number.isNaN(total));

const unitScales: LevelScales = { level: 1, noise: 1, month: 1 };

/** Weeks of history from which yearly terms can be distinguished from the level. */
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
  let found: LevelShift = { shiftEffect: 0, otherReading: undefined };
  let lateStep = 0;
  let passes = size === 0 ? 0 : working.onCounts ? 3 : 2;
  for (let pass = 0; pass < passes; pass += 1) {
    const last = pass === passes - 1;
    const from = last ? 0 : Math.max(0, size - scaleWindowDays);
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
    if (last && looksForChanges) lateStep = recentShiftVariance(working, factor, options.moves);
    const loo = leaveOneOut(factor, working.y.subarray(from));
    if (!last && !working.onCounts && isOverdispersed(loo.residual)) {
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

/** What each day's total is off by, judged from all other days, and how far off it may be. */
interface LeaveOneOut {
  readonly residual: Float64Array;
  readonly variance: Float64Array;
}

/** Leave-one-out residuals from one factor (Rasmussen and Williams 2006, equations 5.10–5.12). */
const leaveOneOut = (factor: Float64Array, y: Float64Array): LeaveOneOut => {
  const size = y.length;
  const alpha = solveUpper(factor, solveLower(factor, y.slice(), size), size);
  const diagonal = inverseDiagonal(factor, size);
  return {
    residual: Float64Array.from(alpha, (v, i) => v / diagonal[i]!),
    variance: Float64Array.from(diagonal, (v) => 1 / v),
  };
};

/**
 * How far each day stands from what the others say, as a normal score. Counts are skewed: the relative error of a
 * count is read as that of a gamma variable (Wilson and Hilferty 1931), so that a bound on the score cuts off no
 * more calls above than below and the mean stays where it is.
 */
const standardScores = (working: Working, loo: LeaveOneOut): Float64Array =>
  loo.residual.map((e, i) => {
    const v = loo.variance[i]!;
    if (!working.onCounts) return e / Math.sqrt(v);
    return (3 * (Math.cbrt(Math.max(0, 1 + e)) - 1 + v / 9)) / Math.sqrt(v);
  });

/** The residual at which the score is `z`. */
const residualAt = (working: Working, z: number, variance: number): number =>
  working.onCounts
    ? Math.max(0, 1 - variance / 9 + (z * Math.sqrt(variance)) / 3) ** 3 - 1
    : z * Math.sqrt(variance);

/** Share of a small line's days that may stand out; where more do, they are how the line is. */
const mostOutliers = 0.05;

/** Extra noise for days beyond 2.5 robust standard deviations: their pull stays bounded. */
const inflate = (working: Working, loo: LeaveOneOut, from: number): Float64Array => {
  const size = loo.residual.length;
  const z = standardScores(working, loo);
  const scale = Math.min(2, Math.max(working.onCounts ? 1 : 0.8, robustScale(z)));
  const limit = Math.max(2.5 * scale, working.onCounts ? quantileOf(z.map(Math.abs), 1 - mostOutliers) : 0);
  const extra = new Float64Array(working.days.length);
  for (let i = 0; i < size; i += 1) {
    if (Math.abs(z[i]!) <= limit) continue;
    const variance = loo.variance[i]!;
    const bound = residualAt(working, Math.sign(z[i]!) * limit, variance) ** 2 / variance;
    extra[from + i] = Math.max(0, loo.residual[i]! ** 2 / bound - (variance - working.inflation[from + i]!));
  }
  return extra;
};

/** Standard deviation of each weekday's own noise over that of all days, drawn towards 1. */
const weekdayFactors = (working: Working, loo: LeaveOneOut, from: number): Float64Array => {
  const all = robustScale(loo.residual);
  const factors = new Float64Array(8).fill(1);
  if (!(all > 0)) return factors;
  for (let c = 0; c < 7; c += 1) {
    const byWeekday: number[] = [];
    for (let i = 0; i < loo.residual.length; i += 1) {
      if (working.history.features.weekdayClass[working.days[from + i]!] === c)
        byWeekday.push(loo.residual[i]!);
    }
    if (byWeekday.length < 4) continue;
    const ratio = (robustScale(byWeekday) / all) ** 2;
    factors[c] = Math.min(
      1.8,
      Math.max(0.6, Math.sqrt((byWeekday.length * ratio + 10) / (byWeekday.length + 10))),
    );
  }
  return factors;
};

interface LevelShift {
  /** Its size on the log scale; 0 for none. */
  readonly shiftEffect: number;
  /**
   * Another reading of odd weeks at the very end: not passing but lasting. Too few days tell the two apart. Undefined
   * where the question does not arise.
   */
  readonly otherReading: AlternativeFit | undefined;
}

/** What is read differently, and the chance that it is so. */
interface AlternativeFit {
  readonly options: Partial<KernelOptions>;
  readonly chance: number;
}

/** Chance that odd weeks at the very end are a jump that lasts; no evidence can come from earlier weeks. */
const jumpChance = 0.2;
/** Chance that a line whose last week alone shows a move does move. */
const moveChance = 0.5;

/** A level whose scales are settled, before and after changes are looked for; `factor` is of its covariance. */
interface Settled {
  readonly working: Working;
  readonly noise: Float64Array;
  readonly scales: LevelScales;
  readonly options: KernelOptions;
  readonly factor: Float64Array;
}

type Changes = LevelShift & Pick<Settled, 'options' | 'factor'>;

const refactor = ({ working, noise, scales }: Settled, options: KernelOptions): Float64Array =>
  choleskyInPlace(
    covarianceOf(kernelOf(working, scales, options), working.days, noise, 0),
    working.days.length,
  );

const whiten = ({ days, y }: Working, factor: Float64Array): Float64Array =>
  solveLower(factor, y.slice(), days.length);

/** Odd weeks within a move are part of it. */
const withoutThoseIn = (moves: readonly LevelMove[], odd: readonly OutlierEffect[]): OutlierEffect[] =>
  odd.filter((week) => !moves.some(({ from, to }) => week.from < to && week.to > from));

/** Moves and odd weeks as they are taken to be, and what else the last week may mean. */
const readEnd = (
  { working, options: { moves } }: Settled,
  odd: readonly OutlierEffect[],
): [LevelShift, OutlierEffect[], readonly LevelMove[]] => {
  const { history, days } = working;
  const left = withoutThoseIn(moves, odd);
  const latest = moveAtEnd(moves, history.days);
  if (latest !== undefined && latest.from >= history.days - 7) {
    const earlier = moves.filter((move) => move !== latest);
    const moving = { options: { privateEffects: left, moves }, chance: moveChance };
    return [{ shiftEffect: 0, otherReading: moving }, withoutThoseIn(earlier, odd), earlier];
  }
  const jump = outlierWeeksAsShift(left, days[days.length - 1]!);
  const otherReading = jump === undefined ? jump : { options: { privateEffects: jump }, chance: jumpChance };
  return [{ shiftEffect: 0, otherReading }, left, moves];
};

/**
 * Odd weeks, lasting jumps and moves as effects of their own, which must not spread to the level around them. A jump
 * after which the line keeps moving was none: then it moves from there on. `options` holds the moves known so far, which
 * `factor` is without.
 */
const findChanges = (settled: Settled): Changes => {
  const { working, options, factor } = settled;
  const whitened = whiten(working, factor);
  const odd = findOutlierWeeks(working, factor, whitened);
  const oddest = Math.max(0, ...odd.map(({ z }) => z));
  const shift = findShift(working, factor, whitened, standardScale(whitened), oddest);
  const changed = (
    found: LevelShift,
    privateEffects: OutlierEffect[],
    moves: readonly LevelMove[],
  ): Changes => {
    const all = { ...options, privateEffects, moves };
    return { ...found, options: all, factor: moves.length > 0 ? refactor(settled, all) : factor };
  };
  if (shift === undefined) return changed(...readEnd(settled, odd));
  const jumped = refactor(settled, { ...options, privateEffects: [shift], moves: [] });
  const moves = findMoves(
    { working, factor: jumped, whitened: whiten(working, jumped), from: 0 },
    { from: shift.from, effect: shift.effect, whitened },
  );
  if (moveAtEnd(moves, working.history.days) !== undefined) {
    const all = findMoves({ working, factor, whitened, from: 0 });
    return changed({ shiftEffect: 0, otherReading: undefined }, [], all);
  }
  return changed({ shiftEffect: shift.effect, otherReading: undefined }, [shift], moves);
};

/** Last days that are looked at together, at least and at most: from a week on, the weeks tell of moves. */
const fewest = 3;
const most = 7;
/** Standard deviations by which the last days lie off together from which the days ahead are less sure. */
const surprisedFrom = 2.75;
/** Where they lie off by more than so many, it is the plainer how far, and counts no more. */
const mostSurprise = 5;
/** What begins goes on as far again: the variance of both. */
const goesOn = 2;

/**
 * Variance, log scale, that days ahead have because the last few lie off together: too few to move the level by, enough
 * to be less sure of it. Of the square of what they are off by; 0 where they are not, and where a move goes on, which
 * has steps of its own.
 */
const recentShiftVariance = (working: Working, factor: Float64Array, moves: readonly LevelMove[]): number => {
  const { days, y, history } = working;
  const size = days.length;
  if (moveAtEnd(moves, history.days) !== undefined) return 0;
  const whitened = solveLower(factor, y.slice(), size);
  const oddest = { z: 0, effect: 0 };
  for (let count = fewest; count <= most; count += 1) {
    const found = sharedEffect(factor, whitened, size, size - count, () => true);
    if (Math.abs(found.z) > Math.abs(oddest.z)) Object.assign(oddest, found);
  }
  const surprise = Math.abs(oddest.z) / standardScale(whitened);
  if (surprise <= surprisedFrom) return 0;
  return goesOn * (oddest.effect * Math.min(1, mostSurprise / surprise)) ** 2;
};

/** Usual calls a day below which the log of a count no longer stands for its expectation. */
const fewCalls = 60;
/** Least expected calls a day, so that a silent line keeps finite logs. */
const leastExpected = 0.2;
const rounds = 3;

/** Relative variance of a day's total from which its log no longer stands for its expectation. */
const wideVariance = 0.03;

/** Are the line's days so small that logs of their totals lie low? */
const fewCallsADay = (totals: ArrayLike<number>): boolean => median(totals) < fewCalls;

/** Do days differ so much for no reason that the log of their mean and the mean of their logs part? */
const isOverdispersed = (residuals: Float64Array): boolean => robustScale(residuals) ** 2 > wideVariance;

/**
 * Few calls a day: the log of a count is a poor measure of the level (none of zero, biased below ten). Replaces
 * it by working responses η + (count − µ)/µ with variance 1/µ around the smoothed level η = ln µ, as Poisson
 * regression does (McCullagh and Nelder 1989, 2.5), a few rounds; busy lines are left as they are. Days before
 * position `from` keep what they have.
 */
const lineariseCounts = (
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

/** Spread of the whitened totals: 1 where the covariance says the truth, more where days vary more. */
const standardScale = (whitened: Float64Array): number =>
  Math.max(1, robustScale(whitened.subarray(Math.floor(whitened.length / 3))));

/** The odd weeks with those that reach the last week of the history read as one jump that lasts. */
const outlierWeeksAsShift = (odd: readonly OutlierEffect[], lastDay: number): OutlierEffect[] | undefined => {
  const late = odd.filter((o) => o.to > lastDay - 6);
  if (late.length === 0) return undefined;
  const from = Math.min(...late.map((o) => o.from));
  return [...odd.filter((o) => !late.includes(o)), { from, to: Number.POSITIVE_INFINITY, variance: 0.25 }];
};
