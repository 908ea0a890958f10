import { type CallTable, fromOutside } from './call-table.ts';
import type { LineClass, LineSpec } from './line-spec.ts';

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

/** Books what happens to calls under their class and interval of arrival; calls of the warm-up are left out. */
export class CallCounter {
  private readonly spec: LineSpec;
  private readonly counts: LineCounts;
  private readonly calls: CallTable;

  constructor(spec: LineSpec, counts: LineCounts, calls: CallTable) {
    this.spec = spec;
    this.counts = counts;
    this.calls = calls;
  }

  add(slot: number, field: number, by: number): void {
    const row = this.rowOf(slot);
    if (row < 0) return;
    const { calls } = this.counts;
    calls[row + field] = (calls[row + field] as number) + by;
  }

  /** What became of a caller in the end, under the class and interval of the first call. */
  end(slot: number, field: number): void {
    const interval = this.calls.firstInterval[slot] as number;
    if (interval < 0) return;
    const row = ((this.calls.rungClass[slot] as number) * this.spec.intervals + interval) * this.counts.width;
    const { calls } = this.counts;
    calls[row + field] = (calls[row + field] as number) + 1;
  }

  /** Changes what became of a caller who had been booked under another end (−1: under none). */
  changeEnd(classIndex: number, firstInterval: number, from: number, to: number): void {
    if (firstInterval < 0) return;
    const row = (classIndex * this.spec.intervals + firstInterval) * this.counts.width;
    const { calls } = this.counts;
    if (from >= 0) calls[row + from] = (calls[row + from] as number) - 1;
    calls[row + to] = (calls[row + to] as number) + 1;
  }

  /** A caller lost, called back or gone off the list of those who are. */
  callBack(classIndex: number, interval: number, field: number, by: number): void {
    const at = (classIndex * this.spec.intervals + interval) * callBackWidth + field;
    const { callBacks } = this.counts;
    callBacks[at] = (callBacks[at] as number) + by;
  }

  /** A call that is handed on from a class, as `slot` of the class it goes to. */
  handOn(slot: number, fromClass: number): void {
    const interval = this.calls.interval[slot] as number;
    if (interval < 0) return;
    this.addTransfer(fromClass, interval, transferField.sent, 1);
    this.addTransfer(this.calls.classOf[slot] as number, interval, transferField.received, 1);
  }

  private answerHandedOn(slot: number, pool: number, wait: number): void {
    const interval = this.calls.interval[slot] as number;
    const c = this.calls.classOf[slot] as number;
    const at = pool * this.spec.intervals + interval;
    this.counts.transfersByPool[at] = (this.counts.transfersByPool[at] as number) + 1;
    this.addTransfer(c, interval, transferField.answered, 1);
    this.addTransfer(c, interval, transferField.waitAnswered, wait);
    this.addTransfer(c, interval, transferField.waitAll, wait);
    const limit = (this.spec.classes[c] as LineClass).answerLimitsSeconds[0] ?? 0;
    if (wait <= limit) this.addTransfer(c, interval, transferField.withinLimit, 1);
  }

  private addTransfer(c: number, interval: number, field: number, by: number): void {
    const at = (c * this.spec.intervals + interval) * transferWidth + field;
    this.counts.transfers[at] = (this.counts.transfers[at] as number) + by;
  }

  answer(slot: number, pool: number, wait: number): void {
    const row = this.rowOf(slot);
    if (row < 0) return;
    if (this.calls.heldPool[slot] !== fromOutside) {
      this.answerHandedOn(slot, pool, wait);
      return;
    }
    const { calls, answerLimitAt, connectedByPool } = this.counts;
    const c = this.calls.classOf[slot] as number;
    const { intervals, classes } = this.spec;
    const byPool = (pool * classes.length + c) * intervals + (this.calls.interval[slot] as number);
    connectedByPool[byPool] = (connectedByPool[byPool] as number) + 1;
    calls[row + countField.connected] = (calls[row + countField.connected] as number) + 1;
    if (wait > 0) {
      calls[row + countField.waited] = (calls[row + countField.waited] as number) + 1;
      calls[row + countField.waitAnswered] = (calls[row + countField.waitAnswered] as number) + wait;
      calls[row + countField.waitAll] = (calls[row + countField.waitAll] as number) + wait;
    }
    this.addWithin((classes[c] as LineClass).answerLimitsSeconds, row + answerLimitAt, wait);
  }

  abandon(slot: number, wait: number): void {
    const row = this.rowOf(slot);
    if (row < 0) return;
    if (this.calls.heldPool[slot] !== fromOutside) {
      const c = this.calls.classOf[slot] as number;
      const interval = this.calls.interval[slot] as number;
      this.addTransfer(c, interval, transferField.abandoned, 1);
      this.addTransfer(c, interval, transferField.waitAll, wait);
      return;
    }
    const { calls, abandonLimitAt } = this.counts;
    calls[row + countField.abandoned] = (calls[row + countField.abandoned] as number) + 1;
    if (wait > 0) calls[row + countField.waited] = (calls[row + countField.waited] as number) + 1;
    calls[row + countField.waitAll] = (calls[row + countField.waitAll] as number) + wait;
    const own = this.spec.classes[this.calls.classOf[slot] as number] as LineClass;
    this.addWithin(own.abandonLimitsSeconds, row + abandonLimitAt, wait);
  }

  private addWithin(limits: readonly number[], at: number, wait: number): void {
    const { calls } = this.counts;
    for (let i = 0; i < limits.length; i += 1) {
      if (wait <= (limits[i] as number)) calls[at + i] = (calls[at + i] as number) + 1;
    }
  }

  /** Where the call's counts lie; −1 for a call that does not count. */
  private rowOf(slot: number): number {
    const interval = this.calls.interval[slot] as number;
    if (interval < 0) return -1;
    const c = this.calls.classOf[slot] as number;
    return (c * this.spec.intervals + interval) * this.counts.width;
  }
}
