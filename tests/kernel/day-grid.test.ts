import { expect, test } from 'vitest';
import { dayTotal, toDayGrid } from '../../src/kernel/interval-series.ts';
import { startOfDay } from '../../src/kernel/time.ts';

test('counts fall on the slots of the wall clock, absent ones stay gaps', () => {
  const zone = 'Asia/Shanghai';
  const t = startOfDay('2026-11-23', zone);
  const grid = toDayGrid(
    [
      { startMillis: t + 86_400_000 + 3_600_000, count: 7 },
      { startMillis: t + 1_800_000, count: 4 },
    ],
    zone,
    30,
  )!;
  expect([grid.firstDate, grid.dayCount, grid.slotsPerDay]).toEqual(['2026-11-23', 2, 48]);
  expect(grid.values[1]).toBe(4);
  expect(grid.values[50]).toBe(7);
  expect(grid.values[0]).toBeNaN();
  expect(dayTotal(grid, 0)).toBe(4);
  expect(toDayGrid([], zone, 30)).toBeUndefined();
});

test('the hour that clocks repeat is averaged, the one they leave out is a gap', () => {
  const zone = 'Europe/Berlin';
  const autumn = startOfDay('2026-10-25', zone);
  const hours = Array.from({ length: 25 }, (_, i) => ({ startMillis: autumn + i * 3_600_000, count: i }));
  expect(toDayGrid(hours, zone, 60)!.values[2]).toBe(2.5);
  const spring = startOfDay('2026-03-29', zone);
  const fewer = Array.from({ length: 23 }, (_, i) => ({ startMillis: spring + i * 3_600_000, count: i }));
  expect(toDayGrid(fewer, zone, 60)!.values[2]).toBeNaN();
});
