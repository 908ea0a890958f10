import { lineOverviewSchema, type LineOverview } from '../contract/documents/line-overview.ts';
import type { Store } from '../planning/ports.ts';
import type { Database } from './database.ts';
import { keepFact, overviewFact } from './facts.ts';

/** Lines at a glance: each line keeps its own, and all of a database are read in one go. */
export const createOverviewStore = (
  database: Database,
  hotline: string,
): Pick<Store, 'keepOverview' | 'overviews'> => ({
  keepOverview: (overview) =>
    database.write(hotline, ({ db }) => keepFact(db, hotline, overviewFact, JSON.stringify(overview))),
  overviews: async () => {
    const rows = await database.reads.db
      .selectFrom('facts')
      .select(['hotlineKey', 'value'])
      .where('fact', '=', overviewFact)
      .execute();
    return new Map(
      rows.flatMap(({ hotlineKey, value }) => {
        const overview = read(value);
        return overview === undefined ? [] : [[hotlineKey, overview] as const];
      }),
    );
  },
});

/** Undefined where another version kept it in another shape: it is worked out anew. */
const read = (value: string): LineOverview | undefined =>
  lineOverviewSchema.safeParse(JSON.parse(value)).data;
