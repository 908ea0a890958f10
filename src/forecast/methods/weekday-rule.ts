import { median } from '../numbers/robust.ts';
import { fillHorizon, listOf, weekdayAt, type ForecastMethod } from './forecast-method.ts';

/** A forecast from the last few days of the same weekday, slot by slot; other weekdays where there is none. */
export const weekdayRule = (
  name: string,
  most: number,
  combine: (latestFirst: readonly number[]) => number,
): ForecastMethod => ({
  name,
  fit: (h) => {
    const a = h.slotOf.length;
    const table: number[] = [];
    for (let w = 0; w < 7; w += 1) {
      for (let s = 0; s < a; s += 1) {
        const past: number[] = [];
        for (let d = h.days - 1; d >= 0 && past.length < most; d -= 1) {
          const v = h.values[d * a + s]!;
          if (weekdayAt(h, d) === w && !Number.isNaN(v)) past.push(v);
        }
        table.push(past.length === 0 ? 0 : combine(past));
      }
    }
    return { table };
  },
  predict: (state, h) => {
    const table = listOf(state, 'table');
    const a = h.slotOf.length;
    return fillHorizon(h, (day, slot) => table[weekdayAt(h, day) * a + slot] ?? 0);
  },
});

/** Arithmetic mean; NaN of nothing. */
export const meanOf = (values: readonly number[]): number =>
  values.reduce((x, y) => x + y, 0) / values.length;
/** Middle value; NaN of nothing. */
export const medianOf = (values: readonly number[]): number => median(values);
