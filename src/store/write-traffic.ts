import type { Kysely } from 'kysely';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { StoreProblem } from './store-problems.ts';
import type { TrafficRecord } from '../kernel/records.ts';
import type { WriteCount } from '../planning/ports.ts';
import type { Writing } from './database.ts';
import { recordTables } from './record-tables.ts';
import type { Tables } from './tables.ts';
import { upsertRecords } from './upsert-records.ts';

/**
 * Writes traffic inside the caller's transaction. A queue keeps one interval length: rows of another length
 * would count calls twice, so they are refused by name and nothing is written. Totals of days give way to intervals of
 * the same days.
 */
export const writeTrafficRecords = async (
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

/** Takes away totals of days of which intervals come in. */
const giveWay = async (
  db: Kysely<Tables>,
  hotline: string,
  queues: readonly string[],
  records: readonly TrafficRecord[],
): Promise<void> => {
  for (const queue of queues) {
    const finer = records.filter((record) => record.queue === queue && record.intervalMinutes < wholeDay);
    const first = finer.reduce((least, { startMillis }) => Math.min(least, startMillis), Infinity);
    const last = finer.reduce((most, { startMillis }) => Math.max(most, startMillis), -Infinity);
    if (finer.length > 0)
      await db
        .deleteFrom('traffic')
        .where('hotlineKey', '=', hotline)
        .where('queue', '=', queue)
        .where('startMillis', '>', first - wholeDay * 60_000)
        .where('startMillis', '<=', last)
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
      const step = steps.get(record.queue);
      if (step === undefined) steps.set(record.queue, record.intervalMinutes);
      else if (step !== record.intervalMinutes) problems.set(record.queue, otherStep(record, step));
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

const otherStep = (record: TrafficRecord, step: number): StoreProblem => ({
  rule: 'interval-length-differs',
  severity: 'error',
  column: 'interval_minutes',
  value: String(record.intervalMinutes),
  values: { queue: record.queue, step, intervalMinutes: record.intervalMinutes },
});
