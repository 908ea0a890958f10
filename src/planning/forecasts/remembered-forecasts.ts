import { decodeForecast, encodeForecast } from '../../forecast/encode-forecast.ts';
import { forecastQueues } from '../../forecast/forecast-queues.ts';
import type { ForecastRequest, QueueForecast } from '../../forecast/forecast-types.ts';
import type { LineHistory } from '../history/line-history.ts';
import type { Ports } from '../ports.ts';

/** Forecasts of a line's fresh calls; what was fitted before on the same data is taken up again. */
export const rememberedForecasts = async (
  { store }: Pick<Ports, 'store'>,
  { models, fresh, hours, calendar }: LineHistory,
  request: ForecastRequest,
): Promise<ReadonlyMap<string, QueueForecast>> => {
  const { zone, intervalMinutes, openingHours, assumedRepeats } = models.hotline;
  const { origin, days, method, seed, pathCount, outside, causes } = request;
  const rest = [
    zone,
    intervalMinutes,
    openingHours,
    hours.makeUpWorkdays,
    assumedRepeats,
    calendar.country,
    models.calendar,
    // the stored ones are in the hash; how late they may have been issued is not
    causes?.map(({ name, knownAhead, assumed }) => [name, knownAhead, [...(assumed ?? [])]]),
    outside?.map(({ issues }) => issues.at(-1)?.from),
  ];
  const key = `forecast-10/${await store.dataHash()}/${origin}/${days}/${method}/${seed}/${pathCount}/${JSON.stringify(rest)}`;
  const known = await readStored(store, key, [...fresh.keys()]);
  if (known !== undefined) return known;
  const forecasts = forecastQueues(fresh, request);
  for (const [queue, forecast] of forecasts) await store.cache(`${key}/${queue}`, encodeForecast(forecast));
  return forecasts;
};

const readStored = async (
  store: Ports['store'],
  key: string,
  queues: readonly string[],
): Promise<ReadonlyMap<string, QueueForecast> | undefined> => {
  const found = new Map<string, QueueForecast>();
  for (const queue of queues) {
    const bytes = await store.cached(`${key}/${queue}`);
    if (bytes === undefined) return undefined;
    found.set(queue, decodeForecast(bytes));
  }
  return found;
};
