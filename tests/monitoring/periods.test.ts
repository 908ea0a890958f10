import { expect, test } from 'vitest';
import { daysOfPeriod } from '../../src/kernel/time.ts';
import { comparePeriods, periodsBefore, yearBefore, yearsBetween } from '../../src/monitoring/time-parts.ts';

test('the days of a period end before the first of the next', () => {
  expect(daysOfPeriod('2019')).toEqual({ from: '2019-01-01', before: '2020-01-01' });
  expect(daysOfPeriod('2026-Q4')).toEqual({ from: '2026-10-01', before: '2027-01-01' });
  expect(daysOfPeriod('2026-12')).toEqual({ from: '2026-12-01', before: '2027-01-01' });
  expect(daysOfPeriod('2026-W48')).toBeUndefined();
});

test('periods of any length stand in the order of their ends, the longer one last', () => {
  const mixed = ['2026', '2026-Q3', '2026-09', '2019', '2026-11', '2025-12', '2026-12', '2026-Q4'];
  expect(comparePeriods('2025', '2025')).toBe(0);
  expect(mixed.sort(comparePeriods)).toEqual([
    '2019',
    '2025-12',
    '2026-09',
    '2026-Q3',
    '2026-11',
    '2026-12',
    '2026-Q4',
    '2026',
  ]);
});

test('the year before, and the years between two ends', () => {
  expect(['2019', '2026-Q3', '2026-11'].map(yearBefore)).toEqual(['2018', '2025-Q3', '2025-11']);
  expect(yearsBetween('2018', '2019')).toBe(1);
  expect(yearsBetween('2025', '2026-Q3')).toBeCloseTo(0.75, 12);
});

test('nothing counts twice: parts of the chosen period and of longer earlier ones are passed over', () => {
  const all = [
    '2024',
    '2025',
    '2025-Q4',
    '2025-11',
    '2025-01',
    '2026-08',
    '2026-07',
    '2026-05',
    '2026-Q3',
    '2026',
  ];
  expect([...periodsBefore(all, '2026-Q3')].sort()).toEqual(['2024', '2025', '2026-05']);
  expect([...periodsBefore(all, '2026')].sort()).toEqual(['2024', '2025']);
});
