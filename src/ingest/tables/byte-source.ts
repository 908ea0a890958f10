/** A file as ingest sees it: a name for messages and its bytes, in pieces of any size. Nothing here opens files. */
export interface ByteSource {
  readonly name: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Another as soon as the bytes are; left out: nobody knows. */
  readonly mark?: string;
}

/** Bytes or text that are in memory already (a dropped file, a pasted table) as a source that can be read again. */
export const byteSourceOf = (name: string, content: string | Uint8Array, chunkBytes = 65_536): ByteSource => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    chunks: {
      async *[Symbol.asyncIterator]() {
        for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
      },
    },
  };
};

/** The first bytes of a stream, and the stream again from its beginning. */
interface Peeked {
  readonly head: Uint8Array;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** True when the head is the whole stream. */
  readonly whole: boolean;
}

/**
 * The same bytes in pieces of at least `bytes` (the last apart): a stream that comes in crumbs would be looked at again
 * from the beginning of its record with each.
 */
export async function* inLargePieces(
  chunks: AsyncIterable<Uint8Array>,
  bytes = 16_384,
): AsyncGenerator<Uint8Array> {
  let crumbs: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    crumbs.push(chunk);
    length += chunk.length;
    if (length < bytes) continue;
    yield joinBytes(crumbs);
    crumbs = [];
    length = 0;
  }
  if (length > 0) yield joinBytes(crumbs);
}

/** Joins pieces into one array. */
export const joinBytes = (pieces: readonly Uint8Array[]): Uint8Array => {
  const only = pieces[0];
  if (pieces.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
};

/** Reads at least `bytes` bytes (fewer when the stream is shorter) without losing them. */
export const peekBytes = async (chunks: AsyncIterable<Uint8Array>, bytes: number): Promise<Peeked> => {
  const iterator = chunks[Symbol.asyncIterator]();
  const pieces: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  while (length < bytes) {
    const next = await iterator.next();
    if (next.done === true) {
      whole = true;
      break;
    }
    pieces.push(next.value);
    length += next.value.length;
  }
  const head = joinBytes(pieces);
  return {
    head,
    whole,
    chunks: {
      async *[Symbol.asyncIterator]() {
        try {
          if (head.length > 0) yield head;
          if (whole) return;
          for (;;) {
            const next = await iterator.next();
            if (next.done === true) return;
            yield next.value;
          }
        } finally {
          await iterator.return?.();
        }
      },
    },
  };
};
