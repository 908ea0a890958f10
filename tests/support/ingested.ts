import type { IngestOptions } from '../../src/ingest/columns/map-file.ts';
import { ingestCalls as readCalls } from '../../src/ingest/kinds/ingest-calls.ts';
import { ingestTraffic as readTraffic } from '../../src/ingest/kinds/ingest-traffic.ts';
import type { ByteSource } from '../../src/ingest/tables/byte-source.ts';

/** Reads interval traffic and lays its records out, which come one by one. */
export const ingestTraffic = async (sources: readonly ByteSource[], options: IngestOptions) => {
  const read = await readTraffic(sources, options);
  return { ...read, records: [...read.records] };
};

/** The same of call records. */
export const ingestCalls = async (sources: readonly ByteSource[], options: IngestOptions) => {
  const read = await readCalls(sources, options);
  return { ...read, records: [...read.records] };
};
