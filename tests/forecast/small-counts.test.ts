import { expect, test } from 'vitest';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';

const first = '2025-01-06';
const days = 147;

test.each([1.5, 3, 8])('a line of %d calls a day is forecast neither too high nor too low', (calls) => {
  let expected = 0;
  let truth = 0;
  for (const seed of [1, 2, 3, 4]) {
    const random = seededRandom(seed);
    const level = (d: number): number => calls * (weekdayOf(addDays(first, d)) >= 5 ? 0.5 : 1);
    const grid = emptyDayGrid(first, days, 1440);
    for (let d = 0; d < days; d += 1) grid.values[d] = random.poisson(level(d));
    const origin = addDays(first, days);
    const calendar = calendarOf({ country: null });
    const f = forecastQueue(grid, { origin, days: 28, calendar, method: 'auto', seed: 1, pathCount: 0 });
    f.mean.forEach((m, d) => {
      expected += m;
      truth += level(days + d);
    });
  }
  expect(Math.abs(expected / truth - 1)).toBeLessThan(0.12);
});

test.each([5, 20, 200])(
  'a line of %d calls a day whose days scatter by 70 percent for no reason is forecast by its mean',
  (calls) => {
    const long = 301;
    let off = 0;
    for (const seed of [1, 2, 3, 4]) {
      const random = seededRandom(seed);
      const grid = emptyDayGrid(first, long, 1440);
      for (let d = 0; d < long; d += 1) grid.values[d] = random.poisson((calls * random.gamma(2)) / 2);
      const origin = addDays(first, long);
      const calendar = calendarOf({ country: null });
      const f = forecastQueue(grid, { origin, days: 28, calendar, method: 'auto', seed: 1, pathCount: 0 });
      off += Math.abs(f.mean.reduce((a, b) => a + b, 0) / (28 * calls) - 1);
    }
    expect(off / 4).toBeLessThan(0.12);
  },
);

test('days without a call that come every week are part of a small line, not oddities', () => {
  let expected = 0;
  for (const seed of [1, 2, 3, 4]) {
    const random = seededRandom(seed);
    const grid = emptyDayGrid(first, days, 1440);
    for (let d = 0; d < days; d += 1) grid.values[d] = random.uniform() < 1 / 7 ? 0 : random.poisson(14);
    const origin = addDays(first, days);
    const calendar = calendarOf({ country: null });
    const f = forecastQueue(grid, { origin, days: 28, calendar, method: 'auto', seed: 1, pathCount: 0 });
    expected += f.mean.reduce((a, b) => a + b, 0);
  }
  expect(Math.abs(expected / (4 * 28 * 12) - 1)).toBeLessThan(0.05);
});

test('a named method keeps its own mean where days scatter widely', () => {
  const random = seededRandom(3);
  const grid = emptyDayGrid(first, days, 1440);
  for (let d = 0; d < days; d += 1) grid.values[d] = random.poisson(50 * random.gamma(2));
  const origin = addDays(first, days);
  const calendar = calendarOf({ country: null });
  const f = forecastQueue(grid, {
    origin,
    days: 7,
    calendar,
    method: 'weekday-mean',
    seed: 1,
    pathCount: 0,
  });
  const lastSix = Array.from({ length: 42 }, (_, i) => grid.values[days - 42 + i]!);
  const mean = lastSix.reduce((a, b) => a + b, 0) / 6;
  expect(f.mean.reduce((a, b) => a + b, 0)).toBeCloseTo(mean, 6);
});

test('quiet nights do not widen the ranges of the day: those of a line that is Poisson by nature are about its own', () => {
  const hours = [
    0.3, 0.1, 0.1, 0.1, 0.2, 0.6, 2, 8, 16, 22, 22, 18, 12, 14, 18, 16, 10, 5, 3, 2, 1, 0.8, 0.5, 0.3,
  ];
  let width80 = 0;
  let width95 = 0;
  for (const seed of [1, 2, 3]) {
    const random = seededRandom(seed);
    const long = 210;
    const grid = emptyDayGrid(first, long, 60);
    for (let i = 0; i < 24 * long; i += 1) grid.values[i] = random.poisson(hours[i % 24] ?? 0);
    const f = forecastQueue(grid, {
      origin: addDays(first, long),
      days: 7,
      calendar: calendarOf({ country: null }),
      method: 'auto',
      seed: 1,
      pathCount: 0,
    });
    for (const i of [9, 10, 33, 34]) {
      width80 += ((f.quantiles.q90[i] ?? 0) - (f.quantiles.q10[i] ?? 0)) / 12;
      width95 += ((f.quantiles.q975[i] ?? 0) - (f.quantiles.q025[i] ?? 0)) / 12;
    }
  }
  // Poisson of mean 22: 16 to 28 with 80 %, 13 to 32 with 95 %.
  expect(width80).toBeGreaterThan(0.8 * 12);
  expect(width80).toBeLessThan(1.4 * 12);
  expect(width95).toBeGreaterThan(0.8 * 19);
  expect(width95).toBeLessThan(1.4 * 19);
});
