import { expect, test } from 'vitest';
import { type BacktestRun, type ScoredForecast, worstHours } from '../../src/forecast/backtest.ts';
import { addDays } from '../../src/kernel/time.ts';

const slotsPerDay = 48;
const monday = '2026-11-02';

/** A week of a queue forecast at `mean` calls each half-hour, of which `came` says what came. */
const weekOf = (
  monday: string,
  mean: number,
  came: (day: number, slot: number) => number,
): BacktestRun<ScoredForecast> => {
  const flat = new Float64Array(7 * slotsPerDay).fill(mean);
  return {
    origin: monday,
    offset: 0,
    forecast: {
      dates: Array.from({ length: 7 }, (_, day) => addDays(monday, day)),
      slotsPerDay,
      mean: flat,
      quantiles: { q10: flat, q90: flat },
    },
    reported: new Uint8Array(7 * slotsPerDay).fill(1),
    actual: Float64Array.from({ length: 7 * slotsPerDay }, (_, i) =>
      came(Math.floor(i / slotsPerDay), i % slotsPerDay),
    ),
    rivals: new Map(),
  };
};

test('the hours of the week with the largest errors come first, with which way they are off', () => {
  // Tuesdays at 10 twenty calls more came each half-hour; Fridays at 14 the weeks are off both ways; of one slot nothing is known.
  const week = (at: number) =>
    weekOf(addDays(monday, 7 * at), 10, (day, slot) => {
      if (day === 3 && slot === 0) return Number.NaN;
      if (day === 1 && (slot === 20 || slot === 21)) return 30;
      if (day === 4 && slot === 28) return at === 0 ? 0 : 20;
      return 10;
    });
  const second = weekOf(monday, 5, () => 5);
  const hours = worstHours([week(0), week(1), second], 30);
  expect(hours).toHaveLength(10);
  expect(hours[0]).toMatchObject({
    weekday: 2,
    hour: 10,
    weeks: 2,
    off: 40,
    bias: -40,
    forecast: 25,
    came: 65,
  });
  expect(hours[1]).toMatchObject({ weekday: 5, hour: 14, weeks: 2, off: 10, bias: 0 });
  expect(hours[0]?.chance).toBeGreaterThan(2);
  expect(hours.slice(2).every(({ off }) => off === 0)).toBe(true);
  expect(worstHours([week(0)], 30, () => false)).toEqual([]);
});
