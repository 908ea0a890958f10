import { type Kysely, sql } from 'kysely';
import { type FieldType, type RecordField, snakeCase } from '../kernel/record-fields.ts';
import {
  type RecordKindSpec,
  recordKindNames,
  recordKinds,
  type RecordOfKind,
  type StoredKind,
} from '../kernel/records.ts';
import type { SqlValue } from './database.ts';
import type { Column, TableLayout } from './table-notation.ts';
import type { Tables } from './tables.ts';

/** How one kind of record lies in a table: its columns bear the record's field names. */
export interface RecordTable<Row extends object> {
  readonly table: string;
  /** Fields that tell records apart. An optional one is kept as '' where absent. */
  readonly key: readonly (keyof Row & string)[];
  /** The other fields; an absent one is kept as null. */
  readonly values: readonly (keyof Row & string)[];
  /** Fields kept as JSON text, and as 0 or 1. */
  readonly json: ReadonlySet<string>;
  readonly booleans: ReadonlySet<string>;
  /** The field of the key by whose years the table is parted. */
  readonly partedBy?: keyof Row & string;
  /** The same as the database has it. */
  readonly layout: TableLayout;
}

const recordTable = (
  table: string,
  { fields, inKeyOrder, partedBy }: RecordKindSpec,
): RecordTable<Readonly<Record<string, unknown>>> => {
  const kept = Object.entries(fields).filter(([, { only }]) => only !== 'file');
  const [key, values] = [kept.filter(([, { key }]) => key), kept.filter(([, { key }]) => !key)];
  const ofTypes = (...types: FieldType[]): ReadonlySet<string> =>
    new Set(kept.filter(([, { type }]) => types.includes(type)).map(([name]) => name));
  return {
    table,
    key: key.map(([name]) => name),
    values: values.map(([name]) => name),
    json: ofTypes('list', 'figures'),
    booleans: ofTypes('truth'),
    ...(partedBy === undefined ? {} : { partedBy }),
    layout: {
      table: snakeCase(table),
      key: key.map(columnOf),
      values: values.map(columnOf),
      ...(inKeyOrder === undefined ? {} : { inKeyOrder }),
      ...(partedBy === undefined ? {} : { partedBy: snakeCase(partedBy) }),
    },
  };
};

const columnOf = ([name, { type, required, key, whole }]: readonly [string, RecordField]): Column => ({
  name: snakeCase(name),
  type: whole === true ? 'whole' : columnTypes[type],
  optional: required !== true && key !== true,
});

const columnTypes: Readonly<Record<FieldType, Column['type']>> = {
  text: 'text',
  date: 'text',
  list: 'text',
  figures: 'text',
  time: 'whole',
  truth: 'flag',
  count: 'real',
  number: 'real',
  seconds: 'real',
  share: 'real',
};

/** Reads a hotline's records in the order of their key, those that `where` keeps. */
export const readRecords = async <Row extends object>(
  db: Kysely<Tables>,
  hotline: string,
  shape: RecordTable<Row>,
  where = sql<boolean>`true`,
): Promise<Row[]> => {
  const columns = [...shape.key, ...shape.values];
  const query = sql<Record<string, SqlValue>>`
    select ${sql.join(columns.map((c) => sql.ref(c)))} from ${sql.table(shape.table)}
    where hotline_key = ${hotline} and ${where} order by ${statementParts(shape).key}`.compile(db);
  // As the database names them: renaming the columns of every row takes longer than reading them.
  const { rows } = await db.withoutPlugins().executeQuery(query);
  const fields = columns.map((name) => fieldOf(shape, name));
  return rows.map((row) => toRecord(fields, row) as Row);
};

interface ReadField {
  readonly name: string;
  readonly column: string;
  readonly isKey: boolean;
  readonly as: 'json' | 'boolean' | 'is';
}

const fieldOf = <Row extends object>(shape: RecordTable<Row>, name: keyof Row & string): ReadField => ({
  name,
  column: snakeCase(name),
  isKey: shape.key.includes(name),
  as: shape.json.has(name) ? 'json' : shape.booleans.has(name) ? 'boolean' : 'is',
});

const toRecord = (fields: readonly ReadField[], row: Readonly<Record<string, SqlValue>>): object => {
  const record: Record<string, unknown> = {};
  for (const { name, column, isKey, as } of fields) {
    const value = row[column];
    if (value === null || value === undefined || (isKey && value === '')) continue;
    record[name] = as === 'is' ? value : as === 'json' ? JSON.parse(String(value)) : value === 1;
  }
  return record;
};

/** Columns of a table by their fields: hotline, key, values. */
export const columnNames = <Row extends object>({ key, values }: RecordTable<Row>): readonly string[] => [
  'hotlineKey',
  ...key,
  ...values,
];

/** Table, all columns and key as parts of a statement. */
export const statementParts = <Row extends object>(shape: RecordTable<Row>) => ({
  table: sql.table(shape.table),
  columns: sql.join(columnNames(shape).map((c) => sql.ref(c))),
  key: sql.join(['hotlineKey', ...shape.key].map((c) => sql.ref(c))),
});

/** Test calls of one hotline and instant are distinguished by a number of their own. */
type RowOf<Kind extends StoredKind> = RecordOfKind<Kind> &
  (Kind extends 'test-calls' ? { readonly ordinal: number } : unknown);

export const recordTables = Object.fromEntries(
  recordKindNames.flatMap((kind) => {
    const spec: RecordKindSpec = recordKinds[kind];
    return spec.table === null ? [] : [[kind, recordTable(spec.table, spec)]];
  }),
  // each is made of the fields that its rows are
) as unknown as { readonly [Kind in StoredKind]: RecordTable<RowOf<Kind>> };
