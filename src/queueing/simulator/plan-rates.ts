import { betaQuantile } from '../../kernel/distributions.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { countField, type LineCounts, transferField, transferWidth } from './line-counts.ts';

/** A queue's rates in a simulation, each over the calls that come to it: offered, and handed on to it. */
export interface SimulatedRates {
  readonly queue: string;
  /** Over the horizon; undefined without calls. */
  readonly connectionRate: Estimate | undefined;
  readonly serviceLevel: Estimate | undefined;
  /** By interval of arrival, [estimate, half width of its 95 % interval]; NaN without calls. */
  readonly intervals: {
    readonly connectionRate: readonly Estimate[];
    readonly serviceLevel: readonly Estimate[];
    /** Calls that they are of, all replications together. */
    readonly calls: readonly number[];
  };
}

/** Sums over replications that rates and their widths are made of. */
export interface RateSums {
  /** Per replication and class: connected, within the threshold, attempts; the same with those handed on to it. */
  readonly totals: Float64Array;
  /** Per class and interval: the latter three, their squares, and their products with attempts. */
  readonly moments: Float64Array;
}

const sumsPerReplication = 6;
/** Place of the three that hold calls handed on. */
const withHandedOn = 3;
const momentsPerInterval = 8;

/** Zeros for so many replications of so many classes and intervals. */
export const emptyRateSums = (classes: number, intervals: number, replications: number): RateSums => ({
  totals: new Float64Array(replications * classes * sumsPerReplication),
  moments: new Float64Array(classes * intervals * momentsPerInterval),
});

/** Adds one replication, the `at`-th of these sums. */
export const addReplication = (sums: RateSums, counts: LineCounts, classes: number, at: number): void => {
  const { calls, width, answerLimitAt, transfers } = counts;
  const intervals = calls.length / width / classes;
  for (let row = 0; row < classes * intervals; row += 1) {
    const attemptsOutside = calls[row * width + countField.attempts] ?? 0;
    const connectedOutside = calls[row * width + countField.connected] ?? 0;
    const withinOutside = calls[row * width + answerLimitAt] ?? 0;
    const handedOn = row * transferWidth;
    const connected = connectedOutside + (transfers[handedOn + transferField.answered] ?? 0);
    const within = withinOutside + (transfers[handedOn + transferField.withinLimit] ?? 0);
    const attempts = attemptsOutside + (transfers[handedOn + transferField.received] ?? 0);
    if (attempts === 0) continue;
    const total = (at * classes + Math.floor(row / intervals)) * sumsPerReplication;
    addAt(sums.totals, total, connectedOutside);
    addAt(sums.totals, total + 1, withinOutside);
    addAt(sums.totals, total + 2, attemptsOutside);
    addAt(sums.totals, total + withHandedOn, connected);
    addAt(sums.totals, total + withHandedOn + 1, within);
    addAt(sums.totals, total + withHandedOn + 2, attempts);
    const moment = row * momentsPerInterval;
    addAt(sums.moments, moment, connected);
    addAt(sums.moments, moment + 1, within);
    addAt(sums.moments, moment + 2, attempts);
    addAt(sums.moments, moment + 3, connected * connected);
    addAt(sums.moments, moment + 4, within * within);
    addAt(sums.moments, moment + 5, attempts * attempts);
    addAt(sums.moments, moment + 6, connected * attempts);
    addAt(sums.moments, moment + 7, within * attempts);
  }
};

/** Of one kind of array alone: half of a simulation's sums are made here. */
const addAt = (sum: Float64Array, at: number, value: number): void => {
  sum[at] = (sum[at] ?? 0) + value;
};

/**
 * Per replication, one of the line's three sums over all classes, calls from outside only: 0 connected, 1 within the
 * threshold, 2 attempts.
 */
export const lineTotals = ({ totals }: RateSums, classes: number, field: number): number[] =>
  Array.from({ length: totals.length / classes / sumsPerReplication }, (_, r) => {
    let sum = 0;
    for (let c = 0; c < classes; c += 1)
      sum += valueAt(totals, (r * classes + c) * sumsPerReplication + field);
    return sum;
  });

/** Rates by queue (in the order of the classes) over `count` intervals, from the sums of all shares of the replications. */
export const ratesByQueue = (
  queues: readonly string[],
  count: number,
  shares: readonly RateSums[],
  replications: number,
): SimulatedRates[] => {
  const classes = queues.length;
  const moments = new Float64Array(classes * count * momentsPerInterval);
  const widthFactor = replications < 2 ? Infinity : studentHalfWidthFactor(replications - 1);
  for (const share of shares) share.moments.forEach((value, i) => (moments[i] = (moments[i] ?? 0) + value));
  return queues.map((queue, c) => {
    const column = (field: number): number[] =>
      shares.flatMap(({ totals }) =>
        Array.from({ length: totals.length / classes / sumsPerReplication }, (_, r) =>
          valueAt(totals, (r * classes + c) * sumsPerReplication + withHandedOn + field),
        ),
      );
    const rates = (field: 0 | 1): Estimate[] =>
      Array.from({ length: count }, (_, i) =>
        intervalRate(moments, (c * count + i) * momentsPerInterval, field, replications, widthFactor),
      );
    return {
      queue,
      connectionRate: ratioEstimate(column(0), column(2)),
      serviceLevel: ratioEstimate(column(1), column(2)),
      intervals: {
        connectionRate: rates(0),
        serviceLevel: rates(1),
        calls: Array.from({ length: count }, (_, i) =>
          valueAt(moments, (c * count + i) * momentsPerInterval + 2),
        ),
      },
    };
  });
};

/** The ratio estimate of an interval from its sums: the residuals' squares, multiplied out. */
const intervalRate = (
  moments: Float64Array,
  at: number,
  field: 0 | 1,
  n: number,
  widthFactor: number,
): Estimate => {
  const value = (k: number): number => moments[at + k] ?? 0;
  const attempts = value(2);
  if (!(attempts > 0)) return [Number.NaN, Number.NaN];
  const rate = value(field) / attempts;
  const squares = Math.max(0, value(3 + field) - 2 * rate * value(6 + field) + rate * rate * value(5));
  if (n < 2) return [rate, Infinity];
  const deviation = Math.sqrt(squares / (n * (n - 1))) / (attempts / n);
  return [rate, widthFactor * deviation];
};

/** Quantile of Student's t at 0.975, for ν ≥ 1 degrees of freedom. */
const studentHalfWidthFactor = (degrees: number): number => {
  const x = betaQuantile(0.05, degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
};

/** An estimate and half the width of its 95 % interval. */
export type Estimate = readonly [estimate: number, halfWidth: number];

/** Mean over replications; undefined without replications, no width known from one (0). */
export const meanEstimate = (values: ArrayLike<number>): Estimate => {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i += 1) mean += (values[i] ?? 0) / n;
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += ((values[i] ?? 0) - mean) ** 2;
  return [mean, n < 2 ? 0 : studentHalfWidthFactor(n - 1) * Math.sqrt(squares / (n * (n - 1)))];
};

/**
 * Ratio of two sums over replications with its half width by the residuals' variance (the ratio estimator of
 * survey sampling). Undefined where the denominator is 0.
 */
export const ratioEstimate = (
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
): Estimate | undefined => {
  const n = numerators.length;
  let top = 0;
  let bottom = 0;
  for (let i = 0; i < n; i += 1) {
    top += numerators[i] ?? 0;
    bottom += denominators[i] ?? 0;
  }
  if (!(bottom > 0)) return undefined;
  const ratio = top / bottom;
  if (n < 2) return [ratio, 0];
  let squares = 0;
  for (let i = 0; i < n; i += 1) squares += ((numerators[i] ?? 0) - ratio * (denominators[i] ?? 0)) ** 2;
  const deviation = Math.sqrt(squares / (n * (n - 1))) / (bottom / n);
  return [ratio, studentHalfWidthFactor(n - 1) * deviation];
};

/** Most shares that replications are split into: the same on every machine, so that sums are the same too. */
const mostShares = 32;

/** Splits replications into even shares [from, to). Results do not depend on how many threads take them. */
export const splitReplications = (
  replications: number,
): readonly { readonly from: number; readonly to: number }[] => {
  const shares = Math.min(mostShares, replications);
  return Array.from({ length: shares }, (_, i) => ({
    from: Math.floor((i * replications) / shares),
    to: Math.floor(((i + 1) * replications) / shares),
  }));
};
