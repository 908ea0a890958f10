import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { explainDatabaseError } from './database-problems.ts';
import { copyOlder } from './copy-older.ts';
import { migrateShared } from './migrate-schema.ts';
import { latestStep } from './migrations.ts';
import { olderCopy } from './open-sqlite.ts';
import { connect, databaseName, defaultHotline, type StorePlace } from './open-store.ts';
import { homeFolder } from './workspace-lines.ts';

export interface Migrated {
  readonly place: string;
  /** The last step that the database had gone through; null where it was empty. */
  readonly from: string | null;
  readonly to: string;
  /** Copies of what the database held before, a file for each hotline; of a SQLite file, the file as it was. */
  readonly copies: readonly string[];
}

/** Brings a workspace's database up to today's schema, wholly or not at all; `from` equals `to` where it was. */
export const migrateWorkspace = async (
  place: StorePlace,
  { withoutCopy = false }: { readonly withoutCopy?: boolean } = {},
): Promise<Migrated> => {
  const inFile = place.store === undefined || place.store === 'sqlite';
  const file = join(homeFolder(place.folder), databaseName);
  const fileBefore = inFile ? lastStepOfFile(file) : null;
  const database = await connect(place);
  try {
    const copies: string[] = [];
    const keepOlder = async (step: string): Promise<void> => {
      if (!withoutCopy) copies.push(...(await copyOlder(database, place, step)));
    };
    const from = inFile
      ? fileBefore
      : await migrateShared(database, place.hotline ?? defaultHotline, keepOlder);
    if (inFile && from !== null && from !== latestStep) copies.push(olderCopy(file, from));
    return { place: database.place, from, to: latestStep, copies };
  } catch (error) {
    throw explainDatabaseError(error, database.place);
  } finally {
    await database.close();
  }
};

/** Opening a file updates it: what it was must be looked at before. */
const lastStepOfFile = (file: string): string | null => {
  if (!existsSync(file)) return null;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const row = database.prepare('select max(name) as name from kysely_migration').get();
      return typeof row?.['name'] === 'string' ? row['name'] : null;
    } finally {
      database.close();
    }
  } catch {
    // Whatever is wrong with it, opening it tells.
    return null;
  }
};
