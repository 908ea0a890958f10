import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { connect } from '../../src/feeds/connect.ts';
import type { FeedState, ReadingGround, SeenFile } from '../../src/feeds/feed-adapter.ts';
import { readFolder } from '../../src/feeds/watch-folder.ts';
import { caughtUpTo } from '../../src/planning/history/read-history.ts';
import { isLongRun } from '../support/sweep.ts';
import { drawer, makeCalls, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';

/** A folder that exports land in: each file is read once, and what is stored is what all of them say together. */
const opened: OpenedFeeds[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const longAgo = new Date('2026-11-21T00:00:00Z');
const open = async () => {
  const feeds = await openFeeds();
  opened.push(feeds);
  const drop = join(feeds.folder, 'drop');
  await mkdir(drop);
  await feeds.another().put('files', settingsOf({ kind: 'folder', from: drop }));
  /** Writes a file in its place, as it looked before where it is as long. */
  const put = async (name: string, text: string): Promise<void> => {
    await writeFile(join(drop, name), text);
    await utimes(join(drop, name), longAgo, longAgo);
  };
  const offered = async (): Promise<number> => {
    let sum = 0;
    for (const { queue } of await feeds.store.trafficSummary())
      sum += (await feeds.store.traffic(queue)).offered.reduce((total, calls) => total + calls, 0);
    return sum;
  };
  return { ...feeds, drop, put, offered };
};

const heading = 'call_id,queue,arrived_at,wait_seconds,outcome,handle_seconds,caller,operator';
const fileOf = (rows: readonly string[]): string => `${[heading, ...rows].join('\n')}\n`;

test('a file of calls that was read and has not changed is not read again', async () => {
  const { another, put, offered } = await open();
  const rows = makeCalls(3, 60, 4).csv.trim().split('\n').slice(1);
  const feeds = another();
  const first = fileOf(rows.slice(0, 30));
  await put('a.csv', first);
  await feeds.run('files');
  await put('a.csv', 'x'.repeat(first.length));
  await put('b.csv', fileOf(rows.slice(30)));
  expect(await feeds.run('files')).toMatchObject({ read: 30, stored: 30, refused: 0 });
  expect(await offered()).toBe(60);
});

test('the day waits for no feed of files: none tells until when it has brought all', async () => {
  const { another, put, store } = await open();
  await put('a.csv', makeCalls(3, 60, 4).csv);
  await another().run('files');
  const [feed] = await store.feeds.all();
  const nowMillis = Date.parse('2026-11-24T08:00:00Z');
  expect(feed?.state).toMatchObject({ watermark: null, gainsUntil: nowMillis + 60_000 });
  expect(await caughtUpTo({ store, nowMillis })).toBeUndefined();
});

test("a map's own names of queues count where the feed has none; what was refused without it is read by it", async () => {
  const { another, drop, put, store } = await open();
  const feeds = another();
  await put('a.csv', 'a1,8001,2026-11-20T08:00:00Z,5,60\na2,8002,2026-11-20T08:10:00Z,7,90\n');
  expect(await feeds.run('files')).toMatchObject({ stored: 0, refused: 1 });
  const map = {
    kind: 'calls',
    headings: ['id', 'to', 'at', 'wait', 'talk'],
    columns: { call_id: 'id', queue: 'to', arrived_at: 'at', wait_seconds: 'wait', handle_seconds: 'talk' },
    constants: { outcome: 'answered' },
    values: { queue: { 8001: 'general', 8002: null } },
  };
  await feeds.put('files', settingsOf({ kind: 'folder', from: drop, map }));
  expect(await feeds.run('files')).toMatchObject({ read: 2, stored: 1, unknown: 1, refused: 0 });
  expect((await store.trafficSummary()).map(({ queue }) => queue)).toEqual(['general']);
  expect(await feeds.run('files')).toMatchObject({ read: 0 });
});

test('a folder that was read before queues were noted has its own, its newest file counted once', async () => {
  const { another, put, offered, store } = await open();
  await put('a.csv', fileOf(makeCalls(3, 60, 4).csv.trim().split('\n').slice(1)));
  const { total } = await another().run('files');
  const [feed] = await store.feeds.all();
  const { brings, ...state } = (feed?.state ?? {}) as FeedState;
  expect(brings).not.toEqual([]);
  const nothing = { calls: [], traffic: [], partial: [], presence: [], quiet: [], replacesMadeUp: false };
  await store.feeds.move('files', feed?.version ?? 0, { ...nothing, state, handleTime: 'arrival' });
  expect((await another().list())[0]?.brings).toEqual([]);
  expect((await another().run('files')).total).toEqual(total);
  expect((await another().list())[0]?.brings).toEqual(brings);
  expect(await offered()).toBe(60);
  expect(await another().run('files')).toMatchObject({ read: 0 });
  expect((await store.feeds.all())[0]?.version).toBe((feed?.version ?? 0) + 2);
});

test.runIf(isLongRun)(
  'exports of five minutes cost as much at the end of a day as at its beginning',
  async () => {
    const { another, put, offered } = await open();
    const feeds = another();
    const call = (i: number, k: number): string => {
      const at = new Date(1_795_737_600_000 + i * 300_000).toISOString();
      return `${i}-${k},sales,${at},5,answered,60,138${k % 7},${k % 5}`;
    };
    /** Processor seconds of the next 25 exports. */
    const cost = async (from: number): Promise<number> => {
      for (let i = from; i < from + 25; i += 1)
        await put(
          `calls-${String(i).padStart(3, '0')}.csv`,
          fileOf(Array.from({ length: 100 }, (_, k) => call(i, k))),
        );
      const before = process.cpuUsage();
      expect(await feeds.run('files')).toMatchObject({ stored: 2500, refused: 0 });
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    };
    const early = await cost(0);
    await cost(25);
    await cost(50);
    // Other work on the machine only ever adds.
    expect(Math.min(await cost(75), await cost(100))).toBeLessThan(1.5 * early + 0.4);
    expect(await offered()).toBe(12_500);
  },
);

test('files that come to nothing are written down together', async () => {
  const { another, put, store } = await open();
  for (let i = 0; i < 120; i += 1) await put(`odd-${i}.csv`, `foo,bar${i}\n1,${i}\n`);
  expect(await another().run('files')).toMatchObject({ read: 120, refused: 120 });
  const [feed] = await store.feeds.all();
  expect(feed?.version).toBeLessThan(5);
});

test.each([
  ['folder', readFolder],
  ['connect', connect.read],
] as const)(
  'many known files are looked at anew once a minute, and at once where one comes or goes: %s',
  async (_, read) => {
    const folder = await mkdtemp(join(tmpdir(), 'huawu-many-'));
    try {
      const hash = createHash('sha256').update('x').digest('base64');
      const files: Record<string, SeenFile> = {};
      for (let i = 0; i < 600; i += 1) {
        await writeFile(join(folder, `${i}`), 'x');
        await utimes(join(folder, `${i}`), longAgo, longAgo);
        const { ino, mtimeNs, mtimeMs } = await stat(join(folder, `${i}`), { bigint: true });
        files[i] = { looks: `1:${read === readFolder ? mtimeNs : mtimeMs}:${ino}`, hash };
      }
      await utimes(folder, longAgo, longAgo);
      vi.useFakeTimers({ toFake: ['performance'] });
      const quiet = async (): Promise<void> => {
        for (let looks = 0; looks < 2; looks += 1) {
          expect(await read?.(ground)).toBeUndefined();
          vi.advanceTimersByTime(2_000);
        }
        expect(await read?.(ground)).toBeUndefined();
      };
      const ground = {
        ...{ settings: settingsOf({ kind: 'folder', from: folder }), state: { files }, held: {}, kept: {} },
        ...{ isAsked: false, now: Date.now, pseudonym: String },
      } as unknown as ReadingGround;
      await quiet();
      await utimes(join(folder, '7'), longAgo, new Date());
      const before = process.cpuUsage();
      for (let i = 0; i < 20; i += 1) expect(await read?.(ground)).toBeUndefined();
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1e6).toBeLessThan(0.1);
      expect(Object.keys((await read?.({ ...ground, isAsked: true }))?.files ?? {})).toEqual(['7']);
      await rm(join(folder, '9'));
      expect(Object.keys((await read?.(ground))?.files ?? {})).toContain('9');
      await writeFile(join(folder, '9'), 'x');
      await utimes(join(folder, '9'), longAgo, longAgo);
      const { ino, mtimeNs, mtimeMs } = await stat(join(folder, '9'), { bigint: true });
      files['9'] = { looks: `1:${read === readFolder ? mtimeNs : mtimeMs}:${ino}`, hash };
      await utimes(join(folder, '7'), longAgo, longAgo);
      await quiet();
      await utimes(join(folder, '7'), longAgo, new Date());
      expect(await read?.(ground)).toBeUndefined();
      vi.advanceTimersByTime(60_000);
      expect(Object.keys((await read?.(ground))?.files ?? {})).toEqual(['7']);
    } finally {
      vi.useRealTimers();
      await rm(folder, { recursive: true });
    }
  },
);

test('whatever files come, change, go and are renamed: a reader that stays stores what one that begins anew does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 1e9 }), async (seed) => {
      const draw = drawer(seed);
      const rows = makeCalls(seed, 80, 30).csv.trim().split('\n').slice(1);
      const [one, other] = [await open(), await open()];
      const stays = one.another();
      const names = ['a.csv', 'b.csv', 'c.csv', 'd.csv'];
      for (let turn = 0; turn < 8; turn += 1) {
        const name = names[draw(names.length)] ?? '';
        const does = draw(6);
        const some = rows.filter((_, i) => i % names.length === names.indexOf(name) && draw(4) > 0);
        for (const { drop, put } of [one, other]) {
          if (does === 0) await rename(join(drop, name), join(drop, `r${name}`)).catch(() => undefined);
          else if (does === 1) await rm(join(drop, name), { force: true });
          else if (does === 2) await put(name, 'no,table\n1');
          else await put(name, fileOf(some));
          // a file that is written anew has another date
          const at = new Date(longAgo.getTime() + 1000 * turn);
          if (does > 1) await utimes(join(drop, name), at, at);
        }
        const [kept, anew] = [await stays.run('files'), await other.another().run('files')];
        expect(kept).toEqual(anew);
      }
      expect(await one.stored()).toEqual(await other.stored());
    }),
    // the first has a file that is written anew in the same length
    { numRuns: isLongRun ? 30 : 4, examples: [[792542299]] },
  );
});
