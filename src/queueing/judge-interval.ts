import type { Demand, Policy, LoadWithin } from '../kernel/hotline.ts';
import { valueOfRank } from '../kernel/statistics.ts';
import { workDone } from '../kernel/work.ts';
import { allocateLoad } from './allocate-load.ts';
import { carryOverload, loadForMoving } from './moving-load.ts';
import { blockFromTotals, measureQueues } from './queue-measures.ts';
import { keptOfStart, setLoads } from './run-path.ts';
import {
  redialsWithin,
  applyTransfers,
  type CompiledOperation,
  restoreState,
  type PathState,
} from './path-state.ts';
import { refreshViews, startAllocation, viewMoved } from './tier-state.ts';

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
  /** Of one that was broken off, how far its rates may be off, all together; else 0. */
  unsure?: number;
}

/** Whether rates miss targets by so much that it does not matter if they are off by `unsure`, all together. */
export type MissesTooMuch = (rates: Judgement, unsure: number) => boolean;

export interface StaffingRunInput {
  readonly demand: Demand;
  readonly policy: Policy;
  readonly tierNames: readonly string[];
  readonly trunks: number;
  /** Share of sample paths in which a judged measure is at least as good as stated. */
  readonly confidence: number;
  readonly pathLimit: number;
  readonly load: LoadWithin;
  /** How many of the operators planned for a tier turn up; all where left out. */
  readonly operatorsPresent?: OperatorsPresent;
  /** How finely sample paths are solved, as a share of calls; far finer than they differ where left out. */
  readonly pathsWithin?: number;
}

/** Operators who turn up of those planned for a tier (by index) in an interval of a sample path. */
export type OperatorsPresent = (tier: number, operators: number, path: number, interval: number) => number;

/** All that a run holds; `judged` are the sample paths, or the mean where there are none. */
export interface RunState {
  readonly input: StaffingRunInput;
  readonly compiled: CompiledOperation;
  readonly mean: PathState;
  readonly paths: readonly PathState[];
  readonly judged: readonly PathState[];
  /** Place, in rising order of load, of the path that the share `confidence` stays within. */
  readonly rank: number;
  readonly seen: Float64Array;
  readonly ordered: Float64Array;
  readonly loads: Float64Array;
  /** Load of each queue on each judged path (`path * queues + queue`), as it was set last. */
  readonly pathLoads: Float64Array;
  readonly enteredLoads: EnteredLoads;
  /** Operators that each queue sees on each path (`queue * paths + path`), and whether they stand for those on duty now. */
  readonly pathOperators: Float64Array;
  operatorsSeen: boolean;
  readonly carried: { load: number; left: number };
  readonly judgement: Judgement;
  /** Whether what is seen of the interval tells how often all are busy at the asked confidence. */
  busySeen: boolean;
  /** The present one, and how the mean path came into it: every judgement begins there, whatever was judged before. */
  interval: number;
  entered: Float64Array;
  /** The same of each sample path, once it was asked for. */
  enteredPaths: Float64Array[] | undefined;
  /** How each sample path stood when all were last solved, and the operators by tier under which they were. */
  solvedPaths:
    { readonly operators: readonly number[]; readonly states: readonly Float64Array[] } | undefined;
  /** Arrays that held both of an earlier interval, to be written over. */
  readonly spare: { entered: readonly Float64Array[]; solved: readonly Float64Array[] };
  /** By tier and number of operators, who of them turns up on each path in the interval. */
  readonly presentOnPaths: readonly Map<number, Float64Array>[];
}

/**
 * Loads each path by queue, with the share of calls made again and what those handed on meet as the mean path
 * last saw it.
 */
const loadPaths = (
  compiled: CompiledOperation,
  paths: readonly PathState[],
  { progress: seen, measures }: PathState,
): void => {
  for (const path of paths) {
    const { progress, state } = path;
    for (let q = 0; q < progress.base.length; q += 1)
      progress.offered[q] = (progress.base[q] ?? 0) / (1 - (seen.again[q] ?? 0));
    applyTransfers(compiled, path, measures);
    setLoads(compiled, state, progress);
  }
};

/** Puts operators on the interval as it was entered, and shares its load out anew. */
export const setOperators = (run: RunState, operators: ArrayLike<number>): void => {
  const { state } = run.mean;
  restoreState(run.mean, run.entered);
  for (let k = 0; k < state.operators.length; k += 1) state.operators[k] = operators[k] ?? 0;
  startAllocation(run.compiled.system, state);
};

/** Who turns up of so many operators of a tier, by path; asked once an interval for each number. */
const presentOnPaths = (
  run: RunState,
  operatorsPresent: OperatorsPresent,
  k: number,
  operators: number,
): Float64Array => {
  const known = run.presentOnPaths[k] as Map<number, Float64Array>;
  const before = known.get(operators);
  if (before !== undefined) return before;
  const found = new Float64Array(run.paths.length);
  for (let p = 0; p < found.length; p += 1) found[p] = operatorsPresent(k, operators, p, run.interval);
  known.set(operators, found);
  return found;
};

/** Puts the mean path's operators on every sample path: those of them who turn up there. */
export const staffPaths = (run: RunState): void => {
  const { operators } = run.mean.state;
  const { operatorsPresent } = run.input;
  run.operatorsSeen = false;
  for (let k = 0; k < operators.length; k += 1) {
    const planned = operators[k] ?? 0;
    const there =
      operatorsPresent === undefined ? undefined : presentOnPaths(run, operatorsPresent, k, planned);
    for (let p = 0; p < run.paths.length; p += 1)
      (run.paths[p] as PathState).state.operators[k] = there?.[p] ?? planned;
  }
};

/** Sees how many operators each queue has on each path; anew where a delay moves how far they reach. */
const seeOperators = (run: RunState): void => {
  const { system } = run.compiled;
  if (run.input.operatorsPresent === undefined || (run.operatorsSeen && !system.delayed)) return;
  run.operatorsSeen = true;
  const { judged, pathOperators } = run;
  const { reach } = run.mean.state;
  const tiers = system.tierNames.length;
  const { ways, waysFrom } = system;
  for (let q = 0; q < system.queues.length; q += 1) {
    const [from, to] = [waysFrom[q] as number, waysFrom[q + 1] as number];
    for (let p = 0; p < judged.length; p += 1) {
      const { operators } = (judged[p] as PathState).state;
      let sum = 0;
      for (let way = from; way < to; way += 1) {
        const tier = ways[way] as number;
        sum += (operators[tier] ?? 0) * (reach[q * tiers + tier] ?? 0);
      }
      pathOperators[q * judged.length + p] = sum;
    }
  }
};

/** What the loads of the sample paths are worked out from in an interval, side by side (`path * queues + queue`). */
interface EnteredLoads {
  readonly base: Float64Array;
  readonly handle: Float64Array;
  readonly started: Float64Array;
  readonly kept: Float64Array;
  /** Whether they stand for the present interval. */
  known: boolean;
}

/** Notes what each path brings into the interval that does not hang on operators. */
const noteEntered = ({ paths, compiled, enteredLoads }: RunState): void => {
  const { base, handle, started, kept } = enteredLoads;
  enteredLoads.known = true;
  let to = 0;
  for (let p = 0; p < paths.length; p += 1) {
    const { progress, state } = paths[p] as PathState;
    for (let q = 0; q < progress.base.length; q += 1) {
      const seconds = state.handleSeconds[q] ?? 1;
      base[to] = progress.base[q] ?? 0;
      handle[to] = seconds;
      started[to] = progress.started[q] ?? 0;
      kept[to] = keptOfStart(progress, q, compiled.seconds, seconds);
      to += 1;
    }
  }
};

/**
 * Sets the loads of the judged paths, side by side: as `loadPaths` does on each, all at once where no calls are handed
 * on and loads are means.
 */
const setPathLoads = (run: RunState): void => {
  const { judged, paths, pathLoads, compiled, mean } = run;
  const queues = mean.state.load.length;
  if (paths.length === 0 || compiled.load !== 'mean' || compiled.system.transfers.length > 0) {
    loadPaths(compiled, paths, mean);
    for (let p = 0; p < judged.length; p += 1) pathLoads.set((judged[p] as PathState).state.load, p * queues);
    return;
  }
  if (!run.enteredLoads.known) noteEntered(run);
  const { base, handle, started, kept } = run.enteredLoads;
  const { again } = mean.progress;
  const { seconds } = compiled;
  for (let q = 0; q < queues; q += 1) {
    const once = 1 - (again[q] ?? 0);
    for (let at = q; at < pathLoads.length; at += queues) {
      const steady = ((base[at] ?? 0) / once / seconds) * (handle[at] ?? 1);
      pathLoads[at] = steady + ((started[at] ?? 0) - steady) * (kept[at] ?? 0);
    }
  }
};

/** How far above where it settles the load of a queue's view starts on a judged path. */
const movedOnPath = (run: RunState, place: number, q: number): number => {
  const { mean, judged, enteredLoads } = run;
  const { state } = mean;
  const path = judged[place] as PathState;
  if (enteredLoads.known) {
    const { base, handle, started } = enteredLoads;
    for (let r = 0; r < state.load.length; r += 1) {
      const at = place * state.load.length + r;
      const calls = (base[at] ?? 0) / (1 - (mean.progress.again[r] ?? 0));
      path.state.loadMoved[r] = (started[at] ?? 0) - (calls / run.compiled.seconds) * (handle[at] ?? 1);
    }
  }
  return viewMoved(path.state, state, q);
};

/**
 * Load and operators of a queue's view on the path that the share `confidence` of paths is no worse than, with what
 * that path carries. Paths are ordered by how many operators are missing, in standard deviations of the load.
 */
const loadAtConfidence = (run: RunState, q: number): number => {
  const { judged, seen, ordered, carried, loads, pathLoads, pathOperators } = run;
  const { state } = run.mean;
  const { viewPart } = state;
  const queues = state.load.length;
  const all = state.viewOperators[q] ?? 0;
  const drawn = run.input.operatorsPresent !== undefined;
  const paths = judged.length;
  let at = 0;
  for (let p = 0; p < paths; p += 1) {
    let sum = 0;
    for (let r = q * queues; r < (q + 1) * queues; r += 1) {
      sum += (pathLoads[at] ?? 0) * (viewPart[r] ?? 0);
      at += 1;
    }
    loads[p] = sum;
    const missing = sum - (drawn ? (pathOperators[q * paths + p] ?? 0) : all);
    seen[p] = missing / Math.sqrt(Math.max(sum, 1e-6));
  }
  ordered.set(seen);
  const place = seen.indexOf(valueOfRank(ordered, run.rank));
  const path = judged[place] as PathState;
  const found = loads[place] ?? 0;
  const left = path.progress.left[q] ?? 0;
  const operators = drawn ? (pathOperators[q * paths + place] ?? 0) : all;
  state.viewOperators[q] = operators;
  const length = run.compiled.seconds / (state.viewHandle[q] ?? 1);
  const places = Math.max(0, run.input.trunks - operators);
  carryOverload(found, operators, state.viewTheta[q] ?? 0, left, length, places, carried);
  const moved = movedOnPath(run, place, q);
  return carried.load + loadForMoving(found, operators, state.viewTheta[q] ?? 0, moved, length);
};

/** Measures at the loads of the asked confidence; the mean demand says how tiers share them. */
const measureOnce = (run: RunState, rounds: number, thresholds: boolean): void => {
  const { compiled, input } = run;
  const { state, setting, measures } = run.mean;
  const { system } = compiled;
  loadPaths(compiled, [run.mean], run.mean);
  allocateLoad(system, state, rounds);
  if (run.busySeen && !system.pooled) {
    state.viewBusy.set(measures.viewBusy);
    refreshViews(system, state, 'kept');
  }
  setPathLoads(run);
  seeOperators(run);
  for (let q = 0; q < state.load.length; q += 1) setting.effectiveLoad[q] = loadAtConfidence(run, q);
  const limited = input.trunks < Infinity;
  setting.trunks = system.pooled ? input.trunks : Infinity;
  if (system.pooled || !limited) setting.block = 0;
  const sharesLines = limited && !system.pooled;
  setting.withThresholds = thresholds && !sharesLines;
  measureQueues(system, state, setting, measures);
  run.busySeen = true;
  if (!sharesLines) return;
  setting.block = blockFromTotals(state, measures, setting.block, input.trunks);
  setting.withThresholds = thresholds;
  measureQueues(system, state, setting, measures);
};

/** Measures, or leaves off after the first round where `misses` says that more of them would make no difference. */
const measureAtConfidence = (run: RunState, misses: MissesTooMuch | undefined): void => {
  const { rates, system } = run.compiled;
  const settled = !rates.some(({ any }) => any) && system.transfers.length === 0;
  run.busySeen = false;
  measureOnce(run, 8, settled && system.pooled);
  if (settled && !system.pooled) measureOnce(run, 0, true);
  if (settled) return;
  // Calls handed on must arrive before what they meet can hold the operators who sent them.
  const least = system.transfers.length > 0 ? 2 : 1;
  for (let round = 1; round <= mostRounds; round += 1) {
    const moved = setAgain(run);
    const last = round >= least && (moved < closeEnough || round === mostRounds);
    const early = round === 1 && misses !== undefined && least === 1;
    measureOnce(run, 2, last || early);
    if (last) break;
    if (!early) continue;
    setRates(run);
    const unsure = leastUnsure + unsurePerMove * moveOfAgain(run);
    if (!misses(run.judgement, unsure)) continue;
    run.judgement.unsure = unsure;
    break;
  }
};

/** Rounds of calls made again: few where few are lost, more where many are. */
const mostRounds = 4;
const closeEnough = 1e-3;

/**
 * How far all rates together may still move after a round, by how far the share of calls made again will move next.
 */
const leastUnsure = 0.005;
const unsurePerMove = 35;

const nextAgain = ({ compiled, mean }: RunState, q: number): number =>
  Math.min(
    0.9,
    redialsWithin(mean, compiled.rates[q] as CompiledOperation['rates'][number], mean.measures, q),
  );

/** How far the share of calls made again will move by what was measured last. */
const moveOfAgain = (run: RunState): number => {
  let moved = 0;
  for (const [q, again] of run.mean.progress.again.entries())
    moved = Math.max(moved, Math.abs(nextAgain(run, q) - again));
  return moved;
};

/** Returns how far the share of calls made again moved. */
const setAgain = (run: RunState): number => {
  const { again } = run.mean.progress;
  let moved = 0;
  for (let q = 0; q < again.length; q += 1) {
    const next = nextAgain(run, q);
    moved = Math.max(moved, Math.abs(next - (again[q] ?? 0)));
    again[q] = next;
  }
  return moved;
};

/**
 * Occupancy over all tiers that the share `confidence` of paths stays within: the line's load as a whole, since what
 * one queue has more another has less. Calls are answered as they are where each queue is at its confidence.
 */
const occupancyAtConfidence = ({ judged, ordered, mean, rank, pathLoads }: RunState): number => {
  const queues = mean.state.load.length;
  for (let p = 0; p < judged.length; p += 1) {
    const { operators } = (judged[p] as PathState).state;
    ordered[p] = occupancyOf(operators, pathLoads, p * queues, mean.measures.answer, mean.state.share);
  }
  return valueOfRank(ordered, rank);
};

const setRates = ({ judgement, mean: { state, measures, progress } }: RunState): void => {
  for (let q = 0; q < state.load.length; q += 1) {
    const none = progress.base[q] === 0 && (state.load[q] ?? 0) < 1e-9;
    judgement.connection[q] = none ? Number.NaN : (measures.answer[q] ?? 0);
    judgement.within[q] = none ? Number.NaN : (measures.within[q] ?? 0);
  }
};

/** Judges the present interval under these operators; see `StaffingRun.judge`. */
export const judgeMix = (run: RunState, operators: ArrayLike<number>, misses?: MissesTooMuch): Judgement => {
  workDone.mixesJudged += 1;
  const { judgement, mean } = run;
  judgement.unsure = 0;
  setOperators(run, operators);
  staffPaths(run);
  measureAtConfidence(run, misses);
  setRates(run);
  for (let k = 0; k < mean.state.operators.length; k += 1)
    judgement.tierConnection[k] = tierConnectionOf(mean, k);
  judgement.occupancy = occupancyAtConfidence(run);
  judgement.block = mean.measures.block[0] ?? 0;
  return judgement;
};

/** Answered of a tier's share of the calls; NaN where it has none. */
export const tierConnectionOf = (
  { state, measures }: Pick<PathState, 'state' | 'measures'>,
  k: number,
): number => {
  const tiers = state.operators.length;
  let calls = 0;
  let answered = 0;
  for (let q = 0; q < state.load.length; q += 1) {
    const rate = (state.load[q] ?? 0) / (state.handleSeconds[q] ?? 1);
    const part = rate * (state.share[q * tiers + k] ?? 0);
    calls += part;
    answered += part * (measures.answer[q] ?? 0);
  }
  return calls > 1e-9 ? answered / calls : Number.NaN;
};

/**
 * Busy of all operators, as a share, given the loads of the queues (from place `at` on) and the chance of an answer by
 * queue: no tier is busier than it has people.
 */
export const occupancyOf = (
  operators: Float64Array,
  loads: Float64Array,
  at: number,
  answer: Float64Array,
  share: Float64Array,
): number => {
  const tiers = operators.length;
  let busy = 0;
  let staffed = 0;
  for (let k = 0; k < tiers; k += 1) {
    const there = operators[k] ?? 0;
    let own = 0;
    for (let q = 0; q < answer.length; q += 1)
      own += (loads[at + q] ?? 0) * (answer[q] ?? 0) * (share[q * tiers + k] ?? 0);
    busy += Math.min(own, there);
    staffed += there;
  }
  return staffed > 0 ? busy / staffed : 0;
};
