import type { CallBackOutcome, CallBackPlacement } from '../kernel/hotline.ts';

/** Callers of one loss on the list, so many tries on. Those who will call again are among the path's waiting callers too. */
interface Listed {
  readonly lostAt: number;
  readonly dueAt: number;
  readonly tries: number;
  readonly again: [afterAbandon: number, afterBlock: number];
  gaveUp: number;
}

/**
 * One queue's lost callers on their way through the horizon. Nobody is lost on the way: what leaves the list called again,
 * was reached, or was given up by the rule.
 */
export interface CallBackFlow {
  readonly placement: CallBackPlacement;
  readonly effect: CallBackOutcome;
  /** In the order in which they are dialled. */
  list: Listed[];
  /** Waiting callers of the interval's start who still wait at its end, hung up and blocked. */
  readonly kept: [number, number];
}

/** How the callers of a queue come back, as a run has it: waiting by kind, and the share that calls in an interval. */
interface Returning {
  readonly waiting: Float64Array;
  readonly release: Float64Array;
  readonly chance: Float64Array;
  readonly afterAbandonSeconds: number;
}

/** Calling back and calling again go on side by side within an interval: taken in turn in so many steps. */
const stepsWithin = 8;

/** The outcome of call-backs over a horizon of so many intervals, with nothing in it. */
export const noCallBacks = (count: number): CallBackOutcome => ({
  lost: new Float64Array(count),
  calledAgain: new Float64Array(count),
  dialled: new Float64Array(count),
  reached: new Float64Array(count),
  reachedSeconds: new Float64Array(count),
  givenUp: new Float64Array(count),
  listed: new Float64Array(count),
});

/** An empty list at the start of the horizon; undefined where the queue calls nobody back. */
export const openCallBackFlow = (
  placement: CallBackPlacement | undefined,
  count: number,
): CallBackFlow | undefined =>
  placement === undefined ? undefined : { placement, effect: noCallBacks(count), list: [], kept: [0, 0] };

const sizeOf = ({ again, gaveUp }: Listed): number => again[0] + again[1] + gaveUp;

const inDialledOrder = (one: Listed, other: Listed): number =>
  one.dueAt - other.dueAt || one.tries - other.tries || one.lostAt - other.lostAt;

/**
 * Calls that those who failed or were not helped before make again in the interval, with call-backs going on: who is
 * reached no longer calls. `waiting` is brought to what leaves those who still wait at the interval's end. Without attempts
 * nothing differs, to the last bit, from a run without call-backs.
 */
export const callBackWithin = (
  flow: CallBackFlow,
  { waiting, release }: Pick<Returning, 'waiting' | 'release'>,
  interval: number,
  intervalSeconds: number,
): number => {
  const { placement, effect, kept } = flow;
  if (placement.known?.at === interval) startFromKnown(flow, waiting);
  dropExpired(flow, interval);
  const attempts = placement.attempts[interval] ?? 0;
  let calls = 0;
  if (attempts > 0 && flow.list.some(({ dueAt }) => dueAt <= interval)) {
    // Those whom nobody dials any more call again as they like.
    const unlisted: Listed = { ...nobody, again: [0, 0] };
    for (const k of bothKinds) unlisted.again[k] = (waiting[k] ?? 0) - ofKind(flow.list, k);
    for (let step = 0; step < stepsWithin; step += 1) {
      for (const half of [0, 1]) {
        effect.calledAgain[interval] =
          (effect.calledAgain[interval] ?? 0) + callAgain(flow.list, release, 0.5);
        calls += callAgain([unlisted], release, 0.5);
        if (half === 0) dial(flow, unlisted, interval, attempts / stepsWithin, intervalSeconds);
      }
    }
    flow.list = flow.list.filter((own) => sizeOf(own) !== 0);
    calls += (effect.calledAgain[interval] ?? 0) + (waiting[2] ?? 0) * (release[2] ?? 0);
    for (const k of bothKinds) {
      const still = 1 - (release[k] ?? 0);
      waiting[k] = still > 0 ? (ofKind(flow.list, k) + unlisted.again[k]) / still : 0;
    }
  } else {
    effect.calledAgain[interval] = callAgain(flow.list, release, stepsWithin);
    for (let k = 0; k < 3; k += 1) calls += (waiting[k] ?? 0) * (release[k] ?? 0);
  }
  for (const k of bothKinds) kept[k] = (waiting[k] ?? 0) * (1 - (release[k] ?? 0));
  return calls;
};

/**
 * Puts those on the list who were lost in the interval; `waiting` is what the interval left, `failed` who failed in it,
 * `waitedSeconds` how long those who hung up had waited.
 */
export const listLost = (
  flow: CallBackFlow,
  { waiting, chance, afterAbandonSeconds }: Omit<Returning, 'release'>,
  interval: number,
  intervalSeconds: number,
  failed: readonly [abandoned: number, blocked: number],
  waitedSeconds: number,
): void => {
  const { effect, placement } = flow;
  const again: [number, number] = [(waiting[0] ?? 0) - flow.kept[0], (waiting[1] ?? 0) - flow.kept[1]];
  const gaveUp = failed[0] * (1 - (chance[0] ?? 0)) + failed[1] * (1 - (chance[1] ?? 0));
  const lost: Listed = {
    lostAt: interval,
    dueAt: interval + placement.firstAfterIntervals,
    tries: 0,
    again,
    gaveUp,
  };
  // A loss is of the interval of its call: who hangs up after that and calls again at once was on the list for a while.
  const later = (seconds: number): number => endsLater(seconds, afterAbandonSeconds, intervalSeconds);
  const soonAgain = failed[0] * (chance[0] ?? 0) * (later(waitedSeconds) - later(0));
  effect.lost[interval] = sizeOf(lost) + soonAgain;
  effect.calledAgain[interval] = (effect.calledAgain[interval] ?? 0) + soonAgain;
  flow.list.push(lost);
  flow.list.sort(inDialledOrder);
  effect.listed[interval] = flow.list.reduce((sum, own) => sum + sizeOf(own), 0);
};

/** Share of an interval's calls from which so many seconds, and a delay of such a mean, lead beyond its end. */
const endsLater = (seconds: number, meanDelay: number, intervalSeconds: number): number => {
  const left = Math.max(0, intervalSeconds - seconds);
  const delayed = meanDelay > 0 ? -meanDelay * Math.expm1(-left / meanDelay) : 0;
  return (intervalSeconds - left + delayed) / intervalSeconds;
};

const bothKinds = [0, 1] as const;
const nobody = { lostAt: 0, dueAt: 0, tries: 0, gaveUp: 0 };

const ofKind = (list: readonly Listed[], k: 0 | 1): number =>
  list.reduce((sum, { again }) => sum + again[k], 0);

const startFromKnown = (flow: CallBackFlow, waiting: Float64Array): void => {
  const { known, firstAfterIntervals } = flow.placement;
  flow.list = (known?.lost ?? []).map((own) => ({
    lostAt: own.lostAt,
    dueAt: own.lostAt + firstAfterIntervals,
    tries: 0,
    again: [own.againAfterAbandon, own.againAfterBlock],
    gaveUp: own.gaveUp,
  }));
  flow.list.sort(inDialledOrder);
  for (const k of bothKinds) waiting[k] = ofKind(flow.list, k);
};

const dropExpired = ({ list, placement, effect }: CallBackFlow, interval: number): void => {
  let kept = 0;
  for (const own of list) {
    if (interval - own.lostAt < placement.expiresAfterIntervals) list[kept++] = own;
    else effect.givenUp[interval] = (effect.givenUp[interval] ?? 0) + sizeOf(own);
  }
  list.length = kept;
};

/** Those of a list who call again within so many of an interval's steps: they leave it. */
const callAgain = (list: readonly Listed[], release: Float64Array, steps: number): number => {
  let calls = 0;
  for (const k of bothKinds) {
    const whole = release[k] ?? 0;
    const part = steps === stepsWithin ? whole : 1 - Math.pow(1 - whole, steps / stepsWithin);
    for (const { again } of list) {
      calls += again[k] * part;
      again[k] -= again[k] * part;
    }
  }
  return calls;
};

/** So many attempts at those who have been due longest; whom nobody is to dial again goes over to `unlisted`. */
const dial = (
  flow: CallBackFlow,
  unlisted: Listed,
  interval: number,
  attempts: number,
  intervalSeconds: number,
): void => {
  const { placement, effect } = flow;
  const { reachShare, mostTries, retryAfterIntervals } = placement;
  const add = (to: Float64Array, amount: number): void => {
    to[interval] = (to[interval] ?? 0) + amount;
  };
  let left = attempts;
  // Those who are put off come last, and are not due in this interval.
  for (const own of flow.list) {
    const size = sizeOf(own);
    if (own.dueAt > interval || !(left > 0)) break;
    if (!(size > 0)) continue;
    const dialled = Math.min(left, size);
    left -= dialled;
    add(effect.dialled, dialled);
    add(effect.reached, dialled * reachShare);
    add(effect.reachedSeconds, dialled * reachShare * (interval - own.lostAt) * intervalSeconds);
    const missed = (dialled / size) * (1 - reachShare);
    const tries = own.tries + 1;
    const isLast = tries >= mostTries;
    if (isLast) add(effect.givenUp, size * missed);
    const dueAt = interval + retryAfterIntervals;
    const to = isLast ? unlisted : listedAt(flow, { lostAt: own.lostAt, dueAt, tries });
    for (const k of bothKinds) {
      to.again[k] += own.again[k] * missed;
      own.again[k] *= 1 - dialled / size;
    }
    if (!isLast) to.gaveUp += own.gaveUp * missed;
    own.gaveUp *= 1 - dialled / size;
  }
  flow.list.sort(inDialledOrder);
};

/** The list's entry of that loss, due then and so many tries on. */
const listedAt = (flow: CallBackFlow, at: Pick<Listed, 'lostAt' | 'dueAt' | 'tries'>): Listed => {
  const found = flow.list.find((own) => inDialledOrder(own, { ...nobody, ...at, again: [0, 0] }) === 0);
  if (found !== undefined) return found;
  const own: Listed = { ...at, again: [0, 0], gaveUp: 0 };
  flow.list.push(own);
  return own;
};
