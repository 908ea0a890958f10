import { countField, transferField, transferWidth, type LineCounts } from './line-counts.ts';
import { ratioEstimate, studentHalfWidthFactor, type Estimate } from './ratio-estimate.ts';

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
    const own = [
      calls[row * width + countField.connected] ?? 0,
      calls[row * width + answerLimitAt] ?? 0,
      calls[row * width + countField.attempts] ?? 0,
    ] as const;
    const handedOn = (field: number): number => transfers[row * transferWidth + field] ?? 0;
    const connected = own[0] + handedOn(transferField.answered);
    const within = own[1] + handedOn(transferField.withinLimit);
    const attempts = own[2] + handedOn(transferField.received);
    const c = at * classes + Math.floor(row / intervals);
    addAt(sums.totals, c * sumsPerReplication, [...own, connected, within, attempts]);
    addAt(sums.moments, row * momentsPerInterval, [
      connected,
      within,
      attempts,
      connected * connected,
      within * within,
      attempts * attempts,
      connected * attempts,
      within * attempts,
    ]);
  }
};

const addAt = (sum: Float64Array, at: number, values: readonly number[]): void => {
  for (let k = 0; k < values.length; k += 1) sum[at + k] = (sum[at + k] ?? 0) + (values[k] ?? 0);
};

/**
 * Per replication, one of the line's three sums over all classes, calls from outside only: 0 connected, 1 within the
 * threshold, 2 attempts.
 */
export const lineTotals = ({ totals }: RateSums, classes: number, field: number): number[] =>
  Array.from({ length: totals.length / classes / sumsPerReplication }, (_, r) => {
    let sum = 0;
    for (let c = 0; c < classes; c += 1) sum += totals[(r * classes + c) * sumsPerReplication + field] ?? 0;
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
        Array.from(
          { length: totals.length / classes / sumsPerReplication },
          (_, r) => totals[(r * classes + c) * sumsPerReplication + withHandedOn + field] ?? 0,
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
      intervals: { connectionRate: rates(0), serviceLevel: rates(1) },
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
