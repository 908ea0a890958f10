import { lineOverviewSchema, type LineOverview } from '../contract/documents/line-overview.ts';
import type { Store } from '../planning/ports.ts';
import type { Database } from './database.ts';
import { keepFact, overviewFact } from './facts.ts';

/** Lines at a glance: each line keeps its own, and all of a database are read in one go. */
export const createOverviewStore = (
  database: Database,
  hotline: string,
): Pick<Store, 'keepOverview' | 'overviews'> => {
  /** What was read before, by the line with what it was read from: most lines are as they were. */
  const known = new Map<string, { readonly value: string; readonly overview: LineOverview | undefined }>();
  const overviewOf = (line: string, value: string): LineOverview | undefined => {
    const before = known.get(line);
    if (before?.value === value) return before.overview;
    const overview = read(value);
    known.set(line, { value, overview });
    return overview;
  };
  return {
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
          const overview = overviewOf(hotlineKey, value);
          return overview === undefined ? [] : [[hotlineKey, overview] as const];
        }),
      );
    },
  };
};

/** Undefined where another version kept it in another shape: it is worked out anew. */
const read = (value: string): LineOverview | undefined =>
  lineOverviewSchema.safeParse(JSON.parse(value)).data;
