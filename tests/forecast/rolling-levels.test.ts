import { describe, expect, test } from 'vitest';
import { fitLevel } from '../../src/forecast/level/day-level.ts';
import { forecastQueue } from '../../src/forecast/forecast-queues.ts';
import type { ForecastTask } from '../../src/forecast/forecast-task.ts';
import { prepareHistory, type PreparedHistory } from '../../src/forecast/history/prepare-history.ts';
import { prepareLevel } from '../../src/forecast/level/prepare-level.ts';
import { plainDay } from '../../src/forecast/methods/plain-rules.ts';
import { pseudoOrigins, rollLevels } from '../../src/forecast/level/rolling-levels.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';
import { emptyDayGrid, type DayGrid } from '../../src/kernel/interval-series.ts';
import { addDays } from '../../src/kernel/time.ts';

const first = '2026-01-05';
/** Weekdays so far apart that a forecast of the day beside is off by a fifth or more. */
const callsPerSlot = [100, 60, 90, 50, 80, 30, 20];

const weekly = (days: number): DayGrid => {
  const grid = emptyDayGrid(first, days, 120);
  for (let d = 0; d < days; d += 1) grid.values.fill(callsPerSlot[d % 7]!, d * 12, (d + 1) * 12);
  return grid;
};

const request = (days: number, more: Partial<ForecastTask> = {}): ForecastTask => ({
  origin: addDays(first, days),
  days: 7,
  calendar: calendarOf({ country: null }),
  method: 'auto',
  seed: 1,
  pathCount: 0,
  ...more,
});

const historyOf = (grid: DayGrid): PreparedHistory => prepareHistory(grid, request(grid.dayCount))!;

describe('rolling forecasts of the level', () => {
  const h = historyOf(weekly(140));
  const rolling = rollLevels(h, [fitLevel(prepareLevel(h))], pseudoOrigins(h, 7, 4, 12), 0, 7);

  test('each is of its own day', () => {
    expect(rolling.day.length).toBe(4 * 7);
    rolling.day.forEach((day, i) => {
      const truth = Math.log(12 * callsPerSlot[day % 7]!);
      expect(rolling.truth[i]).toBeCloseTo(truth, 9);
      expect(Math.abs(rolling.means[0]![i]! - truth)).toBeLessThan(0.03);
    });
  });

  test('each week before the end is foretold from its eve, the last one whole', () => {
    expect([...new Set(rolling.origin)]).toEqual([133, 126, 119, 112]);
    for (const origin of new Set(rolling.origin)) {
      const days = [...rolling.day].filter((_, i) => rolling.origin[i] === origin);
      expect(days).toEqual([0, 1, 2, 3, 4, 5, 6].map((lead) => origin + lead));
    }
  });

  test('a far week is foretold from as far before it', () => {
    const far = rollLevels(h, [fitLevel(prepareLevel(h))], pseudoOrigins(h, 21, 2, 12), 14, 21);
    expect([...new Set(far.origin)]).toEqual([119, 112]);
    expect([...far.day].filter((_, i) => far.origin[i] === 119)).toEqual([133, 134, 135, 136, 137, 138, 139]);
  });

  test('no origin leaves fewer known days than asked for', () => {
    expect(pseudoOrigins(h, 7, 40, 119)).toEqual([133, 126, 119]);
    expect(pseudoOrigins(h, 7, 40, 120)).toEqual([133, 126]);
  });
});

test('plain rules take the same weekday and slot, and nothing from the origin on', () => {
  const grid = weekly(42);
  grid.values.fill(999, 28 * 12);
  const h = historyOf(grid);
  const out = new Float64Array(12);
  for (const rule of ['seasonal-naive', 'weekday-mean-of-4', 'weekday-median'] as const)
    for (let lead = 0; lead < 14; lead += 1) {
      plainDay(h, rule, 28, 28 + lead, out);
      expect([...out]).toEqual(Array.from({ length: 12 }, () => callsPerSlot[lead % 7]!));
    }
});

test.each(['weekday-mean', 'weekday-median', 'seasonal-naive', 'day-level', 'auto'] as const)(
  'a line that repeats itself week by week is foretold without error, and surely (%s)',
  (method) => {
    const f = forecastQueue(weekly(140), request(140, { method }));
    for (let i = 0; i < 84; i += 1)
      expect(Math.abs(f.mean[i]! / callsPerSlot[Math.floor(i / 12)]! - 1)).toBeLessThan(0.02);
    const own = f.candidates.filter((candidate) => candidate.weight > 0);
    expect(own.length).toBeGreaterThan(0);
    for (const { wape } of own) expect(wape).toBeLessThan(0.03);
    const { q10, q90 } = f.dayQuantiles;
    for (let d = 0; d < 7; d += 1) expect(q90[d]! / q10[d]!).toBeLessThan(1.25);
  },
);

test('below 400 days one form of the mix grows, and a form asked for by name stands alone', () => {
  const names = (method: 'auto' | 'day-level-trend'): string[] =>
    forecastQueue(weekly(140), request(140, { method }))
      .candidates.filter(({ weight }) => weight > 0)
      .map((candidate) => candidate.method);
  expect(names('auto').filter((name) => name.startsWith('day-level'))).toEqual([
    'day-level',
    'day-level-growth',
  ]);
  expect(names('day-level-trend')).toEqual(['day-level-trend']);
});
