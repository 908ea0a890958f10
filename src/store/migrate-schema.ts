import { sql, type Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import type { StoreKind } from './database.ts';
import { migrationSteps } from './migrations.ts';

/** What a database has gone through, against what this version knows. */
export type SchemaState = 'empty' | 'older' | 'current' | 'newer';

/** The steps that a database has gone through, in their order; none where it is empty. */
export const appliedSteps = async <Schema>(db: Kysely<Schema>): Promise<readonly string[]> => {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === 'kysely_migration')) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
};

export const schemaState = (kind: StoreKind, applied: readonly string[]): SchemaState => {
  const known = Object.keys(migrationSteps(kind, ''));
  if (applied.length === 0) return 'empty';
  if (applied.some((step) => !known.includes(step))) return 'newer';
  return applied.length < known.length ? 'older' : 'current';
};

/** Brings the schema up to date, wholly or not at all. */
export const migrateSchema = async <Schema>(
  db: Kysely<Schema>,
  kind: StoreKind,
  hotline: string,
): Promise<void> => {
  const provider = { getMigrations: async () => migrationSteps(kind, hotline) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error !== undefined) throw error;
};
