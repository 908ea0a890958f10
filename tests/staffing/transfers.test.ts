import { describe, expect, it } from 'vitest';
import { targetsSchema } from '../../src/contract/models/targets-model.ts';
import { tiersSchema, type TiersModel } from '../../src/contract/models/tiers-model.ts';
import { totalOutcome, totalTransfers, withTransfers } from '../../src/kernel/measures.ts';
import { topUpRequirement } from '../../src/staffing/top-up-requirement.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { operatorHours } from '../../src/staffing/require-operators.ts';
import { dedicatedRequests, requireDedicated } from '../../src/staffing/price-variants.ts';
import { requireOperators, type StaffingRequest } from '../../src/staffing/require-operators.ts';
import { aDemand, aPolicy, to, type AQueue } from '../support/a-line.ts';

const count = 12;
const tier = (name: string, queue: string): TiersModel['tiers'][number] => ({
  tier: name,
  name: { 'zh-CN': name, en: name },
  queues: [{ queue, preference: 1, overflowDelaySeconds: 0 }],
  connectionTarget: null,
  costPerHour: 40,
  shrinkage: 0,
});

const requestOf = (share: number, holding: boolean, expertCalls = 0): StaffingRequest => {
  const queues: AQueue[] = [
    {
      queue: 'general',
      callsPerHour: [40, 60, 100, 140, 160, 160, 150, 130, 120, 100, 80, 50],
      handle: 240,
      patience: 120,
      routes: [to('first')],
      transfers: [{ toQueue: 'expert', share, holding, beforeSeconds: 120 }],
    },
    { queue: 'expert', callsPerHour: expertCalls, handle: 420, patience: 180, routes: [to('experts')] },
  ];
  return {
    demand: aDemand(queues, count),
    policy: aPolicy(queues),
    tiers: tiersSchema.parse({ tiers: [tier('first', 'general'), tier('experts', 'expert')] }).tiers,
    targets: targetsSchema.parse({
      connectionRate: 0.9,
      serviceLevel: null,
      rollingConnectionRate: null,
      occupancyMax: 1,
      confidence: 0.8,
      minimumOperators: 0,
    }),
    trunks: Infinity,
    open: new Uint8Array(count).fill(1),
  };
};

const hoursOf = (request: StaffingRequest, tier: number): number =>
  [...(requireOperators(request).tiers[tier]?.operators ?? [])].reduce((sum, n) => sum + n, 0);

describe('operators for calls that are handed on', () => {
  it('a desk that nobody rings is staffed for what others hand on to it, and only then', () => {
    const experts = (share: number): number => hoursOf(requestOf(share, false), 1);
    expect(experts(0)).toBe(0);
    // 1,300 calls, nine tenths answered, a fifth of them for 420 s: 27 hours of work at least.
    expect(experts(0.2)).toBeGreaterThan(27);
    expect(experts(0.4)).toBeGreaterThan(1.4 * experts(0.2));
  });

  it.each([false, true])('the mix holds both queues’ targets in simulation, holding: %s', (holding) => {
    const request = requestOf(0.2, holding, 12);
    const { capacity } = requireOperators(request);
    const { outcome, queues } = simulatePlan(
      { demand: request.demand, capacity, policy: request.policy },
      {
        replications: 300,
        seed: 4,
      },
    );
    for (const own of queues) {
      const keep = (name: string): boolean => name === own.queue;
      const all = withTransfers(
        totalOutcome(outcome, 0, count, keep),
        totalTransfers(outcome, 0, count, keep),
      );
      expect(own.connectionRate?.[0]).toBeCloseTo(all.answered / all.offered, 9);
      expect(own.connectionRate?.[0]).toBeGreaterThan(0.9);
      for (const [rate, halfWidth] of own.intervals.connectionRate)
        expect(rate + halfWidth).toBeGreaterThan(0.875);
    }
  });

  it('holding costs operators of the first desk', () => {
    const hours = (holding: boolean): number => hoursOf(requestOf(0.9, holding), 0);
    expect(hours(true)).toBeGreaterThan(hours(false));
  });

  it('the upper bound keeps together the queues between which calls are handed on', () => {
    expect(dedicatedRequests(requestOf(0.2, true)).map(({ demand }) => demand.queues.length)).toEqual([2]);
    expect(dedicatedRequests(requestOf(0, true)).map(({ demand }) => demand.queues.length)).toEqual([1, 1]);
    const apart = requireDedicated(requestOf(0.2, true));
    expect(apart.map(({ tiers }) => tiers.map((own) => own.tier))).toEqual([['general'], ['expert']]);
    expect(apart.every((own) => operatorHours(own, 60) > 20)).toBe(true);
    for (const { tiers, capacity } of apart)
      expect(capacity.tiers.map((own) => [own.tier, ...own.operators])).toEqual(
        tiers.map((own) => [own.tier, ...own.operators]),
      );
  });

  it('a desk that nobody rings gets its operators back where simulation finds it short', async () => {
    const request = requestOf(0.2, false);
    const found = requireOperators(request);
    const hour = 5;
    const tiers = found.capacity.tiers.map((tier, k) => ({
      ...tier,
      operators: tier.operators.map((n, i) => (k === 1 && i === hour ? n - 3 : n)),
    }));
    const robbed = { ...found, capacity: { ...found.capacity, tiers } };
    const mended = await topUpRequirement(request, robbed, async (capacity) =>
      simulatePlan(
        { demand: request.demand, capacity, policy: request.policy },
        { replications: 60, seed: 3 },
      ),
    );
    const experts = mended.requirement.capacity.tiers[1]?.operators[hour] ?? 0;
    expect(experts).toBeGreaterThan(tiers[1]?.operators[hour] ?? Infinity);
  });
});
