import { EventHeap } from '../../kernel/event-heap.ts';
import type { CallBackPlacement, LostCallers } from '../../kernel/hotline.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { attemptKind, type CallTable } from './call-table.ts';
import { callBackField, type CallCounter, countField } from './line-counts.ts';
import type { LineSpec } from './line-spec.ts';

/** A caller who was lost and has not been answered since. */
interface LostCaller {
  readonly lostAt: number;
  readonly dueAt: number;
  readonly tries: number;
  /** The slot in which the caller waits to call again; −1: will not within the horizon. */
  readonly slot: number;
  /** What became of the caller so far, and the interval of the first call (−1: not counted). */
  readonly endField: number;
  readonly firstInterval: number;
}

/** What one attempt led to. */
interface Attempt {
  readonly caller: LostCaller;
  readonly isReached: boolean;
  readonly isGivenUp: boolean;
}

/** Of a caller known from elsewhere, who will not call again. */
const nobodyKnown = { slot: -1, endField: -1, firstInterval: -1 };

const keyOf = ({ dueAt, tries, lostAt }: LostCaller): string => `${dueAt} ${tries} ${lostAt}`;

/** Calls lost callers back: the lists of a line's classes, and what is booked of them. */
export class CallBackDesk {
  /** Time of the next attempt in seconds. */
  next = Infinity;
  private isClosed = false;
  private readonly lists: readonly (CallBackList | undefined)[];
  private readonly spec: LineSpec;
  private readonly calls: CallTable;
  private readonly counter: CallCounter;

  constructor(spec: LineSpec, seed: number, replication: number, calls: CallTable, counter: CallCounter) {
    this.spec = spec;
    this.calls = calls;
    this.counter = counter;
    this.lists = spec.classes.map(({ callBacks }, c) =>
      callBacks === undefined
        ? undefined
        : new CallBackList(callBacks, seededRandom(seed, callBackStream(spec, replication, c))),
    );
  }

  enter(interval: number, now: number): void {
    if (interval > 0) this.close(interval - 1);
    for (const [c, list] of this.lists.entries()) {
      if (list === undefined) continue;
      if (list.placement.known?.at === interval) this.startFromKnown(list);
      const over = list.enter(interval, now, this.spec.intervalSeconds);
      this.counter.callBack(c, interval, callBackField.givenUp, over.length);
    }
    this.setNext();
  }

  /** Books who is on the lists at the end of an interval. */
  close(interval: number): void {
    this.isClosed = interval === this.spec.intervals - 1;
    for (const [c, list] of this.lists.entries())
      if (list !== undefined) this.counter.callBack(c, interval, callBackField.listed, list.all().length);
  }

  /** Puts a caller on the list whose call in `slot` failed: calls again in the slot `next` (−1: never), ends as booked. */
  lose(slot: number, next: number, endField: number): void {
    const c = this.calls.rungClass[slot] as number;
    const list = this.lists[c];
    const lostAt = this.calls.interval[slot] as number;
    if (list === undefined || lostAt < 0) return;
    const dueAt = lostAt + list.placement.firstAfterIntervals;
    const firstInterval = this.calls.firstInterval[slot] as number;
    list.add({ lostAt, dueAt, tries: 0, slot: next, endField, firstInterval });
    this.counter.callBack(c, lostAt, callBackField.lost, 1);
    if (this.isClosed) this.counter.callBack(c, this.spec.intervals - 1, callBackField.listed, 1);
  }

  calledAgain(slot: number, interval: number): void {
    const c = this.calls.rungClass[slot] as number;
    const caller = this.lists[c]?.takeSlot(slot);
    if (caller === undefined) return;
    if (caller.lostAt === interval) this.counter.callBack(c, interval, callBackField.lost, -1);
    else this.counter.callBack(c, interval, callBackField.calledAgain, 1);
  }

  /** Makes the attempt that is next. */
  attempt(interval: number): void {
    const c = this.lists.findIndex((list) => list?.next === this.next);
    const list = this.lists[c];
    const made = list?.attempt();
    this.setNext();
    if (made === undefined) return;
    const { caller, isReached, isGivenUp } = made;
    this.counter.callBack(c, interval, callBackField.dialled, 1);
    if (isGivenUp) this.counter.callBack(c, interval, callBackField.givenUp, 1);
    if (!isReached) return;
    const seconds = (interval - caller.lostAt) * this.spec.intervalSeconds;
    this.counter.callBack(c, interval, callBackField.reached, 1);
    this.counter.callBack(c, interval, callBackField.reachedSeconds, seconds);
    this.counter.changeEnd(c, caller.firstInterval, caller.endField, countField.settledByCallBack);
    if (caller.slot >= 0) this.calls.finish(caller.slot);
  }

  /** Who will call again does so as without a list: of the known ones no more than were going to. */
  private startFromKnown(list: CallBackList): void {
    const { afterAbandon, afterBlock } = attemptKind;
    const again = list.all().filter(({ slot }) => slot >= 0);
    list.clear();
    for (const known of list.placement.known?.lost ?? []) {
      const { lostAt } = known;
      const lost = { lostAt, dueAt: lostAt + list.placement.firstAfterIntervals, tries: 0 };
      for (const [part, kind] of [
        ['gaveUp', undefined],
        ['againAfterAbandon', afterAbandon],
        ['againAfterBlock', afterBlock],
      ] as const)
        for (let n = list.whole(known, part); n > 0; n -= 1) {
          const at = again.findIndex(({ slot }) => this.calls.kind[slot] === kind);
          const [caller = nobodyKnown] = at < 0 ? [] : again.splice(at, 1);
          list.add({ ...caller, ...lost });
        }
    }
  }

  private setNext(): void {
    this.next = Infinity;
    for (const list of this.lists) if (list !== undefined && list.next < this.next) this.next = list.next;
  }
}

/**
 * The lost callers of one class, caller by caller, by the same rules as the flow of the formulas: due longest first,
 * among those of one loss by chance.
 */
class CallBackList {
  /** Time of the next attempt in seconds; Infinity where none is ahead in the interval. */
  next = Infinity;
  readonly placement: CallBackPlacement;
  private readonly groups = new Map<string, LostCaller[]>();
  private readonly bySlot = new Map<number, LostCaller>();
  private readonly random: Random;
  private interval = 0;
  private end = 0;
  private gap = Infinity;

  constructor(placement: CallBackPlacement, random: Random) {
    this.placement = placement;
    this.random = random;
  }

  /** Enters an interval: its attempts, evenly spread; returns those whom nobody is to dial any more. */
  enter(interval: number, start: number, seconds: number): LostCaller[] {
    this.interval = interval;
    this.end = start + seconds;
    const whole = Math.floor((this.placement.attempts[interval] ?? 0) + this.random.uniform());
    this.gap = seconds / whole;
    this.next = whole > 0 ? start + this.gap * this.random.uniform() : Infinity;
    return this.all().filter((caller) => {
      const isOver = interval - caller.lostAt >= this.placement.expiresAfterIntervals;
      if (isOver) this.remove(caller);
      return isOver;
    });
  }

  /** Makes the next attempt; undefined where nobody is due. */
  attempt(): Attempt | undefined {
    const time = this.next + this.gap;
    this.next = time < this.end ? time : Infinity;
    const caller = this.firstDue();
    if (caller === undefined) return undefined;
    this.remove(caller);
    const isReached = this.random.uniform() < this.placement.reachShare;
    const tries = caller.tries + 1;
    const isGivenUp = !isReached && tries >= this.placement.mostTries;
    if (!isReached && !isGivenUp)
      this.add({ ...caller, tries, dueAt: this.interval + this.placement.retryAfterIntervals });
    return { caller, isReached, isGivenUp };
  }

  add(caller: LostCaller): void {
    const key = keyOf(caller);
    const group = this.groups.get(key);
    if (group === undefined) this.groups.set(key, [caller]);
    else group.push(caller);
    if (caller.slot >= 0) this.bySlot.set(caller.slot, caller);
  }

  /** Takes a caller off who calls again in the slot; undefined where nobody of the list does. */
  takeSlot(slot: number): LostCaller | undefined {
    const caller = this.bySlot.get(slot);
    if (caller !== undefined) this.remove(caller);
    return caller;
  }

  all(): LostCaller[] {
    return [...this.groups.values()].flat();
  }

  /** Forgets everybody. */
  clear(): void {
    this.groups.clear();
    this.bySlot.clear();
  }

  /** Whole callers of an expected number. */
  whole(known: LostCallers, part: 'againAfterAbandon' | 'againAfterBlock' | 'gaveUp'): number {
    return Math.floor(known[part] + this.random.uniform());
  }

  private firstDue(): LostCaller | undefined {
    let first: LostCaller[] | undefined;
    for (const group of this.groups.values()) {
      const [caller] = group as [LostCaller];
      const [best] = first ?? [];
      if (caller.dueAt > this.interval) continue;
      const order = (best: LostCaller): number =>
        caller.dueAt - best.dueAt || caller.tries - best.tries || caller.lostAt - best.lostAt;
      if (best === undefined || order(best) < 0) first = group;
    }
    return first?.[Math.floor(this.random.uniform() * first.length)];
  }

  private remove(caller: LostCaller): void {
    const key = keyOf(caller);
    const group = this.groups.get(key) as LostCaller[];
    const at = group.indexOf(caller);
    const last = group.pop() as LostCaller;
    if (last !== caller) group[at] = last;
    if (group.length === 0) this.groups.delete(key);
    if (caller.slot >= 0) this.bySlot.delete(caller.slot);
  }
}

/** Kinds of events. */
export const eventKind = { serviceEnd: 0, hangUp: 1, overflow: 2, callAgain: 3, announcementEnd: 4 } as const;
const overflowShift = 27;
const overflowUnit = 2 ** overflowShift;
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

/** First stream of what call-backs draw. */
const callBackStreams = 0x10_00_00_00;

const callBackStream = (spec: LineSpec, replication: number, c: number): number =>
  callBackStreams + replication * (spec.classes.length + 1) + c;
