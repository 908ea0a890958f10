import type { RankDocument } from '../contract/documents/rank-document.ts';
import type { TestCallColumns } from '../kernel/records.ts';
import { comparePeriods, hotlinesInPeriod } from '../monitoring/periods.ts';
import { rankHotlines } from '../monitoring/rank-hotlines.ts';
import { loadTables } from '../monitoring/tables.ts';
import {
  callsOfPeriod,
  hotlinesPerPeriod,
  leagueInputs,
  noResults,
  type RankQuestion,
  readLeagueRecord,
  timesOfCalls,
} from './league/league-inputs.ts';
import type { Models, Ports } from './ports.ts';

/**
 * League table of a period's results in the store, against those of the year before; single test calls stand in
 * where a hotline has no published result. Throws BadInputError when there are none.
 */
export const rankFromStore = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { period, seed }: RankQuestion,
): Promise<RankDocument> => {
  const [record, tables] = await Promise.all([readLeagueRecord({ store, models }), loadTables()]);
  const chosen = period ?? latestOf(hotlinesPerPeriod(record, models.hotline.zone));
  if (chosen === undefined) throw noResults(chosen, []);
  const callsOf = callsOfPeriod({ store, models });
  const calls = await callsOf(chosen);
  const { results, previous, options } = await leagueInputs(
    record,
    models,
    { period: chosen, seed },
    async (wanted) => (wanted === chosen ? calls : callsOf(wanted)),
  );
  const document = rankHotlines(results, previous, hotlinesInPeriod(record.hotlines, chosen), {
    ...options,
    tables,
  });
  const { testCalls, attempts, bands } = models.monitor;
  return withTimes({ ...document, monitor: { testCalls, attempts, bands } }, calls, models);
};

/** Rates by day and night, working day and day off of the hotlines whose single test calls are known. */
const withTimes = async (
  document: RankDocument,
  calls: readonly TestCallColumns[],
  models: Models,
): Promise<RankDocument> => {
  if (calls.length === 0) return document;
  const timesOf = await timesOfCalls(models);
  const own = new Map(calls.map((each) => [each.hotline, each] as const));
  return {
    ...document,
    hotlines: document.hotlines.map((row) => {
      const placed = own.get(row.hotline);
      return placed === undefined ? row : { ...row, byTime: timesOf(placed) };
    }),
  };
};

/** Those whose next rating is likeliest to be colder first; of equal ones those that are colder in truth. */
export const atRiskFirst = (document: RankDocument): RankDocument => ({
  ...document,
  hotlines: document.hotlines.toSorted(
    (a, b) =>
      (b.risk?.fallChance ?? 0) - (a.risk?.fallChance ?? 0) ||
      (b.risk?.trueFallChance ?? 0) - (a.risk?.trueFallChance ?? 0),
  ),
});

/** The latest period among those with most hotlines: a single line's own month does not hide the league. */
const latestOf = (perPeriod: ReadonlyMap<string, number>): string | undefined => {
  const most = Math.max(0, ...perPeriod.values());
  const broad = [...perPeriod].filter(([, count]) => count * 2 >= most).map(([period]) => period);
  return broad.sort(comparePeriods).at(-1);
};
