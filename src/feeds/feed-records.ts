import { setImmediate as nextTurn } from 'node:timers/promises';
import type { FeedSettings, HandleTimeConvention } from '../contract/documents/feed-documents.ts';
import type { HotlineModel } from '../contract/models/hotline-model.ts';
import { zoneInstants, type ZoneInstants } from '../ingest/cells/zone-instants.ts';
import type { FileUnpacker } from '../ingest/tables/file-unpacker.ts';
import { addUpCalls, intervalStart, type KnownCall } from '../ingest/kinds/ingest-calls.ts';
import { isOpen } from '../kernel/time-window.ts';
import type { PresenceRecord, TrafficRecord } from '../kernel/records.ts';
import { dayMillis, hourMillis, weekdayOfDay } from '../kernel/time.ts';
import type { StoredFeed } from '../planning/ports.ts';
import { type CallBook, redialMillis, type Touched } from './call-book.ts';
import type { Carried } from './feed-adapter.ts';
import type { Leg, LegsWanted } from './resting-calls.ts';

/** What intervals are made by. */
export interface RecordRules {
  readonly hotline: HotlineModel;
  readonly zone: ZoneInstants;
  /** The hotline's queue of a switchboard's; undefined: it has none. */
  readonly queueOf: (switchQueue: string) => string | undefined;
  readonly handleTime: HandleTimeConvention;
  readonly unpacker: FileUnpacker;
  readonly nowMillis: number;
}

interface Made {
  readonly traffic: readonly TrafficRecord[];
  /** Of intervals whose handle time is not known yet, that of the calls that have ended, seconds. */
  readonly inHand: Readonly<Record<string, number>>;
  readonly presence: readonly PresenceRecord[];
}

/** The hotline's clock, from 1970 to two years ahead. */
export const zoneOf = (hotline: HotlineModel, nowMillis: number): ZoneInstants =>
  zoneInstants(hotline.zone, 0, nowMillis + 2 * 366 * dayMillis);

export const startOfInterval =
  ({ hotline, zone }: Pick<RecordRules, 'hotline' | 'zone'>) =>
  (instant: number): number =>
    intervalStart(instant, hotline.intervalMinutes, zone);

/**
 * Intervals around these arrivals anew, out of all calls that are kept: added up by what adds up files of call records, so
 * that a call stored by a feed is stored as one of a file. Intervals that begin before `settledBefore` are left.
 */
export const recordsOfCalls = async (
  book: CallBook,
  arrivals: readonly number[],
  settledBefore: number,
  carried: Carried,
  rules: RecordRules,
): Promise<Made> => {
  const step = rules.hotline.intervalMinutes * 60_000;
  const near = rules.handleTime === 'arrival' ? hourMillis : 8 * hourMillis;
  const stretches = stretchesOf(arrivals, startOfInterval(rules), step, near);
  const [traffic, presence]: [TrafficRecord[], PresenceRecord[]] = [[], []];
  const inHand: Record<string, number> = {};
  for (const { from, to } of stretches) {
    if (to <= settledBefore) continue;
    // a caller's next attempt may be a redial by what came late
    const stretch = {
      from: Math.max(from, settledBefore),
      to: carried.callers ? startOfInterval(rules)(to + redialMillis) + step : to,
    };
    const made = await recordsOfStretch(book, stretch, carried, rules);
    traffic.push(...made.traffic);
    presence.push(...made.presence);
    Object.assign(inHand, made.inHand);
  }
  return { traffic, presence, inHand };
};

/** Stretches of whole intervals around instants; what lies within `near` of one another is one stretch. */
const stretchesOf = (
  instants: readonly number[],
  intervalStart: (instant: number) => number,
  stepMillis: number,
  near: number,
): Touched[] => {
  const starts = [...new Set(instants.map(intervalStart))].sort((a, b) => a - b);
  const found: { from: number; to: number }[] = [];
  for (const start of starts) {
    const last = found.at(-1);
    if (last !== undefined && start <= last.to + near) last.to = Math.max(last.to, start + stepMillis);
    else found.push({ from: start, to: start + stepMillis });
  }
  return found;
};

/** Of more legs whatever else waits has its turn between. */
const legsPerTurn = 2000;

interface Counted {
  readonly leg: Leg;
  readonly queue: string;
}

const recordsOfStretch = async (
  book: CallBook,
  { from, to }: Touched,
  carried: Carried,
  rules: RecordRules,
): Promise<Made> => {
  const legs = countedLegs(book, from, to, rules);
  if (legs.length === 0) return { traffic: [], presence: [], inHand: {} };
  const { hotline } = rules;
  if (legs.length > legsPerTurn) await nextTurn();
  const before = carried.callers ? earlierAttempts(book, from, rules) : [];
  const { records, presence } = addUpCalls(asCalls(before, legs), {
    unpacker: rules.unpacker,
    zone: hotline.zone,
    now: rules.nowMillis,
    preset: 'none',
    absent: 'gap',
    skipBadRows: false,
    acceptUnusual: true,
    answerTimeThresholdSeconds: hotline.answerTimeThresholdSeconds,
    shortAbandonSeconds: hotline.shortAbandonSeconds,
    intervalMinutes: hotline.intervalMinutes,
    openingHours: hotline.openingHours,
    attribution: 'arrival',
    ...(carried.callers ? { callerKey: 'pseudonyms' } : {}),
  });
  if (legs.length > legsPerTurn) await nextTurn();
  const within = ({ startMillis }: { readonly startMillis: number }): boolean =>
    startMillis >= from && startMillis < to;
  const left = countLeft(legs, rules);
  const unknown = callsInHand(book, legs, { from, to }, rules);
  const traffic = [...records]
    .filter(within)
    .map((record) => withCarried(withoutLeft(record, left.get(keyOf(record))), carried));
  const handled =
    rules.handleTime === 'arrival' ? traffic : otherHandleTime(book, traffic, { from, to }, rules);
  const inHand: Record<string, number> = {};
  return {
    traffic: handled.map((record) => {
      const { handleSecondsTotal, ...others } = record;
      if (!unknown.has(keyOf(record))) return record;
      inHand[keyOf(record)] = handleSecondsTotal ?? 0;
      return others;
    }),
    presence: presence.filter(within),
    inHand,
  };
};

/** Intervals whose handle time is not known yet: calls that count in them are still in hand. */
const callsInHand = (
  book: CallBook,
  legs: readonly Counted[],
  { from, to }: Touched,
  rules: RecordRules,
): ReadonlySet<string> => {
  const found = new Set<string>();
  const startOf = startOfInterval(rules);
  const isInHand = ({ leg }: Counted): boolean => leg.outcome === 'answered' && leg.endedMillis === undefined;
  if (rules.handleTime === 'arrival')
    for (const { leg, queue } of legs.filter(isInHand))
      found.add(keyOf({ queue, startMillis: startOf(leg.arrivedMillis) }));
  if (rules.handleTime === 'spread')
    for (const { leg, queue } of countedLegs(book, from - dayMillis, to, rules).filter(isInHand))
      for (let at = Math.max(from, leg.answeredMillis ?? from); at < to;) {
        const startMillis = startOf(at);
        found.add(keyOf({ queue, startMillis }));
        at = startMillis + rules.hotline.intervalMinutes * 60_000;
      }
  return found;
};

interface Left {
  calls: number;
  short: number;
}

const keyOf = ({ queue, startMillis }: Pick<TrafficRecord, 'queue' | 'startMillis'>): string =>
  `${startMillis} ${queue}`;

/**
 * Calls that left without hanging up, by interval: files of call records have no such word, so they go in as those that
 * hung up, and are offered and waited like them.
 */
const countLeft = (legs: readonly Counted[], rules: RecordRules): ReadonlyMap<string, Left> => {
  const found = new Map<string, Left>();
  for (const { leg, queue } of legs) {
    if (leg.outcome !== 'left') continue;
    const key = keyOf({ queue, startMillis: startOfInterval(rules)(leg.arrivedMillis) });
    const left = found.get(key) ?? { calls: 0, short: 0 };
    left.calls += 1;
    if (leg.waitSeconds <= rules.hotline.shortAbandonSeconds) left.short += 1;
    found.set(key, left);
  }
  return found;
};

const withoutLeft = (record: TrafficRecord, left: Left | undefined): TrafficRecord =>
  left === undefined
    ? record
    : {
        ...record,
        abandoned: (record.abandoned ?? 0) - left.calls,
        shortAbandoned: (record.shortAbandoned ?? 0) - left.short,
      };

/** Figures that other calls of the feed have and none of this interval's has are nought, not unknown. */
const withCarried = (record: TrafficRecord, { handle, callers }: Carried): TrafficRecord => ({
  ...record,
  ...(handle && record.handleSecondsTotal === undefined ? { handleSecondsTotal: 0 } : {}),
  ...(callers && record.redials === undefined ? { redials: 0 } : {}),
});

const countedLegs = (
  book: CallBook,
  from: number,
  to: number,
  rules: RecordRules,
  of: LegsWanted = 'all',
): Counted[] => {
  const found: Counted[] = [];
  for (const leg of book.countedLegs(from, to, of)) {
    const queue = rules.queueOf(leg.queue);
    if (queue !== undefined) found.push({ leg, queue });
  }
  return found.sort(({ leg: a }, { leg: b }) => a.arrivedMillis - b.arrivedMillis || inAnyOrder(a, b));
};

/** Legs of one instant as they are added up, in whatever order they are kept. */
const inAnyOrder = (a: Leg, b: Leg): number =>
  a.waitSeconds - b.waitSeconds || (a.handleSeconds ?? -1) - (b.handleSeconds ?? -1);

/** Attempts just before, of callers of whom one has failed there: their next is a redial. */
const earlierAttempts = (book: CallBook, from: number, rules: RecordRules): readonly Counted[] => {
  const earlier = (of: LegsWanted): Counted[] => countedLegs(book, from - redialMillis, from, rules, of);
  const failed = new Set(earlier('failed').map(({ leg }) => leg.caller));
  failed.delete('');
  return failed.size === 0 ? [] : earlier(failed);
};

/** Calls as they are added up: one that left without hanging up goes in as one that hung up, and is taken out again. */
function* asCalls(before: readonly Counted[], legs: readonly Counted[]): Generator<KnownCall> {
  for (const some of [before, legs])
    for (const { leg, queue } of some) {
      const { outcome, arrivedMillis, waitSeconds, handleSeconds, operator, caller } = leg;
      if (outcome === undefined) continue;
      const said = outcome === 'left' ? 'abandoned' : outcome;
      yield { queue, arrivedMillis, outcome: said, waitSeconds, handleSeconds, operator, caller };
    }
}

/** Handle time where it was spent, or where the call ended; seconds of a call that lasted longer than a day are let be. */
const otherHandleTime = (
  book: CallBook,
  traffic: readonly TrafficRecord[],
  { from, to }: Touched,
  rules: RecordRules,
): TrafficRecord[] => {
  const startOf = startOfInterval(rules);
  const totals = new Map<string, number>();
  const add = (queue: string, start: number, seconds: number): void => {
    const key = `${start} ${queue}`;
    if (start >= from && start < to) totals.set(key, (totals.get(key) ?? 0) + seconds);
  };
  for (const { leg, queue } of countedLegs(book, from - dayMillis, to, rules)) {
    const { answeredMillis, handleSeconds } = leg;
    if (answeredMillis === undefined || handleSeconds === undefined) continue;
    const until = answeredMillis + handleSeconds * 1000;
    if (rules.handleTime === 'end') add(queue, startOf(until), handleSeconds);
    else
      for (let at = answeredMillis; at < until;) {
        const start = startOf(at);
        const next = Math.min(until, start + rules.hotline.intervalMinutes * 60_000);
        add(queue, start, (next - at) / 1000);
        at = next;
      }
  }
  const there = new Map(traffic.map((record) => [`${record.startMillis} ${record.queue}`, record]));
  const only = [...totals].flatMap(([key, handleSecondsTotal]) => {
    if (there.has(key)) return [];
    const [start = '', ...queue] = key.split(' ');
    const quiet = quietInterval(queue.join(' '), Number(start), { handle: true, callers: false }, rules);
    return [{ ...quiet, handleSecondsTotal }];
  });
  return [
    ...[...there].map(([key, record]) => ({ ...record, handleSecondsTotal: totals.get(key) ?? 0 })),
    ...only,
  ];
};

/** An interval of which it is known that nobody called. */
const quietInterval = (
  queue: string,
  startMillis: number,
  { handle, callers }: Carried,
  { hotline }: Pick<RecordRules, 'hotline'>,
): TrafficRecord => ({
  queue,
  startMillis,
  intervalMinutes: hotline.intervalMinutes,
  offered: 0,
  answered: 0,
  abandoned: 0,
  shortAbandoned: 0,
  blocked: 0,
  answeredInThreshold: 0,
  waitSecondsTotal: 0,
  ...(handle ? { handleSecondsTotal: 0 } : {}),
  ...(callers ? { redials: 0 } : {}),
});

/** Quiet intervals that were found, how many were looked at, and up to which instant. */
interface Quiet {
  readonly records: readonly TrafficRecord[];
  readonly looked: number;
  readonly until: number;
}

/**
 * Whole intervals of a span, `most` at most, within opening hours and outside of gaps, as quiet ones: where there were
 * calls, their records stand instead.
 */
export const quietIntervals = (
  queue: string,
  { from, to }: Touched,
  gaps: readonly Touched[],
  carried: Carried,
  rules: Pick<RecordRules, 'hotline' | 'zone'>,
  most: number,
): Quiet => {
  const { hotline, zone } = rules;
  const startOf = startOfInterval(rules);
  const step = hotline.intervalMinutes * 60_000;
  const found: TrafficRecord[] = [];
  let [start, looked] = [startOf(from), 0];
  for (; start < to && looked < most; looked += 1) {
    const next = startOf(start + step + step / 2);
    if (next > to) break;
    const gap = gaps.find((each) => each.from < next && each.to > start);
    if (gap !== undefined) {
      start = gap.to > next ? startOf(gap.to) : next;
      continue;
    }
    const local = zone.local(start);
    const day = Math.floor(local / dayMillis);
    const minute = Math.floor((local - day * dayMillis) / 60_000);
    if (isOpen(hotline.openingHours, weekdayOfDay(day), minute))
      found.push(quietInterval(queue, start, carried, rules));
    start = next;
  }
  return { records: found, looked, until: start };
};

/** Where calls ended, and the intervals that they lasted through. */
export const endsOf = (legs: readonly Leg[]): number[] =>
  legs.flatMap(({ answeredMillis, endedMillis }) =>
    answeredMillis === undefined || endedMillis === undefined ? [] : [answeredMillis, endedMillis],
  );

/** Queues that a hotline gets by what its feed calls them: more than that are numbers of something else. */
const mostOwnQueues = 500;

/**
 * What the hotline calls the queues that a feed is set up to bring, or has brought by their own names and is not set up to
 * leave out or call otherwise.
 */
export const queuesBrought = ({ settings, state }: Pick<StoredFeed, 'settings' | 'state'>): string[] => {
  const { quiet = {}, brings = [] } = (state ?? {}) as { quiet?: object; brings?: readonly string[] };
  // what is played gives way
  const came = settings.madeUp ? [] : [...Object.keys(quiet), ...brings];
  return [
    ...new Set([
      ...Object.values(settings.queues).filter((queue) => queue !== null),
      ...came.filter((queue) => !Object.hasOwn(settings.queues, queue)),
    ]),
  ];
};

/** Queues of the hotline that other feeds bring, and this one does not. */
export const broughtBeside = (
  feeds: readonly StoredFeed[],
  feed: Omit<StoredFeed, 'version'>,
): ReadonlySet<string> =>
  new Set(feeds.filter(({ name }) => name !== feed.name).flatMap(queuesBrought)).difference(
    new Set(queuesBrought(feed)),
  );

/**
 * What the hotline calls a queue of a switchboard: as the feed's settings pair them, by one of its own names, or, where it
 * takes any queue, as the switchboard does; those that came so stand in `fresh`. One that another feed brings is asked about.
 */
export const queueFinder = (
  { queues }: FeedSettings,
  hotline: HotlineModel,
  stored: readonly string[],
  fresh: Set<string> | undefined,
  isOfAnother: (queue: string) => boolean,
): RecordRules['queueOf'] => {
  const known = new Set([...stored, ...hotline.queues.map(({ queue }) => queue)]);
  for (const queue of fresh ?? []) if (known.has(queue)) fresh?.delete(queue);
  const aliases = new Map(
    hotline.queues.flatMap(({ queue, name }) => Object.values(name).map((said) => [said, queue] as const)),
  );
  const find = (name: string): string | undefined => {
    if (Object.hasOwn(queues, name)) return queues[name] ?? undefined;
    const queue = aliases.get(name) ?? name;
    if (isOfAnother(queue)) return undefined;
    if (known.has(queue) || fresh?.has(queue) === true) return queue;
    if (fresh === undefined || known.size + fresh.size >= mostOwnQueues) return undefined;
    fresh.add(queue);
    return queue;
  };
  const remembered = new Map<string, string | undefined>();
  return (name) => {
    if (!remembered.has(name)) remembered.set(name, find(name));
    return remembered.get(name);
  };
};
