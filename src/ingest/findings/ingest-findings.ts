import { findingsOf } from '../../kernel/finding.ts';
import type { ShownNames, UnusualValue } from './ingest-problems.ts';

/** What ingest has to say beside problems, by code, with the values that go with it. */
export interface IngestFindings {
  'unusual-value': UnusualValue;
  /** Whole days were spread over their hours by an assumed shape. */
  'days-spread': { readonly days: number; readonly intervalMinutes: number };
  'sheets-left-out': { readonly sheets: ShownNames };
  /** Headings under which a bare series has its times, counts and queues. */
  'series-columns-guessed': { readonly time: string; readonly count: string; readonly queue: string | null };
}

export const ingestFinding = findingsOf<IngestFindings>();
