import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { isPostgresAddress } from '../contract/settings.ts';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import { BadInputError } from '../kernel/errors.ts';
import { saveSettings } from './save-settings.ts';
import type { StoreProblem } from './store-problems.ts';
import { removeDatabase } from './backup-file.ts';
import { enterAudit, localAuthor } from './audit-log.ts';
import { copyHotline } from './copy-hotline.ts';
import { explainDatabaseError } from './database-problems.ts';
import type { Database } from './database.ts';
import { explainFileError } from './file-problems.ts';
import type { TableDigest } from './hotline-rows.ts';
import { markMoved, refuseMoved } from './moved-away.ts';
import { connect, databaseName, defaultHotline, openDatabase, type StorePlace } from './open-store.ts';
import { withPassingPath } from './passing-paths.ts';
import { refuseRows } from './restore-workspace.ts';
import { homeFolder, workspaceLines } from './workspace-lines.ts';

export interface MoveOptions {
  /** Overwrites what the target holds of the hotline. */
  readonly replace: boolean;
}

export interface Moved {
  /** The workspace that now works on the moved records. */
  readonly folder: string;
  readonly place: string;
  readonly tables: readonly TableDigest[];
  /** Where the records were: they can still be looked at, by whoever wants to make sure, and take no more writes. */
  readonly leftAt: string;
}

/** Marks the records that are left behind, before the settings name the new place. */
type Leave = (place: string) => Promise<void>;

/**
 * Moves a workspace's records to PostgreSQL (`to` is an address) or into a folder's own file, equal row for row. The
 * old place has no other writer meanwhile, so that nothing acknowledged there stays behind; its mark that takes no more
 * writes counts once the workspace's settings have named the new place, in one step. Cut off at any moment the workspace
 * works on the old or the new.
 */
export const moveWorkspace = async (from: StorePlace, to: string, options: MoveOptions): Promise<Moved> => {
  const folder = resolve(from.folder);
  const hotline = from.hotline ?? defaultHotline;
  await refuseSeveralLines(folder, hotline);
  const source = await openDatabase({ ...from, folder });
  try {
    return await source.write(hotline, async ({ db }) => {
      await refuseMoved(db, hotline, source.place);
      const leave: Leave = (place) => markMoved(db, hotline, place);
      return isPostgresAddress(to)
        ? await moveToServer(source, { ...from, folder }, to, options, leave)
        : await moveToFolder(source, { ...from, folder }, resolve(to), options, leave);
    });
  } catch (error) {
    throw explainDatabaseError(error, source.place);
  } finally {
    await source.close();
  }
};

/** Lines share one database and one setting of where it is: moving one of them would lose sight of the others. */
const refuseSeveralLines = async (folder: string, hotline: string): Promise<void> => {
  const lines = await workspaceLines(homeFolder(folder), hotline);
  if (lines.length > 1 || homeFolder(folder) !== folder)
    throw new BadInputError([
      { rule: 'lines-share-database', severity: 'error', file: folder } satisfies StoreProblem,
    ]);
};

const moveToServer = async (
  source: Database,
  from: StorePlace,
  address: string,
  { replace }: MoveOptions,
  leave: Leave,
): Promise<Moved> => {
  const hotline = from.hotline ?? defaultHotline;
  const { folder } = from;
  await refuseSameDatabase(source, address);
  await tryWriting(folder);
  const target = await openDatabase({ folder, store: address, hotline }, { create: true });
  try {
    if (!replace) await refuseRows(target, hotline);
    const tables = await copyHotline({ database: source, hotline }, { database: target, hotline }, ({ db }) =>
      enterAudit(db, hotline, localAuthor, movedNote(source, target)),
    );
    await leave(target.place);
    await saveSettings(folder, { store: address, hotline });
    return { folder, place: target.place, tables, leftAt: source.place };
  } catch (error) {
    throw tellingTarget(error, target);
  } finally {
    await target.close();
  }
};

const movedNote = (from: Database, to: Database): AuditNote => ({
  action: 'moved',
  subject: '',
  before: { store: from.kind },
  after: { store: to.kind },
});

/** An error that the target's kind of database makes, in words and with its place; any other as it was. */
const tellingTarget = (error: unknown, { kind, place }: Database): unknown => {
  const ofSqlite = error instanceof Error && 'errcode' in error;
  return ofSqlite === (kind === 'sqlite') ? explainDatabaseError(error, place) : error;
};

/** One database under two addresses (localhost and 127.0.0.1) would wait for itself. */
const refuseSameDatabase = async (source: Database, address: string): Promise<void> => {
  if (source.kind !== 'postgres') return;
  const target = await connect({ folder: '', store: address });
  try {
    const [here, there] = [await serverAndDatabase(source), await serverAndDatabase(target)];
    if (here === there) throw new BadInputError([samePlace(source.place)]);
  } finally {
    await target.close();
  }
};

const serverAndDatabase = async ({ reads: { db } }: Database): Promise<string | undefined> => {
  const { rows } = await sql<{ name: string }>`
    select pg_postmaster_start_time()::text || ' ' || current_database() as name`.execute(db);
  return rows[0]?.name;
};

const moveToFolder = async (
  source: Database,
  from: StorePlace,
  folder: string,
  { replace }: MoveOptions,
  leave: Leave,
): Promise<Moved> => {
  const hotline = from.hotline ?? defaultHotline;
  const file = join(folder, databaseName);
  if (source.place === file) throw new BadInputError([samePlace(file)]);
  const there = existsSync(file);
  if (there && !replace) throw new BadInputError([fileInTheWay(file)]);
  const ownModels = folder === from.folder || existsSync(join(folder, 'models'));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const passing = await mkdtemp(join(folder, '.moving-'));
  return withPassingPath(passing, async () => {
    // A file that is there is written in place, in one transaction: whatever has it open goes on with the moved rows.
    const tables = await copyToFile(source, hotline, there ? folder : passing);
    if (!ownModels) {
      await cp(join(from.folder, 'models'), join(passing, 'models'), { recursive: true });
      await rename(join(passing, 'models'), join(folder, 'models'));
    }
    if (!there) {
      await removeDatabase(file);
      await rename(join(passing, databaseName), file);
    }
    await leave(file);
    // Workers reach no file: its own process does the jobs again.
    await saveSettings(folder, { store: 'sqlite', hotline, jobs: 'here' });
    return { folder, place: file, tables, leftAt: source.place };
  });
};

const copyToFile = async (
  source: Database,
  hotline: string,
  folder: string,
): Promise<readonly TableDigest[]> => {
  const target = await openDatabase({ folder, hotline }, { create: true });
  try {
    return await copyHotline({ database: source, hotline }, { database: target, hotline }, ({ db }) =>
      enterAudit(db, hotline, localAuthor, movedNote(source, target)),
    );
  } catch (error) {
    throw tellingTarget(error, target);
  } finally {
    await target.close();
  }
};

/** Throws where the settings could not be saved in a folder in the end: known before anything is moved. */
const tryWriting = async (folder: string): Promise<void> => {
  const probe = join(folder, `.probe-${randomUUID()}`);
  try {
    await writeFile(probe, '');
  } catch (error) {
    const problem = explainFileError(error);
    throw problem === undefined ? error : new BadInputError([{ ...problem, file: folder }]);
  } finally {
    await rm(probe, { force: true });
  }
};

const samePlace = (place: string): StoreProblem => ({
  rule: 'already-there',
  severity: 'error',
  file: place,
});

const fileInTheWay = (file: string): StoreProblem => ({
  rule: 'database-exists',
  severity: 'error',
  file,
});
