import { describe, expect, test } from 'vitest';
import { forecastQueue } from '../../src/forecast/forecast-queue.ts';
import { lastingError } from '../../src/forecast/level/rolling-levels.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays } from '../../src/kernel/time.ts';

const rolling = (errors: readonly number[]) => {
  const size = 7 * errors.length;
  return {
    day: Int32Array.from({ length: size }, (_, i) => i),
    origin: Int32Array.from({ length: size }, (_, i) => 7 * Math.floor(i / 7)),
    truth: Float64Array.from({ length: size }, (_, i) => errors[Math.floor(i / 7)]!),
    means: [new Float64Array(size)],
    variances: [new Float64Array(size)],
  };
};

describe('the lasting error of past forecasts', () => {
  test('twelve weeks that were all a tenth too low are nearly made good', () => {
    const off = Array.from({ length: 12 }, (_, i) => 0.1 + (i % 2 === 0 ? 0.01 : -0.01));
    expect(lastingError(rolling(off), () => 0, 1)).toBeGreaterThan(0.097);
    expect(lastingError(rolling(off), () => 0, 1)).toBeLessThan(0.1);
  });

  test('what chance explains is nothing, and so is too short a past', () => {
    const chance = [0.1, -0.08, 0.02, 0.12, -0.1, 0.03, -0.02, 0.09, -0.11, 0.05, 0.06, -0.04];
    expect(lastingError(rolling(chance), () => 0, 1)).toBe(0);
    expect(lastingError(rolling(Array.from({ length: 8 }, () => 0.1)), () => 0, 1)).toBe(0);
  });

  test('twelve weeks ahead, twelve origins a week apart say as much as one: nothing is carried', () => {
    const off = [0.2, 0.18, 0.22, 0.17, 0.13, 0.09, 0.02, 0, -0.02, 0.02, 0.07, 0.12];
    expect(lastingError(rolling(off), () => 0, 4)).toBeGreaterThan(0.05);
    expect(lastingError(rolling(off), () => 0, 12)).toBe(0);
    const evenly = Array.from({ length: 12 }, (_, i) => 0.1 + (i % 2 === 0 ? 0.01 : -0.01));
    expect(lastingError(rolling(evenly), () => 0, 5)).toBeGreaterThan(0.09);
    expect(lastingError(rolling(evenly), () => 0, 6)).toBe(0);
  });
});

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
