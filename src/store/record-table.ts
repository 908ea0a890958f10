import { setImmediate as nextTurn } from 'node:timers/promises';
import { CompiledQuery, sql, type Kysely } from 'kysely';
import type { WriteCount } from '../planning/ports.ts';
import type { Tables } from './tables.ts';

/** How one kind of record lies in a table: its columns bear the record's field names. */
export interface RecordTable<Row extends object> {
  readonly table: string;
  /** Fields that tell records apart. An optional one is kept as '' where absent. */
  readonly key: readonly (keyof Row & string)[];
  /** The other fields; an absent one is kept as null. */
  readonly values: readonly (keyof Row & string)[];
  /** Fields kept as JSON text, and as 0 or 1. */
  readonly json?: readonly (keyof Row & string)[];
  readonly booleans?: readonly (keyof Row & string)[];
}

type SqlValue = string | number | null;

/** Rows in one statement: enough to spare statements, few enough for the limit on parameters. */
const chunkRows = 100;

/** Rows after which whatever else waits (the page, an interrupt) has its turn. */
const rowsPerTurn = 10_000;

/**
 * Writes records by their key, inside the caller's transaction: new ones are added, those that differ are
 * replaced, equal ones are left alone. The counts sum to the number of records.
 */
export const upsertRecords = async <Row extends object>(
  db: Kysely<Tables>,
  shape: RecordTable<Row>,
  records: Iterable<Row>,
): Promise<WriteCount> => {
  const toValues = rowMaker(shape);
  const before = await countRows(db, shape.table);
  let total = 0;
  let touched = 0;
  const flush = async (statement: string, parameters: readonly SqlValue[]): Promise<void> => {
    const result = await db.executeQuery(CompiledQuery.raw(statement, [...parameters]));
    touched += Number(result.numAffectedRows ?? 0);
  };
  const whole = upsertStatement(db, shape, chunkRows);
  let chunk: SqlValue[] = [];
  for (const record of records) {
    toValues(record, chunk);
    total += 1;
    if (total % chunkRows !== 0) continue;
    await flush(whole, chunk);
    chunk = [];
    if (total % rowsPerTurn === 0) await nextTurn();
  }
  const rest = total % chunkRows;
  if (rest > 0) await flush(upsertStatement(db, shape, rest), chunk);
  const added = (await countRows(db, shape.table)) - before;
  return { added, changed: touched - added, unchanged: total - touched };
};

/** Reads records in the order of their key, those that `where` keeps. */
export const readRecords = async <Row extends object>(
  db: Kysely<Tables>,
  shape: RecordTable<Row>,
  where = sql<boolean>`true`,
): Promise<Row[]> => {
  const columns = [...shape.key, ...shape.values];
  const { rows } = await sql<Record<string, SqlValue>>`
    select ${sql.join(columns.map((c) => sql.ref(c)))} from ${sql.table(shape.table)}
    where ${where} order by ${sql.join(shape.key.map((c) => sql.ref(c)))}`.execute(db);
  return rows.map((row) => toRecord(shape, row));
};

const countRows = async (db: Kysely<Tables>, table: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db);
  return rows[0]?.n ?? 0;
};

const upsertStatement = <Row extends object>(
  db: Kysely<Tables>,
  shape: RecordTable<Row>,
  rows: number,
): string => {
  const columns = [...shape.key, ...shape.values];
  const oneRow = sql`(${sql.join(columns.map(() => sql.val(0)))})`;
  const values = shape.values.map((c) => ({
    own: sql.ref(`${shape.table}.${c}`),
    given: sql.ref(`excluded.${c}`),
    name: sql.ref(c),
  }));
  return sql`insert into ${sql.table(shape.table)} (${sql.join(columns.map((c) => sql.ref(c)))})
    values ${sql.join(Array.from({ length: rows }, () => oneRow))}
    on conflict (${sql.join(shape.key.map((c) => sql.ref(c)))}) do update set
    ${sql.join(values.map((v) => sql`${v.name} = ${v.given}`))}
    where ${sql.join(
      values.map((v) => sql`${v.own} is distinct from ${v.given}`),
      sql` or `,
    )}`.compile(db).sql;
};

/** Appends a record's values, in column order, to a statement's parameters. */
const rowMaker = <Row extends object>(shape: RecordTable<Row>): ((record: Row, into: SqlValue[]) => void) => {
  const kinds = [...shape.key, ...shape.values].map((field) => ({
    field,
    kind: (shape.json ?? []).includes(field) ? 'json' : 'plain',
    absent: shape.key.includes(field) ? '' : null,
  }));
  return (record, into) => {
    for (const { field, kind, absent } of kinds) {
      const value: unknown = record[field];
      if (value === undefined) into.push(absent);
      else if (kind === 'json') into.push(canonicalJson(value));
      else if (typeof value === 'boolean') into.push(value ? 1 : 0);
      else into.push(value as SqlValue);
    }
  };
};

/** Keys sorted, so that the same content is the same text. */
const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );

const toRecord = <Row extends object>(shape: RecordTable<Row>, row: Record<string, SqlValue>): Row => {
  const record: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(row)) {
    const name = field as keyof Row & string;
    if (value === null || (value === '' && shape.key.includes(name))) continue;
    if (shape.json?.includes(name) === true) record[field] = JSON.parse(String(value));
    else if (shape.booleans?.includes(name) === true) record[field] = value === 1;
    else record[field] = value;
  }
  return record as Row;
};
