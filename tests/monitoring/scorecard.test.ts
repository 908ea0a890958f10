import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { monitorSchema, scorecardSchema } from '../../src/contract/models/monitor-model.ts';
import { checkMonitor, checkScorecard, indicatorNames } from '../../src/monitoring/check-results.ts';
import { scoreStanding } from '../../src/contract/score-standing.ts';
import { scoreRange } from '../../src/monitoring/project-monitoring.ts';
import { pointsOf, scoredRows, scoreOf } from '../../src/monitoring/scorecard.ts';

const folder = (name: string): readonly unknown[] => {
  const url = new URL(`../../models/${name}/`, import.meta.url);
  return readdirSync(url).map((file) => JSON.parse(readFileSync(new URL(file, url), 'utf8')) as unknown);
};

const card = scorecardSchema.parse({
  scorecard: 'small',
  name: { 'zh-CN': '小', en: 'Small' },
  weightsAssumed: false,
  source: { 'zh-CN': '试', en: 'Test' },
  indicators: [
    {
      indicator: 'connection-rate',
      name: { 'zh-CN': '接通率', en: 'Rate' },
      weight: 0.5,
      from: 'connection-rate',
      scoring: { rule: 'share' },
    },
    {
      indicator: 'etiquette',
      name: { 'zh-CN': '礼仪', en: 'Etiquette' },
      weight: 0.3,
      from: 'monitored',
      scoring: { rule: 'points' },
      parts: [
        { part: 'opening', name: { 'zh-CN': '开头', en: 'Opening' }, weight: 0.25 },
        { part: 'closing', name: { 'zh-CN': '结束', en: 'Closing' }, weight: 0.75 },
      ],
    },
    {
      indicator: 'effect',
      name: { 'zh-CN': '效果', en: 'Effect' },
      weight: 0.2,
      from: 'monitored',
      scoring: { rule: 'resolution', partialCredit: 0.66 },
    },
  ],
});

describe('scorecards', () => {
  test('every model file is valid and its weights and shares sum to one', () => {
    const cards = folder('scorecards').map((c) => scorecardSchema.parse(c));
    const monitors = folder('monitors').map((m) => monitorSchema.parse(m));
    expect(cards.length).toBeGreaterThan(0);
    expect(monitors.map((m) => m.testCalls).toSorted((a, b) => a - b)).toEqual([11, 20]);
    expect([...cards.flatMap(checkScorecard), ...monitors.flatMap(checkMonitor)]).toEqual([]);
    const published = cards.find((c) => c.scorecard === 'gov-hotline-2019');
    expect(published?.weightsAssumed).toBe(true);
    expect(published?.indicators.map((i) => i.name['zh-CN'])).toEqual([
      '接通率',
      '转人工时长',
      '接待礼仪',
      '沟通规范',
      '问题解决',
    ]);
  });

  test('two levels: an indicator not measured itself is the mean of its measured parts', () => {
    const { score, indicators, missing } = scoreOf(card, {
      'connection-rate': 0.6697,
      opening: 90,
      closing: 54.37,
      effect: { solved: 0.2035, partlySolved: 0.4912 },
    });
    const etiquette = 0.25 * 90 + 0.75 * 54.37;
    expect(indicators[1]?.points).toBeCloseTo(etiquette, 10);
    expect(indicators[2]?.points).toBeCloseTo(52.77, 1);
    expect(score).toBeCloseTo(0.5 * 66.97 + 0.3 * etiquette + 0.2 * (20.35 + 0.66 * 49.12), 10);
    expect(missing).toEqual([]);
    expect(scoreOf(card, { etiquette: 70, opening: 90 }).indicators[1]?.points).toBe(70);
  });

  test('results may name indicators of either level', () => {
    expect([...new Set(indicatorNames(card).values())]).toEqual([
      'connection-rate',
      'etiquette',
      'opening',
      'closing',
      'effect',
    ]);
  });

  test('what is not measured is left out, and nothing measured is no score', () => {
    const { score, missing } = scoreOf(card, { 'connection-rate': 0.9, closing: 60, effect: Number.NaN });
    expect(score).toBeCloseTo((0.5 * 90 + 0.3 * 60) / 0.8, 10);
    expect(missing).toEqual(['effect']);
    expect(scoreOf(card, {}).score).toBeNull();
  });

  test('from under half of the weights no total is told, but between what it lies', () => {
    // 45 % known, all of it full points: the rest may be anything.
    const { score, indicators } = scoreOf(
      {
        ...card,
        indicators: card.indicators.map((own, i) => ({ ...own, weight: [0.45, 0.35, 0.2][i] ?? 0 })),
      },
      { 'connection-rate': 1 },
    );
    expect(score).toBeNull();
    const standing = scoreStanding(indicators);
    expect(standing).toMatchObject({ known: 1, count: 3, hasTotal: false });
    expect(standing.knownWeight).toBeCloseTo(0.45, 12);
    expect([standing.low, standing.high]).toEqual([45, 100]);
    expect(scoreOf(card, { 'connection-rate': 0.9 }).score).toBeCloseTo(90, 10);
    expect(scoreStanding([])).toMatchObject({ knownWeight: 0, hasTotal: false });
  });

  test('a projected score from under half of the weights has no range that looks sure', () => {
    const known = {
      ...card,
      indicators: card.indicators.map((own) => ({ ...own, weight: own.weight === 0.5 ? 0.4 : 0.3 })),
    };
    const { range } = scoreRange({
      scorecard: known,
      testCalls: 11,
      rates: Float64Array.of(0.999, 1),
      measuredAt: (rate) => ({ 'connection-rate': rate }),
    });
    expect(range).toEqual({ mean: null, q10: null, q90: null });
  });

  test('the range of a projected score holds its mean, though scores come in steps of a test call', () => {
    const rangeAt = (rate: number) =>
      scoreRange({
        scorecard: card,
        testCalls: 11,
        rates: Float64Array.of(rate),
        measuredAt: (monitored) => ({ 'connection-rate': monitored, 'seconds-to-operator': 10 }),
      });
    for (const rate of [0.004, 0.3, 0.9, 0.996]) {
      const { mean, q10, q90 } = rangeAt(rate).range;
      expect(q10, String(rate)).toBeLessThanOrEqual(mean ?? 0);
      expect(q90, String(rate)).toBeGreaterThanOrEqual(mean ?? 101);
      expect(mean).not.toBeNull();
    }
  });

  test('futures of which nothing can be scored are left out of the range', () => {
    const rangeOf = (...rates: number[]) =>
      scoreRange({
        scorecard: card,
        testCalls: 11,
        rates: Float64Array.from(rates),
        measuredAt: (rate, future) => (future === 0 ? { 'connection-rate': rate } : {}),
      }).range;
    const [alone, beside] = [rangeOf(0.8), rangeOf(0.8, 0.8, 0.8)];
    expect(beside.mean).toBeCloseTo(alone.mean!, 9);
    expect([beside.q10, beside.q90]).toEqual([alone.q10, alone.q90]);
  });

  test('the mean points of the indicators, with their weights, add up to the mean score', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 15 }),
        fc.double({ min: 0, max: 80, noNaN: true }),
        fc.boolean(),
        (rates, testCalls, seconds, isWhole) => {
          const { range, indicators } = scoreRange({
            scorecard: card,
            testCalls,
            rates: Float64Array.from(rates),
            measuredAt: (monitored, future) => ({
              'connection-rate': monitored,
              ...(isWhole ? { 'seconds-to-operator': seconds + 20 * future } : {}),
            }),
          });
          if (range.mean === null) return;
          const known = indicators.reduce(
            (sum, { weight, points }) => sum + (points === null ? 0 : weight),
            0,
          );
          const sum = indicators.reduce((total, { weight, points }) => total + weight * (points ?? 0), 0);
          expect(sum / known).toBeCloseTo(range.mean, 8);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('seconds fall in a line from full to zero points; a step where the two are one', () => {
    const line = { rule: 'seconds', fullSeconds: 15, zeroSeconds: 60 } as const;
    expect([0, 15, 37.5, 60, 99].map((s) => pointsOf(line, s))).toEqual([100, 100, 50, 0, 0]);
    const step = { rule: 'seconds', fullSeconds: 15, zeroSeconds: 15 } as const;
    expect([15, 15.01].map((s) => pointsOf(step, s))).toEqual([100, 0]);
    expect(pointsOf({ rule: 'share' }, 1.2)).toBe(100);
  });

  test('weights that do not sum to one are named, on both levels', () => {
    const broken = structuredClone(card);
    const first = broken.indicators[0];
    const part = broken.indicators[1]?.parts[0];
    if (first === undefined || part === undefined) throw new Error('no indicators');
    first.weight = 0.6;
    part.weight = 0.5;
    expect(checkScorecard(broken).map((p) => [p.rule, p.path, p.value])).toEqual([
      ['weights-do-not-sum-to-one', 'indicators', '1.1'],
      ['weights-do-not-sum-to-one', 'indicators.1.parts', '1.25'],
    ]);
    expect(scorecardSchema.safeParse(broken).success).toBe(false);
  });
});

describe('published results that a scorecard’s weights can be fitted to', () => {
  const published = (period: string, more: Record<string, unknown> = {}) => ({
    hotline: `${period}-${JSON.stringify(more)}`,
    period,
    indicators: { effect: 60, opening: 80, closing: 40 } as Record<string, number>,
    connectionRate: 0.9,
    total: 70,
    ...more,
  });
  const rowsOf = (results: ReturnType<typeof published>[], least = 1, asked?: string) =>
    scoredRows(results, card, least, asked);

  test('points are taken as they were published, rates and parts turned into points', () => {
    // Opening counts a quarter of etiquette, closing three quarters.
    const rows = [{ points: [90, 50, 60].map((p) => expect.closeTo(p, 9)), total: 70 }];
    expect(rowsOf([published('2019')])).toEqual({ period: '2019', rows });
    const counted = published('2019', { connectionRate: undefined, testCalls: 10, connected: 9 });
    expect(rowsOf([counted])?.rows).toEqual(rows);
    // The rate that is published counts before what the calls come to, as one call can.
    expect(rowsOf([published('2019', { testCalls: 1, connected: 1 })])?.rows).toEqual(rows);
    const one = published('2019', { connectionRate: undefined, testCalls: 1, connected: 1 });
    expect(rowsOf([one])?.rows[0]?.points[0]).toBe(100);
  });

  test('a result without a total or without some indicator tells nothing', () => {
    const none = [
      published('2019', { total: undefined }),
      published('2019', { connectionRate: undefined }),
      published('2019', { connectionRate: undefined, connected: 9 }),
      published('2019', { connectionRate: undefined, testCalls: 0, connected: 0 }),
      published('2019', { indicators: { effect: 60 } }),
    ];
    expect(rowsOf(none)).toBeUndefined();
    expect(rowsOf([...none, published('2019')])?.rows).toHaveLength(1);
  });

  test('of the latest period that has enough, or of the one asked for', () => {
    const all = [
      published('2018', { total: 1 }),
      published('2018', { total: 2 }),
      published('2020', { total: 3 }),
      published('2019', { total: 4 }),
      published('2019', { total: 5 }),
    ];
    const of = (least: number, asked?: string) => {
      const found = rowsOf(all, least, asked);
      return found && [found.period, ...found.rows.map(({ total }) => total)];
    };
    expect(of(1)).toEqual(['2020', 3]);
    expect(of(2)).toEqual(['2019', 4, 5]);
    expect(of(3)).toBeUndefined();
    expect(of(2, '2018')).toEqual(['2018', 1, 2]);
    expect(of(2, '2020')).toBeUndefined();
    expect(of(1, '2017')).toBeUndefined();
  });

  test('seconds are scored by their rule, also where results carry points of the others', () => {
    const seconds = structuredClone(card);
    Object.assign(seconds.indicators[2] ?? {}, {
      from: 'seconds-to-operator',
      scoring: { rule: 'seconds', fullSeconds: 15, zeroSeconds: 60 },
    });
    const found = scoredRows([published('2019', { meanSeconds: 37.5 })], seconds, 1);
    expect(found?.rows[0]?.points[2]).toBeCloseTo(50, 9);
  });
});
