import { english } from '../support/said.ts';
import { describe, expect, it } from 'vitest';
import { targetsSchema } from '../../src/contract/models/targets-model.ts';
import { tiersSchema } from '../../src/contract/models/tiers-model.ts';
import type { Capacity, Outcome } from '../../src/kernel/hotline.ts';
import { occupancy } from '../../src/kernel/measures.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { projectPaths } from '../../src/queueing/project.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { attendanceOfRequired } from '../../src/staffing/staffing-request.ts';
import { priceRequirement } from './price-requirement.ts';
import { requireOperators, type StaffingRequest } from '../../src/staffing/require-operators.ts';
import { aDemand, aPolicy, to, type AQueue } from '../support/a-line.ts';
import { sweep } from '../support/sweep.ts';

const count = 8;
const pathCount = 60;
const targets = targetsSchema.parse({
  connectionRate: 0.9,
  serviceLevel: 0.8,
  rollingConnectionRate: null,
  occupancyMax: 0.8,
  confidence: 0.8,
  minimumOperators: 0,
});
const nameOf = (name: string) => ({ 'zh-CN': name, en: name });
const tiersOf = (shrinkage: number) =>
  tiersSchema.parse({
    tiers: [
      { tier: 'one', name: nameOf('one'), queues: [{ queue: 'a', preference: 1 }], costPerHour: 40 },
      {
        tier: 'both',
        name: nameOf('both'),
        queues: [
          { queue: 'b', preference: 1 },
          { queue: 'a', preference: 2 },
        ],
        costPerHour: 46,
      },
    ].map((tier) => ({
      ...tier,
      leastOwnShare: 0,
      connectionTarget: null,
      shrinkage: [
        { kind: 'leave', name: nameOf('leave'), share: 0.1 },
        { kind: 'sick', name: nameOf('sick'), share: shrinkage, onTheDay: true },
      ],
    })),
  }).tiers;

/** Rates of a queue that differ from path to path by level and from hour to hour beside it. */
const rates = (calls: number, seed: number): number[][] => {
  const random = seededRandom(seed);
  return Array.from({ length: pathCount }, () => {
    const level = Math.exp(0.12 * random.normal());
    return Array.from(
      { length: count },
      (_, i) => calls * (1 + 0.4 * Math.sin(i)) * level * 0.05 * random.gamma(20),
    );
  });
};
const queues: AQueue[] = [
  {
    queue: 'a',
    callsPerHour: 130,
    handle: 240,
    patience: 120,
    routes: [to('one', 1), to('both', 2)],
    repeats: { afterAbandon: 0.4, afterAbandonDelaySeconds: 600 },
    paths: rates(130, 1),
  },
  { queue: 'b', callsPerHour: 60, handle: 300, patience: 150, routes: [to('both', 1)], paths: rates(60, 2) },
];

const requestOf = (shrinkage: number, spread = 0): StaffingRequest => {
  const random = seededRandom(9);
  const factors = (sd: number) =>
    Float64Array.from({ length: pathCount }, () => Math.exp(sd * random.normal()));
  const demand = aDemand(queues, count);
  return {
    demand: {
      ...demand,
      queues: demand.queues.map((queue) => ({
        ...queue,
        behaviour: { handleTime: factors(spread), patience: factors(2 * spread), repeats: factors(spread) },
      })),
    },
    policy: aPolicy(queues),
    tiers: tiersOf(shrinkage),
    targets,
    trunks: Infinity,
    open: new Uint8Array(count).fill(1),
    absences: { seed: 4, daySpread: {} },
  };
};

/** How finely a path is solved: nearer to a target nobody can say whether it holds. */
const solved = 3e-4;

/** Of each measure, in how many paths it holds in an interval with a margin: the fewest over all measures. */
const pathsHolding = (
  request: StaffingRequest,
  capacity: Capacity,
  interval: number,
  margin: number,
): number => {
  const hits = new Map<string, number>();
  const see = (name: string, holds: boolean): void => {
    hits.set(name, (hits.get(name) ?? 0) + (holds ? 1 : 0));
  };
  const visit = (outcome: Outcome): void => {
    const i = interval;
    for (const queue of outcome.queues) {
      const offered = queue.offered[i] ?? 0;
      see(
        `${queue.queue} connected`,
        (queue.answered[i] ?? 0) >= (targets.connectionRate + margin) * offered,
      );
      see(`${queue.queue} in time`, (queue.answeredWithinThreshold[i] ?? 0) >= (0.8 + margin) * offered);
    }
    see(
      'occupancy',
      occupancy(staffedAsSeen(outcome, capacity, path), i, i + 1) <= targets.occupancyMax - margin,
    );
    path += 1;
  };
  let path = 0;
  projectPaths({ demand: request.demand, capacity, policy: request.policy }, Infinity, { visit });
  return Math.min(...hits.values());
};

/** The outcome of a path with the hours of those who turned up in it. */
const staffedAsSeen = (outcome: Outcome, { tiers }: Capacity, path: number): Outcome => ({
  ...outcome,
  tiers: outcome.tiers.map((tier, k) => ({
    ...tier,
    staffedOperatorSeconds: tier.staffedOperatorSeconds.map(
      (seconds, i) => seconds * (tiers[k]?.attendance?.[path * count + i] ?? 1),
    ),
  })),
});

const fewer = (request: StaffingRequest, capacity: Capacity, k: number, interval: number): Capacity => {
  const operators = capacity.tiers.map((tier) => Int32Array.from(tier.operators));
  const row = operators[k];
  if (row !== undefined) row[interval] = (row[interval] ?? 0) - 1;
  return drawnAgain(request, operators);
};

/** Operators with those who turn up of them drawn as the requirement draws them. */
const drawnAgain = (request: StaffingRequest, operators: readonly Int32Array[]): Capacity => {
  const { tiers, demand, absences, trunks } = request;
  const attendances = attendanceOfRequired(tiers, demand.horizon, absences, pathCount, operators);
  return {
    trunks,
    tiers: tiers.map(({ tier }, k) => ({
      tier,
      operators: Float64Array.from(operators[k] ?? []),
      attendance: attendances[k],
    })),
  };
};

const weeks: readonly (readonly [string, number, number])[] = [
  ['absences certain', 0, 0],
  ['callers and operators who differ from week to week', 0, 0.06],
  ['operators who stay away by luck of their own', 0.15, 0.06],
];

describe.each(sweep(weeks, ([name]) => name !== 'absences certain'))(
  'the least operators over sample paths: %s',
  (_, shrinkage, spread) => {
    const request = requestOf(shrinkage, spread);
    const { capacity } = requireOperators(request);
    const asked = Math.ceil(targets.confidence * pathCount - 1e-9);

    it('hold every target in the share of paths that is asked, and nobody can be taken away', () => {
      for (let i = 0; i < count; i += 1) {
        expect(pathsHolding(request, capacity, i, -solved), `interval ${i}`).toBeGreaterThanOrEqual(asked);
        for (const [k, { tier, operators }] of capacity.tiers.entries()) {
          if ((operators[i] ?? 0) === 0) continue;
          const holding = pathsHolding(request, fewer(request, capacity, k, i), i, solved);
          expect(holding, `interval ${i}, ${tier} one fewer`).toBeLessThan(asked);
        }
      }
    });

    it('are what simulation of the same paths finds them to be, over the horizon', () => {
      const planned = projectPaths({ demand: request.demand, capacity, policy: request.policy }).outcome;
      const lived = simulatePlan(
        { demand: request.demand, capacity, policy: request.policy },
        {
          replications: 20 * pathCount,
          seed: 2,
        },
      ).outcome;
      planned.queues.forEach((queue, q) => {
        const simulated = lived.queues[q];
        const share = (own: typeof queue | undefined): number =>
          sum(own?.answered ?? new Float64Array(0)) / sum(own?.offered ?? new Float64Array(0));
        expect(Math.abs(share(queue) - share(simulated)), queue.queue).toBeLessThan(0.016);
      });
    });
  },
);

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);

it('absences have their price, and one that is nobody’s has none', () => {
  const price = (shrinkage: number): number => {
    const request = requestOf(shrinkage);
    const found = priceRequirement(request, 0).variants.find((own) => own.variant === 'certain-absences');
    return -(found?.operatorHours ?? Number.NaN);
  };
  expect(Math.abs(price(0))).toBeLessThanOrEqual(1);
  expect(price(0.2)).toBeGreaterThan(1);
});

it('says by what law operators stay away, and which floors keep operators whom no target needs', () => {
  const request = requestOf(0.15);
  expect(requireOperators(request).reasons.map(english).join('\n')).toContain('by tier: one 16.7%');
  const kept = { ...request, tiers: request.tiers.map((tier) => ({ ...tier, leastOwnShare: 1.6 })) };
  expect(requireOperators(kept).reasons.map(english).join('\n')).toMatch(/leastOwnShare\): one in \d/);
});
