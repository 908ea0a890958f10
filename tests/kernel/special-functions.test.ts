import { describe, expect, test } from 'vitest';
import {
  logGamma,
  betaCdf,
  regularisedGamma,
  regularisedGammaUpper,
} from '../../src/kernel/distributions.ts';

/** Relative error, for values that span many orders of magnitude. */
const off = (found: number, exact: number): number => Math.abs(found - exact) / Math.abs(exact);

describe('against 40-digit arithmetic', () => {
  test.each([
    [0.001, 6.907178885383853],
    [0.5, 0.5723649429247001],
    [1.5, -0.12078223763524522],
    [10.5, 13.940625219403763],
    [1e6, 12815504.569147613],
  ])('ln Γ(%d)', (x, exact) => {
    expect(off(logGamma(x), exact)).toBeLessThan(2e-14);
  });

  test.each([
    [0.5, 0.25, 0.5204998778130465],
    [0.5, 0.6, 0.7266783217077019],
    [3, 1.5, 0.19115316946194186],
    [3, 3.03, 0.583497457316139],
    [50, 25, 0.000006953305247616099],
    [50, 60, 0.9155933189063081],
    [1000, 500, 3.2982727970671e-86],
    [1000, 1010, 0.6276789447369947],
    [100_000, 99_000, 0.0007574199211747679],
    [100_000, 101_000, 0.9991915784870744],
    [1e6, 999_000, 0.15865521357430365],
    [1e6, 1_002_000, 0.9771959041012301],
  ])('P(%d, %d)', (a, x, exact) => {
    expect(off(regularisedGamma(a, x), exact)).toBeLessThan(2e-12);
  });

  test('Q keeps its digits far out', () => {
    expect(off(regularisedGammaUpper(3, 25), 4.701068998290321e-9)).toBeLessThan(1e-13);
    expect(regularisedGamma(3, 2) + regularisedGammaUpper(3, 2)).toBeCloseTo(1, 15);
  });

  test.each([
    [0.1, 2, 3, 0.0523],
    [0.5, 500, 500, 0.5],
    [0.001, 1, 1000, 0.6323045752290359],
    [0.3, 0.5, 0.5, 0.36901011956554536],
  ])('I_%d(%d, %d)', (x, a, b, exact) => {
    expect(off(betaCdf(x, a, b), exact)).toBeLessThan(1e-12);
  });
});
