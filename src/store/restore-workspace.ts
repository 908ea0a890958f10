import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import { isPostgresAddress } from '../contract/settings.ts';
import { BadInputError } from '../kernel/errors.ts';
import { storeProblem, type StoreProblem } from './store-problems.ts';
import { storedFiles, writeFiles } from './backup-file.ts';
import { auditEnd, enterAudit, localAuthor } from './audit-log.ts';
import { checkDatabase } from './check-database.ts';
import { copyHotline, type HotlineOf } from './copy-hotline.ts';
import { explainDatabaseError } from './database-problems.ts';
import type { Database } from './database.ts';
import type { TableDigest } from './hotline-rows.ts';
import { heldLines } from './lines.ts';
import { defaultHotline, openDatabase, type StorePlace } from './open-store.ts';
import { openSqlite } from './open-sqlite.ts';
import { isWorkspace } from './open-workspace.ts';
import { withPassingPath } from './passing-paths.ts';
import { lifeOf } from './plan-life.ts';
import { readModels } from './read-models.ts';
import { saveSettings } from './save-settings.ts';
import { homeFolder } from './workspace-lines.ts';

export interface RestoreOptions {
  /** Takes the place of what the workspace holds; otherwise a workspace that exists is refused. */
  readonly replace: boolean;
  /** Also where published plans would go that the backup does not hold as they are. */
  readonly losePublished?: boolean;
}

export interface Restored {
  readonly tables: readonly TableDigest[];
  /** The database, and the hotline's name in it. */
  readonly place: string;
  readonly hotline: string;
}

/**
 * Makes a workspace what a backup holds: rows in one transaction, models/ by one renaming. A new folder without a name
 * for its hotline takes the backup's in a shared database, where `main` may be somebody else's, and its settings keep a
 * name that is not the usual one. Throws `BadInputError`, with nothing changed, where the file is no backup or damaged or
 * the workspace exists and is not to be replaced.
 */
export const restoreWorkspace = async (
  file: string,
  place: StorePlace,
  { replace, losePublished = false }: RestoreOptions,
): Promise<Restored> => {
  const folder = resolve(place.folder);
  const there = isWorkspace(folder);
  if (there && !replace) throw new BadInputError([existsAlready(folder)]);
  // A copy is opened, since opening brings an older backup's structure up to date.
  const passing = await mkdtemp(join(tmpdir(), 'huawu-restore-'));
  const unfinished = join(folder, 'models.restoring');
  return withPassingPath(passing, () =>
    withPassingPath(unfinished, async () => {
      const backup = await openBackup(file, passing);
      try {
        const files = await checkedFiles(backup, file);
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await rm(unfinished, { recursive: true, force: true });
        // A copy that another workspace took of this hotline has none: the models that are there stay.
        if (files.length > 0) await writeFiles(files, unfinished);
        await readModels(files.length > 0 ? unfinished : join(folder, 'models'));
        const [held = defaultHotline] = await heldLines(backup);
        const hotline = place.hotline ?? hotlineUnnamed(file, held, place, there);
        const into = { ...place, folder, hotline };
        const restored = await restoreRows({ database: backup, hotline: held }, into, {
          replace,
          losePublished,
        });
        if (files.length > 0) await swapFolder(unfinished, join(folder, 'models'));
        if (!there && hotline !== defaultHotline && homeFolder(folder) === folder)
          await saveSettings(folder, { hotline });
        return { ...restored, hotline };
      } finally {
        await backup.close();
      }
    }),
  );
};

/** Which hotline it becomes where nobody has said: in a shared database the usual name may be somebody else's. */
const hotlineUnnamed = (file: string, held: string, { store = '' }: StorePlace, there: boolean): string => {
  if (!isPostgresAddress(store)) return defaultHotline;
  if (there && held !== defaultHotline) throw new BadInputError([notNamed(file, held)]);
  return held;
};

const openBackup = async (file: string, folder: string): Promise<Database> => {
  if (!existsSync(file)) throw new BadInputError([noBackup(file)]);
  const copy = join(folder, 'backup.db');
  await copyFile(file, copy);
  try {
    return await openSqlite(copy, { hotline: defaultHotline });
  } catch (error) {
    throw namingFile(error, file);
  }
};

/** Problems of the copy are problems of the file. */
const namingFile = (error: unknown, file: string): unknown =>
  error instanceof BadInputError
    ? new BadInputError(error.problems.map((problem) => ({ ...problem, file })))
    : explainDatabaseError(error, file);

const checkedFiles = async (
  backup: Database,
  file: string,
): Promise<NonNullable<Awaited<ReturnType<typeof storedFiles>>>> => {
  try {
    await checkDatabase(backup);
    const files = await storedFiles(backup.reads.db);
    if (files === undefined) throw new BadInputError([noBackup(file)]);
    return files;
  } catch (error) {
    throw namingFile(error, file);
  }
};

const restoreRows = async (
  backup: HotlineOf,
  place: StorePlace & { readonly hotline: string },
  { replace, losePublished }: Required<RestoreOptions>,
): Promise<Omit<Restored, 'hotline'>> => {
  const { hotline } = place;
  const database = await openDatabase(place, { create: true });
  try {
    if (!replace) await refuseRows(database, hotline);
    else if (!losePublished) await refuseLoss(database, hotline, backup);
    const head = await auditEnd(backup.database.reads.db, backup.hotline, 'head');
    const note: AuditNote = {
      action: 'restored',
      subject: backup.hotline,
      before: null,
      after: { entry: head?.number ?? 0, seal: head?.seal ?? null },
    };
    const tables = await copyHotline(backup, { database, hotline }, ({ db }) =>
      enterAudit(db, hotline, localAuthor, note),
    );
    return { tables, place: database.place };
  } finally {
    await database.close();
  }
};

/** Throws where published plans would be taken away that the backup does not hold as they stand. */
const refuseLoss = async (database: Database, hotline: string, backup: HotlineOf): Promise<void> => {
  const kept = new Map(await publishedPlans(backup));
  const lost = (await publishedPlans({ database, hotline })).filter(
    ([id, document]) => kept.get(id) !== document,
  );
  if (lost.length > 0)
    throw new BadInputError([
      storeProblem('plans', 'published-plans-lost', String(lost.length), { plans: lost.map(([id]) => id) }),
    ]);
};

/** Published plans of a hotline, with what each says. */
const publishedPlans = async ({ database, hotline }: HotlineOf): Promise<readonly [string, string][]> => {
  const rows = await database.reads.db
    .selectFrom('plans')
    .select(['id', 'week', 'life', 'document'])
    .where('hotlineKey', '=', hotline)
    .execute();
  return rows.filter((row) => lifeOf(row).state === 'published').map(({ id, document }) => [id, document]);
};

/** A shared database may hold the hotline although the folder is new. */
export const refuseRows = async ({ reads: { db }, place }: Database, hotline: string): Promise<void> => {
  for (const table of ['traffic', 'plans', 'facts'] as const) {
    const row = await db
      .selectFrom(table)
      .select('hotlineKey')
      .where('hotlineKey', '=', hotline)
      .executeTakeFirst();
    if (row !== undefined) throw new BadInputError([holdsRows(place, hotline)]);
  }
};

const swapFolder = async (fresh: string, target: string): Promise<void> => {
  const old = `${target}.replaced`;
  await rm(old, { recursive: true, force: true });
  if (existsSync(target)) await rename(target, old);
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
};

const existsAlready = (folder: string): StoreProblem => ({
  rule: 'workspace-exists',
  severity: 'error',
  file: folder,
  values: { replaceable: true },
});

const holdsRows = (place: string, hotline: string): StoreProblem => ({
  rule: 'hotline-exists',
  severity: 'error',
  file: place,
  value: hotline,
});

const notNamed = (file: string, held: string): StoreProblem => ({
  rule: 'hotline-not-named',
  severity: 'error',
  file,
  value: held,
});

const noBackup = (file: string): StoreProblem => ({
  rule: 'not-a-backup',
  severity: 'error',
  file,
});
