import type { PresenceRecord } from '../../kernel/records.ts';
import { fieldsReader } from '../rows/row-reader.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { Ingested } from '../ingested.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { beginReading, readFiles } from '../rows/read-files.ts';
import { datesOf, tableReport, UniqueRecords, withStep } from './unique-records.ts';

/** Reads how many operators of each tier were there in each interval (docs/en/reference/data-formats.md). Throws BadInputError. */
export const ingestPresence = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<PresenceRecord>> => {
  const reading = beginReading(options);
  const presence = new UniqueRecords<PresenceRecord>(reading);
  await readFiles(sources, ['presence'], options, reading, (reader) => {
    const [name, start, step] = ['tier', 'start', 'interval_minutes'].map((field) => reader.binding(field));
    const figures = fieldsReader(reader, 'presence', ['tier', 'startMillis', 'intervalMinutes']);
    return () => {
      const tier = reader.text(name) ?? '';
      const startMillis = reader.instant(start, tier);
      const range = reader.rangeMinutes;
      if (reader.dropped) return;
      const given = reader.count(step);
      const intervalMinutes = Number.isNaN(given) ? range : given;
      presence.add(reader, [tier, startMillis], { tier, startMillis, intervalMinutes, ...figures() });
    };
  });
  reading.ledger.throwIfAny();
  const records = withStep(presence.records, ({ tier }) => tier, reading);
  const report = tableReport(
    'presence',
    reading,
    [],
    datesOf(
      reading,
      records.map((record) => record.startMillis),
    ),
  );
  return { records, report, rejectedRows: reading.ledger.rejected };
};
