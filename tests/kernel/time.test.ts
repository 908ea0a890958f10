import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDays,
  dateOfDayNumber,
  dayNumber,
  instantsOfWallClock,
  isPlainDate,
  localClock,
  mondayOfWeek,
  monthsBetween,
  startOfDay,
  wallClockOf,
  weekdayOf,
  weekOf,
} from '../../src/kernel/time.ts';

test('day numbers count days', () => {
  expect(dayNumber('1970-01-01')).toBe(0);
  expect(dayNumber('2000-03-01') - dayNumber('2000-02-28')).toBe(2);
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  assert(property(integer({ min: -30_000, max: 60_000 }), (n) => dayNumber(dateOfDayNumber(n)) === n));
});

test('weekdays and ISO weeks', () => {
  expect(weekdayOf('2026-11-23')).toBe(0);
  expect(weekdayOf('1969-12-28')).toBe(6);
  expect(weekOf('2027-01-03')).toBe('2026-W53');
  expect(weekOf('2024-12-30')).toBe('2025-W01');
  expect(mondayOfWeek('2026-W48')).toBe('2026-11-23');
  expect(mondayOfWeek('2025-W53')).toBeUndefined();
});

test('months from one date to another', () => {
  expect(monthsBetween('2025-11-30', '2026-01-01')).toEqual(['2025-11', '2025-12', '2026-01']);
  expect(monthsBetween('2026-01-31', '2026-01-01')).toEqual(['2026-01']);
  expect(monthsBetween('2026-01-31', '2025-12-31')).toEqual([]);
});

test('only real dates are dates', () => {
  expect(isPlainDate('2024-02-29')).toBe(true);
  for (const bad of ['2023-02-29', '2024-13-01', '2024-1-01', '', '2024-04-31'])
    expect(isPlainDate(bad)).toBe(false);
});

test('clocks put forward and back in Berlin', () => {
  expect(instantsOfWallClock('2026-03-29T02:30:00', 'Europe/Berlin')).toEqual([]);
  const twice = instantsOfWallClock('2026-10-25T02:30:00', 'Europe/Berlin');
  expect(twice).toHaveLength(2);
  expect(twice[1]! - twice[0]!).toBe(3_600_000);
  expect(instantsOfWallClock('2026-06-01T12:00:00', 'Asia/Shanghai')).toEqual([Date.UTC(2026, 5, 1, 4)]);
});

test('the fast clock agrees with the exact one across both changes', () => {
  for (const zone of ['Europe/Berlin', 'Asia/Shanghai', 'Asia/Kathmandu', 'America/St_Johns']) {
    const clock = localClock(zone);
    for (const start of ['2026-03-29', '2026-10-25']) {
      const from = startOfDay(start, zone) - 7_200_000;
      for (let t = from; t < from + 40 * 3_600_000; t += 7 * 60_000) {
        const { date, minute } = clock(t);
        const exact = wallClockOf(t, zone);
        expect(`${date} ${minute}`).toBe(
          `${exact.slice(0, 10)} ${60 * Number(exact.slice(11, 13)) + Number(exact.slice(14, 16))}`,
        );
      }
    }
  }
});
