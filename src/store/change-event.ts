import { isDeepStrictEqual } from 'node:util';
import { sql } from 'kysely';
import type { EventRecord } from '../kernel/records.ts';
import type { Writing } from './database.ts';
import { forgetFact, hashFact } from './facts.ts';
import { readRecords } from './record-table.ts';
import { recordTables } from './record-tables.ts';
import { upsertRecords } from './upsert-records.ts';

const { events } = recordTables;

const isSame = (a: EventRecord, b: EventRecord): boolean =>
  events.key.every((field) => (a[field] ?? '') === (b[field] ?? ''));

/**
 * Puts one event in the place of another inside a transaction under way; null: of nothing, or nothing. False, and
 * nothing written, where `before` does not stand as it was read, or where another event is called like `after`.
 */
export const changeEvent = async (
  writing: Writing,
  hotline: string,
  before: EventRecord | null,
  after: EventRecord | null,
): Promise<boolean> => {
  const stored = await readRecords(writing.db, hotline, events);
  const others = stored.filter((event) => before === null || !isSame(event, before));
  if (before !== null && !stored.some((event) => isDeepStrictEqual({ ...event }, { ...before })))
    return false;
  if (after !== null && others.some((event) => isSame(event, after))) return false;
  if (before !== null)
    await sql`delete from events where hotline_key = ${hotline} and ${sql.join(
      events.key.map((field) => sql`${sql.ref(field)} = ${before[field] ?? ''}`),
      sql` and `,
    )}`.execute(writing.db);
  if (after !== null) await upsertRecords(writing, hotline, events, [after]);
  await forgetFact(writing.db, hotline, hashFact);
  return true;
};
