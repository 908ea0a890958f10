import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { monitorSchema } from '../../src/contract/models/monitor-model.ts';
import { describeProblem } from '../../src/words/problems.ts';
import type { MonitoringResult } from '../../src/kernel/records.ts';
import { checkMonitor, checkResult, readRate } from '../../src/monitoring/check-results.ts';

const good: MonitoringResult = {
  hotline: 'line-1',
  period: '2019',
  testCalls: 11,
  connected: 9,
  meanSeconds: 12,
  indicators: { etiquette: 76.87 },
  total: 83.49,
};
const rules = (result: MonitoringResult): (readonly unknown[])[] =>
  checkResult(result).map((p) => [p.rule, p.column]);

describe('checking results', () => {
  test('a good result passes, with rate in place of counts too', () => {
    const { testCalls: _n, connected: _k, ...rest } = good;
    expect(rules(good)).toEqual([]);
    expect(rules({ ...rest, connectionRate: 1 })).toEqual([]);
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
    ['seconds-out-of-range', 'mean_seconds', { meanSeconds: -3 }],
  ])('%s in %s', (rule, column, change) => {
    expect(rules({ ...good, ...change })).toEqual([[rule, column]]);
  });

  test('all problems come at once, and read as sentences in both languages', () => {
    const problems = checkResult({ ...good, connected: 12, total: 101 });
    expect(problems.map((p) => p.rule)).toEqual(['connected-above-test-calls', 'score-off-scale']);
    const [first] = problems;
    if (first === undefined) throw new Error('no problem');
    expect(describeProblem({ ...first, file: 'results.csv', row: 2 }, 'en')).toBe(
      'results.csv, row 2, column "connected": more calls connected than the 11 test calls (found "12"). Check whether the two columns are swapped.',
    );
    expect(describeProblem(first, 'zh-CN')).toContain('接通次数多于拨测次数 11');
  });

  test('rates as percent or fraction; a bare 29.41 is not guessed at', () => {
    expect(['29.41%', '29.41 %', '100%', '0.2941', '1', '.5'].map(readRate)).toEqual([
      0.2941, 0.2941, 1, 0.2941, 1, 0.5,
    ]);
    expect(['29.41', '101%', 'high', '', '-1%', '1.2'].map(readRate)).toEqual(
      Array.from({ length: 6 }, () => undefined),
    );
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
