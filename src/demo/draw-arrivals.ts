import { valueAt } from '../kernel/value-at.ts';
import type { Random } from '../kernel/random.ts';

/** An interval's fresh calls in order of arrival: the index of each call's queue, and its time in seconds. */
export interface Arrivals {
  readonly queues: readonly number[];
  readonly times: Float64Array;
}

/**
 * Spreads an interval's fresh calls (`fresh[queue][interval]`) at uniform times over `seconds` from `start`:
 * spacings of a Poisson process scaled to the interval, queues in random order.
 */
export const drawArrivals = (
  fresh: readonly Int32Array[],
  interval: number,
  start: number,
  seconds: number,
  random: Random,
): Arrivals => {
  const queues: number[] = [];
  for (const [q, calls] of fresh.entries())
    for (let i = valueAt(calls, interval); i > 0; i -= 1) queues.push(q);
  const times = new Float64Array(queues.length);
  let sum = 0;
  for (let i = 0; i < times.length; i += 1) {
    sum += random.exponential();
    times[i] = sum;
    // Any order of queues is as likely as any other: exchange with one of those still to be placed.
    const other = i + Math.floor(random.uniform() * (queues.length - i));
    const kept = valueAt(queues, i);
    queues[i] = valueAt(queues, other);
    queues[other] = kept;
  }
  const scale = seconds / (sum + random.exponential());
  for (let i = 0; i < times.length; i += 1) times[i] = start + valueAt(times, i) * scale;
  return { queues, times };
};
