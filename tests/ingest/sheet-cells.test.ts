import * as xlsx from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import { sheetCells } from '../../src/ingest/tables/spreadsheet.ts';

type Cell = xlsx.CellObject;

/** A sheet whose cells are given by their address. */
const sheetOf = (cells: Readonly<Record<string, Cell>>, merges: readonly string[] = []): xlsx.WorkSheet => {
  const data: (Cell | undefined)[][] = [];
  for (const [address, cell] of Object.entries(cells)) {
    const { r, c } = xlsx.utils.decode_cell(address);
    (data[r] ??= [])[c] = cell;
  }
  return { '!data': data, '!merges': merges.map((range) => xlsx.utils.decode_range(range)) } as never;
};
const read = (sheet: xlsx.WorkSheet, date1904 = false): unknown[] =>
  [...sheetCells(sheet, xlsx, date1904)].map(({ line, cells }) => [line, cells.join('|')]);
const textOf = (cell: Cell, date1904 = false): unknown => {
  const rows = [...sheetCells(sheetOf({ A1: cell }), xlsx, date1904)];
  return rows[0]?.cells[0];
};
const dated = (v: number, z: string): Cell => ({ t: 'n', v, z });

describe('the text of a cell', () => {
  it.each<[string, Cell]>([
    ['x', { t: 's', v: 'x' }],
    ['1.5', { t: 'n', v: 1.5 }],
    ['1.5', dated(1.5, '0.00')],
    ['true', { t: 'b', v: true }],
    ['=A2+1', { t: 'n', f: 'A2+1' }],
    ['', { t: 'n' }],
    ['', { t: 'z', v: 'x' }],
    ['#N/A', { t: 'e', v: 42 }],
    ['#DIV/0!', { t: 'e', v: 7 }],
    ['#NULL!', { t: 'e', v: 0 }],
    ['#VALUE!', { t: 'e', v: 15 }],
    ['#REF!', { t: 'e', v: 23 }],
    ['#NAME?', { t: 'e', v: 29 }],
    ['#NUM!', { t: 'e', v: 36 }],
    ['#?', { t: 'e', v: 99 }],
    // 46349 is 23 November 2026.
    ['2026-11-23', dated(46_349, 'yyyy-mm-dd')],
    ['2026-11-23 08:30:00', dated(46_349 + 8.5 / 24, 'yyyy-mm-dd hh:mm')],
    ['2026-11-23 23:59:59', dated(46_349 + 86_399 / 86_400, 'yyyy-mm-dd hh:mm')],
    ['08:30:05', dated((8.5 * 3600 + 5) / 86_400, 'hh:mm:ss')],
    ['36:05:00', dated(1.5 + 300 / 86_400, '[h]:mm')],
    ['36:05:00', dated(1.5 + 300 / 86_400, '[mm]:ss')],
    ['00:00:00', dated(0, 'hh:mm')],
  ])('is %s', (said, cell) => {
    expect(textOf(cell)).toBe(said);
  });

  it('a day counted from 1904 lies four years and a day later', () => {
    expect(textOf(dated(46_349 - 1462, 'yyyy-mm-dd'), true)).toBe('2026-11-23');
  });
});

describe('rows of a sheet', () => {
  const said = (v: string): Cell => ({ t: 's', v });

  it('are those that have cells, up to the last one; empty ones far away are not there', () => {
    const sheet = sheetOf({
      B2: said('x'),
      D2: said('y'),
      A9: said('z'),
      C9: said(''),
      XFD9: said(''),
    });
    expect(read(sheet)).toEqual([
      [2, '|x||y'],
      [9, 'z||'],
    ]);
    expect([...sheetCells({} as never, xlsx, false)]).toEqual([]);
  });

  it('a text or a date merged downwards stands in each of its rows, a figure in its first', () => {
    const rows = (first: Cell): unknown[] =>
      read(sheetOf({ B1: first, A1: said('a'), A2: said('b'), A3: said('c'), A4: said('d') }, ['B1:C3']));
    expect(rows(said('x'))).toEqual([
      [1, 'a|x'],
      [2, 'b|x'],
      [3, 'c|x'],
      [4, 'd'],
    ]);
    expect(rows(dated(46_349, 'yyyy-mm-dd'))[2]).toEqual([3, 'c|2026-11-23']);
    expect(rows({ t: 'n', v: 7 })).toEqual([
      [1, 'a|7'],
      [2, 'b'],
      [3, 'c'],
      [4, 'd'],
    ]);
    expect(rows(said(''))[1]).toEqual([2, 'b']);
  });

  it('one merged along its row stays where it is; several overlap from the top', () => {
    const cells = { A1: said('h'), A2: said('m'), C1: said('n'), A3: said(''), B4: said('e'), B3: said('f') };
    expect(read(sheetOf(cells, ['A1:B1', 'C1:C4', 'A2:A4']))).toEqual([
      [1, 'h||n'],
      [2, 'm||n'],
      [3, 'm|f|n'],
      [4, 'm|e|n'],
    ]);
    // The same however they are listed.
    expect(read(sheetOf(cells, ['A2:A4', 'C1:C4', 'A1:B1']))).toHaveLength(4);
    expect(read(sheetOf(cells, ['A2:A4', 'C1:C4']))[3]).toEqual([4, 'm|e|n']);
  });
});
