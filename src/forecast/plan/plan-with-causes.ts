import {
  causesAhead,
  type CauseExplanation,
  type LagEffect,
  valuesOutsideObserved,
} from '../causes/cause-ahead.ts';
import { mostLag, type Cause, causeValue } from '../causes/cause.ts';
import {
  selectRegressors,
  clampedDeviation,
  refitCauses,
  type FoundCauses,
} from '../causes/select-regressors.ts';
import type { ForecastTask } from '../forecast-task.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import type { PredictiveModel } from './predictive-model.ts';

type MakePlan = (history: PreparedHistory) => PredictiveModel;

/** What causes did on each day of a history, on the log scale. */
const effectsOn = (history: PreparedHistory, { found, effects }: FoundCauses): Float64Array => {
  const origin = history.firstDay + history.days;
  return Float64Array.from({ length: history.days }, (_, d) => {
    let sum = 0;
    found.forEach((cause, c) => {
      for (let lag = 0; lag <= mostLag; lag += 1)
        sum +=
          effects.beta[c * (mostLag + 1) + lag]! *
          clampedDeviation(cause, history.firstDay + d - lag, origin);
    });
    return sum;
  });
};

/** The history as it would have been had each cause stayed at its middle. */
const withoutCauses = (history: PreparedHistory, effects: Float64Array): PreparedHistory => {
  const slots = history.slotOf.length;
  return {
    ...history,
    values: history.values.map((calls, i) => calls / Math.exp(effects[Math.floor(i / slots)]!)),
    totals: history.totals.map((calls, d) => calls / Math.exp(effects[d]!)),
  };
};

/** Error of past days as they were forecast, on the calls that came: sums of absolute errors over sums of calls. */
const dayErrorOf = (
  history: PreparedHistory,
  { replayed }: PredictiveModel,
  effects: Float64Array | undefined,
): number => {
  let error = 0;
  let calls = 0;
  for (const { day, expected } of replayed.past) {
    const came = history.totals[day]!;
    if (Number.isNaN(came)) continue;
    const mean = expected.reduce((sum, value) => sum + value, 0) * Math.exp(effects?.[day] ?? 0);
    error += Math.abs(came - mean);
    calls += came;
  }
  return error / calls;
};

/** The plan of a history without causes, with what they do on the days ahead put in again. */
const withAhead = (plan: PredictiveModel, history: PreparedHistory, taken: FoundCauses): PredictiveModel => {
  const { mean, covariance } = causesAhead(history, taken);
  return {
    ...plan,
    logMean: plan.logMean.map((value, j) => value + mean[j]!),
    covariance: plan.covariance.map((value, at) => value + covariance[at]!),
    causeFactor: mean.map(Math.exp),
  };
};

/** Past days as they were forecast, with what causes did on them: what other forecasts of the same calls are held to. */
const replayedWith = ({ replayed }: PredictiveModel, effects: Float64Array): PredictiveModel['replayed'] => ({
  ...replayed,
  past: replayed.past.map(({ day, expected }) => ({
    day,
    expected: expected.map((calls) => calls * Math.exp(effects[day]!)),
  })),
});

/** A round move of a cause near its usual scatter: 1, 2 or 5 times a power of ten. */
const roundStep = (scale: number): number => {
  const power = 10 ** Math.floor(Math.log10(scale));
  const [step = 1] = [5, 2, 1].filter((times) => times * power <= scale);
  return step * power;
};

/** Standard errors on either side of an effect in an 80 % interval. */
const eighty = 1.2816;
/** Standard errors beyond which an effect of a later day is one: of all later days together, one line in twenty has one by chance. */
const sure = 2.69;

/** What one step more of a cause does on the same day and on each later one. */
export const lagEffects = ({ effects }: FoundCauses, c: number, step: number): LagEffect[] => {
  const size = effects.beta.length;
  return Array.from({ length: mostLag + 1 }, (_, lag): LagEffect => {
    const at = c * (mostLag + 1) + lag;
    const mean = effects.beta[at]! * step;
    const error = Math.sqrt(effects.covariance[at * size + at]!) * step;
    return {
      lag,
      low: Math.expm1(mean - eighty * error),
      high: Math.expm1(mean + eighty * error),
      isSure: Math.abs(mean) > sure * error,
    };
  });
};

/** Weeks at the end of the history that do not teach the effects by which their own forecasts are judged. */
const judgedDays = 84;

/** Causes whose values are not known on days ahead, each with the first such day. */
const unknownAhead = (
  history: PreparedHistory,
  causes: readonly Cause[],
): { readonly name: string; readonly day: number }[] => {
  const origin = history.firstDay + history.days;
  return causes.flatMap((cause) => {
    for (let j = 0; j < history.horizon; j += 1)
      if (Number.isNaN(causeValue(cause, origin + j, origin))) return [{ name: cause.name, day: origin + j }];
    return [];
  });
};

/**
 * A plan that takes into account what stored causes do: those that rolling forecasts get better by are taken out of the
 * history, the rest is forecast as ever, and what they do ahead is put in again. Where none is taken the plan is the
 * same as without.
 */
export const planWithCauses = (
  history: PreparedHistory,
  { causes = [] }: ForecastTask,
  plan: MakePlan,
): { readonly history: PreparedHistory; readonly plan: PredictiveModel } => {
  if (causes.length === 0) return { history, plan: plan(history) };
  const { taken, refused } = selectRegressors(history, causes);
  const plain = plan(history);
  const left = refused.map(({ cause, ...rest }) => ({ name: cause.name, ...rest }));
  if (taken === undefined)
    return {
      history,
      plan: { ...plain, causes: { taken: [], refused: left, unknown: [], unseen: [] } },
    };
  const effects = effectsOn(history, taken);
  const bare = withoutCauses(history, effects);
  const earlier = refitCauses(history, taken, history.days - judgedDays);
  const earlierEffects = earlier === undefined ? undefined : effectsOn(history, earlier);
  const errors =
    earlierEffects === undefined
      ? undefined
      : {
          without: dayErrorOf(history, plain, undefined),
          with: dayErrorOf(history, plan(withoutCauses(history, earlierEffects)), earlierEffects),
        };
  // what made the last weeks worse is not used, whatever it did before
  if (errors !== undefined && !(errors.with <= errors.without)) {
    const worse = taken.found.map(({ cause, days }) => ({ name: cause.name, why: 'no-gain' as const, days }));
    const causes = { taken: [], refused: [...worse, ...left], unknown: [], unseen: [], errors };
    return { history, plan: { ...plain, causes } };
  }
  const story: CauseExplanation = {
    taken: taken.found.map(({ cause, scale, least, most, days }, c) => {
      const step = roundStep(scale);
      return { name: cause.name, step, least, most, days, lags: lagEffects(taken, c, step) };
    }),
    refused: left,
    unknown: unknownAhead(
      history,
      taken.found.map(({ cause }) => cause),
    ),
    unseen: valuesOutsideObserved(history, taken),
    ...(errors === undefined ? {} : { errors }),
  };
  const made = withAhead(plan(bare), history, taken);
  return {
    history,
    plan: { ...made, history, replayed: replayedWith(made, earlierEffects ?? effects), causes: story },
  };
};
