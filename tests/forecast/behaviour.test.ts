import { expect, test } from 'vitest';
import { estimateHandleTime, estimatePatience, freshDemand } from '../../src/forecast/behaviour/behaviour.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { startOfDay } from '../../src/kernel/time.ts';

const zone = 'Asia/Shanghai';
const start = startOfDay('2026-01-05', zone);

const columns = (n: number, fill: (i: number) => Partial<Record<string, number>>) => {
  const of = (name: string): Float64Array =>
    Float64Array.from({ length: n }, (_, i) => fill(i)[name] ?? Number.NaN);
  return {
    startMillis: Float64Array.from({ length: n }, (_, i) => start + i * 3_600_000),
    offered: of('offered'),
    answered: of('answered'),
    abandoned: of('abandoned'),
    waitSecondsTotal: of('wait'),
    handleSecondsTotal: of('handle'),
  };
};

const horizon = { zone, startMillis: start, intervalMinutes: 60, count: 48 };

test('handle time follows the hour where there are calls, the mean where there are none', () => {
  const traffic = columns(24 * 28, (i) => ({ answered: 500, handle: 500 * (i % 24 === 9 ? 400 : 200) }));
  const estimate = estimateHandleTime(traffic, horizon)!;
  expect(Math.abs(estimate[9]! - 400)).toBeLessThan(12);
  expect(Math.abs(estimate[15]! - 200)).toBeLessThan(6);
  const few = estimateHandleTime(
    columns(1, () => ({ answered: 1, handle: 900 })),
    horizon,
  )!;
  expect(few.every((v) => Math.abs(v - 900) < 1e-9)).toBe(true);
  expect(
    estimateHandleTime(
      columns(5, () => ({})),
      horizon,
    ),
  ).toBeUndefined();
});

test('patience is found again from simulated waits that answers cut short', () => {
  const random = seededRandom(3);
  let wait = 0;
  let abandoned = 0;
  for (let i = 0; i < 40_000; i += 1) {
    const patience = 120 * random.exponential();
    const offeredWait = 60 * random.exponential();
    wait += Math.min(patience, offeredWait);
    if (patience < offeredWait) abandoned += 1;
  }
  expect(Math.abs(estimatePatience(columns(1, () => ({ wait, abandoned })))! / 120 - 1)).toBeLessThan(0.03);
  expect(estimatePatience(columns(1, () => ({ wait: 100, abandoned: 0 })))).toBe(Number.POSITIVE_INFINITY);
  expect(estimatePatience(columns(1, () => ({})))).toBeUndefined();
});

test('fresh demand takes known redials off, assumes them where unknown, and says which', () => {
  const grid = (value: number) => ({
    ...emptyDayGrid('2026-01-05', 1, 60),
    values: new Float64Array(24).fill(value),
  });
  const gaps = emptyDayGrid('2026-01-05', 1, 60);
  expect(freshDemand(grid(100), grid(80), grid(7), 0.5)).toMatchObject({ assumed: false });
  expect(freshDemand(grid(100), grid(80), grid(7), 0.5).fresh.values[0]).toBe(93);
  const assumed = freshDemand(grid(100), grid(80), gaps, 0.5);
  expect(assumed.fresh.values[0]).toBe(90);
  expect(assumed.assumed).toBe(true);
  expect(assumed.reasons).toHaveLength(1);
  expect(freshDemand(grid(100), undefined, undefined, 0.5).fresh.values[0]).toBe(100);
});
