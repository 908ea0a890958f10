import type { Capacity, Demand, Policy } from '../kernel/hotline.ts';
import { allocateLoad, startAllocation, type TierState } from './allocate-load.ts';
import { carryOverload } from './modified-load.ts';
import { measureQueues } from './queue-measures.ts';
import {
  callsOnLine,
  enterInterval,
  leaveInterval,
  preparePaths,
  promptsOnPath,
  setLoads,
  solveInterval,
  startPath,
  type LoadWithin,
  type PathRunner,
  type RunningPath,
} from './run-path.ts';
import { blockFromTotals } from './shared-trunks.ts';

/** What a number of operators per tier does to one interval; arrays are reused by the next judgement. */
export interface Judgement {
  /** By queue: answered / offered and answered within the threshold / offered. NaN where nobody calls. */
  readonly connection: Float64Array;
  readonly within: Float64Array;
  /** By tier: answered / offered of the calls that are its share. NaN where it has none. */
  readonly tierConnection: Float64Array;
  /** Busy / staffed over all tiers; 0 without staff. */
  occupancy: number;
  /** Chance of no free line. */
  block: number;
}

/**
 * Walks over the horizon interval by interval while operators are being decided: each interval can be judged
 * under any operators, then one choice is settled and its consequences (load in service, overload, callers
 * who call again) go on to the next interval, on every sample path.
 */
export interface StaffingRun {
  readonly queueNames: readonly string[];
  /** Mean offered load of the present interval by queue, Erlangs. */
  readonly meanLoad: Float64Array;
  /** Goes to an interval; intervals come in order from 0. */
  enter(interval: number): void;
  /** Measures under these operators by tier, as they hold in the share `confidence` of sample paths. */
  judge(operators: ArrayLike<number>): Judgement;
  /** Settles the interval's operators and moves every path on; returns offered and answered by path. */
  settle(operators: ArrayLike<number>): { readonly offered: Float64Array; readonly answered: Float64Array };
}

export interface StaffingRunInput {
  readonly demand: Demand;
  readonly policy: Policy;
  readonly tierNames: readonly string[];
  readonly trunks: number;
  /** Share of sample paths in which a judged measure is at least as good as stated. */
  readonly confidence: number;
  readonly pathLimit: number;
  readonly load: LoadWithin;
}

const prepare = (
  input: StaffingRunInput,
): { runner: PathRunner; mean: RunningPath; paths: RunningPath[] } => {
  const { count } = input.demand.horizon;
  const capacity: Capacity = {
    trunks: input.trunks,
    tiers: input.tierNames.map((tier) => ({ tier, operators: new Float64Array(count) })),
  };
  const runner = preparePaths(input.demand, capacity, input.policy, { load: input.load });
  const open = (path: number): RunningPath => {
    const calls = callsOnLine(runner, path);
    const effect = input.policy.prompts.length === 0 ? undefined : promptsOnPath(runner, calls);
    return startPath(runner, effect?.calls ?? calls, effect);
  };
  const available = Math.min(input.pathLimit, ...input.demand.queues.map((queue) => queue.pathCount));
  const paths =
    available >= 1 && available < Infinity ? Array.from({ length: available }, (_, p) => open(p)) : [];
  return { runner, mean: open(-1), paths };
};

/** Loads each path by queue once the mean path's share of calls made again is known. */
const loadPaths = (runner: PathRunner, paths: readonly RunningPath[], again: Float64Array): void => {
  for (const { at, state } of paths) {
    for (let q = 0; q < at.base.length; q += 1) at.offered[q] = (at.base[q] ?? 0) / (1 - (again[q] ?? 0));
    setLoads(runner, state, at);
  }
};

/** How much of each other queue's load a queue sees on its tiers (`queue * queues + other`). */
const seenParts = (runner: PathRunner, state: TierState, parts: Float64Array): void => {
  const queues = state.load.length;
  const tiers = runner.system.tierNames.length;
  for (let q = 0; q < queues; q += 1) {
    for (let r = 0; r < queues; r += 1) {
      let part = r === q ? 1 : 0;
      for (let k = 0; k < tiers; k += 1) {
        if (r !== q) part += (state.share[r * tiers + k] ?? 0) * (state.reach[q * tiers + k] ?? 0);
      }
      parts[q * queues + r] = part;
    }
  }
};

/** Starts a run at the beginning of the horizon, on an empty line. */
export const openStaffingRun = (input: StaffingRunInput): StaffingRun => {
  const { runner, mean, paths } = prepare(input);
  const { system } = runner;
  const queues = system.queueNames.length;
  const tiers = system.tierNames.length;
  const judged = paths.length > 0 ? paths : [mean];
  const rank = Math.min(
    judged.length - 1,
    Math.max(0, Math.ceil(input.confidence * judged.length - 1e-9) - 1),
  );
  const seen = new Float64Array(judged.length);
  const ordered = new Float64Array(judged.length);
  const parts = new Float64Array(queues * queues);
  const carried = { load: 0, left: 0 };
  const judgement: Judgement = {
    connection: new Float64Array(queues),
    within: new Float64Array(queues),
    tierConnection: new Float64Array(tiers),
    occupancy: 0,
    block: 0,
  };
  const { state, setting, measures, at } = mean;

  const setOperators = (operators: ArrayLike<number>): void => {
    for (let k = 0; k < tiers; k += 1) state.operators[k] = operators[k] ?? 0;
    startAllocation(system, state);
  };

  /** The view load of a queue that the share `confidence` of paths stays within, with what that path carries. */
  const loadAtConfidence = (q: number): number => {
    for (let p = 0; p < judged.length; p += 1) {
      const load = judged[p]?.state.load;
      let sum = 0;
      for (let r = 0; r < queues; r += 1) sum += (load?.[r] ?? 0) * (parts[q * queues + r] ?? 0);
      seen[p] = sum;
    }
    ordered.set(seen);
    ordered.sort();
    const found = ordered[rank] ?? 0;
    const path = judged[seen.indexOf(found)];
    const operators = state.viewOperators[q] ?? 0;
    const length = runner.seconds / (state.viewHandle[q] ?? 1);
    const places = Math.max(0, input.trunks - operators);
    carryOverload(found, operators, state.viewTheta[q] ?? 0, path?.at.left[q] ?? 0, length, places, carried);
    return carried.load;
  };

  const measureAtConfidence = (): void => {
    for (let round = 0; round < 2; round += 1) {
      for (let q = 0; q < queues; q += 1) at.offered[q] = (at.base[q] ?? 0) / (1 - (at.again[q] ?? 0));
      setLoads(runner, state, at);
      allocateLoad(system, state, round === 0 && system.tierNames.length > 1 ? 8 : 2);
      loadPaths(runner, paths, at.again);
      seenParts(runner, state, parts);
      for (let q = 0; q < queues; q += 1) setting.effectiveLoad[q] = loadAtConfidence(q);
      setting.trunks = system.pooled ? input.trunks : Infinity;
      if (system.pooled || input.trunks === Infinity) setting.block = 0;
      measureQueues(system, state, setting, measures);
      if (setting.trunks === Infinity && input.trunks < Infinity) {
        setting.block = blockFromTotals(state, measures, setting.block, input.trunks);
        measureQueues(system, state, setting, measures);
      }
      if (!runner.rates.some((rates) => rates.any)) break;
      settleAgain();
    }
  };

  const settleAgain = (): void => {
    for (let q = 0; q < queues; q += 1) {
      const rates = runner.rates[q];
      if (rates === undefined) continue;
      at.again[q] = Math.min(
        0.9,
        (rates.chance[0] ?? 0) * (rates.same[0] ?? 0) * (measures.abandon[q] ?? 0) +
          (rates.chance[1] ?? 0) * (rates.same[1] ?? 0) * (measures.block[q] ?? 0) +
          (rates.chance[2] ?? 0) * (rates.same[2] ?? 0) * (measures.answer[q] ?? 0),
      );
    }
  };

  const judge = (operators: ArrayLike<number>): Judgement => {
    setOperators(operators);
    measureAtConfidence();
    let busy = 0;
    let staffed = 0;
    for (let q = 0; q < queues; q += 1) {
      const none = at.base[q] === 0 && (state.load[q] ?? 0) < 1e-9;
      judgement.connection[q] = none ? Number.NaN : (measures.answer[q] ?? 0);
      judgement.within[q] = none ? Number.NaN : (measures.within[q] ?? 0);
      const ratio = (setting.effectiveLoad[q] ?? 0) / Math.max(state.viewLoad[q] ?? 0, 1e-12);
      busy += (state.load[q] ?? 0) * ratio * (measures.answer[q] ?? 0);
    }
    for (let k = 0; k < tiers; k += 1) {
      staffed += state.operators[k] ?? 0;
      let calls = 0;
      let answered = 0;
      for (let q = 0; q < queues; q += 1) {
        const part =
          ((state.load[q] ?? 0) / (state.handleSeconds[q] ?? 1)) * (state.share[q * tiers + k] ?? 0);
        calls += part;
        answered += part * (measures.answer[q] ?? 0);
      }
      judgement.tierConnection[k] = calls > 1e-9 ? answered / calls : Number.NaN;
    }
    judgement.occupancy = staffed > 0 ? Math.min(1, busy / staffed) : 0;
    judgement.block = measures.block[0] ?? 0;
    return judgement;
  };

  const settle = (operators: ArrayLike<number>): { offered: Float64Array; answered: Float64Array } => {
    setOperators(operators);
    solveInterval(runner, mean, false);
    const offered = new Float64Array(judged.length);
    const answered = new Float64Array(judged.length);
    judged.forEach((path, p) => {
      if (path !== mean) {
        path.state.operators.set(state.operators);
        path.state.share.set(state.share);
        path.state.reach.set(state.reach);
        solveInterval(runner, path, true);
        leaveInterval(runner, path);
      }
      for (let q = 0; q < queues; q += 1) {
        const calls = path.at.offered[q] ?? 0;
        offered[p] = (offered[p] ?? 0) + calls;
        answered[p] = (answered[p] ?? 0) + calls * (path.measures.answer[q] ?? 0);
      }
    });
    leaveInterval(runner, mean);
    return { offered, answered };
  };

  const enter = (interval: number): void => {
    enterInterval(runner, mean, interval);
    for (const path of paths) enterInterval(runner, path, interval);
    for (let q = 0; q < queues; q += 1) at.offered[q] = at.base[q] ?? 0;
    setLoads(runner, state, at);
  };
  return { queueNames: system.queueNames, meanLoad: state.load, enter, judge, settle };
};
