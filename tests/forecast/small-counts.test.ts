import { expect, test } from 'vitest';
import { forecastQueue } from '../../src/forecast/forecast-queue.ts';
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
