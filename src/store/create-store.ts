import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { TestCall, TrafficRecord } from '../kernel/records.ts';
import type { MonitoringStore, Span, Store, WriteCount } from '../planning/ports.ts';
import { explainDatabaseError } from './database-problems.ts';
import type { Database } from './open-database.ts';
import { createPlanStore } from './plan-store.ts';
import { readRecords, upsertRecords, type RecordTable } from './record-table.ts';
import {
  channelsTable,
  channelVolumesTable,
  eventsTable,
  hotlinesTable,
  operatorsTable,
  presenceTable,
  promptsPlayedTable,
  resultsTable,
  testCallsTable,
  trafficTable,
} from './record-tables.ts';
import type { Tables } from './tables.ts';
import { hashTraffic, readTrafficColumns } from './traffic-columns.ts';
import { writeTrafficRecords } from './write-traffic.ts';

/** The records of an open database. Every write is one transaction: wholly there or not at all. */
export const createStore = (database: Database): Store => {
  const { db, reader } = database;
  const write = <Row extends object>(shape: RecordTable<Row>, records: Iterable<Row>): Promise<WriteCount> =>
    db.transaction().execute((trx) => upsertRecords(trx, shape, records));
  const store: Store = {
    writeTraffic: (records) => forgettingHash(db, (trx) => writeTrafficRecords(trx, records)),
    traffic: async (queue, span) => readTrafficColumns(reader, queue, span),
    trafficSummary: () => summariseTraffic(db),
    dataHash: () => dataHash(database),
    events: () => readRecords(db, eventsTable),
    writeEvents: (records) => forgettingHash(db, (trx) => upsertRecords(trx, eventsTable, records)),
    operators: () => readRecords(db, operatorsTable),
    writeOperators: (records) => write(operatorsTable, records),
    presence: (span) => readRecords(db, presenceTable, startsIn(span)),
    writePresence: (records) => write(presenceTable, records),
    channels: () => readRecords(db, channelsTable),
    writeChannels: (records) => write(channelsTable, records),
    channelVolumes: (span) => readRecords(db, channelVolumesTable, startsIn(span)),
    writeChannelVolumes: (records) => write(channelVolumesTable, records),
    promptsPlayed: (span) => readRecords(db, promptsPlayedTable, playsIn(span)),
    writePromptsPlayed: (records) => write(promptsPlayedTable, records),
    monitoring: explained(database.file, createMonitoringStore(db, write)),
    ...createPlanStore(db),
    replaceMadeUp: (records) => replaceMadeUp(db, records),
    holdsOwnTraffic: () => holdsOwnTraffic(db),
    close: () => database.close(),
  };
  return explained(database.file, store);
};

/** Every table of records and results; the migrations' own stay. */
const recordTables = [
  trafficTable,
  eventsTable,
  operatorsTable,
  presenceTable,
  channelsTable,
  channelVolumesTable,
  promptsPlayedTable,
  testCallsTable,
  resultsTable,
  hotlinesTable,
].map(({ table }) => table);

const ownTraffic = 'own-traffic';

const holdsOwnTraffic = async (db: Kysely<Tables>): Promise<boolean> =>
  (await db.selectFrom('facts').select('fact').where('fact', '=', ownTraffic).executeTakeFirst()) !==
  undefined;

const replaceMadeUp = (db: Kysely<Tables>, records: Iterable<TrafficRecord>): Promise<WriteCount> =>
  forgettingHash(db, async (trx) => {
    if (!(await holdsOwnTraffic(trx))) {
      for (const table of [...recordTables, 'plans', 'overrules', 'results', 'facts'])
        await sql`delete from ${sql.table(table)}`.execute(trx);
      await trx.insertInto('facts').values({ fact: ownTraffic, value: 'true' }).execute();
    }
    return writeTrafficRecords(trx, records);
  });

const createMonitoringStore = (
  db: Kysely<Tables>,
  write: <Row extends object>(shape: RecordTable<Row>, records: Iterable<Row>) => Promise<WriteCount>,
): MonitoringStore => ({
  testCalls: async (hotline, span) => {
    const ofHotline = hotline === undefined ? sql<boolean>`true` : sql<boolean>`hotline = ${hotline}`;
    const placed = sql<boolean>`${ofHotline} and ${within('placedAtMillis', span)}`;
    const rows = await readRecords(db, testCallsTable, placed);
    return rows.map(withoutOrdinal);
  },
  results: (period) =>
    readRecords(db, resultsTable, period === undefined ? undefined : sql<boolean>`period = ${period}`),
  hotlines: () => readRecords(db, hotlinesTable),
  writeTestCalls: (records) => write(testCallsTable, numberAlike(records)),
  writeResults: (records) => write(resultsTable, records),
  writeHotlines: (records) => write(hotlinesTable, records),
});

const withoutOrdinal = (row: TestCall & { readonly ordinal: number }): TestCall => {
  const { ordinal, ...call } = row;
  void ordinal;
  return call;
};

const within = (column: string, span: Span | undefined): RawBuilder<boolean> =>
  span === undefined
    ? sql<boolean>`true`
    : sql<boolean>`${sql.ref(column)} >= ${span.fromMillis} and ${sql.ref(column)} < ${span.toMillis}`;

const startsIn = (span: Span | undefined): RawBuilder<boolean> => within('startMillis', span);

/** A prompt counts where any part of it plays within the span. */
const playsIn = (span: Span | undefined): RawBuilder<boolean> =>
  span === undefined
    ? sql<boolean>`true`
    : sql<boolean>`${sql.ref('startMillis')} < ${span.toMillis} and ${sql.ref('endMillis')} > ${span.fromMillis}`;

const numberAlike = function* (records: readonly TestCall[]): Generator<TestCall & { ordinal: number }> {
  const seen = new Map<string, number>();
  for (const record of records) {
    const key = `${record.placedAtMillis} ${record.hotline}`;
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    yield { ...record, ordinal };
  }
};

const summariseTraffic: (db: Kysely<Tables>) => ReturnType<Store['trafficSummary']> = (db) =>
  db
    .selectFrom('traffic')
    .select((eb) => [
      'queue',
      eb.fn.min('startMillis').as('firstMillis'),
      eb.fn.max('startMillis').as('lastMillis'),
      eb.fn.max('intervalMinutes').as('intervalMinutes'),
      eb.fn.countAll<number>().as('rows'),
    ])
    .groupBy('queue')
    .orderBy('queue')
    .execute();

/** The hash is kept until a write changes something: reading everything for it costs a third of a second. */
const dataHash = async (database: Database): Promise<string> =>
  database.db.transaction().execute(async (trx) => {
    const known = await trx
      .selectFrom('facts')
      .select('value')
      .where('fact', '=', 'data-hash')
      .executeTakeFirst();
    if (known !== undefined) return known.value;
    const queues = await summariseTraffic(trx);
    const columns = queues.map(({ queue }) => readTrafficColumns(database.reader, queue));
    const value = hashTraffic(columns, await readRecords(trx, eventsTable));
    await trx.insertInto('facts').values({ fact: 'data-hash', value }).execute();
    return value;
  });

const forgettingHash = (
  db: Kysely<Tables>,
  write: (trx: Kysely<Tables>) => Promise<WriteCount>,
): Promise<WriteCount> =>
  db.transaction().execute(async (trx) => {
    const count = await write(trx);
    if (count.added + count.changed > 0)
      await trx.deleteFrom('facts').where('fact', '=', 'data-hash').execute();
    return count;
  });

/** The same functions, with errors of the database told in the user's words. */
const explained = <Part extends object>(file: string, part: Part): Part =>
  Object.fromEntries(
    Object.entries(part).map(([name, member]) => [
      name,
      typeof member !== 'function'
        ? member
        : async (...given: unknown[]): Promise<unknown> => {
            try {
              return await (member as (...given: unknown[]) => Promise<unknown>)(...given);
            } catch (error) {
              throw explainDatabaseError(error, file);
            }
          },
    ]),
  ) as Part;
