import { describe, expect, it } from 'vitest';
import { fileUnpacker as unpacker } from '../../src/engine/file-unpacker.ts';
import { defaultLimits } from '../../src/ingest/ingest-limits.ts';
import { byteSourceOf } from '../../src/ingest/tables/byte-source.ts';
import { findWide, lengthened } from '../../src/ingest/tables/grouped-table.ts';
import { openTable } from '../../src/ingest/tables/open-table.ts';
import type { OpenTable } from '../../src/ingest/tables/sheet-row.ts';
import { cellText } from '../../src/ingest/tables/text-encoding.ts';

type WideWish = Parameters<typeof findWide>[1];

const nothing: WideWish = { queueNames: new Set() };
const open = (lines: readonly string[]): Promise<OpenTable> =>
  openTable(byteSourceOf('in.csv', `${lines.join('\n')}\n`), { unpacker, limits: defaultLimits });

/** Rows of a table as they are read: line, cells, the heading that each was made of. */
const rowsOf = async (table: OpenTable, most = Infinity): Promise<unknown[]> => {
  const rows: unknown[] = [];
  await table.read({
    row: (row) => {
      const cells = Array.from({ length: row.count }, (_, i) => cellText(row, i, table.decoder));
      rows.push([row.line, cells.join('|'), row.madeOf]);
      return rows.length < most;
    },
    brokenRow: () => true,
  });
  return rows;
};

describe('a wide table as rows', () => {
  const lines = [
    '某市热线,,,,,',
    '班组,日期,8:00,8:30,9:00,9:30,合计',
    'A,2026-11-23,5,6,,8,19',
    '合计,,5,6,,8,19',
  ];

  it('titles, its own columns, a start and a figure for each cell that is filled', async () => {
    const table = lengthened(await open(lines), nothing);
    expect(table.wide).toBe('clock');
    expect(table.head.map(({ line, cells }) => [line, cells.join('|')])).toEqual([
      [1, '某市热线|||||'],
      [2, '班组|start|offered'],
      [3, 'A|2026-11-23 8:00|5'],
      [3, 'A|2026-11-23 8:30|6'],
      [3, 'A|2026-11-23 9:30|8'],
      [4, '合计|合计|'],
    ]);
    expect(await rowsOf(table)).toEqual([
      [3, 'A|2026-11-23 8:00|5', '8:00'],
      [3, 'A|2026-11-23 8:30|6', '8:30'],
      [3, 'A|2026-11-23 9:30|8', '9:30'],
      [4, '合计|合计|', ''],
    ]);
    expect(await rowsOf(lengthened(await open(lines), nothing), 2)).toHaveLength(2);
  });

  it('shows the first 400 rows that come of it', async () => {
    const days = Array.from({ length: 150 }, () => 'A,2026-11-23,5,6,7,8,26');
    expect(lengthened(await open([...lines.slice(0, 2), ...days]), nothing).head).toHaveLength(400);
  });

  it('weekdays of the week of a date, beside a time of day', async () => {
    const week = ['周次,时段,周一,周二,星期三,礼拜四,Fri,Sunday', '2026-11-25,8:00,1,2,3,4,5,7'];
    const starts = (await rowsOf(lengthened(await open(week), nothing))).map((row) => String(row));
    expect(starts.map((row) => row.split(',')[1])).toEqual([
      ...['2026-11-23 8:00|1', '2026-11-24 8:00|2', '2026-11-25 8:00|3'],
      ...['2026-11-26 8:00|4', '2026-11-27 8:00|5', '2026-11-29 8:00|7'],
    ]);
  });

  it('as a map file says, figures under the name that it gives them', async () => {
    const table = lengthened(await open(['start,East, West ', '2026-11-23 08:00,5,2']), {
      queueNames: new Set(),
      map: { columns: ['East', 'West'], as: 'queue', value: 'answered' },
    });
    expect(table.head.map(({ cells }) => cells.join('|'))).toEqual([
      'start|queue|answered',
      '2026-11-23 08:00|East|5',
      '2026-11-23 08:00|West|2',
    ]);
    const other = await open(['start,East', '2026-11-23 08:00,5']);
    const wish: WideWish = {
      queueNames: new Set(),
      map: { columns: ['East', 'West'], as: 'queue', value: 'answered' },
    };
    expect(lengthened(other, wish)).toBe(other);
  });
});

describe('how a table is wide', () => {
  const plan = (lines: readonly string[], wish = nothing): unknown => {
    const found = findWide(
      lines.map((line, i) => ({ line: i + 1, cells: line.split(',') })),
      wish,
    );
    return found && { as: found.headingsAs, at: found.headingAt, columns: found.columns, kept: found.kept };
  };

  it('by two days, four times of day, five weekdays or one queue', () => {
    expect(plan(['时段,2026-11-23,2026-11-24', '8:00,5,6'])).toEqual({
      as: 'date',
      at: 0,
      columns: [1, 2],
      kept: [],
    });
    expect(plan(['时段,2026-11-23', '8:00,5'])).toBeUndefined();
    expect(plan(['日期,8:00,8:30,9:00,9:30', '2026-11-23,1,2,3,4'])).toMatchObject({ as: 'clock' });
    expect(plan(['日期,8:00,8:30,9:00', '2026-11-23,1,2,3'])).toBeUndefined();
    const named = { queueNames: new Set(['east']) };
    expect(plan(['start, East ', '2026-11-23 08:00,5'], named)).toMatchObject({ as: 'queue', kept: [0] });
    expect(plan(['start,West', '2026-11-23 08:00,5'], named)).toBeUndefined();
    expect(plan(['日期,周一,周二,周三,周四,周五', '2026-11-23,1,2,3,4,5'])).toMatchObject({ as: 'weekday' });
    expect(plan(['日期,周一,周二,周三,周四', '2026-11-23,1,2,3,4'])).toBeUndefined();
  });

  it('not where the row of headings holds figures, or the cells below hold words', () => {
    expect(plan(['7,2026-11-23,2026-11-24', '8:00,5,6'])).toBeUndefined();
    expect(plan(['时段,2026-11-23,2026-11-24', '8:00,早班,晚班'])).toBeUndefined();
    expect(plan(['时段,2026-11-23,2026-11-24'])).toBeUndefined();
    // Four of five cells must be figures, in one column at least.
    const rows = ['8:00,1,x', '8:30,2,x', '9:00,3,x', '9:30,-1.5%,x', '10:00,x,x'];
    expect(plan(['时段,2026-11-23,2026-11-24', ...rows])).toMatchObject({ as: 'date' });
    expect(plan(['时段,2026-11-23,2026-11-24', ...rows, '10:30,x,x'])).toBeUndefined();
  });

  it('times of day and weekdays need a date beside them; sums are left out', () => {
    expect(plan(['班组,8:00,8:30,9:00,9:30', 'A,1,2,3,4'])).toBeUndefined();
    expect(plan(['班组,日期,8:00,8:30,9:00,9:30,总计', 'A,2026-11-23,1,2,3,4,10'])).toMatchObject({
      columns: [2, 3, 4, 5],
      kept: [0],
    });
    expect(plan(['班组,编号,8:00,8:30,9:00,9:30', 'A,20261123,1,2,3,4'])).toBeUndefined();
  });

  it('among the first 20 rows', () => {
    const title = (rows: number): string[] => Array.from({ length: rows }, () => 'x');
    const wide = ['时段,2026-11-23,2026-11-24', '8:00,5,6'];
    expect(plan([...title(19), ...wide])).toMatchObject({ at: 19 });
    expect(plan([...title(20), ...wide])).toBeUndefined();
  });
});
