import { describe, expect, it } from 'vitest';
import type { RecordKind } from '../../src/kernel/records.ts';
import {
  guessDateOrder,
  suggestByContent,
  suggestColumns,
  type Suggestion,
} from '../../src/ingest/columns/suggest-columns.ts';

/** Suggestions for a table of named columns, by field. */
const suggest = (
  table: readonly (readonly [heading: string, ...samples: string[]])[],
  kind: RecordKind = 'traffic',
): Record<string, Partial<Suggestion>> =>
  Object.fromEntries(
    suggestColumns(
      table.map(([heading]) => heading),
      (column) => table[column]?.slice(1) ?? [],
      kind,
    ).map(({ field, columns, unit, rival }) => [
      field,
      { columns, ...(unit === undefined ? {} : { unit }), ...(rival === undefined ? {} : { rival }) },
    ]),
  );

describe('which column is which field', () => {
  it('each column is one field, each field has one column', () => {
    expect(
      suggest([
        ['时段', '2026-11-23 08:00'],
        ['队列', '综合'],
        ['来电量', '5'],
        ['接通量', '4'],
      ]),
    ).toEqual({
      start: { columns: [0] },
      queue: { columns: [1] },
      offered: { columns: [2] },
      answered: { columns: [3] },
    });
  });

  it('a time by its content alone: an end is told by a word of its heading, not by a part of one', () => {
    const startAt = (heading: string): readonly number[] | undefined => {
      const cells = [
        ['general', 'general'],
        ['2026-11-23 08:00', '2026-11-23 08:30'],
        ['5', '7'],
      ];
      const found = new Map(['queue', 'offered'].map((field, i) => [field, { columns: [2 * i] }]));
      const byContent = suggestByContent(
        ['queue', heading, 'offered'],
        (i) => cells[i] ?? [],
        'traffic',
        found,
      );
      return byContent.find(({ field }) => field === 'start')?.columns;
    };
    for (const heading of ['Attended at', 'Calendar day', 'Agenda time', 'Vendor stamp', 'Photo'])
      expect(startAt(heading), heading).toEqual([1]);
    for (const heading of [
      'Ended at',
      'end_time',
      'EndTime',
      'endtime',
      'Finished',
      'Until',
      'Up to',
      '结束于',
    ])
      expect(startAt(heading), heading).toBeUndefined();
  });

  it('half of the cells must fit the field; empty ones and dashes say nothing', () => {
    const offered = (...cells: string[]): unknown =>
      suggest([
        ['时段', '2026-11-23 08:00'],
        ['来电量', ...cells],
      ])['offered'];
    expect(offered('5', 'x')).toEqual({ columns: [1] });
    expect(offered('5', 'x', 'y')).toBeUndefined();
    expect(offered('5', 'x', '', '--', ' - ')).toEqual({ columns: [1] });
    expect(offered()).toEqual({ columns: [1] });
    for (const cell of ['1,234', '12.5', '１２', '-3', '1.234,5', '+7'])
      expect(offered(cell), cell).toEqual({ columns: [1] });
    for (const cell of ['1x', '12.5%', '1:20', '9'.repeat(101)]) expect(offered(cell), cell).toBeUndefined();
    expect(offered('9'.repeat(100))).toEqual({ columns: [1] });
  });

  it('a date and a clock apart are one start, unless a column has both', () => {
    const apart = [
      ['日期', '2026-11-23'],
      ['时段', '8:00-8:30'],
      ['来电量', '5'],
    ] as const;
    expect(suggest(apart)).toEqual({ start: { columns: [0, 1] }, offered: { columns: [2] } });
    expect(suggest([...apart, ['开始时间', '2026-11-23 08:00']])['start']).toMatchObject({ columns: [3] });
    // Four fifths of the cells must be dates, or clocks.
    const dates = (...cells: string[]): unknown =>
      suggest([
        ['日期', ...cells],
        ['时段', ...cells.map(() => '8:00')],
        ['来电量', ...cells.map(() => '5')],
      ])['start'];
    const day = '2026-11-23';
    expect(dates(day, day, day, day, 'x')).toMatchObject({ columns: [0, 1] });
    expect(dates(day, day, day, 'x')).not.toMatchObject({ columns: [0, 1] });
  });

  it.each([
    ['通话时长(分钟)', 'minutes'],
    ['通话时长（毫秒）', 'milliseconds'],
    ['handle_ms', 'milliseconds'],
    ['通话时长(小时)', 'hours'],
    ['handle time (mins)', 'minutes'],
    ['handle time (hours)', 'hours'],
    ['通话时长', undefined],
  ])('the unit of %s is %s', (heading, unit) => {
    const found = suggest(
      [
        ['来电时间', '2026-11-23 08:00:00'],
        [heading, '3'],
      ],
      'calls',
    );
    const durations = Object.values(found).filter(({ columns }) => columns?.[0] === 1);
    expect(durations.every((own) => own.unit === unit)).toBe(true);
  });

  it('a second column of the same name is a rival, and stays free', () => {
    expect(
      suggest([
        ['时段', '2026-11-23 08:00'],
        ['来电量', '5'],
        ['来电量', '6'],
        ['来电量', '7'],
      ])['offered'],
    ).toEqual({ columns: [1], rival: 2 });
  });

  it('looks at eight columns of one name and no more', () => {
    const named = (words: number): unknown =>
      suggest([
        ['时段', '2026-11-23 08:00'],
        ...Array.from({ length: words }, () => ['来电量', 'x'] as const),
        ['来电量', '5'],
      ])['offered'];
    expect(named(7)).toEqual({ columns: [8] });
    expect(named(8)).toBeUndefined();
  });
});

describe('the order of day and month', () => {
  it.each([
    [['23/11/2026'], 'dmy'],
    [['11/23/2026'], 'mdy'],
    [['05/06/2026', '13.06.26'], 'dmy'],
    [['05-06-2026', '06-13-2026'], 'mdy'],
    [['12/12/2026'], undefined],
    [['2026-11-23', 'x', ''], undefined],
    [['x', ' 23/11/2026'], 'dmy'],
  ] as const)('%j: %s', (samples, order) => {
    expect(guessDateOrder(samples)).toBe(order);
  });
});
