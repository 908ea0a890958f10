import type { Random } from '../kernel/random.ts';
import type { CoverProblem, Tour } from './cover-problem.ts';
import { searchCover } from './improve-cover.ts';
import { settleSmallStarts } from './settle-small-starts.ts';
import type { Staying } from './stay-prices.ts';

const movesPerShift = 1000;
const fewestMoves = 100_000;
const mostMoves = 3_000_000;

/** One round of annealing of one tier's shifts; the first of a plan laid out anew is the warmest. */
export const annealTier = (
  problem: CoverProblem,
  tours: readonly Tour[],
  random: Random,
  round: number,
  staying: Staying | undefined,
): readonly Tour[] => {
  const search = searchCover(problem, tours, random, staying);
  const price = pricePerSlot(problem);
  const expected = Math.max(tours.length, expectedShifts(problem));
  const moves = Math.min(mostMoves, Math.max(fewestMoves, Math.round(expected * movesPerShift)));
  // What stays is worth something: no warmer than what a plan is left at otherwise.
  const hot = staying !== undefined ? 0.12 : round === 0 ? 1 : 0.6;
  search.anneal(moves, hot * price, (staying === undefined ? 0.12 : 0.03) * price);
  return settleSmallStarts(problem, search.best());
};

/** Typical price of an operator in one slot: the scale of the annealing's temperatures. */
const pricePerSlot = (problem: CoverProblem): number => {
  const prices = problem.types.map((type) => type.cost / type.lengthSlots);
  const mean = prices.reduce((sum, price) => sum + price, 0) / Math.max(1, prices.length);
  return Math.max(mean, problem.overPrice, 1e-6);
};

const expectedShifts = (problem: CoverProblem): number => {
  const demand = problem.demand.reduce((sum, value) => sum + value, 0);
  const lengths = problem.types.map((type) => type.lengthSlots);
  return demand / Math.max(1, Math.min(...lengths, problem.slots));
};
