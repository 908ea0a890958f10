import { defect } from '../findings/problem-ledger.ts';
import { recordsReader } from './unique-records.ts';

const dayOff = /^(?:off|rest|休|休息|公休|day off|-)$/i;
/** A time of day; a workbook's cells have seconds. */
const clock = /^((?:[01]?\d|2[0-4]):[0-5]\d)(?::00)?$/;

/**
 * Reads a roster: who has which shift on which day (docs/en/reference/data-formats.md). Days of a published roster are refused.
 * Throws BadInputError.
 */
export const ingestDuties = recordsReader('roster', ({ options }) => ({
  begin: (reader) => {
    const clockOf = (column: string) => (): string | undefined => {
      const binding = reader.binding(column);
      const text = reader.text(binding);
      if (binding === undefined || text === undefined) return undefined;
      const found = clock.exec(text)?.[1];
      if (found !== undefined) return found.padStart(5, '0');
      reader.fail(defect('not-a-clock-time'), binding);
      return undefined;
    };
    return {
      own: { start: clockOf('start'), end: clockOf('end') },
      check: (row) => {
        // What somebody worked before they fell ill is no duty that they have: another has the rest of it.
        if (reader.text(reader.binding('ill_from')) !== undefined) return undefined;
        const period = options.publishedPeriods?.find(({ from, to }) => from <= row.date && row.date <= to);
        if (period !== undefined)
          reader.reject(defect('day-published', period), reader.binding('date'), row.date);
        return { ...row, shift: dayOff.test(row.shift) ? 'off' : row.shift };
      },
    };
  },
}));

/** Reads what operators would like on single days (docs/en/reference/data-formats.md). Throws BadInputError. */
export const ingestRosterRequests = recordsReader('requests', () => ({
  begin: () => ({
    check: (row) => ({ ...row, wants: dayOff.test(row.wants) ? 'off' : row.wants }),
  }),
}));
