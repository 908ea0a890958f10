import type { RejectedRow } from '../../kernel/errors.ts';
import { type ChannelRecord, type ChannelVolume } from '../../kernel/records.ts';
import { fieldsReader, type RowReader } from '../rows/row-reader.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { IngestReport } from '../ingested.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { beginReading, readFiles, type RowHandler } from '../rows/read-files.ts';
import { datesOf, tableReport, UniqueRecords } from './unique-records.ts';

/** Online channels and their volumes (docs/en/reference/data-formats.md); which a file holds shows from its columns. */
interface IngestedChannels {
  readonly channels: readonly ChannelRecord[];
  readonly volumes: readonly ChannelVolume[];
  readonly report: IngestReport;
  readonly rejectedRows: readonly RejectedRow[];
}

/** Reads files of channels and of channel volumes, mixed as they come. Throws BadInputError with every problem. */
export const ingestChannels = async (
  sources: readonly ByteSource[],
  options: IngestOptions,
): Promise<IngestedChannels> => {
  const reading = beginReading(options);
  const channels = new UniqueRecords<ChannelRecord>(reading);
  const volumes = new UniqueRecords<ChannelVolume>(reading);
  await readFiles(sources, ['channels', 'channel-volumes'], options, reading, (reader, bound) =>
    bound.kind === 'channels' ? channelRow(reader, channels) : volumeRow(reader, volumes),
  );
  const kind = volumes.records.length > 0 && channels.records.length === 0 ? 'channel-volumes' : 'channels';
  const report = tableReport(
    kind,
    reading,
    [],
    datesOf(
      reading,
      volumes.records.map((volume) => volume.startMillis),
    ),
  );
  return {
    channels: channels.records,
    volumes: volumes.records,
    report,
    rejectedRows: reading.ledger.rejected,
  };
};

const channelRow = (reader: RowReader, into: UniqueRecords<ChannelRecord>): RowHandler => {
  const read = fieldsReader(reader, 'channels', []);
  return () => {
    const record = read();
    into.add(reader, [record.channel], record);
  };
};

const volumeRow = (reader: RowReader, into: UniqueRecords<ChannelVolume>): RowHandler => {
  const [name, start] = ['channel', 'start'].map((field) => reader.binding(field));
  const read = fieldsReader(reader, 'channel-volumes', ['channel', 'startMillis']);
  return () => {
    const channel = reader.text(name) ?? '';
    const startMillis = reader.instant(start, channel);
    if (reader.dropped) return;
    into.add(reader, [channel, startMillis], { channel, startMillis, ...read() });
  };
};
