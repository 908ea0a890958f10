import { csvCell } from '../kernel/text.ts';
import { flatColumns, kindAt, kindOf, type RangeHeadings, type Table } from './table.ts';

/** A cell of a file that people open: what a spreadsheet would run as a formula gets a leading apostrophe. */
const sheetCell = (plain: string): string =>
  csvCell(/^[=+\-@\uff1d\uff0b\uff0d\uff20\t\r\n]/.test(plain) ? `'${plain}` : plain);

/** One CSV line; quoted where needed. Text that a spreadsheet would run as a formula gets a leading apostrophe. */
export const csvLine = (cells: readonly (string | number | null)[]): string =>
  cells
    .map((cell) => (typeof cell === 'string' ? sheetCell(cell) : cell === null ? '' : String(cell)))
    .join(',');

/** Lines of a CSV (RFC 4180) with a byte-order mark, so that spreadsheets read the Chinese. */
export const csvOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  `\uFEFF${rows.map(csvLine).join('\r\n')}\r\n`;

/** Decimals that a figure keeps: shares are fractions and need more than others. */
const keptDigits = (kind: string): number => (kind === 'share' || kind === 'points' ? 4 : 2);

/** A table as CSV; figures are numbers, rates fractions, so that anyone who reads it can compute. */
export const tableCsv = (table: Table, words: RangeHeadings): string => {
  const columns = flatColumns(table, words);
  return csvOf([
    columns.map(({ heading }) => heading),
    ...table.rows.map((row, r) =>
      columns.map(({ cell, at }) => {
        const value = cell(row);
        return typeof value === 'number'
          ? Number(value.toFixed(keptDigits(kindOf(kindAt(table, r, at)).name)))
          : value;
      }),
    ),
  ]);
};

/** A CSV for each table in one zip, named by their titles in their order. */
export const csvZip = async (
  tables: readonly (Table & { title: string })[],
  words: RangeHeadings,
): Promise<Uint8Array> => {
  const { zipSync, strToU8 } = await import('fflate');
  const files = tables.map((table, i): [string, Uint8Array] => [
    `${String(i + 1).padStart(2, '0')} ${table.title.replaceAll(/[\\/:*?"<>|]/g, ' ')}.csv`,
    strToU8(tableCsv(table, words)),
  ]);
  // Zips begin in 1980, and the same plan is the same file.
  return zipSync(Object.fromEntries(files), { mtime: '1980-01-01' });
};
