import type { Horizon } from './hotline.ts';
import { localClock, weekdayOf } from './time.ts';
import {
  coveredMinutes,
  dayMinutes,
  minuteOf,
  minutesWithin,
  spanOf,
  type TimeWindow,
} from './time-window.ts';

/** One kind of paid time that is not available for calls: leave, training, coaching, meetings. */
export interface ShrinkageKind extends TimeWindow {
  /** Share of the paid time in its window, 0–1. */
  readonly share: number;
  /** Nobody knows before the day whom it takes, and then for a whole shift (sickness); else the roster allows for it. */
  readonly onTheDay?: boolean | undefined;
}

/** Share of paid time not available for calls: one figure at all times, or kinds that add up. */
export type Shrinkage = number | readonly ShrinkageKind[];

/** Share of paid time that a kind takes in some minutes of a weekday (Monday 0). */
export const shareWithin = (kind: ShrinkageKind, weekday: number, start: number, length: number): number =>
  (kind.share * coveredMinutes(kind, weekday, start, length)) / length;

/** Most that shrinkage may be: beyond it hardly anybody is left, and a need in heads says nothing. */
export const mostShrinkage = 0.9;

/** Shrinkage of each interval of a horizon: the kinds' shares added, each for the minutes of its window. */
export const shrinkageByInterval = (shrinkage: Shrinkage, horizon: Horizon): Float64Array => {
  const { zone, startMillis, intervalMinutes, count } = horizon;
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
    const { date, minute } = clock(startMillis + i * intervalMinutes * 60_000);
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
