import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AccountStore } from '../access/account-store.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { StoreProblem } from './store-problems.ts';
import type { Models, Store } from '../planning/ports.ts';
import {
  databaseName,
  openStores,
  type OpenedHotline,
  type OpenStoreOptions,
  type StorePlace,
} from './open-store.ts';
import { readModels } from './workspace-models.ts';
import { homeFolder } from './workspace-lines.ts';

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
  if (!there) throw new BadInputError([notAWorkspace(folder)]);
};

const notAWorkspace = (folder: string): StoreProblem => ({
  rule: 'no-workspace',
  severity: 'error',
  file: folder,
  values: { databaseName },
});
