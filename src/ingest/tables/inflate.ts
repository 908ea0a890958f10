import { inflatesTooFar, damagedArchive } from '../findings/file-findings.ts';
import type { IngestLimits } from '../ingest-options.ts';
import type { Finding } from '../findings/problem-ledger.ts';

/** A file that cannot be read at all; carries the finding, the place is the caller's to add. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
  readonly finding: Finding;
  readonly row: number | undefined;
  constructor(finding: Finding, row?: number) {
    super(finding.rule);
    this.finding = finding;
    this.row = row;
  }
}

/** Output up to this size is never suspicious, whatever its ratio. */
const unsuspiciousBytes = 64 * 2 ** 20;

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/**
 * Inflates gzip ('gzip') or bare deflate data piece by piece. Throws UnreadableFileError when the data are
 * damaged or cut off, grow beyond `maxInflatedBytes`, or beyond `maxInflationRatio` times what went in.
 */
export async function* inflated(
  chunks: AsyncIterable<Uint8Array>,
  format: 'gzip' | 'deflate-raw',
  limits: Pick<IngestLimits, 'maxInflatedBytes' | 'maxInflationRatio'>,
): AsyncGenerator<Uint8Array> {
  let bytesIn = 0;
  let bytesOut = 0;
  const iterator = chunks[Symbol.asyncIterator]();
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) return controller.close();
      bytesIn += next.value.length;
      controller.enqueue(new Uint8Array(next.value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  const reader = compressed.pipeThrough(new DecompressionStream(format)).getReader();
  try {
    for (;;) {
      const piece = await readPiece(reader);
      if (piece === undefined) return;
      bytesOut += piece.length;
      if (bytesOut > limits.maxInflatedBytes)
        throw new UnreadableFileError(inflatesTooFar(megabytes(limits.maxInflatedBytes)));
      if (bytesOut > unsuspiciousBytes && bytesOut > bytesIn * limits.maxInflationRatio)
        throw new UnreadableFileError(inflatesTooFar(`${limits.maxInflationRatio}:1`));
      yield piece;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const readPiece = async (
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<Uint8Array | undefined> => {
  try {
    const { done, value } = await reader.read();
    return done ? undefined : value;
  } catch (error) {
    throw error instanceof TypeError || isZlibError(error) ? new UnreadableFileError(damagedArchive) : error;
  }
};

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
