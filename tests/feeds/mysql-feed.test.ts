import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection } from 'mysql2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedSettings } from '../../src/contract/documents/feed-documents.ts';
import { type MariaDbServer, startMariaDb } from '../support/mariadb-server.ts';
import { asText, makeCalls, settingsOf } from '../support/open-feeds.ts';
import { password, useSqlFeeds } from '../support/sql-feeds.ts';

/** A query on a timetable against MariaDB, where the machine has one; what needs no server is tested everywhere. */
let server: MariaDbServer | undefined;

beforeAll(async () => {
  server = await startMariaDb();
});
afterAll(async () => {
  await server?.close();
});

const { clock, open, ask, endBesideSilence } = useSqlFeeds(
  () => `mysql://reader@127.0.0.1:${server?.port ?? 3306}/switch`,
);

const say = async (sql: string): Promise<unknown> => {
  const port = server?.port;
  const db = createConnection({
    host: '127.0.0.1',
    port,
    user: 'huawu',
    password,
    database: 'switch',
  });
  try {
    return await new Promise((resolve, reject) => {
      db.query({ sql, rowsAsArray: true }, (error, rows) => (error === null ? resolve(rows) : reject(error)));
    });
  } finally {
    db.destroy();
  }
};

const insert = (table: string, rows: readonly (readonly unknown[])[]): Promise<unknown> =>
  say(`insert into ${table} values ${rows.map((row) => `(${row.map(cell).join()})`).join()}`);
const cell = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number'
    ? `'${String(value).replaceAll("'", "''")}'`
    : 'null';
const shanghai = (instant: number | string): string =>
  new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

test('a query is one, whatever stands in its texts, names and comments', async () => {
  const { another } = await open();
  const code = (query: string): Promise<unknown> =>
    another()
      .put('db', ask(query))
      .then(
        () => 'taken',
        (error: { said?: { code: string } }) => error.said?.code,
      );
  expect(await code('select \'it\\\'s; :from\', `a;b`, "c;\\"d" from x # ; and :to\n -- ; \n;')).toBe(
    'taken',
  );
  expect(await code('select 1; drop table x')).toBe('feed-several-queries');
  expect(await code("select '\\\\'; drop table x")).toBe('feed-several-queries');
  expect(await code('select `a``;b`; select 2')).toBe('feed-several-queries');
});

test('a MySQL that lets nobody in and says nothing keeps no server from its end', async () => {
  const took = await endBesideSilence((port) => ({
    ...ask('select 1'),
    from: `mariadb://reader@127.0.0.1:${port}/x`,
  }));
  expect(took).toBeLessThan(20_000);
});

test.for(['timestamp', 'datetime'])(
  'calls of a table with %s, asked for again and again, are stored as one file of them is',
  async (type, { skip }) => {
    if (server === undefined) {
      skip();
      return;
    }
    const { rows, csv } = makeCalls(11, 600, 6);
    const table = `calls_${type}`;
    await say(`create table ${table} (call_id varchar(80), queue text, arrived_at ${type} null, wait_seconds int,
      outcome text, handle_seconds int, caller text, operator text)`);
    await say("set global time_zone = '+08:00'");
    const all = rows.map((row) => [
      row['call_id'],
      row['queue'],
      shanghai(row['arrived_at'] ?? ''),
      ...['wait_seconds', 'outcome', 'handle_seconds', 'caller', 'operator'].map((name) => row[name] ?? null),
    ]);
    const { another, stored } = await open();
    clock.now = Date.parse('2026-11-20T22:00:00Z');
    await another().put(
      'db',
      ask(`select * from ${table} where arrived_at >= :from and arrived_at < :to -- :from;`, {
        lateHours: 12,
      }),
    );
    await insert(table, all.slice(0, 300));
    expect(await another().run('db')).toMatchObject({ read: 300, stored: 300, refused: 0 });
    clock.now += 60_000;
    await insert(table, all.slice(300));
    const { read, stored: fresh, repeated, total } = await another().run('db');
    expect([fresh, read - repeated, total.stored]).toEqual([300, 300, 600]);
    expect(await another().run('db')).toMatchObject({ stored: 0, refused: 0 });
    const { ingest, stored: ofFile } = await open();
    await ingest(csv);
    expect(await stored()).toEqual(await ofFile());
    clock.now = Date.parse('2026-11-24T08:00:00Z');
  },
);

test('queue_log in a table, in wall clocks, gives what the file gives, in as many portions as it takes', async ({
  skip,
}) => {
  if (server === undefined) {
    skip();
    return;
  }
  const { lines } = makeCalls(12, 9000, 5);
  await say(`create table queue_log (id int auto_increment primary key, time datetime(6), callid varchar(80),
    queuename varchar(80), agent varchar(80), event varchar(80), data1 varchar(80), data2 varchar(80),
    data3 varchar(80), data4 varchar(80), data5 varchar(80))`);
  const rows = lines.map((line, i) => {
    const [at = '', ...others] = line.split('|');
    return [i + 1, shanghai(Number(at) * 1000), ...others, ...Array(9).fill('')].slice(0, 11);
  });
  for (let from = 0; from < rows.length; from += 2000)
    await insert('queue_log', rows.slice(from, from + 2000).toReversed());
  const table = await open();
  await table.another().put('db', ask('select * from queue_log where time >= :from and time < :to'));
  expect(lines.length).toBeGreaterThan(20_000);
  expect(await table.another().run('db')).toMatchObject({ read: lines.length, stored: lines.length });
  const file = await open();
  await writeFile(join(file.folder, 'log'), asText(lines));
  await file.another().put('log', settingsOf({ kind: 'queue-log', from: join(file.folder, 'log') }));
  await file.another().run('log');
  expect(await table.stored()).toEqual(await file.stored());
});

test('nothing is written there, and a server that was away is asked again', async ({ skip }) => {
  if (server === undefined) {
    skip();
    return;
  }
  const { another, folder, store } = await open();
  await say('create table counter (n int)');
  await say('insert into counter values (0)');
  await say(`create function touch_it() returns int modifies sql data
    begin update counter set n = n + 1; return 1; end`);
  const out = join(folder, 'out');
  for (const query of [
    'select touch_it()',
    'update counter set n = 5',
    `select n from counter into outfile '${out}'`,
    "load data local infile '/etc/hostname' into table counter",
  ]) {
    await another().put('db', ask(query));
    expect((await another().run('db')).state, query).toMatchObject({
      is: 'broken',
      why: { rule: 'feed-query-refused' },
    });
  }
  expect(await say('select n from counter')).toEqual([[0]]);
  const rule = async (settings: FeedSettings): Promise<string | undefined> => {
    await another().put('db', settings);
    return (await another().test('db')).problem?.rule;
  };
  expect(await rule(ask('select 1', { secret: undefined }))).toBe('feed-not-let-in');
  expect(await rule({ ...ask('select 1'), from: ask('select 1').from.replace('/switch', '/none') })).toBe(
    'feed-not-let-in',
  );
  expect(await rule({ ...ask('select 1'), from: `${ask('select 1').from}?ssl-mode=VERIFY_CA` })).toBe(
    'feed-unreachable',
  );
  expect(await rule(ask('select 7 as n'))).toBe('feed-rows-unclear');
  await say(
    'create table late_calls (call_id int, queue text, arrived_at datetime, outcome text, wait_seconds int)',
  );
  await insert('late_calls', [[1, '热线', '2026-11-24 10:00:00', 'abandoned', 5]]);
  await another().put('db', ask('select * from late_calls'));
  await server.halt();
  expect((await another().run('db')).state).toMatchObject({
    is: 'broken',
    why: { rule: 'feed-unreachable' },
  });
  await server.start();
  const run = await another().run('db');
  expect([run.state.is, run.intervals[0]?.queue]).toEqual(['live', '热线']);
  expect(JSON.stringify([await another().list(), await store.feeds.all()])).not.toContain('for-tests');
});
