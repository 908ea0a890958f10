import type { DayGrid } from '../kernel/interval-series.ts';
import { dateOfDayNumber, dayNumber, type PlainDate } from '../kernel/time.ts';
import { dayFeatures, type DayFeatures } from './day-features.ts';
import type { ForecastRequest } from './forecast-types.ts';

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

/** Zeros with more calls than this expected are an outage, or closed hours where they recur. */
const impossibleZeros = 25;

const weekdayOfDay = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Which slots of which weekday carry any count among that weekday's last twelve days with data. */
export const presentSlots = (grid: DayGrid, before: number): Uint8Array => {
  const s = grid.slotsPerDay;
  const present = new Uint8Array(7 * s);
  const seen = new Uint8Array(7);
  const first = dayNumber(grid.firstDate);
  for (let d = Math.min(before - first, grid.dayCount) - 1; d >= 0; d -= 1) {
    const weekday = weekdayOfDay(first + d);
    if ((seen[weekday] ?? 0) >= 12 || before - first - d > 182) continue;
    let any = 0;
    for (let slot = 0; slot < s; slot += 1) {
      if (Number.isNaN(grid.values[d * s + slot]!)) continue;
      present[weekday * s + slot] = 1;
      any = 1;
    }
    seen[weekday] = (seen[weekday] ?? 0) + any;
  }
  return present;
};

/** Slots of a weekday that are zero in every day seen, in runs too long to be chance: closed hours. */
const closeZeroRuns = (
  values: Float64Array,
  days: number,
  a: number,
  firstDay: number,
  mask: Uint8Array,
): void => {
  const sums = new Float64Array(7 * a);
  const counts = new Float64Array(7 * a);
  for (let d = Math.max(0, days - 182); d < days; d += 1) {
    const w = weekdayOfDay(firstDay + d);
    for (let s = 0; s < a; s += 1) {
      const v = values[d * a + s]!;
      if (Number.isNaN(v)) continue;
      sums[w * a + s]! += v;
      counts[w * a + s]! += 1;
    }
  }
  for (let w = 0; w < 7; w += 1) {
    let rate = 0;
    let lit = 0;
    for (let s = 0; s < a; s += 1) {
      if (sums[w * a + s]! > 0) {
        rate += sums[w * a + s]! / counts[w * a + s]!;
        lit += 1;
      }
    }
    for (let s = 0; s < a; s += 1) {
      let end = s;
      let expected = 0;
      while (end < a && (sums[w * a + end] ?? 0) === 0) {
        expected += (counts[w * a + end]! * rate) / Math.max(1, lit);
        end += 1;
      }
      if (expected > impossibleZeros) mask.fill(0, w * a + s, w * a + end);
      if (end > s) s = end;
    }
  }
};

/** Mean share of each active slot per weekday, from days that are wholly known; a first, rough profile. */
const roughProfile = (values: Float64Array, days: number, a: number, open: Uint8Array, firstDay: number) => {
  const sums = new Float64Array(7 * a);
  const counts = new Float64Array(7 * a);
  for (let d = 0; d < days; d += 1) {
    const w = weekdayOfDay(firstDay + d);
    for (let s = 0; s < a; s += 1) {
      const v = values[d * a + s]!;
      if (Number.isNaN(v) || open[d * a + s] === 0) continue;
      sums[w * a + s]! += v;
      counts[w * a + s]! += 1;
    }
  }
  const profile = new Float64Array(7 * a);
  for (let i = 0; i < profile.length; i += 1) profile[i] = counts[i]! > 0 ? sums[i]! / counts[i]! : 0;
  return profile;
};

const findOutages = (
  values: Float64Array,
  days: number,
  a: number,
  open: Uint8Array,
  profile: Float64Array,
  features: DayFeatures,
): { date: PlainDate; slots: number }[] => {
  const found: { date: PlainDate; slots: number }[] = [];
  for (let d = 0; d < days; d += 1) {
    const w = weekdayOfDay(features.firstDay + d);
    let lost = 0;
    let s = 0;
    while (s < a) {
      if (open[d * a + s] === 0 || values[d * a + s]! !== 0) {
        s += 1;
        continue;
      }
      let end = s;
      let expected = 0;
      while (end < a && values[d * a + end] === 0) {
        expected += open[d * a + end] === 1 ? profile[w * a + end]! : 0;
        end += 1;
      }
      if (expected > impossibleZeros) {
        values.fill(Number.NaN, d * a + s, d * a + end);
        lost += end - s;
      }
      s = end;
    }
    // A holiday without a single call is a closure, which is no news.
    if (lost > 0 && features.holiday[d] === 0) {
      found.push({ date: dateOfDayNumber(features.firstDay + d), slots: lost });
    }
  }
  return found;
};

const completeTotals = (
  values: Float64Array,
  days: number,
  a: number,
  open: Uint8Array,
  profile: Float64Array,
  firstDay: number,
): { totals: Float64Array; observed: Float64Array } => {
  const totals = new Float64Array(days).fill(Number.NaN);
  const observed = new Float64Array(days);
  for (let d = 0; d < days; d += 1) {
    const w = weekdayOfDay(firstDay + d);
    let sum = 0;
    let known = 0;
    let all = 0;
    let slots = 0;
    for (let s = 0; s < a; s += 1) {
      if (open[d * a + s] === 0) continue;
      const usual = profile[w * a + s]!;
      all += usual;
      const v = values[d * a + s]!;
      if (Number.isNaN(v)) continue;
      sum += v;
      known += usual;
      slots += 1;
    }
    const share = all > 0 ? known / all : slots > 0 ? 1 : 0;
    observed[d] = share;
    if (slots > 0 && share >= 0.3) totals[d] = sum / Math.max(share, 1e-9);
  }
  return { totals, observed };
};

/** First day after a closure counts like the first after a holiday, where the closure was short. */
const markClosures = (features: DayFeatures, totals: Float64Array, open: Uint8Array, a: number): void => {
  const usual = (d: number): boolean => {
    for (let s = 0; s < a; s += 1) if (open[d * a + s] === 1) return true;
    return false;
  };
  let closed = 0;
  let since = 9;
  for (let d = 0; d < features.count; d += 1) {
    if (!usual(d)) continue;
    if (d < totals.length && Number.isNaN(totals[d]!)) {
      closed += 1;
      continue;
    }
    if (closed > 0) since = closed <= 2 ? 0 : 9;
    closed = 0;
    since += 1;
    if (since <= 3 && features.after[d] === 0 && features.holiday[d] === 0) features.after[d] = since;
  }
};

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
  for (let w = 0; w < 7; w += 1)
    for (let s = 0; s < a; s += 1) mask[w * a + s] = present[w * n + active[s]!]!;
  if (a > 1) closeZeroRuns(values, days, a, firstDay, mask);
  const open = new Uint8Array((days + horizon) * a);
  for (let d = 0; d < days + horizon; d += 1) {
    const w = weekdayOfDay(firstDay + d);
    for (let s = 0; s < a; s += 1) open[d * a + s] = mask[w * a + s]!;
    if (request.open === undefined || d < days) continue;
    const date = dateOfDayNumber(firstDay + d);
    for (let s = 0; s < a; s += 1) open[d * a + s] = request.open(date, active[s]!) ? 1 : 0;
  }
  const features = dayFeatures(request.calendar, request.events ?? [], firstDay, days + horizon);
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
