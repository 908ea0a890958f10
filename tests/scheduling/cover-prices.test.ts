import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/kernel/random.ts';
import { boundByPrices } from '../../src/scheduling/bound-by-prices.ts';
import {
  costOfTours,
  coverPrice,
  marginalPrice,
  type CoverProblem,
  type Tour,
} from '../../src/scheduling/cover-problem.ts';
import { createCoverState } from '../../src/scheduling/cover-state.ts';
import { layOutPrices } from '../../src/scheduling/price-system.ts';
import { liftTour, putTourDown } from '../../src/scheduling/price-tour.ts';
import { settleSmallStarts } from '../../src/scheduling/settle-small-starts.ts';

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

  test('lifting a shift costs what the plan costs more without it, its breaks included', () => {
    const problem = problemOf();
    const tours = toursOf(20, 3);
    const state = createCoverState(problem, tours);
    tours.forEach((_, i) => {
      const before = state.raise.slice();
      const without = costOfTours(
        problem,
        tours.filter((_tour, k) => k !== i),
      );
      expect(liftTour(state, i)).toBeCloseTo(without - costOfTours(problem, tours), 9);
      putTourDown(state, i);
      expect(state.raise).toEqual(before);
    });
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
