import type { RankDocument } from '../contract/documents/rank-document.ts';
import type { MonitoredHotline, MonitoringResult } from '../kernel/records.ts';
import type { BandRisk } from './band-risk.ts';
import { bandOf, type BandEdges } from './bands.ts';
import { fisherExact } from './compare-counts.ts';
import type { RankInterval } from './rank-intervals.ts';
import {
  countsOf,
  nextBandChances,
  posteriorMean,
  posteriorOf,
  rateInterval,
  type Pooling,
  type RatePosterior,
} from './rates.ts';

export type RankedHotline = RankDocument['hotlines'][number];

/** A hotline's result in a period, and what it says of the true rate beside all others'. */
export interface Standing {
  readonly result: MonitoringResult;
  readonly connected: number;
  readonly testCalls: number;
  readonly rate: number;
  readonly posterior: RatePosterior;
  /** Mean of the true rate: what ranks follow. */
  readonly pooled: number;
}

export interface RowRules {
  readonly bands: BandEdges;
  /** Mean seconds on test calls up to which a hotline meets the standard. */
  readonly meanSecondsStandard: number;
}

/**
 * A result with its number of test calls, or the one that is assumed where it has none. How many of an unknown number
 * connected says nothing of an assumed one: only the rate does.
 */
export const withCounts = (result: MonitoringResult, assumedTestCalls: number): MonitoringResult => {
  if (result.testCalls !== undefined) return result;
  const { connected, ...rest } = result;
  void connected;
  return { ...rest, testCalls: assumedTestCalls };
};

export const rateOf = (result: MonitoringResult): number | undefined => {
  const counts = countsOf(result);
  return counts === undefined
    ? result.connectionRate
    : (result.connectionRate ?? counts.connected / counts.testCalls);
};

export const standingsOf = (results: readonly MonitoringResult[], pooling: Pooling): readonly Standing[] =>
  results.flatMap((result) => {
    const counts = countsOf(result);
    const rate = rateOf(result);
    if (counts === undefined || rate === undefined) return [];
    const posterior = posteriorOf(pooling, counts.connected, counts.testCalls);
    return [{ result, ...counts, rate, posterior, pooled: posteriorMean(posterior) }];
  });

/** Where a hotline stands among all. */
export interface Place {
  readonly rank: number;
  readonly interval: RankInterval | undefined;
  readonly before: MonitoringResult | undefined;
  readonly risk: BandRisk | undefined;
}

/** Makes rows of a league table; what follows from the counts alone is worked out once for all who share them. */
export const rowMaker = (
  hotlines: readonly MonitoredHotline[],
  rules: RowRules,
): ((standing: Standing, place: Place) => RankedHotline) => {
  const known = new Map(hotlines.map((h) => [h.hotline, h] as const));
  const chancesOf = perCounts((s) => nextBandChances(s.posterior, s.testCalls, rules.bands));
  const intervalOf = perCounts((s) => rateInterval(s.connected, s.testCalls));
  return (standing, { rank, interval, before, risk }) => {
    const { result, rate } = standing;
    const meanSeconds = result.meanSeconds ?? null;
    const { low, high } = intervalOf(standing);
    return {
      hotline: result.hotline,
      ...traitsOf(result.hotline, known.get(result.hotline)),
      testCalls: standing.testCalls,
      connected: standing.connected,
      connectionRate: rate,
      low,
      high,
      pooledRate: standing.pooled,
      band: bandOf(rate, rules.bands),
      ...moveOf(standing, before, rules.bands),
      bandChances: chancesOf(standing),
      meanSeconds,
      meetsSecondsStandard: meanSeconds === null ? null : meanSeconds <= rules.meanSecondsStandard,
      score: result.total ?? null,
      rank,
      rankLow: Math.min(rank, interval?.low ?? rank),
      rankHigh: Math.max(rank, interval?.high ?? rank),
      ...(risk === undefined ? {} : { risk }),
    };
  };
};

type Traits = Pick<
  RankedHotline,
  'name' | 'province' | 'region' | 'cityTier' | 'roundTheClock' | 'smartVoice' | 'enterpriseLine'
>;

const traitsOf = (hotline: string, listed: MonitoredHotline | undefined): Traits => ({
  name: listed?.name ?? hotline,
  province: listed?.province ?? null,
  region: listed?.region ?? null,
  cityTier: listed?.cityTier ?? null,
  roundTheClock: listed?.roundTheClock ?? null,
  smartVoice: listed?.smartVoice ?? null,
  enterpriseLine: listed?.enterpriseLine ?? null,
});

/** Remembers an answer per pair of counts: hotlines share few of them. */
const perCounts = <T>(compute: (standing: Standing) => T): ((standing: Standing) => T) => {
  const answers = new Map<string, T>();
  return (standing) => {
    const key = `${standing.connected} ${standing.testCalls}`;
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = compute(standing);
    answers.set(key, answer);
    return answer;
  };
};

const moveOf = (
  now: Standing,
  before: MonitoringResult | undefined,
  edges: BandEdges,
): Pick<RankedHotline, 'previousBand' | 'moveBeyondChance'> => {
  const counts = before === undefined ? undefined : countsOf(before);
  const rate = before === undefined ? undefined : rateOf(before);
  if (counts === undefined || rate === undefined) return { previousBand: null, moveBeyondChance: null };
  return {
    previousBand: bandOf(rate, edges),
    moveBeyondChance: fisherExact(now.connected, now.testCalls, counts.connected, counts.testCalls) < 0.05,
  };
};
