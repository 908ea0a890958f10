import { workbookTooLarge } from './workbook-excess.ts';
import { defect } from '../findings/defect.ts';
import type * as Xlsx from '@e965/xlsx';
import { joinBytes } from './byte-source.ts';
import { maxCells } from './csv-parser.ts';
import { UnreadableFileError } from './inflate.ts';
import type { IngestLimits } from '../ingest-limits.ts';
import type { SheetRow } from './sheet-row.ts';
import { sheetCells } from './sheet-cells.ts';
import { decodeMarkup } from './text-encoding.ts';
import { refuseBomb } from './zip-bomb.ts';

/** A sheet of a workbook. Its rows that hold anything, each with whether a spreadsheet program shows it, can be read once. */
export interface Sheet {
  readonly name: string;
  readonly hidden: boolean;
  readonly rows: Iterable<SheetRow & { readonly hidden: boolean }>;
}

/** Reads all bytes of a stream, refusing more than `limit`. */
export const wholeFile = async (chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limit)
      throw new UnreadableFileError(
        defect('spreadsheet-too-large', { megabytes: Math.round(limit / 2 ** 20) }),
      );
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
    throw new UnreadableFileError(defect('damaged-spreadsheet'));
  }
};

/**
 * The sheets of an XLSX, XLSB, XLS or ODS file, in their order; `markup` for the tables of an HTML page or an XML
 * workbook, which many systems hand out as .xls. Time and memory are not bounded here: who reads files from others
 * does it through a `FileUnpacker`.
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
  const count = cellCounter(limits.maxWorkbookCells);
  return book.SheetNames.flatMap((name, i) => {
    const sheet = book.Sheets[name];
    if (sheet === undefined) return [];
    const hidden = (book.Workbook?.Sheets?.[i]?.Hidden ?? 0) !== 0;
    return [{ name, hidden, rows: filledRows(sheet, sheetCells(sheet, xlsx, date1904), count) }];
  });
};

function* filledRows(
  sheet: Xlsx.WorkSheet,
  rows: Iterable<SheetRow>,
  count: (row: SheetRow) => void,
): Generator<SheetRow & { readonly hidden: boolean }> {
  for (const row of rows) {
    if (!row.cells.some((cell) => cell.trim() !== '')) continue;
    count(row);
    yield { ...row, hidden: sheet['!rows']?.[row.line - 1]?.hidden === true };
  }
}

/** Rows that a sheet can have in any spreadsheet program. */
const lastLine = 1_048_576;

/** Refuses a row that lies beyond any sheet or is wider than a table may be, and the workbook once it has more cells than it may. */
const cellCounter = (most: number): ((row: SheetRow) => void) => {
  let cells = 0;
  return (row) => {
    if (row.line > lastLine) throw new UnreadableFileError(defect('damaged-spreadsheet'));
    if (row.cells.length > maxCells)
      throw new UnreadableFileError(defect('too-many-columns', { most: maxCells }), row.line);
    cells += row.cells.length;
    if (cells > most) throw new UnreadableFileError(workbookTooLarge({ what: 'cells', most }));
  };
};
