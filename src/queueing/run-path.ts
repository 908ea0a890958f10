import type { Capacity, Demand, Policy } from '../kernel/hotline.ts';
import {
  allocateLoad,
  newTierState,
  refreshViews,
  startAllocation,
  type TierState,
} from './allocate-load.ts';
import { applyPrompts, type PromptEffect } from './apply-prompts.ts';
import { carryOverload, loadAtEnd, loadWithin } from './modified-load.ts';
import { blockFromTotals } from './shared-trunks.ts';
import {
  measureQueues,
  newQueueMeasures,
  type IntervalSetting,
  type QueueMeasures,
} from './queue-measures.ts';
import {
  carryRepeats,
  noRepeatCalls,
  releasedCalls,
  repeatRates,
  sameIntervalShare,
  type RepeatCalls,
  type RepeatRates,
} from './repeat-calls.ts';
import { compileTiers, type TierSystem } from './tier-system.ts';

/**
 * How an interval's load is taken: the mean of the modified offered load within it (the default), the load
 * that it stays within nine tenths of the time (`high`), its maximum (where every moment must hold), or
 * calls × handle time of the interval by itself.
 */
export type LoadWithin = 'mean' | 'high' | 'maximum' | 'stationary';

export interface ProjectOptions {
  readonly load?: LoadWithin;
}

/** What one run over the horizon needs, prepared once for all sample paths. */
export interface PathRunner {
  readonly system: TierSystem;
  readonly demand: Demand;
  readonly capacity: Capacity;
  readonly policy: Policy;
  readonly seconds: number;
  readonly rates: readonly RepeatRates[];
  readonly smartVoice: readonly number[];
  readonly load: LoadWithin;
  /** Shares and reach of each interval, from the mean demand; filled by the first run. */
  readonly shares: Float64Array[];
  readonly reaches: Float64Array[];
}

/** Told about each interval of a run; the arrays are reused. `offered` and `fresh` are calls by queue. */
export type PathSink = (
  interval: number,
  offered: Float64Array,
  measures: QueueMeasures,
  state: TierState,
) => void;

export const preparePaths = (
  demand: Demand,
  capacity: Capacity,
  policy: Policy,
  options: ProjectOptions = {},
): PathRunner => {
  const names = demand.queues.map((queue) => queue.queue);
  const tierNames = capacity.tiers.map((tier) => tier.tier);
  const seconds = demand.horizon.intervalMinutes * 60;
  return {
    system: compileTiers(names, tierNames, policy),
    demand,
    capacity,
    policy,
    seconds,
    rates: demand.queues.map((queue) => repeatRates(queue.repeats, seconds)),
    smartVoice: names.map((name) => policy.queues.find((q) => q.queue === name)?.smartVoiceShare ?? 0),
    load: options.load ?? 'mean',
    shares: [],
    reaches: [],
  };
};

/** First calls that reach the line (after smart voice), per queue: the mean (path −1) or one sample path. */
export const callsOnLine = (runner: PathRunner, path: number): Float64Array[] =>
  runner.demand.queues.map((queue, q) => {
    const { count } = runner.demand.horizon;
    const calls = path < 0 ? queue.freshMean : queue.paths.subarray(path * count, (path + 1) * count);
    const kept = 1 - (runner.smartVoice[q] ?? 0);
    return calls.map((value) => value * kept);
  });

export const promptsOnPath = (runner: PathRunner, calls: readonly Float64Array[]): PromptEffect =>
  applyPrompts(calls, runner.system.queueNames, runner.demand.horizon, runner.policy);

export interface Progressing {
  /** Modified offered load at the interval's start, Erlangs, by queue. */
  readonly started: Float64Array;
  /** Overload carried in, calls, by queue's view. */
  readonly left: Float64Array;
  readonly leftNext: Float64Array;
  readonly repeats: readonly RepeatCalls[];
  readonly base: Float64Array;
  readonly offered: Float64Array;
  /** Calls made again within the interval per offered call, as last seen. */
  readonly again: Float64Array;
  readonly carried: { load: number; left: number };
}

const startOfHorizon = (queues: number): Progressing => ({
  started: new Float64Array(queues),
  left: new Float64Array(queues),
  leftNext: new Float64Array(queues),
  repeats: Array.from({ length: queues }, noRepeatCalls),
  base: new Float64Array(queues),
  offered: new Float64Array(queues),
  again: new Float64Array(queues),
  carried: { load: 0, left: 0 },
});

export const setLoads = (runner: PathRunner, state: TierState, at: Progressing): void => {
  const { seconds, load: how } = runner;
  for (let q = 0; q < at.offered.length; q += 1) {
    const handle = state.handleSeconds[q] ?? 1;
    const steady = ((at.offered[q] ?? 0) / seconds) * handle;
    const start = at.started[q] ?? 0;
    if (how === 'stationary') state.load[q] = steady;
    else if (how === 'high') {
      const part = steady > start ? 0.9 : 0.1;
      state.load[q] = loadAtEnd(start, steady, part * seconds, handle);
    } else if (how === 'maximum') state.load[q] = Math.max(start, loadAtEnd(start, steady, seconds, handle));
    else state.load[q] = loadWithin(start, steady, seconds, handle);
  }
};

const setOverload = (
  runner: PathRunner,
  state: TierState,
  at: Progressing,
  setting: IntervalSetting,
): void => {
  for (let q = 0; q < at.offered.length; q += 1) {
    const load = state.viewLoad[q] ?? 0;
    if (runner.load === 'stationary') {
      setting.effectiveLoad[q] = load;
      continue;
    }
    carryOverload(
      load,
      state.viewOperators[q] ?? 0,
      state.viewTheta[q] ?? 0,
      at.left[q] ?? 0,
      runner.seconds / (state.viewHandle[q] ?? 1),
      Math.max(0, runner.capacity.trunks - (state.viewOperators[q] ?? 0)),
      at.carried,
    );
    setting.effectiveLoad[q] = at.carried.load;
    at.leftNext[q] = at.carried.left;
  }
};

const closeEnough = 1e-5;
const mostRounds = 40;

/** Solves one interval: calls offered and what they meet, with calls made again within it (fixed point). */
export const solveInterval = (runner: PathRunner, path: RunningPath, sharesKnown: boolean): void => {
  const { system, capacity } = runner;
  const { state, at, setting, measures } = path;
  for (let round = 0; round < mostRounds; round += 1) {
    for (let q = 0; q < at.base.length; q += 1) {
      at.offered[q] = (at.base[q] ?? 0) / (1 - Math.min(0.95, at.again[q] ?? 0));
    }
    setLoads(runner, state, at);
    if (sharesKnown) refreshViews(system, state);
    else allocateLoad(system, state, round === 0 ? 8 : 2);
    setOverload(runner, state, at, setting);
    const limited = capacity.trunks < Infinity;
    setting.trunks = limited && system.pooled ? capacity.trunks : Infinity;
    measureQueues(system, state, setting, measures);
    let change = 0;
    if (limited && !system.pooled) {
      const block = blockFromTotals(state, measures, setting.block, capacity.trunks);
      change = Math.abs(block - setting.block);
      setting.block = block;
    }
    for (let q = 0; q < at.base.length; q += 1) {
      const rates = runner.rates[q];
      if (rates?.any !== true || at.base[q] === 0) continue;
      const again = sameIntervalShare(
        rates,
        measures.abandon[q] ?? 0,
        measures.block[q] ?? 0,
        measures.answer[q] ?? 0,
      );
      const before = at.again[q] ?? 0;
      change = Math.max(change, Math.abs(again - before));
      // Losses rise with what comes back: halfway steps settle where whole ones would swing.
      at.again[q] = before + (round < 3 ? 1 : 0.5) * (again - before);
    }
    if (change < closeEnough) return;
  }
};

/** A path on its way through the horizon: what is carried from interval to interval, and the present one. */
export interface RunningPath {
  readonly calls: readonly Float64Array[];
  readonly effect: PromptEffect | undefined;
  readonly state: TierState;
  readonly at: Progressing;
  readonly measures: QueueMeasures;
  readonly setting: IntervalSetting;
}

/** A path at the start of the horizon, on an empty line. `calls` are first calls after prompts. */
export const startPath = (
  runner: PathRunner,
  calls: readonly Float64Array[],
  effect: PromptEffect | undefined,
): RunningPath => {
  const queues = runner.system.queueNames.length;
  const state = newTierState(runner.system);
  runner.demand.queues.forEach((queue, q) => {
    state.patienceSeconds[q] = queue.patienceSeconds;
  });
  return {
    calls,
    effect,
    state,
    at: startOfHorizon(queues),
    measures: newQueueMeasures(queues),
    setting: {
      trunks: Infinity,
      block: 0,
      effectiveLoad: new Float64Array(queues),
      heardShare: new Float64Array(queues),
      announcementSeconds: new Float64Array(queues),
    },
  };
};

/** Sets the interval's calls (first ones and those made again from before), handle times and announcements. */
export const enterInterval = (runner: PathRunner, path: RunningPath, interval: number): void => {
  const { state, at, setting, calls, effect } = path;
  for (let q = 0; q < at.base.length; q += 1) {
    const rates = runner.rates[q];
    const repeats = at.repeats[q];
    const again = rates === undefined || repeats === undefined ? 0 : releasedCalls(repeats, rates);
    at.base[q] = (calls[q]?.[interval] ?? 0) + again;
    state.handleSeconds[q] = Math.max(1e-3, runner.demand.queues[q]?.handleTimeSeconds[interval] ?? 1);
    setting.heardShare[q] = effect?.heardShare[q]?.[interval] ?? 0;
    setting.announcementSeconds[q] = effect?.announcementSeconds[q]?.[interval] ?? 0;
  }
};

/** Carries load, overload and callers who will call again over to the next interval. */
export const leaveInterval = (runner: PathRunner, path: RunningPath): void => {
  const { state, at, measures } = path;
  const { seconds } = runner;
  for (let q = 0; q < at.base.length; q += 1) {
    const offered = at.offered[q] ?? 0;
    const handle = state.handleSeconds[q] ?? 1;
    at.started[q] = loadAtEnd(at.started[q] ?? 0, (offered / seconds) * handle, seconds, handle);
    at.left[q] = at.leftNext[q] ?? 0;
    const rates = runner.rates[q];
    const repeats = at.repeats[q];
    if (rates?.any !== true || repeats === undefined) continue;
    const abandoned = offered * (measures.abandon[q] ?? 0);
    const blocked = offered * (measures.block[q] ?? 0);
    const answered = offered * (measures.answer[q] ?? 0);
    carryRepeats(repeats, rates, abandoned, blocked, answered, offered - (at.base[q] ?? 0));
  }
};

/** Takes over how tiers share the load in an interval, or starts afresh when the operators have changed. */
const setShares = (runner: PathRunner, state: TierState, interval: number): void => {
  let moved = interval === 0;
  runner.capacity.tiers.forEach((tier, k) => {
    const operators = tier.operators[interval] ?? 0;
    if (operators !== state.operators[k]) moved = true;
    state.operators[k] = operators;
  });
  const share = runner.shares[interval];
  if (share !== undefined) {
    state.share.set(share);
    state.reach.set(runner.reaches[interval] ?? share);
  } else if (moved) startAllocation(runner.system, state);
};

/**
 * Runs one path of first calls over the horizon from an empty line: per interval the calls made again from
 * before, the load through time, the tiers, what calls meet, and what they leave behind.
 */
export const runPath = (
  runner: PathRunner,
  calls: readonly Float64Array[],
  effect: PromptEffect | undefined,
  sink: PathSink,
): void => {
  const path = startPath(runner, calls, effect);
  const { state, at, measures } = path;
  for (let i = 0; i < runner.demand.horizon.count; i += 1) {
    setShares(runner, state, i);
    enterInterval(runner, path, i);
    solveInterval(runner, path, runner.shares[i] !== undefined);
    if (runner.shares[i] === undefined) {
      runner.shares.push(state.share.slice());
      runner.reaches.push(state.reach.slice());
    }
    sink(i, at.offered, measures, state);
    leaveInterval(runner, path);
  }
};
