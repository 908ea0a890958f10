import { chinese, english } from '../support/said.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { text } from '../support/text.ts';
import { explainGap, fisherExact, judgeGap, trafficFinding } from '../../src/monitoring/judge-gap.ts';
import { forecastAccuracy } from '../../src/monitoring/forecast-accuracy.ts';
import { erlang } from '../../src/queueing/erlang.ts';

/** Shapley values by walking every order of replacement. */
const byOrders = (
  names: readonly string[],
  value: (s: ReadonlySet<string>) => number,
): Record<string, number> => {
  const orders = (left: readonly string[]): string[][] =>
    left.length === 0 ? [[]] : left.flatMap((n) => orders(left.filter((m) => m !== n)).map((o) => [n, ...o]));
  const all = orders(names);
  const sums: Record<string, number> = Object.fromEntries(names.map((n) => [n, 0]));
  for (const order of all) {
    const replaced = new Set<string>();
    for (const name of order) {
      const before = value(replaced);
      replaced.add(name);
      sums[name] = (sums[name] ?? 0) + (value(replaced) - before) / all.length;
    }
  }
  return sums;
};

describe('explaining a gap', () => {
  test('equals the mean over all orders, and sums to the gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer(), (count, seed) => {
        const names = ['volume', 'handle-time', 'operators', 'prompts', 'patience'].slice(0, count);
        const random = seededRandom(seed);
        const figures = Array.from({ length: 2 ** count }, () => random.uniform());
        const value = (s: ReadonlySet<string>): number =>
          figures[names.reduce((bits, n, i) => bits + (s.has(n) ? 2 ** i : 0), 0)] ?? 0;
        const effects = explainGap(
          names.map((cause) => ({ cause })),
          value,
        );
        const expected = byOrders(names, value);
        for (const { cause, effect } of effects)
          expect(effect).toBeCloseTo(expected[cause] ?? Number.NaN, 12);
        const gap = value(new Set(names)) - value(new Set());
        expect(Math.abs(effects.reduce((s, e) => s + e.effect, 0) - gap)).toBeLessThan(1e-9);
      }),
      { numRuns: 40 },
    );
  });

  test('each subset is asked for once; misuse throws', () => {
    let asked = 0;
    explainGap([{ cause: 'a' }, { cause: 'b' }, { cause: 'c' }], () => (asked += 1));
    expect(asked).toBe(8);
    expect(explainGap([], () => 1)).toEqual([]);
    expect(() => explainGap([{ cause: 'a' }, { cause: 'a' }], () => 1)).toThrow(RangeError);
    expect(() =>
      explainGap(
        ['a', 'b', 'c', 'd', 'e', 'f'].map((cause) => ({ cause })),
        () => 1,
      ),
    ).toThrow(RangeError);
  });

  test('a planted cause is named first in at least 90 % of 200 worlds', () => {
    const random = seededRandom(3);
    const planned = { volume: 300, 'handle-time': 240, operators: 24 };
    type Cause = keyof typeof planned;
    const connected = (world: Record<Cause, number>): number => {
      const answer = erlang({
        loadErlangs: (world.volume * world['handle-time']) / 3600,
        operators: Math.round(world.operators),
        handleTimeSeconds: world['handle-time'],
        patienceSeconds: 120,
        trunks: Infinity,
        thresholdSeconds: 15,
      });
      return answer.stable ? answer.pConnect : Number.NaN;
    };
    let named = 0;
    for (let i = 0; i < 200; i += 1) {
      const planted = (['volume', 'handle-time', 'operators'] as const)[i % 3] ?? 'volume';
      const small = (): number => 1 + 0.02 * random.normal();
      const happened = { volume: 300 * small(), 'handle-time': 240 * small(), operators: 24 };
      happened[planted] = planted === 'operators' ? 20 : planned[planted] * 1.2;
      const effects = explainGap(
        (Object.keys(planned) as Cause[]).map((cause) => ({ cause })),
        (replaced) =>
          connected({
            volume: replaced.has('volume') ? happened.volume : planned.volume,
            'handle-time': replaced.has('handle-time') ? happened['handle-time'] : planned['handle-time'],
            operators: replaced.has('operators') ? happened.operators : planned.operators,
          }),
      );
      const verdict = judgeGap({
        connected: 5,
        testCalls: 11,
        projected: 0.95,
        causes: effects.map((e) => ({ ...e, name: text(e.cause, e.cause) })),
      });
      if (verdict.likeliestCause === planted) named += 1;
    }
    expect(named).toBeGreaterThanOrEqual(180);
  });
});

describe('more than chance?', () => {
  const pValueOf = (connected: number, projected: number): number =>
    judgeGap({ connected, testCalls: 11, projected, causes: [] }).pValue;

  test('Fisher and the exact count test equal SciPy 1.17', () => {
    expect(fisherExact(11, 11, 6, 11)).toBeCloseTo(0.03508771929824561, 10);
    expect(fisherExact(9, 11, 3, 11)).toBeCloseTo(0.02997312285237982, 10);
    expect(pValueOf(6, 0.95)).toBeCloseTo(0.0001119302367675786, 12);
    expect(pValueOf(9, 0.95)).toBeCloseTo(0.1018945911424318, 10);
    expect(fisherExact(11, 11, 11, 11)).toBe(1);
  });

  test('the false alarms of either test stay at or below 5 %', () => {
    for (const p of [0.3, 0.7, 0.95]) {
      let alarms = 0;
      const chance = (k: number): number => {
        let choose = 1;
        for (let i = 0; i < k; i += 1) choose = (choose * (11 - i)) / (i + 1);
        return choose * p ** k * (1 - p) ** (11 - k);
      };
      for (let k = 0; k <= 11; k += 1) {
        if (pValueOf(k, p) < 0.05) alarms += chance(k);
      }
      expect(alarms).toBeLessThanOrEqual(0.05);
    }
  });

  const causes = [
    { cause: 'volume', name: text('来电量', 'call volume'), effect: -0.2 },
    { cause: 'operators', name: text('在岗座席', 'operators present'), effect: 0.1 },
    { cause: 'handle-time', name: text('处理时长', 'handle time'), effect: -0.05 },
  ];

  test('a verdict in words, in both languages', () => {
    const bad = judgeGap({ connected: 6, testCalls: 11, projected: 0.95, causes });
    expect(bad).toMatchObject({ withinSamplingNoise: false, likeliestCause: 'volume' });
    expect(english(bad.verdict)).toContain('more than sampling noise');
    expect(english(bad.verdict)).toContain('call volume, which took 20.00 points off');
    expect(chinese(bad.verdict)).toContain('超出抽样误差');
    // Clopper and Pearson's interval of 6 of 11, from R's binom.test.
    expect(english(bad.verdict)).toContain('interval 23.4%–83.3%');
    expect(chinese(bad.verdict)).toContain('区间 23.4%–83.3%');
    const ordinary = judgeGap({ connected: 2, testCalls: 2, projected: 0.95, causes }).verdict;
    expect(english(ordinary)).toContain('The monitored result (2 calls) is well within sampling noise');
    expect(chinese(ordinary)).toContain('这 2 次拨测的结果完全在抽样误差之内');
    const fine = judgeGap({ connected: 9, testCalls: 11, projected: 0.95, causes });
    expect(fine.withinSamplingNoise).toBe(true);
    expect(chinese(fine.verdict)).toContain('抽样误差之内');
    expect(english(fine.verdict)).toMatch(/the chance of a result this unlikely is \d+\.\d%/);
    const usual = judgeGap({ connected: 2, testCalls: 2, projected: 0.95, causes });
    expect(usual).toMatchObject({ withinSamplingNoise: true, pValue: expect.closeTo(1, 9) });
    expect(english(usual.verdict)).toMatch(
      /well within sampling noise: if the projection is right, .* not unusual\.$/,
    );
    expect(chinese(usual.verdict)).toMatch(/抽样误差之内：.*这样的结果很平常。$/);
    const better = judgeGap({ connected: 11, testCalls: 11, projected: 0.7, causes });
    expect(better).toMatchObject({ likeliestCause: 'operators', withinSamplingNoise: false });
    expect(judgeGap({ connected: 9, testCalls: 11, projected: 0.95, causes: [] }).likeliestCause).toBeNull();
    // of a plan that was met nothing is the cause, though what worked either way may balance out
    expect(trafficFinding(null, causes)).toMatchObject({ code: 'no-answered-calls-recorded' });
    expect(english(trafficFinding(-0.1, causes))).toContain('call volume');
    const small = causes.map((cause) => ({ ...cause, effect: cause.effect / 1000 }));
    expect(english(trafficFinding(-0.1, small))).not.toContain('call volume');
    expect(trafficFinding(0, causes)).toMatchObject({ values: { gap: 0, cause: null } });
  });

  test('an uncertain projection excuses more', () => {
    const certain = judgeGap({ connected: 6, testCalls: 11, projected: 0.95, causes });
    const uncertain = judgeGap({
      connected: 6,
      testCalls: 11,
      projected: Float64Array.of(0.95, 0.6),
      causes,
    });
    expect(uncertain.pValue).toBeGreaterThan(certain.pValue);
  });
});

describe('forecast accuracy', () => {
  test('by hand, with gaps left out and bounds inside', () => {
    const accuracy = forecastAccuracy(
      { mean: [10, 20, 30, 40], q10: [8, 18, 28, 38], q90: [12, 22, 30, 42] },
      [12, 10, null, Number.NaN],
    );
    expect(accuracy.wape).toBeCloseTo(12 / 22, 12);
    expect(accuracy.bias).toBeCloseTo(8 / 22, 12);
    expect(accuracy).toMatchObject({ coverage80: 0.5, coverage95: null, scored: 2 });
    expect(forecastAccuracy({ mean: [1] }, [0])).toMatchObject({ wape: null, bias: null, scored: 1 });
    const second = forecastAccuracy({ mean: [9, 3] }, [1, 4], (i) => i === 1);
    expect(second).toMatchObject({ wape: 0.25, bias: -0.25, scored: 1 });
  });
});
