import { defect, problemOf } from '../findings/problem-ledger.ts';
import { csvCell } from '../../kernel/text.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { Finding } from '../../kernel/finding.ts';
import { normalHeading } from '../columns/headings.ts';
import { type SeriesColumns, seriesColumnsIn, type SeriesCsvOptions } from './series-columns.ts';
import { byteSourceOf, joinBytes, type ByteSource } from '../tables/byte-source.ts';
import type { FileUnpacker } from '../tables/file-unpacker.ts';
import { ingestFinding, shownNames } from '../findings/ingest-problems.ts';
import type { SheetRow, OpenTable } from '../tables/sheet-row.ts';
import { natureOf, UnreadableFileError } from '../tables/inflate.ts';
import { defaultLimits } from '../ingest-limits.ts';
import { openTable, openTables } from '../tables/open-table.ts';
import { cellText } from '../tables/text-encoding.ts';

/** How a bare series file is to be decoded, where it is not to be found out. */
export interface SeriesSourceOptions {
  readonly unpacker: FileUnpacker;
  readonly encoding?: string;
  readonly sheet?: string;
}

/**
 * A table of any kind that ingest reads (CSV in any usual encoding and separator, XLSX, either in gzip) as the
 * text of a comma CSV for `readSeriesCsv`; line n of the text is line or row n of the file. Throws
 * `BadInputError` where the file is no table or not in its encoding.
 */
export const seriesTextOf = async (source: ByteSource, options: SeriesSourceOptions): Promise<string> => {
  try {
    const bytes = await wholeTable(source);
    const again = byteSourceOf(source.name, bytes);
    const table = await openTable(again, { ...options, limits: defaultLimits });
    return plainText(table, bytes, options.encoding) ?? linesOf(await rowsOf(table));
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    throw new BadInputError([problemOf('error', error.defect, { file: source.name, row: error.row })]);
  }
};

/** A bare series file as the text of a comma CSV, and where each of its lines came from. */
export interface SeriesText {
  readonly csv: string;
  /** Where line n (from 0) of the text stands: the file, with its sheet where several were read, and the row from 1. */
  readonly placeOf: (line: number) => { readonly file: string; readonly row: number };
  readonly notices: readonly Finding[];
}

/**
 * The same of a workbook's sheets, as ingest takes them: the first sheet that has the columns and all others of the same
 * heading (a sheet a month), one after the other; sheets that are left out are named.
 */
export const seriesSheetsOf = async (
  source: ByteSource,
  options: SeriesSourceOptions & SeriesCsvOptions,
): Promise<SeriesText> => {
  try {
    const bytes = await wholeTable(source);
    const tables = await openTables(byteSourceOf(source.name, bytes), { ...options, limits: defaultLimits });
    const [first, ...others] = tables;
    const whole = (csv: string, notices: readonly Finding[] = []): SeriesText => ({
      csv,
      placeOf: (line) => ({ file: source.name, row: line + 1 }),
      notices,
    });
    if (others.length === 0)
      return whole(plainText(first, bytes, options.encoding) ?? linesOf(await rowsOf(first)));
    const sheets = [];
    for (const table of tables) sheets.push(sheetOf(await rowsOf(table), table, options));
    const best = (sheets.find(({ columns }) => columns !== undefined) ?? sheets[0]) as SeriesSheet;
    const alike = sheets.filter(
      (sheet) => sheet === best || (best.heading !== '' && sheet.heading === best.heading),
    );
    const left = sheets.filter((sheet) => !alike.includes(sheet)).map(({ name }) => name);
    const notices = left.length === 0 ? [] : [ingestFinding('sheets-left-out', { sheets: shownNames(left) })];
    return { ...joinSheets(source.name, alike), notices };
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    throw new BadInputError([problemOf('error', error.defect, { file: source.name, row: error.row })]);
  }
};

interface SeriesSheet {
  readonly name: string;
  readonly rows: readonly SheetRow[];
  readonly columns: SeriesColumns | undefined;
  /** The headings as one text; '' where the sheet has no column of times and counts. */
  readonly heading: string;
}

const sheetOf = (rows: readonly SheetRow[], table: OpenTable, options: SeriesCsvOptions): SeriesSheet => {
  const columns = seriesColumnsIn(rows, options);
  const heading = columns === undefined ? '' : columns.names.map(normalHeading).join('\n').trimEnd();
  return { name: table.sheet ?? '', rows, columns, heading };
};

/** Sheets below each other: the first whole, of the others what stands under their heading. */
const joinSheets = (file: string, sheets: readonly SeriesSheet[]): Pick<SeriesText, 'csv' | 'placeOf'> => {
  const rows = sheets.flatMap((sheet, s) => {
    const from = s === 0 ? 0 : (sheet.columns?.headingAt ?? -1) + 1;
    const named = sheet.name === '' ? file : `${file}[${sheet.name}]`;
    return sheet.rows.slice(from).map(({ line, cells }) => ({ file: named, row: line, cells }));
  });
  return {
    csv: `${rows.map(({ cells }) => lineOf(cells)).join('\n')}\n`,
    placeOf: (at) => ({ file: rows[at]?.file ?? file, row: rows[at]?.row ?? at + 1 }),
  };
};

/**
 * All bytes of a file. A series is small beside call records: one line, or one file, beyond the limits is not one.
 */
const wholeTable = async (source: ByteSource): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let row = 1;
  let lineBytes = 0;
  let isText = true;
  for await (const piece of source.chunks) {
    if (pieces.length === 0) isText = natureOf(piece).kind === 'text';
    pieces.push(piece);
    length += piece.length;
    if (length > mostBytes)
      throw new UnreadableFileError(defect('series-too-large', { megabytes: mostBytes / 2 ** 20 }));
    if (!isText) continue;
    const lineEnd = piece.includes(10) ? 10 : 13;
    let from = 0;
    for (let at = piece.indexOf(lineEnd); at >= 0; at = piece.indexOf(lineEnd, from)) {
      row += 1;
      from = at + 1;
      lineBytes = 0;
    }
    lineBytes += piece.length - from;
    if (lineBytes > defaultLimits.maxRecordBytes)
      throw new UnreadableFileError(defect('line-too-long', { bytes: defaultLimits.maxRecordBytes }), row);
  }
  return joinBytes(pieces);
};

const mostBytes = 256 * 2 ** 20;

/** A comma CSV in a byte encoding decodes as it is; undefined for any other form. */
const plainText = (table: OpenTable, bytes: Uint8Array, wanted: string | undefined): string | undefined => {
  const name = table.encodingName();
  if (table.format !== 'csv' || table.gzip || table.delimiter !== ',' || name.startsWith('utf-16'))
    return undefined;
  // A head of nothing but ASCII settles nothing: the first other character, further down, does.
  const candidates = name === 'utf-8' && wanted === undefined ? ['utf-8', 'gb18030'] : [name];
  for (const encoding of candidates) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      continue;
    }
  }
  throw new UnreadableFileError(defect('wrong-encoding', { encoding: name }));
};

/** All rows of a table, line ends within cells made spaces. */
const rowsOf = async (table: OpenTable): Promise<readonly SheetRow[]> => {
  const rows: SheetRow[] = [];
  let broken: number | undefined;
  let wrong = defect('unterminated-quote');
  await table.read({
    row: (row) => {
      const cells: string[] = [];
      for (let i = 0; i < row.count; i += 1) {
        const cell = cellText(row, i, table.decoder);
        if (cell === undefined) {
          broken ??= row.line;
          wrong = defect('wrong-encoding', { encoding: table.encodingName() });
        }
        cells.push((cell ?? '').replaceAll(/[\r\n]+/g, ' '));
      }
      rows.push({ line: row.line, cells });
      return broken === undefined;
    },
    brokenRow: ({ line }) => {
      broken ??= line;
      return false;
    },
  });
  if (broken !== undefined) throw new UnreadableFileError(wrong, broken);
  return rows;
};

const lineOf = (cells: readonly string[]): string => cells.map((cell) => csvCell(cell)).join(',');

/** Rows as a comma CSV in which every row keeps its line. */
const linesOf = (rows: readonly SheetRow[]): string => {
  const lines: string[] = [];
  for (const { line, cells } of rows) {
    while (lines.length < line - 1) lines.push('');
    lines.push(lineOf(cells));
  }
  return `${lines.join('\n')}\n`;
};
