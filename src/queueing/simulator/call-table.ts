/** Where a call is. A caller who will call again is `outside`; a finished call may still have stale events. */
export const callState = { free: 0, outside: 1, announced: 2, waiting: 3, inService: 4, done: 5 } as const;

/** Kinds of attempts, as offsets from the count of first attempts. */
export const attemptKind = { first: 0, afterAbandon: 1, afterBlock: 2, reconnect: 3 } as const;

/** Value of `heldPool` for calls that no operator has handed on. */
export const fromOutside = -2;

/**
 * Calls in typed arrays, one slot each, and the queues as linked lists of slots. Events point at slots, and
 * an event that has lost its point (a patience that an answer overtook) stays in the heap: `events` counts
 * them, and a slot is given to a new call only when its last event has passed.
 */
export class CallTable {
  state: Uint8Array;
  classOf: Int32Array;
  pool: Int32Array;
  /** Interval of arrival; −1 where the call does not count. */
  interval: Int32Array;
  /** Interval in which the caller first rang for this matter; −1 where that call does not count. */
  firstInterval: Int32Array;
  attempt: Int32Array;
  /** Class that was rung; another than `classOf` for a call handed on. */
  rungClass: Int32Array;
  /** −2: from outside. Handed on: the pool whose operator stays on the call, −1 for none. */
  heldPool: Int32Array;
  /** Way on that a call in service will take, −1 for none; set for classes that hand calls on. */
  wayOn: Int32Array;
  kind: Uint8Array;
  events: Int32Array;
  arrivedAt: Float64Array;
  joinedAt: Float64Array;
  serviceSeconds: Float64Array;
  patienceSeconds: Float64Array;
  next: Int32Array;
  previous: Int32Array;
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly queued: Int32Array;
  private free: Int32Array;
  private freeCount = 0;
  private used = 0;

  constructor(classes: number, capacity = 1024) {
    this.state = new Uint8Array(capacity);
    this.classOf = new Int32Array(capacity);
    this.pool = new Int32Array(capacity);
    this.interval = new Int32Array(capacity);
    this.firstInterval = new Int32Array(capacity);
    this.attempt = new Int32Array(capacity);
    this.rungClass = new Int32Array(capacity);
    this.heldPool = new Int32Array(capacity);
    this.wayOn = new Int32Array(capacity);
    this.kind = new Uint8Array(capacity);
    this.events = new Int32Array(capacity);
    this.arrivedAt = new Float64Array(capacity);
    this.joinedAt = new Float64Array(capacity);
    this.serviceSeconds = new Float64Array(capacity);
    this.patienceSeconds = new Float64Array(capacity);
    this.next = new Int32Array(capacity);
    this.previous = new Int32Array(capacity);
    this.free = new Int32Array(capacity);
    this.head = new Int32Array(classes).fill(-1);
    this.tail = new Int32Array(classes).fill(-1);
    this.queued = new Int32Array(classes);
  }

  /** A slot for a call from outside; its interval and times are the caller's to fill in. */
  take(classIndex: number, kind: number, attempt: number): number {
    let slot: number;
    if (this.freeCount > 0) {
      this.freeCount -= 1;
      slot = this.free[this.freeCount] as number;
    } else {
      if (this.used === this.state.length) this.grow();
      slot = this.used;
      this.used += 1;
    }
    this.state[slot] = callState.outside;
    this.classOf[slot] = classIndex;
    this.rungClass[slot] = classIndex;
    this.heldPool[slot] = fromOutside;
    this.kind[slot] = kind;
    this.attempt[slot] = attempt;
    this.events[slot] = 0;
    return slot;
  }

  /** A slot for the call that goes on to another class; the operator of `heldPool` stays on it, −1: nobody. */
  handOn(slot: number, toClass: number, heldPool: number): number {
    const next = this.take(toClass, this.kind[slot] as number, this.attempt[slot] as number);
    this.rungClass[next] = this.rungClass[slot] as number;
    this.firstInterval[next] = this.firstInterval[slot] as number;
    this.heldPool[next] = heldPool;
    return next;
  }

  /** Marks a call as finished; its slot becomes free with its last event. */
  finish(slot: number): void {
    this.state[slot] = callState.done;
    if (this.events[slot] === 0) this.release(slot);
  }

  /** Notes that one of the slot's events has passed. */
  passEvent(slot: number): void {
    const left = (this.events[slot] as number) - 1;
    this.events[slot] = left;
    if (left === 0 && this.state[slot] === callState.done) this.release(slot);
  }

  enqueue(slot: number): void {
    const c = this.classOf[slot] as number;
    const tail = this.tail[c] as number;
    this.next[slot] = -1;
    this.previous[slot] = tail;
    if (tail < 0) this.head[c] = slot;
    else this.next[tail] = slot;
    this.tail[c] = slot;
    this.queued[c] = (this.queued[c] as number) + 1;
    this.state[slot] = callState.waiting;
  }

  dequeue(slot: number): void {
    const c = this.classOf[slot] as number;
    const before = this.previous[slot] as number;
    const after = this.next[slot] as number;
    if (before < 0) this.head[c] = after;
    else this.next[before] = after;
    if (after < 0) this.tail[c] = before;
    else this.previous[after] = before;
    this.queued[c] = (this.queued[c] as number) - 1;
  }

  private release(slot: number): void {
    this.state[slot] = callState.free;
    this.free[this.freeCount] = slot;
    this.freeCount += 1;
  }

  private grow(): void {
    const capacity = 2 * this.state.length;
    const bytes = (from: Uint8Array): Uint8Array => {
      const to = new Uint8Array(capacity);
      to.set(from);
      return to;
    };
    const integers = (from: Int32Array): Int32Array => {
      const to = new Int32Array(capacity);
      to.set(from);
      return to;
    };
    const reals = (from: Float64Array): Float64Array => {
      const to = new Float64Array(capacity);
      to.set(from);
      return to;
    };
    this.state = bytes(this.state);
    this.kind = bytes(this.kind);
    this.classOf = integers(this.classOf);
    this.pool = integers(this.pool);
    this.interval = integers(this.interval);
    this.firstInterval = integers(this.firstInterval);
    this.attempt = integers(this.attempt);
    this.rungClass = integers(this.rungClass);
    this.heldPool = integers(this.heldPool);
    this.wayOn = integers(this.wayOn);
    this.events = integers(this.events);
    this.next = integers(this.next);
    this.previous = integers(this.previous);
    this.free = integers(this.free);
    this.arrivedAt = reals(this.arrivedAt);
    this.joinedAt = reals(this.joinedAt);
    this.serviceSeconds = reals(this.serviceSeconds);
    this.patienceSeconds = reals(this.patienceSeconds);
  }
}
