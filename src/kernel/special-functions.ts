/**
 * Functions from which distributions are built. Accuracy against 50-digit values is kept by tests.
 */

const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406,
  12.507343278686905, -0.13857109526572012, 0.000009984369578019572, 1.5056327351493116e-7,
] as const;

/** ln Γ(x) for x > 0 (Lanczos, g = 7). Relative error below 1e-14. */
export const logGamma = (x: number): number => {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const z = x - 1;
  let sum: number = lanczos[0];
  for (let i = 1; i < lanczos.length; i += 1) sum += (lanczos[i] ?? 0) / (z + i);
  const t = z + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
};

/** ln Γ(a) less Stirling's leading terms: what a + ½ ln(2π/a) − a leave over (Loader 2000), a ≥ 10. */
const stirlingError = (a: number): number => {
  const r = 1 / (a * a);
  return (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / a;
};

/** t − 1 − ln t without cancellation near t = 1. */
const deviance = (t: number): number => {
  const d = t - 1;
  if (Math.abs(d) > 0.1) return d - Math.log(t);
  let sum = 0;
  let power = d * d;
  for (let k = 2; k < 40; k += 1) {
    const term = (k % 2 === 0 ? power : -power) / k;
    sum += term;
    if (Math.abs(term) < 1e-18 * sum) break;
    power *= d;
  }
  return sum;
};

/** x^a e^−x / Γ(a); for large a from the deviance, since its logarithms would cancel. */
const gammaFront = (a: number, x: number): number =>
  a < 10
    ? Math.exp(a * Math.log(x) - x - logGamma(a))
    : Math.sqrt(a / (2 * Math.PI)) * Math.exp(-a * deviance(x / a) - stirlingError(a));

/** Terms of series and fraction grow with √a; the limit only stops what is not a number. */
const mostTerms = (a: number): number => 1000 + 20 * Math.sqrt(a);

const lowerSeries = (a: number, x: number): number => {
  let term = 1 / a;
  let sum = term;
  const most = mostTerms(a);
  for (let n = 1; n < most; n += 1) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return gammaFront(a, x) * sum;
};

const upperFraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  const most = mostTerms(a);
  for (let i = 1; i < most; i += 1) {
    const an = -i * (i - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < 1e-300) d = 1e-300;
    c = b + an / c;
    if (Math.abs(c) < 1e-300) c = 1e-300;
    d = 1 / d;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return gammaFront(a, x) * h;
};

/** Regularised lower incomplete gamma P(a, x), a > 0, x ≥ 0: series below a + 1, continued fraction above. */
export const regularisedGamma = (a: number, x: number): number => {
  if (x <= 0) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? Math.min(1, lowerSeries(a, x)) : Math.max(0, 1 - upperFraction(a, x));
};

/** Regularised upper incomplete gamma Q(a, x) = 1 − P(a, x), without loss of digits where it is small. */
export const regularisedGammaUpper = (a: number, x: number): number => {
  if (x <= 0) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? Math.max(0, 1 - lowerSeries(a, x)) : Math.min(1, upperFraction(a, x));
};

/** Regularised incomplete beta I_x(a, b) for a, b > 0 (continued fraction, modified Lentz). */
export const regularisedBeta = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
  const front =
    Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  if (Math.abs(d) < tiny) d = tiny;
  d = 1 / d;
  let h = d;
  for (let m = 1; m < 20_000; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 + even * d;
    if (Math.abs(d) < tiny) d = tiny;
    c = 1 + even / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    h *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 + odd * d;
    if (Math.abs(d) < tiny) d = tiny;
    c = 1 + odd / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-16) break;
  }
  return front * h;
};

/** Solves cdf(x) = p for an increasing cdf by bisection on [low, high]; stops at double precision. */
export const invertIncreasing = (
  cdf: (x: number) => number,
  p: number,
  low: number,
  high: number,
): number => {
  let lo = low;
  let hi = high;
  for (let i = 0; i < 200; i += 1) {
    const mid = lo + (hi - lo) / 2;
    if (mid === lo || mid === hi) break;
    if (cdf(mid) < p) lo = mid;
    else hi = mid;
  }
  return lo + (hi - lo) / 2;
};
