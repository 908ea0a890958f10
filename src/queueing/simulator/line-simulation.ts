import { drawOffPeakReturn } from '../../kernel/off-peak-return.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { onlineFailureDelaySeconds } from '../prompt-flow.ts';
import { Agenda, CallBackDesk, delayedPoolOf, eventKind } from './call-back-desk.ts';
import { arrivalStream, CallDraws, promptStream } from './call-draws.ts';
import { CallRouting, PoolClock } from './call-routing.ts';
import { attemptKind, callState, CallTable, fromOutside } from './call-table.ts';
import { CallCounter, countField, emptyCounts, type LineCounts } from './line-counts.ts';
import type { LineClass, LinePrompt, LineRepeat, LineSpec, LineTransfer } from './line-spec.ts';

/**
 * One replication of a line, event by event: a call needs a trunk, then an idle operator in its order of
 * preference, then may be offered diversion, else it queues; first come first served within a class. A freed
 * operator takes the class of best priority, ties by longest wait; operators whose shift ends finish their
 * call. A call handed on keeps its trunk and queues again behind those who wait for its next class; an operator
 * who holds is busy until then. Calls count in the interval of their arrival and are followed to their end.
 * Anyone who still waits when nothing more can happen counts as abandoned.
 */
export const simulateReplication = (spec: LineSpec, seed: number, replication: number): LineCounts =>
  new LineSimulation(spec, seed, replication).run();

class LineSimulation {
  private readonly spec: LineSpec;
  private readonly counts: LineCounts;
  private readonly calls: CallTable;
  private readonly agenda: Agenda;
  private readonly counter: CallCounter;
  private readonly pools: PoolClock;
  private readonly routing: CallRouting;
  private readonly draws: CallDraws;
  private readonly ends: AttemptEnds;
  private readonly fresh: FreshArrivals[];
  private readonly prompts: PromptPlay | undefined;
  private readonly callBacks: CallBackDesk | undefined;
  private readonly horizonEnd: number;
  /** Calls that hold a trunk. */
  private onLine = 0;
  private now = 0;
  private nextInterval = 0;
  private nextBoundary = 0;

  constructor(spec: LineSpec, seed: number, replication: number) {
    this.spec = spec;
    this.counts = emptyCounts(spec);
    this.calls = new CallTable(spec.classes.length);
    this.agenda = new Agenda(this.calls);
    this.counter = new CallCounter(spec, this.counts, this.calls);
    this.pools = new PoolClock(spec, this.counts);
    this.routing = new CallRouting(spec, this.calls, this.pools);
    this.draws = new CallDraws(spec, this.calls, seed, replication);
    this.callBacks = spec.classes.some((own) => own.callBacks !== undefined)
      ? new CallBackDesk(spec, seed, replication, this.calls, this.counter)
      : undefined;
    this.ends = new AttemptEnds(spec, this.calls, this.draws, this.agenda, this.counter, this.callBacks);
    this.fresh = spec.classes.map(
      (own, c) => new FreshArrivals(spec, own, seed, arrivalStream(spec, replication, c)),
    );
    this.prompts = spec.classes.some((own) => own.prompts.length > 0)
      ? new PromptPlay(spec, seededRandom(seed, promptStream(spec, replication)))
      : undefined;
    this.horizonEnd = spec.intervals * spec.intervalSeconds;
  }

  run(): LineCounts {
    const { agenda, fresh } = this;
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
      const event = agenda.nextTime();
      const dial = this.callBacks?.next ?? Infinity;
      if (this.nextBoundary <= arrival && this.nextBoundary <= event && this.nextBoundary <= dial) {
        if (this.nextBoundary === Infinity) break;
        this.passBoundary(arrival === Infinity && event === Infinity);
        continue;
      }
      events += 1;
      if (dial < arrival && dial < event) {
        this.now = dial;
        this.callBacks?.attempt(this.pools.interval);
      } else if (arrival <= event) {
        this.now = arrival;
        this.arriveFresh(arriving);
      } else {
        this.now = event;
        this.handle(agenda.pop());
      }
    }
    this.ends.ofThoseWaiting(this.now);
    this.counts.events = events;
    return this.counts;
  }

  private passBoundary(nothingHappens: boolean): void {
    const { pools, spec } = this;
    const isLast = this.nextInterval >= spec.intervals;
    const endsEarly = isLast && nothingHappens && spec.staffedUntilLastEvent;
    const time = endsEarly ? this.now : this.nextBoundary;
    for (let p = 0; p < spec.pools.length; p += 1) pools.book(p, time);
    if (isLast) {
      this.callBacks?.close(spec.intervals - 1);
      this.nextBoundary = Infinity;
      return;
    }
    this.now = this.nextBoundary;
    this.callBacks?.enter(this.nextInterval, this.now);
    pools.interval = this.nextInterval;
    for (const [p, pool] of spec.pools.entries()) pools.staff[p] = pool.staff[this.nextInterval] ?? 0;
    this.nextInterval += 1;
    this.nextBoundary = this.nextInterval * spec.intervalSeconds;
    for (let p = 0; p < spec.pools.length; p += 1) {
      while (pools.isFree(p) && this.takeNext(p));
    }
  }

  private handle(event: number): void {
    const slot = slotOf(event);
    const kind = kindOf(event);
    const { calls } = this;
    const isWaiting = calls.state[slot] === callState.waiting;
    if (kind === eventKind.serviceEnd) this.endService(slot);
    else if (kind === eventKind.hangUp) {
      if (isWaiting) this.hangUp(slot);
    } else if (kind === eventKind.overflow) {
      const { pools } = this.routing.delayed(calls.classOf[slot] as number);
      const pool = pools[delayedPoolOf(event)] ?? -1;
      if (isWaiting && pool >= 0 && this.pools.isFree(pool)) this.serveWaiting(slot, pool);
    } else if (kind === eventKind.callAgain) {
      // Who was called back in the meantime no longer calls.
      if (calls.state[slot] !== callState.done) this.callAgain(slot);
    } else this.join(slot);
    calls.passEvent(slot);
  }

  private arriveFresh(c: number): void {
    const lineClass = this.spec.classes[c] as LineClass;
    (this.fresh[c] as FreshArrivals).advance();
    const slot = this.calls.take(c, attemptKind.first, 1);
    this.draws.markFirst(slot, this.pools.interval);
    const isContained = this.draws.isContained(slot, lineClass.containedShare);
    const interval = this.now >= this.spec.warmupSeconds ? this.pools.interval : -1;
    this.calls.interval[slot] = interval;
    this.calls.firstInterval[slot] = interval;
    this.counter.add(slot, isContained ? countField.contained : countField.fresh, 1);
    if (isContained) {
      this.calls.finish(slot);
      return;
    }
    let announcement = 0;
    if (this.prompts !== undefined) {
      announcement = this.prompts.play(c, this.pools.interval, this.routing.estimatedWait);
      if (announcement < 0) {
        this.ends.byPrompt(slot, this.prompts, this.now);
        return;
      }
      const patience = this.calls.patienceSeconds[slot] as number;
      this.calls.patienceSeconds[slot] = patience * this.prompts.patienceFactor;
    }
    this.arrive(slot, announcement);
  }

  private callAgain(slot: number): void {
    if (this.calls.kind[slot] !== attemptKind.first) this.draws.markRepeat(slot, this.pools.interval);
    this.calls.interval[slot] = this.now >= this.spec.warmupSeconds ? this.pools.interval : -1;
    this.callBacks?.calledAgain(slot, this.pools.interval);
    this.arrive(slot, 0);
  }

  private arrive(slot: number, announcementSeconds: number): void {
    const { calls } = this;
    calls.arrivedAt[slot] = this.now;
    this.counter.add(slot, countField.attempts, 1);
    this.counter.add(slot, countField.first + (calls.kind[slot] as number), 1);
    if (this.onLine >= this.spec.trunks) {
      this.counter.add(slot, countField.blocked, 1);
      this.ends.afterBlock(slot, this.now);
      return;
    }
    this.onLine += 1;
    if (announcementSeconds > 0) {
      calls.state[slot] = callState.announced;
      this.agenda.schedule(this.now + announcementSeconds, slot, eventKind.announcementEnd);
    } else this.join(slot);
  }

  /** An operator, the offer of diversion, or the queue. */
  private join(slot: number): void {
    const c = this.calls.classOf[slot] as number;
    const free = this.routing.freePool(c);
    if (free >= 0) {
      this.serve(slot, free);
      return;
    }
    if (this.takesDiversion(slot, c, this.spec.classes[c] as LineClass)) {
      this.onLine -= 1;
      this.counter.add(slot, countField.deflected, 1);
      this.counter.end(slot, countField.divertedForGood);
      this.calls.finish(slot);
      return;
    }
    this.calls.joinedAt[slot] = this.now;
    this.calls.enqueue(slot);
    const patience = this.calls.patienceSeconds[slot] as number;
    if (patience < Infinity) this.agenda.schedule(this.now + patience, slot, eventKind.hangUp);
    const late = this.routing.delayed(c);
    for (let i = 0; i < late.pools.length; i += 1) {
      this.agenda.scheduleOverflow(this.now + (late.delays[i] as number), slot, i);
    }
  }

  private takesDiversion(slot: number, c: number, { diversion }: LineClass): boolean {
    return (
      diversion !== undefined &&
      this.calls.heldPool[slot] === fromOutside &&
      this.routing.queueWait(c) > diversion.estimatedWaitSeconds &&
      this.draws.takesDiversion(slot, diversion.chance)
    );
  }

  private serve(slot: number, pool: number): void {
    const { calls } = this;
    calls.state[slot] = callState.inService;
    calls.pool[slot] = pool;
    this.pools.seize(pool, this.now);
    const seconds = this.draws.chooseWay(slot);
    this.agenda.schedule(this.now + seconds, slot, eventKind.serviceEnd);
    this.counter.answer(slot, pool, this.now - (calls.arrivedAt[slot] as number));
    if ((calls.heldPool[slot] as number) >= 0) this.letGo(slot);
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
    const slot = this.routing.nextCall(pool, this.now);
    if (slot < 0) return false;
    this.serveWaiting(slot, pool);
    return true;
  }

  private endService(slot: number): void {
    const { calls } = this;
    const pool = calls.pool[slot] as number;
    const way = this.wayOf(slot);
    if (way?.holding === true) {
      this.handOn(slot, way, pool);
      return;
    }
    if (way === undefined) this.onLine -= 1;
    this.pools.release(pool, this.now);
    if (this.pools.isFree(pool)) this.takeNext(pool);
    if (way === undefined) this.ends.afterService(slot, this.now);
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
    const next = calls.handOn(slot, way.toClass, heldPool);
    const counts = this.now >= this.spec.warmupSeconds && this.now < this.horizonEnd;
    calls.interval[next] = counts ? this.pools.interval : -1;
    calls.arrivedAt[next] = this.now;
    this.draws.markHandedOn(next, this.pools.interval, from);
    this.counter.handOn(next, from);
    calls.finish(slot);
    this.join(next);
  }

  private hangUp(slot: number): void {
    this.calls.dequeue(slot);
    this.onLine -= 1;
    this.counter.abandon(slot, this.now - (this.calls.arrivedAt[slot] as number));
    if ((this.calls.heldPool[slot] as number) >= 0) this.letGo(slot);
    this.ends.afterAbandon(slot, this.now);
  }
}

/** What becomes of a caller who does not call again, by the kind of call that would have come. */
const endOfKind = {
  [attemptKind.afterAbandon]: countField.gaveUpAfterAbandoning,
  [attemptKind.afterBlock]: countField.gaveUpAfterBlocking,
  [attemptKind.reconnect]: countField.settledByOperator,
} as const;
type RepeatKind = keyof typeof endOfKind;

/** How attempts end: a caller may call again by the class that was rung, else the matter is closed or given up. */
class AttemptEnds {
  private readonly spec: LineSpec;
  private readonly calls: CallTable;
  private readonly draws: CallDraws;
  private readonly agenda: Agenda;
  private readonly counter: CallCounter;
  private readonly callBacks: CallBackDesk | undefined;
  private readonly horizonEnd: number;

  constructor(
    spec: LineSpec,
    calls: CallTable,
    draws: CallDraws,
    agenda: Agenda,
    counter: CallCounter,
    callBacks: CallBackDesk | undefined,
  ) {
    this.callBacks = callBacks;
    this.spec = spec;
    this.calls = calls;
    this.draws = draws;
    this.agenda = agenda;
    this.counter = counter;
    this.horizonEnd = spec.intervals * spec.intervalSeconds;
  }

  afterAbandon(slot: number, now: number): void {
    this.end(slot, this.rungBy(slot).afterAbandon, attemptKind.afterAbandon, now);
  }

  afterBlock(slot: number, now: number): void {
    this.end(slot, this.rungBy(slot).afterBlock, attemptKind.afterBlock, now);
  }

  afterService(slot: number, now: number): void {
    this.end(slot, this.rungBy(slot).reconnect, attemptKind.reconnect, now);
  }

  /** A caller whom a prompt moved: gone, or calling later without hearing prompts again. */
  byPrompt(slot: number, prompts: PromptPlay, now: number): void {
    this.counter.add(slot, prompts.wentOnline ? countField.divertedOnline : countField.deferred, 1);
    const time = Math.max(now, prompts.returnTime(now));
    if (time < this.horizonEnd) {
      this.agenda.schedule(time, slot, eventKind.callAgain);
      return;
    }
    const isGone = time === Infinity;
    const end = prompts.wentOnline ? countField.settledOnline : countField.divertedForGood;
    this.counter.end(slot, isGone ? end : countField.stillOpen);
    this.calls.finish(slot);
  }

  /** Those who still wait when nothing more can happen: counted as abandoned, their matter open. */
  ofThoseWaiting(now: number): void {
    for (const head of this.calls.head) {
      for (let slot = head; slot >= 0; slot = this.calls.next[slot] as number) {
        this.counter.abandon(slot, now - (this.calls.arrivedAt[slot] as number));
        this.counter.end(slot, countField.stillOpen);
      }
    }
  }

  private rungBy(slot: number): LineClass {
    return this.spec.classes[this.calls.rungClass[slot] as number] as LineClass;
  }

  /** Books an end; whose call failed stands on the list of those who are called back. */
  private endFor(slot: number, kind: RepeatKind, field: number): void {
    this.counter.end(slot, field);
    if (kind !== attemptKind.reconnect) this.callBacks?.lose(slot, -1, field);
  }

  private end(slot: number, repeat: LineRepeat, kind: RepeatKind, now: number): void {
    const { calls, draws } = this;
    const c = calls.rungClass[slot] as number;
    const attempt = kind === attemptKind.reconnect ? 1 : (calls.attempt[slot] as number) + 1;
    if (repeat.chance > 0 && attempt <= this.spec.maxAttempts && draws.callsAgain(c, repeat.chance)) {
      const time = now + draws.repeatDelay(c, repeat.delaySeconds);
      if (time < this.horizonEnd) {
        const next = calls.take(c, kind, attempt);
        calls.firstInterval[next] = calls.firstInterval[slot] as number;
        this.agenda.schedule(time, next, eventKind.callAgain);
        if (kind !== attemptKind.reconnect) this.callBacks?.lose(slot, next, -1);
      } else this.endFor(slot, kind, countField.stillOpen);
    } else this.endFor(slot, kind, endOfKind[kind]);
    calls.finish(slot);
  }
}

/**
 * Times of a class's first calls, one after another. Poisson arrivals are piecewise constant in rate;
 * counted ones fall uniformly within their interval (drawn in order, as order statistics).
 */
class FreshArrivals {
  /** Time of the next first call; Infinity after the last. */
  next = 0;
  private interval = -1;
  private end = 0;
  private rate = 0;
  private left = 0;
  private readonly isPoisson: boolean;
  private readonly calls: Float64Array;
  private readonly intervalSeconds: number;
  private readonly random: Random;

  constructor(spec: LineSpec, own: LineClass, seed: number, stream: number) {
    this.isPoisson = own.arrivals === 'poisson';
    this.calls = own.freshCalls;
    this.intervalSeconds = spec.intervalSeconds;
    this.random = seededRandom(seed, stream);
    this.advance();
  }

  /** Moves on to the next first call. */
  advance(): void {
    for (;;) {
      if (this.isPoisson) {
        if (this.rate > 0) {
          this.next += this.random.exponential() / this.rate;
          if (this.next < this.end) return;
        }
      } else if (this.left > 0) {
        const share = Math.pow(1 - this.random.uniform(), 1 / this.left);
        this.next = this.end - (this.end - this.next) * share;
        this.left -= 1;
        return;
      }
      if (!this.enterInterval()) return;
    }
  }

  private enterInterval(): boolean {
    this.interval += 1;
    if (this.interval >= this.calls.length) {
      this.next = Infinity;
      this.rate = 0;
      this.left = 0;
      return false;
    }
    const calls = this.calls[this.interval] as number;
    this.next = this.interval * this.intervalSeconds;
    this.end = this.next + this.intervalSeconds;
    if (this.isPoisson) this.rate = calls / this.intervalSeconds;
    else this.left = Math.floor(calls + this.random.uniform());
    return true;
  }
}

/**
 * Plays prompts to first calls, one prompt after another to those who are still on the line: the same belief
 * as the prompt flow of the formulas, caller by caller.
 */
class PromptPlay {
  /** What the last caller who left by a prompt did. */
  wentOnline = false;
  /** Factor on the patience of the last caller who stayed. */
  patienceFactor = 1;
  private willFail = false;
  private askedBy!: LinePrompt;
  private askedIn = 0;
  private returns = false;
  private readonly spec: LineSpec;
  private readonly random: Random;
  /** Requests per channel and interval. */
  private readonly requests: Int32Array;

  constructor(spec: LineSpec, random: Random) {
    this.spec = spec;
    this.random = random;
    this.requests = new Int32Array(spec.channelCapacity.length * spec.intervals);
  }

  /**
   * Seconds of announcements that a caller hears who stays; −1 for one who leaves. `estimatedWait` is asked for only
   * where a prompt depends on it.
   */
  play(classIndex: number, interval: number, estimatedWait: (classIndex: number) => number): number {
    let seconds = 0;
    this.patienceFactor = 1;
    for (const prompt of this.spec.classes[classIndex]?.prompts ?? []) {
      if (prompt.on[interval] !== 1) continue;
      const above = prompt.offeredAboveSeconds;
      if (above > 0 && !(estimatedWait(classIndex) > above)) continue;
      if (this.random.uniform() >= prompt.response.reach) continue;
      if (this.leaves(prompt, interval)) return -1;
      seconds += prompt.response.announcementSeconds;
      this.patienceFactor *= prompt.response.patienceFactor ?? 1;
    }
    return seconds;
  }

  private leaves(prompt: LinePrompt, interval: number): boolean {
    const { response } = prompt;
    const draw = this.random.uniform();
    if (draw < response.onlineShare) {
      this.wentOnline = true;
      const fails = this.random.uniform() < response.onlineFailureShare;
      this.willFail = !this.takesRequest(prompt.channel, interval) || fails;
      return true;
    }
    const target = prompt.offPeakTarget[interval] ?? -1;
    if (target < 0 || draw >= response.onlineShare + response.offPeakShare) return false;
    this.wentOnline = false;
    this.askedBy = prompt;
    this.askedIn = interval;
    this.returns = this.random.uniform() < response.offPeakReturnShare;
    return true;
  }

  /** Whether a channel still serves a request in the interval. */
  private takesRequest(channel: number, interval: number): boolean {
    if (channel < 0) return true;
    const at = channel * this.spec.intervals + interval;
    const used = this.requests[at] ?? 0;
    if (used >= (this.spec.channelCapacity[channel] ?? Infinity)) return false;
    this.requests[at] = used + 1;
    return true;
  }

  /** When the last caller who left calls after all; Infinity for never. */
  returnTime(now: number): number {
    if (this.wentOnline) {
      return this.willFail ? now + onlineFailureDelaySeconds * this.random.exponential() : Infinity;
    }
    if (!this.returns) return Infinity;
    return drawOffPeakReturn(this.askedBy, this.askedIn, this.random.uniform()) * this.spec.intervalSeconds;
  }
}

/**
 * An event is one whole number: slot · 8 + kind, with room for 2²⁴ calls at once; an overflow event bears above the
 * slot's bits which of its class's delayed pools it opens.
 */
const slotMask = 0xff_ff_ff;

const slotOf = (event: number): number => (event >> 3) & slotMask;
const kindOf = (event: number): number => event & 7;
