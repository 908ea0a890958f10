import { findingsOf } from '../../kernel/finding.ts';
import type { ShownNames } from './file-problems.ts';
import type { UnusualValue } from './unusual-value.ts';

/** What ingest has to say beside problems, by code, with the values that go with it. */
export interface IngestFindings {
  'unusual-value': UnusualValue;
  'sheets-left-out': { readonly sheets: ShownNames };
  /** Headings under which a bare series has its times, counts and queues. */
  'series-columns-guessed': { readonly time: string; readonly count: string; readonly queue: string | null };
}

export const found = findingsOf<IngestFindings>();
