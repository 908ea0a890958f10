import type { RankDocument } from '../contract/documents/rank-document.ts';
import { BadInputError, problemAt } from '../kernel/errors.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import type { MonitoringResult, TestCall } from '../kernel/records.ts';
import { text } from '../kernel/text.ts';
import { localClock, startOfDay } from '../kernel/time.ts';
import type { EarlierResult } from '../monitoring/band-risk.ts';
import { partsAt, ratesByPart } from '../monitoring/time-parts.ts';
import { rankHotlines } from '../monitoring/rank-hotlines.ts';
import {
  comparePeriods,
  daysOfPeriod,
  periodsBefore,
  yearBefore,
  yearsBetween,
} from '../monitoring/periods.ts';
import { summariseTestCalls } from '../monitoring/summarise-test-calls.ts';
import { loadTables } from '../monitoring/tables.ts';
import type { Ports, Span } from './ports.ts';

export interface RankQuestion {
  /** 2019, 2026-Q3 or 2026-11; undefined: the latest with results. */
  readonly period?: string;
  readonly seed: number;
}

/**
 * League table of a period's results in the store, against those of the year before; single test calls stand in
 * where a hotline has no published result. Throws BadInputError when there are none.
 */
export const rankFromStore = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { period, seed }: RankQuestion,
): Promise<RankDocument> => {
  const [all, hotlines, spans, tables] = await Promise.all([
    store.monitoring.results(),
    store.monitoring.hotlines(),
    store.monitoring.testCallSpans(),
    loadTables(),
  ]);
  const perPeriod = hotlinesPerPeriod(all, spans, models.hotline.zone);
  const chosen = period ?? latestOf(perPeriod);
  if (chosen === undefined) throw noResults(chosen, []);
  const calls = await callsOfPeriod(store, models, chosen);
  const now = withTestCalls(all, calls, chosen);
  if (now.length === 0) throw noResults(chosen, [...perPeriod.keys()]);
  if (now.every(isUntested)) throw nobodyTested(chosen);
  const before = yearBefore(chosen);
  const earlier = withTestCalls(all, await unpublishedCalls(store, models, all, spans, before), before);
  const document = rankHotlines(now, earlier, hotlines, {
    period: chosen,
    previousPeriod: earlier.length > 0 ? before : null,
    seed,
    madeUp: models.hotline.madeUp,
    bands: models.monitor.bands,
    meanSecondsStandard: models.monitor.meanSecondsStandard,
    assumedTestCalls: models.monitor.testCalls,
    tables,
    earlier: earlierThan(
      [...all, ...earlier.filter((r) => !all.includes(r))],
      chosen,
      models.monitor.testCalls,
    ),
  });
  const { testCalls, attempts, bands } = models.monitor;
  return withTimes({ ...document, monitor: { testCalls, attempts, bands } }, calls, models);
};

type TestCallSpans = Awaited<ReturnType<Ports['store']['monitoring']['testCallSpans']>>;

/**
 * How many hotlines each period tells of: every period with published results, and the years of single test calls.
 * Periods are in no order.
 */
export const hotlinesPerPeriod = (
  results: readonly MonitoringResult[],
  spans: TestCallSpans,
  zone: string,
): ReadonlyMap<string, number> => {
  const found = new Map<string, Set<string>>();
  const add = (period: string, hotline: string): void => {
    const own = found.get(period) ?? new Set<string>();
    found.set(period, own.add(hotline));
  };
  for (const result of results) if (!isUntested(result)) add(result.period, result.hotline);
  const clock = localClock(zone);
  const yearOf = (millis: number): number => Number(clock(millis).date.slice(0, 4));
  for (const { hotline, firstMillis, lastMillis } of spans)
    for (let year = yearOf(firstMillis); year <= yearOf(lastMillis); year += 1)
      add(String(year).padStart(4, '0'), hotline);
  return new Map([...found].map(([period, own]) => [period, own.size]));
};

/** Results of earlier periods, with their age; a period that lies in a longer one is passed over for that hotline. */
const earlierThan = (
  all: readonly MonitoringResult[],
  chosen: string,
  assumedTestCalls: number,
): EarlierResult[] =>
  [...Map.groupBy(all, ({ hotline }) => hotline).values()].flatMap((own) => {
    const counted = periodsBefore(
      own.map(({ period }) => period),
      chosen,
    );
    return own
      .filter(({ period }) => counted.has(period))
      .map((result) => ({
        result: { ...result, testCalls: result.testCalls ?? assumedTestCalls },
        yearsBefore: yearsBetween(result.period, chosen),
      }));
  });

const spanOf = (models: Ports['models'], period: string): Span | undefined => {
  const days = daysOfPeriod(period);
  const { zone } = models.hotline;
  return days === undefined
    ? undefined
    : { fromMillis: startOfDay(days.from, zone), toMillis: startOfDay(days.before, zone) };
};

const callsOfPeriod = async (
  store: Ports['store'],
  models: Ports['models'],
  period: string,
): Promise<readonly TestCall[]> => {
  const span = spanOf(models, period);
  return span === undefined ? [] : store.monitoring.testCalls(undefined, span);
};

/** Test calls of a period, read only where a hotline that has some may lack a published result. */
const unpublishedCalls = async (
  store: Ports['store'],
  models: Ports['models'],
  published: readonly MonitoringResult[],
  spans: TestCallSpans,
  period: string,
): Promise<readonly TestCall[]> => {
  const span = spanOf(models, period);
  if (span === undefined) return [];
  const known = new Set(published.filter((r) => r.period === period).map((r) => r.hotline));
  const lacking = spans.some(
    ({ hotline, firstMillis, lastMillis }) =>
      !known.has(hotline) && firstMillis < span.toMillis && lastMillis >= span.fromMillis,
  );
  return lacking ? store.monitoring.testCalls(undefined, span) : [];
};

/** Rates by day and night, working day and day off of the hotlines whose single test calls are known. */
const withTimes = async (
  document: RankDocument,
  calls: readonly TestCall[],
  models: Ports['models'],
): Promise<RankDocument> => {
  if (calls.length === 0) return document;
  const { zone, country } = models.hotline;
  const calendar = await loadCalendar({ country, overrides: models.calendar });
  const [byClock, byDay] = [partsAt(calendar, zone), partsAt(calendar, zone, true)];
  const clock = localClock(zone);
  const own = Map.groupBy(calls, ({ hotline }) => hotline);
  return {
    ...document,
    hotlines: document.hotlines.map((row) => {
      const counts = (own.get(row.hotline) ?? []).map(({ placedAtMillis, connected }) => ({
        millis: placedAtMillis,
        calls: 1,
        connected: connected ? 1 : 0,
      }));
      if (counts.length === 0) return row;
      // calls that are all dated to midnight came with a date alone: they tell no hour
      const dated = counts.every(({ millis }) => clock(millis).minute === 0);
      return { ...row, byTime: ratesByPart(counts, dated ? byDay : byClock, false) };
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
const withTestCalls = (
  published: readonly MonitoringResult[],
  calls: readonly TestCall[],
  period: string,
): readonly MonitoringResult[] => {
  const own = published.filter((r) => r.period === period);
  const known = new Set(own.map((r) => r.hotline));
  return [...own, ...summariseTestCalls(calls, period).filter((r) => !known.has(r.hotline))];
};

/** The latest period among those with most hotlines: a single line's own month does not hide the league. */
const latestOf = (perPeriod: ReadonlyMap<string, number>): string | undefined => {
  const most = Math.max(0, ...perPeriod.values());
  const broad = [...perPeriod].filter(([, count]) => count * 2 >= most).map(([period]) => period);
  return broad.sort(comparePeriods).at(-1);
};

/** Neither test calls nor a rate: the line stands in the file, but was not monitored. */
const isUntested = ({ testCalls, connectionRate }: MonitoringResult): boolean =>
  (testCalls === undefined || testCalls === 0) && connectionRate === undefined;

const nobodyTested = (period: string): BadInputError =>
  new BadInputError([
    problemAt(
      'period',
      'nobody-tested',
      period,
      text('这一时期没有一条热线被拨测', 'nobody was tested in this period'),
      text('请换一个时期，或导入带拨测次数的结果', 'ask for another, or ingest results with test calls'),
    ),
  ]);

const noResults = (period: string | undefined, known: readonly string[]): BadInputError => {
  const list = known.toSorted(comparePeriods).join(', ');
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
