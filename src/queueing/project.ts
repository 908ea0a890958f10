import type { Capacity, Demand, Outcome, Policy } from '../kernel/hotline.ts';
import type { OutcomeTotals } from '../kernel/measures.ts';
import { localClock } from '../kernel/time.ts';
import { addInterval, addWeighted, emptyOutcome, emptyTotals, type TotalsRow } from './outcome-sums.ts';
import {
  callsOnLine,
  preparePaths,
  promptsOnPath,
  type PathRunner,
  type ProjectOptions,
} from './path-runner.ts';
import { runPath } from './run-path.ts';

export type { LoadWithin, ProjectOptions } from './path-runner.ts';
// Searches over operators step through the same model; other stages import this file only.
export type { Judgement } from './judge-interval.ts';
export { openStaffingRun } from './staffing-run.ts';

/**
 * What callers meet on the line: the analytic form of the one idea, on mean demand. Every interval is an
 * exact Erlang A with finite lines where queues and tiers form one pool (handle time and patience harmonised
 * by load) or a tier stands alone; between the two, `allocate-load.ts` says how tiers are shared. Load moves
 * through time by the modified offered load with overload carried over, from an empty line; failed and
 * unresolved callers come back after their mean delays, within the interval by a fixed point. Counts belong
 * to the interval in which a call arrives; offered = answered + abandoned + blocked in each. Callers who
 * would call again after the horizon's end are not counted. A non-integer number of operators lies on the
 * line between its whole neighbours.
 */
export const project = (
  demand: Demand,
  capacity: Capacity,
  policy: Policy,
  options: ProjectOptions = {},
): Outcome => {
  const runner = preparePaths(demand, capacity, policy, options);
  const outcome = emptyOutcome(runner);
  projectOne(runner, -1, 1, outcome, undefined);
  return outcome;
};

export interface PathsProjection {
  /** Mean outcome over the sample paths. */
  readonly outcome: Outcome;
  /** Totals of each path over all queues. */
  readonly pathTotals: readonly OutcomeTotals[];
  /** Totals of each path and local day, all queues. */
  readonly dayTotals: readonly (readonly OutcomeTotals[])[];
}

/** Index of each interval's local day, from 0. */
const daysOf = (runner: PathRunner): Int32Array => {
  const { horizon } = runner.demand;
  const clock = localClock(horizon.zone);
  const dates: string[] = [];
  return Int32Array.from({ length: horizon.count }, (_, i) => {
    const { date } = clock(horizon.startMillis + i * horizon.intervalMinutes * 60_000);
    if (dates.at(-1) !== date) dates.push(date);
    return dates.length - 1;
  });
};

/**
 * The outcome as the mean over the demand's sample paths (at most `pathLimit` of them, the first ones), with
 * each path's totals: an outcome under uncertain demand is the mean of outcomes, not the outcome of the mean,
 * since losses are convex in load. Where demand has no paths the mean demand is the only path. `visit` is shown the
 * outcome of each path as it is found.
 */
export const projectPaths = (
  demand: Demand,
  capacity: Capacity,
  policy: Policy,
  pathLimit = Infinity,
  options: ProjectOptions & { readonly visit?: (outcome: Outcome) => void } = {},
): PathsProjection => {
  const runner = preparePaths(demand, capacity, policy, options);
  const paths = Math.min(pathLimit, ...demand.queues.map((queue) => queue.pathCount));
  const outcome = emptyOutcome(runner);
  const days = daysOf(runner);
  const dayCount = (days.at(-1) ?? -1) + 1;
  const only = !(paths >= 1 && paths < Infinity);
  if (!only) runMean(runner);
  const pathTotals: TotalsRow[] = [];
  const dayTotals: TotalsRow[][] = [];
  for (let path = only ? -1 : 0; path < (only ? 0 : paths); path += 1) {
    const total = emptyTotals();
    const byDay = Array.from({ length: dayCount }, emptyTotals);
    const weight = only ? 1 : 1 / paths;
    if (options.visit === undefined) projectOne(runner, path, weight, outcome, { total, byDay, days });
    else {
      const own = emptyOutcome(runner);
      projectOne(runner, path, 1, own, { total, byDay, days });
      options.visit(own);
      addWeighted(outcome, own, weight);
    }
    pathTotals.push(total);
    dayTotals.push(byDay);
  }
  return { outcome, pathTotals, dayTotals };
};

const effectOf = (
  runner: PathRunner,
  calls: readonly Float64Array[],
): ReturnType<typeof promptsOnPath> | undefined =>
  runner.policy.prompts.length === 0 ? undefined : promptsOnPath(runner, calls);

/** Settles how tiers share the load, interval by interval, on mean demand; sample paths then use it. */
const runMean = (runner: PathRunner): void => {
  const calls = callsOnLine(runner, -1);
  const effect = effectOf(runner, calls);
  runPath(runner, effect?.calls ?? calls, effect, () => undefined);
};

const projectOne = (
  runner: PathRunner,
  path: number,
  weight: number,
  outcome: Outcome,
  totals: { total: TotalsRow; byDay: TotalsRow[]; days: Int32Array } | undefined,
): void => {
  const calls = callsOnLine(runner, path);
  const effect = effectOf(runner, calls);
  runPath(runner, effect?.calls ?? calls, effect, (interval, offered, measures, state) => {
    const day = totals?.byDay[totals.days[interval] ?? 0];
    addInterval(runner, outcome, { path, interval, weight, calls, effect, offered, measures, state }, [
      totals?.total,
      day,
    ]);
  });
};
