import type { Policy, QueuePolicy } from '../kernel/hotline.ts';
import type { PooledInput, PooledMeasures, PooledWork } from './pooled-system.ts';
import type { ThinnedWork } from './thinned-queue.ts';

/** A queue's way to one tier. */
export interface TierRoute {
  readonly tier: number;
  readonly preference: number;
  /** Seconds a call waits before this tier may take it, beyond the least delay of the queue's routes. */
  readonly delaySeconds: number;
}

/** Queues, tiers and the routes between them by index: what does not change from interval to interval. */
export interface TierSystem {
  readonly queueNames: readonly string[];
  readonly tierNames: readonly string[];
  readonly queues: readonly {
    /** By delay, then preference. */
    readonly routes: readonly TierRoute[];
    readonly priority: number;
    readonly thresholdSeconds: number;
    readonly shortSeconds: number;
    /** Seconds that every call waits before any tier may take it. */
    readonly baseDelaySeconds: number;
    /** Queues with the very same tiers, without delays, share a group: they form one pooled system. */
    readonly group: number;
  }[];
  /**
   * By two queues (`queue * queues + other`), those that wait only when all tiers of both are busy; undefined where the
   * other's tiers are among the queue's own, or a delay hides which are free.
   */
  readonly unions: readonly (readonly number[] | undefined)[];
  /** The tiers of each queue's routes one after another: those of queue q stand from `waysFrom[q]` to before `waysFrom[q + 1]`. */
  readonly ways: Int32Array;
  readonly waysFrom: Int32Array;
  /** By queue, the queues of another priority that share a tier with it. */
  readonly rivals: readonly Int32Array[];
  /** True when a call has to wait before some tier may take it. */
  readonly delayed: boolean;
  /** True when all queues form one pooled system. */
  readonly pooled: boolean;
  /** True when all queues have one priority. */
  readonly samePriority: boolean;
  /** Ways on from queue to queue. */
  readonly transfers: readonly TransferRoute[];
}

const shareTier = (one: readonly TierRoute[], other: readonly TierRoute[]): boolean =>
  one.some(({ tier }) => other.some((route) => route.tier === tier));

/**
 * Compiles routing. A queue without a policy has no routes: its calls abandon. Routes to tiers that are not
 * named are left out.
 */
export const compileTiers = (
  queueNames: readonly string[],
  tierNames: readonly string[],
  policy: Policy,
): TierSystem => {
  const keys: string[] = [];
  const queues = queueNames.map((name) => {
    const found = policy.queues.find((q) => q.queue === name);
    const known = (found?.routes ?? []).filter((route) => tierNames.includes(route.tier));
    const base = known.length === 0 ? 0 : Math.min(...known.map((route) => route.overflowDelaySeconds));
    const routes = known
      .map((route) => ({
        tier: tierNames.indexOf(route.tier),
        preference: route.preference,
        delaySeconds: route.overflowDelaySeconds - base,
      }))
      .sort((a, b) => a.delaySeconds - b.delaySeconds || a.preference - b.preference || a.tier - b.tier);
    const delayed = routes.some((route) => route.delaySeconds > 0);
    const set = [...new Set(routes.map((route) => route.tier))].sort((a, b) => a - b).join(',');
    const key = delayed ? `alone ${name}` : set;
    if (!keys.includes(key)) keys.push(key);
    return {
      routes,
      priority: found?.priority ?? 1,
      thresholdSeconds: found?.answerTimeThresholdSeconds ?? 0,
      shortSeconds: found?.shortAbandonSeconds ?? 0,
      baseDelaySeconds: base,
      group: keys.indexOf(key),
    };
  });
  const unions = queues.flatMap((own) =>
    queues.map(({ routes }) => {
      if ([...own.routes, ...routes].some(({ delaySeconds }) => delaySeconds > 0)) return undefined;
      const has = (all: readonly TierRoute[], tier: number): boolean =>
        all.some((route) => route.tier === tier);
      const both = [...own.routes, ...routes].map(({ tier }) => tier);
      return both.every((tier) => has(own.routes, tier))
        ? undefined
        : queues.flatMap((third, s) => (both.every((tier) => has(third.routes, tier)) ? [s] : []));
    }),
  );
  const samePriority = queues.every((queue) => queue.priority === queues[0]?.priority);
  const waysFrom = new Int32Array(queues.length + 1);
  queues.forEach(({ routes }, q) => {
    waysFrom[q + 1] = (waysFrom[q] ?? 0) + routes.length;
  });
  return {
    queueNames,
    tierNames,
    queues,
    unions,
    ways: Int32Array.from(queues.flatMap(({ routes }) => routes.map(({ tier }) => tier))),
    waysFrom,
    rivals: queues.map(({ routes, priority }) =>
      Int32Array.from(
        [...queues.entries()]
          .filter(([, other]) => other.priority !== priority && shareTier(routes, other.routes))
          .map(([r]) => r),
      ),
    ),
    delayed: queues.some(({ routes }) => routes.some(({ delaySeconds }) => delaySeconds > 0)),
    pooled: keys.length === 1,
    samePriority,
    transfers: compileTransfers(queueNames, policy.queues),
  };
};

/**
 * What the intervals of a run are worked out in, made once for all of its paths: no answer hangs on what it holds from
 * the question before. By queue where an array is, or by a queue's ways to tiers.
 */
export interface QueueWork {
  readonly pooled: PooledWork;
  readonly thinned: ThinnedWork;
  readonly input: PooledInput;
  /** Of the whole view, up to a priority, and above it. */
  readonly whole: PooledMeasures;
  readonly level: PooledMeasures;
  readonly above: PooledMeasures;
  /** What a tier that helps after a delay meets; no lines, redials or other loads are ever set in it. */
  readonly reaching: PooledInput;
  readonly reached: PooledMeasures;
  /** As last seen: chance that all of a queue's tiers are busy, that somebody waits, and calls that wait, in Erlangs. */
  readonly chances: { busy: number; queued: number };
  readonly allBusy: Float64Array;
  readonly queued: Float64Array;
  readonly waiting: Float64Array;
  /** The same by tier, over the queues that it answers. */
  readonly waitingAt: Float64Array;
  /** New shares of a queue by way, and the other queues' load there. */
  readonly fresh: Float64Array;
  readonly othersBy: Float64Array;
}

/** One way on from a queue to another, by index. */
export interface TransferRoute {
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly holding: boolean;
  /** Mean seconds of the first operator before it; undefined: the queue's handle time. */
  readonly beforeSeconds: number | undefined;
}

/** Ways on that lead to a known queue and take a share, in the order of the policy. */
export const compileTransfers = (
  queueNames: readonly string[],
  policies: readonly QueuePolicy[],
): readonly TransferRoute[] =>
  policies.flatMap(({ queue, transfers }) =>
    (transfers ?? []).flatMap(({ toQueue, share, holding, beforeSeconds }): TransferRoute[] => {
      const from = queueNames.indexOf(queue);
      const to = queueNames.indexOf(toQueue);
      return from < 0 || to < 0 || share <= 0 ? [] : [{ from, to, share, holding, beforeSeconds }];
    }),
  );
