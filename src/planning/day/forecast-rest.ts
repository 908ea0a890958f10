import {
  type DayForecast,
  forecastDay,
  planDay,
  type PlannedQueues,
} from '../../forecast/forecast-queues.ts';
import type { ForecastTask, IntradayCounts } from '../../forecast/forecast-task.ts';
import type { DayPicture, RestOfDay } from '../../intraday/day.ts';
import type { QueueAhead } from '../../intraday/rest-of-day.ts';
import { lawOf } from '../../intraday/signals.ts';
import type { Watched, WatchedDay } from '../../intraday/watched-day.ts';
import { loadCalendar } from '../../kernel/calendar-loading.ts';
import { contentHashOf } from '../../kernel/content-hash.ts';
import { asRates, type Operation, type QueueDemand } from '../../kernel/hotline.ts';
import { type DayGrid, daySlots } from '../../kernel/interval-series.ts';
import { dayNumber } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { project } from '../../queueing/project.ts';
import { outsideForecasts, outsideKnownAt } from '../forecasts/outside-forecasts.ts';
import { knownCauses, openingOf } from '../history/line-history.ts';
import type { History } from '../history/read-history.ts';
import type { AskedDay, CutInterval, DayPorts } from './day-picture.ts';

/** What of a day no row of it moves: how its queues were planned, and how past days differed from such plans. */
export interface Morning {
  readonly planned: PlannedQueues;
  /** By queue; the calls of past days are told by the first forecast of the day. */
  readonly past: Map<string, { readonly calls: Watched['past']; readonly handleTime: Watched['past'] }>;
  readonly kept: NonNullable<WatchedDay['kept']>;
  /** What those present were worth on the days before; null: no presence is told of them. */
  worth?: number | null;
}

/** Mornings that this thread knows, the last used last, under the content of all that they rest on. */
const mornings = new Map<string, Morning>();
const mostMornings = 4;

const morningOf = (key: string, plan: () => PlannedQueues): Morning => {
  const found = mornings.get(key) ?? { planned: plan(), past: new Map(), kept: new WeakMap() };
  mornings.delete(key);
  mornings.set(key, found);
  for (const old of [...mornings.keys()].slice(0, -mostMornings)) mornings.delete(old);
  return found;
};

/** The rest of the day by queue, from the first-time calls of intervals that say something of callers. */
export const forecastRest = async (
  ports: DayPorts,
  asked: AskedDay,
  history: History,
  grids: ReadonlyMap<string, DayGrid>,
  { now }: DayPicture,
  mute: Uint8Array,
  running: CutInterval | undefined,
): Promise<{ readonly forecasts: ReadonlyMap<string, DayForecast>; readonly morning: Morning }> => {
  const { stored, date, day, operation } = asked;
  const { planned } = stored;
  const { intervalMinutes, country } = planned.models.hotline;
  const calendar = await loadCalendar({ country, overrides: planned.models.calendar });
  const causes = knownCauses(await ports.store.read('causes'), history.lastDate);
  const line = {
    models: planned.models,
    history,
    fresh: grids,
    outside: await ports.store.read('forecasts'),
  };
  const opening = openingOf(planned.models);
  const expected = new Set(
    [...day.slot.keys()]
      .filter((i) => operation.demand.queues.some(({ freshMean }) => valueAt(freshMean, i) > 0))
      .map((i) => valueAt(day.slot, i)),
  );
  const request: ForecastTask = {
    origin: date,
    days: 1,
    calendar,
    events: await ports.store.read('events'),
    ...(causes.length === 0 ? {} : { causes }),
    ...outsideKnownAt(outsideForecasts(line, intervalMinutes), date, true),
    method: 'auto',
    seed: 1,
    pathCount: Math.max(1, ...operation.demand.queues.map(({ pathCount }) => pathCount)),
    open: (on, slot) => opening(on, slot) || expected.has(slot),
  };
  const muteSlots = new Set(
    [...day.slot.keys()].filter((i) => mute[i] === 1).map((i) => valueAt(day.slot, i)),
  );
  const knownSlots = now >= day.slot.length ? 1440 / intervalMinutes : valueAt(day.slot, now);
  const counted = new Map(
    [...grids].map(([queue, grid]) => {
      const own = dayNumber(date) - dayNumber(grid.firstDate);
      const counts =
        own >= 0 && own < grid.dayCount
          ? daySlots(grid, own).slice()
          : new Float64Array(grid.slotsPerDay).fill(Number.NaN);
      for (const slot of muteSlots) counts[slot] = Number.NaN;
      return [queue, { date, knownSlots, counts } satisfies IntradayCounts] as const;
    }),
  );
  const key = await contentHashOf([
    request.origin,
    stored.plan.id,
    [planned.models.hotline, planned.models.calendar, request.events],
    // Outside forecasts are taken by the first-time share of all calls so far.
    line.outside.length === 0 ? [] : [line.outside, now],
    causes.map(({ values, ...cause }) => [cause, ...values]),
    [...grids].map(([queue, { firstDate, slotsPerDay, values }]) => [
      queue,
      firstDate,
      values.subarray(0, Math.max(0, dayNumber(date) - dayNumber(firstDate)) * slotsPerDay),
    ]),
    history.queues.map(({ queue, startMillis, answered, handleSecondsTotal }) => {
      const own = startMillis.findLastIndex((start) => start < day.horizon.startMillis) + 1;
      return [
        queue,
        startMillis.subarray(0, own),
        answered.subarray(0, own),
        handleSecondsTotal.subarray(0, own),
      ];
    }),
  ]);
  const morning = morningOf(key, () => planDay(grids, request));
  const forecasts = forecastDay(grids, request, counted, morning.planned);
  if (running === undefined) return { forecasts, morning };
  const slot = valueAt(day.slot, now);
  const more = forecastDay(grids, request, withPart(counted, forecasts, slot, running), morning.planned);
  const filled = new Map(
    [...more].map(([queue, forecast]) => {
      const before = forecasts.get(queue);
      const isHeard = running.shares.has(queue) && before !== undefined;
      return [queue, isHeard ? keepSlot(forecast, before, slot) : forecast] as const;
    }),
  );
  return { forecasts: filled, morning };
};

/**
 * Counts with those of the interval that is filling up, as if the rest of it came as expected: with its first call it says
 * next to nothing, at its end all that it has to say, and in between as much as has come. Of queues that no feed follows into it nothing is known yet.
 */
const withPart = (
  counted: ReadonlyMap<string, IntradayCounts>,
  forecasts: ReadonlyMap<string, DayForecast>,
  slot: number,
  { shares }: CutInterval,
): ReadonlyMap<string, IntradayCounts> =>
  new Map(
    [...counted].map(([queue, ofQueue]) => {
      const share = shares.get(queue);
      if (share === undefined) return [queue, ofQueue];
      const counts = ofQueue.counts.slice();
      counts[slot] = (counts[slot] || 0) + (1 - share) * (forecasts.get(queue)?.mean[slot] ?? Number.NaN);
      return [queue, { ...ofQueue, counts, knownSlots: Math.max(ofQueue.knownSlots, slot + 1) }];
    }),
  );

/** A forecast whose slot stays as it was before. */
const keepSlot = (
  forecast: DayForecast,
  before: Pick<DayForecast, 'mean' | 'ratePaths'>,
  slot: number,
): DayForecast => {
  const [mean, paths] = [forecast.mean.slice(), forecast.ratePaths.slice()];
  mean[slot] = valueAt(before.mean, slot);
  for (let at = slot; at < paths.length; at += forecast.slotsPerDay)
    paths[at] = valueAt(before.ratePaths, at);
  return { ...forecast, mean, ratePaths: asRates(paths) };
};

/**
 * A rest whose running interval comes to the calls that have come of it and the share that is left of those expected, callers
 * who call again among both: which of those that have come did so is not known before the interval is over.
 */
export const asFarAsCome = (
  rest: RestOfDay,
  { queues, now }: DayPicture,
  running: CutInterval | undefined,
): RestOfDay => {
  if (running === undefined) return rest;
  const { operation } = rest;
  const offeredIn = (own: Operation): number[] =>
    project(own).queues.map(({ offered }) => valueAt(offered, now));
  const expected = offeredIn(operation);
  let filled = operation;
  // The second time for calls of which prompts and redials take or add a part.
  for (let k = 0; k < 2; k += 1) {
    const so = k === 0 ? expected : offeredIn(filled);
    const moved = filled.demand.queues.map((queue, q): QueueDemand => {
      const share = running.shares.get(queue.queue);
      if (share === undefined) return queue;
      const [freshMean, paths] = [queue.freshMean.slice(), queue.ratePaths.slice()];
      const came = queues[q]?.seen.offered[now] || 0;
      const before = valueAt(freshMean, now);
      const mean = Math.max(0, before + came + (1 - share) * valueAt(expected, q) - valueAt(so, q));
      freshMean[now] = mean;
      for (let at = now; at < paths.length; at += freshMean.length)
        paths[at] = Math.max(0, mean + (k === 0 ? 1 - share : 1) * (valueAt(paths, at) - before));
      return { ...queue, freshMean, ratePaths: asRates(paths) };
    });
    filled = { ...filled, demand: { ...filled.demand, queues: moved } };
  }
  return { ...rest, operation: filled };
};

/** Each queue's calls of the day: those that came, then those that are expected. */
export const aheadOf = (
  asked: AskedDay,
  first: ReadonlyMap<string, Float64Array>,
  { now }: DayPicture,
  forecasts: ReadonlyMap<string, DayForecast>,
  watched: WatchedDay,
): QueueAhead[] => {
  const { day } = asked;
  const { count, intervalMinutes } = day.horizon;
  return watched.queues.flatMap(({ queue, handleTime }) => {
    const forecast = forecasts.get(queue);
    if (forecast === undefined) return [];
    const came = first.get(queue);
    const seen = (i: number): number => {
      const calls = i < now ? (came?.[i] ?? Number.NaN) : Number.NaN;
      return Number.isNaN(calls) ? valueAt(forecast.mean, valueAt(day.slot, i)) : calls;
    };
    const paths = new Float64Array(forecast.pathCount * count);
    const perPath = forecast.slotsPerDay;
    for (let path = 0; path < forecast.pathCount; path += 1)
      for (let i = 0; i < count; i += 1)
        paths[path * count + i] =
          i < now ? seen(i) : valueAt(forecast.ratePaths, path * perPath + valueAt(day.slot, i));
    return [
      {
        queue,
        mean: Float64Array.from({ length: count }, (_, i) =>
          i < now ? seen(i) : valueAt(forecast.mean, valueAt(day.slot, i)),
        ),
        ratePaths: asRates(paths),
        pathCount: forecast.pathCount,
        morning: Float64Array.from({ length: count }, (_, i) =>
          valueAt(forecast.morning, valueAt(day.slot, i)),
        ),
        handleLaw: lawOf(handleTime, intervalMinutes),
      },
    ];
  });
};
