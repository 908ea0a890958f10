import fc from 'fast-check';
import { expect, it } from 'vitest';
import { coverPrice, type CoverProblem } from '../../src/scheduling/cover-problem.ts';
import { Lending, lendOperators, type TierLink } from '../../src/scheduling/tier-links.ts';

const slots = 2;
const problemOf = (demand: readonly number[], mild: number): CoverProblem => ({
  slots,
  demand: Int32Array.from(demand),
  mildUnder: new Int32Array(slots).fill(mild),
  underPrice: 8,
  severeUnderPrice: 19,
  overPrice: 0.7,
  types: [],
  minimumPerStart: 1,
});

interface World {
  readonly problems: readonly CoverProblem[];
  readonly links: readonly TierLink[];
  readonly covers: readonly Int32Array[];
}

/** Every way of lending up to so many operators over each link, one after another. */
const mostLent = 7;
const ways = (links: number): number[][] =>
  links === 0
    ? [[]]
    : ways(links - 1).flatMap((way) => Array.from({ length: mostLent + 1 }, (_, n) => [...way, n]));

/** Whether no tier lends more than it has: whoever is borrowed is not lent on. */
const isOfOwn = ({ links, covers }: World, slot: number, lent: readonly number[]): boolean =>
  covers.every((own, k) => {
    const out = links.reduce((sum, { from }, l) => sum + (from === k ? (lent[l] ?? NaN) : 0), 0);
    return out <= (own[slot] ?? 0);
  });

/** The least price of a slot over all ways of lending, and the fewest loans at which it is reached. */
const best = ({ problems, links, covers }: World, slot: number): { price: number; loans: number } => {
  let found = { price: Infinity, loans: 0 };
  for (const way of ways(links.length)) {
    if (!isOfOwn({ problems, links, covers }, slot, way)) continue;
    const standing = covers.map((own) => own[slot] ?? 0);
    let price = 0;
    for (const [l, { from, to, price: each }] of links.entries()) {
      const n = way[l] ?? 0;
      standing[from] = (standing[from] ?? 0) - n;
      standing[to] = (standing[to] ?? 0) + n;
      price += n * each;
    }
    for (const [k, problem] of problems.entries()) price += coverPrice(problem, slot, standing[k] ?? 0);
    const loans = way.reduce((sum, n) => sum + n, 0);
    if (price < found.price - 1e-9 || (price < found.price + 1e-9 && loans < found.loans))
      found = { price: Math.min(price, found.price), loans };
  }
  return found;
};

const worlds: fc.Arbitrary<World> = fc
  .record({
    tiers: fc.array(
      fc.record({
        demand: fc.array(fc.nat(5), { minLength: slots, maxLength: slots }),
        cover: fc.array(fc.nat(5), { minLength: slots, maxLength: slots }),
        mild: fc.integer({ min: 1, max: 3 }),
      }),
      { minLength: 2, maxLength: 3 },
    ),
    links: fc.uniqueArray(
      fc.record({ from: fc.nat(2), to: fc.nat(2), price: fc.constantFrom(0, 0.2, 1.5, 9) }),
      { maxLength: 3, selector: ({ from, to }) => `${from} ${to}` },
    ),
  })
  .map(({ tiers, links }) => ({
    problems: tiers.map(({ demand, mild }) => problemOf(demand, mild)),
    covers: tiers.map(({ cover }) => Int32Array.from(cover)),
    links: links.filter(({ from, to }) => from !== to && from < tiers.length && to < tiers.length),
  }));

const priceOf = ({ problems, links, covers }: World, lent: readonly Int32Array[]): number[] =>
  Array.from({ length: slots }, (_, slot) => {
    const standing = covers.map((own) => own[slot] ?? 0);
    let price = 0;
    for (const [l, { from, to, price: each }] of links.entries()) {
      const n = lent[l]?.[slot] ?? 0;
      standing[from] = (standing[from] ?? 0) - n;
      standing[to] = (standing[to] ?? 0) + n;
      price += n * each;
    }
    return problems.reduce((sum, problem, k) => sum + coverPrice(problem, slot, standing[k] ?? 0), price);
  });

const withOneMore = ({ covers, ...world }: World, tier: number, slot: number, by: number): World => ({
  ...world,
  covers: covers.map((own, k) => own.map((n, t) => n + (k === tier && t === slot ? by : 0))),
});

it('operators are lent at the least price of all ways, and none for nothing', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { lent, price } = lendOperators(world.problems, world.links, world.covers);
      const wanted = Array.from({ length: slots }, (_, slot) => best(world, slot));
      priceOf(world, lent).forEach((own, slot) => {
        expect(own).toBeCloseTo(wanted[slot]?.price ?? NaN, 9);
        expect(
          isOfOwn(
            world,
            slot,
            lent.map((each) => each[slot] ?? NaN),
          ),
        ).toBe(true);
      });
      // Where loans cost nothing two in a row may do what one does.
      const isPriced = world.links.every(({ price: each }) => each > 0);
      for (const [slot, { loans }] of wanted.entries())
        if (isPriced || loans === 0)
          expect(lent.reduce((sum, own) => sum + (own[slot] ?? NaN), 0)).toBe(loans);
      const paid = lent.reduce(
        (sum, own, l) => sum + own.reduce((a, b) => a + b, 0) * (world.links[l]?.price ?? NaN),
        0,
      );
      expect(price).toBeCloseTo(paid, 9);
    }),
    { numRuns: 100 },
  );
});

it('a tier’s prices are what the best lending costs more with its operators as they come and go', () => {
  const steps = fc.array(fc.constantFrom(1 as const, -1 as const), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(worlds, fc.nat(2), steps, (world, someTier, moves) => {
      const tier = someTier % world.problems.length;
      const lending = new Lending(world.problems, world.links, world.covers);
      const prices = lending.pricesOf(tier);
      const more = new Int32Array(slots);
      for (let slot = 0; slot < slots; slot += 1) {
        let [state, own] = [slot, 0];
        for (const by of moves) {
          if ((world.covers[tier]?.[slot] ?? 0) + own + by < 0) continue;
          const before = best(withOneMore(world, tier, slot, own), slot).price;
          const after = best(withOneMore(world, tier, slot, own + by), slot).price;
          expect(prices.steps[2 * state + (by === 1 ? 0 : 1)]).toBeCloseTo(after - before, 9);
          state = prices.move(state, by);
          own += by;
        }
        more[slot] = own;
      }
      // Taken at their word, they leave the lending that there would be from the start.
      lending.take(tier, more);
      const anew = more.reduce((now, own, slot) => withOneMore(now, tier, slot, own), world);
      const taken = priceOf(anew, lending.lent());
      taken.forEach((price, slot) => expect(price).toBeCloseTo(best(anew, slot).price, 9));
    }),
    { numRuns: 60 },
  );
});
