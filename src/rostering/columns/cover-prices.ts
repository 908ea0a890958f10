import type { CoverCost } from '../cover/cover-cost.ts';

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
