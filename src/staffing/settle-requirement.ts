import { staffingFinding } from './staffing-findings.ts';
import type { Capacity } from '../kernel/hotline.ts';
import { meanShrinkage } from '../kernel/shrinkage.ts';
import { minimumByInterval } from './staffing-request.ts';
import { requireDedicated } from './price-variants.ts';
import type { Requirement, StaffingRequest } from './require-operators.ts';
import { type SimulatedLine, targetsOfQueue, topUpRequirement } from './top-up-requirement.ts';
import { sumOf } from '../kernel/statistics.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';

type Simulate = (capacity: Capacity) => Promise<SimulatedLine>;

/** A change of the mix that saves: operators more or fewer, by tier. */
type Move = readonly number[];

/**
 * The recommended mix, settled by simulation alone: from the formula's mix and from a line for each queue,
 * both mended where a target fails, operators are taken away, exchanged for cheaper ones, or pooled (one who
 * answers more queues for two who answer fewer) as long as every queue's simulated rates stay at their
 * targets; the cheaper end is taken. In no interval can then any one operator go: a queue's simulated mean
 * falls below a target there or right after. Intervals that are not neighbours are tried in one simulation.
 *
 * `simulate` must use the same seed each time (common random numbers), and enough replications for a rate of
 * one interval to be known within half of what one operator changes.
 */
export const settleRequirement = async (
  request: StaffingRequest,
  byFormula: Requirement,
  simulate: Simulate,
): Promise<Requirement> => {
  const starts = [byFormula, ...dedicatedStart(request, byFormula)];
  let best: { readonly capacity: Capacity; readonly cost: number } | undefined;
  for (const start of starts) {
    const { requirement } = await topUpRequirement(request, start, simulate);
    const capacity = await settleCapacity(request, requirement.capacity, simulate);
    const cost = costOf(request, capacity);
    if (best === undefined || cost < best.cost) best = { capacity, cost };
  }
  const { capacity } = best ?? byFormula;
  return {
    ...byFormula,
    capacity,
    tiers: capacity.tiers.map(({ tier, operators }) => ({ tier, operators: Int32Array.from(operators) })),
    reasons: [...byFormula.reasons, settledText],
  };
};

const settledText = staffingFinding('settled-one-by-one');

/** Each queue's own line, put on the tier of its first choice; nothing where a queue has no tier. */
const dedicatedStart = (request: StaffingRequest, byFormula: Requirement): readonly Requirement[] => {
  const lines = requireDedicated(request);
  const tiers = byFormula.capacity.tiers.map(({ tier }) => ({
    tier,
    operators: new Float64Array(request.demand.horizon.count),
  }));
  for (const [q, { queue }] of request.demand.queues.entries()) {
    const routes = request.policy.queues.find((own) => own.queue === queue)?.routes ?? [];
    const first = routes.toSorted((a, b) => a.preference - b.preference)[0]?.tier;
    const ofFirst = tiers.find(({ tier }) => tier === first);
    const line = lines[q]?.tiers[0]?.operators;
    if (ofFirst === undefined || line === undefined) return [];
    for (const [i, operators] of line.entries()) addAt(ofFirst.operators, i, operators);
  }
  const capacity = { ...byFormula.capacity, tiers };
  return [
    {
      ...byFormula,
      capacity,
      tiers: tiers.map((own) => ({ ...own, operators: Int32Array.from(own.operators) })),
    },
  ];
};

const priceOfTier = (request: StaffingRequest, k: number): number => {
  const tier = request.tiers[k];
  return tier === undefined ? 0 : tier.costPerHour / (1 - meanShrinkage(tier.shrinkage));
};

const costOf = (request: StaffingRequest, { tiers }: Capacity): number =>
  tiers.reduce((sum, { operators }, k) => sum + priceOfTier(request, k) * sumOf(operators), 0);

/** Moves that save, in the order in which they are tried: none added, one for one, one for two. */
const movesThatSave = (request: StaffingRequest): Move[] => {
  const count = request.tiers.length;
  const tiers = Array.from({ length: count }, (_, k) => k);
  const price = (k: number): number => priceOfTier(request, k);
  const move = (changes: readonly (readonly [number, number])[]): Move =>
    tiers.map((k) => changes.reduce((sum, [tier, by]) => sum + (tier === k ? by : 0), 0));
  const dearest = tiers.toSorted((a, b) => price(b) - price(a));
  const ones = dearest.map((k) => move([[k, -1]]));
  const swaps = dearest.flatMap((from) =>
    tiers
      .filter((to) => price(to) < price(from) - 1e-9)
      .map((to) =>
        move([
          [from, -1],
          [to, 1],
        ]),
      ),
  );
  const pooled = tiers.flatMap((a) =>
    tiers
      .filter((b) => b >= a)
      .flatMap((b) =>
        tiers
          .filter((to) => to !== a && to !== b && price(to) < price(a) + price(b) - 1e-9)
          .map((to) =>
            move([
              [a, -1],
              [b, -1],
              [to, 1],
            ]),
          ),
      ),
  );
  return [...ones, ...swaps, ...pooled];
};

/** Goes through the moves again and again until none of them saves anywhere any more. */
const settleCapacity = async (
  request: StaffingRequest,
  start: Capacity,
  simulate: Simulate,
): Promise<Capacity> => {
  // A move that failed in an interval fails again until another one has been made there.
  const moves = movesThatSave(request).map((move) => ({ move, failed: new Set<number>() }));
  let capacity = start;
  for (let again = true; again;) {
    again = false;
    for (const { move, failed } of moves) {
      for (const parity of [0, 1]) {
        const tried = intervalsFor(request, capacity, move, failed, parity);
        if (tried.length === 0) continue;
        const simulation = await simulate(moved(capacity, move, tried));
        const kept = tried.filter((i) => holds(request, simulation, i) && holds(request, simulation, i + 1));
        for (const i of tried) if (!kept.includes(i)) failed.add(i);
        if (kept.length === 0) continue;
        again = true;
        capacity = moved(capacity, move, kept);
        if (move.some((by) => by > 0)) for (const i of kept) moves.forEach((other) => other.failed.delete(i));
      }
    }
  }
  return capacity;
};

const intervalsFor = (
  request: StaffingRequest,
  { tiers }: Capacity,
  move: Move,
  failed: ReadonlySet<number>,
  parity: number,
): number[] => {
  const least = minimumByInterval(request.targets, request.demand.horizon);
  return Array.from(request.open.keys()).filter((i) => {
    if (i % 2 !== parity || request.open[i] !== 1 || failed.has(i)) return false;
    const staffed = tiers.reduce(
      (sum, { operators }, k) => sum + valueAt(operators, i) + valueAt(move, k),
      0,
    );
    return (
      staffed >= valueAt(least, i) &&
      tiers.every(({ operators }, k) => valueAt(operators, i) + valueAt(move, k) >= 0)
    );
  });
};

const moved = (capacity: Capacity, move: Move, intervals: readonly number[]): Capacity => ({
  ...capacity,
  tiers: capacity.tiers.map((tier, k) => {
    const operators = tier.operators.slice();
    for (const i of intervals) addAt(operators, i, valueAt(move, k));
    return { ...tier, operators };
  }),
});

/** Every queue's simulated means of the interval are at their targets; intervals without calls hold. */
const holds = (request: StaffingRequest, simulation: SimulatedLine, interval: number): boolean =>
  simulation.queues.every(({ queue, intervals }) => {
    const wanted = targetsOfQueue(request.targets, queue);
    const under = (estimate: readonly [number, number] | undefined, target: number | null): boolean =>
      estimate !== undefined && target !== null && estimate[0] < target;
    return (
      !under(intervals.connectionRate[interval], wanted.connectionRate) &&
      !under(intervals.serviceLevel[interval], wanted.serviceLevel)
    );
  });
