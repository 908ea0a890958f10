import type { Range } from '../../contract/documents/range-schema.ts';
import type { Demand } from '../../kernel/hotline.ts';
import type { OutcomeTotals } from '../../kernel/measures.ts';
import type { CountPaths } from '../../kernel/sample-paths.ts';
import { rateOrNull } from '../operation/measure-effect.ts';

/** Quantile of values by linear interpolation (R's type 7); NaN values are left out; NaN for none. */
export const quantile = (values: readonly number[], p: number): number => {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const at = p * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? low;
  return low + (high - low) * (at - Math.floor(at));
};

/** A figure with the 80 % range of its futures. */
export const rangeOf = (mean: number, futures: readonly number[]): Range => ({
  mean: rateOrNull(mean),
  q10: rateOrNull(quantile(futures, 0.1)),
  q90: rateOrNull(quantile(futures, 0.9)),
});

/** A measure over every future. */
export const overFutures = (
  futures: readonly OutcomeTotals[],
  measure: (totals: OutcomeTotals) => number,
): number[] => futures.map(measure);

/** Quantiles of all queues' fresh calls per interval over the joint counts; the mean where there are none. */
export const totalCalls = (
  demand: Demand,
  counts: readonly CountPaths[],
): { mean: number[]; q025: number[]; q10: number[]; q90: number[]; q975: number[] } => {
  const { count } = demand.horizon;
  const mean = Array.from({ length: count }, (_, i) =>
    demand.queues.reduce((sum, queue) => sum + (queue.freshMean[i] ?? 0), 0),
  );
  const paths = Math.min(...demand.queues.map((queue) => queue.pathCount));
  const futures = mean.map((_, i) =>
    Array.from({ length: paths }, (_, p) =>
      counts.reduce((sum, paths) => sum + (paths[p * count + i] ?? 0), 0),
    ),
  );
  const at = (p: number): number[] =>
    mean.map((value, i) => (paths === 0 ? value : quantile(futures[i] ?? [], p)));
  return { mean, q025: at(0.025), q10: at(0.1), q90: at(0.9), q975: at(0.975) };
};

/** Sum over rows at one interval. */
export const sumAt = (rows: readonly ArrayLike<number>[], i: number): number =>
  rows.reduce((sum, row) => sum + (row[i] ?? 0), 0);

/** Operator-hours of rows of operators, from one interval to before another. */
export const operatorHoursOf = (
  rows: readonly ArrayLike<number>[],
  from: number,
  to: number,
  intervalMinutes: number,
): number => {
  let sum = 0;
  for (let i = from; i < to; i += 1) sum += sumAt(rows, i);
  return (sum * intervalMinutes) / 60;
};

/** Fresh calls of all queues over some intervals, with the range of the joint counts. */
export const freshRange = (demand: Demand, counts: readonly CountPaths[], from: number, to: number) => {
  const mean = demand.queues.reduce(
    (sum, queue) => sum + queue.freshMean.subarray(from, to).reduce((s, v) => s + v, 0),
    0,
  );
  const paths = Math.min(...demand.queues.map((queue) => queue.pathCount));
  const count = demand.horizon.count;
  const futures = Array.from({ length: paths }, (_, p) =>
    counts.reduce(
      (sum, paths) => sum + paths.subarray(p * count + from, p * count + to).reduce((s, v) => s + v, 0),
      0,
    ),
  );
  return { mean, q10: rateOrNull(quantile(futures, 0.1)), q90: rateOrNull(quantile(futures, 0.9)) };
};
