import { defect } from '../findings/problem-ledger.ts';
import type { RejectedRow } from '../../kernel/errors.ts';
import { type ChannelRecord, type ChannelVolume, recordKinds } from '../../kernel/records.ts';
import { addDays, dayMillis, instantsOfWallClock, wallClockOf } from '../../kernel/time.ts';
import type { ByteSource } from '../tables/byte-source.ts';
import type { IngestReport } from '../ingested.ts';
import type { IngestOptions } from '../columns/map-file.ts';
import { beginReading, readFiles } from '../rows/read-files.ts';
import { QueueNames } from './queue-names.ts';
import { datesOf, recordsReader, rowOf, tableReport, UniqueRecords } from './unique-records.ts';

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
  const into = { reading, queues: new QueueNames(options), options };
  await readFiles(sources, ['channels', 'channel-volumes'], options, reading, (reader, { kind }) =>
    kind === 'channels'
      ? rowOf(reader, recordKinds.channels.fields, { ...into, rows: channels })
      : rowOf(reader, recordKinds['channel-volumes'].fields, { ...into, rows: volumes }),
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

/**
 * Reads which prompt played to which queue from when to when (docs/en/reference/data-formats.md). An end by its time of day
 * alone, before the start, is on the next day. Throws BadInputError.
 */
export const ingestPromptsPlayed = recordsReader('prompts', ({ options: { zone } }) => ({
  begin: (reader) => {
    const end = reader.binding('end');
    const isOnStartsDate =
      end?.columns.length === 2 && end.columns[0] === reader.binding('start')?.columns[0];
    return {
      check: (row) => {
        if (row.endMillis >= row.startMillis) return row;
        if (isOnStartsDate) return { ...row, endMillis: aDayLater(row.endMillis, zone) };
        reader.reject(defect('end-before-start'), end, reader.text(end));
        return row;
      },
    };
  },
}));

/** The same time of day on the next day. */
const aDayLater = (millis: number, zone: string): number => {
  const [date = '', clock] = wallClockOf(millis, zone).split('T');
  return instantsOfWallClock(`${addDays(date, 1)}T${clock}`, zone)[0] ?? millis + dayMillis;
};
