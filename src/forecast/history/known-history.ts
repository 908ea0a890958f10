import type { DayGrid } from '../../kernel/interval-series.ts';
import { dateOfDayNumber, dayNumber, type PlainDate } from '../../kernel/time.ts';

/** How much of a grid is known before a date. */
export interface KnownHistory {
  readonly firstDate: PlainDate | undefined;
  readonly lastDate: PlainDate | undefined;
  /** Days from the first with data to the origin. */
  readonly spanDays: number;
  readonly daysWithData: number;
}

/** Counts the days with data before `origin` (all of the grid where it is left out). */
export const knownHistory = (grid: DayGrid, origin?: PlainDate): KnownHistory => {
  const first = dayNumber(grid.firstDate);
  const end = origin === undefined ? grid.dayCount : Math.min(grid.dayCount, dayNumber(origin) - first);
  let from = -1;
  let last = -1;
  let count = 0;
  for (let day = 0; day < end; day += 1) {
    const row = grid.values.subarray(day * grid.slotsPerDay, (day + 1) * grid.slotsPerDay);
    if (row.every(Number.isNaN)) continue;
    if (from < 0) from = day;
    last = day;
    count += 1;
  }
  return {
    firstDate: from < 0 ? undefined : dateOfDayNumber(first + from),
    lastDate: last < 0 ? undefined : dateOfDayNumber(first + last),
    spanDays: from < 0 ? 0 : (origin === undefined ? last + 1 : dayNumber(origin) - first) - from,
    daysWithData: count,
  };
};
