import { auditTables } from '../../src/store/audit-log.ts';
import { checkAudit } from '../../src/store/audit-store.ts';
import { checkDatabase } from '../../src/store/check-database.ts';
import { copyHotline, digestHotline } from '../../src/store/copy-hotline.ts';
import { factOf, testCallsFact } from '../../src/store/facts.ts';
import type { Database } from '../../src/store/database.ts';
import { openDatabase, type StorePlace } from '../../src/store/open-store.ts';
import { tableLayouts } from '../../src/store/todays-tables.ts';

const opened = async <Answer>(
  place: StorePlace,
  work: (database: Database, hotline: string) => Promise<Answer>,
): Promise<Answer> => {
  const database = await openDatabase(place);
  try {
    return await work(database, place.hotline ?? 'main');
  } finally {
    await database.close();
  }
};

/** The name that a place's test calls bear as they are now. */
export const testCallsVersion = (place: StorePlace): Promise<string | undefined> =>
  opened(place, ({ reads }, hotline) => factOf(reads.db, hotline, testCallsFact));

/**
 * Opens a place as a restarted program does, checks it, and names all that it holds. The name that test calls get with
 * every change is made by chance: what counts of it is whether it is the one that was laid. The log of changes counts by
 * what it says, not by when.
 */
export const stateOf = (place: StorePlace, laidVersion: string | undefined): Promise<string> =>
  opened(place, async (database, hotline) => {
    await checkDatabase(database);
    const layouts = tableLayouts.filter(({ table }) => ![...auditTables, 'facts'].includes(table));
    const tables = await digestHotline(database.reads, hotline, layouts);
    const facts = await database.reads.db
      .selectFrom('facts')
      .select(['fact', 'value'])
      .where('hotlineKey', '=', hotline)
      .orderBy('fact')
      .execute();
    const named = facts.map(({ fact, value }) =>
      fact === testCallsFact
        ? `${fact} ${value === laidVersion ? 'as laid' : 'another'}`
        : `${fact} ${value}`,
    );
    const rows = tables.map(({ table, rows: count, digest }) => `${table} ${count} ${digest.slice(0, 16)}`);
    return [...rows, ...named, ...(await logOf(database, hotline))].join('\n');
  });

/** The log's entries without their times, and whether it is whole. */
const logOf = async ({ reads: { db } }: Database, hotline: string): Promise<readonly string[]> => {
  const { broken } = await checkAudit(db, hotline);
  const rows = await db
    .selectFrom('audit')
    .select(['number', 'entry'])
    .where('hotlineKey', '=', hotline)
    .orderBy('number')
    .execute();
  const told = rows.map(({ number, entry }) => `log ${number} ${entry}`);
  return [...told, `breaks ${JSON.stringify(broken)}`];
};

/** Takes a place's log of changes away, so that a copy brings its own. */
const forgetLog = (database: Database, hotline: string): Promise<void> =>
  database.write(hotline, async ({ db }) => {
    await db.deleteFrom('audit').where('hotlineKey', '=', hotline).execute();
    await db.deleteFrom('auditEnds').where('hotlineKey', '=', hotline).execute();
  });

/** Makes the rows of one place those of another, which is made where it is not there. */
export const copyRows = (from: StorePlace, to: StorePlace): Promise<void> =>
  opened(from, async (source, hotline) => {
    const target = await openDatabase(to, { create: true });
    try {
      await forgetLog(target, to.hotline ?? 'main');
      await copyHotline({ database: source, hotline }, { database: target, hotline: to.hotline ?? 'main' });
    } finally {
      await target.close();
    }
  });
