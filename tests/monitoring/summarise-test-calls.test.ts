import { expect, test } from 'vitest';
import { callsWithin, summariseTestCalls } from '../../src/monitoring/time-parts.ts';

const columns = (
  hotline: string,
  ...calls: readonly (readonly [at: number, connected: 0 | 1, seconds?: number])[]
) => ({
  hotline,
  placedAtMillis: Float64Array.from(calls, ([at]) => at),
  connected: Float64Array.from(calls, ([, connected]) => connected),
  secondsToOperator: Float64Array.from(calls, ([, , seconds]) => seconds ?? Number.NaN),
});

test('test calls become one result per hotline, seconds over the connected calls that tell them', () => {
  const calls = [columns('a', [1, 1, 10], [2, 1, 18], [3, 0, 99], [4, 1]), columns('b', [1, 0])];
  expect(summariseTestCalls(calls, '2026-11')).toEqual([
    { hotline: 'a', period: '2026-11', testCalls: 4, connected: 3, meanSeconds: 14, indicators: {} },
    { hotline: 'b', period: '2026-11', testCalls: 1, connected: 0, indicators: {} },
  ]);
});

test('the calls of a span, its end not included; a hotline without one is left out', () => {
  const calls = [columns('a', [1, 1, 5], [2, 0], [2, 1, 7], [3, 1, 9]), columns('b', [3, 1])];
  const [own, ...others] = callsWithin(calls, { fromMillis: 2, toMillis: 3 });
  expect(others).toEqual([]);
  expect([own?.hotline, [...(own?.connected ?? [])]]).toEqual(['a', [0, 1]]);
  expect(summariseTestCalls(own === undefined ? [] : [own], '2026')).toMatchObject([
    { testCalls: 2, connected: 1, meanSeconds: 7 },
  ]);
  expect(callsWithin(calls, { fromMillis: 4, toMillis: 9 })).toEqual([]);
});
