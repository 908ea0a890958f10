import type { OtherFile } from '../findings/ingest-problems.ts';
import { defect, type Defect } from '../findings/problem-ledger.ts';
import type { IngestLimits } from '../ingest-limits.ts';

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
type Inflate = (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

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

/** What a file is by its first bytes; 'markup' is a table in HTML or XML, which many systems hand out as .xls. */
type FileNature =
  | { readonly kind: 'text' }
  | { readonly kind: 'gzip' }
  | { readonly kind: 'spreadsheet' }
  | { readonly kind: 'markup' }
  | { readonly kind: 'other'; readonly what: OtherFile };

const signatures: readonly (readonly [string, OtherFile])[] = [
  ['%PDF', 'pdf'],
  ['\x89PNG', 'png'],
  ['\xff\xd8\xff', 'jpeg'],
  ['GIF8', 'gif'],
  ['BZh', 'bzip2'],
  ['\xfd7zXZ', 'xz'],
  ['\x28\xb5\x2f\xfd', 'zstd'],
  ['7z\xbc\xaf', '7z'],
  ['Rar!', 'rar'],
  ['PAR1', 'parquet'],
  ['SQLite format 3', 'sqlite'],
  ['\x7fELF', 'program'],
  ['MZ', 'program'],
  ['RIFF', 'media'],
  ['ID3', 'audio'],
  ['OggS', 'audio'],
];

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 64));

/** Tells tables from other files; anything without a known signature is text until proved otherwise. */
export const natureOf = (head: Uint8Array): FileNature => {
  const start = latin(head);
  if (head[0] === 0x1f && head[1] === 0x8b) return { kind: 'gzip' };
  if (start.startsWith('PK\x03\x04')) return { kind: 'spreadsheet' };
  if (start.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return { kind: 'spreadsheet' };
  const known = signatures.find(([mark]) => start.startsWith(mark) && (mark !== 'MZ' || head.includes(0)));
  if (known !== undefined) return { kind: 'other', what: known[1] };
  const beginning = start.replace(/^ï»¿/, '').trimStart().toLowerCase();
  if (/^<(!doctype|html|head|body|\?xml|svg|meta|style|table|workbook)/.test(beginning))
    return hasTable(head) ? { kind: 'markup' } : { kind: 'other', what: 'web-page' };
  if (/^(\{\s*("|\}|$)|\[\s*[[{])/.test(beginning)) return { kind: 'other', what: 'json' };
  return { kind: 'text' };
};

/** Whether markup holds a table of HTML or of an XML workbook, as far as its beginning shows. */
const hasTable = (head: Uint8Array): boolean =>
  /<table[\s>]|<(ss:)?workbook[\s>]/i.test(new TextDecoder('latin1').decode(head));

/** What of a workbook, or of what reading it takes, is more than may be, and how much may be: in MB, seconds, or as many. */
interface WorkbookExcess {
  readonly what: 'cells' | 'text' | 'memory' | 'time';
  readonly most: number;
}

export const workbookTooLarge = ({ what, most }: WorkbookExcess): Defect =>
  defect(`workbook-exceeds-${what}`, { most });
