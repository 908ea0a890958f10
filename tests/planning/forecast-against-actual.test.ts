import { expect, test } from 'vitest';
import { forecastAgainstActual } from '../../src/planning/comparison/forecast-against-actual.ts';

type Plan = Parameters<typeof forecastAgainstActual>[0];
type Happened = Parameters<typeof forecastAgainstActual>[1];

const four = (value: number): number[] => [value, value, value, value];
const part = (date: string, overrule: number) => ({
  date,
  level: 1,
  weekday: 1,
  holiday: 1,
  event: 1,
  trend: 1,
  overrule,
});

/** Two days of two intervals; the first day was forecast at 100 calls and raised to 150. */
const planOf = (overrule: number): Plan =>
  ({
    starts: ['2026-11-23T09:00:00', '2026-11-23T10:00:00', '2026-11-24T09:00:00', '2026-11-24T10:00:00'],
    calls: { mean: four(75), q10: four(50), q90: four(100), q025: four(40), q975: four(120) },
    days: [],
    queues: [
      {
        queue: 'main',
        mean: [75, 75, 60, 60],
        q10: four(50),
        q90: four(100),
        q025: four(40),
        q975: four(120),
        parts: [part('2026-11-23', overrule), part('2026-11-24', 1)],
      },
    ],
  }) as unknown as Plan;

const happened = { fresh: new Map([['main', Float64Array.of(80, 60, 70, 70)]]) } as unknown as Happened;

test('a changed day is scored with the change and without', () => {
  expect(forecastAgainstActual(planOf(1.5), happened)!.overruled).toEqual({
    days: 1,
    wape: 10 / 140,
    originalWape: 40 / 140,
  });
});

test('without a change there is nothing to score', () => {
  expect(forecastAgainstActual(planOf(1), happened)!.overruled).toBeNull();
});
