import fc from 'fast-check';
import { expect, test } from 'vitest';
import { prepareHistory } from '../../src/forecast/history/prepare-history.ts';
import { smoothProfiles } from '../../src/forecast/shape/day-shape.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';

const prepared = (counts: (slot: number) => number) => {
  const grid = emptyDayGrid('2026-01-05', 21, 30);
  grid.values.forEach((_, i) => {
    grid.values[i] = counts(i % 48);
  });
  return prepareHistory(grid, {
    origin: '2026-01-26',
    days: 7,
    calendar: calendarOf({ country: null }),
  })!;
};

const wiggle = (values: Float64Array): number => {
  let sum = 0;
  for (let i = 2; i < values.length; i += 1)
    sum += (Math.sqrt(values[i]!) - 2 * Math.sqrt(values[i - 1]!) + Math.sqrt(values[i - 2]!)) ** 2;
  return sum;
};

test('a smoothed profile keeps its sum, stays positive and wiggles less', () => {
  const h = prepared(() => 5);
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 48, maxLength: 48 }),
      (shares) => {
        const profile = Float64Array.from(shares);
        const smooth = smoothProfiles(h, profile, 1);
        const sum = (values: Float64Array): number => values.reduce((x, y) => x + y, 0);
        expect(sum(smooth)).toBeCloseTo(sum(profile), 9);
        expect(Math.min(...smooth)).toBeGreaterThanOrEqual(0);
        expect(wiggle(smooth)).toBeLessThanOrEqual(0.5 * wiggle(profile) + 1e-12);
      },
    ),
    { numRuns: 50 },
  );
});

test('a line in square roots is left as it is', () => {
  const h = prepared(() => 5);
  const line = Float64Array.from({ length: 48 }, (_, s) => (0.05 + 0.002 * s) ** 2);
  smoothProfiles(h, line, 1).forEach((v, s) => {
    expect(v).toBeCloseTo(line[s]!, 8);
  });
});

test('opening times stay sharp: slots apart or without calls are not smoothed together', () => {
  const h = prepared((slot) => (slot < 12 ? Number.NaN : 5));
  const active = h.slotOf.length;
  expect(active).toBe(36);
  const profile = Float64Array.from({ length: active }, (_, s) => (s < 10 ? 0 : s < 20 ? 0.08 : 0.01));
  const smooth = smoothProfiles(h, profile, 1);
  expect([...smooth.subarray(0, 10)]).toEqual(Array.from({ length: 10 }, () => 0));
  expect(smooth[10]).toBeGreaterThan(0.06);
});
