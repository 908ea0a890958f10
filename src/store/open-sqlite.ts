import { accessSync, constants, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import {
  CamelCasePlugin,
  CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import { workDone } from '../kernel/work.ts';
import type { Database, Queries } from './database.ts';
import { teachGathering } from './finite-numbers.ts';
import { leaveMark, refuseLogOfAnother } from './left-log.ts';
import { appliedSteps, migrateSchema, migrateTo, schemaState } from './migrate-schema.ts';
import { explainDatabaseError, placeProblem } from './store-problems.ts';
import type { Tables } from './tables.ts';
import { keepPrivate } from './workspace-files.ts';

/** How long a writer waits for another process before it gives up, milliseconds. */
const busyTimeoutMillis = 20_000;
/** How long it waits without letting anything else of this thread go on. */
const blockedMillis = 5;
/** How long an update of the schema waits for others to let go of the file, milliseconds. */
const heldTimeoutMillis = 3_000;
/** How long a file that another process makes may be without a byte, milliseconds. */
const newFileMillis = 500;

interface OpenSqliteOptions {
  /** Owner of the rows of a new file, or of one that does not name an owner yet. */
  readonly hotline: string;
  /** Takes a file of no bytes for a new one, as an interrupted start leaves it. */
  readonly create?: boolean;
  /** Keeps a copy of a file of an older structure beside it before it is brought up to date. */
  readonly keepsOlder?: boolean;
  /** Hears every statement: for tests. */
  readonly onStatement?: (statement: string) => void;
  /** How long a writer waits for another process, milliseconds: for tests. */
  readonly patienceMillis?: number;
}

/**
 * Opens the SQLite file (making it when absent) and brings its schema up to date, wholly or not at all.
 * Throws `BadInputError` for a file that is damaged, empty, newer than this version, held open by another program while
 * its schema is old, or that cannot be reached; the file is then as it was.
 */
export const openSqlite = async (file: string, options: OpenSqliteOptions): Promise<Database> => {
  const begun = performance.now();
  // another process may have made the file this moment
  while (options.create !== true && (await isEmpty(file))) {
    if (performance.now() > begun + newFileMillis)
      throw new BadInputError([placeProblem('database-empty', file)]);
    await pause(50);
  }
  for (;;) {
    const database = await tryOpening(file, options);
    if (database !== 'held') return database;
    if (performance.now() > begun + heldTimeoutMillis)
      throw new BadInputError([placeProblem('database-held', file, { values: { shared: false } })]);
    // Processes that wait for the same file must not try in step.
    await pause(50 + 100 * Math.random());
  }
};

const isEmpty = async (file: string): Promise<boolean> => {
  const found = await stat(file).catch(() => undefined);
  return found?.isFile() === true && found.size === 0;
};

const tryOpening = async (file: string, options: OpenSqliteOptions): Promise<Database | 'held'> => {
  const opened: DatabaseSync[] = [];
  const open = (readOnly: boolean): DatabaseSync => {
    const database = new DatabaseSync(file, { readOnly, timeout: busyTimeoutMillis });
    opened.push(database);
    teachGathering(database);
    return database;
  };
  const closeAll = (): void => {
    for (const database of opened) if (database.isOpen) database.close();
  };
  try {
    await refuseLogOfAnother(file);
    if (mayOnlyBeRead(file)) return await openToRead(file, opened);
    const isNew = (statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0;
    const writer = open(false);
    // Before anything is in it: what SQLite keeps beside the file takes over its rights.
    for (const part of ['', '-wal', '-shm']) keepPrivate(`${file}${part}`);
    if (!(await bringUpToDate(writer, file, options, isNew))) {
      closeAll();
      return 'held';
    }
    // FULL: what was acknowledged survives a power cut. WAL: readers go on while one process writes.
    writer.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on');
    return createDatabase(file, writer, open(true), options);
  } catch (error) {
    closeAll();
    throw explainDatabaseError(error, file);
  }
};

/** A file that is there, in a place where nothing may be written: a disk mounted to be read, somebody else's folder. */
const mayOnlyBeRead = (file: string): boolean => {
  if (!existsSync(file)) return false;
  const mayWrite = (path: string): boolean => {
    try {
      accessSync(path, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  };
  return !mayWrite(file) || !mayWrite(dirname(file));
};

/**
 * Opens such a file for reads alone. SQLite would keep files of its own beside it: where a writer has left some, they are
 * read too, and where there are none the file is taken as it is. An older structure cannot be brought up to date there.
 */
const openToRead = async (file: string, opened: DatabaseSync[]): Promise<Database> => {
  const address = pathToFileURL(file);
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0)
    address.searchParams.set('immutable', '1');
  const reader = new DatabaseSync(address, { readOnly: true, timeout: busyTimeoutMillis });
  opened.push(reader);
  teachGathering(reader);
  const state = schemaState(
    'sqlite',
    await appliedSteps(new Kysely<unknown>({ dialect: sqliteDialect(reader) })),
  );
  if (state === 'newer') throw new BadInputError([placeProblem('database-newer', file)]);
  if (state !== 'current') throw new BadInputError([placeProblem('database-not-writable', file)]);
  const database = createDatabase(file, reader, reader, { hotline: '' });
  return {
    ...database,
    write: async () => {
      throw new BadInputError([placeProblem('database-not-writable', file)]);
    },
    snapshot: async (work) => work(database.reads),
  };
};

/** False where the schema is old and another program has the file open: what it runs would break. */
const bringUpToDate = async (
  writer: DatabaseSync,
  file: string,
  { hotline, create, keepsOlder }: OpenSqliteOptions,
  isNew: boolean,
): Promise<boolean> => {
  const db = new Kysely<unknown>({ dialect: sqliteDialect(writer) });
  const applied = await appliedSteps(db);
  if (applied.length === 0 && !isNew && !isBegun(writer, create === true))
    throw new BadInputError([placeProblem('database-damaged', file)]);
  const state = schemaState('sqlite', applied);
  if (state === 'newer') throw new BadInputError([placeProblem('database-newer', file)]);
  if (state === 'older' && !takeAlone(writer)) return false;
  if (state === 'older' && keepsOlder === true) copyAsItIs(writer, olderCopy(file, applied.at(-1) ?? ''));
  if (state !== 'current') {
    writer.exec('pragma synchronous = full');
    // its own before it begins: by that alone the journal of one that is cut off is told from another file's
    if (state === 'older') leaveMark(writer);
    await migrateSchema(db, 'sqlite', hotline);
    leaveMark(writer);
  }
  return true;
};

/** Whether a file without any step is one that is being made: no tables of somebody else's, and not emptied. */
const isBegun = (writer: DatabaseSync, create: boolean): boolean => {
  const tables = writer.prepare("select name from sqlite_schema where type = 'table'").all();
  return tables.length === 0 ? create : tables.every(({ name }) => String(name).startsWith('kysely_'));
};

/** Makes a file whose structure is that of an earlier version, whose last step this was: for a copy of such records. */
export const makeOlderSqlite = async (file: string, hotline: string, step: string): Promise<Database> => {
  const writer = new DatabaseSync(file, { timeout: busyTimeoutMillis });
  teachGathering(writer);
  keepPrivate(file);
  await migrateTo(new Kysely<unknown>({ dialect: sqliteDialect(writer) }), hotline, step);
  return createDatabase(file, writer, new DatabaseSync(file, { readOnly: true }), { hotline });
};

/** Where a file is kept as it was when `step` was its last: the version of then opens it again. */
export const olderCopy = (file: string, step: string): string => `${file}.${step}`;

/** Copies the file while nobody else has it open; the copy appears under its name only when it is whole. */
const copyAsItIs = (writer: DatabaseSync, copy: string): void => {
  const unfinished = `${copy}.unfinished`;
  rmSync(unfinished, { force: true });
  try {
    writer.prepare('vacuum into ?').run(unfinished);
    keepPrivate(unfinished);
    renameSync(unfinished, copy);
  } finally {
    // half of it would take what room a full disk has left
    for (const part of ['', '-journal']) rmSync(`${unfinished}${part}`, { force: true });
  }
};

/** SQLite leaves WAL only where nobody else has the file open: that tells of every holder, of any version. */
const takeAlone = (writer: DatabaseSync): boolean => {
  writer.exec('pragma busy_timeout = 100');
  try {
    return writer.prepare('pragma journal_mode = delete').get()?.['journal_mode'] === 'delete';
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5) return false;
    throw error;
  } finally {
    writer.exec(`pragma busy_timeout = ${busyTimeoutMillis}`);
  }
};

/** How long a file may be written to by somebody else's checkpoint before it ends, milliseconds. */
const checkpointMillis = 10_000;
/** How long reads go on without another look at the file, milliseconds. */
const lookedMillis = 100;

/**
 * Looks whether another file has come in the place of the one that is open (a backup copied back, a folder synchronised):
 * what is written would go to a file that nobody finds any more. Another number alone does not say so: some disks give a
 * file several in its life. A file that was written over where it is keeps both; but here SQLite writes it at
 * checkpoints alone, so that what changes without one was written by somebody else.
 */
const watchFile = (file: string, writer: DatabaseSync, reader: DatabaseSync) => {
  const asked = ['wal_checkpoint(noop)', 'data_version'].map((name) => reader.prepare(`pragma ${name}`));
  /** Another text after each checkpoint, and perhaps after a commit; undefined where nothing is known of them. */
  const checkpoints = (): string | undefined => {
    try {
      const [done = -1, changed] = asked.map((each) => Number(Object.values(each.get() ?? {}).at(-1)));
      return done < 0 ? undefined : `${done} ${changed}`;
    } catch {
      return undefined;
    }
  };
  const see = (since?: string) => {
    const [before, checked, now] = [lookAt(file), checkpoints() ?? since, lookAt(file)];
    return now && { ...now, checked, isStill: before?.written === now.written };
  };
  let known = see();
  const watched = statSync(file, { bigint: true });
  const beside = ['-wal', '-shm'].map((part) => [`${file}${part}`, lookAt(`${file}${part}`)?.ino] as const);
  let isLeft = false;
  let looked = -Infinity;

  /** Lets go. The new file must not be opened with the old one's log beside it, nor may that be written into it. */
  const leave = (isWrittenOver: boolean): BadInputError => {
    for (const [path, ino] of isWrittenOver && !isLeft ? beside : [])
      try {
        if (lookAt(path)?.ino === ino) renameSync(path, `${path}.left`);
      } catch {
        // some systems move no file that is open; or it is gone
      }
    isLeft = true;
    // of an old file that was moved away the last to close completes it; a reader that stays open keeps others from it
    if (!isWrittenOver && reader.isOpen) reader.close();
    if (writer !== reader && writer.isOpen) writer.close();
    return new BadInputError([placeProblem('database-replaced', file)]);
  };
  const look = async (): Promise<void> => {
    if (isLeft) throw leave(true);
    for (let [since, last] = [performance.now(), '']; ; await pause(50)) {
      const now = see(known?.checked);
      if (now === undefined || (now.ino !== watched.ino && now.birth !== watched.birthtimeNs))
        throw leave(false);
      const isWatched = known?.checked !== undefined && known.isStill;
      if (!isWatched || now.written === known?.written || now.checked !== known?.checked) {
        if (now.isStill) known = now;
        looked = performance.now();
        return;
      }
      if (now.written !== last) [since, last] = [performance.now(), now.written];
      if (performance.now() > since + checkpointMillis) throw leave(true);
    }
  };
  return {
    look,
    /** The same, unless it was done just now. */
    glance: async (): Promise<void> => {
      if (isLeft || performance.now() > looked + lookedMillis) await look();
    },
    /** What this thread has just written is no surprise. */
    accept: (): void => {
      const now = see(known?.checked);
      if (now?.isStill === true) known = now;
    },
    isLeft: () => isLeft,
  };
};

const lookAt = (path: string) => {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true });
  return found && { ino: found.ino, birth: found.birthtimeNs, written: `${found.mtimeNs} ${found.size}` };
};

const createDatabase = (
  file: string,
  writer: DatabaseSync,
  reader: DatabaseSync,
  { onStatement, patienceMillis }: OpenSqliteOptions,
): Database => {
  const queries = (connection: DatabaseSync, before?: () => Promise<void>): Kysely<Tables> =>
    new Kysely<Tables>({
      dialect: sqliteDialect(connection, 'begin immediate', patienceMillis, before),
      plugins: [new CamelCasePlugin()],
      ...(onStatement === undefined ? {} : { log: ({ query }) => onStatement(query.sql) }),
    });
  const { look, glance, accept, isLeft } = watchFile(file, writer, reader);
  const writes = queries(writer);
  const marker = createMarker(writer);
  const reads = queries(reader, glance);
  for (const connection of [writer, reader]) connection.exec(`pragma busy_timeout = ${blockedMillis}`);
  return {
    kind: 'sqlite',
    place: file,
    reads: queriesOn(reads),
    write: async (_hotline, work) => {
      await glance();
      const written = await writes.transaction().execute(async (db) => {
        await look();
        marker.begin();
        const answer = await work(queriesOn(db));
        marker.end();
        await look();
        return answer;
      });
      accept();
      return written;
    },
    snapshot: async (work) => {
      await look();
      return snapshotOf(file, work);
    },
    close: async () => {
      if (!writer.isOpen) return;
      await look().catch(() => undefined);
      if (isLeft()) return;
      await reads.destroy();
      // of whom nothing was asked it is still open; the last to close carries over the log, and only one that writes can
      if (reader !== writer && reader.isOpen) reader.close();
      await writes.destroy();
      if (writer.isOpen) writer.close();
    },
  };
};

const queriesOn = (db: Kysely<Tables>): Queries => ({
  kind: 'sqlite',
  db,
  readBytes: async (query) => {
    const { rows } = await db.executeQuery<Record<string, Uint8Array | null>>(query);
    return Object.values(rows[0] ?? {});
  },
});

/** A connection of its own, since a long snapshot must not hold up the reads of everyone else. */
const snapshotOf: (file: string, work: Parameters<Database['snapshot']>[0]) => Promise<never> = async (
  file,
  work,
) => {
  const connection = new DatabaseSync(file, { readOnly: true, timeout: blockedMillis });
  teachGathering(connection);
  const db = new Kysely<Tables>({
    dialect: sqliteDialect(connection, 'begin'),
    plugins: [new CamelCasePlugin()],
  });
  try {
    return (await db.transaction().execute((trx) => work(queriesOn(trx)))) as never;
  } finally {
    await db.destroy();
  }
};

/**
 * Lets Kysely run its queries on an open `node:sqlite` database. A deferred transaction that turns into a writer
 * fails at once when another process writes; an immediate one waits for its turn. `before` is done before each statement.
 */
export const sqliteDialect = (
  database: DatabaseSync,
  begin: 'begin' | 'begin immediate' = 'begin immediate',
  patienceMillis = busyTimeoutMillis,
  before?: () => Promise<void>,
): Dialect => ({
  createAdapter: () => new TransactionalSqliteAdapter(),
  createDriver: () => createDriver(database, begin, createConnection(database, patienceMillis, before)),
  createIntrospector: (db: Kysely<unknown>): DatabaseIntrospector => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

/** Kysely's own adapter denies that SQLite can undo DDL; it can, and a failed migration must leave nothing. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

const createDriver = (database: DatabaseSync, begin: string, connection: DatabaseConnection): Driver => {
  const run = async (command: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(command));
  };
  return {
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: () => run(begin),
    commitTransaction: () => run('commit'),
    // SQLite may have rolled back by itself (disk full); a second rollback would hide the first error.
    rollbackTransaction: async () => {
      if (database.isOpen && database.isTransaction) await run('rollback');
    },
    releaseConnection: async () => {},
    destroy: async () => {
      if (database.isOpen) database.close();
    },
  };
};

/** Without a try for so long it is another wait that begins. */
const anotherWaitMillis = 2_000;

/**
 * A statement that another process holds up has done nothing: it is tried again, and whatever else waits has its turn. Those
 * that queued up behind one that was given up have waited as long as it has.
 */
const createPatience = (patienceMillis: number) => {
  let [since, tried] = [Infinity, -Infinity];
  return async <Answer>(statement: () => Answer, isRun = true): Promise<Answer> => {
    for (;;) {
      try {
        const answer = statement();
        if (isRun) since = Infinity;
        return answer;
      } catch (error) {
        const isBusy = error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;
        if (!isBusy) throw error;
        const now = performance.now();
        since = now - tried > anotherWaitMillis ? now : Math.min(since, now);
        tried = now;
        if (now - since > patienceMillis) throw error;
      }
      await pause(10 + 30 * Math.random());
    }
  };
};

/** Statements that are kept prepared: more than the store's queries, fewer than would cost memory. */
const preparedLimit = 64;

const createConnection = (
  database: DatabaseSync,
  patienceMillis: number,
  before?: () => Promise<void>,
): DatabaseConnection => {
  const patiently = createPatience(patienceMillis);
  const prepared = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    if (prepared.size >= preparedLimit) prepared.clear();
    prepared.set(sql, statement);
    return statement;
  };
  const executeQuery = async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    if (before !== undefined) await before();
    const statement = await patiently(() => prepare(query.sql), false);
    const parameters = sqliteValues(query.parameters);
    workDone.queries += 1;
    if (statement.columns().length > 0) {
      const rows = (await patiently(() => statement.all(...parameters))) as Row[];
      workDone.rowsRead += rows.length;
      return { rows };
    }
    const { changes, lastInsertRowid } = await patiently(() => statement.run(...parameters));
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
  };
  return {
    executeQuery,
    streamQuery: async function* <Row>(query: CompiledQuery): AsyncGenerator<QueryResult<Row>> {
      yield await executeQuery<Row>(query);
    },
  };
};

/** node:sqlite refuses booleans and undefined; where there are none the values go as they are. */
const sqliteValues = (values: readonly unknown[]): readonly SQLInputValue[] => {
  for (let i = 0; i < values.length; i += 1)
    if (values[i] === undefined || typeof values[i] === 'boolean') return values.map(toSqliteValue);
  return values as readonly SQLInputValue[];
};

const toSqliteValue = (value: unknown): SQLInputValue => {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value as SQLInputValue;
};

/** Marks what a transaction writes, as long as it writes anything: begun at its beginning, ended before it is kept. */
const createMarker = (writer: DatabaseSync): { begin: () => void; end: () => void } => {
  const changes = writer.prepare('select total_changes() as n');
  let before: unknown;
  return {
    begin: () => {
      before = changes.get()?.['n'];
    },
    end: () => {
      if (changes.get()?.['n'] !== before) leaveMark(writer);
    },
  };
};
