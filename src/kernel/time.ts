/**
 * Time with IANA zones. Inside, an instant is epoch milliseconds and a day is its ISO date ('2026-11-23');
 * `Temporal` does the arithmetic.
 */

import { remembered } from './remember.ts';

/** An ISO calendar date, 'YYYY-MM-DD'. */
export type PlainDate = string;

/** A day of 24 hours and an hour, milliseconds. */
export const dayMillis = 86_400_000;
export const hourMillis = 3_600_000;

/** Days since 1970-01-01 of an ISO date: consecutive dates differ by 1. */
export const dayNumber = (date: PlainDate): number => Math.round(Date.parse(`${date}T00:00:00Z`) / dayMillis);

/** More dates than a planner ever meets at once: some 270 years. */
const mostDates = 100_000;

/** The ISO date of a day number. */
export const dateOfDayNumber: (day: number) => PlainDate = remembered(
  (day: number) => new Date(day * dayMillis).toISOString().slice(0, 10),
  mostDates,
);

/** Monday 0 … Sunday 6 of a day number; 1970-01-01 was a Thursday. */
export const weekdayOfDay = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** Monday 0 … Sunday 6. */
export const weekdayOf = (date: PlainDate): number => weekdayOfDay(dayNumber(date));

/** `count` consecutive dates from `from` on. */
export const datesFrom = (from: PlainDate, count: number): PlainDate[] => {
  const first = dayNumber(from);
  return Array.from({ length: count }, (_, i) => dateOfDayNumber(first + i));
};

/** The date `days` later; earlier where negative. */
export const addDays = (date: PlainDate, days: number): PlainDate => dateOfDayNumber(dayNumber(date) + days);

const monthNumber = (date: string): number => 12 * Number(date.slice(0, 4)) + Number(date.slice(5, 7)) - 1;

/** The month 'YYYY-MM' so many months after that of a month or date; earlier where negative. */
export const monthLater = (date: string, months: number): string => {
  const at = monthNumber(date) + months;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`;
};

/** Months such as '2026-11' from that of one date to that of another, oldest first; none where the second is earlier. */
export const monthsBetween = (first: PlainDate, last: PlainDate): string[] =>
  Array.from({ length: Math.max(0, monthNumber(last) - monthNumber(first) + 1) }, (_, i) =>
    monthLater(first, i),
  );

/** First day of a period and of the next one: 2019, 2026-Q3 or 2026-11. Undefined for anything else. */
export const daysOfPeriod = (
  period: string,
): { readonly from: PlainDate; readonly before: PlainDate } | undefined => {
  const match = /^(\d{4})(?:-Q([1-4])|-(0[1-9]|1[0-2]))?$/.exec(period);
  if (match === null || !isYear(Number(match[1]))) return undefined;
  const [, year, quarter, month] = match;
  const first =
    quarter !== undefined ? monthLater(`${year}-01`, 3 * Number(quarter) - 3) : `${year}-${month ?? '01'}`;
  const months = quarter !== undefined ? 3 : month !== undefined ? 1 : 12;
  return { from: `${first}-01`, before: `${monthLater(first, months)}-01` };
};

/** True for an existing calendar date in ISO form. */
export const isPlainDate = (value: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const millis = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(value);
};

/** True for a year of which a hotline can have records or plans: beyond, dates are slips of the keys. */
export const isYear = (year: number): boolean => year >= 1900 && year <= 2200;

/** Monday of an ISO week such as '2026-W48'; undefined when the year has no such week, or no hotline has that year. */
export const mondayOfWeek = (week: string): PlainDate | undefined => {
  const match = /^(\d{4})-W(\d{2})$/.exec(week);
  if (match === null || !isYear(Number(match[1]))) return undefined;
  const fourth = dayNumber(`${match[1]}-01-04`);
  const monday = fourth - weekdayOf(dateOfDayNumber(fourth)) + 7 * (Number(match[2]) - 1);
  const date = dateOfDayNumber(monday);
  return weekOf(date) === week ? date : undefined;
};

/** ISO week of a date, such as '2026-W48'. */
export const weekOf = (date: PlainDate): string => {
  const thursday = dayNumber(date) - weekdayOf(date) + 3;
  const year = dateOfDayNumber(thursday).slice(0, 4);
  const firstThursday = (() => {
    const fourth = dayNumber(`${year}-01-04`);
    return fourth - weekdayOf(dateOfDayNumber(fourth)) + 3;
  })();
  return `${year}-W${String((thursday - firstThursday) / 7 + 1).padStart(2, '0')}`;
};

/** True when the machine knows the IANA zone. */
export const isZone = (zone: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
};

/** What a wall-clock time means in a zone: one instant, two (clocks put back) or none (clocks put forward). */
export const instantsOfWallClock = (wallClock: string, zone: string): number[] => {
  const plain = Temporal.PlainDateTime.from(wallClock);
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' });
  if (!earlier.toPlainDateTime().equals(plain)) return [];
  return earlier.epochMilliseconds === later.epochMilliseconds
    ? [earlier.epochMilliseconds]
    : [earlier.epochMilliseconds, later.epochMilliseconds];
};

/** Instant at which a day starts in a zone. */
export const startOfDay = (date: PlainDate, zone: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;

/** Wall clock 'YYYY-MM-DDTHH:MM:SS' of an instant in a zone. */
export const wallClockOf = (millis: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(millis)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' });

/** An instant on a zone's wall clock; `day` is the date as days since 1970-01-01, `since` when its offset began. */
interface LocalInstant {
  readonly date: PlainDate;
  readonly day: number;
  readonly minute: number;
  readonly since: number;
}

/** A stretch of instants in which a zone keeps one offset, milliseconds. */
interface OffsetSpan {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

const offsetSpanAt = (millis: number, zone: string): OffsetSpan => {
  const zoned = Temporal.Instant.fromEpochMilliseconds(Math.floor(millis)).toZonedDateTimeISO(zone);
  // The change at this very instant counts: 'previous' looks strictly before what it is given.
  const from = zoned.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds;
  const to = zoned.getTimeZoneTransition('next')?.epochMilliseconds;
  return { from: from ?? -Infinity, to: to ?? Infinity, offset: zoned.offsetNanoseconds / 1e6 };
};

/**
 * Wall clocks of many instants in one zone, fast: a zone's offset is looked up once between two of its changes, a
 * date is written once per day. Returns a function from an instant to its date and minute of the day.
 */
export const localClock = (zone: string): ((millis: number) => LocalInstant) => {
  const spans: OffsetSpan[] = [];
  let span: OffsetSpan = { from: 0, to: 0, offset: 0 };
  let lastDay = Number.NaN;
  let date = '';
  const offsetOf = (millis: number): number => {
    if (millis >= span.from && millis < span.to) return span.offset;
    const known = spans.find(({ from, to }) => millis >= from && millis < to);
    if (known === undefined) spans.push(offsetSpanAt(millis, zone));
    span = known ?? spans.at(-1) ?? span;
    return span.offset;
  };
  return (millis) => {
    const local = millis + offsetOf(millis);
    const day = Math.floor(local / dayMillis);
    if (day !== lastDay) {
      date = dateOfDayNumber(day);
      lastDay = day;
    }
    return { date, day, minute: Math.floor((local - day * dayMillis) / 60_000), since: span.from };
  };
};
