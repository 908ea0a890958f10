import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';
import type { Models, Store } from '../planning/ports.ts';
import { createStore } from './create-store.ts';
import { openDatabase } from './open-database.ts';
import { readModels } from './read-models.ts';

/** A folder that holds one hotline's data and its editable models. */
export interface Workspace {
  readonly folder: string;
  readonly store: Store;
  readonly models: Models;
  close(): Promise<void>;
}

export const databaseName = 'huawu.db';

/** True where the folder is a workspace already. */
export const isWorkspace = (folder: string): boolean => existsSync(join(folder, databaseName));

/**
 * Opens a workspace. Throws `BadInputError` where the folder is none (unless `create`, which makes the
 * database; the models must be there), where the database is damaged, or where model files have problems.
 */
export const openWorkspace = async (
  folder: string,
  options: { readonly create?: boolean } = {},
): Promise<Workspace> => {
  const full = resolve(folder);
  const file = join(full, databaseName);
  if (!isWorkspace(full)) {
    if (options.create !== true) throw new BadInputError([notAWorkspace(full)]);
    await mkdir(full, { recursive: true });
  } else if (!statSync(file).isFile()) throw new BadInputError([notAWorkspace(full)]);
  const models = await readModels(join(full, 'models'));
  const store = createStore(await openDatabase(file));
  return { folder: full, store, models, close: () => store.close() };
};

const notAWorkspace = (folder: string): Problem => ({
  rule: 'no-workspace',
  severity: 'error',
  file: folder,
  message: text(
    `这里不是工作区(没有 ${databaseName})`,
    `this folder is not a workspace (it has no ${databaseName})`,
  ),
  remedy: text(
    '请用 huawu init 新建工作区,用 huawu demo 建演示工作区,或用 --workspace 指定已有的工作区。',
    'Make one with huawu init, make the demo with huawu demo, or name an existing one with --workspace.',
  ),
});
