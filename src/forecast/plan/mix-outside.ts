import { isCovered } from '../../kernel/time-window.ts';
import type { PastDay } from '../calibration/replay-plan.ts';
import type { ForecastRequest } from '../forecast-types.ts';
import {
  outsideDay,
  type OutsideForecast,
  outsideMethod,
  type OutsideShare,
} from '../outside/outside-forecast.ts';
import {
  type Pair,
  rangeSkill,
  slotsOf,
  sum,
  varianceByRange,
  varianceLeft,
  outsideWeights,
  type Weights,
  type Replayed,
} from '../outside/judge-outside.ts';
import type { PredictiveModel } from './predictive-model.ts';
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
  const apart = ahead.map((own, j) => (own === undefined ? 0 : Math.log(sum(own)) - plan.logMean[j]!));
  const scale = ahead.map((own, j) => (own === undefined ? 1 : Math.sqrt(left[j]!)));
  const shares = plan.shares.slice();
  ahead.forEach((own, j) => {
    if (own === undefined) return;
    const mine = plan.shares.subarray(j * slots, (j + 1) * slots);
    const mixed = mixedSlots(mine, own, weights);
    const whole = sum(mixed);
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
export const mixOutside = (plan: PredictiveModel, { outside = [] }: ForecastRequest): PredictiveModel =>
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
    return [{ origin, past, own: sum(past.expected), outside: said, slots, actual }];
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
  const [mine, theirs] = [sum(own), sum(other)];
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
