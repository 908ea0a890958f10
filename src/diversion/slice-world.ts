import type { Capacity, Demand } from '../kernel/hotline.ts';

/** A demand's mean over the intervals from `from` to before `to`; sample paths are left out. */
export const sliceDemand = (demand: Demand, from: number, to: number): Demand => ({
  horizon: {
    ...demand.horizon,
    startMillis: demand.horizon.startMillis + from * demand.horizon.intervalMinutes * 60_000,
    count: to - from,
  },
  queues: demand.queues.map((queue) => ({
    ...queue,
    freshMean: queue.freshMean.subarray(from, to),
    handleTimeSeconds: queue.handleTimeSeconds.subarray(from, to),
    paths: new Float64Array(0),
    pathCount: 0,
  })),
});

export const sliceCapacity = (capacity: Capacity, from: number, to: number): Capacity => ({
  trunks: capacity.trunks,
  tiers: capacity.tiers.map((tier) => ({ tier: tier.tier, operators: tier.operators.subarray(from, to) })),
});
