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
        (((((((2509.0809287301227 * r + 33430.57558358813) * r + 67265.7709270087) * r + 45921.95393154987) *
          r +
          13731.69376550946) *
          r +
          1971.5909503065513) *
          r +
          133.14166789178438) *
          r +
          3.3871328727963665)) /
      (((((((5226.495278852546 * r + 28729.085735721943) * r + 39307.89580009271) * r + 21213.794301586597) *
        r +
        5394.196021424751) *
        r +
        687.1870074920579) *
        r +
        42.31333070160091) *
        r +
        1)
    );
  }
  let r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  let value: number;
  if (r <= 5) {
    r -= 1.6;
    value =
      (((((((0.0007745450142783414 * r + 0.022723844989269184) * r + 0.2417807251774506) * r +
        1.2704582524523684) *
        r +
        3.6478483247632045) *
        r +
        5.769497221460691) *
        r +
        4.630337846156546) *
        r +
        1.4234371107496835) /
      (((((((1.0507500716444169e-9 * r + 0.0005475938084995345) * r + 0.015198666563616457) * r +
        0.14810397642748008) *
        r +
        0.6897673349851) *
        r +
        1.6763848301838038) *
        r +
        2.053191626637759) *
        r +
        1);
  } else {
    r -= 5;
    value =
      (((((((2.0103343992922881e-7 * r + 0.000027115555687434876) * r + 0.0012426609473880784) * r +
        0.026532189526576124) *
        r +
        0.29656057182850487) *
        r +
        1.7848265399172913) *
        r +
        5.463784911164114) *
        r +
        6.657904643501103) /
      (((((((2.0442631033899397e-15 * r + 1.421511758316446e-7) * r + 0.000018463183175100548) * r +
        0.0007868691311456133) *
        r +
        0.014875361290850615) *
        r +
        0.1369298809227358) *
        r +
        0.599832206555888) *
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

/** Quantile of a beta distribution, p in [0, 1]. */
export const betaQuantile = (p: number, a: number, b: number): number => {
  if (p <= 0) return 0;
  if (p >= 1) return 1;
  return invertIncreasing((x) => betaCdf(x, a, b), p, 0, 1);
};

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

/** P(X ≤ x) of a beta distribution: the regularised incomplete beta I_x(a, b) for a, b > 0 (continued fraction, modified Lentz). */
export const betaCdf = (x: number, a: number, b: number): number => {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
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

/**
 * Requests that a channel serves in an interval on average: they come as they like, so that some find it full before
 * their mean has reached its capacity. Of Poisson N with mean m: E min(N, c) = m·P(N ≤ c − 2) + c·P(N ≥ c), between whole
 * capacities by the same gamma integrals.
 */
export const servedOf = (requests: number, capacity: number): number => {
  if (!(requests > 0) || !(capacity > 0)) return 0;
  // The gamma integrals know no shape as small as this.
  if (capacity < 1e-9) return Math.min(requests, capacity);
  // Eight standard deviations apart chance has no part in it.
  if (capacity > requests + 8 * Math.sqrt(requests) + 16) return requests;
  const full = regularisedGamma(capacity, requests);
  const few = capacity > 1 ? regularisedGammaUpper(capacity - 1, requests) : 0;
  return Math.min(requests, capacity, requests * few + capacity * full);
};
