import type { RejectedRow } from '../../kernel/errors.ts';
import {
  recordKindsOfFile,
  type FileKind,
  type RecordOfKind,
  type StoredKind,
  type TrafficRecord,
} from '../../kernel/records.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import type { Ingested, IngestedTraffic, IngestReport, Records } from '../ingested.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import { ingestCalls } from './ingest-calls.ts';
import { ingestChannels, ingestPromptsPlayed } from './ingest-channels.ts';
import { ingestDuties, ingestRosterRequests } from './ingest-duties.ts';
import { ingestEvents } from './ingest-events.ts';
import { ingestForecasts } from './ingest-forecasts.ts';
import { ingestLeave } from './ingest-leave.ts';
import { ingestMonitoring } from './ingest-monitoring.ts';
import { ingestOperators, ingestPresence } from './ingest-operators.ts';
import { ingestTopics } from './ingest-topics.ts';
import { ingestTraffic } from './ingest-traffic.ts';
import { recordsReader } from './unique-records.ts';

interface ToStore<Kind extends StoredKind = StoredKind> {
  readonly kind: Kind;
  readonly records: Iterable<RecordOfKind<Kind>>;
  /** They come beside what the file is of: no answer counts them. */
  readonly beside?: true;
}

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

/** A reader of files whose rows are what their fields say. */
const readerOfFields = (file: FileKind): Reader => {
  const [kind] = recordKindsOfFile(file).filter((each) => each !== 'calls');
  if (kind === undefined) throw new RangeError(`no records come in files of ${file}`);
  return only(
    kind,
    recordsReader(kind, () => ({ begin: () => ({}) })),
  );
};
