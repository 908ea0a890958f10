import type * as Xlsx from '@e965/xlsx';
import { joinBytes } from './byte-source.ts';
import { damagedSpreadsheet, spreadsheetTooLarge } from '../findings/file-findings.ts';
import { UnreadableFileError } from './inflate.ts';
import type { IngestLimits } from '../ingest-options.ts';
import { sheetCells } from './sheet-cells.ts';
import { decodeMarkup } from './text-encoding.ts';
import { refuseBomb } from './zip-bomb.ts';

/** Rows of one sheet as text, dates in ISO form; `line` is the row's number in the sheet, from 1. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A sheet with at least one filled cell. */
export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  /** Rows that a spreadsheet program does not show. */
  readonly hiddenRows: number;
  readonly rows: readonly SheetRow[];
}

/** Reads all bytes of a stream, refusing more than `limit`. */
export const wholeFile = async (chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limit) throw new UnreadableFileError(spreadsheetTooLarge(Math.round(limit / 2 ** 20)));
    pieces.push(chunk);
  }
  return joinBytes(pieces);
};

/** How a workbook is asked for: dense rows, formats kept, nothing rendered; styles tell which rows are hidden. */
const parsing = { dense: true, cellNF: true, cellText: false, cellHTML: false, cellStyles: true } as const;

const parse = (bytes: Uint8Array, markup: boolean, xlsx: typeof Xlsx): Xlsx.WorkBook => {
  try {
    return markup
      ? xlsx.read(decodeMarkup(bytes), { ...parsing, type: 'string', raw: true })
      : xlsx.read(bytes, { ...parsing, type: 'array' });
  } catch {
    throw new UnreadableFileError(damagedSpreadsheet);
  }
};

/**
 * The sheets of an XLSX, XLS or ODS file that hold anything, in their order; `markup` for the tables of an HTML
 * page or an XML workbook, which many systems hand out as .xls.
 */
export const readSheets = async (
  bytes: Uint8Array,
  markup: boolean,
  limits: IngestLimits,
): Promise<Sheet[]> => {
  if (bytes[0] === 0x50) await refuseBomb(bytes, limits);
  const xlsx = await import('@e965/xlsx');
  const book = parse(bytes, markup, xlsx);
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  return book.SheetNames.flatMap((name, i) => {
    const sheet = book.Sheets[name];
    if (sheet === undefined) return [];
    const rows = sheetCells(sheet, xlsx, date1904)
      .map((cells, row) => ({ line: row + 1, cells }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
    const hidden = (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0;
    const hiddenRows = rows.filter(({ line }) => sheet['!rows']?.[line - 1]?.hidden === true).length;
    return rows.length === 0 ? [] : [{ name, hidden, hiddenRows, rows }];
  });
};
