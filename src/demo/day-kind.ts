import * as chineseCalendar from 'chinese-days';
import { addDays, dayNumber, weekdayOf, type PlainDate } from '../kernel/time.ts';
import type { DemoSettings, EventSettings, QueueSettings } from './demo-settings.ts';

// The package is CommonJS: Node finds its functions on the default export only, bundlers on the names.
const { getDayDetail } =
  'default' in chineseCalendar ? (chineseCalendar.default as typeof chineseCalendar) : chineseCalendar;

/** What the Chinese calendar makes of a date. */
export interface DayKind {
  readonly date: PlainDate;
  /** Monday 0 … Sunday 6. */
  readonly weekday: number;
  readonly worked: boolean;
  /** English name of the public holiday; undefined on other days. */
  readonly holiday?: string;
  readonly makeUpWorkday: boolean;
  /** Last workday before a public holiday, and first one after. */
  readonly beforeHoliday: boolean;
  readonly afterHoliday: boolean;
}

const holidayName = (date: PlainDate): string | undefined => {
  const { work, name } = getDayDetail(date);
  return !work && name.includes(',') ? name.split(',')[0] : undefined;
};

/** Statutory holidays, make-up workdays (调休) and their neighbours; dates 2004 to 2026 are known. */
export const dayKindOf = (date: PlainDate): DayKind => {
  const { work } = getDayDetail(date);
  const weekday = weekdayOf(date);
  const holiday = holidayName(date);
  return {
    date,
    weekday,
    worked: work,
    ...(holiday === undefined ? {} : { holiday }),
    makeUpWorkday: work && weekday >= 5,
    beforeHoliday: work && holidayName(addDays(date, 1)) !== undefined,
    afterHoliday: work && holidayName(addDays(date, -1)) !== undefined,
  };
};

/** Factor of weekday, holiday and its neighbours on a queue's calls of the day. */
export const calendarFactor = (day: DayKind, queue: QueueSettings, settings: DemoSettings): number => {
  const { holidays } = settings;
  if (day.holiday !== undefined)
    return (queue.weekdays[6] ?? 1) * queue.holidayFactor * (holidays.factors[day.holiday] ?? 1);
  const weekday = day.makeUpWorkday ? (queue.weekdays[3] ?? 1) : (queue.weekdays[day.weekday] ?? 1);
  return (
    weekday *
    (day.makeUpWorkday ? holidays.makeUpWorkday : 1) *
    (day.beforeHoliday ? holidays.dayBefore : 1) *
    (day.afterHoliday ? holidays.dayAfter : 1)
  );
};

/** Factor of one event on a queue's calls at an hour of a date: full until its end, then fading. */
export const eventFactor = (event: EventSettings, queue: string, date: PlainDate, hour: number): number => {
  const effect = event.effects[queue];
  if (effect === undefined || date < event.date) return 1;
  if (date === event.date && hour < event.fromHour) return 1;
  const after = dayNumber(date) - dayNumber(event.end ?? event.date);
  if (after <= 0) return 1 + effect;
  return event.decayDays === 0 ? 1 : 1 + effect * Math.exp(-after / event.decayDays);
};
