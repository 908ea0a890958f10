import { makeUpClass } from '../history/day-features.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';

/** Half-lives of the profiles, weeks. */
export const halfLives = [4, 8, 16, 32] as const;
/** Weekdays 0–6, holidays and half days as classes of their own. */
const classes = 9;
/** Class of holidays; 0–6 are Monday to Sunday. */
export const holidayClass = 7;
/** Class of days of which offices work about half. */
export const halfDayClass = 8;

/** Sums behind the profiles of every class and half-life. */
export interface ShapeSums {
  readonly slots: number;
  /** Calls and the days' totals by class × half-life × slot. */
  readonly calls: Float64Array;
  readonly totals: Float64Array;
  /** Σ w·total and Σ w²·total by class × half-life: they give the number of calls behind a profile. */
  readonly weight: Float64Array;
  readonly weight2: Float64Array;
}

/** Sums of no days, for so many slots a day. */
export const emptySums = (slots: number): ShapeSums => ({
  slots,
  calls: new Float64Array(classes * 4 * slots),
  totals: new Float64Array(classes * 4 * slots),
  weight: new Float64Array(classes * 4),
  weight2: new Float64Array(classes * 4),
});

/** Class whose profile a day follows; -1 for days that teach no profile (make-up workdays). */
export const learnClass = (history: PreparedHistory, day: number): number => {
  if (history.features.holiday[day]! >= 1) return holidayClass;
  if (history.features.half[day] === 1) return halfDayClass;
  const dayClass = history.features.weekdayClass[day]!;
  return dayClass === makeUpClass ? -1 : dayClass;
};

/** Adds a day's calls to the sums; older days than `reference` count for less. */
export const addDay = (sums: ShapeSums, history: PreparedHistory, day: number, reference: number): void => {
  const total = history.totals[day]!;
  const dayClass = learnClass(history, day);
  if (Number.isNaN(total) || total <= 0 || dayClass < 0) return;
  const slots = sums.slots;
  for (let k = 0; k < 4; k += 1) {
    const weight = Math.pow(2, (day - reference) / (7 * halfLives[k]!));
    const at = (dayClass * 4 + k) * slots;
    for (let slot = 0; slot < slots; slot += 1) {
      const calls = history.values[day * slots + slot]!;
      if (Number.isNaN(calls) || history.open[day * slots + slot] === 0) continue;
      sums.calls[at + slot]! += weight * calls;
      sums.totals[at + slot]! += weight * total;
    }
    sums.weight[dayClass * 4 + k]! += weight * total;
    sums.weight2[dayClass * 4 + k]! += weight * weight * total;
  }
};

/** Blends profiles of other weekdays into one, slot by slot, in a window around each slot. */
const poolClasses = (
  sums: ShapeSums,
  k: number,
  phi: number,
): { share: Float64Array; calls: Float64Array } => {
  const slots = sums.slots;
  const raw = new Float64Array(classes * slots);
  for (let c = 0; c < classes; c += 1) {
    const at = (c * 4 + k) * slots;
    for (let slot = 0; slot < slots; slot += 1) {
      const total = sums.totals[at + slot]!;
      raw[c * slots + slot] = total > 0 ? sums.calls[at + slot]! / total : Number.NaN;
    }
  }
  const behind = new Float64Array(classes);
  for (let c = 0; c < classes; c += 1) {
    const weight = sums.weight[c * 4 + k]!;
    behind[c] = weight > 0 ? (weight * weight) / sums.weight2[c * 4 + k]! : 0;
  }
  const share = new Float64Array(classes * slots);
  const calls = new Float64Array(classes * slots);
  const half = Math.max(3, Math.round(slots / 8));
  const distance = new Float64Array(slots + 1);
  const overlap = new Float64Array(slots + 1);
  for (let i = 0; i < classes; i += 1) {
    const weightSum = new Float64Array(slots);
    for (let j = 0; j < classes; j += 1) {
      if (behind[j] === 0 || (i !== j && (i >= holidayClass || j >= holidayClass) && behind[i]! > 2000))
        continue;
      const own = i === j;
      for (let slot = 0; slot < slots; slot += 1) {
        const p = raw[i * slots + slot]!;
        const q = raw[j * slots + slot]!;
        const both = !Number.isNaN(p) && !Number.isNaN(q) && p + q > 0;
        distance[slot + 1] = distance[slot]! + (both && !own ? (p - q) ** 2 / (0.5 * (p + q)) : 0);
        overlap[slot + 1] = overlap[slot]! + (both ? 1 : 0);
      }
      const noiseBoth = phi * ((behind[i]! > 0 ? 1 / behind[i]! : 0) + 1 / behind[j]!);
      for (let slot = 0; slot < slots; slot += 1) {
        const q = raw[j * slots + slot]!;
        if (Number.isNaN(q)) continue;
        const low = Math.max(0, slot - half);
        const high = Math.min(slots, slot + half + 1);
        const compared = Math.max(1, overlap[high]! - overlap[low]!);
        const beyond = own
          ? 0
          : Math.max(0, distance[high]! - distance[low]! - compared * noiseBoth) / compared;
        const weight = 1 / (phi / behind[j]! + beyond);
        share[i * slots + slot]! += weight * q;
        calls[i * slots + slot]! += weight * weight * (phi / behind[j]! + beyond);
        weightSum[slot]! += weight;
      }
    }
    for (let slot = 0; slot < slots; slot += 1) {
      const weight = weightSum[slot]!;
      if (weight === 0) continue;
      share[i * slots + slot]! /= weight;
      // Variance of the pooled share, relative to the share itself.
      calls[i * slots + slot]! /= weight * weight;
    }
  }
  return { share, calls };
};

/** Blends each slot with its neighbours (±3) as far as they are not provably different. */
const poolSlots = (share: Float64Array, variance: Float64Array, slots: number): Float64Array => {
  const out = new Float64Array(share.length);
  for (let c = 0; c < classes; c += 1) {
    for (let slot = 0; slot < slots; slot += 1) {
      const p = share[c * slots + slot]!;
      const v = variance[c * slots + slot]! * Math.max(p, 1e-9);
      let sum = 0;
      let weights = 0;
      for (let t = Math.max(0, slot - 3); t <= Math.min(slots - 1, slot + 3); t += 1) {
        const q = share[c * slots + t]!;
        const u = variance[c * slots + t]! * Math.max(q, 1e-9);
        if (u === 0) continue;
        const beyond = t === slot ? 0 : Math.max(0, (p - q) ** 2 - u - v);
        // Curvature grows with distance even where noise hides it.
        const far = t === slot ? 0 : ((t - slot) * (t - slot) * v) / 2;
        const weight = 1 / (u + beyond + far);
        sum += weight * q;
        weights += weight;
      }
      out[c * slots + slot] = weights > 0 ? sum / weights : p;
    }
  }
  return out;
};

/** Pooled share per class × slot for one half-life; `phi` is the overdispersion of counts. */
export const profilesOf = (sums: ShapeSums, k: number, phi: number): Float64Array => {
  const pooled = poolClasses(sums, k, phi);
  return sums.slots >= 12 ? poolSlots(pooled.share, pooled.calls, sums.slots) : pooled.share;
};
