import { weekdayOfDay } from '../../kernel/time.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';

/** What a method has learnt: plain data that survives JSON. */
export type MethodState = Readonly<Record<string, number | readonly number[]>>;

/**
 * A forecasting method: learns from a history, then foretells the calls of the days that follow it.
 * `predict` takes the history whose horizon is wanted (its open slots and calendar) and yields expected calls
 * per day × active slot: finite, never negative, 0 in closed slots, of no length for no days.
 */
export interface ForecastMethod {
  readonly name: string;
  fit(history: PreparedHistory): MethodState;
  predict(state: MethodState, history: PreparedHistory): Float64Array;
}

/** Monday 0 … Sunday 6 of a day of the history or its horizon. */
export const weekdayAt = (history: PreparedHistory, day: number): number =>
  weekdayOfDay(history.firstDay + day);

/** A number list of a state. */
export const listOf = (state: MethodState, name: string): readonly number[] => {
  const value = state[name];
  return typeof value === 'object' ? value : [];
};

/** A number of a state; 0 where it is absent. */
export const numberOf = (state: MethodState, name: string): number => {
  const value = state[name];
  return typeof value === 'number' ? value : 0;
};

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
      const v = expected(history.days + j, slot);
      out[j * slots + slot] = v > 0 && Number.isFinite(v) ? v : 0;
    }
  }
  return out;
};
