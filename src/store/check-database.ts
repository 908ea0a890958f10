import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import type { Database } from './database.ts';
import { placeProblem } from './store-problems.ts';
import { columnsOf } from './table-notation.ts';
import { tableLayouts } from './todays-tables.ts';

/** What a file can hold that computes something when read or written: views, triggers, virtual tables, expressions. */
const worksOut = [
  `select 1 from sqlite_schema where sql not like 'create table%' and sql not like 'create index%'
     and sql not like 'create unique index%'`,
  `select 1 from sqlite_schema as t, pragma_table_xinfo(t.name) as c
     where c.hidden <> 0 or c.dflt_value glob '*[^a-zA-Z0-9_.+''"-]*'`,
  `select 1 from sqlite_schema as t, pragma_index_list(t.name) as i, pragma_index_xinfo(i.name) as c
     where i.partial <> 0 or c.cid = -2`,
];

/** The constraints of our tables: flags, and numbers that are finite. What else a file checks is worked out row by row. */
const ownChecks =
  /\bcheck \((?:(?:coalesce\(abs\("\w+"\), 0\) < 9e999|"\w+" in \(0, 1\))(?: and (?=[c"])|(?=\))))+\)/gi;

const checksMore = (database: DatabaseSync): boolean =>
  database
    .prepare(`select cast(sql as text) as text from sqlite_schema where sql like '%check%'`)
    .all()
    .some(({ text }) => /\bcheck\b/i.test(String(text).replace(ownChecks, ' ')));

/**
 * Throws `BadInputError` where a file of somebody else's holds more than rows, before any is read: none of ours has more.
 */
export const refuseWorkingParts = (file: string): void => {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    if (checksMore(database) || worksOut.some((query) => database.prepare(query).get() !== undefined))
      throw new BadInputError([placeProblem('database-damaged', file)]);
  } finally {
    database.close();
  }
};

/** Throws `BadInputError` where a table or column is missing that the structure has. */
export const refuseMissingParts = async ({ reads: { db }, place }: Database): Promise<void> => {
  const found = new Map(
    (await db.introspection.getTables()).map(({ name, columns }) => [
      name,
      new Set(columns.map((each) => each.name)),
    ]),
  );
  const isMissing = tableLayouts.some((layout) =>
    columnsOf(layout).some(({ name }) => found.get(layout.table)?.has(name) !== true),
  );
  if (isMissing) throw new BadInputError([placeProblem('database-damaged', place)]);
};

/**
 * Reads a whole database and throws `BadInputError` where it is damaged; PostgreSQL's indexes are checked with amcheck
 * if allowed.
 */
export const checkDatabase = async (database: Database): Promise<void> => {
  const { db } = database.reads;
  if (database.kind === 'sqlite') {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(
      db.withoutPlugins(),
    );
    if (rows.length !== 1 || rows[0]?.integrity_check !== 'ok')
      throw new BadInputError([placeProblem('database-damaged', database.place)]);
    return;
  }
  for (const { table } of tableLayouts)
    await sql`select count(t::text) from ${sql.table(table)} as t`.execute(db);
  const { rows } = await sql`select 1 from pg_extension where extname = 'amcheck'`.execute(db);
  if (rows.length > 0)
    await sql`select bt_index_check(c.oid, true) from pg_index i join pg_class c on c.oid = i.indexrelid
      join pg_am a on a.oid = c.relam and a.amname = 'btree'
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = current_schema()
      where c.relkind = 'i' and i.indisvalid`.execute(db);
};
