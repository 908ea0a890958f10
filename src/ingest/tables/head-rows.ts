import type { SheetRow } from './sheet-row.ts';

/** Cells of the first rows together, at most: a table of thousands of columns shows fewer rows. */
export const headCells = 100_000;

/** Rows of a table that are looked at before any is read: heading, samples. */
export const headRows = 400;

/** Most characters of a cell of the first rows: what a column is needs no more, and each is looked at many times. */
const mostCharacters = 200;

/** A row of the first look, long cells cut. */
export const clippedRow = ({ line, cells }: SheetRow): SheetRow => ({
  line,
  cells: cells.map((cell) => (cell.length > mostCharacters ? cell.slice(0, mostCharacters) : cell)),
});
