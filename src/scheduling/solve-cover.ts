import { CancelledError } from '../kernel/errors.ts';
import type { Progress, ShouldStop, Solver } from '../kernel/ports.ts';
import { seededRandom } from '../kernel/random.ts';
import { costOfTours, simpleBound, type CoverProblem, type Tour } from './cover-problem.ts';
import { relaxCover, type TypeCounts } from './cover-relaxation.ts';
import { searchCover } from './improve-cover.ts';
import { roundCover } from './round-cover.ts';

export interface CoverSolution {
  readonly tours: readonly Tour[];
  readonly cost: number;
  readonly bound: number;
  /** Starts with fewer operators than the minimum asked for. */
  readonly smallStarts: number;
  /** False when the solver gave no relaxation: the start was empty and the bound is the simple one. */
  readonly relaxed: boolean;
}

export interface CoverLimits {
  readonly gap: number;
  readonly seed: number;
  readonly seconds?: number;
  /** Most rounds of annealing. */
  readonly rounds: number;
  readonly progress?: Progress;
  readonly shouldStop?: ShouldStop;
}

const roundingAttempts = 30;
const movesPerShift = 1000;
const fewestMoves = 200_000;
const mostMoves = 3_000_000;
/** Rounds in a row that must each gain this share of the price, or the search has settled. */
const patienceRounds = 2;
const smallestGain = 5e-4;

/**
 * Solves one tier: relaxation for the bound, cumulative rounding for a start, then rounds of annealing until
 * the gap is met or `rounds` are done. Rounds after the first are longer and cooler. Always an answer: when
 * the solver yields nothing, annealing starts from an empty plan.
 */
export const solveCover = async (
  problem: CoverProblem,
  solver: Solver,
  limits: CoverLimits,
): Promise<CoverSolution> => {
  const random = seededRandom(limits.seed, 11);
  const relaxation = await solveRelaxation(problem, solver, limits.seconds);
  const start =
    relaxation === undefined ? [] : roundCover(problem, relaxation.counts, random, roundingAttempts);
  const bound = Math.max(simpleBound(problem), relaxation?.bound ?? 0);
  const search = searchCover(problem, start, random);
  const price = pricePerSlot(problem);
  const expected = Math.max(start.length, expectedShifts(problem));
  const moves = Math.min(mostMoves, Math.max(fewestMoves, Math.round(expected * movesPerShift)));
  let idle = 0;
  for (let round = 0; round < limits.rounds && idle < patienceRounds; round += 1) {
    const before = search.best().cost;
    if (limits.shouldStop?.() === true) throw new CancelledError();
    if (round === 0 && relaxation === undefined) search.anneal(moves, 8 * price, 0.5 * price);
    search.anneal(moves, (round === 0 ? 1 : 0.6) * price, 0.12 * price);
    limits.progress?.((round + 1) / limits.rounds);
    const { cost, smallStarts } = search.best();
    if (cost - bound <= limits.gap * bound && smallStarts === 0) break;
    idle = before - cost < smallestGain * cost ? idle + 1 : 0;
    await Promise.resolve();
  }
  const best = search.best();
  return {
    tours: best.tours,
    cost: costOfTours(problem, best.tours),
    bound,
    smallStarts: best.smallStarts,
    relaxed: relaxation !== undefined,
  };
};

const solveRelaxation = async (
  problem: CoverProblem,
  solver: Solver,
  seconds: number | undefined,
): Promise<{ readonly bound: number; readonly counts: readonly TypeCounts[] } | undefined> => {
  const relaxation = relaxCover(problem);
  const limits = { gap: 0, interior: true, ...(seconds === undefined ? {} : { seconds }) };
  const answer = await solver.solve(relaxation.programme, limits);
  if (answer.status !== 'optimal') return undefined;
  // Interior points stop within a relative 1e-8 of the optimum.
  return { bound: answer.bound * (1 - 1e-7), counts: relaxation.counts(answer.x) };
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
