import { describe, expect, test } from 'vitest';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import type { ForecastTask } from '../../src/forecast/forecast-task.ts';
import { slotMethod } from '../../src/forecast/forecast-queues.ts';
import { methodNames, type MethodName } from '../../src/contract/http/job-requests.ts';
import { decodeForecast, encodeForecast } from '../../src/forecast/encode-forecast.ts';
import { isPlainRule } from '../../src/forecast/methods/plain-rules.ts';
import { prepareHistory } from '../../src/forecast/history/prepare-history.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays } from '../../src/kernel/time.ts';

/** One suite for every method, `auto` included. */
const calendar = calendarOf({ country: null });
const first = '2026-01-05';

const made = (days: number, value: (day: number, slot: number) => number): DayGrid => {
  const grid = emptyDayGrid(first, days, 120);
  for (let d = 0; d < days; d += 1) for (let s = 0; s < 12; s += 1) grid.values[d * 12 + s] = value(d, s);
  return grid;
};

const ask = (grid: DayGrid, method: 'auto' | MethodName, days = 7): ForecastTask => ({
  origin: addDays(first, grid.dayCount),
  days,
  calendar,
  method,
  seed: 5,
  pathCount: 20,
});

const noisy = (days: number): DayGrid => {
  const random = seededRandom(1);
  return made(days, (d, s) => random.poisson(10 + 5 * Math.sin(s) + 3 * (d % 7)));
};

const finite = (values: Float64Array): boolean => values.every((v) => Number.isFinite(v) && v >= 0);

describe.each(['auto', ...methodNames] as const)('%s', (method) => {
  test('no days ahead', () => {
    const f = forecastQueue(noisy(56), ask(noisy(56), method, 0));
    expect(f.mean).toHaveLength(0);
    expect(f.countPaths).toHaveLength(0);
    expect(f.dates).toEqual([]);
  });

  test('a constant stays what it is', () => {
    const f = forecastQueue(
      made(70, () => 40),
      ask(
        made(70, () => 40),
        method,
      ),
    );
    expect(f.mean).toHaveLength(7 * 12);
    for (const v of f.mean) expect(Math.abs(v - 40)).toBeLessThan(0.8);
  });

  test('says weights only where methods were weighed, and of the plain ones which was better', () => {
    const { reasons, candidates } = forecastQueue(noisy(70), ask(noisy(70), method));
    const found = reasons.flatMap((reason) => ('code' in reason ? [reason] : []));
    expect(found.some(({ code }) => code === 'mixed-by-backtest')).toBe(method === 'auto');
    const [best] = candidates
      .filter((each) => isPlainRule(each.method))
      .toSorted((a, b) => a.wape - b.wape)
      .map((each) => each.method);
    const told = found.find(({ code }) => code === 'error-against-plain-method');
    expect(told?.values).toEqual(best === method ? undefined : expect.objectContaining({ rival: best }));
  });

  test('no calls at all: zero, and said so', () => {
    const f = forecastQueue(
      made(42, () => 0),
      ask(
        made(42, () => 0),
        method,
      ),
    );
    expect(f.mean.every((v) => v === 0)).toBe(true);
    expect(f.notices.length).toBeGreaterThan(0);
  });

  test('one week only', () => {
    const grid = noisy(7);
    const f = forecastQueue(grid, ask(grid, method));
    expect(finite(f.mean)).toBe(true);
    expect(f.mean.some((v) => v > 0)).toBe(true);
    expect(f.notices.length).toBeGreaterThan(0);
  });

  test('gaps are bridged, not taken for zeros', () => {
    const whole = noisy(84);
    const gappy: DayGrid = { ...whole, values: whole.values.map((v, i) => (i % 13 === 0 ? Number.NaN : v)) };
    const a = forecastQueue(whole, ask(whole, method));
    const b = forecastQueue(gappy, ask(gappy, method));
    const sum = (values: Float64Array): number => values.reduce((x, y) => x + y, 0);
    expect(finite(b.mean)).toBe(true);
    expect(Math.abs(sum(b.mean) / sum(a.mean) - 1)).toBeLessThan(0.06);
  });

  test('the same seed twice gives the same bytes, another seed other paths', () => {
    const grid = noisy(56);
    const once = encodeForecast(forecastQueue(grid, ask(grid, method)));
    expect(encodeForecast(forecastQueue(grid, ask(grid, method)))).toEqual(once);
    const other = forecastQueue(grid, { ...ask(grid, method), seed: 6 });
    expect(other.ratePaths).not.toEqual(decodeForecast(once).ratePaths);
    expect(other.mean).toEqual(decodeForecast(once).mean);
  });

  test('days are the sum of their intervals and quantiles stand in order', () => {
    const grid = noisy(56);
    const f = forecastQueue(grid, ask(grid, method));
    for (let d = 0; d < 7; d += 1) {
      const sum = f.mean.subarray(d * 12, (d + 1) * 12).reduce((x, y) => x + y, 0);
      expect(f.dayQuantiles.mean[d]).toBeCloseTo(sum, 9);
    }
    const q = f.quantiles;
    for (let i = 0; i < f.mean.length; i += 1) {
      const row = [0, q.q025[i]!, q.q10[i]!, q.q50[i]!, q.q90[i]!, q.q975[i]!];
      expect(row).toEqual(row.toSorted((x, y) => x - y));
    }
  });

  test('bytes give the forecast back', () => {
    const grid = noisy(56);
    const f = forecastQueue(grid, ask(grid, method));
    expect(decodeForecast(encodeForecast(f))).toEqual(f);
  });
});

test.each(methodNames.filter((name) => slotMethod(name) !== undefined))(
  'what %s learnt survives JSON',
  (name) => {
    const grid = noisy(56);
    const h = prepareHistory(grid, ask(grid, 'auto'))!;
    const method = slotMethod(name)!;
    const fitted = method.fit(h);
    const back = method.restore(JSON.parse(JSON.stringify(fitted.learnt)));
    expect(back.predict(h)).toEqual(fitted.predict(h));
  },
);
