import { createHash, randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import type { Writing } from './database.ts';
import { factOf, keepFact, testCallsFact } from './facts.ts';
import { readRecords, type RecordTable } from './record-table.ts';
import { recordTables } from './record-tables.ts';
import type { Tables } from './tables.ts';
import { upsertRecords } from './upsert-records.ts';

const madeUpFact = 'made-up-records';

/** Records of which a user may add own ones to a made-up line; of the others it has too many to mark one by one. */
const { traffic, presence, channelVolumes, ...marked } = recordTables;

/** What belongs to the made-up line as a whole: its calls, and all that was worked out from them. */
const ofTheLine = [
  ...[traffic, presence, channelVolumes].map(({ layout }) => layout.table),
  'plans',
  'overrules',
  'rosters',
  'roster_changes',
  'results',
  'facts',
];

/** Notes that all records that stand there are made up: what is added or changed afterwards is the user's. */
export const markMadeUp = async (db: Kysely<Tables>, hotline: string): Promise<void> => {
  const marks: Record<string, string[]> = {};
  for (const shape of tables) marks[shape.table] = (await readRecords(db, hotline, shape)).map(markOf);
  await keepFact(db, hotline, madeUpFact, JSON.stringify(marks));
};

/** Takes the made-up line away and leaves what its user wrote, events and settings and people alike. */
export const clearMadeUpRecords = async (writing: Writing, hotline: string): Promise<void> => {
  const { db } = writing;
  const known = await factOf(db, hotline, madeUpFact);
  const marks = known === undefined ? undefined : (JSON.parse(known) as Record<string, string[]>);
  for (const shape of tables) await clearMarked(writing, hotline, shape, marks?.[shape.table]);
  for (const table of ofTheLine)
    await sql`delete from ${sql.table(table)} where hotline_key = ${hotline}`.execute(db);
  await keepFact(db, hotline, testCallsFact, randomUUID());
};

const tables = Object.values(marked) as unknown as readonly RecordTable<object>[];

/** Without marks (a line made up before there were any) every record is taken for a made-up one. */
const clearMarked = async (
  writing: Writing,
  hotline: string,
  shape: RecordTable<object>,
  marks: readonly string[] | undefined,
): Promise<void> => {
  if (marks?.length === 0) return;
  const madeUp = new Set(marks);
  const own =
    marks === undefined
      ? []
      : (await readRecords(writing.db, hotline, shape)).filter((record) => !madeUp.has(markOf(record)));
  await sql`delete from ${sql.table(shape.table)} where hotline_key = ${hotline}`.execute(writing.db);
  if (own.length > 0) await upsertRecords(writing, hotline, shape, own);
};

const markOf = (record: object): string =>
  createHash('sha256').update(JSON.stringify(record)).digest('base64').slice(0, 12);
