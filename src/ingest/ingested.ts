import type { IngestDocument } from '../contract/documents/ingest-document.ts';
import type { RejectedRow } from '../kernel/errors.ts';
import type { TrafficRecord } from '../kernel/records.ts';

/** What `ingest` reports, less what only the caller knows: whether and what it stored. */
export type IngestReport = Omit<IngestDocument, 'stored' | 'dryRun'>;

/** Records that may be too many to stand in memory at once: each pass makes them one by one. */
export interface Records<T> extends Iterable<T> {
  readonly length: number;
}

/** Clean records with the report on how they came about. */
export interface Ingested<T> {
  readonly records: readonly T[];
  readonly report: IngestReport;
  readonly rejectedRows: readonly RejectedRow[];
}

/** The same of interval traffic. */
export interface IngestedTraffic extends Omit<Ingested<TrafficRecord>, 'records'> {
  readonly records: Records<TrafficRecord>;
  /** Between which intervals each queue has handle times. */
  readonly handled: readonly {
    readonly queue: string;
    readonly fromMillis: number;
    /** Where the last of them ends. */
    readonly toMillis: number;
  }[];
  /** Rows of queues that are left out, by what they are called there. */
  readonly left?: ReadonlyMap<string, number>;
}
