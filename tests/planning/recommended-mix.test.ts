import { describe, expect, it } from 'vitest';
import { settleRequirement } from '../../src/staffing/settle-requirement.ts';
import { topUpRequirement, weakIntervals } from '../../src/staffing/top-up-requirement.ts';
import type { Capacity } from '../../src/kernel/hotline.ts';
import { simulatePlan, type PlanSimulation } from '../../src/queueing/simulator/simulate-plan.ts';
import { operatorHours } from '../../src/staffing/require-operators.ts';
import { pooledRequest, requireDedicated } from '../../src/staffing/price-variants.ts';
import { requireOperators, type StaffingRequest } from '../../src/staffing/require-operators.ts';
import { sweep } from '../support/sweep.ts';
import { tierDesigns } from '../support/tier-designs.ts';

const simulate = (
  { demand, policy }: StaffingRequest,
  capacity: Capacity,
  replications: number,
  seed: number,
): PlanSimulation => simulatePlan({ demand, capacity, policy }, { replications, seed });

const hoursOf = (capacity: Capacity): number =>
  capacity.tiers.reduce((sum, { operators }) => sum + operators.reduce((s, n) => s + n, 0), 0);

const [first] = tierDesigns;

describe.each(sweep(tierDesigns, (design) => design === first))(
  'the recommended mix of $name',
  ({ request }) => {
    const mix = topUpRequirement(request, requireOperators(request), (capacity) =>
      Promise.resolve(simulate(request, capacity, 200, 1)),
    );

    it('meets every target of every queue in a simulation that it was not chosen by', async () => {
      const { queues } = simulate(request, (await mix).requirement.capacity, 400, 77);
      const { connectionRate, serviceLevel } = request.targets;
      for (const queue of queues) {
        const [connected, width] = queue.connectionRate ?? [0, 0];
        expect(connected - width).toBeGreaterThanOrEqual(connectionRate);
        const [within, levelWidth] = queue.serviceLevel ?? [0, 0];
        expect(within - levelWidth).toBeGreaterThanOrEqual(serviceLevel ?? 0);
      }
    });

    it('takes fewer operator-hours than a line for each queue, and no fewer than one pool', async () => {
      const hours = hoursOf((await mix).requirement.capacity);
      const dedicated = requireDedicated(request).reduce((sum, own) => sum + operatorHours(own, 60), 0);
      expect(hours).toBeLessThan(dedicated);
      expect(hours).toBeGreaterThanOrEqual(
        operatorHours(requireOperators({ ...pooledRequest(request), estimate: true }), 60),
      );
    });
  },
);

it('adds operators where simulation shows a queue under its target, and says how many', async () => {
  const [design] = tierDesigns;
  if (design === undefined) throw new Error('no design');
  const { request } = design;
  const found = requireOperators(request);
  // A requirement robbed of four operators in the third hour.
  const tiers = found.tiers.map((tier, k) => ({
    ...tier,
    operators: tier.operators.map((n, i) => (k === 0 && i === 2 ? n - 4 : n)),
  }));
  const robbed = {
    ...found,
    tiers,
    capacity: {
      ...found.capacity,
      tiers: tiers.map(({ tier, operators }) => ({ tier, operators: Float64Array.from(operators) })),
    },
  };
  const run = (capacity: Capacity) => simulate(request, capacity, 60, 5);
  expect(weakIntervals(request.targets, request.open, run(robbed.capacity)).map((w) => w.interval)).toContain(
    2,
  );
  const mended = await topUpRequirement(request, robbed, (capacity) => Promise.resolve(run(capacity)));
  expect(mended.operatorHours).toBeGreaterThanOrEqual(2);
  expect(hoursOf(mended.requirement.capacity) - hoursOf(robbed.capacity)).toBe(mended.operatorHours);
  expect(mended.requirement.reasons.length).toBe(found.reasons.length + 1);
  const level = run(mended.requirement.capacity).queues[0]?.intervals.serviceLevel[2]?.[0] ?? 0;
  expect(level).toBeGreaterThan(0.77);
});

it('in a busy hour of M no operator can go: a queue falls under its target in simulation', async () => {
  const [design] = tierDesigns;
  if (design === undefined) throw new Error('no design');
  const { request } = design;
  const { capacity } = requireOperators(request);
  for (let k = 0; k < capacity.tiers.length; k += 1) {
    const tiers = capacity.tiers.map((tier, j) => ({
      ...tier,
      operators: tier.operators.map((n, i) => (j === k && i === 3 ? n - 1 : n)),
    }));
    const { queues } = simulate(request, { ...capacity, tiers }, 200, 9);
    const levels = queues.map((queue) => queue.intervals.serviceLevel[3]?.[0] ?? 1);
    expect(Math.min(...levels)).toBeLessThan(request.targets.serviceLevel ?? 0);
  }
});

/** The first hours of a request. */
const firstHours = (request: StaffingRequest, count: number): StaffingRequest => ({
  ...request,
  demand: {
    horizon: { ...request.demand.horizon, count },
    queues: request.demand.queues.map((queue) => ({
      ...queue,
      freshMean: queue.freshMean.slice(0, count),
      handleTimeSeconds: queue.handleTimeSeconds.slice(0, count),
    })),
  },
  open: request.open.slice(0, count),
});

describe('a mix settled by simulation', () => {
  const request = firstHours((tierDesigns[1] ?? { request: undefined }).request as StaffingRequest, 3);
  const settled = settleRequirement(request, requireOperators(request), (capacity) =>
    Promise.resolve(simulate(request, capacity, 150, 1)),
  );
  const worst = (capacity: Capacity, interval: number): number =>
    Math.min(
      ...simulate(request, capacity, 400, 77).queues.map(
        ({ intervals }) => intervals.connectionRate[interval]?.[0] ?? 1,
      ),
    );

  it('meets the targets under another seed and takes fewer hours than dedicated lines', async () => {
    const { capacity } = await settled;
    const { connectionRate } = request.targets;
    for (const queue of simulate(request, capacity, 400, 77).queues)
      expect(queue.connectionRate?.[0] ?? 0).toBeGreaterThan(connectionRate - 0.002);
    const dedicated = requireDedicated(request).reduce((sum, own) => sum + operatorHours(own, 60), 0);
    expect(hoursOf(capacity)).toBeLessThan(dedicated);
    expect(hoursOf(capacity)).toBeLessThanOrEqual(hoursOf(requireOperators(request).capacity));
  });

  it('has no operator too many in a busy hour', async () => {
    const { capacity } = await settled;
    for (const [k] of capacity.tiers.entries()) {
      const tiers = capacity.tiers.map((tier, j) =>
        j === k ? { ...tier, operators: tier.operators.map((n, i) => (i === 1 ? n - 1 : n)) } : tier,
      );
      expect(worst({ ...capacity, tiers }, 1)).toBeLessThan(request.targets.connectionRate + 0.002);
    }
  });
});
