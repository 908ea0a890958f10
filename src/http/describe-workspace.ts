import type { WorkspaceDocument } from '../contract/http/workspace-document.ts';
import { addDays, localClock, weekOf, type PlainDate } from '../kernel/time.ts';
import { comparePeriods } from '../monitoring/periods.ts';
import type { Ports } from '../planning/ports.ts';
import { hotlinesPerPeriod } from '../planning/league/league-record.ts';

const hotlineOf = ({ hotline, tiers }: Ports['models']): WorkspaceDocument['hotline'] => ({
  name: hotline.name,
  zone: hotline.zone,
  country: hotline.country,
  intervalMinutes: hotline.intervalMinutes,
  answerTimeThresholdSeconds: hotline.answerTimeThresholdSeconds,
  queues: hotline.queues.map(({ queue, name }) => ({ queue, name })),
  tiers: tiers.tiers.map(({ tier, name }) => ({ tier, name })),
});

/** The first ISO week that has no day of data in it. */
const weekAfter = (last: PlainDate): string => {
  const next = weekOf(addDays(last, 1));
  return next === weekOf(last) ? weekOf(addDays(last, 7)) : next;
};

/** What a workspace holds, in one answer. */
export const describeWorkspace = async ({
  store,
  models,
}: Ports): Promise<Omit<WorkspaceDocument, 'lines'>> => {
  const clock = localClock(models.hotline.zone);
  const [movedTo, maintenance, summary, plans, results, spans, hotlines] = await Promise.all([
    store.movedTo(),
    store.maintenance(),
    store.trafficSummary(),
    store.plans(),
    store.monitoring.results(),
    store.monitoring.testCallSpans(),
    store.monitoring.hotlines(),
  ]);
  const traffic = summary.map((queue) => ({
    queue: queue.queue,
    firstDate: clock(queue.firstMillis).date,
    lastDate: clock(queue.lastMillis).date,
    intervalMinutes: queue.intervalMinutes,
    rows: queue.rows,
  }));
  const firstDate = traffic.map((queue) => queue.firstDate).sort()[0] ?? null;
  const lastDate =
    traffic
      .map((queue) => queue.lastDate)
      .sort()
      .at(-1) ?? null;
  return {
    hotline: hotlineOf(models),
    madeUp: models.hotline.madeUp,
    movedTo: movedTo ?? null,
    maintenance,
    traffic,
    firstDate,
    lastDate,
    nextWeek: lastDate === null ? null : weekAfter(lastDate),
    plans: [...plans],
    monitoring: {
      hotlines: new Set(hotlines.map(({ hotline }) => hotline)).size,
      periods: [...hotlinesPerPeriod({ results, spans }, models.hotline.zone).keys()]
        .sort(comparePeriods)
        .toReversed(),
    },
  };
};
