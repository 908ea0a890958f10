import { join } from 'node:path';
import type { AccountStore } from '../access/account-store.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { Store } from '../planning/ports.ts';
import { localAuthor } from './audit-log.ts';
import { createAccountStore } from './create-account-store.ts';
import { createStore } from './create-store.ts';
import {
  databaseOlder,
  explainDatabaseError,
  hotlineNotHere,
  writtenByNewerVersion,
} from './database-problems.ts';
import type { Database } from './database.ts';
import { addLine, heldLines } from './lines.ts';
import { appliedSteps, migrateShared, schemaState } from './migrate-schema.ts';
import { openSqlite } from './open-sqlite.ts';
import { homeFolder } from './workspace-lines.ts';

/** Where one hotline's records live. */
export interface StorePlace {
  /** The workspace's folder, which holds huawu.db where the store is SQLite; or that of one of its lines. */
  readonly folder: string;
  /** `sqlite` (the default) or postgres://user:password@host:port/database. */
  readonly store?: string;
  /** Which hotline of the database; default `main`. */
  readonly hotline?: string;
}

export interface OpenStoreOptions {
  /** Makes what is missing: the file, the schema of an empty database, the hotline in it. */
  readonly create?: boolean;
  /** The clock that changes are dated by; left out: the machine's. */
  readonly now?: () => number;
  /** Connections to PostgreSQL at most. */
  readonly connections?: number;
  /** Hears every statement: for tests. */
  readonly onStatement?: (statement: string) => void;
}

export const databaseName = 'huawu.db';
export const defaultHotline = 'main';

/**
 * Opens the store of a workspace. Throws `BadInputError`, with nothing changed, where the database cannot be used or
 * does not hold the hotline. A file's older schema is brought up to date; a shared database's is not, since other
 * machines may still run the older version: `huawu migrate` does that.
 */
export const openStore = async (place: StorePlace, options: OpenStoreOptions = {}): Promise<Store> =>
  (await openStores(place, options)).store;

/** A hotline's records, and the accounts beside them. */
export interface OpenedHotline {
  readonly store: Store;
  readonly accounts: AccountStore;
}

/** The same with the accounts beside the records, and what opens another hotline of the same database; closing any store closes all. */
export const openStores = async (
  place: StorePlace,
  options: OpenStoreOptions = {},
): Promise<OpenedHotline & { readonly another: (hotline: string) => Promise<OpenedHotline> }> => {
  const database = await openDatabase(place, options);
  const author = { ...localAuthor, ...(options.now === undefined ? {} : { now: options.now }) };
  const opened = (hotline: string): OpenedHotline => ({
    store: createStore(database, hotline, author),
    accounts: createAccountStore(database, hotline, author.now),
  });
  return {
    ...opened(place.hotline ?? defaultHotline),
    another: async (hotline) => {
      await addLine(database, hotline);
      return opened(hotline);
    },
  };
};

/** The database of a workspace, checked to hold its hotline. */
export const openDatabase = async (place: StorePlace, options: OpenStoreOptions = {}): Promise<Database> => {
  const hotline = place.hotline ?? defaultHotline;
  const database = await connect(place, options);
  try {
    if (database.kind === 'postgres') await checkSchema(database, hotline, options.create === true);
    if (options.create === true) await addLine(database, hotline);
    const held = await heldLines(database);
    if (!held.includes(hotline)) throw new BadInputError([hotlineNotHere(database.place, hotline, held)]);
    return database;
  } catch (error) {
    await database.close();
    throw explainDatabaseError(error, database.place);
  }
};

/**
 * Connects without looking at what the database holds; a SQLite file gets its schema. The driver of PostgreSQL is
 * loaded where it is needed only.
 */
export const connect = async (place: StorePlace, options: OpenStoreOptions = {}): Promise<Database> => {
  const { folder, store, hotline = defaultHotline } = place;
  if (store === undefined || store === 'sqlite')
    return openSqlite(join(homeFolder(folder), databaseName), { hotline, keepsOlder: true, ...options });
  const { openPostgres } = await import('./open-postgres.ts');
  return openPostgres(store, options);
};

/** Throws `BadInputError` where a shared database has the structure of another version; true where it is empty. */
export const refuseOtherSchema = async ({ reads, place }: Database): Promise<boolean> => {
  const state = schemaState('postgres', await appliedSteps(reads.db));
  if (state === 'newer') throw new BadInputError([writtenByNewerVersion(place)]);
  if (state === 'older') throw new BadInputError([databaseOlder(place)]);
  return state === 'empty';
};

const checkSchema = async (database: Database, hotline: string, create: boolean): Promise<void> => {
  const empty = await refuseOtherSchema(database);
  if (!empty) return;
  if (!create) throw new BadInputError([hotlineNotHere(database.place, hotline, [])]);
  await migrateShared(database, hotline);
};
