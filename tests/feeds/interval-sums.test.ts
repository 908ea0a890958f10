import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Pushed } from '../../src/contract/documents/feed-documents.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { asText, openFeeds, type OpenedFeeds, settingsOf } from '../support/open-feeds.ts';
import { isLongRun } from '../support/sweep.ts';

/** Intervals of two queues of a switchboard that are one queue of the hotline are added up, as their calls are. */
const opened: OpenedFeeds[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

const open = async (queues: Readonly<Record<string, string | null>>): Promise<OpenedFeeds> => {
  const feeds = await openFeeds();
  opened.push(feeds);
  await feeds.another().put('pbx', settingsOf({ kind: 'push', queues }));
  return feeds;
};

type Row = NonNullable<Pushed['intervals']>[number];
const row = (queue: string, slot: number, offered: number, more: Partial<Row> = {}): Row => ({
  queue,
  start: new Date(Date.parse('2026-11-23T07:00:00Z') + slot * 1_800_000).toISOString(),
  interval_minutes: 30,
  offered,
  ...more,
});
const offeredOf = async ({ store }: OpenedFeeds, queue = 'one'): Promise<number[]> => [
  ...(await store.traffic(queue)).offered,
];

test('rows of two queues as one are their sum, in whatever portions, order, corrections and repeats they come', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          queue: fc.constantFrom('a', 'b', 'one', 'alone'),
          slot: fc.nat(3),
          offered: fc.nat(40),
          isSame: fc.boolean(),
        }),
        { minLength: 1, maxLength: 24 },
      ),
      fc.array(fc.boolean(), { minLength: 24, maxLength: 24 }),
      async (said, ends) => {
        const feeds = await open({ a: 'one', b: 'one', one: 'one', alone: 'two' });
        const last = new Map<string, Row>();
        let portion = new Map<string, Row>();
        let counted = 0;
        for (const [i, { queue, slot, offered, isSame }] of said.entries()) {
          const key = `${queue} ${slot}`;
          const known = portion.get(key) ?? last.get(key);
          const next =
            isSame && known !== undefined ? known : row(queue, slot, offered, { answered: offered });
          portion.set(key, next);
          if (ends[i] !== true && i < said.length - 1) continue;
          const isNew = [...portion].filter(([each, now]) => {
            const before = last.get(each);
            return before?.offered !== now.offered;
          }).length;
          // each process remembers for itself, and so do those that come after
          const answer = await feeds.another().push('pbx', { intervals: [...portion.values()] });
          expect(answer).toMatchObject({ refused: 0, stored: isNew, repeated: portion.size - isNew });
          for (const each of portion) last.set(...each);
          counted += portion.size;
          portion = new Map();
        }
        const sums = new Map<string, number>();
        for (const { queue, start, offered } of last.values()) {
          const key = `${start} ${queue === 'alone' ? 'two' : 'one'}`;
          sums.set(key, (sums.get(key) ?? 0) + offered);
        }
        const inOrder = (a: readonly string[], b: readonly string[]): number =>
          a.join() < b.join() ? -1 : 1;
        const stored = (await feeds.stored()).map((line) => line.split(' ').slice(0, 4));
        const wanted = [...sums].map(([key, sum]) => [...key.split(' '), String(sum), String(sum)]);
        expect(stored.sort(inOrder)).toEqual(
          // `stored` leaves out what a last interval of nought may be
          wanted.sort(inOrder).filter(([start, , sum], _, all) => start !== all.at(-1)?.[0] || sum !== '0'),
        );
        expect((await feeds.another().list())[0]).toMatchObject({ read: counted });
        await feeds.close();
        opened.pop();
      },
    ),
    { numRuns: isLongRun ? 200 : 8 },
  );
});

test('of a sum no more is known than all of its rows say, and nobody on duty for both is there twice', async () => {
  const feeds = await open({ a: 'one', b: 'one' });
  const whole = {
    answered: 5,
    abandoned: 1,
    wait_seconds_total: 30,
    handle_seconds_total: 900,
    operators: 4,
  };
  await feeds.another().push('pbx', { intervals: [row('a', 0, 6, whole), row('a', 1, 6, whole)] });
  await feeds.another().push('pbx', { intervals: [row('b', 0, 6, whole), row('b', 1, 6, { answered: 2 })] });
  const { answered, abandoned, waitSecondsTotal, handleSecondsTotal, operators } =
    await feeds.store.traffic('one');
  expect([answered, abandoned, waitSecondsTotal, handleSecondsTotal].map((each) => [...each])).toEqual([
    [10, 7],
    [2, Number.NaN],
    [60, Number.NaN],
    [1800, Number.NaN],
  ]);
  expect([...operators]).toEqual([Number.NaN, Number.NaN]);
});

test('a row that cannot be is refused by itself, however large the other is, and changes no sum', async () => {
  const feeds = await open({ a: 'one', b: 'one' });
  const said = await feeds.another().push('pbx', {
    intervals: [row('a', 0, 100, { answered: 90 }), row('b', 0, 5, { answered: 9 })],
  });
  expect(said).toMatchObject({ stored: 1, refused: 1 });
  expect(await offeredOf(feeds)).toEqual([100]);
  // nor do two that contradict each other
  const twice = [row('b', 0, 5), row('b', 0, 6)];
  expect(await feeds.another().push('pbx', { intervals: twice })).toMatchObject({ stored: 0, refused: 2 });
  expect(await offeredOf(feeds)).toEqual([100]);
});

test('what a queue said by another length, while it was one of its own, is not added', async () => {
  const feeds = await open({ a: 'two', b: 'one' });
  await feeds.another().push('pbx', { intervals: [row('a', 0, 10, { interval_minutes: 15 })] });
  await feeds.another().put('pbx', settingsOf({ kind: 'push', queues: { a: 'one', b: 'one' } }));
  await feeds.another().push('pbx', { intervals: [row('b', 0, 20)] });
  expect(await offeredOf(feeds)).toEqual([20]);
  await feeds.another().push('pbx', { intervals: [row('a', 0, 11)] });
  expect(await offeredOf(feeds)).toEqual([31]);
});

test('queues that are chosen as one later are added up with what each has said before', async () => {
  const feeds = await open({ a: 'one', b: 'two' });
  await feeds.another().push('pbx', { intervals: [row('a', 0, 10), row('b', 0, 20), row('a', 1, 1)] });
  await feeds.another().put('pbx', settingsOf({ kind: 'push', queues: { a: 'one', b: 'one' } }));
  await feeds.another().push('pbx', { intervals: [row('b', 0, 21), row('b', 1, 2)] });
  expect(await offeredOf(feeds)).toEqual([31, 3]);
  await feeds.another().put('pbx', settingsOf({ kind: 'push', queues: { a: 'one', b: 'two' } }));
  await feeds.another().push('pbx', { intervals: [row('a', 0, 11), row('a', 1, 1), row('b', 0, 21)] });
  expect([await offeredOf(feeds), (await offeredOf(feeds, 'two'))[0]]).toEqual([[11, 1], 21]);
});

test('a feed that is read again from its beginning says since when it counts anew', async () => {
  const feeds = await openFeeds();
  opened.push(feeds);
  const from = join(feeds.folder, 'place');
  await mkdir(from);
  await writeFile(
    join(from, 'a.csv'),
    asText(['queue,start,offered', 'a,2026-11-20T08:00Z,4', 'a,2026-11-20T08:30Z,5']),
  );
  const read = async (queues: Record<string, string>) => {
    await feeds.another().put('pbx', settingsOf({ kind: 'folder', from, queues }));
    await feeds.another().run('pbx');
    const [{ read: rows, countedSince, came } = { read: 0, countedSince: '', came: [] }] = await feeds
      .another()
      .list();
    return [rows, countedSince, came];
  };
  expect(await read({ a: 'one', one: 'one' })).toEqual([2, null, ['one']]);
  expect(await read({ a: 'two', one: 'one' })).toEqual([2, '2026-11-24T08:00:00.000Z', ['two']]);
});

test('a queue that the switchboard renames counts once, however often, its own name among them', async () => {
  const names = fc.constantFrom('one', '1501', '1502', '1503');
  await fc.assert(
    fc.asyncProperty(names, fc.array(names, { minLength: 1, maxLength: 6 }), async (first, renamed) => {
      const feeds = await open({ [first]: 'one' });
      const say = async (name: string) =>
        feeds.another().push('pbx', { intervals: [row(name, 0, 10), row(name, 1, 11), row(name, 2, 12)] });
      await say(first);
      for (const name of renamed) {
        // by its own name it needs no choice
        const queues: Record<string, string> = name === 'one' ? {} : { [name]: 'one' };
        await feeds.another().put('pbx', settingsOf({ kind: 'push', queues }));
        await say(name);
        expect(await offeredOf(feeds)).toEqual([10, 11, 12]);
      }
      await feeds.close();
      opened.pop();
    }),
    { numRuns: isLongRun ? 60 : 8, examples: [['one', ['1501']]] },
  );
}, 300_000);

test('rows are forgotten weeks after they were said, and until then a correction of one finds the other', async () => {
  const clock = { now: Date.parse('2026-11-24T08:00:00Z') };
  const feeds = await openFeeds(() => clock.now);
  opened.push(feeds);
  const queues = { a: 'one', b: 'one', alone: 'two' };
  await feeds.another().put('pbx', settingsOf({ kind: 'push', queues }));
  const keys = ['a', 'b', 'alone'].map((name) => `part ${Date.parse(row(name, 0, 0).start)} ${name}`);
  const kept = async (): Promise<number> => (await feeds.store.feeds.calls('pbx', keys)).length;
  await feeds.another().push('pbx', { intervals: [row('a', 0, 10), row('b', 0, 20), row('alone', 0, 1)] });
  clock.now += 30 * 86_400_000;
  await feeds.another().push('pbx', { intervals: [row('b', 0, 21)] });
  expect([await offeredOf(feeds), await kept()]).toEqual([[31], 3]);
  clock.now += 13 * 86_400_000;
  await feeds.another().push('pbx', { intervals: [row('alone', 1, 2)] });
  expect(await kept()).toBe(1);
  expect(await offeredOf(feeds)).toEqual([31]);
});

test('a queue that was taken out of the choice and is chosen again counts from then on alone', async () => {
  const feeds = await open({ a: 'one' });
  const choose = async (queues: Record<string, string>) =>
    feeds.another().put('pbx', settingsOf({ kind: 'push', queues }));
  const say = async (...rows: Row[]): Promise<number[]> => {
    await feeds.another().push('pbx', { intervals: rows });
    return offeredOf(feeds);
  };
  expect(await say(row('a', 0, 10))).toEqual([10]);
  await choose({ b: 'one' });
  expect(await say(row('b', 0, 10))).toEqual([10]);
  await choose({ a: 'one', b: 'one' });
  expect(await say(row('b', 0, 11))).toEqual([11]);
  expect(await say(row('a', 0, 5))).toEqual([16]);
  await choose({ b: 'one' });
  await choose({ a: 'one', b: 'one' });
  expect(await say(row('b', 0, 12))).toEqual([12]);
});

/** A watched folder whose files look other than before whenever they are written. */
const openFolder = async (
  queues: Readonly<Record<string, string | null>>,
  now?: () => number,
  address?: string,
) => {
  const feeds = await openFeeds(now, address);
  opened.push(feeds);
  const from = join(feeds.folder, 'place');
  await mkdir(from);
  await feeds.another().put('pbx', settingsOf({ kind: 'folder', from, queues }));
  let writes = 0;
  const bring = async (name: string, rows: readonly Row[]): Promise<void> => {
    const cells = ({ queue, start, interval_minutes, offered, answered }: Row) =>
      [queue, start, interval_minutes, offered, answered ?? ''].join();
    const lines = ['queue,start,interval_minutes,offered,answered', ...rows.map(cells)];
    await writeFile(join(from, name), asText(lines));
    const at = new Date(Date.parse('2026-11-21T00:00:00Z') + 1000 * (writes += 1));
    await utimes(join(from, name), at, at);
  };
  return { ...feeds, bring, run: async () => feeds.another().run('pbx') };
};

const divided = fc.uniqueArray(
  fc.record({
    queue: fc.constantFrom('a', 'b', 'one', 'alone'),
    slot: fc.nat(4),
    offered: fc.integer({ min: 30, max: 60 }),
    /** What it says before it is corrected, in which of the files it stands, and since which of three rounds. */
    before: fc.integer({ min: 30, max: 60 }),
    file: fc.nat(2),
    round: fc.nat(2),
    /** In which other file it stands once more in the end. */
    copy: fc.option(fc.nat(2)),
  }),
  { selector: ({ queue, slot }) => `${queue} ${slot}`, minLength: 1, maxLength: 18 },
);
const asOne = fc.constantFrom<Record<string, string>>(
  { a: 'one', b: 'one', one: 'one', alone: 'two' },
  { a: 'one', b: 'one', alone: 'two' },
  // the hotline has a queue by a name that the switchboard means another by
  { a: 'one', b: 'one', alone: 'a' },
);

const filesAsOne = (address: () => Promise<string | undefined>, numRuns: number) =>
  fc.assert(
    fc.asyncProperty(divided, asOne, fc.boolean(), async (all, queues, isBackwards) => {
      const parts = await openFolder(queues, undefined, await address());
      for (const round of [0, 1, 2]) {
        const files = isBackwards ? [2, 1, 0] : [0, 1, 2];
        for (const file of files) {
          const rows = all
            .filter(
              (each) => (each.file === file || (round === 2 && each.copy === file)) && each.round <= round,
            )
            .map(({ queue, slot, offered, before }) =>
              row(queue, slot, round === 2 ? offered : before, { answered: 9 }),
            );
          if (rows.length === 0) continue;
          await parts.bring(`${file}.csv`, rows);
          expect(await parts.run()).toMatchObject({ refused: 0, state: { is: 'live' } });
        }
      }
      const sums = new Map<string, number[]>();
      for (const { queue, slot, offered } of all) {
        const key = `${row(queue, slot, 0).start} ${queues[queue] ?? queue}`;
        const [calls = 0, answered = 0] = sums.get(key) ?? [];
        sums.set(key, [calls + offered, answered + 9]);
      }
      const wanted = [...sums].map(([key, figures]) => [key, ...figures].join(' ')).sort();
      const figures = (rows: readonly string[]) =>
        rows.map((line) => line.split(' ').slice(0, 4).join(' ')).sort();
      expect(figures(await parts.stored())).toEqual(wanted);
      const whole = await openFolder(queues);
      await whole.bring(
        'all.csv',
        all.map(({ queue, slot, offered }) => row(queue, slot, offered, { answered: 9 })),
      );
      expect(await whole.run()).toMatchObject({ read: all.length, refused: 0 });
      expect(figures(await whole.stored())).toEqual(wanted);
      for (const each of opened.splice(0)) await each.close();
    }),
    { numRuns },
  );

test('files in which queues are one hold the sums of one file, however they are divided, grow and are corrected', async () => {
  await filesAsOne(async () => undefined, isLongRun ? 100 : 4);
}, 300_000);

test.runIf(isLongRun)(
  'the same on PostgreSQL',
  async ({ skip }) => {
    const server = await startPostgres();
    if (server === undefined) {
      skip();
      return;
    }
    let made = 0;
    try {
      await filesAsOne(() => server.makeDatabase(`sums${(made += 1)}`), 8);
    } finally {
      await server.close();
    }
  },
  300_000,
);

test('what files said is added up however long ago they were read', async () => {
  const clock = { now: Date.parse('2026-11-24T08:00:00Z') };
  const { bring, run, ...feeds } = await openFolder({ a: 'one', b: 'one' }, () => clock.now);
  await bring('a.csv', [row('a', 0, 40), row('a', 1, 41)]);
  await bring('b.csv', [row('b', 0, 50), row('b', 1, 51)]);
  expect(await run()).toMatchObject({ read: 4, stored: 4 });
  clock.now += 300 * 86_400_000;
  await bring('b.csv', [row('b', 0, 50), row('b', 1, 52), row('b', 2, 53)]);
  await run();
  expect(await offeredOf(feeds)).toEqual([90, 93, 53]);
});
