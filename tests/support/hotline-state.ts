import { checkDatabase } from '../../src/store/check-database.ts';
import { copyHotline } from '../../src/store/copy-hotline.ts';
import { factOf, testCallsFact } from '../../src/store/facts.ts';
import { digestHotline } from '../../src/store/hotline-rows.ts';
import type { Database } from '../../src/store/database.ts';
import { openDatabase, type StorePlace } from '../../src/store/open-store.ts';

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
 * every change is made by chance: what counts of it is whether it is the one that was laid.
 */
export const stateOf = (place: StorePlace, laidVersion: string | undefined): Promise<string> =>
  opened(place, async (database, hotline) => {
    await checkDatabase(database);
    const tables = (await digestHotline(database.reads, hotline)).filter(({ table }) => table !== 'facts');
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
    return [...rows, ...named].join('\n');
  });

/** Makes the rows of one place those of another, which is made where it is not there. */
export const copyRows = (from: StorePlace, to: StorePlace): Promise<void> =>
  opened(from, async (source, hotline) => {
    const target = await openDatabase(to, { create: true });
    try {
      await copyHotline({ database: source, hotline }, { database: target, hotline: to.hotline ?? 'main' });
    } finally {
      await target.close();
    }
  });
