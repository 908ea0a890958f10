import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import { isPostgresAddress } from '../contract/settings.ts';
import { BadInputError } from '../kernel/errors.ts';
import { explainDatabaseError, placeProblem, storeProblem } from './store-problems.ts';
import { flush, readFilesAs, storedFiles, writeFiles } from './backup-file.ts';
import { auditEnd, enterAudit, localAuthor } from './audit-log.ts';
import { checkDatabase, refuseMissingParts, refuseWorkingParts } from './check-database.ts';
import { copyHotline, type HotlineOf, type TableDigest } from './copy-hotline.ts';
import type { Database } from './database.ts';
import { heldLines } from './facts.ts';
import { connect, databaseName, defaultHotline, openDatabase, type StorePlace } from './open-store.ts';
import { openSqlite } from './open-sqlite.ts';
import { isWorkspace } from './open-workspace.ts';
import { withTemporaryPath } from './workspace-files.ts';
import { lifeOf } from './plan-store.ts';
import { readModels, saveSettings } from './workspace-models.ts';
import { forgetUnderWay, noteFile, noteUnderWay, removeMade, type UnderWayOf } from './under-way.ts';
import { homeFolder } from './workspace-lines.ts';

export interface RestoreOptions {
  /** Takes the place of what the workspace holds; otherwise a workspace that exists is refused. */
  readonly replace: boolean;
  /** Also where published plans would go that the backup does not hold as they are. */
  readonly losePublished?: boolean;
}

interface Restored {
  readonly tables: readonly TableDigest[];
  /** The database, and the hotline's name in it. */
  readonly place: string;
  readonly hotline: string;
}

/**
 * Makes a workspace what a backup holds: rows in one transaction, models/ by one renaming, each step noted so that what is
 * cut off is finished (`finishRestore`) or taken back (`takeBackRestore`) by whatever opens the folder next. A new folder
 * without a name for its hotline takes the backup's in a shared database, where `main` may be somebody else's, and its
 * settings keep a name that is not the usual one. Throws `BadInputError`, with nothing changed, where the file is no backup
 * or damaged or the workspace exists and is not to be replaced.
 */
export const restoreWorkspace = async (
  file: string,
  place: StorePlace,
  options: RestoreOptions,
): Promise<Restored> => {
  const folder = resolve(place.folder);
  const there = isWorkspace(folder);
  if (there && !options.replace)
    throw new BadInputError([placeProblem('workspace-exists', folder, { values: { replaceable: true } })]);
  // A device or a folder would be copied before it is looked into.
  if ((await stat(file).catch(() => undefined))?.isFile() !== true)
    throw new BadInputError([placeProblem('not-a-backup', file)]);
  const isHome = homeFolder(folder) === folder;
  const unfinished = unfinishedIn(folder);
  const made = (await mkdir(folder, { recursive: true, mode: 0o700 })) ?? null;
  let note: UnderWayOf<'restore'> = {
    work: 'restore',
    file: resolve(file),
    hotline: place.hotline ?? defaultHotline,
    made,
    newFile: isHome && !isPostgresAddress(place.store ?? '') && !existsSync(join(folder, databaseName)),
    // Which entries of the log are earlier ones is known once the database is open: until then none tells of this.
    entry: Number.MAX_SAFE_INTEGER,
    naming: false,
  };
  let hasModels = false;
  try {
    await noteUnderWay(folder, note);
    await rm(unfinished, { recursive: true, force: true });
    // Until the rows go in, anyone who ends this thread takes both away, and nothing has happened.
    const restored = await withTemporaryPath(noteFile(folder), (keepNote) =>
      withTemporaryPath(unfinished, async (keepUnfinished) => {
        await mkdir(unfinished, { mode: 0o700 });
        const backup = await openBackup(file, unfinished);
        try {
          const files = await checkedFiles(backup, file);
          const models = join(unfinished, 'models');
          hasModels = files.length > 0;
          if (hasModels) {
            await writeFiles(files, models, file);
            await readFilesAs(models, (path) => `${file} (models/${path})`);
          }
          // A copy that another workspace took of this hotline has none: the models that are there stay.
          else await readModels(join(folder, 'models'));
          const [held = defaultHotline] = await heldLines(backup);
          const hotline = place.hotline ?? hotlineUnnamed(file, held, place, there);
          note = { ...note, hotline, naming: !there && isHome && hotline !== defaultHotline };
          const target = { ...place, folder: note.newFile ? unfinished : folder, hotline };
          const rows = await restoreRows(
            { database: backup, hotline: held },
            target,
            options,
            async (entry) => {
              note = { ...note, entry };
              await noteUnderWay(folder, note);
              keepNote();
              keepUnfinished();
            },
          );
          return { ...rows, hotline };
        } finally {
          await backup.close();
        }
      }),
    );
    if (hasModels && !existsSync(join(unfinished, 'models')))
      throw new BadInputError([placeProblem('work-taken-over', folder)]);
    if (!note.newFile) {
      await finishRestore(folder, note);
      return restored;
    }
    await flush(join(unfinished, databaseName));
    await rename(join(unfinished, databaseName), join(folder, databaseName));
    await finishRestore(folder, note);
    return { ...restored, place: join(folder, databaseName) };
  } catch (error) {
    // What cannot be finished or taken back now is by whatever opens the folder next.
    await settleRestore(folder, note, place.store).catch(() => undefined);
    throw error;
  }
};

/** Where all stands that is not in its place yet: a copy of the backup, the new models, the file of a new workspace. */
const unfinishedIn = (folder: string): string => join(folder, '.restoring');

/** `begin` is told the last entry of the log right before the rows go in. */
const restoreRows = async (
  backup: HotlineOf,
  place: StorePlace & { readonly hotline: string },
  { replace, losePublished = false }: RestoreOptions,
  begin: (entry: number) => Promise<void>,
): Promise<Omit<Restored, 'hotline'>> => {
  const { hotline } = place;
  const database = await openDatabase(place, { create: true });
  try {
    if (!replace) await refuseRows(database, hotline);
    else if (!losePublished) await refuseLoss(database, hotline, backup);
    const head = await auditEnd(backup.database.reads.db, backup.hotline, 'head');
    const own = await auditEnd(database.reads.db, hotline, 'head');
    await begin((own ?? head)?.number ?? 0);
    const tables = await copyHotline(backup, { database, hotline }, ({ db }) =>
      enterAudit(db, hotline, localAuthor, restoredNote(backup.hotline, head)),
    );
    return { tables, place: database.place };
  } finally {
    await database.close();
  }
};

const restoredNote = (
  hotline: string,
  head: { readonly number: number; readonly seal: string } | undefined,
): AuditNote => ({
  action: 'restored',
  subject: hotline,
  before: null,
  after: { entry: head?.number ?? 0, seal: head?.seal ?? null },
});

/** Finishes a restore whose rows are in, takes any other back; true where it was finished. */
export const settleRestore = async (
  folder: string,
  note: UnderWayOf<'restore'>,
  store: string | undefined,
): Promise<boolean> => {
  const isIn = await rowsAreIn(folder, note, store);
  await (isIn ? finishRestore(folder, note) : takeBackRestore(folder, note));
  return isIn;
};

const rowsAreIn = async (
  folder: string,
  { newFile, hotline, entry }: UnderWayOf<'restore'>,
  store: string | undefined,
): Promise<boolean> => {
  if (newFile) return existsSync(join(folder, databaseName));
  const database = await connect({ folder, hotline, ...(store === undefined ? {} : { store }) });
  try {
    const rows = await database.reads.db
      .selectFrom('audit')
      .select('entry')
      .where('hotlineKey', '=', hotline)
      .where('number', '>', entry)
      .execute();
    return rows.some((row) => (JSON.parse(row.entry) as AuditNote).action === 'restored');
  } finally {
    await database.close();
  }
};

/** The steps after the rows, each of which may have been done already. */
const finishRestore = async (folder: string, { naming, hotline }: UnderWayOf<'restore'>): Promise<void> => {
  const [fresh, models] = [join(unfinishedIn(folder), 'models'), join(folder, 'models')];
  const old = `${models}.replaced`;
  if (existsSync(fresh)) {
    await rm(old, { recursive: true, force: true });
    if (existsSync(models)) await rename(models, old);
    await rename(fresh, models).catch(async (error: unknown) => {
      if (existsSync(fresh)) throw error;
      if (existsSync(old)) await rename(old, models);
      throw new BadInputError([placeProblem('work-taken-over', folder)]);
    });
  }
  await rm(old, { recursive: true, force: true });
  if (naming) await saveSettings(folder, { hotline });
  await rm(unfinishedIn(folder), { recursive: true, force: true });
  await forgetUnderWay(folder);
};

const takeBackRestore = async (folder: string, { made }: UnderWayOf<'restore'>): Promise<void> => {
  await rm(unfinishedIn(folder), { recursive: true, force: true });
  await forgetUnderWay(folder);
  await removeMade(folder, made);
};

/** Which hotline it becomes where nobody has said: in a shared database the usual name may be somebody else's. */
const hotlineUnnamed = (file: string, held: string, { store = '' }: StorePlace, there: boolean): string => {
  if (!isPostgresAddress(store)) return defaultHotline;
  if (there && held !== defaultHotline)
    throw new BadInputError([placeProblem('hotline-not-named', file, { value: held })]);
  return held;
};

const openBackup = async (file: string, folder: string): Promise<Database> => {
  // A copy is opened, since opening brings an older backup's structure up to date.
  const copy = join(folder, 'backup.db');
  await copyWithHoles(file, copy);
  try {
    refuseWorkingParts(copy);
    return await openSqlite(copy, { hotline: defaultHotline });
  } catch (error) {
    throw namingFile(error, file);
  }
};

/** Copies a file; of one that takes less room than it is long, what is empty takes none in the copy either. */
const copyWithHoles = async (from: string, to: string): Promise<void> => {
  const { size, blocks } = await stat(from);
  if (blocks * 512 >= size) return copyFile(from, to);
  await using source = await open(from);
  await using target = await open(to, 'wx', 0o600);
  const piece = Buffer.alloc(2 ** 20);
  const nothing = Buffer.alloc(piece.length);
  for (let at = 0; at < size;) {
    const { bytesRead } = await source.read(piece, 0, piece.length, at);
    if (bytesRead === 0) break;
    const isEmpty = piece.compare(nothing, 0, bytesRead, 0, bytesRead) === 0;
    at += isEmpty ? bytesRead : (await target.write(piece, 0, bytesRead, at)).bytesWritten;
  }
  await target.truncate(size);
};

/** Problems of the copy are problems of the file, and what the database does not take of it is its damage. */
const namingFile = (error: unknown, file: string): unknown => {
  if (error instanceof BadInputError)
    return new BadInputError(error.problems.map((problem) => ({ ...problem, file })));
  const said = explainDatabaseError(error, file);
  return said === error && error instanceof Error && 'errcode' in error
    ? new BadInputError([placeProblem('database-damaged', file)])
    : said;
};

const checkedFiles = async (
  backup: Database,
  file: string,
): Promise<NonNullable<Awaited<ReturnType<typeof storedFiles>>>> => {
  try {
    await refuseMissingParts(backup);
    await checkDatabase(backup);
    const files = await storedFiles(backup.reads.db);
    if (files === undefined) throw new BadInputError([placeProblem('not-a-backup', file)]);
    return files;
  } catch (error) {
    throw namingFile(error, file);
  }
};

/** Throws where published plans would be taken away that the backup does not hold as they are. */
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
    if (row !== undefined)
      throw new BadInputError([placeProblem('hotline-exists', place, { value: hotline })]);
  }
};
