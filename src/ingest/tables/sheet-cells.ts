import type * as Xlsx from '@e965/xlsx';
import { maxCells } from './csv-parser.ts';
import type { SheetRow } from './sheet-row.ts';

type Cell = Xlsx.CellObject | undefined;

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
  cell.t === 'n' && typeof cell.z === 'string' && xlsx.SSF.is_date(cell.z) === true;

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
    for (; downwards[next] !== undefined && (downwards[next]?.from ?? 0) < row; next += 1)
      open.push(downwards[next] as Merged);
    open = open.filter(({ to }) => to >= row);
    for (const { column, said } of open) {
      while (cells.length <= column) cells.push('');
      cells[column] = said;
    }
    yield { line: row + 1, cells };
  }
}

/** Cells up to the last that the file holds; an empty one beyond what a table may have counts as not there. */
const rowCells = (row: readonly Cell[], textOf: (cell: Cell) => string): string[] => {
  const cells: string[] = [];
  for (const [column, cell] of Object.entries(row)) {
    const said = textOf(cell);
    if (said === '' && Number(column) >= maxCells) continue;
    while (cells.length < Number(column)) cells.push('');
    cells.push(said);
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
      const said = textOf(cell);
      if (to.r <= from.r || cell === undefined || said === '') return [];
      if (cell.t === 'n' && !isDated(cell, xlsx)) return [];
      return [{ from: from.r, to: to.r, column: from.c, said }];
    })
    .sort((a, b) => a.from - b.from);
};
