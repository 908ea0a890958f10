import type { RankDocument } from '../contract/documents/rank-document.ts';
import { BadInputError, problemAt } from '../kernel/errors.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import type { MonitoringResult, TestCall } from '../kernel/records.ts';
import { text } from '../kernel/text.ts';
import { startOfDay } from '../kernel/time.ts';
import type { EarlierResult } from '../monitoring/band-risk.ts';
import { partsAt, ratesByPart } from '../monitoring/time-parts.ts';
import { rankHotlines } from '../monitoring/rank-hotlines.ts';
import { daysOfPeriod, summariseTestCalls } from '../monitoring/summarise-test-calls.ts';
import { loadTables } from '../monitoring/tables.ts';
import type { Ports } from './ports.ts';

export interface RankQuestion {
  /** 2019, 2026-Q3 or 2026-11; undefined: the latest with results. */
  readonly period?: string;
  readonly seed: number;
}

/** The period a year before: 2018, 2025-Q3, 2025-11. */
export const yearBefore = (period: string): string => {
  const year = Number(period.slice(0, 4));
  return `${String(year - 1).padStart(4, '0')}${period.slice(4)}`;
};

/** A period's place in time: year, month at its end, and how fine it is. */
const orderOf = (period: string): number => {
  const [year = '0', part] = period.split('-');
  const month = part === undefined ? 12 : part.startsWith('Q') ? Number(part.slice(1)) * 3 : Number(part);
  return Number(year) * 100 + month;
};

/**
 * League table of a period's results in the store, against those of the year before; single test calls stand in
 * where a hotline has no published result. Throws BadInputError when there are none.
 */
export const rankFromStore = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { period, seed }: RankQuestion,
): Promise<RankDocument> => {
  const [all, hotlines, tables] = await Promise.all([
    store.monitoring.results(),
    store.monitoring.hotlines(),
    loadTables(),
  ]);
  const perPeriod = new Map<string, number>();
  for (const result of all) perPeriod.set(result.period, (perPeriod.get(result.period) ?? 0) + 1);
  const chosen = period ?? latestOf(perPeriod);
  const resultsOf = (of: string): Promise<readonly MonitoringResult[]> =>
    withTestCalls(store, models, all, of);
  const now = chosen === undefined ? [] : await resultsOf(chosen);
  if (chosen === undefined || now.length === 0) throw noResults(chosen, [...perPeriod.keys()]);
  const before = yearBefore(chosen);
  const earlier = await resultsOf(before);
  const document = rankHotlines(now, earlier, hotlines, {
    period: chosen,
    previousPeriod: earlier.length > 0 ? before : null,
    seed,
    madeUp: models.hotline.madeUp,
    bands: models.monitor.bands,
    meanSecondsStandard: models.monitor.meanSecondsStandard,
    assumedTestCalls: models.monitor.testCalls,
    tables,
    earlier: earlierThan(all, chosen, models.monitor.testCalls),
  });
  return withTimes(document, await callsOfPeriod(store, models, chosen), models);
};

/** Results of earlier periods, with their age. */
const earlierThan = (
  all: readonly MonitoringResult[],
  chosen: string,
  assumedTestCalls: number,
): EarlierResult[] =>
  all.flatMap((result) => {
    const yearsBefore = yearsOf(chosen) - yearsOf(result.period);
    return yearsBefore > 0
      ? [{ result: { ...result, testCalls: result.testCalls ?? assumedTestCalls }, yearsBefore }]
      : [];
  });

/** A period's end, in years. */
const yearsOf = (period: string): number => {
  const order = orderOf(period);
  return Math.floor(order / 100) + (order % 100) / 12;
};

const callsOfPeriod = async (
  store: Ports['store'],
  models: Ports['models'],
  period: string,
): Promise<readonly TestCall[]> => {
  const days = daysOfPeriod(period);
  if (days === undefined) return [];
  const { zone } = models.hotline;
  return store.monitoring.testCalls(undefined, {
    fromMillis: startOfDay(days.from, zone),
    toMillis: startOfDay(days.before, zone),
  });
};

/** Rates by day and night, working day and day off of the hotlines whose single test calls are known. */
const withTimes = async (
  document: RankDocument,
  calls: readonly TestCall[],
  models: Ports['models'],
): Promise<RankDocument> => {
  if (calls.length === 0) return document;
  const { zone, country } = models.hotline;
  const partsOf = partsAt(await loadCalendar({ country, overrides: models.calendar }), zone);
  const own = Map.groupBy(calls, ({ hotline }) => hotline);
  return {
    ...document,
    hotlines: document.hotlines.map((row) => {
      const counts = (own.get(row.hotline) ?? []).map(({ placedAtMillis, connected }) => ({
        millis: placedAtMillis,
        calls: 1,
        connected: connected ? 1 : 0,
      }));
      return counts.length === 0 ? row : { ...row, byTime: ratesByPart(counts, partsOf, false) };
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

/** Published results of a period; hotlines that have none there get one from their single test calls. */
const withTestCalls = async (
  store: Ports['store'],
  models: Ports['models'],
  published: readonly MonitoringResult[],
  period: string,
): Promise<readonly MonitoringResult[]> => {
  const own = published.filter((r) => r.period === period);
  const calls = await callsOfPeriod(store, models, period);
  const known = new Set(own.map((r) => r.hotline));
  return [...own, ...summariseTestCalls(calls, period).filter((r) => !known.has(r.hotline))];
};

/** The latest period among those with most hotlines: a single line's own month does not hide the league. */
const latestOf = (perPeriod: ReadonlyMap<string, number>): string | undefined => {
  const most = Math.max(0, ...perPeriod.values());
  const broad = [...perPeriod].filter(([, count]) => count * 2 >= most).map(([period]) => period);
  return broad.sort((a, b) => orderOf(b) - orderOf(a))[0];
};

const noResults = (period: string | undefined, known: readonly string[]): BadInputError => {
  const list = known.toSorted().join(', ');
  return new BadInputError([
    problemAt(
      'period',
      'no-monitoring-results',
      period ?? '',
      text('这一时期没有监测结果', 'there are no monitoring results for this period'),
      list === ''
        ? text(
            '请先导入监测结果（huawu ingest monitoring）',
            'ingest results first (huawu ingest monitoring)',
          )
        : text(`已有结果的时期：${list}`, `periods with results: ${list}`),
    ),
  ]);
};
