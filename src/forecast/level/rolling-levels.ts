import type { PreparedHistory } from '../history/prepare-history.ts';
import type { LevelModel } from './day-level.ts';

/** Rolling pseudo-origins: at each, the days of the horizon planned for were forecast from what was known then. */
export interface RollingLevels {
  /** Day index of each forecast day, its origin, and the truth's log total. */
  readonly day: Int32Array;
  readonly origin: Int32Array;
  readonly truth: Float64Array;
  /** Forecast mean and variance of the expected log total, variant by variant. */
  readonly means: readonly Float64Array[];
  readonly variances: readonly Float64Array[];
}

/** Weekly origins before the end, latest first, that leave at least `least` known days to learn from. */
export const pseudoOrigins = (
  history: PreparedHistory,
  horizon: number,
  most: number,
  least: number,
): number[] => {
  const origins: number[] = [];
  let known = 0;
  const knownBefore = new Int32Array(history.days + 1);
  for (let day = 0; day < history.days; day += 1) {
    if (!Number.isNaN(history.totals[day]!)) known += 1;
    knownBefore[day + 1] = known;
  }
  // A long horizon is judged by its last days, so origins go back as far as the horizon and more.
  const back = horizon <= 7 ? 7 : 7 * Math.ceil(horizon / 7);
  for (let k = 0; k < most; k += 1) {
    const origin = history.days - back - 7 * k;
    if (origin < 1 || knownBefore[origin]! < least) break;
    origins.push(origin);
  }
  return origins;
};

/** A past day's log level as the level's data have it, which is the log of its total unless calls are few. */
const truthOf = (history: PreparedHistory, fit: LevelModel | undefined): ((day: number) => number) => {
  const { eventPrior, holidayPrior } = history.features;
  const known = new Map<number, number>();
  fit?.data.days.forEach((d, i) => {
    known.set(d, fit.data.y[i]! + fit.data.centre + eventPrior[d]! + holidayPrior[d]!);
  });
  return (day) => known.get(day) ?? Math.log(Math.max(history.totals[day]!, 1));
};

/** Forecasts of every variant at every pseudo-origin, for days with a known total and no holiday's own rule. */
export const rollLevels = (
  history: PreparedHistory,
  fits: readonly LevelModel[],
  origins: readonly number[],
  firstLead: number,
  lastLead: number,
): RollingLevels => {
  const day: number[] = [];
  const origin: number[] = [];
  for (const o of origins) {
    for (let d = o + firstLead; d < Math.min(history.days, o + lastLead); d += 1) {
      if (Number.isNaN(history.totals[d]!)) continue;
      day.push(d);
      origin.push(o);
    }
  }
  const means = fits.map(() => new Float64Array(day.length));
  const variances = fits.map(() => new Float64Array(day.length));
  fits.forEach((fit, v) => {
    for (let i = 0; i < day.length;) {
      let end = i + 1;
      while (end < day.length && origin[end] === origin[i] && day[end] === day[i]! + end - i) end += 1;
      const { mean, variance } = fit.forecast(origin[i]!, day[i]!, end - i);
      means[v]!.set(mean, i);
      variances[v]!.set(variance, i);
      i = end;
    }
  });
  return {
    day: Int32Array.from(day),
    origin: Int32Array.from(origin),
    truth: Float64Array.from(day, truthOf(history, fits[0])),
    means,
    variances,
  };
};

/** Rolling forecasts as far ahead as is planned. */
export interface FarEvidence {
  readonly rolling: RollingLevels;
  /** Weeks ahead of the last day that is judged, at least 1. */
  readonly judgedWeeks: number;
  /** Number of origins, which are a week apart. */
  readonly weeks: number;
}

/** Past origins that are replayed at most: a season's worth. */
const mostOrigins = 12;
/** Fewest known days to learn from before the first origin. */
const leastDays = 12;
/** A history is asked about a week ahead for every four weeks that it has, up to a quarter of a year. */
const daysPerJudgedWeek = 28;
const mostJudgedWeeks = 13;

/** Rolling forecasts one week ahead. */
export const rollNear = (history: PreparedHistory, fits: readonly LevelModel[]): RollingLevels =>
  rollLevels(history, fits, pseudoOrigins(history, 7, mostOrigins, leastDays), 0, 7);

/** Rolling forecasts of the last week of the horizon, or as far ahead as the history allows to look back. */
export const rollFar = (history: PreparedHistory, fits: readonly LevelModel[]): FarEvidence => {
  const judgedWeeks = Math.min(
    Math.ceil(Math.max(1, history.horizon) / 7),
    Math.max(1, Math.floor(history.days / daysPerJudgedWeek)),
    mostJudgedWeeks,
  );
  const lastWeek = 7 * (judgedWeeks - 1);
  const origins = pseudoOrigins(history, 7 * judgedWeeks, mostOrigins, leastDays);
  const rolling = rollLevels(history, fits, origins, lastWeek, lastWeek + 7);
  return { rolling, judgedWeeks, weeks: countOrigins(rolling) };
};

/** Number of different origins among rolling forecasts. */
export const countOrigins = (rolling: RollingLevels): number => new Set(rolling.origin).size;

/** Largest log variance that lifts a day's mean above its median: beyond it nothing is known anyway. */
const mostVariance = 0.08;

/**
 * What lies between a day's expected log total, whose variance is given, and the log of its mean: half the
 * variance, and nothing where the level was fitted to counts, since it is that of their mean already.
 */
export const lognormalCorrection = (variance: number, onCounts: boolean): number =>
  onCounts ? 0 : Math.min(mostVariance, variance) / 2;
