export type Cell = string | number | null;

/** A table of a report: one sheet of a workbook, one section of a CSV or page. */
export interface ReportTable {
  readonly name: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Columns of fractions, and rows of them where a table has a figure a row: a workbook shows them as percent. */
  readonly shares?: { readonly columns?: readonly string[]; readonly rows?: readonly string[] };
}

/** A column's heading and what it says of a row. */
export type Column<Row> = readonly [heading: string, cell: (row: Row) => Cell];

/** A table with a line for each row, column by column; `shares` names the headings of fractions. */
export const tableOf = <Row>(
  name: string,
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  shares?: readonly string[],
): ReportTable => ({
  name,
  head: columns.map(([heading]) => heading),
  rows: rows.map((row) => columns.map(([, cell]) => cell(row))),
  ...(shares === undefined ? {} : { shares: { columns: shares } }),
});
