import type { PlainSink, RawRow } from './csv-parser.ts';

/** What takes a table's rows. */
export interface RowSink {
  /** Rows that are read in one look at their bytes, where they are as the columns are known to be. */
  readonly plain?: PlainSink | undefined;
  /** Returns false to stop reading. */
  readonly row: (row: RawRow) => boolean;
  readonly brokenRow: (row: RawRow) => boolean;
}
