import type { RosterModel } from '../roster-model.ts';

/**
 * The unit of which every roster's price is a whole multiple: 1 where all prices are whole numbers, else 0 (none
 * known). It lets a bound rise to the next whole price.
 */
export const priceUnit = (model: RosterModel): 0 | 1 => {
  const { cover, lines, crews } = model;
  const whole = (prices: Iterable<number>): boolean => {
    for (const price of prices)
      if (Number.isFinite(price) && Math.abs(price - Math.round(price)) > 1e-9) return false;
    return true;
  };
  const isWhole =
    whole(cover.price) &&
    whole(cover.under) &&
    whole(cover.over) &&
    whole(crews.map(({ price }) => price)) &&
    lines.every(
      ({ cell, automaton, counters }) =>
        whole(cell) &&
        whole(automaton.cost) &&
        whole(counters.flatMap(({ tally }) => [tally.leastPrice, tally.mostPrice])),
    );
  return isWhole ? 1 : 0;
};
