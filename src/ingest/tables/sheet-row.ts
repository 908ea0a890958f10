/** Rows of one sheet as text, dates in ISO form; `line` is the row's number in the sheet, from 1. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}
