import type { Solver } from '../../kernel/ports.ts';
import { coverPricesOf, descendPrices, rewardedCells } from '../columns/descend-prices.ts';
import { generateColumns } from '../columns/generate-columns.ts';
import { type Column, masterProgramme } from '../columns/master-programme.ts';
import type { LineFinder } from '../line/line-finder.ts';
import type { LineModel } from '../line/line-model.ts';
import type { Roster, RosterProblem } from '../roster-problem.ts';
import { rosterOfLines } from '../roster-model.ts';
import { annealInParallel } from './anneal-task.ts';
import { diveForLines } from './dive-for-lines.ts';
import { boundByRelaxing } from '../columns/relaxed-bound.ts';
import { improvePart, type PartLimits, programmeStart } from './improve-part.ts';
import { raiseBound, type RosterMeans, type RosterSearch, startSearch } from './roster-search.ts';
import type { RosterState } from './roster-state.ts';

interface RosterAnswer {
  readonly roster: Roster;
  readonly cost: number;
  /** Proved: no roster that keeps the hard rules costs less. */
  readonly bound: number;
  /** People for whom no line keeps every hard rule; they are on no duty. */
  readonly without: readonly number[];
}

/** Person-days beyond which prices and columns cost more than they bring: annealing alone. */
const mostPersonDays = 30_000;
/** Within this share of the bound, parts and proof gain more than a dive, in less time. */
const nearBound = 0.02;

/**
 * Who works when, near the least cost that the rules allow, with a proved bound. A first roster person by person;
 * annealing on the threads beside prices of cover by subgradients; column generation for the bound and for lines;
 * a dive through its shares; then annealing again and people rostered again, some at a time, from columns made for
 * them. Small gaps are closed by proof. It can be stopped at any time and hands back the best. Under a seed and
 * without a clock the same limits give the same roster.
 */
export const solveRoster = async (problem: RosterProblem, means: RosterMeans): Promise<RosterAnswer> => {
  const search = startSearch(problem, means);
  search.report('first');
  const isLarge = means.prices === false || search.model.days * search.model.lines.length > mostPersonDays;
  let isDived = false;
  const annealing = annealRuns(search, [0], () => isDived);
  if (search.people.length > 0) await (isLarge ? boundByRelaxing(search) : priceRoster(search));
  // With many people annealing outlasts the clock: the dive does not wait for it then.
  if (isLarge || means.secondsLeft === undefined) await annealing;
  if (!isLarge && search.state.total() > (1 + nearBound) * search.bound) {
    const lines = await diveForLines(search, limitsOf(search, 0));
    isDived = lines !== undefined && takeLines(search.state, lines);
    if (isDived) search.report('parts');
  }
  await annealing;
  await improveInRounds(search, isLarge);
  const { state, model, without } = search;
  const cost = state.total();
  return { roster: rosterOfLines(model, state.lines), cost, bound: Math.min(search.bound, cost), without };
};

/**
 * Rounds in turn of annealing, of parts rostered again and of proof. What has not gained twice in a row is done in
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

const limitsOf = (search: RosterSearch, index: number): PartLimits => {
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
const chooseParts = (search: RosterSearch, turn: number, size: number) => {
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

/** Moves per person and day of a whole run, and of one leg at most: between legs a run can be stopped. */
const movesPerDay = 2500;
const movesPerLeg = 250_000;
/** Person-days beyond which legs are shorter, so that each takes about as long. */
const usualPersonDays = 3000;

/** Temperatures at which runs start in turn, and the one at which all end, as shares of the scale of prices. */
const starts = [0.01, 0.1, 0.01, 0.02];
const end = 0.0012;

/**
 * Runs of annealing from the best roster, one per stream, side by side on the threads: each cools in legs. Better
 * rosters are taken over as they come. True where one came.
 */
const annealRuns = async (
  search: RosterSearch,
  streams: readonly number[],
  isEnough: () => boolean = () => false,
): Promise<boolean> => {
  const before = search.state.total();
  await Promise.all(streams.map((stream) => annealRun(search, stream, isEnough)));
  poolCurrentLines(search);
  return search.state.total() < before - 1e-9;
};

/** Where a clock runs, the share of the time left in which a run cools down: the first beside a dive, others before parts. */
const runShareOfTime = { first: 0.9, later: 0.2 };

/** How far a run is, 0 to 1, as a leg begins and as it ends: by its legs, or by the time that it may take. */
const runClock = (
  { means: { secondsLeft } }: RosterSearch,
  legs: number,
  within: number,
): ((leg: number) => readonly [done: number, next: number]) => {
  if (secondsLeft === undefined) return (leg) => [leg / legs, (leg + 1) / legs];
  const from = secondsLeft();
  let before = 0;
  return (leg) => {
    const done = Math.min(1, Math.max(leg / legs, (from - secondsLeft()) / (within * from)));
    const step = leg === 0 ? 1 / legs : done - before;
    before = done;
    return [done, Math.min(1, done + step)];
  };
};

const annealRun = async (search: RosterSearch, stream: number, isEnough: () => boolean): Promise<void> => {
  const { model, means, problem, roster, scale, state } = search;
  const start = starts[stream % starts.length] as number;
  const personDays = model.days * model.lines.length;
  const moves = movesPerDay * personDays;
  const perLeg = movesPerLeg * Math.min(1, usualPersonDays / Math.max(1, personDays));
  const legs = Math.max(1, Math.ceil(moves / perLeg));
  const at = (share: number): number => scale * start * Math.pow(end / start, share);
  const clock = runClock(search, legs, stream === 0 ? runShareOfTime.first : runShareOfTime.later);
  let lines = Uint8Array.from(state.lines);
  for (let leg = 0; leg < legs && !search.isOver() && !isEnough(); leg += 1) {
    const [done, next] = clock(leg);
    if (done === 1) break;
    const [annealed] = await annealInParallel(
      [
        {
          roster,
          problem,
          lines,
          seed: means.seed,
          stream: 1000 * (stream + 1) + leg,
          moves: Math.ceil(moves / legs),
          from: at(done),
          to: at(next),
        },
      ],
      means.parallel,
    );
    if (annealed === undefined) return;
    lines = Uint8Array.from(annealed.lines);
    if (annealed.best.total < state.total() - 1e-9) {
      restore(state, annealed.best.lines, model.days);
      search.report('anneal');
    }
  }
};

const descentPasses = 40;
const keptPasses = 12;
/** Box around the descent's prices in which column generation starts, as a share of the scale of prices. */
const boxShare = 0.005;

/** Prices of cover, the bound they prove, and lines worth having: descent first, column generation from there. */
const priceRoster = async (search: RosterSearch): Promise<void> => {
  const { model, finders, pool, width, means, scale, people } = search;
  poolCurrentLines(search);
  const near = descendPrices(
    model,
    finders,
    pool,
    { passes: descentPasses, kept: keptPasses, width, shouldStop: () => search.isPast(0.7) },
    (person, line) => search.costs[person]?.(line) ?? Infinity,
  );
  raiseBound(search, boundAt(search, near));
  search.report('prices');
  const generated = await generateColumns(
    model,
    pool,
    { people, onDuty: new Int32Array(search.state.counts.length), from: 0, until: model.days },
    {
      solver: means.solvers[0] as Solver,
      parallel: undefined,
      roster: search.roster,
      rounds: 200,
      linesPerPerson: 5,
      width,
      gap: 1e-6,
      near,
      reach: boxShare * scale,
      shouldStop: () => search.isPast(0.4),
      onRound: (bound) => {
        raiseBound(search, bound);
        search.report('columns');
      },
    },
  );
  raiseBound(search, generated.bound);
  if (generated.prices !== undefined) search.proof = { prices: generated.prices, bound: generated.bound };
};

/** What prices of cover prove by themselves (Lagrange): what the demand is worth, and everybody's cheapest line. */
const boundAt = ({ model, finders, width, isOver }: RosterSearch, near: Float64Array): number => {
  const prices = coverPricesOf(model.cover, near);
  let bound = prices.worth;
  for (const [person, { cell, options }] of model.lines.entries()) {
    if (isOver()) return 0;
    const worth = prices.perGroup[model.cover.groupOf[person] as number];
    if (worth === undefined) continue;
    const found = finders[person]?.(rewardedCells(cell, options, worth), {
      below: Infinity,
      lines: 1,
      width,
    });
    if (found !== undefined && found.bound < Infinity) bound += found.bound;
  }
  return bound;
};

/** Most lines of all people together that a programme is built from. */
const mostLines = 12_000;
/** Most partial lines of one person a day: anyone who has more would have too many lines. */
const mostPartial = 6000;

/**
 * Closes the gap where it is small: the person whose line is dearer than their cheapest by more than the gap (under the
 * prices that prove the bound) is in no better roster, so a programme over all other lines holds the best roster
 * there is. True where that settled it; false where there are too many lines, or the time was too short.
 */
const proveByAllLines = async (search: RosterSearch): Promise<boolean> => {
  const { model, state, proof, means, unit, people } = search;
  if (proof === undefined || model.crews.length > 0) return false;
  const gap = state.total() - proof.bound - unit + 1e-4;
  const columns = linesWithin(search, gap);
  if (columns === undefined) return false;
  const frame = { people, onDuty: new Int32Array(state.counts.length), from: 0, until: model.days };
  const { programme } = masterProgramme(model, columns, frame, true);
  search.report('proof');
  const answer = await means.solvers[0]?.solve(programme, {
    gap: 0,
    nodes: 200_000,
    ...(means.secondsLeft === undefined ? {} : { seconds: Math.max(0.1, 0.8 * means.secondsLeft()) }),
    start: programmeStart(model, state, programme.columns, columns, frame),
  });
  if (answer === undefined || answer.x.length === 0) return false;
  takeLines(
    state,
    columns.filter((_, index) => (answer.x[index] as number) > 0.5),
  );
  if (answer.status !== 'optimal') return false;
  raiseBound(search, state.total());
  search.report('proof');
  return true;
};

/** All lines that a better roster can hold, and everybody's own; undefined where they are too many. */
const linesWithin = (search: RosterSearch, gap: number): Column[] | undefined => {
  const { model, finders, costs, state, proof, people } = search;
  const columns: Column[] = [];
  for (const person of people) {
    if (search.isOver()) return undefined;
    const line = model.lines[person] as LineModel;
    const find = finders[person] as LineFinder;
    const worth = proof?.prices.perGroup[model.cover.groupOf[person] as number] as Float64Array;
    const cells = rewardedCells(line.cell, line.options, worth);
    const least = find(cells, { below: Infinity, lines: 1, width: search.width }).bound;
    const left = mostLines - columns.length;
    const found = find(cells, { below: least + gap, lines: left + 1, width: mostPartial, every: true });
    if (found.lines.length > left || found.isCut) return undefined;
    const lineNow = state.lines.slice(person * model.days, (person + 1) * model.days);
    columns.push({ person, line: lineNow, cost: state.lineCosts[person] as number });
    for (const { line: other } of found.lines)
      if (!other.every((option, day) => option === lineNow[day]))
        columns.push({ person, line: other, cost: costs[person]?.(other) ?? Infinity });
  }
  return columns;
};

/** Gives people new lines where that makes the roster no dearer; true where it did. */
const takeLines = (
  state: RosterState,
  lines: readonly { readonly person: number; readonly line: Uint8Array }[],
): boolean => {
  for (const { person, line } of lines)
    for (const [day, option] of line.entries()) state.put(person, day, option);
  const isTaken = state.delta() <= 1e-9;
  if (isTaken) state.keep();
  else state.undo();
  return isTaken;
};

/** Nothing cheaper can be found. */
const isProved = ({ state, bound, unit }: RosterSearch): boolean =>
  state.total() <= bound + Math.max(1e-6, unit * 1e-4);

const restore = (state: RosterState, lines: Uint8Array, days: number): void => {
  for (const [place, option] of lines.entries())
    if (state.lines[place] !== option) state.put(Math.floor(place / days), place % days, option);
  state.keep();
};

const poolCurrentLines = ({ model, state, pool, people }: RosterSearch): void => {
  for (const person of people) {
    const cost = state.lineCosts[person] as number;
    if (cost < Infinity)
      pool.add({ person, line: state.lines.slice(person * model.days, (person + 1) * model.days), cost });
  }
};
