import type * as Xlsx from '@e965/xlsx';
import { joinBytes } from './byte-source.ts';
import {
  damagedSpreadsheet,
  inflatesTooFar,
  noSuchSheet,
  otherKindOfFile,
  spreadsheetTooLarge,
} from './file-findings.ts';
import { inflated, UnreadableFileError } from './inflate.ts';
import type { IngestLimits } from './ingest-options.ts';

/** Rows of one sheet as text, dates in ISO form; `line` is the row's number in the sheet, from 1. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
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
  if (entry.headerAt + 30 > bytes.length) return new Uint8Array(0);
  const from =
    entry.headerAt +
    30 +
    view.getUint16(entry.headerAt + 26, true) +
    view.getUint16(entry.headerAt + 28, true);
  return bytes.subarray(from, from + entry.packedBytes);
};

/** Inflates every part once, counting: sizes written in a malicious file cannot be believed. */
const refuseBomb = async (bytes: Uint8Array, limits: IngestLimits): Promise<void> => {
  const entries = zipEntries(bytes);
  if (entries === undefined) throw new UnreadableFileError(damagedSpreadsheet);
  if (!entries.some((entry) => entry.name.startsWith('xl/') || entry.name === 'content.xml'))
    throw new UnreadableFileError(otherKindOfFile('ZIP archive (压缩包)'));
  let left = limits.maxSpreadsheetInflatedBytes;
  for (const entry of entries) {
    const part = packedPart(bytes, entry);
    if (entry.method !== 8) left -= part.length;
    if (left < 0) throw new UnreadableFileError(inflatesTooFar(`${limits.maxSpreadsheetInflatedBytes} B`));
    if (entry.method !== 8) continue;
    const pieces = inflated(one(part), 'deflate-raw', { maxInflatedBytes: left, maxInflationRatio: 1100 });
    for await (const piece of pieces) left -= piece.length;
  }
};

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** A spreadsheet's serial date as text: a day, a time of day below 1, or both; rounded to the second. */
const serialText = (serial: number, date1904: boolean, elapsed: boolean): string => {
  const seconds = Math.round((serial % 1) * 86_400);
  const clock = (from: number): string =>
    `${two(Math.floor(from / 3600))}:${two(Math.floor(from / 60) % 60)}:${two(from % 60)}`;
  if (elapsed || serial < 1) return clock(Math.round(serial * 86_400));
  const days = Math.floor(serial) + (date1904 ? 1462 : 0) - 25_569;
  const at = new Date(days * 86_400_000 + seconds * 1000).toISOString();
  return seconds === 0 ? at.slice(0, 10) : at.slice(0, 19).replace('T', ' ');
};

const cellText = (cell: Xlsx.CellObject | undefined, xlsx: typeof Xlsx, date1904: boolean): string => {
  if (cell === undefined || cell.t === 'z' || cell.t === 'e') return '';
  if (cell.t === 'n' && typeof cell.v === 'number') {
    const format = typeof cell.z === 'string' ? cell.z : '';
    const dated = format !== '' && xlsx.SSF.is_date(format) === true;
    return dated ? serialText(cell.v, date1904, /\[h+\]|\[m+\]|\[s+\]/i.test(format)) : String(cell.v);
  }
  return String(cell.v ?? '');
};

/** Rows of a sheet (the first, or the one named) of an XLSX, XLS or ODS file. */
export const sheetRows = async (
  bytes: Uint8Array,
  sheet: string | undefined,
  limits: IngestLimits,
): Promise<SheetRow[]> => {
  if (bytes[0] === 0x50) await refuseBomb(bytes, limits);
  const xlsx = await import('@e965/xlsx');
  let book: Xlsx.WorkBook;
  try {
    book = xlsx.read(bytes, { type: 'array', dense: true, cellNF: true, cellText: false, cellHTML: false });
  } catch {
    throw new UnreadableFileError(damagedSpreadsheet);
  }
  const name = sheet ?? book.SheetNames[0];
  const chosen = name === undefined ? undefined : book.Sheets[name];
  if (chosen === undefined) throw new UnreadableFileError(noSuchSheet(name ?? '', book.SheetNames));
  const date1904 = book.Workbook?.WBProps?.date1904 === true;
  const rows: SheetRow[] = [];
  const data: readonly (readonly (Xlsx.CellObject | undefined)[] | undefined)[] = chosen['!data'] ?? [];
  for (let i = 0; i < data.length; i += 1) {
    const cells = Array.from(data[i] ?? [], (cell) => cellText(cell, xlsx, date1904));
    if (cells.some((cell) => cell.trim() !== '')) rows.push({ line: i + 1, cells });
  }
  return rows;
};
