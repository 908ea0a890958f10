import { setImmediate as nextTurn } from 'node:timers/promises';
import { CompiledQuery, sql, type Kysely } from 'kysely';
import type { WriteCount } from '../planning/ports.ts';
import type { SqlValue, Writing } from './database.ts';
import { IncomingRows } from './incoming-rows.ts';
import { pourRecords } from './pour-records.ts';
import { columnNames, placed, whereConflicting, type RecordTable } from './record-table.ts';
import { yearsOf } from './part-years.ts';
import type { Tables } from './tables.ts';

/** Rows in one statement: enough to spare statements, few enough for the limit on parameters. */
const chunkRows = 100;

/** Statements after which whatever else waits (the page, an interrupt) has its turn. */
const chunksPerTurn = 100;

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
  const { db, pour, partYears } = writing;
  const before = await countRows(db, hotline, shape.table);
  const incoming = new IncomingRows(hotline, shape, records);
  const touched =
    pour === undefined
      ? await upsertByStatements(db, hotline, shape, incoming)
      : incoming.hasMoreThan(pourFrom)
        ? await pourRecords({ db, pour, partYears }, shape, incoming, before === 0)
        : await upsertFew(writing, hotline, shape, incoming);
  const { total } = incoming;
  // Counting millions of rows takes a while, and what must come out is known here.
  const allNew = before === 0 && incoming.distinct;
  const added = allNew ? total : (await countRows(db, hotline, shape.table)) - before;
  return { added, changed: touched - added, unchanged: total - touched };
};

/** Answers how many rows of the table it touched. */
const upsertByStatements = async <Row extends object>(
  db: Kysely<Tables>,
  hotline: string,
  shape: RecordTable<Row>,
  incoming: { readonly addValues: (into: SqlValue[]) => boolean },
): Promise<number> => {
  const whole = upsertStatement(db, hotline, shape, chunkRows);
  const width = columnNames(shape).length - 1;
  let touched = 0;
  for (let rows = chunkRows, turn = 0; rows === chunkRows; turn += 1) {
    const values: SqlValue[] = [];
    for (rows = 0; rows < chunkRows && incoming.addValues(values);) rows += 1;
    if (rows === 0) break;
    const statement = rows === chunkRows ? whole : upsertStatement(db, hotline, shape, values.length / width);
    // Given with the statement the values would be frozen, one by one.
    const { numAffectedRows } = await db.executeQuery({ ...statement, parameters: values });
    touched += Number(numAffectedRows ?? 0);
    if (turn % chunksPerTurn === chunksPerTurn - 1) await nextTurn();
  }
  return touched;
};

/** A statement may not touch a row twice on PostgreSQL; the last one written stands, as elsewhere. */
const upsertFew = async <Row extends object>(
  { db, partYears }: Writing,
  hotline: string,
  shape: RecordTable<Row>,
  incoming: IncomingRows<Row>,
): Promise<number> => {
  const years = yearsOf(shape);
  const last = new Map<string, SqlValue[]>();
  for (let row = incoming.next(); row !== undefined; row = incoming.next()) {
    years?.see(row);
    last.set(JSON.stringify(row.slice(0, 1 + shape.key.length)), row);
  }
  if (years !== undefined && last.size > 0) await partYears?.(years.all);
  const rows = last.values();
  return upsertByStatements(db, hotline, shape, {
    addValues: (into) => {
      const { done, value } = rows.next();
      if (done !== true) into.push(...value.slice(1));
      return done !== true;
    },
  });
};

const countRows = async (db: Kysely<Tables>, hotline: string, table: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ${sql.table(table)} where hotline_key = ${hotline}`.execute(db);
  return rows[0]?.n ?? 0;
};

/** The hotline, the same in every row, stands in the statement: one value less to hand over with each. */
const upsertStatement = <Row extends object>(
  db: Kysely<Tables>,
  hotline: string,
  shape: RecordTable<Row>,
  rows: number,
): CompiledQuery => {
  const { table, columns } = placed(shape);
  const values = columnNames(shape)
    .slice(1)
    .map(() => sql.val(0));
  const oneRow = sql`(${sql.lit(hotline)}, ${sql.join(values)})`;
  const { sql: statement } = sql`insert into ${table} (${columns})
    values ${sql.join(Array.from({ length: rows }, () => oneRow))} ${whereConflicting(shape)}`.compile(db);
  return CompiledQuery.raw(statement);
};
