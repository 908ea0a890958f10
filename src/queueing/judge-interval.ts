import type { Demand, Policy } from '../kernel/hotline.ts';
import { valueOfRank } from '../kernel/value-of-rank.ts';
import { allocateLoad } from './allocate-load.ts';
import { carryOverload } from './modified-load.ts';
import type { LoadWithin, PathRunner } from './path-runner.ts';
import { measureQueues } from './queue-measures.ts';
import { carriedBy, putState } from './path-state.ts';
import { setLoads } from './run-path.ts';
import { againWithin, applyTransfers, type RunningPath } from './running-path.ts';
import { blockFromTotals } from './shared-trunks.ts';
import { startAllocation, type TierState } from './tier-state.ts';

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

/** All that a run holds; `judged` are the sample paths, or the mean where there are none. */
export interface RunState {
  readonly input: StaffingRunInput;
  readonly runner: PathRunner;
  readonly mean: RunningPath;
  readonly paths: readonly RunningPath[];
  readonly judged: readonly RunningPath[];
  /** Place, in rising order of load, of the path that the share `confidence` stays within. */
  readonly rank: number;
  readonly seen: Float64Array;
  readonly ordered: Float64Array;
  readonly parts: Float64Array;
  readonly carried: { load: number; left: number };
  readonly judgement: Judgement;
  /** The present one, and how the mean path came into it: every judgement begins there, whatever was judged before. */
  interval: number;
  entered: Float64Array;
}

/**
 * Loads each path by queue, with the share of calls made again and what those handed on meet as the mean path
 * last saw it.
 */
const loadPaths = (
  runner: PathRunner,
  paths: readonly RunningPath[],
  { at: seen, measures }: RunningPath,
): void => {
  for (const path of paths) {
    const { at, state } = path;
    for (let q = 0; q < at.base.length; q += 1)
      at.offered[q] = (at.base[q] ?? 0) / (1 - (seen.again[q] ?? 0));
    applyTransfers(runner, path, measures);
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

/** Puts operators on the interval as it was entered, and shares its load out anew. */
export const setOperators = (run: RunState, operators: ArrayLike<number>): void => {
  const { state } = run.mean;
  putState(run.mean, carriedBy(run.mean), run.entered);
  for (let k = 0; k < state.operators.length; k += 1) state.operators[k] = operators[k] ?? 0;
  startAllocation(run.runner.system, state);
};

/** The view load of a queue that the share `confidence` of paths stays within, with what that path carries. */
const loadAtConfidence = (run: RunState, q: number): number => {
  const { judged, seen, ordered, parts, carried } = run;
  const { state } = run.mean;
  const queues = state.load.length;
  for (let p = 0; p < judged.length; p += 1) {
    const load = judged[p]?.state.load;
    let sum = 0;
    for (let r = 0; r < queues; r += 1) sum += (load?.[r] ?? 0) * (parts[q * queues + r] ?? 0);
    seen[p] = sum;
  }
  ordered.set(seen);
  const found = valueOfRank(ordered, run.rank);
  const left = judged[seen.indexOf(found)]?.at.left[q] ?? 0;
  const operators = state.viewOperators[q] ?? 0;
  const length = run.runner.seconds / (state.viewHandle[q] ?? 1);
  const places = Math.max(0, run.input.trunks - operators);
  carryOverload(found, operators, state.viewTheta[q] ?? 0, left, length, places, carried);
  return carried.load;
};

/** Measures at the loads of the asked confidence; the mean demand says how tiers share them. */
const measureOnce = (run: RunState, rounds: number, thresholds: boolean): void => {
  const { runner, input } = run;
  const { state, setting, measures } = run.mean;
  const { system } = runner;
  loadPaths(runner, [run.mean], run.mean);
  allocateLoad(system, state, rounds);
  loadPaths(runner, run.paths, run.mean);
  seenParts(runner, state, run.parts);
  for (let q = 0; q < state.load.length; q += 1) setting.effectiveLoad[q] = loadAtConfidence(run, q);
  const limited = input.trunks < Infinity;
  setting.trunks = system.pooled ? input.trunks : Infinity;
  if (system.pooled || !limited) setting.block = 0;
  const sharesLines = limited && !system.pooled;
  setting.withThresholds = thresholds && !sharesLines;
  measureQueues(system, state, setting, measures);
  if (!sharesLines) return;
  setting.block = blockFromTotals(state, measures, setting.block, input.trunks);
  setting.withThresholds = thresholds;
  measureQueues(system, state, setting, measures);
};

const measureAtConfidence = (run: RunState): void => {
  const { rates, system } = run.runner;
  const settled = !rates.some(({ any }) => any) && system.transfers.length === 0;
  measureOnce(run, 8, settled);
  if (settled) return;
  // Calls handed on must arrive before what they meet can hold the operators who sent them.
  const least = system.transfers.length > 0 ? 2 : 1;
  for (let round = 1; round <= mostRounds; round += 1) {
    const moved = setAgain(run);
    const last = round >= least && (moved < closeEnough || round === mostRounds);
    measureOnce(run, 2, last);
    if (last) break;
  }
};

/** Rounds of calls made again: few where few are lost, more where many are. */
const mostRounds = 4;
const closeEnough = 1e-3;

/** Returns how far the share of calls made again moved. */
const setAgain = ({ runner, mean }: RunState): number => {
  let moved = 0;
  runner.rates.forEach((rates, q) => {
    const again = Math.min(0.9, againWithin(mean, rates, mean.measures, q));
    moved = Math.max(moved, Math.abs(again - (mean.at.again[q] ?? 0)));
    mean.at.again[q] = again;
  });
  return moved;
};

const judgeTiers = (run: RunState): number => {
  const { state, measures } = run.mean;
  const tiers = state.operators.length;
  let staffed = 0;
  for (let k = 0; k < tiers; k += 1) {
    staffed += state.operators[k] ?? 0;
    let calls = 0;
    let answered = 0;
    for (let q = 0; q < state.load.length; q += 1) {
      const rate = (state.load[q] ?? 0) / (state.handleSeconds[q] ?? 1);
      const part = rate * (state.share[q * tiers + k] ?? 0);
      calls += part;
      answered += part * (measures.answer[q] ?? 0);
    }
    run.judgement.tierConnection[k] = calls > 1e-9 ? answered / calls : Number.NaN;
  }
  return staffed;
};

/** Judges the present interval under these operators; see `StaffingRun.judge`. */
export const judge = (run: RunState, operators: ArrayLike<number>): Judgement => {
  setOperators(run, operators);
  measureAtConfidence(run);
  const { judgement } = run;
  const { state, setting, measures, at } = run.mean;
  let busy = 0;
  for (let q = 0; q < state.load.length; q += 1) {
    const load = state.load[q] ?? 0;
    const none = at.base[q] === 0 && load < 1e-9;
    judgement.connection[q] = none ? Number.NaN : (measures.answer[q] ?? 0);
    judgement.within[q] = none ? Number.NaN : (measures.within[q] ?? 0);
    const ratio = (setting.effectiveLoad[q] ?? 0) / Math.max(state.viewLoad[q] ?? 0, 1e-12);
    busy += load * ratio * (measures.answer[q] ?? 0);
  }
  const staffed = judgeTiers(run);
  judgement.occupancy = staffed > 0 ? Math.min(1, busy / staffed) : 0;
  judgement.block = measures.block[0] ?? 0;
  return judgement;
};
