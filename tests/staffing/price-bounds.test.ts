import { english } from '../support/said.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targetsSchema } from '../../src/contract/models/targets-model.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import type { OperatorRecord } from '../../src/kernel/records.ts';
import { oneMoreOperator } from '../../src/staffing/price-curve.ts';
import { operatorHours } from '../../src/staffing/require-operators.ts';
import {
  dedicatedRequests,
  pooledRequest,
  priceBounds,
  pricedRuns,
  requireDedicated,
} from '../../src/staffing/price-variants.ts';
import { requireOperators, type StaffingRequest } from '../../src/staffing/require-operators.ts';
import { rulesOfTier, scoreOperators } from '../../src/staffing/grade-operators.ts';
import { aCapacity, aDemand, aPolicy, to, type AQueue } from '../support/a-line.ts';

const tiersOf = (...own: readonly { tier: string; queues: readonly string[]; [key: string]: unknown }[]) =>
  tiersSchema.parse({
    tiers: own.map(({ tier, queues, ...more }) => ({
      tier,
      name: { 'zh-CN': tier, en: tier },
      queues: queues.map((queue) => ({ queue, preference: 1 })),
      connectionTarget: null,
      costPerHour: 40,
      shrinkage: 0,
      leastOwnShare: 0,
      ...more,
    })),
  }).tiers;
const targetsOf = (more: object = {}) =>
  targetsSchema.parse({
    connectionRate: 0.9,
    serviceLevel: null,
    rollingConnectionRate: null,
    occupancyMax: 1,
    confidence: 0.8,
    minimumOperators: 0,
    ...more,
  });
const queueOf = (queue: string, callsPerHour: number, more: Partial<AQueue> = {}): AQueue => ({
  queue,
  callsPerHour,
  handle: 240,
  patience: 120,
  routes: [to('one')],
  ...more,
});
const requestOf = (queues: readonly AQueue[], more: Partial<StaffingRequest> = {}): StaffingRequest => ({
  demand: aDemand(queues, 3, 30),
  policy: aPolicy(queues),
  tiers: tiersOf({ tier: 'one', queues: queues.map(({ queue }) => queue) }),
  targets: targetsOf(),
  trunks: Infinity,
  open: new Uint8Array(3).fill(1),
  ...more,
});
const total = (rows: Iterable<number>): number => [...rows].reduce((sum, n) => sum + n, 0);

it('what assumptions cost is judged on the first forty sample paths, or on as many as there are or may be', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 90 }),
      fc.option(fc.integer({ min: 1, max: 90 })),
      (count, limit) => {
        const paths = Array.from({ length: count }, (_, path) => [path + 1, path + 2, path + 3]);
        const request = requestOf([queueOf('q', 20, { paths })], limit === null ? {} : { pathLimit: limit });
        const used = Math.min(40, count, limit ?? Infinity);
        for (const { of, request: asked } of pricedRuns(request, 0)) {
          if (of === 'certain-demand') continue;
          const [{ pathCount, ratePaths } = { pathCount: 0, ratePaths: [] }] = asked.demand.queues;
          expect([of, pathCount, asked.pathLimit], of).toEqual([of, used, Math.min(40, limit ?? 40)]);
          expect([...ratePaths].slice(0, 3 * used), of).toEqual(
            [...(request.demand.queues[0]?.ratePaths ?? [])].slice(0, 3 * used),
          );
        }
      },
    ),
  );
});

describe('full pooling and none at all', () => {
  const request = requestOf([queueOf('a', 60), queueOf('b', 120)], {
    targets: targetsOf({
      minimumOperators: 6,
      minimumPresence: [{ from: '00:00', to: '23:30', operators: 5 }],
    }),
  });

  it('one tier answers every queue; apart, each queue has a tier that answers it alone', () => {
    const pooled = pooledRequest(request);
    expect(pooled.tiers.map(({ tier, queues }) => [tier, queues.map(({ queue }) => queue)])).toEqual([
      ['pooled', ['a', 'b']],
    ]);
    expect(pooled.policy.queues.map(({ routes }) => routes.map(({ tier }) => tier))).toEqual([
      ['pooled'],
      ['pooled'],
    ]);
    const apart = dedicatedRequests(request).map(({ tiers, demand }) => [
      tiers.map(({ tier, queues }) => [tier, queues.map(({ queue }) => queue)]),
      demand.queues.map(({ queue }) => queue),
    ]);
    expect(apart).toEqual([
      [[['a', ['a']]], ['a']],
      [[['b', ['b']]], ['b']],
    ]);
  });

  it('the least presence of a queue apart is one operator', () => {
    for (const { targets } of dedicatedRequests(request)) {
      expect(targets.minimumOperators).toBe(1);
      expect(targets.minimumPresence?.map(({ operators }) => operators)).toEqual([1]);
    }
  });

  it('pooling never needs more, and both are told in hours of operators', () => {
    const free = { ...request, targets: targetsOf() };
    const [pooled, dedicated] = priceBounds(free);
    expect([pooled?.variant, dedicated?.variant]).toEqual(['pooled', 'dedicated']);
    expect(pooled?.operatorHours).toBeLessThan(dedicated?.operatorHours ?? 0);
    // Three half-hours: half of all operators counted interval by interval.
    const rows = requireDedicated(free).flatMap(({ tiers }) => tiers.map(({ operators }) => operators));
    expect(dedicated?.operatorHours).toBe(total(rows.map(total)) / 2);
    expect(operatorHours({ ...requireOperators(free), tiers: [] }, 30)).toBe(0);
  });
});

describe('what the requirement counts', () => {
  it('a tier costs what it is paid while it is ready: absences make it dearer', () => {
    const queues = [queueOf('a', 120, { routes: [to('absent', 1), to('present', 1)] })];
    const of = (shrinkage: number): number[] =>
      requireOperators(
        requestOf(queues, {
          tiers: tiersOf(
            { tier: 'absent', queues: ['a'], costPerHour: 40, shrinkage },
            { tier: 'present', queues: ['a'], costPerHour: 60 },
          ),
        }),
      ).tiers.map(({ operators }) => total(operators));
    const [cheap, dear] = [of(0.1), of(0.5)];
    expect(cheap[0]).toBeGreaterThan(0);
    expect(cheap[1]).toBe(0);
    expect(dear[0]).toBe(0);
    expect(dear[1]).toBeGreaterThan(0);
  });

  it('calls that last over half an interval, on the average of the calls, ask for its fullest time', () => {
    const hours = (handle: number, load?: 'high' | 'mean'): number =>
      operatorHours(
        requireOperators(requestOf([queueOf('a', 90, { handle })], load === undefined ? {} : { load })),
        30,
      );
    expect(hours(1000, 'high')).toBeGreaterThan(hours(1000, 'mean'));
    expect(hours(1000)).toBe(hours(1000, 'high'));
    expect(hours(800)).toBe(hours(800, 'mean'));
    const toldOf = (handle: number): boolean =>
      requireOperators(requestOf([queueOf('a', 90, { handle })])).reasons.some((said) =>
        english(said).includes('Calls last over half an interval'),
      );
    expect([toldOf(1000), toldOf(800)]).toEqual([true, false]);
  });

  it('a rolling target that the intervals hold already changes nothing', () => {
    const request = requestOf([queueOf('a', 120)]);
    const rolling = { ...request, targets: targetsOf({ rollingConnectionRate: 0.85 }) };
    const [plain, asked] = [requireOperators(request), requireOperators(rolling)];
    expect(asked.tiers).toEqual(plain.tiers);
    expect(asked.reasons).toEqual(plain.reasons);
  });

  it('a rolling target takes fewer operators than holding it in every interval, and tells how far it is', () => {
    const queues = [queueOf('a', 20)];
    const request = requestOf(queues, {
      demand: aDemand(queues, 30, 60),
      open: new Uint8Array(30).fill(1),
    });
    const seen: number[] = [];
    const rolling = requireOperators({
      ...request,
      targets: targetsOf({ connectionRate: 0.5, rollingConnectionRate: 0.9 }),
      progress: (done) => seen.push(done),
    });
    const always = requireOperators({ ...request, targets: targetsOf({ connectionRate: 0.9 }) });
    expect(operatorHours(rolling, 60)).toBeLessThanOrEqual(operatorHours(always, 60));
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    const [floor] = rolling.reasons.flatMap((said) =>
      'code' in said && said.code === 'connection-floor-raised'
        ? [(said.values as { floor: number }).floor]
        : [],
    );
    // A step of eighths between 50 and 90 %, and what that rate asks of every interval.
    expect(floor).toBeGreaterThan(0.55);
    expect(floor).toBeLessThan(0.9);
    expect(((floor ?? 0) - 0.5) / 0.05).toBeCloseTo(Math.round(((floor ?? 0) - 0.5) / 0.05), 9);
    const held = requireOperators({ ...request, targets: targetsOf({ connectionRate: floor ?? 0 }) });
    expect(rolling.tiers).toEqual(held.tiers);
  });

  it('one operator more in a tier moves that tier alone, in that interval alone', () => {
    const queues = [queueOf('a', 60), queueOf('b', 60, { routes: [to('two')] })];
    const capacity = aCapacity({ one: 4, two: 5 }, 3);
    const effects = oneMoreOperator(
      { demand: aDemand(queues, 3, 30), capacity, policy: aPolicy(queues) },
      'two',
      1,
      [-9, 0, 2],
    );
    expect(effects.map(({ change, operators }) => [change, operators])).toEqual([
      [-9, 0],
      [0, 5],
      [2, 7],
    ]);
    // Queue a has its four operators throughout: with nobody in tier two its callers are still answered.
    expect(effects[0]?.connectionRate).toBeGreaterThan(0.3);
    expect(effects[2]?.connectionRate).toBeGreaterThan(effects[1]?.connectionRate ?? 1);
  });
});

describe('figures of operators', () => {
  const operator = (name: string, own: Partial<OperatorRecord>): OperatorRecord => ({
    operator: name,
    skills: [],
    contractHours: 40,
    ...own,
  });
  const none = { qualityScore: 0, firstContactResolution: 0, handleTimeSeconds: 0, monthsOfService: 0 };

  it.each([
    ['qualityScore', 60, 80],
    ['firstContactResolution', 0.5, 0.7],
    ['monthsOfService', 10, 30],
  ] as const)('%s counts in standard deviations from the mean', (figure, low, high) => {
    const pair = [operator('low', { [figure]: low }), operator('high', { [figure]: high })];
    const [below, above] = scoreOperators(pair, { ...none, [figure]: 1 });
    expect(below).toBeCloseTo(-1, 9);
    expect(above).toBeCloseTo(1, 9);
  });

  it('a floor is not kept by a figure that is not known, and is by one that reaches it', () => {
    const requires = {
      qualityScore: 80,
      firstContactResolution: 0.6,
      monthsOfService: 12,
      handleTimeSeconds: 300,
    };
    const [tier] = tiersOf({ tier: 'desk', queues: ['a'], requires });
    if (tier === undefined) throw new Error('no tier');
    const kept = (own: Partial<OperatorRecord>): boolean[] =>
      rulesOfTier(tier).map(({ holds }) => holds(operator('x', own)));
    // The skill first: who has none on record is taken to have it, who has others has not.
    expect(kept({})).toEqual([true, false, false, false, false]);
    expect(kept({ ...requires, skills: ['a'] })).toEqual([true, true, true, true, true]);
    expect(kept({ ...requires, skills: ['b'], handleTimeSeconds: 301 })).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
});
