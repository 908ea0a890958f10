import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { fitOccupancyEffect, qualityShiftAt } from '../../src/monitoring/occupancy-effect.ts';
import { fitScorecard, simplexLeastSquares } from '../../src/monitoring/scorecard.ts';

type ScoredRow = Parameters<typeof fitScorecard>[0][number];

/** Published-looking rows under known weights: indicators move together, totals are rounded and noisy. */
const world = (weights: readonly number[], rows: number, seed: number, noise = 1): ScoredRow[] => {
  const random = seededRandom(seed);
  return Array.from({ length: rows }, () => {
    const level = 75 + 8 * random.normal();
    const points = weights.map(() => Math.max(0, Math.min(100, level + 10 * random.normal())));
    const exact = points.reduce((s, p, i) => s + p * (weights[i] ?? 0), 0);
    return { points, total: Number((exact + noise * random.normal()).toFixed(2)) };
  });
};

describe('least squares on the simplex', () => {
  test('recovers exact weights, zero ones included', () => {
    const truth = [0.5, 0, 0.3, 0.2, 0];
    const rows = world(truth, 40, 1, 0);
    const found = simplexLeastSquares(
      rows.map((r) => r.points),
      rows.map((r) => r.total),
    );
    truth.forEach((w, i) => expect(found[i]).toBeCloseTo(w, 3));
  });

  test('no point of a fine grid does better', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const rows = world([0.8, 0.15, 0.05], 6, seed, 15);
      const loss = (w: readonly number[]): number =>
        rows.reduce((s, r) => s + (r.total - r.points.reduce((t, p, i) => t + p * (w[i] ?? 0), 0)) ** 2, 0);
      const found = simplexLeastSquares(
        rows.map((r) => r.points),
        rows.map((r) => r.total),
      );
      expect(Math.min(...found)).toBeGreaterThanOrEqual(0);
      expect(found.reduce((s, w) => s + w, 0)).toBeCloseTo(1, 12);
      let best = Infinity;
      for (let a = 0; a <= 50; a += 1) {
        for (let b = 0; a + b <= 50; b += 1) best = Math.min(best, loss([a / 50, b / 50, 1 - (a + b) / 50]));
      }
      expect(loss(found)).toBeLessThanOrEqual(best + 1e-6 * best);
    }
  });

  test('every answer meets the conditions of an optimum: no fixed weight would gain by growing', () => {
    const random = seededRandom(21);
    const any = (): number => Math.floor(101 * random.uniform());
    for (let problem = 0; problem < 600; problem += 1) {
      const x = Array.from({ length: 7 }, () => Array.from({ length: 6 }, any));
      const y = x.map(any);
      const w = simplexLeastSquares(x, y);
      const gradient = w.map((_, i) =>
        x.reduce(
          (s, row, r) => s + (row[i] ?? 0) * (row.reduce((t, p, j) => t + p * (w[j] ?? 0), 0) - (y[r] ?? 0)),
          0,
        ),
      );
      const free = gradient.filter((_, i) => (w[i] ?? 0) > 1e-9);
      const level = Math.min(...free);
      expect(Math.max(...free) - level).toBeLessThan(0.002);
      for (const g of gradient) expect(g).toBeGreaterThan(level - 0.002);
    }
  });

  test('two columns that are the same share', () => {
    const found = simplexLeastSquares(
      [
        [80, 80],
        [60, 60],
        [70, 70],
      ],
      [80, 60, 70],
    );
    expect(found.reduce((s, w) => s + w, 0)).toBeCloseTo(1, 12);
  });
});

describe('fitting a scorecard', () => {
  test('true weights lie in their 90 % intervals at least 85 % of the time', () => {
    let inside = 0;
    let all = 0;
    for (let seed = 0; seed < 60; seed += 1) {
      const truth = [0.3, 0.15, 0.1, 0.2, 0.25];
      const fitted = fitScorecard(world(truth, 31, 100 + seed), { seed, draws: 120 });
      truth.forEach((w, i) => {
        const { low, high } = fitted.intervals[i] ?? { low: 1, high: 0 };
        all += 1;
        if (low <= w && w <= high) inside += 1;
        expect(high - low).toBeLessThan(0.35);
      });
    }
    expect(inside / all).toBeGreaterThanOrEqual(0.85);
    expect(inside / all).toBeLessThan(0.99);
  });

  test('the same seed gives the same answer; too few rows are refused', () => {
    const rows = world([0.6, 0.4], 12, 5);
    expect(fitScorecard(rows, { seed: 1, draws: 50 })).toEqual(fitScorecard(rows, { seed: 1, draws: 50 }));
    expect(() => fitScorecard(rows.slice(0, 1), { seed: 1 })).toThrow(RangeError);
    // Two results, two weights: 70 points of 100 and none are a weight of 0.7.
    const two = [
      { points: [100, 0], total: 70 },
      { points: [0, 100], total: 30 },
    ];
    const { weights, residualPoints } = fitScorecard(two, { seed: 1, draws: 20 });
    expect([...weights, residualPoints]).toEqual([0.7, 0.3, 0].map((n) => expect.closeTo(n, 6)));
    expect(() => fitScorecard([], { seed: 1 })).toThrow(RangeError);
  });
});

describe('the occupancy effect', () => {
  const months = (slope: number, count: number, seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: count }, () => {
      const occupancy = 0.75 + 0.08 * random.normal();
      return { occupancy, qualityPoints: 80 + slope * (occupancy - 0.75) + 1.5 * random.normal() };
    });
  };

  test('slope, error and p-value equal SciPy 1.17', () => {
    const occupancy = [0.7, 0.8, 0.75, 0.9, 0.85, 0.6];
    const points = [80, 78, 79, 75, 77.5, 82];
    const fit = fitOccupancyEffect(
      occupancy.map((o, i) => ({ occupancy: o, qualityPoints: points[i] ?? 0 })),
    );
    expect(fit.slope).toBeCloseTo(-21.571428571428566, 10);
    expect(fit.standardError).toBeCloseTo(2.1357023411037233, 10);
    expect(fit.pValue).toBeCloseTo(0.0005406773078535567, 12);
    expect(fit.usedSlope).toBeGreaterThan(fit.slope);
    expect(qualityShiftAt(fit, fit.meanOccupancy + 0.1)).toBeCloseTo(0.1 * fit.usedSlope, 12);
  });

  test('found when planted, none when absent', () => {
    let found = 0;
    let alarms = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      if (fitOccupancyEffect(months(-25, 24, seed)).found) found += 1;
      const none = fitOccupancyEffect(months(0, 24, 1000 + seed));
      if (none.found) alarms += 1;
      else expect(none.usedSlope).toBe(0);
    }
    expect(found).toBeGreaterThanOrEqual(95);
    expect(alarms).toBeLessThanOrEqual(4);
  });

  test('too little to tell is no effect', () => {
    const none = { slope: 0, standardError: Infinity, pValue: 1, usedSlope: 0, found: false };
    const line = (count: number) =>
      Array.from({ length: count }, (_, i) => ({ occupancy: 0.6 + i / 10, qualityPoints: 80 - 3 * i }));
    expect(fitOccupancyEffect([])).toEqual({ ...none, meanOccupancy: 0, rows: 0 });
    expect(fitOccupancyEffect(line(3))).toEqual({ ...none, meanOccupancy: expect.closeTo(0.7, 12), rows: 3 });
    expect(fitOccupancyEffect(line(4))).toMatchObject({
      found: true,
      slope: expect.closeTo(-30, 9),
      rows: 4,
    });
    const steady = Array.from({ length: 9 }, (_, i) => ({ occupancy: 0.5, qualityPoints: 80 + i }));
    expect(fitOccupancyEffect(steady)).toEqual({ ...none, meanOccupancy: 0.5, rows: 9 });
    expect(qualityShiftAt(fitOccupancyEffect(line(4)), Number.NaN)).toBe(0);
  });

  test.each([100, 85, 85.3, 90.1])('quality that is always %d moves with nothing', (qualityPoints) => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const random = seededRandom(seed, 1);
      const rows = Array.from({ length: 60 * seed }, () => ({
        occupancy: 0.5 + 0.4 * random.uniform(),
        qualityPoints,
      }));
      expect(fitOccupancyEffect(rows).found).toBe(false);
    }
  });
});
