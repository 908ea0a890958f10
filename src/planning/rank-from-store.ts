import type { HotlineDocument, RankDocument } from '../contract/documents/rank-document.ts';
import { BadInputError } from '../kernel/errors.ts';
import { rankHotlines, rankOneHotline } from '../monitoring/rank-hotlines.ts';
import { loadTables } from '../monitoring/tables.ts';
import {
  callsWithin,
  comparePeriods,
  hotlinesInPeriod,
  type PartRate,
  partsAt,
  ratesByPart,
  type TestCallColumns,
} from '../monitoring/time-parts.ts';
import {
  callsOfPeriod,
  type CallsOfPeriod,
  hotlinesPerPeriod,
  leagueInputs,
  noResults,
  type RankQuestion,
  readLeagueRecord,
  spanOfPeriod,
} from './league/league-inputs.ts';
import { planningProblem } from './planning-findings.ts';
import type { Models, Ports } from './ports.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import { localClock } from '../kernel/time.ts';
import { valueAt } from '../kernel/value-at.ts';

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

type Row = HotlineDocument['periods'][number];

/**
 * One hotline's place in the league of every period in which it was monitored, oldest first: the rows that the league
 * tables have of it. Of the others only what its places rest on is read and worked out. Throws BadInputError where it
 * was in none.
 */
export const hotlineThroughPeriods = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { hotline, seed }: { readonly hotline: string; readonly seed: number },
): Promise<HotlineDocument> => {
  const { zone, madeUp } = models.hotline;
  const isOwn = (one: { readonly hotline: string }): boolean => one.hotline === hotline;
  const [record, [ownCalls]] = await Promise.all([
    readLeagueRecord({ store, models }),
    store.monitoring.testCallColumns(hotline),
  ]);
  const ownIn = (period: string): TestCallColumns | undefined => {
    const span = spanOfPeriod(period, zone);
    return span === undefined || ownCalls === undefined ? undefined : callsWithin([ownCalls], span)[0];
  };
  const timesOf = ownCalls === undefined ? undefined : await timesOfCalls(models);
  const callsOf = slicesOfAll(() => store.monitoring.testCallColumns(), zone);
  const ofHotline = { results: record.results.filter(isOwn), spans: record.spans.filter(isOwn) };
  const listed = record.hotlines.filter(isOwn);
  const periods: Row[] = [];
  for (const period of [...hotlinesPerPeriod(ofHotline, zone).keys()].sort(comparePeriods)) {
    const placed = ownIn(period);
    // a year between the first test call and the last may have had none
    if (placed === undefined && !ofHotline.results.some((result) => result.period === period)) continue;
    const { results, previous, options } = await leagueInputs(record, models, { period, seed }, callsOf);
    const ranked = rankOneHotline(results, previous, hotlinesInPeriod(listed, period), options, hotline);
    if (ranked === undefined) continue;
    const byTime = placed === undefined ? {} : { byTime: timesOf?.(placed) };
    periods.push({ ...ranked.row, ...byTime, period, among: ranked.among });
  }
  const latest = periods.at(-1);
  if (latest === undefined) throw new BadInputError([planningProblem('hotline', 'never-monitored', hotline)]);
  const { bands, meanSecondsStandard } = models.monitor;
  return {
    document: 'rank-hotline',
    hotline,
    name: latest.name,
    madeUp,
    bands,
    standardSeconds: meanSecondsStandard,
    periods,
  };
};

/** Test calls of single periods, cut from all of them: those are read once, when first needed. */
const slicesOfAll = (readAll: () => ReturnType<CallsOfPeriod>, zone: string): CallsOfPeriod => {
  let all: ReturnType<CallsOfPeriod> | undefined;
  return async (period) => {
    const span = spanOfPeriod(period, zone);
    if (span === undefined) return [];
    all ??= readAll();
    return callsWithin(await all, span);
  };
};

/** Tells the rates of test calls by day and night, working day and day off. */
const timesOfCalls = async (models: Models): Promise<(calls: TestCallColumns) => PartRate[]> => {
  const { zone, country } = models.hotline;
  const calendar = await loadCalendar({ country, overrides: models.calendar });
  const [byClock, byDay] = [partsAt(calendar, zone), partsAt(calendar, zone, true)];
  const clock = localClock(zone);
  return ({ placedAtMillis, connected }) => {
    const counts = Array.from(placedAtMillis, (millis, i) => ({
      millis,
      calls: 1,
      connected: valueAt(connected, i),
    }));
    // calls that are all dated to midnight came with a date alone: they tell no hour
    const dated = counts.every(({ millis }) => clock(millis).minute === 0);
    return ratesByPart(counts, dated ? byDay : byClock, false);
  };
};
