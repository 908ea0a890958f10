import {
  operatorsAt,
  type Capacity,
  type Operation,
  type Policy,
  type PromptPlacement,
  type QueueDemand,
  type QueuePolicy,
} from '../../kernel/hotline.ts';
import { seededRandom } from '../../kernel/random.ts';
import type { CountPaths } from '../../kernel/sample-paths.ts';
import { compileTransfers } from '../transfer-routes.ts';
import { inPlayingOrder, offeredAboveSeconds } from '../prompt-audience.ts';
import type { DurationLaw } from './duration-law.ts';
import type { LineClass, LinePool, LinePrompt, LineSpec } from './line-spec.ts';

const exponential: DurationLaw = { law: 'exp', parameter: 1 };

/** Stream of the draws that round ready operators to whole ones; calls use the low streams. */
const staffStream = 0x40_00_00_00;

/**
 * A plan as a line to simulate. Replication r takes demand path r (in turn), and calls arrive as a Poisson process
 * with the rates of the path (of the mean where there are none); where `counts` are given, by queue, exactly the
 * path's counts arrive instead. Handle time and patience are exponential, as in the formulas; operators are those who turn up in path r. A fraction of an
 * operator is one who is there in that share of the replications.
 */
export const layOutPlan = (
  { demand, capacity, policy }: Operation,
  seed: number,
  replication: number,
  counts?: readonly CountPaths[],
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
      ...layOutQueue(queue, capacity, policy, names, channels, replication),
      ...arrivalsOf(queue, replication, count, counts?.[q]),
    })),
    pools: capacity.tiers.map((own): LinePool => {
      const draw = random.uniform();
      return {
        staff: Int32Array.from({ length: count }, (_, i) =>
          Math.floor(operatorsAt(own, replication, i, count) + draw),
        ),
        classPriority: Float64Array.from(demand.queues, ({ queue }) => priorityOf(policy, queue, own.tier)),
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
  replication: number,
  count: number,
  counts: CountPaths | undefined,
): Pick<LineClass, 'arrivals' | 'freshCalls'> => {
  if (queue.pathCount === 0) return { arrivals: 'poisson', freshCalls: queue.freshMean };
  const from = (replication % queue.pathCount) * count;
  const freshCalls = (counts ?? queue.ratePaths).subarray(from, from + count);
  return { arrivals: counts === undefined ? 'poisson' : 'counted', freshCalls };
};

const layOutQueue = (
  queue: QueueDemand,
  capacity: Capacity,
  policy: Policy,
  names: readonly string[],
  channels: readonly string[],
  replication: number,
): Omit<LineClass, 'arrivals' | 'freshCalls'> => {
  const own = policyOf(policy, queue.queue);
  const path = queue.pathCount > 0 ? replication % queue.pathCount : -1;
  const { repeats, behaviour } = queue;
  const patience = queue.patienceSeconds * (behaviour?.patience[path] ?? 1);
  const again = (chance: number): number =>
    Math.min(Math.max(chance, 0.95), chance * (behaviour?.repeats[path] ?? 1));
  const threshold = own?.answerTimeThresholdSeconds ?? 0;
  return {
    serviceMeanSeconds: queue.handleTimeSeconds.map((s) => s * (behaviour?.handleTime[path] ?? 1)),
    serviceLaw: exponential,
    patienceMeanSeconds: queue.patienceSeconds === Infinity ? 1 : patience,
    patienceLaw: queue.patienceSeconds === Infinity ? { law: 'inf', parameter: 0 } : exponential,
    afterAbandon: { chance: again(repeats.afterAbandon), delaySeconds: repeats.afterAbandonDelaySeconds },
    afterBlock: { chance: again(repeats.afterBlock), delaySeconds: repeats.afterBlockDelaySeconds },
    reconnect: { chance: again(repeats.reconnect), delaySeconds: repeats.reconnectDelaySeconds },
    diversion: undefined,
    routes: [...(own?.routes ?? [])]
      .sort((a, b) => a.preference - b.preference)
      .flatMap((route) => {
        const pool = capacity.tiers.findIndex((tier) => tier.tier === route.tier);
        return pool < 0 ? [] : [{ pool, delaySeconds: route.overflowDelaySeconds }];
      }),
    containedShare: own?.smartVoiceShare ?? 0,
    prompts: inPlayingOrder(policy.prompts.filter((own) => own.queue === queue.queue)).map((own) =>
      layOutPrompt(own, policy, channels),
    ),
    transfers: compileTransfers(names, own === undefined ? [] : [own]).map((way) => ({
      toClass: way.to,
      share: way.share,
      holding: way.holding,
      beforeSeconds:
        way.beforeSeconds === undefined ? undefined : way.beforeSeconds * (behaviour?.handleTime[path] ?? 1),
    })),
    answerLimitsSeconds: [threshold],
    abandonLimitsSeconds: [own?.shortAbandonSeconds ?? 0, threshold],
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
