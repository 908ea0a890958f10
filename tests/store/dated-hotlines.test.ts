import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { Pool } from 'pg';
import { afterAll, expect, test } from 'vitest';
import type { StoreKind } from '../../src/store/database.ts';
import { migrateWorkspace } from '../../src/store/migrate-workspace.ts';
import { latestStep, migrationSteps } from '../../src/store/migrations.ts';
import { openStore, type StorePlace } from '../../src/store/open-store.ts';
import { sqliteDialect } from '../../src/store/open-sqlite.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = await temporaryFolder();
const server = await startPostgres();
afterAll(() => server?.close());

/** A database as the version before made it, with a list of hotlines without dates. */
const makeUndated = async (db: Kysely<unknown>, kind: StoreKind): Promise<void> => {
  const provider = { getMigrations: async () => migrationSteps(kind, 'main') };
  const { error } = await new Migrator({ db, provider }).migrateTo('0003-hotline-key');
  if (error !== undefined) throw error;
  await sql`delete from lines`.execute(db);
  await sql`insert into lines values ('main', 0, 0)`.execute(db);
  await sql`insert into hotlines (hotline_key, hotline, name, city_tier, smart_voice)
    values ('main', 'h1', '一号', 'second', 1), ('other', 'h1', 'theirs', null, null)`.execute(db);
  await db.destroy();
};

const expectDated = async (place: StorePlace): Promise<void> => {
  // A database on PostgreSQL as old as this is copied by its own tools.
  expect(await migrateWorkspace(place, { withoutCopy: place.store !== undefined })).toMatchObject({
    from: '0003-hotline-key',
    to: latestStep,
  });
  const store = await openStore(place);
  const before = { hotline: 'h1', name: '一号', cityTier: 'second', smartVoice: true };
  expect(await store.read('hotlines')).toEqual([before]);
  const later = { ...before, validFrom: '2026-01-01', cityTier: 'first' };
  expect(await store.write('hotlines', [before, later])).toEqual({
    added: 1,
    changed: 0,
    unchanged: 1,
  });
  expect(await store.read('hotlines')).toEqual([before, later]);
  await store.close();
};

test('a file whose list of hotlines has no dates keeps it, and takes dated rows', async () => {
  const file = new DatabaseSync(join(folder, 'huawu.db'));
  await makeUndated(new Kysely({ dialect: sqliteDialect(file) }), 'sqlite');
  await expectDated({ folder });
});

test.skipIf(server === undefined)('so does a database on PostgreSQL', async () => {
  const store = (await server?.makeDatabase('undated')) ?? '';
  const pool = new Pool({ connectionString: store });
  await makeUndated(new Kysely({ dialect: new PostgresDialect({ pool }) }), 'postgres');
  await expectDated({ folder, store });
});
