import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { AccountStore } from '../access/accounts.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { Models, Store } from '../planning/ports.ts';
import { schemaState, type SchemaState } from './migrate-schema.ts';
import {
  databaseName,
  type OpenedHotline,
  type OpenStoreOptions,
  openStores,
  type StorePlace,
} from './open-store.ts';
import { placeProblem } from './store-problems.ts';
import { homeFolder } from './workspace-lines.ts';
import { readModels } from './workspace-models.ts';

/** A folder that holds one hotline's editable models, and its data or the way to them. */
export interface Workspace {
  readonly folder: string;
  readonly store: Store;
  readonly accounts: AccountStore;
  readonly models: Models;
  /** Another hotline of the same database, made where it is not there; closing the workspace closes it. */
  another(hotline: string): Promise<OpenedHotline>;
  close(): Promise<void>;
}

/** True where the folder is a workspace already, whether its records lie in it or in a shared database. */
export const isWorkspace = (folder: string): boolean =>
  existsSync(join(folder, databaseName)) || existsSync(join(folder, 'models', 'hotline.json'));

/**
 * Opens a workspace. Throws `BadInputError` where the folder is none (unless `create`, which makes the
 * database; the models must be there), where the database cannot be used, or where model files have problems.
 */
export const openWorkspace = async (
  folder: string,
  options: OpenStoreOptions &
    Omit<StorePlace, 'folder'> & { readonly warn?: (problem: Problem) => void } = {},
): Promise<Workspace> => {
  const full = resolve(folder);
  if (options.create === true) await mkdir(full, { recursive: true, mode: 0o700 });
  else requireWorkspace(full, options.store);
  const models = await readModels(join(full, 'models'), options.warn);
  const { store, accounts, another } = await openStores({ ...options, folder: full }, options);
  return { folder: full, store, accounts, models, another, close: () => store.close() };
};

/** Throws `BadInputError` where a folder is no workspace, its records being in the folder or in a shared database. */
export const requireWorkspace = (folder: string, store = 'sqlite'): void => {
  const file = join(homeFolder(folder), databaseName);
  const isLine = homeFolder(folder) !== folder;
  const held = store === 'sqlite' ? existsSync(file) && statSync(file).isFile() : isWorkspace(folder);
  const there = held && (!isLine || isWorkspace(folder));
  if (!there) throw new BadInputError([placeProblem('no-workspace', folder, { values: { databaseName } })]);
};

/** How a file's shape stands to what this program knows, and the last step that it has gone through. */
export interface SchemaFound {
  readonly state: SchemaState;
  readonly step: string | null;
}

/** Looks at the shape of a workspace's file and, unlike opening its store, changes nothing. Undefined where there is none. */
export const schemaFound = async (folder: string): Promise<SchemaFound | undefined> => {
  const file = join(homeFolder(folder), databaseName);
  if (!existsSync(file)) return undefined;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const isMade = database.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get();
    const rows =
      isMade === undefined ? [] : database.prepare('select name from kysely_migration order by name').all();
    const applied = rows.map(({ name }) => String(name));
    return { state: schemaState('sqlite', applied), step: applied.at(-1) ?? null };
  } finally {
    database.close();
  }
};
