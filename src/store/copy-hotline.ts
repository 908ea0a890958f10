import { createHash } from 'node:crypto';
import { CompiledQuery, type RawBuilder, sql, type Kysely } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import { replaceUnwritable } from '../kernel/text.ts';
import { dayMillis } from '../kernel/time.ts';
import { auditEnd, auditTables } from './audit-log.ts';
import type { Database, Pour, Queries, SqlValue, Writing } from './database.ts';
import { keyText, notFinite } from './finite-numbers.ts';
import type { Tables } from './tables.ts';
import { yearGatherer } from './upsert-records.ts';
import { placeProblem } from './store-problems.ts';
import { type Column, columnsOf, type TableLayout } from './table-notation.ts';
import { tableLayouts } from './todays-tables.ts';

export interface HotlineOf {
  readonly database: Database;
  readonly hotline: string;
}

/**
 * Replaces one hotline's rows by another's in one transaction, read from one snapshot and compared after writing. A log
 * of changes that the target has goes on, else the source's is copied. `beside` runs in the same transaction. Answers
 * what each table holds.
 */
export const copyHotline = (
  from: HotlineOf,
  to: HotlineOf,
  beside: (writing: Writing) => Promise<void> = async () => {},
): Promise<readonly TableDigest[]> =>
  from.database.snapshot((source) =>
    to.database.write(to.hotline, async (target) => {
      await clearHotline(target.db, to.hotline);
      const ownLog = (await auditEnd(target.db, to.hotline, 'head')) !== undefined;
      const layouts = tableLayouts.filter(({ table }) => !ownLog || !auditTables.includes(table));
      const taken = await copyTables(source, from.hotline, target, to.hotline, layouts);
      await beside(target);
      return taken;
    }),
  );

/** Copies a hotline's rows of these tables, reads them back, and throws where they are not the same. */
export const copyTables = async (
  source: Queries,
  from: string,
  target: Writing,
  to: string,
  layouts: readonly TableLayout[],
): Promise<readonly TableDigest[]> => {
  for (const layout of layouts) await copyTable(source, from, target, to, layout);
  const given = await digestHotline(source, from, layouts);
  const taken = await digestHotline(target, to, layouts);
  const differing = given.filter(({ digest }, i) => digest !== taken[i]?.digest);
  if (differing.length > 0)
    throw new BadInputError(
      differing.map(({ table }) => placeProblem('copy-differs', undefined, { value: table })),
    );
  return taken;
};

const copyTable = async (
  source: Queries,
  from: string,
  target: Writing,
  to: string,
  layout: TableLayout,
): Promise<void> => {
  if (layout.table === 'lines') {
    for await (const [row] of readRows(source, from, layout)) {
      const [lastOverrule, lastSaved] = (row ?? []).map(Number);
      const counters = { lastOverrule: lastOverrule ?? 0, lastSaved: lastSaved ?? 0 };
      await target.db.updateTable('lines').set(counters).where('hotlineKey', '=', to).execute();
    }
    return;
  }
  if (layout.partedBy !== undefined) await addParts(source, from, target, layout);
  const pages = async function* (): AsyncGenerator<readonly (readonly SqlValue[])[]> {
    for await (const page of readRows(source, from, layout))
      yield page.map((row) => [to, ...soundRow(layout, row)]);
  };
  await (target.pour ?? insertRows(target))(layout.table, columnsOf(layout), pages());
};

/** A row as it was read; one with a number or a text that is none is named by its key instead of breaking the target. */
const soundRow = (layout: TableLayout, row: readonly SqlValue[]): readonly SqlValue[] => {
  const { table, key, values } = layout;
  const at = row.findIndex((value) => typeof value === 'number' && !Number.isFinite(value));
  if (at < 0) {
    refuseNul(layout, row);
    return row;
  }
  throw notFinite(
    table,
    [...key, ...values][at]?.name ?? '',
    Number(row[at]),
    row.slice(0, key.length).join(' '),
  );
};

const blockMillis = 100 * dayMillis;

/** A row without its part is an error, so parts are made first. */
const addParts = async (
  source: Queries,
  hotline: string,
  { partYears }: Writing,
  { table, partedBy = '' }: TableLayout,
): Promise<void> => {
  if (partYears === undefined) return;
  // Blocks of a hundred days: few to read, and none that spans more than the two years of its ends.
  const { rows } = await sql<{ block: number }>`
    select distinct floor(${sql.ref(partedBy)} / ${sql.lit(blockMillis)}) as block from ${sql.table(table)}
    where hotline_key = ${hotline}`.execute(source.db.withoutPlugins());
  const { years, see } = yearGatherer();
  for (const { block } of rows) for (const at of [block - 1, block, block + 1]) see(at * blockMillis);
  if (years.size > 0) await partYears(years);
};

/** Rows in one statement: below the limit on parameters for the widest table. */
const chunkRows = 200;

const insertRows =
  ({ db }: Writing): Pour =>
  async (table, columns, pages) => {
    // Compiled once: building a statement costs more than running it.
    const statementFor = (count: number): string => {
      const row = sql`(${sql.join(columns.map(() => sql.val(0)))})`;
      const names = sql.join(columns.map(({ name }) => sql.ref(name)));
      const values = sql.join(Array.from({ length: count }, () => row));
      return sql`insert into ${sql.table(table)} (${names}) values ${values}`.compile(db).sql;
    };
    const whole = statementFor(chunkRows);
    for await (const page of pages)
      for (let at = 0; at < page.length; at += chunkRows) {
        const rows = page.slice(at, at + chunkRows);
        const statement = rows.length === chunkRows ? whole : statementFor(rows.length);
        await db.executeQuery(CompiledQuery.raw(statement, rows.flat()));
      }
  };

/** Rows read at once; fewer where a row may hold whole documents. */
const pageRows = 10_000;
const heavyPageRows = 16;

/**
 * A hotline's rows of one table in pages, by key, as `layout.key` then `layout.values`; rows that stay in their place
 * are left out.
 */
const readRows = async function* (
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

export interface TableDigest {
  readonly table: string;
  readonly rows: number;
  readonly digest: string;
}

/** Row count and content hash of every table: equal digests mean equal rows on either database. */
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

/** Takes away every row of a hotline but the one that counts its numbers, and the log of changes. */
const clearHotline = async (db: Kysely<Tables>, hotline: string): Promise<void> => {
  for (const { table } of tableLayouts)
    if (table !== 'lines' && !auditTables.includes(table))
      await sql`delete from ${sql.table(table)} where hotline_key = ${hotline}`.execute(db);
};

/** Throws where a row that is copied has what PostgreSQL takes in no text. */
const refuseNul = ({ table, key, values }: TableLayout, row: readonly SqlValue[]): void => {
  const at = row.findIndex((value) => typeof value === 'string' && value.includes('\0'));
  if (at < 0) return;
  const wrong = placeProblem('text-with-nul', undefined, {
    column: [...key, ...values][at]?.name ?? '',
    value: replaceUnwritable(String(row[at])),
    values: {
      table,
      key: row
        .slice(0, key.length)
        .map((value, i) => replaceUnwritable(keyText(key[i]?.name ?? '', value)))
        .join(' '),
    },
  });
  throw new BadInputError([wrong]);
};
