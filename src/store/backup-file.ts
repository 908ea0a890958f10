import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { sql } from 'kysely';
import { BadInputError, shorten } from '../kernel/errors.ts';
import { isFileName } from '../kernel/text.ts';
import type { StoreProblem } from './store-problems.ts';
import { checkDatabase } from './check-database.ts';
import { copyHotline, type HotlineOf } from './copy-hotline.ts';
import { explainDatabaseError } from './database-problems.ts';
import type { Database } from './database.ts';
import type { TableDigest } from './hotline-rows.ts';
import { openSqlite } from './open-sqlite.ts';
import { withPassingPath } from './passing-paths.ts';

/** Where a backup keeps the files of models/. */
const filesTable = sql.table('workspace_files');

/**
 * Writes a hotline's rows and its models/ into one new SQLite file, as of one moment, while everything goes on; the
 * file appears under its name only when it is whole and checked. Throws `BadInputError` where the name is taken.
 */
export const writeBackup = async (
  from: HotlineOf,
  modelsFolder: string,
  file: string,
): Promise<readonly TableDigest[]> => {
  const full = resolve(file);
  if (existsSync(full)) throw new BadInputError([nameTaken(full)]);
  const unfinished = `${full}.unfinished`;
  await removeDatabase(unfinished);
  return withPassingDatabase(unfinished, async () => {
    await mkdir(dirname(full), { recursive: true });
    const database = await openSqlite(unfinished, { hotline: from.hotline });
    try {
      const tables = await copyHotline(from, { database, hotline: from.hotline }, ({ db }) =>
        keepFiles(db, modelsFolder),
      ).catch((error: unknown) => {
        // A file that has just been made is not damaged: what it came from is.
        const isDamage = isSqlite(error) && damageCodes.has(Number(error.errcode) & 0xff);
        throw explainDatabaseError(error, isDamage || !isSqlite(error) ? from.database.place : unfinished);
      });
      await checkDatabase(database);
      await database.close();
      await flush(unfinished);
      await rename(unfinished, full);
      return tables;
    } finally {
      await database.close();
    }
  });
};

/** Keeps the files of a folder; of none, a backup whose models stand elsewhere. */
export const keepFiles = async (
  db: Parameters<typeof storedFiles>[0],
  folder: string | undefined,
): Promise<void> => {
  await sql`create table ${filesTable} (path text primary key not null, content blob not null)`.execute(db);
  if (folder === undefined) return;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1).replaceAll(sep, '/');
    // What no restore would take is no model: names that other systems do not have, bytes that are no name, the backup itself.
    if (!name.split('/').every(isFileName) || /\uFFFD|\.unfinished(-wal|-shm|-journal)?$/.test(name))
      continue;
    // What a link leads to is read through it, as models are.
    if (!(await stat(path)).isFile()) continue;
    await sql`insert into ${filesTable} values (${name}, ${await readFile(path)})`.execute(db);
  }
};

/** The files of models/ that a backup holds; undefined where the file is no backup. */
export const storedFiles = async (
  db: Database['reads']['db'],
): Promise<readonly { readonly path: string; readonly content: Uint8Array }[] | undefined> => {
  const tables = await db.introspection.getTables();
  if (!tables.some(({ name }) => name === 'workspace_files')) return undefined;
  const { rows } = await sql<{ path: string; content: Uint8Array }>`
    select path, content from ${filesTable} order by path`.execute(db);
  return rows;
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
      throw new BadInputError([{ ...pathOutside(file), value: shorten(path) }]);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, content, { flush: true });
  }
};

/** A SQLite file with what it keeps beside itself. */
const databaseFiles = (file: string): string[] =>
  ['', '-wal', '-shm', '-journal'].map((part) => `${file}${part}`);

export const removeDatabase = async (file: string): Promise<void> => {
  for (const each of databaseFiles(file)) await rm(each, { force: true });
};

export const withPassingDatabase = <Answer>(file: string, work: () => Promise<Answer>): Promise<Answer> =>
  databaseFiles(file).reduce((inner, path) => () => withPassingPath(path, inner), work)();

export const flush = async (file: string): Promise<void> => {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const pathOutside = (file: string): StoreProblem => ({
  rule: 'backup-path-outside',
  severity: 'error',
  file,
});

const isSqlite = (error: unknown): error is Error & { readonly errcode: unknown } =>
  error instanceof Error && 'errcode' in error;

/** SQLite's codes of a damaged file, and of one that is no database. */
const damageCodes: ReadonlySet<number> = new Set([11, 26]);

const nameTaken = (file: string): StoreProblem => ({
  rule: 'file-exists',
  severity: 'error',
  file,
});
