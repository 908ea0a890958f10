import type * as Xlsx from '@e965/xlsx';

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
 * Cells of every row of a sheet as text. A text or a date that is merged downwards stands in each of its rows, as
 * it is read; a merged figure stays in its first row, or it would count several times.
 */
export const sheetCells = (sheet: Xlsx.WorkSheet, xlsx: typeof Xlsx, date1904: boolean): string[][] => {
  const data: readonly (readonly Cell[] | undefined)[] = sheet['!data'] ?? [];
  const rows = Array.from({ length: data.length }, (_, row) =>
    Array.from(data[row] ?? [], (cell) => cellText(cell, xlsx, date1904)),
  );
  for (const { s: from, e: to } of sheet['!merges'] ?? []) {
    const cell = data[from.r]?.[from.c];
    const said = rows[from.r]?.[from.c] ?? '';
    if (cell === undefined || said === '' || (cell.t === 'n' && !isDated(cell, xlsx))) continue;
    for (let row = from.r + 1; row <= Math.min(to.r, rows.length - 1); row += 1) {
      const cells = rows[row] ?? [];
      while (cells.length <= from.c) cells.push('');
      cells[from.c] = said;
    }
  }
  return rows;
};
