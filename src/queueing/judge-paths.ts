import { valueOfRank } from '../kernel/value-of-rank.ts';
import { setOperators, staffPaths, type Judgement, type RunState } from './judge-interval.ts';
import { carriedBy, putState, takeState } from './path-state.ts';
import { solveInterval } from './run-path.ts';
import type { RunningPath } from './running-path.ts';
import { occupancyOf, tierConnectionOf } from './tier-measures.ts';
import { putAllocation } from './tier-state.ts';
import { workDone } from '../kernel/work.ts';

/** Sample paths are solved to this share of calls: far finer than they differ. */
export const pathWithin = 2e-4;

/** Solves the present interval on one path, staffed already, with the mean path's shares. */
export const solvePath = (run: RunState, path: RunningPath, thresholds: boolean): void => {
  putAllocation(path.state, run.mean.state);
  solveInterval(run.runner, path, run.interval, true, thresholds, pathWithin);
};

/** The paths as they were when all were last solved in the interval, if under these operators; else undefined. */
export const solvedBefore = (
  { solvedPaths }: RunState,
  operators: ArrayLike<number>,
): readonly Float64Array[] | undefined =>
  solvedPaths?.operators.every((n, k) => n === operators[k]) === true ? solvedPaths.states : undefined;

/** Value of a measure that the share `confidence` of paths reaches or is above. */
const reached = (run: RunState, values: Float64Array): number =>
  values.some(Number.isNaN) ? Number.NaN : valueOfRank(values, values.length - 1 - run.rank);

/** What one path says of every measure. */
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

const measurePath = ({ state, measures, at }: RunningPath, out: PathMeasures): void => {
  for (let q = 0; q < state.load.length; q += 1) {
    const none = at.base[q] === 0 && (state.load[q] ?? 0) < 1e-9;
    out.connection[q] = none ? 1 : (measures.answer[q] ?? 0);
    out.within[q] = none ? 1 : (measures.within[q] ?? 0);
  }
  for (let k = 0; k < state.operators.length; k += 1)
    out.tierConnection[k] = tierConnectionOf({ state, measures }, k);
  out.occupancy = occupancyOf({ state }, measures.answer, state.share);
};

/**
 * Solves the interval on one path after another, in `order` (all, as they stand, where left out), until `see` has seen
 * enough; leaves every path as it came into the interval.
 */
const eachPath = (
  run: RunState,
  operators: ArrayLike<number>,
  see: (found: PathMeasures, p: number, solved: RunningPath) => boolean,
  order?: readonly number[],
): void => {
  const { runner, mean, judged } = run;
  workDone.mixesJudged += 1;
  run.enteredPaths ??= run.paths.map((path) => takeState(path, carriedBy(path)));
  setOperators(run, operators);
  solveInterval(runner, mean, run.interval, false, judged[0] === mean);
  // A quick judgement moves nothing else of a path that solving it does not set anew.
  if (runner.system.transfers.length > 0)
    for (const [p, path] of run.paths.entries())
      putState(path, carriedBy(path), run.enteredPaths[p] as Float64Array);
  staffPaths(run);
  const found = newMeasures(run);
  for (const p of order ?? judged.keys()) {
    const path = judged[p] as RunningPath;
    const entered = run.enteredPaths[p];
    if (entered !== undefined) solvePath(run, path, true);
    measurePath(path, found);
    const enough = see(found, p, path);
    if (entered !== undefined) putState(path, carriedBy(path), entered);
    if (enough) return;
  }
};

/**
 * The same question as `judge`, answered path by path: every sample path is solved under the operators, and of each
 * measure the value is taken that the share `confidence` of paths reaches. Exact where `judge` orders paths by their
 * load and looks at one of them; as dear as settling the interval.
 */
export const judgePaths = (run: RunState, operators: ArrayLike<number>): Judgement => {
  const { judged, judgement } = run;
  const columns = judged.map(() => newMeasures(run));
  const states: Float64Array[] = [];
  // A prompt's flow is no part of a path's state.
  const kept = run.mean.flow === undefined && run.paths.length > 0;
  eachPath(run, operators, (found, p, path) => {
    if (kept) states.push(takeState(path, carriedBy(path)));
    const own = columns[p] as PathMeasures;
    own.connection.set(found.connection);
    own.within.set(found.within);
    own.tierConnection.set(found.tierConnection);
    own.occupancy = found.occupancy;
    return false;
  });
  if (kept) run.solvedPaths = { operators: Array.from(operators), states };
  const over = (value: (own: PathMeasures) => number | undefined): Float64Array =>
    Float64Array.from(columns, (own) => value(own) ?? 0);
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
export interface PathTargets {
  readonly connection: Float64Array;
  readonly within: Float64Array;
  readonly tierConnection: Float64Array;
  readonly occupancyMax: number;
}

/** Paths with the heaviest load for their operators first, as they were judged last. */
const heaviestFirst = ({ judged }: RunState): number[] => {
  const missing = new Float64Array(judged.length);
  for (let p = 0; p < missing.length; p += 1) {
    const { state } = judged[p] as RunningPath;
    const load = sumOf(state.load);
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
export const holdsOnPaths = (run: RunState, operators: ArrayLike<number>, targets: PathTargets): boolean => {
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
