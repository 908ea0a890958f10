import { type Calendar, isMakeUpDay } from '../../kernel/calendar.ts';
import { type DayGrid, daySlots } from '../../kernel/interval-series.ts';
import { dateOfDayNumber, dayNumber, type PlainDate, weekdayOfDay } from '../../kernel/time.ts';

/** Zeros with more calls than this expected are an outage, or closed hours where they recur. */
export const impossibleZeros = 25;

/** Which slots of which weekday carry any count among that weekday's last twelve days with data. */
export const presentSlots = (grid: DayGrid, before: number): Uint8Array => {
  const slotsPerDay = grid.slotsPerDay;
  const present = new Uint8Array(7 * slotsPerDay);
  const seen = new Uint8Array(7);
  const first = dayNumber(grid.firstDate);
  for (let day = Math.min(before - first, grid.dayCount) - 1; day >= 0; day -= 1) {
    const weekday = weekdayOfDay(first + day);
    if ((seen[weekday] ?? 0) >= 12 || before - first - day > 182) continue;
    let any = 0;
    for (let slot = 0; slot < slotsPerDay; slot += 1) {
      if (Number.isNaN(grid.values[day * slotsPerDay + slot]!)) continue;
      present[weekday * slotsPerDay + slot] = 1;
      any = 1;
    }
    seen[weekday] = (seen[weekday] ?? 0) + any;
  }
  return present;
};

/** Days that are looked back on for closed hours. */
const lookBackDays = 182;

/** Closes slots of a weekday that are zero in every day seen, in runs too long to be chance. */
const closeZeroRuns = (grid: DayGrid, until: number, mask: Uint8Array): void => {
  const slotsPerDay = grid.slotsPerDay;
  const first = dayNumber(grid.firstDate);
  const sums = new Float64Array(7 * slotsPerDay);
  const counts = new Float64Array(7 * slotsPerDay);
  for (let day = Math.max(0, until - lookBackDays); day < Math.min(until, grid.dayCount); day += 1) {
    const weekday = weekdayOfDay(first + day);
    for (let slot = 0; slot < slotsPerDay; slot += 1) {
      const calls = grid.values[day * slotsPerDay + slot]!;
      if (Number.isNaN(calls)) continue;
      sums[weekday * slotsPerDay + slot]! += calls;
      counts[weekday * slotsPerDay + slot]! += 1;
    }
  }
  const rates = Array.from({ length: 7 }, (_, weekday) =>
    callsPerLitSlot(sums, counts, weekday * slotsPerDay, slotsPerDay),
  );
  const lit = rates.filter((rate) => rate.lit > 0);
  // A weekday without any call is held against what the others have in a day.
  const usual = lit.reduce((sum, { calls }) => sum + calls, 0) / (Math.max(1, lit.length) * slotsPerDay);
  for (let weekday = 0; weekday < 7; weekday += 1) {
    const own = rates[weekday]!;
    const rate = own.lit > 0 ? own.calls / own.lit : usual;
    for (let slot = 0; slot < slotsPerDay; slot += 1) {
      let end = slot;
      let expected = 0;
      while (end < slotsPerDay && sums[weekday * slotsPerDay + end] === 0) {
        expected += counts[weekday * slotsPerDay + end]! * rate;
        end += 1;
      }
      if (expected > impossibleZeros) mask.fill(0, weekday * slotsPerDay + slot, weekday * slotsPerDay + end);
      if (end > slot) slot = end;
    }
  }
};

/** Calls of a weekday's usual day, and in how many slots they come. */
const callsPerLitSlot = (
  sums: Float64Array,
  counts: Float64Array,
  from: number,
  slots: number,
): { readonly calls: number; readonly lit: number } => {
  let calls = 0;
  let lit = 0;
  for (let i = from; i < from + slots; i += 1) {
    if (sums[i] === 0) continue;
    calls += sums[i]! / counts[i]!;
    lit += 1;
  }
  return { calls, lit };
};

/** A weekday that a history of less than a week has not seen yet is taken to be open whenever another one is. */
const openUnseenDays = (grid: DayGrid, before: number, mask: Uint8Array): void => {
  const slotsPerDay = grid.slotsPerDay;
  const first = dayNumber(grid.firstDate);
  const from = first + Math.floor(grid.values.findIndex((v) => !Number.isNaN(v)) / slotsPerDay);
  if (from < first || before - from >= 7) return;
  const ever = Uint8Array.from({ length: slotsPerDay }, (_, s) =>
    Array.from({ length: 7 }, (__, weekday) => mask[weekday * slotsPerDay + s]).includes(1) ? 1 : 0,
  );
  for (let day = before; day < from + 7; day += 1) mask.set(ever, weekdayOfDay(day) * slotsPerDay);
};

/**
 * Which slots of which weekday a history before `before` (a day number) shows to be open: slots with data, without runs
 * of zeros too long to be chance. Seven days × slots, Monday first.
 */
export const openingMask = (grid: DayGrid, before: number): Uint8Array => {
  const mask = presentSlots(grid, before);
  if (grid.slotsPerDay > 1) closeZeroRuns(grid, before - dayNumber(grid.firstDate), mask);
  openUnseenDays(grid, before, mask);
  return mask;
};

interface KnownHistory {
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

/** A grid's days by what they tell of opening hours. */
interface PartedDays {
  /** Without the make-up workdays: they say nothing of their weekday. */
  readonly ordinary: DayGrid;
  /** 1 for each slot in which a make-up workday had calls; undefined where none on record had any. */
  readonly makeUp: Uint8Array | undefined;
}

/** Parts the days before `before` (a day number): a worked Saturday does not open Saturdays. */
export const partMakeUpDays = (grid: DayGrid, before: number, calendar: Calendar): PartedDays => {
  const makeUp = new Uint8Array(grid.slotsPerDay);
  const days: number[] = [];
  const first = dayNumber(grid.firstDate);
  for (let day = 0; day < Math.min(grid.dayCount, before - first); day += 1) {
    if (!isMakeUpDay(calendar, dateOfDayNumber(first + day))) continue;
    days.push(day);
    daySlots(grid, day).forEach((calls, slot) => {
      if (calls > 0) makeUp[slot] = 1;
    });
  }
  if (days.length === 0) return { ordinary: grid, makeUp: undefined };
  const ordinary = { ...grid, values: grid.values.slice() };
  for (const day of days) daySlots(ordinary, day).fill(Number.NaN);
  return { ordinary, makeUp: makeUp.includes(1) ? makeUp : undefined };
};
