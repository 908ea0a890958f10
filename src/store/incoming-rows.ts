import type { SqlValue } from './database.ts';
import { recordAdder, type RecordTable } from './record-table.ts';

/** A hotline's records on their way into a table, row by row, and what is known of those that have passed. */
export class IncomingRows<Row extends object> {
  /** Rows that have passed. */
  total = 0;
  /**
   * False from the first row on that may have the key of one before it. In files as they come it stays true: within
   * a queue, say, each start is later than the last.
   */
  distinct = true;
  readonly #records: Iterator<Row>;
  readonly #ahead: SqlValue[][] = [];
  readonly #hotline: string;
  readonly #addRecord: (record: Row, into: SqlValue[]) => void;
  readonly #keyLength: number;
  readonly #newest = new Map<string, SqlValue>();
  #group: string | undefined;
  #last: SqlValue = null;

  constructor(hotline: string, shape: RecordTable<Row>, records: Iterable<Row>) {
    this.#records = records[Symbol.iterator]();
    this.#hotline = hotline;
    this.#addRecord = recordAdder(shape);
    this.#keyLength = shape.key.length;
  }

  /** True where at least so many rows are still to come. */
  hasMoreThan(rows: number): boolean {
    while (this.#ahead.length <= rows) {
      const row = this.#read();
      if (row === undefined) return false;
      this.#ahead.push(row);
    }
    return true;
  }

  /** The next row: the hotline, the key, the values. */
  next(): SqlValue[] | undefined {
    const row = this.#ahead.shift() ?? this.#read();
    if (row !== undefined) this.#pass(row, 1);
    return row;
  }

  /** Appends key and values of the next row to others; false where there is none. */
  addValues(into: SqlValue[]): boolean {
    const from = into.length;
    const ahead = this.#ahead.shift();
    if (ahead !== undefined) into.push(...ahead.slice(1));
    else if (!this.#add(into)) return false;
    this.#pass(into, from);
    return true;
  }

  #read(): SqlValue[] | undefined {
    const row: SqlValue[] = [this.#hotline];
    return this.#add(row) ? row : undefined;
  }

  #add(into: SqlValue[]): boolean {
    const { done, value } = this.#records.next();
    if (done === true) return false;
    this.#addRecord(value, into);
    return true;
  }

  /** `from`: where its key begins. */
  #pass(values: readonly SqlValue[], from: number): void {
    this.total += 1;
    if (this.distinct) this.distinct = this.#rises(values, from);
  }

  /** Whether the last part of a row's key is beyond that of every row with the same leading parts. */
  #rises(values: readonly SqlValue[], from: number): boolean {
    const last = values[from + this.#keyLength - 1] ?? null;
    const group = this.#groupOf(values, from);
    if (group !== this.#group) {
      if (this.#group !== undefined) this.#newest.set(this.#group, this.#last);
      this.#group = group;
      this.#last = this.#newest.get(group) ?? null;
    }
    const before = this.#last;
    this.#last = last;
    return before === null || (last !== null && last > before);
  }

  #groupOf(values: readonly SqlValue[], from: number): string {
    if (this.#keyLength === 2) return String(values[from]);
    return this.#keyLength < 2 ? '' : JSON.stringify(values.slice(from, from + this.#keyLength - 1));
  }
}
