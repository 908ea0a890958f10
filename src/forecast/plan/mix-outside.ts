import { isCovered } from '../../kernel/time-window.ts';
import { meanOf, sumOf } from '../../kernel/statistics.ts';
import type { ForecastTask } from '../forecast-task.ts';
import {
  outsideDay,
  type OutsideForecast,
  outsideMethod,
  type OutsideShare,
  type ErrorPair,
  evidenceWeight,
  type OutsideDay,
} from '../outside/outside-forecast.ts';
import type { PredictiveModel, PastDay, Replayed } from './predictive-model.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';

/** The plan with a forecast from outside mixed into the days ahead that it has figures of. */
const mixInto = (
  plan: PredictiveModel,
  ahead: readonly (Float64Array | undefined)[],
  weights: Weights,
  left: readonly number[],
): Pick<PredictiveModel, 'logMean' | 'covariance' | 'dayNoise' | 'shares'> => {
  const days = plan.logMean.length;
  const slots = plan.history.slotOf.length;
  const { level } = weights;
  const apart = ahead.map((own, j) => (own === undefined ? 0 : Math.log(sumOf(own)) - plan.logMean[j]!));
  const scale = ahead.map((own, j) => (own === undefined ? 1 : Math.sqrt(left[j]!)));
  const shares = plan.shares.slice();
  ahead.forEach((own, j) => {
    if (own === undefined) return;
    const mine = plan.shares.subarray(j * slots, (j + 1) * slots);
    const mixed = mixedSlots(mine, own, weights);
    const whole = sumOf(mixed);
    mixed.forEach((calls, slot) => {
      shares[j * slots + slot] = calls / whole;
    });
  });
  return {
    logMean: plan.logMean.map((mean, j) => mean + level * apart[j]!),
    covariance: plan.covariance.map((value, at) => {
      const [i, j] = [Math.floor(at / days), at % days];
      return value * scale[i]! * scale[j]! + level * (1 - level) * apart[i]! * apart[j]!;
    }),
    dayNoise: plan.dayNoise.map((value, j) => value * scale[j]! ** 2),
    shares,
  };
};

/** A day's scatter that its range moves by less than this is not worth a word. */
const worthTelling = 0.1;

const mixOne = (plan: PredictiveModel, outside: OutsideForecast): PredictiveModel => {
  const { history } = plan;
  const slots = history.slotOf.length;
  const weeks = weeksOfBoth(history, plan.replayed, outside);
  const pairs = weeks.flat();
  const said = Array.from({ length: history.horizon }, (_, j) =>
    outsideDay(outside, history.firstDay + history.days, history.firstDay + history.days + j),
  );
  const ahead = said.map((own, j) =>
    own === undefined || !Number.isFinite(plan.logMean[j]!)
      ? undefined
      : slotsOf(history, history.days + j, own, plan.shares.subarray(j * slots, (j + 1) * slots)),
  );
  const isAhead = ahead.some((own) => own !== undefined);
  const found = isAhead ? outsideWeights(history, weeks) : { level: 0, shape: 0 };
  // A shape is taken along with a level only: alone it would stand for a model that has no say.
  const weights = found.level > 0.005 ? found : { level: 0, shape: 0 };
  const mixedPast = replayedMix(plan, pairs, weights);
  const ranged = pairs.filter(({ outside: { q10, q90 } }) => !Number.isNaN(q10) && !Number.isNaN(q90));
  const skill = weights.level > 0 ? rangeSkill(pairs, weights.level) : undefined;
  const byRange = said.map((day) => (skill === undefined ? 1 : varianceByRange(skill, day)));
  const share: OutsideShare = {
    model: outside.model,
    weeks: weeks.length,
    wape: errorOver(
      history,
      pairs.map((pair) => ({ day: pair.past.day, expected: pair.slots })),
    ),
    ownWape: errorOver(
      history,
      pairs.map(({ past }) => past),
    ),
    mixedWape: errorOver(
      history,
      mixedPast.filter(({ day }) => pairs.some(({ past }) => past.day === day)),
    ),
    weight: weights.level,
    coverage80:
      ranged.filter(({ actual, outside: { q10, q90 } }) => isCovered(actual, q10, q90)).length /
      ranged.length,
    coveredDays: ranged.length,
    rangesTell: byRange.some((times) => Math.abs(times - 1) > worthTelling),
    days: said.map((own) => own ?? { calls: Number.NaN, q10: Number.NaN, q90: Number.NaN }),
  };
  const candidate = { method: outsideMethod(outside.model), wape: share.wape, weight: weights.level };
  const shown = { ...plan, outside: [...plan.outside, share] };
  if (weights.level === 0) return { ...shown, candidates: [...plan.candidates, candidate] };
  const less = varianceLeft(pairs, weights.level);
  return {
    ...shown,
    ...mixInto(
      plan,
      ahead,
      weights,
      byRange.map((times) => less * times),
    ),
    replayed: { ...plan.replayed, past: mixedPast },
    mixWape: errorOver(history, mixedPast),
    candidates: [
      ...plan.candidates.map((own) => ({ ...own, weight: own.weight * (1 - weights.level) })),
      candidate,
    ],
  };
};

/** Past days as the mix would have forecast them; those of which the model said nothing as they were. */
const replayedMix = ({ replayed }: PredictiveModel, pairs: readonly Pair[], weights: Weights): PastDay[] => {
  const byDay = new Map(pairs.map((pair) => [pair.past.day, pair]));
  return replayed.past.map((past) => {
    const pair = byDay.get(past.day);
    return pair === undefined
      ? past
      : { day: past.day, expected: mixedSlots(past.expected, pair.slots, weights) };
  });
};

/**
 * Forecasts from outside beside the own and, as far as the past weeks for which they were made speak for them, mixed
 * into it. One after the other, each beside what the mix is by then. A queue without any is left as it is.
 */
export const mixOutside = (plan: PredictiveModel, { outside = [] }: ForecastTask): PredictiveModel =>
  outside.reduce((mixed, own) => mixOne(mixed, own), plan);

/** Past days that both have forecast from the same origin. */
const pairsOf = (history: PreparedHistory, replayed: Replayed, outside: OutsideForecast): Pair[] => {
  return replayed.past.flatMap((past) => {
    const weeksBack = Math.ceil((history.days - past.day) / 7) - 1 + replayed.judgedWeeks;
    const origin = history.days - 7 * weeksBack;
    const actual = history.totals[past.day]!;
    const said = outsideDay(outside, history.firstDay + origin, history.firstDay + past.day);
    if (said === undefined || !(actual > 0)) return [];
    const slots = slotsOf(history, past.day, said, past.expected);
    if (slots === undefined) return [];
    return [{ origin, past, own: sumOf(past.expected), outside: said, slots, actual }];
  });
};

/** Past days that both have forecast, by weeks that have enough of them. */
const weeksOfBoth = (history: PreparedHistory, replayed: Replayed, outside: OutsideForecast): Pair[][] =>
  [...Map.groupBy(pairsOf(history, replayed, outside), ({ origin }) => origin).values()].filter(
    (week) => week.length >= leastDaysOfWeek,
  );

const leastDaysOfWeek = 3;

/** A day's intervals by both together: the level between theirs, and the shape. */
const mixedSlots = (own: Float64Array, other: Float64Array, { level, shape }: Weights): Float64Array => {
  const [mine, theirs] = [sumOf(own), sumOf(other)];
  const whole = mine ** (1 - level) * theirs ** level;
  return own.map((calls, slot) => whole * (((1 - shape) * calls) / mine + (shape * other[slot]!) / theirs));
};

const errorOver = (
  history: PreparedHistory,
  days: readonly { readonly day: number; readonly expected: Float64Array }[],
): number => {
  let error = 0;
  let calls = 0;
  for (const { day, expected } of days)
    expected.forEach((mean, slot) => {
      const came = history.values[day * expected.length + slot]!;
      if (Number.isNaN(came) || history.open[day * expected.length + slot] === 0) return;
      error += Math.abs(came - mean);
      calls += came;
    });
  return calls > 0 ? error / calls : Number.NaN;
};

/** A past day by both, interval by interval. */
interface Pair {
  readonly origin: number;
  readonly past: PastDay;
  readonly own: number;
  readonly outside: OutsideDay;
  readonly slots: Float64Array;
  readonly actual: number;
}

/** A day of a model by the plan's intervals: as it has them, else its day by `shape`; undefined where it lacks an open one. */
const slotsOf = (
  history: PreparedHistory,
  day: number,
  said: OutsideDay,
  shape: Float64Array,
): Float64Array | undefined => {
  const whole = sumOf(shape);
  if (!(whole > 0) || !(said.calls > 0)) return undefined;
  if (said.slots === undefined) return shape.map((value) => (value * said.calls) / whole);
  const slots = Float64Array.from(history.slotOf, (slot) => said.slots![slot]!);
  const isOpen = (slot: number): boolean => history.open[day * slots.length + slot] === 1;
  if (slots.some((calls, slot) => Number.isNaN(calls) && isOpen(slot))) return undefined;
  return slots.map((calls, slot) => (isOpen(slot) ? calls : 0));
};

const dayErrors = ({ own, slots, actual }: Pair): ErrorPair => ({
  own: Math.log(actual / own),
  other: Math.log(actual / sumOf(slots)),
});

/** Errors of the day's shape alone: both are given the day's own total. */
const shapeErrors = (history: PreparedHistory, { past, own, slots, actual }: Pair): ErrorPair[] => {
  const whole = sumOf(slots);
  return Array.from(slots, (calls, slot): ErrorPair => {
    const came = history.values[past.day * slots.length + slot]!;
    const due = (past.expected[slot]! * actual) / own;
    const scale = Math.sqrt(due + 1);
    return { own: (came - due) / scale, other: (came - (calls * actual) / whole) / scale };
  }).filter(({ own: error }) => !Number.isNaN(error));
};

interface Weights {
  readonly level: number;
  readonly shape: number;
}

const outsideWeights = (history: PreparedHistory, weeks: readonly (readonly Pair[])[]): Weights => {
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
const varianceLeft = (pairs: readonly Pair[], level: number): number => {
  let variance = 0;
  let mixed = 0;
  for (const pair of pairs) {
    variance += dayErrors(pair).own ** 2;
    mixed += mixedError(pair, level) ** 2;
  }
  const mean = variance / Math.max(1, pairs.length);
  const left = (mixed + doubtDays * mean) / (variance + doubtDays * mean);
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

/** Each power weighs as much as errors of the mix speak for scatter that goes with it; how large that is on the whole is left open. */
const rangeSkill = (pairs: readonly Pair[], level: number): RangeSkill => {
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
  const power = powers.reduce((sum, each, i) => sum + each * weights[i]!, 0) / sumOf(weights);
  return { power, middle, mean: meanOf(days.map(({ width }) => Math.exp(2 * power * (width - middle)))) };
};

/** How much more, or less, a day scatters than others by its range; 1 where it has none. */
const varianceByRange = (
  { power, middle, mean }: RangeSkill,
  day: Pick<OutsideDay, 'q10' | 'q90'> | undefined,
): number => {
  const width = day === undefined ? Number.NaN : logWidth(day);
  if (power === 0 || Number.isNaN(width)) return 1;
  return Math.max(1 / mostTimes, Math.min(mostTimes, Math.exp(2 * power * (width - middle)) / mean));
};
