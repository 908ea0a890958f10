import { binomialProbability } from '../kernel/distributions.ts';
import { logGamma } from '../kernel/special-functions.ts';

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/**
 * Could two monitorings of one line differ so by chance alone? Two-sided p-value of Fisher's exact test for
 * k1 of n1 against k2 of n2: the chance, given the sum, of tables no likelier than the one seen. Conservative:
 * with 11 calls each, a move must be large (11 against 6, p = 0.035) to count.
 */
export const fisherExact = (k1: number, n1: number, k2: number, n2: number): number => {
  const sum = k1 + k2;
  const lowest = Math.max(0, sum - n2);
  const highest = Math.min(n1, sum);
  const chance = (k: number): number =>
    Math.exp(logChoose(n1, k) + logChoose(n2, sum - k) - logChoose(n1 + n2, sum));
  const seen = chance(k1);
  let p = 0;
  for (let k = lowest; k <= highest; k += 1) {
    const each = chance(k);
    if (each <= seen * (1 + 1e-9)) p += each;
  }
  return Math.min(1, p);
};

/**
 * Could k of n come from a line whose true rate is one of these equally likely values? Two-sided p-value of the
 * exact test: the chance of all counts no likelier than the one seen, under the mixture of binomials.
 */
export const exactCountTest = (connected: number, testCalls: number, rates: Float64Array): number => {
  const chance = (k: number): number =>
    rates.reduce((sum, p) => sum + binomialProbability(k, testCalls, p), 0) / rates.length;
  const seen = chance(connected);
  let p = 0;
  for (let k = 0; k <= testCalls; k += 1) {
    const each = chance(k);
    if (each <= seen * (1 + 1e-9)) p += each;
  }
  return Math.min(1, p);
};
