import type { CallBackOutcome, CallBackPlacement } from '../kernel/hotline.ts';

interface Place {
  readonly lostAt: number;
  readonly dueAt: number;
  readonly tries: number;
}

/** Callers of one loss on the list, so many tries on. Those who will call again are among the path's waiting callers too. */
interface Listed extends Place {
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
  /** What is on the list on each of the days that it is followed on, a share of the mean; in the order in which they are dialled. */
  readonly days: Listed[][];
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

/**
 * A list grows faster on a bad day than it shrinks on a good one, so callers wait longer than on the mean day: it is
 * followed on so many days alike, on which each interval loses more or fewer than the mean, independently of the others
 * (rows of a Hadamard matrix).
 */
const daysAlike = 16;

/**
 * Variance over mean of an interval's losses from day to day is 1 + `ofBursts`·√load: callers are lost in bursts, the larger
 * the hall. Neighbouring intervals share some of them, which adds `ofNeighbours`.
 */
const [ofBursts, ofNeighbours] = [1.3, 1.3];

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
  placement === undefined
    ? undefined
    : {
        placement,
        effect: noCallBacks(count),
        days: Array.from({ length: daysAlike }, () => []),
        kept: [0, 0],
      };

const sizeOf = ({ again, gaveUp }: Listed): number => again[0] + again[1] + gaveUp;

/** Negative where the one is dialled before the other: due longest first. */
const inDialledOrder = (one: Place, other: Place): number =>
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
  const { placement, effect, kept, days } = flow;
  if (placement.known?.at === interval) startFromKnown(flow, waiting);
  dropExpired(flow, interval);
  const attempts = placement.attempts[interval] ?? 0;
  let calls = 0;
  if (attempts > 0 && days.some((list) => list.some(({ dueAt }) => dueAt <= interval))) {
    // Those whom nobody dials any more call again as they like.
    const unlisted: Listed = { ...nobody, again: [0, 0] };
    for (const k of bothKinds) unlisted.again[k] = (waiting[k] ?? 0) - ofKind(days, k);
    for (let step = 0; step < stepsWithin; step += 1) {
      for (const half of [0, 1]) {
        effect.calledAgain[interval] = (effect.calledAgain[interval] ?? 0) + callAgain(days, release, 0.5);
        calls += callAgain([[unlisted]], release, 0.5);
        if (half === 0)
          for (const list of days)
            dial(flow, list, unlisted, interval, attempts / stepsWithin / daysAlike, intervalSeconds);
      }
    }
    for (const list of days) keepOnly(list, (own) => sizeOf(own) !== 0);
    calls += (effect.calledAgain[interval] ?? 0) + (waiting[2] ?? 0) * (release[2] ?? 0);
    for (const k of bothKinds) {
      const still = 1 - (release[k] ?? 0);
      waiting[k] = still > 0 ? (ofKind(days, k) + unlisted.again[k]) / still : 0;
    }
  } else {
    effect.calledAgain[interval] = callAgain(days, release, stepsWithin);
    for (let k = 0; k < 3; k += 1) calls += (waiting[k] ?? 0) * (release[k] ?? 0);
  }
  for (const k of bothKinds) kept[k] = (waiting[k] ?? 0) * (1 - (release[k] ?? 0));
  return calls;
};

/**
 * Puts those on the list who were lost in the interval; `waiting` is what the interval left, `failed` who failed in it,
 * `waitedSeconds` how long those who hung up had waited, `load` the queue's Erlangs and those of all that share its operators.
 */
export const listLost = (
  flow: CallBackFlow,
  { waiting, chance, afterAbandonSeconds }: Omit<Returning, 'release'>,
  interval: number,
  intervalSeconds: number,
  failed: readonly [abandoned: number, blocked: number],
  waitedSeconds: number,
  [load, shared]: readonly [load: number, shared: number],
): void => {
  const { effect, placement, days } = flow;
  const again: [number, number] = [(waiting[0] ?? 0) - flow.kept[0], (waiting[1] ?? 0) - flow.kept[1]];
  const gaveUp = failed[0] * (1 - (chance[0] ?? 0)) + failed[1] * (1 - (chance[1] ?? 0));
  const lost = again[0] + again[1] + gaveUp;
  const bursts = ofNeighbours * (1 + (ofBursts * load) / Math.sqrt(Math.max(load, shared, 1e-9)));
  const scatter = lost > 0 ? Math.min(1, Math.sqrt(bursts / lost)) : 0;
  const at = { lostAt: interval, dueAt: interval + placement.firstAfterIntervals, tries: 0 };
  for (const [day, list] of days.entries()) {
    const own = ofDays(at, again, gaveUp, 1 + scatter * signOf(day, interval));
    if (sizeOf(own) !== 0) Object.assign(listedAt(list, at), own);
  }
  // A loss is of the interval of its call: who hangs up after that and calls again at once was on the list for a while.
  const later = (seconds: number): number => endsLater(seconds, afterAbandonSeconds, intervalSeconds);
  const soonAgain = failed[0] * (chance[0] ?? 0) * (later(waitedSeconds) - later(0));
  effect.lost[interval] = lost + soonAgain;
  effect.calledAgain[interval] = (effect.calledAgain[interval] ?? 0) + soonAgain;
  effect.listed[interval] = days.reduce((sum, list) => list.reduce((all, own) => all + sizeOf(own), sum), 0);
};

/** One day's share of callers, so many times the mean. */
const ofDays = (at: Place, again: readonly [number, number], gaveUp: number, times: number): Listed => {
  const share = times / daysAlike;
  return { ...at, again: [again[0] * share, again[1] * share], gaveUp: gaveUp * share };
};

/** Whether a day's interval loses more or fewer than the mean: half of the days do either, in any two intervals in every way. */
const signOf = (day: number, interval: number): 1 | -1 => {
  let both = day & (1 + (interval % (daysAlike - 1)));
  let sign: 1 | -1 = 1;
  for (; both > 0; both &= both - 1) sign = sign === 1 ? -1 : 1;
  return sign;
};

/** Share of an interval's calls from which so many seconds, and a delay of such a mean, lead beyond its end. */
const endsLater = (seconds: number, meanDelay: number, intervalSeconds: number): number => {
  const left = Math.max(0, intervalSeconds - seconds);
  const delayed = meanDelay > 0 ? -meanDelay * Math.expm1(-left / meanDelay) : 0;
  return (intervalSeconds - left + delayed) / intervalSeconds;
};

const bothKinds = [0, 1] as const;
const nobody = { lostAt: 0, dueAt: 0, tries: 0, gaveUp: 0 };

const ofKind = (days: readonly (readonly Listed[])[], k: 0 | 1): number =>
  days.reduce((sum, list) => list.reduce((all, { again }) => all + again[k], sum), 0);

const keepOnly = (list: Listed[], isKept: (own: Listed) => boolean): void => {
  let kept = 0;
  for (const own of list) if (isKept(own)) list[kept++] = own;
  list.length = kept;
};

/**
 * Puts the known ones on the list in place of those that the projection found. Who will call again is left as it was without
 * a list: of the known no more than wait to.
 */
const startFromKnown = ({ placement, days }: CallBackFlow, waiting: Float64Array): void => {
  const { known, firstAfterIntervals } = placement;
  const lost = known?.lost ?? [];
  const kinds = ['againAfterAbandon', 'againAfterBlock'] as const;
  const shares = kinds.map((kind, k) => {
    const all = lost.reduce((sum, own) => sum + own[kind], 0);
    return all > 0 ? Math.min(1, (waiting[k] ?? 0) / all) : 0;
  });
  for (const list of days) {
    list.length = 0;
    for (const lostList of lost) {
      const at = { lostAt: lostList.lostAt, dueAt: lostList.lostAt + firstAfterIntervals, tries: 0 };
      const again = kinds.map((kind, k) => lostList[kind] * (shares[k] ?? 0)) as [number, number];
      const others = lostList.againAfterAbandon + lostList.againAfterBlock - again[0] - again[1];
      list.push(ofDays(at, again, lostList.gaveUp + others, 1));
    }
    list.sort(inDialledOrder);
  }
};

const dropExpired = ({ days, placement, effect }: CallBackFlow, interval: number): void => {
  for (const list of days)
    keepOnly(list, (own) => {
      const isKept = interval - own.lostAt < placement.expiresAfterIntervals;
      if (!isKept) effect.givenUp[interval] = (effect.givenUp[interval] ?? 0) + sizeOf(own);
      return isKept;
    });
};

/** Those of the lists who call again within so many of an interval's steps: they leave them. */
const callAgain = (days: readonly (readonly Listed[])[], release: Float64Array, steps: number): number => {
  let calls = 0;
  for (const k of bothKinds) {
    const whole = release[k] ?? 0;
    const part = steps === stepsWithin ? whole : 1 - Math.pow(1 - whole, steps / stepsWithin);
    for (const list of days)
      for (const { again } of list) {
        calls += again[k] * part;
        again[k] -= again[k] * part;
      }
  }
  return calls;
};

/** So many attempts at those who have been due longest; whom nobody is to dial again goes over to `unlisted`. */
const dial = (
  { placement, effect }: CallBackFlow,
  list: Listed[],
  unlisted: Listed,
  interval: number,
  attempts: number,
  intervalSeconds: number,
): void => {
  const { reachShare, mostTries, retryAfterIntervals } = placement;
  const add = (to: Float64Array, amount: number): void => {
    to[interval] = (to[interval] ?? 0) + amount;
  };
  let left = attempts;
  // Those who are put off come last, and are not due in this interval.
  for (const listed of list) {
    const size = sizeOf(listed);
    if (listed.dueAt > interval || !(left > 0)) break;
    if (!(size > 0)) continue;
    const dialled = Math.min(left, size);
    left -= dialled;
    add(effect.dialled, dialled);
    add(effect.reached, dialled * reachShare);
    add(effect.reachedSeconds, dialled * reachShare * (interval - listed.lostAt) * intervalSeconds);
    const missed = (dialled / size) * (1 - reachShare);
    const tries = listed.tries + 1;
    const isLast = tries >= mostTries;
    if (isLast) add(effect.givenUp, size * missed);
    const dueAt = interval + retryAfterIntervals;
    const to = isLast ? unlisted : listedAt(list, { lostAt: listed.lostAt, dueAt, tries });
    for (const k of bothKinds) {
      to.again[k] += listed.again[k] * missed;
      listed.again[k] *= 1 - dialled / size;
    }
    if (!isLast) to.gaveUp += listed.gaveUp * missed;
    listed.gaveUp *= 1 - dialled / size;
  }
};

/** The list's entry of that loss, due then and so many tries on. */
const listedAt = (list: Listed[], at: Place): Listed => {
  const place = list.findLastIndex((own) => inDialledOrder(own, at) <= 0);
  const before = list[place];
  if (before !== undefined && inDialledOrder(before, at) === 0) return before;
  const own: Listed = { ...at, again: [0, 0], gaveUp: 0 };
  list.splice(place + 1, 0, own);
  return own;
};
