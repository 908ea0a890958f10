import { expect, test } from 'vitest';
import { hotlinesInPeriod } from '../../src/monitoring/time-parts.ts';

const row = (hotline: string, cityTier: string, validFrom?: string) => ({
  hotline,
  name: hotline,
  cityTier,
  ...(validFrom === undefined ? {} : { validFrom }),
});

const list = [
  row('a', 'first', '2025-07-01'),
  row('a', 'third'),
  row('a', 'second', '2024-01-01'),
  row('b', 'new', '2025-01-01'),
];
const tiersIn = (period: string) =>
  Object.fromEntries(hotlinesInPeriod(list, period).map(({ hotline, cityTier }) => [hotline, cityTier]));

test('a period takes what held on its last day', () => {
  expect(tiersIn('2023')).toMatchObject({ a: 'third' });
  expect(tiersIn('2024')).toMatchObject({ a: 'second' });
  expect(tiersIn('2025-06')).toMatchObject({ a: 'second' });
  expect(tiersIn('2025-Q2')).toMatchObject({ a: 'second' });
  expect(tiersIn('2025-07')).toMatchObject({ a: 'first' });
  expect(tiersIn('2025')).toMatchObject({ a: 'first' });
  expect(tiersIn('2026-Q1')).toMatchObject({ a: 'first', b: 'new' });
});

test('a hotline whose rows all begin later is what the first of them says', () => {
  expect(tiersIn('2023')).toEqual({ a: 'third', b: 'new' });
  expect(tiersIn('2024')).toEqual({ a: 'second', b: 'new' });
});
