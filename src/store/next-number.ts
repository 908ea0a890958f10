import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** Counts what a hotline saves, since two plans of one second must still have a later one. */
export const nextNumber = async (
  db: Kysely<Tables>,
  hotline: string,
  counter: 'lastOverrule' | 'lastSaved',
): Promise<number> => {
  const row = await db
    .updateTable('lines')
    .set((eb) => ({ [counter]: eb(counter, '+', 1) }))
    .where('hotlineKey', '=', hotline)
    .returning(counter)
    .executeTakeFirstOrThrow();
  return Number(Object.values(row)[0]);
};
