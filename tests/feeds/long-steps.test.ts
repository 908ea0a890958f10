import { afterEach, expect, test, vi } from 'vitest';
import { fileUnpacker } from '../../src/engine/file-unpacker.ts';
import { CallBook } from '../../src/feeds/call-book.ts';
import type { FeedAdapter } from '../../src/feeds/feed-adapter.ts';
import { feedAdapters } from '../../src/feeds/feed-adapters.ts';
import { FeedReader } from '../../src/feeds/feed-reader.ts';
import { readQueueLogLine } from '../../src/feeds/queue-log.ts';
import { openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';

/** Steps of many events, and of many portions. */
const opened: OpenedFeeds[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const each of opened.splice(0)) await each.close();
});

const now = Date.parse('2026-11-24T08:00:00Z');

const readerWith = async (read: FeedAdapter['read']): Promise<FeedReader> => {
  const feeds = await openFeeds();
  opened.push(feeds);
  await feeds.another().put('hall', settingsOf({ kind: 'queue-log', from: '/log' }));
  const ground = {
    store: feeds.store,
    models: async () => feeds.models,
    saveHotline: async () => undefined,
    unpacker: fileUnpacker,
    now: () => now,
    secret: 'a secret of the test',
    pieceBytes: 4_000_000,
    piecesPerStep: 8,
  };
  const adapters = { ...feedAdapters, 'queue-log': { ...feedAdapters['queue-log'], read } as FeedAdapter };
  return new FeedReader('hall', ground, adapters, (name) => name);
};

const event = (i: number) => {
  const at = now / 1000 - 3600 + (i % 3000);
  const read = readQueueLogLine(`${at}|call-${i}|general|NONE|ENTERQUEUE||1|1`, (name) => name);
  if ('fault' in read) throw new Error(read.fault);
  return read;
};

test('many events are worked out in between, whatever was passed over before them', async () => {
  const settle = vi.spyOn(CallBook.prototype, 'settle');
  let isRead = false;
  const reader = await readerWith(async () => {
    if (isRead) return undefined;
    isRead = true;
    return { events: Array.from({ length: 20_500 }, (_, i) => event(i)), counts: { read: 7, repeated: 7 } };
  });
  expect((await reader.step())?.counts.read).toBe(20_507);
  expect(settle).toHaveBeenCalledTimes(2);
});

test.each([
  ['our own error', new TypeError('no such figure'), true],
  ["the source's fault", Object.assign(new Error('gone'), { code: 'ENOENT' }), false],
])('what breaks off a long reading: %s', async (_, error, isOurs) => {
  let turn = 0;
  const reader = await readerWith(async () => {
    turn += 1;
    if (turn === 1) return { events: [event(1)], cursor: { turn }, more: true };
    throw error;
  });
  const stepped = await reader.step();
  expect(stepped?.failed).toBe(isOurs ? error : undefined);
  expect(stepped?.counts.stored).toBe(isOurs ? 0 : 1);
});
