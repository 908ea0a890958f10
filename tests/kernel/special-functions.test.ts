import { describe, expect, test } from 'vitest';
import {
  logGamma,
  regularisedBeta,
  regularisedGamma,
  regularisedGammaUpper,
} from '../../src/kernel/special-functions.ts';

/** Relative error, for values that span many orders of magnitude. */
const off = (found: number, exact: number): number => Math.abs(found - exact) / Math.abs(exact);

describe('against 40-digit arithmetic', () => {
  test.each([
    [0.001, 6.9071788853838537],
    [0.5, 0.57236494292470009],
    [1.5, -0.12078223763524522],
    [10.5, 13.940625219403764],
    [1e6, 12815504.569147612],
  ])('ln Γ(%d)', (x, exact) => {
    expect(off(logGamma(x), exact)).toBeLessThan(2e-14);
  });

  test.each([
    [0.5, 0.25, 0.52049987781304654],
    [0.5, 0.6, 0.72667832170770185],
    [3, 1.5, 0.19115316946194187],
    [3, 3.03, 0.58349745731613902],
    [50, 25, 6.953305247616099e-6],
    [50, 60, 0.91559331890630817],
    [1000, 500, 3.2982727970670996e-86],
    [1000, 1010, 0.62767894473699473],
    [100_000, 99_000, 7.5741992117476797e-4],
    [100_000, 101_000, 0.99919157848707441],
    [1e6, 999_000, 0.15865521357430365],
    [1e6, 1_002_000, 0.97719590410123014],
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
    [0.001, 1, 1000, 0.63230457522903596],
    [0.3, 0.5, 0.5, 0.36901011956554538],
  ])('I_%d(%d, %d)', (x, a, b, exact) => {
    expect(off(regularisedBeta(x, a, b), exact)).toBeLessThan(1e-12);
  });
});
