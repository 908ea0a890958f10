import { coverPrice, type CoverProblem } from './cover-problem.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';

/** Operators of tier `from` may stand in for tier `to`, at a price per operator and slot. Tiers by index. */
export interface TierLink {
  readonly from: number;
  readonly to: number;
  readonly price: number;
}

/** Operators lent per link and slot, and what lending costs. */
interface LentOperators {
  readonly lent: readonly Int32Array[];
  readonly price: number;
}

/**
 * Who stands in where, given the cover of each tier: the cheapest lending, slot by slot. Prices are convex in
 * cover, so cancelling unit by unit along the cheapest chain of links until no chain pays is exact.
 */
export const lendOperators = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  covers: readonly Int32Array[],
): LentOperators => {
  const slots = problems[0]?.slots ?? 0;
  const lent = links.map(() => new Int32Array(slots));
  const standing = new Int32Array(problems.length);
  let price = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    for (const [tier, cover] of covers.entries()) standing[tier] = valueAt(cover, slot);
    while (lendOne(problems, links, lent, standing, slot));
    for (const [i, link] of links.entries()) price += (lent[i]?.[slot] ?? 0) * link.price;
  }
  return { lent, price };
};

/** A tier's problem once lending is settled: it must cover what it lends and not what it borrows. */
export const afterLending = (
  problem: CoverProblem,
  tier: number,
  links: readonly TierLink[],
  lent: readonly ArrayLike<number>[],
): CoverProblem => {
  const demand = problem.demand.map((heads, slot) => {
    let needed = heads;
    for (const [i, { from, to }] of links.entries()) {
      if (from === tier) needed += Math.round(lent[i]?.[slot] ?? 0);
      if (to === tier) needed -= Math.round(lent[i]?.[slot] ?? 0);
    }
    return needed;
  });
  return { ...problem, demand };
};

interface Chain {
  readonly price: number;
  readonly steps: readonly { readonly link: number; readonly by: 1 | -1 }[];
}

/** Moves one operator along the chain that saves most; false when none saves. */
const lendOne = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  lent: readonly Int32Array[],
  standing: Int32Array,
  slot: number,
): boolean => {
  const marginal = (tier: number, by: number): number => {
    const problem = problems[tier];
    const now = valueAt(standing, tier);
    return problem === undefined
      ? Infinity
      : coverPrice(problem, slot, now + by) - coverPrice(problem, slot, now);
  };
  let best: { from: number; to: number; chain: Chain; saving: number } | undefined;
  for (let from = 0; from < problems.length; from += 1) {
    for (const [to, chain] of chainsFrom(problems.length, links, lent, slot, from).entries()) {
      if (to === from || chain === undefined) continue;
      const saving = -(marginal(from, -1) + chain.price + marginal(to, 1));
      if (saving > 1e-9 && saving > (best?.saving ?? 0)) best = { from, to, chain, saving };
    }
  }
  if (best === undefined) return false;
  for (const { link, by } of best.chain.steps) {
    const own = lent[link];
    if (own !== undefined) addAt(own, slot, by);
  }
  addAt(standing, best.from, -1);
  addAt(standing, best.to, 1);
  return true;
};

/** Cheapest chains of links from one tier to each other one (Bellman and Ford); lending may be taken back. */
const chainsFrom = (
  tiers: number,
  links: readonly TierLink[],
  lent: readonly Int32Array[],
  slot: number,
  from: number,
): (Chain | undefined)[] => {
  const chains: (Chain | undefined)[] = Array.from({ length: tiers });
  chains[from] = { price: 0, steps: [] };
  for (let pass = 1; pass < tiers; pass += 1) {
    for (const [link, { from: a, to: b, price }] of links.entries()) {
      extend(chains, a, b, link, price, 1);
      if ((lent[link]?.[slot] ?? 0) > 0) extend(chains, b, a, link, -price, -1);
    }
  }
  return chains;
};

const extend = (
  chains: (Chain | undefined)[],
  a: number,
  b: number,
  link: number,
  price: number,
  by: 1 | -1,
): void => {
  const start = chains[a];
  if (start === undefined || start.steps.some((step) => step.link === link)) return;
  const end = chains[b];
  if (end !== undefined && end.price <= start.price + price + 1e-12) return;
  chains[b] = { price: start.price + price, steps: [...start.steps, { link, by }] };
};
