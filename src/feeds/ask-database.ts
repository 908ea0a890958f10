import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { UsageError } from '../kernel/errors.ts';
import { feedFinding } from './feed-findings.ts';

/** Rows that are fetched, and stored, at once, and bytes that these are at most. */
const [mostRows, mostBytes] = [20_000, 128 * 2 ** 20];
const [connectMillis, leaveMillis] = [10_000, 1_000];
/** A query that takes longer keeps the database from its own work. */
const queryMillis = 120_000;

export type Rows = readonly (readonly (string | null)[])[];

/** A query and the span that it is for. */
interface Question {
  /** With the password. */
  readonly address: URL;
  readonly query: string;
  readonly since: number;
  readonly until: number;
  /** Whose wall clock the database's times without an offset are. */
  readonly zone: string;
}

/** What a database answers, some rows at a time: cells as it writes them, instants with their offset. */
export interface Answering {
  next(): Promise<{ readonly names: readonly string[]; readonly rows: Rows; readonly more: boolean }>;
}

/** Takes what gives up a connection, from before it is let in. */
type Hold = (leave: () => Promise<void>) => void;

const isPostgres = ({ protocol }: URL): boolean => /^postgres(ql)?:$/.test(protocol);
const isMySql = ({ protocol }: URL): boolean => /^(mysql|mariadb):$/.test(protocol);

export const isDatabase = (address: URL): boolean =>
  address.hostname !== '-' && (isPostgres(address) || isMySql(address));

/** Begins to ask, in a transaction that can change nothing. */
export const askDatabase = (question: Question, hold: Hold): Promise<Answering> =>
  (isMySql(question.address) ? askMySql : askPostgres)(question, hold);

const tooMuch = (): RangeError => new RangeError(`more than ${mostBytes / 2 ** 20} MB`);

const askPostgres = async (question: Question, hold: Hold): Promise<Answering> => {
  const { Client } = await import('pg');
  const client = new Client({
    connectionString: question.address.toString(),
    connectionTimeoutMillis: connectMillis,
    statement_timeout: queryMillis,
    // and where nothing is answered any more
    query_timeout: queryMillis + connectMillis,
    keepAlive: true,
    idle_in_transaction_session_timeout: queryMillis,
    application_name: 'huawu feed',
    types: { getTypeParser },
  });
  client.on('error', () => undefined);
  hold(async () => {
    const ended = client.end().catch(() => undefined);
    await Promise.race([ended, pause(leaveMillis, undefined, { ref: false })]);
    streamOf(client).destroy();
  });
  await client.connect();
  await client.query('set session characteristics as transaction read only');
  await client.query('begin isolation level repeatable read read only');
  await client.query("set local datestyle = 'ISO, YMD'");
  await client.query("select set_config('TimeZone', $1, true)", [question.zone]);
  // one statement alone
  const declared: { text: string; queryMode: 'extended' } = {
    text: `declare feed_rows no scroll cursor for ${spanned(question)}`,
    queryMode: 'extended',
  };
  await client.query(declared);
  return {
    next: async () => {
      const stream = streamOf(client);
      let bytes = 0;
      const count = (piece: Buffer): void => {
        bytes += piece.length;
        if (bytes > mostBytes) stream.destroy(tooMuch());
      };
      stream.on('data', count);
      const { fields, rows } = await client
        .query<(string | null)[]>({ text: `fetch forward ${mostRows} from feed_rows`, rowMode: 'array' })
        .finally(() => stream.off('data', count));
      return { names: fields.map(({ name }) => name), rows, more: rows.length === mostRows };
    },
  };
};

/** The connection below a client, which is cut where the other side does not answer. */
const streamOf = (client: Client): Duplex =>
  (client as unknown as { readonly connection: { readonly stream: Duplex } }).connection.stream;

const instantType = 1184;

/** Values as the database writes them, instants with the offset in full. */
const getTypeParser =
  (type: number) =>
  (value: string | Buffer): string => {
    const said = String(value);
    return type === instantType ? said.replace(/([+-]\d\d)$/, '$1:00') : said;
  };

/**
 * MySQL or MariaDB. Its names of zones need tables that it may not have: the session has the offset that the zone has now,
 * by which `timestamp` is an instant at any time and `datetime`, as it is written, a wall clock of the zone.
 */
const askMySql = async (question: Question, hold: Hold): Promise<Answering> => {
  const { address, zone, until } = question;
  // who asks no MySQL loads none
  const { createConnection } = await import('mysql2');
  const mode = /^(verify|required)/i.exec(address.searchParams.get('ssl-mode') ?? '')?.[1]?.toLowerCase();
  const db = createConnection({
    host: address.hostname.replaceAll(/[[\]]/g, ''),
    port: Number(address.port || 3306),
    user: decodeURIComponent(address.username),
    password: decodeURIComponent(address.password),
    database: decodeURIComponent(address.pathname.slice(1)),
    connectTimeout: connectMillis,
    flags: ['-LOCAL_FILES'],
    ...(mode === undefined ? {} : { ssl: { rejectUnauthorized: mode === 'verify' } }),
  });
  db.on('error', () => undefined);
  // whatever waits for a connection that was let go would wait for ever
  const gone = Promise.withResolvers<never>();
  gone.promise.catch(() => undefined);
  hold(async () => {
    gone.reject(Object.assign(new Error('ECONNABORTED'), { code: 'ECONNABORTED' }));
    const { promise, resolve } = Promise.withResolvers<void>();
    db.end(() => resolve());
    await Promise.race([promise, pause(leaveMillis, undefined, { ref: false })]);
    db.destroy();
  });
  const say = (sql: string): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    db.query({ sql, timeout: connectMillis }, (error) => (error === null ? resolve() : reject(error)));
    return Promise.race([promise, gone.promise]);
  };
  const offset = Temporal.Instant.fromEpochMilliseconds(until).toZonedDateTimeISO(zone).offset;
  await say('set session transaction read only');
  await say(`set time_zone = '${offset}'`);
  // MariaDB, or else MySQL
  await say(`set max_statement_time = ${queryMillis / 1000}`).catch(() =>
    say(`set max_execution_time = ${queryMillis}`),
  );
  await say('start transaction read only');
  const stream = db
    .query({
      // a query alone can stand there
      sql: `select * from (\n${spanned(question, offset)}\n) as feed_rows`,
      rowsAsArray: true,
      typeCast: (field) => {
        const said = field.string();
        return field.type === 'TIMESTAMP' && said !== null ? said + offset : said;
      },
    })
    .stream({ highWaterMark: 1000 });
  let names: readonly string[] = [];
  stream.on('fields', (fields: readonly { readonly name: string }[] | undefined) => {
    names = fields?.map(({ name }) => name) ?? [];
  });
  const answers = stream.iterator() as AsyncIterator<(string | null)[], undefined>;
  return {
    next: async () => {
      const late = setTimeout(
        () => stream.destroy(Object.assign(new Error('ETIMEDOUT'), { code: 'ETIMEDOUT' })),
        queryMillis + connectMillis,
      );
      try {
        const rows: (string | null)[][] = [];
        for (let bytes = 0; rows.length < mostRows;) {
          const { value: row } = await Promise.race([answers.next(), gone.promise]);
          if (row === undefined) return { names, rows, more: false };
          for (const cell of row) bytes += cell?.length ?? 0;
          if (bytes > mostBytes) throw tooMuch();
          rows.push(row);
        }
        return { names, rows, more: true };
      } finally {
        clearTimeout(late);
      }
    },
  };
};

/** What of a query is no place for a span: quoted names and texts, and comments. */
const quoted =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|::|:(from|to)\b|;/g;
const quotedInMySql =
  /'(?:[^'\\]|''|\\[\s\S])*'|"(?:[^"\\]|""|\\[\s\S])*"|`([^`]|``)*`|(?:--|#)[^\n]*|\/\*[\s\S]*?\*\/|:(from|to)\b|;/g;

/** Throws `UsageError` where a query is more than one. */
export const oneQuery = (query: string, address: URL): void => {
  spanned({ query, address, since: 0, until: 0 });
};

/** A query with its span put in; `offset` is that of the session, where instants are written without theirs. */
const spanned = (
  { query, address, since, until }: Pick<Question, 'query' | 'address' | 'since' | 'until'>,
  offset = '+00:00',
): string => {
  const whole = query.trim().replace(/;+\s*$/, '');
  const clock = (millis: number): string =>
    Temporal.Instant.fromEpochMilliseconds(millis)
      .toZonedDateTimeISO(offset)
      .toPlainDateTime()
      .toString({ smallestUnit: 'millisecond' });
  const instant = (millis: number): string =>
    isMySql(address)
      ? `'${clock(millis).replace('T', ' ')}'`
      : `('${new Date(millis).toISOString()}'::timestamptz)`;
  const form = isMySql(address) ? quotedInMySql : quoted;
  return whole.replaceAll(form, (found: string, _tag: unknown, name: string | undefined) => {
    if (found === ';') throw new UsageError(feedFinding('feed-several-queries'));
    return name === undefined ? found : instant(name === 'from' ? since : until);
  });
};
