import { EventHeap } from '../kernel/event-heap.ts';
import { type Random, seededRandom } from '../kernel/random.ts';
import { minuteOf } from '../kernel/time-window.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';
import {
  type LineHistory,
  type LineSetup,
  type PlayedPrompt,
  type QueueCounts,
  queuesOfTiers,
  type DemoSettings,
  type PromptedRequests,
} from './demo-settings.ts';

// An attempt is one whole number: its nature in the low bits, then its queue, then the test call's index + 1.
const redial = 1;
const heardPrompt = 2;
const queueShift = 2;
const testShift = 6;
const queueOf = (attempt: number): number => (attempt >> queueShift) & 15;

/**
 * Plays the line's history call by call: fresh calls, redials and those that prompts send back arrive; an
 * idle operator of the queue's preferred tier takes them, else they wait, first come first served; a freed
 * operator takes the queue with the best priority, ties by longest wait; callers hang up at the end of an
 * exponential patience and some call again. Counts are in the interval of arrival, so that answered +
 * abandoned + blocked = offered in each.
 */
class LineSimulation {
  readonly #setup: LineSetup;
  readonly #random: Random;
  readonly #step: number;
  readonly #tiersOf: number[][];
  readonly #queuesOf: number[][];
  readonly #waiting: WaitingCallers[];
  readonly #coming = new EventHeap();
  readonly #services = new EventHeap();
  readonly #busy: Int32Array;
  readonly #onDuty: Int32Array;
  readonly #logMean: Float64Array[];
  readonly #logSpread: number;
  readonly #promptsOn: PlayedPrompt[][];
  #now = 0;
  /** When the interval that is played began. */
  #begun = 0;
  readonly history: LineHistory;

  constructor(setup: LineSetup) {
    const { settings } = setup;
    this.#setup = setup;
    this.#random = seededRandom(settings.seed, 2);
    this.#step = settings.intervalMinutes * 60;
    this.#tiersOf = tiersOfQueues(settings);
    this.#queuesOf = queuesOfTiers(settings);
    this.#waiting = settings.queues.map(() => new WaitingCallers());
    this.#busy = new Int32Array(settings.tiers.length);
    this.#onDuty = new Int32Array(settings.tiers.length);
    const variance = Math.log(1 + settings.handleTimeVariation ** 2);
    this.#logSpread = Math.sqrt(variance);
    this.#logMean = settings.tiers.map(({ handleFactor }) =>
      Float64Array.from(settings.queues, (q) => Math.log(q.handleSeconds * handleFactor) - variance / 2),
    );
    this.#promptsOn = settings.queues.map((_, q) => setup.prompts.filter((p) => p.queue === q));
    this.history = emptyHistory(setup);
  }

  run(): LineHistory {
    const { count, testCalls, settings } = this.#setup;
    const testQueue = settings.queues.findIndex((q) => q.queue === settings.testCalls.queue);
    for (const [i, call] of testCalls.entries())
      this.#coming.push(call.atSeconds, (testQueue << queueShift) | ((i + 1) << testShift));
    for (let k = 0; k < count; k += 1) this.#playInterval(k);
    // After the last interval the operators of its end stay until everyone counted is served or gone.
    this.#playUntil(Infinity, [], new Float64Array(0));
    for (const [q, waiting] of this.#waiting.entries())
      while (waiting.size > 0) this.#giveUpFirst(q, waiting.firstLeaves);
    return this.history;
  }

  #playInterval(k: number): void {
    const start = k * this.#step;
    this.#begun = start;
    for (const [t, operators] of this.#setup.operators.entries()) {
      this.#onDuty[t] = valueAt(operators, k);
      while ((this.#busy[t] as number) < valueAt(operators, k) && this.#takeNext(t, start));
    }
    const { queues, times } = drawArrivals(this.#setup.fresh, k, start, this.#step, this.#random);
    this.#playUntil(start + this.#step, queues, times);
  }

  #playUntil(end: number, queues: readonly number[], times: Float64Array): void {
    let next = 0;
    for (;;) {
      const arrival = next < times.length ? (times[next] as number) : Infinity;
      const coming = this.#coming.nextTime();
      const done = this.#services.nextTime();
      const now = Math.min(arrival, coming, done);
      if (now >= end || now === Infinity) return;
      this.#now = now;
      if (done === now) this.#finish(this.#services.pop(), now);
      else if (coming === now) this.#arrive(this.#coming.pop(), now);
      else {
        this.#arrive((queues[next] as number) << queueShift, now);
        next += 1;
      }
    }
  }

  #finish(tier: number, now: number): void {
    this.#busy[tier] = (this.#busy[tier] as number) - 1;
    if (this.#busy[tier] < valueAt(this.#onDuty, tier)) this.#takeNext(tier, now);
  }

  #arrive(attempt: number, now: number): void {
    const q = queueOf(attempt);
    const k = Math.floor(now / this.#step);
    if (k >= this.#setup.count || this.#setup.down[k] === 1) return;
    if ((attempt & heardPrompt) === 0) {
      const prompt = this.#promptsOn[q]?.find((p) => p.on[k] === 1);
      if (prompt !== undefined && this.#random.uniform() < prompt.settings.truth.reach) {
        if (attempt >> testShift === 0 && this.#isDiverted(prompt, attempt, k, now)) return;
        this.#coming.push(now + prompt.settings.truth.announcementSeconds, attempt | heardPrompt);
        return;
      }
    }
    this.#askForOperator(attempt, q, now);
  }

  /** True when the caller follows the prompt; books the online request or the later call. */
  #isDiverted(prompt: PlayedPrompt, attempt: number, k: number, now: number): boolean {
    const reaction = drawReaction(prompt.settings, now, this.#random);
    if (reaction.goesOnline) {
      const channel = this.history.prompted[prompt.channel];
      if (channel !== undefined) {
        addAt(channel.requests, k, 1);
        if (reaction.callsAgainAt < Infinity) addAt(channel.failed, k, 1);
      }
    }
    if (reaction.callsAgainAt < Infinity) this.#coming.push(reaction.callsAgainAt, attempt | heardPrompt);
    return reaction.leaves;
  }

  #askForOperator(attempt: number, q: number, now: number): void {
    const arrived = now - this.#announcementOf(attempt, q, now);
    const counts = this.history.queues[q] as QueueCounts;
    const k = Math.max(0, Math.floor(arrived / this.#step));
    counts.offered[k] = (counts.offered[k] as number) + 1;
    if ((attempt & redial) === 1) counts.redials[k] = (counts.redials[k] as number) + 1;
    if (this.#isFull(now)) {
      counts.blocked[k] = (counts.blocked[k] as number) + 1;
      this.#tell(q, -1, arrived, arrived, 0, true);
      const { afterBlock, afterBlockDelaySeconds } = this.#setup.settings.repeats;
      this.#maybeCallAgain(attempt, now, afterBlock, afterBlockDelaySeconds);
      return;
    }
    for (const t of this.#tiersOf[q] as number[]) {
      if ((this.#busy[t] as number) < (this.#onDuty[t] as number)) {
        this.#serve(attempt, q, t, arrived, now);
        return;
      }
    }
    const patience =
      attempt >> testShift > 0
        ? this.#setup.settings.testCalls.longestWaitSeconds
        : (this.#setup.settings.queues[q]?.patienceSeconds ?? 0) * this.#random.exponential();
    (this.#waiting[q] as WaitingCallers).join(arrived, now + patience, attempt);
  }

  /** Seconds of announcement that this attempt heard just now: they count in its wait. */
  #announcementOf(attempt: number, q: number, now: number): number {
    if ((attempt & heardPrompt) === 0) return 0;
    for (const prompt of this.#promptsOn[q] as PlayedPrompt[]) {
      const { announcementSeconds } = prompt.settings.truth;
      if (prompt.on[Math.floor((now - announcementSeconds) / this.#step)] === 1) return announcementSeconds;
    }
    return 0;
  }

  #isFull(now: number): boolean {
    const { trunks } = this.#setup.settings;
    if (this.#services.size + this.#waitingNow() < trunks) return false;
    for (const [q, waiting] of this.#waiting.entries())
      while (waiting.firstLeaves <= now) this.#giveUpFirst(q, waiting.firstLeaves);
    return this.#services.size + this.#waitingNow() >= trunks;
  }

  #waitingNow(): number {
    let sum = 0;
    for (const waiting of this.#waiting) sum += waiting.size;
    return sum;
  }

  #serve(attempt: number, q: number, tier: number, arrived: number, now: number): void {
    const { settings } = this.#setup;
    const test = attempt >> testShift;
    const handle =
      test > 0
        ? settings.testCalls.handleSeconds
        : Math.exp((this.#logMean[tier]?.[q] ?? 0) + this.#logSpread * this.#random.normal());
    this.#busy[tier] = (this.#busy[tier] as number) + 1;
    this.#services.push(now + handle, tier);
    const wait = now - arrived;
    // A redial noticed as an interval begins is dated back into the one before: its operators are those of this one.
    const left = Math.max(now, this.#begun);
    this.#tell(q, tier, arrived, left, Math.max(0, now + handle - left));
    const counts = this.history.queues[q] as QueueCounts;
    const k = Math.max(0, Math.floor(arrived / this.#step));
    counts.answered[k] = (counts.answered[k] as number) + 1;
    counts.waitSeconds[k] = (counts.waitSeconds[k] as number) + wait;
    counts.handleSeconds[k] = (counts.handleSeconds[k] as number) + handle;
    if (wait <= settings.answerTimeThresholdSeconds)
      counts.answeredInThreshold[k] = (counts.answeredInThreshold[k] as number) + 1;
    if (test > 0) {
      this.history.testWaits[test - 1] = wait;
      this.history.testTiers[test - 1] = tier;
    }
  }

  /** A free operator takes the next caller; false when nobody waits for the tier. */
  #takeNext(tier: number, now: number): boolean {
    let best = -1;
    let bestPriority = Infinity;
    let bestArrived = Infinity;
    for (const q of this.#queuesOf[tier] as number[]) {
      const waiting = this.#waiting[q] as WaitingCallers;
      while (waiting.firstLeaves <= now) this.#giveUpFirst(q, waiting.firstLeaves);
      if (waiting.size === 0) continue;
      const priority = this.#setup.settings.queues[q]?.priority ?? 0;
      if (priority < bestPriority || (priority === bestPriority && waiting.firstArrived < bestArrived)) {
        best = q;
        bestPriority = priority;
        bestArrived = waiting.firstArrived;
      }
    }
    if (best < 0) return false;
    const waiting = this.#waiting[best] as WaitingCallers;
    const attempt = waiting.firstKind;
    waiting.removeFirst();
    this.#serve(attempt, best, tier, bestArrived, now);
    return true;
  }

  #giveUpFirst(q: number, left: number): void {
    const waiting = this.#waiting[q] as WaitingCallers;
    const attempt = waiting.firstKind;
    const wait = left - waiting.firstArrived;
    this.#tell(q, -1, waiting.firstArrived, left, 0);
    const counts = this.history.queues[q] as QueueCounts;
    const k = Math.max(0, Math.floor(waiting.firstArrived / this.#step));
    waiting.removeFirst();
    counts.abandoned[k] = (counts.abandoned[k] as number) + 1;
    counts.waitSeconds[k] = (counts.waitSeconds[k] as number) + wait;
    if (wait <= this.#setup.settings.shortAbandonSeconds)
      counts.shortAbandoned[k] = (counts.shortAbandoned[k] as number) + 1;
    const { afterAbandon, afterAbandonDelaySeconds } = this.#setup.settings.repeats;
    this.#maybeCallAgain(attempt, left, afterAbandon, afterAbandonDelaySeconds);
  }

  #tell(
    queue: number,
    tier: number,
    arrived: number,
    left: number,
    handleSeconds: number,
    isBlocked = false,
  ): void {
    this.#setup.onCall?.({ queue, tier, arrived, left, handleSeconds, isBlocked });
  }

  #maybeCallAgain(attempt: number, from: number, chance: number, meanDelay: number): void {
    if (attempt >> testShift > 0 || this.#random.uniform() >= chance) return;
    // Who hung up is noticed when their turn comes: a redial due before that happens at once.
    const again = Math.max(this.#now, from + meanDelay * this.#random.exponential());
    this.#coming.push(again, (queueOf(attempt) << queueShift) | redial);
  }
}

/** Plays the line's history call by call; the same settings give the same history. */
export const simulateLine = (setup: LineSetup): LineHistory => new LineSimulation(setup).run();

/** What a caller who heard a prompt does. */
interface Reaction {
  /** False: keeps waiting for an operator. */
  readonly leaves: boolean;
  readonly goesOnline: boolean;
  /** When the caller calls after all: after a failed request, or off-peak; Infinity: not again. */
  readonly callsAgainAt: number;
}

const staysOnLine: Reaction = { leaves: false, goesOnline: false, callsAgainAt: Infinity };

/** Mean seconds until a caller whose online request failed calls after all. */
const failureDelaySeconds = 600;

/** Draws a caller's reaction to a prompt heard at `now` (seconds); off-peak callers come within the hour asked for. */
const drawReaction = (prompt: DemoSettings['pastPrompts'][number], now: number, random: Random): Reaction => {
  const { truth, offPeakTarget } = prompt;
  const u = random.uniform();
  if (u < truth.onlineShare) {
    const fails = random.uniform() < truth.onlineFailureShare;
    return {
      leaves: true,
      goesOnline: true,
      callsAgainAt: fails ? now + failureDelaySeconds * random.exponential() : Infinity,
    };
  }
  if (u >= truth.onlineShare + truth.offPeakShare) return staysOnLine;
  if (random.uniform() >= truth.offPeakReturnShare)
    return { leaves: true, goesOnline: false, callsAgainAt: Infinity };
  const midnight = Math.floor(now / 86_400) * 86_400;
  const hour = midnight + 60 * minuteOf(offPeakTarget ?? '20:00');
  return { leaves: true, goesOnline: false, callsAgainAt: Math.max(now, hour + 3600 * random.uniform()) };
};

/** An interval's fresh calls in order of arrival: the index of each call's queue, and its time in seconds. */
interface Arrivals {
  readonly queues: readonly number[];
  readonly times: Float64Array;
}

/**
 * Spreads an interval's fresh calls (`fresh[queue][interval]`) at uniform times over `seconds` from `start`:
 * spacings of a Poisson process scaled to the interval, queues in random order.
 */
const drawArrivals = (
  fresh: readonly Int32Array[],
  interval: number,
  start: number,
  seconds: number,
  random: Random,
): Arrivals => {
  const queues: number[] = [];
  for (const [q, calls] of fresh.entries())
    for (let i = valueAt(calls, interval); i > 0; i -= 1) queues.push(q);
  const times = new Float64Array(queues.length);
  let sum = 0;
  for (let i = 0; i < times.length; i += 1) {
    sum += random.exponential();
    times[i] = sum;
    // Every order of queues is equally likely: exchange with one of those still to be placed.
    const other = i + Math.floor(random.uniform() * (queues.length - i));
    const kept = valueAt(queues, i);
    queues[i] = valueAt(queues, other);
    queues[other] = kept;
  }
  const scale = seconds / (sum + random.exponential());
  for (let i = 0; i < times.length; i += 1) times[i] = start + valueAt(times, i) * scale;
  return { queues, times };
};

/** Callers of one queue who wait, first come first served. */
export class WaitingCallers {
  #arrived = new Float64Array(64);
  #leaves = new Float64Array(64);
  #kinds = new Int32Array(64);
  #head = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** When the first in line arrived; Infinity when nobody waits. */
  get firstArrived(): number {
    return this.#size === 0 ? Infinity : (this.#arrived[this.#head] as number);
  }

  /** When the first in line loses patience. */
  get firstLeaves(): number {
    return this.#size === 0 ? Infinity : (this.#leaves[this.#head] as number);
  }

  get firstKind(): number {
    return this.#kinds[this.#head] as number;
  }

  join(arrived: number, leaves: number, kind: number): void {
    if (this.#size === this.#arrived.length) this.#grow();
    const at = (this.#head + this.#size) & (this.#arrived.length - 1);
    this.#arrived[at] = arrived;
    this.#leaves[at] = leaves;
    this.#kinds[at] = kind;
    this.#size += 1;
  }

  removeFirst(): void {
    this.#head = (this.#head + 1) & (this.#arrived.length - 1);
    this.#size -= 1;
  }

  #grow(): void {
    const length = this.#arrived.length;
    const arrived = new Float64Array(2 * length);
    const leaves = new Float64Array(2 * length);
    const kinds = new Int32Array(2 * length);
    for (let i = 0; i < length; i += 1) {
      const from = (this.#head + i) & (length - 1);
      arrived[i] = this.#arrived[from] as number;
      leaves[i] = this.#leaves[from] as number;
      kinds[i] = this.#kinds[from] as number;
    }
    this.#arrived = arrived;
    this.#leaves = leaves;
    this.#kinds = kinds;
    this.#head = 0;
  }
}

const emptyQueueCounts = (count: number): QueueCounts => ({
  offered: new Int32Array(count),
  answered: new Int32Array(count),
  abandoned: new Int32Array(count),
  shortAbandoned: new Int32Array(count),
  blocked: new Int32Array(count),
  answeredInThreshold: new Int32Array(count),
  redials: new Int32Array(count),
  waitSeconds: new Float64Array(count),
  handleSeconds: new Float64Array(count),
});

const emptyPromptedRequests = (count: number): PromptedRequests => ({
  requests: new Int32Array(count),
  failed: new Int32Array(count),
});

const emptyHistory = ({ settings, count, testCalls }: LineSetup): LineHistory => ({
  queues: settings.queues.map(() => emptyQueueCounts(count)),
  prompted: settings.channels.map(() => emptyPromptedRequests(count)),
  testWaits: new Float64Array(testCalls.length).fill(Number.NaN),
  testTiers: new Int32Array(testCalls.length).fill(-1),
});

/** Tiers that a queue's calls try, in order. */
const tiersOfQueues = (settings: DemoSettings): number[][] =>
  settings.queues.map(({ queue }) =>
    settings.tiers
      .map((tier, t) => ({ t, preference: tier.queues[queue] }))
      .filter((route): route is { t: number; preference: number } => route.preference !== undefined)
      .sort((a, b) => a.preference - b.preference)
      .map((route) => route.t),
  );
