import type { ForecastRequest } from '../contract/http/job-requests.ts';
import type { ForecastDocument } from '../contract/documents/forecast-document.ts';
import { mapQuantiles, type QueueForecast } from '../forecast/forecast-task.ts';
import { addDays } from '../kernel/time.ts';
import { describeOutside } from './forecasts/outside-forecasts.ts';
import { explainForecast, type WeekForecastOptions, forecastWeek } from './forecasts/forecast-week.ts';
import { lineHistory } from './history/line-history.ts';
import { pick } from './forecasts/build-demand.ts';
import type { Ports } from './ports.ts';
import { queueNamed } from './history/effective-models.ts';
import { spanHorizon, type WeekHorizon } from './operation/week-horizon.ts';
import { valueAt } from '../kernel/value-at.ts';

type ForecastDaysRequest = Omit<ForecastRequest, 'method'> & Pick<WeekForecastOptions, 'method'>;

const pathCount = 200;

/** Forecasts fresh calls of some days from the workspace's traffic, planners' changes applied. */
export const forecastDays = async (ports: Ports, request: ForecastDaysRequest): Promise<ForecastDocument> => {
  const line = await lineHistory(ports, request.from === undefined ? {} : { before: request.from });
  const { zone, intervalMinutes, queues } = line.models.hotline;
  const known = queues.map(({ queue }) => queue);
  const asked = request.queue === undefined ? undefined : queueNamed(request.queue, known, queues);
  const from = request.from ?? addDays(line.history.lastDate, 1);
  const span = spanHorizon(from, from, request.days, zone, intervalMinutes);
  const forecast = await forecastWeek(ports, line, span, {
    seed: request.seed,
    method: request.method,
    pathCount,
    assumedCauses: request.cause,
  });
  const wanted = [...forecast.overruled].filter(([queue]) => (asked ?? queue) === queue);
  return {
    document: 'forecast',
    intervalMinutes,
    openingHours: line.hours,
    queues: wanted.map(([queue, own]) =>
      describe(queue, own, forecast.original.get(queue) ?? own, forecast.dayOffset, span),
    ),
    notices: [...line.unusual, ...forecast.notices, ...forecast.assumptions],
  };
};

const describe = (
  queue: string,
  forecast: QueueForecast,
  original: QueueForecast,
  dayOffset: number,
  span: WeekHorizon,
): ForecastDocument['queues'][number] => {
  const at = (values: Float64Array): number[] => [...pick(values, forecast, dayOffset, span)];
  const { quantiles, dayQuantiles } = forecast;
  const mean = at(forecast.mean);
  return {
    queue,
    origin: forecast.origin,
    method: forecast.method,
    candidates: forecast.candidates.map(({ method, wape, weight }) => ({ method, wape, weight })),
    reasons: [...forecast.reasons],
    starts: [...span.starts],
    mean,
    ...mapQuantiles(quantiles, at),
    days: span.dates.map((date, day) => ({
      date,
      mean: mean.reduce((sum, calls, i) => (span.day[i] === day ? sum + calls : sum), 0),
      ...mapQuantiles(dayQuantiles, (values) => valueAt(values, dayOffset + day)),
    })),
    ...explainForecast(forecast, original, dayOffset, span.dates.length),
    shape: at(forecast.shape),
    ...describeOutside(forecast, dayOffset, span.dates),
  };
};
