import { openStaffingRun } from '../../src/queueing/staffing-run.ts';
import { english } from '../support/said.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { targetsSchema, type TargetsModel } from '../../src/contract/models/targets-model.ts';
import { tiersSchema, type TiersModel } from '../../src/contract/models/tiers-model.ts';
import { CancelledError } from '../../src/kernel/errors.ts';
import type { Capacity } from '../../src/kernel/hotline.ts';
import { connectionRate, occupancy, serviceLevels, totalOutcome } from '../../src/kernel/measures.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { erlang } from '../../src/queueing/erlang.ts';
import { takeWork } from '../../src/kernel/work.ts';
import { project } from '../../src/queueing/project.ts';
import { oneMoreOperator, priceCurvePoint } from '../../src/staffing/price-curve.ts';
import { priceRequirement } from './price-requirement.ts';
import { operatorHours } from '../../src/staffing/require-operators.ts';
import {
  requireOperators,
  type Requirement,
  type StaffingRequest,
  watchRolling,
} from '../../src/staffing/require-operators.ts';
import { aDemand, aPolicy, to, type AQueue } from '../support/a-line.ts';
import { transientServiceLevel } from '../support/transient.ts';

const targets = (more: Partial<TargetsModel> = {}): TargetsModel => ({
  ...targetsSchema.parse({
    connectionRate: 0.9,
    serviceLevel: 0.8,
    rollingConnectionRate: null,
    occupancyMax: 1,
    confidence: 0.8,
    minimumOperators: 0,
  }),
  ...more,
});

const tier = (name: string, queues: readonly string[], more: object = {}): TiersModel['tiers'][number] => {
  const [found] = tiersSchema.parse({
    tiers: [
      {
        tier: name,
        name: { 'zh-CN': name, en: name },
        queues: queues.map((queue) => ({ queue, preference: 1 })),
        connectionTarget: null,
        costPerHour: 40,
        shrinkage: 0,
        ...more,
      },
    ],
  }).tiers;
  if (found === undefined) throw new Error('no tier');
  return found;
};

const aRequest = (
  queues: readonly AQueue[],
  tiers: TiersModel['tiers'],
  count: number,
  more: Partial<StaffingRequest> = {},
): StaffingRequest => ({
  demand: aDemand(queues, count),
  policy: aPolicy(queues),
  tiers,
  targets: targets(),
  trunks: Infinity,
  open: new Uint8Array(count).fill(1),
  ...more,
});

const general: AQueue = {
  queue: 'general',
  callsPerHour: 300,
  handle: 240,
  patience: 120,
  routes: [to('one')],
};
const onlyTier = [tier('one', ['general'])];
const row = (requirement: Requirement, at = 0): number[] => [...(requirement.tiers[at]?.operators ?? [])];

const withFewer = (capacity: Capacity, interval: number, at: number): Capacity => ({
  ...capacity,
  tiers: capacity.tiers.map((t, k) => ({
    ...t,
    operators: t.operators.map((n, i) => (k === at && i === interval ? n - 1 : n)),
  })),
});

describe('requireOperators', () => {
  it('finds what a search from one operator finds, in steady state', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 600 }), fc.constantFrom(60, 180, 600), (calls, patience) => {
        const queues = [{ ...general, callsPerHour: calls, patience }];
        const found = requireOperators(aRequest(queues, onlyTier, 6, { load: 'stationary' }));
        let least = 1;
        for (; ; least += 1) {
          const m = erlang({
            loadErlangs: (calls * 240) / 3600,
            operators: least,
            handleTimeSeconds: 240,
            patienceSeconds: patience,
            trunks: Infinity,
            thresholdSeconds: 15,
          });
          if (m.stable && m.slOffered >= 0.8 && m.pConnect >= 0.9) break;
        }
        expect(row(found)).toEqual(Array.from({ length: 6 }, () => least));
      }),
      { numRuns: 25 },
    );
  });

  it('meets joint targets in every interval, and with one operator less in any of them does not', () => {
    const calls = [60, 200, 420, 380, 300, 120];
    const queues = [{ ...general, callsPerHour: calls, repeats: { afterAbandon: 0.5 } }];
    const request = aRequest(queues, onlyTier, 6, { targets: targets({ occupancyMax: 0.85 }) });
    const { capacity } = requireOperators(request);
    const holds = (with_: Capacity, i: number): boolean => {
      const outcome = project({ demand: request.demand, capacity: with_, policy: request.policy });
      const totals = totalOutcome(outcome, i, i + 1);
      return (
        serviceLevels(totals).ofOffered >= 0.8 - 1e-6 &&
        connectionRate(totals) >= 0.9 - 1e-6 &&
        occupancy(outcome, i, i + 1) <= 0.85 + 1e-6
      );
    };
    calls.forEach((_, i) => {
      expect(holds(capacity, i), `interval ${i}`).toBe(true);
      expect(holds(withFewer(capacity, i, 0), i), `interval ${i} with one less`).toBe(false);
    });
  });

  it('asks for no crowds where there are too few lines, and loses next to nothing by it', () => {
    const shares = fc.record({
      trunks: fc.integer({ min: 20, max: 60 }),
      over: fc.double({ min: 3, max: 5, noNaN: true }),
      own: fc.double({ min: 0.1, max: 0.4, noNaN: true }),
    });
    fc.assert(
      fc.property(shares, ({ trunks, over, own }) => {
        const callsPerHour = (trunks * over * 3600) / 240;
        const queues = [own, 1 - own].map((part, q) => ({
          ...general,
          queue: q === 0 ? 'general' : 'expert',
          callsPerHour: callsPerHour * part,
          routes: q === 0 ? [to('one'), to('two', 2)] : [to('two')],
        }));
        const more = { leastOwnShare: 0, costPerHour: 45 };
        const tiers = [
          tier('one', ['general'], { leastOwnShare: 0 }),
          tier('two', ['general', 'expert'], more),
        ];
        const request = aRequest(queues, tiers, 3, { trunks });
        const { capacity, relaxed } = requireOperators(request);
        expect(relaxed).toHaveLength(1);
        const connected = (with_: Capacity): number =>
          connectionRate(totalOutcome(project({ ...request, capacity: with_ })));
        const crowd = {
          ...capacity,
          tiers: capacity.tiers.map((t) => ({ ...t, operators: t.operators.map(() => 3 * trunks) })),
        };
        const present = [0, 1, 2].map((i) =>
          capacity.tiers.reduce((sum, { operators }) => sum + (operators[i] ?? 0), 0),
        );
        expect(connected(capacity)).toBeGreaterThan(connected(crowd) - 0.02);
        expect(Math.max(...present)).toBeLessThanOrEqual(2.6 * trunks);
      }),
      { numRuns: 8 },
    );
  });

  it.each([
    { trunks: 70, busy: 58, occupancyMax: 0.6 },
    { trunks: 70, busy: 58, occupancyMax: 0.5 },
    { trunks: 12, busy: 8, occupancyMax: 0.4 },
    { trunks: 4, busy: 1, minimumOperators: 8 },
  ])('meets what the lines allow, with as many beside them as it takes: %j', ({ trunks, busy, ...asked }) => {
    const queues = [{ ...general, callsPerHour: busy * 15 }];
    const request = aRequest(queues, onlyTier, 3, { trunks, targets: targets(asked) });
    const { capacity, relaxed } = requireOperators(request);
    expect(relaxed).toEqual([]);
    const { demand, policy } = request;
    expect(occupancy(project({ demand, policy, capacity }))).toBeLessThanOrEqual(asked.occupancyMax ?? 1);
    expect(Math.min(...(capacity.tiers[0]?.operators ?? []))).toBeGreaterThanOrEqual(
      asked.minimumOperators ?? 0,
    );
  });

  it('keeps the asked confidence over sample paths, and needs more for more of it', () => {
    const random = seededRandom(3);
    const paths = Array.from({ length: 50 }, () => {
      const level = Math.exp(0.2 * random.normal());
      return Array.from({ length: 4 }, () => 300 * level);
    });
    const queues = [{ ...general, paths }];
    const hours = (confidence: number): Requirement =>
      requireOperators(aRequest(queues, onlyTier, 4, { targets: targets({ confidence }) }));
    const found = hours(0.8);
    const good = paths.map((path) => {
      const alone = [{ ...general, callsPerHour: path }];
      const outcome = project({
        demand: aDemand(alone, 4),
        capacity: found.capacity,
        policy: aPolicy(alone),
      });
      return serviceLevels(totalOutcome(outcome, 3, 4)).ofOffered >= 0.8 - 1e-6;
    });
    const share = good.filter(Boolean).length / paths.length;
    expect(share).toBeGreaterThanOrEqual(0.8);
    expect(share).toBeLessThan(0.95);
    expect(operatorHours(hours(0.95), 60)).toBeGreaterThan(operatorHours(found, 60));
  });

  it('gives a mixed tier what pooling saves, and nothing to a tier that is not worth its price', () => {
    const queues: AQueue[] = [
      { ...general, queue: 'a', routes: [to('one', 1), to('both', 2)] },
      { ...general, queue: 'b', routes: [to('two', 1), to('both', 2)] },
    ];
    const tiers = (price: number): TiersModel['tiers'] => [
      tier('one', ['a']),
      tier('two', ['b']),
      tier('both', ['a', 'b'], { costPerHour: price }),
    ];
    const mixed = requireOperators(aRequest(queues, tiers(42), 4));
    const dear = requireOperators(aRequest(queues, tiers(400), 4));
    expect(row(mixed, 2)[3]).toBeGreaterThan(0);
    expect(row(dear, 2)).toEqual([0, 0, 0, 0]);
    expect(operatorHours(mixed, 60)).toBeLessThan(operatorHours(dear, 60));
  });

  it('staffs a tier for its own queues though another is cheaper, as far as its model says', () => {
    const queues: AQueue[] = [
      { ...general, queue: 'a', routes: [to('all', 1)] },
      { ...general, queue: 'b', routes: [to('expert', 1), to('all', 2)] },
    ];
    const of = (leastOwnShare?: number): number[] =>
      row(
        requireOperators(
          aRequest(
            queues,
            [
              tier('all', ['a', 'b']),
              tier('expert', ['b'], {
                costPerHour: 60,
                ...(leastOwnShare === undefined ? {} : { leastOwnShare }),
              }),
            ],
            6,
          ),
        ),
        1,
      );
    expect(of(0)[5]).toBe(0);
    expect(of()[5]).toBe(12);
    expect(of(0.9)[5]).toBe(18);
  });

  it("raises a tier's staff for its own connection target", () => {
    const request = (connectionTarget: number | null): StaffingRequest =>
      aRequest([general], [tier('one', ['general'], { connectionTarget })], 3, {
        targets: targets({ serviceLevel: null, connectionRate: 0.8 }),
      });
    const plain = row(requireOperators(request(null)));
    const wanted = row(requireOperators(request(0.97)));
    expect(wanted[2]).toBeGreaterThan((plain[2] ?? 0) + 3);
  });

  it('raises the intervals until any 24 hours hold the rolling target', () => {
    const queues = [{ ...general, callsPerHour: 120 }];
    const ask = (rollingConnectionRate: number | null): StaffingRequest =>
      aRequest(queues, onlyTier, 30, {
        targets: targets({ serviceLevel: null, connectionRate: 0.85, rollingConnectionRate }),
      });
    const loose = requireOperators(ask(null));
    const rolling = requireOperators(ask(0.97));
    expect(operatorHours(rolling, 60)).toBeGreaterThan(operatorHours(loose, 60));
    const { demand, policy } = ask(0.97);
    const outcome = project({ demand, capacity: rolling.capacity, policy });
    for (let i = 0; i + 24 <= 30; i += 1) {
      expect(connectionRate(totalOutcome(outcome, i, i + 24))).toBeGreaterThanOrEqual(0.97 - 1e-6);
    }
    expect(rolling.reasons.some((said) => english(said).includes('24 hours'))).toBe(true);
  });

  it('finds the least floor of a week that only its quiet end breaks, without going through all of it for each', () => {
    const count = 168;
    const random = seededRandom(3);
    const callsPerHour = Array.from({ length: count }, (_, i) =>
      i >= 120 ? 4 : i % 24 < 8 || i % 24 >= 20 ? 60 : 900,
    );
    const paths = Array.from({ length: 10 }, () =>
      callsPerHour.map((n) => n * Math.exp(0.1 * random.normal())),
    );
    const ask = (connectionRate: number, rollingConnectionRate: number | null): StaffingRequest =>
      aRequest([{ ...general, callsPerHour, paths }], onlyTier, count, {
        targets: targets({ connectionRate, rollingConnectionRate }),
      });
    takeWork();
    const rolling = requireOperators(ask(0.8, 0.95));
    // Ten paths and their mean, through the week: 6.6 times where each floor went through all of it.
    expect(takeWork().intervalsSolved).toBeLessThan(5 * 11 * count);
    const floor = 0.8 + (0.15 * 7) / 8;
    expect(rolling.reasons).toContainEqual(
      expect.objectContaining({ values: { floor: expect.closeTo(floor, 12) as number } }),
    );
    expect(row(rolling)).toEqual(row(requireOperators(ask(floor, null))));
    const shortfallAt = (rate: number): number => {
      const { demand, policy, tiers } = ask(rate, null);
      const operators = row(requireOperators(ask(rate, null)));
      const run = openStaffingRun({
        demand,
        policy,
        tierNames: tiers.map((own) => own.tier),
        trunks: Infinity,
        confidence: 0.8,
        pathLimit: Infinity,
        load: 'mean',
      });
      const watch = watchRolling(demand.horizon, 0.95, 0.8);
      return operators.reduce((_, n, i) => {
        run.enter(i);
        const { offered, answered } = run.settle([n]);
        return watch(offered, answered);
      }, 0);
    };
    expect(shortfallAt(floor)).toBeLessThanOrEqual(0);
    expect(shortfallAt(floor - 0.15 / 8)).toBeGreaterThan(0);
  });

  it('keeps the minimum presence while open, nobody while closed, and a queue of its own target', () => {
    const open = Uint8Array.from([0, 1, 1]);
    const queues = [{ ...general, callsPerHour: [0, 0, 300] }];
    const found = row(
      requireOperators(aRequest(queues, onlyTier, 3, { open, targets: targets({ minimumOperators: 3 }) })),
    );
    expect(found.slice(0, 2)).toEqual([0, 3]);
    const own = targets({ queues: { general: { serviceLevel: 0.95 } } });
    const strict = row(requireOperators(aRequest([general], onlyTier, 3, { targets: own })));
    expect(strict[2]).toBeGreaterThan(found[2] ?? 0);
  });

  it('staffs the first half-hour of a hall that opens empty as the exact chain would', () => {
    const pathCount = 40;
    for (const callsPerHalfHour of [30, 210, 600]) {
      const random = seededRandom(3);
      const paths = Array.from({ length: pathCount }, () => {
        const level = Math.exp(0.1 * random.normal());
        return [0, callsPerHalfHour * level * 0.02 * random.gamma(50)];
      });
      const queue: AQueue = { ...general, callsPerHour: [0, 2 * callsPerHalfHour], paths };
      const request = aRequest([queue], onlyTier, 2, {
        demand: aDemand([queue], 2, 30),
        open: Uint8Array.of(0, 1),
        targets: targets({ connectionRate: 0.5 }),
      });
      const [, operators = 0] = row(requireOperators(request));
      // More calls are answered later: the path that the asked share is no worse than tells of all.
      const calls = paths.map(([, own = 0]) => own).toSorted((a, b) => a - b)[0.8 * pathCount - 1] ?? 0;
      const inTime = (fewer: number): number =>
        transientServiceLevel({
          ratesPerSecond: [0, calls / 1800],
          operators: [0, operators - fewer],
          stepSeconds: 1800,
          handleTimeSeconds: general.handle,
          patienceSeconds: general.patience,
          thresholdSeconds: 15,
        }).within[1] ?? 0;
      expect(inTime(0), `${callsPerHalfHour} calls`).toBeGreaterThan(0.79);
      expect(inTime(1), `${callsPerHalfHour} calls, one of ${operators} fewer`).toBeLessThan(0.81);
    }
  });

  it('asks nobody of a tier that another one outdoes, whatever the draws of who stays away', () => {
    const sick = [{ kind: 'sick', name: { 'zh-CN': 's', en: 's' }, share: 0.15, onTheDay: true }];
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 5 }),
        fc.integer({ min: 1, max: 99 }),
        (callsPerHour, later, seed) => {
          const random = seededRandom(seed);
          const paths = Array.from({ length: 30 }, () =>
            Array.from({ length: 3 }, () => callsPerHour * Math.exp(0.3 * random.normal())),
          );
          const queue: AQueue = {
            ...general,
            callsPerHour,
            paths,
            routes: [to('cheap', 1), to('dear', 1 + later)],
          };
          const tiers = [
            tier('cheap', ['general'], { shrinkage: sick }),
            tier('dear', [], {
              queues: [{ queue: 'general', preference: 1 + later }],
              shrinkage: sick,
              costPerHour: 48,
            }),
          ];
          for (const order of [tiers, tiers.toReversed()]) {
            const found = requireOperators(
              aRequest([queue], order, 3, { absences: { seed, daySpread: {} } }),
            );
            const dear = found.tiers.find((own) => own.tier === 'dear');
            expect([...(dear?.operators ?? [])]).toEqual([0, 0, 0]);
            expect(found.relaxed).toEqual([]);
          }
        },
      ),
      { numRuns: 12, seed: 1 },
    );
  });

  it('names intervals that lines make impossible instead of adding operators for ever', () => {
    const found = requireOperators(aRequest([general], onlyTier, 2, { trunks: 10 }));
    expect(found.relaxed[0]).toMatchObject({ code: 'targets-out-of-reach', values: { trunks: 10 } });
    expect(Math.max(...row(found))).toBeLessThanOrEqual(10);
  });

  it('stops when asked to and reports progress', () => {
    const seen: number[] = [];
    requireOperators(aRequest([general], onlyTier, 3, { progress: (done) => seen.push(done) }));
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(() => requireOperators(aRequest([general], onlyTier, 3, { shouldStop: () => true }))).toThrow(
      CancelledError,
    );
  });
});

describe('what assumptions and targets cost', () => {
  const random = seededRandom(5);
  const paths = Array.from({ length: 40 }, () => {
    const level = Math.exp(0.2 * random.normal());
    return Array.from({ length: 4 }, () => 320 * level);
  });
  const request = aRequest(
    [{ ...general, callsPerHour: 320, paths, repeats: { afterAbandon: 0.9, afterAbandonDelaySeconds: 60 } }],
    onlyTier,
    4,
    { targets: targets({ serviceLevel: 0.6 }) },
  );

  it('prices certainty, redials and Erlang C each by itself', () => {
    const base = operatorHours(requireOperators(request), 60);
    const price = Object.fromEntries(
      priceRequirement(request, base).variants.map((v) => [v.variant, v.operatorHours]),
    );
    expect(price['certain-demand']).toBeLessThan(base);
    expect(price['no-redials']).toBeLessThanOrEqual(base);
    // Where nobody hangs up, nobody calls again either.
    expect(price['erlang-c']).toBeGreaterThan(price['no-redials'] ?? Infinity);
  });

  it('keeps the fewest operators of the night where the targets ask for them', () => {
    const usual = row(requireOperators(request));
    const targetsOfNight = {
      ...request.targets,
      minimumPresence: [{ from: '01:00', to: '03:00', operators: 99 }],
    };
    const night = row(requireOperators({ ...request, targets: targetsOfNight }));
    expect(night.flatMap((n, i) => (n === 99 ? [i] : []))).toEqual([1, 2]);
    expect([night[0], night[3]]).toEqual([usual[0], usual[3]]);
  });

  it('draws a price curve that never falls', () => {
    const curve = [0.8, 0.9, 0.95, 0.99].map((rate) =>
      priceCurvePoint({ request, measure: 'connection-rate', rate }),
    );
    const hours = curve.map((point) => point.operatorHours);
    expect(hours).toEqual(hours.toSorted((a, b) => a - b));
    expect(hours[3]).toBeGreaterThan((hours[0] ?? 0) * 1.2);
    expect(curve.every((point) => point.reached)).toBe(true);
  });

  it('shows how an interval moves with operators more or fewer', () => {
    const { capacity } = requireOperators(request);
    const effects = oneMoreOperator({ ...request, capacity }, 'one', 2);
    expect(effects.map((e) => e.change)).toEqual([-2, -1, 0, 1, 2]);
    const levels = effects.map((e) => e.serviceLevel);
    expect(levels).toEqual(levels.toSorted((a, b) => a - b));
    expect(levels[4]).toBeGreaterThan((levels[0] ?? 1) + 0.05);
    expect((effects[3]?.operators ?? 0) - (effects[2]?.operators ?? 0)).toBe(1);
  });
});
