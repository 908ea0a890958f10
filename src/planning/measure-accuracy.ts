import type { AccuracyDocument } from '../contract/documents/accuracy-document.ts';
import type { AccuracyRequest } from '../contract/http/job-requests.ts';
import {
  backtestOrigin,
  lastWeekOrigins,
  type BacktestRequest,
  type BacktestRun,
} from '../forecast/backtest.ts';
import { causesOfQueue } from '../forecast/causes/cause.ts';
import { familiesBefore } from '../forecast/forecast-queues.ts';
import { eventsOfQueue } from '../forecast/history/events-of-queue.ts';
import { outsideOfQueue } from '../forecast/outside/outside-forecast.ts';
import { partMakeUpDays } from '../forecast/history/make-up-days.ts';
import type { DayGrid } from '../kernel/interval-series.ts';
import { addDays, type PlainDate } from '../kernel/time.ts';
import { scoreFrozen, scoreOf } from './comparison/score-frozen.ts';
import { scorePlans } from './comparison/score-plans.ts';
import type { ForecastSeries } from './forecasts/forecast-series.ts';
import { unique } from './forecasts/forecast-week.ts';
import { originProblem, refuse } from './forecasts/series-options.ts';
import { workspaceSeries } from './forecasts/workspace-series.ts';
import { nameQueues } from './history/name-queues.ts';
import { planningFinding } from './planning-findings.ts';
import type { Ports } from './ports.ts';
import { step } from './week/stages.ts';

/** Weeks ahead at which plans are made and people hired: the coming week, leave, the month, the quarter. */
const weeksAhead = [1, 2, 4, 12] as const;

/**
 * How good have forecasts been? The last whole weeks are forecast again from one, two, four and twelve weeks back, with
 * what was known then and beside plain rules on the same days; and every stored plan of a week that is over is held
 * against what came, planners' changes scored with and without; so are the forecasts of twelve weeks kept with them. Throws `BadInputError` where no queue has the history.
 */
export const measureAccuracy = async (ports: Ports, request: AccuracyRequest): Promise<AccuracyDocument> => {
  const series = await workspaceSeries(ports, request.queue === undefined ? {} : { queue: request.queue });
  const targets = scoredWeeks(series, request.weeks);
  const made: MadeAgain[] = [];
  const orders = ordersOf(series, targets);
  let families: ReturnType<typeof familiesBefore> = new Map();
  let familiesOf = '';
  for (const [i, order] of orders.entries()) {
    await step(ports, (0.9 * i) / orders.length, 'forecast');
    const asked = requestOf(series, order, request.seed);
    if (familiesOf !== `${order.origin}/${order.ahead}`) {
      familiesOf = `${order.origin}/${order.ahead}`;
      const { origin } = order;
      const days = asked.gapDays + asked.horizonDays;
      families = familiesBefore(series.line ?? series.queues, {
        ...asked.forecast,
        events: series.events,
        origin,
        days,
      });
    }
    made.push({ ...order, run: backtestOrigin(order.grid, order.origin, asked, families.get(order.queue)) });
  }
  const runsOf = (queue: string, ahead: number): BacktestRun[] =>
    made.filter((own) => own.queue === queue && own.ahead === ahead).map(({ run }) => run);
  await step(ports, 0.9, 'actual');
  const known = new Set(orders.map(({ queue }) => queue));
  return {
    document: 'accuracy',
    from: targets[0] ?? '',
    to: addDays(targets.at(-1) ?? '', 6),
    weeks: targets.length,
    leads: weeksAhead.map((ahead) => {
      const queues = [...known].map((queue) => ({ queue, ...scoreOf(runsOf(queue, ahead)) }));
      const all = scoreOf([...known].flatMap((queue) => runsOf(queue, ahead)));
      return { weeksAhead: ahead, all: { ...all, biasPerDay: sumOf(queues) }, queues };
    }),
    ...(await scorePlans(ports, series)),
    frozen: await scoreFrozen(ports, series),
    notices: unique([
      ...series.notices,
      ...nameQueues(
        [...series.queues.keys()]
          .filter((queue) => !known.has(queue))
          .map((queue) => planningFinding('queue-too-short-to-backtest', { queue })),
        series.names,
      ),
    ]),
  };
};

/** Mondays of the last whole weeks that any queue has on record, the earliest first. */
const scoredWeeks = ({ queues, calendar }: ForecastSeries, weeks: number): readonly PlainDate[] => {
  const ends = [...queues.values()].map((grid) =>
    lastWeekOrigins(partMakeUpDays(grid, Infinity, calendar).ordinary, weeks, 0),
  );
  return ends.toSorted((a, b) => ((a.at(-1) ?? '') < (b.at(-1) ?? '') ? 1 : -1))[0] ?? [];
};

/** A week of a queue to be forecast again, from an origin so many weeks ahead of its end. */
interface Order {
  readonly queue: string;
  readonly grid: DayGrid;
  readonly origin: PlainDate;
  readonly ahead: number;
}

interface MadeAgain extends Order {
  readonly run: BacktestRun;
}

/** What has to be forecast again: each queue's weeks from each distance, where its history reaches. */
const ordersOf = (series: ForecastSeries, targets: readonly PlainDate[]): readonly Order[] => {
  const problems = [...series.queues].map(([queue, grid]) =>
    originProblem(queue, grid, targets.at(-1) ?? grid.firstDate, 4),
  );
  if (problems.every((problem) => problem !== undefined))
    refuse(
      nameQueues(
        problems.filter((own) => own !== undefined),
        series.names,
      ),
    );
  // Origin by origin, so that what queues have in common is found once for all of them.
  return weeksAhead.flatMap((ahead) =>
    targets
      .map((target) => addDays(target, -daysBefore(ahead)))
      .flatMap((origin) =>
        [...series.queues]
          .filter(([queue, grid]) => originProblem(queue, grid, origin) === undefined)
          .map(([queue, grid]) => ({ queue, grid, origin, ahead })),
      ),
  );
};

/** Days from an origin to the week that is foreseen so many weeks ahead. */
const daysBefore = (ahead: number): number => 7 * (ahead - 1);

const requestOf = (
  { calendar, events, causes, outside, open }: ForecastSeries,
  { queue, origin, ahead }: Order,
  seed: number,
): BacktestRequest => ({
  origins: [origin],
  gapDays: daysBefore(ahead),
  horizonDays: 7,
  forecast: {
    calendar,
    events: eventsOfQueue(events, queue),
    causes: causesOfQueue(causes, queue),
    outside: outsideOfQueue(outside, queue),
    method: 'auto',
    seed,
    ...(open === undefined ? {} : { open }),
  },
});

/** Calls of a day that the line is off: those of its queues together. */
const sumOf = (queues: readonly { readonly biasPerDay: number | null }[]): number | null => {
  const known = queues.flatMap(({ biasPerDay }) => biasPerDay ?? []);
  return known.length === 0 ? null : known.reduce((sum, calls) => sum + calls, 0);
};
