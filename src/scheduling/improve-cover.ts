import type { Random } from '../kernel/random.ts';
import { createLimitUse, type LimitUse } from './limit-use.ts';
import { coverPrice, marginalPrice, type CoverProblem, type Tour } from './cover-problem.ts';

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

export const searchCover = (problem: CoverProblem, start: readonly Tour[], random: Random): CoverSearch => {
  const state = createState(problem, start);
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

/** Working arrays: `raise[t]` and `drop[t]` are the price changes of one operator more or less in slot t. */
interface SearchState {
  readonly problem: CoverProblem;
  readonly cover: Int32Array;
  readonly raise: Float64Array;
  readonly drop: Float64Array;
  readonly tourType: number[];
  readonly tourStart: number[];
  readonly tourBreaks: number[][];
  /** Operators per type and start slot, kept only where a minimum is asked for. */
  readonly atStart: readonly Int32Array[];
  readonly smallStartPenalty: number;
  readonly limitUse: LimitUse;
  /** A spare place for the breaks of the tour that is being placed. */
  readonly trial: number[];
  /** What `raise` was in the slots of the tour that is being lifted. */
  readonly lifted: Float64Array;
  cost: number;
}

const copyTours = (state: SearchState): Tour[] =>
  state.tourType.map((type, i) => ({
    type,
    start: state.tourStart[i] ?? 0,
    breakOffsets: [...(state.tourBreaks[i] ?? [])],
  }));

const createState = (problem: CoverProblem, start: readonly Tour[]): SearchState => {
  const { slots } = problem;
  const state: SearchState = {
    problem,
    cover: new Int32Array(slots),
    raise: new Float64Array(slots),
    drop: new Float64Array(slots),
    tourType: [],
    tourStart: [],
    tourBreaks: [],
    atStart: problem.types.map(() => new Int32Array(slots)),
    smallStartPenalty: Math.max(...problem.types.map((type) => type.cost), 0),
    limitUse: createLimitUse(problem),
    trial: [],
    lifted: new Float64Array(Math.max(0, ...problem.types.map((type) => type.lengthSlots))),
    cost: 0,
  };
  for (let t = 0; t < slots; t += 1) {
    state.cost += coverPrice(problem, t, 0);
    state.raise[t] = marginalPrice(problem, t, 0);
    state.drop[t] = -marginalPrice(problem, t, -1);
  }
  for (const tour of start) {
    pushTour(state, tour.type, tour.start, [...tour.breakOffsets]);
    place(state, state.tourType.length - 1);
  }
  return state;
};

const pushTour = (state: SearchState, type: number, start: number, breaks: number[]): void => {
  state.tourType.push(type);
  state.tourStart.push(start);
  state.tourBreaks.push(breaks);
};

/** What one operator more was worth to a slot is what one fewer is worth after: one price to look up. */
const change = (state: SearchState, from: number, length: number, by: 1 | -1): void => {
  const { cover, raise, drop, problem } = state;
  const { slots } = problem;
  for (let i = 0, t = from % slots; i < length; i += 1, t = t + 1 === slots ? 0 : t + 1) {
    const operators = (cover[t] ?? 0) + by;
    const moved = (by === 1 ? raise[t] : drop[t]) ?? 0;
    state.cost += moved;
    cover[t] = operators;
    if (by === 1) {
      drop[t] = -moved;
      raise[t] = marginalPrice(problem, t, operators);
    } else {
      raise[t] = -moved;
      drop[t] = -marginalPrice(problem, t, operators - 1);
    }
  }
};

/** Puts tour `i` on the grid, or with `by` −1 takes it off. */
const place = (state: SearchState, i: number, by: 1 | -1 = 1): void => {
  const typeIndex = state.tourType[i] ?? 0;
  const type = state.problem.types[typeIndex];
  const start = state.tourStart[i] ?? 0;
  const breaks = state.tourBreaks[i];
  if (type === undefined || breaks === undefined) return;
  change(state, start, type.lengthSlots, by);
  for (let k = 0; k < type.breaks.length; k += 1) {
    change(state, start + (breaks[k] ?? 0), type.breaks[k]?.lengthSlots ?? 0, by === 1 ? -1 : 1);
  }
  state.cost += by * type.cost;
  state.limitUse.count(typeIndex, start, by);
  countStart(state, typeIndex, start, by);
};

const countStart = (state: SearchState, type: number, start: number, by: number): void => {
  const minimum = state.problem.minimumPerStart;
  if (minimum <= 1) return;
  const counts = state.atStart[type];
  if (counts === undefined) return;
  const before = counts[start] ?? 0;
  const isSmall = (n: number): number => (n > 0 && n < minimum ? 1 : 0);
  state.cost += (isSmall(before + by) - isSmall(before)) * state.smallStartPenalty;
  counts[start] = before + by;
};

/** Price of adding a shift now, with its breaks where they hurt least; leaves their offsets in `trial`. */
const priceOfPlacing = (state: SearchState, typeIndex: number, start: number): number => {
  const { slots, types } = state.problem;
  const type = types[typeIndex];
  if (type === undefined) return Infinity;
  const { raise } = state;
  let price = type.cost;
  for (let i = 0, t = start; i < type.lengthSlots; i += 1, t = t + 1 === slots ? 0 : t + 1) {
    price += raise[t] ?? 0;
  }
  for (let k = 0; k < type.breaks.length; k += 1) {
    const pause = type.breaks[k];
    if (pause === undefined) continue;
    let bestGain = -Infinity;
    for (let offset = pause.earliest; offset <= pause.latest; offset += 1) {
      let gain = 0;
      for (let i = 0; i < pause.lengthSlots; i += 1) gain += raise[(start + offset + i) % slots] ?? 0;
      if (gain > bestGain) {
        bestGain = gain;
        state.trial[k] = offset;
      }
    }
    price -= bestGain;
  }
  return price;
};

const accepts = (random: Random, change: number, temperature: number): boolean =>
  change <= 0 || random.uniform() < Math.exp(-change / temperature);

const tryMove = (state: SearchState, random: Random, temperature: number): void => {
  const tours = state.tourType.length;
  const draw = random.uniform();
  if (tours === 0 || draw < 0.02) tryAdd(state, random, temperature);
  else {
    const i = Math.min(tours - 1, Math.floor(random.uniform() * tours));
    if (draw < 0.04) tryRemove(state, random, temperature, i);
    else if (draw < 0.45) tryBreak(state, random, temperature, i);
    else tryMoveTour(state, random, temperature, i);
  }
};

const pick = (random: Random, count: number): number =>
  Math.min(count - 1, Math.floor(random.uniform() * count));

const tryAdd = (state: SearchState, random: Random, temperature: number): void => {
  const typeIndex = pick(random, state.problem.types.length);
  const starts = state.problem.types[typeIndex]?.starts ?? new Int32Array(0);
  const start = starts[pick(random, starts.length)];
  if (start === undefined || !state.limitUse.allows(typeIndex, start)) return;
  const price = priceOfPlacing(state, typeIndex, start);
  if (!accepts(random, price, temperature)) return;
  pushTour(state, typeIndex, start, [...state.trial]);
  place(state, state.tourType.length - 1);
};

const tryRemove = (state: SearchState, random: Random, temperature: number, i: number): void => {
  const before = state.cost;
  place(state, i, -1);
  if (!accepts(random, state.cost - before, temperature)) {
    place(state, i);
    return;
  }
  const last = state.tourType.length - 1;
  state.tourType[i] = state.tourType[last] ?? 0;
  state.tourStart[i] = state.tourStart[last] ?? 0;
  state.tourBreaks[i] = state.tourBreaks[last] ?? [];
  state.tourType.pop();
  state.tourStart.pop();
  state.tourBreaks.pop();
};

/** Moves one break of a tour to another place in its window. */
const tryBreak = (state: SearchState, random: Random, temperature: number, i: number): void => {
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
  change(state, start + old, pause.lengthSlots, 1);
  change(state, start + next, pause.lengthSlots, -1);
  if (accepts(random, state.cost - before, temperature)) {
    breaks[k] = next;
    return;
  }
  change(state, start + next, pause.lengthSlots, 1);
  change(state, start + old, pause.lengthSlots, -1);
};

/** Share of moves to any start, where limits tie the days together. */
const farMoveShare = 0.1;

/** Takes a tour off and puts it back moved by a few starts, or as another type that starts or ends alike. */
const tryMoveTour = (state: SearchState, random: Random, temperature: number, i: number): void => {
  const oldType = state.tourType[i] ?? 0;
  const oldStart = state.tourStart[i] ?? 0;
  const typeIndex = random.uniform() < 0.6 ? oldType : pick(random, state.problem.types.length);
  const start = startNear(state, random, oldType, typeIndex, oldStart);
  if (start === undefined) return;
  const before = state.cost;
  state.limitUse.count(oldType, oldStart, -1);
  countStart(state, oldType, oldStart, -1);
  const off = lift(state, i);
  const price = state.limitUse.allows(typeIndex, start) ? priceOfPlacing(state, typeIndex, start) : Infinity;
  putDown(state, i);
  const accepted = accepts(random, state.cost + off + price - before, temperature);
  state.limitUse.count(oldType, oldStart, 1);
  countStart(state, oldType, oldStart, 1);
  if (!accepted) return;
  place(state, i, -1);
  state.tourType[i] = typeIndex;
  state.tourStart[i] = start;
  state.tourBreaks[i] = state.trial.slice(0, state.problem.types[typeIndex]?.breaks.length ?? 0);
  place(state, i);
};

/**
 * Prices taking tour `i` off, without doing it: most moves are refused. Until `putDown`, `raise` is as if it were
 * off: where one fewer is on duty, one more is worth what that one was.
 */
const lift = (state: SearchState, i: number): number => {
  const { raise, drop, lifted, problem } = state;
  const { slots } = problem;
  const type = problem.types[state.tourType[i] ?? 0];
  const start = state.tourStart[i] ?? 0;
  const breaks = state.tourBreaks[i] ?? [];
  if (type === undefined) return 0;
  let price = -type.cost;
  for (let j = 0, t = start; j < type.lengthSlots; j += 1, t = t + 1 === slots ? 0 : t + 1) {
    const fewer = drop[t] ?? 0;
    lifted[j] = raise[t] ?? 0;
    raise[t] = -fewer;
    price += fewer;
  }
  for (let k = 0; k < type.breaks.length; k += 1) {
    const offset = breaks[k] ?? 0;
    for (let j = offset; j < offset + (type.breaks[k]?.lengthSlots ?? 0); j += 1) {
      const t = (start + j) % slots;
      raise[t] = lifted[j] ?? 0;
      price -= drop[t] ?? 0;
    }
  }
  return price;
};

/** Last slot first: a shift longer than the cycle passes some twice. */
const putDown = (state: SearchState, i: number): void => {
  const { raise, lifted, problem } = state;
  const length = problem.types[state.tourType[i] ?? 0]?.lengthSlots ?? 0;
  const start = state.tourStart[i] ?? 0;
  for (let j = length - 1; j >= 0; j -= 1) raise[(start + j) % problem.slots] = lifted[j] ?? 0;
};

const startNear = (
  state: SearchState,
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
