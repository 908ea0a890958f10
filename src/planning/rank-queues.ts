import type { RankDocument } from '../contract/documents/rank-document.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import { normalCdf } from '../kernel/distributions.ts';
import { BadInputError } from '../kernel/errors.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { DayGrid } from '../kernel/interval-series.ts';
import type { MonitoringResult } from '../kernel/records.ts';
import { addDays, dateOfDayNumber, dayNumber, daysOfPeriod, localClock, startOfDay } from '../kernel/time.ts';
import { valueAt } from '../kernel/value-at.ts';
import { bands } from '../monitoring/bands.ts';
import { forecastRate, type RateHistory } from '../monitoring/forecast-rate.ts';
import { partsAt, ratesByPart, yearBefore } from '../monitoring/time-parts.ts';
import { rankHotlines } from '../monitoring/rank-hotlines.ts';
import { effectiveCounts, type EffectiveCounts } from '../monitoring/rates.ts';
import { loadTables } from '../monitoring/tables.ts';
import { readSeries, type SeriesOptions } from './forecasts/series-options.ts';
import { dayCountsOf } from './history/read-history.ts';
import { queueNamed } from './history/effective-models.ts';
import type { RankQuestion } from './league/league-inputs.ts';
import { planningFinding, planningProblem } from './planning-findings.ts';
import type { Ports, Store } from './ports.ts';

/**
 * League table of the lines whose own traffic is stored, by the share of offered calls answered within the
 * threshold: what a bureau does that gets its lines' counts instead of test calls. The same pooling, rank
 * intervals and moves as for test calls, on effective numbers of calls (`effectiveCounts`), since calls of a day
 * stand and fall together. Throws BadInputError where no traffic tells it.
 */
export const rankQueues = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  { period, seed }: RankQuestion,
): Promise<RankDocument> => {
  const { zone } = models.hotline;
  const chosen = period ?? (await latestMonth(store, zone));
  const now = await countsOfPeriod(store, zone, chosen);
  if (now.size === 0) throw nothingCounted(chosen);
  const before = yearBefore(chosen);
  const earlier = await countsOfPeriod(store, zone, before);
  const document = rankHotlines(resultsOf(now, chosen), resultsOf(earlier, before), [], {
    period: chosen,
    previousPeriod: earlier.size > 0 ? before : null,
    seed,
    madeUp: models.hotline.madeUp,
    bands: models.monitor.bands,
    meanSecondsStandard: models.monitor.meanSecondsStandard,
    assumedTestCalls: models.monitor.testCalls,
    tables: await loadTables(),
    ofTraffic: true,
  });
  const risks = await nextWeekRisks({ store, models }, document);
  const times = await timesOf({ store, models }, chosen);
  const names = new Map(models.hotline.queues.map((queue) => [queue.queue, queue.name['zh-CN']]));
  return {
    ...document,
    basis: 'traffic',
    hotlines: document.hotlines.map((row) => ({
      ...row,
      name: names.get(row.hotline) ?? row.hotline,
      testCalls: now.get(row.hotline)?.calls ?? row.testCalls,
      connected: now.get(row.hotline)?.met ?? row.connected,
      ...risks(row),
      byTime: times.get(row.hotline) ?? [],
    })),
    notices: [
      basisText,
      ...(await partOfPeriod(store, zone, chosen, document.previousPeriod)),
      ...document.notices,
    ],
  };
};

type Row = RankDocument['hotlines'][number];

/**
 * The chance of each band for the rate of the week after the data, from the forecast of its days: the mean of the
 * week with a normal spread as wide as a single day's, since a line's bad days come together.
 */
const nextWeekRisks = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  document: RankDocument,
): Promise<(row: Row) => Pick<Row, 'risk'>> => {
  const histories = await rateHistories({ store, models });
  const last = histories
    .flatMap(({ days }) => days.map(({ date }) => date))
    .sort()
    .at(-1);
  if (last === undefined || document.hotlines.length === 0) return () => ({});
  const { lines } = forecastRate(histories, addDays(last, 1), 7);
  const edges = models.monitor.bands;
  return (row) => {
    const days = lines.get(row.hotline);
    if (days === undefined || days.length === 0) return {};
    const mean = days.reduce((sum, day) => sum + day.mean, 0) / days.length;
    const spread = days.reduce((sum, day) => sum + (day.q90 - day.q10) / 2.563, 0) / days.length;
    if (!(spread > 0)) return {};
    const below = (edge: number): number => normalCdf((edge - mean) / spread);
    const [cold, warm] = [below(edges.warmFrom), below(edges.hotFrom)];
    const nextBandChances = { hot: 1 - warm, warm: warm - cold, cold, dead: 0 };
    const colder = bands.slice(bands.indexOf(row.band) + 1);
    const fallChance = colder.reduce((sum, band) => sum + nextBandChances[band], 0);
    return { risk: { nextBandChances, fallChance, trueFallChance: row.risk?.trueFallChance ?? 0 } };
  };
};

/** Rates by day and night, working day and day off, of every queue in a period. */
const timesOf = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  period: string,
): Promise<ReadonlyMap<string, ReturnType<typeof ratesByPart>>> => {
  const { zone, country } = models.hotline;
  const calendar = await loadCalendar({ country, overrides: models.calendar });
  const days = daysOfPeriod(period);
  const found = new Map<string, ReturnType<typeof ratesByPart>>();
  if (days === undefined) return found;
  const span = { fromMillis: startOfDay(days.from, zone), toMillis: startOfDay(days.before, zone) };
  for (const { queue } of await store.trafficSummary()) {
    const { startMillis, intervalMinutes, offered, answeredInThreshold } = await store.traffic(queue, span);
    const partsOf = partsAt(calendar, zone, intervalMinutes >= 1440);
    const counts = Array.from(startMillis, (millis, i) => ({
      millis,
      calls: Number.isNaN(valueAt(answeredInThreshold, i)) ? 0 : valueAt(offered, i),
      connected: valueAt(answeredInThreshold, i),
    }));
    found.set(queue, ratesByPart(counts, partsOf, true));
  }
  return found;
};

const basisText: Sayable = planningFinding('ranked-by-traffic');

const latestMonth = async (store: Store, zone: string): Promise<string> => {
  const last = Math.max(...(await store.trafficSummary()).map((queue) => queue.lastMillis));
  if (!Number.isFinite(last)) throw nothingCounted('');
  return localClock(zone)(last).date.slice(0, 7);
};

/** Traffic that begins after the period does, or ends before it: the table is of a part of it. */
const partOfPeriod = async (
  store: Store,
  zone: string,
  period: string,
  previous: string | null,
): Promise<Sayable[]> => {
  const days = daysOfPeriod(period);
  if (days === undefined) return [];
  const span = { fromMillis: startOfDay(days.from, zone), toMillis: startOfDay(days.before, zone) };
  const within: number[] = [];
  for (const { queue } of await store.trafficSummary()) {
    const { startMillis } = await store.traffic(queue, span);
    within.push(...[startMillis.at(0), startMillis.at(-1)].filter((millis) => millis !== undefined));
  }
  const dateOf = (millis: number): string => localClock(zone)(millis).date;
  const [first, last] = [dateOf(Math.min(...within)), dateOf(Math.max(...within))];
  if (first === days.from && addDays(last, 1) === days.before) return [];
  return [planningFinding('traffic-of-part-of-period', { period, first, last, previous })];
};

const countsOfPeriod = async (
  store: Store,
  zone: string,
  period: string,
): Promise<ReadonlyMap<string, EffectiveCounts>> => {
  const days = daysOfPeriod(period);
  if (days === undefined) throw nothingCounted(period);
  const span = { fromMillis: startOfDay(days.from, zone), toMillis: startOfDay(days.before, zone) };
  const found = new Map<string, EffectiveCounts>();
  for (const { queue } of await store.trafficSummary()) {
    const counts = effectiveCounts(await dayCountsOf(store, queue, zone, span));
    if (counts.calls > 0) found.set(queue, counts);
  }
  return found;
};

/** Results on effective numbers of calls, at the exact rate. */
const resultsOf = (counts: ReadonlyMap<string, EffectiveCounts>, period: string): MonitoringResult[] =>
  [...counts].map(([hotline, { rate, effectiveCalls }]) => {
    const testCalls = Math.max(1, Math.round(effectiveCalls));
    const connected = Math.round(rate * testCalls);
    return { hotline, period, testCalls, connected, connectionRate: Math.min(1, rate), indicators: {} };
  });

const nothingCounted = (period: string): BadInputError =>
  new BadInputError([planningProblem('period', 'no-traffic-within-threshold', period)]);

/**
 * Days of every line of a workspace that tell calls and those answered within the threshold; of one line, named by its
 * key or by a name of models/hotline.json.
 */
export const rateHistories = async (
  { store, models }: Pick<Ports, 'store' | 'models'>,
  line?: string,
): Promise<RateHistory[]> => {
  const histories: RateHistory[] = [];
  const stored = (await store.trafficSummary()).map(({ queue }) => queue);
  const asked =
    line === undefined || stored.length === 0 ? line : queueNamed(line, stored, models.hotline.queues);
  for (const queue of stored)
    if (asked === undefined || asked === queue)
      histories.push({ line: queue, days: await dayCountsOf(store, queue, models.hotline.zone) });
  return histories;
};

/** The same from a bare table: one column of calls, one of those answered in time; rows of a day are summed. */
export const rateHistoriesOf = (
  csv: string,
  options: SeriesOptions,
  columns: { readonly calls: string; readonly met: string },
): RateHistory[] => {
  const calls = readSeries(csv, { ...options, countColumn: columns.calls });
  const met = readSeries(csv, { ...options, countColumn: columns.met });
  return [...calls.queues].map(([line, grid]) => {
    const within = met.queues.get(line);
    const first = dayNumber(grid.firstDate);
    const days = Array.from({ length: grid.dayCount }, (_, d) => ({
      date: dateOfDayNumber(first + d),
      ...countsOfDay(grid, within, first + d),
    }));
    return { line, days: days.filter((day) => day.calls > 0) };
  });
};

/** Sums over the slots of a day that have both counts. */
const countsOfDay = (calls: DayGrid, met: DayGrid | undefined, day: number) => {
  const at = (grid: DayGrid, slot: number): number =>
    grid.values[(day - dayNumber(grid.firstDate)) * grid.slotsPerDay + slot] ?? Number.NaN;
  const sums = { calls: 0, met: 0 };
  for (let slot = 0; slot < calls.slotsPerDay; slot += 1) {
    const asked = at(calls, slot);
    const within = met === undefined ? Number.NaN : at(met, slot);
    if (Number.isNaN(asked) || Number.isNaN(within)) continue;
    sums.calls += asked;
    sums.met += within;
  }
  return sums;
};
