import type { ParallelMap, ShouldStop, Solver } from '../../kernel/ports.ts';
import { type Random, seededRandom } from '../../kernel/random.ts';
import { type CoverPrices, rewardedCells } from '../columns/descend-prices.ts';
import { type ColumnPool, createColumnPool } from '../columns/master-programme.ts';
import { createLineCost, type LineCost } from '../line/line-cost.ts';
import { createLineFinder, createLineWorkspace, type LineFinder } from '../line/line-finder.ts';
import { type RosterModel, rosterModelOf } from '../roster-model.ts';
import type { RosterProblem } from '../roster-problem.ts';
import { createRosterState, type RosterState } from './roster-state.ts';

interface RosterProgress {
  readonly step: 'first' | 'anneal' | 'prices' | 'columns' | 'parts' | 'proof';
  /** Cost of the best roster so far, and what none can be below. */
  readonly cost: number;
  readonly bound: number;
}

export interface RosterMeans {
  /** One per thread that may solve programmes at the same time. */
  readonly solvers: readonly Solver[];
  readonly parallel?: ParallelMap | undefined;
  readonly seed: number;
  /** Rounds of annealing and of rostering some people again: the limit under a seed. */
  readonly rounds: number;
  /** False: annealing beside the bound of relaxed lines, without columns; left out: with them. */
  readonly prices?: boolean | undefined;
  /** Partial lines kept per day where people have many rules at once; left out: by the length of the period. */
  readonly width?: number | undefined;
  /** Seconds left, where a clock is watched; it makes results depend on the machine. */
  readonly secondsLeft?: (() => number) | undefined;
  readonly shouldStop?: ShouldStop | undefined;
  readonly progress?: ((progress: RosterProgress) => void) | undefined;
}

/** What the steps of a search share. */
export interface RosterSearch {
  readonly model: RosterModel;
  readonly problem: RosterProblem;
  readonly means: RosterMeans;
  /** Tells this search from others in the threads. */
  readonly roster: number;
  readonly finders: readonly LineFinder[];
  readonly costs: readonly LineCost[];
  readonly pool: ColumnPool;
  readonly state: RosterState;
  /** People who have a line that keeps every hard rule. */
  readonly people: readonly number[];
  readonly without: readonly number[];
  readonly random: Random;
  readonly unit: 0 | 1;
  readonly width: number;
  /** Mean price of a missing operator: the scale of steps and temperatures. */
  readonly scale: number;
  bound: number;
  /** Prices of cover at which the bound was proved, and the bound before rounding. */
  proof: { readonly prices: CoverPrices; readonly bound: number } | undefined;
  readonly report: (step: RosterProgress['step']) => void;
  readonly isOver: () => boolean;
  /** True once less than this share of the time is left, or the search is over. */
  readonly isPast: (shareLeft: number) => boolean;
}

let searches = 0;

export const startSearch = (problem: RosterProblem, means: RosterMeans): RosterSearch => {
  const model = rosterModelOf(problem);
  const workspace = createLineWorkspace();
  const finders = model.lines.map((line) => createLineFinder(line, workspace));
  const { lines, without } = firstRoster(model, finders);
  const state = createRosterState(model, lines);
  searches += 1;
  const allSeconds = means.secondsLeft?.() ?? 0;
  const isPast = (shareLeft: number): boolean =>
    means.shouldStop?.() === true ||
    (means.secondsLeft !== undefined && means.secondsLeft() <= shareLeft * allSeconds);
  const search: RosterSearch = {
    model,
    problem,
    means,
    roster: searches,
    finders,
    costs: model.lines.map((line) => createLineCost(line)),
    pool: createColumnPool(model),
    state,
    people: [...model.lines.keys()].filter((person) => !without.includes(person)),
    without,
    random: seededRandom(means.seed, 1),
    unit: priceUnit(model),
    width: means.width ?? widthFor(model),
    scale: meanUnderPrice(model),
    bound: 0,
    proof: undefined,
    report: (step) => means.progress?.({ step, cost: state.total(), bound: search.bound }),
    isOver: () => isPast(0),
    isPast,
  };
  return search;
};

/** Partial lines kept per day: exact for a month, thinner for a year. */
const widthFor = ({ days }: RosterModel): number => (days <= 42 ? 20_000 : days <= 100 ? 2000 : 300);

const meanUnderPrice = ({ cover }: RosterModel): number => {
  let sum = 0;
  let count = 0;
  for (const [row, operators] of cover.operators.entries()) {
    sum += operators * (cover.under[row] as number);
    count += operators;
  }
  return count === 0 ? 1 : sum / count;
};

/** Costs are whole multiples of the unit, so a bound rises to the next one. */
export const raiseBound = (search: RosterSearch, bound: number): void => {
  const whole = search.unit === 0 ? bound : Math.ceil(bound - 1e-4);
  search.bound = Math.max(search.bound, whole);
};

/** Partial lines kept per day when a first line is sought, in turn until one is found. */
const widthsFor = (days: number): readonly number[] => (days > 100 ? [30, 300] : [60, 600, 20_000]);

interface FirstRoster {
  readonly lines: Uint8Array;
  /** People for whom no line keeps every hard rule: they are left off. */
  readonly without: readonly number[];
}

/** One person after the other takes their cheapest line beside those before; those with little choice first. */
const firstRoster = (model: RosterModel, finders: readonly LineFinder[]): FirstRoster => {
  const { days } = model;
  const people = model.lines.length;
  const state = createRosterState(model, new Uint8Array(people * days));
  const without: number[] = [];
  for (let person = 0; person < people; person += 1) {
    const find = finders[person] ?? createLineFinder(model.lines[person] as RosterModel['lines'][number]);
    const cells = responseCells(model, state, person);
    const line = widthsFor(days)
      .values()
      .map((width) => find(cells, { below: Infinity, lines: 1, width }).lines[0]?.line)
      .find((found) => found !== undefined);
    if (line === undefined) without.push(person);
    else for (const [day, option] of line.entries()) state.put(person, day, option);
    state.keep();
  }
  return { lines: Uint8Array.from(state.lines), without };
};

/**
 * A person's prices per day and option when everybody else stays: their own line's, plus what one more of them
 * costs or spares on each slot. The person must be off duty in the state. Exact: the cheapest line under these
 * prices is the person's best answer to the others (rules that bind people together aside).
 */
const responseCells = (model: RosterModel, state: RosterState, person: number): Float64Array => {
  const { cover, days } = model;
  const { groups, shifts } = cover;
  const group = cover.groupOf[person] as number;
  const slots = days * shifts;
  const worth = new Float64Array(slots);
  const line = model.lines[person] as RosterModel['lines'][number];
  if (group >= 0) {
    for (let slot = 0; slot < slots; slot += 1) {
      const at = slot * groups;
      const before = cover.cost(slot, state.counts, at);
      state.counts[at + group] = (state.counts[at + group] as number) + 1;
      worth[slot] = before - cover.cost(slot, state.counts, at);
      state.counts[at + group] = (state.counts[at + group] as number) - 1;
    }
  }
  return rewardedCells(line.cell, line.options, worth);
};

/**
 * The unit of which every roster's price is a whole multiple: 1 where all prices are whole numbers, else 0 (none
 * known). It lets a bound rise to the next whole price.
 */
const priceUnit = (model: RosterModel): 0 | 1 => {
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

let kept: { readonly roster: number; readonly model: RosterModel } | undefined;

/** What a thread has built from a problem, kept as long as it is asked about the same roster. */
export const keptModel = (roster: number, problem: RosterProblem): RosterModel => {
  if (kept?.roster !== roster) kept = { roster, model: rosterModelOf(problem) };
  return kept.model;
};
