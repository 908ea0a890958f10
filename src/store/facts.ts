import type { Kysely } from 'kysely';
import type { Maintenance } from '../contract/documents/line-overview.ts';
import { BadInputError, type Problem } from '../kernel/errors.ts';
import type { Store } from '../planning/ports.ts';
import { type Author, enterAudit } from './audit-log.ts';
import type { Database } from './database.ts';
import { databaseWideKey } from './find-person.ts';
import type { Tables } from './tables.ts';

/** Hash of traffic and events; absent while they have changed since it was computed. */
export const hashFact = 'data-hash';

/** The same for who was present when. */
export const presenceFact = 'presence-hash';

/** A new name with every change of test calls. */
export const testCallsFact = 'test-calls-version';

/** Why the database is read-only for now: JSON. */
const maintenanceFact = 'maintenance';

/** Where the records were moved to; belongs to the old place, so no copy has it. */
export const movedFact = 'moved-to';

export const factOf = async (
  db: Kysely<Tables>,
  hotline: string,
  fact: string,
): Promise<string | undefined> =>
  (
    await db
      .selectFrom('facts')
      .select('value')
      .where('hotlineKey', '=', hotline)
      .where('fact', '=', fact)
      .executeTakeFirst()
  )?.value;

export const forgetFact = async (db: Kysely<Tables>, hotline: string, fact: string): Promise<void> => {
  await db.deleteFrom('facts').where('hotlineKey', '=', hotline).where('fact', '=', fact).execute();
};

export const keepFact = async (
  db: Kysely<Tables>,
  hotline: string,
  fact: string,
  value: string,
): Promise<void> => {
  await forgetFact(db, hotline, fact);
  await db.insertInto('facts').values({ hotlineKey: hotline, fact, value }).execute();
};

/** The hotlines that a database holds, by name. */
export const heldLines = async ({ reads: { db } }: Database): Promise<readonly string[]> => {
  // A database of one hotline per shard answers this by asking all: rare, so no harm.
  const rows = await db.selectFrom('lines').select('hotlineKey').orderBy('hotlineKey').execute();
  return rows.map(({ hotlineKey }) => hotlineKey);
};

export const addLine = (database: Database, hotline: string): Promise<void> =>
  database.write(hotline, async ({ db }) => {
    await db
      .insertInto('lines')
      .values({ hotlineKey: hotline, lastOverrule: 0, lastSaved: 0 })
      .onConflict((conflict) => conflict.column('hotlineKey').doNothing())
      .execute();
  });

/** Where a hotline's records were moved to from here, without a password; undefined where they live here. */
export const movedTo = (db: Kysely<Tables>, hotline: string): Promise<string | undefined> =>
  factOf(db, hotline, movedFact);

/** Marks a hotline's records as moved: nothing is written here any more. */
export const markMoved = (db: Kysely<Tables>, hotline: string, place: string): Promise<void> =>
  keepFact(db, hotline, movedFact, place);

/**
 * The same database, refusing writes to a hotline whose records were moved away, checked within each write's
 * transaction.
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

/** Records that are read or written where they no longer live. */
export const recordsMoved = (target: string, place?: string): Problem => ({
  rule: movedRule,
  severity: 'error',
  ...(place === undefined ? {} : { file: place }),
  values: { target },
});

/** Why the database is read-only for now; null: it is not. */
export const readMaintenance = async (db: Kysely<Tables>): Promise<Maintenance | null> => {
  const kept = await factOf(db, databaseWideKey, maintenanceFact);
  return kept === undefined ? null : (JSON.parse(kept) as Maintenance);
};

/** Maintenance is of a whole database: it belongs to no hotline and is not copied. */
export const createMaintenanceStore = (
  database: Database,
  hotline: string,
  author: Author,
): Pick<Store, 'maintenance' | 'setMaintenance'> => {
  const { db } = database.reads;
  return {
    maintenance: () => readMaintenance(db),
    setMaintenance: (maintenance) =>
      database.write(hotline, async (writing) => {
        const before = (await factOf(writing.db, databaseWideKey, maintenanceFact)) !== undefined;
        if (maintenance === null) await forgetFact(writing.db, databaseWideKey, maintenanceFact);
        else await keepFact(writing.db, databaseWideKey, maintenanceFact, JSON.stringify(maintenance));
        const after = maintenance !== null;
        if (before !== after)
          await enterAudit(writing.db, hotline, author, {
            action: 'maintenance-switched',
            subject: '',
            before: { maintenance: before },
            after: { maintenance: after },
          });
      }),
  };
};
