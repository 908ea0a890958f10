import { hourMillis } from '../kernel/time.ts';
import { type Leg, type LegsWanted, RestingCalls } from './resting-calls.ts';

/** Something that happened, read from a feed and ready to be kept. */
export interface ReadEvent {
  /** The call, or the operator, that it belongs to. */
  readonly key: string;
  readonly at: number;
  /** When the call in question reached the queue, as far as the event tells by itself. */
  readonly began: number;
  /** All that is kept of it: two of the same key that are alike are one. */
  readonly event: string;
  /** The switchboard's queue; empty where it has none. */
  readonly queue: string;
  /** Its name, where nothing is known of such events. */
  readonly unknown?: string;
}

interface BookRules {
  /** A call's legs by all of its events; `isOver`: nothing more is waited for. */
  readonly legsOf: (events: readonly string[], isOver: boolean) => readonly Leg[];
  /** True of an event that says only that its call goes on, such as a ring: of those the latest are kept. */
  readonly isPassing?: (event: string) => boolean;
  /** True of an event that takes the place of all that was said of its call before. */
  readonly replaces?: (event: string) => boolean;
  /** An operator's events, without those before an instant that say nothing any more. */
  readonly shorten: (events: readonly string[], before: number) => string[];
  /** How late an event may come, milliseconds. */
  readonly lateMillis: number;
  /** Start of the interval in which an instant lies. */
  readonly intervalStart: (instant: number) => number;
}

/** What is kept of one call or operator. */
export interface Entry {
  readonly key: string;
  events: string[];
  /** The same, once there are many. */
  known?: Set<string> | undefined;
  /** When the passing ones among them happened. */
  passedAt: number;
  first: number;
  last: number;
  legs: readonly Leg[];
  isOver: boolean;
  /** Something was heard of it that is not worked out yet. */
  isDirty: boolean;
}

/** A call that has said nothing for so long is over: it was left open by the switchboard. */
const silentMillis = 4 * hourMillis;
/** Redials are counted over so long: calls are kept that much longer than they can change. */
export const redialMillis = 2 * hourMillis;
/** No event counts that lies further ahead of the clock, and none moves time on by more than this. */
export const aheadMillis = 48 * hourMillis;
const clockMillis = 5 * 60_000;
/** Of a longer silence nobody knows whether it was one: longer than from a Friday evening to a Monday morning. */
export const silenceMillis = 72 * hourMillis;
/** Most events ahead of the clock that are kept until they are due; most of one call, and of an operator in many queues. */
const mostAhead = 10_000;
const mostOfCall = 1000;
const mostOfDay = 20_000;
/** Most calls and operators of a feed that are kept at once: each is walked in every step. */
const mostEntries = 1_000_000;
/** So long after its last event a call that is over stays in memory: what else is said of it mostly comes at once. */
const restMillis = 60_000;
const restingPerTurn = 2000;

/** A stretch of time whose intervals may have got other figures. */
export interface Touched {
  readonly from: number;
  /** The first instant after it. */
  readonly to: number;
}

/** Events of an operator beyond which those of long ago are looked through. */
const mostOfOperator = 60;

const isWanted = ({ outcome, caller }: Leg, of: LegsWanted): boolean =>
  of === 'all' || (of === 'failed' ? outcome !== 'answered' : of.has(caller));

const noLegs: readonly Leg[] = [];
const isCounted = ({ outcome }: Leg): boolean => outcome !== undefined;

/**
 * The calls of a feed that may still change. What became of a call follows from the set of its events alone, so order,
 * repetition and portions do not matter. An event changes nothing any more once its call's interval is settled: when the
 * feed has come so far beyond that no event may be that late. `earliest` and `watermark` are the first and the last instant
 * that was heard of. Of a call that is over only the figures are held (`rest`); its events are in the database, and are put
 * back before one more of it is taken (`restingAmong`, `restore`).
 */
export class CallBook {
  earliest: number;
  watermark: number;
  readonly entries = new Map<string, Entry>();
  readonly #resting = new RestingCalls();
  readonly #rules: BookRules;
  #operatorsFrom = Infinity;
  #minute = Number.NaN;
  #settled = -Infinity;
  #dirty: Entry[] = [];
  /** Entries with a leg that is not over. */
  readonly #open = new Set<Entry>();
  /** What lies ahead of the clock, as entries of its own, and how many events that are. */
  readonly #ahead = new Set<Entry>();
  #aheadEvents = 0;
  #missed: Touched[] = [];

  constructor(rules: BookRules, kept: { readonly earliest: number; readonly watermark: number }) {
    this.#rules = rules;
    this.earliest = kept.earliest;
    this.watermark = kept.watermark;
  }

  /** Puts back what was kept. */
  restore(key: string, events: string[], first: number, last: number): void {
    const entry = { ...newEntry(key, first, last), events, isOver: this.#isSilent(last) };
    for (const event of events)
      if (this.#rules.isPassing?.(event) === true)
        entry.passedAt = Math.max(entry.passedAt, Number.parseInt(event, 10));
    if (key.startsWith(aheadKey)) {
      this.#ahead.add(entry);
      this.#aheadEvents += events.length;
    }
    // as they were counted last: what comes now may count otherwise
    entry.legs = this.#resting.take(key) ?? this.#legsOf(entry);
    this.entries.set(key, entry);
    this.#note(entry);
  }

  /** Names of calls at rest that these belong to: they are put back before any of these is added. */
  restingAmong(came: readonly object[]): readonly string[] {
    const found = new Set<string>();
    if (this.#resting.size > 0)
      for (const each of came)
        if ('key' in each && typeof each.key === 'string' && !this.entries.has(each.key))
          if (this.#resting.has(each.key)) found.add(each.key);
    return [...found];
  }

  /** Lets go the events of stored calls that are over and silent since an instant; true: there may be more than one turn takes. */
  rest(silentSince = this.watermark - restMillis): boolean {
    let room = restingPerTurn;
    for (const [key, entry] of this.entries) {
      if (entry.last >= silentSince || entry.isDirty || this.#open.has(entry)) continue;
      if (key.startsWith(operatorKey) || key.startsWith(aheadKey) || !this.#resting.put(entry)) continue;
      this.entries.delete(key);
      if ((room -= 1) === 0) return true;
    }
    return false;
  }

  /** Intervals that begin before this instant are settled. */
  get settledBefore(): number {
    // intervals begin with a minute
    const minute = Math.floor(this.watermark / 60_000);
    if (minute !== this.#minute && Number.isFinite(minute)) {
      const { intervalStart, lateMillis } = this.#rules;
      this.#settled = intervalStart(minute * 60_000 - lateMillis - silentMillis);
      this.#minute = minute;
    }
    return this.#settled;
  }

  /**
   * Takes an event: new, there already, or refused since its interval is settled, its call has said too much, or it lies
   * ahead of the clock: then it is kept until it is due.
   */
  add(read: ReadEvent, now: number): 'new' | 'repeated' | 'late' | 'ahead' | 'too-many' {
    const { key, at, began, event } = read;
    const known = this.entries.get(key);
    if (known !== undefined && has(known, event)) return 'repeated';
    if (at > now + aheadMillis) return this.#keepAhead(read);
    if (Math.min(began, at) < this.settledBefore) return 'late';
    const passes = this.#rules.isPassing?.(event) === true;
    if (known !== undefined && passes && at < known.passedAt) return 'repeated';
    const most = key.startsWith(operatorKey) ? mostOfDay : mostOfCall;
    const kept = this.entries.size + this.#resting.size;
    if (known === undefined ? kept >= mostEntries : known.events.length >= most) return 'too-many';
    const entry = known ?? newEntry(key, Math.min(began, at), at);
    if (known === undefined) this.entries.set(key, entry);
    if (this.#rules.replaces?.(event) === true) keep(entry, []);
    if (passes && at > entry.passedAt) {
      if (entry.passedAt > -Infinity)
        keep(
          entry,
          entry.events.filter((each) => this.#rules.isPassing?.(each) !== true),
        );
      entry.passedAt = at;
    }
    entry.events.push(event);
    entry.known?.add(event);
    if (began < entry.first) entry.first = began;
    if (at > entry.last) entry.last = at;
    this.#touch(entry);
    if (at < this.#operatorsFrom && key.startsWith(operatorKey)) this.#operatorsFrom = at;
    if (at < this.earliest) this.earliest = at;
    const heard = Math.min(at, now + clockMillis);
    if (heard > this.watermark) {
      if (heard - this.watermark > silenceMillis && Number.isFinite(this.watermark))
        this.#missed.push({ from: this.watermark, to: heard });
      this.watermark = heard;
    }
    return 'new';
  }

  /** Keeps what lies ahead of the clock, which may be the one that is wrong. */
  #keepAhead(read: ReadEvent): 'ahead' {
    const key = aheadKey + read.key;
    const entry = this.entries.get(key) ?? newEntry(key, read.at, read.at);
    const event = JSON.stringify(read);
    if (has(entry, event)) return 'ahead';
    if (this.#aheadEvents >= mostAhead) {
      this.#missed.push({ from: read.at, to: read.at + 1 });
      return 'ahead';
    }
    this.entries.set(key, entry);
    this.#ahead.add(entry);
    this.#aheadEvents += 1;
    entry.events.push(event);
    entry.known?.add(event);
    entry.first = Math.min(entry.first, read.at);
    entry.last = Math.max(entry.last, read.at);
    this.#touch(entry);
    return 'ahead';
  }

  /** True where something that lay ahead of the clock is due. */
  hasDue(now: number): boolean {
    for (const { first } of this.#ahead) if (first <= now + aheadMillis) return true;
    return false;
  }

  /** Takes out what lay ahead of the clock and does no more: to be added, the first first. */
  takeDue(now: number): readonly ReadEvent[] {
    const due: ReadEvent[] = [];
    for (const entry of this.#ahead) {
      if (entry.first > now + aheadMillis) continue;
      // written by `#keepAhead`
      const events = entry.events.map((event) => JSON.parse(event) as ReadEvent);
      const later = events.filter(({ at }) => at > now + aheadMillis);
      due.push(...events.filter(({ at }) => at <= now + aheadMillis));
      this.#aheadEvents -= events.length - later.length;
      keep(
        entry,
        later.map((event) => JSON.stringify(event)),
      );
      entry.first = Math.min(...later.map(({ at }) => at));
      this.#touch(entry);
      if (later.length > 0) continue;
      this.#ahead.delete(entry);
      this.entries.delete(entry.key);
    }
    return due.sort((a, b) => a.at - b.at);
  }

  /** Stretches of which nobody knows what they held, since this was asked last. */
  takeMissed(): readonly Touched[] {
    const missed = this.#missed;
    this.#missed = [];
    return missed;
  }

  /**
   * Works out what became of the calls that something was heard of, and of those that have gone silent; answers the entries
   * that changed, the arrivals whose intervals have other figures by that, and from when on operators may have been there
   * otherwise.
   */
  settle(): {
    readonly changed: readonly Entry[];
    readonly arrivals: number[];
    readonly operatorsFrom: number;
  } {
    for (const entry of this.#open) if (this.#isSilent(entry.last)) this.#touch(entry);
    const changed = this.#dirty;
    this.#dirty = [];
    const arrivals: number[] = [];
    for (const entry of changed) {
      const before = entry.legs;
      entry.isDirty = false;
      entry.isOver = this.#isSilent(entry.last);
      entry.legs = this.#legsOf(entry);
      this.#note(entry);
      arrivals.push(...changedArrivals(before, entry.legs));
    }
    const operatorsFrom = this.#operatorsFrom;
    this.#operatorsFrom = Infinity;
    return { changed, arrivals, operatorsFrom };
  }

  /** Legs that count, by their arrival: those that were answered or have left; `of`: only these callers'. */
  *countedLegs(from: number, to: number, of: LegsWanted = 'all'): Generator<Leg> {
    yield* this.#resting.legs(from, to, of);
    for (const { legs, first, last } of this.entries.values())
      if (first < to && last >= from)
        for (const leg of legs)
          if (leg.arrivedMillis >= from && leg.arrivedMillis < to && isCounted(leg) && isWanted(leg, of))
            yield leg;
  }

  /** Who waits now: the legs that have neither been answered nor left. */
  *waiting(): Generator<Leg> {
    for (const { legs } of this.#open)
      for (const leg of legs) if (leg.outcome === undefined && leg.endedMillis === undefined) yield leg;
  }

  /** Lets go what cannot change any more, and is in nobody's window; answers before which last event it went. */
  forget(): number {
    const before = this.settledBefore - redialMillis;
    for (const [key, entry] of this.entries)
      if (key.startsWith(operatorKey)) {
        if (entry.events.length > mostOfOperator) keep(entry, this.#rules.shorten(entry.events, before));
      } else if (entry.last < before) this.entries.delete(key);
    this.#resting.forget(before);
    return before;
  }

  /** What is kept of operators, to know who is there. */
  *operators(): Generator<readonly [operator: string, events: readonly string[]]> {
    for (const [key, { events }] of this.entries)
      if (key.startsWith(operatorKey)) yield [key.slice(operatorKey.length), events];
  }

  #touch(entry: Entry): void {
    if (entry.isDirty) return;
    entry.isDirty = true;
    this.#dirty.push(entry);
  }

  #isSilent(last: number): boolean {
    return last < this.watermark - silentMillis;
  }

  #legsOf({ key, events, isOver }: Entry): readonly Leg[] {
    return key.startsWith(operatorKey) || key.startsWith(aheadKey) || key.startsWith('switch ')
      ? noLegs
      : this.#rules.legsOf(events, isOver);
  }

  #note(entry: Entry): void {
    if (!entry.isOver && entry.legs.some(({ endedMillis }) => endedMillis === undefined))
      this.#open.add(entry);
    else this.#open.delete(entry);
  }
}

/** An entry as it is stored. */
export const storedCall = ({ key: call, events, first: firstMillis, last: lastMillis }: Entry) => ({
  call,
  firstMillis,
  lastMillis,
  events: events.join('\n'),
});

export const operatorKey = 'operator ';
const aheadKey = 'ahead ';

const newEntry = (key: string, first: number, last: number): Entry => ({
  key,
  events: [],
  passedAt: -Infinity,
  first,
  last,
  legs: noLegs,
  isOver: false,
  isDirty: false,
});

/** So many events are looked through one by one. */
const few = 16;

const has = (entry: Entry, event: string): boolean => {
  if (entry.events.length < few) return entry.events.includes(event);
  entry.known ??= new Set(entry.events);
  return entry.known.has(event);
};

const keep = (entry: Entry, events: string[]): void => {
  entry.events = events;
  entry.known = undefined;
};

/** Where legs came to count, count no more, or count otherwise. */
const changedArrivals = (before: readonly Leg[], after: readonly Leg[]): number[] => {
  if (before.length === 0) return after.filter(isCounted).map(({ arrivedMillis }) => arrivedMillis);
  const said = ({ queue, arrivedMillis, outcome, waitSeconds, answeredMillis, ...leg }: Leg): string => {
    const { endedMillis, handleSeconds, operator, caller } = leg;
    const times = [arrivedMillis, waitSeconds, answeredMillis, endedMillis, handleSeconds];
    return JSON.stringify([queue, outcome, operator, caller, ...times]);
  };
  const [old, now] = [before, after].map(
    (legs) => new Map(legs.filter(isCounted).map((leg) => [said(leg), leg])),
  );
  return [...(old ?? []), ...(now ?? [])].flatMap(([key, { arrivedMillis }]) =>
    old?.has(key) === now?.has(key) ? [] : [arrivedMillis],
  );
};
