import type { MethodName } from '../forecast-types.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { median } from '../numbers/robust.ts';
import { fillHorizon, forecastMethod, weekdayAt, type ForecastMethod } from './forecast-method.ts';

/** Calls per weekday × active slot. */
export interface WeekdayTable {
  readonly table: readonly number[];
}

/** The latest known counts of a slot on a weekday, at most `most`. */
const latestCounts = (history: PreparedHistory, weekday: number, slot: number, most: number): number[] => {
  const slots = history.slotOf.length;
  const found: number[] = [];
  for (let day = history.days - 1; day >= 0 && found.length < most; day -= 1) {
    const calls = history.values[day * slots + slot]!;
    if (weekdayAt(history, day) === weekday && !Number.isNaN(calls)) found.push(calls);
  }
  return found;
};

/** A forecast from the last few days of the same weekday, slot by slot; 0 where there is none. */
export const weekdayRule = (
  name: MethodName,
  most: number,
  combine: (latestFirst: readonly number[]) => number,
): ForecastMethod<WeekdayTable> =>
  forecastMethod<WeekdayTable>(
    name,
    (history) => {
      const slots = history.slotOf.length;
      const table = Array.from({ length: 7 * slots }, (_, i) => {
        const latest = latestCounts(history, Math.floor(i / slots), i % slots, most);
        return latest.length === 0 ? 0 : combine(latest);
      });
      return { table };
    },
    ({ table }, ahead) =>
      fillHorizon(ahead, (day, slot) => table[weekdayAt(ahead, day) * ahead.slotOf.length + slot] ?? 0),
  );

/** Arithmetic mean; NaN of nothing. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((x, y) => x + y, 0) / values.length;
/** Middle value; NaN of nothing. */
export const medianOf = (values: readonly number[]): number => median(values);
