import { defect } from '../findings/problem-ledger.ts';
import type { EventRecord } from '../../kernel/records.ts';
import { fieldsReader } from '../rows/row-reader.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { Ingested } from '../ingested.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { QueueNames } from './queue-names.ts';
import { beginReading, readFiles } from '../rows/read-files.ts';
import { present, tableReport, UniqueRecords } from './unique-records.ts';

/**
 * Reads a planner's events (docs/en/reference/data-formats.md). An effect is a change of the day's calls: 0.3 or 30% is 30 % more,
 * -1 none at all, at most ten times as many. A row without a queue concerns every queue. Throws BadInputError.
 */
export const ingestEvents = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<EventRecord>> => {
  const reading = beginReading(options);
  const events = new UniqueRecords<EventRecord>(reading);
  const queues = new QueueNames(options);
  await readFiles(sources, ['events'], options, reading, (reader) => {
    const [from, to, what, called, queue] = ['date', 'end', 'kind', 'label', 'queue'].map((field) =>
      reader.binding(field),
    );
    const figures = fieldsReader(reader, 'events', ['date', 'end', 'kind', 'label', 'queue']);
    return () => {
      const date = reader.date(from) ?? '';
      const end = reader.date(to);
      if (reader.dropped) return;
      if (date !== '' && end !== undefined && end < date) reader.reject(defect('end-before-start'), to, end);
      const label = reader.text(called) ?? '';
      // what is of no kind is of its own
      const kind = reader.text(what) ?? label;
      const named = reader.text(queue) === undefined ? undefined : queues.names[queues.read(reader, queue)];
      const record = { date, kind, label, ...present({ end }), ...figures(), ...present({ queue: named }) };
      events.add(reader, [date, kind, label, named ?? ''], record);
    };
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
