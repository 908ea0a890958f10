import type { Capacity } from '../kernel/hotline.ts';
import { valueOfRank } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { workDone } from '../kernel/work.ts';
import {
  judgeMix,
  type Judgement,
  type MissesTooMuch,
  occupancyOf,
  type RunState,
  setOperators,
  type StaffingRunInput,
  staffPaths,
  tierConnectionOf,
} from './judge-interval.ts';
import { setLoads, solveInterval } from './run-path.ts';
import {
  applyTransfers,
  callsOnLine,
  enterInterval,
  leaveInterval,
  type CompiledOperation,
  compileOperation,
  restoreState,
  type PathState,
  startPath,
  copyState,
} from './path-state.ts';
import { putAllocation } from './tier-state.ts';

/** Calls of a settled interval by sample path (the mean demand where there are none), over all queues. */
interface SettledCalls {
  readonly offered: Float64Array;
  readonly answered: Float64Array;
}

/**
 * Walks over the horizon interval by interval while operators are being decided: each interval can be judged
 * under any operators, then one choice is settled and its consequences (load in service, overload, callers
 * who call again) go on to the next interval, on every sample path.
 */
interface StaffingRun {
  readonly queueNames: readonly string[];
  /** Mean offered load of the present interval by queue, Erlangs. */
  readonly meanLoad: Float64Array;
  /** Goes to an interval; intervals come in order from 0. */
  enter(interval: number): void;
  /**
   * Measures under these operators by tier, as they hold in the share `confidence` of sample paths. What was judged
   * before in the interval does not move them. Broken off where `misses` says that they miss too much.
   */
  judge(operators: ArrayLike<number>, misses?: MissesTooMuch): Judgement;
  /** The same from every path by itself: exact, and dearer by far. */
  judgePaths(operators: ArrayLike<number>): Judgement;
  /** Whether targets hold path by path under operators that were judged last; cheaper where they do not. */
  holdsOnPaths(operators: ArrayLike<number>, targets: PathTargets): boolean;
  /** Settles the interval's operators and moves every path on; returns offered and answered by path. */
  settle(operators: ArrayLike<number>): SettledCalls;
  /** How every path comes to the next interval; `resume` brings a run of the same paths there. Not where lists go along. */
  standing(): readonly Float64Array[];
  resume(standing: readonly Float64Array[]): void;
}

const prepare = (
  input: StaffingRunInput,
): { compiled: CompiledOperation; mean: PathState; paths: PathState[] } => {
  const { count } = input.demand.horizon;
  const capacity: Capacity = {
    trunks: input.trunks,
    tiers: input.tierNames.map((tier) => ({ tier, operators: new Float64Array(count) })),
  };
  const compiled = compileOperation(
    { demand: input.demand, capacity, policy: input.policy },
    { load: input.load },
  );
  const open = (index: number): PathState => {
    const state = startPath(compiled, callsOnLine(compiled, index), index);
    // No target asks for those who hang up at once.
    state.setting.withShort = false;
    return state;
  };
  const available = Math.min(input.pathLimit, ...input.demand.queues.map((queue) => queue.pathCount));
  const paths = available < Infinity ? Array.from({ length: available }, (_, p) => open(p)) : [];
  return { compiled, mean: open(-1), paths };
};

const newRun = (input: StaffingRunInput): RunState => {
  const { compiled, mean, paths } = prepare(input);
  const queues = compiled.system.queueNames.length;
  const judged = paths.length > 0 ? paths : [mean];
  const place = Math.ceil(input.confidence * judged.length - 1e-9) - 1;
  return {
    input,
    compiled,
    mean,
    paths,
    judged,
    rank: Math.min(judged.length - 1, Math.max(0, place)),
    seen: new Float64Array(judged.length),
    loads: new Float64Array(judged.length),
    pathLoads: new Float64Array(judged.length * queues),
    enteredLoads: {
      base: new Float64Array(paths.length * queues),
      handle: new Float64Array(paths.length * queues),
      started: new Float64Array(paths.length * queues),
      kept: new Float64Array(paths.length * queues),
      known: false,
    },
    pathOperators: new Float64Array(judged.length * queues),
    operatorsSeen: false,
    ordered: new Float64Array(judged.length),
    carried: { load: 0, left: 0 },
    busySeen: false,
    interval: 0,
    entered: new Float64Array(0),
    enteredPaths: undefined,
    solvedPaths: undefined,
    spare: { entered: [], solved: [] },
    presentOnPaths: input.tierNames.map(() => new Map()),
    judgement: {
      connection: new Float64Array(queues),
      within: new Float64Array(queues),
      tierConnection: new Float64Array(compiled.system.tierNames.length),
      occupancy: 0,
      block: 0,
      unsure: 0,
    },
  };
};

const settle = (run: RunState, operators: ArrayLike<number>): SettledCalls => {
  const { compiled, mean, judged, interval } = run;
  setOperators(run, operators);
  solveInterval(compiled, mean, interval, false, false);
  staffPaths(run);
  const offered = new Float64Array(judged.length);
  const answered = new Float64Array(judged.length);
  const solved = solvedBefore(run, operators);
  judged.forEach((path, p) => {
    if (path !== mean) {
      const before = solved?.[p];
      if (before === undefined) solvePath(run, path, false);
      else restoreState(path, before);
      leaveInterval(compiled, path, interval);
    }
    path.progress.offered.forEach((calls, q) => {
      offered[p] = (offered[p] ?? 0) + calls;
      answered[p] = (answered[p] ?? 0) + calls * (path.measures.answer[q] ?? 0);
    });
  });
  leaveInterval(compiled, mean, interval);
  return { offered, answered };
};

const enter = (run: RunState, interval: number): void => {
  run.interval = interval;
  run.enteredPaths = undefined;
  run.solvedPaths = undefined;
  run.enteredLoads.known = false;
  for (const known of run.presentOnPaths) known.clear();
  for (const path of [run.mean, ...run.paths]) enterInterval(run.compiled, path, interval);
  const { progress, state } = run.mean;
  progress.offered.set(progress.base);
  applyTransfers(run.compiled, run.mean, run.mean.measures);
  setLoads(run.compiled, state, progress);
  run.entered = copyState(run.mean);
};

/** Starts a run at the beginning of the horizon, on an empty line. */
export const openStaffingRun = (input: StaffingRunInput): StaffingRun => {
  const run = newRun(input);
  return {
    queueNames: run.compiled.system.queueNames,
    meanLoad: run.mean.state.load,
    enter: (interval) => enter(run, interval),
    judge: (operators, misses) => judgeMix(run, operators, misses),
    judgePaths: (operators) => judgePaths(run, operators),
    holdsOnPaths: (operators, targets) => holdsOnPaths(run, operators, targets),
    settle: (operators) => settle(run, operators),
    standing: () => [run.mean, ...run.paths].map((path) => copyState(path)),
    resume: (standing) => {
      for (const [i, path] of [run.mean, ...run.paths].entries()) restoreState(path, valueAt(standing, i));
    },
  };
};

/** Sample paths are solved to this share of calls: far finer than they differ. */
const pathWithin = 2e-4;

/** Solves the present interval on one path, staffed already, with the mean path's shares. */
const solvePath = (run: RunState, path: PathState, thresholds: boolean): void => {
  putAllocation(path.state, run.mean.state);
  solveInterval(run.compiled, path, run.interval, true, thresholds, run.input.pathsWithin ?? pathWithin);
};

/** The paths as they were when all were last solved in the interval, if under these operators; else undefined. */
const solvedBefore = (
  { solvedPaths }: RunState,
  operators: ArrayLike<number>,
): readonly Float64Array[] | undefined =>
  solvedPaths?.operators.every((n, k) => n === operators[k]) === true ? solvedPaths.states : undefined;

/** Value of a measure that the share `confidence` of paths reaches or is above. */
const reached = (run: RunState, values: Float64Array): number =>
  values.some(Number.isNaN) ? Number.NaN : valueOfRank(values, values.length - 1 - run.rank);

interface PathMeasures {
  readonly connection: Float64Array;
  readonly within: Float64Array;
  readonly tierConnection: Float64Array;
  occupancy: number;
}

const newMeasures = ({ mean }: RunState): PathMeasures => ({
  connection: new Float64Array(mean.state.load.length),
  within: new Float64Array(mean.state.load.length),
  tierConnection: new Float64Array(mean.state.operators.length),
  occupancy: 0,
});

const measurePath = ({ state, measures, progress }: PathState, out: PathMeasures): void => {
  for (let q = 0; q < state.load.length; q += 1) {
    const none = progress.base[q] === 0 && (state.load[q] ?? 0) < 1e-9;
    out.connection[q] = none ? 1 : (measures.answer[q] ?? 0);
    out.within[q] = none ? 1 : (measures.within[q] ?? 0);
  }
  for (let k = 0; k < state.operators.length; k += 1)
    out.tierConnection[k] = tierConnectionOf({ state, measures }, k);
  out.occupancy = occupancyOf(state.operators, state.load, 0, measures.answer, state.share);
};

/**
 * Solves the interval on one path after another, in `order` (all, as they stand, where left out), until `see` has seen
 * enough; leaves every path as it came into the interval.
 */
const eachPath = (
  run: RunState,
  operators: ArrayLike<number>,
  see: (found: PathMeasures, p: number, solved: PathState) => boolean,
  order?: readonly number[],
): void => {
  const { compiled, mean, judged } = run;
  workDone.mixesJudged += 1;
  run.enteredPaths ??= run.paths.map((path, p) => copyState(path, run.spare.entered[p]));
  run.spare.entered = run.enteredPaths;
  setOperators(run, operators);
  solveInterval(compiled, mean, run.interval, false, judged[0] === mean);
  // A quick judgement moves nothing else of a path that solving it does not set anew.
  if (compiled.system.transfers.length > 0)
    for (const [p, path] of run.paths.entries()) restoreState(path, run.enteredPaths[p] as Float64Array);
  staffPaths(run);
  const found = newMeasures(run);
  for (const p of order ?? judged.keys()) {
    const path = judged[p] as PathState;
    const entered = run.enteredPaths[p];
    if (entered !== undefined) solvePath(run, path, true);
    measurePath(path, found);
    const enough = see(found, p, path);
    if (entered !== undefined) restoreState(path, entered);
    if (enough) return;
  }
};

/**
 * The same question as `judge`, answered path by path: every sample path is solved under the operators, and of each
 * measure the value is taken that the share `confidence` of paths reaches. Exact where `judge` orders paths by their
 * load and looks at one of them; as dear as settling the interval.
 */
const judgePaths = (run: RunState, operators: ArrayLike<number>): Judgement => {
  const { judged, judgement } = run;
  judgement.unsure = 0;
  const columns = judged.map(() => newMeasures(run));
  const states: Float64Array[] = [];
  run.solvedPaths = undefined;
  // A prompt's flow is no part of a path's state.
  const kept = run.mean.flow === undefined && run.paths.length > 0;
  eachPath(run, operators, (found, p, path) => {
    if (kept) states.push(copyState(path, run.spare.solved[p]));
    const measures = columns[p] as PathMeasures;
    measures.connection.set(found.connection);
    measures.within.set(found.within);
    measures.tierConnection.set(found.tierConnection);
    measures.occupancy = found.occupancy;
    return false;
  });
  if (kept) run.solvedPaths = { operators: Array.from(operators), states };
  if (kept) run.spare.solved = states;
  const column = new Float64Array(columns.length);
  const over = (value: (own: PathMeasures) => number | undefined): Float64Array => {
    for (let p = 0; p < column.length; p += 1) column[p] = value(columns[p] as PathMeasures) ?? 0;
    return column;
  };
  for (const q of judgement.connection.keys()) {
    judgement.connection[q] = reached(
      run,
      over((own) => own.connection[q]),
    );
    judgement.within[q] = reached(
      run,
      over((own) => own.within[q]),
    );
  }
  for (const k of judgement.tierConnection.keys())
    judgement.tierConnection[k] = reached(
      run,
      over((own) => own.tierConnection[k]),
    );
  judgement.occupancy = valueOfRank(
    over((own) => own.occupancy),
    run.rank,
  );
  return judgement;
};

/** What an interval is held to; 0 where nothing is asked, 1 for occupancy. */
interface PathTargets {
  readonly connection: Float64Array;
  readonly within: Float64Array;
  readonly tierConnection: Float64Array;
  readonly occupancyMax: number;
}

/** Paths with the heaviest load for their operators first, as they were judged last. */
const heaviestFirst = ({ judged, pathLoads, mean }: RunState): number[] => {
  const missing = new Float64Array(judged.length);
  const queues = mean.state.load.length;
  for (let p = 0; p < missing.length; p += 1) {
    const { state } = judged[p] as PathState;
    let load = 0;
    for (let q = p * queues; q < (p + 1) * queues; q += 1) load += pathLoads[q] ?? 0;
    missing[p] = (load - sumOf(state.operators)) / Math.sqrt(Math.max(load, 1e-6));
  }
  return [...judged.keys()].sort((a, b) => (missing[b] ?? 0) - (missing[a] ?? 0));
};

const sumOf = (values: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] ?? 0;
  return sum;
};

/**
 * Whether every target holds in the share `confidence` of paths: the same as by `judgePaths`, but settled as soon as
 * one measure has failed in too many of them, or none can any more. The interval must have been judged under these operators before.
 */
const holdsOnPaths = (run: RunState, operators: ArrayLike<number>, targets: PathTargets): boolean => {
  const mayFail = run.judged.length - 1 - run.rank;
  const fails = new Int32Array(2 * targets.connection.length + targets.tierConnection.length + 1);
  let holds = true;
  let most = 0;
  let left = run.judged.length;
  const count = (measure: number, failed: boolean): void => {
    if (!failed) return;
    const failures = (fails[measure] ?? 0) + 1;
    fails[measure] = failures;
    most = Math.max(most, failures);
    if (failures > mayFail) holds = false;
  };
  const under = (value: number | undefined, target: number | undefined): boolean =>
    (value ?? 1) < (target ?? 0) - 1e-9;
  const see = (found: PathMeasures): boolean => {
    let measure = 0;
    for (const name of ['connection', 'within', 'tierConnection'] as const)
      for (let k = 0; k < targets[name].length; k += 1)
        count(measure++, under(found[name][k], targets[name][k]));
    count(measure, found.occupancy > targets.occupancyMax + 1e-9);
    left -= 1;
    return !holds || most + left <= mayFail;
  };
  eachPath(run, operators, see, heaviestFirst(run));
  return holds;
};
