import type { IngestDocument } from '../contract/documents/ingest-document.ts';
import type { Problem } from '../kernel/errors.ts';

/** What `ingest` reports, less what only the caller knows: whether and what it stored. */
export type IngestReport = Omit<IngestDocument, 'stored' | 'dryRun'>;

/** A row that was left out, for the problems file. Callers' numbers are blanked in `text`. */
export interface RejectedRow {
  readonly file: string;
  readonly row: number;
  readonly text: string;
  readonly problem: Problem;
}

/** Clean records with the report on how they came about. */
export interface Ingested<T> {
  readonly records: readonly T[];
  readonly report: IngestReport;
  readonly rejectedRows: readonly RejectedRow[];
}
