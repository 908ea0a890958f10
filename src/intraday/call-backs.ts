import type { LeversModel } from '../contract/models/levers-model.ts';
import {
  type CallBackOutcome,
  type CallBackPlacement,
  type LostCallers,
  type Operation,
  type Outcome,
  type QueueDemand,
  repeatRates,
} from '../kernel/hotline.ts';
import { valueAt } from '../kernel/value-at.ts';
import { projectNear, type TracedProjection } from '../queueing/project.ts';

/** By what rule lost callers are called back, as models/levers.json has it. */
export type CallBackRule = Pick<
  LeversModel['day'],
  | 'callBackAfterMinutes'
  | 'callBackTries'
  | 'callBackEveryMinutes'
  | 'callBackWithinMinutes'
  | 'callBackReach'
  | 'callBackDialSeconds'
  | 'mostOccupancy'
>;

/** Failed calls per interval of a queue, as they were counted; NaN where nobody told, taken as none. */
interface FailedCounts {
  readonly abandoned: Float64Array;
  readonly blocked: Float64Array;
  /** Attempts known to repeat a failed one, where the switchboard's callers are known; NaN or left out: not known. */
  readonly redials?: Float64Array | undefined;
}

/**
 * Who was lost before interval `now` and has not been answered since, by interval of the loss. A caller who called again
 * counts there, if at all: either answered, or lost anew. Where repeats are known (callers told apart by their hash) as
 * many have left as calls were made again; else as many as the queue's redial behaviour says. How many of those left will
 * still call by themselves follows from the same behaviour: delays are exponential, so the wait so far tells nothing but
 * that they have not called yet.
 */
export const lostCallers = (
  { abandoned, blocked, redials }: FailedCounts,
  repeats: QueueDemand['repeats'],
  intervalSeconds: number,
  now: number,
): LostCallers[] => {
  const rates = repeatRates(repeats, intervalSeconds);
  const lost: LostCallers[] = [];
  for (let i = 0; i < now; i += 1) {
    const ago = now - i - 1;
    const still = (k: 0 | 1): number =>
      valueAt(rates.chance, k) * (1 - valueAt(rates.same, k)) * Math.pow(1 - valueAt(rates.release, k), ago);
    const [hungUp, found] = [counted(abandoned[i]), counted(blocked[i])];
    lost.push({
      lostAt: i,
      againAfterAbandon: hungUp * still(0),
      againAfterBlock: found * still(1),
      gaveUp: hungUp * (1 - valueAt(rates.chance, 0)) + found * (1 - valueAt(rates.chance, 1)),
    });
  }
  const known = redials?.subarray(0, now);
  const failed = sumOf(abandoned, now) + sumOf(blocked, now);
  const listed = lost.reduce((sum, own) => sum + lostIn(own), 0);
  if (known === undefined || known.some(Number.isNaN) || !(listed > 0)) return lost;
  const factor = Math.max(0, failed - sumOf(known, now)) / listed;
  return lost.map((list) => ({
    lostAt: list.lostAt,
    againAfterAbandon: list.againAfterAbandon * factor,
    againAfterBlock: list.againAfterBlock * factor,
    gaveUp: list.gaveUp * factor,
  }));
};

/** All of those lost in an interval. */
export const lostIn = ({ againAfterAbandon, againAfterBlock, gaveUp }: LostCallers): number =>
  againAfterAbandon + againAfterBlock + gaveUp;

const counted = (value: number | undefined): number =>
  value === undefined || Number.isNaN(value) ? 0 : value;

const sumOf = (values: Float64Array, to: number): number =>
  values.subarray(0, to).reduce((sum, value) => sum + counted(value), 0);

/** An operation whose lost callers are called back, and what that takes of the operators. */
interface CalledBack {
  readonly operation: Operation;
  readonly placements: readonly CallBackPlacement[];
  /**
   * Operators who call back instead of answering, by tier and interval, in the order of the capacity: as many as the calls
   * to be expected take. On a day with more lost callers more attempts may be made, up to those placed.
   */
  readonly callingBack: readonly Float64Array[];
}

/** Lost callers of the queues as they are known at the start of interval `from`; a queue left out: as projected. */
export type KnownLost = Readonly<Record<string, readonly LostCallers[]>>;

/** The list of lost callers, followed but not called: what call-backs are compared with. */
export const withoutCallBacks = (
  operation: Operation,
  rule: CallBackRule,
  from: number,
  known: KnownLost = {},
): Operation => ({
  ...operation,
  policy: {
    ...operation.policy,
    callBacks: operation.demand.queues.map(({ queue }) => ({
      ...placementOf(operation, rule, queue, from, known[queue]),
      attempts: new Float64Array(operation.demand.horizon.count),
    })),
  },
});

const placementOf = (
  { demand }: Operation,
  rule: CallBackRule,
  queue: string,
  from: number,
  known: readonly LostCallers[] | undefined,
): Omit<CallBackPlacement, 'attempts'> => {
  const { intervalMinutes } = demand.horizon;
  const intervals = (minutes: number): number => Math.max(1, Math.ceil(minutes / intervalMinutes));
  return {
    queue,
    reachShare: rule.callBackReach,
    mostTries: rule.callBackTries,
    firstAfterIntervals: intervals(rule.callBackAfterMinutes),
    retryAfterIntervals: intervals(rule.callBackEveryMinutes),
    expiresAfterIntervals: intervals(rule.callBackWithinMinutes),
    ...(known === undefined ? {} : { known: { at: from, lost: known } }),
  };
};

/** Rounds in which attempts and what they leave on the list settle. */
const placingRounds = 3;

/**
 * Places the work of calling back in the intervals from `from` to before `to` that have operators' time to spare, as soon
 * as somebody is due: an interval's calls and call-backs together fill at most the share that the rule allows. Queues take
 * the time in the order of the demand, the ones with the highest priority first. Whoever dials is taken off the tiers that
 * answer the queue, in proportion to what they have to spare.
 */
export const placeCallBacks = (
  operation: Operation,
  rule: CallBackRule,
  {
    from,
    to,
    known = {},
    begin = from,
    alone,
  }: {
    readonly from: number;
    readonly to: number;
    readonly known?: KnownLost;
    /** First interval in which anybody dials; left out: `from`, at which the known callers are lost. */
    readonly begin?: number;
    /** The operation's own projection, where it is known already. */
    readonly alone?: TracedProjection | undefined;
  },
): CalledBack => {
  const { demand, capacity } = operation;
  const { count } = demand.horizon;
  const seconds = demand.horizon.intervalMinutes * 60;
  let placed: CalledBack = calledBack(operation, withoutCallBacks(operation, rule, from, known), []);
  for (let round = 0; round < placingRounds; round += 1) {
    const { outcome } = projectNear(placed.operation, alone);
    // What is dialled itself is no call that keeps operators busy.
    const spare = outcome.tiers.map(({ busyOperatorSeconds }, t) =>
      Float64Array.from({ length: count }, (_, i) =>
        i < begin || i >= to
          ? 0
          : Math.max(
              0,
              (valueAt(capacity.tiers[t]?.operators ?? busyOperatorSeconds, i) * rule.mostOccupancy -
                (busyOperatorSeconds[i] ?? 0) / seconds) *
                seconds,
            ),
      ),
    );
    const shares = inOrder(operation).map((q) => {
      const { queue } = valueAt(demand.queues, q);
      const tiers = tiersOf(operation, queue);
      const attempts = Float64Array.from({ length: count }, (_, i) => {
        const free = tiers.reduce((sum, t) => sum + (spare[t]?.[i] ?? 0), 0);
        return free / secondsPerAttempt(operation, rule, q, i);
      });
      const most = dialledWith(placed.operation, queue, attempts, alone);
      const taken = capacity.tiers.map(() => new Float64Array(count));
      for (let i = from; i < to; i += 1) {
        const free = tiers.reduce((sum, t) => sum + (spare[t]?.[i] ?? 0), 0);
        const cost = valueAt(most, i) * secondsPerAttempt(operation, rule, q, i);
        for (const t of tiers) {
          const own = free > 0 ? (cost * (spare[t]?.[i] ?? 0)) / free : 0;
          (taken[t] as Float64Array)[i] = own / seconds;
          (spare[t] as Float64Array)[i] = Math.max(0, (spare[t]?.[i] ?? 0) - own);
        }
      }
      return { queue, attempts, taken };
    });
    const placements = (placed.operation.policy.callBacks ?? []).map((own) => ({
      ...own,
      attempts: shares.find(({ queue }) => queue === own.queue)?.attempts ?? own.attempts,
    }));
    placed = calledBack(
      operation,
      { ...operation, policy: { ...operation.policy, callBacks: placements } },
      shares.map(({ taken }) => taken),
    );
  }
  return placed;
};

/** The operation with those who dial taken off its tiers. */
const calledBack = (
  operation: Operation,
  { policy }: Operation,
  taken: readonly (readonly Float64Array[])[],
): CalledBack => {
  const { capacity } = operation;
  const callingBack = capacity.tiers.map(({ operators }, t) =>
    operators.map((_, i) => taken.reduce((sum, tiers) => sum + (tiers[t]?.[i] ?? 0), 0)),
  );
  return {
    operation: {
      ...operation,
      policy,
      capacity: {
        ...capacity,
        tiers: capacity.tiers.map((tier, t) => ({
          ...tier,
          operators: tier.operators.map((n, i) => Math.max(0, n - (callingBack[t]?.[i] ?? 0))),
        })),
      },
    },
    placements: policy.callBacks ?? [],
    callingBack,
  };
};

/** What is really dialled of a queue with so many attempts: no more than callers are due. */
const dialledWith = (
  operation: Operation,
  queue: string,
  attempts: Float64Array,
  alone: TracedProjection | undefined,
): Float64Array => {
  const callBacks = (operation.policy.callBacks ?? []).map((own) =>
    own.queue === queue ? { ...own, attempts } : own,
  );
  const { outcome } = projectNear({ ...operation, policy: { ...operation.policy, callBacks } }, alone);
  return outcome.queues.find((own) => own.queue === queue)?.callBacks?.dialled ?? attempts.map(() => 0);
};

/** Mean operators' seconds of an attempt at a queue's callers in an interval. */
const secondsPerAttempt = (
  { demand }: Operation,
  rule: Pick<CallBackRule, 'callBackDialSeconds' | 'callBackReach'>,
  q: number,
  interval: number,
): number =>
  rule.callBackDialSeconds +
  rule.callBackReach * valueAt(valueAt(demand.queues, q).handleTimeSeconds, interval);

const inOrder = ({ demand, policy }: Operation): number[] => {
  const priority = (q: number): number =>
    policy.queues.find((own) => own.queue === demand.queues[q]?.queue)?.priority ?? Infinity;
  return demand.queues.map((_, q) => q).sort((a, b) => priority(a) - priority(b) || a - b);
};

const tiersOf = ({ policy, capacity }: Operation, queue: string): number[] => {
  const routes = policy.queues.find((own) => own.queue === queue)?.routes ?? [];
  return capacity.tiers.flatMap(({ tier }, t) => (routes.some((own) => own.tier === tier) ? [t] : []));
};

/** What becomes of lost callers from interval `from` on: nobody counted twice. */
export interface CallBackFunnel {
  readonly queue: string;
  /** On the list at the start, and lost since. */
  readonly lost: number;
  /** Calls lost since, theirs among them who called again at once. */
  readonly calls: number;
  /** Called again by themselves while on the list. */
  readonly calledAgain: number;
  /** Attempts. */
  readonly dialled: number;
  readonly reached: number;
  /** Tried or waited for as long as the rule says. */
  readonly givenUp: number;
  /** Still to call when the horizon ends. */
  readonly toCall: number;
  /** From the loss to the call-back, over those reached; NaN where nobody is. */
  readonly meanMinutesToPerson: number;
  /** Intervals in which nine of ten attempts are made: from the first of them to before the second. */
  readonly dialling: readonly [from: number, to: number];
}

/** Share of the attempts before the hours in which they are said to be made, and after them. */
const besideDialling = 0.05;

const dialledWhen = (dialled: Float64Array, from: number): CallBackFunnel['dialling'] => {
  const all = dialled.reduce((sum, n, i) => (i < from ? sum : sum + n), 0);
  let [so, first, last] = [0, from, from];
  for (let i = from; i < dialled.length; i += 1) {
    if (so <= besideDialling * all) first = i;
    if (so < (1 - besideDialling) * all) last = i + 1;
    so += valueAt(dialled, i);
  }
  return [first, last];
};

/** The funnel of each queue that has one; `known` are those on the list at the start of `from`. */
export const funnelOf = (outcome: Outcome, from: number, known: KnownLost = {}): CallBackFunnel[] =>
  outcome.queues.flatMap(({ queue, callBacks, abandoned, blocked }) => {
    if (callBacks === undefined) return [];
    const sum = (field: keyof CallBackOutcome): number =>
      callBacks[field].subarray(from).reduce((a, b) => a + b, 0);
    const atStart =
      known[queue]?.reduce((all, own) => all + lostIn(own), 0) ?? callBacks.listed[from - 1] ?? 0;
    const reached = sum('reached');
    return [
      {
        queue,
        lost: atStart + sum('lost'),
        calls: sumOf(abandoned.subarray(from), Infinity) + sumOf(blocked.subarray(from), Infinity),
        calledAgain: sum('calledAgain'),
        dialled: sum('dialled'),
        reached,
        givenUp: sum('givenUp'),
        toCall: callBacks.listed.at(-1) ?? 0,
        dialling: dialledWhen(callBacks.dialled, from),
        meanMinutesToPerson: reached > 0 ? sum('reachedSeconds') / reached / 60 : Number.NaN,
      },
    ];
  });
