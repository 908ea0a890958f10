import type * as Xlsx from '@e965/xlsx';
import { dayMillis } from '../../kernel/time.ts';
import type { OtherFile } from '../findings/ingest-problems.ts';
import { defect } from '../findings/problem-ledger.ts';
import type { IngestLimits } from '../ingest-limits.ts';
import { maxCells } from './csv-parser.ts';
import { inflated, inflateRaw, UnreadableFileError, workbookTooLarge } from './inflate.ts';
import type { SheetRow, Sheet } from './sheet-row.ts';
import { encodingNamed, guessEncoding } from './text-encoding.ts';

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

type Cell = Xlsx.CellObject | undefined;

const two = (n: number): string => String(n).padStart(2, '0');

/** A spreadsheet's serial date as text: a day, a time of day below 1, or both; rounded to the second. */
const serialText = (serial: number, date1904: boolean, elapsed: boolean): string => {
  const seconds = Math.round((serial % 1) * 86_400);
  const clock = (from: number): string =>
    `${two(Math.floor(from / 3600))}:${two(Math.floor(from / 60) % 60)}:${two(from % 60)}`;
  if (elapsed || serial < 1) return clock(Math.round(serial * 86_400));
  const days = Math.floor(serial) + (date1904 ? 1462 : 0) - 25_569;
  const at = new Date(days * dayMillis + seconds * 1000).toISOString();
  return seconds === 0 ? at.slice(0, 10) : at.slice(0, 19).replace('T', ' ');
};

/** Error values by their code in the file ([MS-XLS] 2.5.10). */
const errorNames: Readonly<Record<number, string>> = {
  0: '#NULL!',
  7: '#DIV/0!',
  15: '#VALUE!',
  23: '#REF!',
  29: '#NAME?',
  36: '#NUM!',
  42: '#N/A',
};

const isDated = (cell: Xlsx.CellObject, xlsx: typeof Xlsx): boolean =>
  typeof cell.z === 'string' && xlsx.SSF.is_date(cell.z) === true;

/** Text of a cell. A formula that was never worked out comes as its own text, an error under its name. */
const cellText = (cell: Cell, xlsx: typeof Xlsx, date1904: boolean): string => {
  if (cell === undefined) return '';
  if (cell.v === undefined) return cell.f === undefined ? '' : `=${cell.f}`;
  if (cell.t === 'z') return '';
  if (cell.t === 'e') return errorNames[Number(cell.v)] ?? '#?';
  if (cell.t === 'n' && typeof cell.v === 'number')
    return isDated(cell, xlsx)
      ? serialText(cell.v, date1904, /\[h+\]|\[m+\]|\[s+\]/i.test(String(cell.z)))
      : String(cell.v);
  return String(cell.v);
};

/**
 * Rows of a sheet that have cells, as text. A text or a date that is merged downwards stands in each of its rows, as
 * it is read; a merged figure stays in its first row, or it would count several times. Rows and cells that the file
 * does not hold cost nothing, however far away the last one stands.
 */
export function* sheetCells(
  sheet: Xlsx.WorkSheet,
  xlsx: typeof Xlsx,
  date1904: boolean,
): Generator<SheetRow> {
  const data: readonly (readonly Cell[] | undefined)[] = sheet['!data'] ?? [];
  const lines = Object.keys(data).map(Number);
  const downwards = mergedDownwards(sheet, (cell) => cellText(cell, xlsx, date1904), xlsx);
  let open: Merged[] = [];
  let next = 0;
  for (const row of lines) {
    const cells = rowCells(data[row] ?? [], (cell) => cellText(cell, xlsx, date1904));
    for (; (downwards[next]?.from ?? Infinity) < row; next += 1) open.push(downwards[next] as Merged);
    open = open.filter(({ to }) => to >= row);
    for (const { column, said: text } of open) {
      while (cells.length <= column) cells.push('');
      cells[column] = text;
    }
    yield { line: row + 1, cells };
  }
}

/** Cells up to the last that the file holds; an empty one beyond what a table may have counts as not there. */
const rowCells = (row: readonly Cell[], textOf: (cell: Cell) => string): string[] => {
  const cells: string[] = [];
  for (const [column, cell] of Object.entries(row)) {
    const text = textOf(cell);
    if (text === '' && Number(column) >= maxCells) continue;
    while (cells.length < Number(column)) cells.push('');
    cells.push(text);
  }
  return cells;
};

/** A text that stands in the rows after `from` up to `to`. */
interface Merged {
  readonly from: number;
  readonly to: number;
  readonly column: number;
  readonly said: string;
}

/** Merged cells that reach over several rows and are repeated in each, from the top. */
const mergedDownwards = (
  sheet: Xlsx.WorkSheet,
  textOf: (cell: Cell) => string,
  xlsx: typeof Xlsx,
): Merged[] => {
  const data: readonly (readonly Cell[] | undefined)[] = sheet['!data'] ?? [];
  return (sheet['!merges'] ?? [])
    .flatMap(({ s: from, e: to }): Merged[] => {
      const cell = data[from.r]?.[from.c];
      const text = textOf(cell);
      if (to.r <= from.r || cell === undefined || text === '') return [];
      if (cell.t === 'n' && !isDated(cell, xlsx)) return [];
      return [{ from: from.r, to: to.r, column: from.c, said: text }];
    })
    .sort((a, b) => a.from - b.from);
};

interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly headerAt: number;
}

/** Entries of a zip file's central directory (PKWARE APPNOTE 4.3); undefined when there is none. */
const zipEntries = (bytes: Uint8Array): ZipEntry[] | undefined => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = bytes.length - 22;
  const stop = Math.max(0, bytes.length - 22 - 65_535);
  while (end >= stop && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < stop) return undefined;
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = view.getUint16(end + 10, true); i > 0; i -= 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== 0x02014b50) return undefined;
    const nameLength = view.getUint16(at + 28, true);
    entries.push({
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      headerAt: view.getUint32(at + 42, true),
    });
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
};

const packedPart = (bytes: Uint8Array, entry: ZipEntry): Uint8Array => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // what unpacks the part goes by the header before it: where the two differ, what was counted is not what comes out
  if (entry.headerAt + 30 > bytes.length || view.getUint16(entry.headerAt + 8, true) !== entry.method)
    throw new UnreadableFileError(defect('damaged-spreadsheet'));
  const from =
    entry.headerAt +
    30 +
    view.getUint16(entry.headerAt + 26, true) +
    view.getUint16(entry.headerAt + 28, true);
  return bytes.subarray(from, from + entry.packedBytes);
};

/** What a zip file without sheets is: another office document, or an archive of files. */
const notAWorkbook = (names: readonly string[]): OtherFile => {
  if (names.some((name) => name.startsWith('word/'))) return 'word';
  if (names.some((name) => name.startsWith('ppt/'))) return 'powerpoint';
  return 'zip';
};

/** Refuses a zip file that is no workbook. Inflates every part once, counting: sizes written in a malicious file cannot be believed. */
const refuseBomb = async (bytes: Uint8Array, limits: IngestLimits): Promise<void> => {
  const entries = zipEntries(bytes);
  if (entries === undefined) throw new UnreadableFileError(defect('damaged-spreadsheet'));
  if (!entries.some((entry) => entry.name.startsWith('xl/') || entry.name === 'content.xml'))
    throw new UnreadableFileError(
      defect('not-a-table', { what: notAWorkbook(entries.map((entry) => entry.name)) }),
    );
  let left = limits.maxSpreadsheetInflatedBytes;
  for (const entry of entries) {
    const part = packedPart(bytes, entry);
    if (entry.method !== 8) left -= part.length;
    if (left < 0)
      throw new UnreadableFileError(
        defect('inflates-too-far', { limit: `${limits.maxSpreadsheetInflatedBytes} B` }),
      );
    if (entry.method !== 8) continue;
    const pieces = inflated(one(part), inflateRaw, { maxInflatedBytes: left, maxInflationRatio: 1100 });
    for await (const piece of pieces) left -= piece.length;
  }
};

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Text of an HTML page or XML file: by its byte-order mark, what it says of itself, or its bytes. */
const decodeMarkup = (bytes: Uint8Array): string => {
  const guessed = guessEncoding(bytes);
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const text = /(?:charset|encoding)\s*=\s*["']?([\w-]+)/i.exec(start)?.[1];
  const named = text === undefined ? undefined : encodingNamed(text);
  const sure = guessed !== undefined && (guessed.markBytes > 0 || guessed.encoding === 'utf-8');
  const encoding = sure ? guessed.encoding : (named ?? guessed?.encoding ?? 'utf-8');
  return new TextDecoder(encoding === 'ascii' ? 'utf-8' : encoding).decode(bytes);
};
