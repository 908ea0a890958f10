import { betaQuantile, binomialProbability } from '../kernel/distributions.ts';
import type { MonitorModel } from '../contract/models/monitor-model.ts';

/**
 * Temperature bands of a monitored connection rate: hot, warm, cold, dead. The rate of n test calls is k/n,
 * so a band is a set of counts, and its chance is a sum of binomial probabilities: exact, no approximation.
 */
export type Band = 'hot' | 'warm' | 'cold' | 'dead';

/** Every band, warmest first. */
export const bands: readonly Band[] = ['hot', 'warm', 'cold', 'dead'];

/** Lower edges: hot from `hotFrom` on, warm from `warmFrom` on, cold above 0, dead at 0. Fractions. */
export type BandEdges = MonitorModel['bands'];

/** The edges in use since the 2019 monitoring of city hotlines: hot from 95 %, warm from 30 %. */
export const publishedBandEdges: BandEdges = { hotFrom: 0.95, warmFrom: 0.3 };

export type BandChances = Readonly<Record<Band, number>>;

/** The band of a connection rate in [0, 1]. Throws RangeError outside. */
export const bandOf = (rate: number, edges: BandEdges): Band => {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`a connection rate lies in 0–1, got ${rate}`);
  if (rate === 0) return 'dead';
  if (rate >= edges.hotFrom) return 'hot';
  return rate >= edges.warmFrom ? 'warm' : 'cold';
};

/** The band that k of n test calls give. */
export const bandOfCount = (connected: number, testCalls: number, edges: BandEdges): Band =>
  bandOf(connected / testCalls, edges);

/** Sums the probability of every count 0…n into its band. */
export const chancesOfCounts = (
  probability: (connected: number) => number,
  testCalls: number,
  edges: BandEdges,
): BandChances => {
  const chances = { hot: 0, warm: 0, cold: 0, dead: 0 };
  for (let k = 0; k <= testCalls; k += 1) chances[bandOfCount(k, testCalls, edges)] += probability(k);
  return chances;
};

/**
 * Chance of each band in the next monitoring of `testCalls` calls. `rate` is the true chance that a test call
 * gets through, or equally likely values of it (one per demand future): then the chances are averaged.
 */
export const bandChances = (
  rate: number | Float64Array,
  testCalls: number,
  edges: BandEdges,
): BandChances => {
  if (!Number.isInteger(testCalls) || testCalls < 1) throw new RangeError(`test calls: ${testCalls}`);
  const rates = typeof rate === 'number' ? Float64Array.of(rate) : rate;
  if (rates.length === 0) throw new RangeError('no connection rate given');
  const mean = (k: number): number =>
    rates.reduce((sum, p) => sum + binomialProbability(k, testCalls, p), 0) / rates.length;
  return chancesOfCounts(mean, testCalls, edges);
};

/** The band with the greatest chance; of equal ones the warmer. */
export const likeliestBand = (chances: BandChances): Band =>
  bands.reduce((best, band) => (chances[band] > chances[best] ? band : best), 'hot');

/** The least count of n test calls that is rated hot: 11 of 11, but 19 of 20. */
export const connectedNeededForHot = (testCalls: number, edges: BandEdges): number => {
  let k = Math.max(0, Math.floor(testCalls * edges.hotFrom) - 1);
  while (k < testCalls && k / testCalls < edges.hotFrom) k += 1;
  return k;
};

interface HotQuestion {
  readonly testCalls: number;
  /** The chance of being rated hot that is asked for, in (0, 1). */
  readonly chance: number;
  readonly bands: BandEdges;
}

/**
 * The least true rate of a test call at which the next monitoring says "hot" with the asked chance. With 11
 * calls and 90 % it is 0.9905 (all 11 must connect); with 20 calls 0.9731 (one may fail).
 * P(X ≥ k) of a binomial is the incomplete beta I_p(k, n − k + 1), so the answer is a beta quantile.
 */
export const rateNeededForHot = ({ testCalls, chance, bands: edges }: HotQuestion): number => {
  if (!(chance > 0 && chance < 1)) throw new RangeError(`a chance lies between 0 and 1, got ${chance}`);
  const needed = connectedNeededForHot(testCalls, edges);
  return needed === 0 ? 0 : betaQuantile(chance, needed, testCalls - needed + 1);
};

/** Chances of hot that are reported beside each other. */
export const reportedChances = [0.5, 0.8, 0.9] as const;

interface HotNeed {
  readonly testCalls: number;
  readonly needed: number;
  readonly failuresAllowed: number;
  readonly chances: readonly {
    readonly chance: number;
    readonly testRate: number;
    readonly attemptRate: number;
  }[];
}

/** What hot takes under a monitor's rules, by the number of test calls: counts, and true rates per chance. */
export const hotNeeds = (
  testCalls: readonly number[],
  { bands: edges, attempts }: Pick<MonitorModel, 'bands' | 'attempts'>,
): readonly HotNeed[] =>
  testCalls.map((n) => {
    const needed = connectedNeededForHot(n, edges);
    return {
      testCalls: n,
      needed,
      failuresAllowed: n - needed,
      chances: reportedChances.map((chance) => {
        const testRate = rateNeededForHot({ testCalls: n, chance, bands: edges });
        return { chance, testRate, attemptRate: attemptRateFor(testRate, attempts) };
      }),
    };
  });

/**
 * The rate that one attempt must have, so that a test of up to `attempts` attempts has `testRate`. Attempts
 * are taken as independent; repeats within one busy spell do worse, so the answer is a lower limit.
 */
const attemptRateFor = (testRate: number, attempts: number): number =>
  1 - Math.pow(1 - testRate, 1 / attempts);
