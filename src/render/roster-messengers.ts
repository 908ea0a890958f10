import type { RosterDocument } from '../contract/documents/roster-document.ts';

/** Most people of one call of WeCom, and most rows of one of Feishu. */
const mostPeople = 100;
const mostRows = 50;

/** Number by which a messenger knows a shift: its place in the roster, 0 a day off. To be replaced by the real ones. */
const numberOf = ({ shifts }: RosterDocument, shift: string | undefined): number =>
  shifts.findIndex((one) => one.shift === shift) + 1;

/** A person's days, each with its shift or none. */
const rowsOf = (
  { people, days, duties }: RosterDocument,
  month: string,
): { readonly operator: string; readonly date: string; readonly shift: string | undefined }[] => {
  const byDay = new Map(duties.map((duty) => [`${duty.operator} ${duty.date}`, duty.shift]));
  return people.flatMap(({ operator }) =>
    days.flatMap(({ date }) =>
      date.startsWith(month) ? [{ operator, date, shift: byDay.get(`${operator} ${date}`) }] : [],
    ),
  );
};

const monthsOf = ({ days }: RosterDocument): string[] => [
  ...new Set(days.map(({ date }) => date.slice(0, 7))),
];

const monthNumber = (month: string): number => Number(month.replace('-', ''));
const dayNumber = (date: string): number => Number(date.slice(8));

const inParts = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, part) =>
    all.slice(part * size, (part + 1) * size),
  );

/** What stands for what: an administrator puts the messenger's own numbers in their place. */
const shiftNumbers = (roster: RosterDocument) =>
  Object.fromEntries(roster.shifts.map(({ shift }) => [shift, numberOf(roster, shift)]));

/** Bodies for WeCom's `setcheckinschedulist`, a month and at most 100 people each; `schedule_id` 0 is a day off. */
export const weComSchedules = (roster: RosterDocument) => ({
  api: 'setcheckinschedulist',
  shifts: shiftNumbers(roster),
  calls: monthsOf(roster).flatMap((month) =>
    inParts(roster.people, mostPeople).map((people) => ({
      groupid: 0,
      yearmonth: monthNumber(month),
      items: rowsOf({ ...roster, people }, month).map(({ operator, date, shift }) => ({
        userid: operator,
        day: dayNumber(date),
        schedule_id: numberOf(roster, shift),
      })),
    })),
  ),
});

/** Bodies for Feishu's `user_daily_shifts/batch_create`, at most 50 rows each; shift `0` is a day off. */
export const feishuShifts = (roster: RosterDocument) => ({
  api: 'attendance/v1/user_daily_shifts/batch_create',
  shifts: shiftNumbers(roster),
  calls: inParts(
    monthsOf(roster).flatMap((month) => rowsOf(roster, month)),
    mostRows,
  ).map((rows) => ({
    user_daily_shifts: rows.map(({ operator, date, shift }) => ({
      group_id: '0',
      shift_id: String(numberOf(roster, shift)),
      month: monthNumber(date.slice(0, 7)),
      user_id: operator,
      day_no: dayNumber(date),
    })),
  })),
});
