import { setImmediate as nextTurn } from 'node:timers/promises';
import { CompiledQuery, sql, type Kysely, type RawBuilder } from 'kysely';
import type { WriteCount } from '../planning/ports.ts';
import type { SqlValue, Writing } from './database.ts';
import { yearGatherer } from './part-years.ts';
import { columnNames, placed, valuesOf, type RecordTable } from './record-table.ts';
import { snakeCase } from './snake-case.ts';
import type { Tables } from './tables.ts';

/** Rows in one statement: enough to spare statements, few enough for the limit on parameters. */
const chunkRows = 100;

/** Rows after which whatever else waits (the page, an interrupt) has its turn. */
const rowsPerTurn = 10_000;

/** Rows from which a bulk load pays, where the database has one. */
const pourFrom = 500;

/**
 * Writes a hotline's records by their key, inside the caller's transaction: new ones are added, those that differ
 * are replaced, equal ones are left alone. The counts sum to the number of records.
 */
export const upsertRecords = async <Row extends object>(
  writing: Writing,
  hotline: string,
  shape: RecordTable<Row>,
  records: Iterable<Row>,
): Promise<WriteCount> => {
  const { db } = writing;
  const before = await countRows(db, hotline, shape.table);
  const rows = valuesOf(hotline, shape, records);
  const { total, touched } = await (writing.pour === undefined
    ? upsertByStatements(db, shape, rows)
    : upsertOrPour(writing, writing.pour, shape, rows, before === 0));
  const added = (await countRows(db, hotline, shape.table)) - before;
  return { added, changed: touched - added, unchanged: total - touched };
};

interface Upserted {
  readonly total: number;
  readonly touched: number;
}

const upsertByStatements = async <Row extends object>(
  db: Kysely<Tables>,
  shape: RecordTable<Row>,
  rows: Iterable<readonly SqlValue[]>,
): Promise<Upserted> => {
  let total = 0;
  let touched = 0;
  const flush = async (statement: string, parameters: readonly SqlValue[]): Promise<void> => {
    const result = await db.executeQuery(CompiledQuery.raw(statement, parameters as SqlValue[]));
    touched += Number(result.numAffectedRows ?? 0);
  };
  const whole = upsertStatement(db, shape, chunkRows);
  let chunk: SqlValue[] = [];
  for (const row of rows) {
    chunk.push(...row);
    total += 1;
    if (total % chunkRows !== 0) continue;
    await flush(whole, chunk);
    chunk = [];
    if (total % rowsPerTurn === 0) await nextTurn();
  }
  const rest = total % chunkRows;
  if (rest > 0) await flush(upsertStatement(db, shape, rest), chunk);
  return { total, touched };
};

/** Few rows by statements; many through a table of their own, in bulk. */
const upsertOrPour = async <Row extends object>(
  writing: Writing,
  pour: NonNullable<Writing['pour']>,
  shape: RecordTable<Row>,
  rows: Iterator<readonly SqlValue[]>,
  allNew: boolean,
): Promise<Upserted> => {
  const first: (readonly SqlValue[])[] = [];
  const { years, see } = yearGatherer();
  const partedAt = shape.partedBy === undefined ? -1 : 1 + shape.key.indexOf(shape.partedBy);
  const next = (): readonly SqlValue[] | undefined => {
    const { done, value } = rows.next();
    if (done === true) return undefined;
    if (partedAt > 0) see(Number(value[partedAt]));
    return value;
  };
  for (let row = next(); row !== undefined; row = first.length < pourFrom ? next() : undefined)
    first.push(row);
  const addParts = async (): Promise<void> => {
    if (years.size > 0) await writing.partYears?.(years);
  };
  if (first.length < pourFrom) {
    await addParts();
    const { touched } = await upsertByStatements(writing.db, shape, lastOfEachKey(shape, first));
    return { total: first.length, touched };
  }
  let total = 0;
  const numbered = async function* (): AsyncGenerator<readonly SqlValue[]> {
    for (const row of first) yield [...row, (total += 1)];
    for (let row = next(); row !== undefined; row = next()) {
      yield [...row, (total += 1)];
      if (total % rowsPerTurn === 0) await nextTurn();
    }
  };
  const touched = await pourRecords(writing.db, pour, shape, numbered(), addParts, allNew);
  return { total, touched };
};

/** A statement may not touch a row twice on PostgreSQL; the last one written stands, as elsewhere. */
const lastOfEachKey = <Row extends object>(
  shape: RecordTable<Row>,
  rows: readonly (readonly SqlValue[])[],
): Iterable<readonly SqlValue[]> =>
  new Map(rows.map((row) => [JSON.stringify(row.slice(0, 1 + shape.key.length)), row])).values();

/** Pours the rows into a passing table, then merges that; how many rows of the target it touched. */
const pourRecords = async <Row extends object>(
  db: Kysely<Tables>,
  pour: NonNullable<Writing['pour']>,
  shape: RecordTable<Row>,
  rows: AsyncIterable<readonly SqlValue[]>,
  beforeMerging: () => Promise<void>,
  /** Nothing of the hotline is there, nor can come while it is held: no row can be in the way. */
  allNew: boolean,
): Promise<number> => {
  const { table, columns, key } = placed(shape);
  const incoming = sql.table(`incoming_${shape.table}`);
  await sql`create temp table ${incoming} on commit drop as
    select ${columns}, 0::bigint as incoming_order from ${table} where hotline_key is null`.execute(db);
  const names = [...columnNames(shape), 'incoming_order'].map(snakeCase);
  await pour(`incoming_${snakeCase(shape.table)}`, names, rows);
  await beforeMerging();
  await sql`set local work_mem = '128MB'`.execute(db);
  const { numAffectedRows } = await sql`insert into ${table} (${columns})
    select distinct on (${key}) ${columns} from ${incoming} order by ${key}, incoming_order desc
    ${allNew ? sql`` : whereConflicting(shape)}`.execute(db);
  await sql`drop table ${incoming}`.execute(db);
  return Number(numAffectedRows ?? 0);
};

const countRows = async (db: Kysely<Tables>, hotline: string, table: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)} where hotline_key = ${hotline}`.execute(db);
  return rows[0]?.n ?? 0;
};

/** What to do with a row that is there already: replace it where it differs. */
const whereConflicting = <Row extends object>(shape: RecordTable<Row>): RawBuilder<unknown> => {
  const values = shape.values.map((c) => ({
    own: sql.ref(`${shape.table}.${c}`),
    given: sql.ref(`excluded.${c}`),
    name: sql.ref(c),
  }));
  return sql`on conflict (${placed(shape).key}) do update set
    ${sql.join(values.map((v) => sql`${v.name} = ${v.given}`))}
    where ${sql.join(
      values.map((v) => sql`${v.own} is distinct from ${v.given}`),
      sql` or `,
    )}`;
};

const upsertStatement = <Row extends object>(
  db: Kysely<Tables>,
  shape: RecordTable<Row>,
  rows: number,
): string => {
  const { table, columns } = placed(shape);
  const oneRow = sql`(${sql.join(columnNames(shape).map(() => sql.val(0)))})`;
  return sql`insert into ${table} (${columns})
    values ${sql.join(Array.from({ length: rows }, () => oneRow))} ${whereConflicting(shape)}`.compile(db)
    .sql;
};
