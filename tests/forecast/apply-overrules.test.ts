import { expect, test } from 'vitest';
import type { Overrule } from '../../src/contract/documents/overrule-schema.ts';
import { applyOverrules } from '../../src/forecast/apply-overrules.ts';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';

const grid = emptyDayGrid('2026-01-05', 56, 60);
grid.values.forEach((_, i) => {
  grid.values[i] = 20 + (i % 24);
});
const forecast = forecastQueue(grid, {
  origin: '2026-03-02',
  days: 2,
  calendar: calendarOf({ country: null }),
  method: 'auto',
  seed: 1,
  pathCount: 50,
});
const overrule = (more: Partial<Overrule>): Overrule => ({
  queue: null,
  date: '2026-03-02',
  from: null,
  to: null,
  factor: null,
  calls: null,
  reason: 'letters sent out',
  author: 'planner',
  ...more,
});

test('a factor on some hours scales them alone, the day total with them, and leaves the original', () => {
  const before = forecast.mean.slice();
  const changed = applyOverrules(forecast, 'general', [overrule({ from: '09:00', to: '11:00', factor: 2 })]);
  expect(changed.mean[9]).toBeCloseTo(2 * forecast.mean[9]!, 9);
  expect(changed.quantiles.q90[10]).toBeCloseTo(2 * forecast.quantiles.q90[10]!, 9);
  expect(changed.mean[11]).toBe(forecast.mean[11]);
  const sum = changed.mean.subarray(0, 24).reduce((x, y) => x + y, 0);
  expect(changed.dayQuantiles.mean[0]).toBeCloseTo(sum, 9);
  expect(forecast.mean).toEqual(before);
});

test('calls for a whole day are shared out by its shape; paths stay whole and follow', () => {
  const changed = applyOverrules(forecast, 'general', [overrule({ calls: 1500 })]);
  expect(changed.dayQuantiles.mean[0]).toBeCloseTo(1500, 6);
  expect(changed.countPaths.every((v) => Number.isInteger(v) && v >= 0)).toBe(true);
  let total = 0;
  for (let p = 0; p < 50; p += 1)
    total += changed.countPaths.subarray(p * 48, p * 48 + 24).reduce((x, y) => x + y, 0);
  expect(Math.abs(total / 50 / 1500 - 1)).toBeLessThan(0.03);
});

test('another queue or date changes nothing', () => {
  expect(applyOverrules(forecast, 'general', [overrule({ queue: 'other', factor: 3 })])).toBe(forecast);
  expect(applyOverrules(forecast, 'general', [overrule({ date: '2026-04-01', factor: 3 })])).toBe(forecast);
});
