import type { DayFeatures } from './day-features.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Fewest holidays without a call that show a line to be closed on them. */
const leastHolidays = 3;

/**
 * Closes the full holidays of the horizon in `open` (days × active slots) where every full holiday that the history
 * records on a usually open day, three or more, has not a single call. Days without records say nothing.
 */
export const closeHolidays = (
  values: Float64Array,
  open: Uint8Array,
  days: number,
  features: DayFeatures,
): void => {
  const slots = open.length / features.count;
  let silent = 0;
  for (let day = 0; day < days; day += 1) {
    if (features.holiday[day] !== 1) continue;
    const calls = recordedCalls(values, open, day * slots, (day + 1) * slots);
    if (calls === undefined) continue;
    if (calls > 0) return;
    silent += 1;
  }
  if (silent < leastHolidays) return;
  for (let day = days; day < features.count; day += 1)
    if (features.holiday[day] === 1) open.fill(0, day * slots, (day + 1) * slots);
};

/** Calls in the open slots of a range; undefined where none is recorded. */
const recordedCalls = (
  values: Float64Array,
  open: Uint8Array,
  from: number,
  to: number,
): number | undefined => {
  let sum: number | undefined;
  for (let i = from; i < to; i += 1) {
    const calls = valueAt(values, i);
    if (open[i] === 1 && !Number.isNaN(calls)) sum = (sum ?? 0) + calls;
  }
  return sum;
};
