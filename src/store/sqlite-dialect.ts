import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import {
  CompiledQuery,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
} from 'kysely';
import { workDone } from '../kernel/work.ts';

/**
 * Lets Kysely run its queries on an open `node:sqlite` database. A deferred transaction that turns into a writer
 * fails at once when another process writes; an immediate one waits for its turn. `begin` is for connections that
 * only read.
 */
export const sqliteDialect = (
  database: DatabaseSync,
  begin: 'begin' | 'begin immediate' = 'begin immediate',
): Dialect => ({
  createAdapter: () => new TransactionalSqliteAdapter(),
  createDriver: () => createDriver(database, begin),
  createIntrospector: (db: Kysely<unknown>): DatabaseIntrospector => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});

/** Kysely's own adapter denies that SQLite can undo DDL; it can, and a failed migration must leave nothing. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

const createDriver = (database: DatabaseSync, begin: string): Driver => {
  const connection = createConnection(database);
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
      if (database.isTransaction) await run('rollback');
    },
    releaseConnection: async () => {},
    destroy: async () => {
      if (database.isOpen) database.close();
    },
  };
};

/** Statements that are kept prepared: more than the store's queries, fewer than would cost memory. */
const preparedLimit = 64;

const createConnection = (database: DatabaseSync): DatabaseConnection => {
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
    const statement = prepare(query.sql);
    const parameters = sqliteValues(query.parameters);
    workDone.queries += 1;
    if (statement.columns().length > 0) {
      const rows = statement.all(...parameters) as Row[];
      workDone.rowsRead += rows.length;
      return { rows };
    }
    const { changes, lastInsertRowid } = statement.run(...parameters);
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
