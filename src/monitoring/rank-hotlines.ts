import type { RankDocument } from '../contract/documents/rank-document.ts';
import { seededRandom } from '../kernel/random.ts';
import type { MonitoredHotline, MonitoringResult } from '../kernel/records.ts';
import { type Band, type BandEdges, bandOf, bands } from './bands.ts';
import {
  bandRisks,
  type BandRisks,
  type EarlierResult,
  type RankedHotline,
  rankIntervalOf,
  rankIntervals,
  rateOf,
  rowMaker,
  type Standing,
  withAssumedCounts,
} from './league-rows.ts';
import { monitoringFinding, type MonitoringFinding } from './monitoring-findings.ts';
import { countsOf, fitPooling, type Pooling, posteriorMean, posteriorOf } from './rates.ts';
import type { Tables } from './tables.ts';

export interface LeagueOptions {
  readonly period: string;
  readonly previousPeriod: string | null;
  readonly seed: number;
  readonly madeUp: boolean;
  readonly bands: BandEdges;
  /** Mean seconds on test calls up to which a hotline meets the standard. */
  readonly meanSecondsStandard: number;
  /** Taken where a result gives a rate but no number of test calls; said in a notice. */
  readonly assumedTestCalls: number;
  readonly draws?: number;
  /** Results of earlier periods: they tell who is at risk. */
  readonly earlier?: readonly EarlierResult[];
}

export interface RankOptions extends LeagueOptions {
  readonly tables: Tables;
  /** Results are effective numbers of a line's own calls, not of test calls. */
  readonly ofTraffic?: boolean;
}

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
  const league = leagueOf(results, previousResults, options);
  const { standings, previous, risks, pooling } = league;
  const ranks = options.tables.rank(standings.map(({ pooled }) => pooled));
  const intervals = rankIntervals(
    standings.map((s) => s.posterior),
    drawsOf(options),
    options.draws,
  );
  const rowOf = rowMaker(hotlines, options);
  const ranked = standings
    .map((standing, i) => {
      const { hotline } = standing.result;
      return rowOf(standing, {
        rank: ranks[i] ?? standings.length,
        interval: intervals[i],
        before: previous.get(hotline),
        risk: risks.riskOf(hotline),
      });
    })
    .sort((a, b) => a.rank - b.rank || (a.hotline < b.hotline ? -1 : 1));
  return {
    document: 'rank',
    period: options.period,
    previousPeriod: options.previousPeriod,
    madeUp: options.madeUp,
    hotlines: ranked,
    weightPerYear: risks.weightPerYear,
    bands: bandCounts(ranked, [...previous.values()], options.bands),
    secondsStandard: secondsStandardOf(ranked, options),
    regions: regionsOf(ranked, options.tables),
    notices: noticesOf(
      results,
      standings.length,
      pooling.zeroMass,
      options.assumedTestCalls,
      options.previousPeriod,
      options.ofTraffic,
    ),
  };
};

/**
 * The row that `rankHotlines` gives one hotline, and among how many; undefined where it is not in the league. Spares
 * the rows, the summaries and most of the sorting of all others.
 */
export const rankOneHotline = (
  results: readonly MonitoringResult[],
  previousResults: readonly MonitoringResult[],
  hotlines: readonly MonitoredHotline[],
  options: LeagueOptions,
  hotline: string,
): { readonly row: RankedHotline; readonly among: number } | undefined => {
  const { standings, previous, risks } = leagueOf(results, previousResults, options);
  const which = standings.findIndex(({ result }) => result.hotline === hotline);
  const standing = standings[which];
  if (standing === undefined) return undefined;
  const row = rowMaker(hotlines, options)(standing, {
    rank: 1 + standings.filter(({ pooled }) => pooled > standing.pooled).length,
    interval: rankIntervalOf(
      which,
      standings.map((s) => s.posterior),
      drawsOf(options),
      options.draws,
    ),
    before: previous.get(hotline),
    risk: risks.riskOf(hotline),
  });
  return { row, among: standings.length };
};

interface League {
  readonly pooling: Pooling;
  readonly standings: readonly Standing[];
  readonly previous: ReadonlyMap<string, MonitoringResult>;
  readonly risks: BandRisks;
}

const leagueOf = (
  results: readonly MonitoringResult[],
  previousResults: readonly MonitoringResult[],
  { assumedTestCalls, earlier = [], bands: edges }: LeagueOptions,
): League => {
  const usable = results
    .map((r) => withAssumedCounts(r, assumedTestCalls))
    .filter((r) => countsOf(r) !== undefined);
  const pooling = fitPooling(usable);
  return {
    pooling,
    standings: standingsOf(usable, pooling),
    previous: new Map(
      previousResults.map((r) => [r.hotline, withAssumedCounts(r, assumedTestCalls)] as const),
    ),
    risks: bandRisks(usable, earlier, pooling, edges),
  };
};

const drawsOf = ({ seed }: LeagueOptions): ReturnType<typeof seededRandom> => seededRandom(seed, 5);

const bandCounts = (
  ranked: readonly RankedHotline[],
  previous: readonly MonitoringResult[],
  edges: BandEdges,
): RankDocument['bands'] => {
  const before = previous.flatMap((r): Band[] => {
    const rate = rateOf(r);
    return rate === undefined ? [] : [bandOf(rate, edges)];
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

/** Hotlines whose mean seconds meet the standard, of all ranked. */
const secondsStandardOf = (
  ranked: readonly RankedHotline[],
  { meanSecondsStandard, tables }: { readonly meanSecondsStandard: number; readonly tables: Tables },
): RankDocument['secondsStandard'] => {
  const meeting = ranked.filter((h) => h.meetsSecondsStandard === true);
  return {
    standardSeconds: meanSecondsStandard,
    hotlines: meeting.length,
    share: ranked.length === 0 ? 0 : meeting.length / ranked.length,
    meanSecondsOfThose: tables.describe(meeting.map((h) => h.meanSeconds)).mean,
  };
};

/** Figures per region, each hotline counting once; best connection rate first. */
const regionsOf = (ranked: readonly RankedHotline[], tables: Tables): RankDocument['regions'] => {
  const rows = ranked
    .filter((h) => h.region !== null)
    .map((h) => ({
      region: h.region,
      rate: h.connectionRate,
      seconds: h.meanSeconds,
      hot: h.band === 'hot' ? 1 : 0,
      dead: h.band === 'dead' ? 1 : 0,
    }));
  const [rates, seconds, hot, dead] = (['rate', 'seconds', 'hot', 'dead'] as const).map((column) =>
    tables.group(rows, ['region'], column),
  );
  return (rates ?? [])
    .map((group, i) => ({
      region: String(group.key[0]),
      hotlines: group.rows,
      connectionRate: group.mean,
      meanSeconds: seconds?.[i]?.mean ?? null,
      hot: hot?.[i]?.sum ?? 0,
      dead: dead?.[i]?.sum ?? 0,
    }))
    .sort((a, b) => (b.connectionRate ?? 0) - (a.connectionRate ?? 0) || (a.region < b.region ? -1 : 1));
};

/** What the reader of the league table must know. */
const noticesOf = (
  results: readonly MonitoringResult[],
  usable: number,
  outOfServiceShare: number,
  testCalls: number,
  previousPeriod: string | null,
  ofTraffic = false,
): MonitoringFinding[] => {
  const notices: MonitoringFinding[] = [];
  if (usable > 1 && previousPeriod !== null)
    notices.push(monitoringFinding(ofTraffic ? 'moves-tested-on-traffic' : 'moves-tested-on-test-calls'));
  if (usable > 1) notices.push(monitoringFinding('rank-intervals', { outOfServiceShare }));
  if (usable === 1) notices.push(monitoringFinding('single-hotline'));
  const assumed = results.filter((r) => r.testCalls === undefined && r.connectionRate !== undefined).length;
  if (assumed > 0)
    notices.push(monitoringFinding('number-of-test-calls-assumed', { hotlines: assumed, testCalls }));
  const left = results.length - usable;
  if (left > 0) notices.push(monitoringFinding('hotlines-left-out', { hotlines: left }));
  return notices;
};

const standingsOf = (results: readonly MonitoringResult[], pooling: Pooling): readonly Standing[] =>
  results.flatMap((result) => {
    const counts = countsOf(result);
    const rate = rateOf(result);
    if (counts === undefined || rate === undefined) return [];
    const posterior = posteriorOf(pooling, counts.connected, counts.testCalls);
    return [{ result, ...counts, rate, posterior, pooled: posteriorMean(posterior) }];
  });
