import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FeedSettings } from '../../src/contract/documents/feed-documents.ts';
import { asText, makeCalls, settingsOf } from '../support/open-feeds.ts';
import { isLongRun } from '../support/sweep.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { password, useSqlFeeds } from '../support/sql-feeds.ts';

/** A query on a timetable against a real database: every row counts once, and nothing there is changed. */
let server: PostgresServer | undefined;
let db: Client;
let from = '';

beforeAll(async () => {
  server = await startPostgres();
  if (server === undefined) return;
  const address = await server.makeDatabase('switch');
  from = address.replace(`:${password}`, '');
  db = new Client({ connectionString: address });
  db.on('error', () => undefined);
  await db.connect();
});
afterAll(async () => {
  await db.end().catch(() => undefined);
  await server?.close();
});

const { clock, open, ask, endBesideSilence } = useSqlFeeds(() => from);

const insert = async (
  table: string,
  columns: readonly string[],
  rows: readonly (readonly unknown[])[],
): Promise<void> => {
  for (let at = 0; at < rows.length; at += 500) {
    const some = rows.slice(at, at + 500);
    const places = some.map((row, i) => `(${row.map((_, j) => `$${i * row.length + j + 1}`).join()})`);
    await db.query(`insert into ${table} (${columns.join()}) values ${places.join()}`, some.flat());
  }
};

test('a database that lets in and says nothing more keeps no server from its end', async () => {
  const took = await endBesideSilence(
    (port) => settingsOf({ kind: 'sql', from: `postgres://reader@127.0.0.1:${port}/x`, query: 'select 1' }),
    // whoever is there is let in, and what is asked is heard
    (socket) => {
      socket.once('data', () => socket.write(Buffer.from('5200000008000000005a0000000549', 'hex')));
    },
  );
  expect(took).toBeLessThan(20_000);
});

test('calls of a table, asked for again and again, are stored as one file of them is', async ({ skip }) => {
  if (server === undefined) {
    skip();
    return;
  }
  const { rows, csv } = makeCalls(11, 600, 6);
  await db.query(`create table calls (call_id text, queue text, arrived_at timestamptz, wait_seconds int,
    outcome text, handle_seconds int, caller text, operator text)`);
  const all = [
    'call_id',
    'queue',
    'arrived_at',
    'wait_seconds',
    'outcome',
    'handle_seconds',
    'caller',
    'operator',
  ];
  const cells = rows.map((row) => all.map((name) => row[name] ?? null));
  const { another, stored } = await open();
  clock.now = Date.parse('2026-11-20T22:00:00Z');
  await another().put(
    'db',
    ask('select * from calls where arrived_at >= :from and arrived_at < :to -- :from;', { lateHours: 12 }),
  );
  // half of it, then the rest with a part that is there already, each by a process of its own
  await insert('calls', all, cells.slice(0, 300));
  expect(await another().run('db')).toMatchObject({ read: 300, stored: 300, refused: 0 });
  clock.now += 60_000;
  await insert('calls', all, cells.slice(300));
  const { read, stored: fresh, repeated, total } = await another().run('db');
  expect([fresh, read - repeated, total.stored]).toEqual([300, 300, 600]);
  expect(await another().run('db')).toMatchObject({ stored: 0, refused: 0 });
  const { ingest, stored: ofFile } = await open();
  await ingest(csv);
  expect(await stored()).toEqual(await ofFile());
  clock.now = Date.parse('2026-11-24T08:00:00Z');
});

test('queue_log in a table, in wall clocks, gives what the file gives', async ({ skip }) => {
  if (server === undefined) {
    skip();
    return;
  }
  const { lines } = makeCalls(12, 400, 5);
  const names = [
    'time',
    'callid',
    'queuename',
    'agent',
    'event',
    'data1',
    'data2',
    'data3',
    'data4',
    'data5',
  ];
  await db.query(`create table queue_log (id serial, ${names.map((name) => `${name} varchar(80)`).join()})`);
  const cells = lines.map((line) => {
    const [at = '', ...others] = line.split('|');
    const local = new Date(Number(at) * 1000 + 8 * 3_600_000).toISOString();
    return [local.slice(0, 19).replace('T', ' ') + '.000000', ...others, ...Array(9).fill('')].slice(0, 10);
  });
  await insert('queue_log', names, cells.toReversed());
  const table = await open();
  await table
    .another()
    .put('db', ask('select * from queue_log where time >= :from::text and time < :to::text'));
  expect(await table.another().run('db')).toMatchObject({ read: lines.length, stored: lines.length });
  const file = await open();
  await writeFile(join(file.folder, 'log'), asText(lines));
  await file.another().put('log', settingsOf({ kind: 'queue-log', from: join(file.folder, 'log') }));
  await file.another().run('log');
  expect(await table.stored()).toEqual(await file.stored());
  // the hour that comes twice in autumn is told by the call's id
  await db.query('truncate queue_log');
  const second = Date.parse('2026-10-25T01:10:00Z') / 1000;
  await insert('queue_log', names.slice(0, 6), [
    ['2026-10-25 02:10:00', `${second - 3600}.1`, 'berlin', 'NONE', 'ENTERQUEUE', ''],
    ['2026-10-25 02:10:00', `${second}.2`, 'berlin', 'NONE', 'ENTERQUEUE', ''],
  ]);
  const berlin = await open();
  await berlin.another().put('db', ask('select * from queue_log', { timeZone: 'Europe/Berlin' }));
  await berlin.another().run('db');
  const kept = (await berlin.store.feeds.calls('db')).map(({ firstMillis }) => firstMillis / 1000);
  expect(kept.sort((a, b) => a - b)).toEqual([second - 3600, second]);
  // one that is broken: each row is stored, unknown, refused or there already
  await db.query('truncate queue_log');
  const at = '2026-11-24 10:00:09';
  await insert('queue_log', names.slice(0, 6), [
    [at, 'c.1', 'q', 'NONE', 'ENTERQUEUE', ''],
    [at, 'c.1', 'q', 'NONE', 'ENTERQUEUE', ''],
    [at, 'c.1', 'q', 'NONE', 'DID', '4000'],
    ['soon', 'c.2', 'q', 'NONE', 'ENTERQUEUE', ''],
    [at, 'c.3', '', 'NONE', 'ENTERQUEUE', ''],
    [at, 'c.4', 'q', 'NONE', '13800001234', ''],
    [at, 'c.5', 'q', 'PJSIP/1', 'CONNECT', 'soon'],
  ]);
  const broken = (await open()).another();
  await broken.put('db', ask('select * from queue_log'));
  expect((await broken.run('db')).total).toEqual({
    read: 7,
    stored: 1,
    unknown: 1,
    refused: 4,
    repeated: 1,
  });
});

test('rows that are none are refused one by one; intervals take the place of what they said', async ({
  skip,
}) => {
  if (server === undefined) {
    skip();
    return;
  }
  const calls = await open();
  const row = (id: string, at: string, outcome: string, wait = '5'): string =>
    `select '${id}' as call_id, 'q' as queue, '${at}' as arrived_at, '${wait}' as wait_seconds, '${outcome}' as outcome`;
  const union = [
    row('a', '2026-11-24 10:00:00', 'answered'),
    row('b', '2026-11-24 10:00:01+08:00', 'abandoned'),
    row('b', '2026-11-24 10:00:01+08:00', 'abandoned'),
    row('c', 'yesterday', 'abandoned'),
    row('d', '2026-11-24 10:00:00', 'nobody knows'),
    row('e', '2026-11-24 10:00:00', 'answered', '-3'),
    row('f', '1980-01-01 10:00:00', 'answered'),
  ].join(' union all ');
  await calls.another().put('db', ask(union));
  const run = await calls.another().run('db');
  expect(run).toMatchObject({ read: 7, stored: 2, repeated: 1, refused: 4 });
  const [feed] = await calls.another().list();
  expect(feed?.refusals.map(({ count }) => count).reduce((a, b) => a + b)).toBe(4);
  expect(feed?.refusals.map(({ reason }) => reason)).toEqual(
    expect.arrayContaining(['unknown-outcome', 'bad-time']),
  );
  const intervals = await open();
  await db.query('create table halves (queue text, start timestamptz, interval_minutes int, offered int)');
  await insert(
    'halves',
    ['queue', 'start', 'interval_minutes', 'offered'],
    [
      ['q', '2026-11-24T01:00:00Z', 30, 7],
      ['q', '2026-11-24T01:30:00Z', 30, 9],
    ],
  );
  await intervals.another().put('db', ask('select * from halves where start >= :from and start < :to'));
  expect(await intervals.another().test('db')).toMatchObject({ ok: true, read: 2, stored: 2 });
  const first = await intervals.another().run('db');
  expect(first).toMatchObject({ read: 2, stored: 2, refused: 0 });
  expect(first.intervals.map(({ offered }) => offered)).toEqual([7, 9]);
  await db.query("update halves set offered = 10 where start = '2026-11-24T01:30:00Z'");
  clock.now += 60_000;
  const again = await intervals.another().run('db');
  expect(again).toMatchObject({ read: 2, stored: 1, repeated: 1 });
  expect(again.intervals.map(({ offered }) => offered)).toEqual([7, 10]);
  // what one feed brings no other overwrites
  const twin = 'select queue, start, interval_minutes, offered + 50 as offered from halves';
  await intervals.another().put('twin', ask(twin));
  expect(await intervals.another().run('twin')).toMatchObject({ read: 2, stored: 0, unknown: 2 });
  await intervals.another().run('twin');
  const [, asked] = await intervals.another().list();
  expect(asked).toMatchObject({ brings: [], unknownQueues: [{ queue: 'q', count: 2 }] });
  expect([...(await intervals.store.traffic('q')).offered]).toEqual([7, 10]);
  // a mistyped year would move the week that is planned next
  await insert(
    'halves',
    ['queue', 'start', 'interval_minutes', 'offered'],
    ['2026-11-27', '2027-11-24', '2099-01-01'].map((day) => ['q', `${day}T01:00:00Z`, 30, 5]),
  );
  await intervals.another().put('db', ask('select * from halves'));
  expect(await intervals.another().run('db')).toMatchObject({ read: 5, refused: 3 });
  const [ahead] = await intervals.another().list();
  expect(ahead?.refusals).toEqual([{ reason: 'ahead', count: 3 }]);
  expect((await intervals.store.trafficSummary())[0]?.lastMillis).toBeLessThan(clock.now);
});

test('rows by interval of several queues that are one are added up, corrected and asked for again', async ({
  skip,
}) => {
  if (server === undefined) {
    skip();
    return;
  }
  await db.query('create table parts (queue text, start timestamptz, interval_minutes int, offered int)');
  const at = (slot: number): string =>
    new Date(Date.parse('2026-11-24T04:00:00Z') + slot * 1_800_000).toISOString();
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ queue: fc.constantFrom('a', 'b', 'one', 'alone'), slot: fc.nat(3), offered: fc.nat(40) }),
        { minLength: 1, maxLength: 16 },
      ),
      fc.integer({ min: 1, max: 4 }),
      async (said, parts) => {
        await db.query('delete from parts');
        const { another, stored } = await open();
        const query = 'select * from parts where start >= :from and start < :to';
        const queues = { a: 'one', b: 'one', one: 'one', alone: 'two' };
        await another().put('db', ask(query, { lateHours: 12, queues }));
        const last = new Map<string, (typeof said)[number]>();
        for (let part = 0; part < parts; part += 1) {
          const came = new Map<string, (typeof said)[number]>();
          for (const row of said.slice((part * said.length) / parts, ((part + 1) * said.length) / parts))
            came.set(`${row.queue} ${row.slot}`, row);
          const changed = [...came].filter(([key, row]) => last.get(key)?.offered !== row.offered).length;
          for (const [key, row] of came) {
            const cells = [row.queue, at(row.slot)];
            await db.query('delete from parts where queue = $1 and start = $2', cells);
            await db.query('insert into parts values ($1, $2, 30, $3)', [...cells, row.offered]);
            last.set(key, row);
          }
          const found = await another().run('db');
          expect(found).toMatchObject({ read: last.size, stored: changed, repeated: last.size - changed });
        }
        const sums = new Map<string, number>();
        for (const { queue, slot, offered } of last.values()) {
          const key = `${at(slot)} ${queue === 'alone' ? 'two' : 'one'}`;
          sums.set(key, (sums.get(key) ?? 0) + offered);
        }
        const lastStart = [...sums.keys()].sort().at(-1)?.slice(0, 24) ?? '';
        const wanted = [...sums].filter(([key, sum]) => sum > 0 || !key.startsWith(lastStart));
        expect((await stored()).map((line) => line.split(' ').slice(0, 3).join(' ')).sort()).toEqual(
          wanted.map(([key, sum]) => `${key} ${sum}`).sort(),
        );
      },
    ),
    { numRuns: isLongRun ? 60 : 6 },
  );
}, 300_000);

test('rows by interval that another feed keeps out are counted once, and all come when their queue is free', async ({
  skip,
}) => {
  if (server === undefined) {
    skip();
    return;
  }
  const began = clock.now;
  const { another, store } = await open();
  const pushed = settingsOf({ kind: 'push' });
  await another().put('first', pushed);
  const start = '2026-11-24T01:00:00Z';
  await another().push('first', { intervals: [{ queue: 'q', start, interval_minutes: 30, offered: 1 }] });
  // more than are fetched at once
  await db.query(`create table waiting as select 'q' as queue, at as start, 30 as interval_minutes, 5 as offered
    from generate_series('${start}'::timestamptz - interval '30 minutes' * 20499, '${start}', '30 minutes') at`);
  await another().put('db', ask('select * from waiting where start >= :from and start < :to'));
  await another().run('db');
  const count = async () => (await another().list()).find(({ name }) => name === 'db')?.unknownQueues;
  expect(await count()).toEqual([{ queue: 'q', count: 20_500 }]);
  clock.now += 86_400_000;
  for (const at of ['2026-11-24T20:00:00Z', '2026-11-25T07:00:00Z'])
    await insert('waiting', ['queue', 'start', 'interval_minutes', 'offered'], [['q', at, 30, 5]]);
  await another().run('db');
  clock.now += 600_000;
  await another().run('db');
  expect(await count()).toEqual([{ queue: 'q', count: 20_502 }]);
  await another().put('first', { ...pushed, queues: { q: null } });
  clock.now += 86_400_000;
  await another().run('db');
  const offered = [...(await store.traffic('q')).offered];
  expect([offered.filter((calls) => calls === 5).length, offered.includes(1)]).toEqual([20_502, false]);
  expect(await count()).toEqual([]);
  clock.now += 600_000;
  expect((await another().run('db')).read).toBe(0);
  clock.now = began;
});

test('records of FreeSWITCH in a table are the calls of its queues', async ({ skip }) => {
  if (server === undefined) {
    skip();
    return;
  }
  const at = Date.parse('2026-11-24T01:00:00Z') / 1000;
  await db.query(`create table v_xml_cdr (xml_cdr_uuid text, cc_side text, cc_queue text, cc_member_uuid text,
    cc_queue_joined_epoch numeric, cc_queue_answered_epoch numeric, cc_queue_terminated_epoch numeric,
    cc_queue_canceled_epoch numeric, cc_cancel_reason text, cc_agent text)`);
  const names =
    'xml_cdr_uuid cc_side cc_queue cc_member_uuid cc_queue_joined_epoch cc_queue_answered_epoch cc_queue_terminated_epoch cc_queue_canceled_epoch cc_cancel_reason cc_agent';
  await insert('v_xml_cdr', names.split(' '), [
    ['a', 'member', 'q', 'm1', at, at + 8, at + 68, null, null, '1000'],
    ['b', 'member', 'q', 'm2', at + 5, null, null, at + 30, 'BREAK_OUT', null],
    ['c', 'member', 'q', 'm3', at + 6, null, null, at + 66, 'TIMEOUT', null],
    ['d', 'agent', 'q', 'm1', at, at + 8, at + 68, null, null, '1000'],
    ['e', null, null, null, null, null, null, null, null, null],
    ['f', 'member', 'q', 'm4', at + 9, at + 3, at + 2, null, null, '1000'],
  ]);
  const { another } = await open();
  await another().put('db', ask('select * from v_xml_cdr'));
  const run = await another().run('db');
  expect(run).toMatchObject({ read: 6, stored: 3, unknown: 2, refused: 1 });
  expect(run.intervals).toMatchObject([
    { queue: 'q', offered: 3, answered: 1, abandoned: 1, waitSecondsTotal: 93, handleSecondsTotal: 60 },
  ]);
});

test('whatever stands in a table, each row is stored, unknown or refused', async ({ skip }) => {
  if (server === undefined) {
    skip();
    return;
  }
  const rows = isLongRun ? 5000 : 400;
  const cell = fc.oneof(
    fc.constantFrom(
      '',
      'q',
      '0',
      '-1',
      'NaN',
      '1764000000',
      '2026-11-24 10:00:00',
      '2026-02-30 10:00',
      'answered',
      '|',
    ),
    fc.string({ maxLength: 30, unit: 'grapheme' }),
  );
  const made = fc.sample(fc.array(cell, { minLength: 6, maxLength: 6 }), { numRuns: rows, seed: 7 });
  const shapes = {
    log: ['time', 'callid', 'queuename', 'agent', 'event', 'data1'],
    said: ['call_id', 'queue', 'arrived_at', 'wait_seconds', 'outcome', 'caller'],
  };
  for (const [table, columns] of Object.entries(shapes)) {
    await db.query(`create table ${table} (${columns.map((name) => `${name} text`).join()})`);
    const cells = made.map((row) => row.map((said) => said.replaceAll('\0', '')));
    await insert(table, columns, cells);
    const { another } = await open();
    await another().put('db', ask(`select * from ${table}`));
    const { read, stored, unknown, refused, repeated, state } = await another().run('db');
    expect([read, stored + unknown + refused + repeated]).toEqual([rows, rows]);
    expect(state.is).not.toBe('broken');
  }
});

test('nothing is written there, a password stands nowhere here, and a database that was away is asked again', async ({
  skip,
}) => {
  if (server === undefined) {
    skip();
    return;
  }
  const { another, folder, store } = await open();
  const refused = (settings: FeedSettings): Promise<unknown> =>
    another()
      .put('db', settings)
      .then(
        () => 'taken',
        (error: { said?: { code: string } }) => error.said?.code,
      );
  expect(await refused(ask('select 1; drop table calls'))).toBe('feed-several-queries');
  expect(await refused({ ...ask('select 1'), from: from.replace('@', ':open@') })).toBe(
    'feed-password-shown',
  );
  expect(await refused({ ...ask('select 1'), from: 'somewhere' })).toBe('taken');
  expect(await refused({ ...ask('select 1'), from: 'http://somewhere' })).toBe('feed-wants-address');
  await db.query('create table counter (n int); insert into counter values (0)');
  await db.query(
    `create function touch() returns int language sql as 'update counter set n = n + 1 returning n'`,
  );
  for (const query of ['select touch()', 'with x as (delete from counter returning n) select * from x']) {
    await another().put('db', ask(query));
    expect((await another().run('db')).state).toMatchObject({
      is: 'broken',
      why: { rule: 'feed-query-refused' },
    });
  }
  expect((await db.query<{ n: number }>('select n from counter')).rows).toEqual([{ n: 0 }]);
  const rule = async (settings: FeedSettings): Promise<string | undefined> => {
    await another().put('db', settings);
    const { problem } = await another().test('db');
    return problem?.rule;
  };
  expect(await rule(ask('select 1', { secret: 'env:HUAWU_FEED_NONE' }))).toBe('feed-no-password');
  expect(await rule(ask('select 1', { secret: undefined }))).toBe('feed-not-let-in');
  await writeFile(join(folder, 'secret'), `${password}\n`);
  expect(await rule(ask('select 7 as n', { secret: `file:${join(folder, 'secret')}` }))).toBe(
    'feed-rows-unclear',
  );
  await another().put('db', ask('select * from calls'));
  await server.halt();
  expect((await another().run('db')).state).toMatchObject({
    is: 'broken',
    why: { rule: 'feed-unreachable' },
  });
  await server.start();
  expect((await another().run('db')).state.is).toBe('live');
  const said = JSON.stringify([await another().list(), await store.feeds.all()]);
  expect(said).not.toContain(password);
  for (const name of (await readdir(folder)).filter((each) => each !== 'secret'))
    expect(
      await readFile(join(folder, name)).then(
        (bytes) => bytes.includes(password),
        () => false,
      ),
    ).toBe(false);
});
