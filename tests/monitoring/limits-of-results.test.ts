import { describe, expect, test } from 'vitest';
import type { MonitoringResult } from '../../src/kernel/records.ts';
import { monitorSchema, scorecardSchema } from '../../src/contract/models/monitor-model.ts';
import { readFileSync } from 'node:fs';
import {
  checkMonitor,
  checkResult,
  checkScorecard,
  checkTestCall,
  indicatorNames,
  readRate,
} from '../../src/monitoring/check-results.ts';
import { partialCreditFrom, pointsOf, scoreOf } from '../../src/monitoring/scorecard.ts';

const good: MonitoringResult = { hotline: 'x', period: '2019', testCalls: 10, connected: 9, indicators: {} };
const rules = (change: object): string[] => checkResult({ ...good, ...change }).map(({ rule }) => rule);
const alone = (own: object): string[] =>
  checkResult({ hotline: 'x', period: '2019', indicators: {}, ...own }).map(({ rule }) => rule);

describe('what a result may be, at its limits', () => {
  test.each<[object, readonly string[]]>([
    [{ connected: 10 }, []],
    [{ connected: 11 }, ['connected-above-test-calls']],
    [{ testCalls: 0, connected: 0 }, []],
    [{ testCalls: 0, connected: 0, connectionRate: 0 }, []],
    [{ testCalls: 0, connected: 0, connectionRate: 0.5 }, ['rate-not-of-counts']],
    [{ testCalls: -1, connected: -1 }, ['count-not-whole', 'count-not-whole']],
    [{ connectionRate: 0.9 }, []],
    [{ connectionRate: 0.9099 }, []],
    [{ connectionRate: 0.891 }, []],
    [{ connectionRate: 0.911 }, ['rate-not-of-counts']],
    [{ connectionRate: 0.889 }, ['rate-not-of-counts']],
    [{ connectionRate: -0.1 }, ['rate-out-of-range']],
    [{ connectionRate: 1.1 }, ['rate-out-of-range']],
    [{ connected: 11, connectionRate: 0.2 }, ['connected-above-test-calls']],
    [{ total: 0 }, []],
    [{ total: 100 }, []],
    [{ total: 100.1 }, ['score-off-scale']],
    [{ total: -0.1 }, ['score-off-scale']],
    [{ indicators: { a: 0, b: 100 } }, []],
    [{ indicators: { a: -1, b: 101 } }, ['score-off-scale', 'score-off-scale']],
    [{ meanSeconds: 0 }, []],
    [{ meanSeconds: 86_399 }, []],
    [{ meanSeconds: 86_400 }, ['seconds-out-of-range']],
  ])('%j: %j', (change, wanted) => {
    expect(rules(change)).toEqual(wanted);
  });

  test('counts and rates may stand alone, but no connected calls of an unknown number', () => {
    expect(alone({})).toEqual([]);
    expect(alone({ testCalls: 5 })).toEqual([]);
    expect(alone({ connectionRate: 1 })).toEqual([]);
    expect(alone({ connectionRate: 0 })).toEqual([]);
    expect(alone({ connected: 5 })).toEqual(['connected-of-unknown']);
    expect(alone({ connected: 5, connectionRate: 0.5 })).toEqual([]);
  });

  test('each column is named with what stood in it', () => {
    const [problem] = checkResult({ ...good, connected: 11 });
    expect(problem).toEqual({
      ...{ rule: 'connected-above-test-calls', column: 'connected', value: '11', severity: 'error' },
      values: { testCalls: 10 },
    });
    const of = (change: object): unknown[] => {
      const [first] = checkResult({ ...good, ...change });
      return [first?.column, first?.value];
    };
    expect(of({ connectionRate: 2 })).toEqual(['connection_rate', '2']);
    expect(of({ testCalls: 10.5 })).toEqual(['test_calls', '10.5']);
    expect(of({ total: 101 })).toEqual(['total', '101']);
    expect(of({ meanSeconds: -1 })).toEqual(['mean_seconds', '-1']);
    expect(of({ indicators: { etiquette: 101 } })).toEqual(['etiquette', '101']);
  });

  test('a single test call: its scores and its seconds', () => {
    const call = { hotline: 'x', placedAtMillis: 0, connected: true, indicators: { a: 50 } };
    expect(checkTestCall({ ...call, secondsToOperator: 10 })).toEqual([]);
    expect(checkTestCall(call)).toEqual([]);
    expect(checkTestCall({ ...call, secondsToOperator: -1, indicators: { a: 101 } })).toMatchObject([
      { rule: 'score-off-scale', column: 'a', value: '101', severity: 'error' },
      { rule: 'seconds-out-of-range', column: 'seconds_to_operator', value: '-1', severity: 'error' },
    ]);
  });
});

const read = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../models/${path}`, import.meta.url), 'utf8'));

describe('models', () => {
  const monitor = monitorSchema.parse(read('monitors/standard-11.json'));
  const card = scorecardSchema.parse(read('scorecards/gov-hotline-2019.json'));

  test('that are shipped are sound; weights and shares that do not sum to one are named with their sum', () => {
    expect(checkMonitor(monitor)).toEqual([]);
    expect(checkScorecard(card)).toEqual([]);
    const [first, ...others] = card.indicators;
    if (first === undefined) throw new Error('no indicator');
    const heavier = { ...card, indicators: [{ ...first, weight: first.weight + 0.25 }, ...others] };
    expect(checkScorecard(heavier)).toMatchObject([
      { path: 'indicators', rule: 'weights-do-not-sum-to-one', value: '1.25' },
    ]);
    const at = card.indicators.findIndex(({ parts }) => parts.length > 1);
    const indicators = card.indicators.map((own, i) =>
      i === at ? { ...own, parts: own.parts.slice(1) } : own,
    );
    expect(checkScorecard({ ...card, indicators })).toMatchObject([{ path: `indicators.${at}.parts` }]);
    const even = { ...monitor, bands: { hotFrom: 0.5, warmFrom: 0.5 } };
    expect(checkMonitor(even)).toEqual([]);
    expect(checkMonitor({ ...even, bands: { hotFrom: 0.5, warmFrom: 0.51 } })).toMatchObject([
      { path: 'bands.warmFrom', rule: 'bands-out-of-order', value: '0.51' },
    ]);
  });

  test('indicators and their parts are known by key and by both names, in any case', () => {
    const [first] = card.indicators;
    const withPart = card.indicators.find(({ parts }) => parts.length > 0);
    const part = withPart?.parts[0];
    const names = indicatorNames(card);
    const keys = new Set(names.values());
    expect([first, withPart].every((own) => keys.has(own?.indicator ?? ''))).toBe(true);
    expect(keys.has(part?.part ?? '')).toBe(true);
    expect(names.get(part?.name.en.toLowerCase() ?? '')).toBe(part?.part);
    expect(names.get(part?.name['zh-CN'] ?? '')).toBe(part?.part);
    expect(names.get(first?.indicator.toLowerCase() ?? '')).toBe(first?.indicator);
  });

  test('points under each rule, ends of the scale counting for what lies beyond', () => {
    expect([-5, 0, 42, 100, 120].map((points) => pointsOf({ rule: 'points' }, points))).toEqual([
      0, 0, 42, 100, 100,
    ]);
    expect([-0.1, 0.42, 1.2].map((share) => pointsOf({ rule: 'share' }, share))).toEqual([0, 42, 100]);
    const seconds = { rule: 'seconds' as const, fullSeconds: 10, zeroSeconds: 30 };
    expect([5, 10, 15, 30, 40].map((own) => pointsOf(seconds, own))).toEqual([100, 100, 75, 0, 0]);
    expect([9, 10, 11].map((own) => pointsOf({ ...seconds, zeroSeconds: 10 }, own))).toEqual([100, 100, 0]);
    const resolution = { rule: 'resolution' as const, partialCredit: 0.5, partlyShareOfUnsolved: 0.4 };
    expect(pointsOf(resolution, { solved: 0.6, partlySolved: 0.2 })).toBeCloseTo(70, 12);
    expect(pointsOf(resolution, 0.6)).toBeCloseTo(100 * (0.6 + 0.5 * 0.4 * 0.4), 12);
    expect(pointsOf({ rule: 'points' }, { solved: 0.6, partlySolved: 0.2 })).toBe(60);
    expect(partialCreditFrom(0.2, 0.5, 45)).toBeCloseTo(0.5, 12);
    expect(partialCreditFrom(0.2, 0, 45)).toBeUndefined();
  });

  test('a score is of what is known, by weight; parts stand for an indicator that was not measured itself', () => {
    const two = scorecardSchema.parse({
      ...card,
      indicators: card.indicators.slice(0, 2).map((own, i) => ({
        ...own,
        indicator: `i${i}`,
        weight: i === 0 ? 0.75 : 0.25,
        scoring: { rule: 'points' },
        parts: [
          { part: `p${i}`, name: own.name, weight: 0.5 },
          { part: `q${i}`, name: own.name, weight: 0.5 },
        ],
      })),
    });
    const score = (measured: Record<string, number>): unknown => {
      const found = scoreOf(two, measured);
      return [found.score, found.indicators.map(({ points }) => points), found.missing];
    };
    expect(score({ i0: 80, i1: 40 })).toEqual([70, [80, 40], []]);
    expect(score({ i0: 80 })).toEqual([80, [80, null], ['i1']]);
    expect(score({ i1: 40 })).toEqual([null, [null, 40], ['i0']]);
    expect(score({ p0: 60, q0: 100, i1: 40 })).toEqual([70, [80, 40], []]);
    expect(score({ p0: 60, i1: NaN })).toEqual([60, [60, null], ['i1']]);
    expect(score({})).toEqual([null, [null, null], ['i0', 'i1']]);
  });

  test('rates as files write them', () => {
    expect(readRate('0')).toBe(0);
    expect(readRate('1.0')).toBe(1);
    expect(readRate('1.01')).toBeUndefined();
    expect(readRate(' 100% ')).toBe(1);
    expect(readRate('100.1%')).toBeUndefined();
    expect(readRate('50％')).toBe(0.5);
    expect(readRate('.5%')).toBeCloseTo(0.005, 12);
  });
});
