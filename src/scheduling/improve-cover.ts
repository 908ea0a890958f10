import type { Random } from '../kernel/random.ts';
import type { CoverProblem, Tour } from './cover-problem.ts';
import {
  awayFrom,
  awayNow,
  changeCover,
  copyTours,
  countStart,
  createCoverState,
  dropTour,
  placeTour,
  pushTour,
  type CoverState,
} from './cover-state.ts';
import type { Staying } from './stay-prices.ts';
import { liftTour, priceOfPlacing, putTourDown } from './price-tour.ts';

/**
 * Low-temperature annealing over whole shifts. A move takes one operator's shift off (or adds one), and puts
 * it back elsewhere: moved a little, of another type, only its breaks moved, or not at all; breaks go greedily
 * to where their absence costs least. Moves are counted, never timed, so a seed repeats the result.
 */
export interface CoverSearch {
  /** Makes `moves` moves, cooling from `hot` to `cold`, both in units of price. */
  anneal(moves: number, hot: number, cold: number): void;
  /** The cheapest plan met so far, starts shared by too few priced in. */
  best(): Tour[];
}

export const searchCover = (
  problem: CoverProblem,
  start: readonly Tour[],
  random: Random,
  staying?: Staying,
): CoverSearch => {
  const state = createCoverState(problem, start, staying);
  let bestCost = state.cost;
  let bestTours = copyTours(state);

  const anneal = (moves: number, hot: number, cold: number): void => {
    const cooling = Math.log(cold / hot);
    let temperature = hot;
    for (let move = 0; move < moves; move += 1) {
      if ((move & 255) === 0) temperature = hot * Math.exp((cooling * move) / moves);
      tryMove(state, random, temperature);
      if (state.cost < bestCost - 1e-9) {
        bestCost = state.cost;
        bestTours = copyTours(state);
      }
    }
  };
  return { anneal, best: () => bestTours };
};

const accepts = (random: Random, change: number, temperature: number): boolean =>
  change <= 0 || random.uniform() < Math.exp(-change / temperature);

const tryMove = (state: CoverState, random: Random, temperature: number): void => {
  const tours = state.tourType.length;
  const draw = random.uniform();
  if (tours === 0 || draw < 0.02) tryAdd(state, random, temperature);
  else {
    const i = Math.min(tours - 1, Math.floor(random.uniform() * tours));
    if (state.stay !== undefined && random.uniform() < homewardShare)
      tryGoHome(state, random, temperature, i);
    else if (draw < 0.04) tryRemove(state, random, temperature, i);
    else if (draw < 0.45) tryBreak(state, random, temperature, i);
    else tryMoveTour(state, random, temperature, i);
  }
};

/** Share of moves that put a shift back where it was before, while what stays is worth something. */
const homewardShare = 0.15;

/** Puts a tour back where it was before, breaks and all. */
const tryGoHome = (state: CoverState, random: Random, temperature: number, i: number): void => {
  const home = state.homes[i];
  const away = awayNow(state, i);
  if (home === undefined || away === 0) return;
  const [type, start, breaks] = [state.tourType[i] ?? 0, state.tourStart[i] ?? 0, state.tourBreaks[i] ?? []];
  const before = state.cost;
  const put = (toType: number, toStart: number, toBreaks: readonly number[]): void => {
    placeTour(state, i, -1);
    state.tourType[i] = toType;
    state.tourStart[i] = toStart;
    state.tourBreaks[i] = [...toBreaks];
    placeTour(state, i);
  };
  state.limitUse.count(type, start, -1);
  const isAllowed = state.limitUse.allows(home.type, home.start);
  state.limitUse.count(type, start, 1);
  if (!isAllowed) return;
  put(home.type, home.start, home.breakOffsets);
  if (accepts(random, state.cost - before - away, temperature)) state.cost -= away;
  else put(type, start, breaks);
};

const pick = (random: Random, count: number): number =>
  Math.min(count - 1, Math.floor(random.uniform() * count));

const tryAdd = (state: CoverState, random: Random, temperature: number): void => {
  const typeIndex = pick(random, state.problem.types.length);
  const starts = state.problem.types[typeIndex]?.starts ?? new Int32Array(0);
  const start = starts[pick(random, starts.length)];
  if (start === undefined || !state.limitUse.allows(typeIndex, start)) return;
  const away = state.stay?.shift ?? 0;
  const price = priceOfPlacing(state, typeIndex, start);
  if (!accepts(random, price + away, temperature)) return;
  pushTour(state, typeIndex, start, [...state.trial]);
  placeTour(state, state.tourType.length - 1);
  state.cost += away;
};

const tryRemove = (state: CoverState, random: Random, temperature: number, i: number): void => {
  const before = state.cost;
  const away = (state.homes[i] === undefined ? 0 : (state.stay?.shift ?? 0)) - awayNow(state, i);
  placeTour(state, i, -1);
  if (!accepts(random, state.cost - before + away, temperature)) {
    placeTour(state, i);
    return;
  }
  state.cost += away;
  dropTour(state, i);
};

/** Moves one break of a tour to another place in its window. */
const tryBreak = (state: CoverState, random: Random, temperature: number, i: number): void => {
  const type = state.problem.types[state.tourType[i] ?? 0];
  const breaks = state.tourBreaks[i];
  if (type === undefined || breaks === undefined || type.breaks.length === 0) return;
  const k = pick(random, type.breaks.length);
  const pause = type.breaks[k];
  if (pause === undefined || pause.latest === pause.earliest) return;
  const old = breaks[k] ?? pause.earliest;
  let next = pause.earliest + pick(random, pause.latest - pause.earliest);
  if (next >= old) next += 1;
  const start = state.tourStart[i] ?? 0;
  const before = state.cost;
  const wasAway = awayNow(state, i);
  breaks[k] = next;
  const away = awayNow(state, i) - wasAway;
  changeCover(state, start + old, pause.lengthSlots, 1);
  changeCover(state, start + next, pause.lengthSlots, -1);
  if (accepts(random, state.cost - before + away, temperature)) {
    state.cost += away;
    return;
  }
  breaks[k] = old;
  changeCover(state, start + next, pause.lengthSlots, 1);
  changeCover(state, start + old, pause.lengthSlots, -1);
};

/** Share of moves to any start, where limits tie the days together. */
const farMoveShare = 0.1;

/** Takes a tour off and puts it back moved by a few starts, or as another type that starts or ends alike. */
const tryMoveTour = (state: CoverState, random: Random, temperature: number, i: number): void => {
  const oldType = state.tourType[i] ?? 0;
  const oldStart = state.tourStart[i] ?? 0;
  const typeIndex = random.uniform() < 0.6 ? oldType : pick(random, state.problem.types.length);
  const start = startNear(state, random, oldType, typeIndex, oldStart);
  if (start === undefined) return;
  const before = state.cost;
  state.limitUse.count(oldType, oldStart, -1);
  countStart(state, oldType, oldStart, -1);
  const off = liftTour(state, i);
  const price = state.limitUse.allows(typeIndex, start) ? priceOfPlacing(state, typeIndex, start) : Infinity;
  putTourDown(state, i);
  const away = awayFrom(state, i, typeIndex, start, state.trial) - awayNow(state, i);
  const accepted = accepts(random, state.cost + off + price + away - before, temperature);
  state.limitUse.count(oldType, oldStart, 1);
  countStart(state, oldType, oldStart, 1);
  if (!accepted) return;
  placeTour(state, i, -1);
  state.tourType[i] = typeIndex;
  state.tourStart[i] = start;
  state.tourBreaks[i] = state.trial.slice(0, state.problem.types[typeIndex]?.breaks.length ?? 0);
  placeTour(state, i);
  state.cost += away;
};

const startNear = (
  state: CoverState,
  random: Random,
  oldType: number,
  typeIndex: number,
  oldStart: number,
): number | undefined => {
  const { problem } = state;
  const { slots, types } = problem;
  const type = types[typeIndex];
  const old = types[oldType];
  if (type === undefined || old === undefined || type.starts.length === 0) return undefined;
  // Where people run out, a shift is worth moving to another day altogether.
  if (problem.limits !== undefined && random.uniform() < farMoveShare)
    return type.starts[pick(random, type.starts.length)];
  const alignsEnd = typeIndex !== oldType && random.uniform() < 0.5;
  const wanted = alignsEnd ? (oldStart + old.lengthSlots - type.lengthSlots + slots) % slots : oldStart;
  let low = 0;
  let high = type.starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((type.starts[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  const step = pick(random, 7) - 3;
  return type.starts[(((low + step) % type.starts.length) + type.starts.length) % type.starts.length];
};
