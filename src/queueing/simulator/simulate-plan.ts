import { CancelledError } from '../../kernel/errors.ts';
import {
  asCounts,
  asRates,
  type CallBackOutcome,
  type Capacity,
  type CountPaths,
  type Operation,
  operatorsAt,
  type Outcome,
  type Policy,
  type PromptPlacement,
  type QueueDemand,
  type QueueOutcome,
  type QueuePolicy,
  type TransferOutcome,
} from '../../kernel/hotline.ts';
import type { ParallelMap, Progress, ShouldStop } from '../../kernel/ports.ts';
import { seededRandom } from '../../kernel/random.ts';
import { workDone } from '../../kernel/work.ts';
import { inPlayingOrder, offeredAboveSeconds } from '../prompt-flow.ts';
import { compileTransfers } from '../tier-state.ts';
import type { DurationLaw } from './duration-law.ts';
import {
  addCounts,
  callBackField,
  callBackWidth,
  countField,
  emptyCounts,
  type LineCounts,
  transferField,
  transferWidth,
} from './line-counts.ts';
import { simulateReplication } from './line-simulation.ts';
import type { LineClass, LinePrompt, LineSpec } from './line-spec.ts';
import {
  addReplication,
  emptyRateSums,
  lineTotals,
  ratesByQueue,
  type RateSums,
  ratioEstimate,
  type SimulatedRates,
  splitReplications,
} from './plan-rates.ts';

interface PlanSimulationOptions {
  /** At least 2, for an interval to be known. */
  readonly replications: number;
  readonly seed: number;
  /** By queue, counts to live through as they are, path by path, instead of arrivals drawn from the rates. */
  readonly counts?: readonly CountPaths[];
  readonly progress?: Progress;
  readonly shouldStop?: ShouldStop;
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
  const inputs = splitReplications(replications).map(({ from, to }) =>
    withOwnPaths(shareOf(operation, options, from, to)),
  );
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
  pathsFrom: 0,
  ...(counts === undefined ? {} : { counts }),
});

interface PlanShare extends Operation {
  readonly seed: number;
  readonly from: number;
  readonly to: number;
  /** The replication that lives through the first of the sample paths. */
  readonly pathsFrom: number;
  readonly counts?: readonly CountPaths[];
}

/** A share with those sample paths alone that it lives through: all of them in every share would be fifty megabytes. */
const withOwnPaths = (share: PlanShare): PlanShare => {
  const { demand, capacity, counts, from, to } = share;
  const { count } = demand.horizon;
  const own = (values: Float64Array, paths: number, width: number): Float64Array => {
    const rows = new Float64Array((to - from) * width);
    for (let r = from; r < to; r += 1) {
      const at = (r % paths) * width;
      rows.set(values.subarray(at, at + width), (r - from) * width);
    }
    return rows;
  };
  return {
    ...share,
    pathsFrom: from,
    demand: {
      ...demand,
      queues: demand.queues.map((queue) => {
        const { pathCount, behaviour, ratePaths } = queue;
        if (pathCount === 0) return queue;
        return {
          ...queue,
          pathCount: to - from,
          ratePaths: asRates(own(ratePaths, pathCount, count)),
          ...(behaviour === undefined
            ? {}
            : {
                behaviour: {
                  handleTime: own(behaviour.handleTime, pathCount, 1),
                  patience: own(behaviour.patience, pathCount, 1),
                  repeats: own(behaviour.repeats, pathCount, 1),
                },
              }),
        };
      }),
    },
    capacity: {
      ...capacity,
      tiers: capacity.tiers.map(({ attendance, ...tier }) =>
        attendance === undefined || attendance.length === 0
          ? tier
          : { ...tier, attendance: own(attendance, attendance.length / count, count) },
      ),
    },
    ...(counts === undefined
      ? {}
      : {
          counts: counts.map((paths, q) => asCounts(own(paths, demand.queues[q]?.pathCount ?? 1, count))),
        }),
  };
};

/** Simulates the replications from `from` to before `to`: the task that worker threads run. */
export const simulatePlanShare = (share: PlanShare): PlanSums => {
  const { demand, seed, from, to, pathsFrom, counts: counted } = share;
  const sum = emptyCounts(layOutPlan(share, seed, from));
  const classes = demand.queues.length;
  const rates = emptyRateSums(classes, demand.horizon.count, to - from);
  for (let replication = from; replication < to; replication += 1) {
    const spec = layOutPlan(share, seed, replication, counted, replication - pathsFrom);
    const counts = simulateReplication(spec, seed, replication);
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
  const { demand } = operation;
  const sum = emptyCounts(layOutPlan(operation, 0, 0));
  for (const { counts } of shares) addCounts(sum, counts);
  const classes = demand.queues.length;
  const rates = shares.map((share) => share.rates);
  const column = (field: number): number[] => rates.flatMap((own) => lineTotals(own, classes, field));
  const offered = column(2);
  return {
    outcome: outcomeOf(operation, sum, replications),
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

const callerEnds = ({ calls, width }: LineCounts, replications: number) => {
  const mean = (field: number): number => {
    let total = 0;
    for (let at = field; at < calls.length; at += width) total += calls[at] ?? 0;
    return total / replications;
  };
  return {
    first: mean(countField.fresh),
    settledByOperator: mean(countField.settledByOperator),
    settledByCallBack: mean(countField.settledByCallBack),
    gaveUpAfterAbandoning: mean(countField.gaveUpAfterAbandoning),
    gaveUpAfterBlocking: mean(countField.gaveUpAfterBlocking),
    settledOnline: mean(countField.settledOnline),
    /** Sent to another time and never back. */
    divertedForGood: mean(countField.divertedForGood),
    /** Would call again after the horizon, or still waits at its end. */
    stillOpen: mean(countField.stillOpen),
  };
};

/** What became of first callers in the end, means per replication: the parts sum to `first`. */
type CallerEnds = Readonly<ReturnType<typeof callerEnds>>;

const outcomeOf = (
  { demand, capacity, policy }: Operation,
  sum: LineCounts,
  replications: number,
): Outcome => {
  const { horizon } = demand;
  const calledBack = new Set(policy.callBacks?.map(({ queue }) => queue));
  const { count } = horizon;
  const seconds = horizon.intervalMinutes * 60;
  const classes = demand.queues.length;
  const mean = (values: Float64Array, from: number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => (values[from + i] ?? 0) / replications);
  return {
    horizon,
    method: 'simulated',
    queues: demand.queues.map(({ queue }, c) => ({
      ...queueOutcome(queue, c, count, sum, replications),
      ...(calledBack.has(queue) ? { callBacks: callBackOutcome(c, count, sum, replications) } : {}),
    })),
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

const callBackOutcome = (
  c: number,
  count: number,
  { callBacks }: LineCounts,
  replications: number,
): CallBackOutcome => {
  const field = (name: keyof CallBackOutcome): Float64Array =>
    Float64Array.from(
      { length: count },
      (_, i) => (callBacks[(c * count + i) * callBackWidth + callBackField[name]] ?? 0) / replications,
    );
  return {
    lost: field('lost'),
    calledAgain: field('calledAgain'),
    dialled: field('dialled'),
    reached: field('reached'),
    reachedSeconds: field('reachedSeconds'),
    givenUp: field('givenUp'),
    listed: field('listed'),
  };
};

const exponential: DurationLaw = { law: 'exp', parameter: 1 };

/** Stream of the draws that round ready operators to whole ones; calls use the low streams. */
const staffStream = 0x40_00_00_00;

/**
 * A plan as a line to simulate. Replication r takes `path`, demand path r (in turn), and calls arrive as a Poisson process
 * with the rates of the path (of the mean where there are none); where `counts` are given, by queue, exactly the
 * path's counts arrive instead. Handle time and patience are exponential, as in the formulas; operators are those who turn up in path r. A fraction of an
 * operator is one who is there in that share of the replications.
 */
const layOutPlan = (
  { demand, capacity, policy }: Operation,
  seed: number,
  replication: number,
  counts?: readonly CountPaths[],
  path = replication,
): LineSpec => {
  const { count, intervalMinutes } = demand.horizon;
  const channels = policy.channels.map((channel) => channel.channel);
  const names = demand.queues.map((queue) => queue.queue);
  const random = seededRandom(seed, staffStream + replication);
  return {
    intervals: count,
    intervalSeconds: intervalMinutes * 60,
    warmupSeconds: 0,
    trunks: capacity.trunks,
    maxAttempts: Infinity,
    staffedUntilLastEvent: false,
    channelCapacity: policy.channels.map((channel) => channel.capacityPerInterval),
    classes: demand.queues.map((queue, q) => ({
      ...layOutQueue(queue, capacity, policy, names, channels, path),
      ...arrivalsOf(queue, path, count, counts?.[q]),
    })),
    pools: capacity.tiers.map((tier) => {
      const draw = random.uniform();
      return {
        staff: Int32Array.from({ length: count }, (_, i) =>
          Math.floor(operatorsAt(tier, path, i, count) + draw),
        ),
        classPriority: Float64Array.from(demand.queues, ({ queue }) => priorityOf(policy, queue, tier.tier)),
      };
    }),
  };
};

const policyOf = (policy: Policy, queue: string): QueuePolicy | undefined =>
  policy.queues.find((own) => own.queue === queue);

const priorityOf = (policy: Policy, queue: string, tier: string): number => {
  const own = policyOf(policy, queue);
  return own?.routes.some((route) => route.tier === tier) === true ? own.priority : Infinity;
};

/** The first calls of a queue: as many as the path has rates for, or exactly its counts. */
const arrivalsOf = (
  queue: QueueDemand,
  path: number,
  count: number,
  counts: CountPaths | undefined,
): Pick<LineClass, 'arrivals' | 'freshCalls'> => {
  if (queue.pathCount === 0) return { arrivals: 'poisson', freshCalls: queue.freshMean };
  const from = (path % queue.pathCount) * count;
  const freshCalls = (counts ?? queue.ratePaths).subarray(from, from + count);
  return { arrivals: counts === undefined ? 'poisson' : 'counted', freshCalls };
};

const layOutQueue = (
  queue: QueueDemand,
  capacity: Capacity,
  policy: Policy,
  names: readonly string[],
  channels: readonly string[],
  index: number,
): Omit<LineClass, 'arrivals' | 'freshCalls'> => {
  const ofQueue = policyOf(policy, queue.queue);
  const path = queue.pathCount > 0 ? index % queue.pathCount : -1;
  const { repeats, behaviour } = queue;
  const patience = queue.patienceSeconds * (behaviour?.patience[path] ?? 1);
  const again = (chance: number): number =>
    Math.min(Math.max(chance, 0.95), chance * (behaviour?.repeats[path] ?? 1));
  const threshold = ofQueue?.answerTimeThresholdSeconds ?? 0;
  return {
    serviceMeanSeconds: queue.handleTimeSeconds.map((s) => s * (behaviour?.handleTime[path] ?? 1)),
    serviceLaw: exponential,
    patienceMeanSeconds: queue.patienceSeconds === Infinity ? 1 : patience,
    patienceLaw: queue.patienceSeconds === Infinity ? { law: 'inf', parameter: 0 } : exponential,
    afterAbandon: { chance: again(repeats.afterAbandon), delaySeconds: repeats.afterAbandonDelaySeconds },
    afterBlock: { chance: again(repeats.afterBlock), delaySeconds: repeats.afterBlockDelaySeconds },
    reconnect: { chance: again(repeats.reconnect), delaySeconds: repeats.reconnectDelaySeconds },
    diversion: undefined,
    routes: [...(ofQueue?.routes ?? [])]
      .sort((a, b) => a.preference - b.preference)
      .flatMap((route) => {
        const pool = capacity.tiers.findIndex((tier) => tier.tier === route.tier);
        return pool < 0 ? [] : [{ pool, delaySeconds: route.overflowDelaySeconds }];
      }),
    containedShare: ofQueue?.smartVoiceShare ?? 0,
    prompts: inPlayingOrder(policy.prompts.filter((own) => own.queue === queue.queue)).map((own) =>
      layOutPrompt(own, policy, channels),
    ),
    transfers: compileTransfers(names, ofQueue === undefined ? [] : [ofQueue]).map((way) => ({
      toClass: way.to,
      share: way.share,
      holding: way.holding,
      beforeSeconds:
        way.beforeSeconds === undefined ? undefined : way.beforeSeconds * (behaviour?.handleTime[path] ?? 1),
    })),
    callBacks: policy.callBacks?.find((own) => own.queue === queue.queue),
    answerLimitsSeconds: [threshold],
    abandonLimitsSeconds: [ofQueue?.shortAbandonSeconds ?? 0, threshold],
  };
};

/** A channel's own failure share, where it is listed, replaces the prompt's assumed one. */
const layOutPrompt = (
  placement: PromptPlacement,
  policy: Policy,
  channels: readonly string[],
): LinePrompt => {
  const channel = placement.channel === undefined ? -1 : channels.indexOf(placement.channel);
  const failure = policy.channels[channel]?.failureShare;
  return {
    on: placement.on,
    offPeakTarget: placement.offPeakTarget,
    ...(placement.offPeakReturn === undefined ? {} : { offPeakReturn: placement.offPeakReturn }),
    offeredAboveSeconds: offeredAboveSeconds(placement),
    channel,
    response:
      failure === undefined ? placement.response : { ...placement.response, onlineFailureShare: failure },
  };
};
