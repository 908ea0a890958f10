import type { RankDocument } from '../contract/documents/rank-document.ts';
import { seededRandom } from '../kernel/random.ts';
import type { MonitoredHotline, MonitoringResult } from '../kernel/records.ts';
import { bandRisks, type EarlierResult } from './band-risk.ts';
import { bandOf, bands, type Band, type BandEdges } from './bands.ts';
import { fisherExact } from './compare-counts.ts';
import { rankIntervals } from './rank-intervals.ts';
import {
  countsOf,
  fitPooling,
  nextBandChances,
  posteriorMean,
  posteriorOf,
  rateInterval,
  type Pooling,
  type RatePosterior,
} from './rates.ts';
import { noticesOf, regionsOf, secondsStandardOf } from './rank-summaries.ts';
import type { Tables } from './tables.ts';

export interface RankOptions {
  readonly period: string;
  readonly previousPeriod: string | null;
  readonly seed: number;
  readonly madeUp: boolean;
  readonly bands: BandEdges;
  /** Mean seconds on test calls up to which a hotline meets the standard. */
  readonly meanSecondsStandard: number;
  /** Taken where a result gives a rate but no number of test calls; said in a notice. */
  readonly assumedTestCalls: number;
  readonly tables: Tables;
  readonly draws?: number;
  /** Results of earlier periods: they tell who is at risk. */
  readonly earlier?: readonly EarlierResult[];
}

type RankedHotline = RankDocument['hotlines'][number];

interface Standing {
  readonly result: MonitoringResult;
  readonly hotline: MonitoredHotline | undefined;
  readonly connected: number;
  readonly testCalls: number;
  readonly rate: number;
  readonly posterior: RatePosterior;
}

const withCounts = (result: MonitoringResult, assumedTestCalls: number): MonitoringResult =>
  result.testCalls === undefined ? { ...result, testCalls: assumedTestCalls } : result;

const rateOf = (result: MonitoringResult): number | undefined => {
  const counts = countsOf(result);
  return counts === undefined
    ? result.connectionRate
    : (result.connectionRate ?? counts.connected / counts.testCalls);
};

/**
 * League table of many hotlines in one period: rates with their intervals, bands and their change on the year,
 * moves beyond chance (Fisher's exact test, two-sided 5 %), ranks with the interval that few test calls leave,
 * the seconds standard, and regions. Ranks follow the pooled rate, so that hotlines with few calls are not
 * first or last by luck. Results without any rate are left out and counted in a notice.
 */
export const rankHotlines = (
  results: readonly MonitoringResult[],
  previousResults: readonly MonitoringResult[],
  hotlines: readonly MonitoredHotline[],
  options: RankOptions,
): RankDocument => {
  const usable = results
    .map((r) => withCounts(r, options.assumedTestCalls))
    .filter((r) => countsOf(r) !== undefined);
  const previous = new Map(
    previousResults.map((r) => [r.hotline, withCounts(r, options.assumedTestCalls)] as const),
  );
  const pooling = fitPooling(usable);
  const standings = standingsOf(usable, hotlines, pooling);
  const { risks, weightPerYear } = bandRisks(usable, options.earlier ?? [], pooling, options.bands);
  const ranked = rankStandings(standings, previous, options).map((row) => {
    const risk = risks.get(row.hotline);
    return risk === undefined ? row : { ...row, risk };
  });
  return {
    document: 'rank',
    period: options.period,
    previousPeriod: options.previousPeriod,
    madeUp: options.madeUp,
    hotlines: ranked,
    weightPerYear,
    bands: bandCounts(ranked, [...previous.values()], options),
    secondsStandard: secondsStandardOf(ranked, options.tables),
    regions: regionsOf(ranked, options.tables),
    notices: noticesOf(
      results,
      usable.length,
      pooling.zeroMass,
      options.assumedTestCalls,
      options.previousPeriod,
    ),
  };
};

const standingsOf = (
  results: readonly MonitoringResult[],
  hotlines: readonly MonitoredHotline[],
  pooling: Pooling,
): readonly Standing[] => {
  const known = new Map(hotlines.map((h) => [h.hotline, h] as const));
  return results.flatMap((result) => {
    const counts = countsOf(result);
    const rate = rateOf(result);
    if (counts === undefined || rate === undefined) return [];
    const posterior = posteriorOf(pooling, counts.connected, counts.testCalls);
    return [{ result, hotline: known.get(result.hotline), ...counts, rate, posterior }];
  });
};

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

const rankStandings = (
  standings: readonly Standing[],
  previous: ReadonlyMap<string, MonitoringResult>,
  options: RankOptions,
): RankedHotline[] => {
  const chancesOf = perCounts((s) => nextBandChances(s.posterior, s.testCalls, options.bands));
  const intervalOf = perCounts((s) => rateInterval(s.connected, s.testCalls));
  const pooled = standings.map((s) => posteriorMean(s.posterior));
  const ranks = options.tables.rank(pooled);
  const intervals = rankIntervals(
    standings.map((s) => s.posterior),
    seededRandom(options.seed, 5),
    options.draws,
  );
  const rows = standings.map((standing, i): RankedHotline => {
    const { result, hotline, rate } = standing;
    const rank = ranks[i] ?? standings.length;
    const meanSeconds = result.meanSeconds ?? null;
    const { low, high } = intervalOf(standing);
    return {
      hotline: result.hotline,
      name: hotline?.name ?? result.hotline,
      province: hotline?.province ?? null,
      region: hotline?.region ?? null,
      cityTier: hotline?.cityTier ?? null,
      testCalls: standing.testCalls,
      connected: standing.connected,
      connectionRate: rate,
      low,
      high,
      pooledRate: pooled[i] ?? rate,
      band: bandOf(rate, options.bands),
      ...moveOf(standing, previous.get(result.hotline), options.bands),
      bandChances: chancesOf(standing),
      meanSeconds,
      meetsSecondsStandard: meanSeconds === null ? null : meanSeconds <= options.meanSecondsStandard,
      score: result.total ?? null,
      rank,
      rankLow: Math.min(rank, intervals[i]?.low ?? rank),
      rankHigh: Math.max(rank, intervals[i]?.high ?? rank),
    };
  });
  return rows.sort((a, b) => a.rank - b.rank || (a.hotline < b.hotline ? -1 : 1));
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

const bandCounts = (
  ranked: readonly RankedHotline[],
  previous: readonly MonitoringResult[],
  options: RankOptions,
): RankDocument['bands'] => {
  const before = previous.flatMap((r): Band[] => {
    const rate = rateOf(r);
    return rate === undefined ? [] : [bandOf(rate, options.bands)];
  });
  return bands.map((band) => {
    const count = ranked.filter((h) => h.band === band).length;
    const earlier = before.length === 0 ? null : before.filter((b) => b === band).length;
    return {
      band,
      hotlines: count,
      share: ranked.length === 0 ? 0 : count / ranked.length,
      previous: earlier,
      change: earlier === null ? null : count - earlier,
    };
  });
};
