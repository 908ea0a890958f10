import { operatorsAt, type RepeatRates } from '../kernel/hotline.ts';
import { workDone } from '../kernel/work.ts';
import { allocateLoad } from './allocate-load.ts';
import { carryOverload, loadAtEnd, loadForMoving, remainingStartShare } from './moving-load.ts';
import type { PromptFlow } from './prompt-flow.ts';
import { blockFromTotals, type IntervalSetting, measureQueues } from './queue-measures.ts';
import {
  redialsWithin,
  applyTransfers,
  arriveAt,
  enterInterval,
  leaveInterval,
  type CompiledOperation,
  type IntervalProgress,
  type PathState,
  setHeard,
  startPath,
} from './path-state.ts';
import {
  putAllocation,
  refreshViews,
  startAllocation,
  type TierState,
  viewMoved,
  type Allocation,
} from './tier-state.ts';
import { playsByWait, waitOffers } from './wait-offers.ts';

/** Told about each interval of a run when it is solved; the path's arrays are reused. */
export type PathSink = (interval: number, path: PathState) => void;

/** Asked before each interval of a run: true where another run's interval stands, and this one need not go there. */
export type FollowRun = (interval: number, path: PathState) => boolean;

/** Share of its load at the start that a queue's mean load keeps, worked out once for a handle time. */
export const keptOfStart = (
  progress: IntervalProgress,
  q: number,
  seconds: number,
  handle: number,
): number => {
  if (progress.handleKept[q] !== handle) {
    progress.handleKept[q] = handle;
    progress.startKept[q] = remainingStartShare(seconds, handle);
  }
  return progress.startKept[q] ?? 0;
};

/**
 * Sets each queue's offered load (Erlangs) in the interval, by how the operation takes it (`LoadWithin`), from the load at its
 * start and the load that its arrivals would settle at.
 */
export const setLoads = (compiled: CompiledOperation, state: TierState, progress: IntervalProgress): void => {
  const { seconds, load: how } = compiled;
  for (let q = 0; q < progress.offered.length; q += 1) {
    const handle = state.handleSeconds[q] ?? 1;
    const steady = ((progress.arrivals[q] ?? 0) / seconds) * handle;
    const start = progress.started[q] ?? 0;
    state.loadMoved[q] = 0;
    if (how === 'stationary') state.load[q] = steady;
    else if (how === 'high') {
      const part = steady > start ? 0.9 : 0.1;
      state.load[q] = loadAtEnd(start, steady, part * seconds, handle);
    } else {
      state.load[q] = steady + (start - steady) * keptOfStart(progress, q, seconds, handle);
      state.loadMoved[q] = start - steady;
    }
  }
};

/** What a load that moves within the interval adds to each view's; rounds do not change it by anything that counts. */
const setMoving = (compiled: CompiledOperation, state: TierState): void => {
  for (let q = 0; q < state.viewMoving.length; q += 1)
    state.viewMoving[q] = loadForMoving(
      state.viewLoad[q] ?? 0,
      state.viewOperators[q] ?? 0,
      state.viewTheta[q] ?? 0,
      viewMoved(state, state, q),
      compiled.seconds / (state.viewHandle[q] ?? 1),
    );
};

const setOverload = (
  compiled: CompiledOperation,
  state: TierState,
  progress: IntervalProgress,
  setting: IntervalSetting,
): void => {
  for (let q = 0; q < progress.offered.length; q += 1) {
    const load = state.viewLoad[q] ?? 0;
    if (compiled.load === 'stationary') {
      setting.effectiveLoad[q] = load;
      continue;
    }
    carryOverload(
      load,
      state.viewOperators[q] ?? 0,
      state.viewTheta[q] ?? 0,
      progress.left[q] ?? 0,
      compiled.seconds / (state.viewHandle[q] ?? 1),
      Math.max(0, compiled.capacity.trunks - (state.viewOperators[q] ?? 0)),
      progress.carried,
    );
    setting.effectiveLoad[q] = progress.carried.load + (state.viewMoving[q] ?? 0);
    progress.leftNext[q] = progress.carried.left;
  }
};

const closeEnough = 3e-5;
const mostRounds = 40;

/** Rounds in which a sample path comes from the mean's chances that all are busy near enough to its own. */
const busyRounds = 2;

/**
 * How near a round must have come for the next to be taken as the last: until then nobody asks for thresholds. Where
 * prompts depend on the wait they are expensive, and asked for at the end only.
 */
const nearlyClose = 10;

/**
 * Solves one interval: calls offered and what they meet, with calls made again and handed on within it (fixed
 * point, until a round moves no share of calls by more than `within`).
 * Shares within thresholds do not move the fixed point: they are worked out at its end, if at all.
 */
export const solveInterval = (
  compiled: CompiledOperation,
  path: PathState,
  interval: number,
  sharesKnown: boolean,
  thresholds = true,
  within = closeEnough,
): void => {
  const { setting, flow } = path;
  const byWait = flow !== undefined && playsByWait(flow, interval);
  let moved = Infinity;
  let rounds = 0;
  while (rounds < mostRounds && !(moved < within)) {
    setting.withThresholds = thresholds && !byWait && moved < nearlyClose * within;
    moved = solveRound(compiled, path, sharesKnown, rounds, byWait ? interval : -1);
    rounds += 1;
  }
  workDone.intervalsSolved += 1;
  workDone.roundsOfIntervals += rounds;
  if (!thresholds || setting.withThresholds) return;
  setting.withThresholds = true;
  measureQueues(compiled.system, path.state, setting, path.measures);
};

/**
 * Whom prompts by wait are offered to, from what the round found; returns how far that moved. Halfway steps once the
 * first rounds have come near.
 */
const listen = (path: PathState, round: number): number => {
  let change = 0;
  for (const offer of path.setting.offers ?? []) {
    for (const [k, p] of offer?.prompts.entries() ?? []) {
      const before = path.audience[p] ?? 0;
      const found = offer?.shares.audience[k] ?? 0;
      change = Math.max(change, Math.abs(found - before));
      path.audience[p] = before + (round < 3 ? 1 : 0.5) * (found - before);
    }
  }
  return change;
};

/**
 * One round of the fixed point; returns how far it still moved. `byWait` is the interval where prompts in it depend on the
 * wait, else −1: then calls depend on what they meet.
 */
const solveRound = (
  compiled: CompiledOperation,
  path: PathState,
  sharesKnown: boolean,
  round: number,
  byWait: number,
): number => {
  const { system, capacity } = compiled;
  const { state, progress, setting, measures } = path;
  if (byWait >= 0 && round > 0) arriveAt(path, byWait);
  for (let q = 0; q < progress.base.length; q += 1) {
    progress.offered[q] = (progress.base[q] ?? 0) / (1 - Math.min(0.95, progress.again[q] ?? 0));
  }
  let change = applyTransfers(compiled, path, measures, round < 3 ? 1 : 0.5);
  setHeard(path, progress.arrivals);
  setLoads(compiled, state, progress);
  if (sharesKnown) refreshViews(system, state, round > 0 ? 'kept' : 'put');
  else allocateLoad(system, state, round === 0 ? 8 : 2);
  if (round < busyRounds) setMoving(compiled, state);
  setOverload(compiled, state, progress, setting);
  const limited = capacity.trunks < Infinity;
  setting.trunks = limited && system.pooled ? capacity.trunks : Infinity;
  if (byWait >= 0)
    setting.offers = waitOffers(system, state, measures, path.flow as PromptFlow, byWait, progress.arrivals);
  measureQueues(system, state, setting, measures);
  if (path.isSample && round < busyRounds) state.viewBusy.set(measures.viewBusy);
  change = Math.max(change, listen(path, round));
  if (limited && !system.pooled) {
    const block = blockFromTotals(state, measures, setting.block, capacity.trunks);
    change = Math.max(change, Math.abs(block - setting.block));
    setting.block = block;
  }
  for (let q = 0; q < progress.base.length; q += 1) {
    const rates = path.rates[q] as RepeatRates;
    if (!rates.any || progress.base[q] === 0) continue;
    const again = redialsWithin(path, rates, measures, q);
    const before = progress.again[q] ?? 0;
    change = Math.max(change, Math.abs(again - before));
    progress.again[q] = nextRedialShare(progress, q, round, again);
  }
  return change;
};

/** Takes over how tiers share the load in an interval, or starts afresh when the operators have changed. */
const setShares = (compiled: CompiledOperation, state: TierState, interval: number, index: number): void => {
  let moved = false;
  compiled.capacity.tiers.forEach((tier, k) => {
    const operators = operatorsAt(tier, index, interval, compiled.demand.horizon.count);
    if (operators !== state.operators[k]) moved = true;
    state.operators[k] = operators;
  });
  const known = compiled.allocations[interval];
  if (known !== undefined) putAllocation(state, known);
  else if (moved) startAllocation(compiled.system, state);
};

/**
 * Runs one path (`index`, −1 the mean) of first calls over the horizon from an empty line: per interval the calls that
 * prompts leave and those made again from before, the load through time, the tiers, what calls meet, and what they
 * leave behind.
 */
export const runPath = (
  compiled: CompiledOperation,
  calls: readonly Float64Array[],
  index: number,
  sink: PathSink,
  follow?: FollowRun,
): void => {
  const path = startPath(compiled, calls, index);
  const { state } = path;
  for (let i = 0; i < compiled.demand.horizon.count; i += 1) {
    if (follow?.(i, path) === true) continue;
    setShares(compiled, state, i, index);
    enterInterval(compiled, path, i);
    solveInterval(compiled, path, i, compiled.allocations[i] !== undefined);
    if (compiled.allocations[i] === undefined) compiled.allocations.push(takeAllocation(state));
    sink(i, path);
    leaveInterval(compiled, path, i);
  }
};

/** Rounds after which halfway steps settle what steps along the slope may not. */
const slopeRounds = 12;

/**
 * The share of a queue's calls made again to try next, where the last (`again`) led to `found`: a step along the slope
 * that the last two rounds show (Wegstein 1958). Losses rise with what comes back, so that whole steps come near it
 * slowly. Keeps the round in `triedAgain` and `ledToAgain`, for the next.
 */
export const nextRedialShare = (
  { again, triedAgain, ledToAgain }: Pick<IntervalProgress, 'again' | 'triedAgain' | 'ledToAgain'>,
  q: number,
  round: number,
  found: number,
): number => {
  const before = again[q] ?? 0;
  const run = before - (triedAgain[q] ?? 0);
  const rise = found - (ledToAgain[q] ?? 0);
  triedAgain[q] = before;
  ledToAgain[q] = found;
  if (round >= slopeRounds) return before + 0.5 * (found - before);
  const slope = round === 0 || Math.abs(run) < 1e-9 ? 0 : Math.min(0.8, Math.max(-1, rise / run));
  return Math.min(0.95, Math.max(0, before + (found - before) / (1 - slope)));
};

/** The allocation that a state holds, to be kept. */
const takeAllocation = ({ share, reach, viewBusy, viewPart }: TierState): Allocation => ({
  share: share.slice(),
  reach: reach.slice(),
  viewBusy: viewBusy.slice(),
  viewPart: viewPart.slice(),
});
