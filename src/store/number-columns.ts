import type { DatabaseSync } from 'node:sqlite';
import { sql, type RawBuilder } from 'kysely';
import type { StoreKind } from './database.ts';

/**
 * Columns of numbers, gathered inside the database: as rows they cost several times as much to hand over.
 * A null is NaN.
 */
export interface NumberColumns {
  /** What to select for the columns, from rows in their order. */
  readonly select: readonly RawBuilder<Uint8Array | string | null>[];
  /** The columns of the answer, each as long as there were rows. */
  readonly read: (selected: readonly (Uint8Array | string | null)[], rows: number) => Float64Array[];
}

export const numberColumns = (kind: StoreKind, names: readonly string[]): NumberColumns =>
  kind === 'sqlite'
    ? {
        select: [sql`gather_numbers(${sql.join(names.map((name) => sql.ref(name)))})`],
        read: ([bytes], rows) => readGathered(bytes as Uint8Array, names.length, rows),
      }
    : {
        // A column that nothing fills is not sent at all.
        select: names.map(
          (name) =>
            sql`case when count(${sql.ref(name)}) > 0
              then array_to_string(array_agg(${sql.ref(name)}), ',', 'null') end`,
        ),
        read: (selected, rows) => selected.map((list) => readList(list as string | null, rows)),
      };

interface Gathered {
  values: Float64Array;
  used: number;
}

/** Teaches a SQLite connection the aggregate that `numberColumns` selects. */
export const teachGathering = (connection: DatabaseSync): void => {
  connection.aggregate('gather_numbers', {
    varargs: true,
    start: (): never => ({ values: new Float64Array(2 ** 16), used: 0 }) as never,
    step: ((state: Gathered, ...row: readonly (number | null)[]): Gathered => {
      const width = row.length;
      if (state.used + width > state.values.length) state.values = doubled(state.values);
      const { values, used } = state;
      for (let i = 0; i < width; i += 1) values[used + i] = row[i] ?? Number.NaN;
      state.used += width;
      return state;
    }) as never,
    result: ((state: Gathered): Uint8Array =>
      new Uint8Array(state.values.buffer, 0, state.used * 8)) as never,
  });
};

const doubled = (values: Float64Array): Float64Array => {
  const larger = new Float64Array(values.length * 2);
  larger.set(values);
  return larger;
};

/** Row after row, as `gather_numbers` leaves them. */
const readGathered = (bytes: Uint8Array, width: number, rows: number): Float64Array[] => {
  const aligned = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const values = new Float64Array(aligned.buffer, aligned.byteOffset, width * rows);
  return Array.from({ length: width }, (_, i) => {
    const column = new Float64Array(rows);
    for (let row = 0, at = i; row < rows; row += 1, at += width) column[row] = values[at] ?? Number.NaN;
    return column;
  });
};

/** A list of numbers as text, shorter than its bytes where they are whole; PostgreSQL writes every float8 exactly. */
const readList = (list: string | null, rows: number): Float64Array => {
  const column = new Float64Array(rows);
  if (list === null) return column.fill(Number.NaN);
  const values = JSON.parse(`[${list}]`) as readonly (number | null)[];
  for (let row = 0; row < rows; row += 1) column[row] = values[row] ?? Number.NaN;
  return column;
};
