import { seededRandom, type Random } from '../../kernel/random.ts';
import { CallCounter } from './call-counter.ts';
import { CallTable, callState, fromOutside } from './call-table.ts';
import { unitDraw, type UnitDraw } from './duration-law.ts';
import { EventHeap } from './event-heap.ts';
import { FreshArrivals } from './fresh-arrivals.ts';
import { countField, emptyCounts, type LineCounts } from './line-counts.ts';
import type { LineClass, LineRepeat, LineSpec, LineTransfer } from './line-spec.ts';
import { PoolClock } from './pool-clock.ts';
import { PromptPlay } from './prompt-play.ts';
import { layOutRoutes, type RoutingTable } from './routing-table.ts';

/** Kinds of events; a code is slot · 8 + kind. Overflow events put the pool above the slot's bits. */
const eventKind = { serviceEnd: 0, hangUp: 1, overflow: 2, callAgain: 3, announcementEnd: 4 } as const;

/** Room for 2²⁴ calls at once; what lies above the slot in a code counts the overflow pools. */
const slotMask = 0xff_ff_ff;
const overflowShift = 27;
const overflowUnit = 2 ** overflowShift;

/** Kinds of attempts, as offsets from the first attempts' field. */
const attemptKind = { first: 0, afterAbandon: 1, afterBlock: 2, reconnect: 3 } as const;

/** What becomes of a caller who does not call again, by the kind of call that would have come. */
const endOfKind = {
  [attemptKind.afterAbandon]: countField.gaveUpAfterAbandoning,
  [attemptKind.afterBlock]: countField.gaveUpAfterBlocking,
  [attemptKind.reconnect]: countField.settledByOperator,
} as const;
type RepeatKind = keyof typeof endOfKind;

/** First stream of the draws for calls handed on; calls use the low streams. */
const transferStream = 0x20_00_00_00;

/**
 * Draws of one class. First calls, repeats and calls handed on from it have streams of their own, so that runs stay
 * comparable.
 */
interface ClassDraws {
  readonly service: UnitDraw;
  readonly patience: UnitDraw;
  readonly first: Random;
  readonly repeat: Random;
  readonly transfer: Random | undefined;
}

/**
 * One replication of a line, event by event: a call needs a trunk, then an idle operator in its order of
 * preference, then may be offered diversion, else it queues; first come first served within a class. A freed
 * operator takes the class of best priority, ties by longest wait; operators whose shift ends finish their
 * call. A call handed on keeps its trunk and queues anew behind those who wait for its next class; an operator
 * who holds is busy until then. Calls count in the interval of their arrival and are followed to their end.
 * Whoever still waits when nothing more can happen counts as abandoned.
 */
export const simulateLine = (spec: LineSpec, seed: number, replication: number): LineCounts =>
  new LineSimulation(spec, seed, replication).run();

class LineSimulation {
  private readonly spec: LineSpec;
  private readonly counts: LineCounts;
  private readonly heap = new EventHeap();
  private readonly calls: CallTable;
  private readonly counter: CallCounter;
  private readonly pools: PoolClock;
  private readonly routes: RoutingTable;
  private readonly fresh: FreshArrivals[];
  private readonly draws: ClassDraws[];
  private readonly prompts: PromptPlay | undefined;
  private readonly horizonEnd: number;
  /** Whether any class hands calls on. */
  private readonly handsOn: boolean;
  /** Calls that hold a trunk. */
  private onLine = 0;
  private now = 0;
  private nextInterval = 0;
  private nextBoundary = 0;

  constructor(spec: LineSpec, seed: number, replication: number) {
    this.spec = spec;
    this.counts = emptyCounts(spec);
    this.calls = new CallTable(spec.classes.length);
    this.counter = new CallCounter(spec, this.counts, this.calls);
    this.pools = new PoolClock(spec, this.counts);
    this.routes = layOutRoutes(spec);
    this.horizonEnd = spec.intervals * spec.intervalSeconds;
    this.handsOn = spec.classes.some(({ transfers }) => transfers.length > 0);
    const stream = replication * (3 * spec.classes.length + 1);
    this.fresh = spec.classes.map((own, c) => new FreshArrivals(spec, own, seed, stream + 3 * c));
    this.draws = spec.classes.map((own, c) => ({
      service: unitDraw(own.serviceLaw),
      patience: unitDraw(own.patienceLaw),
      first: seededRandom(seed, stream + 3 * c + 1),
      repeat: seededRandom(seed, stream + 3 * c + 2),
      transfer:
        own.transfers.length === 0
          ? undefined
          : seededRandom(seed, transferStream + replication * spec.classes.length + c),
    }));
    this.prompts = spec.classes.some((own) => own.prompts.length > 0)
      ? new PromptPlay(spec, seededRandom(seed, stream + 3 * spec.classes.length))
      : undefined;
  }

  run(): LineCounts {
    const { heap, fresh } = this;
    const classes = fresh.length;
    let events = 0;
    for (;;) {
      let arriving = 0;
      let arrival = fresh[0]?.next ?? Infinity;
      for (let c = 1; c < classes; c += 1) {
        const next = (fresh[c] as FreshArrivals).next;
        if (next < arrival) {
          arrival = next;
          arriving = c;
        }
      }
      const event = heap.nextTime();
      if (this.nextBoundary <= arrival && this.nextBoundary <= event) {
        if (this.nextBoundary === Infinity) break;
        this.passBoundary(arrival === Infinity && event === Infinity);
        continue;
      }
      events += 1;
      if (arrival <= event) {
        this.now = arrival;
        this.arriveFresh(arriving);
      } else {
        this.now = event;
        this.handle(heap.pop());
      }
    }
    this.endWaiting();
    this.counts.events = events;
    return this.counts;
  }

  private passBoundary(isQuiet: boolean): void {
    const { pools, spec } = this;
    const isLast = this.nextInterval >= spec.intervals;
    const endsEarly = isLast && isQuiet && spec.staffedUntilLastEvent;
    const time = endsEarly ? this.now : this.nextBoundary;
    for (let p = 0; p < spec.pools.length; p += 1) pools.book(p, time);
    if (isLast) {
      this.nextBoundary = Infinity;
      return;
    }
    this.now = this.nextBoundary;
    pools.interval = this.nextInterval;
    for (const [p, pool] of spec.pools.entries()) pools.staff[p] = pool.staff[this.nextInterval] ?? 0;
    this.nextInterval += 1;
    this.nextBoundary = this.nextInterval * spec.intervalSeconds;
    for (let p = 0; p < spec.pools.length; p += 1) {
      while (pools.isFree(p) && this.takeNext(p));
    }
  }

  private handle(code: number): void {
    const slot = (code >> 3) & slotMask;
    const kind = code & 7;
    const { calls } = this;
    const state = calls.state[slot] as number;
    if (kind === eventKind.serviceEnd) this.endService(slot);
    else if (kind === eventKind.hangUp) {
      if (state === callState.waiting) this.hangUp(slot);
    } else if (kind === eventKind.overflow) {
      const pool = this.routes.delayed[calls.classOf[slot] as number]?.pools[code >>> overflowShift] ?? -1;
      if (state === callState.waiting && pool >= 0 && this.pools.isFree(pool)) this.serveWaiting(slot, pool);
    } else if (kind === eventKind.callAgain) this.callAgain(slot);
    else this.join(slot);
    calls.passEvent(slot);
  }

  private schedule(time: number, slot: number, kind: number): void {
    this.calls.events[slot] = (this.calls.events[slot] as number) + 1;
    this.heap.push(time, slot * 8 + kind);
  }

  private arriveFresh(c: number): void {
    const own = this.spec.classes[c] as LineClass;
    const draws = this.draws[c] as ClassDraws;
    (this.fresh[c] as FreshArrivals).advance();
    const slot = this.calls.take(c, attemptKind.first, 1);
    this.drawMarks(slot, own, draws, draws.first);
    const isContained = own.containedShare > 0 && draws.first.uniform() < own.containedShare;
    const interval = this.now >= this.spec.warmupSeconds ? this.pools.interval : -1;
    this.calls.interval[slot] = interval;
    this.calls.firstInterval[slot] = interval;
    this.counter.add(slot, isContained ? countField.contained : countField.fresh, 1);
    if (isContained) {
      this.calls.finish(slot);
      return;
    }
    let announcement = 0;
    if (this.prompts !== undefined && own.prompts.length > 0) {
      announcement = this.prompts.play(c, this.pools.interval, this.estimatedWait);
      if (announcement < 0) {
        this.leaveByPrompt(slot, this.prompts);
        return;
      }
      const patience = this.calls.patienceSeconds[slot] as number;
      this.calls.patienceSeconds[slot] = patience * this.prompts.patienceFactor;
    }
    this.arrive(slot, announcement);
  }

  /** A caller whom a prompt moved: gone, or calling later without hearing prompts again. */
  private leaveByPrompt(slot: number, prompts: PromptPlay): void {
    this.counter.add(slot, prompts.wentOnline ? countField.divertedOnline : countField.deferred, 1);
    const time = Math.max(this.now, prompts.returnTime(this.now));
    if (time < this.horizonEnd) {
      this.schedule(time, slot, eventKind.callAgain);
      return;
    }
    const isGone = time === Infinity;
    const end = prompts.wentOnline ? countField.settledOnline : countField.divertedForGood;
    this.counter.end(slot, isGone ? end : countField.stillOpen);
    this.calls.finish(slot);
  }

  private drawMarks(slot: number, own: LineClass, draws: ClassDraws, random: Random): void {
    const mean = own.serviceMeanSeconds[this.pools.interval] ?? 0;
    this.calls.serviceSeconds[slot] = mean * draws.service(random);
    this.calls.patienceSeconds[slot] = own.patienceMeanSeconds * draws.patience(random);
  }

  private callAgain(slot: number): void {
    const c = this.calls.classOf[slot] as number;
    if (this.calls.kind[slot] !== attemptKind.first) {
      const draws = this.draws[c] as ClassDraws;
      this.drawMarks(slot, this.spec.classes[c] as LineClass, draws, draws.repeat);
    }
    this.calls.interval[slot] = this.now >= this.spec.warmupSeconds ? this.pools.interval : -1;
    this.arrive(slot, 0);
  }

  private arrive(slot: number, announcementSeconds: number): void {
    const { calls } = this;
    calls.arrivedAt[slot] = this.now;
    this.counter.add(slot, countField.attempts, 1);
    this.counter.add(slot, countField.first + (calls.kind[slot] as number), 1);
    if (this.onLine >= this.spec.trunks) {
      this.counter.add(slot, countField.blocked, 1);
      this.endAttempt(
        slot,
        (this.spec.classes[calls.classOf[slot] as number] as LineClass).afterBlock,
        attemptKind.afterBlock,
      );
      return;
    }
    this.onLine += 1;
    if (announcementSeconds > 0) {
      calls.state[slot] = callState.announced;
      this.schedule(this.now + announcementSeconds, slot, eventKind.announcementEnd);
    } else this.join(slot);
  }

  /** The first pool in a class's order that has an operator free; −1: all are busy. */
  private freePool(c: number): number {
    const direct = this.routes.direct[c] as Int32Array;
    for (let i = 0; i < direct.length; i += 1) {
      const pool = direct[i] as number;
      if (this.pools.isFree(pool)) return pool;
    }
    return -1;
  }

  /** An operator, the offer of diversion, or the queue. */
  private join(slot: number): void {
    const c = this.calls.classOf[slot] as number;
    const free = this.freePool(c);
    if (free >= 0) {
      this.serve(slot, free);
      return;
    }
    const own = this.spec.classes[c] as LineClass;
    const isNew = this.calls.heldPool[slot] === fromOutside;
    if (own.diversion !== undefined && isNew && this.takesDiversion(slot, c, own)) {
      this.onLine -= 1;
      this.counter.add(slot, countField.deflected, 1);
      this.counter.end(slot, countField.divertedForGood);
      this.calls.finish(slot);
      return;
    }
    this.calls.joinedAt[slot] = this.now;
    this.calls.enqueue(slot);
    const patience = this.calls.patienceSeconds[slot] as number;
    if (patience < Infinity) this.schedule(this.now + patience, slot, eventKind.hangUp);
    const late = this.routes.delayed[c] as RoutingTable['delayed'][number];
    for (let i = 0; i < late.pools.length; i += 1) {
      this.schedule(this.now + (late.delays[i] as number), slot, eventKind.overflow + i * overflowUnit);
    }
  }

  /** Seconds that a new call of a class would wait by its queue: 0 where an operator is free. */
  private readonly estimatedWait = (c: number): number => (this.freePool(c) >= 0 ? 0 : this.queueWait(c));

  /** (queue + 1) · mean handle time / operators of the class's pools; Infinity where nobody is on duty. */
  private queueWait(c: number): number {
    let operators = 0;
    for (const pool of this.routes.all[c] as Int32Array) operators += this.pools.staff[pool] as number;
    const mean = (this.spec.classes[c] as LineClass).serviceMeanSeconds[this.pools.interval] ?? 0;
    return (((this.calls.queued[c] as number) + 1) * mean) / operators;
  }

  private takesDiversion(slot: number, c: number, own: LineClass): boolean {
    if (!(this.queueWait(c) > (own.diversion?.estimatedWaitSeconds ?? Infinity))) return false;
    const draws = this.draws[c] as ClassDraws;
    const random = this.calls.kind[slot] === attemptKind.first ? draws.first : draws.repeat;
    return random.uniform() < (own.diversion?.chance ?? 0);
  }

  private serve(slot: number, pool: number): void {
    const { calls } = this;
    calls.state[slot] = callState.inService;
    calls.pool[slot] = pool;
    this.pools.seize(pool, this.now);
    const seconds = this.handsOn ? this.chooseWay(slot) : (calls.serviceSeconds[slot] as number);
    this.schedule(this.now + seconds, slot, eventKind.serviceEnd);
    this.counter.answer(slot, pool, this.now - (calls.arrivedAt[slot] as number));
    if (this.handsOn && (calls.heldPool[slot] as number) >= 0) this.letGo(slot);
  }

  /** Whether a call that is answered will be handed on, and where; returns the seconds of this operator. */
  private chooseWay(slot: number): number {
    const { calls } = this;
    const c = calls.classOf[slot] as number;
    const random = (this.draws[c] as ClassDraws).transfer;
    if (random === undefined) return calls.serviceSeconds[slot] as number;
    const { transfers } = this.spec.classes[c] as LineClass;
    let left = random.uniform();
    let way = -1;
    for (let i = 0; i < transfers.length && way < 0; i += 1) {
      left -= (transfers[i] as LineTransfer).share;
      if (left < 0) way = i;
    }
    calls.wayOn[slot] = way;
    const before = transfers[way]?.beforeSeconds;
    if (before === undefined) return calls.serviceSeconds[slot] as number;
    return before * (this.draws[c] as ClassDraws).service(random);
  }

  /** Frees the operator who stayed on a call that was handed on. */
  private letGo(slot: number): void {
    const held = this.calls.heldPool[slot] as number;
    this.calls.heldPool[slot] = -1;
    this.pools.release(held, this.now);
    if (this.pools.isFree(held)) this.takeNext(held);
  }

  private serveWaiting(slot: number, pool: number): void {
    this.calls.dequeue(slot);
    this.serve(slot, pool);
  }

  /** Gives a free operator of the pool the next call that it may take; false when there is none. */
  private takeNext(pool: number): boolean {
    const { calls } = this;
    const { classes, priorities, delays } = this.routes.served[pool] as RoutingTable['served'][number];
    let best = -1;
    let bestPriority = Infinity;
    let bestJoined = Infinity;
    for (let i = 0; i < classes.length; i += 1) {
      const slot = calls.head[classes[i] as number] as number;
      if (slot < 0) continue;
      const joined = calls.joinedAt[slot] as number;
      if (joined + (delays[i] as number) > this.now) continue;
      const priority = priorities[i] as number;
      if (best < 0 || priority < bestPriority || (priority === bestPriority && joined < bestJoined)) {
        best = slot;
        bestPriority = priority;
        bestJoined = joined;
      }
    }
    if (best < 0) return false;
    this.serveWaiting(best, pool);
    return true;
  }

  private endService(slot: number): void {
    const { calls } = this;
    const pool = calls.pool[slot] as number;
    const way = this.handsOn ? this.wayOf(slot) : undefined;
    if (way?.holding === true) {
      this.handOn(slot, way, pool);
      return;
    }
    if (way === undefined) this.onLine -= 1;
    this.pools.release(pool, this.now);
    if (this.pools.isFree(pool)) this.takeNext(pool);
    if (way === undefined) this.endAttempt(slot, this.rungBy(slot).reconnect, attemptKind.reconnect);
    else this.handOn(slot, way, -1);
  }

  private wayOf(slot: number): LineTransfer | undefined {
    const { transfers } = this.spec.classes[this.calls.classOf[slot] as number] as LineClass;
    return transfers.length === 0 ? undefined : transfers[this.calls.wayOn[slot] as number];
  }

  /** Brings a call to its next class, as a call of its own: what was to happen to the old one is over. */
  private handOn(slot: number, way: LineTransfer, heldPool: number): void {
    const { calls } = this;
    const from = calls.classOf[slot] as number;
    const next = calls.take(way.toClass, calls.kind[slot] as number, calls.attempt[slot] as number);
    calls.rungClass[next] = calls.rungClass[slot] as number;
    calls.firstInterval[next] = calls.firstInterval[slot] as number;
    calls.heldPool[next] = heldPool;
    const counts = this.now >= this.spec.warmupSeconds && this.now < this.horizonEnd;
    calls.interval[next] = counts ? this.pools.interval : -1;
    calls.arrivedAt[next] = this.now;
    const random = (this.draws[from] as ClassDraws).transfer as Random;
    const draws = this.draws[way.toClass] as ClassDraws;
    this.drawMarks(next, this.spec.classes[way.toClass] as LineClass, draws, random);
    this.counter.handOn(next, from);
    calls.finish(slot);
    this.join(next);
  }

  private rungBy(slot: number): LineClass {
    return this.spec.classes[this.calls.rungClass[slot] as number] as LineClass;
  }

  private hangUp(slot: number): void {
    this.calls.dequeue(slot);
    this.onLine -= 1;
    this.counter.abandon(slot, this.now - (this.calls.arrivedAt[slot] as number));
    if (this.handsOn && (this.calls.heldPool[slot] as number) >= 0) this.letGo(slot);
    this.endAttempt(slot, this.rungBy(slot).afterAbandon, attemptKind.afterAbandon);
  }

  /** Ends an attempt; the caller may call again, as another attempt of the given kind. */
  private endAttempt(slot: number, repeat: LineRepeat, kind: RepeatKind): void {
    const { calls } = this;
    const c = calls.rungClass[slot] as number;
    const attempt = kind === attemptKind.reconnect ? 1 : (calls.attempt[slot] as number) + 1;
    const random = (this.draws[c] as ClassDraws).repeat;
    if (repeat.chance > 0 && attempt <= this.spec.maxAttempts && random.uniform() < repeat.chance) {
      const time = this.now + repeat.delaySeconds * random.exponential();
      if (time < this.horizonEnd) {
        const next = calls.take(c, kind, attempt);
        calls.firstInterval[next] = calls.firstInterval[slot] as number;
        this.schedule(time, next, eventKind.callAgain);
      } else this.counter.end(slot, countField.stillOpen);
    } else this.counter.end(slot, endOfKind[kind]);
    calls.finish(slot);
  }

  private endWaiting(): void {
    for (const head of this.calls.head) {
      for (let slot = head; slot >= 0; slot = this.calls.next[slot] as number) {
        this.counter.abandon(slot, this.now - (this.calls.arrivedAt[slot] as number));
        this.counter.end(slot, countField.stillOpen);
      }
    }
  }
}
