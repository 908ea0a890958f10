import { median, robustScale } from '../numbers/robust.ts';
import { demandsIn, usualIn, type TopicDays } from './topic-days.ts';

/** A topic's last week far above the four before it. */
export interface RiseNow {
  readonly demands: number;
  readonly expected: number;
  /** Standard deviations of what such weeks differ by. */
  readonly deviations: number;
}

const weeksBefore = 4;
/** Weeks that show by how much a week differs from the four before it. */
const weeksSeen = 104;
const fewestWeeks = 12;
/** From here on a week is told; measured on topics that only scatter and walk (tests/forecast/topics.test.ts). */
const leastDeviations = 4;
const leastTimes = 1.3;
const leastMore = 10;

/** Log of a week's demands over those that the four weeks before it make usual, and the variance that counting brings. */
const changeAt = (
  days: TopicDays,
  end: number,
  timesOf: (from: number, to: number) => number,
): { readonly log: number; readonly counting: number; readonly expected: number } | undefined => {
  const start = end - 7;
  const before = start - 7 * weeksBefore;
  if (before < days.first) return undefined;
  const usual = usualIn(days, start, end);
  const usualBefore = usualIn(days, before, start);
  if (usual < 3 || usualBefore < 10) return undefined;
  const count = demandsIn(days, start, end);
  const expected = ((demandsIn(days, before, start) + 0.5) / usualBefore) * usual * timesOf(start, end);
  return {
    log: Math.log((count + 0.5) / (expected + 0.5)),
    counting: 1 / (expected + 0.5) + 1 / (demandsIn(days, before, start) + 0.5),
    expected,
  };
};

/**
 * Is the last week above the four before it beyond chance? `timesOf` says by how much a season makes days differ from
 * those four weeks.
 */
export const riseNow = (
  days: TopicDays,
  end: number,
  timesOf: (from: number, to: number) => number = () => 1,
): RiseNow | undefined => {
  const now = changeAt(days, end, timesOf);
  if (now === undefined) return undefined;
  const past: number[] = [];
  for (let back = 1; back <= weeksSeen; back += 1) {
    const week = changeAt(days, end - 7 * back, () => 1);
    if (week !== undefined) past.push(week.log / Math.sqrt(week.counting));
  }
  if (past.length < fewestWeeks) return undefined;
  const middle = median(past);
  const wide = Math.max(1, robustScale(past.map((value) => value - middle)));
  const deviations = now.log / Math.sqrt(now.counting) / wide;
  const demands = demandsIn(days, end - 7, end);
  const isFar =
    deviations >= leastDeviations &&
    demands >= leastTimes * now.expected &&
    demands - now.expected >= leastMore;
  return isFar ? { demands, expected: now.expected, deviations } : undefined;
};
