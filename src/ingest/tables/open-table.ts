import { defect, type Defect } from '../findings/problem-ledger.ts';
import { defaultLimits, type IngestLimits } from '../ingest-limits.ts';
import { type ByteSource, inLargePieces, peekBytes, joinBytes } from './byte-source.ts';
import { CsvParser, maxCells, type RawRow } from './csv-parser.ts';
import type { FileUnpacker, PackedSheet } from './file-unpacker.ts';
import { inflated, natureOf, UnreadableFileError } from './inflate.ts';
import {
  clippedRow,
  headRows,
  passRows,
  type RowSink,
  type SheetRow,
  type OpenTable,
  type OpenTables,
} from './sheet-row.ts';
import {
  CellDecoder,
  cellText,
  encodingNamed,
  type GuessedEncoding,
  guessEncoding,
  looksWestern,
} from './text-encoding.ts';

/** How a table is to be read, as far as the caller knows. */
export interface TableOptions {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly sheet?: string | undefined;
  readonly limits: IngestLimits;
  readonly unpacker: FileUnpacker;
}

const headBytes = 262_144;
export const delimiters = [',', ';', '\t', '|'] as const;

/**
 * Opens a source as its tables: one, or the visible sheets of a workbook that hold anything (all where none is
 * visible; the one that is named). Throws UnreadableFileError when there is none.
 */
export const openTables = async (source: ByteSource, asked: TableOptions): Promise<OpenTables> => {
  const time = new ReadingTime(asked.limits, asked.unpacker.processorSeconds);
  const options: TimedOptions = { ...asked, time };
  const peeked = await peekBytes(time.counting(source.chunks), headBytes);
  if (peeked.head.length === 0) throw new UnreadableFileError(defect('empty-file'));
  const nature = natureOf(peeked.head);
  if (nature.kind !== 'gzip') return openPlain(peeked.chunks, options);
  time.packed = true;
  const [first, ...further] = await openPlain(
    inflated(peeked.chunks, options.unpacker.gunzip, options.limits),
    options,
  );
  const zipped = (table: OpenTable): OpenTable => ({ ...table, gzip: true });
  return [zipped(first), ...further.map(zipped)];
};

interface TimedOptions extends TableOptions {
  readonly time: ReadingTime;
}

/** Counts the processor time that reading one file takes, against what it may for the bytes that have come of it. */
class ReadingTime {
  private readonly limits: IngestLimits;
  private readonly processorSeconds: () => number;
  /** Whether the bytes are packed ones. */
  packed = false;
  private bytes = 0;
  private spent = 0;
  private begun = 0;

  constructor(limits: IngestLimits, processorSeconds: () => number) {
    this.limits = limits;
    this.processorSeconds = processorSeconds;
  }

  async *counting(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.bytes += chunk.length;
      yield chunk;
    }
  }

  /** Does a piece of the reading that lets no other work of this thread in between. */
  spend<Answer>(work: () => Answer): Answer {
    this.begun = this.processorSeconds();
    const answer = work();
    this.check();
    this.spent += this.processorSeconds() - this.begun;
    return answer;
  }

  /** Throws UnreadableFileError once it was too much; for the midst of a piece that may take long. */
  check(line?: number): void {
    const { maxFileSeconds, maxFileSecondsPerMegabyte, maxFileSecondsPerPackedMegabyte } = this.limits;
    const perMegabyte = this.packed ? maxFileSecondsPerPackedMegabyte : maxFileSecondsPerMegabyte;
    const most = maxFileSeconds + perMegabyte * Math.ceil(this.bytes / 2 ** 20);
    if (this.spent + this.processorSeconds() - this.begun > most)
      throw new UnreadableFileError(defect('file-exceeds-time', { most }), line);
  }
}

/** The first table of a source. */
export const openTable = async (source: ByteSource, options: TableOptions): Promise<OpenTable> =>
  (await openTables(source, options))[0];

/** UTF-16 bytes as UTF-8 bytes, piece by piece. */
async function* utf16AsUtf8(chunks: AsyncIterable<Uint8Array>, encoding: string): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  for await (const chunk of chunks) yield encoder.encode(decoder.decode(chunk, { stream: true }));
  yield encoder.encode(decoder.decode());
}

const openPlain = async (chunks: AsyncIterable<Uint8Array>, options: TimedOptions): Promise<OpenTables> => {
  const peeked = await peekBytes(chunks, headBytes);
  if (peeked.head.length === 0) throw new UnreadableFileError(defect('empty-file'));
  const nature = natureOf(peeked.head);
  if (nature.kind === 'gzip') throw new UnreadableFileError(defect('not-a-table', { what: 'gzip-in-gzip' }));
  if (nature.kind === 'other') throw new UnreadableFileError(defect('not-a-table', { what: nature.what }));
  if (nature.kind === 'spreadsheet' || nature.kind === 'markup')
    return openWorkbook(peeked.chunks, nature.kind === 'markup', options);
  const guessed = encodingOf(peeked.head, options.encoding);
  if (!guessed.encoding.startsWith('utf-16'))
    return [openCsv(peeked.chunks, peeked.head, peeked.whole, guessed, guessed.encoding, options)];
  const transcoded = await peekBytes(
    utf16AsUtf8(withoutMark(peeked.chunks, guessed.markBytes), guessed.encoding),
    headBytes,
  );
  const plain = { encoding: 'utf-8', markBytes: 0 };
  return [openCsv(transcoded.chunks, transcoded.head, transcoded.whole, plain, guessed.encoding, options)];
};

/** The marks of UTF-32, the first of which begins like that of UTF-16. */
const wideMarks = ['255,254,0,0', '0,0,254,255'];

const encodingOf = (head: Uint8Array, wanted: string | undefined): GuessedEncoding => {
  if (wideMarks.includes(head.subarray(0, 4).join(',')))
    throw new UnreadableFileError(defect('unknown-encoding', { label: 'utf-32' }));
  const guessed = guessEncoding(head);
  if (wanted === undefined || wanted === 'auto') {
    if (guessed === undefined) throw new UnreadableFileError(notText(head));
    return guessed;
  }
  const encoding = encodingNamed(wanted);
  if (encoding === undefined) throw new UnreadableFileError(defect('unknown-encoding', { label: wanted }));
  const wide = guessed?.encoding.startsWith('utf-16') === true;
  if (wide && !encoding.startsWith('utf-16'))
    throw new UnreadableFileError(defect('wrong-encoding', { encoding }));
  return { encoding, markBytes: guessed?.markBytes ?? 0 };
};

/** Why bytes are not text: bytes that no text holds, zero bytes among text, or an encoding that is not told. */
const notText = (head: Uint8Array): Defect => {
  const zeros = head.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  const odd = head.reduce((sum, byte) => sum + (byte < 9 || (byte > 13 && byte < 32) ? 1 : 0), 0) - zeros;
  if (odd > head.length / 100) return defect('not-a-table', { what: 'binary' });
  if (zeros > 0) return defect('zero-bytes');
  return defect('encoding-not-told', { likely: looksWestern(head) ? 'windows-1252' : null });
};

async function* withoutMark(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    const cut = Math.min(left, chunk.length);
    left -= cut;
    if (cut < chunk.length) yield cut === 0 ? chunk : chunk.subarray(cut);
  }
}

const headOf = (
  bytes: Uint8Array,
  whole: boolean,
  delimiter: string,
  decoder: CellDecoder,
  rows: number,
  { limits: { maxRecordBytes }, time }: TimedOptions,
): SheetRow[] => {
  const found: SheetRow[] = [];
  const parser = new CsvParser({
    delimiter,
    maxRecordBytes,
    onRow: (row) => {
      const cells = Array.from({ length: row.count }, (_, i) => cellText(row, i, decoder) ?? '\ufffd');
      if (cells.some((cell) => cell.trim() !== '')) found.push(clippedRow({ line: row.line, cells }));
      return found.length < rows;
    },
    onBrokenQuote: (row) => time.check(row.line),
    onTooLong: (line) => {
      throw new UnreadableFileError(defect('line-too-long', { bytes: maxRecordBytes }), line);
    },
    onTooWide: (line) => {
      throw new UnreadableFileError(defect('too-many-columns', { most: maxCells }), line);
    },
  });
  time.spend(() => {
    parser.push(bytes);
    if (whole) parser.finish();
  });
  return found;
};

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

const openCsv = (
  chunks: AsyncIterable<Uint8Array>,
  markedHead: Uint8Array,
  whole: boolean,
  guessed: GuessedEncoding,
  name: string,
  options: TimedOptions,
): OpenTable => {
  const head = markedHead.subarray(guessed.markBytes);
  const decoder = new CellDecoder(guessed.encoding);
  const rowsBy = (delimiter: string, rows: number): SheetRow[] =>
    headOf(head, whole, delimiter, decoder, rows, options);
  const widths = delimiters.map((delimiter) => median(rowsBy(delimiter, 20).map((row) => row.cells.length)));
  const delimiter = options.delimiter ?? delimiters[widths.indexOf(Math.max(...widths))] ?? ',';
  const firstRows = rowsBy(delimiter, headRows);
  if (firstRows.length === 0 && head.every((byte) => byte <= 32))
    throw new UnreadableFileError(defect('empty-file'));
  if (firstRows.length === 0 && !whole)
    throw new UnreadableFileError(
      head.includes(10) ? defect('unterminated-quote') : defect('line-too-long', { bytes: headBytes }),
      1,
    );
  return {
    format: 'csv',
    gzip: false,
    delimiter,
    encodingName: () => (name === 'ascii' ? decoder.encoding : name),
    decoder,
    head: firstRows,
    read: (sink) => readCsv(withoutMark(chunks, guessed.markBytes), delimiter, options, sink),
  };
};

const readCsv = async (
  chunks: AsyncIterable<Uint8Array>,
  delimiter: string,
  { limits: { maxRecordBytes }, time }: TimedOptions,
  sink: RowSink,
): Promise<void> => {
  const parser = new CsvParser({
    delimiter,
    maxRecordBytes,
    onRow: sink.row,
    plain: sink.plain,
    onBrokenQuote: (row) => {
      time.check(row.line);
      sink.brokenRow(row);
    },
    onTooLong: (line) => {
      throw new UnreadableFileError(defect('line-too-long', { bytes: maxRecordBytes }), line);
    },
    onTooWide: (line) => {
      throw new UnreadableFileError(defect('too-many-columns', { most: maxCells }), line);
    },
  });
  for await (const piece of inLargePieces(chunks)) if (!time.spend(() => parser.push(piece))) break;
  time.spend(() => parser.finish());
};

const openWorkbook = async (
  chunks: AsyncIterable<Uint8Array>,
  markup: boolean,
  options: TimedOptions,
): Promise<OpenTables> => {
  const { time } = options;
  time.packed = true;
  const bytes = await wholeFile(chunks, options.limits.maxSpreadsheetBytes);
  const all = await options.unpacker.sheets(bytes, markup, options.limits);
  const names = all.map((sheet) => sheet.name);
  const { sheet: wanted } = options;
  const visible = all.filter((sheet) => !sheet.hidden);
  const chosen = wanted === undefined ? visible : all.filter((sheet) => sheet.name === wanted);
  if (wanted !== undefined && chosen.length === 0)
    throw new UnreadableFileError(defect('no-such-sheet', { sheet: wanted, sheets: names }));
  const [first, ...further] = chosen.length === 0 ? all : chosen;
  if (first === undefined) throw new UnreadableFileError(defect('empty-file'));
  const tableOf = (sheet: PackedSheet): OpenTable => ({
    format: 'xlsx',
    gzip: false,
    delimiter: null,
    ...(all.length > 1 ? { sheet: sheet.name, sheets: names } : {}),
    hiddenRows: sheet.hiddenRows,
    encodingName: () => 'xlsx',
    decoder: new CellDecoder('utf-8'),
    head: sheet.head,
    read: (sink) => passRows(sheet.pieces, sheet.width, sink, (pass) => time.spend(pass)),
  });
  return [tableOf(first), ...further.map(tableOf)];
};

/** Rows of a comma CSV that is at hand as text, and what cannot be read of it. */
interface RowsOfText {
  /** Rows with their lines from 1; empty lines are none. */
  readonly rows: readonly SheetRow[];
  readonly broken: readonly { readonly line: number; readonly wrong: Defect }[];
}

/** Reads text by the parser that reads files: quotes, and line ends within them, mean the same everywhere. */
export const rowsOfText = (text: string): RowsOfText => {
  const whole = `${text.replace(/^\uFEFF/, '')}\n`;
  const bytes = new TextEncoder().encode(whole);
  const cellOf = cellReader(whole, bytes);
  const rows: SheetRow[] = [];
  const broken: { line: number; wrong: Defect }[] = [];
  const parser = new CsvParser({
    delimiter: ',',
    maxRecordBytes: defaultLimits.maxRecordBytes,
    onRow: (row) => {
      const cells: string[] = [];
      for (let i = 0; i < row.count; i += 1) cells.push(cellOf(row, i));
      rows.push({ line: row.line, cells });
      return true;
    },
    onBrokenQuote: ({ line }) => void broken.push({ line, wrong: defect('unterminated-quote') }),
    onTooLong: (line) =>
      void broken.push({ line, wrong: defect('line-too-long', { bytes: defaultLimits.maxRecordBytes }) }),
    onTooWide: (line) => void broken.push({ line, wrong: defect('too-many-columns', { most: maxCells }) }),
  });
  parser.push(bytes);
  parser.finish();
  return { rows, broken };
};

/** Text of a cell. Where every character is one byte, bounds in the bytes are bounds in the text: nothing is decoded. */
const cellReader = (text: string, bytes: Uint8Array): ((row: RawRow, cell: number) => string) => {
  const decoder = new CellDecoder('utf-8');
  const isPlain = bytes.length === text.length;
  return (row, cell) => {
    if (!isPlain || row.bytes !== bytes || row.escaped[cell] === 1) return cellText(row, cell, decoder) ?? '';
    return text.slice(row.starts[cell], row.ends[cell]);
  };
};

/** Reads all bytes of a stream, refusing more than `limit`. */
const wholeFile = async (chunks: AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limit)
      throw new UnreadableFileError(
        defect('spreadsheet-too-large', { megabytes: Math.round(limit / 2 ** 20) }),
      );
    pieces.push(chunk);
  }
  return joinBytes(pieces);
};
