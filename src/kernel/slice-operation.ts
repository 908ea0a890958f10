import {
  asRates,
  type Capacity,
  type Demand,
  instantAt,
  noRatePaths,
  type PromptPlacement,
} from './hotline.ts';

/** A demand's mean over the intervals from `from` to before `to`; sample paths are left out. */
export const sliceDemand = (demand: Demand, from: number, to: number): Demand => ({
  horizon: {
    ...demand.horizon,
    startMillis: instantAt(demand.horizon, from),
    count: to - from,
  },
  queues: demand.queues.map((queue) => ({
    ...queue,
    freshMean: queue.freshMean.subarray(from, to),
    handleTimeSeconds: queue.handleTimeSeconds.subarray(from, to),
    ratePaths: noRatePaths,
    pathCount: 0,
  })),
});

/** The intervals from `from` to before `to` of the first `most` paths of `count` intervals each. */
const slicePaths = (
  paths: Float64Array,
  count: number,
  from: number,
  to: number,
  most: number,
): Float64Array => {
  const kept = Math.min(most, Math.floor(paths.length / count));
  const sliced = new Float64Array(kept * (to - from));
  for (let p = 0; p < kept; p += 1)
    sliced.set(paths.subarray(p * count + from, p * count + to), p * (to - from));
  return sliced;
};

/** The same with the first `most` sample paths. */
export const sliceSamplePaths = (demand: Demand, from: number, to: number, most: number): Demand => {
  const { count } = demand.horizon;
  const mean = sliceDemand(demand, from, to);
  return {
    ...mean,
    queues: mean.queues.map((queue, q) => {
      const { ratePaths = noRatePaths, pathCount = 0 } = demand.queues[q] ?? {};
      const kept = Math.min(most, pathCount);
      return { ...queue, ratePaths: asRates(slicePaths(ratePaths, count, from, to, kept)), pathCount: kept };
    }),
  };
};

/** Prompts over the intervals from `from` to before `to`; callers sent beyond them do not come back. */
export const slicePlacements = (
  placements: readonly PromptPlacement[],
  from: number,
  to: number,
): PromptPlacement[] =>
  placements.map((placement) => ({
    ...placement,
    on: placement.on.subarray(from, to),
    offPeakTarget: placement.offPeakTarget
      .subarray(from, to)
      .map((target) => (target < 0 ? -1 : target - from)),
    ...(placement.offPeakReturn === undefined
      ? {}
      : {
          offPeakReturn: {
            until: placement.offPeakReturn.until.subarray(from, to).map((until) => until - from),
            weights: placement.offPeakReturn.weights.subarray(from),
          },
        }),
  }));

/** Operators in the intervals from `from` to before `to`; their arrays are views, but for who turns up. */
export const sliceCapacity = (capacity: Capacity, from: number, to: number): Capacity => ({
  trunks: capacity.trunks,
  tiers: capacity.tiers.map(({ tier, operators, attendance }) => ({
    tier,
    operators: operators.subarray(from, to),
    ...(attendance === undefined
      ? {}
      : { attendance: slicePaths(attendance, operators.length, from, to, Infinity) }),
  })),
});
