import type { SqlValue } from './database.ts';
import type { Column } from './table-layout.ts';

/** The binary format of PostgreSQL's COPY (its manual, "COPY", Binary Format): a head, rows of fields, an end. */
const head = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');

/** Bytes gathered before they are handed on. */
const chunkBytes = 256 * 1024;

/** Rows as COPY takes them in, in large pieces. */
export const copyRows = async function* (
  columns: readonly Pick<Column, 'name' | 'type'>[],
  pages: AsyncIterable<readonly (readonly SqlValue[])[]>,
): AsyncGenerator<Buffer> {
  const writer = new RowWriter(columns.map(({ type }) => type));
  yield head;
  for await (const page of pages)
    for (const row of page) {
      writer.write(row);
      if (writer.length >= chunkBytes) yield writer.take();
    }
  yield writer.take();
  yield Buffer.from([0xff, 0xff]);
};

/** The values of the only row that was copied out, as bytes. */
export const copiedRow = (copied: Buffer): (Uint8Array | null)[] => {
  let at = head.length;
  const fields = copied.readInt16BE(at);
  at += 2;
  return Array.from({ length: fields }, () => {
    const length = copied.readInt32BE(at);
    at += 4 + Math.max(0, length);
    return length < 0 ? null : copied.subarray(at - length, at);
  });
};

class RowWriter {
  readonly #types: readonly Column['type'][];
  /** Text of each column as it was last written: most rows name the same hotline and queue as the one before. */
  readonly #texts: { text: string; bytes: Buffer }[];
  #bytes = Buffer.allocUnsafe(2 * chunkBytes);
  length = 0;

  constructor(types: readonly Column['type'][]) {
    this.#types = types;
    this.#texts = types.map(() => ({ text: '', bytes: Buffer.alloc(0) }));
  }

  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.length);
    this.#bytes = Buffer.allocUnsafe(2 * chunkBytes);
    this.length = 0;
    return taken;
  }

  write(row: readonly SqlValue[]): void {
    const types = this.#types;
    this.#reserve(2 + 12 * types.length);
    this.length = this.#bytes.writeInt16BE(types.length, this.length);
    for (let i = 0; i < types.length; i += 1) this.#writeField(i, row[i] ?? null);
  }

  #writeField(column: number, value: SqlValue): void {
    if (value === null) {
      this.length = this.#bytes.writeInt32BE(-1, this.length);
      return;
    }
    switch (this.#types[column]) {
      case 'real':
        this.length = this.#bytes.writeInt32BE(8, this.length);
        this.length = this.#bytes.writeDoubleBE(Number(value), this.length);
        return;
      case 'whole':
        this.#writeWhole(Number(value));
        return;
      case 'flag':
        this.length = this.#bytes.writeInt32BE(2, this.length);
        this.length = this.#bytes.writeInt16BE(Number(value), this.length);
        return;
      case 'bytes':
        this.#writeBytes(value as Uint8Array);
        return;
      default:
        this.#writeBytes(this.#textBytes(column, String(value)));
    }
  }

  #writeWhole(value: number): void {
    if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
    this.length = this.#bytes.writeInt32BE(8, this.length);
    this.length = this.#bytes.writeInt32BE(Math.floor(value / 2 ** 32), this.length);
    this.length = this.#bytes.writeUInt32BE(value - Math.floor(value / 2 ** 32) * 2 ** 32, this.length);
  }

  #writeBytes(bytes: Uint8Array): void {
    // Room for what else the row may hold.
    this.#reserve(4 + bytes.byteLength + 2 + 12 * this.#types.length);
    this.length = this.#bytes.writeInt32BE(bytes.byteLength, this.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.byteLength;
  }

  #textBytes(column: number, text: string): Buffer {
    const last = this.#texts[column];
    if (last !== undefined && last.text === text) return last.bytes;
    const bytes = Buffer.from(text);
    this.#texts[column] = { text, bytes };
    return bytes;
  }

  #reserve(bytes: number): void {
    if (this.length + bytes <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#bytes.length, this.length + bytes));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }
}
