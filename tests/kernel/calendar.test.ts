import { describe, expect, test } from 'vitest';
import { loadCalendar } from '../../src/kernel/calendar-loading.ts';
import { calendarOf, coverageNotice } from '../../src/kernel/calendar.ts';
import { addDays } from '../../src/kernel/time.ts';

describe('China', () => {
  const china = calendarOf({ country: 'CN' });

  test('the Spring Festival of 2026 with its make-up workdays', () => {
    expect(china.dayKind('2026-02-17')).toMatchObject({
      kind: 'holiday',
      holiday: 'spring-festival',
      dayInHoliday: 1,
    });
    expect(china.dayKind('2026-02-16')).toMatchObject({ dayInHoliday: 0, working: false });
    expect(china.dayKind('2026-02-28')).toMatchObject({ kind: 'make-up-workday', working: true });
    expect(china.dayKind('2026-02-24').workingDaysAfter).toBe(1);
    expect(china.dayKind('2026-09-30').kind).toBe('day-before-holiday');
  });

  test('festivals of different years line up by the lunar date', () => {
    expect(china.dayKind('2025-01-29').dayInHoliday).toBe(1);
    expect(china.dayKind('2024-02-10').dayInHoliday).toBe(1);
  });

  // The first year that the data do not cover, whichever it is.
  const year = Number(china.coveredUntil!.slice(0, 4)) + 1;

  test('dates beyond the last known year say so and are presumed', () => {
    expect(coverageNotice(china, `${year - 1}-12-31`)).toBeNull();
    expect(coverageNotice(china, `${year}-01-01`)?.values).toEqual({ until: china.coveredUntil });
    expect(china.dayKind(`${year}-10-01`)).toMatchObject({ kind: 'holiday', presumed: true });
  });

  test('an override file covers that year', () => {
    const own = calendarOf({
      country: 'CN',
      overrides: [
        { date: `${year}-10-01`, kind: 'holiday', name: '国庆节', holiday: 'national-day' },
        { date: `${year}-10-09`, kind: 'make-up-workday', holiday: 'national-day' },
      ],
    });
    expect(coverageNotice(own, `${year}-12-31`)).toBeNull();
    expect(own.dayKind(`${year}-10-01`)).toMatchObject({ kind: 'holiday', presumed: false });
    expect(own.dayKind(`${year}-10-09`).working).toBe(true);
    expect(own.dayKind(`${year}-05-01`).kind).not.toBe('holiday');
  });
});

test('another country comes from the library, substitute days share the key', async () => {
  const us = await loadCalendar({ country: 'US' });
  expect(us.dayKind('2003-09-01').kind).toBe('holiday');
  expect(us.dayKind('2003-09-02').workingDaysAfter).toBe(1);
  expect(us.dayKind('2021-12-24').holiday).toBe(us.dayKind('2021-12-25').holiday);
  expect(us.dayKind('2003-11-28').bridge).toBe(true);
  expect(us.coveredUntil).toBeNull();
});

test('rest days follow the country', async () => {
  const israel = await loadCalendar({ country: 'IL' });
  expect(israel.dayKind('1999-02-07').working).toBe(true);
  expect(israel.dayKind('1999-02-05').working).toBe(false);
});

test('a holiday that begins in the evening has a half day before it', async () => {
  const israel = await loadCalendar({ country: 'IL' });
  const eve = israel.dayKind('1999-03-31');
  expect(eve).toMatchObject({ kind: 'partial-holiday', half: true, working: true });
  expect(eve.holiday).not.toBe(israel.dayKind('1999-04-01').holiday);
  // The eve of a feast's last day lies among its half-holidays, and is a half day all the same.
  expect(israel.dayKind('1999-04-05')).not.toHaveProperty('half');
  expect(israel.dayKind('1999-04-06').half).toBe(true);
  expect(israel.dayKind('1999-04-07')).toMatchObject({ kind: 'holiday' });
  const us = await loadCalendar({ country: 'US' });
  expect(us.dayKind('2003-11-26').kind).toBe('day-before-holiday');
});

test('a list of holidays works without a country; a plain calendar has none', () => {
  const listed = calendarOf({
    country: null,
    holidays: [{ date: '2026-05-05', name: 'Town_Day', kind: 'half' }],
  });
  expect(listed.dayKind('2026-05-05')).toMatchObject({
    kind: 'partial-holiday',
    holiday: 'town-day',
    half: true,
    working: true,
  });
  const plain = calendarOf({ country: null });
  for (let d = 0; d < 366; d += 1) expect(plain.dayKind(addDays('2024-01-01', d)).kind).toBe('ordinary');
});

test('keys', () => {
  const keyOf = (name: string): string | undefined => {
    const overrides = [{ date: '2026-03-02', kind: 'holiday' as const, name }];
    return calendarOf({ country: null, overrides }).dayKind('2026-03-02').holiday;
  };
  expect(keyOf("New Year's Day (substitute day)")).toBe('new-years-day');
  expect(keyOf('国庆节')).toBe('国庆节');
});
