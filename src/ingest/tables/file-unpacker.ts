import type { IngestLimits } from '../ingest-limits.ts';
import { clippedRow, headRows, packRows, type SheetRow, type Sheet } from './sheet-row.ts';

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

/** The rows of a sheet in packed pieces; at the end what the sheet is, or undefined where it holds nothing. */
export function* packedSheet({
  name,
  hidden,
  rows,
}: Sheet): Generator<Uint8Array, Omit<PackedSheet, 'pieces'> | undefined> {
  const head: SheetRow[] = [];
  let width = 0;
  let hiddenRows = 0;
  let cellsLeft = headCells;
  const seen = function* (): Generator<SheetRow> {
    for (const row of rows) {
      width = Math.max(width, row.cells.length);
      if (row.hidden) hiddenRows += 1;
      if (head.length < headRows && cellsLeft > 0) head.push(clippedRow(row));
      cellsLeft -= row.cells.length;
      yield row;
    }
  };
  yield* packRows(seen());
  return width > 0 ? { name, hidden, hiddenRows, width, head } : undefined;
}

/** Cells of the first rows together, at most: a table of thousands of columns shows fewer rows. */
const headCells = 100_000;
