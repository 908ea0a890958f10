import type { IngestLimits } from '../ingest-limits.ts';
import type { SheetRow } from './sheet-row.ts';

/** A sheet of a workbook: its first rows, and all of them as pieces of packed rows, which can be read once. */
export interface PackedSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Rows that a spreadsheet program does not show. */
  readonly hiddenRows: number;
  /** Cells of the widest row. */
  readonly width: number;
  readonly head: readonly SheetRow[];
  readonly pieces: AsyncIterable<Uint8Array>;
}

/**
 * Takes files apart that are packed. `engine/` makes it real: what may cost a multiple of a file's own size is done
 * where it harms nobody.
 */
export interface FileUnpacker {
  /**
   * The sheets of a workbook that hold anything, in their order; `markup` for the tables of an HTML page or an XML
   * workbook. Throws `UnreadableFileError` where it is damaged or needs more than the limits give.
   */
  readonly sheets: (
    bytes: Uint8Array,
    markup: boolean,
    limits: IngestLimits,
  ) => Promise<readonly PackedSheet[]>;
  /** Bytes of a gzip file, all of its members one after the other; fails with zlib's own error where they are damaged. */
  readonly gunzip: (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;
  /** Processor time that this thread has taken so far, seconds. */
  readonly processorSeconds: () => number;
}
