import { sql, type Kysely, type RawBuilder } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import type { StoreProblem } from './store-problems.ts';
import type { Queries, SqlValue, StoreKind } from './database.ts';
import type { Column, TableLayout } from './table-layout.ts';

/** The columns of a table that hold numbers with fractions: those that a database lets be infinite or no number. */
export const realColumns = ({ key, values }: TableLayout): readonly Column[] =>
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
 * further ones, in a file it stays as it is until it has been mended.
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
    await settleNonFinite(db, kind, layout);
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
export const settleNonFinite = async (
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
  const own = sql`hotline_key = ${hotline}`;
  const plain = db.withoutPlugins();
  for (const column of realColumns(layout)) {
    const bad = sql`${own} and not (${columnIsFinite(kind, column)})`;
    await (
      column.optional
        ? sql`update ${sql.table(layout.table)} set ${sql.ref(column.name)} = null where ${bad}`
        : sql`delete from ${sql.table(layout.table)} where ${bad}`
    ).execute(plain);
  }
};

/** Refuses a record that holds a number which is none, before it reaches any table. */
export const notFinite = (table: string, column: string, value: number, key: string): BadInputError =>
  new BadInputError([notFiniteProblem(table, column, value, key)]);

const notFiniteProblem = (table: string, column: string, value: number, key: string): StoreProblem => ({
  rule: 'number-not-finite',
  severity: 'error',
  column,
  value: String(value),
  values: { table, key, column },
});
