import { type Operation, type LoadWithin, type RepeatRates, repeatRates } from '../kernel/hotline.ts';
import { type CallBackFlow, callBackWithin, listLost, openCallBackFlow } from './call-back-flow.ts';
import { loadAtEnd } from './moving-load.ts';
import { leavePrompts, openPromptFlow, playInterval, type PromptFlow, type QueueNow } from './prompt-flow.ts';
import type { IntervalSetting } from './queue-measures.ts';
import {
  type Allocation,
  compileTiers,
  newQueueMeasures,
  newTierState,
  type QueueMeasures,
  type QueueWork,
  type TierState,
  type TierSystem,
} from './tier-state.ts';
import {
  endedCalls,
  handleWithTransfers,
  moveTransfers,
  newTransferFlow,
  type TransferFlow,
} from './transfer-calls.ts';
import { newPooledInput, newPooledMeasures, newPooledWork } from './pooled-system.ts';
import { newThinnedWork } from './thinned-queue.ts';

const startOfHorizon = (queues: number, handsOn: boolean) => {
  const offered = new Float64Array(queues);
  return {
    /** Modified offered load at the interval's start, Erlangs, by queue. */
    started: new Float64Array(queues),
    /** Overload carried in, calls, by queue's view. */
    left: new Float64Array(queues),
    leftNext: new Float64Array(queues),
    repeats: Array.from({ length: queues }, noRepeatCalls),
    base: new Float64Array(queues),
    /** Calls made again in the interval by callers of before. */
    released: new Float64Array(queues),
    offered,
    /** Calls that come to a queue: those offered, and those handed on to it. */
    arrivals: handsOn ? new Float64Array(queues) : offered,
    /** Calls made again within the interval per offered call, as last seen. */
    again: new Float64Array(queues),
    /** The round before: the share of calls made again that was tried, and what it led to. */
    triedAgain: new Float64Array(queues),
    ledToAgain: new Float64Array(queues),
    /** Handle time for which `remainingStartShare` (share of the load at the start that its mean keeps) was worked out last. */
    handleKept: new Float64Array(queues),
    startKept: new Float64Array(queues),
    carried: { load: 0, left: 0 },
  };
};

export type IntervalProgress = Readonly<ReturnType<typeof startOfHorizon>>;

/** A path on its way through the horizon: what is carried from interval to interval, and the present one. */
export interface PathState {
  /** A sample path, not the mean: how tiers share its load is taken from the mean. */
  readonly isSample: boolean;
  /** First calls before prompts. */
  readonly calls: readonly Float64Array[];
  readonly flow: PromptFlow | undefined;
  /** By prompt of the flow, the share of callers that one by wait is offered to. */
  readonly audience: Float64Array;
  readonly state: TierState;
  readonly progress: IntervalProgress;
  readonly measures: QueueMeasures;
  readonly setting: IntervalSetting;
  /** Factor on handle time by queue. */
  readonly handleFactor: Float64Array;
  /** Patience by queue, before prompts change it. */
  readonly patienceSeconds: Float64Array;
  readonly rates: readonly RepeatRates[];
  /** Calls on their way from queue to queue; undefined where no queue hands any on. */
  readonly transfers: TransferFlow | undefined;
  /** Lost callers by queue; undefined where nobody is called back. */
  readonly callBacks: readonly (CallBackFlow | undefined)[] | undefined;
  /** All that goes on to the next interval, in one piece: the arrays above are parts of it. Its first place is the block's. */
  readonly carried: Float64Array;
}

/** A path (`index`, −1 the mean) at the start of the horizon, on an empty line. `calls` are first calls before prompts. */
export const startPath = (
  compiled: CompiledOperation,
  calls: readonly Float64Array[],
  index: number,
): PathState => {
  const queues = compiled.system.queueNames.length;
  const state = newTierState(compiled.system, compiled.work);
  const handleFactor = new Float64Array(queues).fill(1);
  compiled.demand.queues.forEach((queue, q) => {
    state.patienceSeconds[q] = queue.patienceSeconds * (queue.behaviour?.patience[index] ?? 1);
    handleFactor[q] = queue.behaviour?.handleTime[index] ?? 1;
  });
  const rates = compiled.rates.map((own, q) =>
    ratesTimes(own, compiled.demand.queues[q]?.behaviour?.repeats[index] ?? 1),
  );
  rates.forEach(({ chance, same, afterAbandonSeconds, afterBlockSeconds }, q) => {
    state.redialChance[q] = chance[0] ?? 0;
    state.redialDelaySeconds[q] = afterAbandonSeconds;
    state.blockedChance[q] = (chance[1] ?? 0) * (same[1] ?? 0);
    state.blockedDelaySeconds[q] = afterBlockSeconds;
  });
  const handsOn = compiled.system.transfers.length > 0;
  const measures = newQueueMeasures(queues);
  // Until an interval has been seen, those who call are taken to be answered.
  if (handsOn) measures.answer.fill(1);
  const flow = promptFlow(compiled, calls);
  const progress = startOfHorizon(queues, handsOn);
  const transfers = handsOn ? newTransferFlow(compiled.system.transfers, queues, handleFactor) : undefined;
  return {
    isSample: index >= 0,
    calls,
    flow,
    audience: new Float64Array(flow?.prompts.length ?? 0),
    state,
    progress,
    measures,
    setting: {
      trunks: Infinity,
      block: 0,
      effectiveLoad: new Float64Array(queues),
      heardShare: new Float64Array(queues),
      announcementSeconds: new Float64Array(queues),
      offers: undefined,
      withThresholds: true,
      withShort: true,
    },
    handleFactor,
    patienceSeconds: state.patienceSeconds.slice(),
    rates,
    transfers,
    callBacks: callBackFlows(compiled),
    carried: gatherCarried([progress, state, measures, transfers]),
  };
};

const callBackFlows = ({ policy, demand }: CompiledOperation): PathState['callBacks'] =>
  (policy.callBacks ?? []).length === 0
    ? undefined
    : demand.queues.map(({ queue }) =>
        openCallBackFlow(
          policy.callBacks?.find((own) => own.queue === queue),
          demand.horizon.count,
        ),
      );

/**
 * Brings the interval's handed-on calls to where they go, given what calls meet: who comes to each queue, and how
 * long its operators are taken by one (a step towards it: those who hold are the longer taken the longer others
 * wait). Returns how far the two moved; 0 where no queue hands any on.
 */
export const applyTransfers = (
  compiled: CompiledOperation,
  path: PathState,
  met: QueueMeasures,
  step = 1,
): number => {
  const { transfers, progress, state } = path;
  if (transfers === undefined) return 0;
  let moved = moveTransfers(transfers, progress.offered, met, compiled.seconds);
  for (let q = 0; q < progress.offered.length; q += 1) {
    progress.arrivals[q] = (progress.offered[q] ?? 0) + (transfers.received[q] ?? 0);
    const before = state.handleSeconds[q] ?? 1;
    const change = handleWithTransfers(transfers, met, q) - before;
    state.handleSeconds[q] = before + step * change;
    moved = Math.max(moved, Math.abs(change) / before);
  }
  return moved;
};

/** Calls made again within the interval per offered call of a queue, given what calls meet. */
export const redialsWithin = (path: PathState, rates: RepeatRates, met: QueueMeasures, q: number): number => {
  const { transfers, progress } = path;
  const block = met.block[q] ?? 0;
  const offered = progress.offered[q] ?? 0;
  if (transfers === undefined || !(offered > 0))
    return sameIntervalShare(rates, met.abandon[q] ?? 0, block, met.answer[q] ?? 0);
  const ended = { abandoned: 0, helped: 0 };
  endedCalls(transfers, offered, met, q, ended);
  return sameIntervalShare(rates, ended.abandoned / offered, block, ended.helped / offered);
};

/** Calls that reach the line in the interval: first ones that prompts leave, and those made again from before. */
export const arriveAt = (path: PathState, interval: number): void => {
  const { progress, calls, flow } = path;
  if (flow !== undefined) playInterval(flow, interval, path.audience);
  for (let q = 0; q < progress.base.length; q += 1)
    progress.base[q] = (flow?.now[q]?.arriving ?? calls[q]?.[interval] ?? 0) + (progress.released[q] ?? 0);
};

/** What of the calls that come to a queue (`arrivals`, by queue) have heard, and what it does to their patience. */
export const setHeard = (path: PathState, arrivals: Float64Array): void => {
  const { flow, setting, state } = path;
  if (flow === undefined) return;
  for (const [q, now] of flow.now.entries()) {
    const calls = arrivals[q] ?? 0;
    const kept = now.staying > 0 ? 1 - now.leftByWait / now.staying : 1;
    const perCall = calls > 0 ? kept / calls : 0;
    setting.heardShare[q] = Math.min(1, perCall * now.heard);
    setting.announcementSeconds[q] = now.heard > 0 ? now.heardSeconds / now.heard : 0;
    if (flow.changesPatience)
      state.patienceSeconds[q] = (path.patienceSeconds[q] ?? 0) / hangUpFactor(path, q, now, perCall);
  }
};

/** How many times as fast those who wait hang up, by what they heard. */
const hangUpFactor = (path: PathState, q: number, now: QueueNow, perCall: number): number => {
  const everyone = 1 + (now.inversePatience - now.staying) * perCall;
  const offer = path.setting.offers?.[q];
  const byWait = offer === undefined ? 0 : offer.shares.heardWaiting * (offer.inversePatience - 1);
  return Math.max(1e-6, everyone + byWait);
};

/** Sets the interval's calls (first ones and those made again from before), handle times and announcements. */
export const enterInterval = (compiled: CompiledOperation, path: PathState, interval: number): void => {
  const { state, progress, setting } = path;
  for (let q = 0; q < progress.base.length; q += 1) {
    const rates = path.rates[q] as RepeatRates;
    const repeats = progress.repeats[q] as RepeatCalls;
    const callBacks = path.callBacks?.[q];
    if (callBacks === undefined) progress.released[q] = releasedCalls(repeats, rates);
    else
      progress.released[q] = callBackWithin(
        callBacks,
        { waiting: repeats.waiting, release: rates.release },
        interval,
        compiled.seconds,
      );
    const handle = compiled.demand.queues[q]?.handleTimeSeconds[interval] ?? 1;
    const own = Math.max(1e-3, handle * (path.handleFactor[q] ?? 1));
    state.handleSeconds[q] = own;
    if (path.transfers !== undefined) path.transfers.ownHandle[q] = own;
  }
  setting.offers = undefined;
  arriveAt(path, interval);
  setHeard(path, progress.base);
};

/** Mean wait of a queue's callers who hang up, seconds. */
const abandonedWait = ({ abandon, allWait, answeredWait }: QueueMeasures, q: number): number => {
  const share = abandon[q] ?? 0;
  return share > 0 ? Math.max(0, (allWait[q] ?? 0) - (answeredWait[q] ?? 0)) / share : 0;
};

/** Goes on to the next interval. */
const carryTransfers = (flow: TransferFlow): void => {
  flow.waiting.set(flow.waitingNext);
};

/** Carries load, overload and callers who will call again over to the next interval. */
export const leaveInterval = (compiled: CompiledOperation, path: PathState, interval: number): void => {
  const { state, progress, measures, transfers } = path;
  if (path.flow !== undefined) leavePrompts(path.flow, interval);
  const { seconds } = compiled;
  const ended = { abandoned: 0, helped: 0 };
  for (let q = 0; q < progress.base.length; q += 1) {
    const offered = progress.offered[q] ?? 0;
    const handle = state.handleSeconds[q] ?? 1;
    const steady = ((progress.arrivals[q] ?? 0) / seconds) * handle;
    progress.started[q] = loadAtEnd(progress.started[q] ?? 0, steady, seconds, handle);
    progress.left[q] = progress.leftNext[q] ?? 0;
    const rates = path.rates[q] as RepeatRates;
    const repeats = progress.repeats[q] as RepeatCalls;
    const callBacks = path.callBacks?.[q];
    const blocked = offered * (measures.block[q] ?? 0);
    ended.abandoned = offered * (measures.abandon[q] ?? 0);
    ended.helped = offered * (measures.answer[q] ?? 0);
    if (transfers !== undefined) endedCalls(transfers, offered, measures, q, ended);
    const cameBack = offered - (progress.base[q] ?? 0);
    carryRepeats(repeats, rates, ended.abandoned, blocked, ended.helped, cameBack);
    if (callBacks !== undefined)
      listLost(
        callBacks,
        { ...rates, waiting: repeats.waiting },
        interval,
        seconds,
        [ended.abandoned, blocked],
        abandonedWait(measures, q),
        [state.load[q] ?? 0, state.viewLoad[q] ?? 0],
      );
  }
  if (transfers !== undefined) carryTransfers(transfers);
};

export interface ProjectOptions {
  readonly load?: LoadWithin;
}

/** What one run over the horizon needs, prepared once for all sample paths. */
export interface CompiledOperation extends Operation {
  readonly system: TierSystem;
  readonly seconds: number;
  readonly rates: readonly RepeatRates[];
  readonly smartVoice: readonly number[];
  readonly load: LoadWithin;
  /** How tiers share the load in each interval, from the mean demand; filled by the first run. */
  readonly allocations: Allocation[];
  /** What its paths are worked out in, one after another. */
  readonly work: QueueWork;
}

/** Lays out names, routes and redial rates once for all paths; `options.load` is `mean` where left out. */
export const compileOperation = (operation: Operation, options: ProjectOptions = {}): CompiledOperation => {
  const { demand, capacity, policy } = operation;
  const names = demand.queues.map((queue) => queue.queue);
  const tierNames = capacity.tiers.map((tier) => tier.tier);
  const seconds = demand.horizon.intervalMinutes * 60;
  const system = compileTiers(names, tierNames, policy);
  return {
    system,
    demand,
    capacity,
    policy,
    seconds,
    rates: demand.queues.map((queue) => repeatRates(queue.repeats, seconds)),
    smartVoice: names.map((name) => policy.queues.find((q) => q.queue === name)?.smartVoiceShare ?? 0),
    load: options.load ?? 'mean',
    allocations: [],
    work: newQueueWork(system),
  };
};

/** First calls that reach the line (after smart voice), per queue: the mean (index −1) or one sample path. */
export const callsOnLine = (compiled: CompiledOperation, index: number): Float64Array[] =>
  compiled.demand.queues.map((queue, q) => {
    const { count } = compiled.demand.horizon;
    const calls = index < 0 ? queue.freshMean : queue.ratePaths.subarray(index * count, (index + 1) * count);
    const kept = 1 - (compiled.smartVoice[q] ?? 0);
    return calls.map((value) => value * kept);
  });

/** The policy's prompts at the start of a path's first calls; undefined where the policy has none. */
const promptFlow = (
  { policy, system, demand }: CompiledOperation,
  calls: readonly Float64Array[],
): PromptFlow | undefined =>
  policy.prompts.length === 0 ? undefined : openPromptFlow(calls, system.queueNames, demand.horizon, policy);

/**
 * Callers who will call again: after hanging up, after finding no line, and after an answer that settled
 * nothing. Each kind waits an exponential time; calls flow into the interval in which they are made again,
 * so that none is lost or doubled within the horizon.
 */
interface RepeatCalls {
  /** Waiting to call again, per kind: abandoned, blocked, unresolved. */
  readonly waiting: Float64Array;
}

/** Nobody waits to call again. */
export const noRepeatCalls = (): RepeatCalls => ({ waiting: new Float64Array(3) });

/** The same behaviour with every chance to call again times a factor, at most 0.95. */
const ratesTimes = (rates: RepeatRates, factor: number): RepeatRates =>
  factor === 1
    ? rates
    : { ...rates, chance: rates.chance.map((p) => Math.min(Math.max(p, 0.95), p * factor)) };

/** Calls made again in this interval by those who were waiting at its start. */
export const releasedCalls = (repeats: RepeatCalls, rates: RepeatRates): number => {
  let calls = 0;
  for (let i = 0; i < 3; i += 1) calls += (repeats.waiting[i] ?? 0) * (rates.release[i] ?? 0);
  return calls;
};

/** Calls made again within the same interval, per offered call, given what one call meets. */
const sameIntervalShare = (rates: RepeatRates, abandon: number, block: number, answer: number): number =>
  (rates.chance[0] ?? 0) * (rates.same[0] ?? 0) * abandon +
  (rates.chance[1] ?? 0) * (rates.same[1] ?? 0) * block +
  (rates.chance[2] ?? 0) * (rates.same[2] ?? 0) * answer;

/**
 * Moves the waiting callers on to the end of the interval. Counts are calls of the interval; `cameBack` are
 * those of them that were made again within it: what the fixed point left open stays waiting, so that callers
 * are conserved to the last bit.
 */
export const carryRepeats = (
  repeats: RepeatCalls,
  rates: RepeatRates,
  abandoned: number,
  blocked: number,
  answered: number,
  cameBack: number,
): void => {
  const { waiting } = repeats;
  const failed = [abandoned, blocked, answered];
  let open = -cameBack;
  let most = 0;
  for (let i = 0; i < 3; i += 1) {
    const again = (failed[i] ?? 0) * (rates.chance[i] ?? 0);
    open += again * (rates.same[i] ?? 0);
    if (again > (failed[most] ?? 0) * (rates.chance[most] ?? 0)) most = i;
    waiting[i] = (waiting[i] ?? 0) * (1 - (rates.release[i] ?? 0)) + again * (1 - (rates.same[i] ?? 0));
  }
  waiting[most] = Math.max(0, (waiting[most] ?? 0) + open);
};

/** What queues see of the tiers is worked out again in each interval, but for how often they found them all busy and who hung up. */
const isCarried = (name: string): boolean =>
  name === 'viewBusy' || name === 'viewAbandon' || !(name === 'work' || name.startsWith('view'));

/** Moves every array that a run carries from interval to interval into one, which is copied more quickly by far. */
const gatherCarried = (parts: readonly unknown[]): Float64Array => {
  const places = new Map<Float64Array, number>();
  let size = 1;
  eachArray(parts, (values) => {
    if (!places.has(values)) {
      places.set(values, size);
      size += values.length;
    }
    return values;
  });
  const all = new Float64Array(size);
  eachArray(parts, (values) => {
    const from = places.get(values) ?? 0;
    all.set(values, from);
    return all.subarray(from, from + values.length);
  });
  return all;
};

/** Shows every carried array in a value, each time that it is there; what is answered takes its place. */
const eachArray = (value: unknown, see: (values: Float64Array) => Float64Array): void => {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, part] of Object.entries(value)) {
    if (!isCarried(name)) continue;
    if (part instanceof Float64Array) (value as Record<string, Float64Array>)[name] = see(part);
    else eachArray(part, see);
  }
};

/** The state in an array of its own, or in one that nobody needs any more. */
export const copyState = ({ carried, setting }: PathState, into?: Float64Array): Float64Array => {
  carried[0] = setting.block;
  if (into === undefined) return carried.slice();
  into.set(carried);
  return into;
};

export const restoreState = ({ carried, setting }: PathState, all: Float64Array): void => {
  carried.set(all);
  setting.block = all[0] ?? 0;
};

const newQueueWork = (system: TierSystem): QueueWork => {
  const queues = system.queues.length;
  const ways = Math.max(0, ...system.queues.map(({ routes }) => routes.length));
  return {
    pooled: newPooledWork(),
    thinned: newThinnedWork(),
    input: newPooledInput(),
    whole: newPooledMeasures(),
    level: newPooledMeasures(),
    above: newPooledMeasures(),
    reaching: newPooledInput(),
    reached: newPooledMeasures(),
    chances: { busy: 0, queued: 0 },
    allBusy: new Float64Array(queues),
    queued: new Float64Array(queues),
    waiting: new Float64Array(queues),
    waitingAt: new Float64Array(system.tierNames.length),
    fresh: new Float64Array(ways),
    othersBy: new Float64Array(ways),
  };
};
