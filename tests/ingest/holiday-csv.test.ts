import { expect, test } from 'vitest';
import { readHolidayCsv } from '../../src/ingest/kinds/holiday-csv.ts';
import { calendarOf } from '../../src/kernel/calendar.ts';

test('a half day of a holiday file is one, a day that only some keep is not', () => {
  const overrides = readHolidayCsv(
    'date,name,kind\n2026-12-24,Eve,half\n2026-12-28,Between,optional\n2026-12-25,Feast,full\n',
  );
  const calendar = calendarOf({ country: null, overrides });
  expect(calendar.dayKind('2026-12-24')).toMatchObject({
    kind: 'partial-holiday',
    half: true,
    working: true,
  });
  expect(calendar.dayKind('2026-12-25')).toMatchObject({ kind: 'holiday', working: false });
  expect(calendar.dayKind('2026-12-28').kind).toBe('partial-holiday');
  expect(calendar.dayKind('2026-12-28')).not.toHaveProperty('half');
});

test.each([
  ['', 'holiday'],
  ['full', 'holiday'],
  ['public', 'holiday'],
  ['放假', 'holiday'],
  ['partial', 'partial-holiday'],
  ['makeup', 'make-up-workday'],
  ['调休上班', 'make-up-workday'],
  ['none', 'ordinary'],
])('a day of the kind "%s" is a %s', (said, kind) => {
  const [day] = readHolidayCsv(`date,name,kind\n2026-12-25,Feast,${said}\n`);
  expect(day).toMatchObject({ date: '2026-12-25', kind });
});

test('an unknown kind is refused with the kinds there are', () => {
  expect(() => readHolidayCsv('date,name,kind\n2026-12-24,Eve,morning\n')).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({
          row: 2,
          column: 'kind',
          value: 'morning',
          rule: 'bad-holiday-kind',
        }),
      ],
    }),
  );
});
