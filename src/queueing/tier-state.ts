import type { QueueWork, TierSystem } from './tier-system.ts';

/** One interval as the tiers meet it. Pair arrays are queue × tier (`queue * tiers + tier`). */
export interface TierState {
  /** What the interval is worked out in; shared by the paths of a run. */
  readonly work: QueueWork;
  /** Operators per tier. */
  readonly operators: Float64Array;
  /** Offered load per queue, Erlangs. */
  readonly load: Float64Array;
  /** The load at the interval's start less the one that its arrivals settle at, Erlangs. */
  readonly loadMoved: Float64Array;
  readonly handleSeconds: Float64Array;
  readonly patienceSeconds: Float64Array;
  /** Chance that a caller who hangs up calls again, and the mean seconds until then. */
  readonly redialChance: Float64Array;
  readonly redialDelaySeconds: Float64Array;
  /** Share of a queue's load that each tier takes; sums to 1 where the queue has a staffed tier. */
  readonly share: Float64Array;
  /** How much of a tier's time a queue can count on: 1, or less where calls overflow after a delay. */
  readonly reach: Float64Array;
  /** Load that tries each tier, taken there or not: those before it in order were busy. */
  readonly tried: Float64Array;
  /** Pooled number of operators and load that a queue sees, and the mix of those loads. */
  readonly viewOperators: Float64Array;
  readonly viewLoad: Float64Array;
  /** That load while all of the view's operators are busy, and while one is free; chance of the former. */
  readonly viewLoadBusy: Float64Array;
  readonly viewLoadFree: Float64Array;
  readonly viewBusy: Float64Array;
  /** Load of all queues that reach a tier, Erlangs, by tier. */
  readonly viewTierLoad: Float64Array;
  /** Where all wait, operators of each tier who take up a queue's callers (queue × tier), and over all tiers by queue. */
  readonly viewTaking: Float64Array;
  readonly viewTakingAll: Float64Array;
  /** Of those who hang up, the share that is soon back, by queue. */
  readonly viewSoonBack: Float64Array;
  /** Load that the movement of the view's within the interval adds to its mean, Erlangs. */
  readonly viewMoving: Float64Array;
  readonly viewHandle: Float64Array;
  readonly viewTheta: Float64Array;
  /** Calls more a handle time for each who waits, of those who hang up and are soon back (`rise` of PooledInput). */
  readonly viewRise: Float64Array;
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

/** How tiers share the load of an interval, as it is settled on mean demand and then used on sample paths. */
export type Allocation = Readonly<Pick<TierState, 'share' | 'reach' | 'viewBusy'>>;

/** The allocation that a state holds, to be kept. */
export const takeAllocation = ({ share, reach, viewBusy }: TierState): Allocation => ({
  share: share.slice(),
  reach: reach.slice(),
  viewBusy: viewBusy.slice(),
});

/** Takes over an allocation. */
export const putAllocation = (state: TierState, { share, reach, viewBusy }: Allocation): void => {
  state.share.set(share);
  state.reach.set(reach);
  state.viewBusy.set(viewBusy);
};

/** An interval with nobody on duty, no load and endless patience, to be filled in. */
export const newTierState = (system: TierSystem, work: QueueWork): TierState => {
  const queues = system.queueNames.length;
  const pairs = queues * system.tierNames.length;
  return {
    work,
    operators: new Float64Array(system.tierNames.length),
    load: new Float64Array(queues),
    loadMoved: new Float64Array(queues),
    handleSeconds: new Float64Array(queues).fill(1),
    patienceSeconds: new Float64Array(queues).fill(Infinity),
    redialChance: new Float64Array(queues),
    redialDelaySeconds: new Float64Array(queues),
    share: new Float64Array(pairs),
    reach: new Float64Array(pairs),
    tried: new Float64Array(pairs),
    viewOperators: new Float64Array(queues),
    viewLoad: new Float64Array(queues),
    viewLoadBusy: new Float64Array(queues),
    viewLoadFree: new Float64Array(queues),
    viewBusy: new Float64Array(queues),
    viewTierLoad: new Float64Array(system.tierNames.length),
    viewTaking: new Float64Array(pairs),
    viewTakingAll: new Float64Array(queues),
    viewSoonBack: new Float64Array(queues),
    viewMoving: new Float64Array(queues),
    viewHandle: new Float64Array(queues),
    viewTheta: new Float64Array(queues),
    viewRise: new Float64Array(queues),
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
