import type { TargetsModel } from '../contract/models/targets-model.ts';
import { betaQuantile } from '../kernel/distributions.ts';
import type { Capacity, Demand } from '../kernel/hotline.ts';
import { meanShrinkage } from '../kernel/shrinkage.ts';
import { sliceCapacity, sliceDemand } from '../kernel/slice-operation.ts';
import { sumOf } from '../kernel/statistics.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';
import { project } from '../queueing/project.ts';
import type { SimulatedRates } from '../queueing/simulator/plan-rates.ts';
import type { Requirement, StaffingRequest } from './require-operators.ts';
import { staffingFinding } from './staffing-findings.ts';

export interface ToppedUp {
  readonly requirement: Requirement;
  readonly operatorHours: number;
  /** Intervals in which operators were added. */
  readonly intervals: number;
}

/** Most rounds of simulating and adding: weak intervals are few, and one or two operators mend them. */
const mostRounds = 4;

/**
 * A requirement found by formula, mended where simulation shows a queue under its target beyond noise: in each
 * such interval operators are added to the tier that mends most for its cost (by formula on the mean demand),
 * then all is simulated again, a few times at most. Nothing is ever taken away.
 */
export const topUpRequirement = async (
  request: StaffingRequest,
  requirement: Requirement,
  simulate: (capacity: Capacity) => Promise<SimulatedLine>,
): Promise<ToppedUp> => {
  let { capacity } = requirement;
  const touched = new Set<number>();
  for (let round = 0; round < mostRounds; round += 1) {
    const weak = weakIntervals(request.targets, request.open, await simulate(capacity));
    const added = addOperators(request, capacity, weak);
    if (added.intervals.length === 0) break;
    capacity = added.capacity;
    for (const interval of added.intervals) touched.add(interval);
  }
  if (touched.size === 0) return { requirement, operatorHours: 0, intervals: 0 };
  const hours = hoursOf(request.demand, capacity) - hoursOf(request.demand, requirement.capacity);
  return {
    requirement: {
      ...requirement,
      capacity,
      tiers: capacity.tiers.map(({ tier, operators }) => ({ tier, operators: Int32Array.from(operators) })),
      reasons: [...requirement.reasons, toppedUpText(touched.size, hours)],
    },
    operatorHours: hours,
    intervals: touched.size,
  };
};

const toppedUpText = (intervals: number, hours: number) =>
  staffingFinding('operators-added-after-simulation', { intervals, hours: Math.round(10 * hours) / 10 });

const hoursOf = ({ horizon }: Demand, capacity: Capacity): number =>
  (capacity.tiers.reduce((sum, { operators }) => sum + sumOf(operators), 0) * horizon.intervalMinutes) / 60;

/** Intervals before a weak one from which the formula comes to it: load, overload and redials are settled by then. */
const leadIn = 4;

/** What one more operator of each tier does for the weak queues, by the formula on the mean demand. */
const gainsByTier = (
  { demand, policy }: StaffingRequest,
  capacity: Capacity,
  weak: readonly WeakInterval[],
): readonly Float64Array[] => {
  const gains = capacity.tiers.map(() => new Float64Array(weak.length));
  for (const interval of new Set(weak.map((one) => one.interval))) {
    const from = Math.max(0, interval - leadIn);
    const near = sliceDemand(demand, from, interval + 1);
    const staffed = sliceCapacity(capacity, from, interval + 1);
    const rates = (tried: Capacity): readonly number[] => {
      const { queues } = project({ demand: near, capacity: tried, policy });
      return weak.map(({ queue, measure }) => {
        const field = measure === 'connectionRate' ? 'answered' : 'answeredWithinThreshold';
        // Targets of a queue are over everybody who comes to it, calls handed on included, as simulation counts them.
        const { [queue]: outcome } = queues;
        const i = interval - from;
        const calls = (outcome?.offered[i] ?? 0) + (outcome?.transfers?.received[i] ?? 0);
        return ((outcome?.[field][i] ?? 0) + (outcome?.transfers?.[field][i] ?? 0)) / calls;
      });
    };
    const before = rates(staffed);
    for (const [k, gain] of gains.entries()) {
      const after = rates(oneMore(staffed, k, interval - from));
      weak.forEach((one, w) => {
        if (one.interval === interval) gain[w] = valueAt(after, w) - valueAt(before, w);
      });
    }
  }
  return gains;
};

const oneMore = (capacity: Capacity, k: number, interval: number): Capacity => ({
  ...capacity,
  tiers: capacity.tiers.map((tier, j) =>
    j === k ? { ...tier, operators: tier.operators.map((n, i) => (i === interval ? n + 1 : n)) } : tier,
  ),
});

const addOperators = (
  request: StaffingRequest,
  capacity: Capacity,
  weak: readonly WeakInterval[],
): { readonly capacity: Capacity; readonly intervals: readonly number[] } => {
  const gains = gainsByTier(request, capacity, weak);
  const tiers = capacity.tiers.map((tier) => ({ ...tier, operators: tier.operators.slice() }));
  const intervals = [...new Set(weak.map(({ interval }) => interval))];
  const added = intervals.filter((interval) => {
    const here = weak.flatMap((one, w) => (one.interval === interval ? [w] : []));
    const choice = bestTier(request, gains, weak, here);
    const operators = tiers[choice.tier]?.operators;
    if (operators === undefined) return false;
    const all = tiers.reduce((sum, tier) => sum + valueAt(tier.operators, interval), 0);
    const count = Math.min(choice.count, Math.max(1, Math.ceil(0.05 * all)));
    addAt(operators, interval, count);
    return true;
  });
  return { capacity: { ...capacity, tiers }, intervals: added };
};

/** The tier that takes away most of an interval's shortage for its cost, and how many of it close the gap. */
const bestTier = (
  { tiers }: StaffingRequest,
  gains: readonly Float64Array[],
  weak: readonly WeakInterval[],
  here: readonly number[],
): { readonly tier: number; readonly count: number } => {
  let best = { tier: -1, count: 1, worth: 0 };
  tiers.forEach((tier, k) => {
    let mended = 0;
    let count = 1;
    for (const w of here) {
      const one = weak[w];
      const gain = gains[k]?.[w] ?? 0;
      if (one === undefined || !(gain > 0)) continue;
      const shortage = one.target - one.simulated;
      mended += Math.min(gain, shortage);
      count = Math.max(count, Math.floor(shortage / gain));
    }
    const worth = (mended * (1 - meanShrinkage(tier.shrinkage))) / tier.costPerHour;
    if (worth > best.worth) best = { tier: k, count, worth };
  });
  return best;
};

/** What a simulation says of each queue's rates, in the order of the demand. */
export interface SimulatedLine {
  readonly queues: readonly SimulatedRates[];
}

/** A queue's interval whose simulated rate is under its target. */
interface WeakInterval {
  /** Index of the queue in the demand. */
  readonly queue: number;
  readonly interval: number;
  readonly measure: 'connectionRate' | 'serviceLevel';
  readonly simulated: number;
  readonly target: number;
  /** It is so far under it that neither the spread of the replications nor the luck of so few calls explains it. */
  readonly isProved: boolean;
}

/**
 * The most that a rate may be in truth (Clopper and Pearson) of which so many calls show this one, each by its own luck:
 * beyond it in one of all `intervals` with a chance of 2.5 %.
 */
const highestRate = (simulated: number, calls: number, intervals: number): number =>
  betaQuantile(1 - 0.025 / intervals, simulated * calls + 1, (1 - simulated) * calls);

/** Targets of a queue: its own where it has some, else the line's; null where nothing is asked. */
export const targetsOfQueue = (
  targets: TargetsModel,
  queue: string,
): { readonly connectionRate: number; readonly serviceLevel: number | null } => {
  const target = targets.queues[queue];
  return {
    connectionRate: target?.connectionRate ?? targets.connectionRate,
    serviceLevel: target?.serviceLevel === undefined ? targets.serviceLevel : target.serviceLevel,
  };
};

/**
 * Open intervals in which a queue misses its target in simulation: those that are proved to; and where the queue's rate
 * over the horizon is not proved (two half widths above the target, so that another simulation says so too), the one in
 * which most calls are missing, where more operators raise that rate. Intervals without calls are none.
 */
export const weakIntervals = (
  targets: TargetsModel,
  open: Uint8Array,
  simulation: SimulatedLine,
): WeakInterval[] =>
  simulation.queues.flatMap((rates, q) => {
    const wanted = targetsOfQueue(targets, rates.queue);
    const { calls } = rates.intervals;
    return (['connectionRate', 'serviceLevel'] as const).flatMap((measure) => {
      const target = wanted[measure];
      const whole = rates[measure];
      if (target === null || whole === undefined) return [];
      const missing = rates.intervals[measure].map(([simulated], i) =>
        open[i] === 1 && simulated < target ? target - simulated : 0,
      );
      const callsMissing = missing.map((share, i) => share * valueAt(calls, i));
      const most = whole[0] - 2 * whole[1] >= target ? Infinity : Math.max(...callsMissing);
      return rates.intervals[measure].flatMap(([simulated, halfWidth], interval) => {
        const shortage = valueAt(missing, interval);
        if (shortage === 0) return [];
        const isProved =
          shortage > halfWidth && target > highestRate(simulated, valueAt(calls, interval), calls.length);
        return isProved || valueAt(callsMissing, interval) >= most
          ? [{ queue: q, interval, measure, simulated, target, isProved }]
          : [];
      });
    });
  });
