import { describe, expect, test } from 'vitest';
import { spreadQuantile } from '../../src/forecast/calibration/spread-quantile.ts';
import { seededRandom } from '../../src/kernel/random.ts';

/** Share of drawn counts below a quantile, a count on it counting half. */
const shareBelow = (quantile: number, draws: readonly number[]): number =>
  draws.reduce((n, y) => n + (y < quantile ? 1 : y === quantile ? 0.5 : 0), 0) / draws.length;

const draw = (mean: number, variance: number): number[] => {
  const random = seededRandom(7);
  const mixing = (variance - mean) / mean ** 2;
  return Array.from({ length: 40_000 }, () =>
    random.poisson(mixing > 0 ? mean * mixing * random.gamma(1 / mixing) : mean),
  );
};

describe('quantiles of small counts', () => {
  test.each([
    [2, 2],
    [2, 5],
    [6, 9],
    [25, 25],
    [29, 90],
  ])('mean %d, variance %d: an interval holds as many counts as it promises', (mean, variance) => {
    const draws = draw(mean, variance);
    const chances = [0.025, 0.1, 0.5, 0.9, 0.975].map((_, q) =>
      shareBelow(spreadQuantile(q, mean, variance), draws),
    );
    // Whole counts come in steps: a real quantile is within half a step of its level.
    const step =
      Math.max(...[0, 1, 2].map((d) => draws.filter((y) => y === Math.floor(mean) - d).length)) / 40_000;
    [0.1, 0.5, 0.9].forEach((level, i) => {
      expect(Math.abs(chances[i + 1]! - level)).toBeLessThan(step / 2 + 0.01);
    });
    expect(Math.abs(chances[4]! - 0.975)).toBeLessThan(0.02);
  });

  test('nothing lies below zero, and a likely zero is the lower end itself', () => {
    expect(spreadQuantile(1, 0.3, 0.3)).toBe(0);
    expect(spreadQuantile(3, 0.3, 0.3)).toBeGreaterThan(1);
    expect(spreadQuantile(0, 0, 1)).toBe(0);
  });

  test('whole counts and the gamma table meet within a call', () => {
    for (let q = 0; q < 5; q += 1) {
      const below = spreadQuantile(q, 29.99, 150);
      const above = spreadQuantile(q, 30.01, 150);
      expect(Math.abs(above - below)).toBeLessThan(1);
    }
  });
});
