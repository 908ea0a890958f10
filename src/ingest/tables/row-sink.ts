import type { RawRow } from './csv-parser.ts';

/** What takes a table's rows. */
export interface RowSink {
  /** Returns false to stop reading. */
  readonly row: (row: RawRow) => boolean;
  readonly brokenRow: (row: RawRow) => boolean;
}
