import { describe, expect, it } from 'vitest';
import { detectStep, fillGrid, fillSilence } from '../../src/ingest/series/series-csv.ts';
import { emptyDayGrid } from '../../src/kernel/interval-series.ts';
import type { Problem } from '../../src/kernel/errors.ts';
import { dayNumber } from '../../src/kernel/time.ts';

const day = 1440 * dayNumber('2026-11-23');
/** Rows from pairs of minutes after midnight and counts. */
const rows = (...pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([minute, count], i) => ({ row: i + 2, at: day + minute, count }));
const stepOf = (...queues: readonly (readonly number[])[]): number =>
  detectStep(
    new Map(queues.map((minutes, q) => [String(q), rows(...minutes.map((minute) => [minute, 1] as const))])),
    false,
  );

describe('the step of a series', () => {
  it('divides all that lies between consecutive times, and a day', () => {
    expect(stepOf([0, 30, 90])).toBe(30);
    expect(stepOf([0, 60], [15, 75, 90])).toBe(15);
    expect(stepOf([90, 0, 30])).toBe(30);
    expect(stepOf([0, 0, 20])).toBe(20);
    expect(stepOf([0, 1440, 4320])).toBe(1440);
    expect(stepOf([0, 7])).toBe(1);
    expect(stepOf([5])).toBe(1440);
    expect(stepOf([0, 45])).toBe(15);
  });

  it('is a day where no row has a time of day', () => {
    expect(detectStep(new Map([['', rows([0, 1], [30, 1])]]), true)).toBe(1440);
  });
});

describe('rows on a grid', () => {
  const fill = (own: ReturnType<typeof rows>, step: number, zone?: string) => {
    const problems: Problem[] = [];
    const grid = fillGrid(own, step, { file: 'in' }, problems, zone);
    return { grid, problems };
  };

  it('takes as many days as they reach over, gaps where there is none', () => {
    const { grid, problems } = fill(rows([720, 5], [1440 + 720, 7]), 720);
    expect(grid).toMatchObject({ firstDate: '2026-11-23', dayCount: 2, intervalMinutes: 720 });
    expect([...grid.values]).toEqual([NaN, 5, NaN, 7]);
    expect(problems).toEqual([]);
  });

  it('times off the step are laid on it together', () => {
    expect([...fill(rows([10, 1], [490, 2], [970, 3]), 480).grid.values]).toEqual([1, 2, 3]);
  });

  it('the same count twice is one; another count is a problem of its row', () => {
    const { grid, problems } = fill(rows([0, 5], [0, 5], [720, 6], [720, 7], [0, NaN]), 720);
    expect(grid.values[0]).toBe(5);
    expect(problems).toMatchObject([
      { rule: 'conflicting-rows', file: 'in', row: 5, value: '7', severity: 'error' },
    ]);
    expect([...fill(rows([0, NaN], [0, 4], [0, 4]), 720).grid.values]).toEqual([4, NaN]);
    expect(fill(rows([0, NaN], [0, 4], [0, 5]), 720).problems).toHaveLength(1);
  });

  it('stops after 200 problems', () => {
    const many = Array.from({ length: 400 }, (_, i) => [0, i] as const);
    expect(fill(rows(...many), 720).problems).toHaveLength(200);
  });

  it('no rows at all are no days with times', () => {
    expect(fill(rows([0, 3]), 1440).grid.values).toEqual(Float64Array.of(3));
  });

  it('two passes through an hour that a zone repeats are their mean, and nowhere else', () => {
    const at = 1440 * dayNumber('2026-10-25') + 120;
    const twice = [
      { row: 2, at, count: 4 },
      { row: 3, at, count: 8 },
    ];
    const { grid, problems } = fill(twice, 60, 'Europe/Berlin');
    expect([grid.values[2], problems]).toEqual([6, []]);
    const later = twice.map((own) => ({ ...own, at: at + 60 }));
    expect(fill(later, 60, 'Europe/Berlin').problems).toHaveLength(1);
    expect(fill(twice, 60).problems).toHaveLength(1);
  });
});

describe('silence in a series that never writes a 0', () => {
  /** Two days of four intervals. */
  const filled = (...values: readonly number[]): number[] => {
    const grid = emptyDayGrid('2026-11-23', values.length / 4, 360);
    grid.values.set(values);
    fillSilence(grid);
    return [...grid.values];
  };

  it('is a zero between calls where so few are usual, and stays a gap at the ends of a day', () => {
    expect(filled(NaN, 3, NaN, 2, 1, NaN, NaN, 4)).toEqual([NaN, 3, 0, 2, 1, 0, 0, 4]);
    expect(filled(NaN, NaN, NaN, NaN, 1, NaN, 2, NaN)).toEqual([NaN, NaN, NaN, NaN, 1, 0, 2, NaN]);
  });

  it('is a gap where it comes less than once in a thousand: 6.9 calls are usual', () => {
    // The second interval has 13.6 or 13.8 calls in one of two days.
    expect(filled(1, 13.6, 1, 1, 1, NaN, 1, 1)[5]).toBe(0);
    expect(filled(1, 13.8, 1, 1, 1, NaN, 1, 1)[5]).toBeNaN();
    // Two silent intervals one after the other count together.
    expect(filled(1, 7, 7, 1, 1, NaN, NaN, 1).slice(5, 7)).toEqual([NaN, NaN]);
    expect(filled(1, 6, 6, 1, 1, NaN, NaN, 1).slice(5, 7)).toEqual([0, 0]);
    expect(filled(1, 13.8, 1, 1, 1, NaN, 1, NaN)).toEqual([1, 13.8, 1, 1, 1, NaN, 1, NaN]);
  });

  it('is left alone where the file writes zeros, or has one figure a day', () => {
    expect(filled(1, NaN, 0, 1)).toEqual([1, NaN, 0, 1]);
    const days = emptyDayGrid('2026-11-23', 3, 1440);
    days.values.set([1, NaN, 1]);
    fillSilence(days);
    expect([...days.values]).toEqual([1, NaN, 1]);
  });
});
