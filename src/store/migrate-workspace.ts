import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { explainDatabaseError } from './database-problems.ts';
import { migrateShared } from './migrate-schema.ts';
import { latestStep } from './migrations.ts';
import { connect, databaseName, defaultHotline, type StorePlace } from './open-store.ts';
import { homeFolder } from './workspace-lines.ts';

export interface Migrated {
  readonly place: string;
  /** The last step that the database had gone through; null where it was empty. */
  readonly from: string | null;
  readonly to: string;
}

/** Brings a workspace's database up to today's schema, wholly or not at all; `from` equals `to` where it was. */
export const migrateWorkspace = async (place: StorePlace): Promise<Migrated> => {
  const inFile = place.store === undefined || place.store === 'sqlite';
  const fileBefore = inFile ? lastStepOfFile(join(homeFolder(place.folder), databaseName)) : null;
  const database = await connect(place);
  try {
    const from = inFile ? fileBefore : await migrateShared(database, place.hotline ?? defaultHotline);
    return { place: database.place, from, to: latestStep };
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
