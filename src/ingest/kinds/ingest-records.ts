import type { RejectedRow } from '../../kernel/errors.ts';
import { type RecordField, type RecordFields } from '../../kernel/record-fields.ts';
import {
  recordKinds,
  recordKindsOfFile,
  type FileKind,
  type RecordOfKind,
  type StoredKind,
  type TrafficRecord,
} from '../../kernel/records.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import type { Ingested, IngestedTraffic, IngestReport, Records } from '../ingested.ts';
import { beginReading, readFiles, type RowHandler } from '../rows/read-files.ts';
import { bindingOf, type RowReader, valueReader } from '../rows/row-reader.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import { ingestCalls } from './ingest-calls.ts';
import { ingestChannels } from './ingest-channels.ts';
import { ingestDuties, ingestRosterRequests } from './ingest-duties.ts';
import { ingestEvents } from './ingest-events.ts';
import { ingestForecasts } from './ingest-forecasts.ts';
import { ingestLeave } from './ingest-leave.ts';
import { ingestMonitoring } from './ingest-monitoring.ts';
import { ingestOperators } from './ingest-operators.ts';
import { ingestPresence } from './ingest-presence.ts';
import { ingestPromptsPlayed } from './ingest-prompts-played.ts';
import { ingestTopics } from './ingest-topics.ts';
import { ingestTraffic } from './ingest-traffic.ts';
import { QueueNames } from './queue-names.ts';
import { datesOf, tableReport, UniqueRecords } from './unique-records.ts';

/** Records of one kind, as they are to be stored. */
interface ToStore<Kind extends StoredKind = StoredKind> {
  readonly kind: Kind;
  readonly records: Iterable<RecordOfKind<Kind>>;
  /** They come beside what the file is of: no answer counts them. */
  readonly beside?: true;
}

/** Files of one kind that were read. */
interface IngestedFiles {
  readonly report: IngestReport;
  readonly rejectedRows: readonly RejectedRow[];
  /** What is to be stored, in this order. */
  readonly toStore: readonly ToStore[];
  /** Calls by interval, where the files have such. */
  readonly traffic?: Records<TrafficRecord>;
  /** Between which intervals each queue has handle times. */
  readonly handled?: IngestedTraffic['handled'];
  /** Rows of queues that are left out. */
  readonly left?: IngestedTraffic['left'];
}

type Reader = (sources: readonly ByteSource[], options: IngestOptions) => Promise<IngestedFiles>;

/** Reads files of a kind, by its own reader or else by what its fields say. Throws BadInputError with every problem. */
export const ingestRecords = (
  file: FileKind,
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<IngestedFiles> => {
  const own: Readonly<Partial<Record<FileKind, Reader>>> = ownReaders;
  return (own[file] ?? readerOfFields(file))(sources, options);
};

/** A reader of files that hold one kind of record. */
const only =
  <Kind extends StoredKind>(
    kind: Kind,
    read: (sources: readonly ByteSource[], options: IngestOptions) => Promise<Ingested<RecordOfKind<Kind>>>,
  ): Reader =>
  async (sources, options) => {
    const { records, report, rejectedRows } = await read(sources, options);
    return { report, rejectedRows, toStore: [toStore(kind, records)] };
  };

const toStore = <Kind extends StoredKind>(kind: Kind, records: Iterable<RecordOfKind<Kind>>): ToStore => ({
  kind,
  records,
});

/** Kinds of file of which a row says more than its fields do each by itself. */
const ownReaders = {
  traffic: async (sources, options) => {
    const { records, ...read } = await ingestTraffic(sources, options);
    return { ...read, toStore: [toStore('traffic', records)], traffic: records };
  },
  calls: async (sources, options) => {
    const { records, presence, ...read } = await ingestCalls(sources, options);
    return {
      ...read,
      toStore: [toStore('traffic', records), { ...toStore('presence', presence), beside: true }],
      traffic: records,
    };
  },
  monitoring: async (sources, options) => {
    const { testCalls, results, hotlines, report, rejectedRows } = await ingestMonitoring(sources, options);
    return {
      report,
      rejectedRows,
      toStore: [toStore('hotlines', hotlines), toStore('results', results), toStore('test-calls', testCalls)],
    };
  },
  channels: async (sources, options) => {
    const { channels, volumes, report, rejectedRows } = await ingestChannels(sources, options);
    return {
      report,
      rejectedRows,
      toStore: [toStore('channels', channels), toStore('channel-volumes', volumes)],
    };
  },
  operators: only('operators', ingestOperators),
  presence: only('presence', ingestPresence),
  prompts: only('prompts', ingestPromptsPlayed),
  events: only('events', ingestEvents),
  topics: only('topics', ingestTopics),
  forecasts: only('forecasts', ingestForecasts),
  leave: only('leave', ingestLeave),
  requests: only('requests', ingestRosterRequests),
  roster: only('roster', ingestDuties),
} satisfies Partial<Record<FileKind, Reader>>;

/**
 * A reader of files whose rows are what their fields say: names of queues are those of the hotline, a row without one is
 * of every queue, and of rows of one key the first stands where they are alike.
 */
const readerOfFields =
  (file: FileKind): Reader =>
  async (sources, options) => {
    const [kind] = recordKindsOfFile(file).filter((each) => each !== 'calls');
    if (kind === undefined) throw new RangeError(`no records come in files of ${file}`);
    const { fields }: { readonly fields: RecordFields } = recordKinds[kind];
    const reading = beginReading(options);
    const queues = new QueueNames(options);
    const read = new UniqueRecords<Readonly<Record<string, unknown>>>(reading);
    await readFiles(sources, [kind], options, reading, (reader) => rowOf(reader, fields, queues, read));
    const { records } = read;
    const valuesOf = (type: RecordField['type']): unknown[] =>
      Object.keys(fields)
        .filter((name) => fields[name]?.type === type)
        .flatMap((name) => records.flatMap((record) => record[name] ?? []));
    const report = tableReport(
      file,
      reading,
      records.flatMap(({ queue }) => (typeof queue === 'string' ? [queue] : [])),
      [...valuesOf('date').map(String), ...datesOf(reading, valuesOf('time').map(Number))],
    );
    // each record has what its fields say
    const own = records as unknown as RecordOfKind<typeof kind>[];
    return { report, rejectedRows: reading.ledger.rejected, toStore: [toStore(kind, own)] };
  };

const rowOf = (
  reader: RowReader,
  fields: RecordFields,
  queues: QueueNames,
  into: UniqueRecords<Readonly<Record<string, unknown>>>,
): RowHandler => {
  const columns = Object.entries(fields).map(
    ([name, field]) => [name, field, bindingOf(reader, name, field)] as const,
  );
  const keys = columns.filter(([, { key }]) => key === true).map(([name]) => name);
  const readers = columns.map(([name, field, binding]): [string, boolean, (record: object) => unknown] => {
    const required = field.required === true;
    if (name === 'queue')
      return [
        name,
        required,
        () => (reader.text(binding) === undefined ? undefined : queues.names[queues.read(reader, binding)]),
      ];
    if (field.type !== 'time') return [name, required, valueReader(reader, name, field)];
    return [name, required, (record) => reader.instant(binding, Object.values(record).join(' '))];
  });
  return () => {
    const record: Record<string, string | number> = {};
    for (const [name, required, valueOf] of readers) {
      const value = valueOf(record);
      if (reader.dropped) return;
      // each reader answers what its field's type says
      if (required || (value !== undefined && !Number.isNaN(value))) record[name] = value as string | number;
    }
    into.add(
      reader,
      keys.map((name) => record[name] ?? ''),
      record,
    );
  };
};
