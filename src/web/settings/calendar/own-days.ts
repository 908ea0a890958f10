import type { z } from 'zod';
import type { calendarSchema } from '../../../contract/models/calendar-model.ts';
import { datesFrom, dayNumber } from '../../../kernel/time.ts';
import type { DaySpan } from './month-days.ts';

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
