import { chmod, copyFile, mkdtemp, readFile, readdir, rm, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../src/planning/ports.ts';
import { checkDatabase } from '../../src/store/check-database.ts';
import { createStore } from '../../src/store/create-store.ts';
import { explainDatabaseError } from '../../src/store/database-problems.ts';
import type { Database } from '../../src/store/database.ts';
import { digestHotline } from '../../src/store/hotline-rows.ts';
import { migrateWorkspace } from '../../src/store/migrate-workspace.ts';
import { openDatabase, openStore } from '../../src/store/open-store.ts';
import { openSqlite } from '../../src/store/open-sqlite.ts';
import { trafficRows } from '../support/traffic-rows.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { problemsOf } from '../support/problems-of.ts';
import { makeOldFile } from '../support/scenes.ts';

const server = await startPostgres();
afterAll(() => server?.close());

let folder: string;
let file: string;
const opened: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-faults-'));
  file = join(folder, 'huawu.db');
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await chmod(folder, 0o755);
  await rm(folder, { recursive: true, force: true });
});

const rulesOf = async (work: Promise<unknown>): Promise<readonly string[]> =>
  (await problemsOf(work)).map(({ rule }) => rule);

const openFile = async (): Promise<{ readonly database: Database; readonly store: Store }> => {
  const database = await openDatabase({ folder }, { create: true });
  opened.push(database);
  return { database, store: createStore(database, 'main') };
};

describe('a file', () => {
  test('on a full disk takes nothing, says so, and works on once there is room', async () => {
    const { database, store } = await openFile();
    await store.writeTraffic(trafficRows('general', 100));
    const before = await digestHotline(database.reads, 'main');
    const { pages } = await database.write('main', async ({ db }) => {
      const { rows } = await sql<{
        pages: number;
      }>`select page_count as pages from pragma_page_count`.execute(db);
      await sql`pragma max_page_count = ${sql.lit((rows[0]?.pages ?? 0) + 4)}`.execute(db);
      return rows[0] ?? { pages: 0 };
    });
    expect(pages).toBeGreaterThan(10);
    expect(await rulesOf(store.writeTraffic(trafficRows('general', 30_000, 7)))).toEqual(['disk-full']);
    expect(await digestHotline(database.reads, 'main')).toEqual(before);
    await checkDatabase(database);
    await database.write('main', ({ db }) => sql`pragma max_page_count = 1000000`.execute(db));
    expect((await store.writeTraffic(trafficRows('general', 30_000, 7))).changed).toBe(100);
  });

  test('of an older version is brought up to date with all it holds', async () => {
    await makeOldFile(file, 1000);
    expect(await migrateWorkspace({ folder })).toEqual({
      place: file,
      from: '0002-results',
      to: '0004-dated-hotlines',
    });
    const { database, store } = await openFile();
    expect((await store.trafficSummary()).map(({ rows }) => rows)).toEqual([200, 200, 200, 200, 200]);
    expect((await store.traffic('q3')).offered[7]).toBe(38 * 0.1);
    expect((await store.plans()).map(({ id }) => id)).toEqual(['p']);
    // Two were given out, one was removed: the next is the third.
    const overrule = { queue: null, date: '2026-01-01', from: null, to: null, factor: 1, calls: null };
    expect(await store.addOverrule({ ...overrule, reason: 'a', author: 'b' })).toBe(3);
    await checkDatabase(database);
  });

  test(
    'of an older version that another program has open is left as it is',
    { timeout: 60_000 },
    async () => {
      await makeOldFile(file, 10);
      const other = new DatabaseSync(file);
      other.prepare('select count(*) from traffic').get();
      expect(await rulesOf(openStore({ folder }))).toEqual(['database-held']);
      expect(await rulesOf(migrateWorkspace({ folder }))).toEqual(['database-held']);
      // The other one works on.
      other.exec(
        `insert into traffic (queue, start_millis, interval_minutes, offered) values ('x', 1, 30, 1)`,
      );
      other.close();
      const { store } = await openFile();
      expect((await store.trafficSummary()).map(({ queue }) => queue)).toContain('x');
    },
  );

  test('of a newer version is refused by every command and left as it is', async () => {
    await (await openSqlite(file, { hotline: 'main' })).close();
    const newer = new DatabaseSync(file);
    newer.exec(`insert into kysely_migration values ('9999-later', '2030-01-01T00:00:00Z')`);
    newer.close();
    const bytes = await readFile(file);
    expect(await rulesOf(openStore({ folder }))).toEqual(['database-newer']);
    expect(await rulesOf(migrateWorkspace({ folder }))).toEqual(['database-newer']);
    expect((await readFile(file)).equals(bytes)).toBe(true);
  });

  test('whose index no longer fits its table is found by the check, and a backup of it is not made', async () => {
    const { database, store } = await openFile();
    await store.writeOperators(
      Array.from({ length: 50 }, (_, i) => ({ operator: `o${i}`, skills: [], contractHours: 40 })),
    );
    await database.close();
    opened.splice(0);
    const broken = new DatabaseSync(file);
    broken.enableDefensive(false);
    broken.exec(`pragma writable_schema = on;
      update sqlite_master set rootpage = (select rootpage from sqlite_master where name = 'sqlite_autoindex_channels_1')
      where name = 'sqlite_autoindex_operators_1'`);
    broken.close();
    const again = await openFile();
    expect(await rulesOf(checkDatabase(again.database))).toEqual(['database-damaged']);
  });

  test('of another hotline is not taken for this one', async () => {
    await openFile();
    const [problem] = await problemsOf(openStore({ folder, hotline: 'elsewhere' }));
    expect([problem?.rule, problem?.value]).toEqual(['hotline-not-here', 'elsewhere']);
    expect(problem?.remedy.en).toContain('main');
  });

  test.skipIf(process.platform === 'win32')('in a folder that may only be read', async () => {
    const { store } = await openFile();
    await store.close();
    opened.splice(0);
    await chmod(file, 0o444);
    await chmod(folder, 0o555);
    const refused = runAsNobody(folder);
    expect(await refused).toEqual(['database-not-writable']);
    await chmod(folder, 0o755);
    expect(await readdir(folder)).toEqual(['huawu.db']);
    expect((await stat(file)).size).toBeGreaterThan(0);
  });
});

describe.skipIf(server === undefined)('a server', () => {
  let store: string;
  beforeAll(async () => {
    store = (await server?.makeDatabase('faults')) ?? '';
  });
  const place = (hotline: string) => ({ folder, store, hotline });
  const openThere = async (
    hotline: string,
  ): Promise<{ readonly database: Database; readonly store: Store }> => {
    const database = await openDatabase(place(hotline), { create: true });
    opened.push(database);
    return { database, store: createStore(database, hotline) };
  };

  test('that is empty is given no tables by a command that only reads', async () => {
    const empty = (await server?.makeDatabase('empty')) ?? '';
    expect(await rulesOf(openStore({ folder, store: empty }))).toEqual(['hotline-not-here']);
    expect(await tablesOf(empty)).toEqual([]);
    const said = await migrateWorkspace({ folder, store: empty });
    expect([said.from, said.to]).toEqual([null, '0004-dated-hotlines']);
    expect((await migrateWorkspace({ folder, store: empty })).from).toBe('0004-dated-hotlines');
  });

  test('on which another version works is not migrated under its hands', async () => {
    const held = (await server?.makeDatabase('held')) ?? '';
    const other = new Client({ connectionString: held, application_name: 'huawu 0002-earlier' });
    await other.connect();
    expect(await rulesOf(migrateWorkspace({ folder, store: held }))).toEqual(['database-held']);
    expect(await rulesOf(openStore({ folder, store: held }, { create: true }))).toEqual(['database-held']);
    expect(await tablesOf(held)).toEqual([]);
    await other.end();
    expect((await migrateWorkspace({ folder, store: held })).from).toBeNull();
  });

  test('whose structure is newer is refused and left as it is', async () => {
    const newer = (await server?.makeDatabase('newer')) ?? '';
    await migrateWorkspace({ folder, store: newer });
    await queryOnce(newer, `insert into kysely_migration values ('9999-later', '2030')`);
    expect(await rulesOf(openStore({ folder, store: newer }))).toEqual(['database-newer']);
    expect(await rulesOf(migrateWorkspace({ folder, store: newer }))).toEqual(['database-newer']);
    const { rows } = await queryOnce(newer, 'select count(*)::int as n from kysely_migration');
    expect(rows).toEqual([{ n: 3 }]);
  });

  test('that cannot be reached, refuses the password, or lacks the database', async () => {
    const nowhere = 'postgres://huawu:secret@127.0.0.1:1/none';
    const problems = await problemsOf(openStore({ folder, store: nowhere }));
    expect(problems.map(({ rule }) => rule)).toEqual(['database-unreachable']);
    expect(JSON.stringify(problems)).not.toContain('secret');
    const wrong = store.replace('for-tests', 'wrong');
    expect(await rulesOf(openStore({ folder, store: wrong }))).toEqual(['database-login-refused']);
    const missing = store.replace(/faults$/, 'missing');
    expect(await rulesOf(openStore({ folder, store: missing }))).toEqual(['database-missing']);
  });

  test('that is too old is refused by its version', async () => {
    const old = await startOldServer();
    const { port } = old.address() as { port: number };
    const [problem] = await problemsOf(openStore({ folder, store: `postgres://a:b@127.0.0.1:${port}/db` }));
    expect([problem?.rule, problem?.value]).toEqual(['postgres-too-old', '9.6.24']);
    old.close();
  });

  test('holds one hotline’s writers apart and lets others’ through; a reader never waits', async () => {
    const mine = await openThere('mine');
    const other = await openThere('other');
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const long = mine.store.together(async (into) => {
      await into.writeTraffic(trafficRows('general', 600));
      await held;
    });
    const second = await openDatabase(place('mine'));
    opened.push(second);
    const late = createStore(second, 'mine').writeTraffic(trafficRows('general', 600, 9));
    await other.store.writeTraffic(trafficRows('general', 600));
    expect(await mine.store.trafficSummary()).toEqual([]);
    release();
    await long;
    expect(await late).toEqual({ added: 0, changed: 600, unchanged: 0 });
  });

  test('that goes away in the middle of a load and comes back', { timeout: 60_000 }, async () => {
    const { database, store: records } = await openThere('away');
    await records.writeTraffic(trafficRows('general', 800));
    const before = await digestHotline(database.reads, 'away');
    for (const end of ['halt', 'kill'] as const) {
      const rows = function* () {
        yield* trafficRows('general', 5000, 50);
        ended = server?.[end]();
        yield* trafficRows('more', 30_000, 50);
      };
      let ended: Promise<void> | undefined;
      expect(await rulesOf(records.writeTraffic(rows()))).toEqual(['database-unreachable']);
      await ended;
      expect(await rulesOf(records.trafficSummary())).toEqual(['database-unreachable']);
      await server?.start();
      // The same program works on, with nothing of the load that was cut off.
      expect(await digestHotline(database.reads, 'away')).toEqual(before);
      await queryOnce(store, 'create extension if not exists amcheck');
      await checkDatabase(database);
      expect((await records.writeTraffic(trafficRows('general', 800))).unchanged).toBe(800);
    }
  });

  test('errors of a full disk or a damaged block are told as such', () => {
    const told = (code: string): unknown =>
      explainDatabaseError(Object.assign(new Error('x'), { code }), 'postgres://h/d');
    const rule = (code: string) =>
      expect.objectContaining({ problems: [expect.objectContaining({ rule: code })] });
    expect(told('53100')).toEqual(rule('disk-full'));
    expect(told('XX001')).toEqual(rule('database-damaged'));
    expect(told('55P03')).toEqual(rule('database-busy'));
    expect(told('42501')).toEqual(rule('database-not-permitted'));
    expect(told('22012')).toMatchObject({ message: 'x' });
  });
});

const queryOnce = async (
  address: string,
  statement: string,
): Promise<{ readonly rows: readonly unknown[] }> => {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
};

const tablesOf = async (address: string): Promise<readonly unknown[]> =>
  (await queryOnce(address, `select tablename from pg_tables where schemaname = 'public'`)).rows;

/**
 * Root may write anywhere: the attempt is made by a process that is not root any more. It has loaded all modules
 * before, since another user may not reach them.
 */
const runAsNobody = async (at: string): Promise<readonly string[]> => {
  const { spawn } = await import('node:child_process');
  const copy = await mkdtemp(join(tmpdir(), 'huawu-faults-'));
  await copyFile(join(at, 'huawu.db'), join(copy, 'huawu.db'));
  await chmod(join(copy, 'huawu.db'), 0o644);
  const script = `import { openStore } from ${JSON.stringify(new URL('../../src/store/open-store.ts', import.meta.url).href)};
    await openStore({ folder: ${JSON.stringify(copy)} }).then((s) => s.close());
    if (process.getuid?.() === 0) { process.setgroups([]); process.setgid(65_534); process.setuid(65_534); }
    const said = await openStore({ folder: ${JSON.stringify(at)} }).then(async (s) => s.writeTraffic([{ queue: 'q', startMillis: 0, intervalMinutes: 30, offered: 1 }])).then(() => ['written'], (e) => (e.problems ?? [{ rule: String(e) }]).map((p) => p.rule));
    process.stdout.write(JSON.stringify(said));`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  await rm(copy, { recursive: true, force: true });
  return JSON.parse(out) as readonly string[];
};

/** As much of the server's side of the protocol as tells a client that it is a PostgreSQL of 2021. */
const startOldServer = (): Promise<Server> => {
  const message = (type: string, ...parts: readonly Buffer[]): Buffer => {
    const body = Buffer.concat(parts);
    const head = Buffer.alloc(5, type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const int16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255]);
  const int32 = (value: number): Buffer => Buffer.concat([int16(value >>> 16), int16(value & 65_535)]);
  const ready = message('Z', Buffer.from('I'));
  const field = (name: string, type: number): Buffer =>
    Buffer.concat([
      Buffer.from(`${name}\0`),
      int32(0),
      int16(0),
      int32(type),
      int16(4),
      int32(-1 >>> 0),
      int16(0),
    ]);
  const value = (said: string): Buffer => Buffer.concat([int32(said.length), Buffer.from(said)]);
  const answer = Buffer.concat([
    message('T', int16(2), field('version', 23), field('said', 25)),
    message('D', int16(2), value('90624'), value('9.6.24')),
    message('C', Buffer.from('SELECT 1\0')),
    ready,
  ]);
  const old = createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => {
      socket.write(Buffer.concat([message('R', int32(0)), ready]));
      socket.on('data', (asked) => {
        if (asked[0] === 0x51) socket.write(answer);
      });
    });
  });
  return new Promise((resolve) => old.listen(0, '127.0.0.1', () => resolve(old)));
};
