import type { PackedSheet } from './file-unpacker.ts';
import { clippedRow, headCells, headRows, packRows, type SheetRow } from './sheet-row.ts';
import type { Sheet } from './spreadsheet.ts';

/** The rows of a sheet in packed pieces; at the end what the sheet is, or undefined where it holds nothing. */
export function* packedSheet({
  name,
  hidden,
  rows,
}: Sheet): Generator<Uint8Array, Omit<PackedSheet, 'pieces'> | undefined> {
  const head: SheetRow[] = [];
  let width = 0;
  let hiddenRows = 0;
  let cellsLeft = headCells;
  const seen = function* (): Generator<SheetRow> {
    for (const row of rows) {
      width = Math.max(width, row.cells.length);
      if (row.hidden) hiddenRows += 1;
      if (head.length < headRows && cellsLeft > 0) head.push(clippedRow(row));
      cellsLeft -= row.cells.length;
      yield row;
    }
  };
  yield* packRows(seen());
  return width > 0 ? { name, hidden, hiddenRows, width, head } : undefined;
}
