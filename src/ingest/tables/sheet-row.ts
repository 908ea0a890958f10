import type { WideHeadings } from '../ingest-limits.ts';
import { emptyRow, type PlainSink, type RawRow } from './csv-parser.ts';
import type { CellDecoder } from './text-encoding.ts';

/** Rows of one sheet as text, dates in ISO form; `line` is the row's number in the sheet, from 1. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Rows of a table that are looked at before any is read: heading, samples. */
export const headRows = 400;

/** Most characters of a cell of the first rows: what a column is needs no more, and each is looked at many times. */
const mostCharacters = 200;

/** A row of the first look, long cells cut. */
export const clippedRow = ({ line, cells }: SheetRow): SheetRow => ({
  line,
  cells: cells.map((cell) => (cell.length > mostCharacters ? cell.slice(0, mostCharacters) : cell)),
});

/**
 * Rows of a sheet as bytes, in which they pass from the process that reads a workbook to the one that takes them in.
 * A row is its line, the number of its cells and the length of each (32 bits, little-endian), then its text as a
 * record parted by tabs. Pieces hold whole rows and are about `pieceBytes` long.
 */
export function* packRows(rows: Iterable<SheetRow>, pieceBytes = 65_536): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  let piece = new Uint8Array(2 * pieceBytes);
  let used = 0;
  for (const { line, cells } of rows) {
    const most = 8 + cells.reduce((sum, cell) => sum + 5 + 3 * cell.length, 0);
    if (used > 0 && used + most > piece.length) {
      yield piece.slice(0, used);
      used = 0;
    }
    if (most > piece.length) piece = new Uint8Array(most);
    const view = new DataView(piece.buffer, used);
    view.setUint32(0, line, true);
    view.setUint32(4, cells.length, true);
    used += 8 + 4 * cells.length;
    cells.forEach((cell, i) => {
      if (i > 0) piece[used++] = tab;
      const { written } = encoder.encodeInto(cell, piece.subarray(used));
      view.setUint32(8 + 4 * i, written, true);
      used += written;
    });
  }
  if (used > 0) yield piece.slice(0, used);
}

const tab = 9;

/**
 * Passes the rows of pieces in the form of the CSV parser, so that one reader serves both; every row is `width` cells
 * wide. Stops where the sink returns false. What is done with a piece is done by `spend`, which counts what it takes.
 */
export const passRows = async (
  pieces: AsyncIterable<Uint8Array>,
  width: number,
  sink: Pick<RowSink, 'row'>,
  spend: (pass: () => boolean) => boolean = (pass) => pass(),
): Promise<void> => {
  const row = emptyRow(width);
  row.count = width;
  const pass = (bytes: Uint8Array): boolean => {
    row.bytes = bytes;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at = row.recordEnd) {
      row.line = view.getUint32(at, true);
      const cells = view.getUint32(at + 4, true);
      const lengths = at + 8;
      row.recordStart = lengths + 4 * cells;
      let from = row.recordStart;
      for (let cell = 0; cell < width; cell += 1) {
        row.starts[cell] = from;
        if (cell < cells) from += view.getUint32(lengths + 4 * cell, true);
        row.ends[cell] = from;
        if (cell < cells - 1) from += 1;
      }
      row.recordEnd = from;
      if (!sink.row(row)) return false;
    }
    return true;
  };
  for await (const bytes of pieces) if (!spend(() => pass(bytes))) return;
};

/** What takes a table's rows. */
export interface RowSink {
  /** Rows that are read in one look at their bytes, where they are as the columns are known to be. */
  readonly plain?: PlainSink | undefined;
  /** Returns false to stop reading. */
  readonly row: (row: RawRow) => boolean;
  readonly brokenRow: (row: RawRow) => boolean;
}

/** A sheet of a workbook. Its rows that hold anything, each with whether a spreadsheet program shows it, can be read once. */
export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: Iterable<SheetRow & { readonly hidden: boolean }>;
}

/** A table whose form is known and whose rows can be read once. */
export interface OpenTable {
  readonly format: 'csv' | 'xlsx';
  readonly gzip: boolean;
  readonly delimiter: string | null;
  /** Which sheet of a workbook it is, where there are several; and all of them. */
  readonly sheet?: string;
  readonly sheets?: readonly string[];
  /** What the columns of figures were headed by, where one row was made of each. */
  readonly wide?: WideHeadings;
  /** What a title above the heading says of every row, by field. */
  readonly title?: Readonly<Record<string, string>>;
  /** Whether a row may have fewer cells than there are headings: those that it lacks are empty. */
  readonly ragged?: boolean;
  /** Rows of the sheet that a spreadsheet program does not show. */
  readonly hiddenRows?: number;
  /** What the file's encoding was named or found to be; what decoding settled on, in the end. */
  readonly encodingName: () => string;
  readonly decoder: CellDecoder;
  /** The first rows, decoded: heading, samples. */
  readonly head: readonly SheetRow[];
  /** Passes every row from the first on. */
  readonly read: (sink: RowSink) => Promise<void>;
}

export type OpenTables = readonly [OpenTable, ...OpenTable[]];
