import { posteriorInterval, fitPoolingToGroups } from '../monitoring/rates.ts';
import type { Sayable } from '../kernel/finding.ts';
import { planningFinding } from './planning-findings.ts';
import type { BandsRequest } from '../contract/http/job-requests.ts';
import type { BandsDocument } from '../contract/documents/requirement-document.ts';
import type { MonitoringResult } from '../kernel/records.ts';
import { bandChances, bandOfCount, hotNeeds } from '../monitoring/bands.ts';
import { comparePeriods } from '../monitoring/time-parts.ts';
import {
  countsOf,
  fitPooling,
  nextBandChances,
  posteriorMean,
  posteriorOf,
  rateInterval,
  trueBandChances,
  type Pooling,
} from '../monitoring/rates.ts';
import { bandLadder, bandSteps, indexOfRate, type BandStep } from '../monitoring/band-ladder.ts';
import type { WeekHorizon } from './operation/week-horizon.ts';
import type { PlannedOperation } from './operation/planned-operation.ts';
import { askedAgain, loadPlan } from './operation/stored-plan.ts';
import type { Models, Ports } from './ports.ts';

/**
 * What does it take to be rated hot? By the number of test calls: how many must connect, the true rate for even,
 * good and nine-in-ten chances, and, for the week of a stored plan, the operator-hours at the monitor's own test
 * times and rules. With a sample: its interval, and the band of the next monitoring and of the true rate.
 */
export const bandNeeds = async (ports: Ports, request: BandsRequest): Promise<BandsDocument> => {
  const { monitor } = ports.models;
  const loaded =
    request.plan === undefined
      ? undefined
      : await loadPlan(ports, request.plan === 'latest' ? undefined : request.plan);
  const hoursFor = loaded === undefined ? undefined : hotHours(ports, loaded.week, loaded.planned);
  const needs = hotNeeds(request.testCalls, monitor).map((need) => ({
    ...need,
    chances: need.chances.map((one) => ({
      ...one,
      operatorHours: hoursFor?.(need.testCalls, one.chance) ?? null,
    })),
  }));
  return {
    document: 'bands',
    monitor: {
      monitor: monitor.monitor,
      name: monitor.name,
      attempts: monitor.attempts,
      longestWaitSeconds: monitor.longestWaitSeconds,
      ...monitor.bands,
    },
    plan: loaded === undefined ? null : { id: loaded.plan.id, week: loaded.plan.week },
    needs,
    sample:
      request.connected === undefined ? null : await sampleOf(ports, request.connected, request.testCalls[0]),
    notices: noticesOf(loaded !== undefined, needs),
  };
};

/** Least operator-hours (before shifts) of the ladder of connection targets that reach a chance of hot. */
export const hotHours = (
  { models: own, progress, shouldStop }: Pick<Ports, 'models' | 'progress' | 'shouldStop'>,
  week: WeekHorizon,
  operation: PlannedOperation,
): ((testCalls: number, chance: number) => number | null) => {
  const models: Models = { ...operation.models, monitor: own.monitor };
  const request = { ...askedAgain(operation, week), shouldStop };
  const { at, least } = bandSteps({ band: 'hot', confidence: 0.9 }, request, models);
  let tried = 0;
  const chanceOf = ({ rateFutures }: BandStep, testCalls: number): number => {
    tried += 1;
    progress(Math.min(0.95, tried / 40), 'requirement');
    return bandChances(rateFutures, testCalls, models.monitor.bands).hot;
  };
  return (testCalls, chance) => {
    const step = at(least((one) => chanceOf(one, testCalls), chance, indexOfRate(chance)));
    return step.rate === bandLadder.at(-1) && chanceOf(step, testCalls) < chance ? null : step.hours;
  };
};

const sampleOf = async (
  { store, models }: Ports,
  connected: number,
  testCalls = 0,
): Promise<NonNullable<BandsDocument['sample']>> => {
  const edges = models.monitor.bands;
  const rate = connected / testCalls;
  const { pooling, hotlines } = spreadOf(await store.monitoring.results());
  const posterior = posteriorOf(pooling, connected, testCalls);
  const { low, high } = rateInterval(connected, testCalls);
  return {
    connected,
    testCalls,
    rate,
    low,
    high,
    band: bandOfCount(connected, testCalls, edges),
    nextBandChances: bandChances(rate, testCalls, edges),
    pooled: {
      hotlines,
      rate: posteriorMean(posterior),
      ...posteriorInterval(posterior),
      nextBandChances: nextBandChances(posterior, testCalls, edges),
      trueBandChances: trueBandChances(posterior, edges),
    },
  };
};

/** Hotlines from which a workspace's own results say more about the spread than the published ones do. */
const enoughHotlines = 30;

/** The spread of rates in the workspace's latest league; the published one of 2019 where there is none. */
const spreadOf = (
  results: readonly MonitoringResult[],
): { readonly pooling: Pooling; readonly hotlines: number } => {
  const leagues = Map.groupBy(
    results.filter((result) => countsOf(result) !== undefined),
    ({ period }) => period,
  );
  const latest = [...leagues.keys()]
    .filter((period) => (leagues.get(period)?.length ?? 0) >= enoughHotlines)
    .sort(comparePeriods)
    .at(-1);
  const ofPeriod = latest === undefined ? [] : (leagues.get(latest) ?? []);
  return ofPeriod.length === 0
    ? { pooling: publishedPooling(), hotlines: 0 }
    : { pooling: fitPooling(ofPeriod), hotlines: ofPeriod.length };
};

const noticesOf = (planned: boolean, needs: BandsDocument['needs']): Sayable[] => {
  const beyond = needs.some(({ chances }) => chances.some(({ operatorHours }) => operatorHours === null));
  if (planned) return beyond ? [planningFinding('chance-not-reached-by-operators')] : [];
  return [planningFinding('operator-hours-need-a-plan')];
};

/** How the rates of the 344 hotlines monitored in 2019 are spread: 33 dead, 27 cold, 198 warm, 86 hot of 11 calls each. */
const publishedPooling = (): Pooling =>
  fitPoolingToGroups([
    { testCalls: 11, from: 0, to: 0, hotlines: 33 },
    { testCalls: 11, from: 1, to: 3, hotlines: 27 },
    { testCalls: 11, from: 4, to: 10, hotlines: 198 },
    { testCalls: 11, from: 11, to: 11, hotlines: 86 },
  ]);
