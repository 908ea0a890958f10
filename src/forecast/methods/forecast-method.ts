import { weekdayOfDay } from '../../kernel/time.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';

/** A fitted model: what was learnt of a history, and the forecasts that follow from it. */
interface FittedMethod<Learnt> {
  /** Plain data that survives JSON. */
  readonly learnt: Learnt;
  /**
   * Expected calls per day × active slot of the horizon of `ahead` (its open slots and calendar are read, and where
   * its history ends): finite, never negative, 0 in closed slots, of no length for no days.
   */
  predict(ahead: PreparedHistory): Float64Array;
}

/** A forecasting method: learns from a history and answers a model that predicts the calls of the days after it. */
export interface ForecastMethod<Learnt = unknown> {
  fit(history: PreparedHistory): FittedMethod<Learnt>;
  /** The fitted model of what an earlier fit has learnt. */
  restore(learnt: Learnt): FittedMethod<Learnt>;
}

/**
 * A method from its two halves.
 * @example forecastMethod(learnTable, (table, ahead) => fillHorizon(ahead, callsOf(table)))
 */
export const forecastMethod = <Learnt>(
  learn: (history: PreparedHistory) => Learnt,
  predict: (learnt: Learnt, ahead: PreparedHistory) => Float64Array,
): ForecastMethod<Learnt> => {
  const restore = (learnt: Learnt): FittedMethod<Learnt> => ({
    learnt,
    predict: (ahead) => predict(learnt, ahead),
  });
  return { fit: (history) => restore(learn(history)), restore };
};

/** Monday 0 … Sunday 6 of a day of the history or its horizon. */
export const weekdayAt = (history: PreparedHistory, day: number): number =>
  weekdayOfDay(history.firstDay + day);

/** Fills the horizon slot by slot: closed slots stay 0, what is not finite or negative becomes 0. */
export const fillHorizon = (
  history: PreparedHistory,
  expected: (day: number, slot: number) => number,
): Float64Array => {
  const slots = history.slotOf.length;
  const out = new Float64Array(history.horizon * slots);
  for (let j = 0; j < history.horizon; j += 1) {
    for (let slot = 0; slot < slots; slot += 1) {
      if (history.open[(history.days + j) * slots + slot] === 0) continue;
      const calls = expected(history.days + j, slot);
      out[j * slots + slot] = Number.isFinite(calls) ? Math.max(0, calls) : 0;
    }
  }
  return out;
};
