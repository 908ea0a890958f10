import { makeUpClass } from '../history/day-features.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { median } from '../numbers/robust.ts';
import {
  addDay,
  emptySums,
  halfDayClass,
  halfLives,
  holidayClass,
  learnClass,
  profilesOf,
  type ShapeSums,
} from './shape-profiles.ts';
import { smoothProfiles } from './shape-smoothing.ts';

/**
 * The day's shape: which share of a day's calls falls on each slot, per weekday. Profiles are ratios of
 * sums that forget at four speeds; weekdays and neighbouring slots lend to each other as far as they are not
 * provably different; each is taken as it is and smoothed along the day to several degrees; these forms are
 * averaged by how well they foretold the last weeks.
 */

/** Hours over which a form smooths the profile; 0 leaves it as it is. */
const smoothingHours = [0, 0.25, 0.5, 1] as const;
/** Least smoothing, in slots, that does anything to speak of. */
const leastSmoothing = 0.45;
/** Exponent by which worse forms lose weight. */
const sharpness = 60;
const shapeDays = 420;

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

/** Has any half day been answered? Until then its hour of closing is anyone's guess. */
const halfDaySeen = (h: PreparedHistory): boolean =>
  h.features.half.some((half, d) => half === 1 && d < h.days && h.totals[d]! > 0);

/** Class whose profile a forecast day takes. */
export const shapeClassOf = (h: PreparedHistory, day: number): number => {
  if (h.features.holiday[day]! >= 1) return holidayClass;
  if (h.features.half[day] === 1 && halfDaySeen(h)) return halfDayClass;
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
    if (c < 0 || c >= holidayClass || Number.isNaN(total) || total <= 0) continue;
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

/** Profiles of every form, known before day `from` and tried on the days until `to`. */
interface Trial {
  readonly forms: readonly Float64Array[];
  readonly from: number;
  readonly to: number;
}

const formsOf = (h: PreparedHistory, sums: ShapeSums, phi: number): Float64Array[] =>
  halfLives.flatMap((_, k) => {
    const plain = profilesOf(sums, k, phi);
    return smoothingHours
      .filter((hours) => hours === 0 || (hours * 60) / h.intervalMinutes >= leastSmoothing)
      .map((hours) => (hours === 0 ? plain : smoothProfiles(h, plain, hours)));
  });

const teaches = (h: PreparedHistory, d: number): boolean =>
  d < h.days && h.totals[d]! > 0 && learnClass(h, d) >= 0 && learnClass(h, d) < holidayClass;

/** Forms as they were known at the starts of the last ten weeks before the history's end. */
const trialsOf = (h: PreparedHistory, first: number, phi: number): Trial[] => {
  const sums = emptySums(h.slotOf.length);
  const trials: Trial[] = [];
  for (let d = first; d < h.days; d += 1) {
    const weeksLeft = (h.days - d) / 7;
    if (Number.isInteger(weeksLeft) && weeksLeft <= 10 && d - first >= 14) {
      trials.push({ forms: formsOf(h, sums, phi), from: d, to: d + 7 });
    }
    addDay(sums, h, d, h.days);
  }
  return trials;
};

/** Calls that a profile puts on each slot of a day whose total is known, beside what came. */
const residualsOf = (
  h: PreparedHistory,
  profiles: Float64Array,
  from: number,
  to: number,
): ShapeResidual[] => {
  const a = h.slotOf.length;
  const share = new Float64Array(a);
  const residuals: ShapeResidual[] = [];
  for (let d = from; d < to; d += 1) {
    if (!teaches(h, d)) continue;
    dayShare(h, profiles, d, share, 0);
    for (let s = 0; s < a; s += 1) {
      const v = h.values[d * a + s]!;
      if (Number.isNaN(v) || h.open[d * a + s] === 0) continue;
      const expected = h.totals[d]! * share[s]!;
      residuals.push({ day: d, slot: s, expected, residual: v - expected });
    }
  }
  return residuals;
};

const absoluteSum = (residuals: readonly ShapeResidual[]): number =>
  residuals.reduce((sum, r) => sum + Math.abs(r.residual), 0);

/** Share of each form in the average: a power of the least error over its own. */
const weightsOf = (errors: readonly number[]): number[] => {
  const least = Math.min(...errors);
  const raw = errors.map((e) => (least > 0 ? Math.pow(least / e, sharpness) : 1));
  const total = raw.reduce((x, y) => x + y, 0);
  return raw.map((w) => w / total);
};

const averageOf = (forms: readonly Float64Array[], weights: readonly number[]): Float64Array => {
  const out = new Float64Array(forms[0]?.length ?? 0);
  forms.forEach((form, k) => {
    for (let i = 0; i < out.length; i += 1) out[i]! += weights[k]! * form[i]!;
  });
  return out;
};

/** Learns the shape; forms are judged by weekly forecasts of the last ten weeks. */
export const fitShape = (h: PreparedHistory): ShapeFit => {
  const first = Math.max(0, h.days - shapeDays);
  const whole = emptySums(h.slotOf.length);
  for (let d = first; d < h.days; d += 1) addDay(whole, h, d, h.days);
  const phi = overdispersion(h, whole, Math.max(first, h.days - 84));
  const trials = trialsOf(h, first, phi);
  const forms = formsOf(h, whole, phi);
  const errors = forms.map((_, k) =>
    trials.reduce((sum, t) => sum + absoluteSum(residualsOf(h, t.forms[k]!, t.from, t.to)), 0),
  );
  const weights = weightsOf(errors);
  const past = trials.map(({ from, to, forms: known }) => ({
    from,
    to,
    profiles: averageOf(known, weights),
  }));
  const residuals = past.flatMap((t) => residualsOf(h, t.profiles, t.from, t.to));
  const calls = residuals.reduce((sum, r) => sum + r.expected + r.residual, 0);
  return {
    slots: h.slotOf.length,
    profiles: averageOf(forms, weights),
    error: calls > 0 ? absoluteSum(residuals) / calls : Number.NaN,
    weights,
    residuals,
    trials: past.map(({ from, profiles }) => ({ from, profiles })),
  };
};
