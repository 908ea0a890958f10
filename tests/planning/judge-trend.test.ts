import { describe, expect, test } from 'vitest';
import type { BacktestRun, ScoredForecast } from '../../src/forecast/backtest.ts';
import { addDays, datesFrom } from '../../src/kernel/time.ts';
import { judgeTrend } from '../../src/planning/comparison/forecast-against-actual.ts';

const queues = ['a', 'b'].map((queue) => ({ queue, name: { 'zh-CN': `队${queue}`, en: queue } })) as never;

/** A week in which 100 calls came in each of two intervals a day and `off` more were forecast. */
const kept = (week: number, off: (queue: string, weekday: number) => number) => {
  const origin = addDays('2026-06-01', 7 * week);
  const run = (queue: string): BacktestRun<ScoredForecast> => {
    const mean = Float64Array.from({ length: 14 }, (_, i) => 100 + off(queue, Math.floor(i / 2)));
    const quantiles = { q10: mean, q90: mean };
    return {
      origin,
      offset: 0,
      forecast: { dates: datesFrom(origin, 7), slotsPerDay: 2, mean, quantiles },
      reported: new Uint8Array(14).fill(1),
      actual: new Float64Array(14).fill(100),
      rivals: new Map(),
    };
  };
  return new Map(['a', 'b'].map((queue) => [queue, run(queue)]));
};

const weeks = (count: number, off: (week: number, queue: string, weekday: number) => number) =>
  Array.from({ length: count }, (_, week) => kept(week, (queue, weekday) => off(week, queue, weekday)));
/** The scatter of ordinary weeks: 9 to 11 calls off. */
const usual = (week: number): number => 9 + (week % 3);

describe('whether forecasts get better or worse', () => {
  test('too few weeks say nothing', () => {
    const trend = judgeTrend(weeks(5, usual), queues);
    expect(trend).toEqual({ code: 'forecasts-few-weeks', values: { weeks: 5, least: 6 } });
  });

  test('the scatter of weeks is no change, and the largest error is named', () => {
    const off = (week: number, queue: string, weekday: number): number =>
      usual(week) + (queue === 'b' ? 3 : 0) + (weekday === 4 ? 2 : 0);
    const { code, values } = judgeTrend(weeks(12, off), queues);
    expect(code).toBe('forecasts-steady');
    expect(values).toMatchObject({ earlierWeeks: 6, laterWeeks: 6, queue: { en: 'b' }, weekday: 5 });
  });

  test.each([
    ['forecasts-worse', 8],
    ['forecasts-better', -8],
  ])('a lasting change is %s, and where it is most is named', (expected, change) => {
    const off = (week: number, queue: string, weekday: number): number =>
      usual(week) + (week >= 6 && queue === 'a' ? change : 0) + (week >= 6 && weekday === 0 ? change / 8 : 0);
    const { code, values } = judgeTrend(weeks(12, off), queues);
    expect(code).toBe(expected);
    expect(values).toMatchObject({ queue: { en: 'a' }, weekday: 1 });
    const { before, now } = values as { before: number; now: number };
    expect(Math.sign(now - before)).toBe(Math.sign(change));
    expect(before).toBeCloseTo(0.1, 2);
  });

  test('weeks that were foreseen without an error count as such', () => {
    const perfect = weeks(12, (week) => (week < 6 ? usual(week) : 0));
    const { code, values } = judgeTrend(perfect, queues);
    expect([code, values]).toMatchObject(['forecasts-better', { earlierWeeks: 6, laterWeeks: 6, now: 0 }]);
  });
});
