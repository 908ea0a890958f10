import { beforeAll, describe, expect, it } from 'vitest';
import type { PlanDocument } from '../../src/contract/documents/plan-document.ts';
import { asRates, type Capacity, type Operation, type Outcome } from '../../src/kernel/hotline.ts';
import { occupancy } from '../../src/kernel/measures.ts';
import { bandChances } from '../../src/monitoring/bands.ts';
import { figuresAtTestTimes, testTimesOf } from '../../src/monitoring/test-times.ts';
import type { PlannedOperation } from '../../src/planning/operation/planned-operation.ts';
import { projectPaths } from '../../src/queueing/project.ts';
import { simulatePlan } from '../../src/queueing/simulator/simulate-plan.ts';
import { requireOperators, type StaffingRequest } from '../../src/staffing/require-operators.ts';
import { planMadeUpLine, type MadeUpLine } from '../support/made-up-lines.ts';

/** Lines of different sizes, with one queue and several, one tier and several, and one that closes. */
const lines: readonly MadeUpLine[] = [
  {
    name: 'a town: one queue of 120 calls a day',
    queues: [{ queue: 'all', callsPerDay: 120, handleSeconds: 260, patienceSeconds: 150 }],
    tiers: [{ tier: 'all', queues: [['all', 1]] }],
  },
  {
    name: 'a village: one queue of 60',
    queues: [{ queue: 'all', callsPerDay: 60, handleSeconds: 240, patienceSeconds: 120 }],
    tiers: [{ tier: 'all', queues: [['all', 1]] }],
  },
  {
    name: 'an office that closes at night and on Sundays: one queue of 700',
    queues: [{ queue: 'all', callsPerDay: 700, handleSeconds: 240, patienceSeconds: 120 }],
    tiers: [{ tier: 'all', queues: [['all', 1]] }],
    closes: true,
  },
  {
    name: 'a megacity: one queue of 8,000',
    queues: [{ queue: 'all', callsPerDay: 8000, handleSeconds: 200, patienceSeconds: 120 }],
    tiers: [{ tier: 'all', queues: [['all', 1]] }],
  },
  {
    name: 'a district: one queue of 500',
    queues: [{ queue: 'all', callsPerDay: 500, handleSeconds: 220, patienceSeconds: 90 }],
    tiers: [{ tier: 'all', queues: [['all', 1]] }],
  },
  {
    name: 'a city: two queues, each with its own tier',
    queues: [
      { queue: 'general', callsPerDay: 900, handleSeconds: 240, patienceSeconds: 120 },
      { queue: 'expert', callsPerDay: 250, handleSeconds: 400, patienceSeconds: 240 },
    ],
    tiers: [
      { tier: 'general', queues: [['general', 1]] },
      { tier: 'expert', queues: [['expert', 1]], costPerHour: 60 },
    ],
  },
  {
    name: 'a big city: two queues on one tier, few lines',
    queues: [
      { queue: 'general', callsPerDay: 1800, handleSeconds: 200, patienceSeconds: 120 },
      { queue: 'cars', callsPerDay: 700, handleSeconds: 180, patienceSeconds: 90 },
    ],
    tiers: [
      {
        tier: 'all',
        queues: [
          ['general', 1],
          ['cars', 1],
        ],
      },
    ],
    trunks: 45,
  },
  {
    name: 'a province: three queues of 3,500 calls on two tiers that help each other',
    queues: [
      { queue: 'general', callsPerDay: 2200, handleSeconds: 230, patienceSeconds: 120 },
      { queue: 'insurance', callsPerDay: 900, handleSeconds: 270, patienceSeconds: 150 },
      { queue: 'cars', callsPerDay: 400, handleSeconds: 150, patienceSeconds: 90 },
    ],
    tiers: [
      {
        tier: 'general',
        queues: [
          ['general', 1],
          ['cars', 1],
          ['insurance', 2],
        ],
      },
      {
        tier: 'insurance',
        queues: [
          ['insurance', 1],
          ['general', 2],
        ],
        costPerHour: 46,
      },
    ],
  },
];

const sum = (values: Float64Array): number => values.reduce((all, value) => all + value, 0);
/** Calls lived through for a comparison: their own luck is then well under half a point. */
const calls = 400_000;

/** Points that a planned rate may be off a simulated one, over a queue's week. */
const mostApart = { answered: 0.003, answeredWithinThreshold: 0.004 };
/** The same of the chance of being rated hot. */
const mostApartHot = 0.02;

/** A path of a demand alone, as if there were no other. */
const pathOf = ({ demand, capacity, policy }: Operation, path: number): Operation => {
  const { count } = demand.horizon;
  const from = path * count;
  const one = (factors: Float64Array): Float64Array => factors.slice(path, path + 1);
  return {
    policy,
    demand: {
      ...demand,
      queues: demand.queues.map((queue) => ({
        ...queue,
        pathCount: 1,
        ratePaths: asRates(queue.ratePaths.slice(from, from + count)),
        ...(queue.behaviour === undefined
          ? {}
          : {
              behaviour: {
                handleTime: one(queue.behaviour.handleTime),
                patience: one(queue.behaviour.patience),
                repeats: one(queue.behaviour.repeats),
              },
            }),
      })),
    },
    capacity: {
      ...capacity,
      tiers: capacity.tiers.map(({ attendance, ...tier }) => ({
        ...tier,
        ...(attendance === undefined || attendance.length === 0
          ? {}
          : { attendance: attendance.slice(from % attendance.length, (from % attendance.length) + count) }),
      })),
    },
  };
};

/** Every fourth path is lived through: the formula is held to the same ones. */
const everyPath = 4;
/** Calls of one path, lived through again and again: an interval with few calls has a rate only over many weeks. */
const callsOfPath = 200_000;

/** The chance of hot by formula and by simulation, on the same paths: each lived through by events and then monitored. */
const hotBothWays = (operation: PlannedOperation, open: Uint8Array): readonly [number, number] => {
  const { demand, models } = operation;
  const { monitor, hotline } = models;
  const paths = Math.min(...demand.queues.map(({ pathCount }) => pathCount));
  const weekly = demand.queues.reduce((all, queue) => all + sum(queue.freshMean), 0);
  const weights = testTimesOf(demand.horizon, monitor, undefined, open);
  const rateOf = (outcome: Outcome): number =>
    figuresAtTestTimes(outcome, monitor, { greetingSeconds: hotline.greetingSeconds, weights })
      .connectionRate;
  const byFormula: number[] = [];
  projectPaths(operation, Infinity, { visit: (outcome) => byFormula.push(rateOf(outcome)) });
  const chosen = Array.from({ length: Math.ceil(paths / everyPath) }, (_, n) => n * everyPath);
  const replications = Math.max(4, Math.min(240, Math.round(callsOfPath / weekly)));
  const lived = chosen.map((path) =>
    rateOf(simulatePlan(pathOf(operation, path), { replications, seed: 100 + path }).outcome),
  );
  const hotOf = (rates: readonly number[]): number =>
    bandChances(Float64Array.from(rates), monitor.testCalls, monitor.bands).hot;
  return [hotOf(chosen.map((path) => byFormula[path] ?? 0)), hotOf(lived)];
};

/** Intervals between two that lose an operator at once: callers remember neither for longer. */
const apart = 16;
/** How finely a path is solved: nearer to a target nobody can say whether it holds. */
const solved = 3e-4;
/** Paths by which a count may be off for it: redials of the intervals before decide a path that is on the edge. */
const onTheEdge = 1;

/** Of each interval, in how many paths every target of its own holds with a margin. */
const pathsHolding = (
  { demand, policy, targets }: Pick<StaffingRequest, 'demand' | 'policy' | 'targets'>,
  capacity: Capacity,
  margin: number,
): Int32Array => {
  const { count } = demand.horizon;
  const hits = Array.from({ length: 2 * demand.queues.length + 1 }, () => new Int32Array(count));
  const visit = (outcome: Outcome): void => {
    for (let i = 0; i < count; i += 1) {
      outcome.queues.forEach((queue, q) => {
        const offered = queue.offered[i] ?? 0;
        const isConnected = (queue.answered[i] ?? 0) >= (targets.connectionRate + margin) * offered - 1e-9;
        const share = (targets.serviceLevel ?? 0) + margin;
        const isInTime = (queue.answeredWithinThreshold[i] ?? 0) >= share * offered - 1e-9;
        (hits[2 * q] as Int32Array)[i]! += isConnected ? 1 : 0;
        (hits[2 * q + 1] as Int32Array)[i]! += isInTime ? 1 : 0;
      });
      const busy = occupancy(outcome, i, i + 1);
      (hits.at(-1) as Int32Array)[i]! += busy > targets.occupancyMax - margin ? 0 : 1;
    }
  };
  projectPaths({ demand, capacity, policy }, Infinity, { visit });
  return Int32Array.from({ length: count }, (_, i) => Math.min(...hits.map((own) => own[i] ?? 0)));
};

/** The least operators of a line, by what its intervals want alone. */
const leastOperators = ({ demand, policy, capacity, models }: PlannedOperation, open: Uint8Array) => {
  const request: StaffingRequest = {
    demand,
    policy,
    tiers: models.tiers.tiers.map((tier) => ({ ...tier, leastOwnShare: 0 })),
    targets: { ...models.targets, rollingConnectionRate: null, minimumOperators: 0 },
    trunks: capacity.trunks,
    open,
    absences: { seed: 4, daySpread: {} },
  };
  const { tiers } = requireOperators(request);
  const capacityOf = (operators: readonly ArrayLike<number>[]): Capacity => ({
    trunks: capacity.trunks,
    tiers: tiers.map(({ tier }, k) => ({ tier, operators: Float64Array.from(operators[k] ?? []) })),
  });
  return { request, operators: tiers.map(({ operators }) => operators), capacityOf };
};

describe.each(lines)('$name', (line) => {
  let plan: PlanDocument;
  let operation: PlannedOperation;
  let open: Uint8Array;
  beforeAll(async () => {
    ({ plan, planned: operation } = await planMadeUpLine(line, lines.indexOf(line) + 1));
    const { count } = operation.demand.horizon;
    open = Uint8Array.from({ length: count }, (_, i) =>
      operation.demand.queues.some(({ freshMean }) => (freshMean[i] ?? 0) > 0) ? 1 : 0,
    );
  }, 300_000);

  it('is planned as simulation finds it: queue by queue, and inside the range of the headline', () => {
    const { demand } = operation;
    const formula = projectPaths(operation).outcome;
    const weekly = demand.queues.reduce((all, queue) => all + sum(queue.freshMean), 0);
    const rounds = Math.max(1, Math.round(calls / weekly / 100));
    const { outcome } = simulatePlan(operation, { replications: 100 * rounds, seed: 3 });
    for (const [q, planned] of formula.queues.entries()) {
      const simulated = outcome.queues[q];
      if (simulated === undefined || sum(planned.offered) < 300) continue;
      for (const field of ['answered', 'answeredWithinThreshold'] as const) {
        const [byFormula, lived] = [planned, simulated].map((own) => sum(own[field]) / sum(own.offered));
        const gap = Math.abs((byFormula ?? 1) - (lived ?? 0));
        expect.soft(gap, `${planned.queue} ${field}`).toBeLessThan(mostApart[field]);
      }
    }
    for (const measure of ['connectionRate', 'serviceLevel'] as const) {
      const [range, proved] = [plan.total[measure], plan.proof?.[measure].simulated ?? Number.NaN];
      expect(proved, measure).toBeGreaterThan(range.q10 ?? 1);
      expect(proved, measure).toBeLessThan(range.q90 ?? 0);
    }
  }, 300_000);

  it('is rated hot as often as weeks that are simulated and then monitored', () => {
    const [said, lived] = hotBothWays(operation, open);
    expect(Math.abs(said - lived), `said ${said}, simulated ${lived}`).toBeLessThan(mostApartHot);
  }, 600_000);

  it('can spare nobody of any tier in any interval, the one after opening included', () => {
    const { request, operators, capacityOf } = leastOperators(operation, open);
    const { count } = request.demand.horizon;
    const paths = Math.min(...request.demand.queues.map(({ pathCount }) => pathCount));
    const asked = Math.ceil(request.targets.confidence * paths - 1e-9);
    const holding = pathsHolding(request, capacityOf(operators), -solved);
    const spared: string[] = [];
    for (const i of open.keys())
      if (open[i] === 1 && (holding[i] ?? 0) < asked - onTheEdge)
        spared.push(`${plan.starts[i]} holds in ${holding[i]} of ${paths}`);
    let tried = 0;
    for (const [k, own] of operators.entries()) {
      for (let offset = 0; offset < apart; offset += 1) {
        const places = Array.from(
          { length: Math.ceil((count - offset) / apart) },
          (_, n) => offset + n * apart,
        );
        const there = places.filter((i) => (own[i] ?? 0) > 0);
        if (there.length === 0) continue;
        const fewer = operators.map((all) => Int32Array.from(all));
        for (const i of there) (fewer[k] as Int32Array)[i]! -= 1;
        const left = pathsHolding(request, capacityOf(fewer), solved);
        for (const i of there) {
          tried += 1;
          // Who is missed only in the interval after is needed too: callers who wait do so into it.
          const next = Math.min(left[i] ?? 0, left[(i + 1) % count] ?? 0);
          if (next >= asked + onTheEdge) spared.push(`tier ${k}, ${plan.starts[i]}: ${left[i]} of ${paths}`);
        }
      }
    }
    expect(tried).toBeGreaterThan(50);
    expect(spared, `of ${tried}`).toEqual([]);
  }, 600_000);
});
