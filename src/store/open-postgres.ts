import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { CamelCasePlugin, type CompiledQuery, Kysely, PostgresDialect } from 'kysely';
import { Pool, type PoolClient, TypeOverrides, types } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { BadInputError } from '../kernel/errors.ts';
import type { Database, Queries, SqlValue, Writing } from './database.ts';
import { applicationName } from './migrations.ts';
import { addYears } from './upsert-records.ts';
import { explainDatabaseError, placeProblem } from './store-problems.ts';
import type { Column } from './table-notation.ts';
import type { Tables } from './tables.ts';

interface OpenPostgresOptions {
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
      throw new BadInputError([
        placeProblem('postgres-too-old', place, {
          value: server.said.slice(0, 100),
          values: { wanted: oldestServer / 10_000 },
        }),
      ]);
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

/** `kept` connections stay open at rest: anyone who migrates the database sees by them that this version works on it. */
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

/** COPY takes no parameters: they are in the statement, quoted. */
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

/** The binary format of PostgreSQL's COPY (its manual, "COPY", Binary Format): a head, rows of fields, an end. */
const head = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');

const chunkBytes = 256 * 1024;

/** Rows as COPY takes them in, in large pieces. */
const copyRows = async function* (
  columns: readonly Pick<Column, 'name' | 'type'>[],
  pages: AsyncIterable<readonly (readonly SqlValue[])[]>,
): AsyncGenerator<Buffer> {
  const writer = new RowWriter(columns.map(({ type }) => type));
  yield head;
  for await (const page of pages)
    for (const row of page) {
      writer.write(row);
      if (writer.length >= chunkBytes) yield writer.take();
    }
  yield writer.take();
  yield Buffer.from([0xff, 0xff]);
};

/** The values of the only row that was copied out, as bytes. */
const copiedRow = (copied: Buffer): (Uint8Array | null)[] => {
  let at = head.length;
  const fields = copied.readInt16BE(at);
  at += 2;
  return Array.from({ length: fields }, () => {
    const length = copied.readInt32BE(at);
    at += 4 + Math.max(0, length);
    return length < 0 ? null : copied.subarray(at - length, at);
  });
};

class RowWriter {
  readonly #types: readonly Column['type'][];
  /** Text of each column as it was last written: most rows name the same hotline and queue as the one before. */
  readonly #texts: { text: string; bytes: Buffer }[];
  #bytes = Buffer.allocUnsafe(2 * chunkBytes);
  length = 0;

  constructor(types: readonly Column['type'][]) {
    this.#types = types;
    this.#texts = types.map(() => ({ text: '', bytes: Buffer.alloc(0) }));
  }

  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.length);
    this.#bytes = Buffer.allocUnsafe(2 * chunkBytes);
    this.length = 0;
    return taken;
  }

  write(row: readonly SqlValue[]): void {
    const types = this.#types;
    this.#reserve(2 + 12 * types.length);
    this.length = this.#bytes.writeInt16BE(types.length, this.length);
    for (let i = 0; i < types.length; i += 1) this.#writeField(i, row[i] ?? null);
  }

  #writeField(column: number, value: SqlValue): void {
    if (value === null) {
      this.length = this.#bytes.writeInt32BE(-1, this.length);
      return;
    }
    switch (this.#types[column]) {
      case 'real':
        this.length = this.#bytes.writeInt32BE(8, this.length);
        this.length = this.#bytes.writeDoubleBE(Number(value), this.length);
        return;
      case 'whole':
        this.#writeWhole(Number(value));
        return;
      case 'flag':
        this.length = this.#bytes.writeInt32BE(2, this.length);
        this.length = this.#bytes.writeInt16BE(Number(value), this.length);
        return;
      case 'bytes':
        this.#writeBytes(value as Uint8Array);
        return;
      default:
        this.#writeBytes(this.#textBytes(column, String(value)));
    }
  }

  #writeWhole(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
    this.length = this.#bytes.writeInt32BE(8, this.length);
    this.length = this.#bytes.writeInt32BE(Math.floor(value / 2 ** 32), this.length);
    this.length = this.#bytes.writeUInt32BE(value - Math.floor(value / 2 ** 32) * 2 ** 32, this.length);
  }

  #writeBytes(bytes: Uint8Array): void {
    // Room for what else the row may hold.
    this.#reserve(4 + bytes.byteLength + 2 + 12 * this.#types.length);
    this.length = this.#bytes.writeInt32BE(bytes.byteLength, this.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.byteLength;
  }

  #textBytes(column: number, text: string): Buffer {
    const last = this.#texts[column];
    if (last !== undefined && last.text === text) return last.bytes;
    const bytes = Buffer.from(text);
    this.#texts[column] = { text, bytes };
    return bytes;
  }

  #reserve(bytes: number): void {
    if (this.length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.length + bytes));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}
