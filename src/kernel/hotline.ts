/**
 * The words of the one idea: project(operation) -> outcome, where an operation is demand, capacity and policy.
 *
 * Shapes: every per-interval array has `horizon.count` entries. Units are in the names; fractions are 0–1.
 */

/** Consecutive intervals of equal length. `startMillis` is the instant at which the first one starts. */
export interface Horizon {
  readonly zone: string;
  readonly startMillis: number;
  readonly intervalMinutes: number;
  readonly count: number;
}

/** Instant at which an interval of a horizon starts; of `count` it is the horizon's end. */
export const instantAt = (
  { startMillis, intervalMinutes }: Omit<Horizon, 'count'>,
  interval: number,
): number => startMillis + interval * intervalMinutes * 60_000;

/** The instants of a horizon: its start, and its end, which is not in it. */
export const spanOfHorizon = (horizon: Horizon) => ({
  fromMillis: horizon.startMillis,
  toMillis: instantAt(horizon, horizon.count),
});

/** What callers do after an attempt failed or did not settle their matter. */
export interface RepeatBehaviour {
  /** Chance that a caller who abandoned calls again, and the mean seconds until then. */
  readonly afterAbandon: number;
  readonly afterAbandonDelaySeconds: number;
  /** The same after finding no free line. */
  readonly afterBlock: number;
  readonly afterBlockDelaySeconds: number;
  /** Chance that an answered caller calls again since the matter was not settled (reconnect). */
  readonly reconnect: number;
  readonly reconnectDelaySeconds: number;
}

/** Nobody calls again; the delays (seconds) only matter once a chance is given. */
export const noRepeats: RepeatBehaviour = {
  afterAbandon: 0,
  afterAbandonDelaySeconds: 300,
  afterBlock: 0,
  afterBlockDelaySeconds: 90,
  reconnect: 0,
  reconnectDelaySeconds: 86_400,
};

/** One queue's calls to come. Every array per interval has `horizon.count` entries. */
export interface QueueDemand {
  readonly queue: string;
  /** Mean fresh calls per interval (first attempts only). */
  readonly freshMean: Float64Array;
  /**
   * Joint sample paths of fresh calls to be expected per interval, path after path (`ratePaths.length = pathCount *
   * count`): path p of every queue belongs together. Empty where demand is taken as certain.
   */
  readonly ratePaths: RatePaths;
  readonly pathCount: number;
  /** Mean handle time of a call that arrives in the interval, seconds. */
  readonly handleTimeSeconds: Float64Array;
  /** Mean patience, seconds; Infinity where nobody hangs up. */
  readonly patienceSeconds: number;
  readonly repeats: RepeatBehaviour;
  /** How callers and operators may differ from these means in each sample path; absent where that is not known. */
  readonly behaviour?: BehaviourPaths;
}

/** Factors by sample path on handle time, on patience and on the chances of calling again. */
export interface BehaviourPaths {
  /** One factor a path, 1 where as usual. */
  readonly handleTime: Float64Array;
  readonly patience: Float64Array;
  readonly repeats: Float64Array;
}

/** What comes: all queues over one horizon. */
export interface Demand {
  readonly horizon: Horizon;
  readonly queues: readonly QueueDemand[];
}

/** Who is there: one tier's operators, interval by interval; fractions are allowed. */
export interface TierCapacity {
  readonly tier: string;
  /** Operators ready for calls in each interval: shrinkage is already taken off. */
  readonly operators: Float64Array;
  /**
   * Share of them who turn up, by sample path and interval, path after path; 1 on average. Path p goes with path p of
   * the demand. Left out where nobody stays away by chance.
   */
  readonly attendance?: Float64Array | undefined;
}

/** Operators of a tier who are there in an interval: of one sample path, or the mean (path −1). */
export const operatorsAt = (
  { operators, attendance }: TierCapacity,
  path: number,
  interval: number,
  count: number,
): number => {
  const planned = operators[interval] ?? 0;
  if (path < 0 || attendance === undefined || attendance.length === 0) return planned;
  return planned * (attendance[((path * count) % attendance.length) + interval] ?? 1);
};

/** Who is there, over all tiers, and on how many lines callers find room. */
export interface Capacity {
  readonly tiers: readonly TierCapacity[];
  /** Lines: most calls in service plus queue, over all queues; Infinity where there are enough. */
  readonly trunks: number;
}

/** A tier that may answer a queue. Lower preference is tried first. */
export interface Route {
  readonly tier: string;
  readonly preference: number;
  readonly overflowDelaySeconds: number;
}

/**
 * A share of a queue's answered calls that goes on to another queue: an expert, a department's desk. Such a call
 * waits there as a call of that queue, with its handle time and patience, but stays the call of the queue that
 * was rung: it is no new call of the line, takes no further line, and its caller, having hung up or not been
 * helped, calls again as callers of the first queue do. Queues hand on in one direction: no way leads back.
 */
export interface Transfer {
  readonly toQueue: string;
  /** Share of all calls that the queue answers, those handed on to it included. */
  readonly share: number;
  /** The first operator stays on the call until the next one answers or the caller hangs up. */
  readonly holding: boolean;
  /** Mean seconds of the first operator until the call is handed on; left out: the queue's handle time. */
  readonly beforeSeconds?: number | undefined;
}

/** By what rules a queue is answered. */
export interface QueuePolicy {
  readonly queue: string;
  readonly routes: readonly Route[];
  /** Lower is answered first by an operator who is free to choose. */
  readonly priority: number;
  readonly answerTimeThresholdSeconds: number;
  readonly shortAbandonSeconds: number;
  /** Share of calls that a smart-voice service settles before an operator is asked for. */
  readonly smartVoiceShare: number;
  /** Calls that go on to other queues; their shares sum to at most 1. Queues without demand take none. */
  readonly transfers?: readonly Transfer[];
}

/** What a prompt proposes: serving oneself online, calling off-peak, or being called back. */
type PromptKind = 'online-channel' | 'off-peak' | 'callback';

/** What callers do when a prompt plays. A belief: `assumed` until data has updated it. */
export interface PromptResponse {
  /** Share of callers that hear it. */
  readonly reach: number;
  /** Of those who hear it, the share that goes to the online channel. */
  readonly onlineShare: number;
  /** Of those who hear it, the share that hangs up to call off-peak. */
  readonly offPeakShare: number;
  /** Of those who meant to call off-peak, the share that really does. */
  readonly offPeakReturnShare: number;
  /** Of those who went online, the share that fails there and calls after all. */
  readonly onlineFailureShare: number;
  /** Seconds that the announcement takes: they count in the time to an operator. */
  readonly announcementSeconds: number;
  /** Operator seconds that one online request costs. */
  readonly onlineHandleSeconds: number;
  /** Factor on the patience of those who hear it and stay on the line, in that call; left out: 1. */
  readonly patienceFactor?: number | undefined;
  readonly assumed: boolean;
}

/**
 * Whom a prompt is played to: everyone, or callers whose estimated wait on arrival is above some seconds. The estimate
 * is 0 for who finds an operator free, else (own queue + 1) · mean handle time / operators of the queue's tiers.
 * Above 0 seconds is everyone: nobody is left out.
 */
export type PromptAudience = 'all' | { readonly waitAboveSeconds: number };

/** When those call who were asked to call later: see `visitOffPeakReturns`. */
export interface OffPeakReturn {
  /** End of the hours suggested (exclusive), for each interval in which the prompt plays. */
  readonly until: Int32Array;
  /** Usual calls per interval; 0 where nobody is expected to call. */
  readonly weights: Float64Array;
}

/** One prompt played to one queue in the intervals where `on` is 1. */
export interface PromptPlacement {
  readonly prompt: string;
  readonly kind: PromptKind;
  readonly queue: string;
  readonly on: Uint8Array;
  /** Interval to which callers are asked to move, for each interval in which it plays; -1: none. */
  readonly offPeakTarget: Int32Array;
  /** Left out: all call in the interval itself. */
  readonly offPeakReturn?: OffPeakReturn;
  /** Left out: everyone. */
  readonly offeredTo?: PromptAudience;
  readonly response: PromptResponse;
  readonly channel?: string;
}

/** Where callers go whom a prompt sends online: requests beyond the capacity fail, and those callers call again. */
export interface OnlineChannel {
  readonly channel: string;
  /** Requests that it serves per interval. */
  readonly capacityPerInterval: number;
  /** Operators' time that one request takes, seconds. */
  readonly operatorSeconds: number;
  /** Share of requests that do not settle the matter, 0–1. */
  readonly failureShare: number;
}

/** Callers lost before some interval who have not been answered since. */
export interface LostCallers {
  /** Interval in which they were lost; negative before the horizon. */
  readonly lostAt: number;
  /** Those who hung up and found no free line, and will call again by themselves; those who will not. */
  readonly againAfterAbandon: number;
  readonly againAfterBlock: number;
  readonly gaveUp: number;
}

/**
 * Calling back those whom a queue lost. A caller who calls again by themselves leaves the list; one who is lost again comes
 * on it again, once. The caller due longest is dialled first. The operators' time is no part of this: who dials is
 * not ready for calls, so it is taken off the capacity.
 */
export interface CallBackPlacement {
  readonly queue: string;
  /** Most attempts per interval, spread evenly over it; as many are made as callers are due. */
  readonly attempts: Float64Array;
  /** Chance that an attempt reaches the caller. */
  readonly reachShare: number;
  /** Attempts for one caller. */
  readonly mostTries: number;
  /** From so many intervals after the one of the loss on they are due; after a vain attempt again; both at least 1. */
  readonly firstAfterIntervals: number;
  readonly retryAfterIntervals: number;
  /** From so many intervals after the one of the loss on nobody dials any more; Infinity: never. */
  readonly expiresAfterIntervals: number;
  /** What the list holds at the start of an interval, in place of what the projection found until then. */
  readonly known?: { readonly at: number; readonly lost: readonly LostCallers[] } | undefined;
}

/** By what rules the line is run: routing, what is played to whom, and who is called back. */
export interface Policy {
  readonly queues: readonly QueuePolicy[];
  readonly prompts: readonly PromptPlacement[];
  readonly channels: readonly OnlineChannel[];
  readonly callBacks?: readonly CallBackPlacement[];
}

/** What `project` takes: a hotline over a horizon, as it is, as it is planned, or with something changed. */
export interface Operation {
  readonly demand: Demand;
  readonly capacity: Capacity;
  readonly policy: Policy;
}

/**
 * Calls that operators hand on, per interval of the handing on. They are apart from a queue's other counts, which
 * hold only calls from outside: a caller who is handed on is one call of the line, answered once.
 */
export interface TransferOutcome {
  /** Handed on from this queue to others. */
  readonly sent: Float64Array;
  /** Handed on to this queue: received = answered + abandoned. */
  readonly received: Float64Array;
  readonly answered: Float64Array;
  readonly answeredWithinThreshold: Float64Array;
  readonly abandoned: Float64Array;
  /** Wait for this queue's operator, over those answered and over all, seconds. */
  readonly answeredWaitSeconds: Float64Array;
  readonly waitSeconds: Float64Array;
}

/**
 * Callers who failed and have not been answered since, one by one, per interval. Nobody is counted twice: those known at
 * the start + lost = called again + reached + given up + on the list in the end.
 */
export interface CallBackOutcome {
  /** Lost in the interval, but for those who called again within it. */
  readonly lost: Float64Array;
  /** Off the list since they called again by themselves (given up by the desk or not). */
  readonly calledAgain: Float64Array;
  readonly dialled: Float64Array;
  readonly reached: Float64Array;
  /** From the interval of the loss to that of the call-back, summed over those reached, seconds. */
  readonly reachedSeconds: Float64Array;
  /** Tried as often as the rule says or overdue, and not called again until then: nobody dials them any more. */
  readonly givenUp: Float64Array;
  /** On the list at the end of the interval, due or not. */
  readonly listed: Float64Array;
}

/** Counts (expected, so not whole) of calls from outside per interval of arrival, and waits. */
export interface QueueOutcome {
  readonly queue: string;
  /** First attempts that reach the line after smart voice, before prompts. */
  readonly fresh: Float64Array;
  /** Calls that asked for an operator: answered + abandoned + blocked, redials included, diverted ones not. */
  readonly offered: Float64Array;
  readonly answered: Float64Array;
  readonly answeredWithinThreshold: Float64Array;
  readonly abandoned: Float64Array;
  readonly shortAbandoned: Float64Array;
  readonly abandonedWithinThreshold: Float64Array;
  readonly blocked: Float64Array;
  /** Callers that a prompt sent to an online channel. */
  readonly divertedOnline: Float64Array;
  /** Callers that a prompt sent off, to call in an off-peak interval. */
  readonly deferred: Float64Array;
  /** Calls that settled in smart voice. */
  readonly contained: Float64Array;
  /** Queue wait summed over answered calls, seconds. */
  readonly answeredWaitSeconds: Float64Array;
  /** Queue wait summed over answered and abandoned calls, seconds. */
  readonly waitSeconds: Float64Array;
  /** Present where any queue hands calls on. */
  readonly transfers?: TransferOutcome;
  /** Present where the queue's lost callers are called back. */
  readonly callBacks?: CallBackOutcome;
}

/** How a tier's operators spent each interval. Busy over staffed seconds is the occupancy. */
interface TierOutcome {
  readonly tier: string;
  readonly operators: Float64Array;
  readonly busyOperatorSeconds: Float64Array;
  readonly staffedOperatorSeconds: Float64Array;
  /** Calls from outside answered by this tier, by queue name. */
  readonly answeredByQueue: Readonly<Record<string, Float64Array>>;
  /** Calls handed on to this tier's operators and answered by them; present where any queue hands calls on. */
  readonly transfersAnswered?: Float64Array;
}

/** What comes of demand, capacity and policy: the answer of `project()` (analytic) and of the event simulator. */
export interface Outcome {
  readonly horizon: Horizon;
  readonly queues: readonly QueueOutcome[];
  readonly tiers: readonly TierOutcome[];
  readonly method: 'analytic' | 'simulated';
}

declare const unit: unique symbol;

/**
 * Sample paths of arrival rates: the calls to be expected in each interval, path after path. They hold what is
 * uncertain of the level and what scatters beyond Poisson; the luck of single calls is not in them. Queueing formulas
 * and the event simulator, which bring that luck themselves, take these.
 */
export type RatePaths = Float64Array & { readonly [unit]: 'rate' };

/**
 * Sample paths of calls as they would be counted: Poisson draws with the rates of the path of the same index, whole
 * numbers. What is compared with actual counts is read off these.
 */
export type CountPaths = Float64Array & { readonly [unit]: 'count' };

/** Says of values that they are rates. */
export const asRates = (values: Float64Array): RatePaths => values as RatePaths;

/** Says of values that they are counts. */
export const asCounts = (values: Float64Array): CountPaths => values as CountPaths;

/** No sample paths: the mean is taken as certain. */
export const noRatePaths: RatePaths = asRates(new Float64Array(0));

/**
 * How an interval's load is taken: the mean of the modified offered load within it (the default), the load
 * that it stays within nine tenths of the time (`high`), or calls × handle time of the interval by itself.
 */
export type LoadWithin = 'mean' | 'high' | 'stationary';

/** Constants of a queue's repeat behaviour for one interval length. */
export interface RepeatRates {
  /** Chance to call again, per kind. */
  readonly chance: Float64Array;
  /** Of those waiting at the start, the share that calls within the interval. */
  readonly release: Float64Array;
  /** Of those who failed within the interval (spread evenly), the share that calls again within it. */
  readonly same: Float64Array;
  readonly any: boolean;
  /** Mean delay before those who hung up, and those who found no line, call again. */
  readonly afterAbandonSeconds: number;
  readonly afterBlockSeconds: number;
}

/**
 * Chances and shares for intervals of one length. With an exponential delay of mean d, 1 − e^(−T/d) of those who wait at
 * the start of an interval T call within it, and 1 − (d/T)·(1 − e^(−T/d)) of those who failed evenly during it; a delay of
 * 0 brings all back at once.
 */
export const repeatRates = (repeats: RepeatBehaviour, intervalSeconds: number): RepeatRates => {
  const chance = Float64Array.of(repeats.afterAbandon, repeats.afterBlock, repeats.reconnect);
  const delays = [
    repeats.afterAbandonDelaySeconds,
    repeats.afterBlockDelaySeconds,
    repeats.reconnectDelaySeconds,
  ];
  const release = Float64Array.from(delays, (d) => (d > 0 ? -Math.expm1(-intervalSeconds / d) : 1));
  const same = Float64Array.from(delays, (d, i) =>
    d > 0 ? 1 - (d / intervalSeconds) * (release[i] ?? 0) : 1,
  );
  return {
    chance,
    release,
    same,
    any: chance.some((p) => p > 0),
    afterAbandonSeconds: repeats.afterAbandonDelaySeconds,
    afterBlockSeconds: repeats.afterBlockDelaySeconds,
  };
};
