import type { Random } from '../kernel/random.ts';
import type { CoverProblem, Tour } from './cover-problem.ts';
import { searchCover } from './improve-cover.ts';
import { settleSmallStarts } from './settle-small-starts.ts';
import type { Staying } from './stay-prices.ts';

const movesPerShift = 1000;
const fewestMoves = 100_000;
const mostMoves = 3_000_000;

/** How a round of annealing goes. */
export interface Round {
  /** From 0; the first of a plan laid out anew is the warmest. */
  readonly number: number;
  /** In so many rounds a missing operator costs little at first and more each time; then its price. See `roundsOfEasing`. */
  readonly easing: number;
  readonly staying?: Staying | undefined;
}

/** One round of annealing of one tier's shifts. */
export const annealTier = (
  problem: CoverProblem,
  tours: readonly Tour[],
  random: Random,
  { number: round, easing, staying }: Round,
): readonly Tour[] => {
  const search = searchCover(easeShortage(problem, round, easing), tours, random, staying);
  const price = pricePerSlot(problem);
  const expected = Math.max(tours.length, expectedShifts(problem));
  const moves = Math.min(mostMoves, Math.max(fewestMoves, Math.round(expected * movesPerShift)));
  // What stays is worth something: no warmer than what a plan is left at otherwise.
  const hot = staying !== undefined ? 0.12 : round === 0 ? 1 : 0.6;
  search.anneal(moves, hot * price, (staying === undefined ? 0.12 : 0.03) * price);
  return settleSmallStarts(problem, search.best());
};

/** What a missing operator costs in the first eased round, in prices of an operator in one slot. */
const easiest = 2.5;
const mostRoundsOfEasing = 6;

/**
 * Rounds before a missing operator costs its price. At that price nearly every move away from a plan without gaps is
 * barred, and shifts that are one too many stay: eased, 1.07 % above the bound on a reference line became 0.64 %.
 */
export const roundsOfEasing = (problem: CoverProblem): number =>
  Math.min(mostRoundsOfEasing, Math.max(0, Math.ceil(Math.log2(timesEased(problem)))));

/** How many times less a missing operator costs at first. */
const timesEased = (problem: CoverProblem): number => problem.underPrice / (easiest * pricePerSlot(problem));

const easeShortage = (problem: CoverProblem, round: number, easing: number): CoverProblem => {
  const times = timesEased(problem);
  if (round >= easing || times <= 1) return problem;
  const share = times ** (round / easing - 1);
  const { underPrice, severeUnderPrice, deepUnderPrice } = problem;
  return {
    ...problem,
    underPrice: share * underPrice,
    severeUnderPrice: share * severeUnderPrice,
    ...(deepUnderPrice === undefined ? {} : { deepUnderPrice: share * deepUnderPrice }),
  };
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
