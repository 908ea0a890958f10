import { existsSync } from 'node:fs';
import {
  link,
  mkdir,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  unlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { sql } from 'kysely';
import { BadInputError, shownValue, type Problem } from '../kernel/errors.ts';
import { isFileName } from '../kernel/text.ts';
import { explainDatabaseError, placeProblem } from './store-problems.ts';
import { checkDatabase } from './check-database.ts';
import { copyHotline, type HotlineOf, type TableDigest } from './copy-hotline.ts';
import type { Database } from './database.ts';
import { openSqlite } from './open-sqlite.ts';
import { isUnfinishedWrite, temporaryName, withTemporaryPath } from './workspace-files.ts';
import { readModels } from './workspace-models.ts';

const filesTable = sql.table('workspace_files');

/**
 * Writes a hotline's rows and its models/ into one new SQLite file, as of one moment, while everything goes on; the
 * file appears under its name only when it is whole and checked: its pages, and its models as a restore reads them. Throws
 * `BadInputError` where the name is taken or is in models/, and of models that a restore would refuse.
 */
export const writeBackup = async (
  from: HotlineOf,
  modelsFolder: string,
  file: string,
): Promise<readonly TableDigest[]> => {
  const full = resolve(file);
  if (existsSync(full)) throw new BadInputError([placeProblem('file-exists', full)]);
  await mkdir(dirname(full), { recursive: true });
  const models = await realpath(modelsFolder).catch(() => resolve(modelsFolder));
  if (`${await realpath(dirname(full))}${sep}`.startsWith(`${models}${sep}`))
    throw new BadInputError([placeProblem('backup-among-models', full)]);
  const unfinished = temporaryName(full);
  return withTemporaryDatabase(unfinished, async () => {
    const database = await openSqlite(unfinished, { hotline: from.hotline });
    try {
      const tables = await copyHotline(from, { database, hotline: from.hotline }, ({ db }) =>
        keepFiles(db, modelsFolder),
      ).catch((error: unknown) => {
        // A file that has just been made is not damaged; its source is.
        const isDamage = isSqlite(error) && damageCodes.has(Number(error.errcode) & 0xff);
        throw explainDatabaseError(error, isDamage || !isSqlite(error) ? from.database.place : unfinished);
      });
      await checkDatabase(database);
      await checkFiles((await storedFiles(database.reads.db)) ?? [], `${unfinished}.models`, (path) =>
        join(modelsFolder, path),
      );
      await database.close();
      await flush(unfinished);
      await giveName(unfinished, full);
      return tables;
    } finally {
      await database.close();
    }
  });
};

/** Renames a file unless the name was taken meanwhile; some disks have no hard links. */
const giveName = async (unfinished: string, full: string): Promise<void> => {
  try {
    await link(unfinished, full);
  } catch (error) {
    if (existsSync(full)) throw new BadInputError([placeProblem('file-exists', full)]);
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(code)) throw error;
    return rename(unfinished, full);
  }
  await unlink(unfinished);
};

/** Keeps the files of a folder, those that are linked by what they hold; of none, a backup whose models stand elsewhere. */
export const keepFiles = async (
  db: Parameters<typeof storedFiles>[0],
  folder: string | undefined,
): Promise<void> => {
  await sql`create table ${filesTable} (path text primary key not null, content blob not null)`.execute(db);
  if (folder === undefined) return;
  for (const [name, path] of await filesBelow(folder, '', new Set()))
    await sql`insert into ${filesTable} values (${name}, ${await readFile(path)})`.execute(db);
};

/**
 * Files below a folder by relative path. A name that a restore would refuse is skipped, or refused where it may be a
 * model.
 */
const filesBelow = async (
  folder: string,
  within: string,
  above: ReadonlySet<string>,
): Promise<[string, string][]> => {
  const own = await realpath(folder);
  // A link that leads back up would never end.
  if (above.has(own)) return [];
  const found: [string, string][] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (isUnfinishedWrite(name)) continue;
    const what = await stat(path).catch(() => undefined);
    if (what === undefined || !isFileName(name)) {
      if (what?.isDirectory() !== true && !name.endsWith('.json')) continue;
      throw new BadInputError([placeProblem('file-not-kept', path)]);
    }
    if (what.isFile()) found.push([`${within}${name}`, path]);
    else if (what.isDirectory())
      found.push(...(await filesBelow(path, `${within}${name}/`, new Set([...above, own]))));
  }
  return found;
};

/** Throws what a restore would find wrong with a backup's models, under the names that `named` gives to the files. */
const checkFiles = async (
  files: Parameters<typeof writeFiles>[0],
  folder: string,
  named: (path: string) => string,
): Promise<void> => {
  if (files.length === 0) return;
  await withTemporaryPath(folder, async () => {
    await writeFiles(files, folder, folder);
    await readFilesAs(folder, named);
  });
};

/** Reads the models of a folder; problems tell of its files as `named` calls them. */
export const readFilesAs = async (folder: string, named: (path: string) => string): Promise<void> => {
  try {
    await readModels(folder);
  } catch (error) {
    if (!(error instanceof BadInputError)) throw error;
    const { problems }: { readonly problems: readonly Problem[] } = error;
    throw new BadInputError(
      problems.map((problem) =>
        problem.file?.startsWith(folder) === true
          ? { ...problem, file: named(problem.file.slice(folder.length + 1)) }
          : problem,
      ),
    );
  }
};

/** The files of models/ that a backup holds; undefined where the file is no backup. */
export const storedFiles = async (
  db: Database['reads']['db'],
): Promise<readonly { readonly path: string; readonly content: Uint8Array }[] | undefined> => {
  const tables = await db.introspection.getTables();
  const kept = tables.find(({ name }) => name === 'workspace_files')?.columns.map(({ name }) => name);
  if (kept?.includes('path') !== true || !kept.includes('content')) return undefined;
  const { rows } = await sql<{ path: unknown; content: unknown }>`
    select path, content from ${filesTable} order by path`.execute(db);
  const isFile = (row: (typeof rows)[number]): row is { path: string; content: Uint8Array } =>
    typeof row.path === 'string' && row.content instanceof Uint8Array;
  return rows.every(isFile) ? rows : undefined;
};

/** Writes the files of a backup (`file`) into a folder; a path that would leave it is an error of the backup. */
export const writeFiles = async (
  files: readonly { readonly path: string; readonly content: Uint8Array }[],
  folder: string,
  file: string,
): Promise<void> => {
  for (const { path, content } of files) {
    const target = resolve(folder, path);
    if (!path.split('/').every(isFileName) || !target.startsWith(resolve(folder) + sep))
      throw new BadInputError([placeProblem('backup-path-outside', file, { value: shownValue(path) })]);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content, { flush: true });
  }
};

const databaseFiles = (file: string): string[] =>
  ['', '-wal', '-shm', '-journal'].map((part) => `${file}${part}`);

export const removeDatabase = async (file: string): Promise<void> => {
  for (const each of databaseFiles(file)) await rm(each, { force: true });
};

export const withTemporaryDatabase = <Answer>(file: string, work: () => Promise<Answer>): Promise<Answer> =>
  databaseFiles(file).reduce((inner, path) => () => withTemporaryPath(path, inner), work)();

export const flush = async (file: string): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const isSqlite = (error: unknown): error is Error & { readonly errcode: unknown } =>
  error instanceof Error && 'errcode' in error;

/** SQLite's codes of a damaged file, and of one that is no database. */
const damageCodes: ReadonlySet<number> = new Set([11, 26]);
