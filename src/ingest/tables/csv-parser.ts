/**
 * A streaming CSV parser on bytes (RFC 4180, with ; and tab, LF, CRLF and CR). It splits records without
 * decoding text, which is safe for UTF-8, GB18030 and every other encoding whose multi-byte sequences hold no
 * comma, semicolon, tab, quote or line end. Cells are bounds in the buffer: nothing is copied per row.
 */

/** One record, valid only until the callback that got it returns. */
export interface RawRow {
  bytes: Uint8Array;
  /** Bounds of each cell, its quotes left off. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 where a cell holds doubled quotes. */
  readonly escaped: Uint8Array;
  count: number;
  /** Line on which the record begins, from 1. */
  line: number;
  recordStart: number;
  recordEnd: number;
  /** In a row that was made of one cell of a wide table: the heading of that cell. */
  madeOf?: string;
}

/**
 * Scans the record that begins at `from`, into the bounds of `row`; answers where the next begins, or `from` where the
 * record has to be read with care. A line feed follows in the bytes.
 */
export type PlainScan = (bytes: Uint8Array, from: number, row: RawRow) => number;

export interface PlainSink {
  readonly scan: PlainScan;
  /** Takes the row that was scanned last; returns false to stop reading. */
  readonly row: (row: RawRow) => boolean;
}

interface CsvParserOptions {
  readonly delimiter: string;
  readonly maxRecordBytes: number;
  /** Returns false to stop reading. */
  readonly onRow: (row: RawRow) => boolean;
  /** Tried on every record first. */
  readonly plain?: PlainSink | undefined;
  /** A quote opens on this line and never closes, or text follows a closing quote; parsing goes on with the next line. */
  readonly onBrokenQuote: (row: RawRow) => void;
  /** No line end within the limit: nothing more can be read. */
  readonly onTooLong: (line: number) => void;
  /** More cells than a table may have: nothing more can be read. */
  readonly onTooWide: (line: number) => void;
}

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;
/** Records that may need care before looking at each twice is given up, beside half of all. */
const mostOdd = 1000;
/** Most columns of a table. */
export const maxCells = 4096;

export const emptyRow = (cells = maxCells): RawRow => ({
  bytes: new Uint8Array(0),
  starts: new Int32Array(cells),
  ends: new Int32Array(cells),
  escaped: new Uint8Array(cells),
  count: 0,
  line: 0,
  recordStart: 0,
  recordEnd: 0,
});

export class CsvParser {
  private readonly options: CsvParserOptions;
  private readonly delimiter: number;
  /** 1 for each byte that ends a cell without quotes. */
  private readonly stops = new Uint8Array(256);
  /** The highest of them: most bytes of text are above it, which is told without a look into the table. */
  private readonly highestStop: number;
  private readonly row = emptyRow();
  private carry: Uint8Array = new Uint8Array(0);
  /** Room in which a record that was cut by the end of a piece meets the next piece; used again and again. */
  private joined = new Uint8Array(0);
  private line = 1;
  /** Records that were not plain. */
  private odd = 0;
  private stopped = false;

  constructor(options: CsvParserOptions) {
    this.options = options;
    this.delimiter = options.delimiter.charCodeAt(0);
    for (const byte of [this.delimiter, lineFeed, carriageReturn]) this.stops[byte] = 1;
    this.highestStop = Math.max(this.delimiter, carriageReturn);
  }

  /** Takes the next bytes; false once reading has stopped. */
  push(chunk: Uint8Array): boolean {
    if (this.stopped) return false;
    this.consume(this.carry.length > 0 ? this.joinedTo(chunk) : plainBytes(chunk), false);
    return !this.stopped;
  }

  private joinedTo(chunk: Uint8Array): Uint8Array {
    const { carry } = this;
    const length = carry.length + chunk.length;
    if (this.joined.length < length) this.joined = new Uint8Array(length + (length >> 3));
    this.joined.set(carry);
    this.joined.set(chunk, carry.length);
    return this.joined.subarray(0, length);
  }

  /** Takes what is left when the file does not end with a line end. */
  finish(): void {
    if (!this.stopped && this.carry.length > 0) this.consume(this.carry, true);
  }

  private consume(bytes: Uint8Array, final: boolean): void {
    const lastLine = this.options.plain === undefined ? -1 : bytes.lastIndexOf(lineFeed);
    let at = 0;
    while (at < bytes.length && !this.stopped) {
      if (at < lastLine && this.odd < mostOdd + this.line / 2) {
        at = this.plainRecords(bytes, at, lastLine);
        if (this.stopped || at >= bytes.length) break;
        this.odd += 1;
      }
      const next = this.record(bytes, at, final);
      if (next > at) {
        at = next;
        continue;
      }
      if (!final && bytes.length - at <= this.options.maxRecordBytes) break;
      at = this.skipBroken(bytes, at);
    }
    this.carry = this.stopped || at >= bytes.length ? new Uint8Array(0) : bytes.slice(at);
  }

  /** Takes plain records up to one that is not, or to the last line feed; returns where that is. */
  private plainRecords(bytes: Uint8Array, from: number, lastLine: number): number {
    const { row } = this;
    const { plain, maxRecordBytes } = this.options;
    if (plain === undefined) return from;
    row.bytes = bytes;
    let at = from;
    while (at < lastLine && !this.stopped) {
      const next = plain.scan(bytes, at, row);
      if (next === at || next - at > maxRecordBytes) break;
      row.line = this.line;
      row.recordStart = at;
      this.line += 1;
      at = next;
      this.stopped = !plain.row(row);
    }
    return at;
  }

  /** Parses one record from `from`; returns where the next begins, or `from` when its end is not there yet. */
  private record(bytes: Uint8Array, from: number, final: boolean): number {
    const { row, delimiter, stops, highestStop } = this;
    const { starts, ends, escaped } = row;
    const length = bytes.length;
    let cell = 0;
    let lines = 1;
    let junk = false;
    let at = from;
    for (;;) {
      escaped[cell] = 0;
      if (at < length && bytes[at] === quote) {
        starts[cell] = at + 1;
        at += 1;
        for (;;) {
          while (at < length && bytes[at] !== quote) {
            if (bytes[at] === lineFeed) lines += 1;
            at += 1;
          }
          if (at >= length || (at + 1 >= length && !final)) return from;
          if (bytes[at + 1] !== quote) break;
          escaped[cell] = 1;
          at += 2;
        }
        ends[cell] = at;
        at += 1;
        while (at < length) {
          const byte = bytes[at];
          if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break;
          if (byte !== 32) junk = true;
          at += 1;
        }
      } else {
        starts[cell] = at;
        while (at < length) {
          const byte = bytes[at] ?? 0;
          if (byte <= highestStop && stops[byte] === 1) break;
          at += 1;
        }
        ends[cell] = at;
      }
      cell += 1;
      if (at < length && bytes[at] === delimiter && cell < maxCells) {
        at += 1;
        continue;
      }
      break;
    }
    if (at >= length && !final) return from;
    const recordEnd = at;
    if (at < length) {
      if (bytes[at] === delimiter) {
        this.stopped = true;
        this.options.onTooWide(this.line);
        return length;
      }
      if (bytes[at] === carriageReturn) {
        if (at + 1 >= length && !final) return from;
        if (at + 1 < length && bytes[at + 1] === lineFeed) at += 1;
      }
      at += 1;
    }
    if (at - from > this.options.maxRecordBytes) return from;
    row.bytes = bytes;
    row.count = cell;
    row.line = this.line;
    row.recordStart = from;
    row.recordEnd = recordEnd;
    this.line += lines;
    if (junk) this.options.onBrokenQuote(row);
    else if (cell > 1 || ends[0] !== starts[0]) this.stopped = !this.options.onRow(row);
    return at;
  }

  /** A record without an end in reach: its first line is given up, or the file when even that has no end. */
  private skipBroken(bytes: Uint8Array, from: number): number {
    const limit = Math.min(bytes.length, from + this.options.maxRecordBytes);
    let end = from;
    while (end < limit && bytes[end] !== lineFeed) end += 1;
    if (end >= limit && limit < bytes.length) {
      this.stopped = true;
      this.options.onTooLong(this.line);
      return bytes.length;
    }
    const { row } = this;
    row.bytes = bytes;
    row.count = 0;
    row.line = this.line;
    row.recordStart = from;
    row.recordEnd = end;
    this.line += 1;
    this.options.onBrokenQuote(row);
    return Math.min(end + 1, bytes.length);
  }
}

/** The same bytes as no subclass of their array: loops over one kind of array are the fastest, and its slices are copies. */
const plainBytes = (bytes: Uint8Array): Uint8Array =>
  bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
