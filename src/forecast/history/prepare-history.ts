import type { Calendar } from '../../kernel/calendar.ts';
import { type DayGrid, daySlots } from '../../kernel/interval-series.ts';
import { dateOfDayNumber, dayNumber, type PlainDate, weekdayOfDay } from '../../kernel/time.ts';
import type { EventRecord } from '../../kernel/records.ts';
import { median } from '../../kernel/statistics.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
import { type DayFeatures, dayFeatures, makeUpClass } from './day-features.ts';
import { impossibleZeros, openingMask, partMakeUpDays, presentSlots } from './opening-pattern.ts';

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

/** What a history is made ready for: the days ahead, and what is known of days. */
export interface HistoryRequest {
  /** First day that may not be used, and the first day forecast. */
  readonly origin: PlainDate;
  /** Days to forecast, at least 0. */
  readonly days: number;
  readonly calendar: Calendar;
  readonly events?: readonly EventRecord[];
  /** Stated opening hours: they close what the history shows as open; what it shows as closed stays closed. */
  readonly open?: (date: PlainDate, slot: number) => boolean;
  readonly cleaning?: {
    /** Keep days that look like outages out of the fit (default true). */
    readonly outages?: boolean;
    /** Weaken days and slots far off what their neighbours say (default true). */
    readonly outliers?: boolean;
    /** Let the level jump where a lasting shift is evident (default true). */
    readonly levelShifts?: boolean;
  };
}

/** Longest history that is looked at, days: six years show the shape of the year through a disturbed one. */
const longestHistory = 2200;

/** Lays a grid out for fits, using only days before the request's origin. Undefined when nothing is left. */
export const prepareHistory = (grid: DayGrid, request: HistoryRequest): PreparedHistory | undefined => {
  const origin = dayNumber(request.origin);
  const gridFirst = dayNumber(grid.firstDate);
  const slotsPerDay = grid.slotsPerDay;
  let from = Math.max(0, origin - gridFirst - longestHistory);
  const until = Math.min(grid.dayCount, origin - gridFirst);
  while (from < until && daySlots(grid, from).every(Number.isNaN)) from += 1;
  if (from >= until) return undefined;
  const firstDay = gridFirst + from;
  const days = origin - firstDay;
  const horizon = request.days;
  const { ordinary, makeUp } = partMakeUpDays(grid, origin, request.calendar);
  const shown = openingMask(ordinary, origin);
  const present = presentSlots(ordinary, origin);
  const everPresent = new Set(Array.from(present, (own, at) => (own === 1 ? at % slotsPerDay : -1)));
  const active = Array.from({ length: slotsPerDay }, (_, slot) => slot).filter(
    (slot) => makeUp?.[slot] === 1 || everPresent.has(slot),
  );
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

/** Days with a known total. */
export const knownDays = (history: PreparedHistory): number[] => {
  const known: number[] = [];
  for (let day = 0; day < history.days; day += 1)
    if (!Number.isNaN(valueAt(history.totals, day))) known.push(day);
  return known;
};

/** Fewest holidays without a call that show a line to be closed on them. */
const leastHolidays = 3;

/**
 * Closes the full holidays of the horizon in `open` (days × active slots) where every full holiday that the history
 * records on a usually open day, three or more, has not a single call. Days without records say nothing.
 */
export const closeHolidays = (
  values: Float64Array,
  open: Uint8Array,
  days: number,
  features: DayFeatures,
): void => {
  const slots = open.length / features.count;
  let silent = 0;
  for (let day = 0; day < days; day += 1) {
    if (features.holiday[day] !== 1) continue;
    const calls = recordedCalls(values, open, day * slots, (day + 1) * slots);
    if (calls === undefined) continue;
    if (calls > 0) return;
    silent += 1;
  }
  if (silent < leastHolidays) return;
  for (let day = days; day < features.count; day += 1)
    if (features.holiday[day] === 1) open.fill(0, day * slots, (day + 1) * slots);
};

/** Calls in the open slots of a range; undefined where none is recorded. */
const recordedCalls = (
  values: Float64Array,
  open: Uint8Array,
  from: number,
  to: number,
): number | undefined => {
  let sum: number | undefined;
  for (let i = from; i < to; i += 1) {
    const calls = valueAt(values, i);
    if (open[i] === 1 && !Number.isNaN(calls)) sum = (sum ?? 0) + calls;
  }
  return sum;
};

/** Days back in which the week's rhythm is read. */
const recentDays = 84;
/** Fewest days of a kind that show its level. */
const leastDays = 3;
/** A day of rest this close to the working days (log scale) says nothing of holidays. */
const tellingGap = 0.1;
/** Share of a holiday's log factor that a half day is expected to have. */
const halfDay = 0.5;
/** Holidays seen by which the expectation has lost half its say: then they speak for themselves. */
const halfSaid = 5;

/**
 * What is a holiday like before the line has seen one? Like its day of rest: where weekends are quiet a holiday
 * is quiet too, where they are busy (a health line) it is busy. Writes the log factor of every full holiday,
 * and half of it for half days, to `features.holidayPrior`; 0 where no weekend day was ever answered. `totals` are the history's day totals.
 */
const markHolidayPrior = (features: DayFeatures, totals: Float64Array): void => {
  let seen = 0;
  for (let day = 0; day < totals.length; day += 1)
    if (features.holiday[day] === 1 && valueAt(totals, day) > 0) seen += 1;
  const logs: number[][] = Array.from({ length: 7 }, () => []);
  for (let day = Math.max(0, totals.length - recentDays); day < totals.length; day += 1) {
    const dayClass = valueAt(features.weekdayClass, day);
    if (dayClass > 6 || valueAt(features.holiday, day) > 0 || !(valueAt(totals, day) > 0)) continue;
    valueAt(logs, dayClass).push(Math.log(valueAt(totals, day)));
  }
  const levels = logs.map((l) => (l.length >= leastDays ? median(l) : Number.NaN));
  const working = levels.slice(0, 4).filter((l) => !Number.isNaN(l));
  const resting = levels.slice(5).filter((l) => !Number.isNaN(l));
  if (working.length === 0 || resting.length === 0) return;
  const usual = median(working);
  const rest = resting.reduce((a, b) => (Math.abs(b - usual) > Math.abs(a - usual) ? b : a));
  const say = halfSaid / (halfSaid + seen);
  for (let day = 0; day < features.count; day += 1) {
    const part = features.holiday[day] === 1 ? 1 : features.half[day] === 1 ? halfDay : 0;
    if (part === 0) continue;
    const own = valueAt(levels, weekdayOfDay(features.firstDay + day));
    const gap = rest - (Number.isNaN(own) ? usual : own);
    features.holidayPrior[day] = part * say * Math.sign(gap) * Math.max(0, Math.abs(gap) - tellingGap);
  }
};

/** Mean share of each active slot per weekday, from days that are wholly known; a first, rough profile. */
const roughProfile = (
  values: Float64Array,
  days: number,
  slots: number,
  open: Uint8Array,
  firstDay: number,
) => {
  const sums = new Float64Array(7 * slots);
  const counts = new Float64Array(7 * slots);
  for (let day = 0; day < days; day += 1) {
    const weekday = weekdayOfDay(firstDay + day);
    for (let slot = 0; slot < slots; slot += 1) {
      const v = valueAt(values, day * slots + slot);
      if (Number.isNaN(v) || open[day * slots + slot] === 0) continue;
      addAt(sums, weekday * slots + slot, v);
      addAt(counts, weekday * slots + slot, 1);
    }
  }
  const profile = new Float64Array(7 * slots);
  for (let i = 0; i < profile.length; i += 1)
    profile[i] = valueAt(counts, i) > 0 ? valueAt(sums, i) / valueAt(counts, i) : 0;
  return profile;
};

/** Runs of zeros where many calls were due; they become gaps in `values`. */
const findOutages = (
  values: Float64Array,
  days: number,
  slots: number,
  open: Uint8Array,
  profile: Float64Array,
  features: DayFeatures,
): { date: PlainDate; slots: number }[] => {
  const found: { date: PlainDate; slots: number }[] = [];
  for (let day = 0; day < days; day += 1) {
    // A silent afternoon of a half day is closing time.
    if (features.half[day] === 1) continue;
    const weekday = weekdayOfDay(features.firstDay + day);
    let lost = 0;
    let slot = 0;
    while (slot < slots) {
      if (open[day * slots + slot] === 0 || valueAt(values, day * slots + slot) !== 0) {
        slot += 1;
        continue;
      }
      let end = slot;
      let expected = 0;
      while (end < slots && values[day * slots + end] === 0) {
        expected += open[day * slots + end] === 1 ? valueAt(profile, weekday * slots + end) : 0;
        end += 1;
      }
      if (expected > impossibleZeros) {
        values.fill(Number.NaN, day * slots + slot, day * slots + end);
        lost += end - slot;
      }
      slot = end;
    }
    // A holiday without a single call is a closure, which is no news.
    if (lost > 0 && features.holiday[day] === 0) {
      found.push({ date: dateOfDayNumber(features.firstDay + day), slots: lost });
    }
  }
  return found;
};

/** Day totals with missing slots made up for by the usual profile, and the share of the day observed. */
const completeTotals = (
  values: Float64Array,
  days: number,
  slotCount: number,
  open: Uint8Array,
  profile: Float64Array,
  firstDay: number,
): { totals: Float64Array; observed: Float64Array } => {
  const totals = new Float64Array(days).fill(Number.NaN);
  const observed = new Float64Array(days);
  for (let day = 0; day < days; day += 1) {
    const weekday = weekdayOfDay(firstDay + day);
    let sum = 0;
    let known = 0;
    let all = 0;
    let slots = 0;
    for (let slot = 0; slot < slotCount; slot += 1) {
      if (open[day * slotCount + slot] === 0) continue;
      const usual = valueAt(profile, weekday * slotCount + slot);
      all += usual;
      const v = valueAt(values, day * slotCount + slot);
      if (Number.isNaN(v)) continue;
      sum += v;
      known += usual;
      slots += 1;
    }
    const share = all > 0 ? known / all : slots > 0 ? 1 : 0;
    observed[day] = share;
    if (slots > 0 && share >= 0.3) totals[day] = sum / Math.max(share, 1e-9);
  }
  return { totals, observed };
};

/** First day after a closure counts like the first after a holiday, where the closure was short. */
const markClosures = (features: DayFeatures, totals: Float64Array, open: Uint8Array, slots: number): void => {
  let closed = 0;
  let since = 9;
  for (let day = 0; day < features.count; day += 1) {
    if (!open.subarray(day * slots, (day + 1) * slots).includes(1)) continue;
    if (day < totals.length && Number.isNaN(valueAt(totals, day))) {
      closed += 1;
      continue;
    }
    if (closed > 0) since = closed <= 2 ? 0 : 9;
    closed = 0;
    since += 1;
    if (since <= 3 && features.after[day] === 0 && features.holiday[day] === 0) features.after[day] = since;
  }
};
