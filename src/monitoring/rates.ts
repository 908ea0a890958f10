import { betaCdf, betaQuantile, invertIncreasing, logGamma } from '../kernel/distributions.ts';
import type { MonitoringResult } from '../kernel/records.ts';
import { remembered } from '../kernel/remember.ts';
import { valueAt } from '../kernel/value-at.ts';
import { type BandChances, type BandEdges, chancesOfCounts } from './bands.ts';

/**
 * Interval of a true rate after k of n test calls got through (Clopper and Pearson 1934, equal tails): it never covers
 * less than `level`, so it is wide.
 */
export const rateInterval = (
  connected: number,
  testCalls: number,
  level = 0.95,
): { readonly low: number; readonly high: number; readonly method: 'clopper-pearson' } => {
  if (!(testCalls >= 1 && connected >= 0 && connected <= testCalls)) {
    throw new RangeError(`${connected} of ${testCalls} test calls is no result`);
  }
  const tail = (1 - level) / 2;
  const low = connected === 0 ? 0 : betaQuantile(tail, connected, testCalls - connected + 1);
  const high = connected === testCalls ? 1 : betaQuantile(1 - tail, connected + 1, testCalls - connected);
  return { low, high, method: 'clopper-pearson' };
};

/**
 * How the true rates of many hotlines are spread: a share `zeroMass` is out of service (rate exactly 0), the
 * others follow Beta(a, b). Without the mass at zero no line could be dead for good.
 */
export interface Pooling {
  readonly zeroMass: number;
  readonly a: number;
  readonly b: number;
  readonly logLikelihood: number;
  readonly hotlines: number;
}

/** Hotlines whose count lies in `from`…`to` of `testCalls`: one value, or a published band. */
interface CountGroup {
  readonly testCalls: number;
  readonly from: number;
  readonly to: number;
  readonly hotlines: number;
}

/** k of n of a result: given, or rebuilt from its rate and test calls; undefined where neither is there. */
export const countsOf = (
  result: MonitoringResult,
): { readonly connected: number; readonly testCalls: number } | undefined => {
  const { testCalls } = result;
  if (testCalls === undefined || testCalls < 1) return undefined;
  const connected =
    result.connected ??
    (result.connectionRate === undefined ? undefined : Math.round(result.connectionRate * testCalls));
  return connected === undefined ? undefined : { connected, testCalls };
};

/**
 * The spread of true rates before any result is seen, as wide as that of the 344 hotlines of 2019 (Beta(1.75, 0.62) beside
 * lines out of service): it keeps one hotline, or two alike, from looking like rates known to the last digit, and
 * weighs next to nothing beside dozens.
 */
const usualSpread = { logitMean: 1.03, logSize: 0.86, spread: 0.7 };

const usualPenalty = (logitMean: number, logSize: number): number =>
  ((logitMean - usualSpread.logitMean) ** 2 + (logSize - usualSpread.logSize) ** 2) /
  (2 * usualSpread.spread ** 2);

/**
 * Fits the spread of true rates to results of single hotlines (any test calls each): the likeliest, given what is
 * usual (`usualSpread`), so that few hotlines have an answer too.
 */
export const fitPooling = (results: readonly MonitoringResult[]): Pooling => {
  const groups = new Map<string, CountGroup>();
  for (const result of results) {
    const counts = countsOf(result);
    if (counts === undefined) continue;
    const key = `${counts.testCalls} ${counts.connected}`;
    const hotlines = (groups.get(key)?.hotlines ?? 0) + 1;
    groups.set(key, { testCalls: counts.testCalls, from: counts.connected, to: counts.connected, hotlines });
  }
  return fitSpread([...groups.values()], usualPenalty, 1);
};

/** The same fit where only counts per group are published, such as 33 dead, 27 cold, 198 warm, 86 hot. */
export const fitPoolingToGroups = (groups: readonly CountGroup[]): Pooling => fitSpread(groups, () => 0, 0);

const fitSpread = (
  groups: readonly CountGroup[],
  penalty: (logitMean: number, logSize: number) => number,
  /** Lines in service believed in beforehand: they keep a single silent line from being surely out of service. */
  inService: number,
): Pooling => {
  const hotlines = groups.reduce((sum, g) => sum + g.hotlines, 0);
  if (hotlines === 0) return { zeroMass: 0, a: 1, b: 1, logLikelihood: 0, hotlines };
  let best: (Omit<Pooling, 'hotlines'> & { readonly value: number }) | undefined;
  for (const [mean, size] of [
    [0.7, 3],
    [0.5, 1],
    [0.9, 10],
  ] as const) {
    const fit = minimise(
      ([logitMean = 0, logSize = 0]) =>
        penalty(logitMean, logSize) - profile(groups, logitMean, logSize, inService).logLikelihood,
      [Math.log(mean / (1 - mean)), Math.log(size)],
      0.5,
    );
    if (best !== undefined && fit.value >= best.value) continue;
    best = { value: fit.value, ...profile(groups, valueAt(fit.x, 0), valueAt(fit.x, 1), inService) };
  }
  const { zeroMass = 0, a = 1, b = 1, logLikelihood = 0 } = best ?? {};
  return { zeroMass, a, b, logLikelihood, hotlines };
};

const hotlinesOf = (parts: readonly { readonly weight: number }[]): number =>
  parts.reduce((sum, { weight }) => sum + weight, 0);

/** Best mass at zero, and its likelihood, for a given beta: the likelihood is concave in the mass. */
const profile = (
  groups: readonly CountGroup[],
  logitMean: number,
  logSize: number,
  inService: number,
): Omit<Pooling, 'hotlines'> => {
  const mean = 1 / (1 + Math.exp(-Math.max(-12, Math.min(12, logitMean))));
  const size = Math.exp(Math.max(-6, Math.min(10, logSize)));
  const [a, b] = [mean * size, (1 - mean) * size];
  const log = logBetaBinomialOf(a, b);
  const parts = groups.map((g) => {
    let chance = 0;
    for (let k = g.from; k <= g.to; k += 1) chance += Math.exp(log(k, g.testCalls));
    return { chance: Math.max(chance, 1e-300), zero: g.from === 0 ? 1 : 0, weight: g.hotlines };
  });
  // Of a line that answered the chance cancels out: only silent ones have a term of their own.
  const silent = parts.filter((p) => p.zero === 1);
  const answering = inService + hotlinesOf(parts) - hotlinesOf(silent);
  const slope = (w: number): number =>
    silent.reduce((s, p) => s + (p.weight * (1 - p.chance)) / (w + (1 - w) * p.chance), 0) -
    answering / (1 - w);
  const most = 1 - 1e-9;
  const zeroMass =
    slope(0) <= 0 ? 0 : slope(most) >= 0 ? most : invertIncreasing((w) => -slope(w), 0, 0, most);
  const logLikelihood = parts.reduce(
    (s, p) => s + p.weight * Math.log(zeroMass * p.zero + (1 - zeroMass) * p.chance),
    inService * Math.log(1 - zeroMass),
  );
  return { zeroMass, a, b, logLikelihood };
};

/** What is believed of one hotline's true rate after its test calls: an atom at zero and a beta. */
export interface RatePosterior {
  /** Chance that the line is out of service; above 0 only when no test call got through. */
  readonly zeroMass: number;
  readonly a: number;
  readonly b: number;
}

/** Posterior of a hotline's true rate after k of n, from the spread of all hotlines. */
export const posteriorOf = (pooling: Pooling, connected: number, testCalls: number): RatePosterior => {
  const a = pooling.a + connected;
  const b = pooling.b + testCalls - connected;
  if (connected > 0) return { zeroMass: 0, a, b };
  const silent = (1 - pooling.zeroMass) * betaBinomialProbability(0, testCalls, pooling.a, pooling.b);
  return {
    zeroMass: pooling.zeroMass + silent > 0 ? pooling.zeroMass / (pooling.zeroMass + silent) : 0,
    a,
    b,
  };
};

/** Mean of the true rate: the monitored rate drawn towards all hotlines' as far as few calls warrant. */
export const posteriorMean = ({ zeroMass, a, b }: RatePosterior): number => ((1 - zeroMass) * a) / (a + b);

/** Equal-tailed 95 % interval of the true rate. */
export const posteriorInterval = ({
  zeroMass,
  a,
  b,
}: RatePosterior): { readonly low: number; readonly high: number } => {
  const quantile = (p: number): number =>
    p <= zeroMass ? 0 : betaQuantile((p - zeroMass) / (1 - zeroMass), a, b);
  return { low: quantile((1 - 0.95) / 2), high: quantile((1 + 0.95) / 2) };
};

/** Chance of each band for the TRUE rate: what the line is, not what the next monitoring will say. */
export const trueBandChances = ({ zeroMass, a, b }: RatePosterior, edges: BandEdges): BandChances => {
  const alive = 1 - zeroMass;
  const belowWarm = alive * betaCdf(edges.warmFrom, a, b);
  const belowHot = alive * betaCdf(edges.hotFrom, a, b);
  return { hot: alive - belowHot, warm: belowHot - belowWarm, cold: belowWarm, dead: zeroMass };
};

/** Chance of each band in the NEXT monitoring of `testCalls` calls, given what is believed of the true rate. */
export const nextBandChances = (
  { zeroMass, a, b }: RatePosterior,
  testCalls: number,
  edges: BandEdges,
): BandChances => {
  const alive = betaBinomialOf(a, b);
  return chancesOfCounts(
    (k) => (k === 0 ? zeroMass : 0) + (1 - zeroMass) * alive(k, testCalls),
    testCalls,
    edges,
  );
};

const logBeta = (a: number, b: number): number => logGamma(a) + logGamma(b) - logGamma(a + b);

/** ln n!, remembered: counts of test calls come again and again. */
const logFactorial = remembered((n: number) => logGamma(n + 1), 10_000);

/**
 * ln P(X = k) of a beta-binomial: n trials whose common chance is drawn from Beta(a, b). For many counts of one a and
 * b: what they share is worked out once.
 */
const logBetaBinomialOf = (a: number, b: number): ((k: number, n: number) => number) => {
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
const betaBinomialOf = (a: number, b: number): ((k: number, n: number) => number) => {
  const log = logBetaBinomialOf(a, b);
  return (k, n) => (k < 0 || k > n ? 0 : Math.exp(log(k, n)));
};

/** The same for a single count. */
export const betaBinomialProbability = (k: number, n: number, a: number, b: number): number =>
  betaBinomialOf(a, b)(k, n);

/**
 * Minimum of a function of a few variables by the downhill simplex (Nelder and Mead 1965, standard
 * coefficients). Deterministic. Meant for smooth likelihoods of two or three parameters; the caller gives a
 * start of the right order. Stops when the simplex's values differ by less than 1e-12 or after 600 steps.
 */
const minimise = (
  f: (x: readonly number[]) => number,
  start: readonly number[],
  step: number,
): { readonly x: readonly number[]; readonly value: number } => {
  const dimension = start.length;
  const evaluate = (x: readonly number[]): Vertex => ({ x, value: f(x) });
  let simplex = [
    evaluate(start),
    ...start.map((_, i) => evaluate(start.map((v, j) => (i === j ? v + step : v)))),
  ];
  for (let i = 0; i < 600; i += 1) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, worst] = [simplex[0] as Vertex, simplex[dimension] as Vertex];
    if (worst.value - best.value < 1e-12 && spread(best, worst) < 1e-7) break;
    const centre = start.map(
      (_, j) => simplex.slice(0, dimension).reduce((s, v) => s + valueAt(v.x, j), 0) / dimension,
    );
    const along = (t: number): Vertex => evaluate(centre.map((c, j) => c + t * (valueAt(worst.x, j) - c)));
    const next = replaceWorst(along, simplex, worst);
    if (next !== undefined) simplex[dimension] = next;
    else simplex = simplex.map((v) => evaluate(v.x.map((u, j) => (u + valueAt(best.x, j)) / 2)));
  }
  simplex.sort((a, b) => a.value - b.value);
  return simplex[0] as Vertex;
};

interface Vertex {
  readonly x: readonly number[];
  readonly value: number;
}

const spread = (a: Vertex, b: Vertex): number =>
  Math.max(...a.x.map((v, i) => Math.abs(v - valueAt(b.x, i))));

/** Reflection, expansion or contraction; undefined when the simplex must shrink. */
const replaceWorst = (
  along: (t: number) => Vertex,
  simplex: readonly Vertex[],
  worst: Vertex,
): Vertex | undefined => {
  const best = simplex[0] as Vertex;
  const second = simplex[simplex.length - 2] as Vertex;
  const reflected = along(-1);
  if (reflected.value < best.value) {
    const expanded = along(-2);
    return expanded.value < reflected.value ? expanded : reflected;
  }
  if (reflected.value < second.value) return reflected;
  const contracted = reflected.value < worst.value ? along(-0.5) : along(0.5);
  return contracted.value < Math.min(reflected.value, worst.value) ? contracted : undefined;
};

/** One day's calls of a line, and those among them that met the standard. */
export interface DayCounts {
  readonly calls: number;
  readonly met: number;
}

export interface EffectiveCounts {
  readonly calls: number;
  readonly met: number;
  /** met / calls; NaN without calls. */
  readonly rate: number;
  /** Independent calls that would tell the rate as well as these days do; from 1 to `calls`. */
  readonly effectiveCalls: number;
}

/**
 * How much do many days of calls say about a line's rate? Calls of one day share its staffing and its rush, so a
 * hundred thousand of them are not a hundred thousand independent tests. The rate is the ratio Σmet / Σcalls; its
 * variance is that of a ratio over days as clusters, D/(D − 1) · Σ(met − rate · calls)² / (Σcalls)² (Cochran,
 * Sampling Techniques, 3rd ed., eq. 6.13), and the effective number of calls is the binomial one with that variance.
 * Fewer than two days tell no spread: such a line counts as a single call.
 */
export const effectiveCounts = (days: readonly DayCounts[]): EffectiveCounts => {
  const counted = days.filter((day) => day.calls > 0);
  const calls = counted.reduce((sum, day) => sum + day.calls, 0);
  const met = counted.reduce((sum, day) => sum + day.met, 0);
  const rate = met / calls;
  if (counted.length < 2) return { calls, met, rate, effectiveCalls: Math.min(1, calls) };
  const squares = counted.reduce((sum, day) => sum + (day.met - rate * day.calls) ** 2, 0);
  const variance = ((counted.length / (counted.length - 1)) * squares) / calls ** 2;
  const smooth = (met + 0.5) / (calls + 1);
  const effective = variance > 0 ? (smooth * (1 - smooth)) / variance : calls;
  return { calls, met, rate, effectiveCalls: Math.max(1, Math.min(calls, effective)) };
};
