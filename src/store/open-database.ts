import { DatabaseSync } from 'node:sqlite';
import { CamelCasePlugin, Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { BadInputError } from '../kernel/errors.ts';
import { explainDatabaseError, writtenByNewerVersion } from './database-problems.ts';
import { migrationProvider } from './migrations.ts';
import { sqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';

/** An open database: queries through Kysely, and a second connection that only reads whole columns. */
export interface Database {
  readonly file: string;
  readonly db: Kysely<Tables>;
  /**
   * Reads on a connection of its own: a long write under way neither delays it nor shows through half done.
   */
  readonly reader: DatabaseSync;
  close(): Promise<void>;
}

/** How long a writer waits for another process before it gives up, milliseconds. */
const busyTimeoutMillis = 20_000;

/**
 * Opens the SQLite file (making it when absent) and brings its schema up to date, wholly or not at all.
 * Throws `BadInputError` for a file that is damaged, newer than this version or cannot be reached.
 */
export const openDatabase = async (file: string): Promise<Database> => {
  const opened: DatabaseSync[] = [];
  const open = (readOnly: boolean): DatabaseSync => {
    const database = new DatabaseSync(file, { readOnly, timeout: busyTimeoutMillis });
    opened.push(database);
    return database;
  };
  try {
    const writer = open(false);
    // FULL: what was acknowledged survives a power cut. WAL: readers go on while one process writes.
    writer.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
    const plain = new Kysely<Tables>({ dialect: sqliteDialect(writer) });
    await migrate(plain, file);
    const db = plain.withPlugin(new CamelCasePlugin());
    const reader = open(true);
    return {
      file,
      db,
      reader,
      close: async () => {
        reader.close();
        await plain.destroy();
      },
    };
  } catch (error) {
    for (const database of opened) if (database.isOpen) database.close();
    throw explainDatabaseError(error, file);
  }
};

const migrate = async (db: Kysely<Tables>, file: string): Promise<void> => {
  const migrator = new Migrator({ db, provider: migrationProvider });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  if (error instanceof Error && error.message.startsWith('corrupted migrations'))
    throw new BadInputError([writtenByNewerVersion(file)]);
  throw error;
};
