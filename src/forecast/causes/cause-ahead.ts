import type { PreparedHistory } from '../history/prepare-history.ts';
import { causeValue, mostLag, mostSpansOutside } from './cause.ts';
import type { FoundCause, FoundCauses, RejectionReason } from './select-regressors.ts';

/** What causes do on the days ahead, on the log scale. */
interface CauseAhead {
  readonly mean: Float64Array;
  /** days × days: of values that are not known, of effects, and of what was never seen. */
  readonly covariance: Float64Array;
}

/** Days of the year around an origin's that count as its season, and past windows that are drawn from it at most. */
const seasonDays = 30;
const mostWindows = 60;
const leastWindows = 12;
const daysOfYear = 365.25;

const isSameSeason = (a: number, b: number): boolean => {
  const apart = (((a - b) % daysOfYear) + daysOfYear) % daysOfYear;
  return Math.min(apart, daysOfYear - apart) <= seasonDays;
};

/** First days of past windows as long as the horizon, of the season ahead where there are enough. */
const windowsOf = ({ days, horizon }: PreparedHistory): number[] => {
  const all = Array.from({ length: Math.max(0, days - horizon + 1) }, (_, start) => start);
  const season = all.filter((start) => isSameSeason(start, days));
  const from = season.length >= leastWindows ? season : all;
  const every = Math.max(1, Math.ceil(from.length / mostWindows));
  return from.filter((_, i) => i % every === 0);
};

/** The furthest values that are believed: beyond them nothing is said of an effect. */
const believable = ({ least, most }: FoundCause): readonly [number, number] => {
  const far = mostSpansOutside * (most - least);
  return [least - far, most + far];
};

/** A cause's lean on days from `mostLag` before the horizon on: what is known, else what a past window had. */
const leansOf = (
  history: PreparedHistory,
  { cause, middle }: FoundCause,
  window: number | undefined,
  [least, most]: readonly [number, number],
): Float64Array => {
  const origin = history.firstDay + history.days;
  return Float64Array.from({ length: mostLag + history.horizon }, (_, i) => {
    const ahead = i - mostLag;
    const said = causeValue(cause, origin + ahead, origin);
    const drawn =
      Number.isNaN(said) && ahead >= 0 && window !== undefined
        ? cause.values.get(history.firstDay + window + ahead)
        : said;
    if (drawn === undefined || Number.isNaN(drawn)) return 0;
    return Math.max(least, Math.min(most, drawn)) - middle;
  });
};

const isUnknown = (history: PreparedHistory, { cause }: FoundCause): boolean => {
  const origin = history.firstDay + history.days;
  for (let j = 0; j < history.horizon; j += 1)
    if (Number.isNaN(causeValue(cause, origin + j, origin))) return true;
  return false;
};

/** Regressors of each day ahead, cause by cause, lag by lag. */
const regressorsOf = (
  history: PreparedHistory,
  found: readonly FoundCause[],
  window: number | undefined,
  clamped: boolean,
): Float64Array[] => {
  const leans = found.map((own) =>
    leansOf(history, own, window, clamped ? [own.least, own.most] : believable(own)),
  );
  return Array.from({ length: history.horizon }, (_, j) =>
    Float64Array.from(
      { length: found.length * (mostLag + 1) },
      (_, k) => leans[Math.floor(k / (mostLag + 1))]![mostLag + j - (k % (mostLag + 1))]!,
    ),
  );
};

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);

const timesMatrix = (matrix: Float64Array, x: Float64Array): Float64Array =>
  x.map((_, i) => dot(matrix.subarray(i * x.length, (i + 1) * x.length), x));

/**
 * What found causes do on the days ahead. Values that are not known are those of the same season in the past, a window
 * at a time, and scatter as these do; an effect of a value outside of what was seen is anything between that of the
 * nearest that was seen and that of the value itself.
 */
export const causesAhead = (history: PreparedHistory, { found, effects }: FoundCauses): CauseAhead => {
  const days = history.horizon;
  const { beta, covariance: doubt } = effects;
  const unknown = found.some((own) => isUnknown(history, own));
  const windows = unknown ? windowsOf(history) : [];
  const draws: readonly (number | undefined)[] = windows.length > 0 ? windows : [undefined];
  const paths = draws.map((window) => regressorsOf(history, found, window, true));
  const effectsOf = paths.map((path) => Float64Array.from(path, (x) => dot(x, beta)));
  const [bare] = [regressorsOf(history, found, draws[0], false)];
  const beyond = bare.map((x, j) => dot(x, beta) - effectsOf[0]![j]!);
  const level = Float64Array.from(
    { length: days },
    (_, j) => effectsOf.reduce((sum, path) => sum + path[j]!, 0) / paths.length,
  );
  const middle = Array.from({ length: days }, (_, j) =>
    paths[0]![j]!.map((_, k) => paths.reduce((sum, path) => sum + path[j]![k]!, 0) / paths.length),
  );
  const covariance = new Float64Array(days * days);
  for (let i = 0; i < days; i += 1) {
    const weighed = timesMatrix(doubt, middle[i]!);
    for (let j = 0; j < days; j += 1) {
      const drawn = effectsOf.reduce((sum, path) => sum + (path[i]! - level[i]!) * (path[j]! - level[j]!), 0);
      covariance[i * days + j] =
        drawn / paths.length + dot(weighed, middle[j]!) + (beyond[i]! * beyond[j]!) / 4;
    }
  }
  return {
    mean: level.map((value, j) => value + beyond[j]! / 2 + covariance[j * days + j]! / 2),
    covariance,
  };
};

/** A value ahead that lies outside of all that was seen, and the factors on that day's calls it may mean. */
interface NeverSeen {
  readonly name: string;
  readonly day: number;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly low: number;
  readonly high: number;
}

/** Of each cause the value ahead that is furthest outside of what was seen. */
export const valuesOutsideObserved = (
  history: PreparedHistory,
  { found, effects }: FoundCauses,
): NeverSeen[] =>
  found.flatMap((cause, c) => {
    const origin = history.firstDay + history.days;
    const far = Array.from({ length: history.horizon }, (_, j) => {
      const value = causeValue(cause.cause, origin + j, origin);
      return { day: origin + j, value, beyond: Math.max(cause.least - value, value - cause.most) };
    })
      .filter(({ beyond }) => beyond > 0)
      .toSorted((a, b) => b.beyond - a.beyond)[0];
    if (far === undefined) return [];
    const slope = effects.beta[c * (mostLag + 1)]!;
    const nearest = Math.max(cause.least, Math.min(cause.most, far.value));
    const [lowest, highest] = believable(cause);
    const furthest = Math.max(lowest, Math.min(highest, far.value));
    const ends = [nearest, furthest].map((value) => Math.exp(slope * (value - cause.middle)) - 1);
    return [
      {
        name: cause.cause.name,
        day: far.day,
        value: far.value,
        least: cause.least,
        most: cause.most,
        low: Math.min(...ends),
        high: Math.max(...ends),
      },
    ];
  });

/** What one step more of a cause does so many days later: factors less 1, the ends of an 80 % interval. */
export interface LagEffect {
  readonly lag: number;
  readonly low: number;
  readonly high: number;
  /** Whether it is one beyond chance: of 20 lines 19 have no such effect that is not there. */
  readonly isSure: boolean;
}

/** What was found of the causes of a queue's calls. */
export interface CauseExplanation {
  readonly taken: readonly {
    readonly name: string;
    readonly step: number;
    /** What it was on the days that it was found in. */
    readonly least: number;
    readonly most: number;
    /** Days on which it is known beside the calls. */
    readonly days: number;
    readonly lags: readonly LagEffect[];
  }[];
  readonly refused: readonly {
    readonly name: string;
    readonly why: RejectionReason;
    readonly days: number;
  }[];
  /** Errors of past days with and without the causes, by effects learnt before them; left out where the history is short. */
  readonly errors?: { readonly without: number; readonly with: number };
  /** Causes taken of which the values are not known from a day number on. */
  readonly unknown: readonly { readonly name: string; readonly day: number }[];
  readonly unseen: readonly NeverSeen[];
}
