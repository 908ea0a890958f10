import type { Database } from './database.ts';

/** The hotlines that a database holds, by name. */
export const heldLines = async ({ reads: { db } }: Database): Promise<readonly string[]> => {
  // A database of one hotline per shard answers this by asking all: rare, so no harm.
  const rows = await db.selectFrom('lines').select('hotlineKey').orderBy('hotlineKey').execute();
  return rows.map(({ hotlineKey }) => hotlineKey);
};

/** Takes a hotline in, where it is not there yet. */
export const addLine = (database: Database, hotline: string): Promise<void> =>
  database.write(hotline, async ({ db }) => {
    await db
      .insertInto('lines')
      .values({ hotlineKey: hotline, lastOverrule: 0, lastSaved: 0 })
      .onConflict((conflict) => conflict.column('hotlineKey').doNothing())
      .execute();
  });
