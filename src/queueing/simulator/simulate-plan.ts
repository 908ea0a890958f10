import { CancelledError } from '../../kernel/errors.ts';
import type {
  Capacity,
  Demand,
  Operation,
  Outcome,
  QueueOutcome,
  TransferOutcome,
} from '../../kernel/hotline.ts';
import type { ParallelMap, Progress, ShouldStop } from '../../kernel/ports.ts';
import type { CountPaths } from '../../kernel/sample-paths.ts';
import {
  addCounts,
  countField,
  emptyCounts,
  transferField,
  transferWidth,
  type LineCounts,
} from './line-counts.ts';
import { workDone } from '../../kernel/work.ts';
import { simulateLine } from './line-simulation.ts';
import { layOutPlan } from './plan-line.ts';
import {
  addReplication,
  emptyRateSums,
  lineTotals,
  ratesByQueue,
  type RateSums,
  type SimulatedRates,
} from './plan-rates.ts';
import { ratioEstimate } from './ratio-estimate.ts';
import { splitReplications } from './split-replications.ts';

export interface PlanSimulationOptions {
  /** At least 2, for an interval to be known. */
  readonly replications: number;
  readonly seed: number;
  /** By queue, counts to live through as they are, path by path, instead of arrivals drawn from the rates. */
  readonly counts?: readonly CountPaths[];
  readonly progress?: Progress;
  readonly shouldStop?: ShouldStop;
}

/** What became of first callers in the end, means per replication: the parts sum to `first`. */
export interface CallerEnds {
  readonly first: number;
  readonly settledByOperator: number;
  readonly gaveUpAfterAbandoning: number;
  readonly gaveUpAfterBlocking: number;
  readonly settledOnline: number;
  /** Sent to another time and never back. */
  readonly divertedForGood: number;
  /** Would call again after the horizon, or still waits at its end. */
  readonly stillOpen: number;
}

export interface PlanSimulation {
  /** Mean over the replications. */
  readonly outcome: Outcome;
  /** Half widths of the 95 % intervals over replications, of all calls of the horizon; NaN without calls. */
  readonly halfWidths: { readonly connectionRate: number; readonly serviceLevel: number };
  /** Each queue's rates with their half widths, over the horizon and by interval. */
  readonly queues: readonly SimulatedRates[];
  readonly callers: CallerEnds;
  readonly replications: number;
}

/** Sums of a share of the replications. */
interface PlanSums {
  readonly counts: LineCounts;
  readonly rates: RateSums;
}

/**
 * The same question as `project`, answered by simulated events: each replication lives through the horizon
 * once, on another demand path where there are paths, with calls drawn from its rates. Seeds make runs comparable: two capacities under one
 * seed meet the same first callers.
 */
export const simulatePlan = (operation: Operation, options: PlanSimulationOptions): PlanSimulation => {
  const { replications } = options;
  const shares = splitReplications(replications).map(({ from, to }) => {
    if (options.shouldStop?.() === true) throw new CancelledError();
    const sums = simulatePlanShare(shareOf(operation, options, from, to));
    options.progress?.(to / replications);
    return sums;
  });
  return joinShares(operation, shares, replications);
};

/** The same on threads: equal to `simulatePlan` number by number. */
export const simulatePlanOnThreads = async (
  operation: Operation,
  options: PlanSimulationOptions,
  parallel: ParallelMap,
): Promise<PlanSimulation> => {
  const { replications } = options;
  const inputs = splitReplications(replications).map(({ from, to }) => shareOf(operation, options, from, to));
  const task = { module: import.meta.url, name: 'simulatePlanShare' };
  const shares = await parallel<PlanSums>(task, inputs, options.progress);
  return joinShares(operation, shares, replications);
};

/** A share of the replications, without what no thread can take. */
const shareOf = (
  { demand, capacity, policy }: Operation,
  { seed, counts }: PlanSimulationOptions,
  from: number,
  to: number,
): PlanShare => ({
  demand,
  capacity,
  policy,
  seed,
  from,
  to,
  ...(counts === undefined ? {} : { counts }),
});

export interface PlanShare extends Operation {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  readonly counts?: readonly CountPaths[];
}

/** Simulates the replications from `from` to before `to`: the task that worker threads run. */
export const simulatePlanShare = (share: PlanShare): PlanSums => {
  const { demand, seed, from, to, counts: counted } = share;
  const sum = emptyCounts(layOutPlan(share, seed, from));
  const classes = demand.queues.length;
  const rates = emptyRateSums(classes, demand.horizon.count, to - from);
  for (let replication = from; replication < to; replication += 1) {
    const spec = layOutPlan(share, seed, replication, counted);
    const counts = simulateLine(spec, seed, replication);
    addCounts(sum, counts);
    addReplication(rates, counts, classes, replication - from);
    workDone.weeksSimulated += 1;
  }
  for (let at = countField.attempts; at < sum.calls.length; at += sum.width)
    workDone.callsSimulated += sum.calls[at] ?? 0;
  return { counts: sum, rates };
};

const joinShares = (
  operation: Operation,
  shares: readonly PlanSums[],
  replications: number,
): PlanSimulation => {
  const { demand, capacity } = operation;
  const sum = emptyCounts(layOutPlan(operation, 0, 0));
  for (const { counts } of shares) addCounts(sum, counts);
  const classes = demand.queues.length;
  const rates = shares.map((share) => share.rates);
  const column = (field: number): number[] => rates.flatMap((own) => lineTotals(own, classes, field));
  const offered = column(2);
  return {
    outcome: outcomeOf(demand, capacity, sum, replications),
    halfWidths: {
      connectionRate: ratioEstimate(column(0), offered)?.[1] ?? Number.NaN,
      serviceLevel: ratioEstimate(column(1), offered)?.[1] ?? Number.NaN,
    },
    queues: ratesByQueue(
      demand.queues.map(({ queue }) => queue),
      demand.horizon.count,
      rates,
      replications,
    ),
    callers: callerEnds(sum, replications),
    replications,
  };
};

const callerEnds = ({ calls, width }: LineCounts, replications: number): CallerEnds => {
  const mean = (field: number): number => {
    let total = 0;
    for (let at = field; at < calls.length; at += width) total += calls[at] ?? 0;
    return total / replications;
  };
  return {
    first: mean(countField.fresh),
    settledByOperator: mean(countField.settledByOperator),
    gaveUpAfterAbandoning: mean(countField.gaveUpAfterAbandoning),
    gaveUpAfterBlocking: mean(countField.gaveUpAfterBlocking),
    settledOnline: mean(countField.settledOnline),
    divertedForGood: mean(countField.divertedForGood),
    stillOpen: mean(countField.stillOpen),
  };
};

const outcomeOf = (demand: Demand, capacity: Capacity, sum: LineCounts, replications: number): Outcome => {
  const { horizon } = demand;
  const { count } = horizon;
  const seconds = horizon.intervalMinutes * 60;
  const classes = demand.queues.length;
  const mean = (values: Float64Array, from: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => (values[from + i] ?? 0) / replications);
  return {
    horizon,
    method: 'simulated',
    queues: demand.queues.map(({ queue }, c) => queueOutcome(queue, c, count, sum, replications)),
    tiers: capacity.tiers.map(({ tier, operators }, p) => ({
      tier,
      operators: Float64Array.from({ length: count }, (_, i) => operators[i] ?? 0),
      busyOperatorSeconds: mean(sum.busy, p * count),
      staffedOperatorSeconds: Float64Array.from({ length: count }, (_, i) => (operators[i] ?? 0) * seconds),
      answeredByQueue: Object.fromEntries(
        demand.queues.map(({ queue }, c) => [queue, mean(sum.connectedByPool, (p * classes + c) * count)]),
      ),
      ...(sum.transfers.length > 0 ? { transfersAnswered: mean(sum.transfersByPool, p * count) } : {}),
    })),
  };
};

const queueOutcome = (
  queue: string,
  c: number,
  count: number,
  sum: LineCounts,
  replications: number,
): QueueOutcome => {
  const field = (offset: number): Float64Array =>
    Float64Array.from(
      { length: count },
      (_, i) => (sum.calls[(c * count + i) * sum.width + offset] ?? 0) / replications,
    );
  return {
    queue,
    fresh: field(countField.fresh),
    offered: field(countField.attempts),
    answered: field(countField.connected),
    answeredWithinThreshold: field(sum.answerLimitAt),
    abandoned: field(countField.abandoned),
    shortAbandoned: field(sum.abandonLimitAt),
    abandonedWithinThreshold: field(sum.abandonLimitAt + 1),
    blocked: field(countField.blocked),
    divertedOnline: field(countField.divertedOnline),
    deferred: field(countField.deferred),
    contained: field(countField.contained),
    answeredWaitSeconds: field(countField.waitAnswered),
    waitSeconds: field(countField.waitAll),
    ...(sum.transfers.length > 0 ? { transfers: transferOutcome(c, count, sum, replications) } : {}),
  };
};

const transferOutcome = (
  c: number,
  count: number,
  { transfers }: LineCounts,
  replications: number,
): TransferOutcome => {
  const field = (offset: number): Float64Array =>
    Float64Array.from(
      { length: count },
      (_, i) => (transfers[(c * count + i) * transferWidth + offset] ?? 0) / replications,
    );
  return {
    sent: field(transferField.sent),
    received: field(transferField.received),
    answered: field(transferField.answered),
    answeredWithinThreshold: field(transferField.withinLimit),
    abandoned: field(transferField.abandoned),
    answeredWaitSeconds: field(transferField.waitAnswered),
    waitSeconds: field(transferField.waitAll),
  };
};
