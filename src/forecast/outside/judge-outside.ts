import type { PastDay } from '../calibration/replay-plan.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { type ErrorPair, evidenceWeight, type OutsideDay } from './outside-forecast.ts';

/** Past days as they would have been forecast, the last week of the horizon ahead of each, `judgedWeeks` from its origin. */
export interface Replayed {
  readonly past: readonly PastDay[];
  readonly judgedWeeks: number;
}

/** A past day by both, interval by interval. */
export interface Pair {
  readonly origin: number;
  readonly past: PastDay;
  readonly own: number;
  readonly outside: OutsideDay;
  readonly slots: Float64Array;
  readonly actual: number;
}

export const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);

/** A day of a model by the plan's intervals: as it has them, else its day by `shape`; undefined where it lacks an open one. */
export const slotsOf = (
  history: PreparedHistory,
  day: number,
  said: OutsideDay,
  shape: Float64Array,
): Float64Array | undefined => {
  const whole = sum(shape);
  if (!(whole > 0) || !(said.calls > 0)) return undefined;
  if (said.slots === undefined) return shape.map((value) => (value * said.calls) / whole);
  const slots = Float64Array.from(history.slotOf, (slot) => said.slots![slot]!);
  const isOpen = (slot: number): boolean => history.open[day * slots.length + slot] === 1;
  if (slots.some((calls, slot) => Number.isNaN(calls) && isOpen(slot))) return undefined;
  return slots.map((calls, slot) => (isOpen(slot) ? calls : 0));
};

const dayErrors = ({ own, slots, actual }: Pair): ErrorPair => ({
  own: Math.log(actual / own),
  other: Math.log(actual / sum(slots)),
});

/** Errors of the day's shape alone: both are given the day's own total. */
const shapeErrors = (history: PreparedHistory, { past, own, slots, actual }: Pair): ErrorPair[] => {
  const whole = sum(slots);
  return Array.from(slots, (calls, slot): ErrorPair => {
    const came = history.values[past.day * slots.length + slot]!;
    const due = (past.expected[slot]! * actual) / own;
    const scale = Math.sqrt(due + 1);
    return { own: (came - due) / scale, other: (came - (calls * actual) / whole) / scale };
  }).filter(({ own: error }) => !Number.isNaN(error));
};

export interface Weights {
  readonly level: number;
  readonly shape: number;
}

export const outsideWeights = (history: PreparedHistory, weeks: readonly (readonly Pair[])[]): Weights => {
  const level = evidenceWeight(weeks.map((week) => week.map(dayErrors)));
  const hasShape = weeks.every((week) => week.every(({ outside }) => outside.slots !== undefined));
  return {
    level,
    shape: hasShape
      ? evidenceWeight(weeks.map((week) => week.flatMap((pair) => shapeErrors(history, pair))))
      : 0,
  };
};

/** Days that the belief in own spread is worth when a mix proves more exact. */
const doubtDays = 14;

/** Error of the mix on a past day, on the log scale. */
const mixedError = (pair: Pair, level: number): number => {
  const { own, other } = dayErrors(pair);
  return (1 - level) * own + level * other;
};

/** How much less days scatter around the mix than around the own forecast, 0.25–1. */
export const varianceLeft = (pairs: readonly Pair[], level: number): number => {
  let own = 0;
  let mixed = 0;
  for (const pair of pairs) {
    own += dayErrors(pair).own ** 2;
    mixed += mixedError(pair, level) ** 2;
  }
  const mean = own / Math.max(1, pairs.length);
  const left = (mixed + doubtDays * mean) / (own + doubtDays * mean);
  return Number.isFinite(left) ? Math.max(0.25, Math.min(1, left)) : 1;
};

/** Powers of a range's width that are tried: 0 says nothing of a day's scatter, 1 is as wide as the days scatter. */
const powers = [0, 0.25, 0.5, 0.75, 1];
/** Days of a week are surprised together: so much of a day's word counts. */
const worthOfDay = 0.5;
/** Fewest past days with a range from which anything follows, and the furthest that a day's scatter is moved, either way. */
const leastDays = 20;
const mostTimes = 9;

/** What past days have shown of a model's ranges: how far their widths tell which days scatter more than others. */
interface RangeSkill {
  /** 0: not at all; 1: wholly. */
  readonly power: number;
  /** Log of the usual width, and the mean of what the power makes of past widths. */
  readonly middle: number;
  readonly mean: number;
}

/** Log of a range's width on the log scale; NaN where there is none. */
const logWidth = ({ q10, q90 }: Pick<OutsideDay, 'q10' | 'q90'>): number =>
  q10 > 0 && q90 > q10 ? Math.log(Math.log(q90 / q10)) : Number.NaN;

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Each power weighs as much as errors of the mix speak for scatter that goes with it; how large that is on the whole is left open. */
export const rangeSkill = (pairs: readonly Pair[], level: number): RangeSkill => {
  const days = pairs
    .map((pair) => ({ width: logWidth(pair.outside), square: mixedError(pair, level) ** 2 }))
    .filter(({ width }) => !Number.isNaN(width));
  if (days.length < leastDays) return { power: 0, middle: 0, mean: 1 };
  const middle = meanOf(days.map(({ width }) => width));
  const logs = powers.map((power) => {
    const left = meanOf(days.map(({ width, square }) => square * Math.exp(-2 * power * (width - middle))));
    return (-worthOfDay * days.length * Math.log(Math.max(1e-12, left))) / 2;
  });
  const most = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - most));
  const power =
    powers.reduce((sum, each, i) => sum + each * weights[i]!, 0) /
    weights.reduce((sum, weight) => sum + weight, 0);
  return { power, middle, mean: meanOf(days.map(({ width }) => Math.exp(2 * power * (width - middle)))) };
};

/** How much more, or less, a day scatters than others by its range; 1 where it has none. */
export const varianceByRange = (
  { power, middle, mean }: RangeSkill,
  day: Pick<OutsideDay, 'q10' | 'q90'> | undefined,
): number => {
  const width = day === undefined ? Number.NaN : logWidth(day);
  if (power === 0 || Number.isNaN(width)) return 1;
  return Math.max(1 / mostTimes, Math.min(mostTimes, Math.exp(2 * power * (width - middle)) / mean));
};
