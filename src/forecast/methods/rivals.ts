import type { PreparedHistory } from '../history/prepare-history.ts';
import { median } from '../numbers/series-statistics.ts';

/**
 * The plain forecasts that planners know, slot by slot from the same weekday: the last one, the mean or the
 * median of the last few. They are the bar for everything else.
 */
export type PlainRule = 'last' | 'mean' | 'median';

/** Counts of the same weekday and slot before `origin`, latest first, at most `most`. */
const sameWeekday = (
  history: PreparedHistory,
  origin: number,
  day: number,
  slot: number,
  most: number,
): number[] => {
  const slots = history.slotOf.length;
  const found: number[] = [];
  let d = day - 7;
  while (d >= origin) d -= 7;
  for (; d >= 0 && found.length < most; d -= 7) {
    const calls = d < history.days ? history.values[d * slots + slot]! : Number.NaN;
    if (!Number.isNaN(calls)) found.push(calls);
  }
  return found;
};

/** Expected calls of one day by a plain rule, written to `out`; 0 in closed slots and where nothing is known. */
export const plainDay = (
  history: PreparedHistory,
  rule: PlainRule,
  most: number,
  origin: number,
  day: number,
  out: Float64Array,
  start: number,
): void => {
  const slots = history.slotOf.length;
  for (let slot = 0; slot < slots; slot += 1) {
    out[start + slot] = 0;
    if (history.open[day * slots + slot] === 0) continue;
    const past = sameWeekday(history, origin, day, slot, rule === 'last' ? 1 : most);
    if (past.length === 0) continue;
    out[start + slot] = rule === 'median' ? median(past) : past.reduce((x, y) => x + y, 0) / past.length;
  }
};
