import { describe, expect, it } from 'vitest';
import type { Capacity } from '../../src/kernel/hotline.ts';
import {
  requireOperators,
  type Requirement,
  type StaffingRequest,
} from '../../src/staffing/require-operators.ts';
import { settleRequirement } from '../../src/staffing/settle-requirement.ts';
import { topUpRequirement } from '../../src/staffing/top-up-requirement.ts';
import { project } from '../../src/queueing/project.ts';
import { tierDesigns } from '../support/tier-designs.ts';

/**
 * Two queues, an own tier each and generalists, under a law that can be worked out by hand: of queue a `needs[0]`
 * operators are wanted and of b `needs[1]`; a generalist stands in for `worth` of them in both at once. A queue that has
 * them is answered exactly at its target, else at half.
 */
interface Law {
  readonly needs: readonly [number, number];
  readonly worth: number;
  /** Nobody calls while the line is closed, so that nobody is missed. */
  readonly silentWhileClosed?: boolean;
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
  ({ needs, worth, silentWhileClosed = false }: Law, request: StaffingRequest) =>
  (capacity: Capacity) => {
    const rates = (queue: number): (readonly [number, number])[] =>
      Array.from({ length: request.demand.horizon.count }, (_, i) => {
        const at = (k: number): number => capacity.tiers[k]?.operators[i] ?? 0;
        const isMet = (silentWhileClosed && i === closed) || at(queue) + worth * at(2) >= (needs[queue] ?? 0);
        return [isMet ? target : target / 2, 0] as const;
      });
    return Promise.resolve({
      queues: request.demand.queues.map(({ queue }, q) => ({
        queue,
        connectionRate: [1, 0] as const,
        serviceLevel: undefined,
        intervals: { connectionRate: rates(q), serviceLevel: [], calls: rates(q).map(() => 1e6) },
      })),
    });
  };

/** Operators per tier in an open interval and in the closed one, settled from a start. */
const settledFrom = async (
  heads: readonly number[],
  law: Law,
  priceOfBoth = 46,
  change: (request: StaffingRequest) => StaffingRequest = (request) => request,
) => {
  const request = change(asked(priceOfBoth));
  let simulations = 0;
  const live = simulated(law, request);
  const { capacity } = await settleRequirement(request, startOf(request, heads), (tried) => {
    simulations += 1;
    return live(tried);
  });
  const at = (i: number): number[] => capacity.tiers.map(({ operators }) => operators[i] ?? 0);
  return { open: at(1), next: at(2), closed: at(closed), simulations };
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

  it('pools nobody where a generalist is away for half of what is paid', async () => {
    const law = { needs: [2, 1], worth: 1 } as const;
    const away = (request: StaffingRequest): StaffingRequest => ({
      ...request,
      tiers: request.tiers.map((own) => ({ ...own, shrinkage: own.tier === 'both' ? 0.5 : 0 })),
    });
    expect((await settledFrom([2, 1, 0], law, 46, away)).open).toEqual([2, 1, 0]);
    expect((await settledFrom([2, 1, 0], law, 38, away)).open).toEqual([1, 0, 1]);
  });

  it('keeps as many as must be present', async () => {
    const present = (request: StaffingRequest): StaffingRequest => ({
      ...request,
      targets: { ...request.targets, minimumOperators: 4 },
    });
    const { open } = await settledFrom([3, 3, 1], { needs: [1, 1], worth: 1 }, 46, present);
    expect(open[2]).toBe(0);
    expect(open.reduce((sum, n) => sum + n, 0)).toBe(4);
  });

  it('exchanges a generalist for a cheaper own operator where that is enough', async () => {
    expect((await settledFrom([0, 0, 2], { needs: [2, 0], worth: 1 })).open).toEqual([2, 0, 0]);
  });

  it('begins with a line for each queue too, and takes the cheaper end', async () => {
    // Of four generalists nobody can go alone, and none be exchanged.
    const law = { needs: [2, 2], worth: 0.5, silentWhileClosed: true } as const;
    const dear = await settledFrom([0, 0, 4], law, 90);
    expect([dear.open, dear.next, dear.closed]).toEqual([
      [2, 2, 0],
      [2, 2, 0],
      [0, 0, 0],
    ]);
    expect((await settledFrom([0, 0, 4], law, 20)).open).toEqual([0, 0, 4]);
  });

  it('tries nothing twice that has failed and that nothing has changed since', async () => {
    const counts: number[] = [];
    for (const [heads, needs, worth] of [
      [[2, 1, 0], [2, 1], 1],
      [[3, 3, 3], [2, 2], 0.5],
      [[0, 0, 2], [2, 0], 1],
    ] as const)
      counts.push((await settledFrom(heads, { needs, worth })).simulations);
    [123, 137, 109].forEach((most, i) => expect(counts[i]).toBeLessThanOrEqual(most));
  });

  it('tries again to take away whom an exchange has freed', async () => {
    expect((await settledFrom([2, 1, 0], { needs: [2, 1], worth: 2 })).open).toEqual([0, 0, 1]);
  });
});

/** By queue, how far its connection rate falls short in one interval, until as many operators are there as `until` says. */
interface Short {
  readonly by: readonly [number, number];
  readonly until?: number;
}

describe('a requirement mended where simulation shows it short', () => {
  const weak = 2;
  const priced = (costs: readonly number[], shrinkage: readonly number[] = []): StaffingRequest => ({
    ...usual,
    tiers: usual.tiers.map((tier, k) => ({
      ...tier,
      costPerHour: costs[k] ?? tier.costPerHour,
      shrinkage: shrinkage[k] ?? 0,
    })),
    targets: { ...usual.targets, serviceLevel: null },
  });
  const sumAt = ({ tiers }: Capacity, i: number): number =>
    tiers.reduce((sum, { operators }) => sum + (operators[i] ?? 0), 0);
  const mend = async (request: StaffingRequest, start: Requirement, { by, until = Infinity }: Short) => {
    let rounds = 0;
    const mended = await topUpRequirement(request, start, (capacity) => {
      rounds += 1;
      return Promise.resolve({
        queues: request.demand.queues.map(({ queue }, q) => ({
          queue,
          connectionRate: [1, 0] as const,
          serviceLevel: undefined,
          intervals: {
            connectionRate: Array.from({ length: request.demand.horizon.count }, (_, i) => {
              const isShort = i === weak && sumAt(capacity, i) < until;
              return [isShort ? target - (by[q] ?? 0) : target, 1e-6] as const;
            }),
            serviceLevel: [],
            calls: Array.from({ length: request.demand.horizon.count }, () => 1e6),
          },
        })),
      });
    });
    const { tiers } = mended.requirement.capacity;
    const added = tiers.map(({ operators }, k) =>
      [...operators].map((n, i) => n - (start.capacity.tiers[k]?.operators[i] ?? 0)),
    );
    expect(added.every((row) => row.every((n, i) => i === weak || n === 0))).toBe(true);
    const codes = mended.requirement.reasons.map((said) => 'code' in said && said.code);
    expect(codes.includes('operators-added-after-simulation')).toBe(mended.intervals > 0);
    return { ...mended, rounds, added: added.map((row) => row[weak]) };
  };
  /** What one more operator of each tier does for each queue, by the formula. */
  const gainsOf = (request: StaffingRequest, { capacity }: Requirement): number[][] => {
    const { demand, policy } = request;
    const rates = (tried: Capacity) =>
      project({ demand, capacity: tried, policy }).queues.map(
        ({ answered, offered }) => (answered[weak] ?? 0) / (offered[weak] ?? 0),
      );
    const before = rates(capacity);
    return capacity.tiers.map((_, k) => {
      const tiers = capacity.tiers.map((tier, j) =>
        j === k ? { ...tier, operators: tier.operators.map((n, i) => (i === weak ? n + 1 : n)) } : tier,
      );
      return rates({ ...capacity, tiers }).map((rate, q) => rate - (before[q] ?? 0));
    });
  };
  const heads = [18, 18, 6];

  it('is left as it is where nothing is short, or the line is closed then', async () => {
    const request = priced([]);
    const start = startOf(request, heads);
    const none = await mend(request, start, { by: [0, 0] });
    expect(none).toMatchObject({ rounds: 1, operatorHours: 0, intervals: 0 });
    expect(none.requirement).toBe(start);
    const open = request.open.map((_, i) => (i === weak ? 0 : 1));
    expect((await mend({ ...request, open }, start, { by: [0.1, 0.1] })).requirement).toBe(start);
  });

  it('is left as it is where nobody more would help', async () => {
    const request = priced([]);
    const start = startOf(request, [400, 400, 400]);
    expect(await mend(request, start, { by: [0.1, 0] })).toMatchObject({ rounds: 1, intervals: 0 });
  });

  it.each([
    ['one queue short', [40, 40, 46], [], [0.002, 0]],
    ['both short', [40, 40, 46], [], [0.002, 0.002]],
    ['both short, generalists cheap', [40, 40, 20], [], [0.004, 0.004]],
    ['one short, generalists cheap', [40, 40, 20], [], [0.004, 0]],
    ['the other short, its own tier dear', [40, 90, 46], [], [0, 0.003]],
    ['own operators half away', [40, 40, 46], [0.5, 0.5, 0], [0.002, 0.003]],
  ] as const)('by the tier that mends most for its cost: %s', async (_, costs, shrinkage, by) => {
    const request = priced(costs, shrinkage);
    const start = startOf(request, heads);
    const gains = gainsOf(request, start);
    const worth = gains.map(
      (own, k) =>
        (own.reduce((sum, gain, q) => sum + Math.min(gain, by[q] ?? 0), 0) * (1 - (shrinkage[k] ?? 0))) /
        (costs[k] ?? 1),
    );
    const best = worth.indexOf(Math.max(...worth));
    const count = Math.max(1, ...by.map((short, q) => Math.floor(short / (gains[best]?.[q] ?? 1))));
    const found = await mend(request, start, { by: [...by], until: 43 });
    expect(found.added).toEqual(costs.map((_one, k) => (k === best ? Math.min(count, 3) : 0)));
    expect(found).toMatchObject({ rounds: 2, intervals: 1 });
    expect(found.operatorHours).toBeCloseTo(
      Math.min(count, 3) * (request.demand.horizon.intervalMinutes / 60),
      9,
    );
    expect(found.requirement.reasons.length).toBe(start.reasons.length + 1);
    expect(found.requirement.tiers.map(({ operators }) => [...operators])).toEqual(
      found.requirement.capacity.tiers.map(({ operators }) => [...operators]),
    );
  });

  it.each([
    [0.9, 1],
    [1.9, 1],
    [2.1, 2],
    [2.9, 2],
    [3.9, 3],
  ])('by as many as close the gap of %d times what one mends, and no more', async (times, count) => {
    const request = priced([]);
    const start = startOf(request, heads);
    const one = gainsOf(request, start)[0]?.[0] ?? Number.NaN;
    const found = await mend(request, start, { by: [times * one, 0], until: 42 + count });
    expect(found).toMatchObject({ added: [count, 0, 0], rounds: 2 });
  });

  it('by a twentieth of all at once, rounded up, in four rounds at most', async () => {
    const request = priced([]);
    const found = await mend(request, startOf(request, [18, 18, 6]), { by: [0.5, 0] });
    // Of 42 a twentieth is 3 when rounded up, of 45, 48 and 51 as well.
    expect(found.added).toEqual([3 + 3 + 3 + 3, 0, 0]);
    expect(found).toMatchObject({ rounds: 4, intervals: 1 });
    expect((await mend(request, startOf(request, [18, 18, 6]), { by: [0.5, 0], until: 46 })).added).toEqual([
      6, 0, 0,
    ]);
  });
});
