import {
  busyChances,
  firstTiersBusy,
  evaluatePooled,
  newPooledInput,
  newPooledMeasures,
} from './pooled-system.ts';
import type { TierRoute, TierSystem } from './tier-system.ts';

/** One interval as the tiers meet it. Pair arrays are queue × tier (`queue * tiers + tier`). */
export interface TierState {
  /** Operators per tier. */
  readonly operators: Float64Array;
  /** Offered load per queue, Erlangs. */
  readonly load: Float64Array;
  readonly handleSeconds: Float64Array;
  readonly patienceSeconds: Float64Array;
  /** Share of a queue's load that each tier takes; sums to 1 where the queue has a staffed tier. */
  readonly share: Float64Array;
  /** How much of a tier's time a queue can count on: 1, or less where calls overflow after a delay. */
  readonly reach: Float64Array;
  /** Load that tries each tier, taken there or not: those before it in order were busy. */
  readonly tried: Float64Array;
  /** Pooled number of operators and load that a queue sees, and the mix of those loads. */
  readonly viewOperators: Float64Array;
  readonly viewLoad: Float64Array;
  readonly viewHandle: Float64Array;
  readonly viewTheta: Float64Array;
  /** Part of the view's load whose priority is not below the queue's own, and the part strictly above it. */
  readonly viewLevel: Float64Array;
  readonly viewAbove: Float64Array;
  /** Share of the queue's load on tiers where calls of another priority compete: there priority counts. */
  readonly viewRivalry: Float64Array;
  /** Share of the view's calls that each queue brings (`queue * queues + other`). */
  readonly viewMix: Float64Array;
}

export const newTierState = (system: TierSystem): TierState => {
  const queues = system.queueNames.length;
  const pairs = queues * system.tierNames.length;
  return {
    operators: new Float64Array(system.tierNames.length),
    load: new Float64Array(queues),
    handleSeconds: new Float64Array(queues).fill(1),
    patienceSeconds: new Float64Array(queues).fill(Infinity),
    share: new Float64Array(pairs),
    reach: new Float64Array(pairs),
    tried: new Float64Array(pairs),
    viewOperators: new Float64Array(queues),
    viewLoad: new Float64Array(queues),
    viewHandle: new Float64Array(queues),
    viewTheta: new Float64Array(queues),
    viewLevel: new Float64Array(queues),
    viewAbove: new Float64Array(queues),
    viewRivalry: new Float64Array(queues),
    viewMix: new Float64Array(queues * queues),
  };
};

/** Starts an allocation: every queue's load over its tiers in proportion to their operators. */
export const startAllocation = (system: TierSystem, state: TierState): void => {
  const tiers = system.tierNames.length;
  state.share.fill(0);
  state.reach.fill(0);
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

/** Load of all other queues on a tier, Erlangs. */
const othersOn = (state: TierState, tiers: number, tier: number, queue: number): number => {
  let sum = 0;
  for (let q = 0; q < state.load.length; q += 1) {
    if (q !== queue) sum += (state.load[q] ?? 0) * (state.share[q * tiers + tier] ?? 0);
  }
  return sum;
};

/**
 * Refreshes what each queue sees: its tiers' operators (as far as it reaches them) and, as load, its own
 * calls and what the other queues put on those tiers. Handle time and patience are harmonised by load:
 * mean handle time per call, and hang-ups per second of waiting averaged over calls.
 */
export const refreshViews = (system: TierSystem, state: TierState): void => {
  const tiers = system.tierNames.length;
  const queues = state.load.length;
  for (let q = 0; q < queues; q += 1) {
    const routes = system.queues[q]?.routes ?? [];
    let operators = 0;
    for (const { tier } of routes)
      operators += (state.operators[tier] ?? 0) * (state.reach[q * tiers + tier] ?? 0);
    state.viewOperators[q] = operators;
    mixView(system, state, q);
  }
};

const mixView = (system: TierSystem, state: TierState, q: number): void => {
  const tiers = system.tierNames.length;
  const queues = state.load.length;
  const { load, share, reach, handleSeconds, patienceSeconds, viewMix } = state;
  const routes = system.queues[q]?.routes ?? [];
  const priority = system.queues[q]?.priority ?? 1;
  let erlangs = 0;
  let calls = 0;
  let leaving = 0;
  let level = 0;
  let above = 0;
  for (let r = 0; r < queues; r += 1) {
    let part = r === q ? 1 : 0;
    if (r !== q) {
      for (const { tier } of routes) part += (share[r * tiers + tier] ?? 0) * (reach[q * tiers + tier] ?? 0);
    }
    const weight = (load[r] ?? 0) * part + (r === q ? leastLoad : 0);
    const rate = weight / (handleSeconds[r] ?? 1);
    erlangs += weight;
    calls += rate;
    leaving += rate / (patienceSeconds[r] ?? Infinity);
    viewMix[q * queues + r] = rate;
    const other = system.queues[r]?.priority ?? 1;
    if (other <= priority) level += weight;
    if (other < priority) above += weight;
  }
  for (let r = 0; r < queues; r += 1) viewMix[q * queues + r] = (viewMix[q * queues + r] ?? 0) / calls;
  state.viewLoad[q] = erlangs;
  state.viewHandle[q] = erlangs / calls;
  const theta = (leaving / calls) * (erlangs / calls);
  state.viewTheta[q] = theta < leastTheta ? 0 : theta;
  state.viewLevel[q] = level;
  state.viewAbove[q] = above;
  state.viewRivalry[q] = system.samePriority ? 0 : rivalry(system, state, q);
};

const rivalry = (system: TierSystem, state: TierState, q: number): number => {
  const tiers = system.tierNames.length;
  const own = system.queues[q];
  let contested = 0;
  for (const { tier } of own?.routes ?? []) {
    for (let r = 0; r < state.load.length; r += 1) {
      const present = (state.load[r] ?? 0) * (state.share[r * tiers + tier] ?? 0) > 1e-6;
      if (!present || system.queues[r]?.priority === own?.priority) continue;
      contested += state.share[q * tiers + tier] ?? 0;
      break;
    }
  }
  return contested;
};

/** Patience beyond a million handle times is endless: a chain that long would be walked for nothing. */
const leastTheta = 1e-6;

/** Keeps the mix of an empty view defined. */
const leastLoad = 1e-12;

const input = newPooledInput();
const measures = newPooledMeasures();

/** Share of waiting calls of a queue that are still there when `delaySeconds` have passed. */
const reachAfter = (state: TierState, queue: number, delaySeconds: number): number => {
  const handle = state.viewHandle[queue] ?? 1;
  input.load = state.viewLoad[queue] ?? 0;
  input.operators = state.viewOperators[queue] ?? 0;
  input.theta = state.viewTheta[queue] ?? 0;
  input.threshold = delaySeconds / handle;
  input.short = -1;
  evaluatePooled(input, measures);
  const gone = measures.within - (1 - measures.wait) + measures.abandonWithin;
  return measures.wait > 1e-12 ? Math.min(1, Math.max(0, 1 - gone / measures.wait)) : 0;
};

/** Load of other queues that tries a tier, Erlangs. */
const rivalsTrying = (state: TierState, tiers: number, tier: number, queue: number): number => {
  let sum = 0;
  for (let q = 0; q < state.load.length; q += 1) {
    if (q !== queue) sum += state.tried[q * tiers + tier] ?? 0;
  }
  return sum;
};

const chances = { busy: 0, queued: 0 };
const fresh = new Float64Array(1024);

/** Tiers of one preference take what they find free in proportion to their operators. */
const evenOut = (routes: readonly TierRoute[], operators: Float64Array): void => {
  for (let from = 0; from < routes.length;) {
    let to = from;
    let found = 0;
    let staffed = 0;
    while (to < routes.length && sameRank(routes[from], routes[to])) {
      found += fresh[to] ?? 0;
      staffed += operators[routes[to]?.tier ?? -1] ?? 0;
      to += 1;
    }
    for (let i = from; i < to; i += 1) {
      if (staffed > 0) fresh[i] = (found * (operators[routes[i]?.tier ?? -1] ?? 0)) / staffed;
    }
    from = to;
  }
};

const sameRank = (a: TierRoute | undefined, b: TierRoute | undefined): boolean =>
  a?.preference === b?.preference && a?.delaySeconds === b?.delaySeconds;

/** New shares of one queue: found free in order of preference, else served by whichever tier is free first. */
const allocateQueue = (system: TierSystem, state: TierState, q: number, damping: number): void => {
  const tiers = system.tierNames.length;
  const queue = system.queues[q];
  if (queue === undefined) return;
  const { share, reach, operators, load } = state;
  const own = load[q] ?? 0;
  busyChances(state.viewLoad[q] ?? 0, state.viewOperators[q] ?? 0, state.viewTheta[q] ?? 0, chances);
  const { busy: all, queued } = chances;
  let prefixOperators = 0;
  let prefixLoad = 0;
  let busyBefore = 1;
  let waitWeight = 0;
  queue.routes.forEach((route, i) => {
    const pair = q * tiers + route.tier;
    const n = operators[route.tier] ?? 0;
    const others = othersOn(state, tiers, route.tier, q);
    const ownPart = (share[pair] ?? 0) * own;
    waitWeight += n * (reach[pair] ?? 0) * ((ownPart + 1e-9) / (ownPart + others + 1e-9));
    if (n <= 0 || route.delaySeconds > 0) {
      fresh[i] = 0;
      return;
    }
    prefixOperators += n;
    prefixLoad += busyBefore === 1 ? rivalsTrying(state, tiers, route.tier, q) : others;
    state.tried[pair] = own * busyBefore;
    const busy = Math.min(
      busyBefore,
      Math.max(all, firstTiersBusy(prefixLoad + own, prefixOperators, queued)),
    );
    fresh[i] = busyBefore - busy;
    busyBefore = busy;
  });
  evenOut(queue.routes, operators);
  let total = 0;
  queue.routes.forEach((route, i) => {
    const pair = q * tiers + route.tier;
    const n = operators[route.tier] ?? 0;
    const others = othersOn(state, tiers, route.tier, q);
    const ownPart = (share[pair] ?? 0) * own;
    if (route.delaySeconds > 0 && n > 0) {
      const after = reachAfter(state, q, route.delaySeconds);
      reach[pair] = (1 - damping) * (reach[pair] ?? 0) + damping * after;
      busyChances(ownPart + others, n, state.viewTheta[q] ?? 0, chances);
      fresh[i] = (fresh[i] ?? 0) + busyBefore * after * (1 - chances.busy);
    }
    const part = n * (reach[pair] ?? 0) * ((ownPart + 1e-9) / (ownPart + others + 1e-9));
    if (waitWeight > 0) fresh[i] = (fresh[i] ?? 0) + (busyBefore * part) / waitWeight;
    total += fresh[i] ?? 0;
  });
  queue.routes.forEach((route, i) => {
    const pair = q * tiers + route.tier;
    const wanted = total > 0 ? (fresh[i] ?? 0) / total : 0;
    share[pair] = (1 - damping) * (share[pair] ?? 0) + damping * wanted;
  });
};

/**
 * How much of each queue's load each tier takes: a damped fixed point. Of a queue's calls, those that find
 * somebody free go to the first free tier in order of preference (chance that all tiers up to one are busy,
 * from the pooled system of those tiers); those that wait go to the tiers in proportion to how often each
 * comes free for this queue. After it, `refreshViews` holds what each queue sees.
 */
export const allocateLoad = (system: TierSystem, state: TierState, rounds: number): void => {
  refreshViews(system, state);
  if (system.tierNames.length === 1) return;
  for (let round = 0; round < rounds; round += 1) {
    for (let q = 0; q < state.load.length; q += 1) allocateQueue(system, state, q, round === 0 ? 1 : 0.6);
    refreshViews(system, state);
  }
};
