import { median } from '../numbers/robust.ts';
import { fillHorizon, listOf, weekdayAt, type ForecastMethod } from './forecast-method.ts';

/** A forecast from the last few days of the same weekday, slot by slot; other weekdays where there is none. */
export const weekdayRule = (
  name: string,
  most: number,
  combine: (latestFirst: readonly number[]) => number,
): ForecastMethod => ({
  name,
  fit: (history) => {
    const slots = history.slotOf.length;
    const table: number[] = [];
    for (let weekday = 0; weekday < 7; weekday += 1) {
      for (let slot = 0; slot < slots; slot += 1) {
        const past: number[] = [];
        for (let day = history.days - 1; day >= 0 && past.length < most; day -= 1) {
          const calls = history.values[day * slots + slot]!;
          if (weekdayAt(history, day) === weekday && !Number.isNaN(calls)) past.push(calls);
        }
        table.push(past.length === 0 ? 0 : combine(past));
      }
    }
    return { table };
  },
  predict: (state, history) => {
    const table = listOf(state, 'table');
    const slots = history.slotOf.length;
    return fillHorizon(history, (day, slot) => table[weekdayAt(history, day) * slots + slot] ?? 0);
  },
});

/** Arithmetic mean; NaN of nothing. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((x, y) => x + y, 0) / values.length;
/** Middle value; NaN of nothing. */
export const medianOf = (values: readonly number[]): number => median(values);
