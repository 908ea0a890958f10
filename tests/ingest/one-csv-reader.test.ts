import { describe, expect, test } from 'vitest';
import { BadInputError, type Problem } from '../../src/kernel/errors.ts';
import { readHolidayCsv } from '../../src/ingest/kinds/holiday-csv.ts';
import { readSeriesCsv } from '../../src/ingest/series/series-csv.ts';

const refusal = (work: () => unknown): readonly Problem[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof BadInputError) return error.problems;
    throw error;
  }
  return [];
};

/** The same quotes mean the same in a bare series and in a holiday file as in every other table. */
describe('one reader of CSV', () => {
  test('a line end within quotes is part of its cell, and later rows keep their lines', () => {
    const csv = [
      'ts,note,calls',
      '2026-11-23T08:00,"two\nlines, a comma",3',
      '2026-11-23T08:30,"he said ""no""",5',
      '2026-11-23T09:00,,x',
    ];
    expect(refusal(() => readSeriesCsv(csv.join('\n')))).toMatchObject([
      { rule: 'bad-count', row: 5, value: 'x' },
    ]);
    const { queues } = readSeriesCsv(csv.slice(0, 3).join('\n'));
    expect([...(queues.get('')?.values.filter((calls) => calls > 0) ?? [])]).toEqual([3, 5]);
  });

  test('a quote that does not pair up is named with its row, beside all else that is wrong', () => {
    const csv = 'ts,calls\n2026-11-23T08:00,3\n"2026-11-23T08:30,4\n2026-11-23T09:00,-1\n';
    expect(refusal(() => readSeriesCsv(csv))).toMatchObject([
      { rule: 'bad-count', row: 4 },
      { rule: 'unterminated-quote', row: 3 },
    ]);
    expect(refusal(() => readHolidayCsv('date,name\n2026-10-01,"National\n'))).toMatchObject([
      { rule: 'unterminated-quote', row: 2 },
    ]);
  });

  test('a name of two lines in a holiday file is one name', () => {
    expect(readHolidayCsv('date,name\r\n2026-10-01,"National\r\nDay"\r\n')).toMatchObject([
      { date: '2026-10-01', name: 'National\r\nDay' },
    ]);
  });

  test('a grid begins on the first day of the rows, wherever the heading stands', () => {
    const grid = readSeriesCsv('\n\nreport of calls\n\nts,calls\n2026-11-23,3\n2026-11-24,4\n').queues.get(
      '',
    );
    expect(grid?.firstDate).toBe('2026-11-23');
  });
});
