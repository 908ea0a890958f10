import { CancelledError } from '../kernel/errors.ts';
import type { ParallelMap, Progress, ShouldStop } from '../kernel/ports.ts';
import { type Random, seededRandom } from '../kernel/random.ts';
import { sumOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { workDone } from '../kernel/work.ts';
import { ShiftAnnealing } from './anneal-shifts.ts';
import { costOfTours, coverOfTours, type CoverProblem, type Tour } from './cover-problem.ts';
import { priceCover, roundCover, type TypeCounts } from './price-cover.ts';
import { createLimitUse, homesOf, stayCost, type Staying, type StayPrices } from './stay-prices.ts';
import { afterLending, Lending, lendOperators, type TierLink } from './tier-links.ts';
import { trimTours } from './trim-tours.ts';

/** A plan of tiers that are solved together (one tier, or several that stand in for each other). */
interface CoverSolution {
  readonly tours: readonly (readonly Tour[])[];
  /** The tiers' problems with what they lend and borrow in their demand. */
  readonly settled: readonly CoverProblem[];
  readonly cost: number;
  readonly bound: number;
}

export interface CoverLimits {
  readonly gap: number;
  readonly seed: number;
  /** Most rounds of annealing. */
  readonly rounds: number;
  /** Where to start from and, per tier, what moving away from it costs; `gap` is that of the plan before. */
  readonly previous?: Previous;
  /** Threads that work out the bound while this one changes earlier shifts. */
  readonly parallel?: ParallelMap;
  readonly progress?: Progress;
  readonly shouldStop?: ShouldStop;
}

interface Start {
  readonly tours: readonly (readonly Tour[])[];
  readonly bound: number;
  /** The problems with those starts alone that the prices' own plan takes up: all that a search within people looks at. */
  readonly narrowed?: readonly CoverProblem[];
}

interface PricedStart extends Start {
  readonly sharpen: () => number;
}

const roundingAttempts = 30;
/** Rounds in a row that must each gain this share of the price, or the search has settled. */
const patienceRounds = 2;
const smallestGain = 5e-4;

/**
 * Solves tiers together. First by prices: a bound and a fractional plan within a few tenths of a percent, cumulative
 * rounding for a start, then rounds of annealing, tier by tier at the prices that the other tiers' operators leave it
 * with lending at its cheapest, until half the gap is met, the whole of it and a round gains next to nothing, the search
 * has settled or `rounds` are done; a bound that leaves the gap open is sharpened then. Where there was a plan
 * before, it starts from its shifts and moves only what pays (`changePrevious`); where that stays far from the bound, the
 * week is laid out anew as well if that may pay, with put back what does not pay to move, and taken if that saves more
 * than all that it moves costs.
 */
export const solveCover = async (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  limits: CoverLimits,
): Promise<CoverSolution> => {
  const { previous, parallel, ...anew } = limits;
  if (previous === undefined || previous.tours.every((tours) => tours.length === 0)) {
    const priced = startFromPrices(problems, links, seededRandom(limits.seed, 11));
    const found = await improve(problems, links, priced, anew);
    return isWithin(found, limits.gap) ? found : { ...found, bound: priced.sharpen() };
  }
  const asked: CoverAsked = { problems, links, seed: limits.seed };
  const pricing = parallel?.<Start>(priceStartTask, [asked]);
  // Told when it is waited for, not while this thread works beside that one.
  pricing?.catch(() => undefined);
  const found = await changePrevious(problems, links, anew, previous);
  const [priced = priceStart(asked)] = (await pricing) ?? [];
  const changed = { ...found, bound: priced.bound };
  const worth = ({ cost, tours }: CoverSolution): number => cost + totalChangePenalty(tours, previous);
  if (isWithin(changed, Math.max(limits.gap, previous.gap) + gapOfChange)) return changed;
  const toSave = worth(changed) - (1 + limits.gap) * priced.bound;
  if (toSave < fewestMoved * priceOfAll(previous)) return changed;
  const other = await improve(problems, links, priced, anew);
  const back = await weighMoves(problems, links, other, anew, previous);
  return worth(changed) <= worth(back) ? changed : back;
};

/** A changed plan that is no further than this from its bound beyond the plan before, or what was asked, is taken as it is. */
const gapOfChange = 0.015;

/**
 * Share of all earlier shifts that a week laid out anew moves at least, once put back is what does not pay: where less
 * than their price is to be saved it was dearer on each of five weeks tried, at 0.09 to 0.24 of the price of all by 0.02
 * to 0.12; at 0.34 by 0.01, and at 0.47 it saved 0.06.
 */
const fewestMoved = 0.25;

const priceOfAll = ({ tours, prices }: Previous): number =>
  tours.reduce((sum, { length }, tier) => sum + length * (prices[tier] ?? noPrices).shift, 0);

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
  const asked = { ...limits, previous, gap: -1, rounds: roundsOfChange };
  const found = await improve(problems, links, start, asked);
  return putDaysBack(problems, found, previous, (tours) => settle(problems, links, tours, found.bound));
};

/** The plan before with those shifts and breaks moved, added or taken away that save more than moving them costs; no bound. */
const changePrevious = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  limits: CoverLimits,
  previous: Previous,
): Promise<CoverSolution> => {
  const tours = problems.map((problem, tier) =>
    settleSmallStarts(problem, trimTours(problem, previous.tours[tier] ?? [])),
  );
  return weighMoves(problems, links, settle(problems, links, tours, 0), limits, previous);
};

/** Earlier shifts as they are, lending settled anew. */
export const keepTours = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  tours: readonly (readonly Tour[])[],
): CoverSolution => settle(problems, links, tours, 0);

const isWithin = ({ cost, bound }: Pick<CoverSolution, 'cost' | 'bound'>, gap: number): boolean =>
  cost - bound <= gap * bound;

/** Moves of a round, per shift and at least and at most. */
const movesPerShift = 2000;
const fewestMoves = 30_000;
const mostMoves = 3_000_000;

const improve = async (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  start: Start,
  limits: CoverLimits,
): Promise<CoverSolution> => {
  const { previous } = limits;
  const random = seededRandom(limits.seed, previous === undefined ? 13 : 12);
  const worth = ({ cost, tours }: CoverSolution): number =>
    previous === undefined ? cost : cost + totalChangePenalty(tours, previous);
  // Where people are few, shortage stays whatever it costs, and the priced start knows on which days.
  const isFree = problems.every((problem) => problem.limits === undefined);
  const easing =
    previous === undefined && isFree
      ? Math.min(Math.max(...problems.map(roundsOfEasing)), limits.rounds - patienceRounds)
      : 0;
  let current = settle(problems, links, start.tours, start.bound);
  let best = current;
  let idle = 0;
  for (let round = 0; round < limits.rounds && idle < patienceRounds; round += 1) {
    if (limits.shouldStop?.() === true) throw new CancelledError();
    workDone.roundsOfShifts += 1;
    const staying = problems.map((_, tier) => stayingOf(current, tier, previous));
    const searched = isFree ? problems : (start.narrowed ?? problems);
    const eased = round < easing ? searched.map((problem) => easeShortage(problem, round, easing)) : searched;
    // What stays is worth something: no cooler than moves can pay for it.
    const [hot, cold] =
      previous !== undefined ? [0.12, 0.12] : [(isFree ? 1 : 0.8) * (round === 0 ? 1 : 0.5), 0.03];
    const found = annealTiers(eased, links, current.tours, random, staying, { hot, cold });
    const { settled } = settle(problems, links, found, start.bound);
    const tours = found.map((own, tier) => settleSmallStarts(valueAt(settled, tier), own));
    current = settle(problems, links, tours, start.bound);
    idle = worth(best) - worth(current) >= smallestGain * current.cost || round < easing ? 0 : idle + 1;
    if (worth(current) < worth(best)) best = current;
    limits.progress?.((round + 1) / limits.rounds);
    if (isWithin(best, limits.gap / 2) || (idle > 0 && isWithin(best, limits.gap))) break;
    await Promise.resolve();
  }
  return best;
};

/** How often a round goes through the tiers, where they lend. */
const sweeps = 20;

/** A round: tiers by turns, each at the prices that the others' operators leave it, all cooling down together. */
const annealTiers = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  tours: readonly (readonly Tour[])[],
  random: Random,
  staying: readonly (Staying | undefined)[],
  { hot, cold }: { readonly hot: number; readonly cold: number },
): Tour[][] => {
  const covers = problems.map((problem, tier) => coverOfTours(problem, tours[tier] ?? []));
  const lending = new Lending(problems, links, covers);
  const tiers = problems.map(
    (problem, tier) => new ShiftAnnealing(problem, tours[tier] ?? [], random, staying[tier]),
  );
  const size = tiers.reduce((sum, tier) => sum + tier.size, 0);
  const all = Math.min(mostMoves, Math.max(fewestMoves, size * movesPerShift));
  const turns = links.length === 0 ? 1 : sweeps;
  for (let turn = 0; turn < turns; turn += 1)
    for (const [k, tier] of tiers.entries()) {
      const moves = Math.round((all * Math.max(1, tier.size)) / (turns * Math.max(tiers.length, size)));
      const at = (part: number): number => hot * (cold / hot) ** (part / turns);
      lending.take(k, tier.anneal(lending.pricesOf(k), { moves, hot: at(turn), cold: at(turn + 1) }));
    }
  return tiers.map((tier) => tier.tours());
};

/** What a missing operator costs in the first eased round, in prices of an operator in one slot. */
const easiest = 2.5;
const mostRoundsOfEasing = 6;

/**
 * Rounds before a missing operator costs its price. At that price nearly every move away from a plan without gaps is
 * barred, and shifts that are one too many stay.
 */
const roundsOfEasing = (problem: CoverProblem): number =>
  Math.min(mostRoundsOfEasing, Math.ceil(Math.log2(timesEased(problem))));

/** How many times less a missing operator costs at first; 1 where that is little enough. */
const timesEased = ({ types, underPrice, overPrice }: CoverProblem): number => {
  const rates = types.map(({ cost, lengthSlots }) => cost / lengthSlots);
  const mean = sumOf(rates) / Math.max(1, rates.length);
  return Math.max(1, underPrice / (easiest * Math.max(mean, overPrice, 1e-6)));
};

/** The same problem with that price eased; where people are few none is. */
const easeShortage = (problem: CoverProblem, round: number, easing: number): CoverProblem => {
  const share = timesEased(problem) ** (round / easing - 1);
  const { underPrice, severeUnderPrice } = problem;
  return { ...problem, underPrice: share * underPrice, severeUnderPrice: share * severeUnderPrice };
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

/** A start from prices: their fractional plan in whole shifts. */
const startFromPrices = (
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  random: Random,
): PricedStart => {
  const { bound, counts, sharpen } = priceCover(problems, links);
  // The simple bound knows nothing of lending, which could undercut it.
  const simple = links.length > 0 ? 0 : problems.reduce((sum, problem) => sum + simpleBound(problem), 0);
  return {
    tours: problems.map((problem, tier) =>
      settleSmallStarts(problem, roundCover(problem, counts[tier] ?? [], random, roundingAttempts)),
    ),
    bound: Math.max(simple, bound),
    narrowed: problems.map((problem, tier) => narrow(problem, counts[tier] ?? [])),
    sharpen: () => Math.max(simple, sharpen()),
  };
};

interface CoverAsked {
  readonly problems: readonly CoverProblem[];
  readonly links: readonly TierLink[];
  readonly seed: number;
}

/** A start from prices as plain data. */
export const priceStart = ({ problems, links, seed }: CoverAsked): Start => {
  const { sharpen: _, ...start } = startFromPrices(problems, links, seededRandom(seed, 11));
  return start;
};

/** The same as a task for a thread beside the one that changes the plan before. */
const priceStartTask = { module: new URL('./solve-cover.ts', import.meta.url).href, name: priceStart.name };

/** Shifts of a start in the prices' plan that make it worth a look, and shifts a week from which that plan says enough. */
const worthALook = 1e-3;
const manyShifts = 70;

const narrow = (problem: CoverProblem, counts: readonly TypeCounts[]): CoverProblem => {
  const all = counts.reduce((sum, { started }) => sum + (started.at(-1) ?? 0), 0);
  if (all < manyShifts) return problem;
  const types = problem.types.map((shift, type) => {
    const { started } = valueAt(counts, type);
    const starts = shift.starts.filter((_, i) => (started[i] ?? 0) - (started[i - 1] ?? 0) > worthALook);
    return { ...shift, starts };
  });
  return { ...problem, types };
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

/**
 * Makes every start keep the problem's minimum of operators: a start with too few is filled up or given up,
 * whichever is cheaper and within the limits. Giving up is always possible, so the rule always holds.
 */
export const settleSmallStarts = (problem: CoverProblem, tours: readonly Tour[]): readonly Tour[] => {
  if (problem.minimumPerStart <= 1) return tours;
  let settled = tours;
  for (const group of groupByStart(problem, tours).values()) {
    const first = valueAt(group, 0);
    if (group.length >= problem.minimumPerStart) continue;
    const others = settled.filter((tour) => tour.type !== first.type || tour.start !== first.start);
    const missing = Array.from({ length: problem.minimumPerStart - group.length }, () => first);
    const filled = [...settled, ...missing];
    const mayFill = keepsLimits(problem, filled);
    settled = mayFill && costOfTours(problem, filled) < costOfTours(problem, others) ? filled : others;
  }
  return settled;
};

const groupByStart = (problem: CoverProblem, tours: readonly Tour[]): Map<number, Tour[]> =>
  Map.groupBy(tours, ({ type, start }) => type * problem.slots + start);

const keepsLimits = (problem: CoverProblem, tours: readonly Tour[]): boolean => {
  const use = createLimitUse(problem);
  return tours.every(({ type, start }) => {
    const isAllowed = use.allows(type, start);
    use.count(type, start, 1);
    return isAllowed;
  });
};

/** A plan of the same tiers to start from. */
interface Previous {
  /** Shifts by tier, and what moving away from them costs. */
  readonly tours: readonly (readonly Tour[])[];
  readonly prices: readonly StayPrices[];
  /** Relative distance of that plan from its bound. */
  readonly gap: number;
  readonly slotsPerDay: number;
}

const noPrices: StayPrices = { shift: 0, pause: 0 };

/** What all tiers pay for shifts and breaks that are elsewhere than before. */
export const totalChangePenalty = (
  tours: readonly (readonly Tour[])[],
  { tours: before, prices }: Previous,
): number =>
  tours.reduce((sum, own, tier) => sum + stayCost(own, before[tier] ?? [], prices[tier] ?? noPrices), 0);

/**
 * Puts whole days back as they were, all tiers together, wherever the changes of a day do not pay: tiers are searched one
 * beside the other, and what each gains can be the same gain twice.
 */
export const putDaysBack = <
  S extends { readonly tours: readonly (readonly Tour[])[]; readonly cost: number },
>(
  problems: readonly CoverProblem[],
  found: S,
  previous: Previous,
  settle: (tours: readonly (readonly Tour[])[]) => S,
): S => {
  const worth = ({ tours, cost }: S): number => cost + totalChangePenalty(tours, previous);
  const slots = problems[0]?.slots ?? 0;
  let best = found;
  for (let from = 0; from < slots; from += previous.slotsPerDay) {
    const isOfDay = ({ start }: Tour): boolean => start >= from && start < from + previous.slotsPerDay;
    const tours = best.tours.map((own, tier) => [
      ...own.filter((tour) => !isOfDay(tour)),
      ...(previous.tours[tier] ?? []).filter(isOfDay),
    ]);
    if (!tours.every((own, tier) => trimTours(valueAt(problems, tier), own).length === own.length)) continue;
    const back = settle(tours);
    if (worth(back) <= worth(best)) best = back;
  }
  return best;
};

/**
 * A bound that needs no solver: an operator-slot of demand is met by the cheapest working slot of any shift,
 * or left open at the mild price. Weak, but always valid.
 */
const simpleBound = (problem: CoverProblem): number => {
  let cheapest = problem.underPrice;
  for (const type of problem.types) {
    const pauses = type.breaks.reduce((sum, pause) => sum + pause.lengthSlots, 0);
    if (type.starts.length > 0) cheapest = Math.min(cheapest, type.cost / (type.lengthSlots - pauses));
  }
  return cheapest * sumOf(problem.demand);
};
