import type { Solver } from '../../kernel/ports.ts';
import type { Roster, RosterProblem } from '../roster-problem.ts';
import { rosterOfLines } from '../roster-solution.ts';
import { annealRuns } from './anneal-runs.ts';
import { boundByRelaxing } from './bound-task.ts';
import { improvePart, type RosterPart } from './improve-part.ts';
import { boxShare, priceRoster } from './price-roster.ts';
import { proveByAllLines } from './prove-by-all-lines.ts';
import { isProved, startSearch, type RosterMeans, type RosterSearch } from './roster-search.ts';
import { takeLines } from './take-lines.ts';

export interface RosterAnswer {
  readonly roster: Roster;
  readonly cost: number;
  /** Proved: no roster that keeps the hard rules costs less. */
  readonly bound: number;
  /** People for whom no line keeps every hard rule; they are on no duty. */
  readonly without: readonly number[];
}

/** Person-days beyond which prices and columns cost more than they bring: annealing alone. */
const mostPersonDays = 12_000;

/**
 * Who works when, near the least cost that the rules allow, with a proved bound. A first roster person by person;
 * annealing on the threads beside prices of cover by subgradients; column generation for the bound and for lines;
 * then annealing again and people rostered anew, some at a time, from columns made for them. Small gaps are closed
 * by proof. It can be stopped at any time and hands back the best. Under a seed and without a clock the same limits
 * give the same roster.
 */
export const solveRoster = async (problem: RosterProblem, means: RosterMeans): Promise<RosterAnswer> => {
  const search = startSearch(problem, means);
  search.report('first');
  const isLarge = means.prices === false || search.model.days * search.model.lines.length > mostPersonDays;
  const annealing = annealRuns(search, [0]);
  if (search.people.length > 0) await (isLarge ? boundByRelaxing(search) : priceRoster(search));
  await annealing;
  await improveInRounds(search, isLarge);
  const { state, model, without } = search;
  const cost = state.total();
  return { roster: rosterOfLines(model, state.lines), cost, bound: Math.min(search.bound, cost), without };
};

/**
 * Rounds in turn of annealing, of parts rostered anew and of proof. What has not gained twice in a row is done in
 * every fourth round only; a proof is tried again when the gap has shrunk by a quarter.
 */
const improveInRounds = async (search: RosterSearch, isLarge: boolean): Promise<void> => {
  const { means, state } = search;
  const idle = { annealing: 0, parts: 0 };
  let provedGap = Infinity;
  let size = 10;
  for (let round = 0; round < means.rounds && !search.isOver() && !isProved(search); round += 1) {
    if (idle.annealing < 2 || round % 4 === 0) {
      const streams = means.solvers.map((_, index) => 1 + round * means.solvers.length + index);
      idle.annealing = (await annealRuns(search, streams)) ? 0 : idle.annealing + 1;
    }
    if (isLarge || search.isOver()) continue;
    if (idle.parts < 2 || round % 4 === 0) {
      const before = state.total();
      size = await improveParts(search, size);
      idle.parts = state.total() < before - 1e-9 ? 0 : idle.parts + 1;
    }
    const gap = state.total() - search.bound;
    if (gap > 0.75 * provedGap || isProved(search)) continue;
    provedGap = gap;
    if (await proveByAllLines(search)) return;
  }
};

/** Parts until none gains any more; hands back how many people to take at a time next. */
const improveParts = async (search: RosterSearch, size: number): Promise<number> => {
  const { state, means, model, pool } = search;
  let next = size;
  for (let idle = 0, turn = 0; idle < 3 && !search.isOver() && !isProved(search); turn += 1) {
    const before = state.total();
    const parts = chooseParts(search, turn, next);
    const answers = await Promise.all(
      parts.map((part, index) => improvePart(model, state, pool, part, limitsOf(search, index))),
    );
    for (const { lines } of answers) takeLines(state, lines);
    if (answers.every(({ isProved: none }) => none)) next = Math.min(search.people.length, next + 2);
    idle = state.total() < before - 1e-9 ? 0 : idle + 1;
    search.report('parts');
    if (means.secondsLeft === undefined && turn >= partTurns) break;
  }
  return next;
};

/** Most turns of parts in a round, where counts are the limit. */
const partTurns = 20;

const limitsOf = (search: RosterSearch, index: number): Parameters<typeof improvePart>[4] => {
  const { means } = search;
  return {
    solver: means.solvers[index] as Solver,
    roster: search.roster,
    width: search.width,
    rounds: 8,
    nodes: 200,
    seconds:
      means.secondsLeft === undefined ? undefined : Math.max(0.1, Math.min(10, 0.8 * means.secondsLeft())),
    near: search.proof?.prices.perTier ?? new Float64Array(search.model.cover.operators.length),
    reach: boxShare * search.scale,
    unit: search.unit,
    finders: search.finders,
    costs: search.costs,
    shouldStop: () => search.isOver(),
  };
};

/**
 * Parts that do not touch: everybody first, then in turn some people's whole lines and some days of everybody, as many at a time as there
 * are solvers.
 */
const chooseParts = (search: RosterSearch, turn: number, size: number): RosterPart[] => {
  const { model, means, random, people } = search;
  const { days } = model;
  const parts = means.solvers.length;
  if (turn === 0) return [{ people, from: 0, until: days }];
  if (days > 2 * windowDays && turn % 3 === 2) {
    const first = Math.floor(random.uniform() * days);
    return Array.from({ length: parts }, (_, part) => {
      const from = Math.min(days - windowDays, (first + Math.floor((part * days) / parts)) % days);
      return { people, from, until: from + windowDays };
    });
  }
  return choosePeople(search, size, parts).map((some) => ({ people: some, from: 0, until: days }));
};

const windowDays = 7;

/** Disjoint parts of people, drawn at random. */
const choosePeople = ({ people, random }: RosterSearch, size: number, parts: number): number[][] => {
  const order = [...people];
  for (let i = order.length - 1; i > 0; i -= 1) {
    const j = Math.min(i, Math.floor(random.uniform() * (i + 1)));
    [order[i], order[j]] = [order[j] as number, order[i] as number];
  }
  const each = Math.max(1, Math.min(size, Math.floor(order.length / parts)));
  return Array.from({ length: Math.min(parts, order.length) }, (_, part) =>
    order.slice(part * each, (part + 1) * each),
  );
};
