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
export const learnClass = (h: PreparedHistory, day: number): number => {
  if (h.features.holiday[day]! >= 1) return holidayClass;
  if (h.features.half[day] === 1) return halfDayClass;
  const c = h.features.weekdayClass[day]!;
  return c === makeUpClass ? -1 : c;
};

/** Adds a day's calls to the sums; older days than `reference` count for less. */
export const addDay = (sums: ShapeSums, h: PreparedHistory, day: number, reference: number): void => {
  const total = h.totals[day]!;
  const c = learnClass(h, day);
  if (Number.isNaN(total) || total <= 0 || c < 0) return;
  const a = sums.slots;
  for (let k = 0; k < 4; k += 1) {
    const w = Math.pow(2, (day - reference) / (7 * halfLives[k]!));
    const at = (c * 4 + k) * a;
    for (let s = 0; s < a; s += 1) {
      const v = h.values[day * a + s]!;
      if (Number.isNaN(v) || h.open[day * a + s] === 0) continue;
      sums.calls[at + s]! += w * v;
      sums.totals[at + s]! += w * total;
    }
    sums.weight[c * 4 + k]! += w * total;
    sums.weight2[c * 4 + k]! += w * w * total;
  }
};

/** Blends profiles of other weekdays into one, slot by slot, in a window around each slot. */
const poolClasses = (
  sums: ShapeSums,
  k: number,
  phi: number,
): { share: Float64Array; calls: Float64Array } => {
  const a = sums.slots;
  const raw = new Float64Array(classes * a);
  for (let c = 0; c < classes; c += 1) {
    const at = (c * 4 + k) * a;
    for (let s = 0; s < a; s += 1) {
      const t = sums.totals[at + s]!;
      raw[c * a + s] = t > 0 ? sums.calls[at + s]! / t : Number.NaN;
    }
  }
  const behind = new Float64Array(classes);
  for (let c = 0; c < classes; c += 1) {
    const w = sums.weight[c * 4 + k]!;
    behind[c] = w > 0 ? (w * w) / sums.weight2[c * 4 + k]! : 0;
  }
  const share = new Float64Array(classes * a);
  const calls = new Float64Array(classes * a);
  const half = Math.max(3, Math.round(a / 8));
  const distance = new Float64Array(a + 1);
  const overlap = new Float64Array(a + 1);
  for (let i = 0; i < classes; i += 1) {
    const weightSum = new Float64Array(a);
    for (let j = 0; j < classes; j += 1) {
      if (behind[j] === 0 || (i !== j && (i >= holidayClass || j >= holidayClass) && behind[i]! > 2000))
        continue;
      const own = i === j;
      for (let s = 0; s < a; s += 1) {
        const p = raw[i * a + s]!;
        const q = raw[j * a + s]!;
        const both = !Number.isNaN(p) && !Number.isNaN(q) && p + q > 0;
        distance[s + 1] = distance[s]! + (both && !own ? (p - q) ** 2 / (0.5 * (p + q)) : 0);
        overlap[s + 1] = overlap[s]! + (both ? 1 : 0);
      }
      const noiseBoth = phi * ((behind[i]! > 0 ? 1 / behind[i]! : 0) + 1 / behind[j]!);
      for (let s = 0; s < a; s += 1) {
        const q = raw[j * a + s]!;
        if (Number.isNaN(q)) continue;
        const low = Math.max(0, s - half);
        const high = Math.min(a, s + half + 1);
        const n = Math.max(1, overlap[high]! - overlap[low]!);
        const beyond = own ? 0 : Math.max(0, distance[high]! - distance[low]! - n * noiseBoth) / n;
        const w = 1 / (phi / behind[j]! + beyond);
        share[i * a + s]! += w * q;
        calls[i * a + s]! += w * w * (phi / behind[j]! + beyond);
        weightSum[s]! += w;
      }
    }
    for (let s = 0; s < a; s += 1) {
      const w = weightSum[s]!;
      if (w === 0) continue;
      share[i * a + s]! /= w;
      // Variance of the pooled share, relative to the share itself.
      calls[i * a + s]! /= w * w;
    }
  }
  return { share, calls };
};

/** Blends each slot with its neighbours (±3) as far as they are not provably different. */
const poolSlots = (share: Float64Array, variance: Float64Array, a: number): Float64Array => {
  const out = new Float64Array(share.length);
  for (let c = 0; c < classes; c += 1) {
    for (let s = 0; s < a; s += 1) {
      const p = share[c * a + s]!;
      const v = variance[c * a + s]! * Math.max(p, 1e-9);
      let sum = 0;
      let weights = 0;
      for (let t = Math.max(0, s - 3); t <= Math.min(a - 1, s + 3); t += 1) {
        const q = share[c * a + t]!;
        const u = variance[c * a + t]! * Math.max(q, 1e-9);
        if (u === 0) continue;
        const beyond = t === s ? 0 : Math.max(0, (p - q) ** 2 - u - v);
        // Curvature grows with distance even where noise hides it.
        const far = t === s ? 0 : ((t - s) * (t - s) * v) / 2;
        const w = 1 / (u + beyond + far);
        sum += w * q;
        weights += w;
      }
      out[c * a + s] = weights > 0 ? sum / weights : p;
    }
  }
  return out;
};

/** Pooled share per class × slot for one half-life; `phi` is the overdispersion of counts. */
export const profilesOf = (sums: ShapeSums, k: number, phi: number): Float64Array => {
  const pooled = poolClasses(sums, k, phi);
  return sums.slots >= 12 ? poolSlots(pooled.share, pooled.calls, sums.slots) : pooled.share;
};
