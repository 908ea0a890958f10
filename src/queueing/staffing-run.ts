import type { Capacity } from '../kernel/hotline.ts';
import {
  judge,
  setOperators,
  staffPaths,
  type Judgement,
  type RunState,
  type StaffingRunInput,
} from './judge-interval.ts';
import { holdsOnPaths, judgePaths, solvedBefore, solvePath, type PathTargets } from './judge-paths.ts';
import { callsOnLine, preparePaths, type PathRunner } from './path-runner.ts';
import { carriedBy, putState, takeState } from './path-state.ts';
import { setLoads, solveInterval } from './run-path.ts';
import { applyTransfers, enterInterval, leaveInterval, startPath, type RunningPath } from './running-path.ts';

/** Calls of a settled interval by sample path (the mean demand where there are none), over all queues. */
export interface SettledCalls {
  readonly offered: Float64Array;
  readonly answered: Float64Array;
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
  /**
   * Measures under these operators by tier, as they hold in the share `confidence` of sample paths. What was judged
   * before in the interval does not move them.
   */
  judge(operators: ArrayLike<number>): Judgement;
  /** The same from every path by itself: exact, and dearer by far. */
  judgePaths(operators: ArrayLike<number>): Judgement;
  /** Whether targets hold path by path under operators that were judged last; cheaper where they do not. */
  holdsOnPaths(operators: ArrayLike<number>, targets: PathTargets): boolean;
  /** Settles the interval's operators and moves every path on; returns offered and answered by path. */
  settle(operators: ArrayLike<number>): SettledCalls;
}

const prepare = (
  input: StaffingRunInput,
): { runner: PathRunner; mean: RunningPath; paths: RunningPath[] } => {
  const { count } = input.demand.horizon;
  const capacity: Capacity = {
    trunks: input.trunks,
    tiers: input.tierNames.map((tier) => ({ tier, operators: new Float64Array(count) })),
  };
  const runner = preparePaths({ demand: input.demand, capacity, policy: input.policy }, { load: input.load });
  const open = (path: number): RunningPath => {
    const own = startPath(runner, callsOnLine(runner, path), path);
    // No target asks for those who hang up at once.
    own.setting.withShort = false;
    return own;
  };
  const available = Math.min(input.pathLimit, ...input.demand.queues.map((queue) => queue.pathCount));
  const paths =
    available >= 1 && available < Infinity ? Array.from({ length: available }, (_, p) => open(p)) : [];
  return { runner, mean: open(-1), paths };
};

const newRun = (input: StaffingRunInput): RunState => {
  const { runner, mean, paths } = prepare(input);
  const queues = runner.system.queueNames.length;
  const judged = paths.length > 0 ? paths : [mean];
  const place = Math.ceil(input.confidence * judged.length - 1e-9) - 1;
  return {
    input,
    runner,
    mean,
    paths,
    judged,
    rank: Math.min(judged.length - 1, Math.max(0, place)),
    seen: new Float64Array(judged.length),
    loads: new Float64Array(judged.length),
    pathLoads: new Float64Array(judged.length * queues),
    pathOperators: new Float64Array(judged.length * queues),
    operatorsSeen: false,
    ordered: new Float64Array(judged.length),
    carried: { load: 0, left: 0 },
    busySeen: false,
    interval: 0,
    entered: new Float64Array(0),
    enteredPaths: undefined,
    solvedPaths: undefined,
    presentOnPaths: input.tierNames.map(() => new Map()),
    judgement: {
      connection: new Float64Array(queues),
      within: new Float64Array(queues),
      tierConnection: new Float64Array(runner.system.tierNames.length),
      occupancy: 0,
      block: 0,
    },
  };
};

const settle = (run: RunState, operators: ArrayLike<number>): SettledCalls => {
  const { runner, mean, judged, interval } = run;
  setOperators(run, operators);
  solveInterval(runner, mean, interval, false, false);
  staffPaths(run);
  const offered = new Float64Array(judged.length);
  const answered = new Float64Array(judged.length);
  const solved = solvedBefore(run, operators);
  judged.forEach((path, p) => {
    if (path !== mean) {
      const before = solved?.[p];
      if (before === undefined) solvePath(run, path, false);
      else putState(path, carriedBy(path), before);
      leaveInterval(runner, path, interval);
    }
    path.at.offered.forEach((calls, q) => {
      offered[p] = (offered[p] ?? 0) + calls;
      answered[p] = (answered[p] ?? 0) + calls * (path.measures.answer[q] ?? 0);
    });
  });
  leaveInterval(runner, mean, interval);
  return { offered, answered };
};

const enter = (run: RunState, interval: number): void => {
  run.interval = interval;
  run.enteredPaths = undefined;
  run.solvedPaths = undefined;
  for (const known of run.presentOnPaths) known.clear();
  for (const path of [run.mean, ...run.paths]) enterInterval(run.runner, path, interval);
  const { at, state } = run.mean;
  at.offered.set(at.base);
  applyTransfers(run.runner, run.mean, run.mean.measures);
  setLoads(run.runner, state, at);
  run.entered = takeState(run.mean, carriedBy(run.mean));
};

/** Starts a run at the beginning of the horizon, on an empty line. */
export const openStaffingRun = (input: StaffingRunInput): StaffingRun => {
  const run = newRun(input);
  return {
    queueNames: run.runner.system.queueNames,
    meanLoad: run.mean.state.load,
    enter: (interval) => enter(run, interval),
    judge: (operators) => judge(run, operators),
    judgePaths: (operators) => judgePaths(run, operators),
    holdsOnPaths: (operators, targets) => holdsOnPaths(run, operators, targets),
    settle: (operators) => settle(run, operators),
  };
};
