import { type Kysely, sql } from 'kysely';
import { feedSettingsSchema } from '../contract/documents/feed-documents.ts';
import type { TrafficRecord } from '../kernel/records.ts';
import type { FeedStep, FeedStore, RecordWriter, StoredFeedCall } from '../planning/ports.ts';
import { type Author, enterAudit } from './audit-log.ts';
import type { Database, Writing } from './database.ts';
import type { Tables } from './tables.ts';
import { holdsOwnTraffic } from './write-traffic.ts';

/** Rows of one statement: few enough for the limit on parameters. */
const chunkRows = 400;

/**
 * Live feeds of a hotline. A step is one transaction, taken only where the feed still stands as its reader knows it: of two
 * readers one is ahead, and the other reads anew.
 */
export const createFeedStore = (
  database: Database,
  hotline: string,
  author: Author,
  writerOf: (writing: Writing) => RecordWriter,
): FeedStore => {
  const own = (db: Kysely<Tables>) => db.selectFrom('feeds').where('hotlineKey', '=', hotline);
  return {
    all: async () =>
      (await own(database.reads.db).selectAll().orderBy('name').execute()).map(
        ({ name, settings, state, version }) => ({
          name,
          settings: feedSettingsSchema.parse(JSON.parse(settings)),
          state: state === null ? undefined : (JSON.parse(state) as unknown),
          version,
        }),
      ),
    put: (name, settings) =>
      database.write(hotline, async ({ db }) => {
        const said = JSON.stringify(settings);
        const before = await own(db).select('settings').where('name', '=', name).executeTakeFirst();
        if (before === undefined)
          await db
            .insertInto('feeds')
            .values({ hotlineKey: hotline, name, settings: said, state: null, version: 0 })
            .execute();
        else
          await db
            .updateTable('feeds')
            .set((eb) => ({ settings: said, version: eb('version', '+', 1) }))
            .where('hotlineKey', '=', hotline)
            .where('name', '=', name)
            .execute();
        if (before?.settings !== said)
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
    calls: async (name) =>
      database.reads.db
        .selectFrom('feedCalls')
        .select(['call', 'firstMillis', 'lastMillis', 'events'])
        .where('hotlineKey', '=', hotline)
        .where('feed', '=', name)
        .execute(),
    move: (name, version, step) =>
      database.write(hotline, async (writing) => {
        const { numUpdatedRows } = await writing.db
          .updateTable('feeds')
          .set({ state: JSON.stringify(step.state), version: version + 1 })
          .where('hotlineKey', '=', hotline)
          .where('name', '=', name)
          .where('version', '=', version)
          .executeTakeFirstOrThrow();
        if (numUpdatedRows === 0n) return false;
        await keepCalls(writing.db, hotline, name, step);
        await writeRecords(writing, hotline, step, writerOf(writing));
        return true;
      }),
  };
};

const keepCalls = async (
  db: Kysely<Tables>,
  hotline: string,
  feed: string,
  { calls, forget }: FeedStep,
): Promise<void> => {
  for (let at = 0; at < calls.length; at += chunkRows)
    await db
      .insertInto('feedCalls')
      .values(
        calls
          .slice(at, at + chunkRows)
          .map((call: StoredFeedCall) => ({ hotlineKey: hotline, feed, ...call })),
      )
      .onConflict((conflict) =>
        conflict.columns(['hotlineKey', 'feed', 'call']).doUpdateSet((eb) => ({
          firstMillis: eb.ref('excluded.firstMillis'),
          lastMillis: eb.ref('excluded.lastMillis'),
          events: eb.ref('excluded.events'),
        })),
      )
      .execute();
  if (forget !== undefined && Number.isFinite(forget.beforeMillis))
    await db
      .deleteFrom('feedCalls')
      .where('hotlineKey', '=', hotline)
      .where('feed', '=', feed)
      .where('lastMillis', '<', Math.floor(forget.beforeMillis))
      .where('call', 'not like', `${forget.but}%`)
      .execute();
};

const writeRecords = async (
  writing: Writing,
  hotline: string,
  { traffic, presence, quiet, partial, replacesMadeUp }: FeedStep,
  writer: RecordWriter,
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
};

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
