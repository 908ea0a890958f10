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
const halfDaySeen = (history: PreparedHistory): boolean =>
  history.features.half.some((half, d) => half === 1 && d < history.days && history.totals[d]! > 0);

/** Class whose profile a forecast day takes. */
export const shapeClassOf = (history: PreparedHistory, day: number): number => {
  if (history.features.holiday[day]! >= 1) return holidayClass;
  if (history.features.half[day] === 1 && halfDaySeen(history)) return halfDayClass;
  const dayClass = history.features.weekdayClass[day]!;
  return dayClass === makeUpClass ? 2 : dayClass;
};

/** A profile cut to the day's open slots, summing to 1; all zero where the day is closed. */
export const dayShare = (
  history: PreparedHistory,
  profiles: Float64Array,
  day: number,
  out: Float64Array,
  start: number,
): void => {
  const slots = history.slotOf.length;
  const at = shapeClassOf(history, day) * slots;
  let sum = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    const v = history.open[day * slots + slot] === 1 ? profiles[at + slot]! : 0;
    out[start + slot] = v;
    sum += v;
  }
  if (sum <= 0) {
    for (let slot = 0; slot < slots; slot += 1) sum += history.open[day * slots + slot]!;
    for (let slot = 0; slot < slots; slot += 1)
      out[start + slot] = sum > 0 ? history.open[day * slots + slot]! / sum : 0;
    return;
  }
  for (let slot = 0; slot < slots; slot += 1) out[start + slot]! /= sum;
};

/** Share per day ahead × active slot. */
export const sharesAhead = (history: PreparedHistory, profiles: Float64Array): Float64Array => {
  const slots = history.slotOf.length;
  const shares = new Float64Array(history.horizon * slots);
  for (let j = 0; j < history.horizon; j += 1)
    dayShare(history, profiles, history.days + j, shares, j * slots);
  return shares;
};

/** Overdispersion of calls within a day: variance of a slot's count over its mean, a robust average. */
const overdispersion = (history: PreparedHistory, sums: ShapeSums, from: number): number => {
  const slots = sums.slots;
  const ratios: number[] = [];
  for (let day = from; day < history.days; day += 1) {
    const dayClass = learnClass(history, day);
    const total = history.totals[day]!;
    if (dayClass < 0 || dayClass >= holidayClass || Number.isNaN(total) || total <= 0) continue;
    const at = (dayClass * 4 + 2) * slots;
    let sum = 0;
    let count = 0;
    for (let slot = 0; slot < slots; slot += 1) {
      const whole = sums.totals[at + slot]!;
      const calls = history.values[day * slots + slot]!;
      if (Number.isNaN(calls) || !(whole > 0)) continue;
      const expected = Math.max((total * sums.calls[at + slot]!) / whole, 0.05);
      sum += (calls - expected) ** 2 / expected;
      count += 1;
    }
    if (count > 1) ratios.push(sum / (count - 1));
  }
  return ratios.length === 0 ? 1 : Math.max(0.5, median(ratios) * 1.15);
};

/** Profiles of every form, known before day `from` and tried on the days until `to`. */
interface Trial {
  readonly forms: readonly Float64Array[];
  readonly from: number;
  readonly to: number;
}

const formsOf = (history: PreparedHistory, sums: ShapeSums, phi: number): Float64Array[] =>
  halfLives.flatMap((_, k) => {
    const plain = profilesOf(sums, k, phi);
    return smoothingHours
      .filter((hours) => hours === 0 || (hours * 60) / history.intervalMinutes >= leastSmoothing)
      .map((hours) => (hours === 0 ? plain : smoothProfiles(history, plain, hours)));
  });

const teaches = (history: PreparedHistory, day: number): boolean =>
  day < history.days &&
  history.totals[day]! > 0 &&
  learnClass(history, day) >= 0 &&
  learnClass(history, day) < holidayClass;

/** Forms as they were known at the starts of the last ten weeks before the history's end. */
const trialsOf = (history: PreparedHistory, first: number, phi: number): Trial[] => {
  const sums = emptySums(history.slotOf.length);
  const trials: Trial[] = [];
  for (let day = first; day < history.days; day += 1) {
    const weeksLeft = (history.days - day) / 7;
    if (Number.isInteger(weeksLeft) && weeksLeft <= 10 && day - first >= 14) {
      trials.push({ forms: formsOf(history, sums, phi), from: day, to: day + 7 });
    }
    addDay(sums, history, day, history.days);
  }
  return trials;
};

/** Calls that a profile puts on each slot of a day whose total is known, beside what came. */
const residualsOf = (
  history: PreparedHistory,
  profiles: Float64Array,
  from: number,
  to: number,
): ShapeResidual[] => {
  const slots = history.slotOf.length;
  const share = new Float64Array(slots);
  const residuals: ShapeResidual[] = [];
  for (let day = from; day < to; day += 1) {
    if (!teaches(history, day)) continue;
    dayShare(history, profiles, day, share, 0);
    for (let slot = 0; slot < slots; slot += 1) {
      const calls = history.values[day * slots + slot]!;
      if (Number.isNaN(calls) || history.open[day * slots + slot] === 0) continue;
      const expected = history.totals[day]! * share[slot]!;
      residuals.push({ day, slot, expected, residual: calls - expected });
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
export const fitShape = (history: PreparedHistory): ShapeFit => {
  const first = Math.max(0, history.days - shapeDays);
  const whole = emptySums(history.slotOf.length);
  for (let day = first; day < history.days; day += 1) addDay(whole, history, day, history.days);
  const phi = overdispersion(history, whole, Math.max(first, history.days - 84));
  const trials = trialsOf(history, first, phi);
  const forms = formsOf(history, whole, phi);
  const errors = forms.map((_, k) =>
    trials.reduce((sum, t) => sum + absoluteSum(residualsOf(history, t.forms[k]!, t.from, t.to)), 0),
  );
  const weights = weightsOf(errors);
  const past = trials.map(({ from, to, forms: known }) => ({
    from,
    to,
    profiles: averageOf(known, weights),
  }));
  const residuals = past.flatMap((t) => residualsOf(history, t.profiles, t.from, t.to));
  const calls = residuals.reduce((sum, r) => sum + r.expected + r.residual, 0);
  return {
    slots: history.slotOf.length,
    profiles: averageOf(forms, weights),
    error: calls > 0 ? absoluteSum(residuals) / calls : Number.NaN,
    weights,
    residuals,
    trials: past.map(({ from, profiles }) => ({ from, profiles })),
  };
};
