import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import type { FeedSettings } from '../../src/contract/documents/feed-documents.ts';
import { openFeeds, type OpenedFeeds, settingsOf } from './open-feeds.ts';

/** What servers of databases are opened with in tests. */
export const password = 'for-tests';

/**
 * Feeds that query a database at `from` on a timetable: the clock that they go by, feeds of a fresh workspace, and the
 * settings of a query. Called after a file's own `afterAll`, so that feeds end before the database does.
 */
export const useSqlFeeds = (from: () => string) => {
  const clock = { now: Date.parse('2026-11-24T08:00:00Z') };
  const opened: OpenedFeeds[] = [];
  beforeAll(() => {
    process.env['HUAWU_FEED_TEST'] = password;
  });
  afterAll(async () => {
    delete process.env['HUAWU_FEED_TEST'];
    for (const each of opened) await each.close();
  });
  const open = async (): Promise<OpenedFeeds> => {
    const feeds = await openFeeds(() => clock.now);
    opened.push(feeds);
    return feeds;
  };
  const ask = (query: string, more: Partial<FeedSettings> = {}): FeedSettings =>
    settingsOf({
      kind: 'sql',
      from: from(),
      secret: 'env:HUAWU_FEED_TEST',
      query,
      timeZone: 'Asia/Shanghai',
      ...more,
    });
  /** Milliseconds that feeds take to end while a database, greeting as `greet` does, says nothing of what it was asked. */
  const endBesideSilence = async (
    settings: (port: number) => FeedSettings,
    greet: (socket: Socket) => void = () => undefined,
  ): Promise<number> => {
    const silent = createServer((socket) => {
      socket.on('error', () => undefined);
      greet(socket);
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { another } = await open();
    const feeds = another();
    const { port } = silent.address() as AddressInfo;
    await feeds.put('db', settings(port));
    const heard = once(silent, 'connection');
    const stop = feeds.follow();
    await heard;
    await pause(500);
    const asked = performance.now();
    await stop();
    silent.close();
    return performance.now() - asked;
  };
  return { clock, open, ask, endBesideSilence };
};
