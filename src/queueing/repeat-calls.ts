import type { RepeatBehaviour } from '../kernel/hotline.ts';

/**
 * Callers who will call again: after hanging up, after finding no line, and after an answer that settled
 * nothing. Each kind waits an exponential time; calls flow into the interval in which they are made again,
 * so that none is lost or doubled within the horizon.
 */
export interface RepeatCalls {
  /** Waiting to call again, per kind: abandoned, blocked, unresolved. */
  readonly waiting: Float64Array;
}

/** Nobody waits to call again. */
export const noRepeatCalls = (): RepeatCalls => ({ waiting: new Float64Array(3) });

/** Constants of a queue's repeat behaviour for one interval length. */
export interface RepeatRates {
  /** Chance to call again, per kind. */
  readonly chance: Float64Array;
  /** Of those waiting at the start, the share that calls within the interval. */
  readonly release: Float64Array;
  /** Of those who failed within the interval (spread evenly), the share that calls again within it. */
  readonly same: Float64Array;
  readonly any: boolean;
  /** Mean delay before those who hung up call again. */
  readonly afterAbandonSeconds: number;
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
  };
};

/** The same behaviour with every chance to call again times a factor, at most 0.95. */
export const ratesTimes = (rates: RepeatRates, factor: number): RepeatRates =>
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
export const sameIntervalShare = (
  rates: RepeatRates,
  abandon: number,
  block: number,
  answer: number,
): number =>
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
