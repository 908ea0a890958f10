import { expect, test } from 'vitest';
import { summariseTestCalls } from '../../src/monitoring/summarise-test-calls.ts';

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
