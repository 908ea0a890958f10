import { autocorrelation, meanOf, sumOf } from '../../kernel/statistics.ts';
import { valueAt } from '../../kernel/value-at.ts';
import type { CalendarModel, LevelModel } from './day-level.ts';
import type { LevelData } from './prepare-level.ts';

/**
 * Forms that see the last year alone, in one pass each. What the calendar and events do is taken off as another form
 * has it, and that form says how far days ahead may lie off; the level is found otherwise, so that what each misses
 * is averaged out in the mix.
 */
interface PlainDays {
  readonly data: LevelData;
  /** Log totals less the centre and what calendar and events do; NaN where a day is not used. */
  readonly y: Float64Array;
  /** The year's shape where it is known, log scale. */
  readonly yearly: (day: number) => number;
  /** First day that is looked at, and how far off one day may pull. */
  readonly from: number;
  readonly bound: number;
}

/** The level as it is known on a day, for days ahead of it. */
interface PlainLevel {
  readonly level: number;
  /** By weekday class. */
  readonly week: ArrayLike<number>;
  /** What is added to the level on a day so many ahead, from 1 on. */
  readonly drift: (ahead: number) => number;
}

/** A year and a month: what lies before would not count. */
const daysUsed = 400;
const classes = 8;
const mondayToFriday = 5;
/** Standard deviations of a day's noise by which one day may pull. */
const mostSurprise = 2;

const plainDays = (data: LevelData, base: CalendarModel, yearly: (day: number) => number): PlainDays => {
  const { history, openDays, options, centre } = data;
  const from = Math.max(0, history.days - daysUsed);
  const days = Array.from({ length: history.days - from }, (_, i) => from + i);
  const calendar = base.calendar(history.days, days);
  const odd = options.privateEffects.filter(({ to }) => to !== Number.POSITIVE_INFINITY);
  const y = new Float64Array(history.days).fill(Number.NaN);
  for (let day = from; day < history.days; day += 1) {
    const total = valueAt(history.totals, day);
    if (openDays[day] === 0 || !(total > 0) || odd.some((o) => day >= o.from && day < o.to)) continue;
    y[day] = Math.log(total) - centre - valueAt(calendar, day - from) - yearly(day);
  }
  const noise = meanOf(base.dayNoise) + Math.exp(-centre);
  return { data, y, yearly, from, bound: mostSurprise * Math.sqrt(noise) };
};

/** Mean by weekday class of days from `from` until before `to`, and of all; a class never met is a working day's. */
const weekOf = (
  { data, y }: PlainDays,
  from: number,
  to: number,
): Pick<PlainLevel, 'level'> & { readonly week: Float64Array } => {
  const { weekdayClass } = data.history.features;
  const sums = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (let day = from; day < to; day += 1) {
    if (Number.isNaN(y[day]!)) continue;
    const weekday = weekdayClass[day]!;
    sums[weekday]! += y[day]!;
    counts[weekday]! += 1;
  }
  const mean = (last: number): number => sumOf(sums, 0, last) / Math.max(1, sumOf(counts, 0, last));
  const [level, usual] = [mean(classes), mean(mondayToFriday)];
  return { level, week: sums.map((sum, c) => (counts[c]! > 0 ? sum / counts[c]! : usual) - level) };
};

/** Shares of a day's surprise by which level, growth and weekday follow it, and what a day leaves of the growth. */
interface Smoothing {
  readonly level: number;
  readonly growth: number;
  readonly week: number;
  readonly damping: number;
}

const steady: Smoothing = { level: 0.1, growth: 0, week: 0.05, damping: 0 };
const growing: Smoothing = { level: 0.1, growth: 0.03, week: 0.08, damping: 0.97 };
const firstWeeks = 28;

/** Exponential smoothing of level, week and damped growth (Hyndman et al. 2008, ETS(A,Ad,A)), one day bounded in its pull. */
const smooth = (plain: PlainDays, by: Smoothing): ((origin: number) => PlainLevel) => {
  const { y, from, bound, data } = plain;
  const { weekdayClass } = data.history.features;
  const width = classes + 2;
  const states = new Float64Array(width * (y.length + 1));
  let { level, week } = weekOf(plain, from, Math.min(y.length, from + firstWeeks));
  let growth = 0;
  for (let day = from; day <= y.length; day += 1) {
    states.set(week, width * day);
    states[width * day + classes] = level;
    states[width * day + classes + 1] = growth;
    level += growth;
    growth *= by.damping;
    if (day === y.length || Number.isNaN(y[day]!)) continue;
    const weekday = weekdayClass[day]!;
    const surprise = Math.max(-bound, Math.min(bound, y[day]! - level - week[weekday]!));
    level += by.level * surprise;
    growth += by.level * by.growth * surprise;
    week[weekday]! += by.week * surprise;
  }
  return (origin) => {
    const state = states.subarray(width * origin, width * (origin + 1));
    const slope = valueAt(state, classes + 1);
    return {
      level: valueAt(state, classes),
      week: state,
      drift: (ahead) => (slope * (1 - by.damping ** ahead)) / (1 - by.damping),
    };
  };
};

const weeksOfHalfYear = 26;

/**
 * The mean week of half a year; how far the last week lay off it fades by what weeks have in common with the next (the
 * first factor of Shen and Huang 2008). A lasting jump begins the half year.
 */
const halfYear =
  (plain: PlainDays) =>
  (origin: number): PlainLevel => {
    const { y, from, data } = plain;
    const { weekdayClass } = data.history.features;
    const jumps = data.options.privateEffects.filter(
      (effect) => effect.to === Number.POSITIVE_INFINITY && effect.from + firstWeeks <= origin,
    );
    const first = Math.max(from, origin - 7 * weeksOfHalfYear, ...jumps.map((jump) => jump.from));
    const { level, week } = weekOf(plain, first, origin);
    const off: number[] = [];
    for (let end = origin; end - 7 >= first; end -= 7) {
      let sum = 0;
      let known = 0;
      for (let day = end - 7; day < end; day += 1) {
        if (Number.isNaN(y[day]!)) continue;
        sum += y[day]! - level - week[weekdayClass[day]!]!;
        known += 1;
      }
      off.unshift(sum / Math.max(1, known));
    }
    const memory = autocorrelation(off);
    return { level, week, drift: (ahead) => (off.at(-1) ?? 0) * memory ** Math.ceil(ahead / 7) };
  };

const modelOf = (
  plain: PlainDays,
  base: CalendarModel,
  levelAt: (origin: number) => PlainLevel,
): LevelModel => {
  const { data, yearly } = plain;
  const { days, features } = data.history;
  return {
    data,
    dayNoise: base.dayNoise,
    toldEventVariance: base.toldEventVariance,
    forecast: (origin, first, count, joint = false) => {
      const { level, week, drift } = levelAt(origin);
      const calendar = base.calendar(
        origin,
        Array.from({ length: count }, (_, j) => first + j),
      );
      const mean = Float64Array.from(
        { length: count },
        (_, j) =>
          level +
          drift(first + j - origin + 1) +
          valueAt(week, valueAt(features.weekdayClass, first + j)) +
          valueAt(calendar, j) +
          yearly(first + j) +
          data.centre,
      );
      return { ...base.forecast(origin, first, count, joint), mean };
    },
    parts: (ahead) => {
      const { level, week, drift } = levelAt(days);
      return base.parts(ahead).map(([, , holiday, event], i) => {
        const day = valueAt(ahead, i);
        const grown = drift(day - days + 1);
        return [
          level + yearly(day),
          valueAt(week, valueAt(features.weekdayClass, day)),
          holiday,
          event,
          grown,
        ];
      });
    },
  };
};

/** One fit per name. `yearly` is the year's shape where it is known; the growth of what it leaves is followed. */
export const fitSmoothed = (
  data: LevelData,
  base: CalendarModel,
  yearly: (day: number) => number = () => 0,
): LevelModel[] => {
  const plain = plainDays(data, base, () => 0);
  const ofYear = plainDays(data, base, yearly);
  return [
    modelOf(plain, base, smooth(plain, steady)),
    modelOf(ofYear, base, smooth(ofYear, growing)),
    modelOf(plain, base, halfYear(plain)),
  ];
};
