import { causeFields, type CauseRecord } from '../../kernel/records.ts';
import type { IngestOptions } from '../columns/ingest-options.ts';
import type { Ingested } from '../ingested.ts';
import { fieldsReader } from '../rows/row-reader.ts';
import { beginReading, readFiles } from '../rows/read-files.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import { QueueNames } from './queue-names.ts';
import { present, tableReport, UniqueRecords } from './unique-records.ts';

/**
 * Reads what may move calls, by the day: weather, bills sent, campaigns (docs/en/reference/data-formats.md). A row
 * without a queue concerns every queue. Throws BadInputError.
 */
export const ingestCauses = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<CauseRecord>> => {
  const reading = beginReading(options);
  const causes = new UniqueRecords<CauseRecord>(reading);
  const queues = new QueueNames(options);
  await readFiles(sources, ['causes'], options, reading, (reader) => {
    const of = reader.binding('queue');
    const read = fieldsReader(reader, causeFields, ['queue']);
    return () => {
      const named = read();
      if (reader.dropped) return;
      const queue = reader.text(of) === undefined ? undefined : queues.names[queues.read(reader, of)];
      causes.add(reader, [named.cause, named.date, queue ?? ''], { ...named, ...present({ queue }) });
    };
  });
  const { records } = causes;
  const report = tableReport(
    'causes',
    reading,
    records.flatMap(({ queue }) => (queue === undefined ? [] : [queue])),
    records.map(({ date }) => date),
  );
  return { records, report, rejectedRows: reading.ledger.rejected };
};
