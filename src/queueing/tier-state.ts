import type { TierSystem } from './tier-system.ts';

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
  /** How much of each other queue's load a queue sees on its tiers (`queue * queues + other`). */
  readonly viewPart: Float64Array;
}

/** An interval with nobody on duty, no load and endless patience, to be filled in. */
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
    viewPart: new Float64Array(queues * queues),
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

/**
 * Refreshes what each queue sees: its tiers' operators (as far as it reaches them) and, as load, its own
 * calls and what the other queues put on those tiers. Handle time and patience are harmonised by load:
 * mean handle time per call, and hang-ups per second of waiting averaged over calls. With `sharesKept` only loads, handle
 * times and patience have moved since the last time.
 */
export const refreshViews = (system: TierSystem, state: TierState, sharesKept = false): void => {
  const queues = state.load.length;
  for (let q = 0; q < queues; q += 1) {
    if (!sharesKept) lookAtTiers(system, state, q);
    // In one pool with one priority all see the same.
    if (q > 0 && system.pooled && system.samePriority) copyView(state, q);
    else mixView(system, state, q);
  }
};

/** The operators that a queue sees, and which parts of the others' loads. */
const lookAtTiers = (system: TierSystem, state: TierState, q: number): void => {
  const tiers = system.tierNames.length;
  const queues = state.load.length;
  const { share, reach, viewPart } = state;
  const routes = system.queues[q]?.routes ?? [];
  let operators = 0;
  for (const { tier } of routes) operators += (state.operators[tier] ?? 0) * (reach[q * tiers + tier] ?? 0);
  state.viewOperators[q] = operators;
  for (let r = 0; r < queues; r += 1) {
    let part = r === q ? 1 : 0;
    if (r !== q) {
      for (const { tier } of routes) part += (share[r * tiers + tier] ?? 0) * (reach[q * tiers + tier] ?? 0);
    }
    viewPart[q * queues + r] = part;
  }
};

const mixView = (system: TierSystem, state: TierState, q: number): void => {
  const queues = state.load.length;
  const { load, handleSeconds, patienceSeconds, viewMix, viewPart } = state;
  const priority = system.queues[q]?.priority ?? 1;
  let erlangs = 0;
  let calls = 0;
  let leaving = 0;
  let level = 0;
  let above = 0;
  for (let r = 0; r < queues; r += 1) {
    const weight = (load[r] ?? 0) * (viewPart[q * queues + r] ?? 0) + (r === q ? leastLoad : 0);
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

/** A queue sees what the first one sees. */
const copyView = (state: TierState, q: number): void => {
  const queues = state.load.length;
  state.viewMix.copyWithin(q * queues, 0, queues);
  state.viewLoad[q] = state.viewLoad[0] ?? 0;
  state.viewHandle[q] = state.viewHandle[0] ?? 1;
  state.viewTheta[q] = state.viewTheta[0] ?? 0;
  state.viewLevel[q] = state.viewLevel[0] ?? 0;
  state.viewAbove[q] = 0;
  state.viewRivalry[q] = 0;
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
