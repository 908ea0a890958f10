import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { effectiveCounts } from '../../src/monitoring/rates.ts';

const binomial = (n: number, p: number, random: ReturnType<typeof seededRandom>): number => {
  let k = 0;
  for (let i = 0; i < n; i += 1) if (random.uniform() < p) k += 1;
  return k;
};

describe('effective calls of many days', () => {
  test('calls that are independent count in full; days that differ count for far less', () => {
    const random = seededRandom(3);
    const worlds = (spread: number): number => {
      let sum = 0;
      for (let world = 0; world < 100; world += 1) {
        const days = Array.from({ length: 60 }, () => {
          const p = 0.7 + spread * (random.uniform() - 0.5);
          return { calls: 200, met: binomial(200, p, random) };
        });
        sum += 1 / effectiveCounts(days).effectiveCalls / 100;
      }
      return 1 / sum;
    };
    expect(worlds(0) / 12_000).toBeGreaterThan(0.85);
    // variance of a day's rate: 0.21/200 + 0.4²/12, against 0.21/200
    const deff = (0.21 / 200 + 0.16 / 12) / (0.21 / 200);
    expect((worlds(0.4) * deff) / 12_000).toBeGreaterThan(0.9);
    expect((worlds(0.4) * deff) / 12_000).toBeLessThan(1.1);
  });

  test('two days by hand', () => {
    const found = effectiveCounts([
      { calls: 100, met: 90 },
      { calls: 100, met: 70 },
    ]);
    // rate 0.8; variance 2 · (10² + 10²) / 200² = 0.01; 0.16 / 0.01, with half a call added
    expect(found.rate).toBe(0.8);
    expect(found.effectiveCalls).toBeCloseTo(16, 0);
  });

  test('a day without calls says nothing, and one day alone counts as one call', () => {
    expect(
      effectiveCounts([
        { calls: 50, met: 40 },
        { calls: 0, met: 0 },
      ]).effectiveCalls,
    ).toBe(1);
    expect(effectiveCounts([]).calls).toBe(0);
    expect(
      effectiveCounts([
        { calls: 10, met: 10 },
        { calls: 10, met: 10 },
      ]).effectiveCalls,
    ).toBe(20);
  });
});
