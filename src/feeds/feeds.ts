import { readdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import {
  type FeedDocument,
  feedNameSchema,
  type FeedRun,
  type FeedSettings,
  type FeedTest,
  type PushAnswer,
  type Pushed,
} from '../contract/documents/feed-documents.ts';
import { keyedHash } from '../ingest/cells/call-ids.ts';
import { emptyMap } from '../ingest/columns/map-file.ts';
import { byteSourceOf } from '../ingest/tables/byte-source.ts';
import { type Problem, UsageError } from '../kernel/errors.ts';
import { readIngested } from '../planning/ingest-files.ts';
import type { Feeds, StoredFeed } from '../planning/ports.ts';
import { madeOfSecret } from '../access/secrets.ts';
import { csvOf, pushedEvent } from './call-records.ts';
import type { FeedGround, Held, Portion } from './feed-adapter.ts';
import { feedAdapters } from './feed-adapters.ts';
import { feedFinding, sourceProblem } from './feed-findings.ts';
import { FeedReader, type Stepped } from './feed-reader.ts';
import { startOfInterval, zoneOf } from './feed-records.ts';
import {
  type Counts,
  countName,
  feedDocument,
  type FeedState,
  newState,
  noCounts,
  stateOf,
} from './feed-state.ts';

/** Under which a workspace's feeds hide callers and operators: made of its token, so that it stands in no database or backup. */
export const feedSecret = (token: string): string => madeOfSecret(token, 'feeds');

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
      await store.feeds.put(name, settings);
      for (const wake of idle) wake();
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
      return pushRows(ground, feed, readerOf(feed.name), rows);
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
  if (settings.kind !== 'push' && settings.from === '')
    throw new UsageError(feedFinding('feed-wants-from', { kind: settings.kind }));
  feedAdapters[settings.kind].check?.(settings);
  const own = new Set(Object.values(settings.queues));
  const all = await ground.store.feeds.all();
  if (all.length >= mostFeeds && all.every((feed) => feed.name !== name))
    throw new UsageError(feedFinding('too-many-feeds', { most: mostFeeds }));
  for (const other of all)
    if (other.name !== name)
      for (const queue of Object.values(other.settings.queues))
        if (queue !== null && own.has(queue))
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
    toMillis: Math.max((state.watermark ?? -Infinity) + 1, (ofDays.at(-1) ?? -Infinity) + 86_400_000),
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
      ): number => {
        const value = columns[name][i] ?? 0;
        return Number.isNaN(value) ? 0 : value;
      };
      found.push({
        queue,
        start: withOffset(start, zone.local(start)),
        offered: of('offered'),
        answered: of('answered'),
        abandoned: of('abandoned'),
        waitSecondsTotal: of('waitSecondsTotal'),
        handleSecondsTotal: of('handleSecondsTotal'),
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
      settings,
      state: newState(),
      pseudonym: (name) => reader.pseudonym(name),
      isAsked: true,
      held,
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

const pushedFeed = async ({ store }: FeedGround, name: string | undefined): Promise<StoredFeed> => {
  const all = await store.feeds.all();
  const pushed = all.filter(({ settings }) => settings.kind === 'push');
  const known = pushed.map((feed) => feed.name);
  const found = name === undefined ? pushed : all.filter((feed) => feed.name === name);
  const [feed, ...others] = found;
  if (feed === undefined)
    throw new UsageError(
      name === undefined ? feedFinding('no-feeds') : feedFinding('no-such-feed', { name, known }),
    );
  if (others.length > 0) throw new UsageError(feedFinding('feed-to-name', { known }));
  if (feed.settings.kind !== 'push')
    throw new UsageError(feedFinding('feed-not-pushed', { name: feed.name }));
  return feed;
};

/**
 * Interval rows and presence as files of one row or many, and calls, which are put together with those before: all that
 * was pushed is stored together, or nothing of it.
 */
const pushRows = async (
  ground: FeedGround,
  { name, settings }: StoredFeed,
  reader: FeedReader,
  { calls = [], intervals = [], presence = [] }: Pushed,
): Promise<PushAnswer> => {
  const models = await ground.models();
  const zone = settings.timeZone ?? models.hotline.zone;
  const files: Awaited<ReturnType<typeof readIngested>>[] = [];
  for (const [kind, rows] of [
    ['traffic', intervals],
    ['presence', presence],
  ] as const) {
    if (rows.length === 0) continue;
    const map = { ...emptyMap, ...(kind === 'traffic' ? { values: { queue: settings.queues } } : {}) };
    files.push(
      await readIngested(
        { ...ground, models, nowMillis: ground.now() },
        [byteSourceOf('feed', tableOf(rows))],
        {
          kind,
          zone,
          map,
          absent: 'gap',
          attribution: 'arrival',
          handleTime: settings.handleTime,
          skipBadRows: false,
          acceptUnusual: true,
          dryRun: false,
          callerKey: ground.secret,
        },
      ),
    );
  }
  const rows: Portion['rows'] = {
    write: async (into) => {
      const read = intervals.length + presence.length;
      let stored = 0;
      for (const { write } of files) {
        const { added, changed } = await write(into);
        stored += added + changed;
      }
      return { read, stored, repeated: read - stored };
    },
    finish: async () => {
      for (const { finish } of files) await finish();
    },
  };
  const refusals: Record<string, number> = {};
  const events = eventsOf(calls, zone, (said) => reader.pseudonym(said));
  const stepped = await reader.push({ events, refusals, ...(files.length === 0 ? {} : { rows }) });
  if (stepped === undefined) throw new UsageError(feedFinding('no-such-feed', { name, known: [] }));
  const { counts } = stepped;
  return {
    feed: name,
    ...counts,
    refusals: Object.entries(refusals).map(([reason, count]) => ({ reason, count })),
  };
};

/** Calls as events, each as it is asked for; the same again where they are asked for again. */
const eventsOf = (
  calls: NonNullable<Pushed['calls']>,
  zone: string,
  pseudonym: (said: string) => string,
): Portion['events'] => ({
  *[Symbol.iterator]() {
    for (const call of calls) yield pushedEvent(call, zone, pseudonym);
  },
});

const tableOf = (rows: readonly Readonly<Record<string, string | number | undefined>>[]): string => {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return csvOf(
    names,
    rows.map((row) => names.map((name) => row[name])),
  );
};

/** Pseudonyms under a secret. */
const pseudonyms = (secret: string): ((name: string) => string) => {
  const hash = keyedHash(secret);
  const encoder = new TextEncoder();
  const room = new Uint8Array(64);
  /** Operators, who come again and again. */
  const known = new Map<string, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    let length = 0;
    while (length < name.length && length < room.length && name.charCodeAt(length) < 128) {
      room[length] = name.charCodeAt(length);
      length += 1;
    }
    const bytes = length === name.length ? room : encoder.encode(name);
    const said = String(hash(bytes, 0, length === name.length ? length : bytes.length));
    if (known.size < 5000) known.set(name, said);
    return said;
  };
};
