import { CancelledError } from '../kernel/errors.ts';
import type { Progress, ShouldStop, Solver } from '../kernel/ports.ts';
import { seededRandom, type Random } from '../kernel/random.ts';
import { coverOfTours, costOfTours, simpleBound, type CoverProblem, type Tour } from './cover-problem.ts';
import { relaxCover, type TypeCounts } from './cover-relaxation.ts';
import { searchCover } from './improve-cover.ts';
import { priceCover } from './price-cover.ts';
import { roundCover } from './round-cover.ts';
import { settleSmallStarts } from './settle-small-starts.ts';
import { afterLending, lendOperators, type TierLink } from './tier-links.ts';

/** A plan of tiers that are solved together (one tier, or several that stand in for each other). */
export interface CoverSolution {
  readonly tours: readonly (readonly Tour[])[];
  /** The tiers' problems with what they lend and borrow in their demand. */
  readonly settled: readonly CoverProblem[];
  readonly cost: number;
  readonly bound: number;
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

interface Start {
  readonly tours: readonly (readonly Tour[])[];
  readonly settled: readonly CoverProblem[];
  readonly bound: number;
}

const roundingAttempts = 30;
const movesPerShift = 1000;
const fewestMoves = 100_000;
const mostMoves = 3_000_000;
/** Rounds in a row that must each gain this share of the price, or the search has settled. */
const patienceRounds = 2;
const smallestGain = 5e-4;

/**
 * Solves tiers together. First by prices: a bound and a fractional plan within a percent or so, cumulative
 * rounding for a start, then rounds of annealing tier by tier, with lending between tiers settled anew after
 * each. Where that does not prove the asked gap, the exact relaxation gives the bound and another start, and
 * annealing goes on until the gap is met, the search has settled or `rounds` are done. Always an answer: when
 * the solver yields nothing, the bound by prices stands.
 */
export const solveCover = async (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  solver: Solver,
  limits: CoverLimits,
): Promise<CoverSolution> => {
  const random = seededRandom(limits.seed, 11);
  const priced = startFromPrices(problems, links, random);
  const quick =
    limits.gap < leastQuickGap ? undefined : await improve(problems, links, priced, limits, random);
  if (quick !== undefined && isWithin(quick, limits.gap)) return quick;
  const exact = await startFromRelaxation(problems, links, solver, random, limits.seconds);
  const start = exact ?? priced;
  const bound = Math.max(start.bound, priced.bound);
  if (quick !== undefined && isWithin({ ...quick, bound }, limits.gap)) return { ...quick, bound };
  const found = await improve(problems, links, { ...start, bound }, limits, random);
  return quick !== undefined && quick.cost < found.cost ? { ...quick, bound } : found;
};

/** Below this gap the bound by prices cannot prove a plan. */
const leastQuickGap = 0.01;

const isWithin = ({ cost, bound }: Pick<CoverSolution, 'cost' | 'bound'>, gap: number): boolean =>
  cost - bound <= gap * bound;

const improve = async (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  start: Start,
  limits: CoverLimits,
  random: Random,
): Promise<CoverSolution> => {
  const { bound } = start;
  let best = settle(problems, links, start.tours, bound);
  let current: Pick<CoverSolution, 'tours' | 'settled'> = { tours: start.tours, settled: start.settled };
  let idle = 0;
  for (let round = 0; round < limits.rounds && idle < patienceRounds; round += 1) {
    if (limits.shouldStop?.() === true) throw new CancelledError();
    const tours = current.settled.map((problem, tier) =>
      annealTier(problem, current.tours[tier] ?? [], random, round),
    );
    const next = settle(problems, links, tours, bound);
    current = next;
    idle = best.cost - next.cost < smallestGain * next.cost ? idle + 1 : 0;
    if (next.cost < best.cost) best = next;
    limits.progress?.((round + 1) / limits.rounds);
    if (isWithin(best, limits.gap)) break;
    await Promise.resolve();
  }
  return best;
};

/** A start from prices, with no solver asked. */
const startFromPrices = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  random: Random,
): Start => {
  const { bound, counts, cover } = priceCover(problems, links);
  const whole = cover.map((operators) => Int32Array.from(operators, (heads) => Math.round(heads)));
  const { lent } = lendOperators(problems, links, whole);
  // The simple bound knows nothing of lending, which could undercut it.
  const simple = links.length > 0 ? 0 : problems.reduce((sum, problem) => sum + simpleBound(problem), 0);
  return roundedStart(problems, links, lent, counts, Math.max(simple, bound), random);
};

const roundedStart = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  lent: readonly ArrayLike<number>[],
  counts: readonly (readonly TypeCounts[])[],
  bound: number,
  random: Random,
): Start => {
  const settled = problems.map((problem, tier) => afterLending(problem, tier, links, lent));
  return {
    tours: settled.map((problem, tier) =>
      settleSmallStarts(problem, roundCover(problem, counts[tier] ?? [], random, roundingAttempts)),
    ),
    settled,
    bound,
  };
};

/** A start from the exact relaxation; undefined where the solver yields nothing. */
const startFromRelaxation = async (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  solver: Solver,
  random: Random,
  seconds: number | undefined,
): Promise<Start | undefined> => {
  const relaxation = relaxCover(problems, links);
  const limits = { gap: 0, interior: true, ...(seconds === undefined ? {} : { seconds }) };
  const answer = await solver.solve(relaxation.programme, limits);
  if (answer.status !== 'optimal') return undefined;
  // Interior points stop within a relative 1e-8 of the optimum.
  const bound = answer.bound * (1 - 1e-7);
  return roundedStart(problems, links, relaxation.lent(answer.x), relaxation.counts(answer.x), bound, random);
};

/** Settles lending for given shifts and prices the whole. */
const settle = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  tours: readonly (readonly Tour[])[],
  bound: number,
): CoverSolution => {
  const covers = problems.map((problem, tier) => coverOfTours(problem, tours[tier] ?? []));
  const { lent, price } = lendOperators(problems, links, covers);
  const settled = problems.map((problem, tier) => afterLending(problem, tier, links, lent));
  const cost = settled.reduce((sum, problem, tier) => sum + costOfTours(problem, tours[tier] ?? []), price);
  return { tours, settled, cost, bound };
};

const annealTier = (
  problem: CoverProblem,
  tours: readonly Tour[],
  random: Random,
  round: number,
): readonly Tour[] => {
  const search = searchCover(problem, tours, random);
  const price = pricePerSlot(problem);
  const expected = Math.max(tours.length, expectedShifts(problem));
  const moves = Math.min(mostMoves, Math.max(fewestMoves, Math.round(expected * movesPerShift)));
  search.anneal(moves, (round === 0 ? 1 : 0.6) * price, 0.12 * price);
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
