import { defect } from '../findings/defect.ts';
import type { EventRecord } from '../../kernel/records.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { Ingested } from '../ingested.ts';
import type { IngestOptions } from '../ingest-options.ts';
import { QueueNames } from './queue-names.ts';
import { beginReading, readFiles } from '../read-files.ts';
import { present, tableReport, UniqueRecords } from './unique-records.ts';

/**
 * Reads a planner's events (docs/data-formats.md). An effect is a change of the day's calls: 0.3 or 30% is 30 % more,
 * -1 none at all, at most ten times as many. A row without a queue concerns every queue. Throws BadInputError.
 */
export const ingestEvents = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<EventRecord>> => {
  const reading = beginReading(options);
  const events = new UniqueRecords<EventRecord>(reading);
  const queues = new QueueNames(options);
  await readFiles(sources, ['events'], options, reading, (reader) => () => {
    const date = reader.date(reader.binding('date'));
    const end = reader.date(reader.binding('end'));
    if (reader.dropped) return;
    if (date !== undefined && end !== undefined && end < date)
      reader.reject(defect('end-before-start'), reader.binding('end'), end);
    const kind = reader.text(reader.binding('kind')) ?? '';
    const label = reader.text(reader.binding('label')) ?? '';
    const named =
      reader.text(reader.binding('queue')) === undefined
        ? undefined
        : queues.names[queues.read(reader, reader.binding('queue'))];
    const record = {
      date: date ?? '',
      kind,
      label,
      ...present({
        end,
        expectedEffect: reader.share(reader.binding('expected_effect'), -1, 10),
        decayDays: reader.amount(reader.binding('decay_days')),
        queue: named,
      }),
    };
    events.add(reader, [record.date, kind, label, named ?? ''], record);
  });
  const { records } = events;
  const dates = records.flatMap(({ date, end }) => [date, end ?? date]);
  const report = tableReport(
    'events',
    reading,
    records.flatMap(({ queue }) => (queue === undefined ? [] : [queue])),
    dates,
  );
  return { records, report, rejectedRows: reading.ledger.rejected };
};
