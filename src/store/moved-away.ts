import type { Kysely } from 'kysely';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { Database } from './database.ts';
import { factOf, keepFact, movedFact } from './facts.ts';
import type { Tables } from './tables.ts';

/** Where a hotline's records were moved to from here, without a password; undefined where they live here. */
export const movedTo = (db: Kysely<Tables>, hotline: string): Promise<string | undefined> =>
  factOf(db, hotline, movedFact);

/** Marks a hotline's records as left behind: whatever has them open writes here no more. */
export const markMoved = (db: Kysely<Tables>, hotline: string, place: string): Promise<void> =>
  keepFact(db, hotline, movedFact, place);

/**
 * The same database; a write to a hotline whose records were moved away is refused. It is looked for within the
 * write's own transaction: a hotline has one writer at a time, so that none slips past a move.
 */
export const refusingMoved = (database: Database): Database => ({
  ...database,
  write: (hotline, work) =>
    database.write(hotline, async (writing) => {
      await refuseMoved(writing.db, hotline, database.place);
      return work(writing);
    }),
});

/** Throws `BadInputError` where a hotline's records were moved away from `place`. */
export const refuseMoved = async (db: Kysely<Tables>, hotline: string, place: string): Promise<void> => {
  const target = await movedTo(db, hotline);
  if (target !== undefined) throw new BadInputError([recordsMoved(target, place)]);
};

export const movedRule = 'records-moved';

/** Records that are still looked at, or written, where they no longer live. */
export const recordsMoved = (target: string, place?: string): Problem => ({
  rule: movedRule,
  severity: 'error',
  ...(place === undefined ? {} : { file: place }),
  values: { target },
});
