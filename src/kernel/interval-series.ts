import { localClock, type PlainDate } from './time.ts';

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

/**
 * Lays timed counts out as days × slots of a zone's wall clock. Two intervals that fall on one wall clock
 * (clocks put back) are averaged, since a slot stands for one interval of the pattern; slots that no count
 * falls on stay gaps. Returns undefined for no counts.
 */
export const toDayGrid = (
  counts: readonly TimedCount[],
  zone: string,
  intervalMinutes: number,
): DayGrid | undefined => {
  if (counts.length === 0) return undefined;
  const clock = localClock(zone);
  let first = Infinity;
  let last = -Infinity;
  for (const { startMillis } of counts) {
    if (startMillis < first) first = startMillis;
    if (startMillis > last) last = startMillis;
  }
  const { date: firstDate, day: firstDay } = clock(first);
  const grid = emptyDayGrid(firstDate, clock(last).day - firstDay + 1, intervalMinutes);
  const hits = new Uint8Array(grid.values.length);
  for (const { startMillis, count } of counts) {
    const { day, minute } = clock(startMillis);
    const index = (day - firstDay) * grid.slotsPerDay + Math.floor(minute / intervalMinutes);
    const before = hits[index] ?? 0;
    grid.values[index] = before === 0 ? count : ((grid.values[index] ?? 0) * before + count) / (before + 1);
    hits[index] = before + 1;
  }
  return grid;
};
