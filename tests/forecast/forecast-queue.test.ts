import { describe, expect, test } from 'vitest';
import { forecastQueues, forecastQueue } from '../../src/forecast/forecast-queues.ts';
import type { ForecastTask } from '../../src/forecast/forecast-task.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { addDays, weekdayOf } from '../../src/kernel/time.ts';

const plain = calendarOf({ country: null });
const china = calendarOf({ country: 'CN' });
const first = '2022-01-03';

const request = (origin: string, days: number, more: Partial<ForecastTask> = {}): ForecastTask => ({
  origin,
  days,
  calendar: plain,
  method: 'auto',
  seed: 1,
  pathCount: 0,
  ...more,
});

/** Day totals spread over 8 to 18 o'clock in hours; a negative total is a closed day. */
const line = (days: number, total: (day: number) => number, seed = 1): DayGrid => {
  const random = seededRandom(seed);
  const grid = emptyDayGrid(first, days, 60);
  for (let d = 0; d < days; d += 1) {
    const calls = total(d);
    if (calls < 0) continue;
    for (let s = 8; s < 18; s += 1) grid.values[d * 24 + s] = random.poisson(calls / 10);
  }
  return grid;
};

const weekday = (d: number): number =>
  1000 * [1.1, 1, 0.95, 0.95, 1, 0.6, 0.5][weekdayOf(addDays(first, d))]!;

test('closed hours are zero without uncertainty, closed weekdays too', () => {
  const grid = line(84, (d) => (weekdayOf(addDays(first, d)) === 6 ? -1 : 800));
  const f = forecastQueue(grid, request(addDays(first, 84), 7, { pathCount: 10 }));
  for (let i = 0; i < f.mean.length; i += 1) {
    const closed = i % 24 < 8 || i % 24 >= 18 || i >= 6 * 24;
    if (!closed) continue;
    expect([f.mean[i], f.quantiles.q975[i], f.openSlots[i]]).toEqual([0, 0, 0]);
  }
  expect(f.dayQuantiles.mean[0]).toBeGreaterThan(700);
});

test('closed hours that the file writes as zeros are closed as well', () => {
  const grid = line(70, weekday);
  const written: DayGrid = { ...grid, values: grid.values.map((v) => (Number.isNaN(v) ? 0 : v)) };
  const f = forecastQueue(written, request(addDays(first, 70), 7));
  expect(f.quantiles.q975[3]).toBe(0);
  expect(f.mean[10]).toBeGreaterThan(50);
});

test('after a lasting jump the forecast stands on the new level and says when it came', () => {
  const grid = line(200, (d) => weekday(d) * (d < 150 ? 1 : 1.5));
  const f = forecastQueue(grid, request(addDays(first, 200), 7));
  expect(Math.abs(f.dayQuantiles.mean[0]! / (1.5 * weekday(200)) - 1)).toBeLessThan(0.03);
  expect(f.cleaned.levelShifts).toHaveLength(1);
  expect(f.cleaned.levelShifts[0]!.date).toBe(addDays(first, 150));
  expect(Math.abs(f.cleaned.levelShifts[0]!.factor - 1.5)).toBeLessThan(0.1);
});

test('lasting growth is followed four weeks ahead', () => {
  const grid = line(210, (d) => weekday(d) * Math.exp((0.02 * d) / 7));
  const f = forecastQueue(grid, request(addDays(first, 210), 28));
  const truth = weekday(231) * Math.exp((0.02 * 231) / 7);
  expect(Math.abs(f.dayQuantiles.mean[21]! / truth - 1)).toBeLessThan(0.05);
});

test.each([1, 2, 3, 4, 5])('an outage and a wild week do not spread to the next (line %i)', (seed) => {
  const usual = line(140, weekday, seed);
  const odd: DayGrid = { ...usual, values: usual.values.slice() };
  for (let d = 126; d < 133; d += 1) for (let s = 8; s < 18; s += 1) odd.values[d * 24 + s]! *= 1.8;
  odd.values.fill(0, 120 * 24 + 8, 120 * 24 + 15);
  const a = forecastQueue(usual, request(addDays(first, 140), 7));
  const b = forecastQueue(odd, request(addDays(first, 140), 7));
  expect(b.cleaned.outages.map((o) => o.date)).toEqual([addDays(first, 120)]);
  for (let d = 0; d < 7; d += 1) {
    expect(Math.abs(b.dayQuantiles.q50[d]! / a.dayQuantiles.q50[d]! - 1)).toBeLessThan(0.065);
    // After such a week the level may be moving: the range is wider, and with it the mean of a skewed range.
    expect(Math.abs(b.dayQuantiles.mean[d]! / a.dayQuantiles.mean[d]! - 1)).toBeLessThan(0.1);
  }
});

test('three made-up years give the holiday factors back', () => {
  const random = seededRandom(9);
  const factors: Record<string, number> = {
    'spring-festival': 0.35,
    'national-day': 0.5,
    'labour-day': 0.6,
    'tomb-sweeping-day': 0.65,
    'dragon-boat-festival': 0.7,
  };
  const of = (d: number): number => {
    const kind = china.dayKind(addDays(first, d));
    return kind.kind === 'holiday' ? (factors[kind.holiday ?? ''] ?? 0.65) : 1;
  };
  const truth = (d: number): number =>
    china.dayKind(addDays(first, d)).kind === 'make-up-workday' ? 1000 : weekday(d) * of(d);
  const grid = line(3 * 365, (d) => truth(d) * Math.exp(0.03 * random.normal()));
  const f = forecastQueue(grid, request(addDays(first, 3 * 365), 360, { calendar: china }));
  let error = 0;
  let n = 0;
  f.parts.forEach((part, j) => {
    const d = 3 * 365 + j;
    if (china.dayKind(part.date).kind !== 'holiday') return;
    error += Math.abs(part.holiday - of(d)) / of(d);
    n += 1;
  });
  expect(n).toBeGreaterThan(20);
  expect(error / n).toBeLessThan(0.05);
});

describe('events', () => {
  test('a known effect multiplies the days it lasts, and is told apart', () => {
    const grid = line(140, weekday);
    const origin = addDays(first, 140);
    const events = [{ date: origin, kind: 'storm', label: 'rain', expectedEffect: 0.5 }];
    const without = forecastQueue(grid, request(origin, 3));
    const f = forecastQueue(grid, request(origin, 3, { events }));
    expect(f.dayQuantiles.mean[0]! / without.dayQuantiles.mean[0]!).toBeCloseTo(1.5, 9);
    expect(f.dayQuantiles.mean[1]! / without.dayQuantiles.mean[1]!).toBeCloseTo(1, 9);
    const width = ({ q10, q90 }: typeof f.dayQuantiles): number => (q90[0]! - q10[0]!) / (q90[1]! - q10[1]!);
    expect(width(f.dayQuantiles)).toBeGreaterThan(1.5 * width(without.dayQuantiles));
    expect(f.parts[0]!.event).toBeCloseTo(1.5, 1);
  });

  test('an unknown effect is learnt from past events of the kind', () => {
    const days = [30, 61, 95, 120];
    const grid = line(140, (d) => weekday(d) * (days.includes(d) ? 1.6 : 1));
    const origin = addDays(first, 140);
    const events = [...days, 140].map((d) => ({ date: addDays(first, d), kind: 'storm', label: 'rain' }));
    const f = forecastQueue(grid, request(origin, 2, { events }));
    expect(Math.abs(f.parts[0]!.event - 1.6)).toBeLessThan(0.15);
  });
});

test('parts multiply to the mean of their day', () => {
  const f = forecastQueue(line(140, weekday), request(addDays(first, 140), 14, { calendar: china }));
  expect(f.parts).toHaveLength(14);
  f.parts.forEach((p, d) => {
    expect(p.level * p.weekday * p.holiday * p.event * p.trend).toBeCloseTo(f.dayQuantiles.mean[d]!, 6);
  });
});

test('a morning above expectation lifts the afternoon, but not by all of it', () => {
  const random = seededRandom(4);
  const grid = line(140, (d) => weekday(d) * Math.exp(0.15 * random.normal()));
  const origin = addDays(first, 140);
  const before = forecastQueue(grid, request(origin, 1));
  const counts = Float64Array.from(before.mean, (v) => Math.round(1.3 * v));
  const f = forecastQueue(grid, request(origin, 1, { intraday: { date: origin, knownSlots: 13, counts } }));
  const ratio = f.mean[15]! / before.mean[15]!;
  expect(ratio).toBeGreaterThan(1.1);
  expect(ratio).toBeLessThan(1.3);
  expect(f.mean[10]).toBe(counts[10]);
  expect(f.quantiles.q90[15]! - f.quantiles.q10[15]!).toBeLessThan(
    ratio * (before.quantiles.q90[15]! - before.quantiles.q10[15]!),
  );
});

test('paths have the mean and the spread of the quantiles, and share the day among their slots', () => {
  const random = seededRandom(8);
  const grid = line(200, (d) => weekday(d) * Math.exp(0.1 * random.normal()));
  const f = forecastQueue(grid, request(addDays(first, 200), 7, { pathCount: 2000 }));
  const size = f.mean.length;
  const totals = Array.from({ length: 2000 }, (_, p) =>
    f.countPaths.subarray(p * size, p * size + 24).reduce((x, y) => x + y, 0),
  );
  const mean = totals.reduce((x, y) => x + y, 0) / 2000;
  expect(Math.abs(mean / f.dayQuantiles.mean[0]! - 1)).toBeLessThan(0.02);
  const inside =
    totals.filter((t) => t >= f.dayQuantiles.q10[0]! && t <= f.dayQuantiles.q90[0]!).length / 2000;
  expect(Math.abs(inside - 0.8)).toBeLessThan(0.05);
});

test('counts scatter around the rates of their path as Poisson draws do, rates by what is beyond that', () => {
  const random = seededRandom(8);
  const grid = line(200, (d) => weekday(d) * Math.exp(0.1 * random.normal()));
  const f = forecastQueue(grid, request(addDays(first, 200), 1, { pathCount: 4000 }));
  const at = (paths: Float64Array): number[] =>
    Array.from({ length: 4000 }, (_, p) => paths[p * f.mean.length + 10]!);
  const mean = (values: readonly number[]): number => values.reduce((x, y) => x + y, 0) / values.length;
  const variance = (values: readonly number[]): number => {
    const m = mean(values);
    return mean(values.map((v) => (v - m) ** 2));
  };
  const [rates, counts] = [at(f.ratePaths), at(f.countPaths)];
  const luck = variance(counts.map((n, p) => n - rates[p]!));
  expect(mean(rates) / f.mean[10]!).toBeCloseTo(1, 1);
  expect(luck / mean(rates)).toBeCloseTo(1, 1);
  expect(variance(counts) / (variance(rates) + luck)).toBeCloseTo(1, 1);
  // Counted paths are whole; rates are not, and differ from path to path by less.
  expect(counts.every(Number.isInteger)).toBe(true);
  expect(rates.every(Number.isInteger)).toBe(false);
  expect(variance(rates)).toBeLessThan(0.8 * variance(counts));
});

test('queues that move together have paths that move together', () => {
  const random = seededRandom(21);
  const shared = Array.from({ length: 140 }, () => Math.exp(0.15 * random.normal()));
  const make = (seed: number): DayGrid => line(140, (d) => weekday(d) * shared[d]!, seed);
  const both = forecastQueues(
    new Map([
      ['a', make(1)],
      ['b', make(2)],
    ]),
    request(addDays(first, 140), 1, { pathCount: 400 }),
  );
  const totals = (queue: string): number[] => {
    const f = both.get(queue)!;
    return Array.from({ length: 400 }, (_, p) =>
      f.countPaths.subarray(p * 24, p * 24 + 24).reduce((x, y) => x + y, 0),
    );
  };
  const [a, b] = [totals('a'), totals('b')];
  const m = (v: number[]): number => v.reduce((x, y) => x + y, 0) / v.length;
  const [ma, mb] = [m(a), m(b)];
  const ab = m(a.map((x, i) => (x - ma) * (b[i]! - mb)));
  const r = ab / Math.sqrt(m(a.map((x) => (x - ma) ** 2)) * m(b.map((x) => (x - mb) ** 2)));
  expect(r).toBeGreaterThan(0.5);
});

test('days after the origin are never used', () => {
  const grid = line(140, weekday);
  const spoilt: DayGrid = { ...grid, values: grid.values.map((v, i) => (i >= 112 * 24 ? v * 9 : v)) };
  const origin = addDays(first, 112);
  expect(forecastQueue(spoilt, request(origin, 7))).toEqual(forecastQueue(grid, request(origin, 7)));
});
