import { fromOutside, type CallTable } from './call-table.ts';
import { callBackWidth, countField, transferField, transferWidth, type LineCounts } from './line-counts.ts';
import type { LineClass, LineSpec } from './line-spec.ts';

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
    if (interval < 0 || interval >= this.spec.intervals) return;
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
