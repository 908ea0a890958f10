import { CancelledError } from '../kernel/errors.ts';
import type { Progress, ShouldStop, Solver } from '../kernel/ports.ts';
import { seededRandom, type Random } from '../kernel/random.ts';
import { annealTier, roundsOfEasing } from './anneal-tier.ts';
import { coverOfTours, costOfTours, simpleBound, type CoverProblem, type Tour } from './cover-problem.ts';
import { relaxCover, type TypeCounts } from './cover-relaxation.ts';
import { priceCover } from './price-cover.ts';
import { roundCover } from './round-cover.ts';
import { settleSmallStarts } from './settle-small-starts.ts';
import { awayOfAll, noPrices, putDaysBack, type Previous } from './put-days-back.ts';
import { homesOf, type Staying } from './stay-prices.ts';
import { trimTours } from './trim-tours.ts';
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
  /** Where to start from and, per tier, what moving away from it costs; `gap` is that of the plan before. */
  readonly previous?: Previous;
  readonly progress?: Progress;
  readonly shouldStop?: ShouldStop;
}

interface Start {
  readonly tours: readonly (readonly Tour[])[];
  readonly settled: readonly CoverProblem[];
  readonly bound: number;
  /** A better bound, until it is enough, where one can be had without the solver. */
  readonly sharperBound?: (enough: number) => number;
}

const roundingAttempts = 30;
/** Rounds in a row that must each gain this share of the price, or the search has settled. */
const patienceRounds = 2;
const smallestGain = 5e-4;

/**
 * Solves tiers together. First by prices: a bound and a fractional plan within a percent or so, cumulative
 * rounding for a start, then rounds of annealing tier by tier, with lending between tiers settled anew after
 * each. A plan that misses the asked gap by little has its bound sharpened by further prices first. Where that does not
 * prove the gap, the exact relaxation gives the bound and another start, shortage is cheap in the first rounds, and
 * annealing goes on until the gap is met, the search has settled or `rounds` are done. Always an answer: when
 * the solver yields nothing, the bound by prices stands. Where there was a plan before, it starts from its shifts and
 * moves only what pays (`changePrevious`); where that stays far from the bound, the week is laid out anew as well, with
 * put back what does not pay to move, and taken if that saves more than all that it moves costs.
 */
export const solveCover = async (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  solver: Solver,
  limits: CoverLimits,
): Promise<CoverSolution> => {
  const random = seededRandom(limits.seed, 11);
  const priced = startFromPrices(problems, links, random);
  const { previous, ...anew } = limits;
  if (previous === undefined || previous.tours.every((tours) => tours.length === 0))
    return layOutAnew(problems, links, solver, anew, priced, random);
  const changed = await changePrevious(problems, links, priced.bound, limits, previous);
  if (isWithin(changed, Math.max(limits.gap, previous.gap) + gapOfChange)) return changed;
  const other = await layOutAnew(problems, links, solver, anew, priced, random);
  const back = await weighMoves(problems, links, other, limits, previous);
  const worth = ({ cost, tours }: CoverSolution): number => cost + awayOfAll(tours, previous);
  return worth(changed) <= worth(back) ? { ...changed, bound: back.bound } : back;
};

const layOutAnew = async (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  solver: Solver,
  limits: CoverLimits,
  priced: Start,
  random: Random,
): Promise<CoverSolution> => {
  const quick =
    limits.gap < leastQuickGap ? undefined : await improve(problems, links, priced, limits, random);
  if (quick !== undefined && isWithin(quick, limits.gap)) return quick;
  const exact = await startFromRelaxation(problems, links, solver, random, limits.seconds);
  const start = exact ?? priced;
  const bound = Math.max(start.bound, quick?.bound ?? priced.bound);
  if (quick !== undefined && isWithin({ ...quick, bound }, limits.gap)) return { ...quick, bound };
  const { tours, settled } = start;
  const found = await improve(problems, links, { tours, settled, bound }, limits, random, true);
  return quick !== undefined && quick.cost < found.cost ? { ...quick, bound } : found;
};

/** A changed plan that is no further than this from its bound beyond the plan before, or what was asked, is taken as it is. */
const gapOfChange = 0.015;

/** Rounds of annealing in which moves are weighed against what they change. */
const roundsOfChange = 3;

/** A plan with those shifts and breaks changed, towards the plan before or away from it, for which that pays. */
const weighMoves = async (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  start: Start,
  limits: CoverLimits,
  previous: Previous,
): Promise<CoverSolution> => {
  const asked = { ...limits, gap: -1, rounds: roundsOfChange };
  const found = await improve(problems, links, start, asked, seededRandom(limits.seed, 12));
  return putDaysBack(problems, found, previous, (tours) => settle(problems, links, tours, found.bound));
};

/** The plan before with those shifts and breaks moved, added or taken away that save more than moving them costs. */
const changePrevious = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  bound: number,
  limits: CoverLimits,
  previous: Previous,
): Promise<CoverSolution> => {
  const tours = problems.map((problem, tier) =>
    settleSmallStarts(problem, trimTours(problem, previous.tours[tier] ?? [])),
  );
  return weighMoves(problems, links, settle(problems, links, tours, bound), limits, previous);
};

/** Earlier shifts as they are, lending settled anew. */
export const keepTours = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  tours: readonly (readonly Tour[])[],
): CoverSolution => settle(problems, links, tours, 0);

/** Below this gap the bound by prices cannot prove a plan. */
const leastQuickGap = 0.01;

const isWithin = ({ cost, bound }: Pick<CoverSolution, 'cost' | 'bound'>, gap: number): boolean =>
  cost - bound <= gap * bound;

/** A gap missed by no more than this may be met by a sharper bound by prices. */
const withinSharpening = 0.012;

const improve = async (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  start: Start,
  limits: CoverLimits,
  random: Random,
  eased = false,
): Promise<CoverSolution> => {
  const { previous } = limits;
  const easing = eased
    ? Math.min(Math.max(...problems.map(roundsOfEasing)), limits.rounds - patienceRounds)
    : 0;
  let { bound, sharperBound } = start;
  const worth = ({ cost, tours }: CoverSolution): number =>
    previous === undefined ? cost : cost + awayOfAll(tours, previous);
  let best = settle(problems, links, start.tours, bound);
  let current: Pick<CoverSolution, 'tours' | 'settled'> = { tours: start.tours, settled: start.settled };
  let idle = 0;
  for (let round = 0; round < limits.rounds && idle < patienceRounds; round += 1) {
    if (limits.shouldStop?.() === true) throw new CancelledError();
    const tours = current.settled.map((problem, tier) =>
      annealTier(problem, current.tours[tier] ?? [], random, {
        number: round,
        easing,
        staying: stayingOf(current, tier, previous),
      }),
    );
    const next = settle(problems, links, tours, bound);
    current = next;
    const gained = worth(best) - worth(next) >= smallestGain * next.cost;
    idle = gained || round < easing ? 0 : idle + 1;
    if (worth(next) < worth(best)) best = next;
    limits.progress?.((round + 1) / limits.rounds);
    if (isWithin(best, limits.gap)) break;
    if (sharperBound !== undefined && isWithin(best, limits.gap + withinSharpening)) {
      bound = sharperBound(best.cost / (1 + limits.gap));
      sharperBound = undefined;
      best = { ...best, bound };
      if (isWithin(best, limits.gap)) break;
    }
    await Promise.resolve();
  }
  return best;
};

const stayingOf = (
  { tours }: Pick<CoverSolution, 'tours'>,
  tier: number,
  previous: Previous | undefined,
): Staying | undefined =>
  previous === undefined
    ? undefined
    : {
        homes: homesOf(tours[tier] ?? [], previous.tours[tier] ?? []),
        prices: previous.prices[tier] ?? noPrices,
      };

/** A start from prices, with no solver asked. */
const startFromPrices = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  random: Random,
): Start => {
  const { bound, counts, cover, sharperBound } = priceCover(problems, links);
  const whole = cover.map((operators) => Int32Array.from(operators, (heads) => Math.round(heads)));
  const { lent } = lendOperators(problems, links, whole);
  // The simple bound knows nothing of lending, which could undercut it.
  const simple = links.length > 0 ? 0 : problems.reduce((sum, problem) => sum + simpleBound(problem), 0);
  const start = roundedStart(problems, links, lent, counts, Math.max(simple, bound), random);
  return { ...start, sharperBound: (enough) => Math.max(simple, sharperBound(enough)) };
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
