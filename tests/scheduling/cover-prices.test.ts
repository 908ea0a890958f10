import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { boundByPrices } from '../../src/scheduling/price-cover.ts';
import {
  coverOfTours,
  coverPrice,
  marginalPrice,
  type CoverProblem,
  type Tour,
} from '../../src/scheduling/cover-problem.ts';
import { ShiftAnnealing } from '../../src/scheduling/anneal-shifts.ts';
import { layOutPrices } from '../../src/scheduling/soft-prices.ts';
import { keepTours, settleSmallStarts } from '../../src/scheduling/solve-cover.ts';
import { afterLending, Lending, lendOperators } from '../../src/scheduling/tier-links.ts';
import { trimTours } from '../../src/scheduling/trim-tours.ts';

const slots = 24;
/** A day of hours that wants six operators; missing ones cost more the more there are. */
const problemOf = (change: Partial<CoverProblem> = {}): CoverProblem => ({
  slots,
  demand: new Int32Array(slots).fill(6),
  mildUnder: new Int32Array(slots).fill(1),
  underPrice: 8,
  severeUnderPrice: 20,
  overPrice: 0.5,
  deepUnder: new Int32Array(slots).fill(3),
  deepUnderPrice: 50,
  types: [
    {
      lengthSlots: 8,
      starts: Int32Array.from({ length: slots }, (_, t) => t),
      cost: 8,
      breaks: [{ lengthSlots: 1, earliest: 2, latest: 5 }],
    },
    { lengthSlots: 4, starts: Int32Array.from({ length: slots }, (_, t) => t), cost: 5, breaks: [] },
  ],
  minimumPerStart: 1,
  ...change,
});

const toursOf = (count: number, seed: number): Tour[] => {
  const random = seededRandom(seed);
  const below = (n: number): number => Math.floor(n * random.uniform());
  return Array.from({ length: count }, () =>
    below(2) === 0
      ? { type: 0, start: below(slots), breakOffsets: [2 + below(4)] }
      : { type: 1, start: below(slots), breakOffsets: [] },
  );
};

describe('prices of a cover', () => {
  const { deepUnder: _n, deepUnderPrice: _p, ...noDeep } = problemOf();
  test.each([
    ['with a price of deep shortage', problemOf()],
    ['without one', noDeep],
    ['with its depth alone', { ...noDeep, deepUnder: new Int32Array(slots).fill(3) }],
  ])('one operator more changes the price of a slot by the marginal price, %s', (_, problem) => {
    for (let n = 0; n < 12; n += 1)
      expect(marginalPrice(problem, 0, n)).toBeCloseTo(
        coverPrice(problem, 0, n + 1) - coverPrice(problem, 0, n),
        9,
      );
  });

  test.each([
    ['one tier', [problemOf()], []],
    [
      'tiers that lend',
      [problemOf(), problemOf({ underPrice: 12 })],
      [
        { from: 0, to: 1, price: 0.5 },
        { from: 1, to: 0, price: 0.2 },
      ],
    ],
    [
      'starts that two must share, and limits',
      [
        problemOf({
          minimumPerStart: 2,
          limits: [{ from: 0, to: 12, weights: Float64Array.of(1, 1), most: 8 }],
        }),
      ],
      [],
    ],
  ])('annealing keeps account of what its shifts cost: %s', (_, problems, links) => {
    const start = problems.map((problem, k) => trimTours(problem, toursOf(20, 3 + k)));
    const covers = problems.map((problem, k) => coverOfTours(problem, start[k] ?? []));
    const lending = new Lending(problems, links, covers);
    const random = seededRandom(5);
    const tiers = problems.map((problem, k) => new ShiftAnnealing(problem, start[k] ?? [], random));
    const priceOf = (plan: readonly (readonly Tour[])[]): number =>
      problems.reduce(
        (sum, { minimumPerStart }, k) => {
          const groups = [...Map.groupBy(plan[k] ?? [], ({ type, start: at }) => `${type} ${at}`).values()];
          return sum + 8 * groups.filter((group) => group.length < minimumPerStart).length;
        },
        keepTours(problems, links, plan).cost,
      );
    const before = priceOf(start);
    for (const hot of [3, 1, 0.3, 0.03]) {
      for (const [k, tier] of tiers.entries())
        lending.take(k, tier.anneal(lending.pricesOf(k), { moves: 2000, hot, cold: hot }));
      const tours = tiers.map((tier) => tier.tours());
      expect(before + tiers.reduce((sum, { cost }) => sum + cost, 0)).toBeCloseTo(priceOf(tours), 6);
      problems.forEach((problem, k) => {
        expect(trimTours(problem, tours[k] ?? [])).toEqual(tours[k]);
      });
    }
  });

  test('a tier of many pays for one operator more or fewer what lending settled anew says', () => {
    const dear = problemOf({ severeUnderPrice: 30, overPrice: 0.1 });
    const problems = [problemOf(), problemOf({ underPrice: 12 }), dear, dear, problemOf()];
    const links = [
      { from: 0, to: 1, price: 0.5 },
      { from: 1, to: 2, price: 0.2 },
      { from: 2, to: 0, price: 1 },
      { from: 0, to: 3, price: 0.4 },
      { from: 4, to: 0, price: 0.3 },
    ];
    const random = seededRandom(2);
    const below = (n: number): number => Math.floor(n * random.uniform());
    const covers = problems.map(({ demand }) => demand.map(() => 3 + below(7)));
    const priceAt = (slot: number): number => {
      const { lent } = lendOperators(problems, links, covers);
      return problems.reduce(
        (sum, problem, k) =>
          sum + coverPrice(afterLending(problem, k, links, lent), slot, covers[k]?.[slot] ?? 0),
        links.reduce((sum, { price }, i) => sum + price * (lent[i]?.[slot] ?? 0), 0),
      );
    };
    const lending = new Lending(problems, links, covers);
    for (let turn = 0; turn < 25; turn += 1) {
      const k = below(problems.length);
      const cover = covers[k] ?? new Int32Array(0);
      const prices = lending.pricesOf(k);
      const more = new Int32Array(slots);
      for (let step = 0; step < 12; step += 1) {
        const slot = below(4);
        let state = slot;
        for (let i = 0; i < Math.abs(more[slot] ?? 0); i += 1)
          state = prices.move(state, (more[slot] ?? 0) > 0 ? 1 : -1);
        const by = (cover[slot] ?? 0) > 0 && below(2) === 0 ? -1 : 1;
        const before = priceAt(slot);
        const change = prices.steps[2 * state + (by === 1 ? 0 : 1)];
        more[slot] = (more[slot] ?? 0) + by;
        cover[slot] = (cover[slot] ?? 0) + by;
        expect(priceAt(slot) - before).toBeCloseTo(change ?? Number.NaN, 9);
      }
      lending.take(k, more);
    }
  });

  test('where no shift is worth its price, a bound is the least over every cover of each slot', () => {
    const dear = problemOf({ types: problemOf().types.map((type) => ({ ...type, cost: 1e9 })) });
    const system = layOutPrices([dear], []);
    for (let price = 0; price <= 50; price += 2.5) {
      const covers = Array.from({ length: 13 }, (_, n) => coverPrice(dear, 0, n) + price * n);
      const bound = boundByPrices(system, new Float64Array(system.size).fill(price));
      expect(bound).toBeCloseTo(slots * Math.min(...covers), 6);
    }
  });
});

describe('starts that too few share', () => {
  const alone: Tour = { type: 0, start: 4, breakOffsets: [3] };
  const three = [alone, alone, alone];

  test('are filled up where operators are missing, and given up where they are not', () => {
    const missing = problemOf({ minimumPerStart: 3 });
    expect(settleSmallStarts(missing, [alone])).toEqual(three);
    const idle = problemOf({ minimumPerStart: 3, demand: new Int32Array(slots) });
    expect(settleSmallStarts(idle, [alone])).toEqual([]);
  });

  test('are given up where the limits let nobody more start', () => {
    const limits = [{ from: 0, to: slots, weights: Float64Array.of(1, 1), most: 2 }];
    expect(settleSmallStarts(problemOf({ minimumPerStart: 3, limits }), [alone])).toEqual([]);
  });

  test('count by kind of shift and start', () => {
    const other: Tour = { type: 1, start: 4, breakOffsets: [] };
    const settled = settleSmallStarts(problemOf({ minimumPerStart: 2 }), [alone, other]);
    expect(settled).toHaveLength(4);
    expect(settleSmallStarts(problemOf(), [alone, other])).toEqual([alone, other]);
  });
});
