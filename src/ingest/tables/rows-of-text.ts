import { defect, type Defect } from '../findings/problem-ledger.ts';
import { defaultLimits } from '../ingest-limits.ts';
import { CsvParser, maxCells, type RawRow } from './csv-parser.ts';
import { cellText } from './open-table.ts';
import type { SheetRow } from './sheet-row.ts';
import { CellDecoder } from './text-encoding.ts';

/** Rows of a comma CSV that is at hand as text, and what cannot be read of it. */
interface RowsOfText {
  /** Rows with their lines from 1; empty lines are none. */
  readonly rows: readonly SheetRow[];
  readonly broken: readonly { readonly line: number; readonly wrong: Defect }[];
}

/** Reads text by the parser that reads files: quotes, and line ends within them, mean the same everywhere. */
export const rowsOfText = (text: string): RowsOfText => {
  const whole = `${text.replace(/^\uFEFF/, '')}\n`;
  const bytes = new TextEncoder().encode(whole);
  const cellOf = cellReader(whole, bytes);
  const rows: SheetRow[] = [];
  const broken: { line: number; wrong: Defect }[] = [];
  const parser = new CsvParser({
    delimiter: ',',
    maxRecordBytes: defaultLimits.maxRecordBytes,
    onRow: (row) => {
      const cells: string[] = [];
      for (let i = 0; i < row.count; i += 1) cells.push(cellOf(row, i));
      rows.push({ line: row.line, cells });
      return true;
    },
    onBrokenQuote: ({ line }) => void broken.push({ line, wrong: defect('unterminated-quote') }),
    onTooLong: (line) =>
      void broken.push({ line, wrong: defect('line-too-long', { bytes: defaultLimits.maxRecordBytes }) }),
    onTooWide: (line) => void broken.push({ line, wrong: defect('too-many-columns', { most: maxCells }) }),
  });
  parser.push(bytes);
  parser.finish();
  return { rows, broken };
};

/** Text of a cell. Where every character is one byte, bounds in the bytes are bounds in the text: nothing is decoded. */
const cellReader = (text: string, bytes: Uint8Array): ((row: RawRow, cell: number) => string) => {
  const decoder = new CellDecoder('utf-8');
  const isPlain = bytes.length === text.length;
  return (row, cell) => {
    if (!isPlain || row.bytes !== bytes || row.escaped[cell] === 1) return cellText(row, cell, decoder) ?? '';
    return text.slice(row.starts[cell], row.ends[cell]);
  };
};
