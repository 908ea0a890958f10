import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bandChances,
  bandOf,
  bandOfCount,
  connectedNeededForHot,
  hotNeeds,
  likeliestBand,
  publishedBandEdges as edges,
  rateNeededForHot,
} from '../../src/monitoring/bands.ts';

/** Chance of each count by walking every sequence of connected and failed calls. */
const enumerate = (rate: number, n: number): Record<string, number> => {
  const sums: Record<string, number> = { hot: 0, warm: 0, cold: 0, dead: 0 };
  for (let sequence = 0; sequence < 2 ** n; sequence += 1) {
    let chance = 1;
    let k = 0;
    for (let call = 0; call < n; call += 1) {
      const connected = ((sequence >> call) & 1) === 1;
      chance *= connected ? rate : 1 - rate;
      if (connected) k += 1;
    }
    const band = k === 0 ? 'dead' : k / n >= 0.95 ? 'hot' : k / n >= 0.3 ? 'warm' : 'cold';
    sums[band] = (sums[band] ?? 0) + chance;
  }
  return sums;
};

describe('bands', () => {
  test('edges belong to the warmer band', () => {
    expect([0, 0.001, 0.2999, 0.3, 0.9499, 0.95, 1].map((r) => bandOf(r, edges))).toEqual([
      'dead',
      'cold',
      'cold',
      'warm',
      'warm',
      'hot',
      'hot',
    ]);
    expect(bandOfCount(19, 20, edges)).toBe('hot');
    expect(bandOfCount(3, 10, edges)).toBe('warm');
    expect(() => bandOf(66.97, edges)).toThrow(RangeError);
    expect(() => bandOf(Number.NaN, edges)).toThrow(RangeError);
  });

  test.each([
    [0.29, 10],
    [0.9, 11],
    [0.98, 12],
    [0, 5],
    [1, 5],
  ])('chances at rate %f and %i calls equal the walk over all sequences', (rate, n) => {
    const chances = bandChances(rate, n, edges);
    for (const [band, chance] of Object.entries(enumerate(rate, n))) {
      expect(chances[band as 'hot']).toBeCloseTo(chance, 12);
    }
  });

  test('a distribution of true rates averages their chances', () => {
    const mixed = bandChances(Float64Array.of(0.8, 1), 11, edges);
    expect(mixed.hot).toBeCloseTo((0.8 ** 11 + 1) / 2, 12);
    expect(() => bandChances(new Float64Array(), 11, edges)).toThrow(RangeError);
  });

  test('chances sum to one, and hot grows with the rate', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 60 }), (rate, n) => {
        const chances = bandChances(rate, n, edges);
        expect(chances.hot + chances.warm + chances.cold + chances.dead).toBeCloseTo(1, 10);
        expect(bandChances(Math.min(1, rate + 0.01), n, edges).hot).toBeGreaterThanOrEqual(
          chances.hot - 1e-12,
        );
      }),
      { numRuns: 60 },
    );
  });

  test('hot takes 11 of 11 but 19 of 20', () => {
    expect([1, 11, 19, 20, 21, 40].map((n) => connectedNeededForHot(n, edges))).toEqual([
      1, 11, 19, 19, 20, 38,
    ]);
    const [eleven, twenty] = hotNeeds([11, 20], { bands: edges, attempts: 2 });
    const [of11, of20] = [eleven?.chances.at(-1), twenty?.chances.at(-1)];
    expect(of11?.testRate).toBeCloseTo(0.9 ** (1 / 11), 10);
    expect(of20?.testRate).toBeLessThan(of11?.testRate ?? 0);
    expect(twenty?.failuresAllowed).toBe(1);
    expect(1 - (1 - (of11?.attemptRate ?? 0)) ** 2).toBeCloseTo(of11?.testRate ?? 0, 12);
  });

  test.each([0.5, 0.8, 0.9])('the rate needed for a %f chance gives exactly that chance', (chance) => {
    for (const testCalls of [5, 11, 17, 20, 60]) {
      const rate = rateNeededForHot({ testCalls, chance, bands: edges });
      expect(bandChances(rate, testCalls, edges).hot).toBeCloseTo(chance, 9);
    }
    for (const none of [0, 1, -0.1, Number.NaN])
      expect(() => rateNeededForHot({ testCalls: 11, chance: none, bands: edges })).toThrow(RangeError);
    // Where any count is hot, any rate will do.
    expect(rateNeededForHot({ testCalls: 11, chance, bands: { hotFrom: 0, warmFrom: 0 } })).toBe(0);
  });

  test('the likeliest band', () => {
    expect(likeliestBand({ hot: 0.2, warm: 0.5, cold: 0.3, dead: 0 })).toBe('warm');
    expect(likeliestBand({ hot: 0.5, warm: 0.5, cold: 0, dead: 0 })).toBe('hot');
  });
});
