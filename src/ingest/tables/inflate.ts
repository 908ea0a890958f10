import type { IngestLimits } from '../ingest-limits.ts';
import { defect, type Defect } from '../findings/defect.ts';

/** A file that cannot be read at all; carries the defect, the place is the caller's to add. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
  readonly defect: Defect;
  readonly row: number | undefined;
  constructor(wrong: Defect, row?: number) {
    super(wrong.rule);
    this.defect = wrong;
    this.row = row;
  }
}

/** Output up to this size is never suspicious, whatever its ratio. */
const unsuspiciousBytes = 64 * 2 ** 20;

const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/** Takes packed bytes apart, piece by piece. */
export type Inflate = (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/** Bare deflate data, as in the parts of a zip file. */
export const inflateRaw: Inflate = (chunks) => {
  const iterator = chunks[Symbol.asyncIterator]();
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) return controller.close();
      controller.enqueue(new Uint8Array(next.value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return compressed.pipeThrough(new DecompressionStream('deflate-raw'));
};

/**
 * What packed data inflate to. Throws UnreadableFileError when they are damaged or cut off, grow beyond
 * `maxInflatedBytes`, or beyond `maxInflationRatio` times what went in.
 */
export async function* inflated(
  chunks: AsyncIterable<Uint8Array>,
  inflate: Inflate,
  limits: Pick<IngestLimits, 'maxInflatedBytes' | 'maxInflationRatio'>,
): AsyncGenerator<Uint8Array> {
  let bytesIn = 0;
  let bytesOut = 0;
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      bytesIn += chunk.length;
      yield chunk;
    }
  };
  try {
    for await (const piece of inflate(counted())) {
      bytesOut += piece.length;
      if (bytesOut > limits.maxInflatedBytes)
        throw new UnreadableFileError(
          defect('inflates-too-far', { limit: megabytes(limits.maxInflatedBytes) }),
        );
      if (bytesOut > unsuspiciousBytes && bytesOut > bytesIn * limits.maxInflationRatio)
        throw new UnreadableFileError(defect('inflates-too-far', { limit: `${limits.maxInflationRatio}:1` }));
      yield piece;
    }
  } catch (error) {
    throw error instanceof TypeError || isZlibError(error)
      ? new UnreadableFileError(defect('damaged-archive'))
      : error;
  }
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
