import { createHash, randomUUID } from 'node:crypto';
import { type CompiledQuery, type Kysely, type RawBuilder, sql } from 'kysely';
import { type LineOverview, lineOverviewSchema } from '../contract/documents/line-overview.ts';
import {
  doesBearOn,
  ofMeasures,
  recordKinds,
  type RecordOfKind,
  type StoredKind,
  storedKinds,
  type TestCall,
  trafficMeasures,
  type TrafficRecord,
} from '../kernel/records.ts';
import { BadInputError } from '../kernel/errors.ts';
import { compareText } from '../kernel/text.ts';
import { localClock } from '../kernel/time.ts';
import type {
  AcceptedUnusual,
  HandleTimeSpan,
  MonitoringStore,
  RecordWriter,
  Span,
  Stretches,
  Store,
  TrafficColumns,
  WriteCount,
} from '../planning/ports.ts';
import { type Author, enterAudit, localAuthor } from './audit-log.ts';
import { createAuditStore } from './audit-store.ts';
import type { Database, Queries, Writing } from './database.ts';
import { changeEvent, createDiaryStore, noteOfEvent, notingWrites } from './diary-store.ts';
import {
  createMaintenanceStore,
  factOf,
  forgetFact,
  hashFact,
  keepFact,
  movedTo,
  presenceFact,
  refusingMoved,
  testCallsFact,
} from './facts.ts';
import { createFeedStore } from './feed-store.ts';
import { numberColumns } from './finite-numbers.ts';
import { createOverruleStore, createRosterStore } from './roster-store.ts';
import { createPlanStore } from './plan-store.ts';
import { readRecords, type RecordTable, recordTables } from './record-table.ts';
import { explainDatabaseError, withExplainedErrors } from './store-problems.ts';
import type { Tables } from './tables.ts';
import { upsertRecords } from './upsert-records.ts';
import {
  clearMadeUp,
  holdsOwnTraffic,
  intervalsInPart,
  markMadeUp,
  removeTraffic,
  writeWholeTraffic,
} from './write-traffic.ts';

/** Conventions by which handle times are counted: JSON. */
const handleTimesFact = 'handle-times';

/** The line at a glance as last computed: JSON. */
const overviewFact = 'overview';

/**
 * The records of one hotline. Every write is one transaction and is refused once records were moved away. `close`
 * closes the database.
 */
export const createStore = (
  opened: Database,
  hotline: string,
  { actor, now }: Author = localAuthor,
): Store => {
  const database = notingFaults(refusingMoved(opened), opened);
  const { db } = database.reads;
  const author: Author = { actor, now };
  const together: Store['together'] = (work) =>
    database.write(hotline, async (writing) => {
      const { writer, notes } = notingWrites(createRecordWriter(writing, hotline), () =>
        holdsOwnTraffic(writing.db, hotline),
      );
      const answer = await work(writer);
      for (const note of notes()) await enterAudit(writing.db, hotline, author, note);
      return answer;
    });
  const store: Omit<Store, 'by'> = {
    actor,
    write: (kind, records) => together((into) => into.write(kind, records)),
    replaceMadeUp: (records) => together((into) => into.replaceMadeUp(records)),
    markMadeUp: () => together((into) => into.markMadeUp()),
    keepAccepted: (kind, accepted) => together((into) => into.keepAccepted(kind, accepted)),
    keepHandleTimes: (spans) => together((into) => into.keepHandleTimes(spans)),
    handleTimes: () => readHandleTimes(db, hotline),
    together,
    accepted: () => readAccepted(db, hotline),
    traffic: (queue, span) => readTrafficColumns(database.reads, hotline, queue, span),
    trafficSummary: () => summariseTraffic(db, hotline),
    removeTraffic: (queue, span, zone) =>
      database.write(hotline, async (writing) => {
        const gone = await removeTraffic(writing.db, hotline, queue, span);
        if (gone === undefined) return undefined;
        const [from, to] = [gone.firstMillis, gone.lastMillis].map((at) => localClock(zone)(at).date);
        const before = { queue, rows: gone.rows, from: from ?? '', to: to ?? '' };
        await enterAudit(writing.db, hotline, author, {
          action: 'traffic-removed',
          subject: queue,
          before,
          after: null,
        });
        if (!(await summariseTraffic(writing.db, hotline)).some((each) => each.queue === queue))
          await dropAccepted(writing.db, hotline, queue);
        return before;
      }),
    dataHash: () => keptHash(database, hotline, hashFact, computeHash),
    presenceHash: () => keptHash(database, hotline, presenceFact, hashPresence),
    read: (kind, span, during) =>
      readRecords(db, hotline, recordTables[kind], inStretches(inSpan(kind, span), during)),
    changeEvent: (before, after) =>
      database.write(hotline, async (writing) => {
        const changed = await changeEvent(writing, hotline, before, after);
        if (changed) await enterAudit(writing.db, hotline, author, noteOfEvent(before, after));
        return changed;
      }),
    monitoring: withExplainedErrors(database.place, monitoringReads(database, hotline)),
    feeds: withExplainedErrors(
      database.place,
      createFeedStore(database, hotline, author, (writing) => createRecordWriter(writing, hotline)),
    ),
    ...createOverruleStore(database, hotline, author),
    ...createPlanStore(database, hotline, author),
    ...createRosterStore(database, hotline, author),
    ...createDiaryStore(database, hotline, author),
    ...createAuditStore(database, hotline, author),
    ...createOverviewStore(database, hotline),
    ...createMaintenanceStore(database, hotline, author),
    holdsOwnTraffic: () => holdsOwnTraffic(db, hotline),
    movedTo: () => movedTo(db, hotline),
    tryWriting: async () => {
      if (!unwritable.has(opened)) return;
      await database.write(hotline, async (writing) => {
        await keepFact(writing.db, hotline, 'tried', '');
        await forgetFact(writing.db, hotline, 'tried');
      });
    },
    close: () => database.close(),
  };
  return {
    ...withExplainedErrors(database.place, store),
    by: (other) => createStore(opened, hotline, { actor: other, now }),
  };
};

/** Databases whose last write failed because of their place, such as a full disk. */
const unwritable = new WeakSet<Database>();

/** The same database; failed writes are noted of `opened`. */
const notingFaults = (database: Database, opened: Database): Database => ({
  ...database,
  write: async (hotline, work) => {
    try {
      const answer = await database.write(hotline, work);
      unwritable.delete(opened);
      return answer;
    } catch (error) {
      const said = explainDatabaseError(error, database.place);
      if (said instanceof BadInputError && said.problems.some(({ rule }) => unwritableRules.has(rule)))
        unwritable.add(opened);
      throw error;
    }
  },
});

const unwritableRules: ReadonlySet<string> = new Set(['database-not-writable', 'disk-full']);

const monitoringReads = (database: Database, line: string): MonitoringStore => {
  const { db } = database.reads;
  return {
    testCalls: async (hotline, span) =>
      (await readRecords(db, line, recordTables['test-calls'], placedIn(hotline, span))).map(withoutOrdinal),
    testCallColumns: (hotline, span) =>
      database.snapshot((queries) => readTestCallColumns(queries, line, placedIn(hotline, span))),
    testCallSpans: () => readTestCallSpans(db, line),
    testCallsVersion: async () => (await factOf(db, line, testCallsFact)) ?? '',
    results: (period) =>
      readRecords(
        db,
        line,
        recordTables.results,
        period === undefined ? undefined : sql<boolean>`period = ${period}`,
      ),
  };
};

const placedIn = (hotline: string | undefined, span: Span | undefined): RawBuilder<boolean> =>
  hotline === undefined
    ? within('placedAtMillis', span)
    : sql<boolean>`hotline = ${hotline} and ${within('placedAtMillis', span)}`;

const withoutOrdinal = (row: TestCall & { readonly ordinal: number }): TestCall => {
  const { ordinal, ...call } = row;
  void ordinal;
  return call;
};

const within = (column: string, span: Span | undefined): RawBuilder<boolean> =>
  span === undefined
    ? sql<boolean>`true`
    : sql<boolean>`${sql.ref(column)} >= ${span.fromMillis} and ${sql.ref(column)} < ${span.toMillis}`;

/** What begins in a span; a prompt counts where any part of it plays within. */
const inSpan = (kind: StoredKind, span: Span | undefined): RawBuilder<boolean> =>
  span === undefined || !('endMillis' in recordKinds[kind].fields)
    ? within('startMillis', span)
    : sql<boolean>`${sql.ref('startMillis')} < ${span.toMillis} and ${sql.ref('endMillis')} > ${span.fromMillis}`;

const inStretches = (span: RawBuilder<boolean>, during: Stretches | undefined): RawBuilder<boolean> => {
  if (during === undefined) return span;
  const start = sql.ref('startMillis');
  const { minutes, startMillis } = during;
  return sql<boolean>`${span} and (${sql.ref('intervalMinutes')} > ${minutes}
    or ${start} - ${start} % ${sql.lit(minutes * 60_000)} in (${sql.join(startMillis)}))`;
};

const summariseTraffic = (db: Kysely<Tables>, hotline: string): ReturnType<Store['trafficSummary']> =>
  db
    .selectFrom('traffic')
    .select((eb) => [
      'queue',
      eb.fn.min('startMillis').as('firstMillis'),
      eb.fn.max('startMillis').as('lastMillis'),
      eb.fn.max('intervalMinutes').as('intervalMinutes'),
      eb.fn.countAll<number>().as('rows'),
    ])
    .where('hotlineKey', '=', hotline)
    .groupBy('queue')
    .orderBy('queue')
    .execute();

/** A hash is kept until a write changes something: reading everything for it costs a tenth of a second or more. */
const keptHash = async (
  database: Database,
  hotline: string,
  fact: string,
  compute: (queries: Queries, hotline: string) => Promise<string>,
): Promise<string> => {
  const { db } = database.reads;
  const kept = await factOf(db, hotline, fact);
  if (kept !== undefined) return kept;
  // Records that were moved away can be read, but nothing is written there.
  if ((await movedTo(db, hotline)) !== undefined)
    return database.snapshot((queries) => compute(queries, hotline));
  return database.write(hotline, async (writing) => {
    const known = await factOf(writing.db, hotline, fact);
    if (known !== undefined) return known;
    const value = await compute(writing, hotline);
    await writing.db.insertInto('facts').values({ hotlineKey: hotline, fact, value }).execute();
    return value;
  });
};

const readAll = ({ db }: Queries, hotline: string, kind: StoredKind): Promise<readonly object[]> =>
  readRecords(db, hotline, recordTables[kind] as RecordTable<never>);

const hashPresence = async (queries: Queries, hotline: string): Promise<string> =>
  hashTraffic([], [await readAll(queries, hotline, 'presence')]);

const computeHash = async (queries: Queries, hotline: string): Promise<string> => {
  const columns = [];
  for (const { queue } of await summariseTraffic(queries.db, hotline))
    columns.push(await readTrafficColumns(queries, hotline, queue));
  const others = [];
  for (const kind of storedKinds)
    if (kind !== 'traffic' && doesBearOn(kind, 'forecast'))
      others.push(await readAll(queries, hotline, kind));
  return hashTraffic(columns, others);
};

type Accepted = AcceptedUnusual & { readonly kind: string };

/** What a hotline's users have confirmed of figures that calls can hardly have. */
const acceptedFact = 'accepted-unusual';

const readAccepted = async (db: Kysely<Tables>, hotline: string): Promise<readonly Accepted[]> =>
  JSON.parse((await factOf(db, hotline, acceptedFact)) ?? '[]') as readonly Accepted[];

/** Keeps what was accepted of files of one kind; what stood of the same files goes, also where nothing follows. */
const keepAccepted = async (
  db: Kysely<Tables>,
  hotline: string,
  kind: string,
  accepted: readonly AcceptedUnusual[],
): Promise<void> => {
  const before = await readAccepted(db, hotline);
  const others = before.filter(
    (each) => each.kind !== kind || !accepted.some(({ file }) => file === each.file),
  );
  await writeAccepted(db, hotline, [...others, ...accepted.map((each) => ({ kind, ...each }))]);
};

const writeAccepted = async (
  db: Kysely<Tables>,
  hotline: string,
  accepted: readonly Accepted[],
): Promise<void> => {
  const all = accepted.filter(({ said }) => said.length > 0);
  if (all.length > 0) await keepFact(db, hotline, acceptedFact, JSON.stringify(all));
  else await forgetFact(db, hotline, acceptedFact);
};

/** What was accepted of a queue's calls goes with the last of them. */
const dropAccepted = async (db: Kysely<Tables>, hotline: string, queue: string): Promise<void> => {
  const isOf = (one: AcceptedUnusual['said'][number]): boolean => {
    const values = 'code' in one ? one.values : undefined;
    return typeof values === 'object' && values !== null && 'queue' in values && values.queue === queue;
  };
  const accepted = await readAccepted(db, hotline);
  await writeAccepted(
    db,
    hotline,
    accepted.map((each) =>
      each.kind === 'traffic' || each.kind === 'calls'
        ? { ...each, said: each.said.filter((one) => !isOf(one)) }
        : each,
    ),
  );
};

const readHandleTimes = async (db: Kysely<Tables>, hotline: string): ReturnType<Store['handleTimes']> =>
  JSON.parse((await factOf(db, hotline, handleTimesFact)) ?? '[]') as readonly HandleTimeSpan[];

/** Spans with others laid over them; adjacent ones of a queue with the same convention are joined. */
const withSpans = (
  before: readonly HandleTimeSpan[],
  added: readonly HandleTimeSpan[],
): readonly HandleTimeSpan[] => {
  let all = [...before];
  for (const span of added) {
    const { queue, fromMillis, toMillis } = span;
    const left = all.flatMap((each): HandleTimeSpan[] =>
      each.queue !== queue
        ? [each]
        : [
            { ...each, toMillis: Math.min(each.toMillis, fromMillis) },
            { ...each, fromMillis: Math.max(each.fromMillis, toMillis) },
          ].filter((part) => part.fromMillis < part.toMillis),
    );
    all = [...left, span];
  }
  all.sort((a, b) => compareText(a.queue, b.queue) || a.fromMillis - b.fromMillis);
  const joined: HandleTimeSpan[] = [];
  for (const span of all) {
    const last = joined.at(-1);
    if (last?.queue === span.queue && last.convention === span.convention)
      joined[joined.length - 1] = { ...last, toMillis: span.toMillis };
    else joined.push(span);
  }
  return joined;
};

const createRecordWriter = (writing: Writing, hotline: string): RecordWriter => {
  const upsert = <Kind extends StoredKind>(
    kind: Kind,
    records: Iterable<RecordOfKind<Kind>>,
  ): Promise<WriteCount> => {
    // records are of the kind that they are given as
    const given: unknown = records;
    switch (kind) {
      case 'traffic':
        return writeWholeTraffic(writing, hotline, given as Iterable<TrafficRecord>);
      case 'test-calls':
        return upsertRecords(
          writing,
          hotline,
          recordTables['test-calls'],
          numberAlike(given as Iterable<TestCall>),
        );
      default: {
        const shape: unknown = recordTables[kind];
        return upsertRecords(writing, hotline, shape as RecordTable<object>, given as Iterable<object>);
      }
    }
  };
  const write: RecordWriter['write'] = async (kind, records) => {
    const count = await upsert(kind, records);
    if (count.added + count.changed === 0) return count;
    if (doesBearOn(kind, 'forecast')) await forgetFact(writing.db, hotline, hashFact);
    if (kind === 'presence') await forgetFact(writing.db, hotline, presenceFact);
    if (kind === 'test-calls') await keepFact(writing.db, hotline, testCallsFact, randomUUID());
    return count;
  };
  return {
    write,
    replaceMadeUp: async (records) => {
      if (!(await holdsOwnTraffic(writing.db, hotline)))
        await forgetFact(writing.db, hotline, handleTimesFact);
      await clearMadeUp(writing, hotline);
      return write('traffic', records);
    },
    markMadeUp: () => markMadeUp(writing.db, hotline),
    keepAccepted: (kind, accepted) => keepAccepted(writing.db, hotline, kind, accepted),
    keepHandleTimes: async (spans) => {
      const before = await readHandleTimes(writing.db, hotline);
      const after = JSON.stringify(withSpans(before, spans));
      if (after !== JSON.stringify(before)) await keepFact(writing.db, hotline, handleTimesFact, after);
    },
  };
};

/** Test calls by key, those of one hotline and instant numbered in order: sorted inserts are several times as fast. */
const numberAlike = function* (records: Iterable<TestCall>): Generator<TestCall & { ordinal: number }> {
  const ofHotlines = [...Map.groupBy(records, ({ hotline }) => hotline)].sort(([a], [b]) =>
    compareText(a, b),
  );
  for (const [, own] of ofHotlines) {
    let [before, ordinal] = [Number.NaN, 0];
    for (const record of own.sort((a, b) => a.placedAtMillis - b.placedAtMillis)) {
      ordinal = record.placedAtMillis === before ? ordinal + 1 : 0;
      before = record.placedAtMillis;
      yield { ...record, ordinal };
    }
  }
};

/** Lines at a glance: each line keeps its own, and all of a database are read in one go. */
const createOverviewStore = (
  database: Database,
  hotline: string,
): Pick<Store, 'keepOverview' | 'overviews'> => {
  /** Values as read before with what they were parsed to: most lines have not changed. */
  const known = new Map<string, { readonly value: string; readonly overview: LineOverview | undefined }>();
  const overviewOf = (line: string, value: string): LineOverview | undefined => {
    const before = known.get(line);
    if (before?.value === value) return before.overview;
    const overview = read(value);
    known.set(line, { value, overview });
    return overview;
  };
  return {
    keepOverview: (overview) =>
      database.write(hotline, ({ db }) => keepFact(db, hotline, overviewFact, JSON.stringify(overview))),
    overviews: async () => {
      const rows = await database.reads.db
        .selectFrom('facts')
        .select(['hotlineKey', 'value'])
        .where('fact', '=', overviewFact)
        .execute();
      return new Map(
        rows.flatMap(({ hotlineKey, value }) => {
          const overview = overviewOf(hotlineKey, value);
          return overview === undefined ? [] : [[hotlineKey, overview] as const];
        }),
      );
    },
  };
};

/** Undefined where another version kept it in another shape: it is computed again. */
const read = (value: string): LineOverview | undefined =>
  lineOverviewSchema.safeParse(JSON.parse(value)).data;

/**
 * Single test calls of every hotline as typed arrays, by hotline and time, a tenth of the size of records. `placed` and
 * the queries must be of one snapshot.
 */
const readTestCallColumns = async (
  { db, kind, readBytes }: Queries,
  line: string,
  placed: RawBuilder<boolean>,
): ReturnType<MonitoringStore['testCallColumns']> => {
  const { rows } = await sql<{ hotline: string; calls: number }>`
    select hotline, count(*) as calls from test_calls where hotline_key = ${line} and ${placed}
    group by hotline order by hotline`.execute(db);
  const names = ['placed_at_millis', 'connected', 'seconds_to_operator'];
  const { select, read } = numberColumns(kind, names);
  const ordered = sql`select ${sql.join(names.map((name) => sql.ref(name)))} from test_calls
    where hotline_key = ${line} and ${placed} order by hotline, placed_at_millis, ordinal`;
  const query = sql`select ${select} from (${ordered}) as ordered`.compile(db);
  const [placedAtMillis, connected, secondsToOperator] = read(await readBytes(query));
  let to = 0;
  return rows.map(({ hotline, calls }) => {
    const [from] = [to, (to += calls)];
    const slice = (column: Float64Array = new Float64Array()): Float64Array => column.subarray(from, to);
    return {
      hotline,
      placedAtMillis: slice(placedAtMillis),
      connected: slice(connected),
      secondsToOperator: slice(secondsToOperator),
    };
  });
};

/**
 * Hotlines with single test calls, with first and last instant: looked up along the key, without scanning all calls.
 */
const readTestCallSpans = async (
  db: Kysely<Tables>,
  line: string,
): ReturnType<MonitoringStore['testCallSpans']> => {
  const ofLine = sql`from test_calls where hotline_key = ${line}`;
  const { rows } = await sql<{ hotline: string; firstMillis: number; lastMillis: number }>`
    with recursive met (hotline) as (
      select min(hotline) ${ofLine}
      union all
      select (select min(hotline) ${ofLine} and hotline > met.hotline) from met where met.hotline is not null
    )
    select hotline,
      (select min(placed_at_millis) ${ofLine} and hotline = met.hotline) as ${sql.ref('firstMillis')},
      (select max(placed_at_millis) ${ofLine} and hotline = met.hotline) as ${sql.ref('lastMillis')}
    from met where hotline is not null order by hotline`.execute(db);
  return rows;
};

/** One queue's traffic in time order, as typed arrays. A queue without rows has empty columns and a step of 0. */
const readTrafficColumns = async (
  { db, kind, readBytes }: Queries,
  hotline: string,
  queue: string,
  span?: Span,
): Promise<TrafficColumns> => {
  const names = ['startMillis', 'intervalMinutes', ...trafficMeasures] as const;
  const matching = db
    .selectFrom('traffic')
    .where('hotlineKey', '=', hotline)
    .where('queue', '=', queue)
    .where('startMillis', '>=', span?.fromMillis ?? Number.MIN_SAFE_INTEGER)
    .where('startMillis', '<', span?.toMillis ?? Number.MAX_SAFE_INTEGER);
  const { select, read } = numberColumns(kind, names);
  const readWith = async (query: CompiledQuery): Promise<Float64Array[]> => read(await readBytes(query));
  const inOrder = (): Promise<Float64Array[]> =>
    readWith(
      sql`select ${select} from ${matching.select(names).orderBy('startMillis').as('ordered')}`.compile(db),
    );
  // SQLite finds the rows by key, in order already, and takes a sixth longer with an explicit order.
  const found =
    kind === 'sqlite'
      ? await readWith(matching.select(sql`${select}`.as('numbers')).compile())
      : await inOrder();
  const rises = found[0]?.every((at, i, all) => i === 0 || at > (all[i - 1] ?? at)) ?? true;
  const [startMillis = new Float64Array(), steps, ...values] = rises ? found : await inOrder();
  const columns = ofMeasures((name) => values[trafficMeasures.indexOf(name)] ?? new Float64Array());
  const parts = await intervalsInPart(db, hotline);
  const inPart = startMillis.filter((at) => parts.some(([of, start]) => of === queue && start === at));
  const known = inPart.length === 0 ? {} : { inPart };
  return { queue, intervalMinutes: steps?.[0] ?? 0, startMillis, ...columns, ...known };
};

/**
 * A content hash of traffic and of what else forecasts use, and of its beginning; the order of writes does not matter.
 */
const hashTraffic = (
  traffic: Iterable<TrafficColumns>,
  [first = [], ...others]: readonly (readonly object[])[],
): string => {
  const hash = createHash('sha256');
  for (const columns of traffic) {
    hash.update(`${columns.queue}\n${columns.intervalMinutes}\n`);
    for (const [name, values] of Object.entries(columns).sort(([a], [b]) => compareText(a, b)))
      if (values instanceof Float64Array) hash.update(name).update(new Uint8Array(values.buffer));
  }
  hash.update(JSON.stringify(first));
  for (const records of others) if (records.length > 0) hash.update(JSON.stringify(records));
  return hash.digest('hex').slice(0, 32);
};
