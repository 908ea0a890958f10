import type { LineSpec } from './line-spec.ts';

/**
 * Counted per class and interval of arrival; counts within limits follow after these. The last seven say what became
 * of first calls in the end, under the interval in which each caller first rang: they sum to `fresh`.
 */
export const countField = {
  attempts: 0,
  first: 1,
  redialAfterAbandon: 2,
  redialAfterBlock: 3,
  reconnects: 4,
  blocked: 5,
  deflected: 6,
  connected: 7,
  abandoned: 8,
  waited: 9,
  waitAnswered: 10,
  waitAll: 11,
  fresh: 12,
  contained: 13,
  divertedOnline: 14,
  deferred: 15,
  settledByOperator: 16,
  gaveUpAfterAbandoning: 17,
  gaveUpAfterBlocking: 18,
  settledOnline: 19,
  divertedForGood: 20,
  stillOpen: 21,
  settledByCallBack: 22,
} as const;

const fixedFields = 23;

/** Call-backs, counted apart per class and interval (of the loss, of the new call, of the attempt). */
export const callBackField = {
  lost: 0,
  calledAgain: 1,
  dialled: 2,
  reached: 3,
  reachedSeconds: 4,
  givenUp: 5,
  listed: 6,
} as const;

/** Fields of a row of call-backs. */
export const callBackWidth = 7;

/**
 * Calls handed on, counted apart per class and interval of the handing on: `sent` from the class, the others to it.
 * Those handed on after the horizon are lived through but not counted.
 */
export const transferField = {
  sent: 0,
  received: 1,
  answered: 2,
  withinLimit: 3,
  abandoned: 4,
  waitAnswered: 5,
  waitAll: 6,
} as const;

/** Fields of a row of calls handed on. */
export const transferWidth = 7;

/** Counts of one or more replications. Row (class, interval) starts at (class · intervals + interval) · width. */
export interface LineCounts {
  readonly width: number;
  /** Offset of the first answer limit and the first abandon limit within a row. */
  readonly answerLimitAt: number;
  readonly abandonLimitAt: number;
  readonly calls: Float64Array;
  /** Seconds per pool and interval (pool · intervals + interval). */
  readonly busy: Float64Array;
  readonly staffed: Float64Array;
  readonly overrun: Float64Array;
  /** Calls connected by pool, class and interval of arrival. */
  readonly connectedByPool: Float64Array;
  /** Row (class, interval) of `transferWidth`, and those answered by pool and interval; empty where none are. */
  readonly transfers: Float64Array;
  readonly transfersByPool: Float64Array;
  /** Row (class, interval) of `callBackWidth`; empty where nobody is called back. */
  readonly callBacks: Float64Array;
  events: number;
}

/** Zeros for a line; the arrays of calls handed on are empty where no class hands any on. */
export const emptyCounts = (spec: LineSpec): LineCounts => {
  const { intervals } = spec;
  const classes = spec.classes.length;
  const pools = spec.pools.length;
  const answers = Math.max(0, ...spec.classes.map((c) => c.answerLimitsSeconds.length));
  const handsOn = spec.classes.some(({ transfers }) => transfers.length > 0);
  const abandons = Math.max(0, ...spec.classes.map((c) => c.abandonLimitsSeconds.length));
  const width = fixedFields + answers + abandons;
  return {
    width,
    answerLimitAt: fixedFields,
    abandonLimitAt: fixedFields + answers,
    calls: new Float64Array(classes * intervals * width),
    busy: new Float64Array(pools * intervals),
    staffed: new Float64Array(pools * intervals),
    overrun: new Float64Array(pools * intervals),
    connectedByPool: new Float64Array(pools * classes * intervals),
    transfers: new Float64Array(handsOn ? classes * intervals * transferWidth : 0),
    transfersByPool: new Float64Array(handsOn ? pools * intervals : 0),
    callBacks: new Float64Array(
      spec.classes.some(({ callBacks }) => callBacks !== undefined) ? classes * intervals * callBackWidth : 0,
    ),
    events: 0,
  };
};

const addInto = (sum: Float64Array, part: Float64Array): void => {
  for (let i = 0; i < sum.length; i += 1) sum[i] = (sum[i] as number) + (part[i] as number);
};

/** Adds a replication of the same line to the sum. */
export const addCounts = (sum: LineCounts, part: LineCounts): void => {
  addInto(sum.calls, part.calls);
  addInto(sum.busy, part.busy);
  addInto(sum.staffed, part.staffed);
  addInto(sum.overrun, part.overrun);
  addInto(sum.connectedByPool, part.connectedByPool);
  addInto(sum.transfers, part.transfers);
  addInto(sum.transfersByPool, part.transfersByPool);
  addInto(sum.callBacks, part.callBacks);
  sum.events += part.events;
};

/**
 * Totals over intervals: a row of `width` per class, then busy, staffed and overrun seconds per pool, then, where
 * calls are handed on, a row of `transferWidth` per class.
 */
export const totalsOfCounts = (spec: LineSpec, counts: LineCounts): Float64Array => {
  const { intervals } = spec;
  const { width } = counts;
  const transfersAt = spec.classes.length * width + spec.pools.length * 3;
  const handedOn = counts.transfers.length / intervals;
  const totals = new Float64Array(transfersAt + handedOn);
  for (let at = 0; at < counts.transfers.length; at += 1) {
    const row = Math.floor(at / transferWidth / intervals) * transferWidth;
    const to = transfersAt + row + (at % transferWidth);
    totals[to] = (totals[to] as number) + (counts.transfers[at] as number);
  }
  for (let c = 0; c < spec.classes.length; c += 1) {
    for (let i = 0; i < intervals; i += 1) {
      const row = (c * intervals + i) * width;
      for (let f = 0; f < width; f += 1) {
        totals[c * width + f] = (totals[c * width + f] as number) + (counts.calls[row + f] as number);
      }
    }
  }
  const poolsAt = spec.classes.length * width;
  for (let p = 0; p < spec.pools.length; p += 1) {
    for (const [k, seconds] of [counts.busy, counts.staffed, counts.overrun].entries()) {
      let sum = 0;
      for (let i = 0; i < intervals; i += 1) sum += seconds[p * intervals + i] as number;
      totals[poolsAt + 3 * p + k] = sum;
    }
  }
  return totals;
};
