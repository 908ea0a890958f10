import { copyFile, mkdir, symlink, truncate, appendFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { asText, makeCalls, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';

/** What a feed brings and how far it has come are stored as one, and nothing else is held up or read meanwhile. */
const opened: OpenedFeeds[] = [];
const open = async (now?: () => number): Promise<OpenedFeeds> => {
  const feeds = await openFeeds(now);
  opened.push(feeds);
  return feeds;
};
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const halfHours = (rows: number) =>
  Array.from({ length: rows }, (_, i) => ({
    queue: i % 2 === 0 ? 'general' : 'welfare',
    start: new Date(Date.parse('2026-01-05T00:00:00Z') + Math.floor(i / 2) * 1_800_000).toISOString(),
    interval_minutes: 30,
    offered: 10 + (i % 7),
    answered: 9 + (i % 7),
    abandoned: 1,
    wait_seconds_total: 200,
    handle_seconds_total: 2000,
  }));

/** Intervals with calls: which of the others stand there depends on what a file is taken to say. */
const withCalls = (rows: readonly string[]): string[] => rows.filter((row) => !/^\S+ \S+ 0 /.test(row));

const atOf = (line: string | undefined): number => Number((line ?? '').split('|')[0]) * 1000;

/** Cuts the database off where a feed says how far it has come, as a process that ends there would. */
const cutOff = (folder: string): (() => void) => {
  const database = new DatabaseSync(join(folder, 'huawu.db'));
  database.exec(
    "create trigger cut_off before update of state on feeds begin select raise(abort, 'cut off'); end",
  );
  return () => {
    database.exec('drop trigger cut_off');
    database.close();
  };
};

test('rows that are pushed are there with how far the feed has come, or not at all', async () => {
  const { folder, another, stored, store } = await open();
  const feeds = another();
  await feeds.put('push', settingsOf({ kind: 'push' }));
  const { rows } = makeCalls(5, 60, 3);
  const calls = rows.map((row) => ({ ...row, caller: String(row['caller']) })) as never;
  const presence = [{ tier: 'all', start: '2026-01-05T00:00:00Z', interval_minutes: 30, operators: 4 }];
  const all = { calls, intervals: halfHours(40), presence };
  const mend = cutOff(folder);
  await expect(feeds.push('push', all)).rejects.toThrow('cut off');
  expect(await stored()).toEqual([]);
  expect(await store.read('presence')).toEqual([]);
  mend();
  const read = rows.length + 41;
  expect(await feeds.push('push', all)).toMatchObject({ read, stored: read, repeated: 0 });
  expect(await feeds.push('push', all)).toMatchObject({ read, stored: 0, repeated: read });
  expect((await feeds.list())[0]).toMatchObject({ read: 2 * read, stored: read, repeated: read });
  expect((await store.read('presence')).find(({ operators }) => operators === 4)).toBeDefined();
});

test('files of a folder are there with how far the feed has come, or not at all', async () => {
  const { folder, another, stored } = await open();
  const place = join(folder, 'exports');
  await mkdir(place);
  const { csv } = makeCalls(6, 80, 4);
  await writeFile(join(place, 'day.csv'), csv);
  await another().put('files', settingsOf({ kind: 'folder', from: place }));
  const mend = cutOff(folder);
  await expect(another().run('files')).rejects.toThrow('cut off');
  expect(await stored()).toEqual([]);
  mend();
  expect(await another().run('files')).toMatchObject({ read: 80, stored: 80 });
  expect(await another().run('files')).toMatchObject({ read: 0, total: { read: 80, stored: 80 } });
  const got = await stored();
  const other = await open();
  await other.ingest(csv);
  expect(withCalls(got)).toEqual(withCalls(await other.stored()));
});

test('a log that was copied and cut while nobody read: its copy is read to the end, then there is a break', async () => {
  let now = 0;
  const { folder, another, stored } = await open(() => now);
  const { lines, csv } = makeCalls(11, 200, 12);
  now = atOf(lines[99]) + 1000;
  const path = join(folder, 'queue_log');
  const part = (from: number, to?: number): string => asText(lines.slice(from, to));
  await writeFile(path, part(0, 100));
  await another().put('pbx', settingsOf({ kind: 'queue-log', from: path }));
  await another().run('pbx');
  await appendFile(path, part(100, 200));
  await copyFile(path, `${path}.1`);
  await truncate(path, 0);
  await appendFile(path, part(200, 220));
  now = atOf(lines[219]) + 1000;
  const first = await another({ pieceBytes: 900, piecesPerStep: 3 }).run('pbx');
  // The gap is asked for again: what stands at its edges is read twice, and counts once.
  expect([first.stored, first.read - first.repeated]).toEqual([120, 120]);
  await appendFile(path, part(220));
  now = atOf(lines.at(-1)) + 1000;
  expect(await another().run('pbx')).toMatchObject({ stored: lines.length - 220, repeated: 0 });
  const [feed] = await another().list();
  expect([feed?.stored, (feed?.read ?? 0) - (feed?.repeated ?? 0)]).toEqual([lines.length, lines.length]);
  // between the copy and the cut something may have been written: that is said once
  const before = atOf(lines[199]);
  expect(feed?.gaps.map(({ from, to }) => [Date.parse(from), Date.parse(to)])).toEqual([
    [
      before,
      lines
        .slice(200)
        .map(atOf)
        .find((at) => at > before),
    ],
  ]);
  const other = await open();
  await other.ingest(csv);
  expect(withCalls(await stored())).toEqual(withCalls(await other.stored()));
});

test('a log that was cut while nobody read, without a copy, and is longer than before: a gap, nothing twice', async () => {
  let now = 0;
  const { folder, another } = await open(() => now);
  const { lines } = makeCalls(12, 200, 12);
  now = atOf(lines[49]) + 1000;
  const path = join(folder, 'queue_log');
  await writeFile(path, asText(lines.slice(0, 50)));
  await another().put('pbx', settingsOf({ kind: 'queue-log', from: path }));
  await another().run('pbx');
  await truncate(path, 0);
  await appendFile(path, asText(lines.slice(100)));
  now = atOf(lines.at(-1)) + 1000;
  const cut = await another().run('pbx');
  expect([cut.stored, cut.read - cut.repeated]).toEqual([lines.length - 100, lines.length - 100]);
  const [feed] = await another().list();
  expect(feed?.gaps.map(({ from, to }) => [Date.parse(from), Date.parse(to)])).toEqual([
    [atOf(lines[49]) + 1000, atOf(lines[100])],
  ]);
});

test('a link that leads out of a watched folder is not read, and said; one within is', async () => {
  const { folder, another, stored } = await open();
  const [place, elsewhere] = [join(folder, 'exports'), join(folder, 'elsewhere.csv')];
  await mkdir(place);
  await writeFile(elsewhere, makeCalls(7, 30, 2).csv);
  await symlink(elsewhere, join(place, 'out.csv'));
  await symlink(tmpdir(), join(place, 'folder'));
  await another().put('files', settingsOf({ kind: 'folder', from: place }));
  expect(await another().run('files')).toMatchObject({ read: 1, stored: 0, refused: 1 });
  expect((await another().list())[0]?.files).toMatchObject([
    { file: 'out.csv', why: { rule: 'feed-link-leads-out' } },
  ]);
  expect(await stored()).toEqual([]);
  expect(await another().run('files')).toMatchObject({ read: 0 });
  await writeFile(join(place, '.day'), makeCalls(7, 30, 2).csv);
  await symlink(join(place, '.day'), join(place, 'in.csv'));
  expect(await another().run('files')).toMatchObject({ read: 30, stored: 30 });
});

test('a hotline has fifty feeds at most', async () => {
  const { another } = await open();
  const feeds = another();
  for (let i = 0; i < 50; i += 1) await feeds.put(`push-${i}`, settingsOf({ kind: 'push' }));
  await expect(feeds.put('one-more', settingsOf({ kind: 'push' }))).rejects.toThrow('too-many-feeds');
  expect(await feeds.put('push-7', settingsOf({ kind: 'push', lateHours: 2 }))).toMatchObject({
    lateHours: 2,
  });
});

test('ten thousand rows that are pushed leave whoever else waits a turn again and again', async () => {
  const { another } = await open();
  const feeds = another();
  await feeds.put('push', settingsOf({ kind: 'push' }));
  const { rows } = makeCalls(13, 10_000, 12);
  const of = (i: number) => ({
    start: new Date(Date.parse('2025-11-20T00:00:00Z') + i * 1_800_000).toISOString(),
    interval_minutes: 30,
  });
  const pushed = {
    calls: rows.map((row) => ({ ...row, caller: String(row['caller']) })) as never,
    intervals: rows.map((_, i) => ({ ...of(i), queue: 'general', offered: 20 + (i % 7) })),
    presence: rows.map((_, i) => ({ ...of(i), tier: 'all', operators: 5 })),
  };
  for (const [kind, leastTurns] of [
    ['calls', 40],
    ['intervals', 15],
    ['presence', 15],
  ] as const) {
    let [longest, turns, isOver] = [0, 0, false];
    let used = process.cpuUsage();
    const turn = (): void => {
      const { user, system } = process.cpuUsage(used);
      longest = Math.max(longest, (user + system) / 1000);
      used = process.cpuUsage();
      turns += 1;
      if (!isOver) setImmediate(turn);
    };
    setImmediate(turn);
    const answer = await feeds.push('push', { [kind]: pushed[kind] });
    isOver = true;
    expect(answer).toMatchObject({ read: 10_000, stored: 10_000 });
    expect(turns, kind).toBeGreaterThan(leastTurns);
    expect(longest, kind).toBeLessThan(400);
  }
});
