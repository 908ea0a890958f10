import type { CoverCost } from '../cover-cost.ts';
import type { LineFinder } from '../line/line-finder.ts';
import type { RosterModel } from '../roster-model.ts';
import type { ColumnPool } from './master-programme.ts';

interface DescentPlan {
  readonly passes: number;
  /** Passes at the end whose lines join the pool. */
  readonly kept: number;
  readonly width: number;
  readonly shouldStop?: (() => boolean) | undefined;
}

/** First and last step, as shares of the mean price of a missing operator. */
const firstStep = 0.02;
const lastStep = 0.0004;

/**
 * Prices of cover by incremental subgradients (Nedić and Bertsekas 2001): one person after the other takes their
 * cheapest line, and the slots it serves become worth a little less, all demand a little more. Within few passes
 * the prices are near the best, which spares column generation most of its rounds. Hands back the raw prices per
 * cover row.
 */
export const descendPrices = (
  model: RosterModel,
  finders: readonly LineFinder[],
  pool: ColumnPool,
  plan: DescentPlan,
  price: (person: number, line: Uint8Array) => number,
): Float64Array => {
  const { cover, lines } = model;
  const { tiers, groupOf, operators, under, over } = cover;
  const people = lines.length;
  const worth = Float64Array.from(operators, () => 0);
  const scale = meanPrice(under, operators);
  const share = Float64Array.from(operators, (count) => count / people);
  const slots = operators.length / tiers;
  const perSlot = new Float64Array(slots);
  const best = new Int32Array(slots);
  for (let pass = 0; pass < plan.passes; pass += 1) {
    const done = plan.passes === 1 ? 0 : pass / (plan.passes - 1);
    const step = scale * firstStep * Math.pow(lastStep / firstStep, done);
    for (let person = 0; person < people; person += 1) {
      if (plan.shouldStop?.() === true) return worth;
      const group = groupOf[person] as number;
      if (group < 0) continue;
      bestTiers(cover, worth, group, perSlot, best);
      const own = lines[person] as RosterModel['lines'][number];
      const cells = rewardedCells(own.cell, own.options, perSlot);
      const found = (finders[person] as LineFinder)(cells, { below: Infinity, lines: 1, width: plan.width });
      const line = found.lines[0]?.line;
      if (line === undefined) continue;
      if (pass >= plan.passes - plan.kept) pool.add({ person, line, cost: price(person, line) });
      for (let row = 0; row < worth.length; row += 1)
        worth[row] = Math.min(under[row] as number, (worth[row] as number) + step * (share[row] as number));
      for (const [day, option] of line.entries()) {
        if (option === 0) continue;
        const row = best[day * cover.shifts + option - 1] as number;
        worth[row] = Math.max(-(over[row] as number), (worth[row] as number) - step);
      }
    }
  }
  return worth;
};

/** What a person of the group is worth on each slot, and the cover row that makes it so. */
const bestTiers = (
  { tiers, price }: RosterModel['cover'],
  worth: Float64Array,
  group: number,
  perSlot: Float64Array,
  best: Int32Array,
): void => {
  for (let slot = 0; slot < perSlot.length; slot += 1) {
    let most = -Infinity;
    for (let tier = 0; tier < tiers; tier += 1) {
      const value = (worth[slot * tiers + tier] as number) - (price[group * tiers + tier] as number);
      if (value <= most) continue;
      most = value;
      best[slot] = slot * tiers + tier;
    }
    perSlot[slot] = most;
  }
};

const meanPrice = (under: Float64Array, operators: Int32Array): number => {
  let sum = 0;
  let count = 0;
  for (const [row, price] of under.entries()) {
    sum += price * (operators[row] as number);
    count += operators[row] as number;
  }
  return count === 0 ? 1 : sum / count;
};

/**
 * Prices of cover: what one more operator on a slot and tier is worth, and so what a person of each group is worth
 * on a slot. Within −over and under, any such prices bound the roster's cost from below.
 */
export interface CoverPrices {
  /** `[slot * tiers + tier]`. */
  readonly perTier: Float64Array;
  /** `[group][slot]`. */
  readonly perGroup: readonly Float64Array[];
  /** What meeting the demand is worth at these prices: the part of the bound that no line changes. */
  readonly worth: number;
}

export const coverPricesOf = (cover: CoverCost, raw: ArrayLike<number>): CoverPrices => {
  const { tiers, groups, price, operators, under, over } = cover;
  const perTier = Float64Array.from(operators, (_, row) =>
    Math.min(under[row] as number, Math.max(-(over[row] as number), raw[row] as number)),
  );
  let worth = 0;
  for (const [row, one] of perTier.entries()) worth += one * (operators[row] as number);
  const slots = operators.length / tiers;
  const perGroup = Array.from({ length: groups }, (_, group) =>
    Float64Array.from({ length: slots }, (_, slot) => {
      let best = -Infinity;
      for (let tier = 0; tier < tiers; tier += 1)
        best = Math.max(
          best,
          (perTier[slot * tiers + tier] as number) - (price[group * tiers + tier] as number),
        );
      return best;
    }),
  );
  return { perTier, perGroup, worth };
};

/** A person's prices per day and option when duties are worth something. */
export const rewardedCells = (
  cell: Float64Array,
  options: number,
  worth: Float64Array,
  into = new Float64Array(cell.length),
): Float64Array => {
  const shifts = options - 1;
  for (let at = 0; at < cell.length; at += 1) {
    const option = at % options;
    into[at] =
      option === 0
        ? (cell[at] as number)
        : (cell[at] as number) - (worth[((at - option) / options) * shifts + option - 1] as number);
  }
  return into;
};
