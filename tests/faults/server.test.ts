import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { failureOf } from '../../src/cli/report-failure.ts';
import type { Store } from '../../src/planning/ports.ts';
import { checkDatabase } from '../../src/store/check-database.ts';
import { createStore } from '../../src/store/create-store.ts';
import { explainDatabaseError } from '../../src/store/store-problems.ts';
import type { Database } from '../../src/store/database.ts';
import { digestHotline } from '../../src/store/copy-hotline.ts';
import { migrateWorkspace } from '../../src/store/migrate-workspace.ts';
import { latestStep } from '../../src/store/migrations.ts';
import { moveWorkspace } from '../../src/store/move-workspace.ts';
import { openDatabase, openStore } from '../../src/store/open-store.ts';
import { trafficRows } from '../support/traffic-rows.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { problemsOf } from '../support/problems-of.ts';
import { startOldServer } from './old-server.ts';

const server = await startPostgres();
afterAll(() => server?.close());

let folder: string;
const opened: { close(): Promise<void> }[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huawu-faults-'));
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await rm(folder, { recursive: true, force: true });
});

const rulesOf = async (work: Promise<unknown>): Promise<readonly string[]> =>
  (await problemsOf(work)).map(({ rule }) => rule);

/** Root may write anywhere: for a while this process is somebody else. */
const asNobody = async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
  const root = process.geteuid?.() === 0;
  if (root) process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    if (root) process.seteuid?.(0);
  }
};

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
    expect([said.from, said.to]).toEqual([null, latestStep]);
    expect((await migrateWorkspace({ folder, store: empty })).from).toBe(latestStep);
  });

  test('on which another version works is not migrated under its hands', async () => {
    const held = (await server?.makeDatabase('held')) ?? '';
    // The second is what workers called themselves before they told their version.
    for (const name of ['huawu 0002-earlier', 'huawu-jobs']) {
      const other = new Client({ connectionString: held, application_name: name });
      await other.connect();
      expect(await rulesOf(migrateWorkspace({ folder, store: held }))).toEqual(['database-held']);
      expect(await rulesOf(openStore({ folder, store: held }, { create: true }))).toEqual(['database-held']);
      expect(await tablesOf(held)).toEqual([]);
      await other.end();
    }
    expect((await migrateWorkspace({ folder, store: held })).from).toBeNull();
  });

  test('whose structure is newer is refused and left as it is', async () => {
    const newer = (await server?.makeDatabase('newer')) ?? '';
    await migrateWorkspace({ folder, store: newer });
    await queryOnce(newer, `insert into kysely_migration values ('9999-later', '2030')`);
    const steps = () => queryOnce(newer, 'select name from kysely_migration order by name');
    const before = (await steps()).rows;
    expect(await rulesOf(openStore({ folder, store: newer }))).toEqual(['database-newer']);
    expect(await rulesOf(migrateWorkspace({ folder, store: newer }))).toEqual(['database-newer']);
    expect((await steps()).rows).toEqual(before);
  });

  test.skipIf(process.platform === 'win32')(
    'is not moved to by a workspace whose folder may only be read: that is said before anything is copied',
    async () => {
      const from = (await server?.makeDatabase('from')) ?? '';
      const to = (await server?.makeDatabase('to')) ?? '';
      const records = await openStore({ folder, store: from }, { create: true });
      await chmod(folder, 0o555);
      const thrown = await asNobody(() =>
        moveWorkspace({ folder, store: from }, to, { replace: false }).catch((error: unknown) => error),
      );
      await chmod(folder, 0o755);
      const { exitCode, problems } = failureOf(thrown);
      expect([exitCode, problems.map(({ rule }) => rule)]).toEqual([3, ['file-not-permitted']]);
      expect(problems[0]?.file).toBe(folder);
      expect(await tablesOf(to)).toEqual([]);
      expect(await records.movedTo()).toBeUndefined();
      await records.close();
    },
  );

  test('that fails in the midst of a move to it is named, and the records stay where they were', async () => {
    const to = (await server?.makeDatabase('full')) ?? '';
    await migrateWorkspace({ folder, store: to });
    await queryOnce(
      to,
      `create function refuse() returns trigger language plpgsql as $$ begin raise 'no room' using errcode = '53100'; end $$;
       create trigger full_disk before insert on operators execute function refuse()`,
    );
    const records = await openStore({ folder }, { create: true });
    await records.write('operators', [{ operator: 'a', skills: [], contractHours: 40 }]);
    const [problem] = await problemsOf(moveWorkspace({ folder }, to, { replace: false }));
    expect([problem?.rule, problem?.file]).toEqual(['disk-full', to.replace(':for-tests', '')]);
    expect(await readdir(folder)).not.toContain('settings.json');
    expect((await records.write('operators', [{ operator: 'b', skills: [], contractHours: 40 }])).added).toBe(
      1,
    );
    await records.close();
    await queryOnce(to, 'drop trigger full_disk on operators');
    expect((await moveWorkspace({ folder }, to, { replace: false })).tables).toContainEqual(
      expect.objectContaining({ table: 'operators', rows: 2 }),
    );
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
    const began = Promise.withResolvers<void>();
    const long = mine.store.together(async (into) => {
      await into.write('traffic', trafficRows('general', 600));
      began.resolve();
      await held;
    });
    await began.promise;
    const second = await openDatabase(place('mine'));
    opened.push(second);
    const late = createStore(second, 'mine').write('traffic', trafficRows('general', 600, 9));
    await other.store.write('traffic', trafficRows('general', 600));
    expect(await mine.store.trafficSummary()).toEqual([]);
    release();
    await long;
    expect(await late).toEqual({ added: 0, changed: 600, unchanged: 0 });
  });

  test('that goes away in the middle of a load and comes back', async () => {
    const { database, store: records } = await openThere('away');
    await records.write('traffic', trafficRows('general', 800));
    const before = await digestHotline(database.reads, 'away');
    for (const end of ['halt', 'kill'] as const) {
      const rows = function* () {
        yield* trafficRows('general', 5000, 50);
        ended = server?.[end]();
        yield* trafficRows('more', 30_000, 50);
      };
      let ended: Promise<void> | undefined;
      expect(await rulesOf(records.write('traffic', rows()))).toEqual(['database-unreachable']);
      await ended;
      expect(await rulesOf(records.trafficSummary())).toEqual(['database-unreachable']);
      await server?.start();
      // The same program works on, with nothing of the load that was cut off.
      expect(await digestHotline(database.reads, 'away')).toEqual(before);
      await queryOnce(store, 'create extension if not exists amcheck');
      await checkDatabase(database);
      expect((await records.write('traffic', trafficRows('general', 800))).unchanged).toBe(800);
    }
  });
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
