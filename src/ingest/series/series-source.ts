import { csvCell } from '../../kernel/csv-cell.ts';
import { BadInputError } from '../../kernel/errors.ts';
import { byteSourceOf, joinBytes, type ByteSource } from '../tables/byte-source.ts';
import { lineTooLong, seriesTooLarge, wrongEncoding } from '../findings/file-findings.ts';
import type { FileUnpacker } from '../tables/file-unpacker.ts';
import { natureOf } from '../tables/file-nature.ts';
import { UnreadableFileError } from '../tables/inflate.ts';
import { defaultLimits } from '../ingest-options.ts';
import { cellText, openTable, type OpenTable } from '../tables/open-table.ts';
import { problemOf } from '../findings/problem-ledger.ts';

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
    return plainText(table, bytes, options.encoding) ?? (await renderedRows(table));
  } catch (error) {
    if (!(error instanceof UnreadableFileError)) throw error;
    throw new BadInputError([problemOf('error', error.finding, { file: source.name, row: error.row })]);
  }
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
    if (length > mostBytes) throw new UnreadableFileError(seriesTooLarge(mostBytes / 2 ** 20));
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
      throw new UnreadableFileError(lineTooLong(defaultLimits.maxRecordBytes), row);
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
  throw new UnreadableFileError(wrongEncoding(name));
};

const renderedRows = async (table: OpenTable): Promise<string> => {
  const lines: string[] = [];
  let broken: number | undefined;
  await table.read({
    row: (row) => {
      while (lines.length < row.line - 1) lines.push('');
      const cells: string[] = [];
      for (let i = 0; i < row.count; i += 1) {
        const cell = cellText(row, i, table.decoder);
        if (cell === undefined) broken ??= row.line;
        cells.push(csvCell((cell ?? '').replaceAll(/[\r\n]+/g, ' ')));
      }
      lines.push(cells.join(','));
      return broken === undefined;
    },
    brokenRow: () => true,
  });
  if (broken !== undefined) throw new UnreadableFileError(wrongEncoding(table.encodingName()), broken);
  return `${lines.join('\n')}\n`;
};
