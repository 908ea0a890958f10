import type { Capacity, Demand, Outcome, Policy } from '../kernel/hotline.ts';
import { copyOutcome, emptyOutcome, writeInterval } from './outcome-sums.ts';
import { callsOnLine, preparePaths, type PathRunner } from './path-runner.ts';
import { leavePrompts, openPromptFlow, playInterval } from './prompt-flow.ts';
import { runPath, type FollowRun, type PathSink } from './run-path.ts';
import type { RunningPath } from './running-path.ts';

/** A projection that remembers its way, so that one that differs in a few intervals need not go all of it. */
export interface TracedProjection {
  readonly outcome: Outcome;
  /** What the run was given, by interval: calls and prompts of each queue. */
  readonly given: readonly Float64Array[];
  /** First interval in which a prompt hangs on the wait: from there on nobody can say beforehand what a run is given. */
  readonly givenUntil: number;
  /** What the run carried with it when it came to each interval. */
  readonly carried: readonly Float64Array[];
  /** How tiers shared the load in each interval. */
  readonly shares: readonly Float64Array[];
  readonly reaches: readonly Float64Array[];
}

/**
 * The projection of mean demand (as `project`), with its trace. `near`, a run over the same demand, capacity and
 * routing under other prompts, lends the intervals in which calls and prompts are the same and the line arrives as it
 * did there: load, overload and repeat callers forget a change within an hour or two. Lent figures are those of a run
 * of its own within a few hundred-thousandths.
 */
export const projectNear = (
  demand: Demand,
  capacity: Capacity,
  policy: Policy,
  near?: TracedProjection,
): TracedProjection => traceRun(preparePaths(demand, capacity, policy), -1, near);

/**
 * The outcome under other prompts if tiers went on to share the load as they did in `near`: the effect of a small
 * change to first order, at half the price of a projection. For proposals that are judged by `projectNear` later.
 */
export const projectSharedAs = (
  near: TracedProjection,
  demand: Demand,
  capacity: Capacity,
  policy: Policy,
): Outcome => {
  const runner = preparePaths(demand, capacity, policy);
  runner.shares.push(...near.shares);
  runner.reaches.push(...near.reaches);
  return traceRun(runner, -1).outcome;
};

/** Runs one path (−1 the mean) with its trace; see `projectNear`. A path of the same index must have made `near`. */
export const traceRun = (runner: PathRunner, index: number, near?: TracedProjection): TracedProjection => {
  const calls = callsOnLine(runner, index);
  const { given, givenUntil } = givenBy(runner, calls);
  const outcome = near === undefined ? emptyOutcome(runner) : copyOutcome(near.outcome);
  const carried: Float64Array[] = [];
  const follow =
    near === undefined
      ? remember(carried)
      : followNear(runner, given, { ...near, givenUntil: Math.min(near.givenUntil, givenUntil) }, carried);
  writeRun(runner, index, calls, outcome, follow);
  return { outcome, given, givenUntil, carried, shares: runner.shares, reaches: runner.reaches };
};

/** What a run is given by interval, as far as that is known before it: prompts played to everyone hang on nothing else. */
const givenBy = (
  { system, demand, policy }: PathRunner,
  calls: readonly Float64Array[],
): Pick<TracedProjection, 'given' | 'givenUntil'> => {
  const { count } = demand.horizon;
  const flow = openPromptFlow(calls, system.queueNames, demand.horizon, policy);
  const row = (): Float64Array => new Float64Array(count);
  const rows = calls.map(() => ({
    arriving: row(),
    heard: row(),
    heardSeconds: row(),
    inversePatience: row(),
  }));
  for (let i = 0; i < count; i += 1) {
    playInterval(flow, i, []);
    for (const [q, { arriving, heard, heardSeconds, inversePatience }] of rows.entries()) {
      const now = flow.now[q];
      arriving[i] = now?.arriving ?? 0;
      heard[i] = now?.heard ?? 0;
      heardSeconds[i] = now?.heardSeconds ?? 0;
      inversePatience[i] = now?.inversePatience ?? 0;
    }
    leavePrompts(flow, i);
  }
  const byWait = flow.prompts.filter(({ aboveSeconds }) => aboveSeconds > 0);
  const first = byWait.map(({ placement }) => placement.on.indexOf(1)).filter((i) => i >= 0);
  const { divertedOnline, deferred } = flow.effect;
  return {
    given: [...rows.flatMap((own) => Object.values(own)), ...divertedOnline, ...deferred],
    givenUntil: Math.min(count, ...first),
  };
};

/** Runs one path and writes what its calls meet into an outcome; `calls` are those before prompts. */
export const writeRun = (
  runner: PathRunner,
  path: number,
  calls: readonly Float64Array[],
  outcome: Outcome,
  follow?: FollowRun,
): void => {
  const write: PathSink = (interval, { state, measures, transfers, at, flow }) => {
    const { offered } = at;
    const effect = flow?.effect;
    writeInterval(runner, outcome, { path, interval, calls, effect, offered, measures, state, transfers });
  };
  runPath(runner, calls, path, write, follow);
};

const remember =
  (carried: Float64Array[]): FollowRun =>
  (_, path) => {
    carried.push(takeState(path, carriedBy(path)));
    return false;
  };

/** Says of each interval whether the near run's stands, and brings the path back to that run's state where it leaves it. */
const followNear = (
  runner: PathRunner,
  given: readonly Float64Array[],
  near: TracedProjection,
  carried: Float64Array[],
): FollowRun => {
  let follows = true;
  return (interval, path) => {
    const arrays = carriedBy(path);
    const there = near.carried[interval];
    if (there === undefined) throw new RangeError('the near run is shorter');
    follows ||= isNear(path, arrays, there);
    const known = runner.shares[interval];
    const alike =
      interval < near.givenUntil &&
      sameGiven(given, near.given, interval) &&
      (known ?? near.shares[interval]) === near.shares[interval];
    if (follows && alike) {
      carried.push(there);
      if (path.flow !== undefined) {
        playInterval(path.flow, interval, path.audience);
        leavePrompts(path.flow, interval);
      }
      if (known === undefined) {
        runner.shares.push(near.shares[interval] ?? new Float64Array(0));
        runner.reaches.push(near.reaches[interval] ?? new Float64Array(0));
      }
      return true;
    }
    if (follows) putState(path, arrays, there);
    follows = false;
    carried.push(takeState(path, arrays));
    return false;
  };
};

const sameGiven = (
  given: readonly Float64Array[],
  there: readonly Float64Array[],
  interval: number,
): boolean => given.every((values, k) => values[interval] === there[k]?.[interval]);

const known = new WeakMap<RunningPath, readonly Float64Array[]>();

/** Every array that a run works on: whatever it carries from interval to interval is in one of them. */
const carriedBy = (path: RunningPath): readonly Float64Array[] => {
  const found = known.get(path) ?? [
    ...new Set(arraysWithin([path.at, path.state, path.measures, path.transfers])),
  ];
  known.set(path, found);
  return found;
};

const arraysWithin = (value: unknown): Float64Array[] => {
  if (value instanceof Float64Array) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(arraysWithin);
};

const takeState = (path: RunningPath, arrays: readonly Float64Array[]): Float64Array => {
  const all = new Float64Array(arrays.reduce((sum, values) => sum + values.length, 1));
  let from = 1;
  all[0] = path.setting.block;
  for (const values of arrays) {
    all.set(values, from);
    from += values.length;
  }
  return all;
};

const putState = (path: RunningPath, arrays: readonly Float64Array[], all: Float64Array): void => {
  let from = 1;
  path.setting.block = all[0] ?? 0;
  for (const values of arrays) {
    values.set(all.subarray(from, from + values.length));
    from += values.length;
  }
};

/** How near carried states must be, relative to 1 or to their size, for the rest of the way to be the same. */
const sameState = 1e-7;

const isNear = (path: RunningPath, arrays: readonly Float64Array[], there: Float64Array): boolean => {
  const close = (a: number, b: number): boolean =>
    a === b || Math.abs(a - b) <= sameState * Math.max(1, Math.abs(b));
  if (!close(path.setting.block, there[0] ?? 0)) return false;
  let from = 1;
  for (const values of arrays) {
    for (let i = 0; i < values.length; i += 1) if (!close(values[i] ?? 0, there[from + i] ?? 0)) return false;
    from += values.length;
  }
  return true;
};
