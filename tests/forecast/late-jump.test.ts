import { expect, test } from 'vitest';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays } from '../../src/kernel/time.ts';

test('a last week far above all others may be a jump: between the two readings, and wider', () => {
  const days = 7 * 30;
  const calm = emptyDayGrid('2025-01-06', days, 60);
  const random = seededRandom(3);
  for (let d = 0; d < days; d += 1) {
    const level = 40 * Math.exp(0.03 * random.normal());
    for (let s = 0; s < 24; s += 1) calm.values[24 * d + s] = random.poisson(level);
  }
  const odd = { ...calm, values: calm.values.map((v, i) => (i < 24 * (days - 7) ? v : Math.round(1.5 * v))) };
  const request = {
    origin: addDays('2025-01-06', days),
    days: 28,
    calendar: calendarOf({ country: null }),
    method: 'auto',
    seed: 1,
    pathCount: 0,
  } as const;
  const before = forecastQueue(calm, request);
  const after = forecastQueue(odd, request);
  const jump = after.candidates.find((c) => c.method === 'day-level-after-jump');
  expect(jump?.weight).toBeGreaterThan(0);
  expect(after.candidates.reduce((sum, c) => sum + c.weight, 0)).toBeCloseTo(1, 9);
  const ratio = after.dayQuantiles.mean[27]! / before.dayQuantiles.mean[27]!;
  expect(ratio).toBeGreaterThan(1.04);
  expect(ratio).toBeLessThan(1.35);
  const width = (f: typeof before) =>
    (f.dayQuantiles.q90[27]! - f.dayQuantiles.q10[27]!) / f.dayQuantiles.mean[27]!;
  expect(width(after)).toBeGreaterThan(1.5 * width(before));
  // With the switch off the question is not asked.
  const off = forecastQueue(odd, { ...request, cleaning: { levelShifts: false } });
  expect(off.candidates.some((c) => c.method === 'day-level-after-jump')).toBe(false);
});
