import type { z } from 'zod';
import type { Basis, effectSchema } from '../../contract/documents/effect-documents.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { Demand, Outcome } from '../../kernel/hotline.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  occupancy,
  serviceLevels,
  totalOutcome,
} from '../../kernel/measures.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Models } from '../ports.ts';

/** Futures that a projection averages over: enough for an 80 % range, few enough to answer in seconds. */
export const projectedPaths = 50;

type Effect = z.output<typeof effectSchema>;

/** NaN (no base) as null, as documents want it. */
export const rateOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Calls below which an interval is not the worst: few calls say little. */
const leastOffered = 5;

/**
 * The figures of an outcome over intervals `from` to before `to`. The worst interval is the one with the lowest
 * service level among those with at least `leastOffered` calls.
 */
export const measureEffect = (
  outcome: Outcome,
  starts: readonly string[],
  from = 0,
  to = outcome.horizon.count,
): Effect => {
  const totals = totalOutcome(outcome, from, to);
  let worst: { level: number; at: number } | undefined;
  for (let i = from; i < to; i += 1) {
    const interval = totalOutcome(outcome, i, i + 1);
    const level = serviceLevels(interval).ofOffered;
    if (interval.offered >= leastOffered && (worst === undefined || level < worst.level))
      worst = { level, at: i };
  }
  return {
    connectionRate: rateOrNull(connectionRate(totals)),
    serviceLevel: rateOrNull(serviceLevels(totals).ofOffered),
    averageSpeedOfAnswerSeconds: rateOrNull(averageSpeedOfAnswer(totals)),
    occupancy: rateOrNull(occupancy(outcome, from, to)),
    abandoned: totals.abandoned,
    blocked: totals.blocked,
    callersDiverted: totals.divertedOnline + totals.deferred,
    answered: totals.answered,
    offered: totals.offered,
    worstIntervalServiceLevel: worst === undefined ? null : worst.level,
    worstInterval: worst === undefined ? null : (starts[worst.at] ?? null),
    worstIntervalQueue: worst === undefined ? null : worstQueue(outcome, worst.at),
  };
};

/** The queue with the lowest service level of an interval, among those with a call at least. */
const worstQueue = (outcome: Outcome, at: number): string | null => {
  let lowest = Infinity;
  let found: string | null = null;
  for (const { queue } of outcome.queues) {
    const totals = totalOutcome(outcome, at, at + 1, (name) => name === queue);
    const level = serviceLevels(totals).ofOffered;
    if (totals.offered < 1 || !(level < lowest)) continue;
    lowest = level;
    found = queue;
  }
  return found;
};

/** A rate per interval, null where nothing was offered. */
export const intervalRates = (
  outcome: Outcome,
  measure: 'connection' | 'service-level',
  queue?: string,
): (number | null)[] =>
  Array.from({ length: outcome.horizon.count }, (_, i) => {
    const totals = totalOutcome(outcome, i, i + 1, (name) => queue === undefined || name === queue);
    if (totals.offered < 1e-9) return null;
    return rateOrNull(measure === 'connection' ? connectionRate(totals) : serviceLevels(totals).ofOffered);
  });

/** Offered calls per interval, over all queues. */
export const intervalOffered = (outcome: Outcome): number[] =>
  Array.from({ length: outcome.horizon.count }, (_, i) =>
    outcome.queues.reduce((sum, queue) => sum + valueAt(queue.offered, i), 0),
  );

const rosterTold: Readonly<Record<Basis['roster'], Sayable>> = {
  planned: planningFinding('roster-planned'),
  seen: planningFinding('roster-seen'),
};

const demandTold = (demand: Basis['demand'], count: number): Sayable =>
  demand === 'futures'
    ? planningFinding('demand-of-sample-paths', { samplePaths: count })
    : demand === 'mean-forecast'
      ? planningFinding('demand-of-mean-forecast')
      : planningFinding('demand-of-day-in-progress');

/** What an answer's figures rest on. Demand without futures is its mean. */
export const effectBasis = (
  demand: Demand,
  { answerTimeThresholdSeconds }: Models['hotline'],
  roster: Basis['roster'],
  isInProgress = false,
): Basis => {
  const paths = Math.min(projectedPaths, ...demand.queues.map(({ pathCount }) => pathCount));
  const kind = isInProgress ? 'day-in-progress' : paths > 0 ? 'futures' : 'mean-forecast';
  const count = kind === 'futures' ? paths : 1;
  const [calls, operators] = [demandTold(kind, count), rosterTold[roster]];
  return {
    demand: kind,
    futures: count,
    roster,
    answerTimeThresholdSeconds,
    told: planningFinding('basis-of-figures', { calls, operators }),
  };
};
