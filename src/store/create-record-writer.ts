import { randomUUID } from 'node:crypto';
import type { TestCall } from '../kernel/records.ts';
import type { RecordWriter, WriteCount } from '../planning/ports.ts';
import { keepAccepted } from './accepted-unusual.ts';
import type { Writing } from './database.ts';
import { forgetFact, hashFact, keepFact, testCallsFact } from './facts.ts';
import { markMadeUp } from './made-up-records.ts';
import { clearMadeUp } from './own-traffic.ts';
import type { RecordTable } from './record-table.ts';
import { recordTables } from './record-tables.ts';
import { upsertRecords } from './upsert-records.ts';
import { writeTrafficRecords } from './write-traffic.ts';

/** Writes a hotline's records inside a transaction under way. */
export const createRecordWriter = (writing: Writing, hotline: string): RecordWriter => {
  const write =
    <Row extends object>(shape: RecordTable<Row>) =>
    (records: Iterable<Row>): Promise<WriteCount> =>
      upsertRecords(writing, hotline, shape, records);
  const writeTraffic: RecordWriter['writeTraffic'] = (records) =>
    forgettingHash(writing, hotline, writeTrafficRecords(writing, hotline, records));
  const writeTestCalls = write(recordTables.testCalls);
  const writeEvents = write(recordTables.events);
  const writeCauses = write(recordTables.causes);
  const writeOutsideForecasts = write(recordTables.outsideForecasts);
  return {
    writeTraffic,
    replaceMadeUp: async (records) => {
      await clearMadeUp(writing, hotline);
      return writeTraffic(records);
    },
    markMadeUp: () => markMadeUp(writing.db, hotline),
    writeEvents: (records) => forgettingHash(writing, hotline, writeEvents(records)),
    writeCauses: (records) => forgettingHash(writing, hotline, writeCauses(records)),
    writeTopics: write(recordTables.topics),
    writeOutsideForecasts: (records) => forgettingHash(writing, hotline, writeOutsideForecasts(records)),
    keepAccepted: (kind, accepted) => keepAccepted(writing.db, hotline, kind, accepted),
    writeOperators: write(recordTables.operators),
    writeLeave: write(recordTables.leave),
    writeRosterRequests: write(recordTables.rosterRequests),
    writeDuties: write(recordTables.duties),
    writePresence: write(recordTables.presence),
    writeChannels: write(recordTables.channels),
    writeChannelVolumes: write(recordTables.channelVolumes),
    writePromptsPlayed: write(recordTables.promptsPlayed),
    monitoring: {
      writeTestCalls: async (records) => {
        const count = await writeTestCalls(numberAlike(records));
        if (count.added + count.changed > 0) await keepFact(writing.db, hotline, testCallsFact, randomUUID());
        return count;
      },
      writeResults: write(recordTables.results),
      writeHotlines: write(recordTables.hotlines),
    },
  };
};

/**
 * Test calls in the order of their key, alike ones (of one hotline and instant) numbered as they came: a table that
 * grows at one place is written several times as fast as one that grows everywhere.
 */
const numberAlike = function* (records: readonly TestCall[]): Generator<TestCall & { ordinal: number }> {
  const ofHotlines = [...Map.groupBy(records, ({ hotline }) => hotline)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [, own] of ofHotlines) {
    let [before, ordinal] = [Number.NaN, 0];
    for (const record of own.sort((a, b) => a.placedAtMillis - b.placedAtMillis)) {
      ordinal = record.placedAtMillis === before ? ordinal + 1 : 0;
      before = record.placedAtMillis;
      yield { ...record, ordinal };
    }
  }
};

const forgettingHash = async (
  { db }: Writing,
  hotline: string,
  written: Promise<WriteCount>,
): Promise<WriteCount> => {
  const count = await written;
  if (count.added + count.changed > 0) await forgetFact(db, hotline, hashFact);
  return count;
};
