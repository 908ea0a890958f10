import {
  coverOfTours,
  marginalPrice,
  type CoverProblem,
  type StartLimit,
  type Tour,
} from './cover-problem.ts';
import { limitSlack, useOfLimit } from './stay-prices.ts';
import { valueAt } from '../kernel/value-at.ts';

/**
 * Drops shifts until every limit holds, each time the one whose loss costs least for what it frees. Rounding
 * up can pass a limit by a shift or two per type; a plan within its limits comes back as it is.
 */
export const trimTours = (problem: CoverProblem, tours: readonly Tour[]): Tour[] => {
  const kept = [...tours];
  for (const limit of problem.limits ?? []) {
    let used = useOfLimit(limit, kept);
    while (used > limit.most + limitSlack) {
      kept.splice(leastMissed(problem, kept, limit), 1);
      used = useOfLimit(limit, kept);
    }
  }
  return kept;
};

const leastMissed = (problem: CoverProblem, tours: readonly Tour[], limit: StartLimit): number => {
  const cover = coverOfTours(problem, tours);
  let least = -1;
  let leastLoss = Infinity;
  for (const [index, tour] of tours.entries()) {
    const weight = valueAt(limit.weights, tour.type);
    if (weight <= 0 || tour.start < limit.from || tour.start >= limit.to) continue;
    const loss = lossOf(problem, cover, tour) / weight;
    if (loss < leastLoss) {
      leastLoss = loss;
      least = index;
    }
  }
  if (least < 0) throw new RangeError('no shift that is left uses what a limit is short of');
  return least;
};

/** Rise of the price when a shift is taken off. */
const lossOf = (problem: CoverProblem, cover: Int32Array, tour: Tour): number => {
  const type = valueAt(problem.types, tour.type);
  const lossIn = (from: number, length: number): number => {
    let loss = 0;
    for (let t = from; t < from + length; t += 1) {
      loss -= marginalPrice(problem, t % problem.slots, valueAt(cover, t % problem.slots) - 1);
    }
    return loss;
  };
  let loss = lossIn(tour.start, type.lengthSlots) - type.cost;
  for (const [k, { earliest, lengthSlots }] of type.breaks.entries()) {
    loss -= lossIn(tour.start + (tour.breakOffsets[k] ?? earliest), lengthSlots);
  }
  return loss;
};
