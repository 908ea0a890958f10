import { farFromFeast, makeUpClass, type DayFeatures } from '../history/day-features.ts';

/**
 * Covariance of the log totals of two days: a sum of effects, each with its own size and memory. Times are
 * in weeks; sizes are standard deviations on the log scale (0.05 is about 5 %).
 */

/** Multipliers that a history sets for itself by marginal likelihood. */
export interface LevelScales {
  readonly level: number;
  readonly noise: number;
  readonly month: number;
}

/** A lasting jump of the level from a day on, or an effect of a few days that must not spread. */
export interface OutlierEffect {
  readonly from: number;
  readonly to: number;
  readonly variance: number;
}

/** A stretch of days over which the level steps faster than it otherwise does: a jump, an epidemic, its end. */
export interface LevelMove {
  /** First day, and the day after the last; it may lie ahead of the history. */
  readonly from: number;
  readonly to: number;
  /** Variance by which the level steps in a week, log scale. */
  readonly perWeek: number;
}

/** Variance that a move has added to the level by a day. */
export const addedVariance = ({ from, to, perWeek }: LevelMove, day: number): number =>
  (perWeek * Math.max(0, Math.min(day, to) - from)) / 7;

/** The move that goes on at the end of a history of so many days. */
export const moveAtEnd = (moves: readonly LevelMove[], days: number): LevelMove | undefined =>
  moves.find(({ to }) => to > days);

export interface KernelOptions {
  /** Standard deviation of the growth per week; 0 for no trend. */
  readonly trendPerWeek: number;
  /** Weeks over which growth is forgotten. */
  readonly trendMemory: number;
  /** True for a regression on the calendar with a slow level only: what changes within weeks is noise. */
  readonly slowLevel: boolean;
  /** Yearly terms: only where the history is long enough to tell them from the level. */
  readonly yearly: boolean;
  /** False where the line never answered on a holiday: then a holiday ahead says little. */
  readonly holidaysSeen: boolean;
  /** Usual open days per week. */
  readonly daysPerWeek: number;
  readonly privateEffects: readonly OutlierEffect[];
  /** Stretches over which the level steps faster. */
  readonly moves: readonly LevelMove[];
}

export interface DayKernel {
  /** Covariance of day i with each of `others`, written to `out`. */
  fill(i: number, others: Int32Array, count: number, out: Float64Array, start: number): void;
  /** Prior variance of a day, and what of it lies in events of which nothing but a planner's word is known. */
  variance(i: number): number;
  readonly toldEventVariance: (i: number) => number;
  /** The parts of the covariance of day i with others, weighed and added up: level, weekday, holiday (with month), event, trend. */
  parts(i: number, others: Int32Array, weights: Float64Array): [number, number, number, number, number];
}

const square = (x: number): number => x * x;

/** Integrated Ornstein-Uhlenbeck growth: half the variance of the change over `weeks`. */
const growth = (weeks: number, perWeek: number, memory: number): number => {
  const x = weeks / memory;
  return square(perWeek * memory) * (x - 1 + Math.exp(-x));
};

const levelCovariance = (weeks: number, slow: boolean): number =>
  (slow ? 0 : square(0.03) * (Math.exp(-weeks / 1.5) + Math.exp(-weeks / 6))) +
  square(0.04) * Math.exp(-weeks / 24) +
  square(0.12) * Math.exp(-weeks / 96);

const yearlyCovariance = (days: number): number => {
  const turn = (2 * Math.PI * days) / 365.25;
  return square(0.06) * (Math.cos(turn) + Math.cos(2 * turn) / 4);
};

const weekdayTable = (): Float64Array => {
  const table = new Float64Array(64);
  for (let c = 0; c < 7; c += 1) table[c * 8 + c] = 1;
  for (let c = 0; c < 5; c += 1) {
    table[makeUpClass * 8 + c] = 0.2;
    table[c * 8 + makeUpClass] = 0.2;
  }
  table[makeUpClass * 8 + makeUpClass] = 0.2 + square(0.12);
  return table;
};

const holidayCovariance = (features: DayFeatures, i: number, j: number, seen: boolean): number => {
  const both = features.holiday[i]! * features.holiday[j]!;
  if (both === 0) return 0;
  const same = i === j ? 1 : 0;
  if (!seen) {
    // The further a holiday is expected to be from a usual day, the less sure it is how far.
    const far = square(0.3) * features.holidayPrior[i]! * features.holidayPrior[j]!;
    return far + both * (square(0.15) + square(0.1) * same);
  }
  let v = 0.5 + (features.clustered[i] === features.clustered[j] ? 0.49 : 0);
  // A holiday on a Saturday is less of a change than one on a Monday.
  if (features.weekdayClass[i]! >= 5 !== features.weekdayClass[j]! >= 5) v *= 0.6;
  if (features.holidayKey[i] === features.holidayKey[j]) {
    v +=
      square(0.35) *
      (0.4 + 0.6 * Math.exp(-Math.abs(features.dayInHoliday[i]! - features.dayInHoliday[j]!) / 1.5));
  }
  return both * (v + square(0.1) * same);
};

const afterSize = [0, square(0.2), square(0.2) / 2, square(0.2) / 4];

/** Days around a moving feast: what every year has in common by its days, and what one year has of its own. */
const feastCovariance = ({ feast, feastDay }: DayFeatures, i: number, j: number): number => {
  const apart = Math.abs(feastDay[i]! - feastDay[j]!);
  const size = feast?.size ?? 0;
  const own = Math.abs(i - j) < 60 ? square(size / 6) : 0;
  return (square(size) + own) * Math.exp(-apart / 4);
};

const calendarCovariance = (features: DayFeatures, i: number, j: number, seen: boolean): number => {
  let v = holidayCovariance(features, i, j, seen);
  if (features.after[i]! > 0 && features.after[i] === features.after[j]) v += afterSize[features.after[i]!]!;
  if (features.bridge[i] === 1 && features.bridge[j] === 1) v += square(0.2);
  if (features.before[i] === 1 && features.before[j] === 1) v += square(0.15);
  if (features.weekdayClass[i] === makeUpClass && i === j) v += square(0.06);
  if (features.feastDay[i] !== farFromFeast && features.feastDay[j] !== farFromFeast)
    v += feastCovariance(features, i, j);
  return v;
};

const eventCovariance = (features: DayFeatures, i: number, j: number, events = features.events): number => {
  let v = 0;
  for (const a of events) {
    const ai = a.strength[i]!;
    if (ai === 0) continue;
    for (const b of events) {
      if (b.kind !== a.kind || b.strength[j] === 0) continue;
      v += square(a.known ? 0.1 : 0.3) * ai * b.strength[j]!;
      if (a === b) v += square(a.known ? 0.06 : 0.15) * ai * b.strength[j]!;
    }
  }
  return v;
};

const specialDays = (features: DayFeatures): Uint8Array => {
  const special = new Uint8Array(features.count);
  for (let day = 0; day < features.count; day += 1) {
    const flagged =
      features.holiday[day]! > 0 ||
      features.after[day]! > 0 ||
      features.before[day] === 1 ||
      features.bridge[day] === 1 ||
      features.feastDay[day] !== farFromFeast;
    if (
      flagged ||
      features.weekdayClass[day] === makeUpClass ||
      features.events.some((e) => e.strength[day]! > 0)
    )
      special[day] = 1;
  }
  return special;
};

/** Working-day index of the line: counts open days, so that weekends of an office line take no time. */
const openIndex = (openDays: Uint8Array): Int32Array => {
  const index = new Int32Array(openDays.length);
  let count = 0;
  for (let day = 0; day < openDays.length; day += 1) {
    index[day] = count;
    count += openDays[day]!;
  }
  return index;
};

/** Builds the covariance for the days that `features` describe; `reference` is the day where growth is 0. */
export const dayKernel = (
  features: DayFeatures,
  openDays: Uint8Array,
  scales: LevelScales,
  options: KernelOptions,
  reference: number,
): DayKernel => {
  const n = features.count;
  const { trendPerWeek, trendMemory } = options;
  const level2 = square(scales.level);
  const stationary = new Float64Array(n);
  const drift = new Float64Array(n);
  const grown = new Float64Array(n);
  for (let day = 0; day < n; day += 1) {
    stationary[day] =
      0.25 +
      level2 * levelCovariance(day / 7, options.slowLevel) +
      (options.yearly ? yearlyCovariance(day) : 0);
    drift[day] = square(0.04) * Math.exp(-day / 7 / 26);
    grown[day] = trendPerWeek > 0 ? growth(day / 7, trendPerWeek, trendMemory) : 0;
  }
  const sinceOpen = new Float64Array(n + 1);
  for (let day = 0; day <= n; day += 1) {
    sinceOpen[day] =
      (options.slowLevel ? 0 : 1) * level2 * square(0.03) * Math.exp(-day / options.daysPerWeek / 0.4);
  }
  const month = new Float64Array(40);
  for (let p = 0; p < 40; p += 1) month[p] = square(scales.month * 0.06) * Math.exp(-p / 2.5);
  const weekdays = weekdayTable();
  const special = specialDays(features);
  const index = openIndex(openDays);
  const cls = features.weekdayClass;
  const seen = (event: DayFeatures['events'][number]): boolean =>
    event.strength.subarray(0, reference + 1).some((strength) => strength > 0);
  const kindsSeen = new Set(features.events.filter(seen).map(({ kind }) => kind));
  const told = features.events.filter(({ known, kind }) => known && !kindsSeen.has(kind));
  const { privateEffects: privates, moves } = options;
  const firstMove = Math.min(...moves.map(({ from }) => from));
  const privateCovariance = (i: number, j: number): number => {
    let v = 0;
    for (const p of privates) if (i >= p.from && i < p.to && j >= p.from && j < p.to) v += p.variance;
    if (i > firstMove && j > firstMove) for (const move of moves) v += addedVariance(move, Math.min(i, j));
    return v;
  };
  const trendOf = (i: number, j: number): number =>
    trendPerWeek === 0
      ? 0
      : grown[Math.abs(i - reference)]! + grown[Math.abs(j - reference)]! - grown[Math.abs(i - j)]!;
  const { monthPosition } = features;
  const isPlain = privates.length + moves.length === 0;
  const fill: DayKernel['fill'] = (i, others, count, out, start) => {
    const [weekday, opened, position, isSpecial] = [cls[i]!, index[i]!, monthPosition[i]!, special[i] === 1];
    for (let k = 0; k < count; k += 1) {
      const j = others[k]!;
      const apart = i > j ? i - j : j - i;
      let v =
        stationary[apart]! +
        sinceOpen[Math.abs(opened - index[j]!)]! +
        weekdays[weekday * 8 + cls[j]!]! * (1 + (weekday === cls[j] ? drift[apart]! : 0)) +
        month[Math.abs(position - monthPosition[j]!)]!;
      if (isSpecial && special[j] === 1)
        v += calendarCovariance(features, i, j, options.holidaysSeen) + eventCovariance(features, i, j);
      if (trendPerWeek > 0) v += trendOf(i, j);
      if (!isPlain) v += privateCovariance(i, j);
      out[start + k] = v;
    }
  };
  return {
    fill,
    variance: (i) => {
      const own = new Float64Array(1);
      fill(i, Int32Array.of(i), 1, own, 0);
      return own[0]!;
    },
    toldEventVariance: (i) => eventCovariance(features, i, i, told),
    parts: (i, others, weights) => {
      let [level, weekday, holiday, event, trend] = [0, 0, 0, 0, 0];
      for (let k = 0; k < others.length; k += 1) {
        const j = others[k]!;
        const weight = weights[k]!;
        const apart = Math.abs(i - j);
        const same = cls[i] === cls[j] ? drift[apart]! : 0;
        const near = stationary[apart]! + sinceOpen[Math.abs(index[i]! - index[j]!)]!;
        level += weight * (near + privateCovariance(i, j));
        weekday += weight * weekdays[cls[i]! * 8 + cls[j]!]! * (1 + same);
        holiday += weight * month[Math.abs(monthPosition[i]! - monthPosition[j]!)]!;
        trend += weight * trendOf(i, j);
        if (special[i] === 0 || special[j] === 0) continue;
        holiday += weight * calendarCovariance(features, i, j, options.holidaysSeen);
        event += weight * eventCovariance(features, i, j);
      }
      return [level, weekday, holiday, event, trend];
    },
  };
};
