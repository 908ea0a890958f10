import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { latestStep, layoutsAfter } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/open-store.ts';
import { fillStore } from '../support/fill-store.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { runCommand } from '../support/run-command.ts';

const server = await startPostgres();
afterAll(() => server?.close());
const before = '0008-accounts';

describe.skipIf(server === undefined)('before a PostgreSQL database is brought up to date', () => {
  let folder = '';
  let line = '';
  let address = '';
  const run = (workspace: string, ...args: readonly string[]) =>
    runCommand(['--workspace', workspace, '--json', '--lang', 'en', ...args]);
  const query = async (...statements: readonly string[]): Promise<unknown[]> => {
    const client = new Client({ connectionString: address });
    await client.connect();
    try {
      let rows: unknown[] = [];
      for (const statement of statements) ({ rows } = await client.query(statement));
      return rows;
    } finally {
      await client.end();
    }
  };
  /** The database as it was when this step was its last: what came later goes. */
  const turnBack = async (): Promise<void> => {
    const layouts = layoutsAfter(before) ?? [];
    const known = new Map(layouts.map(({ table, key, values }) => [table, [...key, ...values]]));
    const columns = (await query(`select table_name, column_name from information_schema.columns
      where table_schema = 'public' and table_name not like 'kysely%'`)) as Record<string, string>[];
    for (const { table_name: table = '', column_name: column = '' } of columns)
      if (column !== 'hotline_key' && known.get(table)?.some(({ name }) => name === column) === false)
        await query(`alter table ${table} drop column ${column}`);
    const tables = new Set(columns.map(({ table_name: table = '' }) => table));
    for (const table of tables) if (!known.has(table)) await query(`drop table ${table}`);
    await query(`delete from kysely_migration where name > '${before}'`);
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'huawu-copy-'));
    line = join(folder, 'line');
    address = (await server?.makeDatabase('older')) ?? '';
    expect((await run(line, 'init', '--store', address)).code).toBe(0);
    await run(line, 'admin', 'add-user', 'li');
    for (const hotline of ['main', 'other']) {
      const store = await openStore({ folder, store: address, hotline }, { create: true });
      await fillStore(store);
      await store.close();
    }
    await turnBack();
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('each of its hotlines is copied, as it was then, and can be restored', async () => {
    const { code, out, err } = await run(line, 'migrate');
    expect([code, err]).toEqual([0, expect.stringContaining('Copies made beforehand')]);
    const { from, copies } = JSON.parse(out) as { from: string; copies: string[] };
    expect(from).toBe(before);
    expect(copies.map((file) => file.split(/[\\/]/).at(-1))).toEqual([
      `main-before-${latestStep}.db`,
      `other-before-${latestStep}.db`,
    ]);
    const copy = new DatabaseSync(copies[0] ?? '', { readOnly: true });
    expect(copy.prepare('select max(name) as step from kysely_migration').get()).toEqual({ step: before });
    expect(copy.prepare('select user from accounts').all()).toEqual([{ user: 'li' }]);
    copy.close();
    const again = join(folder, 'again');
    expect((await run(again, 'restore', copies[0] ?? '')).code).toBe(0);
    const [kept, now] = await Promise.all([
      openStore({ folder: again }),
      openStore({ folder, store: address }),
    ]);
    expect(await kept.trafficSummary()).toEqual(await now.trafficSummary());
    expect((await kept.plans()).map(({ id }) => id)).toEqual((await now.plans()).map(({ id }) => id));
    expect((await kept.plans()).length).toBeGreaterThan(0);
    expect((await kept.auditChain()).broken).toEqual([]);
    await Promise.all([kept.close(), now.close()]);
    // The other hotline's models stand elsewhere: its rows come back beside them.
    expect((await run(again, 'restore', copies[1] ?? '', '--replace')).code).toBe(0);
    const steps = async () => (await query('select max(name) as step from kysely_migration'))[0];
    expect(await steps()).toEqual({ step: latestStep });
    expect((await readdir(join(line, 'backups'))).length).toBe(2);
  });

  test('what is too old to be copied is left as it is, with what to do; without a copy it goes on', async () => {
    await query(`delete from kysely_migration where name > '0004-dated-hotlines'`);
    const refused = await run(line, 'migrate');
    expect([refused.code, refused.out]).toEqual([3, expect.stringContaining('too-old-to-copy')]);
    expect(refused.out).toContain('pg_dump');
    expect(await query('select max(name) as step from kysely_migration')).toEqual([
      { step: '0004-dated-hotlines' },
    ]);
  });
});
