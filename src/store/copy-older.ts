import { mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import { flush, keepFiles, removeDatabase, withPassingDatabase } from './backup-file.ts';
import { copyTables } from './copy-hotline.ts';
import type { Database } from './database.ts';
import { heldLines } from './lines.ts';
import { layoutsAfter, latestStep } from './migrations.ts';
import { makeOlderSqlite } from './open-sqlite.ts';
import { defaultHotline, type StorePlace } from './open-store.ts';
import type { StoreProblem } from './store-problems.ts';
import { homeFolder, workspaceLines } from './workspace-lines.ts';

/** Where copies of a database lie that were taken before its structure was brought up to date. */
const copiesFolder = 'backups';

/**
 * Copies a shared database, whose last step this was, into the workspace's folder: a backup for each of its hotlines, in
 * the structure of then. Throws `BadInputError`, before anything is changed, where it is too old to be copied or there is
 * no room for it.
 */
export const copyOlder = async (
  database: Database,
  { folder, hotline = defaultHotline }: StorePlace,
  step: string,
): Promise<readonly string[]> => {
  if (layoutsAfter(step) === undefined)
    throw new BadInputError([
      {
        rule: 'too-old-to-copy',
        severity: 'error',
        file: database.place,
        value: step,
      } satisfies StoreProblem,
    ]);
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
  await withPassingDatabase(unfinished, async () => {
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
