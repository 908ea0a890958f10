import { defect } from '../findings/defect.ts';
import { presenceFields, type PresenceRecord } from '../../kernel/records.ts';
import { fieldsReader } from '../rows/field-reader.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { Ingested } from '../ingested.ts';
import type { IngestOptions } from '../columns/ingest-options.ts';
import { inferStep } from '../cells/interval-step.ts';
import { beginReading, readFiles, type Reading } from '../rows/read-files.ts';
import { datesOf, tableReport, UniqueRecords } from './unique-records.ts';
import { wallText } from '../cells/wall-text.ts';

/** Reads how many operators of each tier were there in each interval (docs/en/reference/data-formats.md). Throws BadInputError. */
export const ingestPresence = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<PresenceRecord>> => {
  const reading = beginReading(options);
  const presence = new UniqueRecords<PresenceRecord>(reading);
  await readFiles(sources, ['presence'], options, reading, (reader) => {
    const [name, start, step] = ['tier', 'start', 'interval_minutes'].map((field) => reader.binding(field));
    const figures = fieldsReader(reader, presenceFields, ['tier', 'startMillis', 'intervalMinutes']);
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
  const records = withSteps(presence.records, reading);
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

/** Fills in the interval length where rows do not give it. */
const withSteps = (records: readonly PresenceRecord[], reading: Reading): PresenceRecord[] => {
  const odd = records.find(
    (record) => 1440 % record.intervalMinutes !== 0 && !Number.isNaN(record.intervalMinutes),
  );
  if (odd !== undefined)
    reading.ledger.refuse(defect('interval-not-of-a-day', { minutes: odd.intervalMinutes }), {
      column: 'interval_minutes',
    });
  if (!records.some((record) => Number.isNaN(record.intervalMinutes))) return [...records];
  const byTier = new Map<string, number[]>();
  for (const { tier, startMillis } of records) {
    const starts = byTier.get(tier) ?? [];
    byTier.set(tier, starts);
    starts.push(startMillis);
  }
  const step = inferStep(
    Array.from(byTier.values(), (starts) => Float64Array.from(starts).sort()),
    reading.zone,
  );
  if ('minutes' in step)
    return records.map((record) =>
      Number.isNaN(record.intervalMinutes) ? { ...record, intervalMinutes: step.minutes } : record,
    );
  const file = reading.files[0]?.file;
  if (step.fault === 'single') reading.ledger.refuse(defect('interval-unknown'), { file });
  else {
    const [one, other] = step.steps;
    const where = wallText(reading.zone.local(step.at));
    reading.ledger.refuse(defect('mixed-steps', { one, other, where }), { file });
  }
  return [];
};
