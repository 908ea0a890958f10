import type { RankDocument } from '../contract/documents/rank-document.ts';
import { seededRandom, type Random } from '../kernel/random.ts';
import type { MonitoredHotline, MonitoringResult } from '../kernel/records.ts';
import { compareText } from '../kernel/text.ts';
import { valueAt } from '../kernel/value-at.ts';
import { type Band, type BandEdges, bandOf, bands, type BandChances, bandOfCount } from './bands.ts';
import { fisherExact } from './judge-gap.ts';
import { monitoringFinding, type MonitoringFinding } from './monitoring-findings.ts';
import {
  countsOf,
  fitPooling,
  type Pooling,
  posteriorMean,
  posteriorOf,
  betaBinomialProbability,
  nextBandChances,
  rateInterval,
  type RatePosterior,
  trueBandChances,
} from './rates.ts';
import type { TableStatistics } from './tables.ts';

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

interface RankOptions extends LeagueOptions {
  readonly tables: TableStatistics;
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
    .sort((a, b) => a.rank - b.rank || compareText(a.hotline, b.hotline));
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
  const counted = results.map((r) => withAssumedCounts(r, assumedTestCalls));
  const pooling = fitPooling(counted);
  return {
    pooling,
    standings: standingsOf(counted, pooling),
    previous: new Map(
      previousResults.map((r) => [r.hotline, withAssumedCounts(r, assumedTestCalls)] as const),
    ),
    risks: bandRisks(counted, earlier, pooling, edges),
  };
};

const drawsOf = ({ seed }: LeagueOptions): ReturnType<typeof seededRandom> => seededRandom(seed, 5);

const bandCounts = (
  ranked: readonly RankedHotline[],
  previous: readonly MonitoringResult[],
  edges: BandEdges,
): RankDocument['bands'] => {
  const before = previous.flatMap((r): Band[] => {
    const measured = measuredOf(r);
    return measured === undefined ? [] : [bandOf(measured.rate, edges)];
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
  { meanSecondsStandard, tables }: { readonly meanSecondsStandard: number; readonly tables: TableStatistics },
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
const regionsOf = (ranked: readonly RankedHotline[], tables: TableStatistics): RankDocument['regions'] => {
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
    .sort((a, b) => (b.connectionRate ?? 0) - (a.connectionRate ?? 0) || compareText(a.region, b.region));
};

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
    const measured = measuredOf(result);
    if (measured === undefined) return [];
    const posterior = posteriorOf(pooling, measured.connected, measured.testCalls);
    return [{ result, ...measured, posterior, pooled: posteriorMean(posterior) }];
  });

type RankedHotline = RankDocument['hotlines'][number];

/** A hotline's result in a period, and what it says of the true rate beside all others'. */
interface Standing {
  readonly result: MonitoringResult;
  readonly connected: number;
  readonly testCalls: number;
  readonly rate: number;
  readonly posterior: RatePosterior;
  /** Mean of the true rate: what ranks follow. */
  readonly pooled: number;
}

interface RowRules {
  readonly bands: BandEdges;
  /** Mean seconds on test calls up to which a hotline meets the standard. */
  readonly meanSecondsStandard: number;
}

/**
 * A result with its number of test calls, or the one that is assumed where it has none. How many of an unknown number
 * connected says nothing of an assumed one: only the rate does.
 */
export const withAssumedCounts = (result: MonitoringResult, assumedTestCalls: number): MonitoringResult => {
  if (result.testCalls !== undefined) return result;
  const { connected, ...rest } = result;
  void connected;
  return { ...rest, testCalls: assumedTestCalls };
};

const measuredOf = (result: MonitoringResult): (Counts & { readonly rate: number }) | undefined => {
  const counts = countsOf(result);
  return counts && { ...counts, rate: result.connectionRate ?? counts.connected / counts.testCalls };
};

/** Where a hotline stands among all. */
interface Place {
  readonly rank: number;
  readonly interval: RankInterval | undefined;
  readonly before: MonitoringResult | undefined;
  readonly risk: BandRisk | undefined;
}

/** Makes rows of a league table; what follows from the counts alone is worked out once for all who share them. */
const rowMaker = (
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
  const measured = before && measuredOf(before);
  if (measured === undefined) return { previousBand: null, moveBeyondChance: null };
  const { connected, testCalls, rate } = measured;
  return {
    previousBand: bandOf(rate, edges),
    moveBeyondChance: fisherExact(now.connected, now.testCalls, connected, testCalls) < 0.05,
  };
};

/** An earlier result of a hotline, and how long before the period it was. */
export interface EarlierResult {
  readonly result: MonitoringResult;
  readonly yearsBefore: number;
}

interface BandRisk {
  /** Chance of each band in the next monitoring of as many calls, earlier periods weighed in. */
  readonly nextBandChances: BandChances;
  /** Chance that the next monitoring says a colder band than this one. */
  readonly fallChance: number;
  /** Chance that the line's true rate lies in a colder band already: what is not luck of the sample. */
  readonly trueFallChance: number;
}

interface Counts {
  readonly connected: number;
  readonly testCalls: number;
}

interface Line extends Counts {
  readonly earlier: readonly (Counts & { readonly yearsBefore: number })[];
}

interface BandRisks {
  /** Worked out when it is asked for: of a whole league only one hotline's may be wanted. */
  readonly riskOf: (hotline: string) => BandRisk | undefined;
  /** Weight of a result a year old beside one of now, 0–1. */
  readonly weightPerYear: number;
}

const triedWeights = [0, 0.25, 0.5, 0.75, 1];

/**
 * Which hotlines will be rated colder next time? The posterior of each line's rate from all its results, older ones
 * weighing less. The weight of a year is the one, common to all lines, under which earlier results predict this
 * period's best (the likelihood of its counts given the earlier ones); without earlier results it is 0. Throws
 * nothing; results without counts are left out.
 */
export const bandRisks = (
  results: readonly MonitoringResult[],
  earlier: readonly EarlierResult[],
  pooling: Pooling,
  edges: BandEdges,
): BandRisks => {
  const lines = linesOf(results, earlier);
  const scored = triedWeights.map((weight) => ({ weight, likelihood: foretold(lines, weight, pooling) }));
  const best = scored.reduce((a, b) => (b.likelihood > a.likelihood + 1e-9 ? b : a));
  return {
    weightPerYear: best.weight,
    riskOf: (hotline) => {
      const line = lines.get(hotline);
      return line === undefined ? undefined : riskOfLine(line, best.weight, pooling, edges);
    },
  };
};

const linesOf = (
  results: readonly MonitoringResult[],
  earlier: readonly EarlierResult[],
): ReadonlyMap<string, Line> => {
  const past = Map.groupBy(earlier, ({ result }) => result.hotline);
  const lines = new Map<string, Line>();
  for (const result of results) {
    const counts = countsOf(result);
    if (counts === undefined) continue;
    const before = (past.get(result.hotline) ?? []).flatMap(({ result: own, yearsBefore }) => {
      const known = countsOf(own);
      return known === undefined ? [] : [{ ...known, yearsBefore }];
    });
    lines.set(result.hotline, { ...counts, earlier: before });
  }
  return lines;
};

/** Counts of the past, each weighing `weight` per year of age. */
const weighedPast = (line: Line, weight: number): Counts => {
  let [connected, testCalls] = [0, 0];
  for (const one of line.earlier) {
    const share = weight ** one.yearsBefore;
    connected += share * one.connected;
    testCalls += share * one.testCalls;
  }
  return { connected, testCalls };
};

const foretold = (lines: ReadonlyMap<string, Line>, weight: number, pooling: Pooling): number => {
  let likelihood = 0;
  for (const line of lines.values()) {
    if (line.earlier.length === 0) continue;
    const past = weighedPast(line, weight);
    const { zeroMass, a, b } = posteriorOf(pooling, past.connected, past.testCalls);
    const alive = betaBinomialProbability(line.connected, line.testCalls, a, b);
    likelihood += Math.log(Math.max(1e-300, (line.connected === 0 ? zeroMass : 0) + (1 - zeroMass) * alive));
  }
  return likelihood;
};

const riskOfLine = (line: Line, weight: number, pooling: Pooling, edges: BandEdges): BandRisk => {
  const past = weighedPast(line, weight);
  const posterior = posteriorOf(pooling, past.connected + line.connected, past.testCalls + line.testCalls);
  const next = nextBandChances(posterior, line.testCalls, edges);
  const truly = trueBandChances(posterior, edges);
  const now = bandOfCount(line.connected, line.testCalls, edges);
  const colder = bands.slice(bands.indexOf(now) + 1);
  const sum = (chances: BandChances): number =>
    Math.min(
      1,
      colder.reduce((total, band: Band) => total + chances[band], 0),
    );
  return { nextBandChances: next, fallChance: sum(next), trueFallChance: sum(truly) };
};

interface RankInterval {
  readonly low: number;
  readonly high: number;
}

const drawRate = ({ zeroMass, a, b }: RatePosterior, random: Random): number => {
  if (zeroMass > 0 && random.uniform() < zeroMass) return 0;
  const x = random.gamma(a);
  return x / (x + random.gamma(b));
};

const usualDraws = 400;
const usualLevel = 0.95;

/**
 * Between which ranks does each hotline really stand? Draws every true rate from its posterior, ranks them (1
 * for the greatest, equal rates share the better rank) and takes the equal-tailed interval of the ranks drawn.
 */
export const rankIntervals = (
  posteriors: readonly RatePosterior[],
  random: Random,
  draws = usualDraws,
  level = usualLevel,
): readonly RankInterval[] => {
  const count = posteriors.length;
  const ranks = new Uint16Array(count * draws);
  const rates = new Float64Array(count);
  for (let draw = 0; draw < draws; draw += 1) {
    drawRates(posteriors, random, rates);
    const descending = rates.toSorted().toReversed();
    for (let i = 0; i < count; i += 1)
      ranks[i * draws + draw] = 1 + countAbove(descending, valueAt(rates, i));
  }
  return posteriors.map((_, i) => intervalOf(ranks.subarray(i * draws, (i + 1) * draws), level));
};

/** The interval of one of the hotlines, the same as `rankIntervals` gives it from the same random numbers. */
const rankIntervalOf = (
  which: number,
  posteriors: readonly RatePosterior[],
  random: Random,
  draws = usualDraws,
): RankInterval => {
  const ranks = new Uint16Array(draws);
  const rates = new Float64Array(posteriors.length);
  for (let draw = 0; draw < draws; draw += 1) {
    drawRates(posteriors, random, rates);
    const own = valueAt(rates, which);
    let rank = 1;
    for (const rate of rates) if (rate > own) rank += 1;
    ranks[draw] = rank;
  }
  return intervalOf(ranks, usualLevel);
};

const drawRates = (posteriors: readonly RatePosterior[], random: Random, into: Float64Array): void => {
  for (const [i, posterior] of posteriors.entries()) into[i] = drawRate(posterior, random);
};

const intervalOf = (ranks: Uint16Array, level: number): RankInterval => {
  const own = ranks.toSorted();
  const draws = own.length;
  const at = (p: number): number => own[Math.min(draws - 1, Math.max(0, Math.ceil(p * draws) - 1))] ?? 1;
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
};

const countAbove = (descending: Float64Array, value: number): number => {
  let low = 0;
  let high = descending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (valueAt(descending, middle) > value) low = middle + 1;
    else high = middle;
  }
  return low;
};
