import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { QueueForecast } from '../../forecast/forecast-types.ts';
import { describeOutside } from '../forecasts/describe-outside.ts';
import { pick } from '../forecasts/build-demand.ts';
import { intervalRates, rateOrNull } from '../operation/measure-effect.ts';
import { eventsOfQueue } from '../../forecast/history/events-of-queue.ts';
import { eventsOn } from '../forecasts/explain-events.ts';
import type { PlanParts } from './plan-parts.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** The methods that the forecast is made of, the weightiest first; the one asked for where nothing was weighed. */
const methodsUsed = ({ method, candidates }: Pick<QueueForecast, 'method' | 'candidates'>): string => {
  const used = candidates.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  return used.length === 0 ? method : used.map((candidate) => candidate.method).join(' + ');
};

/** Each queue with its forecast by interval, what it is made of, and what its calls meet. */
export const writeQueues = (parts: PlanParts): PlanDocument['queues'] =>
  parts.models.hotline.queues.flatMap((queue) => {
    const forecast = parts.forecast.overruled.get(queue.queue);
    const original = parts.forecast.original.get(queue.queue);
    const demand = parts.demand.queues.find((d) => d.queue === queue.queue);
    if (forecast === undefined || original === undefined || demand === undefined) return [];
    const { dayOffset } = parts.forecast;
    const at = (values: Float64Array): number[] => [...pick(values, forecast, dayOffset, parts.week)];
    const events = eventsOfQueue(parts.forecast.events, queue.queue);
    const outcome = parts.projection.outcome.queues.find((q) => q.queue === queue.queue);
    return [
      {
        queue: queue.queue,
        name: queue.name,
        method: methodsUsed(forecast),
        candidates: forecast.candidates.map((c) => ({
          method: c.method,
          wape: rateOrNull(c.wape),
          weight: c.weight,
        })),
        reasons: [...forecast.reasons],
        ...describeOutside(forecast, dayOffset, parts.week.dates),
        mean: at(forecast.mean),
        q025: at(forecast.quantiles.q025),
        q10: at(forecast.quantiles.q10),
        q50: at(forecast.quantiles.q50),
        q90: at(forecast.quantiles.q90),
        q975: at(forecast.quantiles.q975),
        handleTimeSeconds: [...demand.handleTimeSeconds],
        patienceSeconds: Number.isFinite(demand.patienceSeconds) ? demand.patienceSeconds : null,
        parts: forecast.parts.slice(dayOffset, dayOffset + 7).map((part, day) => ({
          ...part,
          ...(part.event === 1 ? { events: [], fading: [] } : eventsOn(events, part.date)),
          overrule: ratioOfDays(forecast.dayQuantiles.mean, original.dayQuantiles.mean, dayOffset + day),
        })),
        offered: [...(outcome?.offered ?? [])],
        connectionRate: intervalRates(parts.projection.outcome, 'connection', queue.queue),
        serviceLevel: intervalRates(parts.projection.outcome, 'service-level', queue.queue),
        averageSpeedOfAnswerSeconds: parts.week.starts.map((_, i) =>
          rateOrNull((outcome?.answeredWaitSeconds[i] ?? 0) / (outcome?.answered[i] ?? 0)),
        ),
      },
    ];
  });

const ratioOfDays = (changed: Float64Array, original: Float64Array, day: number): number => {
  const base = valueAt(original, day);
  return base > 0 ? (changed[day] ?? base) / base : 1;
};
