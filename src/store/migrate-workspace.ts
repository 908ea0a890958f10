import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import { flush, keepFiles, removeDatabase, withTemporaryDatabase } from './backup-file.ts';
import { copyTables } from './copy-hotline.ts';
import type { Database } from './database.ts';
import { heldLines } from './facts.ts';
import { migrateShared } from './migrate-schema.ts';
import { latestStep, layoutsAfter } from './migrations.ts';
import { makeOlderSqlite, olderCopy } from './open-sqlite.ts';
import { connect, databaseName, defaultHotline, type StorePlace } from './open-store.ts';
import { explainDatabaseError, placeProblem } from './store-problems.ts';
import { homeFolder, workspaceLines } from './workspace-lines.ts';

interface Migrated {
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

/** Where copies of a database lie that were taken before its structure was brought up to date. */
const copiesFolder = 'backups';

/**
 * Copies a shared database, whose last step this was, into the workspace's folder: a backup for each of its hotlines, in
 * the structure of then. Throws `BadInputError`, before anything is changed, where it is too old to be copied or there is
 * no room for it.
 */
const copyOlder = async (
  database: Database,
  { folder, hotline = defaultHotline }: StorePlace,
  step: string,
): Promise<readonly string[]> => {
  if (layoutsAfter(step) === undefined)
    throw new BadInputError([placeProblem('too-old-to-copy', database.place, { value: step })]);
  const home = homeFolder(resolve(folder));
  const at = join(home, copiesFolder);
  await mkdir(at, { recursive: true, mode: 0o700 });
  const known = new Map((await workspaceLines(home, hotline)).map((each) => [each.line, each.folder]));
  const files: string[] = [];
  for (const line of await heldLines(database)) {
    const file = join(at, `${line}-before-${latestStep}.db`);
    await copyLine(database, line, step, known.get(line), file);
    files.push(file);
  }
  return files;
};

/** One hotline's rows with its models, where this workspace has them; accounts, which belong to all, go along. */
const copyLine = async (
  database: Database,
  line: string,
  step: string,
  folder: string | undefined,
  file: string,
): Promise<void> => {
  const layouts = layoutsAfter(step) ?? [];
  const unfinished = `${file}.unfinished`;
  await removeDatabase(unfinished);
  await withTemporaryDatabase(unfinished, async () => {
    const copy = await makeOlderSqlite(unfinished, line, step);
    try {
      await database.snapshot((source) =>
        copy.write(line, async (target) => {
          await sql`insert into lines (hotline_key, last_overrule, last_saved) values (${line}, 0, 0)
            on conflict do nothing`.execute(target.db);
          await copyTables(source, line, target, line, layouts);
          const shared = layouts.filter(({ table }) => table === 'accounts');
          await copyTables(source, '', target, '', shared);
          await keepFiles(target.db, folder === undefined ? undefined : join(folder, 'models'));
        }),
      );
      await copy.close();
      await flush(unfinished);
      await rm(file, { force: true });
      await rename(unfinished, file);
    } finally {
      await copy.close();
    }
  });
};
