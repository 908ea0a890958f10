import type { CallTable } from './call-table.ts';
import { EventHeap } from './event-heap.ts';

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

  /** Takes the next event off; its slot must be told with `passEvent` once it is dealt with. */
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
