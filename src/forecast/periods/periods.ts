import type { Calendar } from '../../kernel/calendar.ts';
import { dayTotal, type DayGrid } from '../../kernel/interval-series.ts';
import { dateOfDayNumber, dayNumber, weekdayOfDay, type PlainDate } from '../../kernel/time.ts';

/** What calls are added up over. */
export type PeriodLength = 'week' | 'month';

/** A calendar week (from Monday) or month, and what is known of its calls. */
export interface Period {
  readonly start: PlainDate;
  readonly days: number;
  /** Days whose calls are known; all of them where a total is given, 0 ahead. */
  readonly knownDays: number;
  /** Calls of the known days. */
  readonly calls: number;
  /** Share of days that offices do not work: of the known days, or of all ahead. */
  readonly offShare: number;
}

/** First day of the period that a day lies in. */
const periodStart = (day: number, by: PeriodLength): number =>
  by === 'week' ? day - weekdayOfDay(day) : dayNumber(`${dateOfDayNumber(day).slice(0, 8)}01`);

/** First day of the period after the one that starts on a day. */
export const nextPeriod = (start: number, by: PeriodLength): number =>
  by === 'week' ? start + 7 : periodStart(start + 31, by);

/** Share of some days that offices do not work. */
export const offShareOf = (days: readonly number[], calendar: Calendar): number =>
  days.length === 0
    ? 0
    : days.filter((day) => !calendar.dayKind(dateOfDayNumber(day)).working).length / days.length;

const daysOf = (start: number, by: PeriodLength): number[] =>
  Array.from({ length: nextPeriod(start, by) - start }, (_, i) => start + i);

/** Periods without calls, from one that starts on a day on. */
export const periodsAhead = (
  from: PlainDate,
  count: number,
  by: PeriodLength,
  calendar: Calendar,
): Period[] => {
  const periods: Period[] = [];
  for (let start = dayNumber(from); periods.length < count; start = nextPeriod(start, by)) {
    const days = daysOf(start, by);
    periods.push({
      start: dateOfDayNumber(start),
      days: days.length,
      knownDays: 0,
      calls: 0,
      offShare: offShareOf(days, calendar),
    });
  }
  return periods;
};

/** A history of days or intervals as its periods, up to the day before `origin`; days that are gaps, or lie behind its last, are not counted. */
export const periodsOfGrid = (
  grid: DayGrid,
  by: PeriodLength,
  calendar: Calendar,
  origin: PlainDate,
): Period[] => {
  const first = dayNumber(grid.firstDate);
  const end = dayNumber(origin);
  const last = Math.min(first + grid.dayCount, end) - 1;
  const periods: Period[] = [];
  for (let start = periodStart(first, by); start < end; start = nextPeriod(start, by)) {
    const days = daysOf(start, by);
    const known = days.filter(
      (day) => day >= first && day <= last && !Number.isNaN(dayTotal(grid, day - first)),
    );
    periods.push({
      start: dateOfDayNumber(start),
      days: days.length,
      knownDays: known.length,
      calls: known.reduce((sum, day) => sum + dayTotal(grid, day - first), 0),
      offShare: offShareOf(known, calendar),
    });
  }
  return periods;
};
