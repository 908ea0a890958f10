/**
 * Time with IANA zones. Inside, an instant is epoch milliseconds and a day is its ISO date ('2026-11-23');
 * `Temporal` does the arithmetic.
 */

/** An ISO calendar date, 'YYYY-MM-DD'. */
export type PlainDate = string;

/** Days since 1970-01-01 of an ISO date: consecutive dates differ by 1. */
export const dayNumber = (date: PlainDate): number =>
  Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);

/** The ISO date of a day number. */
export const dateOfDayNumber = (day: number): PlainDate =>
  new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Monday 0 … Sunday 6. */
export const weekdayOf = (date: PlainDate): number => (((dayNumber(date) + 3) % 7) + 7) % 7;

/** `count` consecutive dates from `from` on. */
export const datesFrom = (from: PlainDate, count: number): PlainDate[] => {
  const first = dayNumber(from);
  return Array.from({ length: count }, (_, i) => dateOfDayNumber(first + i));
};

export const addDays = (date: PlainDate, days: number): PlainDate => dateOfDayNumber(dayNumber(date) + days);

/** True for an existing calendar date in ISO form. */
export const isPlainDate = (value: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const millis = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(value);
};

/** Monday of an ISO week such as '2026-W48'; undefined when the year has no such week. */
export const mondayOfWeek = (week: string): PlainDate | undefined => {
  const match = /^(\d{4})-W(\d{2})$/.exec(week);
  if (match === null) return undefined;
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

/**
 * Wall clocks of many instants in one zone, fast: offsets are looked up once per quarter of an hour at most.
 * Returns a function from an instant to [date, minute of the day].
 */
export const localClock = (
  zone: string,
): ((millis: number) => { readonly date: PlainDate; readonly minute: number }) => {
  const offsets = new Map<number, number>();
  return (millis) => {
    const quarter = Math.floor(millis / 900_000);
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      const zoned = Temporal.Instant.fromEpochMilliseconds(quarter * 900_000).toZonedDateTimeISO(zone);
      offset = zoned.offsetNanoseconds / 1e6;
      offsets.set(quarter, offset);
    }
    const local = millis + offset;
    const day = Math.floor(local / 86_400_000);
    return { date: dateOfDayNumber(day), minute: Math.floor((local - day * 86_400_000) / 60_000) };
  };
};
