import { sql, type Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { BadInputError } from '../kernel/errors.ts';
import { placeProblem } from './store-problems.ts';
import type { Database, StoreKind } from './database.ts';
import { applicationName, latestStep, migrationSteps } from './migrations.ts';

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

/** Brings a new file's schema to what it was after a step. */
export const migrateTo = async (db: Kysely<unknown>, hotline: string, step: string): Promise<void> => {
  const provider = { getMigrations: async () => migrationSteps('sqlite', hotline) };
  const { error } = await new Migrator({ db, provider }).migrateTo(step);
  if (error !== undefined) throw error;
};

/** What a worker called itself to the server up to the third step, without a version. */
const earlyWorkerName = 'huawu-jobs';

/**
 * Brings a shared database up to date, unless a process of another version works on it; answers the last step that
 * it had gone through, null where it was empty. What it holds is kept beforehand: where that fails, nothing changes.
 */
export const migrateShared = async (
  database: Database,
  hotline: string,
  keepOlder: (step: string) => Promise<void> = async () => {},
): Promise<string | null> => {
  const db = database.reads.db.withoutPlugins();
  const applied = await appliedSteps(db);
  const state = schemaState('postgres', applied);
  if (state === 'newer') throw new BadInputError([placeProblem('database-newer', database.place)]);
  if (state === 'current') return latestStep;
  const { rows } = await sql<{ name: string }>`select distinct application_name as name from pg_stat_activity
    where datname = current_database() and application_name <> ${applicationName}
      and (application_name like 'huawu 0%' or application_name = ${earlyWorkerName})`.execute(db);
  if (rows.length > 0)
    throw new BadInputError([
      placeProblem('database-held', database.place, { value: String(rows.length), values: { shared: true } }),
    ]);
  const step = applied.at(-1);
  if (step !== undefined) await keepOlder(step);
  await migrateSchema(db, 'postgres', hotline);
  return applied.at(-1) ?? null;
};
