import { copyFile, mkdir, symlink, truncate, appendFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { asText, makeCalls, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';
import { isLongRun } from '../support/sweep.ts';

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
    // Ten times what the longest takes that compiles and clears memory as well.
    expect(longest, kind).toBeLessThan(1200);
  }
});

/** Ways in by which a half-hour of a queue comes: rows by interval, calls, lines of a log, records of a stream. */
const ways = ['push', 'push-calls', 'folder', 'folder-calls', 'queue-log', 'connect'] as const;
type Way = (typeof ways)[number];
const halfHour = Date.parse('2026-11-24T07:00:00Z');

/** Feeds of these kinds in one hotline whose queues are known; each brings a number of calls of its own to a half-hour. */
const openWays = async (used: readonly Way[]) => {
  const feeds = await open();
  const known = ['a', 'b', 'c'].map((queue) => `${queue},2026-11-20 15:00,30,20,18,2`);
  await mkdir(join(feeds.folder, 'known'));
  await writeFile(
    join(feeds.folder, 'known', 'x.csv'),
    `queue,start,interval_minutes,offered,answered,abandoned\n${known.join('\n')}\n`,
  );
  const first = feeds.another();
  await first.put('known', settingsOf({ kind: 'folder', from: join(feeds.folder, 'known') }));
  await first.run('known');
  await first.remove('known');
  const all = used.map((way, i) => ({
    way,
    name: `${way}-${i}`,
    calls: 12 + i,
    place: join(feeds.folder, `${i}`),
  }));
  const reader = feeds.another();
  for (const { way, name, place } of all) {
    if (way.startsWith('folder')) await mkdir(place);
    if (way === 'queue-log') await writeFile(place, '');
    const kind = way === 'push-calls' ? 'push' : way === 'folder-calls' ? 'folder' : way;
    const from = kind === 'folder' || kind === 'queue-log' ? { from: place } : {};
    await reader.put(name, settingsOf({ kind, ...from }));
  }
  let files = 0;
  const callsOf = ({ name, calls }: (typeof all)[number], queues: readonly string[]) =>
    queues.flatMap((queue) =>
      Array.from({ length: calls }, (_, i) => ({
        id: `${name}-${queue}-${i}`,
        queue,
        at: halfHour + 60_000 * (i + 1),
      })),
    );
  const bring = async (feed: (typeof all)[number], queues: readonly string[]): Promise<void> => {
    const { way, name, calls, place } = feed;
    const own = callsOf(feed, queues);
    const start = new Date(halfHour).toISOString();
    files += 1;
    if (way === 'push') {
      const intervals = queues.map((queue) => ({ queue, start, interval_minutes: 30, offered: calls }));
      await reader.push(name, { intervals });
    } else if (way === 'push-calls') {
      const rows = own.map(({ id, queue, at }) => ({
        call_id: id,
        queue,
        arrived_at: new Date(at).toISOString(),
        wait_seconds: 3,
        outcome: 'abandoned' as const,
      }));
      await reader.push(name, { calls: rows });
    } else if (way === 'connect') {
      const iso = (at: number): string => new Date(at).toISOString();
      const records = own.map(({ id, queue, at }) => ({
        ContactId: id,
        Channel: 'VOICE',
        LastUpdateTimestamp: iso(at + 9000),
        DisconnectTimestamp: iso(at + 3000),
        Queue: { Name: queue, EnqueueTimestamp: iso(at), DequeueTimestamp: iso(at + 3000) },
      }));
      await reader.pushStream(
        name,
        records.map((each) => Buffer.from(JSON.stringify(each)).toString('base64')),
      );
    } else if (way === 'queue-log') {
      const lines = own.flatMap(({ id, queue, at }) => [
        `${at / 1000}|${id}|${queue}|NONE|ENTERQUEUE||1|1`,
        `${at / 1000 + 3}|${id}|${queue}|NONE|ABANDON|1|1|3`,
      ]);
      await appendFile(place, asText(lines));
      await reader.run(name);
    } else {
      const rows =
        way === 'folder'
          ? [
              'queue,start,interval_minutes,offered',
              ...queues.map((queue) => `${queue},${start},30,${calls}`),
            ]
          : [
              'call_id,queue,arrived_at,wait_seconds,outcome',
              ...own.map(({ id, queue, at }) => `${id},${queue},${new Date(at).toISOString()},3,abandoned`),
            ];
      await writeFile(join(place, `${files}.csv`), asText(rows));
      await reader.run(name);
    }
  };
  const offered = async (queue: string): Promise<number | undefined> => {
    const { startMillis, offered: calls } = await feeds.store.traffic(queue);
    return calls[startMillis.indexOf(halfHour)];
  };
  return { all, bring, offered, reader, feeds };
};

test('a queue is brought by one feed, by whatever way it comes and in whatever order', async () => {
  const steps = fc.array(fc.tuple(fc.nat(5), fc.subarray(['a', 'b', 'c'], { minLength: 1 })), {
    minLength: 2,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...ways, ...ways], { minLength: 2, maxLength: 6 }),
      steps,
      async (used, all) => {
        const opened = await openWays(used);
        const owner = new Map<string, number>();
        for (const [which, queues] of all) {
          const feed = opened.all[which % opened.all.length];
          if (feed === undefined) continue;
          await opened.bring(feed, queues);
          for (const queue of queues) if (!owner.has(queue)) owner.set(queue, feed.calls);
          for (const [queue, calls] of owner)
            expect([queue, await opened.offered(queue)]).toEqual([queue, calls]);
        }
        const brings = (await opened.reader.list()).flatMap((each) => each.brings);
        expect(brings.sort()).toEqual([...owner.keys()].sort());
      },
    ),
    { numRuns: isLongRun ? 60 : 3 },
  );
});

test('of feeds that come by a queue at the same time one brings it, by whatever way', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...ways, ...ways], { minLength: 2, maxLength: 6 }),
      async (used) => {
        const { all, bring, offered, reader } = await openWays(used);
        await Promise.all(all.map(async (feed) => bring(feed, ['a', 'b'])));
        const listed = await reader.list();
        for (const queue of ['a', 'b']) {
          const owners = all.filter(({ name }) =>
            listed.some((each) => each.name === name && each.brings.includes(queue)),
          );
          expect(owners).toHaveLength(1);
          expect(await offered(queue)).toBe(owners[0]?.calls);
        }
      },
    ),
    { numRuns: isLongRun ? 40 : 2 },
  );
});

test('a queue that a file has and another feed brings is asked about, and read once it is given up', async () => {
  const { all, bring, offered, reader } = await openWays(['queue-log', 'folder', 'folder-calls']);
  const [log, folder, calls] = all;
  if (log === undefined || folder === undefined || calls === undefined) throw new Error('three');
  await bring(log, ['a', 'b']);
  await bring(folder, ['a', 'c']);
  await bring(calls, ['b']);
  const shown = async (feed: { readonly name: string }) =>
    (await reader.list()).find(({ name }) => name === feed.name);
  expect(await shown(folder)).toMatchObject({
    unknownQueues: [{ queue: 'a', count: 1 }],
    stored: 1,
    unknown: 1,
  });
  expect(await shown(calls)).toMatchObject({
    unknownQueues: [{ queue: 'b', count: calls.calls }],
    stored: 0,
    brings: [],
  });
  expect([await offered('a'), await offered('b'), await offered('c')]).toEqual([12, 12, 13]);
  // however else the feed is set up, and however often its files are read
  await bring(folder, ['a']);
  const place = folder.place;
  await reader.put(folder.name, settingsOf({ kind: 'folder', from: place, handleTime: 'end' }));
  await reader.run(folder.name);
  expect((await shown(folder))?.unknownQueues).toEqual([{ queue: 'a', count: 2 }]);
  const from = log.place;
  await reader.put(log.name, settingsOf({ kind: 'queue-log', from, queues: { a: null, b: null } }));
  await reader.run(folder.name);
  await reader.run(calls.name);
  expect([await offered('a'), await offered('b'), await offered('c')]).toEqual([13, calls.calls, 13]);
  expect((await shown(folder))?.unknownQueues).toEqual([]);
  // what was given up does not come back
  await expect(reader.put(log.name, settingsOf({ kind: 'queue-log', from }))).rejects.toMatchObject({
    said: { code: 'queue-of-two-feeds' },
  });
});

test('who is there in a tier comes from one feed, by whatever way; the second is asked about', async () => {
  const orders = fc.array(fc.tuple(fc.nat(2), fc.constantFrom('all', 'second')), {
    minLength: 2,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(orders, async (steps) => {
      const { folder, another, store } = await open();
      const place = join(folder, 'exports');
      await mkdir(place);
      const reader = another();
      await reader.put('files', settingsOf({ kind: 'folder', from: place }));
      for (const name of ['one', 'two']) await reader.put(name, settingsOf({ kind: 'push' }));
      const owner = new Map<string, number>();
      for (const [i, [which, tier]] of steps.entries()) {
        const [start, operators] = ['2026-11-24T07:00:00Z', 10 + which];
        if (which < 2)
          await reader.push(which === 0 ? 'one' : 'two', {
            presence: [{ tier, start, interval_minutes: 30, operators }],
          });
        else {
          const rows = ['tier,start,interval_minutes,operators', `${tier},${start},30,${operators}`];
          await writeFile(join(place, `${i}.csv`), asText(rows));
          await reader.run('files');
        }
        if (!owner.has(tier)) owner.set(tier, operators);
        const there = (await store.read('presence')).map((row) => [row.tier, row.operators]);
        expect(Object.fromEntries(there)).toEqual(Object.fromEntries(owner));
      }
      const left = new Set(
        steps.flatMap(([which, tier]) => (owner.get(tier) === 10 + which ? [] : [`${which} ${tier}`])),
      );
      const said = (await reader.list()).flatMap(({ name, presenceLeft }) =>
        presenceLeft.map(({ tier }) => `${['one', 'two', 'files'].indexOf(name)} ${tier}`),
      );
      expect(new Set(said)).toEqual(left);
    }),
    { numRuns: isLongRun ? 60 : 3 },
  );
});

test('presence that a feed is set up not to bring is another feed’s to bring', async () => {
  const { another, store } = await open();
  const reader = another();
  for (const name of ['one', 'two']) await reader.put(name, settingsOf({ kind: 'push' }));
  const push = (name: string, operators: number) =>
    reader.push(name, {
      presence: [{ tier: 'all', start: '2026-11-24T07:00:00Z', interval_minutes: 30, operators }],
    });
  const there = async () => (await store.read('presence')).map(({ operators }) => operators);
  await push('one', 5);
  await push('two', 6);
  expect(await there()).toEqual([5]);
  await reader.put('one', settingsOf({ kind: 'push', presence: false }));
  await push('two', 7);
  await push('one', 8);
  expect(await there()).toEqual([7]);
  expect((await reader.list()).flatMap(({ presenceLeft }) => presenceLeft)).toEqual([]);
});
