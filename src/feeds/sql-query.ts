import { guessColumns } from '../ingest/columns/guess-columns.ts';
import { emptyMap, type MapFile, parseMapFile } from '../ingest/columns/map-file.ts';
import { type KnownCall, readCalls } from '../ingest/kinds/ingest-calls.ts';
import { byteSourceOf } from '../ingest/tables/byte-source.ts';
import { BadInputError, type Problem, UsageError } from '../kernel/errors.ts';
import { recordKinds } from '../kernel/records.ts';
import { isZone } from '../kernel/time.ts';
import { readIngested } from '../planning/ingest-files.ts';
import { aheadMillis } from './call-book.ts';
import { csvOf, instantsOf, isRecord, recordEvent, recordLegs } from './call-records.ts';
import { type Answering, askDatabase, isDatabase, oneQuery, type Rows } from './ask-database.ts';
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
  const since = cursor === undefined ? 0 : Math.min(cursor.until - lateHours * 3_600_000, ...freed);
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
    const isAhead = rule === 'date-out-of-range' && !(Date.parse(value) < 86_400_000);
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
      const said = JSON.stringify(call);
      const before = alike.get(said) ?? 0;
      alike.set(said, before + 1);
      return recordEvent({ ...call, id: `${said} ${before}` }, ground.pseudonym);
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
