import { median, quantileOf, sumOf } from '../../kernel/statistics.ts';
import { makeUpClass } from '../history/day-features.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';

/**
 * The day's shape: which share of a day's calls falls on each slot, per weekday. Profiles are ratios of
 * sums that forget at four speeds; weekdays and neighbouring slots lend to each other as far as they are not
 * provably different; each is taken as it is and smoothed along the day to several degrees; these forms are
 * averaged by how well they predicted the last weeks.
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
const shapeClassOf = (history: PreparedHistory, day: number): number => {
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
  const total = sumOf(raw);
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

/** Half-lives of the profiles, weeks. */
const halfLives = [4, 8, 16, 32] as const;
/** Weekdays 0–6, holidays and half days as classes of their own. */
const classes = 9;
/** Class of holidays; 0–6 are Monday to Sunday. */
const holidayClass = 7;
/** Class of days of which offices work about half. */
const halfDayClass = 8;

/** Sums behind the profiles of every class and half-life. */
interface ShapeSums {
  readonly slots: number;
  /** Calls and the days' totals by class × half-life × slot. */
  readonly calls: Float64Array;
  readonly totals: Float64Array;
  /** Σ w·total and Σ w²·total by class × half-life: they give the number of calls behind a profile. */
  readonly weight: Float64Array;
  readonly weight2: Float64Array;
}

/** Sums of no days, for so many slots a day. */
const emptySums = (slots: number): ShapeSums => ({
  slots,
  calls: new Float64Array(classes * 4 * slots),
  totals: new Float64Array(classes * 4 * slots),
  weight: new Float64Array(classes * 4),
  weight2: new Float64Array(classes * 4),
});

/** Class whose profile a day follows; -1 for days that teach no profile (make-up workdays). */
const learnClass = (history: PreparedHistory, day: number): number => {
  if (history.features.holiday[day]! >= 1) return holidayClass;
  if (history.features.half[day] === 1) return halfDayClass;
  const dayClass = history.features.weekdayClass[day]!;
  return dayClass === makeUpClass ? -1 : dayClass;
};

/** Adds a day's calls to the sums; older days than `reference` count for less. */
const addDay = (sums: ShapeSums, history: PreparedHistory, day: number, reference: number): void => {
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
const profilesOf = (sums: ShapeSums, k: number, phi: number): Float64Array => {
  const pooled = poolClasses(sums, k, phi);
  return sums.slots >= 12 ? poolSlots(pooled.share, pooled.calls, sums.slots) : pooled.share;
};

/**
 * Smooths a profile along the day (Whittaker 1923, second differences) on square roots, where counts scatter
 * alike at every size. Waves shorter than about 6 × `hours` fade. Runs of open slots that follow each other
 * are smoothed apart, so that opening and closing times stay sharp. Each class keeps its sum.
 */
export const smoothProfiles = (
  history: PreparedHistory,
  profiles: Float64Array,
  hours: number,
): Float64Array => {
  const slots = history.slotOf.length;
  const out = profiles.slice();
  const strength = ((hours * 60) / history.intervalMinutes) ** 4;
  for (let at = 0; at < out.length; at += slots) {
    let from = 0;
    while (from < slots) {
      let to = from;
      while (to < slots && profiles[at + to]! > 0 && (to === from || follows(history, to))) to += 1;
      if (to - from > 3) smoothRun(out, at + from, at + to, strength);
      from = Math.max(to, from + 1);
    }
  }
  return out;
};

const follows = (history: PreparedHistory, slot: number): boolean =>
  (history.slotOf[slot] ?? 0) - (history.slotOf[slot - 1] ?? 0) === 1;

const smoothRun = (values: Float64Array, from: number, to: number, strength: number): void => {
  const run = Float64Array.from(values.subarray(from, to), Math.sqrt);
  solveSmooth(run, strength);
  let before = 0;
  let after = 0;
  for (let i = 0; i < run.length; i += 1) {
    before += values[from + i]!;
    run[i] = Math.max(0, run[i]!) ** 2;
    after += run[i]!;
  }
  for (let i = 0; i < run.length; i += 1) values[from + i] = (run[i]! * before) / after;
};

/** Solves (I + strength·DᵀD) x = y in place, D second differences: an LDLᵀ of five diagonals. */
const solveSmooth = (y: Float64Array, strength: number): void => {
  const size = y.length;
  const pivot = new Float64Array(size);
  const near = new Float64Array(size);
  const far = new Float64Array(size);
  for (let i = 0; i < size; i += 1) {
    const edge = i === 0 || i === size - 1 ? 1 : i === 1 || i === size - 2 ? 5 : 6;
    const nearRaw = i === size - 1 ? 0 : i === 0 || i === size - 2 ? -2 : -4;
    const [p1, p2] = [i > 0 ? pivot[i - 1]! : 0, i > 1 ? pivot[i - 2]! : 0];
    const [e1, f2] = [i > 0 ? near[i - 1]! : 0, i > 1 ? far[i - 2]! : 0];
    const f1 = i > 0 ? far[i - 1]! : 0;
    pivot[i] = 1 + strength * edge - e1 * e1 * p1 - f2 * f2 * p2;
    near[i] = i < size - 1 ? (strength * nearRaw - e1 * f1 * p1) / pivot[i]! : 0;
    far[i] = i < size - 2 ? strength / pivot[i]! : 0;
  }
  for (let i = 1; i < size; i += 1) {
    y[i]! -= near[i - 1]! * y[i - 1]! + (i > 1 ? far[i - 2]! * y[i - 2]! : 0);
  }
  for (let i = 0; i < size; i += 1) y[i]! /= pivot[i]!;
  for (let i = size - 2; i >= 0; i -= 1) {
    y[i]! -= near[i]! * y[i + 1]! + (i < size - 2 ? far[i]! * y[i + 2]! : 0);
  }
};

/** Variance of a slot's count around its share of the day: `count`·µ + `relative`·µ². */
export interface SlotSpread {
  readonly count: number;
  readonly relative: number;
}

/** A day that is one slot has no shape to scatter around: its count is Poisson around the day's level. */
export const wholeDaySpread: SlotSpread = { count: 1, relative: 0 };

/**
 * Fits the two parts of the slot variance to squared residuals of rolling shape forecasts by weighted least
 * squares (weights from the variance itself, three rounds). Residuals beyond what nearly all others show are
 * cut, so that one odd day does not widen every interval.
 */
export const fitSlotSpread = (residuals: readonly ShapeResidual[]): SlotSpread => {
  const used = residuals.filter((r) => r.expected > 0.02);
  if (used.length < 40) return { count: 1.3, relative: 0.01 };
  let count = 1;
  let relative = 0.002;
  for (let round = 0; round < 4; round += 1) {
    const standard = used.map((r) => r.residual ** 2 / (count * r.expected + relative * r.expected ** 2));
    const cap = Math.max(9, quantileOf(standard, 0.995));
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let b0 = 0;
    let b1 = 0;
    for (let i = 0; i < used.length; i += 1) {
      const r = used[i]!;
      const usual = count * r.expected + relative * r.expected ** 2;
      const squared = Math.min(standard[i]!, cap) * usual;
      const weight = 1 / (usual * usual);
      const x0 = r.expected;
      const x1 = r.expected * r.expected;
      s0 += weight * x0 * x0;
      s1 += weight * x0 * x1;
      s2 += weight * x1 * x1;
      b0 += weight * x0 * squared;
      b1 += weight * x1 * squared;
    }
    const det = s0 * s2 - s1 * s1;
    count = det > 0 ? (b0 * s2 - b1 * s1) / det : b0 / s0;
    relative = det > 0 ? (s0 * b1 - s1 * b0) / det : 0;
    if (!(relative > 0)) {
      relative = 0;
      count = b0 / s0;
    }
    if (!(count > 0.3)) {
      count = 0.3;
      relative = Math.max(0, (b1 - count * s1) / s2);
    }
  }
  return { count, relative };
};
