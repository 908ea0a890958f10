import type { TestCall } from '../kernel/records.ts';
import type { RecordWriter, WriteCount } from '../planning/ports.ts';
import type { Writing } from './database.ts';
import { clearMadeUp } from './own-traffic.ts';
import type { RecordTable } from './record-table.ts';
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
} from './record-tables.ts';
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
  const writeTestCalls = write(testCallsTable);
  const writeEvents = write(eventsTable);
  return {
    writeTraffic,
    replaceMadeUp: async (records) => {
      await clearMadeUp(writing.db, hotline);
      return writeTraffic(records);
    },
    writeEvents: (records) => forgettingHash(writing, hotline, writeEvents(records)),
    writeOperators: write(operatorsTable),
    writePresence: write(presenceTable),
    writeChannels: write(channelsTable),
    writeChannelVolumes: write(channelVolumesTable),
    writePromptsPlayed: write(promptsPlayedTable),
    monitoring: {
      writeTestCalls: (records) => writeTestCalls(numberAlike(records)),
      writeResults: write(resultsTable),
      writeHotlines: write(hotlinesTable),
    },
  };
};

const numberAlike = function* (records: readonly TestCall[]): Generator<TestCall & { ordinal: number }> {
  const seen = new Map<string, number>();
  for (const record of records) {
    const key = `${record.placedAtMillis} ${record.hotline}`;
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    yield { ...record, ordinal };
  }
};

const forgettingHash = async (
  { db }: Writing,
  hotline: string,
  written: Promise<WriteCount>,
): Promise<WriteCount> => {
  const count = await written;
  if (count.added + count.changed > 0)
    await db.deleteFrom('facts').where('hotlineKey', '=', hotline).where('fact', '=', 'data-hash').execute();
  return count;
};
