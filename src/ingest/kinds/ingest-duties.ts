import { type DutyRecord, type RosterRequestRecord } from '../../kernel/records.ts';
import { fieldsReader } from '../rows/row-reader.ts';
import { defect } from '../findings/problem-ledger.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { Ingested } from '../ingested.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { beginReading, readFiles } from '../rows/read-files.ts';
import { personOf, present, tableReport, UniqueRecords } from './unique-records.ts';

const dayOff = /^(?:off|rest|休|休息|公休|day off|-)$/i;
/** A time of day; a workbook's cells have seconds. */
const clock = /^((?:[01]?\d|2[0-4]):[0-5]\d)(?::00)?$/;

/**
 * Reads a roster: who has which shift on which day (docs/en/reference/data-formats.md). Days of a published roster are refused.
 * Throws BadInputError.
 */
export const ingestDuties = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<DutyRecord>> => {
  const reading = beginReading(options);
  const duties = new UniqueRecords<DutyRecord>(reading);
  const published = options.publishedPeriods ?? [];
  await readFiles(sources, ['roster'], options, reading, (reader) => {
    const read = fieldsReader(reader, 'roster', ['start', 'end']);
    const [day, first, last, ill] = ['date', 'start', 'end', 'ill_from'].map((column) =>
      reader.binding(column),
    );
    const clockOf = (binding: typeof first): string | undefined => {
      const said = reader.text(binding);
      if (binding === undefined || said === undefined) return undefined;
      const found = clock.exec(said)?.[1];
      if (found !== undefined) return found.padStart(5, '0');
      reader.fail(defect('not-a-clock-time'), binding);
      return undefined;
    };
    const person = personOf(reader, reading, options);
    return () => {
      const record = read();
      const times = present({ start: clockOf(first), end: clockOf(last) });
      // What somebody worked before they fell ill is no duty that they have: another has the rest of it.
      if (reader.dropped || reader.text(ill) !== undefined) return;
      const period = published.find(({ from, to }) => from <= record.date && record.date <= to);
      if (period !== undefined) reader.reject(defect('day-published', period), day, record.date);
      const operator = person();
      const shift = dayOff.test(record.shift) ? 'off' : record.shift;
      duties.add(reader, [operator, record.date], { ...record, operator, shift, ...times });
    };
  });
  const { records } = duties;
  const report = tableReport(
    'roster',
    reading,
    [],
    records.map(({ date }) => date),
  );
  return { records, report, rejectedRows: reading.ledger.rejected };
};

/** Reads what operators would like on single days (docs/en/reference/data-formats.md). Throws BadInputError. */
export const ingestRosterRequests = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<RosterRequestRecord>> => {
  const reading = beginReading(options);
  const requests = new UniqueRecords<RosterRequestRecord>(reading);
  await readFiles(sources, ['requests'], options, reading, (reader) => {
    const read = fieldsReader(reader, 'requests', []);
    const person = personOf(reader, reading, options);
    return () => {
      const record = read();
      const operator = person();
      const wants = dayOff.test(record.wants) ? 'off' : record.wants;
      requests.add(reader, [operator, record.date, wants], { ...record, operator, wants });
    };
  });
  const { records } = requests;
  const report = tableReport(
    'requests',
    reading,
    [],
    records.map(({ date }) => date),
  );
  return { records, report, rejectedRows: reading.ledger.rejected };
};
