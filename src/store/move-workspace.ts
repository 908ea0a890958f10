import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { isPostgresAddress, settingsFileName, type Settings } from '../contract/settings.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { text } from '../kernel/text.ts';
import { removeDatabase } from './backup-file.ts';
import { copyHotline } from './copy-hotline.ts';
import { explainDatabaseError } from './database-problems.ts';
import type { Database } from './database.ts';
import type { TableDigest } from './hotline-rows.ts';
import { databaseName, defaultHotline, openDatabase, type StorePlace } from './open-store.ts';
import { refuseRows } from './restore-workspace.ts';

export interface MoveOptions {
  /** Overwrites what the target holds of the hotline. */
  readonly replace: boolean;
}

export interface Moved {
  /** The workspace that now works on the moved records. */
  readonly folder: string;
  readonly place: string;
  readonly tables: readonly TableDigest[];
  /** Where the records were: left as they are, for whoever wants to make sure. */
  readonly leftAt: string;
}

/**
 * Moves a workspace's records to PostgreSQL (`to` is an address) or into a folder's own file, equal row for row. The
 * workspace's settings name the new place last, in one step: cut off at any moment it works on the old or the new.
 */
export const moveWorkspace = async (from: StorePlace, to: string, options: MoveOptions): Promise<Moved> => {
  const folder = resolve(from.folder);
  const source = await openDatabase({ ...from, folder });
  try {
    return isPostgresAddress(to)
      ? await moveToServer(source, { ...from, folder }, to, options)
      : await moveToFolder(source, { ...from, folder }, resolve(to), options);
  } catch (error) {
    throw explainDatabaseError(error, source.place);
  } finally {
    await source.close();
  }
};

const moveToServer = async (
  source: Database,
  from: StorePlace,
  address: string,
  { replace }: MoveOptions,
): Promise<Moved> => {
  const hotline = from.hotline ?? defaultHotline;
  const { folder } = from;
  if (from.store === address) throw new BadInputError([samePlace(source.place)]);
  const target = await openDatabase({ folder, store: address, hotline }, { create: true });
  try {
    if (!replace) await refuseRows(target, hotline);
    const tables = await copyHotline({ database: source, hotline }, { database: target, hotline });
    await saveSettings(folder, { store: address, hotline });
    return { folder, place: target.place, tables, leftAt: source.place };
  } finally {
    await target.close();
  }
};

const moveToFolder = async (
  source: Database,
  from: StorePlace,
  folder: string,
  { replace }: MoveOptions,
): Promise<Moved> => {
  const hotline = from.hotline ?? defaultHotline;
  const file = join(folder, databaseName);
  if (source.place === file) throw new BadInputError([samePlace(file)]);
  if (existsSync(file) && !replace) throw new BadInputError([fileInTheWay(file)]);
  const ownModels = folder === from.folder || existsSync(join(folder, 'models'));
  await mkdir(folder, { recursive: true });
  const passing = await mkdtemp(join(folder, '.moving-'));
  try {
    const target = await openDatabase({ folder: passing, hotline }, { create: true });
    let tables: readonly TableDigest[];
    try {
      tables = await copyHotline({ database: source, hotline }, { database: target, hotline });
    } finally {
      await target.close();
    }
    if (!ownModels) {
      await cp(join(from.folder, 'models'), join(passing, 'models'), { recursive: true });
      await rename(join(passing, 'models'), join(folder, 'models'));
    }
    await removeDatabase(file);
    await rename(join(passing, databaseName), file);
    // Workers reach no file: its own process does the jobs again.
    await saveSettings(folder, { store: 'sqlite', hotline, jobs: 'here' });
    return { folder, place: file, tables, leftAt: source.place };
  } finally {
    await rm(passing, { recursive: true, force: true });
  }
};

/** Changes some of a workspace's settings in one step and leaves the others as they stand. */
const saveSettings = async (folder: string, changed: Partial<Settings>): Promise<void> => {
  const file = join(folder, settingsFileName);
  const known = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as object) : {};
  const unfinished = `${file}.${randomUUID()}`;
  try {
    // An address may hold a password: for the owner alone.
    await writeFile(unfinished, `${JSON.stringify({ ...known, ...changed }, null, 2)}\n`, {
      flush: true,
      mode: 0o600,
    });
    await rename(unfinished, file);
  } finally {
    await rm(unfinished, { force: true });
  }
};

const samePlace = (place: string): Problem => ({
  rule: 'already-there',
  severity: 'error',
  file: place,
  message: text('数据本来就在这里', 'the records are there already'),
  remedy: text('请用 --to 指定另一个地方。', 'Name another place with --to.'),
});

const fileInTheWay = (file: string): Problem => ({
  rule: 'database-exists',
  severity: 'error',
  file,
  message: text('目标文件夹里已有数据库', 'the target folder holds a database already'),
  remedy: text(
    '请换一个文件夹；确要覆盖时，请加 --replace。',
    'Choose another folder; to overwrite it, add --replace.',
  ),
});
