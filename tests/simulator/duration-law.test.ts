import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { unitDraw } from '../../src/queueing/simulator/duration-law.ts';
import { meanEstimate, ratioEstimate } from '../../src/queueing/simulator/plan-rates.ts';

describe('duration laws', () => {
  it.each([
    { law: 'exp', parameter: 1, variation: 1 },
    { law: 'lognormal', parameter: 1.2, variation: 1.2 },
    // Γ(1 + 2/k)/Γ(1 + 1/k)² − 1 at k = 0.8 and k = 2.
    { law: 'weibull', parameter: 0.8, variation: 1.2605 },
    { law: 'weibull', parameter: 2, variation: 0.5227 },
    { law: 'gamma', parameter: 4, variation: 0.5 },
    { law: 'erlang', parameter: 3, variation: 1 / Math.sqrt(3) },
    { law: 'hyperexp2', parameter: 2, variation: 2 },
    { law: 'det', parameter: 1, variation: 0 },
  ] as const)(
    '$law $parameter has mean 1 and its coefficient of variation',
    ({ law, parameter, variation }) => {
      const draw = unitDraw({ law, parameter });
      const random = seededRandom(9);
      const n = 400_000;
      let sum = 0;
      let squares = 0;
      for (let i = 0; i < n; i += 1) {
        const value = draw(random);
        sum += value;
        squares += value * value;
      }
      const mean = sum / n;
      expect(Math.abs(mean - 1)).toBeLessThanOrEqual(4 * (variation / Math.sqrt(n)));
      expect(Math.sqrt(Math.max(0, squares / n - mean * mean))).toBeCloseTo(variation, 1.5);
    },
  );

  it('inf never ends', () => {
    expect(unitDraw({ law: 'inf', parameter: 0 })(seededRandom(1))).toBe(Infinity);
  });
});

describe('estimates over replications', () => {
  it('use the quantiles of Student’s t', () => {
    // Tables of the t distribution at 0.975.
    // Of n values, half of them 1 and half −1, the squares sum to n.
    const factorOf = (n: number): number =>
      meanEstimate(Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 1 : -1)))[1] * Math.sqrt(n - 1);
    expect(factorOf(2)).toBeCloseTo(12.7062, 3);
    expect(factorOf(10)).toBeCloseTo(2.26216, 4);
    expect(factorOf(1000)).toBeCloseTo(1.96234, 4);
  });

  it('mean and ratio of a worked example', () => {
    expect(meanEstimate([1, 2, 3])[0]).toBe(2);
    expect(meanEstimate([1, 2, 3])[1]).toBeCloseTo(4.30265 / Math.sqrt(3), 4);
    // Ratio 6/12; residuals 0.5, 0, −0.5: variance 0.5/6, over the mean denominator 4.
    const [ratio, half] = ratioEstimate([2, 2, 2], [3, 4, 5]) ?? [0, 0];
    expect(ratio).toBe(0.5);
    expect(half).toBeCloseTo((4.30265 * Math.sqrt(0.5 / 6)) / 4, 4);
    expect(ratioEstimate([0, 0], [0, 0])).toBeUndefined();
  });
});
