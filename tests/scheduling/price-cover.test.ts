import { afterAll, describe, expect, it } from 'vitest';
import { createHighsSolver } from '../../src/engine/highs-solver.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { boundByPrices } from '../../src/scheduling/bound-by-prices.ts';
import { coverOfTours, type CoverProblem, type StartLimit } from '../../src/scheduling/cover-problem.ts';
import { relaxCover } from '../../src/scheduling/cover-relaxation.ts';
import { priceCover } from '../../src/scheduling/price-cover.ts';
import { layOutPrices } from '../../src/scheduling/price-system.ts';
import { roundCover } from '../../src/scheduling/round-cover.ts';
import { solveCover } from '../../src/scheduling/solve-cover.ts';

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
  it('bound the relaxation from below, within a few percent', async () => {
    const exact = await solver.solve(relaxCover(problems, between).programme, { gap: 0 });
    const { bound } = priceCover(problems, between);
    expect(bound).toBeLessThanOrEqual(exact.objective * (1 + 1e-9));
    expect(bound).toBeGreaterThan(0.96 * exact.objective);
  });

  it('are sharpened to a few tenths of a percent, where tiers lend about one', async () => {
    const exact = await solver.solve(relaxCover(problems, between).programme, { gap: 0 });
    const { bound, sharperBound } = priceCover(problems, between);
    const sharper = sharperBound(Infinity);
    expect(sharper).toBeGreaterThanOrEqual(bound);
    expect(sharper).toBeLessThanOrEqual(exact.objective * (1 + 1e-9));
    expect(sharper).toBeGreaterThan((between.length === 0 ? 0.999 : 0.985) * exact.objective);
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

  it('come with a plan whose counts give the cover that they say', () => {
    const { counts, cover } = priceCover(problems, between);
    problems.forEach((problem, k) => {
      const tours = roundCover({ ...problem, limits: [] }, counts[k] ?? [], seededRandom(1), 1);
      const whole = coverOfTours(problem, tours);
      const all = (values: Iterable<number>): number => [...values].reduce((sum, value) => sum + value, 0);
      expect(Math.abs(all(whole) / all(cover[k] ?? []) - 1)).toBeLessThan(0.05);
    });
  });

  it('prove a plan without the solver where the gap allows it', async () => {
    const asked: number[] = [];
    const counted = {
      solve: (...request: Parameters<typeof solver.solve>) => {
        asked.push(1);
        return solver.solve(...request);
      },
    };
    const quick = await solveCover(problems, between, counted, { gap: 0.12, seed: 1, rounds: 6 });
    expect(asked.length).toBe(0);
    expect(quick.cost / quick.bound - 1).toBeLessThanOrEqual(0.12);
    const exact = await solveCover(problems, between, counted, { gap: 0, seed: 1, rounds: 2 });
    expect(asked.length).toBe(1);
    expect(exact.bound).toBeGreaterThanOrEqual(quick.bound * (1 - 1e-9));
    expect(quick.cost).toBeGreaterThanOrEqual(exact.bound * (1 - 1e-9));
  });
});

it('a plan that misses its gap by little is proved by sharper prices, no solver asked', async () => {
  const nobody = { solve: () => Promise.reject(new Error('the solver was asked')) };
  const problems = [problemOf(1)];
  const { cost, bound } = await solveCover(problems, [], nobody, { gap: 0.035, seed: 1, rounds: 12 });
  expect(cost / priceCover(problems, []).bound - 1).toBeGreaterThan(0.035);
  expect(cost / bound - 1).toBeLessThanOrEqual(0.035);
});
