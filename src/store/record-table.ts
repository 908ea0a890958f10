import { type Kysely, type RawBuilder, sql } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import { kernelProblem } from '../kernel/kernel-findings.ts';
import { type FieldType, type RecordField, snakeCase } from '../kernel/record-fields.ts';
import {
  type RecordKindSpec,
  recordKindNames,
  recordKinds,
  type RecordOfKind,
  type StoredKind,
} from '../kernel/records.ts';
import { firstUnwritable } from '../kernel/text.ts';
import type { SqlValue } from './database.ts';
import { notFinite } from './finite-numbers.ts';
import type { Column, TableLayout } from './table-layout.ts';
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

/** The table of a kind of record, from its description. */
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
  const { rows } = await sql<Record<string, SqlValue>>`
    select ${sql.join(columns.map((c) => sql.ref(c)))} from ${sql.table(shape.table)}
    where hotline_key = ${hotline} and ${where} order by ${statementParts(shape).key}`.execute(db);
  return rows.map((row) => toRecord(shape, row));
};

const toRecord = <Row extends object>(shape: RecordTable<Row>, row: Record<string, SqlValue>): Row => {
  const record: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(row)) {
    const name = field as keyof Row & string;
    if (value === null || (value === '' && shape.key.includes(name))) continue;
    if (shape.json.has(name)) record[field] = JSON.parse(String(value));
    else if (shape.booleans.has(name)) record[field] = value === 1;
    else record[field] = value;
  }
  return record as Row;
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

/** What to do with a row that is there already: replace it where it differs. */
export const whereConflicting = <Row extends object>(shape: RecordTable<Row>): RawBuilder<unknown> => {
  const values = shape.values.map((c) => ({
    own: sql.ref(`${shape.table}.${c}`),
    given: sql.ref(`excluded.${c}`),
    name: sql.ref(c),
  }));
  return sql`on conflict (${statementParts(shape).key}) do update set
    ${sql.join(values.map((v) => sql`${v.name} = ${v.given}`))}
    where ${sql.join(
      values.map((v) => sql`${v.own} is distinct from ${v.given}`),
      sql` or `,
    )}`;
};

/**
 * Appends a record's key and values to others, in the order of the columns: the one door by which records come in.
 * Throws `BadInputError` where a number is not finite, or a text has a character that none may have.
 */
export const recordAdder = <Row extends object>(
  shape: RecordTable<Row>,
): ((record: Row, into: SqlValue[]) => void) => {
  const fields = [...shape.key, ...shape.values];
  const json = fields.map((field) => shape.json.has(field));
  const keys = shape.key.length;
  const sound: string[] = [];
  return (record, into) => {
    for (let i = 0; i < fields.length; i += 1) {
      const value: unknown = record[fields[i] as keyof Row];
      if (typeof value === 'number') {
        if (!Number.isFinite(value))
          throw notFinite(shape.table, fields[i] ?? '', value, keyOf(shape, record));
        into.push(value);
      } else if (typeof value === 'string') {
        // Neighbouring rows mostly name the same.
        if (value !== sound[i]) refuseUnwritable(shape.table, fields[i] ?? '', value);
        sound[i] = value;
        into.push(value);
      } else if (value === undefined) into.push(i < keys ? '' : null);
      else if (json[i] === true) into.push(canonicalJson(value));
      else if (typeof value === 'boolean') into.push(value ? 1 : 0);
      else into.push(value as SqlValue);
    }
  };
};

const refuseUnwritable = (table: string, column: string, value: string): void => {
  const character = firstUnwritable(value);
  if (character !== undefined)
    throw new BadInputError([
      kernelProblem(`${table}.${column}`, 'character-not-allowed', value, { character }),
    ]);
};

const keyOf = <Row extends object>({ key }: RecordTable<Row>, record: Row): string =>
  key.map((field) => String(record[field] ?? '')).join(' ');

/** Keys sorted, so that the same content is the same text. */
const canonicalJson = (value: unknown): string =>
  isPlain(value) ? JSON.stringify(value) : JSON.stringify(value, sortKeys);

/** At most one figure under a name: nothing to sort. Hundreds of thousands of test calls are so. */
const isPlain = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  const members: readonly unknown[] = Object.values(value);
  return members.length < 2 && typeof members[0] !== 'object';
};

const sortKeys = (_: string, part: unknown): unknown =>
  typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
    : part;

/** Test calls of one hotline and instant are distinguished by a number of their own. */
type RowOf<Kind extends StoredKind> = RecordOfKind<Kind> &
  (Kind extends 'test-calls' ? { readonly ordinal: number } : unknown);

/** Where each kind of record lies. */
export const recordTables = Object.fromEntries(
  recordKindNames.flatMap((kind) => {
    const spec: RecordKindSpec = recordKinds[kind];
    return spec.table === null ? [] : [[kind, recordTable(spec.table, spec)]];
  }),
  // each is made of the fields that its rows are
) as unknown as { readonly [Kind in StoredKind]: RecordTable<RowOf<Kind>> };
