import { rememberedAt } from '../kernel/remember.ts';
import { logGamma } from '../kernel/special-functions.ts';

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

const mostFactorials = 10_000;
const logFactorialAt = rememberedAt((n) => logGamma(n + 1));

/** ln n!, remembered: counts of test calls come again and again. */
const logFactorial = (n: number): number => (n < mostFactorials ? logFactorialAt(n) : logGamma(n + 1));

/**
 * ln P(X = k) of a beta-binomial: n trials whose common chance is drawn from Beta(a, b). For many counts of one a and
 * b: what they share is worked out once.
 */
export const logBetaBinomialOf = (a: number, b: number): ((k: number, n: number) => number) => {
  const whole = logBeta(a, b);
  const sums = new Map<number, number>();
  const logGammaOfSum = (sum: number): number => {
    const known = sums.get(sum);
    if (known !== undefined) return known;
    const value = logGamma(sum);
    sums.set(sum, value);
    return value;
  };
  return (k, n) => {
    const [up, down] = [k + a, n - k + b];
    const part = logGamma(up) + logGamma(down) - logGammaOfSum(up + down);
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k) + part - whole;
  };
};

/** P(X = k) of a beta-binomial; 0 outside 0…n. */
export const betaBinomialOf = (a: number, b: number): ((k: number, n: number) => number) => {
  const log = logBetaBinomialOf(a, b);
  return (k, n) => (k < 0 || k > n ? 0 : Math.exp(log(k, n)));
};

/** The same for a single count. */
export const betaBinomialProbability = (k: number, n: number, a: number, b: number): number =>
  betaBinomialOf(a, b)(k, n);
