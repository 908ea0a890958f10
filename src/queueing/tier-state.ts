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
  const unions = queues.flatMap((queue) =>
    queues.map(({ routes }) => {
      if ([...queue.routes, ...routes].some(({ delaySeconds }) => delaySeconds > 0)) return undefined;
      const has = (all: readonly TierRoute[], tier: number): boolean =>
        all.some((route) => route.tier === tier);
      const both = [...queue.routes, ...routes].map(({ tier }) => tier);
      return both.every((tier) => has(queue.routes, tier))
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
 * What the intervals of a run are worked out in, made once for all of its paths: no answer depends on what it holds from
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

/** How tiers share the load of an interval, as it is settled on mean demand and then used on sample paths. */
export type Allocation = Readonly<Pick<TierState, 'share' | 'reach' | 'viewBusy' | 'viewPart'>>;

/** Takes over an allocation. */
export const putAllocation = (state: TierState, from: Allocation): void => {
  putValues(state.share, from.share);
  putValues(state.reach, from.reach);
  putValues(state.viewBusy, from.viewBusy);
  putValues(state.viewPart, from.viewPart);
};

/** What few values there are is copied by a loop: `set` takes longer to begin than they do. */
const putValues = (to: Float64Array, from: Float64Array): void => {
  for (let i = 0; i < to.length; i += 1) to[i] = from[i] as number;
};

/** An interval with nobody on duty, no load and endless patience, to be filled in. */
export const newTierState = (system: TierSystem, work: QueueWork) => {
  const queues = system.queueNames.length;
  const pairs = queues * system.tierNames.length;
  return {
    /** What the interval is worked out in; shared by the paths of a run. */
    work,
    /** Operators per tier. */
    operators: new Float64Array(system.tierNames.length),
    /** Offered load per queue, Erlangs. */
    load: new Float64Array(queues),
    /** The load at the interval's start less the one that its arrivals settle at, Erlangs. */
    loadMoved: new Float64Array(queues),
    handleSeconds: new Float64Array(queues).fill(1),
    patienceSeconds: new Float64Array(queues).fill(Infinity),
    /** Chance that a caller who hangs up calls again, and the mean seconds until then. */
    redialChance: new Float64Array(queues),
    redialDelaySeconds: new Float64Array(queues),
    /** The same of one who finds no line, within the interval. */
    blockedChance: new Float64Array(queues),
    blockedDelaySeconds: new Float64Array(queues),
    /** Share of a queue's load that each tier takes; sums to 1 where the queue has a staffed tier. */
    share: new Float64Array(pairs),
    /** How much of a tier's time a queue can count on: 1, or less where calls overflow after a delay. */
    reach: new Float64Array(pairs),
    /** Load that tries each tier, taken there or not: those before it in order were busy. */
    tried: new Float64Array(pairs),
    /** Pooled number of operators and load that a queue sees, and the mix of those loads. */
    viewOperators: new Float64Array(queues),
    viewLoad: new Float64Array(queues),
    /** That load while all of the view's operators are busy, and while one is free; chance of the former. */
    viewLoadBusy: new Float64Array(queues),
    viewLoadFree: new Float64Array(queues),
    viewBusy: new Float64Array(queues),
    /** Load of all queues that reach a tier, Erlangs, by tier. */
    viewTierLoad: new Float64Array(system.tierNames.length),
    /** Where all wait, operators of each tier who take up a queue's callers (queue × tier), and over all tiers by queue. */
    viewTaking: new Float64Array(pairs),
    viewTakingAll: new Float64Array(queues),
    /** Of those who hang up, the share that is soon back, by queue. */
    viewSoonBack: new Float64Array(queues),
    /** Of a queue's calls that find no line, the share that is back while all lines are still taken. */
    viewSoonBlocked: new Float64Array(queues),
    /** Load that the movement of the view's within the interval adds to its mean, Erlangs. */
    viewMoving: new Float64Array(queues),
    viewHandle: new Float64Array(queues),
    viewTheta: new Float64Array(queues),
    /** Calls more a handle time for each who waits, of those who hang up and are soon back (`rise` of PooledInput). */
    viewRise: new Float64Array(queues),
    /** Part of the view's load whose priority is not below the queue's own, and the part strictly above it. */
    viewLevel: new Float64Array(queues),
    viewAbove: new Float64Array(queues),
    /** Share of the queue's load on tiers where calls of another priority compete: there priority counts. */
    viewRivalry: new Float64Array(queues),
    /** Share of the view's calls that each queue brings (`queue * queues + other`). */
    viewMix: new Float64Array(queues * queues),
    /** How much of each other queue's load a queue sees on its tiers (`queue * queues + other`). */
    viewPart: new Float64Array(queues * queues),
  };
};

/** One interval as the tiers meet it. Pair arrays are queue × tier (`queue * tiers + tier`). */
export type TierState = Readonly<ReturnType<typeof newTierState>>;

/** Starts an allocation: every queue's load over its tiers in proportion to their operators. */
export const startAllocation = (system: TierSystem, state: TierState): void => {
  const tiers = system.tierNames.length;
  state.share.fill(0);
  state.reach.fill(0);
  state.viewBusy.fill(0);
  system.queues.forEach((queue, q) => {
    const total = queue.routes.reduce((sum, route) => sum + (state.operators[route.tier] ?? 0), 0);
    for (const route of queue.routes) {
      const operators = state.operators[route.tier] ?? 0;
      state.reach[q * tiers + route.tier] = operators > 0 ? (route.delaySeconds > 0 ? 0.3 : 1) : 0;
      state.share[q * tiers + route.tier] = total > 0 ? operators / total : 0;
      state.tried[q * tiers + route.tier] = (state.load[q] ?? 0) * (state.share[q * tiers + route.tier] ?? 0);
    }
  });
};

/**
 * Refreshes what each queue sees: its tiers' operators (as far as it reaches them) and, as load, its own
 * calls and what the other queues put on those tiers. Handle time and patience are harmonised by load:
 * mean handle time per call, and hang-ups per second of waiting averaged over calls. With `kept` shares only loads, handle
 * times and patience have moved since the last time; with those that were `put` (`putAllocation`) operators as well.
 */
export const refreshViews = (system: TierSystem, state: TierState, shares?: 'kept' | 'put'): void => {
  const queues = state.load.length;
  if (!system.pooled) shareTiers(system, state);
  for (let r = 0; r < queues; r += 1) {
    state.viewSoonBack[r] = soonBackShare(state, r);
    state.viewSoonBlocked[r] = soonBlockedShare(state, r);
  }
  if (shares !== 'kept')
    for (let q = 0; q < queues; q += 1) {
      lookAtTiers(system, state, q);
      if (shares !== 'put') lookAtParts(system, state, q);
    }
  for (let q = 0; q < queues; q += 1) {
    // In one pool with one priority all see the same.
    if (q > 0 && system.pooled && system.samePriority) copyView(state, q);
    else mixView(system, state, q);
  }
};

/** What all queues that reach a tier would bring to it if each brought all: they share it in that proportion where all wait. */
const shareTiers = (system: TierSystem, state: TierState): void => {
  const { load, operators, viewTierLoad, viewTaking, viewTakingAll } = state;
  const tiers = operators.length;
  for (let tier = 0; tier < tiers; tier += 1) viewTierLoad[tier] = 0;
  const { ways, waysFrom } = system;
  for (let q = 0, way = 0; q < load.length; q += 1) {
    const ofQueue = load[q] as number;
    for (const end = waysFrom[q + 1] as number; way < end; way += 1) {
      const tier = ways[way] as number;
      viewTierLoad[tier] = (viewTierLoad[tier] as number) + ofQueue;
    }
  }
  for (let q = 0, way = 0; q < load.length; q += 1) {
    const ofQueue = load[q] as number;
    let all = 0;
    for (const end = waysFrom[q + 1] as number; way < end; way += 1) {
      const tier = ways[way] as number;
      const taking = ((operators[tier] as number) * ofQueue) / ((viewTierLoad[tier] as number) || 1);
      viewTaking[q * tiers + tier] = taking;
      all += taking;
    }
    viewTakingAll[q] = all;
  }
};

/** The operators that a queue sees, and where calls of another priority compete. */
const lookAtTiers = (system: TierSystem, state: TierState, q: number): void => {
  const tiers = system.tierNames.length;
  const { reach } = state;
  const { ways, waysFrom } = system;
  const [from, to] = [waysFrom[q] as number, waysFrom[q + 1] as number];
  let operators = 0;
  for (let way = from; way < to; way += 1) {
    const tier = ways[way] as number;
    operators += (state.operators[tier] ?? 0) * (reach[q * tiers + tier] ?? 0);
  }
  state.viewOperators[q] = operators;
  state.viewRivalry[q] = system.samePriority ? 0 : rivalry(system, state, q);
};

/** Which parts of the others' loads a queue sees on its tiers. */
const lookAtParts = (system: TierSystem, { load, share, reach, viewPart }: TierState, q: number): void => {
  const tiers = system.tierNames.length;
  const queues = load.length;
  const { ways, waysFrom } = system;
  const [from, to] = [waysFrom[q] as number, waysFrom[q + 1] as number];
  for (let r = 0; r < queues; r += 1) {
    let part = r === q ? 1 : 0;
    if (r !== q)
      for (let way = from; way < to; way += 1) {
        const tier = ways[way] as number;
        part += (share[r * tiers + tier] ?? 0) * (reach[q * tiers + tier] ?? 0);
      }
    viewPart[q * queues + r] = part;
  }
};

/** Below it nobody waits, and what comes then moves nothing. */
const leastBusy = 1e-9;

/**
 * Of another queue's load, the share that comes to the view while all of the view's operators are busy: as far as the
 * other's own tiers are busy as well, and then as far as the operators that take its callers up are the view's. Where
 * all wait, a tier takes up the callers of each queue in proportion to what they bring.
 */
const partWhileBusy = (
  system: TierSystem,
  { viewBusy, viewTaking, viewTakingAll, reach }: TierState,
  union: readonly number[],
  q: number,
  r: number,
): number => {
  const tiers = system.tierNames.length;
  const chance = viewBusy[q] ?? 0;
  let both = Math.min(chance, viewBusy[r] ?? 0);
  for (let u = 0; u < union.length; u += 1) both = Math.min(both, viewBusy[union[u] as number] ?? 0);
  let within = 0;
  const { ways, waysFrom } = system;
  for (let way = waysFrom[r] as number; way < (waysFrom[r + 1] as number); way += 1) {
    const tier = ways[way] as number;
    within += (viewTaking[r * tiers + tier] ?? 0) * (reach[q * tiers + tier] ?? 0);
  }
  const all = viewTakingAll[r] ?? 0;
  return all > 0 ? (both / chance) * (within / all) : 0;
};

/**
 * Of a queue's callers who hang up, the share that is back while it is still as full as they left it. What is left of
 * a queue's fullness after a while falls like e^(−t/τ), and delays are exponential: p·τ / (τ + delay). τ is
 * 0.45 · (handle time + patience), as the exact chain of callers on the line and callers about to call again shows for
 * 2 to 25 operators, patience from a quarter of to twice a handle time and delays from one to six: with it connection
 * and answers within 15 seconds are off by a fifth of what they are without.
 */
const soonBackShare = (state: TierState, q: number): number => {
  const chance = state.redialChance[q] ?? 0;
  if (chance === 0) return 0;
  const lasting = 0.45 * ((state.handleSeconds[q] ?? 1) + (state.patienceSeconds[q] ?? Infinity));
  return lasting === Infinity ? 0 : (chance * lasting) / (lasting + (state.redialDelaySeconds[q] ?? 0));
};

/**
 * Of a queue's calls that find no line, the share that is back while all are still taken: p·τ / (τ + delay) as above. τ is
 * 0.7 of the time after which one who waits is served or has hung up, as the exact chain of callers on the line and callers
 * about to call again shows for 3 to 40 operators, up to twelve places to wait and delays of 30 to 400 seconds: with it the
 * share of calls that find no line is off by a fifth of what it is without.
 */
const soonBlockedShare = (state: TierState, q: number): number => {
  const chance = state.blockedChance[q] ?? 0;
  if (chance === 0) return 0;
  const lasting = 0.7 / (1 / (state.handleSeconds[q] ?? 1) + 1 / (state.patienceSeconds[q] ?? Infinity));
  return Math.min(0.95, (chance * lasting) / (lasting + (state.blockedDelaySeconds[q] ?? 0)));
};

/**
 * The load of a queue's view while all of its operators are busy, and while one is free: they average to its mean load,
 * and the queue's own calls (`own`) come at any time.
 */
const splitByBusy = (state: TierState, q: number, whileBusy: number, offered: number): void => {
  const mean = state.viewLoad[q] ?? 0;
  const chance = state.viewBusy[q] ?? 0;
  const least = Math.min(mean, Math.max(offered, leastPart * mean));
  const busy =
    whileBusy === 0
      ? mean
      : Math.max(least, Math.min(mean + whileBusy, (mean - (1 - chance) * least) / chance));
  state.viewLoadBusy[q] = busy;
  state.viewLoadFree[q] =
    busy === mean ? mean : Math.max(least, (mean - chance * busy) / Math.max(1e-9, 1 - chance));
};

/** Least part of the mean load that comes at any time: what is left over by rounding is no load. */
const leastPart = 0.05;

const mixView = (system: TierSystem, state: TierState, q: number): void => {
  const queues = state.load.length;
  const { load, handleSeconds, patienceSeconds, viewMix, viewPart, viewSoonBack } = state;
  const priority = system.queues[q]?.priority ?? 1;
  let erlangs = 0;
  let calls = 0;
  let leaving = 0;
  let soonBack = 0;
  /** How much more comes while all are busy than on average. */
  let whileBusy = 0;
  const split = !system.pooled && (state.viewBusy[q] ?? 0) > leastBusy;
  let level = 0;
  let above = 0;
  for (let r = 0; r < queues; r += 1) {
    const part = viewPart[q * queues + r] ?? 0;
    const weight = (load[r] ?? 0) * part + (r === q ? leastViewLoad : 0);
    const union = split ? system.unions[q * queues + r] : undefined;
    if (union !== undefined) whileBusy += (load[r] ?? 0) * (partWhileBusy(system, state, union, q, r) - part);
    const rate = weight / (handleSeconds[r] ?? 1);
    erlangs += weight;
    calls += rate;
    const hangingUp = rate / (patienceSeconds[r] ?? Infinity);
    leaving += hangingUp;
    soonBack += hangingUp * (viewSoonBack[r] ?? 0);
    viewMix[q * queues + r] = rate;
    const other = system.queues[r]?.priority ?? 1;
    if (other <= priority) level += weight;
    if (other < priority) above += weight;
  }
  for (let r = 0; r < queues; r += 1) viewMix[q * queues + r] = (viewMix[q * queues + r] ?? 0) / calls;
  state.viewLoad[q] = erlangs;
  splitByBusy(state, q, whileBusy, (load[q] ?? 0) * (viewPart[q * queues + q] ?? 0));
  state.viewHandle[q] = erlangs / calls;
  const theta = (leaving / calls) * (erlangs / calls);
  state.viewTheta[q] = theta < leastTheta ? 0 : theta;
  state.viewRise[q] = theta < leastTheta || !(soonBack > 0) ? 0 : (soonBack / leaving) * theta;
  state.viewLevel[q] = level;
  state.viewAbove[q] = above;
};

/** How far above where it settles the load of a queue's view starts: its queues' loads move together. */
export const viewMoved = (
  { loadMoved }: Pick<TierState, 'loadMoved'>,
  { viewPart }: Pick<TierState, 'viewPart'>,
  q: number,
): number => {
  let sum = 0;
  for (let r = 0; r < loadMoved.length; r += 1)
    sum += (loadMoved[r] ?? 0) * (viewPart[q * loadMoved.length + r] ?? 0);
  return sum;
};

/** A queue sees what the first one sees. */
const copyView = (state: TierState, q: number): void => {
  const queues = state.load.length;
  state.viewMix.copyWithin(q * queues, 0, queues);
  state.viewLoad[q] = state.viewLoad[0] ?? 0;
  state.viewHandle[q] = state.viewHandle[0] ?? 1;
  state.viewTheta[q] = state.viewTheta[0] ?? 0;
  state.viewRise[q] = state.viewRise[0] ?? 0;
  state.viewLoadBusy[q] = state.viewLoadBusy[0] ?? 0;
  state.viewLoadFree[q] = state.viewLoadFree[0] ?? 0;
  state.viewLevel[q] = state.viewLevel[0] ?? 0;
  state.viewAbove[q] = 0;
};

const rivalry = (system: TierSystem, state: TierState, q: number): number => {
  const tiers = system.tierNames.length;
  const { load, share } = state;
  const { ways, waysFrom } = system;
  const rivals = system.rivals[q] as Int32Array;
  let contested = 0;
  if (rivals.length === 0) return 0;
  for (let way = waysFrom[q] as number; way < (waysFrom[q + 1] as number); way += 1) {
    const tier = ways[way] as number;
    for (let i = 0; i < rivals.length; i += 1) {
      const r = rivals[i] as number;
      if (!((load[r] ?? 0) * (share[r * tiers + tier] ?? 0) > 1e-6)) continue;
      contested += share[q * tiers + tier] ?? 0;
      break;
    }
  }
  return contested;
};

/** Patience beyond a million handle times is endless: a chain that long would be walked for nothing. */
const leastTheta = 1e-6;

/** Keeps the mix of an empty view defined. */
const leastViewLoad = 1e-12;

/** Zeros for so many queues, to be overwritten. */
export const newQueueMeasures = (queues: number) => ({
  block: new Float64Array(queues),
  wait: new Float64Array(queues),
  abandon: new Float64Array(queues),
  answer: new Float64Array(queues),
  within: new Float64Array(queues),
  abandonWithin: new Float64Array(queues),
  abandonShort: new Float64Array(queues),
  /** E[wait; answered] and E[wait; admitted] per offered call. */
  answeredWait: new Float64Array(queues),
  allWait: new Float64Array(queues),
  /** E[wait in the queue; admitted] per offered call: without announcements and delays before the queue. */
  queuedWait: new Float64Array(queues),
  /** Abandoned of all calls in the queue's view, as last seen: the next round's load leaves out who is soon back. */
  viewAbandon: new Float64Array(queues),
  /** Share of the view's calls that are not those of callers who found no line and are soon back, as last seen. */
  viewUnblocked: new Float64Array(queues),
  /** Chance that all operators of a queue's view are busy. */
  viewBusy: new Float64Array(queues),
});

/** What one offered call of each queue meets in an interval; arrays by queue. Waits in seconds. */
export type QueueMeasures = Readonly<ReturnType<typeof newQueueMeasures>>;
