import { assert, double, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betaCdf,
  betaQuantile,
  binomialProbability,
  gammaCdf,
  gammaQuantile,
  normalCdf,
  normalQuantile,
} from '../../src/kernel/distributions.ts';

const off = (found: number, exact: number): number => Math.abs(found - exact) / Math.abs(exact);

describe('normal', () => {
  // 40-digit arithmetic.
  test.each([
    [-1, 0.15865525393145705],
    [-3, 0.0013498980316300946],
    [-5, 2.866515718791939e-7],
    [-5.9, 1.8175078630994324e-9],
    [-6.1, 5.30342326294883e-10],
    [-10, 7.619853024160525e-24],
    [-37, 5.725571222524577e-300],
    [2, 0.9772498680518208],
  ])('P(Z ≤ %d)', (z, exact) => {
    expect(off(normalCdf(z), exact)).toBeLessThan(1e-12);
  });
  test.each([
    [0.025, -1.9599639845400543],
    [0.1, -1.2815515655446006],
    [0.975, 1.9599639845400543],
    [1e-10, -6.361340902404057],
  ])('quantile %d', (p, exact) => {
    expect(off(normalQuantile(p), exact)).toBeLessThan(1e-14);
  });
  test('ends', () => {
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
  });
});

test('a gamma of shape 1 is exponential', () => {
  for (const p of [0.001, 0.3, 0.9, 0.9999])
    expect(off(gammaQuantile(p, 1, 2), -2 * Math.log1p(-p))).toBeLessThan(1e-12);
});

test('gamma and beta quantiles undo their distributions', () => {
  assert(
    property(
      double({ min: 0.001, max: 0.999, noNaN: true }),
      double({ min: 0.05, max: 5000, noNaN: true }),
      // Below 1 a quantile near 1 has no double close enough to give its chance back.
      double({ min: 1, max: 200, noNaN: true }),
      (p, shape, b) => {
        expect(gammaCdf(gammaQuantile(p, shape, 3), shape, 3)).toBeCloseTo(p, 9);
        const a = Math.min(200, Math.max(1, shape));
        expect(betaCdf(betaQuantile(p, a, b), a, b)).toBeCloseTo(p, 9);
      },
    ),
    { numRuns: 200 },
  );
});

test('a binomial sums to the beta distribution of its other side', () => {
  for (const k of [0, 3, 12]) {
    let binomial = 0;
    for (let i = 0; i <= k; i += 1) binomial += binomialProbability(i, 20, 0.37);
    expect(off(betaCdf(1 - 0.37, 20 - k, k + 1), binomial)).toBeLessThan(1e-12);
  }
});
