import { describe, expect, test } from 'vitest';
import { binomialProbability } from '../../src/kernel/distributions.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import type { MonitoringResult } from '../../src/kernel/records.ts';
import { publishedBandEdges as edges } from '../../src/monitoring/bands.ts';
import {
  betaBinomialProbability,
  countsOf,
  fitPooling,
  fitPoolingToGroups,
  nextBandChances,
  posteriorInterval,
  posteriorMean,
  posteriorOf,
  rateInterval,
  trueBandChances,
} from '../../src/monitoring/rates.ts';

const result = (connected: number, testCalls: number, i = 0): MonitoringResult => ({
  hotline: `line-${i}`,
  period: '2019',
  testCalls,
  connected,
  indicators: {},
});

describe('rate intervals', () => {
  test('Clopper-Pearson of 5 of 17 equals SciPy 1.17', () => {
    const { low, high } = rateInterval(5, 17);
    expect(low).toBeCloseTo(0.10313551, 8);
    expect(high).toBeCloseTo(0.55958272, 8);
  });

  test('its ends are the rates that leave 2.5 % beyond, by direct sums', () => {
    const { low, high } = rateInterval(9, 11);
    const atLeast = (p: number): number => [9, 10, 11].reduce((s, k) => s + binomialProbability(k, 11, p), 0);
    expect(atLeast(low)).toBeCloseTo(0.025, 9);
    expect(1 - atLeast(high) + binomialProbability(9, 11, high)).toBeCloseTo(0.025, 9);
  });

  test('ends at 0 and 1; nonsense throws', () => {
    expect(rateInterval(0, 11).low).toBe(0);
    expect(rateInterval(11, 11).high).toBe(1);
    expect(rateInterval(0, 11).high).toBeCloseTo(1 - 0.025 ** (1 / 11), 10);
    expect(() => rateInterval(12, 11)).toThrow(RangeError);
  });

  test.each([0.05, 0.3, 0.9, 0.97])('cover a true rate of %f at least as often as they say', (p) => {
    let covered = 0;
    for (let k = 0; k <= 11; k += 1) {
      const { low, high } = rateInterval(k, 11);
      if (low <= p && p <= high) covered += binomialProbability(k, 11, p);
    }
    expect(covered).toBeGreaterThanOrEqual(0.95);
  });
});

describe('pooling', () => {
  test('the beta-binomial equals SciPy and, for whole parameters, a sum over the beta', () => {
    expect(betaBinomialProbability(5, 11, 1.7, 0.6)).toBeCloseTo(0.05534656956217143, 12);
    expect(betaBinomialProbability(11, 11, 1.7, 0.6)).toBeCloseTo(0.28208626867672465, 12);
    expect(betaBinomialProbability(2, 4, 1, 1)).toBeCloseTo(1 / 5, 12);
    expect(betaBinomialProbability(5, 4, 1, 1)).toBe(0);
    expect(betaBinomialProbability(-1, 4, 1, 1)).toBe(0);
  });

  test('the beta-binomial equals the walk over every sequence of draws from a Pólya urn', () => {
    const [a, b, n] = [3, 2, 6];
    const sums = Array.from({ length: n + 1 }, () => 0);
    for (let sequence = 0; sequence < 2 ** n; sequence += 1) {
      let [chance, connected] = [1, 0];
      for (let call = 0; call < n; call += 1) {
        const got = ((sequence >> call) & 1) === 1;
        chance *= (got ? a + connected : b + call - connected) / (a + b + call);
        if (got) connected += 1;
      }
      sums[connected] = (sums[connected] ?? 0) + chance;
    }
    sums.forEach((sum, k) => expect(betaBinomialProbability(k, n, a, b)).toBeCloseTo(sum, 12));
  });

  test('finds the spread that generated results, with differing test calls', () => {
    const random = seededRandom(7);
    const results = Array.from({ length: 3000 }, (_, i) => {
      const n = i % 2 === 0 ? 11 : 17;
      const x = random.gamma(4);
      const rate = random.uniform() < 0.12 ? 0 : x / (x + random.gamma(1.5));
      let k = 0;
      for (let call = 0; call < n; call += 1) if (random.uniform() < rate) k += 1;
      return result(k, n, i);
    });
    const pooling = fitPooling(results);
    expect(pooling.zeroMass).toBeCloseTo(0.12, 1.5);
    expect(pooling.a / (pooling.a + pooling.b)).toBeCloseTo(4 / 5.5, 1.5);
    expect(Math.log(pooling.a + pooling.b)).toBeCloseTo(Math.log(5.5), 0.5);
  });

  test('no dead lines means no mass at zero; no results means the flat spread', () => {
    expect(fitPooling([result(11, 11), result(9, 11), result(6, 11)]).zeroMass).toBeLessThan(1e-6);
    expect(fitPooling([])).toMatchObject({ zeroMass: 0, a: 1, b: 1, hotlines: 0 });
    const allDead = fitPooling([result(0, 11), result(0, 11)]);
    expect(posteriorMean(posteriorOf(allDead, 0, 11))).toBeLessThan(0.05);
  });

  test('few hotlines are not known to the last digit: chances of one alone stay far from certain', () => {
    const alone = posteriorOf(fitPooling([result(11, 11)]), 11, 11);
    expect(trueBandChances(alone, edges).hot).toBeLessThan(0.9);
    const { low, high } = posteriorInterval(
      posteriorOf(fitPooling([result(19, 20), result(18, 20, 1)]), 19, 20),
    );
    expect([low < 0.9, high > 0.97]).toEqual([true, true]);
    const { zeroMass } = posteriorOf(fitPooling([result(0, 11)]), 0, 11);
    expect(zeroMass).toBeLessThan(0.999);
  });

  test('beside 344 hotlines what is usual weighs next to nothing', () => {
    const published = [
      [33, 0],
      [27, 2],
      [198, 8],
      [86, 11],
    ].flatMap(([lines = 0, k = 0]) => Array.from({ length: lines }, (_, i) => result(k, 11, i)));
    const counts = (k: number, hotlines: number) => ({ testCalls: 11, from: k, to: k, hotlines });
    const bare = fitPoolingToGroups([counts(0, 33), counts(2, 27), counts(8, 198), counts(11, 86)]);
    const usual = fitPooling(published);
    expect(Math.abs(usual.zeroMass - bare.zeroMass)).toBeLessThan(0.001);
    expect(Math.abs(usual.a / (usual.a + usual.b) - bare.a / (bare.a + bare.b))).toBeLessThan(0.002);
  });

  const pooling = { zeroMass: 0.1, a: 2, b: 1, logLikelihood: 0, hotlines: 10 };

  test('posterior by Bayes over a fine grid of true rates', () => {
    const steps = 20_000;
    const grid = Array.from({ length: steps }, (_, i) => (i + 0.5) / steps);
    for (const [k, n] of [
      [0, 3],
      [2, 3],
      [11, 11],
    ] as const) {
      const weights = grid.map((p) => 0.9 * 2 * p * binomialProbability(k, n, p));
      const alive = weights.reduce((s, w) => s + w, 0) / steps;
      const zero = k === 0 ? 0.1 : 0;
      const mean = weights.reduce((s, w, i) => s + w * (grid[i] ?? 0), 0) / steps / (alive + zero);
      const posterior = posteriorOf(pooling, k, n);
      expect(posteriorMean(posterior)).toBeCloseTo(mean, 6);
      expect(posterior.zeroMass).toBeCloseTo(zero / (alive + zero), 6);
      const hot =
        weights.reduce((s, w, i) => s + ((grid[i] ?? 0) >= 0.95 ? w : 0), 0) / steps / (alive + zero);
      expect(trueBandChances(posterior, edges).hot).toBeCloseTo(hot, 6);
      const next = weights.reduce((s, w, i) => s + w * (grid[i] ?? 0) ** 11, 0) / steps / (alive + zero);
      expect(nextBandChances(posterior, 11, edges).hot).toBeCloseTo(next, 6);
    }
  });

  test('both kinds of chances sum to one and differ: what a line is, and what the next monitoring says', () => {
    const posterior = posteriorOf(pooling, 11, 11);
    const [truth, next] = [trueBandChances(posterior, edges), nextBandChances(posterior, 11, edges)];
    for (const c of [truth, next]) expect(c.hot + c.warm + c.cold + c.dead).toBeCloseTo(1, 10);
    expect(next.hot).toBeGreaterThan(truth.hot + 0.05);
  });

  test('the interval of a silent line starts at 0 and a heavy atom fills it', () => {
    expect(posteriorInterval(posteriorOf(pooling, 0, 11)).low).toBe(0);
    expect(posteriorInterval({ zeroMass: 0.99, a: 1, b: 1 })).toEqual({ low: 0, high: 0 });
    const { low, high } = posteriorInterval(posteriorOf(pooling, 5, 11));
    expect(low).toBeGreaterThan(0);
    expect(high).toBeLessThan(1);
  });

  test('counts are rebuilt from a rate and test calls', () => {
    expect(
      countsOf({ hotline: 'a', period: '2019', testCalls: 17, connectionRate: 0.2941, indicators: {} }),
    ).toEqual({
      connected: 5,
      testCalls: 17,
    });
    expect(countsOf({ hotline: 'a', period: '2019', connectionRate: 0.3, indicators: {} })).toBeUndefined();
  });
});
