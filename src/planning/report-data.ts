import type { DataReport } from '../contract/http/file-documents.ts';
import { eventsOfQueue } from '../forecast/history/day-features.ts';
import { dayTotal, type DayGrid } from '../kernel/interval-series.ts';
import { addDays } from '../kernel/time.ts';
import { untranslated } from '../kernel/text.ts';
import { nameQueues } from './history/effective-models.ts';
import { gapNotices, outageNotices } from './forecasts/forecast-notices.ts';
import { lastHalfYear, lineHistory, measuredOf } from './history/line-history.ts';
import { sayInNoTier } from './history/tiers-of-people.ts';
import { formerly, withoutFormer } from './operation/operators-seen.ts';
import { planningFinding } from './planning-findings.ts';
import type { Ports } from './ports.ts';
import { refusalsOf } from './forecasts/forecast-notices.ts';

const daysWithCalls = (grid: DayGrid): number =>
  Array.from({ length: grid.dayCount }, (_, day) => dayTotal(grid, day)).filter((calls) => calls > 0).length;

/** How good the stored data are, and how far they carry: days, gaps, doubts, and what is measured of callers. */
export const reportData = async (ports: Pick<Ports, 'store' | 'models'>): Promise<DataReport> => {
  const { store } = ports;
  const line = await lineHistory(ports);
  const { history, fresh, models, unusual } = line;
  const { hotline } = models;
  const monitoredAs = ports.models.hotline.monitoredAs;
  const [operators, presence, played, results, calls] = await Promise.all([
    store.read('operators'),
    store.read('presence'),
    store.read('prompts'),
    store.monitoring.results(),
    store.monitoring.testCalls(monitoredAs, { fromMillis: -8.64e15, toMillis: 8.64e15 }),
  ]);
  // A feed gives this tier to whom the line does not list.
  const isFed = (await store.feeds.all()).some(({ settings }) => settings.presence);
  const isNamed = [...operators, ...models.tiers.tiers].some(({ tier }) => tier === formerly);
  const former =
    isFed || isNamed ? 0 : withoutFormer(presence).filter(({ tier }) => tier === formerly).length;
  const isOwn = ({ hotline: name }: { readonly hotline: string }): boolean =>
    monitoredAs === undefined || name === monitoredAs;
  const [testCalls, published] = [calls.length, results.filter(isOwn).length];
  return {
    refusals: await refusalsOf(store, line),
    days: history.days,
    queues: history.queues.map((traffic) => {
      const ofLine = hotline.queues.find(({ queue }) => queue === traffic.queue);
      const grid = fresh.get(traffic.queue);
      const measured = measuredOf(lastHalfYear(traffic), hotline);
      return {
        queue: traffic.queue,
        name: ofLine?.name ?? untranslated(traffic.queue),
        daysWithCalls: grid === undefined ? 0 : daysWithCalls(grid),
        handleTime: measured.handleTime ?? null,
        patience: measured.patience ?? null,
        redials: measured.redials ?? null,
      };
    }),
    feeds: {
      operators: operators.length,
      presence: presence.length,
      promptsPlayed: played.length,
      monitored: testCalls + published,
      testCalls,
      results: published,
    },
    said: [
      ...unusual,
      ...sayInNoTier(operators, models.tiers),
      ...(former === 0 ? [] : [planningFinding('presence-of-all', { intervals: former })]),
      ...nameQueues(
        [...fresh].flatMap(([queue, grid]) => [
          ...gapNotices(queue, grid),
          ...outageNotices(queue, grid, {
            origin: addDays(history.lastDate, 1),
            calendar: line.calendar,
            events: eventsOfQueue(line.events, queue),
          }),
        ]),
        hotline.queues,
      ),
    ],
  };
};
