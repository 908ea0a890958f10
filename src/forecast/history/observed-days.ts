import { dateOfDayNumber, weekdayOfDay, type PlainDate } from '../../kernel/time.ts';
import type { DayFeatures } from './day-features.ts';
import { impossibleZeros } from './opening-pattern.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';

/** Mean share of each active slot per weekday, from days that are wholly known; a first, rough profile. */
export const roughProfile = (
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
export const findOutages = (
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
export const completeTotals = (
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
export const markClosures = (
  features: DayFeatures,
  totals: Float64Array,
  open: Uint8Array,
  slots: number,
): void => {
  const usual = (day: number): boolean => {
    for (let slot = 0; slot < slots; slot += 1) if (open[day * slots + slot] === 1) return true;
    return false;
  };
  let closed = 0;
  let since = 9;
  for (let day = 0; day < features.count; day += 1) {
    if (!usual(day)) continue;
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
