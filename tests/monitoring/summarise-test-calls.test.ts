import { expect, test } from 'vitest';
import { daysOfPeriod, summariseTestCalls } from '../../src/monitoring/summarise-test-calls.ts';

test('test calls become one result per hotline, seconds and indicators over the calls that have them', () => {
  const call = (hotline: string, connected: boolean, secondsToOperator?: number, etiquette?: number) => ({
    hotline,
    placedAtMillis: 0,
    connected,
    ...(secondsToOperator === undefined ? {} : { secondsToOperator }),
    indicators: etiquette === undefined ? {} : { etiquette },
  });
  const results = summariseTestCalls(
    [
      call('a', true, 10, 80),
      call('b', false),
      call('a', true, 20),
      call('a', false),
      call('a', true, 12, 60),
    ],
    '2026-11',
  );
  expect(results).toEqual([
    {
      hotline: 'a',
      period: '2026-11',
      testCalls: 4,
      connected: 3,
      meanSeconds: 14,
      indicators: { etiquette: 70 },
    },
    { hotline: 'b', period: '2026-11', testCalls: 1, connected: 0, indicators: {} },
  ]);
});

test('the days of a period end before the first of the next', () => {
  expect(daysOfPeriod('2019')).toEqual({ from: '2019-01-01', before: '2020-01-01' });
  expect(daysOfPeriod('2026-Q4')).toEqual({ from: '2026-10-01', before: '2027-01-01' });
  expect(daysOfPeriod('2026-12')).toEqual({ from: '2026-12-01', before: '2027-01-01' });
  expect(daysOfPeriod('2026-W48')).toBeUndefined();
});
