import type { RankDocument } from '../contract/documents.ts';
import { BadInputError, problemAt } from '../kernel/errors.ts';
import type { MonitoringResult } from '../kernel/records.ts';
import { text, type Text } from '../kernel/text.ts';
import { localClock, startOfDay } from '../kernel/time.ts';
import { effectiveCounts, type EffectiveCounts } from '../monitoring/effective-counts.ts';
import { rankHotlines } from '../monitoring/rank-hotlines.ts';
import { daysOfPeriod } from '../monitoring/summarise-test-calls.ts';
import { loadTables } from '../monitoring/tables.ts';
import { dayCountsOf } from './day-counts.ts';
import type { Ports, Store } from './ports.ts';
import { yearBefore, type RankQuestion } from './rank-hotlines.ts';

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
  });
  const names = new Map(models.hotline.queues.map((queue) => [queue.queue, queue.name['zh-CN']]));
  return {
    ...document,
    basis: 'traffic',
    hotlines: document.hotlines.map((row) => ({
      ...row,
      name: names.get(row.hotline) ?? row.hotline,
      testCalls: now.get(row.hotline)?.calls ?? row.testCalls,
      connected: now.get(row.hotline)?.met ?? row.connected,
    })),
    notices: [basisText, ...document.notices],
  };
};

const basisText: Text = text(
  '本表按各线自己的话务排名:应答时限内接听数 / 人工请求量,不是拨测。同一天的电话同好同坏,区间按天为群计算,不按通数',
  "Ranked by the lines' own traffic: calls answered within the threshold / calls offered, not by test calls. Calls of a day stand and fall together, so intervals take days as clusters, not single calls",
);

const latestMonth = async (store: Store, zone: string): Promise<string> => {
  const last = Math.max(...(await store.trafficSummary()).map((queue) => queue.lastMillis));
  if (!Number.isFinite(last)) throw nothingCounted('');
  return localClock(zone)(last).date.slice(0, 7);
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
  new BadInputError([
    problemAt(
      'period',
      'no-traffic-within-threshold',
      period,
      text(
        '这一时期没有可用的话务(须有应答时限内接听数)',
        'no traffic of this period tells how many calls were answered within the threshold',
      ),
      text(
        '请导入含 answered_in_threshold 的话务,或写 --period 2026-11',
        'ingest traffic with answered_in_threshold, or give --period 2026-11',
      ),
    ),
  ]);
