import { messageOf } from '../support/said.ts';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { monitorSchema } from '../../src/contract/models/monitor-model.ts';
import { describeProblem } from '../../src/words/problems.ts';
import type { MonitoringResult } from '../../src/kernel/records.ts';
import { checkMonitor, checkResults, readRate } from '../../src/monitoring/check-results.ts';

const good: MonitoringResult = {
  hotline: 'line-1',
  period: '2019',
  testCalls: 11,
  connected: 9,
  meanSeconds: 12,
  indicators: { etiquette: 76.87 },
  total: 83.49,
};
const checks = {
  file: 'results.csv',
  rowOf: (i: number) => i + 2,
  hotlines: new Set(['line-1', 'line-2']),
  indicators: new Set(['etiquette']),
};
const rules = (...results: readonly MonitoringResult[]): (readonly unknown[])[] =>
  checkResults(results, checks).map((p) => [p.rule, p.row, p.column]);

describe('checking results', () => {
  test('a good result passes, with rate in place of counts too', () => {
    const { testCalls: _n, connected: _k, ...rest } = good;
    expect(rules(good, { ...rest, hotline: 'line-2', connectionRate: 1, period: '2026-Q3' })).toEqual([]);
    expect(rules({ ...good, connectionRate: 0.82 })).toEqual([]);
  });

  test('a line that nobody tested may stand in the file', () => {
    expect(rules({ ...good, testCalls: 0, connected: 0 })).toEqual([]);
  });

  test.each([
    ['rate-out-of-range', 'connection_rate', { connectionRate: 1.2 }],
    ['rate-out-of-range', 'connection_rate', { connectionRate: 66.97 }],
    ['rate-out-of-range', 'connection_rate', { connectionRate: Number.NaN }],
    ['connected-above-test-calls', 'connected', { connected: 12 }],
    ['count-not-whole', 'connected', { connected: 8.5 }],
    ['count-not-whole', 'test_calls', { testCalls: 11.5 }],
    ['rate-not-of-counts', 'connection_rate', { connectionRate: 0.9 }],
    ['score-off-scale', 'total', { total: 101 }],
    ['score-off-scale', 'etiquette', { indicators: { etiquette: -1 } }],
    ['unknown-indicator', 'smile', { indicators: { smile: 50 } }],
    ['unknown-hotline', 'hotline', { hotline: 'line-9' }],
    ['bad-period', 'period', { period: '2026-13' }],
    ['seconds-out-of-range', 'mean_seconds', { meanSeconds: -3 }],
  ])('%s in %s', (rule, column, change) => {
    expect(rules({ ...good, ...change })).toEqual([[rule, 2, column]]);
  });

  test('two results for one hotline and period name the first row', () => {
    const [problem] = checkResults([good, { ...good, hotline: 'line-2' }, { ...good, connected: 3 }], checks);
    expect(problem).toMatchObject({ rule: 'two-results', row: 4 });
    expect(messageOf(problem).en).toContain('row 2');
    const [unplaced] = checkResults([good, good], { hotlines: checks.hotlines });
    expect(messageOf(unplaced).en).toBe('a second result for one hotline and period');
  });

  test('all problems come at once, and read as sentences in both languages', () => {
    const problems = checkResults([{ ...good, connected: 12, total: 101, hotline: 'x' }], checks);
    expect(problems.map((p) => p.rule)).toEqual([
      'connected-above-test-calls',
      'score-off-scale',
      'unknown-hotline',
    ]);
    const [first] = problems;
    if (first === undefined) throw new Error('no problem');
    expect(describeProblem(first, 'en')).toBe(
      'results.csv, row 2, column "connected": more calls connected than the 11 test calls (found "12"). Check whether the two columns are swapped.',
    );
    expect(describeProblem(first, 'zh-CN')).toContain('接通次数多于拨测次数 11');
  });

  test('without a file the place is a path', () => {
    expect(checkResults([{ ...good, total: -1 }])[0]?.path).toBe('results[0]');
  });

  test('rates as percent or fraction; a bare 29.41 is not guessed at', () => {
    expect(['29.41%', '29.41 %', '100%', '0.2941', '1', '.5'].map((w) => readRate(w))).toEqual([
      0.2941, 0.2941, 1, 0.2941, 1, 0.5,
    ]);
    expect(['29.41', '101%', 'high', '', '-1%', '1.2'].map((w) => readRate(w))).toEqual(
      Array.from({ length: 6 }, () => undefined),
    );
    expect(readRate('29.41', true)).toBeCloseTo(0.2941, 12);
  });

  test('a monitor whose shares do not sum to one, or whose bands are out of order', () => {
    const monitor = monitorSchema.parse(
      JSON.parse(readFileSync(new URL('../../models/monitors/standard-11.json', import.meta.url), 'utf8')),
    );
    const wrong = { ...monitor, windows: monitor.windows.slice(1), bands: { hotFrom: 0.3, warmFrom: 0.95 } };
    expect(checkMonitor(wrong).map((p) => p.rule)).toEqual([
      'shares-do-not-sum-to-one',
      'bands-out-of-order',
    ]);
  });
});
