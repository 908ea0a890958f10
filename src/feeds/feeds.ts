import { readdir } from 'node:fs/promises';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import {
  type FeedDocument,
  feedNameSchema,
  type FeedRun,
  type FeedSettings,
  type FeedTest,
  type PushAnswer,
  type Pushed,
} from '../contract/documents/feed-documents.ts';
import { keyedHash } from '../ingest/cells/personal-numbers.ts';
import { type Problem, UsageError } from '../kernel/errors.ts';
import type { PresenceRecord, TrafficRecord } from '../kernel/records.ts';
import { readIngested } from '../planning/ingest-files.ts';
import type { Feeds, Models, Store, StoredFeed } from '../planning/ports.ts';
import { derivedFromSecret } from '../access/secrets.ts';
import { dayMillis } from '../kernel/time.ts';
import { placeOf, pushedEvent } from './call-records.ts';
import { readStream } from './connect.ts';
import type { Counts, FeedGround, FeedState, Held, Portion, Stepped } from './feed-adapter.ts';
import { turnsOf } from './feed-access.ts';
import { feedAdapters } from './feed-adapters.ts';
import { aheadMillis } from './call-book.ts';
import { feedFinding, sourceProblem } from './feed-findings.ts';
import { FeedReader } from './feed-reader.ts';
import { intervalParts } from './interval-parts.ts';
import { queuesBrought, startOfInterval, zoneOf } from './feed-records.ts';
import { countName, feedDocument, noCounts, stateOf } from './feed-state.ts';

/** Under which a workspace's feeds hide callers and operators: made of its token, so that it stands in no database or backup. */
export const feedSecret = (token: string): string => derivedFromSecret(token, 'feeds');

/** How often feeds are looked at; how long one is let be that cannot be read, or that somebody else reads. */
const pollMillis = 500;
const restMillis = 3_000;
/** A feed that takes longer is read beside the others. */
const slowMillis = 1_000;
/** Where there is no feed to follow, that long until another process may have set one up. */
const idleMillis = 5_000;

export const createFeeds = (ground: FeedGround): Feeds => {
  const pseudonym = pseudonyms(ground.secret);
  const readers = new Map<string, FeedReader>();
  const failures = new Map<string, { readonly sinceMillis: number; readonly why: Problem }>();
  const readerOf = (name: string): FeedReader => {
    const reader = readers.get(name) ?? new FeedReader(name, ground, feedAdapters, pseudonym);
    readers.set(name, reader);
    return reader;
  };
  const find = async (name: string): Promise<StoredFeed> => {
    const all = await ground.store.feeds.all();
    const found = all.find((feed) => feed.name === name);
    if (found === undefined)
      throw new UsageError(feedFinding('no-such-feed', { name, known: all.map((feed) => feed.name) }));
    return found;
  };
  /** A step; what cannot even be written down is remembered here. */
  const step = async (name: string, isAsked = false): Promise<Stepped | undefined> => {
    try {
      const stepped = await readerOf(name).step(isAsked);
      failures.delete(name);
      return stepped;
    } catch (error) {
      const since = failures.get(name)?.sinceMillis ?? ground.now();
      failures.set(name, { sinceMillis: since, why: sourceProblem(error, '') });
      throw error;
    }
  };
  const show = (feed: StoredFeed): FeedDocument => {
    const document = feedDocument(feed, ground.now());
    const failure = failures.get(feed.name);
    if (failure === undefined) return document;
    const { sinceMillis, why } = failure;
    return {
      ...document,
      state: { is: 'broken', since: new Date(sinceMillis).toISOString(), why },
    };
  };
  /** Followers that wait for a first feed. */
  const idle = new Set<() => void>();
  return {
    list: async () => (await ground.store.feeds.all()).map(show),
    put: async (name, settings, store = ground.store) => {
      await refuseSettings(ground, name, settings);
      const cursor = await feedAdapters[settings.kind].begin?.(settings);
      await store.feeds.put(name, settings, cursor === undefined ? undefined : { cursor });
      for (const wake of idle) wake();
      // nobody follows it
      if (settings.kind === 'push') await step(name);
      return show(await find(name));
    },
    remove: (name, store = ground.store) => store.feeds.remove(name),
    test: async (name) => testFeed(ground, await find(name), readerOf(name)),
    run: async (name) => {
      await find(name);
      const counts = noCounts();
      for (let more = true, isFirst = true, overtaken = 0; more; isFirst = false) {
        const stepped = await step(name, isFirst || overtaken > 0);
        if (stepped === undefined) break;
        for (const key of Object.keys(counts) as (keyof Counts)[]) counts[key] += stepped.counts[key];
        if (stepped.overtaken) await pause(50 * Math.min(20, (overtaken += 1)));
        more = stepped.more || (stepped.overtaken && overtaken < 100);
      }
      await readerOf(name).close();
      const feed = await find(name);
      const { read, stored, unknown, refused, repeated, state } = show(feed);
      return {
        feed: name,
        ...counts,
        total: { read, stored, unknown, refused, repeated },
        state,
        intervals: await intervalsOf(ground, stateOf(feed)),
      };
    },
    push: async (name, rows) => {
      const feed = await pushedFeed(ground, name);
      return pushRows(ground, readerOf(feed.name), rows);
    },
    pushStream: async (text, records) => {
      const { name } = await pushedFeed(ground, text, 'connect');
      const portion = await readStream(records, pseudonym);
      const stepped = await readerOf(name).push(async () => portion);
      if (stepped === undefined) throw new UsageError(feedFinding('no-such-feed', { name, known: [] }));
    },
    follow: (heard = () => undefined, only) => {
      const stop = new AbortController();
      const wait = (millis: number): Promise<void> =>
        pause(millis, undefined, { signal: stop.signal }).catch(() => undefined);
      const restUntil = new Map<string, number>();
      /** Feeds that are being read; true: there is more to read at once. */
      const busy = new Map<string, Promise<boolean>>();
      const read = async (name: string): Promise<boolean> => {
        const stepped = await step(name).catch((error: unknown) => {
          heard(name, error);
          return undefined;
        });
        if (stepped?.failed !== undefined) heard(name, stepped.failed);
        if (stepped === undefined || stepped.overtaken || stepped.rests === true)
          restUntil.set(name, performance.now() + restMillis);
        busy.delete(name);
        return stepped?.more === true;
      };
      const untilWoken = async (): Promise<void> => {
        const woken = Promise.withResolvers<void>();
        idle.add(woken.resolve);
        await Promise.race([wait(idleMillis), woken.promise]);
        idle.delete(woken.resolve);
      };
      const round = async (): Promise<'more' | 'none' | undefined> => {
        const feeds = (await ground.store.feeds.all()).filter(
          ({ name, settings }) => settings.kind !== 'push' && (only ?? name) === name,
        );
        if (feeds.length === 0) return 'none';
        // nothing is written meanwhile, and nothing is lost
        if ((await ground.store.maintenance()) !== null) return undefined;
        let more = false;
        for (const { name } of feeds) {
          if (stop.signal.aborted) break;
          if (busy.has(name) || (restUntil.get(name) ?? 0) > performance.now()) continue;
          const reading = read(name);
          busy.set(name, reading);
          // a source that answers slowly, or not at all, keeps no other from being read
          const isMore = await Promise.race([reading, wait(slowMillis).then(() => false)]);
          more ||= isMore;
          await pause(0);
        }
        return more ? 'more' : undefined;
      };
      const ended = (async () => {
        while (!stop.signal.aborted) {
          const began = performance.now();
          const found = await round().catch((error: unknown) => {
            heard('', error);
            return undefined;
          });
          if (found === 'none') await untilWoken();
          // half of the time is left to whatever else there is to do
          await wait(found === 'more' ? Math.min(pollMillis, performance.now() - began) : pollMillis);
        }
      })();
      return async () => {
        stop.abort();
        await ended;
        // what waits for an answer gets none
        for (const reader of readers.values()) await reader.close();
        await Promise.all(busy.values());
      };
    },
  };
};

/** Feeds of one hotline: each is looked at twice a second. */
const mostFeeds = 50;

const refuseSettings = async (ground: FeedGround, name: string, settings: FeedSettings): Promise<void> => {
  if (!feedNameSchema.safeParse(name).success) throw new UsageError(feedFinding('feed-name-wrong', { name }));
  if (settings.from === '' && settings.kind !== 'push' && settings.kind !== 'connect')
    throw new UsageError(feedFinding('feed-wants-from', { kind: settings.kind }));
  feedAdapters[settings.kind].check?.(settings);
  const all = await ground.store.feeds.all();
  const { state } = all.find((feed) => feed.name === name) ?? { state: undefined };
  const brought = new Set(queuesBrought({ settings, state }));
  if (all.length >= mostFeeds && all.every((feed) => feed.name !== name))
    throw new UsageError(feedFinding('too-many-feeds', { most: mostFeeds }));
  // two that share a queue already may still be changed
  const had = all.filter((feed) => feed.name === name).flatMap(queuesBrought);
  for (const other of all)
    if (other.name !== name)
      for (const queue of queuesBrought(other))
        if (brought.has(queue) && !had.includes(queue))
          throw new UsageError(feedFinding('queue-of-two-feeds', { queue, feed: other.name }));
};

/** Intervals that a feed's queues have since it was first heard of, as they are stored. */
const intervalsOf = async (
  { store, models, now }: FeedGround,
  state: FeedState,
): Promise<FeedRun['intervals']> => {
  const { hotline } = await models();
  const zone = zoneOf(hotline, now());
  const days = [...Object.values(state.files).flatMap(({ days: some }) => some ?? []), ...(state.days ?? [])];
  const ofDays = days.sort().map((day) => zone.earlier(Date.parse(day)));
  const span = {
    fromMillis: Math.min(
      state.earliest === null ? Infinity : startOfInterval({ hotline, zone })(state.earliest),
      ofDays[0] ?? Infinity,
    ),
    toMillis: Math.max((state.watermark ?? -Infinity) + 1, (ofDays.at(-1) ?? -Infinity) + dayMillis),
  };
  if (!Number.isFinite(span.fromMillis + span.toMillis)) return [];
  const all = (await store.trafficSummary()).map(({ queue }) => queue);
  const queues = days.length > 0 ? all : all.filter((queue) => Object.hasOwn(state.quiet, queue));
  const found: FeedRun['intervals'] = [];
  for (const queue of queues) {
    const columns = await store.traffic(queue, span);
    columns.startMillis.forEach((start, i) => {
      const of = (
        name: 'offered' | 'answered' | 'abandoned' | 'waitSecondsTotal' | 'handleSecondsTotal',
        unknown = 0,
      ): number => {
        const value = columns[name][i] ?? 0;
        return Number.isNaN(value) ? unknown : value;
      };
      found.push({
        queue,
        start: withOffset(start, zone.local(start)),
        offered: of('offered'),
        answered: of('answered'),
        abandoned: of('abandoned'),
        waitSecondsTotal: of('waitSecondsTotal'),
        // calls in hand have no part in it
        handleSecondsTotal: of('handleSecondsTotal', state.inHand[`${start} ${queue}`]),
      });
    });
  }
  return found;
};

/** An instant as the wall clock says it, with its offset. */
const withOffset = (instant: number, local: number): string => {
  const minutes = Math.round((local - instant) / 60_000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${new Date(local).toISOString().slice(0, 19)}${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
};

const testFeed = async (ground: FeedGround, feed: StoredFeed, reader: FeedReader): Promise<FeedTest> => {
  const { settings } = feed;
  const counts = noCounts();
  const found = { queues: [] as FeedTest['queues'], unknownEvents: [] as FeedTest['unknownEvents'] };
  const held: Held = {};
  try {
    if (settings.kind === 'folder') counts.read = (await readdir(settings.from)).length;
    const read = settings.kind === 'folder' ? undefined : feedAdapters[settings.kind].read;
    if (read === undefined) return { ok: true, ...counts, ...found, problem: null };
    const portion = await read({
      ...ground,
      name: feed.name,
      settings,
      state: stateOf({ state: undefined }),
      pseudonym: (name) => reader.pseudonym(name),
      queueOf: () => reader.queueOf(feed),
      leftOut: () => reader.leftOut(feed),
      isAsked: true,
      held,
      kept: {},
    });
    const [unknown, queues]: [Record<string, number>, Map<string, Set<string>>] = [{}, new Map()];
    const rows = portion?.rows?.found ?? 0;
    counts.read += rows;
    counts.stored += rows;
    const pass = (name: string): void => {
      counts.unknown += 1;
      countName(unknown, name);
    };
    for (const event of portion?.events ?? []) {
      counts.read += 1;
      if ('fault' in event) counts.refused += 1;
      else if ('passed' in event) pass(event.passed);
      else if (event.unknown !== undefined) pass(event.unknown);
      else {
        counts.stored += 1;
        if (event.queue === '') continue;
        const calls = queues.get(event.queue) ?? new Set();
        queues.set(event.queue, calls.add(event.key));
      }
    }
    const queueOf = await reader.queueOf(feed);
    return {
      ok: counts.read === 0 || counts.refused < counts.read,
      ...counts,
      queues: [...queues].map(([queue, calls]) => ({ queue, as: queueOf(queue) ?? null, calls: calls.size })),
      unknownEvents: Object.entries(unknown).map(([event, count]) => ({ event, count })),
      problem: null,
    };
  } catch (error) {
    return { ok: false, ...counts, ...found, problem: sourceProblem(error, settings.from) };
  } finally {
    await held.now?.close();
  }
};

const pushedFeed = async (
  { store }: FeedGround,
  name: string | undefined,
  kind: 'push' | 'connect' = 'push',
): Promise<StoredFeed> => {
  const all = await store.feeds.all();
  const isPushed = ({ settings }: StoredFeed): boolean =>
    settings.kind === kind && (kind === 'push' || settings.from === '');
  const pushed = all.filter(isPushed);
  const known = pushed.map((feed) => feed.name);
  const found = name === undefined ? pushed : all.filter((feed) => feed.name === name);
  const [feed, ...others] = found;
  if (feed === undefined)
    throw new UsageError(
      name === undefined ? feedFinding('no-feeds') : feedFinding('no-such-feed', { name, known }),
    );
  if (others.length > 0) throw new UsageError(feedFinding('feed-to-name', { known }));
  if (!isPushed(feed)) throw new UsageError(feedFinding('feed-not-pushed', { name: feed.name }));
  return feed;
};

/**
 * Takes rows that were pushed, each by itself: what is wrong with one keeps no other out. All that is sound is stored
 * together, or nothing of it.
 */
const pushRows = async (ground: FeedGround, reader: FeedReader, pushed: Pushed): Promise<PushAnswer> => {
  const { name } = reader;
  let [refusals, unknownQueues]: [Record<string, number>, Record<string, number>] = [{}, {}];
  const stepped = await reader.push((feed) => {
    [refusals, unknownQueues] = [{}, {}];
    return pushedPortion(ground, feed, reader, pushed, refusals, unknownQueues);
  });
  if (stepped === undefined) throw new UsageError(feedFinding('no-such-feed', { name, known: [] }));
  return {
    feed: name,
    ...stepped.counts,
    refusals: Object.entries(refusals).map(([reason, count]) => ({ reason, count })),
    unknownQueues: Object.entries(unknownQueues).map(([queue, count]) => ({ queue, count })),
  };
};

/** Pushed rows as a portion that takes up why some are refused, and which queues the hotline does not have. */
const pushedPortion = async (
  ground: FeedGround,
  feed: StoredFeed,
  reader: FeedReader,
  { calls = [], intervals = [], presence = [] }: Pushed,
  refusals: Record<string, number>,
  unknownQueues: Record<string, number>,
): Promise<Portion> => {
  const { settings } = feed;
  const models = await ground.models();
  const zone = settings.timeZone ?? models.hotline.zone;
  const queueOf = await reader.queueOf(feed);
  /** What the hotline calls a queue; undefined where it has none or leaves it out. */
  const ownQueue = (queue: string): string | undefined => {
    const own = queueOf(queue);
    if (own === undefined && !Object.hasOwn(settings.queues, queue)) countName(unknownQueues, queue);
    return own;
  };
  const isNamed = await queuesOf(ground.store, models);
  const faults: { readonly fault: string }[] = [];
  let left = 0;
  /** What lies far ahead was mistyped: it would move the week that is planned next. */
  const inTime = (place: ReturnType<typeof placeOf>): ReturnType<typeof placeOf> =>
    'at' in place && place.at > ground.now() + aheadMillis ? { fault: 'ahead' } : place;
  /** Minutes of a queue's intervals, and which queue each of the switchboard's is. */
  const steps = new Map<string, number>();
  const queues = new Map<string, string>();
  const known = await inTurns(intervals, (row): TrafficRecord[] => {
    const place = inTime(placeOf(row.start, row.queue, zone));
    if ('fault' in place) {
      faults.push(place);
      return [];
    }
    const isMapped = Object.hasOwn(settings.queues, place.name);
    const isOwn = isMapped || isNamed(place.name);
    if (!isOwn) countName(unknownQueues, place.name);
    const queue = isOwn ? ownQueue(place.name) : undefined;
    if (queue !== undefined) {
      const minutes = steps.get(queue) ?? row.interval_minutes;
      if (minutes === row.interval_minutes && 1440 % minutes === 0) {
        steps.set(queue, minutes);
        const source = isMapped ? place.name : queue;
        queues.set(source, queue);
        return [intervalOf(row, source, place.at)];
      }
      faults.push({ fault: 'mixed-steps' });
      return [];
    }
    if (isMapped) left += 1;
    else faults.push({ fault: 'unknown-queue' });
    return [];
  });
  const there = await inTurns(presence, ({ tier, start, interval_minutes: intervalMinutes, operators }) => {
    const place = inTime(placeOf(start, tier, zone));
    if (!('fault' in place)) return [{ tier: place.name, startMillis: place.at, intervalMinutes, operators }];
    faults.push(place);
    return [];
  });
  const traffic =
    known.length === 0
      ? undefined
      : await readIngested({ ...ground, models, nowMillis: ground.now() }, [], {
          kind: 'traffic',
          intervals: known,
          zone,
          absent: 'gap',
          attribution: 'arrival',
          handleTime: settings.handleTime,
          skipBadRows: true,
          acceptUnusual: true,
          dryRun: false,
          callerKey: ground.secret,
        });
  const rejected = traffic?.rejectedRows ?? [];
  for (const { problem } of rejected) faults.push({ fault: problem.rule });
  const wrong = new Set(rejected.map(({ row }) => row - 1));
  const sound = known.filter((_, i) => !wrong.has(i));
  const turns = turnsOf(stateOf(feed), settings);
  const { feeds } = ground.store;
  const parts = await intervalParts(feeds, feed.name, settings.queues, turns, sound, queues, ground.now());
  const rows: Portion['rows'] = {
    queues: [...new Set(queues.values())],
    kept: parts.kept,
    spans: known.map(({ startMillis, intervalMinutes }) => ({
      from: startMillis,
      to: startMillis + intervalMinutes * 60_000,
    })),
    write: async (into) => {
      const stored = [
        await traffic?.write(parts.addingUp(into)),
        there.length === 0 ? undefined : await into.write('presence', lastOf(there)),
      ].reduce((sum, count) => sum + (count?.added ?? 0) + (count?.changed ?? 0), 0);
      const all = sound.length + there.length;
      return { read: all + left, stored, repeated: all - stored, unknown: left };
    },
    finish: async () => traffic?.finish(),
  };
  function* events() {
    yield* faults;
    for (const call of calls) {
      const event = pushedEvent(call, zone, (said) => reader.pseudonym(said));
      if (!('fault' in event)) ownQueue(event.queue);
      yield event;
    }
  }
  const hasRows = known.length + there.length + left > 0;
  return { events: events(), refusals, ...(hasRows ? { rows } : {}) };
};

/** Rows that are looked at before whatever else waits has its turn. */
const rowsPerTurn = 1000;

/** What each row comes to, with turns for others between. */
const inTurns = async <Row, Found>(
  rows: readonly Row[],
  look: (row: Row) => readonly Found[],
): Promise<readonly Found[]> => {
  const found: Found[] = [];
  for (const [i, row] of rows.entries()) {
    found.push(...look(row));
    if (i % rowsPerTurn === rowsPerTurn - 1) await nextTurn();
  }
  return found;
};

/** Whether a name is a queue's: of the traffic or the hotline model; before the first traffic every name is. */
const queuesOf = async (store: Store, { hotline }: Models): Promise<(name: string) => boolean> => {
  const stored = hotline.madeUp ? [] : (await store.trafficSummary()).map(({ queue }) => queue);
  const names = new Set([
    ...stored,
    ...hotline.queues.flatMap(({ queue, name }) => [queue, ...Object.values(name)]),
  ]);
  return (name) => stored.length === 0 || names.has(name);
};

const intervalOf = (
  row: NonNullable<Pushed['intervals']>[number],
  queue: string,
  startMillis: number,
): TrafficRecord => {
  const figures = {
    answered: row.answered,
    abandoned: row.abandoned,
    shortAbandoned: row.short_abandoned,
    blocked: row.blocked,
    answeredInThreshold: row.answered_in_threshold,
    waitSecondsTotal: row.wait_seconds_total,
    handleSecondsTotal: row.handle_seconds_total,
    operators: row.operators,
  };
  const said = Object.entries(figures).filter(([, figure]) => figure !== undefined);
  const { interval_minutes: intervalMinutes, offered } = row;
  return { queue, startMillis, intervalMinutes, offered, ...Object.fromEntries(said) };
};

/** Of several records of one tier and interval the last one. */
const lastOf = (records: readonly PresenceRecord[]): PresenceRecord[] => [
  ...new Map(records.map((record) => [`${record.startMillis} ${record.tier}`, record])).values(),
];

/** Pseudonyms that are kept at hand, twice so many at most. */
const mostPseudonyms = 1000;

const pseudonyms = (secret: string): ((name: string) => string) => {
  const hash = keyedHash(secret);
  const encoder = new TextEncoder();
  const room = new Uint8Array(64);
  /** Those met lately, and those met before them: operators, who come again and again, stay among callers who do not. */
  let [lately, earlier] = [new Map<string, string>(), new Map<string, string>()];
  const keep = (name: string, text: string): string => {
    if (lately.size >= mostPseudonyms) [lately, earlier] = [new Map(), lately];
    lately.set(name, text);
    return text;
  };
  return (name) => {
    const before = lately.get(name);
    if (before !== undefined) return before;
    const met = earlier.get(name);
    if (met !== undefined) return keep(name, met);
    let length = 0;
    while (length < name.length && length < room.length && name.charCodeAt(length) < 128) {
      room[length] = name.charCodeAt(length);
      length += 1;
    }
    const bytes = length === name.length ? room : encoder.encode(name);
    return keep(name, String(hash(bytes, 0, length === name.length ? length : bytes.length)));
  };
};
