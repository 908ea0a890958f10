import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Pool } from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import type { StoreKind } from '../../src/store/database.ts';
import { connect, openStore, type StorePlace } from '../../src/store/open-store.ts';
import { migrationSteps } from '../../src/store/migrations.ts';
import { addYears } from '../../src/store/upsert-records.ts';
import { sqliteDialect } from '../../src/store/open-sqlite.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { runCommand } from '../support/run-command.ts';
import { start } from '../support/traffic-rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const server = await startPostgres();
afterAll(() => server?.close());

/** What a database of the version before could hold: numbers that are none, beside sound rows. */
const fillUnsound = async (db: Kysely<unknown>, kind: StoreKind): Promise<void> => {
  const bad = kind === 'sqlite' ? sql`9e999` : sql`'NaN'::float8`;
  if (kind === 'postgres')
    await addYears(
      (statement) => sql.raw(statement).execute(db),
      new Set([new Date(start).getUTCFullYear()]),
    );
  const row = (at: number, offered: unknown, handle: unknown) => sql`insert into traffic
    (hotline_key, queue, start_millis, interval_minutes, offered, handle_seconds_total)
    values ('main', 'general', ${start + at * 1_800_000}, 30, ${offered}, ${handle})`;
  await row(0, 10, 2000).execute(db);
  await row(1, bad, 2000).execute(db);
  await row(2, 12, bad).execute(db);
};

const makeOlder = async (db: Kysely<unknown>, kind: StoreKind): Promise<void> => {
  const provider = { getMigrations: async () => migrationSteps(kind, 'main') };
  const { error } = await new Migrator({ db, provider }).migrateTo('0004-dated-hotlines');
  if (error !== undefined) throw error;
  await sql`delete from lines`.execute(db);
  await sql`insert into lines values ('main', 0, 0)`.execute(db);
  await fillUnsound(db, kind);
  await db.destroy();
};

const run = async (place: StorePlace, ...command: string[]) => {
  const { code, out, err } = await runCommand([...command, '--workspace', place.folder, '--json']);
  return { code, out, err, document: JSON.parse(out) };
};

interface StoreCheck {
  readonly check: string;
  readonly problems: readonly { readonly rule: string }[];
}
const storeProblems = (document: { readonly checks: readonly StoreCheck[] }): string[] =>
  document.checks.flatMap(({ check, problems }) =>
    check === 'store' ? problems.map(({ rule }) => rule) : [],
  );

const expectMendable = async (place: StorePlace): Promise<void> => {
  // A database on PostgreSQL as old as this is copied by its own tools.
  const copied = place.store === undefined ? [] : ['--without-copy'];
  expect((await run(place, 'migrate', ...copied)).document).toMatchObject({
    from: '0004-dated-hotlines',
    changed: true,
  });
  expect(storeProblems((await run(place, 'doctor')).document)).toEqual(['numbers-not-finite']);
  const backup = join(place.folder, 'backup.db');
  const refused = await run(place, 'backup', '--out', backup);
  expect([refused.code, refused.document.problems[0].rule]).toEqual([3, 'number-not-finite']);

  const listed = (await run(place, 'mend', '--dry-run')).document;
  expect(listed.rows).toMatchObject([
    { table: 'traffic', columns: ['offered'], lost: true },
    { table: 'traffic', columns: ['handle_seconds_total'], lost: false },
  ]);
  expect(storeProblems((await run(place, 'doctor')).document)).toEqual(['numbers-not-finite']);
  expect((await run(place, 'mend')).document.rows).toEqual(listed.rows);
  expect((await run(place, 'mend')).document.rows).toEqual([]);
  expect(storeProblems((await run(place, 'doctor')).document)).toEqual([]);

  const store = await openStore(place);
  const traffic = await store.traffic('general');
  await store.close();
  expect([...traffic.offered]).toEqual([10, 12]);
  expect([...traffic.handleSecondsTotal]).toEqual([2000, Number.NaN]);
  expect((await run(place, 'backup', '--out', backup)).code).toBe(0);
  await expectConstrained(place);
};

/** What was mended is refused from then on by the database itself. */
const expectConstrained = async (place: StorePlace): Promise<void> => {
  const database = await connect(place);
  const db = database.reads.db.withoutPlugins() as unknown as Kysely<unknown>;
  const writing = database.write('main', ({ db: inner }) =>
    sql`update traffic set offered = ${database.kind === 'sqlite' ? sql`9e999` : sql`'NaN'::float8`}`.execute(
      inner,
    ),
  );
  await expect(writing).rejects.toThrow(/traffic_finite/);
  if (database.kind === 'postgres') {
    const { rows } = await sql`select 1 from pg_constraint where not convalidated`.execute(db);
    expect(rows).toEqual([]);
  }
  await database.close();
};

describe('numbers that are none', () => {
  test('in a file are found, mended and refused from then on', async () => {
    const workspace = join(folder, 'file');
    await runCommand(['init', '--workspace', workspace]);
    await rm(join(workspace, 'huawu.db'));
    const file = new DatabaseSync(join(workspace, 'huawu.db'));
    await makeOlder(new Kysely({ dialect: sqliteDialect(file) }), 'sqlite');
    await expectMendable({ folder: workspace });
  });

  test.skipIf(server === undefined)('on PostgreSQL likewise, and the records can be moved', async () => {
    const store = (await server?.makeDatabase('unsound')) ?? '';
    const workspace = join(folder, 'server');
    await runCommand(['init', '--workspace', workspace, '--store', store, '--hotline', 'main']);
    const pool = new Pool({ connectionString: store });
    await pool.query('drop schema public cascade; create schema public');
    await makeOlder(new Kysely({ dialect: new PostgresDialect({ pool }) }), 'postgres');
    await expectMendable({ folder: workspace, store });
    const moved = await run({ folder: workspace }, 'move', '--to', join(folder, 'moved'));
    expect([moved.code, moved.document.document]).toEqual([0, 'move']);
  });
});
