import { defect } from '../findings/problem-ledger.ts';
import type { PromptPlayed } from '../../kernel/records.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { Ingested } from '../ingested.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { QueueNames } from './queue-names.ts';
import { beginReading, readFiles } from '../rows/read-files.ts';
import { datesOf, tableReport, UniqueRecords } from './unique-records.ts';

/** Reads which prompt played to which queue from when to when (docs/en/reference/data-formats.md). Throws BadInputError. */
export const ingestPromptsPlayed = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<Ingested<PromptPlayed>> => {
  const reading = beginReading(options);
  const played = new UniqueRecords<PromptPlayed>(reading);
  const queues = new QueueNames(options);
  await readFiles(sources, ['prompts'], options, reading, (reader) => () => {
    const prompt = reader.text(reader.binding('prompt')) ?? '';
    const queue = queues.names[queues.read(reader, reader.binding('queue'))] ?? '';
    const startMillis = reader.instant(reader.binding('start'), `start ${prompt} ${queue}`);
    const endMillis = reader.instant(reader.binding('end'), `end ${prompt} ${queue}`);
    if (endMillis < startMillis)
      reader.reject(defect('end-before-start'), reader.binding('end'), reader.text(reader.binding('end')));
    played.add(reader, [prompt, queue, startMillis], { prompt, queue, startMillis, endMillis });
  });
  const { records } = played;
  const times = records.flatMap(({ startMillis, endMillis }) => [startMillis, endMillis]);
  const report = tableReport(
    'prompts',
    reading,
    records.map(({ queue }) => queue),
    datesOf(reading, times),
  );
  return { records, report, rejectedRows: reading.ledger.rejected };
};
