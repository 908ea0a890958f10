import type { KindName } from './table.ts';

/** The day that spreadsheets count from, in days since 1970. */
const firstDay = Date.UTC(1899, 11, 30);

/**
 * A date, clock time or wall clock as a spreadsheet counts it: days since the end of 1899, with fractions of a day.
 * Undefined for what is none, such as words or a shift's end on the next day ('+1 06:00').
 */
export const daySerial = (written: string, kind: KindName): number | undefined => {
  if (kind === 'time') {
    const clock = /^(\d{2}):(\d{2})$/.exec(written);
    return clock === null ? undefined : (60 * Number(clock[1]) + Number(clock[2])) / 1440;
  }
  if (kind !== 'date' && kind !== 'moment') return undefined;
  const millis = Date.parse(kind === 'date' ? `${written}T00:00:00Z` : `${written.slice(0, 16)}:00Z`);
  return Number.isNaN(millis) ? undefined : (millis - firstDay) / 86_400_000;
};
