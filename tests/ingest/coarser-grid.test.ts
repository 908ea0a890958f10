import { expect, test } from 'vitest';
import { coarserStep } from '../../src/ingest/series/series-csv.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';

/** Four weeks of half-hours, ten calls each from 8 to 18 o'clock and no rows at night. */
const halfHours = (): DayGrid => {
  const grid = emptyDayGrid('2026-11-02', 28, 30);
  for (let day = 0; day < 28; day += 1) grid.values.fill(10, day * 48 + 16, day * 48 + 36);
  return grid;
};

test('an hour is the sum of its half-hours, and nights without rows stay so', () => {
  const hours = coarserStep(halfHours(), 60);
  expect(hours).toMatchObject({
    firstDate: '2026-11-02',
    dayCount: 28,
    intervalMinutes: 60,
    slotsPerDay: 24,
  });
  const wanted = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 18 ? 20 : Number.NaN));
  for (const day of [0, 27]) expect([...hours.values.subarray(day * 24, day * 24 + 24)]).toEqual(wanted);
});

test('an hour of which a usual half is missing is a gap, and so is its day, but no other', () => {
  const grid = halfHours();
  grid.values[3 * 48 + 20] = Number.NaN;
  const hours = coarserStep(grid, 60);
  expect(hours.values[3 * 24 + 10]).toBeNaN();
  expect([hours.values[3 * 24 + 9], hours.values[3 * 24 + 11], hours.values[4 * 24 + 10]]).toEqual([
    20, 20, 20,
  ]);
  const days = coarserStep(grid, 1440);
  expect([...days.values].map((calls) => (Number.isNaN(calls) ? -1 : calls))).toEqual(
    Array.from({ length: 28 }, (_, day) => (day === 3 ? -1 : 200)),
  );
});

test('a half-hour that the line hardly ever has is no part that is missing', () => {
  const grid = halfHours();
  grid.values[36] = 4;
  const hours = coarserStep(grid, 60);
  expect([hours.values[18], hours.values[24 + 18]]).toEqual([4, Number.NaN]);
});
