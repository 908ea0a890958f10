import { afterAll, describe, expect, it, test } from 'vitest';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import { CancelledError } from '../../src/kernel/errors.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { coverOfTours, costOfTours, type CoverProblem } from '../../src/scheduling/cover-problem.ts';
import { relaxCover } from './cover-relaxation.ts';
import { roundCover } from '../../src/scheduling/price-cover.ts';
import { solveCover } from '../../src/scheduling/solve-cover.ts';
import { afterLending, lendOperators } from '../../src/scheduling/tier-links.ts';
import { explicitModel } from './explicit-model.ts';

const solver = createHighsSolver();
afterAll(() => solver.close());
const limits = { gap: 0, seed: 1, rounds: 2 };

/** A small cyclic problem drawn from a seed: 48 slots, two types with breaks. */
const smallProblem = (seed: number, change: Partial<CoverProblem> = {}): CoverProblem => {
  const random = seededRandom(seed);
  const demand = Int32Array.from({ length: 48 }, (_, t) =>
    Math.round(3 + 3 * Math.sin((2 * Math.PI * t) / 48) + 2 * random.uniform()),
  );
  const every = (step: number): Int32Array => Int32Array.from({ length: 48 / step }, (_, i) => i * step);
  return {
    slots: 48,
    demand,
    mildUnder: demand.map(() => 1),
    underPrice: 8,
    severeUnderPrice: 20,
    overPrice: 0.3,
    types: [
      {
        lengthSlots: 16,
        starts: every(2),
        cost: 16,
        breaks: [
          { lengthSlots: 2, earliest: 4, latest: 7 },
          { lengthSlots: 1, earliest: 10, latest: 13 },
        ],
      },
      { lengthSlots: 8, starts: every(4), cost: 9.5, breaks: [{ lengthSlots: 1, earliest: 3, latest: 5 }] },
    ],
    minimumPerStart: 1,
    ...change,
  };
};

/** Small enough for the plain model to be solved to the end: 24 slots, one break each. */
const tinyProblem = (seed: number): CoverProblem => {
  const random = seededRandom(seed, 1);
  const demand = Int32Array.from({ length: 24 }, (_, t) =>
    Math.round(1 + Math.sin((2 * Math.PI * t) / 24) + 1.5 * random.uniform()),
  );
  const every = (step: number): Int32Array => Int32Array.from({ length: 24 / step }, (_, i) => i * step);
  return smallProblem(seed, {
    slots: 24,
    demand,
    mildUnder: demand.map(() => 1),
    types: [
      { lengthSlots: 10, starts: every(3), cost: 10, breaks: [{ lengthSlots: 1, earliest: 4, latest: 6 }] },
      { lengthSlots: 6, starts: every(4), cost: 7, breaks: [{ lengthSlots: 1, earliest: 2, latest: 3 }] },
    ],
  });
};

describe('the relaxation with implicit breaks', () => {
  it.each([1, 2, 3, 4])(
    'has the optimum of the model with a column per break pattern (seed %i)',
    async (seed) => {
      const problem = smallProblem(seed);
      const implicit = await solver.solve(relaxCover([problem]).programme, { gap: 0 });
      const explicit = await solver.solve(explicitModel(problem, false), { gap: 0 });
      expect(implicit.objective).toBeCloseTo(explicit.objective, 5);
    },
  );

  it('rounds to whole shifts whose breaks lie in their windows', async () => {
    const problem = smallProblem(5);
    const relaxation = relaxCover([problem]);
    const { x } = await solver.solve(relaxation.programme, { gap: 0, interior: true });
    const tours = roundCover(problem, relaxation.counts(x)[0] ?? [], seededRandom(1), 5);
    expect(tours.length).toBeGreaterThan(5);
    for (const tour of tours) {
      const type = problem.types[tour.type];
      expect(type?.starts).toContain(tour.start);
      for (const [k, pause] of (type?.breaks ?? []).entries()) {
        expect(tour.breakOffsets[k]).toBeGreaterThanOrEqual(pause.earliest);
        expect(tour.breakOffsets[k]).toBeLessThanOrEqual(pause.latest);
      }
    }
  });
});

test.each([
  ['earlier than its window opens', 2, 4],
  ['inside its window', 5, 5],
  ['later than its window closes', 9, 6],
])('a break that the relaxation puts %s lies in it', (_, at, offset) => {
  const problem: CoverProblem = {
    ...smallProblem(1),
    types: [
      {
        lengthSlots: 10,
        starts: Int32Array.of(0),
        cost: 10,
        breaks: [{ lengthSlots: 1, earliest: 4, latest: 6 }],
      },
    ],
  };
  const counts = {
    started: Float64Array.of(1),
    breakStarted: [Float64Array.from({ length: 48 }, (_slot, t) => (t < at ? 0 : 1))],
  };
  expect(roundCover(problem, [counts], seededRandom(1), 1)).toEqual([
    { type: 0, start: 0, breakOffsets: [offset] },
  ]);
  expect(roundCover(problem, [counts], seededRandom(1), 0)).toEqual([]);
});

describe('a tier solved', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'lies between the bound and little above the proved optimum (seed %i)',
    async (seed) => {
      const problem = tinyProblem(seed);
      const found = await solveCover([problem], [], limits);
      const exact = await solver.solve(explicitModel(problem, true), { gap: 0 });
      expect(exact.status).toBe('optimal');
      expect(found.bound).toBeLessThanOrEqual(exact.objective + 1e-6);
      expect(found.cost).toBeGreaterThanOrEqual(exact.objective - 1e-6);
      expect(found.cost).toBeLessThanOrEqual(exact.objective * 1.02);
      expect(found.cost).toBeCloseTo(costOfTours(problem, found.tours[0] ?? []), 9);
    },
  );

  it('is the same for the same seed', async () => {
    const problem = smallProblem(7);
    const first = await solveCover([problem], [], limits);
    expect(await solveCover([problem], [], limits)).toEqual(first);
  });

  it('leaves everything open when nobody can work, and costs nothing when nobody is needed', async () => {
    const nobody = smallProblem(9, { types: [] });
    const open = await solveCover([nobody], [], limits);
    expect(open.tours[0]).toEqual([]);
    expect(open.cost / open.bound).toBeCloseTo(1, 6);
    const idle = smallProblem(9, { demand: new Int32Array(48) });
    expect((await solveCover([idle], [], limits)).cost).toBe(0);
  });

  it('gives each start the fewest operators asked for', async () => {
    const problem = smallProblem(10, { minimumPerStart: 3 });
    const found = await solveCover([problem], [], limits);
    expect(found.tours[0]?.length).toBeGreaterThan(5);
    const counts = Map.groupBy(found.tours[0] ?? [], ({ type, start }) => `${type} ${start}`);
    for (const tours of counts.values()) expect(tours.length).toBeGreaterThanOrEqual(3);
  });

  it('stops when asked to', async () => {
    const stopped = solveCover([smallProblem(1)], [], { ...limits, shouldStop: () => true });
    await expect(stopped).rejects.toBeInstanceOf(CancelledError);
  });
});

/** A busy line with dear shortage: 96 slots, long and short shifts with narrow windows for breaks. */
const busyProblem = (seed: number): CoverProblem => {
  const random = seededRandom(seed);
  const demand = Int32Array.from({ length: 96 }, (_, t) =>
    Math.round(30 + 30 * Math.sin((2 * Math.PI * t) / 96) + 5 * random.uniform()),
  );
  const starts = Int32Array.from({ length: 48 }, (_, i) => 2 * i);
  return smallProblem(seed, {
    slots: 96,
    demand,
    mildUnder: demand.map(() => 2),
    underPrice: 20,
    severeUnderPrice: 60,
    overPrice: 1,
    types: [
      {
        lengthSlots: 32,
        starts,
        cost: 32.5,
        breaks: [
          { lengthSlots: 1, earliest: 4, latest: 9 },
          { lengthSlots: 2, earliest: 11, latest: 16 },
          { lengthSlots: 1, earliest: 21, latest: 27 },
        ],
      },
      { lengthSlots: 16, starts, cost: 19, breaks: [{ lengthSlots: 1, earliest: 6, latest: 9 }] },
    ],
  });
};

test.each([1, 2])('shifts that are one too many where shortage is dear are found (seed %i)', async (seed) => {
  const { cost, bound } = await solveCover([busyProblem(seed)], [], {
    gap: 0,
    seed: 1,
    rounds: 12,
  });
  expect(cost / bound - 1).toBeLessThan(0.018);
});

describe('tiers that stand in for each other', () => {
  const pair = [smallProblem(11), smallProblem(12, { underPrice: 12, severeUnderPrice: 30 })];
  const links = [{ from: 1, to: 0, price: 0.05 }];

  it('cost no more than apart, and no less than their joint bound', async () => {
    const joint = await solveCover(pair, links, limits);
    const apart = await solveCover(pair, [], limits);
    expect(joint.bound).toBeLessThan(apart.bound);
    expect(joint.cost).toBeGreaterThanOrEqual(joint.bound - 1e-6);
    expect(joint.cost).toBeLessThanOrEqual(apart.cost * 1.005);
  });

  it('lend at least price, as trying every lending confirms', () => {
    const random = seededRandom(3);
    const three = [...pair, smallProblem(13, { underPrice: 16, severeUnderPrice: 40 })];
    const chain = [...links, { from: 2, to: 1, price: 0.05 }];
    const covers = three.map(({ demand }) =>
      demand.map((d) => Math.max(0, d + Math.floor(7 * random.uniform()) - 3)),
    );
    const { lent, price } = lendOperators(three, chain, covers);
    const priceOf = (flows: readonly ArrayLike<number>[], slot: number): number =>
      three.reduce((sum, problem, tier) => {
        const settled = afterLending(problem, tier, chain, flows);
        const missing = (settled.demand[slot] ?? 0) - (covers[tier]?.[slot] ?? 0);
        const mild = Math.min(Math.max(missing, 0), 1);
        const severe = Math.max(missing - 1, 0);
        return (
          sum + mild * problem.underPrice + severe * problem.severeUnderPrice + Math.max(-missing, 0) * 0.3
        );
      }, 0);
    let total = 0;
    for (let slot = 0; slot < 48; slot += 1) {
      let least = Infinity;
      // Whoever is borrowed is not lent on.
      const most = [1, 2].map((tier) => Math.min(6, covers[tier]?.[slot] ?? 0));
      for (let a = 0; a <= (most[0] ?? 0); a += 1) {
        for (let b = 0; b <= (most[1] ?? 0); b += 1) {
          const flows = [a, b].map((flow) => new Int32Array(48).fill(flow));
          least = Math.min(least, priceOf(flows, slot) + 0.05 * (a + b));
        }
      }
      const own = priceOf(lent, slot) + 0.05 * ((lent[0]?.[slot] ?? 0) + (lent[1]?.[slot] ?? 0));
      expect(own).toBeCloseTo(least, 9);
      total += 0.05 * ((lent[0]?.[slot] ?? 0) + (lent[1]?.[slot] ?? 0));
    }
    expect(price).toBeCloseTo(total, 9);
  });
});

describe('cover', () => {
  it('wraps around the cycle', () => {
    const problem = smallProblem(1);
    const cover = coverOfTours(problem, [{ type: 1, start: 44, breakOffsets: [5] }]);
    expect([...cover.slice(44), ...cover.slice(0, 5)]).toEqual([1, 1, 1, 1, 1, 0, 1, 1, 0]);
  });
});
