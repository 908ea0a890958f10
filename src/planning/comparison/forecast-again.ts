import { backtestOrigin, type BacktestRequest, type BacktestRun } from '../../forecast/backtest.ts';
import { causesOfQueue } from '../../forecast/causes/cause.ts';
import { familiesBefore } from '../../forecast/forecast-queues.ts';
import { eventsOfQueue } from '../../forecast/history/events-of-queue.ts';
import { outsideOfQueue } from '../../forecast/outside/outside-forecast.ts';
import type { DayGrid } from '../../kernel/interval-series.ts';
import { addDays, type PlainDate } from '../../kernel/time.ts';
import type { ForecastSeries } from '../forecasts/forecast-series.ts';
import { originProblem, refuse } from '../forecasts/series-options.ts';
import { nameQueues } from '../history/name-queues.ts';
import type { Ports } from '../ports.ts';
import { step } from '../week/stages.ts';

/** Weeks ahead at which plans are made and people hired: the coming week, leave, the month, the quarter. */
export const weeksAhead = [1, 2, 4, 12] as const;

/** A week of a queue to be forecast again, from an origin so many weeks ahead of its end. */
interface Order {
  readonly queue: string;
  readonly grid: DayGrid;
  readonly origin: PlainDate;
  readonly ahead: number;
}

export interface MadeAgain extends Order {
  readonly run: BacktestRun;
}

/**
 * Weeks of every queue forecast again from one, two, four and twelve weeks ahead, where its history reaches, with what was
 * known then; `mondays` name the weeks. Throws `BadInputError` where no queue has the history.
 */
export const forecastAgain = async (
  ports: Ports,
  series: ForecastSeries,
  mondays: readonly PlainDate[],
  seed: number,
): Promise<readonly MadeAgain[]> => {
  const orders = ordersOf(series, mondays);
  const made: MadeAgain[] = [];
  let families: ReturnType<typeof familiesBefore> = new Map();
  let last: Order | undefined;
  for (const [i, order] of orders.entries()) {
    await step(ports, (0.9 * i) / orders.length, 'forecast');
    const request = requestOf(series, order, seed);
    if (order.origin !== last?.origin || order.ahead !== last.ahead)
      families = familiesAt(series, order.origin, request);
    last = order;
    made.push({
      ...order,
      run: backtestOrigin(order.grid, order.origin, request, families.get(order.queue)),
    });
  }
  return made;
};

/** What the line's queues have in common before an origin. */
const familiesAt = (
  { line, queues, events }: ForecastSeries,
  origin: PlainDate,
  { forecast, gapDays, horizonDays }: BacktestRequest,
): ReturnType<typeof familiesBefore> =>
  familiesBefore(line ?? queues, { ...forecast, events, origin, days: gapDays + horizonDays });

/** What has to be forecast again: each queue's weeks from each distance, where its history reaches. */
const ordersOf = (series: ForecastSeries, mondays: readonly PlainDate[]): readonly Order[] => {
  const problems = [...series.queues].map(([queue, grid]) =>
    originProblem(queue, grid, mondays.at(-1) ?? grid.firstDate, 4),
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
    mondays
      .map((monday) => addDays(monday, -daysBefore(ahead)))
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
