import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { sql } from 'kysely';
import { isPostgresAddress, type Settings } from '../contract/settings.ts';
import type { AuditNote } from '../contract/documents/audit-document.ts';
import { BadInputError } from '../kernel/errors.ts';
import { saveSettings } from './workspace-models.ts';
import { explainDatabaseError, explainFileError, placeProblem } from './store-problems.ts';
import { removeDatabase } from './backup-file.ts';
import { auditTables, enterAudit, localAuthor } from './audit-log.ts';
import { copyHotline, digestHotline, type TableDigest } from './copy-hotline.ts';
import type { Database } from './database.ts';
import { markMoved, movedTo, refuseMoved } from './facts.ts';
import {
  connect,
  databaseName,
  defaultHotline,
  openDatabase,
  refuseOtherSchema,
  type StorePlace,
} from './open-store.ts';
import { removeUnfinishedWrites, tryWriting, withTemporaryPath } from './workspace-files.ts';
import { refuseRows } from './restore-workspace.ts';
import { tableLayouts } from './todays-tables.ts';
import {
  forgetUnderWay,
  notedPlace,
  noteFile,
  noteUnderWay,
  removeMade,
  type UnderWayOf,
} from './under-way.ts';
import { homeFolder, workspaceLines } from './workspace-lines.ts';

interface MoveOptions {
  /** Overwrites what the target holds of the hotline. */
  readonly replace: boolean;
}

interface Moved {
  readonly folder: string;
  readonly place: string;
  readonly tables: readonly TableDigest[];
  /** Where the records were: they can still be looked at, by the person who wants to make sure, and take no more writes. */
  readonly leftAt: string;
}

/** Marks the records that are left behind, before the settings name the new place. */
type Leave = (place: string) => Promise<void>;

interface Steps {
  /** Notes what is about to be done, before anything is. */
  readonly begin: () => Promise<void>;
  readonly leave: Leave;
}

/** Where a new file stands until it is whole. */
const movingIn = (folder: string): string => join(folder, '.moving');

/**
 * Moves a workspace's records to PostgreSQL (`to` is an address) or into a folder's own file, equal row for row. The
 * old place is locked meanwhile and refuses writes once the settings name the new one. What is cut off is noted, and
 * finished or taken back by whatever opens the folder next (`settleMove`).
 */
export const moveWorkspace = async (from: StorePlace, to: string, options: MoveOptions): Promise<Moved> => {
  const folder = resolve(from.folder);
  const hotline = from.hotline ?? defaultHotline;
  await refuseSeveralLines(folder, hotline);
  const toServer = isPostgresAddress(to);
  const settled = toServer ? folder : resolve(to);
  const note: UnderWayOf<'move'> = {
    work: 'move',
    from: notedPlace({ ...from, folder }),
    to: notedPlace({ folder: settled, hotline, ...(toServer ? { store: to } : {}) }),
    settled,
  };
  const source = await openDatabase({ ...from, folder });
  try {
    const moved = await source.write(hotline, async ({ db }) => {
      await refuseMoved(db, hotline, source.place);
      const steps: Steps = {
        begin: () => noteUnderWay(folder, note),
        leave: (place) => markMoved(db, hotline, place),
      };
      return toServer
        ? await moveToServer(source, { ...from, folder }, to, options, steps)
        : await moveToFolder(source, { ...from, folder }, settled, options, steps);
    });
    await forgetUnderWay(folder);
    return moved;
  } catch (error) {
    throw explainDatabaseError(error, source.place);
  } finally {
    await source.close();
    // What failed after it had begun is finished or taken back; what cannot be now is by whatever opens the folder next.
    if (existsSync(noteFile(folder))) await settleMove(folder, note).catch(() => undefined);
  }
};

/**
 * Finishes a move that was cut off once all records were in the new place and none has changed in the old: true. Any
 * other is taken back.
 */
export const settleMove = async (
  folder: string,
  { from, to, settled }: UnderWayOf<'move'>,
): Promise<boolean> => {
  const { hotline } = from;
  await rm(movingIn(settled), { recursive: true, force: true });
  await removeUnfinishedWrites(settled);
  const isIn = await withTwo(from, to, async (source, target): Promise<boolean> => {
    if (target === undefined || !(await isCopyOf(target, source, hotline))) return false;
    if ((await movedTo(source.reads.db, hotline)) !== undefined) return true;
    return source.write(hotline, async ({ db }) => {
      const differs = await digestsDiffer(source, target, hotline);
      if (differs) return false;
      await saveSettings(settled, settingsAfter(to));
      await markMoved(db, hotline, target.place);
      return true;
    });
  });
  await forgetUnderWay(folder);
  return isIn;
};

/** Workers reach no file: its own process does the jobs again. */
const settingsAfter = ({ store, hotline }: Required<StorePlace>): Partial<Settings> => ({
  store,
  hotline,
  ...(store === 'sqlite' ? { jobs: 'here' } : {}),
});

/** Both places of a move; the new one is left out where it has not come to be. */
const withTwo = async <Answer>(
  from: StorePlace,
  to: Required<StorePlace>,
  work: (source: Database, target: Database | undefined) => Promise<Answer>,
): Promise<Answer> => {
  const source = await openDatabase(from);
  try {
    const isThere = isPostgresAddress(to.store) || existsSync(join(to.folder, databaseName));
    const target = isThere ? await connect(to) : undefined;
    try {
      return await work(source, target);
    } finally {
      await target?.close();
    }
  } finally {
    await source.close();
  }
};

/**
 * Whether a place holds what a move took there from another, and nothing since: its log is the other's as it was, and
 * one entry that tells of the move. A log's seals say so beyond doubt.
 */
const isCopyOf = async (target: Database, source: Database, hotline: string): Promise<boolean> => {
  if (await refuseOtherSchemaOf(target)) return false;
  const last = await target.reads.db
    .selectFrom('audit')
    .select(['number', 'seal', 'entry'])
    .where('hotlineKey', '=', hotline)
    .orderBy('number', 'desc')
    .limit(2)
    .execute();
  const [head, before] = last;
  if (head === undefined || (JSON.parse(head.entry) as AuditNote).action !== 'moved') return false;
  const own = await source.reads.db
    .selectFrom('audit')
    .select('seal')
    .where('hotlineKey', '=', hotline)
    .where('number', '=', head.number - 1)
    .executeTakeFirst();
  return own === undefined ? before === undefined : own.seal === before?.seal;
};

/** A shared database that nobody has given its tables yet holds no copy. */
const refuseOtherSchemaOf = async (target: Database): Promise<boolean> =>
  target.kind === 'postgres' && (await refuseOtherSchema(target));

/** Logs differ by the entry of the move; what was worked out is no record. */
const notCompared: ReadonlySet<string> = new Set([
  ...auditTables,
  'results',
  'sessions',
  'accounts',
  'facts',
]);

const digestsDiffer = async (source: Database, target: Database, hotline: string): Promise<boolean> => {
  const layouts = tableLayouts.filter(({ table }) => !notCompared.has(table));
  const [here, there] = [
    await digestHotline(source.reads, hotline, layouts),
    await digestHotline(target.reads, hotline, layouts),
  ];
  return here.some(({ digest }, i) => digest !== there[i]?.digest);
};

/** Lines share one database and one setting of where it is: moving one of them would lose sight of the others. */
const refuseSeveralLines = async (folder: string, hotline: string): Promise<void> => {
  const lines = await workspaceLines(homeFolder(folder), hotline);
  if (lines.length > 1 || homeFolder(folder) !== folder)
    throw new BadInputError([placeProblem('lines-share-database', folder)]);
};

const moveToServer = async (
  source: Database,
  from: StorePlace,
  address: string,
  { replace }: MoveOptions,
  { begin, leave }: Steps,
): Promise<Moved> => {
  const hotline = from.hotline ?? defaultHotline;
  const { folder } = from;
  await refuseSameDatabase(source, address);
  await refuseUnwritable(folder);
  const target = await openDatabase({ folder, store: address, hotline }, { create: true });
  try {
    // What a move of this hotline left there when it was cut off is in nobody's way.
    if (!replace && !(await isCopyOf(target, source, hotline))) await refuseRows(target, hotline);
    await begin();
    const tables = await copyHotline({ database: source, hotline }, { database: target, hotline }, ({ db }) =>
      enterAudit(db, hotline, localAuthor, movedNote(source, target)),
    );
    await leave(target.place);
    await saveSettings(folder, settingsAfter({ folder, store: address, hotline }));
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
    if (here === there) throw new BadInputError([placeProblem('already-there', source.place)]);
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
  { begin, leave }: Steps,
): Promise<Moved> => {
  const hotline = from.hotline ?? defaultHotline;
  const file = join(folder, databaseName);
  if (source.place === file) throw new BadInputError([placeProblem('already-there', file)]);
  const there = existsSync(file);
  if (there && !replace && !(await holdsCopyOf(folder, source, hotline)))
    throw new BadInputError([placeProblem('database-exists', file)]);
  const ownModels = folder === from.folder || existsSync(join(folder, 'models'));
  const made = (await mkdir(folder, { recursive: true, mode: 0o700 })) ?? null;
  const passing = movingIn(folder);
  await rm(passing, { recursive: true, force: true });
  const move = async (): Promise<Moved> => {
    await begin();
    await mkdir(passing);
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
    await saveSettings(folder, settingsAfter(notedPlace({ folder, hotline })));
    return { folder, place: file, tables, leftAt: source.place };
  };
  try {
    return await withTemporaryPath(passing, move);
  } catch (error) {
    await removeMade(folder, made);
    throw error;
  }
};

const holdsCopyOf = async (folder: string, source: Database, hotline: string): Promise<boolean> => {
  const target = await connect({ folder, hotline });
  try {
    return await isCopyOf(target, source, hotline);
  } finally {
    await target.close();
  }
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
const refuseUnwritable = async (folder: string): Promise<void> => {
  try {
    await tryWriting(folder);
  } catch (error) {
    const problem = explainFileError(error);
    throw problem === undefined ? error : new BadInputError([{ ...problem, file: folder }]);
  }
};
