import type { CoverProblem } from './cover-problem.ts';
import { looseCost, sumPrices, type PricedStart, type PriceSystem, type TierPrices } from './price-system.ts';

/**
 * A proved bound from any prices (Lagrangian duality): no plan costs less than what the prices say of each
 * slot, shift and limit by itself. Prices are first made admissible: within what a missing or an idle operator
 * costs, no two linked tiers further apart than lending costs, and no shift at a gain where no rule bounds
 * how many of it there are.
 */
export const boundByPrices = (
  system: PriceSystem,
  found: Float64Array,
  held?: readonly (readonly boolean[])[],
): number => {
  const prices = found.slice();
  for (const tier of system.tiers) keepWithinCover(tier, prices, system.slots);
  closeLinks(system, prices);
  for (const [k, tier] of system.tiers.entries()) {
    const isHeld = held?.[k] ?? tier.groups.map(() => true);
    lowerToCost(tier, prices, system.slots, isHeld);
    scaleToCost(tier, prices, system.slots, isHeld);
  }
  closeLinks(system, prices);
  let bound = 0;
  for (const tier of system.tiers)
    bound += valueOfSlots(tier, prices, system.slots) + valueOfShifts(tier, prices, system.slots);
  return bound;
};

const keepWithinCover = (
  { problem, offset, loose }: TierPrices,
  prices: Float64Array,
  slots: number,
): void => {
  const most = problem.deepUnderPrice ?? problem.severeUnderPrice;
  for (let t = offset; t < offset + slots; t += 1) {
    prices[t] = Math.min(most, Math.max(-problem.overPrice, prices[t] ?? 0));
  }
  for (const { at } of loose) prices[at] = Math.max(0, prices[at] ?? 0);
};

/** Lowers prices until nobody gains by lending: one pass per tier reaches the end of every chain. */
const closeLinks = ({ tiers, links, slots }: PriceSystem, prices: Float64Array): void => {
  for (let pass = 0; pass < tiers.length; pass += 1) {
    for (const { from, to, price } of links) {
      for (let t = 0; t < slots; t += 1) {
        const most = (prices[from * slots + t] ?? 0) + price;
        if ((prices[to * slots + t] ?? 0) > most) prices[to * slots + t] = most;
      }
    }
  }
};

/** What a shift covers at these sums of prices, each break at its cheapest place. */
const worthOf = ({ slot, shift, breaks }: PricedStart, sums: Float64Array): number => {
  let worth = (sums[slot + shift.lengthSlots] ?? 0) - (sums[slot] ?? 0);
  for (const { lengthSlots, earliest, latest } of breaks) {
    let least = Infinity;
    for (let t = slot + earliest; t <= slot + latest; t += 1) {
      least = Math.min(least, (sums[t + lengthSlots] ?? 0) - (sums[t] ?? 0));
    }
    worth -= least;
  }
  return worth;
};

/** Whether a rule that binds bounds how many shifts of this start there are. */
const isBounded = ({ group }: PricedStart, isHeld: readonly boolean[]): boolean => isHeld[group] === true;

/** Where a shift is worth more than it costs, lowers the prices of its slots alone. */
const lowerToCost = (
  tier: TierPrices,
  prices: Float64Array,
  slots: number,
  isHeld: readonly boolean[],
): void => {
  const sums = new Float64Array(3 * slots + 1);
  for (const start of tier.starts) {
    if (isBounded(start, isHeld)) continue;
    const { slot, shift, breaks } = start;
    const cost = shift.cost + looseCost(tier.loose, prices, start.type, start.slot);
    for (let pass = 0; pass < 3; pass += 1) {
      for (let t = slot; t < slot + shift.lengthSlots; t += 1)
        sums[t + 1] = (t === slot ? 0 : (sums[t] ?? 0)) + (prices[tier.offset + (t % slots)] ?? 0);
      sums[slot] = 0;
      const beyond = worthOf(start, sums) - cost;
      if (beyond <= 1e-9 * cost || breaks === undefined) break;
      let paid = 0;
      for (let t = slot; t < slot + shift.lengthSlots; t += 1)
        paid += Math.max(0, prices[tier.offset + (t % slots)] ?? 0);
      const factor = Math.max(0, 1 - beyond / Math.max(1e-12, paid));
      for (let t = slot; t < slot + shift.lengthSlots; t += 1) {
        const at = tier.offset + (t % slots);
        if ((prices[at] ?? 0) > 0) prices[at] = (prices[at] ?? 0) * factor;
      }
    }
  }
};

/** Scales a tier's prices down until no shift outside a limit is worth more than it costs. */
const scaleToCost = (
  tier: TierPrices,
  prices: Float64Array,
  slots: number,
  isHeld: readonly boolean[],
): void => {
  const sums = new Float64Array(3 * slots + 1);
  sumPrices(prices, tier.offset, slots, sums);
  let factor = 1;
  for (const start of tier.starts) {
    if (isBounded(start, isHeld)) continue;
    const worth = worthOf(start, sums);
    const cost = start.shift.cost + looseCost(tier.loose, prices, start.type, start.slot);
    if (worth > cost) factor = Math.min(factor, cost / worth);
  }
  if (factor === 1) return;
  const safe = factor * (1 - 1e-12);
  for (let t = tier.offset; t < tier.offset + slots; t += 1) prices[t] = (prices[t] ?? 0) * safe;
};

const valueOfSlots = ({ problem, offset }: TierPrices, prices: Float64Array, slots: number): number => {
  let value = 0;
  for (let t = 0; t < slots; t += 1) value += leastOfSlot(problem, t, prices[offset + t] ?? 0);
  return value;
};

/** Least of a slot's price of cover plus what that cover is worth, over all covers. */
const leastOfSlot = (problem: CoverProblem, slot: number, price: number): number => {
  const demand = problem.demand[slot] ?? 0;
  let least = demand * price;
  if (price <= problem.underPrice) return least;
  const mild = problem.mildUnder[slot] ?? 0;
  least -= mild * (price - problem.underPrice);
  if (price <= problem.severeUnderPrice || problem.deepUnderPrice === undefined) return least;
  return least - Math.max(0, (problem.deepUnder?.[slot] ?? 0) - mild) * (price - problem.severeUnderPrice);
};

/** Least that shifts can add within their limits: a gain counts as often as its group allows. */
const valueOfShifts = (tier: TierPrices, prices: Float64Array, slots: number): number => {
  const sums = new Float64Array(3 * slots + 1);
  sumPrices(prices, tier.offset, slots, sums);
  const best = new Float64Array(tier.groups.length);
  for (const start of tier.starts) {
    const left =
      start.shift.cost + looseCost(tier.loose, prices, start.type, start.slot) - worthOf(start, sums);
    if (start.group >= 0) best[start.group] = Math.min(best[start.group] ?? 0, left);
  }
  let value = 0;
  for (const [g, { most }] of tier.groups.entries()) value += most * (best[g] ?? 0);
  for (const { at, limit } of tier.loose) value -= limit.most * (prices[at] ?? 0);
  return value;
};
