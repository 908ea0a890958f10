import { spansOfDay, type OpenSpan, type WeekdayHours } from '../../../kernel/opening-hours.ts';
import { dayMinutes, minuteOf } from '../../../kernel/time-window.ts';
import { isClock } from '../clock-field.tsx';

export type WeekHours = readonly WeekdayHours[];

/** A weekday's spans as the model writes them: none is closed, one stands by itself. */
const dayOf = (spans: readonly OpenSpan[]): WeekdayHours => {
  const [first] = spans;
  return spans.length > 1 ? spans : (first ?? null);
};

/** A week with one weekday's spans written anew; the others stay as they are. */
export const withDay = (week: WeekHours, weekday: number, spans: readonly OpenSpan[]): WeekHours =>
  week.with(weekday, dayOf(spans));

/** One weekday's hours given to others as well. */
export const sameHours = (week: WeekHours, from: number, to: readonly number[]): WeekHours =>
  week.map((day, weekday) => (to.includes(weekday) ? (week[from] ?? null) : day));

/** A span that may be added to a day: after the last that there is, or office hours. */
export const nextSpan = (spans: readonly OpenSpan[]): OpenSpan => {
  const last = spans.at(-1);
  return last === undefined || last.to >= '21:00' || last.to <= last.from
    ? { from: '09:00', to: '17:00' }
    : { from: last.to, to: '22:00' };
};

/** Where a weekday is open on its own day's bar, in minutes; what runs past midnight is cut at it, half-typed times are left out. */
export const barsOfDay = (day: WeekdayHours | undefined): { readonly from: number; readonly to: number }[] =>
  spansOfDay(day)
    .filter(({ from, to }) => isClock(from) && isClock(to))
    .map(({ from, to }) => {
      const [start, end] = [minuteOf(from), minuteOf(to)];
      return { from: start, to: end > start ? end : dayMinutes };
    });
