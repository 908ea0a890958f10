import { createHash, randomUUID } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import { totalsGivingWay } from '../kernel/interval-series.ts';
import type { TrafficRecord } from '../kernel/records.ts';
import { compareText } from '../kernel/text.ts';
import type { Span, WriteCount } from '../planning/ports.ts';
import type { Writing } from './database.ts';
import { factOf, forgetFact, hashFact, keepFact, testCallsFact } from './facts.ts';
import { readRecords, type RecordTable, recordTables } from './record-table.ts';
import { placeProblem } from './store-problems.ts';
import type { Tables } from './tables.ts';
import { upsertRecords } from './upsert-records.ts';

/** Intervals of traffic that are known in part: JSON. */
const inPartFact = 'traffic-in-part';

/**
 * Writes traffic inside the caller's transaction. A queue keeps one interval length: rows of another length
 * would count calls twice, so they are refused by name and nothing is written. Totals of days give way to intervals of
 * the same days.
 */
const writeTrafficRecords = async (
  writing: Writing,
  hotline: string,
  records: Iterable<TrafficRecord>,
): Promise<WriteCount> => {
  const steps = await storedSteps(writing.db, hotline);
  const ofDays = [...steps].filter(([, step]) => step === wholeDay).map(([queue]) => queue);
  if (ofDays.length > 0) {
    const given = [...records];
    await giveWay(writing.db, hotline, ofDays, given);
    return writeChecked(writing, hotline, given, await storedSteps(writing.db, hotline));
  }
  return writeChecked(writing, hotline, records, steps);
};

const wholeDay = 1440;

type Interval = readonly [queue: string, startMillis: number];

/** Intervals that are known in part. */
export const intervalsInPart = async (db: Kysely<Tables>, hotline: string): Promise<readonly Interval[]> =>
  JSON.parse((await factOf(db, hotline, inPartFact)) ?? '[]') as readonly Interval[];

/** Notes which are, and that what rests on traffic is to be worked out anew. */
export const keepInPart = async (
  db: Kysely<Tables>,
  hotline: string,
  before: readonly Interval[],
  after: readonly Interval[],
): Promise<void> => {
  const text = JSON.stringify(after.toSorted(([a, b], [c, d]) => compareText(a, c) || b - d));
  if (text === JSON.stringify(before)) return;
  await keepFact(db, hotline, inPartFact, text);
  await forgetFact(db, hotline, hashFact);
};

/** Writes traffic that is whole: what was known of its intervals in part is not any more. */
export const writeWholeTraffic = async (
  writing: Writing,
  hotline: string,
  records: Iterable<TrafficRecord>,
): Promise<WriteCount> => {
  const before = await intervalsInPart(writing.db, hotline);
  if (before.length === 0) return writeTrafficRecords(writing, hotline, records);
  const left = new Map(before.map((each) => [each.join('\n'), each]));
  const passing = function* (): Generator<TrafficRecord> {
    for (const record of records) {
      left.delete(`${record.queue}\n${record.startMillis}`);
      yield record;
    }
  };
  const count = await writeTrafficRecords(writing, hotline, passing());
  await keepInPart(writing.db, hotline, before, [...left.values()]);
  return count;
};

/** Takes a queue's intervals of a span away, with what was known of them in part; which went, where there were any. */
export const removeTraffic = async (
  db: Kysely<Tables>,
  hotline: string,
  queue: string,
  { fromMillis, toMillis }: Span,
): Promise<
  { readonly rows: number; readonly firstMillis: number; readonly lastMillis: number } | undefined
> => {
  const gone = await db
    .deleteFrom('traffic')
    .where('hotlineKey', '=', hotline)
    .where('queue', '=', queue)
    .where('startMillis', '>=', fromMillis)
    .where('startMillis', '<', toMillis)
    .returning('startMillis')
    .execute();
  if (gone.length === 0) return undefined;
  const before = await intervalsInPart(db, hotline);
  const isGone = ([of, at]: Interval): boolean => of === queue && at >= fromMillis && at < toMillis;
  await keepInPart(
    db,
    hotline,
    before,
    before.filter((each) => !isGone(each)),
  );
  await forgetFact(db, hotline, hashFact);
  const starts = gone.map(({ startMillis }) => startMillis).sort((a, b) => a - b);
  return { rows: starts.length, firstMillis: starts[0] ?? 0, lastMillis: starts.at(-1) ?? 0 };
};

/** Takes away totals of days of which intervals come in. */
const giveWay = async (
  db: Kysely<Tables>,
  hotline: string,
  queues: readonly string[],
  records: readonly TrafficRecord[],
): Promise<void> => {
  for (const queue of queues) {
    const finer = records.filter((record) => record.queue === queue && record.intervalMinutes < wholeDay);
    if (finer.length === 0) continue;
    const own = await db
      .selectFrom('traffic')
      .select('startMillis')
      .where('hotlineKey', '=', hotline)
      .where('queue', '=', queue)
      .orderBy('startMillis')
      .execute();
    const gone = totalsGivingWay(
      own.map(({ startMillis }) => startMillis),
      finer.map(({ startMillis }) => startMillis),
    );
    if (gone.length > 0)
      await db
        .deleteFrom('traffic')
        .where('hotlineKey', '=', hotline)
        .where('queue', '=', queue)
        .where('startMillis', 'in', gone)
        .execute();
  }
};

const writeChecked = async (
  writing: Writing,
  hotline: string,
  records: Iterable<TrafficRecord>,
  steps: Map<string, number>,
): Promise<WriteCount> => {
  const problems = new Map<string, Problem>();
  const checked = function* (): Generator<TrafficRecord> {
    for (const record of records) {
      const { queue, intervalMinutes } = record;
      const step = steps.get(queue);
      if (step === undefined) steps.set(queue, intervalMinutes);
      else if (step !== intervalMinutes)
        problems.set(
          queue,
          placeProblem('interval-length-differs', undefined, {
            column: 'interval_minutes',
            value: String(intervalMinutes),
            values: { queue, step, intervalMinutes },
          }),
        );
      yield record;
    }
  };
  const count = await upsertRecords(writing, hotline, recordTables.traffic, checked());
  if (problems.size > 0) throw new BadInputError([...problems.values()]);
  return count;
};

const storedSteps = async (db: Kysely<Tables>, hotline: string): Promise<Map<string, number>> => {
  const rows = await db
    .selectFrom('traffic')
    .select((eb) => ['queue', eb.fn.max('intervalMinutes').as('step')])
    .where('hotlineKey', '=', hotline)
    .groupBy('queue')
    .execute();
  return new Map(rows.map((row) => [row.queue, row.step]));
};

const ownTraffic = 'own-traffic';

/** True once a hotline's own traffic is in the place of the made-up line. */
export const holdsOwnTraffic = async (db: Kysely<Tables>, hotline: string): Promise<boolean> =>
  (await factOf(db, hotline, ownTraffic)) !== undefined;

/** Takes away what stands of the made-up line, once; afterwards it does nothing. */
export const clearMadeUp = async (writing: Writing, hotline: string): Promise<void> => {
  if (await holdsOwnTraffic(writing.db, hotline)) return;
  await clearMadeUpRecords(writing, hotline);
  await keepFact(writing.db, hotline, ownTraffic, 'true');
};

const madeUpFact = 'made-up-records';

/** Records of which a user may add own ones to a made-up line; of the others it has too many to mark one by one. */
const { traffic, presence, 'channel-volumes': volumes, ...marked } = recordTables;

/** What belongs to the made-up line as a whole: its calls, and all that was worked out from them. */
const ofTheLine = [
  ...[traffic, presence, volumes].map(({ layout }) => layout.table),
  'plans',
  'overrules',
  'rosters',
  'roster_changes',
  'day_actions',
  'results',
  'facts',
];

/** Notes that all records that are there are made up: what is added or changed afterwards is the user's. */
export const markMadeUp = async (db: Kysely<Tables>, hotline: string): Promise<void> => {
  const marks: Record<string, string[]> = {};
  for (const shape of tables) marks[shape.table] = (await readRecords(db, hotline, shape)).map(markOf);
  await keepFact(db, hotline, madeUpFact, JSON.stringify(marks));
};

/** Takes the made-up line away and leaves what its user wrote, events and settings and people alike. */
const clearMadeUpRecords = async (writing: Writing, hotline: string): Promise<void> => {
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
  const marked =
    marks === undefined
      ? []
      : (await readRecords(writing.db, hotline, shape)).filter((record) => !madeUp.has(markOf(record)));
  await sql`delete from ${sql.table(shape.table)} where hotline_key = ${hotline}`.execute(writing.db);
  if (marked.length > 0) await upsertRecords(writing, hotline, shape, marked);
};

const markOf = (record: object): string =>
  createHash('sha256').update(JSON.stringify(record)).digest('base64').slice(0, 12);
