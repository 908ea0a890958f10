import { describe, expect, test } from 'vitest';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';

const first = '2026-01-05';
const days = 84;
const origin = addDays(first, days);

/** Expected calls of a Wednesday that is the first holiday a line ever meets, over those of a usual Wednesday. */
const firstHoliday = (saturday: number, sunday: number, kind = 'full'): number => {
  const grid = emptyDayGrid(first, days, 1440);
  const random = seededRandom(3);
  for (let d = 0; d < days; d += 1) {
    const w = weekdayOf(addDays(first, d));
    const factor = w === 5 ? saturday : w === 6 ? sunday : 1;
    if (factor > 0) grid.values[d] = random.poisson(1000 * factor);
  }
  const day = addDays(origin, 2);
  const request = { origin, days: 7, method: 'auto', seed: 1, pathCount: 0 } as const;
  const holidays = [{ date: day, name: 'Founders', kind }];
  const plain = forecastQueue(grid, { ...request, calendar: calendarOf({ country: null }) });
  const told = forecastQueue(grid, { ...request, calendar: calendarOf({ country: null, holidays }) });
  expect(told.parts[2]!.holiday).toBeCloseTo(told.mean[2]! / plain.mean[2]!, 1);
  return told.mean[2]! / plain.mean[2]!;
};

describe('a holiday before the line has seen one', () => {
  test('is quiet where the day of rest is quiet, whichever day that is', () => {
    expect(firstHoliday(0.2, 0.5)).toBeLessThan(0.35);
    expect(firstHoliday(0.9, 0.3)).toBeLessThan(0.45);
  });
  test('goes half of the way on a half day, and nowhere on a day that only some keep', () => {
    expect(firstHoliday(0.2, 0.2, 'half')).toBeCloseTo(Math.sqrt(firstHoliday(0.2, 0.2)), 1);
    expect(firstHoliday(0.2, 0.2, 'optional')).toBeCloseTo(1, 1);
  });
  test('is busy where the weekend is busy', () => expect(firstHoliday(1.5, 1.3)).toBeGreaterThan(1.2));
  test('is like any day where weekends tell nothing', () => {
    expect(firstHoliday(0.95, 1.02)).toBeCloseTo(1, 1);
    expect(firstHoliday(0, 0)).toBeCloseTo(1, 1);
  });
});

test('the silent afternoon of a half day is closing time, not an outage, and teaches half days only', () => {
  const grid = emptyDayGrid(first, days, 60);
  const random = seededRandom(5);
  const half = addDays(first, days - 5);
  for (let d = 0; d < days; d += 1) {
    for (let s = 8; s < 20; s += 1) {
      const closed = addDays(first, d) === half && s >= 13;
      grid.values[24 * d + s] = closed ? 0 : random.poisson(40);
    }
  }
  const request = { origin, days: 7, method: 'auto', seed: 1, pathCount: 0 } as const;
  const known = [{ date: half, name: 'Eve', kind: 'half' }];
  const told = forecastQueue(grid, {
    ...request,
    calendar: calendarOf({ country: null, holidays: known }),
  });
  const untold = forecastQueue(grid, { ...request, calendar: calendarOf({ country: null }) });
  expect(untold.cleaned.outages.map((o) => o.date)).toEqual([half]);
  expect(told.cleaned.outages).toEqual([]);
  // The half day was a Wednesday; so is the third day ahead.
  const without = { ...grid, values: grid.values.slice() };
  without.values.fill(Number.NaN, 24 * (days - 5), 24 * (days - 4));
  const plain = forecastQueue(without, { ...request, calendar: calendarOf({ country: null }) });
  for (let s = 48; s < 72; s += 1) expect(told.shape[s]).toBeCloseTo(plain.shape[s]!, 9);
  const next = forecastQueue(grid, {
    ...request,
    calendar: calendarOf({
      country: null,
      holidays: [...known, { date: addDays(origin, 2), name: 'Eve', kind: 'half' }],
    }),
  });
  expect(next.dayQuantiles.mean[2]! / told.dayQuantiles.mean[2]!).toBeLessThan(0.8);
  // The one half day seen closed at one o'clock: so does the next.
  const late = next.shape.subarray(48 + 13, 48 + 20).reduce((a, b) => a + b, 0);
  expect(late).toBeLessThan(0.15);
});
