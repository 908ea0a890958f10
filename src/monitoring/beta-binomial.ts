import { logGamma } from '../kernel/special-functions.ts';

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** ln P(X = k) of a beta-binomial: n trials whose common chance is drawn from Beta(a, b). */
export const logBetaBinomial = (k: number, n: number, a: number, b: number): number =>
  logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + logBeta(k + a, n - k + b) - logBeta(a, b);

/** P(X = k) of a beta-binomial; 0 outside 0…n. */
export const betaBinomialProbability = (k: number, n: number, a: number, b: number): number =>
  k < 0 || k > n ? 0 : Math.exp(logBetaBinomial(k, n, a, b));
