import type { DayGrid } from '../../kernel/interval-series.ts';
import { dateOfDayNumber, dayNumber, weekdayOfDay, type PlainDate } from '../../kernel/time.ts';
import { closeHolidays } from './closed-holidays.ts';
import { dayFeatures, type DayFeatures } from './day-features.ts';
import type { ForecastRequest } from '../forecast-types.ts';
import { markHolidayPrior } from './holiday-prior.ts';
import { completeTotals, findOutages, markClosures, roughProfile } from './observed-days.ts';
import { openingMask, presentSlots } from './opening-pattern.ts';

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

/** Longest history that is looked at, days: older than three years says nothing that newer does not. */
const longestHistory = 1100;

/** Lays a grid out for fits, using only days before the request's origin. Undefined when nothing is left. */
export const prepareHistory = (grid: DayGrid, request: ForecastRequest): PreparedHistory | undefined => {
  const origin = dayNumber(request.origin);
  const gridFirst = dayNumber(grid.firstDate);
  const n = grid.slotsPerDay;
  const hasData = (d: number): boolean => {
    for (let i = d * n; i < (d + 1) * n; i += 1) if (!Number.isNaN(grid.values[i]!)) return true;
    return false;
  };
  let from = Math.max(0, origin - gridFirst - longestHistory);
  const until = Math.min(grid.dayCount, origin - gridFirst);
  while (from < until && !hasData(from)) from += 1;
  if (from >= until) return undefined;
  const firstDay = gridFirst + from;
  const days = origin - firstDay;
  const horizon = request.days;
  const shown = openingMask(grid, origin);
  const present = presentSlots(grid, origin);
  const active: number[] = [];
  for (let slot = 0; slot < n; slot += 1) {
    for (let w = 0; w < 7; w += 1) {
      if (present[w * n + slot] === 1) {
        active.push(slot);
        break;
      }
    }
  }
  const a = active.length;
  const values = new Float64Array(days * a).fill(Number.NaN);
  for (let d = 0; d < until - from; d += 1) {
    for (let s = 0; s < a; s += 1) values[d * a + s] = grid.values[(from + d) * n + active[s]!]!;
  }
  const mask = new Uint8Array(7 * a);
  for (let w = 0; w < 7; w += 1) for (let s = 0; s < a; s += 1) mask[w * a + s] = shown[w * n + active[s]!]!;
  const open = new Uint8Array((days + horizon) * a);
  for (let d = 0; d < days + horizon; d += 1) {
    const w = weekdayOfDay(firstDay + d);
    for (let s = 0; s < a; s += 1) open[d * a + s] = mask[w * a + s]!;
    if (request.open === undefined || d < days) continue;
    const date = dateOfDayNumber(firstDay + d);
    // Hours in which the history shows no calls stay closed: nothing could be learnt of them, and a guess from other
    // hours would take calls from those that have them.
    for (let s = 0; s < a; s += 1) if (!request.open(date, active[s]!)) open[d * a + s] = 0;
  }
  const features = dayFeatures(request.calendar, request.events ?? [], firstDay, days + horizon);
  closeHolidays(values, open, days, features);
  const profile = roughProfile(values, days, a, open, firstDay);
  const outages =
    request.cleaning?.outages === false ? [] : findOutages(values, days, a, open, profile, features);
  const completed = completeTotals(
    values,
    days,
    a,
    open,
    outages.length > 0 ? roughProfile(values, days, a, open, firstDay) : profile,
    firstDay,
  );
  markClosures(features, completed.totals, open, a);
  markHolidayPrior(features, completed.totals);
  return {
    firstDay,
    days,
    horizon,
    slotsPerDay: n,
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
export const historyUntil = (h: PreparedHistory, origin: number, horizon: number): PreparedHistory => {
  const a = h.slotOf.length;
  const days = Math.min(origin, h.days);
  return {
    ...h,
    days,
    horizon,
    values: h.values.subarray(0, days * a),
    open: h.open.subarray(0, (days + horizon) * a),
    totals: h.totals.subarray(0, days),
    observed: h.observed.subarray(0, days),
  };
};

/** Days with a known total. */
export const knownDays = (h: PreparedHistory): number[] => {
  const known: number[] = [];
  for (let d = 0; d < h.days; d += 1) if (!Number.isNaN(h.totals[d]!)) known.push(d);
  return known;
};
