import {
  invertIncreasing,
  logGamma,
  regularisedBeta,
  regularisedGamma,
  regularisedGammaUpper,
} from './special-functions.ts';

/** P(Z ≤ z) of the standard normal, accurate in both tails (through the incomplete gamma functions). */
export const normalCdf = (z: number): number => {
  if (Number.isNaN(z)) return Number.NaN;
  const beyond = 0.5 * regularisedGammaUpper(0.5, (z * z) / 2);
  return z < 0 ? beyond : 1 - beyond;
};

/** Quantile of the standard normal (Wichura 1988, AS 241, PPND16); relative error about 1e-16. */
export const normalQuantile = (p: number): number => {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (
      (q *
        (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r +
          45921.953931549871457) *
          r +
          13731.693765509461125) *
          r +
          1971.5909503065514427) *
          r +
          133.14166789178437745) *
          r +
          3.387132872796366608)) /
      (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r +
        21213.794301586595867) *
        r +
        5394.1960214247511077) *
        r +
        687.1870074920579083) *
        r +
        42.313330701600911252) *
        r +
        1)
    );
  }
  let r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  let value: number;
  if (r <= 5) {
    r -= 1.6;
    value =
      (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r +
        1.27045825245236838258) *
        r +
        3.64784832476320460504) *
        r +
        5.7694972214606914055) *
        r +
        4.6303378461565452959) *
        r +
        1.42343711074968357734) /
      (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r +
        0.14810397642748007459) *
        r +
        0.68976733498510000455) *
        r +
        1.6763848301838038494) *
        r +
        2.05319162663775882187) *
        r +
        1);
  } else {
    r -= 5;
    value =
      (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r +
        0.026532189526576123093) *
        r +
        0.29656057182850489123) *
        r +
        1.7848265399172913358) *
        r +
        5.4637849111641143699) *
        r +
        6.6579046435011037772) /
      (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
        7.868691311456132591e-4) *
        r +
        0.0148753612908506148525) *
        r +
        0.13692988092273580531) *
        r +
        0.59983220655588793769) *
        r +
        1);
  }
  return q < 0 ? -value : value;
};

/** P(X ≤ x) of a gamma distribution with mean shape × scale. */
export const gammaCdf = (x: number, shape: number, scale: number): number =>
  regularisedGamma(shape, x / scale);

/** Quantile of a gamma distribution, p in [0, 1): Wilson-Hilferty start, safeguarded Newton steps. */
export const gammaQuantile = (p: number, shape: number, scale: number): number => {
  if (p <= 0) return 0;
  if (p >= 1) return Infinity;
  const z = normalQuantile(p);
  const c = 1 / (9 * shape);
  let x = shape * Math.max(1e-8, 1 - c + z * Math.sqrt(c)) ** 3;
  if (shape < 1 || x <= 0) x = Math.exp((Math.log(p) + logGamma(shape + 1)) / shape);
  let low = 0;
  let high = Infinity;
  for (let i = 0; i < 60; i += 1) {
    const error = regularisedGamma(shape, x) - p;
    if (error > 0) high = Math.min(high, x);
    else low = Math.max(low, x);
    const density = Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape));
    let next = x - error / density;
    if (!(next > low && next < high)) next = high === Infinity ? 2 * x : (low + high) / 2;
    if (Math.abs(next - x) <= 1e-13 * x) return next * scale;
    x = next;
  }
  return x * scale;
};

/** P(X = k) of a binomial with n trials, 0 ≤ k ≤ n. */
export const binomialProbability = (k: number, n: number, p: number): number => {
  if (k < 0 || k > n) return 0;
  if (p <= 0) return k === 0 ? 1 : 0;
  if (p >= 1) return k === n ? 1 : 0;
  return Math.exp(
    logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p),
  );
};

/** P(X ≤ k) of a binomial, through the incomplete beta function: exact in both tails. */
export const binomialCdf = (k: number, n: number, p: number): number => {
  if (k < 0) return 0;
  if (k >= n) return 1;
  return regularisedBeta(1 - p, n - k, k + 1);
};

/** P(X ≤ x) of a beta distribution. */
export const betaCdf = (x: number, a: number, b: number): number => regularisedBeta(x, a, b);

/** Quantile of a beta distribution, p in [0, 1]. */
export const betaQuantile = (p: number, a: number, b: number): number => {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  return invertIncreasing((x) => regularisedBeta(x, a, b), p, 0, 1);
};

/** P(X = k) of a negative binomial with mean > 0 and variance mean + mean²/size. */
export const negativeBinomialProbability = (k: number, mean: number, size: number): number =>
  Math.exp(
    logGamma(k + size) -
      logGamma(size) -
      logGamma(k + 1) +
      size * Math.log(size / (size + mean)) +
      k * Math.log(mean / (size + mean)),
  );

/** P(X ≤ k) of a negative binomial, exact in both tails. */
export const negativeBinomialCdf = (k: number, mean: number, size: number): number =>
  k < 0 ? 0 : regularisedBeta(size / (size + mean), size, Math.floor(k) + 1);
