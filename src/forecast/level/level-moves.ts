import { choleskyInPlace, rowStart, solveLower } from '../../kernel/linear-algebra.ts';
import { robustScale } from '../../kernel/statistics.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import {
  dayKernel,
  type DayKernel,
  type KernelOptions,
  type LevelMove,
  type LevelScales,
  type OutlierEffect,
} from './day-kernel.ts';

/** Chance a week that a calm line begins to move, and that a moving one comes to rest. */
const begins = 0.02;
const ends = 0.25;
/** How much wider than in calm weeks the surprises of a moving line are. */
const widerBy = 3;
/** One wild day says little of the level. */
const mostSurprise = 3;
/** First weeks of a history, in which nothing was known to be surprised by. */
const weeksOfNoJudgement = 6;
/** Days ahead for which a line that moves at the end of its history is taken to go on: 10 covers too little. */
const goesOn = 21;

/** Spread of calm weeks' surprises at least: 1 where the covariance says the truth. */
const leastScale = 0.8;
/** Variance a week of a move at least, log scale. */
const leastStep = 0.05 ** 2;

interface Week {
  /** Place of its first and after its last day among the days used. */
  readonly first: number;
  readonly after: number;
  readonly score: number;
}

/**
 * Weeks counted back from the end of the history, the latest first, with how surprising each was as a whole; holidays and
 * events are left out, whose surprises are their own.
 */
const scoreWeeks = ({ history, days }: Working, whitened: Float64Array, from: number): Week[] => {
  const { holiday, after: since, before, events } = history.features;
  const special = (day: number): boolean =>
    holiday[day]! > 0 ||
    since[day]! > 0 ||
    before[day]! > 0 ||
    events.some(({ strength }) => strength[day]! > 0);
  const weeks: Week[] = [];
  let end = days.length;
  for (let back = 7; end > from; back += 7) {
    let first = end;
    while (first > from && days[first - 1]! >= history.days - back) first -= 1;
    let sum = 0;
    let plain = 0;
    for (let i = first; i < end; i += 1) {
      const day = days[i]!;
      if (special(day)) continue;
      sum += Math.max(-mostSurprise, Math.min(mostSurprise, whitened[i - from]!));
      plain += 1;
    }
    if (first < end) weeks.push({ first, after: end, score: plain === 0 ? 0 : sum / Math.sqrt(plain) });
    end = first;
  }
  return weeks;
};

/** Chance that each week (oldest first) was one of a moving line, seen from all weeks (forward and backward sums). */
export const chanceOfMoving = (scores: readonly number[]): number[] => {
  const odds = scores.map((z) => Math.exp((z * z * (1 - 1 / widerBy ** 2)) / 2) / widerBy);
  let moving = begins / (begins + ends);
  const forward = odds.map((ratio) => {
    const before = moving * (1 - ends) + (1 - moving) * begins;
    moving = (before * ratio) / (before * ratio + 1 - before);
    return moving;
  });
  const chances = forward.slice();
  let [ifCalm, ifMoving] = [1, 1];
  for (let week = scores.length - 1; week >= 0; week -= 1) {
    const together = forward[week]! * ifMoving;
    chances[week] = together / (together + (1 - forward[week]!) * ifCalm);
    const calm = (1 - begins) * ifCalm + begins * odds[week]! * ifMoving;
    const move = ends * ifCalm + (1 - ends) * odds[week]! * ifMoving;
    [ifCalm, ifMoving] = [calm / (calm + move), move / (calm + move)];
  }
  return chances;
};

/** A lasting jump that explains a week's surprise, with the innovations as they were without it. */
interface KnownJump {
  readonly from: number;
  readonly effect: number;
  readonly whitened: Float64Array;
}

/** The level's data and what its settled covariance makes of them, for days used from position `from` on. */
interface Innovations {
  readonly working: Working;
  readonly factor: Float64Array;
  readonly whitened: Float64Array;
  readonly from: number;
}

interface JudgedWeek extends Week {
  /** By how much the level was off in it, log scale. */
  readonly step: number;
}

/** Weeks oldest first. The week of a known jump counts as surprising as it was, though the jump explains it. */
const judgeWeeks = ({ working, factor, whitened, from }: Innovations, jump?: KnownJump): JudgedWeek[] => {
  const { days } = working;
  const plain = jump === undefined ? [] : scoreWeeks(working, jump.whitened, from);
  const weeks = scoreWeeks(working, whitened, from);
  const jumped = weeks.findLastIndex(({ after }) => jump !== undefined && days[after - 1]! >= jump.from);
  return weeks
    .map((week, i) => {
      if (i === jumped) return { ...week, score: plain[i]!.score, step: jump!.effect };
      const has = (at: number): boolean => at >= week.first - from && at < week.after - from;
      const { effect } = sharedEffect(factor, whitened, days.length - from, week.first - from, has);
      return { ...week, step: effect };
    })
    .toReversed()
    .slice(weeksOfNoJudgement);
};

/**
 * Stretches over which the level moved, oldest first: weeks that were more likely of a moving line than of a calm one.
 * They are found before the scales are settled, so that an epidemic does not make a line restless for good.
 */
export const findMoves = (innovations: Innovations, jump?: KnownJump): LevelMove[] => {
  const { history, days } = innovations.working;
  const weeks = judgeWeeks(innovations, jump);
  const scale = Math.max(leastScale, robustScale(weeks.map(({ score }) => score)));
  const chances = chanceOfMoving(weeks.map(({ score }) => score / scale));
  const moves: LevelMove[] = [];
  for (let first = 0; first < weeks.length; first += 1) {
    let after = first;
    while (after < weeks.length && chances[after]! > 0.5) after += 1;
    if (after === first) continue;
    const squares = weeks.slice(first, after).reduce((sum, { step }) => sum + step ** 2, 0);
    moves.push({
      from: days[weeks[first]!.first]!,
      to: after < weeks.length ? days[weeks[after]!.first]! : history.days + goesOn,
      perWeek: Math.max(leastStep, (squares / (after - first)) * (1 + 1 / (after - first))),
    });
    first = after;
  }
  return moves;
};

/** Strength of evidence (in standard deviations) and size of an effect that a set of days shares. */
export const sharedEffect = (
  factor: Float64Array,
  whitened: Float64Array,
  size: number,
  first: number,
  has: (index: number) => boolean,
): { z: number; effect: number } => {
  const column = new Float64Array(size);
  for (let i = first; i < size; i += 1) column[i] = has(i) ? 1 : 0;
  // Rows before the first day of the set stay zero, so the solve may start there.
  let cross = 0;
  let self = 0;
  for (let i = first; i < size; i += 1) {
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

/** Lasting jumps of the level in the last 40 weeks, the strongest first; at most two. */
export const findShift = (
  working: Working,
  factor: Float64Array,
  whitened: Float64Array,
  scale: number,
  oddest: number,
): (OutlierEffect & { readonly effect: number }) | undefined => {
  const size = working.days.length;
  let best: { z: number; effect: number; day: number } | undefined;
  for (let i = Math.max(7, size - 200); i <= size - 9; i += 1) {
    const found = sharedEffect(factor, whitened, size, i, () => true);
    if (best === undefined || Math.abs(found.z) > Math.abs(best.z))
      best = { ...found, day: working.days[i]! };
  }
  // One wild week also looks like a jump, while few days follow it: the better explanation wins.
  if (best === undefined || Math.abs(best.z) <= oddest) return undefined;
  if (Math.abs(best.z) < 5 * scale || Math.abs(best.effect) < 0.08) return undefined;
  return { from: best.day, to: Number.POSITIVE_INFINITY, variance: 0.25, effect: best.effect };
};

/** Weeks that stand out as a whole get an effect of their own, so that they do not spread to the next. */
export const findOutlierWeeks = (
  working: Working,
  factor: Float64Array,
  whitened: Float64Array,
): (OutlierEffect & { readonly z: number })[] => {
  const size = working.days.length;
  const weeks = new Map<number, number>();
  for (let i = Math.max(0, size - 130); i < size; i += 1) {
    const week = Math.floor((working.history.firstDay + working.days[i]! + 3) / 7);
    if (!weeks.has(week)) weeks.set(week, i);
  }
  const found = [...weeks].map(([week, first]) => {
    const from = week * 7 - 3 - working.history.firstDay;
    const has = (i: number): boolean => working.days[i]! >= from && working.days[i]! < from + 7;
    return { from, ...sharedEffect(factor, whitened, size, first, has) };
  });
  const scale = Math.max(0.7, robustScale(found.map((f) => f.z)));
  return found
    .filter((f) => Math.abs(f.z) > 4 * scale)
    .map((f) => ({ from: f.from, to: f.from + 7, variance: f.effect ** 2, z: Math.abs(f.z) }));
};

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
