import { dateOfDayNumber, weekdayOfDay, type PlainDate } from '../../kernel/time.ts';
import type { DayFeatures } from './day-features.ts';
import { impossibleZeros } from './opening-pattern.ts';

/** Mean share of each active slot per weekday, from days that are wholly known; a first, rough profile. */
export const roughProfile = (
  values: Float64Array,
  days: number,
  a: number,
  open: Uint8Array,
  firstDay: number,
) => {
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

/** Runs of zeros where many calls were due; they become gaps in `values`. */
export const findOutages = (
  values: Float64Array,
  days: number,
  a: number,
  open: Uint8Array,
  profile: Float64Array,
  features: DayFeatures,
): { date: PlainDate; slots: number }[] => {
  const found: { date: PlainDate; slots: number }[] = [];
  for (let d = 0; d < days; d += 1) {
    // A silent afternoon of a half day is closing time.
    if (features.half[d] === 1) continue;
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

/** Day totals with missing slots made up for by the usual profile, and the share of the day observed. */
export const completeTotals = (
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
export const markClosures = (
  features: DayFeatures,
  totals: Float64Array,
  open: Uint8Array,
  a: number,
): void => {
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
