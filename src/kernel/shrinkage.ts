import { type Horizon, instantAt } from './hotline.ts';
import { type Random, seededRandom } from './random.ts';
import {
  coveredMinutes,
  dayMinutes,
  minuteOf,
  minutesWithin,
  spanOf,
  type TimeWindow,
} from './time-window.ts';
import { localClock, weekdayOf } from './time.ts';

/** One kind of paid time that is not available for calls: leave, training, coaching, meetings. */
export interface ShrinkageKind extends TimeWindow {
  /** Share of the paid time in its window, 0–1. */
  readonly share: number;
  /** Nobody knows before the day whom it takes, and then for a whole shift (sickness); else the roster allows for it. */
  readonly onTheDay?: boolean | undefined;
}

/** Share of paid time not available for calls: one figure at all times, or kinds that add up. */
type Shrinkage = number | readonly ShrinkageKind[];

/** Share of paid time that a kind takes in some minutes of a weekday (Monday 0). */
const shareWithin = (kind: ShrinkageKind, weekday: number, start: number, length: number): number =>
  (kind.share * coveredMinutes(kind, weekday, start, length)) / length;

/** The kind of shrinkage that a roster knows by name: who is on leave is in no duty. */
export const leaveKind = 'leave';

/** Share of paid time that a tier's plan keeps for leave on a weekday (Monday 0). */
export const leaveShare = (
  { shrinkage }: { readonly shrinkage: number | readonly (ShrinkageKind & { readonly kind: string })[] },
  weekday: number,
): number =>
  typeof shrinkage === 'number'
    ? 0
    : shrinkage
        .filter(({ kind }) => kind === leaveKind)
        .reduce((sum, kind) => sum + shareWithin(kind, weekday, 0, dayMinutes), 0);

/** Most that shrinkage may be: beyond it hardly anybody is left, and a need in heads says nothing. */
export const mostShrinkage = 0.9;

/** Shrinkage of each interval of a horizon: the kinds' shares added, each for the minutes of its window. */
export const shrinkageByInterval = (shrinkage: Shrinkage, horizon: Horizon): Float64Array => {
  const { zone, intervalMinutes, count } = horizon;
  if (typeof shrinkage === 'number') return new Float64Array(count).fill(shrinkage);
  const kinds = shrinkage.map((kind) => ({ share: kind.share, span: spanOf(kind) }));
  const at = (weekday: number, minute: number): number => {
    const sum = kinds.reduce(
      (all, { share, span }) =>
        all + (share * minutesWithin(span, weekday, minute, intervalMinutes)) / intervalMinutes,
      0,
    );
    return Math.min(mostShrinkage, sum);
  };
  // Asked for again and again by searches, mostly of kinds that hold at all times: no clock is read for those.
  if (shrinkage.every(isAlways)) return new Float64Array(count).fill(at(0, 0));
  const clock = localClock(zone);
  return Float64Array.from({ length: count }, (_, i) => {
    const { date, minute } = clock(instantAt(horizon, i));
    return at(weekdayOf(date), minute);
  });
};

const isAlways = ({ weekdays, from, to }: TimeWindow): boolean =>
  weekdays === undefined && from === undefined && to === undefined;

/** A kind's share of all minutes of a week. */
export const weeklyShare = (kind: ShrinkageKind): number =>
  [0, 1, 2, 3, 4, 5, 6].reduce((sum, weekday) => sum + shareWithin(kind, weekday, 0, dayMinutes), 0) / 7;

/** Shrinkage over all minutes of a week: for prices of an hour whose time is not known. */
export const meanShrinkage = (shrinkage: Shrinkage): number =>
  typeof shrinkage === 'number'
    ? shrinkage
    : Math.min(
        mostShrinkage,
        shrinkage.reduce((sum, kind) => sum + weeklyShare(kind), 0),
      );

/** The most that kinds add up to, and a minute of the week (weekday Monday 0) at which they do. */
export const fullestShrinkage = (
  kinds: readonly ShrinkageKind[],
): { readonly share: number; readonly weekday: number; readonly minute: number } => {
  let fullest = { share: 0, weekday: 0, minute: 0 };
  const edges = new Set([
    0,
    ...kinds.map(({ from }) => minuteOf(from ?? '00:00')),
    ...kinds.map(({ to }) => minuteOf(to ?? '24:00')),
  ]);
  for (let weekday = 0; weekday < 7; weekday += 1) {
    for (const minute of edges) {
      if (minute >= dayMinutes) continue;
      const share = kinds.reduce((sum, kind) => sum + shareWithin(kind, weekday, minute, 1), 0);
      if (share > fullest.share + 1e-12) fullest = { share, weekday, minute };
    }
  }
  return fullest;
};

/** How absences are drawn: the law that a tier's operators stay away by on the day. */
export interface AbsenceLaw {
  /** Repeats the draws. */
  readonly seed: number;
  /**
   * By tier, how much a day's chance of being away differs from day to day beyond the luck of single operators:
   * standard deviation of its logarithm; 0 where left out.
   */
  readonly daySpread: Readonly<Record<string, number>>;
}

/** Most that a chance of being away is taken to be on any day. */
const mostChance = 0.95;

/**
 * Share of paid time that is taken to be lost on the day where shrinkage is one figure: 5 % sickness (the typical
 * list of CCa2z's shrinkage calculator; 4–8 % in Turnella's guide) and 1 % late starts (0.5–2 % there).
 */
export const assumedOnTheDay = 0.06;

/** The kinds of shrinkage; one figure is planned but for the share that is usually lost on the day. */
export const shrinkageKinds = (shrinkage: Shrinkage): readonly ShrinkageKind[] => {
  if (typeof shrinkage !== 'number') return shrinkage;
  const onTheDay = Math.min(assumedOnTheDay, shrinkage);
  return [{ share: shrinkage - onTheDay }, { share: onTheDay, onTheDay: true }];
};

/**
 * By interval, the chance that an operator whom the roster counts on stays away: the share lost to kinds that nobody
 * knows before the day, of those whom planned kinds leave.
 */
export const absenceChance = (shrinkage: Shrinkage, horizon: Horizon): Float64Array => {
  const kinds = shrinkageKinds(shrinkage);
  const [drawn, planned] = [true, false].map((onTheDay) =>
    shrinkageByInterval(
      kinds.filter((kind) => (kind.onTheDay ?? false) === onTheDay),
      horizon,
    ),
  );
  return Float64Array.from(
    { length: horizon.count },
    (_, i) => (drawn?.[i] ?? 0) / (1 - (planned?.[i] ?? 0)),
  );
};

/** Draws of a tier in one sample path. */
export const absenceRandom = (law: AbsenceLaw, tier: number, path: number, stream: number): Random =>
  seededRandom(law.seed, 0x2000_0000 + (path * 64 + tier) * 1024 + stream);

/** Factors on the chance of being away, one a day, mean 1: log-normal. */
export const dayFactors = (
  law: AbsenceLaw,
  name: string,
  tier: number,
  path: number,
  days: number,
): number[] => {
  const sd = law.daySpread[name] ?? 0;
  const random = absenceRandom(law, tier, path, 1023);
  return Array.from({ length: days }, () => Math.exp(sd * random.normal() - (sd * sd) / 2));
};

/** A day's chance of being away. */
export const chanceOn = (chance: number, factor: number): number => Math.min(mostChance, chance * factor);
