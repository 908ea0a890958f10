import type { Operation, Outcome } from '../kernel/hotline.ts';
import { copyOutcome, emptyOutcome, writeInterval } from './outcome-sums.ts';
import { callsOnLine, preparePaths, type PathRunner } from './path-runner.ts';
import { leavePrompts, playInterval } from './prompt-flow.ts';
import { runPath, type FollowRun, type PathSink } from './run-path.ts';
import { carriedBy, isNear, putState, takeState } from './path-state.ts';
import type { RunningPath } from './running-path.ts';
import type { Allocation } from './tier-state.ts';
import { promptsByWait } from './wait-offers.ts';

/** A projection that remembers its way, so that one that differs in a few intervals need not go all of it. */
export interface TracedProjection {
  readonly outcome: Outcome;
  /** What the run was given in each interval: calls and prompts of each queue; undefined where that hangs on the wait. */
  readonly given: readonly (Float64Array | undefined)[];
  /** What the run carried with it when it came to each interval. */
  readonly carried: readonly Float64Array[];
  /** How tiers shared the load in each interval. */
  readonly allocations: readonly Allocation[];
}

/**
 * The projection of mean demand (as `project`), with its trace. `near`, a run over the same handle times, patience,
 * capacity and routing under other prompts or calls, lends the intervals in which calls and prompts are the same and
 * the line arrives as it did there: load, overload and repeat callers forget a change within an hour or two. Lent
 * figures are those of a run of its own within a few hundred-thousandths.
 */
export const projectNear = (operation: Operation, near?: TracedProjection): TracedProjection =>
  traceRun(preparePaths(operation), -1, near);

/**
 * The outcome under other prompts if tiers went on to share the load as they did in `near`: the effect of a small
 * change to first order, at half the price of a projection. For proposals that are judged by `projectNear` later.
 */
export const projectSharedAs = (near: TracedProjection, operation: Operation): Outcome => {
  const runner = preparePaths(operation);
  runner.allocations.push(...near.allocations);
  return traceRun(runner, -1).outcome;
};

/** Runs one path (−1 the mean) with its trace; see `projectNear`. A path of the same index must have made `near`. */
export const traceRun = (runner: PathRunner, index: number, near?: TracedProjection): TracedProjection => {
  const calls = callsOnLine(runner, index);
  const outcome = near === undefined ? emptyOutcome(runner) : copyOutcome(near.outcome);
  const given: (Float64Array | undefined)[] = [];
  const carried: Float64Array[] = [];
  const follow = near === undefined ? remember(given, carried) : followNear(runner, near, given, carried);
  writeRun(runner, index, calls, outcome, follow);
  return { outcome, given, carried, allocations: runner.allocations };
};

const figuresOfQueue = 7;

/**
 * What a run is given in an interval, as far as that is known before it is solved: prompts played to everyone hang on
 * nothing else. Undefined where one plays that is offered by wait.
 */
const givenIn = ({ flow, calls, audience }: RunningPath, interval: number): Float64Array | undefined => {
  const given = new Float64Array(figuresOfQueue * calls.length);
  if (flow !== undefined) {
    if (promptsByWait(flow, interval).some((prompts) => prompts.length > 0)) return undefined;
    playInterval(flow, interval, audience);
  }
  for (const [q, first] of calls.entries()) {
    const fresh = first[interval] ?? 0;
    const now = flow?.now[q];
    const { divertedOnline, deferred } = flow?.effect ?? {};
    given.set(
      [
        fresh,
        now?.arriving ?? fresh,
        now?.heard ?? 0,
        now?.heardSeconds ?? 0,
        now?.inversePatience ?? fresh,
        divertedOnline?.[q]?.[interval] ?? 0,
        deferred?.[q]?.[interval] ?? 0,
      ],
      figuresOfQueue * q,
    );
  }
  return given;
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
  (given: (Float64Array | undefined)[], carried: Float64Array[]): FollowRun =>
  (interval, path) => {
    given.push(givenIn(path, interval));
    carried.push(takeState(path, carriedBy(path)));
    return false;
  };

/** Says of each interval whether the near run's stands, and brings the path back to that run's state where it leaves it. */
const followNear = (
  runner: PathRunner,
  near: TracedProjection,
  given: (Float64Array | undefined)[],
  carried: Float64Array[],
): FollowRun => {
  let follows = true;
  return (interval, path) => {
    const arrays = carriedBy(path);
    const there = near.carried[interval];
    if (there === undefined) throw new RangeError('the near run is shorter');
    const own = givenIn(path, interval);
    given.push(own);
    follows ||= isNear(path, arrays, there);
    const known = runner.allocations[interval];
    const lent = near.allocations[interval];
    const alike = sameGiven(own, near.given[interval]) && (known ?? lent) === lent;
    if (follows && alike) {
      carried.push(there);
      if (path.flow !== undefined) leavePrompts(path.flow, interval);
      if (known === undefined && lent !== undefined) runner.allocations.push(lent);
      return true;
    }
    if (follows) putState(path, arrays, there);
    follows = false;
    carried.push(takeState(path, arrays));
    return false;
  };
};

const sameGiven = (own: Float64Array | undefined, there: Float64Array | undefined): boolean =>
  own !== undefined && there !== undefined && own.every((value, k) => value === there[k]);
