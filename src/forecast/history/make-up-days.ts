import type { Calendar } from '../../kernel/calendar.ts';
import { daySlots, gridDate, type DayGrid } from '../../kernel/interval-series.ts';
import { dayNumber } from '../../kernel/time.ts';

/** A grid's days by what they tell of opening hours. */
export interface PartedDays {
  /** Without the make-up workdays: they say nothing of their weekday. */
  readonly ordinary: DayGrid;
  /** 1 for each slot in which a make-up workday had calls; undefined where none on record had any. */
  readonly makeUp: Uint8Array | undefined;
}

/** True of a make-up workday (调休上班): a day of rest that is worked like a working day. */
export const isMakeUpDay = (calendar: Calendar, date: string): boolean =>
  calendar.dayKind(date).kind === 'make-up-workday';

/** Parts the days before `before` (a day number): a worked Saturday does not open Saturdays. */
export const partMakeUpDays = (grid: DayGrid, before: number, calendar: Calendar): PartedDays => {
  const makeUp = new Uint8Array(grid.slotsPerDay);
  const days: number[] = [];
  for (let day = 0; day < Math.min(grid.dayCount, before - dayNumber(grid.firstDate)); day += 1) {
    if (!isMakeUpDay(calendar, gridDate(grid, day))) continue;
    days.push(day);
    daySlots(grid, day).forEach((calls, slot) => {
      if (calls > 0) makeUp[slot] = 1;
    });
  }
  if (days.length === 0) return { ordinary: grid, makeUp: undefined };
  const ordinary = { ...grid, values: grid.values.slice() };
  for (const day of days) daySlots(ordinary, day).fill(Number.NaN);
  return { ordinary, makeUp: makeUp.includes(1) ? makeUp : undefined };
};
