import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { CamelCasePlugin, Kysely, PostgresDialect, type CompiledQuery } from 'kysely';
import { Pool, TypeOverrides, types, type PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { BadInputError } from '../kernel/errors.ts';
import { copiedRow, copyRows } from './copy-binary.ts';
import type { Database, Queries, Writing } from './database.ts';
import { explainDatabaseError } from './database-problems.ts';
import { applicationName } from './migrations.ts';
import { addYears } from './part-years.ts';
import { tooOldPostgres } from './postgres-problems.ts';
import type { Tables } from './tables.ts';

export interface OpenPostgresOptions {
  /** Connections for reading, and as many for writing, of this process at most. */
  readonly connections?: number;
  /** Hears every statement: for tests. */
  readonly onStatement?: (statement: string) => void;
}

/** The oldest release that is tested for; server_version_num. */
const oldestServer = 140_000;
const connectTimeoutMillis = 10_000;
/** Until a writer has a connection: others of other hotlines may be at work. */
const turnTimeoutMillis = 60_000;
/** How long a writer waits for another one of the same hotline. */
const lockTimeoutMillis = 20_000;

/**
 * Connects to a PostgreSQL database, whatever its schema. Throws `BadInputError` where it cannot be reached, will not
 * let us in, or is older than what this version works with.
 */
export const openPostgres = async (address: string, options: OpenPostgresOptions = {}): Promise<Database> => {
  const place = withoutPassword(address);
  const pools = createPools(address, options);
  const database = createDatabase(pools, place, options);
  try {
    const { rows } = await pools.reads.query<{ version: number; said: string }>(
      `select current_setting('server_version_num')::int as version, current_setting('server_version') as said`,
    );
    const server = rows[0];
    if (server !== undefined && server.version < oldestServer)
      throw new BadInputError([tooOldPostgres(place, server.said, oldestServer / 10_000)]);
    return database;
  } catch (error) {
    await database.close();
    throw explainDatabaseError(error, place);
  }
};

/** An address as it may be shown: scheme, user, host and database. */
export const withoutPassword = (address: string): string => {
  try {
    const url = new URL(address);
    url.password = '';
    url.search = '';
    return url.toString();
  } catch {
    return 'postgres://';
  }
};

interface Pools {
  readonly reads: Pool;
  /** Of their own, so that no read waits for the end of a long write. */
  readonly writes: Pool;
  /** For statements that a write needs done beside it: were they to wait for a writer, none would ever end. */
  readonly beside: Pool;
}

const createPools = (address: string, { connections = 6 }: OpenPostgresOptions): Pools => ({
  reads: createPool(address, connections, connectTimeoutMillis, 1),
  writes: createPool(address, connections, turnTimeoutMillis),
  beside: createPool(address, 1, turnTimeoutMillis),
});

/** `kept` connections stay open at rest: whoever migrates the database sees by them that this version works on it. */
const createPool = (address: string, connections: number, waitMillis: number, kept = 0): Pool => {
  const numbers = new TypeOverrides();
  numbers.setTypeParser(types.builtins.INT8, Number);
  numbers.setTypeParser(types.builtins.NUMERIC, Number);
  const pool = new Pool({
    connectionString: address,
    max: connections,
    min: kept,
    application_name: applicationName,
    connectionTimeoutMillis: waitMillis,
    lock_timeout: lockTimeoutMillis,
    keepAlive: true,
    types: numbers,
  });
  // A connection that breaks while idle is replaced at the next query; unheard, it would end the process.
  pool.on('error', () => {});
  return pool;
};

const createDatabase = (pools: Pools, place: string, options: OpenPostgresOptions): Database => {
  const db = kyselyOn(pools.reads, options);
  const inTurn = createTurns();
  return {
    kind: 'postgres',
    place,
    reads: queriesOn((copy) => withClient(pools.reads, copy), db, options),
    write: (hotline, work) =>
      inTurn(hotline, () =>
        onOneClient(pools.writes, 'begin', async (client) => {
          const trx = kyselyOn(loneClient(client), options);
          // One writer at a time for each hotline: numbers given out, counts and hashes rest on it.
          await trx
            .selectFrom('lines')
            .select('lastSaved')
            .where('hotlineKey', '=', hotline)
            .forUpdate()
            .execute();
          return work(
            writingOn(
              client,
              queriesOn((copy) => copy(client), trx, options),
              pools.beside,
            ),
          );
        }),
      ),
    snapshot: (work) =>
      onOneClient(pools.reads, 'begin isolation level repeatable read read only', (client) =>
        work(queriesOn((copy) => copy(client), kyselyOn(loneClient(client), options), options)),
      ),
    close: async () => {
      await Promise.all([db.destroy(), pools.writes.end(), pools.beside.end()]);
      if (!pools.reads.ended) await pools.reads.end();
    },
  };
};

/** Writers of one hotline within this process wait here, not each with a connection in hand. */
const createTurns = (): (<Answer>(hotline: string, work: () => Promise<Answer>) => Promise<Answer>) => {
  const last = new Map<string, Promise<unknown>>();
  return (hotline, work) => {
    const mine = (last.get(hotline) ?? Promise.resolve()).then(work);
    const settled = mine.catch(() => {});
    last.set(hotline, settled);
    void forgetWhenDone(last, hotline, settled);
    return mine;
  };
};

const forgetWhenDone = async (
  last: Map<string, Promise<unknown>>,
  hotline: string,
  settled: Promise<unknown>,
): Promise<void> => {
  await settled;
  if (last.get(hotline) === settled) last.delete(hotline);
};

type Connector = Pick<Pool, 'connect' | 'end' | 'options'>;

const kyselyOn = (pool: Connector, { onStatement }: OpenPostgresOptions): Kysely<Tables> =>
  new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin()],
    ...(onStatement === undefined ? {} : { log: ({ query }) => onStatement(query.sql) }),
  });

const queriesOn = (
  on: (work: (client: PoolClient) => Promise<Buffer>) => Promise<Buffer>,
  db: Kysely<Tables>,
  { onStatement }: OpenPostgresOptions,
): Queries => ({
  kind: 'postgres',
  db,
  readBytes: async (query) => {
    const row = await on((client) => {
      // The driver reads every value of a plain query as text; what is copied out comes as it is.
      const statement = `copy (${withValues(client, query)}) to stdout (format binary)`;
      onStatement?.(statement);
      return buffer(client.query(copyTo(statement)));
    });
    return copiedRow(row);
  },
});

/** COPY takes no parameters: they stand in the statement, quoted. */
const withValues = (client: PoolClient, { sql: text, parameters }: CompiledQuery): string =>
  text.replace(/\$(\d+)/g, (_, n: string) => {
    const value = parameters[Number(n) - 1];
    return typeof value === 'number' ? `(${value})` : client.escapeLiteral(String(value));
  });

/** Lets Kysely work on one connection whose transaction is ours. */
const loneClient = (client: PoolClient): Connector => {
  const held = new Proxy(client, {
    get: (target, name) => {
      if (name === 'release') return () => {};
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  return { connect: async () => held, end: async () => {}, options: {} } as unknown as Connector;
};

const onOneClient = <Answer>(
  pool: Pool,
  begin: string,
  work: (client: PoolClient) => Promise<Answer>,
): Promise<Answer> =>
  withClient(pool, async (client, breaks) => {
    try {
      await client.query(begin);
      const answer = await work(client);
      const { command } = await client.query('commit');
      if (command === 'ROLLBACK') throw new Error('the transaction was undone by the server');
      return answer;
    } catch (error) {
      await client.query('rollback').catch(breaks);
      throw error;
    }
  });

/** A connection for a while; one that breaks meanwhile is not used again. */
const withClient = async <Answer>(
  pool: Pool,
  work: (client: PoolClient, breaks: () => void) => Promise<Answer>,
): Promise<Answer> => {
  const client = await pool.connect();
  let broken = false;
  const heardBreaking = (): void => {
    broken = true;
  };
  client.on('error', heardBreaking);
  try {
    return await work(client, heardBreaking);
  } finally {
    client.off('error', heardBreaking);
    client.release(broken);
  }
};

const writingOn = (client: PoolClient, queries: Queries, beside: Pool): Writing => ({
  ...queries,
  pour: async (table, columns, pages) => {
    const names = columns.map(({ name }) => client.escapeIdentifier(name)).join(', ');
    const statement = `copy ${client.escapeIdentifier(table)} (${names}) from stdin (format binary)`;
    const copying = client.query(copyFrom(statement));
    await pipeline(Readable.from(copyRows(columns, pages), { objectMode: true }), copying);
  },
  // On a connection of its own, done at once: held until a long load ends it would make every other loader wait.
  partYears: (years) =>
    onOneClient(beside, 'begin', (other) => addYears((statement) => other.query(statement), years)),
});
