import type { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from 'pg';
import { guessColumns } from '../ingest/columns/guess-columns.ts';
import { emptyMap, type MapFile, parseMapFile } from '../ingest/columns/map-file.ts';
import { type KnownCall, readCalls } from '../ingest/kinds/ingest-calls.ts';
import { byteSourceOf } from '../ingest/tables/byte-source.ts';
import { BadInputError, type Problem, UsageError } from '../kernel/errors.ts';
import { recordKinds } from '../kernel/records.ts';
import { dayMillis, hourMillis, isZone } from '../kernel/time.ts';
import { readIngested } from '../planning/ingest-files.ts';
import { aheadMillis } from './call-book.ts';
import { instantsOf, isRecord, recordEvent, recordLegs } from './call-records.ts';
import { addedUp, addressOf, askInTurn, Attempts, passwordOf, readingOrder } from './feed-access.ts';
import type { CameIn, FeedAdapter, Portion, ReadingGround } from './feed-adapter.ts';
import { feedFinding, feedProblem } from './feed-findings.ts';
import { isOfMember, memberLegs, readRecord } from './freeswitch.ts';
import { queueLogLegs, readQueueLogLine } from './queue-log.ts';

/** Up to when rows have been asked for, and queues whose rows wait since another feed brings them. */
interface SqlCursor {
  readonly until: number;
  readonly left?: Readonly<Record<string, Waiting>>;
}

/** From when a queue's rows are to be asked for once it is free, and when the last one began that was counted. */
interface Waiting {
  readonly since: number;
  readonly last: number;
}

/** A query in the place of which rows are fetched, and the span that it is for. */
interface Asking {
  readonly answering: Answering;
  readonly since: number;
  readonly until: number;
  /** Queues whose rows waited before, and those whose rows do now. */
  readonly waited: ReadonlyMap<string, Waiting>;
  readonly left: Map<string, Waiting>;
  /** What was fetched last is not stored yet. */
  isPending: boolean;
}

interface Open {
  readonly attempts: Attempts;
  asking: Asking | undefined;
  /** From before one is let in: whatever is waited for can be given up. */
  leave: (() => Promise<void>) | undefined;
  close(): Promise<void>;
}

/**
 * What a query answers, asked anew every few minutes for what has come since the last time, and once more for what may have
 * come late. Calls, lines of Asterisk's queue_log and call detail records of FreeSWITCH become events, so that a row counts once however
 * often it is answered; rows of intervals take the place of what they said before.
 */
export const sqlQuery: FeedAdapter = {
  handle: false,
  legsOf: (events, isOver) => {
    const [first = ''] = events;
    if (isRecord(first)) return recordLegs(events);
    return isOfMember(first) ? memberLegs(events, isOver) : queueLogLegs(events, isOver);
  },
  isPassing: (event) => /^\d+\|RING/.test(event),
  replaces: isRecord,
  check: ({ from, query, map }) => {
    const address = addressOf(from, 'postgres');
    if (!isDatabase(address))
      throw new UsageError(
        feedFinding('feed-wants-address', { kind: 'sql', like: 'postgres://reader@host:5432/database' }),
      );
    if (address.password !== '' || address.searchParams.has('password'))
      throw new UsageError(feedFinding('feed-password-shown'));
    if (query === undefined) throw new UsageError(feedFinding('feed-wants-query'));
    oneQuery(query, address);
    if (map !== undefined) parseMapFile(map);
  },
  again: () => ({ cursor: undefined }),
  read: async (ground) => {
    const open = (ground.held.now ??= newOpen()) as Open;
    // kept by this adapter alone
    const cursor = ground.state.cursor as SqlCursor | undefined;
    // somebody else was ahead: what was fetched would be missing
    if (open.asking?.isPending === true) await open.close();
    const isUnderWay = open.asking !== undefined;
    return askInTurn(ground, { ...open, scheme: 'postgres', until: cursor?.until, isUnderWay }, () =>
      fetchRows(ground, open, cursor).catch(async (error: unknown) => {
        await open.close();
        throw error;
      }),
    );
  },
};

/** The next rows of the query that is being asked, or of one that is begun. */
const fetchRows = async (
  ground: ReadingGround,
  open: Open,
  cursor: SqlCursor | undefined,
): Promise<Portion> => {
  const asking = (open.asking ??= await ask(ground, open, cursor, ground.now()));
  const { names, rows, more } = await asking.answering.next();
  const read = await readRows(names, rows, ground, asking);
  if (!more) await open.close();
  asking.isPending = true;
  const stored = (): void => {
    asking.isPending = false;
  };
  const [{ until }, left] = [asking, Object.fromEntries(asking.left)];
  return { ...read, ...(more ? { more } : { cursor: { until, left } satisfies SqlCursor }), stored };
};

const newOpen = (): Open => {
  const open: Open = {
    attempts: new Attempts(),
    asking: undefined,
    leave: undefined,
    close: async () => {
      const { leave } = open;
      [open.asking, open.leave] = [undefined, undefined];
      await leave?.();
    },
  };
  return open;
};

const ask = async (
  ground: ReadingGround,
  open: Open,
  cursor: SqlCursor | undefined,
  until: number,
): Promise<Asking> => {
  const { from, query = '', lateHours } = ground.settings;
  const address = addressOf(from, 'postgres');
  address.password = encodeURIComponent(await passwordOf(ground.settings));
  const queueOf = await ground.queueOf();
  const waited = new Map(Object.entries(cursor?.left ?? {}));
  const left = new Map([...waited].filter(([queue]) => queueOf(queue) === undefined));
  const freed = [...waited].flatMap(([queue, { since }]) => (left.has(queue) ? [] : [since]));
  const since = cursor === undefined ? 0 : Math.min(cursor.until - lateHours * hourMillis, ...freed);
  const question = { address, query, since, until, zone: await zoneFor(ground) };
  const answering = await askDatabase(question, (leave) => (open.leave = leave));
  return { answering, since, until, waited, left, isPending: false };
};

const zoneFor = async ({ settings, models }: ReadingGround): Promise<string> => {
  const zone = settings.timeZone ?? (await models()).hotline.zone;
  return isZone(zone) ? zone : 'UTC';
};

/** Rows by what they are: lines of a queue_log, calls, or intervals. */
const readRows = async (
  names: readonly string[],
  rows: Rows,
  ground: ReadingGround,
  asking: Asking,
): Promise<Portion> => {
  if (rows.length === 0) return { events: [] };
  const at = (name: string): number => names.findIndex((each) => each.toLowerCase() === name);
  if (['time', 'callid', 'queuename', 'agent', 'event'].every((name) => at(name) >= 0))
    return { events: queueLogRows(names, rows, await zoneFor(ground), ground.pseudonym) };
  if (at('cc_queue') >= 0 && at('cc_queue_joined_epoch') >= 0)
    return {
      events: inOrder(
        rows.map((row) =>
          readRecord(new Map(names.map((each, i) => [each.toLowerCase(), row[i] ?? ''])), ground.pseudonym),
        ),
      ),
    };
  const map = ground.settings.map === undefined ? undefined : parseMapFile(ground.settings.map);
  const source = byteSourceOf('query', csvOf(names, rows));
  const { hotline } = await ground.models();
  const kind = map?.kind ?? (await guessColumns(source, 'auto', { unpacker: ground.unpacker })).kind;
  if (kind === 'calls') return { events: await callRows(source, map, ground) };
  if (kind !== 'traffic' && kind !== 'presence')
    throw new BadInputError([feedProblem('feed-rows-unclear', { columns: names })]);
  const order = await readingOrder(ground, recordKinds[kind].file);
  const read = await readIngested(
    { ...ground, models: { ...(await ground.models()), hotline }, nowMillis: ground.now() },
    [source],
    {
      ...order,
      map: order.map ?? emptyMap,
      zone: await zoneFor(ground),
      absent: 'gap',
      skipBadRows: true,
      acceptUnusual: true,
      aheadMillis,
    },
  );
  const sums = await addedUp(ground, read, ground.now());
  const { firstDate, lastDate, files } = read.report;
  const [found = { rows: 0, accepted: 0, dropped: 0 }] = files;
  const faults = faultsOf(found.rows - found.accepted - found.dropped, read.rejectedRows);
  return {
    events: [...faults, ...passedOf(found.dropped)],
    unknownQueues: countLeft(read.left, rows, asking, ground.state, await zoneFor(ground)),
    rows: {
      found: found.accepted,
      kept: sums.kept,
      ...(kind === 'traffic' ? { queues: sums.queues } : {}),
      ...(firstDate === null || lastDate === null ? {} : { days: [firstDate, lastDate] as const }),
      write: async (into) => {
        const { added, changed } = await sums.write(into);
        const stored = Math.min(found.accepted, added + changed);
        return { read: found.accepted, stored, repeated: found.accepted - stored };
      },
      finish: read.finish,
    },
  };
};

/** Notes queues whose rows are left out, and counts those that were not there the last time. */
const countLeft = (
  left: ReadonlyMap<string, number>,
  rows: Rows,
  { since, waited, left: noted }: Asking,
  { unknownQueues }: ReadingGround['state'],
  zone: string,
): Record<string, number> =>
  Object.fromEntries(
    [...left].flatMap(([queue, found]) => {
      const own = rows.filter((row) => row.some((cell) => cell?.trim() === queue));
      const starts = own.map((row) => row.flatMap((cell) => instantsOf(cell ?? '', zone))[0] ?? 0);
      const before = waited.get(queue);
      const isCounted = before !== undefined && Object.hasOwn(unknownQueues, queue);
      const count = isCounted ? starts.filter((at) => at > before.last).length : found;
      const last = starts.reduce((most, at) => Math.max(most, at), noted.get(queue)?.last ?? 0);
      noted.set(queue, { since: Math.min(since, before?.since ?? since), last });
      return count > 0 ? [[queue, count] as const] : [];
    }),
  );

const faultsOf = (count: number, rejected: readonly { readonly problem: Problem }[]): CameIn[] =>
  Array.from({ length: count }, (_, i) => {
    const { rule = 'bad-row', value = '' } = rejected[i]?.problem ?? {};
    const isAhead = rule === 'date-out-of-range' && !(Date.parse(value) < dayMillis);
    return { fault: isAhead ? 'ahead' : rule };
  });

/** Rows that the map leaves out. */
const passedOf = (count: number): CameIn[] => Array.from({ length: count }, () => ({ passed: 'left-out' }));

const callRows = async (
  source: ReturnType<typeof byteSourceOf>,
  map: MapFile | undefined,
  ground: ReadingGround,
): Promise<CameIn[]> => {
  const { hotline } = await ground.models();
  const calls: { readonly call: KnownCall; readonly id: string | undefined }[] = [];
  const { rows, rejectedRows } = await readCalls(
    source,
    {
      unpacker: ground.unpacker,
      zone: await zoneFor(ground),
      now: ground.now(),
      map,
      absent: 'gap',
      skipBadRows: true,
      acceptUnusual: true,
      answerTimeThresholdSeconds: hotline.answerTimeThresholdSeconds,
      shortAbandonSeconds: hotline.shortAbandonSeconds,
      intervalMinutes: hotline.intervalMinutes,
      openingHours: hotline.openingHours,
      attribution: 'arrival',
    },
    (call, id) => void calls.push({ call, id }),
  );
  const alike = new Map<string, number>();
  // in whatever order the database answers
  calls.sort((a, b) => a.call.arrivedMillis - b.call.arrivedMillis);
  return [
    ...calls.map(({ call, id }) => {
      if (id !== undefined) return recordEvent({ ...call, id }, ground.pseudonym);
      // calls without an id that are alike are as many as they are, however often they are answered
      const text = JSON.stringify(call);
      const before = alike.get(text) ?? 0;
      alike.set(text, before + 1);
      return recordEvent({ ...call, id: `${text} ${before}` }, ground.pseudonym);
    }),
    ...faultsOf(rows.rejected, rejectedRows),
    ...passedOf(rows.dropped),
  ];
};

/** How long before a call's own id its first line may be stamped, milliseconds. */
const idAheadMillis = 5_000;

/** Rows of Asterisk's table queue_log as the lines of its file; an hour that comes twice is told by the call's id. */
const queueLogRows = (
  names: readonly string[],
  rows: Rows,
  zone: string,
  pseudonym: ReadingGround['pseudonym'],
): CameIn[] => {
  const columns = new Map(names.map((name, i) => [name.toLowerCase(), i]));
  const data = ['data', 'data1', 'data2', 'data3', 'data4', 'data5'].flatMap(
    (name) => columns.get(name) ?? [],
  );
  const read = rows.map((row): CameIn => {
    const cell = (column: number | undefined): string => row[column ?? -1] ?? '';
    const [time, call, queue, agent, event] = ['time', 'callid', 'queuename', 'agent', 'event'].map((name) =>
      cell(columns.get(name)).trim(),
    );
    const born = Number.parseFloat(call ?? '') * 1000;
    const instants = /^\d+(\.\d+)?$/.test(time ?? '') ? [Number(time) * 1000] : instantsOf(time ?? '', zone);
    const instant = instants.find((each) => !(each < born - idAheadMillis)) ?? instants[0];
    if (instant === undefined) return { fault: 'bad-time' };
    // one column holds them all, parted as in the file
    const isWhole = (column: number): boolean => names[column]?.toLowerCase() === 'data';
    const params = data.map((column) => (isWhole(column) ? cell(column) : cell(column).replaceAll('|', ' ')));
    const line = [instant / 1000, call, queue, agent, event, ...params].map((part) => String(part));
    return readQueueLogLine(line.join('|').replaceAll(/[\r\n]/g, ' '), pseudonym);
  });
  return inOrder(read);
};

/** Whatever order the database answers in: nothing is to come too late by it. */
const inOrder = (read: CameIn[]): CameIn[] => {
  const atOf = (each: CameIn): number => ('at' in each ? each.at : 0);
  return read.sort((a, b) => atOf(a) - atOf(b));
};

/** Rows as text that files are read from. */
const csvOf = (
  names: readonly string[],
  rows: Iterable<readonly (string | number | null | undefined)[]>,
): string => {
  const cell = (value: string | number | null | undefined): string =>
    typeof value === 'number' ? String(value) : `"${(value ?? '').replaceAll('"', '""')}"`;
  const lines = [names.map(cell).join()];
  for (const row of rows) lines.push(row.map(cell).join());
  return `${lines.join('\n')}\n`;
};

/** Rows that are fetched, and stored, at once, and bytes that these are at most. */
const [mostRows, mostBytes] = [20_000, 128 * 2 ** 20];
const [connectMillis, leaveMillis] = [10_000, 1_000];
/** A query that takes longer keeps the database from its own work. */
const queryMillis = 120_000;

type Rows = readonly (readonly (string | null)[])[];

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
interface Answering {
  next(): Promise<{ readonly names: readonly string[]; readonly rows: Rows; readonly more: boolean }>;
}

/** Takes what gives up a connection, from before it is let in. */
type Hold = (leave: () => Promise<void>) => void;

const isPostgres = ({ protocol }: URL): boolean => /^postgres(ql)?:$/.test(protocol);
const isMySql = ({ protocol }: URL): boolean => /^(mysql|mariadb):$/.test(protocol);

const isDatabase = (address: URL): boolean =>
  address.hostname !== '-' && (isPostgres(address) || isMySql(address));

/** Begins to ask, in a transaction that can change nothing. */
const askDatabase = (question: Question, hold: Hold): Promise<Answering> =>
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
    const text = String(value);
    return type === instantType ? text.replace(/([+-]\d\d)$/, '$1:00') : text;
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
const oneQuery = (query: string, address: URL): void => {
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
