import { calendarOf, type Calendar, type CalendarOptions, type HolidayRow } from './calendar.ts';
import { addDays, dayMillis, type PlainDate } from './time.ts';

/** The part of the `date-holidays` library that is used: one country's (or region's) holidays of a year. */
export interface HolidayLibrary {
  getHolidays(
    year: number,
    language?: string,
  ): readonly {
    readonly date: string;
    readonly start: Date;
    readonly end: Date;
    readonly name: string;
    readonly type: string;
  }[];
}

const kinds: Readonly<Record<string, string>> = {
  public: 'full',
  bank: 'full',
  optional: 'partial',
  school: 'partial',
};

/** Holidays of one year in the calendar's own words; observances without a day off are left out. */
export const libraryHolidays =
  (library: HolidayLibrary): ((year: number) => HolidayRow[]) =>
  (year) =>
    library.getHolidays(year, 'en').flatMap((holiday) => {
      const kind = kinds[holiday.type];
      if (kind === undefined) return [];
      const first: PlainDate = holiday.date.slice(0, 10);
      const days = Math.max(1, Math.round((holiday.end.getTime() - holiday.start.getTime()) / dayMillis));
      const rows = Array.from({ length: days }, (_, i) => ({
        date: addDays(first, i),
        name: holiday.name,
        kind,
      }));
      // Offices close at noon before such a day.
      const eve = { date: addDays(first, -1), name: `Eve of ${holiday.name}`, kind: 'half' };
      return kind === 'full' && beginsAtSunset(holiday.date) ? [eve, ...rows] : rows;
    });

/** The library writes a holiday that begins on the evening before as '1999-04-01 00:00:00 -0600'. */
const beginsAtSunset = (date: string): boolean => / -\d{4}$/.test(date);

/** Splits 'GB-ENG' into country and region. */
export const countryParts = (country: string): [string, string | undefined] => {
  const [nation = country, region] = country.toUpperCase().split('-');
  return [nation, region];
};

/**
 * The calendar of any country: like `calendarOf`, but fetches the holiday library (heavy) where China's own
 * data do not serve. `country` is an ISO code, with a region where wanted ('GB-ENG').
 */
export const loadCalendar = async (options: CalendarOptions): Promise<Calendar> => {
  const country = options.country;
  if (country === null || country === 'CN' || options.yearHolidays !== undefined) return calendarOf(options);
  const { default: Holidays } = await import('date-holidays');
  const [nation, region] = countryParts(country);
  const library = region === undefined ? new Holidays(nation) : new Holidays(nation, region);
  return calendarOf({ ...options, yearHolidays: libraryHolidays(library) });
};
