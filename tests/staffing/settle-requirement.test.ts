import { describe, expect, it } from 'vitest';
import type { Capacity } from '../../src/kernel/hotline.ts';
import {
  requireOperators,
  type Requirement,
  type StaffingRequest,
} from '../../src/staffing/require-operators.ts';
import { settleRequirement } from '../../src/staffing/settle-requirement.ts';
import { tierDesigns } from '../support/tier-designs.ts';

/**
 * Two queues, an own tier each and generalists, under a law that can be worked out by hand: of queue a `needs[0]`
 * operators are wanted and of b `needs[1]`; a generalist stands in for `worth` of them in both at once. A queue that has
 * them is answered exactly at its target, else at half.
 */
interface Law {
  readonly needs: readonly [number, number];
  readonly worth: number;
}

const [design] = tierDesigns;
if (design === undefined) throw new Error('no design');
const { request: usual } = design;
const target = usual.targets.connectionRate;
const closed = 3;

const asked = (priceOfBoth: number): StaffingRequest => ({
  ...usual,
  tiers: usual.tiers.map((tier) => (tier.tier === 'both' ? { ...tier, costPerHour: priceOfBoth } : tier)),
  targets: { ...usual.targets, serviceLevel: null },
  open: usual.open.map((_, i) => (i === closed ? 0 : 1)),
});

/** So many operators per tier in every interval. */
const startOf = (request: StaffingRequest, heads: readonly number[]): Requirement => {
  const found = requireOperators(request);
  const { count } = request.demand.horizon;
  const tiers = found.capacity.tiers.map((tier, k) => ({
    ...tier,
    operators: new Float64Array(count).fill(heads[k] ?? 0),
  }));
  return { ...found, capacity: { ...found.capacity, tiers } };
};

const simulated =
  ({ needs, worth }: Law, request: StaffingRequest) =>
  (capacity: Capacity) => {
    const rates = (queue: number): (readonly [number, number])[] =>
      Array.from({ length: request.demand.horizon.count }, (_, i) => {
        const at = (k: number): number => capacity.tiers[k]?.operators[i] ?? 0;
        return [at(queue) + worth * at(2) >= (needs[queue] ?? 0) ? target : target / 2, 0] as const;
      });
    return Promise.resolve({
      queues: request.demand.queues.map(({ queue }, q) => ({
        queue,
        connectionRate: [1, 0] as const,
        serviceLevel: undefined,
        intervals: { connectionRate: rates(q), serviceLevel: [] },
      })),
    });
  };

/** Operators per tier in an open interval and in the closed one, settled from a start. */
const settledFrom = async (heads: readonly number[], law: Law, priceOfBoth = 46) => {
  const request = asked(priceOfBoth);
  const { capacity } = await settleRequirement(request, startOf(request, heads), simulated(law, request));
  const at = (i: number): number[] => capacity.tiers.map(({ operators }) => operators[i] ?? 0);
  return { open: at(1), next: at(2), closed: at(closed) };
};

describe('a mix settled one by one', () => {
  it('pools two own operators in one generalist, down to nobody in a tier; a target that is just met is met', async () => {
    const { open, next } = await settledFrom([2, 1, 0], { needs: [2, 1], worth: 1 });
    expect(open).toEqual([1, 0, 1]);
    expect(next).toEqual([1, 0, 1]);
  });

  it('changes nothing while the line is closed', async () => {
    expect((await settledFrom([2, 1, 0], { needs: [2, 1], worth: 1 })).closed).toEqual([2, 1, 0]);
  });

  it('pools nobody where a generalist costs more than the two', async () => {
    expect((await settledFrom([2, 1, 0], { needs: [2, 1], worth: 1 }, 90)).open).toEqual([2, 1, 0]);
  });

  it('exchanges a generalist for a cheaper own operator where that is enough', async () => {
    expect((await settledFrom([0, 0, 2], { needs: [2, 0], worth: 1 })).open).toEqual([2, 0, 0]);
  });

  it('tries again to take away whom an exchange has freed', async () => {
    expect((await settledFrom([2, 1, 0], { needs: [2, 1], worth: 2 })).open).toEqual([0, 0, 1]);
  });
});
