import type { DatabaseSync } from 'node:sqlite';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import type { Queries, SqlValue, StoreKind } from './database.ts';
import { placeProblem } from './store-problems.ts';
import type { Column, TableLayout } from './table-notation.ts';

/** The columns of a table that hold numbers with fractions: those that a database lets be infinite or no number. */
const realColumns = ({ key, values }: TableLayout): readonly Column[] =>
  [...key, ...values].filter(({ type }) => type === 'real');

/** Whether a column's value is finite; an absent one is. PostgreSQL holds NaN to be above every number. */
const columnIsFinite = (kind: StoreKind, { name }: Column): RawBuilder<boolean> =>
  kind === 'sqlite'
    ? sql<boolean>`coalesce(abs(${sql.ref(name)}), 0) < 9e999`
    : sql<boolean>`coalesce(abs(${sql.ref(name)}), 0) < 'Infinity'::float8`;

const allFinite = (kind: StoreKind, layout: TableLayout): RawBuilder<boolean> =>
  sql<boolean>`${sql.join(
    realColumns(layout).map((column) => columnIsFinite(kind, column)),
    sql` and `,
  )}`;

const constraintOf = ({ table }: TableLayout): RawBuilder<unknown> => sql.ref(`${table}_finite`);

/**
 * Makes a table refuse numbers that are not finite. One that holds some already keeps them: on PostgreSQL it refuses
 * further ones, in a file it stays as it is until it has been corrected.
 */
export const refuseNonFinite = async (
  db: Kysely<unknown>,
  kind: StoreKind,
  layout: TableLayout,
): Promise<void> => {
  const adding = sql`alter table ${sql.table(layout.table)} add constraint ${constraintOf(layout)}
    check (${allFinite(kind, layout)})`;
  if (kind === 'postgres') {
    await sql`${adding} not valid`.execute(db);
    await enforceFinite(db, kind, layout);
  } else await adding.execute(db).catch(passViolation);
};

/** The same for a table that has come by further columns. */
export const renewNonFinite = async (
  db: Kysely<unknown>,
  kind: StoreKind,
  layout: TableLayout,
): Promise<void> => {
  const dropping = sql`alter table ${sql.table(layout.table)} drop constraint`;
  if (kind === 'postgres') await sql`${dropping} if exists ${constraintOf(layout)}`.execute(db);
  else if (await isConstrained(db, layout)) await sql`${dropping} ${constraintOf(layout)}`.execute(db);
  await refuseNonFinite(db, kind, layout);
};

/** Makes the refusal hold for all rows of a table once none is left that breaks it; nothing where one is. */
export const enforceFinite = async (
  db: Kysely<unknown>,
  kind: StoreKind,
  layout: TableLayout,
): Promise<void> => {
  if (kind === 'postgres')
    await sql`do $$ begin alter table ${sql.table(layout.table)} validate constraint ${constraintOf(layout)};
      exception when check_violation then null; end $$`.execute(db);
  else if (!(await isConstrained(db, layout))) await refuseNonFinite(db, kind, layout);
};

/** SQLite's code of a broken constraint: rows that are there already break the new one, which is then not made. */
const passViolation = (error: unknown): void => {
  if (error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 19) return;
  throw error;
};

const isConstrained = async (db: Kysely<unknown>, { table }: TableLayout): Promise<boolean> => {
  const { rows } = await sql<{ sql: string }>`
    select sql from sqlite_master where type = 'table' and name = ${table}`.execute(db);
  return rows[0]?.sql.includes(`${table}_finite`) === true;
};

/** A row of a hotline in which a number is not finite. */
export interface NonFiniteRow {
  readonly table: string;
  /** The row's key as a person reads it. */
  readonly key: string;
  /** The columns concerned. */
  readonly columns: readonly string[];
  /** True where the row is nothing without one of them. */
  readonly lost: boolean;
}

/** Rows of a hotline's table whose numbers are not all finite, in the order of their key. */
export const nonFiniteRows = async (
  { db, kind }: Pick<Queries, 'db' | 'kind'>,
  hotline: string,
  layout: TableLayout,
): Promise<readonly NonFiniteRow[]> => {
  const reals = realColumns(layout);
  const keys = layout.key.map(({ name }) => name);
  const flags = reals.map(
    (column, i) => sql`not (${columnIsFinite(kind, column)}) as ${sql.ref(`bad_${i}`)}`,
  );
  const { rows } = await sql<Record<string, SqlValue | boolean>>`
    select ${sql.join([...keys.map((name) => sql.ref(name)), ...flags])} from ${sql.table(layout.table)}
    where hotline_key = ${hotline} and not (${allFinite(kind, layout)})
    order by ${sql.join(keys.map((name) => sql.ref(name)))}`.execute(db.withoutPlugins());
  return rows.map((row) => {
    const bad = reals.filter((_, i) => Boolean(row[`bad_${i}`]));
    return {
      table: layout.table,
      key: keys.map((name) => keyText(name, row[name])).join(' '),
      columns: bad.map(({ name }) => name),
      lost: bad.some(({ optional }) => !optional),
    };
  });
};

/** A part of a row's key as a person reads it. */
export const keyText = (name: string, value: SqlValue | boolean | undefined): string =>
  name.endsWith('_millis') ? new Date(Number(value)).toISOString() : String(value ?? '');

/** Makes a hotline's table sound: a number that may be absent is, a row that is nothing without it goes. */
export const mendTable = async (
  { db, kind }: Pick<Queries, 'db' | 'kind'>,
  hotline: string,
  layout: TableLayout,
): Promise<void> => {
  const ofHotline = sql`hotline_key = ${hotline}`;
  const plain = db.withoutPlugins();
  for (const column of realColumns(layout)) {
    const bad = sql`${ofHotline} and not (${columnIsFinite(kind, column)})`;
    await (
      column.optional
        ? sql`update ${sql.table(layout.table)} set ${sql.ref(column.name)} = null where ${bad}`
        : sql`delete from ${sql.table(layout.table)} where ${bad}`
    ).execute(plain);
  }
};

/** Refuses a record that holds a number which is none, before it reaches any table. */
export const notFinite = (table: string, column: string, value: number, key: string): BadInputError =>
  new BadInputError([
    placeProblem('number-not-finite', undefined, {
      column,
      value: String(value),
      values: { table, key, column },
    }),
  ]);

/**
 * Columns of numbers, gathered inside the database: as rows they cost several times as much to hand over.
 * A null is NaN.
 */
interface NumberColumns {
  /** What to select for the columns, from rows in their order. */
  readonly select: RawBuilder<unknown>;
  /** The columns, from the bytes that were selected. */
  readonly read: (selected: readonly (Uint8Array | null)[]) => Float64Array[];
}

/** Numbers that PostgreSQL hands over as one value: calling for each by itself would take twice as long. */
const lane = 4;

export const numberColumns = (kind: StoreKind, names: readonly string[]): NumberColumns => {
  const parts = kind === 'sqlite' ? gatheredTogether(names) : chunksOf(names, lane);
  const pack = kind === 'sqlite' ? packGathered : packLane;
  return {
    select: sql.join(parts.map(pack)),
    read: (selected) =>
      parts.flatMap((part, i) => {
        const numbers = numbersOf(selected[i], kind === 'sqlite' ? undefined : 'swap');
        const width = kind === 'sqlite' ? widthFor(part) : lane;
        return part.map((_, at) => strided(numbers, at, width));
      }),
  };
};

const chunksOf = (names: readonly string[], size: number): string[][] =>
  Array.from({ length: Math.ceil(names.length / size) }, (_, i) => names.slice(i * size, (i + 1) * size));

/** A line segment is the widest thing that PostgreSQL makes of numbers and sends as they are: four of eight bytes. */
const packLane = (names: readonly string[]): RawBuilder<unknown> => {
  const [a, b, c, d] = Array.from({ length: lane }, (_, i) => {
    const name = names[i];
    return name === undefined ? sql`0` : sql`coalesce(${sql.ref(name)}::float8, 'NaN')`;
  });
  return sql`string_agg(lseg_send(lseg(point(${a}, ${b}), point(${c}, ${d}))), '')`;
};

/** Numbers that `gather` takes of a row, few or many: with a list of any length it would take half as long again. */
const [fewNumbers, manyNumbers] = [4, 12];

const widthFor = ({ length }: readonly string[]): number => (length > fewNumbers ? manyNumbers : fewNumbers);

/** Names that are gathered at once: many, and a few beyond; those of one width go into one place, so no width twice. */
const gatheredTogether = (names: readonly string[]): string[][] => {
  const parts = chunksOf(names, manyNumbers);
  if (new Set(parts.map(widthFor)).size < parts.length)
    throw new RangeError(`${names.length} columns are more than ${manyNumbers + fewNumbers}`);
  return parts;
};

const packGathered = (names: readonly string[]): RawBuilder<unknown> => {
  const width = widthFor(names);
  const padded = Array.from({ length: width }, (_, i) => names[i]);
  const given = sql.join(padded.map((name) => (name === undefined ? sql`null` : sql.ref(name))));
  return sql`${sql.raw(`gathered${width}`)}(count(${sql.raw(`gather${width}`)}(${given})))`;
};

type Value = number | null;

/**
 * Teaches a SQLite connection what `numberColumns` selects: `gather` puts a row's numbers aside and is never null,
 * `gathered` takes those of the last so many rows. An aggregate of its own would carry its state to and fro with
 * every row. Rows that a query left behind when it broke off are not the last: they are dropped.
 */
export const teachGathering = (connection: DatabaseSync): void => {
  const few = new Gathered(fewNumbers);
  connection.function(`gather${fewNumbers}`, ((a, b, c, d) => {
    few.put(few.room(), a, b, c, d);
    return 1;
  }) satisfies (...row: Value[]) => number as never);
  const many = new Gathered(manyNumbers);
  connection.function(`gather${manyNumbers}`, ((a, b, c, d, e, f, g, h, i, j, k, l) => {
    const at = many.room();
    many.put(at, a, b, c, d);
    many.put(at + 4, e, f, g, h);
    many.put(at + 8, i, j, k, l);
    return 1;
  }) satisfies (...row: Value[]) => number as never);
  for (const gathered of [few, many])
    connection.function(`gathered${gathered.width}`, (rows) => gathered.take(Number(rows)));
};

/** Numbers put aside, row by row. */
class Gathered {
  readonly width: number;
  #values: Float64Array<ArrayBuffer>;
  #used = 0;

  constructor(width: number) {
    this.width = width;
    this.#values = new Float64Array(2 ** 13 * width);
  }

  /** Where the next row goes. */
  room(): number {
    const at = this.#used;
    if (at === this.#values.length) this.#values = doubled(this.#values);
    this.#used += this.width;
    return at;
  }

  put(at: number, a: Value, b: Value, c: Value, d: Value): void {
    const values = this.#values;
    values[at] = a ?? Number.NaN;
    values[at + 1] = b ?? Number.NaN;
    values[at + 2] = c ?? Number.NaN;
    values[at + 3] = d ?? Number.NaN;
  }

  take(rows: number): Uint8Array {
    const taken = rows * this.width;
    const bytes = new Uint8Array(this.#values.buffer, (this.#used - taken) * 8, taken * 8);
    this.#used = 0;
    return bytes;
  }
}

const doubled = (values: Float64Array): Float64Array<ArrayBuffer> => {
  const larger = new Float64Array(values.length * 2);
  larger.set(values);
  return larger;
};

const numbersOf = (bytes: Uint8Array | null | undefined, order?: 'swap'): Float64Array => {
  if (bytes === null || bytes === undefined) return new Float64Array();
  // Numbers of eight bytes want to lie at a multiple of eight, and to be swapped where they are ours.
  const own = order === 'swap' || bytes.byteOffset % 8 !== 0 ? new Uint8Array(bytes) : bytes;
  if (order === 'swap') Buffer.from(own.buffer, own.byteOffset, own.byteLength).swap64();
  return new Float64Array(own.buffer, own.byteOffset, own.byteLength / 8);
};

/** Every so manieth number from the first wanted on. */
const strided = (numbers: Float64Array = new Float64Array(), first: number, step: number): Float64Array => {
  const rows = numbers.length / step;
  const column = new Float64Array(rows);
  for (let row = 0, at = first; row < rows; row += 1, at += step) column[row] = numbers[at] ?? Number.NaN;
  return column;
};
