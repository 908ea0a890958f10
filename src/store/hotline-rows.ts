import { createHash } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { Queries, SqlValue } from './database.ts';
import type { Column, TableLayout } from './table-layout.ts';
import { tableLayouts } from './table-layouts.ts';

/** Rows read at once; fewer where a row may hold whole documents. */
const pageRows = 10_000;
const heavyPageRows = 16;

/**
 * A hotline's rows of one table in the order of their key, in pages: values in the order of `layout.key`, then
 * `layout.values`; a row that stays where it is is left out. Read within a snapshot, the pages fit together whatever is written meanwhile.
 */
export const readRows = async function* (
  { db }: Queries,
  hotline: string,
  layout: TableLayout,
): AsyncGenerator<readonly (readonly SqlValue[])[]> {
  const { table, key, values, staying } = layout;
  const columns = [...key, ...values];
  const limit = values.some(({ type }) => type === 'bytes') ? heavyPageRows : pageRows;
  const order = sql.join(['hotline_key', ...key.map(({ name }) => name)].map((name) => sql.ref(name)));
  const moving = staying === undefined ? sql`` : sql`and ${sql.ref(staying.column)} <> ${staying.value}`;
  let after: RawBuilder<unknown> = sql``;
  for (;;) {
    const { rows } = await sql<
      Record<string, SqlValue>
    >`select ${columnList(columns)} from ${sql.table(table)}
      where hotline_key = ${hotline} ${moving} ${after} order by ${order} limit ${limit}`.execute(
      db.withoutPlugins(),
    );
    if (rows.length > 0) yield rows.map((row) => columns.map(({ name }) => row[name] ?? null));
    const last = rows.at(-1);
    if (last === undefined || rows.length < limit || key.length === 0) return;
    const keyValues = sql.join(key.map(({ name }) => sql`${last[name]}`));
    after = sql`and (${columnList(key)}) > (${keyValues})`;
  }
};

const columnList = (columns: readonly Column[]): RawBuilder<unknown> =>
  sql.join(columns.map(({ name }) => sql.ref(name)));

/** What one table holds of a hotline: as many rows, and a name for their content. */
export interface TableDigest {
  readonly table: string;
  readonly rows: number;
  readonly digest: string;
}

/**
 * Rows and content of every table of a hotline: equal digests say equal rows, on whatever database. Numbers that
 * only count what was given out (`lines`) and every column take part.
 */
export const digestHotline = async (
  queries: Queries,
  hotline: string,
  layouts = tableLayouts,
): Promise<readonly TableDigest[]> => {
  const digests: TableDigest[] = [];
  for (const layout of layouts) {
    const hash = createHash('sha256');
    let rows = 0;
    for await (const page of readRows(queries, hotline, layout)) {
      rows += page.length;
      for (const row of page) hash.update(rowText(row));
    }
    digests.push({ table: layout.table, rows, digest: hash.digest('hex') });
  }
  return digests;
};

const rowText = (row: readonly SqlValue[]): string =>
  `${JSON.stringify(row.map((value) => (value instanceof Uint8Array ? `bytes ${Buffer.from(value).toString('base64')}` : value)))}\n`;
