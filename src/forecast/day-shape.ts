import { makeUpClass } from './day-features.ts';
import type { PreparedHistory } from './prepare-history.ts';
import { median } from './robust.ts';

/**
 * The day's shape: which share of a day's calls falls on each slot, per weekday. Profiles are ratios of
 * sums that forget at four speeds; weekdays and neighbouring slots lend to each other as far as they are not
 * provably different; the speeds are averaged by how well they foretold the last weeks.
 */

/** Half-lives of the profiles, weeks. */
const halfLives = [4, 8, 16, 32] as const;
/** Weekdays 0–6, and holidays as a class of their own. */
const classes = 8;
const holidayClass = 7;
/** Exponent by which worse half-lives lose weight. */
const sharpness = 60;
const shapeDays = 420;

export interface ShapeSums {
  readonly slots: number;
  /** Calls and the days' totals by class × half-life × slot. */
  readonly calls: Float64Array;
  readonly totals: Float64Array;
  /** Σ w·total and Σ w²·total by class × half-life: they give the number of calls behind a profile. */
  readonly weight: Float64Array;
  readonly weight2: Float64Array;
}

/** Squared-error pieces of rolling forecasts of the shape, for the spread of intervals. */
export interface ShapeResidual {
  readonly day: number;
  readonly slot: number;
  readonly expected: number;
  readonly residual: number;
}

export interface ShapeFit {
  readonly slots: number;
  /** Share per class × active slot; each class sums to 1 over its usual slots. */
  readonly profiles: Float64Array;
  /** Rolling one-week-ahead absolute error of the shape over calls, fraction; NaN where too short. */
  readonly error: number;
  readonly weights: readonly number[];
  readonly residuals: readonly ShapeResidual[];
  /** Profiles as they were known on the first day of past weeks, oldest first. */
  readonly trials: readonly { readonly from: number; readonly profiles: Float64Array }[];
}

const emptySums = (slots: number): ShapeSums => ({
  slots,
  calls: new Float64Array(classes * 4 * slots),
  totals: new Float64Array(classes * 4 * slots),
  weight: new Float64Array(classes * 4),
  weight2: new Float64Array(classes * 4),
});

/** Class whose profile a day follows; -1 for days that teach no profile (make-up workdays). */
const learnClass = (h: PreparedHistory, day: number): number => {
  if (h.features.holiday[day]! >= 1) return holidayClass;
  const c = h.features.weekdayClass[day]!;
  return c === makeUpClass ? -1 : c;
};

const addDay = (sums: ShapeSums, h: PreparedHistory, day: number, reference: number): void => {
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
      if (behind[j] === 0 || (i !== j && (i === holidayClass || j === holidayClass) && behind[i]! > 2000))
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

const profilesOf = (sums: ShapeSums, k: number, phi: number): Float64Array => {
  const pooled = poolClasses(sums, k, phi);
  return sums.slots >= 12 ? poolSlots(pooled.share, pooled.calls, sums.slots) : pooled.share;
};

/** Class whose profile a forecast day takes. */
export const shapeClassOf = (h: PreparedHistory, day: number): number => {
  if (h.features.holiday[day]! >= 1) return holidayClass;
  const c = h.features.weekdayClass[day]!;
  return c === makeUpClass ? 2 : c;
};

/** A profile cut to the day's open slots, summing to 1; all zero where the day is closed. */
export const dayShare = (
  h: PreparedHistory,
  profiles: Float64Array,
  day: number,
  out: Float64Array,
  start: number,
): void => {
  const a = h.slotOf.length;
  const at = shapeClassOf(h, day) * a;
  let sum = 0;
  for (let s = 0; s < a; s += 1) {
    const v = h.open[day * a + s] === 1 ? profiles[at + s]! : 0;
    out[start + s] = v;
    sum += v;
  }
  if (sum <= 0) {
    for (let s = 0; s < a; s += 1) sum += h.open[day * a + s]!;
    for (let s = 0; s < a; s += 1) out[start + s] = sum > 0 ? h.open[day * a + s]! / sum : 0;
    return;
  }
  for (let s = 0; s < a; s += 1) out[start + s]! /= sum;
};

/** Overdispersion of calls within a day: variance of a slot's count over its mean, a robust average. */
const overdispersion = (h: PreparedHistory, sums: ShapeSums, from: number): number => {
  const a = sums.slots;
  const ratios: number[] = [];
  for (let d = from; d < h.days; d += 1) {
    const c = learnClass(h, d);
    const total = h.totals[d]!;
    if (c < 0 || c === holidayClass || Number.isNaN(total) || total <= 0) continue;
    const at = (c * 4 + 2) * a;
    let sum = 0;
    let n = 0;
    for (let s = 0; s < a; s += 1) {
      const t = sums.totals[at + s]!;
      const v = h.values[d * a + s]!;
      if (Number.isNaN(v) || !(t > 0)) continue;
      const expected = Math.max((total * sums.calls[at + s]!) / t, 0.05);
      sum += (v - expected) ** 2 / expected;
      n += 1;
    }
    if (n > 1) ratios.push(sum / (n - 1));
  }
  return ratios.length === 0 ? 1 : Math.max(0.5, median(ratios) * 1.15);
};

interface Trial {
  readonly profiles: readonly Float64Array[];
  readonly from: number;
  readonly to: number;
}

/** Learns the shape; rolling origins are the starts of the last ten weeks before the history's end. */
export const fitShape = (h: PreparedHistory): ShapeFit => {
  const a = h.slotOf.length;
  const sums = emptySums(a);
  const first = Math.max(0, h.days - shapeDays);
  const whole = emptySums(a);
  for (let d = first; d < h.days; d += 1) addDay(whole, h, d, h.days);
  const phi = overdispersion(h, whole, Math.max(first, h.days - 84));
  const trials: Trial[] = [];
  for (let d = first; d < h.days; d += 1) {
    const weeksLeft = (h.days - d) / 7;
    if (Number.isInteger(weeksLeft) && weeksLeft <= 10 && d - first >= 14) {
      trials.push({ profiles: halfLives.map((_, k) => profilesOf(sums, k, phi)), from: d, to: d + 7 });
    }
    addDay(sums, h, d, h.days);
  }
  const errors = new Float64Array(4);
  const buffer = new Float64Array(a);
  let calls = 0;
  for (const trial of trials) {
    for (let d = trial.from; d < trial.to; d += 1) {
      if (!teaches(h, d)) continue;
      for (let k = 0; k < 4; k += 1) {
        dayShare(h, trial.profiles[k]!, d, buffer, 0);
        for (let s = 0; s < a; s += 1) {
          const v = h.values[d * a + s]!;
          if (Number.isNaN(v)) continue;
          errors[k]! += Math.abs(v - h.totals[d]! * buffer[s]!);
          if (k === 0) calls += v;
        }
      }
    }
  }
  const least = Math.min(...errors);
  const raw = Array.from(errors, (e) => (least > 0 ? Math.pow(least / e, sharpness) : 1));
  const total = raw.reduce((x, y) => x + y, 0);
  const weights = raw.map((w) => w / total);
  const mix = (profiles: readonly Float64Array[]): Float64Array => {
    const out = new Float64Array(classes * a);
    for (let k = 0; k < 4; k += 1)
      for (let i = 0; i < out.length; i += 1) out[i]! += weights[k]! * profiles[k]![i]!;
    return out;
  };
  const residuals: ShapeResidual[] = [];
  const past: { from: number; profiles: Float64Array }[] = [];
  let error = 0;
  for (const trial of trials) {
    const profiles = mix(trial.profiles);
    past.push({ from: trial.from, profiles });
    for (let d = trial.from; d < trial.to; d += 1) {
      if (!teaches(h, d)) continue;
      dayShare(h, profiles, d, buffer, 0);
      for (let s = 0; s < a; s += 1) {
        const v = h.values[d * a + s]!;
        if (Number.isNaN(v) || h.open[d * a + s] === 0) continue;
        const expected = h.totals[d]! * buffer[s]!;
        residuals.push({ day: d, slot: s, expected, residual: v - expected });
        error += Math.abs(v - expected);
      }
    }
  }
  return {
    slots: a,
    profiles: mix(halfLives.map((_, k) => profilesOf(whole, k, phi))),
    error: calls > 0 ? error / calls : Number.NaN,
    weights,
    residuals,
    trials: past,
  };
};

const teaches = (h: PreparedHistory, d: number): boolean =>
  d < h.days && h.totals[d]! > 0 && h.features.holiday[d]! < 1 && h.features.weekdayClass[d] !== makeUpClass;
