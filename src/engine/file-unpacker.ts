import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { FileUnpacker } from '../ingest/tables/file-unpacker.ts';
import { readWorkbooks } from './read-workbook.ts';

/** Bytes of every member of a gzip file; what follows the last is passed over, as gzip itself does. */
async function* gunzip(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unzip = createGunzip({ chunkSize: 65_536 });
  // an error of either comes out where the pieces are read
  pipeline(Readable.from(chunks, { objectMode: false }), unzip, () => undefined);
  for await (const piece of unzip) yield piece as Uint8Array;
}

const processorSeconds = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
};

/** The unpacker of this machine: workbooks are read by processes that are ended when they take too much. */
export const fileUnpacker: FileUnpacker = { sheets: readWorkbooks(), gunzip, processorSeconds };

/** The same, until `stop` is aborted: workbooks that are being read then are given up. */
export const fileUnpackerUntil = (stop: AbortSignal): FileUnpacker => ({
  sheets: readWorkbooks(stop),
  gunzip,
  processorSeconds,
});
