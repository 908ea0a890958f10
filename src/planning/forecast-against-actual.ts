import type { CompareDocument } from '../contract/documents.ts';
import type { PlanDocument } from '../contract/plan-document.ts';
import { forecastAccuracy } from '../monitoring/forecast-accuracy.ts';
import type { Happened } from './what-happened.ts';

/** A plan's forecast of fresh calls beside the fresh calls that came. Null where no interval can be compared. */
export const forecastAgainstActual = (
  plan: PlanDocument,
  happened: Happened,
): CompareDocument['forecast'] => {
  const queues = plan.queues.filter((queue) => happened.fresh.has(queue.queue));
  if (queues.length === 0) return null;
  const sum = (pick: (queue: (typeof queues)[number]) => readonly number[]): number[] =>
    plan.starts.map((_, i) => queues.reduce((total, queue) => total + (pick(queue)[i] ?? 0), 0));
  const forecast = sum((queue) => queue.mean);
  const spread = (name: 'q10' | 'q90' | 'q025' | 'q975') => combine(queues, forecast, name);
  const actual = plan.starts.map((_, i) => {
    const values = queues.map((queue) => happened.fresh.get(queue.queue)?.[i] ?? Number.NaN);
    return values.some(Number.isNaN) ? null : values.reduce((total, value) => total + value, 0);
  });
  const accuracy = forecastAccuracy(
    { mean: forecast, q10: spread('q10'), q90: spread('q90'), q025: spread('q025'), q975: spread('q975') },
    actual,
  );
  return {
    wape: accuracy.wape,
    bias: accuracy.bias,
    coverage80: accuracy.coverage80,
    coverage95: accuracy.coverage95,
    days: plan.days.map((day) => {
      const at = plan.starts.flatMap((start, i) => (start.startsWith(day.date) ? [i] : []));
      const known = at.map((i) => actual[i] ?? null);
      return {
        date: day.date,
        forecast: day.calls.mean ?? 0,
        q10: day.calls.q10 ?? 0,
        q90: day.calls.q90 ?? 0,
        actual: known.every((value) => value === null)
          ? null
          : known.reduce<number>((total, value) => total + (value ?? 0), 0),
      };
    }),
    queues: queues.map((queue) => {
      const own = forecastAccuracy(queue, happened.fresh.get(queue.queue) ?? []);
      return { queue: queue.queue, wape: own.wape, bias: own.bias, coverage80: own.coverage80 };
    }),
    intervals: { starts: [...plan.starts], forecast, q10: spread('q10'), q90: spread('q90'), actual },
  };
};

type Queue = PlanDocument['queues'][number];

/**
 * Range of the sum of queues from the ranges of each: distances from the mean add like a mixture of fully shared
 * and independent parts (half and half in variance), since queues share the day's effect but not their counts.
 */
const combine = (
  queues: readonly Queue[],
  mean: readonly number[],
  name: 'q10' | 'q90' | 'q025' | 'q975',
): number[] =>
  mean.map((centre, i) => {
    const distances = queues.map((queue) => (queue[name][i] ?? 0) - (queue.mean[i] ?? 0));
    const shared = distances.reduce((sum, d) => sum + d, 0);
    const independent = Math.sign(shared) * Math.hypot(...distances);
    return Math.max(0, centre + Math.sign(shared) * Math.sqrt((shared ** 2 + independent ** 2) / 2));
  });
