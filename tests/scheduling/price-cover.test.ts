import { afterAll, describe, expect, it } from 'vitest';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { boundByPrices, priceCover, roundCover } from '../../src/scheduling/price-cover.ts';
import type { CoverProblem, StartLimit } from '../../src/scheduling/cover-problem.ts';
import { relaxCover } from './cover-relaxation.ts';
import { layOutPrices } from '../../src/scheduling/soft-prices.ts';
import { keepTours, solveCover } from '../../src/scheduling/solve-cover.ts';

const solver = createHighsSolver();
afterAll(() => solver.close());

const days = 3;
const slots = 24 * days;

/** Three days of hours with two types of shift, drawn from a seed. */
const problemOf = (seed: number, people?: number): CoverProblem => {
  const random = seededRandom(seed, 5);
  const demand = Int32Array.from({ length: slots }, (_, t) =>
    Math.round(6 + 5 * Math.sin((2 * Math.PI * (t - 6)) / 24) + 2 * random.uniform()),
  );
  const heads = (from: number, to: number, most: number): StartLimit => ({
    from,
    to,
    weights: Float64Array.of(1, 1),
    most,
  });
  const limits =
    people === undefined
      ? {}
      : {
          limits: [
            ...Array.from({ length: days }, (_, d) => heads(24 * d, 24 * d + 24, people)),
            { from: 0, to: slots, weights: Float64Array.of(8, 4), most: 18 * people },
          ],
          deepUnder: demand.map((n) => Math.max(1, Math.floor(n / 2))),
          deepUnderPrice: 40,
        };
  return {
    slots,
    demand,
    mildUnder: demand.map(() => 1),
    underPrice: 8,
    severeUnderPrice: 20,
    overPrice: 0.3,
    types: [
      {
        lengthSlots: 9,
        starts: Int32Array.from({ length: slots / 2 }, (_, i) => 2 * i),
        cost: 9,
        breaks: [{ lengthSlots: 1, earliest: 3, latest: 5 }],
      },
      { lengthSlots: 4, starts: Int32Array.from({ length: slots }, (_, i) => i), cost: 4.6, breaks: [] },
    ],
    minimumPerStart: 1,
    ...limits,
  };
};

const links = [
  { from: 0, to: 1, price: 0.2 },
  { from: 1, to: 0, price: 0.1 },
];

const cases = [
  { name: 'one tier, no limit', problems: [problemOf(1)], links: [] },
  { name: 'one tier short of people', problems: [problemOf(2, 12)], links: [] },
  { name: 'two tiers, one short, lending', problems: [problemOf(3, 14), problemOf(4)], links },
  { name: 'two tiers short of people, lending', problems: [problemOf(5, 12), problemOf(6, 16)], links },
];

describe.each(cases)('prices of $name', ({ problems, links: between }) => {
  it('bound the relaxation from below, within a percent', async () => {
    const exact = await solver.solve(relaxCover(problems, between).programme, { gap: 0 });
    const { bound } = priceCover(problems, between);
    expect(bound).toBeLessThanOrEqual(exact.objective * (1 + 1e-9));
    expect(bound).toBeGreaterThan(0.99 * exact.objective);
  });

  it('never say more than the relaxation, whatever they are', async () => {
    const exact = await solver.solve(relaxCover(problems, between).programme, { gap: 0 });
    const system = layOutPrices(problems, between);
    const random = seededRandom(9);
    for (let i = 0; i < 200; i += 1) {
      const scale = 40 * random.uniform() ** 3;
      const prices = Float64Array.from({ length: system.size }, () => scale * (random.uniform() - 0.2));
      expect(boundByPrices(system, prices)).toBeLessThanOrEqual(exact.objective * (1 + 1e-9));
    }
  });

  it('come with a plan whose cover costs about what the bound says', async () => {
    const { bound, counts } = priceCover(problems, between);
    const tours = problems.map((problem, k) => roundCover(problem, counts[k] ?? [], seededRandom(1), 30));
    expect(keepTours(problems, between, tours).cost / bound).toBeLessThan(1.3);
    const found = await solveCover(problems, between, { gap: 0.02, seed: 1, rounds: 6 });
    expect(found.bound).toBeGreaterThanOrEqual(bound);
    expect(found.cost / bound - 1).toBeLessThanOrEqual(0.05);
  });
});
