import type { CallTable } from './call-table.ts';

/** Kinds of events. */
export const eventKind = { serviceEnd: 0, hangUp: 1, overflow: 2, callAgain: 3, announcementEnd: 4 } as const;

/**
 * An event is one whole number: slot · 8 + kind, with room for 2²⁴ calls at once; an overflow event bears above the
 * slot's bits which of its class's delayed pools it opens.
 */
const slotMask = 0xff_ff_ff;
const overflowShift = 27;
const overflowUnit = 2 ** overflowShift;

/** Slot of the call that an event is of. */
export const slotOf = (event: number): number => (event >> 3) & slotMask;
/** Which of the kinds an event is. */
export const kindOf = (event: number): number => event & 7;
/** Which of its class's delayed pools an overflow event opens, from 0. */
export const delayedPoolOf = (event: number): number => event >>> overflowShift;

/** What is still to happen to calls, in order of time; a slot with events ahead is not given to another call. */
export class Agenda {
  private readonly heap = new EventHeap();
  private readonly calls: CallTable;

  constructor(calls: CallTable) {
    this.calls = calls;
  }

  /** Time of the next event in seconds; Infinity where none is ahead. */
  nextTime(): number {
    return this.heap.nextTime();
  }

  /** Takes the next event off; its slot must be released with `passEvent` once it is dealt with. */
  pop(): number {
    return this.heap.pop();
  }

  schedule(time: number, slot: number, kind: number): void {
    this.calls.events[slot] = (this.calls.events[slot] as number) + 1;
    this.heap.push(time, slot * 8 + kind);
  }

  /** From `time` on the `i`-th delayed pool of its class may take the call. */
  scheduleOverflow(time: number, slot: number, i: number): void {
    this.schedule(time, slot, eventKind.overflow + i * overflowUnit);
  }
}

/**
 * Binary heap of events by time, on typed arrays. An event is a number (its code); events of one time leave
 * in no particular order, yet in the same one for the same history.
 */
class EventHeap {
  times = new Float64Array(1024);
  codes = new Int32Array(1024);
  size = 0;

  /** Time of the next event, Infinity when there is none. */
  nextTime(): number {
    return this.size > 0 ? (this.times[0] ?? Infinity) : Infinity;
  }

  push(time: number, code: number): void {
    if (this.size === this.codes.length) this.grow();
    const { times, codes } = this;
    let at = this.size;
    this.size += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = times[parent] as number;
      if (above <= time) break;
      times[at] = above;
      codes[at] = codes[parent] as number;
      at = parent;
    }
    times[at] = time;
    codes[at] = code;
  }

  /** Takes the next event off and returns its code. The heap must not be empty. */
  pop(): number {
    const { times, codes } = this;
    const code = codes[0] as number;
    const size = this.size - 1;
    this.size = size;
    const time = times[size] as number;
    const last = codes[size] as number;
    let at = 0;
    let child = 1;
    while (child < size) {
      if (child + 1 < size && (times[child + 1] as number) < (times[child] as number)) child += 1;
      const below = times[child] as number;
      if (below >= time) break;
      times[at] = below;
      codes[at] = codes[child] as number;
      at = child;
      child = 2 * at + 1;
    }
    times[at] = time;
    codes[at] = last;
    return code;
  }

  private grow(): void {
    const times = new Float64Array(2 * this.times.length);
    const codes = new Int32Array(2 * this.codes.length);
    times.set(this.times);
    codes.set(this.codes);
    this.times = times;
    this.codes = codes;
  }
}
