import { sql, type Kysely } from 'kysely';
import { BadInputError } from '../kernel/errors.ts';
import type { StoreProblem } from './store-problems.ts';
import { auditTables } from './audit-log.ts';
import type { Writing } from './database.ts';
import { factOf, keepFact } from './facts.ts';
import { clearMadeUpRecords } from './made-up-records.ts';
import { tableLayouts } from './table-layouts.ts';
import type { Tables } from './tables.ts';

const ownTraffic = 'own-traffic';

/** True once a hotline's own traffic stands in the place of the made-up line. */
export const holdsOwnTraffic = async (db: Kysely<Tables>, hotline: string): Promise<boolean> =>
  (await factOf(db, hotline, ownTraffic)) !== undefined;

/** Takes away what stands of the made-up line, once; afterwards it does nothing. */
export const clearMadeUp = async (writing: Writing, hotline: string): Promise<void> => {
  if (await holdsOwnTraffic(writing.db, hotline)) return;
  await clearMadeUpRecords(writing, hotline);
  await keepFact(writing.db, hotline, ownTraffic, 'true');
};

/** Takes away every row of a hotline but the one that counts its numbers, and the log of changes. */
export const clearHotline = async (db: Kysely<Tables>, hotline: string): Promise<void> => {
  for (const { table } of tableLayouts)
    if (table !== 'lines' && !auditTables.includes(table))
      await sql`delete from ${sql.table(table)} where hotline_key = ${hotline}`.execute(db);
};

/** A plan of the made-up line that was still being made when own traffic took that line's place is refused. */
export const refuseMadeUpPlan = async (db: Kysely<Tables>, hotline: string): Promise<void> => {
  if (await holdsOwnTraffic(db, hotline)) throw new BadInputError([madeUpReplaced]);
};

const madeUpReplaced: StoreProblem = {
  rule: 'made-up-replaced',
  severity: 'error',
};
