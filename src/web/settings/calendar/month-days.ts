import type { CalendarDocument, PlannedEvent } from '../../../contract/http/calendar-document.ts';
import { addDays, datesFrom, dayNumber, weekdayOf, type PlainDate } from '../../../kernel/time.ts';

export type CalendarDay = CalendarDocument['days'][number];

/** The weeks that a month 'YYYY-MM' lies in, Monday first, with the days of its neighbours. */
export const weeksOfMonth = (month: string): PlainDate[][] => {
  const first = `${month}-01`;
  const monday = addDays(first, -weekdayOf(first));
  const weeks = Math.ceil((dayNumber(`${monthLater(month, 1)}-01`) - dayNumber(monday)) / 7);
  return Array.from({ length: weeks }, (_, week) => datesFrom(addDays(monday, 7 * week), 7));
};

/** The month so many months later. */
export const monthLater = (month: string, months: number): string => {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
};

/** An event's bar within one week: from and to as columns (Monday 0), in one of the lanes below the days. */
export interface EventBar {
  readonly event: PlannedEvent;
  readonly from: number;
  readonly to: number;
  readonly lane: number;
  /** Whether it began in an earlier week, and goes on in a later one. */
  readonly begun: boolean;
  readonly goesOn: boolean;
}

/** The bars of a week, those that began first above; no two of one lane share a day. */
export const barsOfWeek = (events: readonly PlannedEvent[], week: readonly PlainDate[]): EventBar[] => {
  const [monday = '', sunday = ''] = [week[0], week.at(-1)];
  const ends: number[] = [];
  return events
    .filter(({ date, end = date }) => date <= sunday && end >= monday)
    .toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))
    .map((event) => {
      const { date, end = date } = event;
      const from = Math.max(0, dayNumber(date) - dayNumber(monday));
      const to = Math.min(week.length - 1, dayNumber(end) - dayNumber(monday));
      const free = ends.findIndex((taken) => taken < from);
      const lane = free < 0 ? ends.length : free;
      ends[lane] = to;
      return { event, from, to, lane, begun: date < monday, goesOn: end > sunday };
    });
};

/** Days chosen from one to another, in whichever order they were pressed. */
export interface DaySpan {
  readonly from: PlainDate;
  readonly to: PlainDate;
}

export const spanOf = (one: PlainDate, other: PlainDate): DaySpan =>
  one <= other ? { from: one, to: other } : { from: other, to: one };

/** Where an arrow key leads from a date; undefined for other keys. */
export const dateAfterKey = (date: PlainDate, key: string): PlainDate | undefined => {
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -7,
    ArrowDown: 7,
    Home: -weekdayOf(date),
    End: 6 - weekdayOf(date),
  };
  const step = steps[key];
  return step === undefined ? undefined : addDays(date, step);
};
