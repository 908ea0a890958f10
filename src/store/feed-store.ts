import { setImmediate as nextTurn } from 'node:timers/promises';
import { CompiledQuery, type Kysely, sql } from 'kysely';
import { feedSettingsSchema } from '../contract/documents/feed-documents.ts';
import type { TrafficRecord } from '../kernel/records.ts';
import { dayMillis } from '../kernel/time.ts';
import type { FeedStep, FeedStore, RecordWriter, StoredFeed } from '../planning/ports.ts';
import { type Author, enterAudit } from './audit-log.ts';
import type { Database, Writing } from './database.ts';
import { factOf, forgetFact, hashFact, keepFact } from './facts.ts';
import { notingWrites } from './diary-store.ts';
import type { Tables } from './tables.ts';
import { holdsOwnTraffic, intervalsInPart, keepInPart } from './write-traffic.ts';

/** What is kept of alarms: JSON. */
const alarmsFact = 'feed-alarms';

/** Rows of one statement: few enough for the limit on parameters. */
const chunkRows = 400;

/** Live feeds of a hotline. A step is one transaction and is refused where another reader has moved the feed on. */
export const createFeedStore = (
  database: Database,
  hotline: string,
  author: Author,
  writerOf: (writing: Writing) => RecordWriter,
): FeedStore => {
  const feedsOf = (db: Kysely<Tables>) => db.selectFrom('feeds').where('hotlineKey', '=', hotline);
  const all = async (db: Kysely<Tables>): Promise<readonly StoredFeed[]> =>
    (await feedsOf(db).selectAll().orderBy('name').execute()).map(({ name, settings, state, version }) => ({
      name,
      settings: feedSettingsSchema.parse(JSON.parse(settings)),
      state: state === null ? undefined : (JSON.parse(state) as unknown),
      version,
    }));
  return {
    all: () => all(database.reads.db),
    put: (name, settings, begins) =>
      database.write(hotline, async ({ db }) => {
        const text = JSON.stringify(settings);
        const before = await feedsOf(db).select('settings').where('name', '=', name).executeTakeFirst();
        if (before === undefined)
          await db
            .insertInto('feeds')
            .values({
              hotlineKey: hotline,
              name,
              settings: text,
              state: begins === undefined ? null : JSON.stringify(begins),
              version: 0,
            })
            .execute();
        else
          await db
            .updateTable('feeds')
            .set((eb) => ({ settings: text, version: eb('version', '+', 1) }))
            .where('hotlineKey', '=', hotline)
            .where('name', '=', name)
            .execute();
        if (before?.settings !== text)
          await enterAudit(db, hotline, author, {
            action: 'feed-changed',
            subject: name,
            before:
              before === undefined
                ? null
                : { kind: feedSettingsSchema.parse(JSON.parse(before.settings)).kind },
            after: { kind: settings.kind },
          });
      }),
    remove: (name) =>
      database.write(hotline, async ({ db }) => {
        await db.deleteFrom('feedCalls').where('hotlineKey', '=', hotline).where('feed', '=', name).execute();
        const { numDeletedRows } = await db
          .deleteFrom('feeds')
          .where('hotlineKey', '=', hotline)
          .where('name', '=', name)
          .executeTakeFirstOrThrow();
        if (numDeletedRows === 0n) return false;
        await enterAudit(db, hotline, author, {
          action: 'feed-changed',
          subject: name,
          before: { name },
          after: null,
        });
        return true;
      }),
    calls: async (name, calls) => {
      const kept = database.reads.db
        .selectFrom('feedCalls')
        .select(['call', 'firstMillis', 'lastMillis', 'events'])
        .where('hotlineKey', '=', hotline)
        .where('feed', '=', name);
      if (calls === undefined) return kept.where('lastMillis', '<', 8.64e15).execute();
      const found: Awaited<ReturnType<typeof kept.execute>> = [];
      for (let at = 0; at < calls.length; at += chunkRows)
        found.push(...(await kept.where('call', 'in', calls.slice(at, at + chunkRows)).execute()));
      return found;
    },
    move: (name, version, step) =>
      database.write(hotline, async (writing) => {
        if (step.holds?.(await all(writing.db)) === false) return false;
        const { numUpdatedRows } = await writing.db
          .updateTable('feeds')
          .set({ version: version + 1 })
          .where('hotlineKey', '=', hotline)
          .where('name', '=', name)
          .where('version', '=', version)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return false;
        await keepCalls(writing.db, hotline, name, step);
        if ((step.outdated ?? []).length > 0) await forgetFact(writing.db, hotline, hashFact);
        for (const { queue, from, to } of step.outdated ?? [])
          await writing.db
            .deleteFrom('traffic')
            .where('hotlineKey', '=', hotline)
            .where('queue', '=', queue)
            .where('startMillis', '>=', from)
            .where('startMillis', '<', to)
            .execute();
        const running = runningIntervals(step);
        // First, since it can replace the made-up line.
        if (step.also !== undefined) {
          const { writer, notes } = notingWrites(writerOf(writing), () =>
            holdsOwnTraffic(writing.db, hotline),
          );
          await step.also({
            ...writer,
            write: (kind, records) =>
              // records are of the kind that they are given as
              writer.write(kind, kind === 'traffic' ? (running.noting(records as never) as never) : records),
          });
          for (const note of notes()) await enterAudit(writing.db, hotline, author, note);
        }
        await writeRecords(writing, hotline, step, writerOf(writing), running.found);
        await writing.db
          .updateTable('feeds')
          .set({ state: JSON.stringify(step.state) })
          .where('hotlineKey', '=', hotline)
          .where('name', '=', name)
          .execute();
        return true;
      }),
    alarms: async (change) => {
      const read = async (db: Kysely<Tables>): Promise<unknown> =>
        JSON.parse((await factOf(db, hotline, alarmsFact)) ?? 'null') ?? undefined;
      if (change === undefined) return read(database.reads.db);
      return database.write(hotline, async ({ db }) => {
        const changed = change(await read(db));
        await keepFact(db, hotline, alarmsFact, JSON.stringify(changed));
        return changed;
      });
    },
  };
};

/** A statement that keeps so many calls, its values still to come. */
const keepStatement = (db: Kysely<Tables>, rows: number): CompiledQuery => {
  const columns = ['hotlineKey', 'feed', 'call', 'firstMillis', 'lastMillis', 'events'].map((name) =>
    sql.ref(name),
  );
  const row = sql`(${sql.join(columns.map(() => sql.val(0)))})`;
  const { sql: statement } = sql`insert into ${sql.table('feedCalls')} (${sql.join(columns)})
    values ${sql.join(Array.from({ length: Math.max(1, rows) }, () => row))}
    on conflict (${sql.join(columns.slice(0, 3))}) do update set ${sql.join(
      columns.slice(3).map((column) => sql`${column} = excluded.${column}`),
    )}`.compile(db);
  return CompiledQuery.raw(statement);
};

/** Rows of intervals are kept so long after they were said: a correction of one of several that are one queue comes sooner. */
const keptRowsMillis = 42 * dayMillis;

const keepCalls = async (
  db: Kysely<Tables>,
  hotline: string,
  feed: string,
  { calls, forget }: FeedStep,
): Promise<void> => {
  const isMuch = calls.length > chunkRows;
  if (isMuch) await nextTurn();
  const whole = keepStatement(db, Math.min(chunkRows, calls.length));
  for (let at = 0; at < calls.length; at += chunkRows) {
    const some = calls.slice(at, at + chunkRows);
    const parameters: unknown[] = [];
    for (const { call, firstMillis, lastMillis, events } of some)
      parameters.push(hotline, feed, call, firstMillis, lastMillis, events);
    const statement = some.length === chunkRows || at === 0 ? whole : keepStatement(db, some.length);
    // Passed with the statement, values would be frozen one by one.
    await db.executeQuery({ ...statement, parameters });
    if (isMuch) await nextTurn();
  }
  const all = db.deleteFrom('feedCalls').where('hotlineKey', '=', hotline).where('feed', '=', feed);
  const said = calls.find(({ lastMillis }) => lastMillis === 8.64e15)?.firstMillis;
  if (said !== undefined)
    await all
      .where('lastMillis', '=', 8.64e15)
      .where('firstMillis', '<', said - keptRowsMillis)
      .execute();
  if (forget === undefined || !Number.isFinite(forget.beforeMillis)) return;
  const old = all.where('lastMillis', '<', Math.floor(forget.beforeMillis));
  await (forget.but === undefined ? old : old.where('call', 'not like', `${forget.but}%`)).execute();
};

/** Notes which intervals of rows are still running. */
const runningIntervals = ({ inPart }: FeedStep) => {
  const found: (readonly [queue: string, startMillis: number])[] = [];
  const noting = function* (records: Iterable<TrafficRecord>): Generator<TrafficRecord> {
    for (const record of records) {
      if (endOf(record) > (inPart?.nowMillis ?? Infinity)) found.push([record.queue, record.startMillis]);
      yield record;
    }
  };
  return { found, noting };
};

const writeRecords = async (
  writing: Writing,
  hotline: string,
  { traffic, presence, quiet, partial, inPart, replacesMadeUp, handleTime }: FeedStep,
  writer: RecordWriter,
  running: readonly (readonly [queue: string, startMillis: number])[],
): Promise<void> => {
  const replaces = replacesMadeUp && !(await holdsOwnTraffic(writing.db, hotline));
  const stored = replaces
    ? new Map<string, number>()
    : await offeredAt(writing.db, hotline, [...quiet, ...partial]);
  const all = [
    ...traffic,
    ...quiet.filter((record) => !stored.has(keyOf(record))),
    ...partial.filter((record) => (stored.get(keyOf(record)) ?? 0) <= record.offered),
  ];
  if (all.length > 0) await (replaces ? writer.replaceMadeUp(all) : writer.write('traffic', all));
  if (presence.length > 0) await writer.write('presence', presence);
  if (inPart !== undefined) {
    const before = await intervalsInPart(writing.db, hotline);
    const isIn = (start: number): boolean => inPart.spans.some(({ from, to }) => start >= from && start < to);
    const kept = before.filter(
      ([queue, start]) => start < inPart.since || !inPart.queues.includes(queue) || isIn(start),
    );
    const now = all.flatMap(({ queue, startMillis }) =>
      isIn(startMillis) ? [[queue, startMillis] as const] : [],
    );
    const after = new Map([...kept, ...now, ...running].map((each) => [each.join('\n'), each]));
    await keepInPart(writing.db, hotline, before, [...after.values()]);
  }
  const handled = all.filter(({ handleSecondsTotal }) => handleSecondsTotal !== undefined);
  if (handled.length > 0)
    await writer.keepHandleTimes(
      [...Map.groupBy(handled, ({ queue }) => queue)].map(([queue, records]) => ({
        queue,
        convention: handleTime,
        fromMillis: records.reduce((least, { startMillis }) => Math.min(least, startMillis), Infinity),
        toMillis: records.reduce((most, each) => Math.max(most, endOf(each)), -Infinity),
      })),
    );
};

const endOf = ({ startMillis, intervalMinutes }: TrafficRecord): number =>
  startMillis + intervalMinutes * 60_000;

const keyOf = ({ queue, startMillis }: Pick<TrafficRecord, 'queue' | 'startMillis'>): string =>
  `${startMillis} ${queue}`;

/** Calls offered by interval, where any are stored over the span of these records. */
const offeredAt = async (
  db: Kysely<Tables>,
  hotline: string,
  records: readonly TrafficRecord[],
): Promise<Map<string, number>> => {
  const found = new Map<string, number>();
  for (const [queue, own] of Map.groupBy(records, (record) => record.queue)) {
    const first = own.reduce((least, { startMillis }) => Math.min(least, startMillis), Infinity);
    const last = own.reduce((most, { startMillis }) => Math.max(most, startMillis), -Infinity);
    const { rows } = await sql<{ startMillis: number; offered: number }>`
      select start_millis as ${sql.ref('startMillis')}, offered from traffic where hotline_key = ${hotline}
        and queue = ${queue} and start_millis between ${first} and ${last}`.execute(db);
    for (const { startMillis, offered } of rows) found.set(keyOf({ queue, startMillis }), offered);
  }
  return found;
};
