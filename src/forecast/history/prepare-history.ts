import type { DayGrid } from '../../kernel/interval-series.ts';
import { dateOfDayNumber, dayNumber, weekdayOfDay, type PlainDate } from '../../kernel/time.ts';
import { closeHolidays } from './closed-holidays.ts';
import { dayFeatures, makeUpClass, type DayFeatures } from './day-features.ts';
import type { ForecastRequest } from '../forecast-types.ts';
import { markHolidayPrior } from './holiday-prior.ts';
import { completeTotals, findOutages, markClosures, roughProfile } from './observed-days.ts';
import { partMakeUpDays } from './make-up-days.ts';
import { openingMask, presentSlots } from './opening-pattern.ts';
import { valueAt } from '../../kernel/value-at.ts';

/**
 * A queue's history made ready for fits: only slots that are ever open ("active"), outages as gaps, day
 * totals completed where some slots are missing, and the calendar of history and horizon beside it.
 */
export interface PreparedHistory {
  readonly firstDay: number;
  /** Days of history; the horizon follows at once. */
  readonly days: number;
  readonly horizon: number;
  readonly slotsPerDay: number;
  readonly intervalMinutes: number;
  /** Slot of the day of each active slot. */
  readonly slotOf: Int32Array;
  /** Counts by day × active slot; NaN is a gap. */
  readonly values: Float64Array;
  /** 1 where a day × active slot is open, over history and horizon. */
  readonly open: Uint8Array;
  /** Completed day totals of the history; NaN where too little of the day is known. */
  readonly totals: Float64Array;
  /** Share of the day's usual calls that was observed, 0–1. */
  readonly observed: Float64Array;
  readonly features: DayFeatures;
  readonly outages: readonly { readonly date: PlainDate; readonly slots: number }[];
}

/** Longest history that is looked at, days: six years show the shape of the year through a disturbed one. */
const longestHistory = 2200;

/** Lays a grid out for fits, using only days before the request's origin. Undefined when nothing is left. */
export const prepareHistory = (grid: DayGrid, request: ForecastRequest): PreparedHistory | undefined => {
  const origin = dayNumber(request.origin);
  const gridFirst = dayNumber(grid.firstDate);
  const slotsPerDay = grid.slotsPerDay;
  const hasData = (day: number): boolean => {
    for (let i = day * slotsPerDay; i < (day + 1) * slotsPerDay; i += 1)
      if (!Number.isNaN(valueAt(grid.values, i))) return true;
    return false;
  };
  let from = Math.max(0, origin - gridFirst - longestHistory);
  const until = Math.min(grid.dayCount, origin - gridFirst);
  while (from < until && !hasData(from)) from += 1;
  if (from >= until) return undefined;
  const firstDay = gridFirst + from;
  const days = origin - firstDay;
  const horizon = request.days;
  const { ordinary, makeUp } = partMakeUpDays(grid, origin, request.calendar);
  const shown = openingMask(ordinary, origin);
  const present = presentSlots(ordinary, origin);
  const active: number[] = [];
  for (let slot = 0; slot < slotsPerDay; slot += 1) {
    let ever = makeUp?.[slot] === 1;
    for (let weekday = 0; weekday < 7 && !ever; weekday += 1)
      ever = present[weekday * slotsPerDay + slot] === 1;
    if (ever) active.push(slot);
  }
  const slots = active.length;
  const values = new Float64Array(days * slots).fill(Number.NaN);
  for (let day = 0; day < until - from; day += 1) {
    for (let slot = 0; slot < slots; slot += 1)
      values[day * slots + slot] = valueAt(grid.values, (from + day) * slotsPerDay + valueAt(active, slot));
  }
  const mask = new Uint8Array(7 * slots);
  for (let weekday = 0; weekday < 7; weekday += 1)
    for (let slot = 0; slot < slots; slot += 1)
      mask[weekday * slots + slot] = valueAt(shown, weekday * slotsPerDay + valueAt(active, slot));
  const features = dayFeatures(request.calendar, request.events ?? [], firstDay, days + horizon);
  const open = new Uint8Array((days + horizon) * slots);
  for (let day = 0; day < days + horizon; day += 1) {
    const weekday = weekdayOfDay(firstDay + day);
    const worked = features.weekdayClass[day] === makeUpClass ? makeUp : undefined;
    for (let slot = 0; slot < slots; slot += 1)
      open[day * slots + slot] =
        worked === undefined ? valueAt(mask, weekday * slots + slot) : valueAt(worked, valueAt(active, slot));
    if (request.open === undefined || day < days) continue;
    const date = dateOfDayNumber(firstDay + day);
    // Hours in which the history shows no calls stay closed: nothing could be learnt of them, and a guess from other
    // hours would take calls from those that have them.
    for (let slot = 0; slot < slots; slot += 1)
      if (!request.open(date, valueAt(active, slot))) open[day * slots + slot] = 0;
  }
  closeHolidays(values, open, days, features);
  const profile = roughProfile(values, days, slots, open, firstDay);
  const outages =
    request.cleaning?.outages === false ? [] : findOutages(values, days, slots, open, profile, features);
  const completed = completeTotals(
    values,
    days,
    slots,
    open,
    outages.length > 0 ? roughProfile(values, days, slots, open, firstDay) : profile,
    firstDay,
  );
  markClosures(features, completed.totals, open, slots);
  markHolidayPrior(features, completed.totals);
  return {
    firstDay,
    days,
    horizon,
    slotsPerDay,
    intervalMinutes: grid.intervalMinutes,
    slotOf: Int32Array.from(active),
    values,
    open,
    ...completed,
    features,
    outages,
  };
};

/** The same history as it was known `origin` days after its start, with the days after it as horizon. */
export const historyUntil = (history: PreparedHistory, origin: number, horizon: number): PreparedHistory => {
  const slots = history.slotOf.length;
  const days = Math.min(origin, history.days);
  return {
    ...history,
    days,
    horizon,
    values: history.values.subarray(0, days * slots),
    open: history.open.subarray(0, (days + horizon) * slots),
    totals: history.totals.subarray(0, days),
    observed: history.observed.subarray(0, days),
  };
};

/** Days with a known total. */
export const knownDays = (history: PreparedHistory): number[] => {
  const known: number[] = [];
  for (let day = 0; day < history.days; day += 1)
    if (!Number.isNaN(valueAt(history.totals, day))) known.push(day);
  return known;
};
