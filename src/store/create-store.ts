import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { TestCall } from '../kernel/records.ts';
import type { MonitoringStore, RecordWriter, Span, Store } from '../planning/ports.ts';
import { readAccepted } from './accepted-unusual.ts';
import { enterAudit, localAuthor, type Author } from './audit-log.ts';
import { createAuditStore } from './audit-store.ts';
import { noteOfEvent, notingWrites } from './audit-notes.ts';
import { changeEvent } from './change-event.ts';
import { createRecordWriter } from './create-record-writer.ts';
import { createDiaryStore } from './diary-store.ts';
import type { Database, Queries } from './database.ts';
import { explained } from './explained.ts';
import { createMaintenanceStore } from './maintenance-store.ts';
import { movedTo, refusingMoved } from './moved-away.ts';
import { holdsOwnTraffic } from './own-traffic.ts';
import { createRosterStore } from './roster-store.ts';
import { createOverruleStore } from './overrule-store.ts';
import { createOverviewStore } from './overview-store.ts';
import { createPlanStore } from './plan-store.ts';
import { readRecords } from './record-table.ts';
import { recordTables } from './record-tables.ts';
import { factOf, hashFact, testCallsFact } from './facts.ts';
import type { Tables } from './tables.ts';
import { readTestCallColumns, readTestCallSpans } from './test-call-columns.ts';
import { hashTraffic, readTrafficColumns } from './traffic-columns.ts';

/**
 * The records of one hotline of an open database. Every write is one transaction: wholly there or not at all;
 * none is taken any more once the records were moved away. Closing the store closes the database.
 */
export const createStore = (
  opened: Database,
  hotline: string,
  { actor, now }: Author = localAuthor,
): Store => {
  const database = refusingMoved(opened);
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
    ...writesOf(together),
    together,
    accepted: () => readAccepted(db, hotline),
    traffic: (queue, span) => readTrafficColumns(database.reads, hotline, queue, span),
    trafficSummary: () => summariseTraffic(db, hotline),
    dataHash: () => dataHash(database, hotline),
    events: () => readRecords(db, hotline, recordTables.events),
    changeEvent: (before, after) =>
      database.write(hotline, async (writing) => {
        const changed = await changeEvent(writing, hotline, before, after);
        if (changed) await enterAudit(writing.db, hotline, author, noteOfEvent(before, after));
        return changed;
      }),
    causes: () => readRecords(db, hotline, recordTables.causes),
    topics: () => readRecords(db, hotline, recordTables.topics),
    outsideForecasts: () => readRecords(db, hotline, recordTables.outsideForecasts),
    operators: () => readRecords(db, hotline, recordTables.operators),
    leave: () => readRecords(db, hotline, recordTables.leave),
    rosterRequests: () => readRecords(db, hotline, recordTables.rosterRequests),
    duties: () => readRecords(db, hotline, recordTables.duties),
    presence: (span) => readRecords(db, hotline, recordTables.presence, startsIn(span)),
    channels: () => readRecords(db, hotline, recordTables.channels),
    channelVolumes: (span) => readRecords(db, hotline, recordTables.channelVolumes, startsIn(span)),
    promptsPlayed: (span) => readRecords(db, hotline, recordTables.promptsPlayed, playsIn(span)),
    monitoring: explained(database.place, {
      ...monitoringReads(database, hotline),
      ...monitoringWrites(together),
    }),
    ...createOverruleStore(database, hotline, author),
    ...createPlanStore(database, hotline, author),
    ...createRosterStore(database, hotline, author),
    ...createDiaryStore(database, hotline, author),
    ...createAuditStore(database, hotline, author),
    ...createOverviewStore(database, hotline),
    ...createMaintenanceStore(database, hotline, author),
    holdsOwnTraffic: () => holdsOwnTraffic(db, hotline),
    movedTo: () => movedTo(db, hotline),
    close: () => database.close(),
  };
  return {
    ...explained(database.place, store),
    by: (other) => createStore(opened, hotline, { actor: other, now }),
  };
};

/** Each write by itself. */
const writesOf = (together: Store['together']): Omit<RecordWriter, 'monitoring'> => ({
  writeTraffic: (records) => together((into) => into.writeTraffic(records)),
  replaceMadeUp: (records) => together((into) => into.replaceMadeUp(records)),
  markMadeUp: () => together((into) => into.markMadeUp()),
  writeEvents: (records) => together((into) => into.writeEvents(records)),
  writeCauses: (records) => together((into) => into.writeCauses(records)),
  writeTopics: (records) => together((into) => into.writeTopics(records)),
  writeOutsideForecasts: (records) => together((into) => into.writeOutsideForecasts(records)),
  keepAccepted: (kind, accepted) => together((into) => into.keepAccepted(kind, accepted)),
  writeOperators: (records) => together((into) => into.writeOperators(records)),
  writeLeave: (records) => together((into) => into.writeLeave(records)),
  writeRosterRequests: (records) => together((into) => into.writeRosterRequests(records)),
  writeDuties: (records) => together((into) => into.writeDuties(records)),
  writePresence: (records) => together((into) => into.writePresence(records)),
  writeChannels: (records) => together((into) => into.writeChannels(records)),
  writeChannelVolumes: (records) => together((into) => into.writeChannelVolumes(records)),
  writePromptsPlayed: (records) => together((into) => into.writePromptsPlayed(records)),
});

const monitoringWrites = (together: Store['together']): RecordWriter['monitoring'] => ({
  writeTestCalls: (records) => together(({ monitoring }) => monitoring.writeTestCalls(records)),
  writeResults: (records) => together(({ monitoring }) => monitoring.writeResults(records)),
  writeHotlines: (records) => together(({ monitoring }) => monitoring.writeHotlines(records)),
});

const monitoringReads = (
  database: Database,
  line: string,
): Omit<MonitoringStore, keyof RecordWriter['monitoring']> => {
  const { db } = database.reads;
  return {
    testCalls: async (hotline, span) =>
      (await readRecords(db, line, recordTables.testCalls, placedIn(hotline, span))).map(withoutOrdinal),
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
    hotlines: () => readRecords(db, line, recordTables.hotlines),
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

const startsIn = (span: Span | undefined): RawBuilder<boolean> => within('startMillis', span);

/** A prompt counts where any part of it plays within the span. */
const playsIn = (span: Span | undefined): RawBuilder<boolean> =>
  span === undefined
    ? sql<boolean>`true`
    : sql<boolean>`${sql.ref('startMillis')} < ${span.toMillis} and ${sql.ref('endMillis')} > ${span.fromMillis}`;

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

/** The hash is kept until a write changes something: reading everything for it costs a tenth of a second. */
const dataHash = async (database: Database, hotline: string): Promise<string> => {
  const { db } = database.reads;
  const kept = await factOf(db, hotline, hashFact);
  if (kept !== undefined) return kept;
  // What was left behind can still be looked at, but nothing is written there.
  if ((await movedTo(db, hotline)) !== undefined)
    return database.snapshot((queries) => computeHash(queries, hotline));
  return database.write(hotline, async (writing) => {
    const known = await factOf(writing.db, hotline, hashFact);
    if (known !== undefined) return known;
    const value = await computeHash(writing, hotline);
    await writing.db.insertInto('facts').values({ hotlineKey: hotline, fact: hashFact, value }).execute();
    return value;
  });
};

const computeHash = async (queries: Queries, hotline: string): Promise<string> => {
  const columns = [];
  for (const { queue } of await summariseTraffic(queries.db, hotline))
    columns.push(await readTrafficColumns(queries, hotline, queue));
  const [events, ...others] = [
    await readRecords(queries.db, hotline, recordTables.events),
    await readRecords(queries.db, hotline, recordTables.outsideForecasts),
    await readRecords(queries.db, hotline, recordTables.causes),
  ];
  return hashTraffic(columns, events, others);
};
