import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { sheetCell } from '../kernel/csv-cell.ts';
import type { Language } from '../kernel/text.ts';
import { planHtml } from './plan-html.ts';
import { planTables } from './plan-tables.ts';
import type { Cell, ReportTable } from './report-table.ts';

export const reportFormats = ['html', 'xlsx', 'csv'] as const;
export type ReportFormat = (typeof reportFormats)[number];

/**
 * A plan as a file: a page to print, a workbook with a sheet per table, or one CSV whose sections follow each
 * other (UTF-8 with a byte-order mark, so that spreadsheets read the Chinese).
 */
export const reportFile = async (
  plan: PlanDocument,
  format: ReportFormat,
  language: Language,
): Promise<Uint8Array> => {
  if (format === 'html') return new TextEncoder().encode(planHtml(plan, language));
  const tables = planTables(plan, language);
  return format === 'csv' ? new TextEncoder().encode(`\uFEFF${csvOfTables(tables)}`) : workbook(tables);
};

const csvOfTables = (tables: readonly ReportTable[]): string =>
  tables
    .map((table) => [csvLine([table.name]), csvLine(table.head), ...table.rows.map(csvLine)].join('\r\n'))
    .join('\r\n\r\n')
    .concat('\r\n');

/** One CSV line; quoted where needed. Text that a spreadsheet would run as a formula gets a leading apostrophe. */
export const csvLine = (cells: readonly Cell[]): string =>
  cells
    .map((cell) => (typeof cell === 'string' ? sheetCell(cell) : cell === null ? '' : String(cell)))
    .join(',');

const workbook = async (tables: readonly ReportTable[]): Promise<Uint8Array> => {
  const { utils, write } = await import('@e965/xlsx');
  const book = utils.book_new();
  for (const table of tables) {
    const sheet = utils.aoa_to_sheet([[...table.head], ...table.rows.map((row) => [...row])]);
    for (const { row, column } of shareCells(table)) {
      const cell = sheet[utils.encode_cell({ r: row + 1, c: column })] as { z?: string } | undefined;
      if (cell !== undefined) cell.z = '0.0%';
    }
    sheet['!cols'] = table.head.map((_, i) => ({ wch: columnWidth(table, i) }));
    utils.book_append_sheet(book, sheet, table.name.slice(0, 31));
  }
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', compression: true }) as ArrayBuffer);
};

/** Places of fractions in a table's rows. */
const shareCells = ({ head, rows, shares }: ReportTable): { row: number; column: number }[] =>
  rows.flatMap((cells, row) =>
    cells.flatMap((cell, column) =>
      typeof cell === 'number' &&
      (shares?.columns?.includes(head[column] ?? '') === true ||
        shares?.rows?.includes(String(cells[0])) === true)
        ? [{ row, column }]
        : [],
    ),
  );

const columnWidth = (table: ReportTable, column: number): number => {
  const longest = Math.max(
    (table.head[column] ?? '').length,
    ...table.rows.slice(0, 200).map((row) => String(row[column] ?? '').length),
  );
  return Math.min(60, 4 + 1.6 * longest);
};
