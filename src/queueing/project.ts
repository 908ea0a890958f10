import type { Operation, Outcome } from '../kernel/hotline.ts';
import { totalOutcome, type OutcomeTotals } from '../kernel/measures.ts';
import { localClock } from '../kernel/time.ts';
import { traceRun, writeRun, type TracedProjection } from './near-projection.ts';
import { addWeighted, emptyOutcome } from './outcome-sums.ts';
import { callsOnLine, preparePaths, type PathRunner, type ProjectOptions } from './path-runner.ts';

export type { LoadWithin, ProjectOptions } from './path-runner.ts';
export type { TracedProjection } from './near-projection.ts';
export { addWeighted, copyOutcome } from './outcome-sums.ts';
export { servedOf } from './prompt-flow.ts';
// Searches over operators step through the same model; other stages import this file only.
export type { Judgement, OperatorsPresent } from './judge-interval.ts';
export { openStaffingRun } from './staffing-run.ts';
export { projectNear, projectSharedAs } from './near-projection.ts';
export { isSameButForPrompts, projectBeside } from './project-beside.ts';

/**
 * What callers meet in an operation: the analytic form of the one idea, on mean demand. Every interval is an
 * exact Erlang A with finite lines where queues and tiers form one pool (handle time and patience harmonised
 * by load) or a tier stands alone; between the two, `allocate-load.ts` says how tiers are shared. Load moves
 * through time by the modified offered load with overload carried over, from an empty line; failed and
 * unresolved callers come back after their mean delays, within the interval by a fixed point. Calls handed on
 * to another queue come to it when the first operator is done with them, and hold that operator until they are
 * answered there where the policy says so. Counts belong to the interval in which a call arrives; offered = answered + abandoned + blocked in each. Callers who
 * would call again after the horizon's end are not counted. A non-integer number of operators lies on the
 * line between its whole neighbours.
 */
export const project = (operation: Operation, options: ProjectOptions = {}): Outcome =>
  projectOne(preparePaths(operation, options), -1);

export interface PathsProjection {
  /** Mean outcome over the sample paths. */
  readonly outcome: Outcome;
  /** Outcome of the mean demand. */
  readonly mean: Outcome;
  /** Totals of each path over all queues. */
  readonly pathTotals: readonly OutcomeTotals[];
  /** Totals of each path and local day, all queues. */
  readonly dayTotals: readonly (readonly OutcomeTotals[])[];
  /** Each path's way and, before them, that of the mean; only where `traced` was asked for. */
  readonly traces: readonly TracedProjection[];
}

export interface PathsOptions extends ProjectOptions {
  /** Shown the outcome of each path as it is found. */
  readonly visit?: (outcome: Outcome) => void;
  /** Keeps every path's way, for another projection to start from. */
  readonly traced?: boolean;
  /** Traces of the same paths, capacity and routing under other prompts: what is the same is not run again. */
  readonly near?: readonly TracedProjection[];
}

/** First interval of each local day, and the one after the last. */
const dayBounds = (runner: PathRunner): number[] => {
  const { horizon } = runner.demand;
  const clock = localClock(horizon.zone);
  const bounds: number[] = [];
  let last = '';
  for (let i = 0; i < horizon.count; i += 1) {
    const { date } = clock(horizon.startMillis + i * horizon.intervalMinutes * 60_000);
    if (date !== last) bounds.push(i);
    last = date;
  }
  return [...bounds, horizon.count];
};

/**
 * The outcome as the mean over the demand's sample paths (at most `pathLimit` of them, the first ones), with
 * each path's totals: an outcome under uncertain demand is the mean of outcomes, not the outcome of the mean,
 * since losses are convex in load. Where demand has no paths the mean demand is the only path.
 */
export const projectPaths = (
  operation: Operation,
  pathLimit = Infinity,
  options: PathsOptions = {},
): PathsProjection => {
  const runner = preparePaths(operation, options);
  const paths = Math.min(pathLimit, ...operation.demand.queues.map((queue) => queue.pathCount));
  const outcome = emptyOutcome(runner);
  const bounds = dayBounds(runner);
  const only = !(paths >= 1 && paths < Infinity);
  const traces: TracedProjection[] = [];
  const runOne = (path: number): Outcome => {
    const near = options.near?.[path + 1];
    if (options.traced !== true && near === undefined) return projectOne(runner, path);
    const traced = traceRun(runner, path, near);
    if (options.traced === true) traces.push(traced);
    return traced.outcome;
  };
  // How tiers share the load, interval by interval, is settled on mean demand; sample paths then use it.
  const mean = runOne(-1);
  const pathTotals: OutcomeTotals[] = [];
  const dayTotals: OutcomeTotals[][] = [];
  for (let path = only ? -1 : 0; path < (only ? 0 : paths); path += 1) {
    const own = only ? mean : runOne(path);
    options.visit?.(own);
    addWeighted(outcome, own, only ? 1 : 1 / paths);
    pathTotals.push(totalOutcome(own));
    dayTotals.push(bounds.slice(1).map((to, day) => totalOutcome(own, bounds[day], to)));
  }
  return { outcome, mean, pathTotals, dayTotals, traces };
};

const projectOne = (runner: PathRunner, path: number): Outcome => {
  const outcome = emptyOutcome(runner);
  const calls = callsOnLine(runner, path);
  writeRun(runner, path, calls, outcome);
  return outcome;
};
