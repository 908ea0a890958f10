import { createRequire } from 'node:module';
import { countryParts, libraryHolidays, type HolidayLibrary } from '../../kernel/calendar-loading.ts';
import { calendarOf, type Calendar, type CalendarOptions } from '../../kernel/calendar.ts';

/** The calendar of any country without waiting: like `loadCalendar`, for callers that cannot await. */
export const countryCalendar = (options: CalendarOptions): Calendar => {
  const country = options.country;
  if (country === null || country === 'CN') return calendarOf(options);
  const require = createRequire(import.meta.url);
  const loaded = require('date-holidays') as unknown;
  const Holidays = (typeof loaded === 'function' ? loaded : (loaded as { default: unknown }).default) as new (
    nation: string,
    region?: string,
  ) => HolidayLibrary;
  const [nation, region] = countryParts(country);
  const library = region === undefined ? new Holidays(nation) : new Holidays(nation, region);
  return calendarOf({ ...options, yearHolidays: libraryHolidays(library) });
};
