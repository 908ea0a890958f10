import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { StoreKind } from './database.ts';
import { refuseNonFinite, renewNonFinite } from './finite-numbers.ts';
import type { Column, TableLayout } from './table-layout.ts';

/** Makes all tables, as their layouts have them. */
export const createTables = async (
  db: Kysely<unknown>,
  kind: StoreKind,
  layouts: readonly TableLayout[],
): Promise<void> => {
  for (const layout of layouts) await createTable(db, kind, layout);
  await db.schema.createIndex('plans_by_saved').on('plans').columns(['hotline_key', 'saved']).execute();
};

export const createTable = async (
  db: Kysely<unknown>,
  kind: StoreKind,
  layout: TableLayout,
): Promise<void> => {
  const { table, key, values } = layout;
  const keyNames = ['hotline_key', ...key.map(({ name }) => name)];
  let making = db.schema.createTable(table).addColumn('hotline_key', types[kind].text, (c) => c.notNull());
  for (const { name, type, optional } of [...key, ...values])
    making = making.addColumn(name, types[kind][type], (c) => {
      const built = optional ? c : c.notNull();
      return type === 'flag' ? built.check(sql`${sql.ref(name)} in (0, 1)`) : built;
    });
  making = making.addPrimaryKeyConstraint(`${table}_key`, keyNames as never[]);
  const ending = endOf(kind, layout);
  await (ending === undefined ? making : making.modifyEnd(ending)).execute();
  if (layout.finite === true) await refuseNonFinite(db, kind, layout);
};

/** Adds columns that rows may lack to a table that is there, and what the table refuses in them. */
export const addColumns = async (
  db: Kysely<unknown>,
  kind: StoreKind,
  layout: TableLayout,
  columns: readonly Column[],
): Promise<void> => {
  const { table } = layout;
  for (const { name, type } of columns)
    await db.schema
      .alterTable(table)
      .addColumn(name, types[kind][type], (c) =>
        type === 'flag' ? c.check(sql`${sql.ref(name)} in (0, 1)`) : c,
      )
      .execute();
  if (columns.some(({ type }) => type === 'real')) await renewNonFinite(db, kind, layout);
};

const endOf = (kind: StoreKind, { inKeyOrder, partedBy }: TableLayout): RawBuilder<unknown> | undefined => {
  if (kind === 'sqlite') return inKeyOrder ? sql`without rowid` : undefined;
  return partedBy === undefined ? undefined : sql`partition by range (${sql.ref(partedBy)})`;
};

/** Text compares by its bytes on both, whatever the language of the server. */
const types: Readonly<Record<StoreKind, Record<Column['type'], RawBuilder<unknown>>>> = {
  sqlite: { text: sql`text`, whole: sql`integer`, real: sql`real`, bytes: sql`blob`, flag: sql`integer` },
  postgres: {
    text: sql`text collate "C"`,
    whole: sql`bigint`,
    real: sql`double precision`,
    bytes: sql`bytea`,
    flag: sql`smallint`,
  },
};
