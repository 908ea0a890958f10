import { hourMillis, localClock, type PlainDate } from './time.ts';

/**
 * A series laid out as days × slots of local wall clock: what forecasting works on. `values` holds day after
 * day (`values[day * slotsPerDay + slot]`); NaN is a gap, which is not zero. Dates are consecutive. A series
 * of day totals has one slot of 1440 minutes.
 */
export interface DayGrid {
  readonly firstDate: PlainDate;
  readonly dayCount: number;
  readonly intervalMinutes: number;
  readonly slotsPerDay: number;
  readonly values: Float64Array;
}

/** An empty grid (all gaps). `intervalMinutes` must divide a day. */
export const emptyDayGrid = (firstDate: PlainDate, dayCount: number, intervalMinutes: number): DayGrid => {
  const slotsPerDay = 1440 / intervalMinutes;
  return {
    firstDate,
    dayCount,
    intervalMinutes,
    slotsPerDay,
    values: new Float64Array(dayCount * slotsPerDay).fill(Number.NaN),
  };
};

/** One day's slots of a grid, as a view. */
export const daySlots = (grid: DayGrid, day: number): Float64Array =>
  grid.values.subarray(day * grid.slotsPerDay, (day + 1) * grid.slotsPerDay);

/** Total of a day, NaN when any slot that the mask wants is a gap. */
export const dayTotal = (grid: DayGrid, day: number): number => {
  let sum = 0;
  for (const value of daySlots(grid, day)) if (!Number.isNaN(value)) sum += value;
  return daySlots(grid, day).every(Number.isNaN) ? Number.NaN : sum;
};

/** A measured interval: the instant at which it starts and its count. */
export interface TimedCount {
  readonly startMillis: number;
  readonly count: number;
}

/** Where instants fall among days × slots of a zone's wall clock: the place of each in the values of a grid. */
interface DayLayout extends Omit<DayGrid, 'values'> {
  readonly places: Int32Array;
}

/** Undefined for no instants. */
export const layOutDays = (
  starts: ArrayLike<number>,
  zone: string,
  intervalMinutes: number,
): DayLayout | undefined => {
  if (starts.length === 0) return undefined;
  const clock = localClock(zone);
  let first = Infinity;
  let last = -Infinity;
  for (let i = 0; i < starts.length; i += 1) {
    const start = starts[i] ?? 0;
    if (start < first) first = start;
    if (start > last) last = start;
  }
  const { date: firstDate, day: firstDay } = clock(first);
  const slotsPerDay = 1440 / intervalMinutes;
  const places = Int32Array.from(starts, (start) => {
    const { day, minute } = clock(start);
    return (day - firstDay) * slotsPerDay + Math.floor(minute / intervalMinutes);
  });
  return { firstDate, dayCount: clock(last).day - firstDay + 1, intervalMinutes, slotsPerDay, places };
};

/**
 * Counts laid out as days × slots. Two intervals that fall on one wall clock (clocks put back) are averaged, since a slot
 * stands for one interval of the pattern; slots that no count falls on stay gaps.
 */
export const gridOf = (
  { firstDate, dayCount, intervalMinutes, places }: DayLayout,
  counts: ArrayLike<number>,
): DayGrid => {
  const grid = emptyDayGrid(firstDate, dayCount, intervalMinutes);
  const hits = new Uint8Array(grid.values.length);
  for (let i = 0; i < places.length; i += 1) {
    const index = places[i] ?? 0;
    const count = counts[i] ?? 0;
    const before = hits[index] ?? 0;
    grid.values[index] = before === 0 ? count : ((grid.values[index] ?? 0) * before + count) / (before + 1);
    hits[index] = before + 1;
  }
  return grid;
};

/** Timed counts as days × slots (`gridOf`). Undefined for no counts. */
export const toDayGrid = (
  counts: readonly TimedCount[],
  zone: string,
  intervalMinutes: number,
): DayGrid | undefined => {
  const layout = layOutDays(
    counts.map(({ startMillis }) => startMillis),
    zone,
    intervalMinutes,
  );
  return layout === undefined
    ? undefined
    : gridOf(
        layout,
        counts.map(({ count }) => count),
      );
};

/** Of totals of days, by their starts in order, those in whose day an interval begins; a day alone may have 23 hours. */
export const totalsGivingWay = (totals: ArrayLike<number>, intervals: Iterable<number>): number[] => {
  const given = Float64Array.from(intervals).sort();
  let next = 0;
  return Array.from(totals).filter((start, i) => {
    const following = totals[i + 1] ?? Infinity;
    const until = following <= start + 25 * hourMillis ? following : start + 23 * hourMillis;
    while ((given[next] ?? Infinity) < start) next += 1;
    return (given[next] ?? Infinity) < until;
  });
};
