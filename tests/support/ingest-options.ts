import type { RecordKind } from '../../src/kernel/records.ts';
import { guessColumns } from '../../src/ingest/columns/guess-columns.ts';
import { byteSourceOf, type ByteSource } from '../../src/ingest/tables/byte-source.ts';
import type { IngestOptions } from '../../src/ingest/columns/map-file.ts';
import { BadInputError, type Problem } from '../../src/kernel/errors.ts';
import { unpackHere } from './unpack-here.ts';

/** Options of a hotline in Shanghai that is always open. */
export const shanghai: IngestOptions = {
  unpacker: unpackHere,
  zone: 'Asia/Shanghai',
  now: Date.UTC(2026, 10, 24),
  absent: 'auto',
  skipBadRows: false,
  answerTimeThresholdSeconds: 15,
  shortAbandonSeconds: 5,
  intervalMinutes: 30,
  openingHours: Array.from({ length: 7 }, () => ({ from: '00:00', to: '24:00' })),
  attribution: 'arrival',
};

/** A file from its lines. */
export const csv = (...lines: readonly string[]): ByteSource =>
  byteSourceOf('traffic.csv', `${lines.join('\n')}\n`);

/** Problems with which a reading is refused; fails the test when it is not. */
export const refusal = async (reading: Promise<unknown>): Promise<readonly Problem[]> => {
  try {
    await reading;
  } catch (error) {
    if (error instanceof BadInputError) return error.problems;
    throw error;
  }
  throw new Error('the input was taken');
};

/** Epoch milliseconds of a wall clock in Shanghai. */
export const inShanghai = (wall: string): number => Date.parse(`${wall.replace(' ', 'T')}:00+08:00`);

export const gzip = async (bytes: Uint8Array): Promise<Uint8Array> =>
  new Uint8Array(
    await new Response(
      new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream('gzip')),
    ).arrayBuffer(),
  );

/** What a dropped file looks like. */
export const guess = (
  source: ByteSource,
  kind: RecordKind | 'auto' = 'auto',
  options: Partial<Parameters<typeof guessColumns>[2]> = {},
): Promise<Awaited<ReturnType<typeof guessColumns>>> =>
  guessColumns(source, kind, { unpacker: unpackHere, ...options });
