import { causesOfQueue } from './causes/cause.ts';
import { eventsOfQueue } from './history/events-of-queue.ts';
import type { DayGrid } from '../kernel/interval-series.ts';
import { seededRandom } from '../kernel/random.ts';
import { assembleForecast, type DayNormals } from './plan/assemble-forecast.ts';
import { forecastWithoutCalls, planPrepared, type PlannedQueue } from './forecast-queue.ts';
import type { ForecastRequest, QueueForecast } from './forecast-types.ts';
import { prepareHistory, type PreparedHistory } from './history/prepare-history.ts';
import type { FamilyLevel } from './level/family-level.ts';
import { outsideOfQueue } from './outside/outside-forecast.ts';
import { familiesOf } from './plan/family-ties.ts';
import { explainForecast } from './plan/explain-forecast.ts';
import { valueAt } from '../kernel/value-at.ts';

/** Days that two queues must share before their surprises are compared. */
const leastShared = 30;

const surprises = (planned: PlannedQueue): Map<number, number> =>
  new Map(
    Array.from(planned.plan.forms.level.days, (d, i) => {
      // One wild day must not decide how queues move together.
      const score = Math.max(-3, Math.min(3, valueAt(planned.plan.forms.level.surprise, i)));
      return [planned.history.firstDay + d, score] as const;
    }),
  );

const correlation = (a: ReadonlyMap<number, number>, b: ReadonlyMap<number, number>): number | undefined => {
  let count = 0;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (const [day, x] of a) {
    const y = b.get(day);
    if (y === undefined) continue;
    count += 1;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  if (count < leastShared || aa === 0 || bb === 0) return undefined;
  return ab / Math.sqrt(aa * bb);
};

/** How far day surprises of several queues move together: the mean correlation of all pairs, 0–0.95. */
export const sharedDayEffect = (planned: readonly PlannedQueue[]): number => {
  const series = planned.map(surprises);
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < series.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const r = correlation(valueAt(series, i), valueAt(series, j));
      if (r === undefined) continue;
      sum += r;
      pairs += 1;
    }
  }
  return pairs === 0 ? 0 : Math.min(0.95, Math.max(0, sum / pairs));
};

/** Normals of one queue: a part common to all queues of the same path, the rest its own. */
const partlyShared = (request: ForecastRequest, share: number, queue: number): DayNormals => {
  const common = seededRandom(request.seed, 1);
  const own = seededRandom(request.seed, 100 + 2 * queue);
  const a = Math.sqrt(share);
  const b = Math.sqrt(1 - share);
  return () => Float64Array.from({ length: request.days }, () => a * common.normal() + b * own.normal());
};

/** What a request says of one queue: its events, and its forecasts from outside. */
export const requestOfQueue = (request: ForecastRequest, queue: string): ForecastRequest => ({
  ...request,
  events: eventsOfQueue(request.events ?? [], queue),
  ...(request.causes === undefined ? {} : { causes: causesOfQueue(request.causes, queue) }),
  ...(request.outside === undefined ? {} : { outside: outsideOfQueue(request.outside, queue) }),
});

const prepareQueues = (
  histories: ReadonlyMap<string, DayGrid>,
  request: ForecastRequest,
): ReadonlyMap<string, PreparedHistory> =>
  new Map(
    [...histories].flatMap(([queue, grid]) => {
      const past = prepareHistory(grid, requestOfQueue(request, queue));
      return past === undefined ? [] : [[queue, past] as const];
    }),
  );

const mayLean = (histories: ReadonlyMap<string, DayGrid>, { method }: ForecastRequest): boolean =>
  histories.size > 1 && method === 'auto';

/** What the queues of a line have in common before an origin, for each that leans on it: see `familiesOf`. */
export const familiesBefore = (
  histories: ReadonlyMap<string, DayGrid>,
  request: ForecastRequest,
): ReadonlyMap<string, FamilyLevel> =>
  mayLean(histories, request) ? familiesOf(prepareQueues(histories, request), request) : new Map();

/**
 * Forecasts several queues whose paths belong together: path p of every queue is the same future, with day
 * surprises shared as far as history shows. Queues keep the order of `histories`.
 */
export const forecastQueues = (
  histories: ReadonlyMap<string, DayGrid>,
  request: ForecastRequest,
): ReadonlyMap<string, QueueForecast> => {
  const requestOf = (queue: string): ForecastRequest => requestOfQueue(request, queue);
  const prepared = prepareQueues(histories, request);
  const families = mayLean(histories, request)
    ? familiesOf(prepared, request)
    : new Map<string, FamilyLevel>();
  const planned = new Map(
    [...histories.keys()].map(
      (queue) => [queue, planPrepared(prepared.get(queue), requestOf(queue), families.get(queue))] as const,
    ),
  );
  const share = sharedDayEffect([...planned.values()].filter((p) => p !== undefined));
  const forecasts = new Map<string, QueueForecast>();
  let index = 0;
  for (const [queue, grid] of histories) {
    const own = planned.get(queue);
    const forecast =
      own === undefined
        ? forecastWithoutCalls(grid, requestOf(queue))
        : assembleForecast(
            own.history,
            own.plan,
            { ...requestOf(queue), seed: request.seed + index },
            explainForecast(own.plan, requestOf(queue)),
            partlyShared(request, share, index),
          );
    forecasts.set(queue, forecast);
    index += 1;
  }
  return forecasts;
};
