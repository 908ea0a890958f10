import { sql } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import type { Database } from './database.ts';
import { databaseDamaged } from './store-problems.ts';
import { tableLayouts } from './table-layouts.ts';

/**
 * Reads a whole database over and throws `BadInputError` where it is damaged. SQLite checks itself; PostgreSQL has its
 * indexes held against their tables where the extension amcheck is there and may be used, and every row is read.
 */
export const checkDatabase = async (database: Database): Promise<void> => {
  const { db } = database.reads;
  if (database.kind === 'sqlite') {
    const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(
      db.withoutPlugins(),
    );
    if (rows.length !== 1 || rows[0]?.integrity_check !== 'ok')
      throw new BadInputError([databaseDamaged(database.place)]);
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
