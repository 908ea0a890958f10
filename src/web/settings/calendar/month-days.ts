import type { z } from 'zod';
import type { CalendarDocument, PlannedEvent } from '../../../contract/http/calendar-document.ts';
import type { calendarSchema } from '../../../contract/models/calendar-model.ts';
import { addDays, datesFrom, dayNumber, type PlainDate, weekdayOf } from '../../../kernel/time.ts';

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
interface EventBar {
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

export type OwnDay = z.input<typeof calendarSchema>['days'][number];

/** What a planner may say that days are; `usual` is what the country's calendar says. */
export const dayChoices = ['usual', 'holiday', 'half', 'make-up-workday', 'ordinary'] as const;
export type DayChoice = (typeof dayChoices)[number];

const dayOf = (date: string, choice: Exclude<DayChoice, 'usual'>, name: string): OwnDay => ({
  date,
  kind: choice === 'half' ? 'partial-holiday' : choice,
  ...(name.trim() === '' ? {} : { name: name.trim() }),
  ...(choice === 'half' ? { half: true } : {}),
});

/** The hotline's own days with those of a span said anew, in the order of their dates; all others as they were. */
export const daysWith = (
  days: readonly OwnDay[],
  { from, to }: DaySpan,
  choice: DayChoice,
  name: string,
): OwnDay[] => {
  const others = days.filter(({ date }) => date < from || date > to);
  if (choice === 'usual') return others;
  const said = datesFrom(from, dayNumber(to) - dayNumber(from) + 1).map((date) => dayOf(date, choice, name));
  return [...others, ...said].toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
};

/** Puts back what stood for a span of days before, whatever else was said of others meanwhile. */
export const daysBack = (
  days: readonly OwnDay[],
  stood: readonly OwnDay[],
  { from, to }: DaySpan,
): OwnDay[] => {
  const isWithin = ({ date }: OwnDay): boolean => date >= from && date <= to;
  return [...days.filter((day) => !isWithin(day)), ...stood.filter(isWithin)].toSorted((a, b) =>
    a.date < b.date ? -1 : a.date > b.date ? 1 : 0,
  );
};
