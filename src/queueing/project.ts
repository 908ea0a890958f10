import {
  type Demand,
  instantAt,
  type Operation,
  operatorsAt,
  type Outcome,
  type QueueOutcome,
  type TransferOutcome,
} from '../kernel/hotline.ts';
import { type OutcomeTotals, totalOutcome } from '../kernel/measures.ts';
import { localClock } from '../kernel/time.ts';
import { type CallBackFlow, noCallBacks } from './call-back-flow.ts';
import { leavePrompts, playInterval, type PromptEffect } from './prompt-flow.ts';
import { type FollowRun, type PathSink, runPath } from './run-path.ts';
import {
  callsOnLine,
  type CompiledOperation,
  compileOperation,
  copyState,
  type PathState,
  type ProjectOptions,
  restoreState,
} from './path-state.ts';
import type { Allocation, QueueMeasures, TierState } from './tier-state.ts';
import { legAnswer, type TransferFlow } from './transfer-calls.ts';
import { playsByWait } from './wait-offers.ts';

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
  projectOne(compileOperation(operation, options), -1);

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
  /** Mean outcomes of the operations `beside` over the same paths. */
  readonly beside: readonly Outcome[];
}

interface PathsOptions extends ProjectOptions {
  /** Shown the outcome of each path as it is found. */
  readonly visit?: (outcome: Outcome) => void;
  /** Keeps every path's way, for another projection to start from. */
  readonly traced?: boolean;
  /** Traces of the same paths and routing under other prompts, calls or operators: what is the same is not run again. */
  readonly near?: readonly TracedProjection[];
  /** Paths that begin as the mean does (the hours of a day that are over) take its way as far as they are given the same. */
  readonly beginAsMean?: boolean;
  /** Only these of the paths, each with its weight among all of them: shares add up to the whole. */
  readonly share?: PathShare;
  /** Others that differ in prompts and calls only: each path of them starts from that of this one (`near`). */
  readonly beside?: readonly Operation[];
}

/** Sample paths from `from` to before `to`. */
export interface PathShare {
  readonly from: number;
  readonly to: number;
}

/** Sample paths in so many even shares; one where there are no more than that. */
export const sharePaths = (demand: Demand, pathLimit: number, shares: number): readonly PathShare[] => {
  const paths = Math.min(pathLimit, ...demand.queues.map(({ pathCount }) => pathCount));
  const count = paths > shares && paths < Infinity ? shares : 1;
  return Array.from({ length: count }, (_, i) => ({
    from: Math.floor((i * paths) / count),
    to: Math.floor(((i + 1) * paths) / count),
  }));
};

/** First interval of each local day, and the one after the last. */
const dayBounds = (compiled: CompiledOperation): number[] => {
  const { horizon } = compiled.demand;
  const clock = localClock(horizon.zone);
  const bounds: number[] = [];
  let last = '';
  for (let i = 0; i < horizon.count; i += 1) {
    const { date } = clock(instantAt(horizon, i));
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
  const compiled = compileOperation(operation, options);
  const paths = Math.min(pathLimit, ...operation.demand.queues.map((queue) => queue.pathCount));
  const outcome = emptyOutcome(compiled);
  const bounds = dayBounds(compiled);
  const only = !(paths >= 1 && paths < Infinity);
  const { from, to } = only ? { from: -1, to: 0 } : (options.share ?? { from: 0, to: paths });
  const traces: TracedProjection[] = [];
  let begun: TracedProjection | undefined;
  const others = options.beside?.map((other) => newBeside(other, options)) ?? [];
  let last: TracedProjection | undefined;
  const runOne = (index: number): Outcome => {
    if (others.length > 0) {
      last = traceRun(compiled, index, undefined, last);
      for (const own of others) own.last = runFrom(own.compiled, index, last, own.last);
      // the next path writes over this one; the mean is told beside all of them
      return index < 0 ? copyOutcome(last.outcome) : last.outcome;
    }
    const near = options.near?.[index < 0 ? 0 : index - from + 1] ?? begun;
    if (options.traced !== true && options.beginAsMean !== true)
      return near === undefined ? projectOne(compiled, index) : runFrom(compiled, index, near);
    const traced = traceRun(compiled, index, near);
    if (options.beginAsMean === true) begun ??= traced;
    if (options.traced === true) traces.push(traced);
    return traced.outcome;
  };
  // How tiers share the load, interval by interval, is settled on mean demand; sample paths then use it.
  const mean = runOne(-1);
  const pathTotals: OutcomeTotals[] = [];
  const dayTotals: OutcomeTotals[][] = [];
  for (let index = from; index < to; index += 1) {
    const drawn = only ? mean : runOne(index);
    options.visit?.(drawn);
    addWeightedOutcome(outcome, drawn, only ? 1 : 1 / paths);
    for (const other of others)
      if (other.last !== undefined) addWeightedOutcome(other.outcome, other.last, only ? 1 : 1 / paths);
    pathTotals.push(totalOutcome(drawn));
    dayTotals.push(bounds.slice(1).map((to, day) => totalOutcome(drawn, bounds[day], to)));
  }
  return { outcome, mean, pathTotals, dayTotals, traces, beside: others.map((other) => other.outcome) };
};

/** Runs beside those of another operation, with the latest path, which the next one writes over. */
interface Beside {
  readonly compiled: CompiledOperation;
  readonly outcome: Outcome;
  last: Outcome | undefined;
}

const newBeside = (operation: Operation, options: ProjectOptions): Beside => {
  const compiled = compileOperation(operation, options);
  return { compiled, outcome: emptyOutcome(compiled), last: undefined };
};

const projectOne = (compiled: CompiledOperation, index: number): Outcome => {
  const outcome = emptyOutcome(compiled);
  const calls = callsOnLine(compiled, index);
  writeRun(compiled, index, calls, outcome);
  return outcome;
};

/** A projection that remembers its way, so that one that differs in a few intervals need not go all of it. */
export interface TracedProjection extends Way {
  readonly outcome: Outcome;
  /** How tiers shared the load in each interval. */
  readonly allocations: readonly Allocation[];
}

interface Way {
  /** What the run was given in each interval: calls and prompts of each queue; undefined where that depends on the wait. */
  readonly given: (Float64Array | undefined)[];
  /** What the run carried with it when it came to each interval. */
  readonly carried: Float64Array[];
}

/**
 * The projection of mean demand (as `project`), with its trace. `near`, a run over the same handle times, patience and
 * routing under other prompts, calls or operators, lends the intervals in which these are the same and the line arrives
 * as it did there: load, overload and repeat callers forget a change within an hour or two. Lent figures are those of a
 * run of its own within a few hundred-thousandths.
 */
export const projectNear = (operation: Operation, near?: TracedProjection): TracedProjection =>
  traceRun(compileOperation(operation), -1, near);

/**
 * The outcome under other prompts if tiers went on to share the load as they did in `near`: the effect of a small
 * change to first order, at half the price of a projection. For proposals that are judged by `projectNear` later.
 */
export const projectSharedAs = (near: TracedProjection, operation: Operation): Outcome => {
  const compiled = compileOperation(operation);
  compiled.allocations.push(...near.allocations);
  return projectOne(compiled, -1);
};

/**
 * Runs one path (−1 the mean) with its trace; see `projectNear`. A path of the same index must have made `near`. What
 * `done` holds is overwritten: a trace that nobody needs any more.
 */
const traceRun = (
  compiled: CompiledOperation,
  index: number,
  near?: TracedProjection,
  done?: TracedProjection,
): TracedProjection => {
  const outcome = outcomeFor(compiled, near?.outcome, done?.outcome);
  const way: Way = { given: [], carried: [] };
  const follow =
    near === undefined ? remember(compiled, index, way, done) : followNear(compiled, index, near, way);
  writeRun(compiled, index, callsOnLine(compiled, index), outcome, follow);
  return { outcome, ...way, allocations: compiled.allocations };
};

/** The same where nobody starts from this run: it keeps no way. */
const runFrom = (
  compiled: CompiledOperation,
  index: number,
  near: TracedProjection,
  done?: Outcome,
): Outcome => {
  const outcome = outcomeFor(compiled, near.outcome, done);
  writeRun(compiled, index, callsOnLine(compiled, index), outcome, followNear(compiled, index, near));
  return outcome;
};

/** Where a run writes its figures, with those that a near one lends: in arrays of its own, or those of `done`. */
const outcomeFor = (compiled: CompiledOperation, near?: Outcome, done?: Outcome): Outcome => {
  // Calls back are written by the run itself, into arrays of its own.
  const isAnew = done === undefined || (compiled.policy.callBacks ?? []).length > 0;
  const outcome = isAnew ? emptyOutcome(compiled) : done;
  eachFigure(outcome, near, (own, lent) => own.set(lent), ['callBacks', ...notFound]);
  return outcome;
};

/** What of an outcome is given, not found. */
const notFound: readonly string[] = ['operators', 'staffedOperatorSeconds'];

/** Shows every array of an outcome beside the same of another of its shape, as far as that has it. */
const eachFigure = (
  one: object,
  other: object | undefined,
  see: (one: Float64Array, other: Float64Array) => void,
  without = notFound,
): void => {
  if (other === undefined) return;
  for (const [name, value] of Object.entries(one) as [string, unknown][]) {
    const same = (other as Readonly<Record<string, object | undefined>>)[name];
    if (without.includes(name) || same === undefined) continue;
    if (value instanceof Float64Array) see(value, same as Float64Array);
    else if (typeof value === 'object' && value !== null)
      // There the names are those of queues.
      eachFigure(value, same, see, name === 'answeredByQueue' ? [] : without);
  }
};

const figuresOfQueue = 7;

/**
 * What a run is given in an interval, as far as that is known before it is solved: prompts played to everyone hang on
 * nothing else. Undefined where one plays that is offered by wait.
 */
const givenIn = (
  { capacity, demand }: CompiledOperation,
  index: number,
  { flow, calls, audience, callBacks }: PathState,
  interval: number,
  into?: Float64Array,
): Float64Array | undefined => {
  // The list of lost callers is not among what a trace carries; before it begins there is none.
  const isBefore = ({ placement }: CallBackFlow): boolean =>
    placement.known !== undefined &&
    interval < placement.known.at &&
    (placement.attempts[interval] ?? 0) === 0;
  if (callBacks?.some((own) => own !== undefined && !isBefore(own)) === true) return undefined;
  const given = into ?? new Float64Array(figuresOfQueue * calls.length + capacity.tiers.length);
  for (const [k, tier] of capacity.tiers.entries())
    given[figuresOfQueue * calls.length + k] = operatorsAt(tier, index, interval, demand.horizon.count);
  if (flow !== undefined) {
    if (playsByWait(flow, interval)) return undefined;
    playInterval(flow, interval, audience);
  }
  for (const [q, first] of calls.entries()) {
    const fresh = first[interval] ?? 0;
    const now = flow?.now[q];
    const { divertedOnline, deferred } = flow?.effect ?? {};
    const at = figuresOfQueue * q;
    given[at] = fresh;
    given[at + 1] = now?.arriving ?? fresh;
    given[at + 2] = now?.heard ?? 0;
    given[at + 3] = now?.heardSeconds ?? 0;
    given[at + 4] = now?.inversePatience ?? fresh;
    given[at + 5] = divertedOnline?.[q]?.[interval] ?? 0;
    given[at + 6] = deferred?.[q]?.[interval] ?? 0;
  }
  return given;
};

/** Runs one path and writes what its calls meet into an outcome; `calls` are those before prompts. */
const writeRun = (
  compiled: CompiledOperation,
  index: number,
  calls: readonly Float64Array[],
  outcome: Outcome,
  follow?: FollowRun,
): void => {
  let isFirst = true;
  const write: PathSink = (interval, { state, measures, transfers, progress, flow, callBacks }) => {
    const { offered } = progress;
    const effect = flow?.effect;
    // Written by the run itself, in arrays of its own.
    if (isFirst)
      callBacks?.forEach((own, q) => {
        const queue = outcome.queues[q];
        if (own !== undefined && queue !== undefined) Object.assign(queue, { callBacks: own.effect });
      });
    isFirst = false;
    writeInterval(compiled, outcome, { index, interval, calls, effect, offered, measures, state, transfers });
  };
  runPath(compiled, calls, index, write, follow);
};

const remember =
  (compiled: CompiledOperation, index: number, { given, carried }: Way, done?: TracedProjection): FollowRun =>
  (interval, path) => {
    given.push(givenIn(compiled, index, path, interval, done?.given[interval]));
    carried.push(copyState(path, done?.carried[interval]));
    return false;
  };

/**
 * Says of each interval whether the near run's stands, and brings the path back to that run's state where it leaves it;
 * notes the way where one is kept.
 */
const followNear = (
  compiled: CompiledOperation,
  index: number,
  near: TracedProjection,
  way?: Way,
): FollowRun => {
  let follows = true;
  let spare: Float64Array | undefined;
  return (interval, path) => {
    const there = near.carried[interval];
    if (there === undefined) throw new RangeError('the near run is shorter');
    const factors = givenIn(compiled, index, path, interval, spare);
    if (way === undefined) spare = factors ?? spare;
    way?.given.push(factors);
    follows ||= isNearState(path, there);
    const known = compiled.allocations[interval];
    const lent = near.allocations[interval];
    const alike = sameGiven(factors, near.given[interval]) && (known ?? lent) === lent;
    if (follows && alike) {
      way?.carried.push(there);
      if (path.flow !== undefined) leavePrompts(path.flow, interval);
      if (known === undefined && lent !== undefined) compiled.allocations.push(lent);
      return true;
    }
    if (follows) restoreState(path, there);
    follows = false;
    way?.carried.push(copyState(path));
    return false;
  };
};

const sameGiven = (own: Float64Array | undefined, there: Float64Array | undefined): boolean =>
  own !== undefined && there !== undefined && own.every((value, k) => value === there[k]);

/** An outcome of zeros with the operation's queues and tiers; operators and staffed seconds are filled in. */
const emptyOutcome = (compiled: CompiledOperation): Outcome => {
  const { horizon, queues } = compiled.demand;
  const zeros = (): Float64Array => new Float64Array(horizon.count);
  const handsOn = compiled.system.transfers.length > 0;
  const calledBack = new Set(compiled.policy.callBacks?.map(({ queue }) => queue));
  return {
    horizon,
    method: 'analytic',
    queues: queues.map(({ queue }) => ({
      queue,
      fresh: zeros(),
      offered: zeros(),
      answered: zeros(),
      answeredWithinThreshold: zeros(),
      abandoned: zeros(),
      shortAbandoned: zeros(),
      abandonedWithinThreshold: zeros(),
      blocked: zeros(),
      divertedOnline: zeros(),
      deferred: zeros(),
      contained: zeros(),
      answeredWaitSeconds: zeros(),
      waitSeconds: zeros(),
      ...(handsOn ? { transfers: noTransfers(zeros) } : {}),
      ...(calledBack.has(queue) ? { callBacks: noCallBacks(horizon.count) } : {}),
    })),
    tiers: compiled.capacity.tiers.map(({ tier, operators }) => ({
      tier,
      operators: Float64Array.from({ length: horizon.count }, (_, i) => operators[i] ?? 0),
      busyOperatorSeconds: zeros(),
      staffedOperatorSeconds: Float64Array.from(
        { length: horizon.count },
        (_, i) => (operators[i] ?? 0) * compiled.seconds,
      ),
      answeredByQueue: Object.fromEntries(queues.map(({ queue }) => [queue, zeros()])),
      ...(handsOn ? { transfersAnswered: zeros() } : {}),
    })),
  };
};

const noTransfers = (zeros: () => Float64Array): TransferOutcome => ({
  sent: zeros(),
  received: zeros(),
  answered: zeros(),
  answeredWithinThreshold: zeros(),
  abandoned: zeros(),
  answeredWaitSeconds: zeros(),
  waitSeconds: zeros(),
});

/** The same outcome in arrays of its own. */
export const copyOutcome = (outcome: Outcome): Outcome => copyArrays(outcome) as Outcome;

const copyArrays = (value: unknown): unknown => {
  if (value instanceof Float64Array) return value.slice();
  if (Array.isArray(value)) return value.map(copyArrays);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, copyArrays(part)]));
};

interface IntervalResult {
  /** Of the path; −1 the mean. */
  readonly index: number;
  readonly interval: number;
  readonly calls: readonly Float64Array[];
  readonly effect: PromptEffect | undefined;
  readonly offered: Float64Array;
  readonly measures: QueueMeasures;
  readonly state: TierState;
  readonly transfers: TransferFlow | undefined;
}

/** Sets a queue's counts of the interval, field by field: loops over names are many times slower here. */
const setQueue = (
  compiled: CompiledOperation,
  result: IntervalResult,
  q: number,
  out: QueueOutcome,
): void => {
  const { measures, interval: i } = result;
  const offered = result.offered[q] ?? 0;
  const fresh = result.calls[q]?.[i] ?? 0;
  const voice = compiled.smartVoice[q] ?? 0;
  out.fresh[i] = fresh;
  out.offered[i] = offered;
  out.answered[i] = offered * (measures.answer[q] ?? 0);
  out.answeredWithinThreshold[i] = offered * (measures.within[q] ?? 0);
  out.abandoned[i] = offered * (measures.abandon[q] ?? 0);
  out.shortAbandoned[i] = offered * (measures.abandonShort[q] ?? 0);
  out.abandonedWithinThreshold[i] = offered * (measures.abandonWithin[q] ?? 0);
  out.blocked[i] = offered * (measures.block[q] ?? 0);
  out.divertedOnline[i] = result.effect?.divertedOnline[q]?.[i] ?? 0;
  out.deferred[i] = result.effect?.deferred[q]?.[i] ?? 0;
  out.contained[i] = voice > 0 && voice < 1 ? (fresh / (1 - voice)) * voice : contained(compiled, result, q);
  out.answeredWaitSeconds[i] = offered * (measures.answeredWait[q] ?? 0);
  out.waitSeconds[i] = offered * (measures.allWait[q] ?? 0);
};

/** Those handed on have a line: what they meet is what a call meets that found one. */
const setTransfers = (result: IntervalResult, flow: TransferFlow, q: number, out: TransferOutcome): void => {
  const { measures, interval: i } = result;
  const received = flow.received[q] ?? 0;
  const admitted = 1 - (measures.block[q] ?? 0);
  const each = admitted > 0 ? received / admitted : 0;
  const answered = received * legAnswer(measures, q);
  out.sent[i] = flow.sent[q] ?? 0;
  out.received[i] = received;
  out.answered[i] = answered;
  out.answeredWithinThreshold[i] = each * (measures.within[q] ?? 0);
  out.abandoned[i] = received - answered;
  out.answeredWaitSeconds[i] = each * (measures.answeredWait[q] ?? 0);
  out.waitSeconds[i] = each * (measures.allWait[q] ?? 0);
};

/** Calls settled by smart voice where it settles none or all. */
const contained = (compiled: CompiledOperation, result: IntervalResult, q: number): number => {
  if (compiled.smartVoice[q] !== 1) return 0;
  const queue = compiled.demand.queues[q];
  const { count } = compiled.demand.horizon;
  const at = result.interval;
  return (result.index < 0 ? queue?.freshMean[at] : queue?.ratePaths[result.index * count + at]) ?? 0;
};

const writeInterval = (compiled: CompiledOperation, outcome: Outcome, result: IntervalResult): void => {
  const { interval: i, state, measures } = result;
  const tiers = outcome.tiers.length;
  const flow = result.transfers;
  for (const [q, queue] of outcome.queues.entries()) {
    setQueue(compiled, result, q, queue);
    if (flow !== undefined && queue.transfers !== undefined) setTransfers(result, flow, q, queue.transfers);
  }
  for (const [k, tier] of outcome.tiers.entries()) {
    let busy = 0;
    let handedOn = 0;
    for (const [q, queue] of outcome.queues.entries()) {
      const answer = measures.answer[q] ?? 0;
      const part = state.share[q * tiers + k] ?? 0;
      busy += (state.load[q] ?? 0) * answer * part;
      const byQueue = tier.answeredByQueue[queue.queue];
      if (byQueue !== undefined) byQueue[i] = (result.offered[q] ?? 0) * answer * part;
      handedOn += (queue.transfers?.answered[i] ?? 0) * part;
    }
    if (tier.transfersAnswered !== undefined) tier.transfersAnswered[i] = handedOn;
    tier.busyOperatorSeconds[i] = Math.min(busy, state.operators[k] ?? 0) * compiled.seconds;
  }
};

/** Adds a share of one outcome's counts and busy time to another of the same shape. */
export const addWeightedOutcome = (to: Outcome, from: Outcome, weight: number): void =>
  eachFigure(to, from, (into, values) => {
    for (let i = 0; i < into.length; i += 1) into[i] = (into[i] ?? 0) + weight * (values[i] ?? 0);
  });

/**
 * True where two operations differ in prompts and calls only: handle times, patience, repeat calls, operators, trunks,
 * routing and channels are the same to the last bit, so that one can lend the other what is the same in both.
 */
export const isSameButForPrompts = (one: Operation, other: Operation): boolean =>
  alike(withoutPromptsAndCalls(one), withoutPromptsAndCalls(other));

const withoutPromptsAndCalls = ({ demand, capacity, policy }: Operation): unknown => [
  demand.horizon,
  demand.queues.map(({ freshMean: _mean, ratePaths: _rates, ...own }) => own),
  capacity,
  { ...policy, prompts: [] },
];

const alike = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true;
  if (one instanceof Float64Array)
    return (
      other instanceof Float64Array &&
      one.length === other.length &&
      one.every((value, i) => value === other[i])
    );
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => alike((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]))
  );
};

/**
 * Mean outcomes of operations that differ in prompts and calls only (`isSameButForPrompts`) over the same sample paths,
 * at most `pathLimit` of them: each as `projectPaths` finds it by itself, within what `projectNear` says of lent
 * figures. Path by path the first lends the others the intervals in which nothing differs: it should be the one that
 * most of them are near to. With a share, what its paths bring to the mean.
 */
export const projectBeside = (
  [first, ...beside]: readonly Operation[],
  pathLimit: number,
  share?: PathShare,
): Outcome[] => {
  if (first === undefined) return [];
  const found = projectPaths(first, pathLimit, { beside, ...(share && { share }) });
  return [found.outcome, ...found.beside];
};

/** How near carried states must be, relative to 1 or to their size, for the rest of the way to be the same. */
const sameState = 1e-7;

const isNearState = ({ carried, setting }: PathState, there: Float64Array): boolean => {
  carried[0] = setting.block;
  return carried.every((a, i) => {
    const b = there[i] ?? 0;
    return a === b || Math.abs(a - b) <= sameState * Math.max(1, Math.abs(b));
  });
};
