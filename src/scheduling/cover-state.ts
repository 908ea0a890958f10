import { createLimitUse, type LimitUse } from './limit-use.ts';
import { coverPrice, marginalPrice, type CoverProblem, type Tour } from './cover-problem.ts';
import { awayPrice, type Staying, type StayPrices } from './stay-prices.ts';

/**
 * A plan that is being changed, and its price. `raise[t]` and `drop[t]` are the price changes of one operator more
 * or less in slot t.
 */
export interface CoverState {
  readonly problem: CoverProblem;
  readonly cover: Int32Array;
  readonly raise: Float64Array;
  readonly drop: Float64Array;
  readonly tourType: number[];
  readonly tourStart: number[];
  readonly tourBreaks: number[][];
  /** What each tour was before, where a plan is changed and what stays is worth something; see `awayPrice`. */
  readonly homes: (Tour | undefined)[];
  readonly stay: StayPrices | undefined;
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

/** The plan as it stands, apart from the arrays that go on changing. */
export const copyTours = (state: CoverState): Tour[] =>
  state.tourType.map((type, i) => ({
    type,
    start: state.tourStart[i] ?? 0,
    breakOffsets: [...(state.tourBreaks[i] ?? [])],
  }));

/** Lays tours on an empty grid; `cost` starts as the price of a grid without anyone. */
export const createCoverState = (
  problem: CoverProblem,
  start: readonly Tour[],
  staying?: Staying,
): CoverState => {
  const { slots } = problem;
  const state: CoverState = {
    problem,
    cover: new Int32Array(slots),
    raise: new Float64Array(slots),
    drop: new Float64Array(slots),
    tourType: [],
    tourStart: [],
    tourBreaks: [],
    homes: [],
    stay: staying?.prices,
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
  for (const [i, tour] of start.entries()) {
    pushTour(state, tour.type, tour.start, [...tour.breakOffsets], staying?.homes[i]);
    placeTour(state, i);
    state.cost += awayNow(state, i);
  }
  return state;
};

/** What it costs that tour `i` is (or would be) elsewhere than before; 0 where nothing was before. */
export const awayFrom = (
  state: CoverState,
  i: number,
  type: number,
  start: number,
  breaks: readonly number[],
): number => (state.stay === undefined ? 0 : awayPrice(state.homes[i], type, start, breaks, state.stay));

export const awayNow = (state: CoverState, i: number): number =>
  state.stay === undefined
    ? 0
    : awayFrom(state, i, state.tourType[i] ?? 0, state.tourStart[i] ?? 0, state.tourBreaks[i] ?? []);

/** Adds a tour to the list, not yet to the grid: `placeTour` does that. */
export const pushTour = (
  state: CoverState,
  type: number,
  start: number,
  breaks: number[],
  home?: Tour,
): void => {
  state.homes.push(home);
  state.tourType.push(type);
  state.tourStart.push(start);
  state.tourBreaks.push(breaks);
};

/** Takes tour `i`, which is off the grid, from the list; the last one gets its number. */
export const dropTour = (state: CoverState, i: number): void => {
  const last = state.tourType.length - 1;
  state.tourType[i] = state.tourType[last] ?? 0;
  state.tourStart[i] = state.tourStart[last] ?? 0;
  state.tourBreaks[i] = state.tourBreaks[last] ?? [];
  state.homes[i] = state.homes[last];
  state.homes.pop();
  state.tourType.pop();
  state.tourStart.pop();
  state.tourBreaks.pop();
};

/**
 * Puts one operator more (or fewer, `by` −1) into `length` slots from `from` on, round the cycle.
 * What one operator more was worth to a slot is what one fewer is worth after: one price to look up.
 */
export const changeCover = (state: CoverState, from: number, length: number, by: 1 | -1): void => {
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
export const placeTour = (state: CoverState, i: number, by: 1 | -1 = 1): void => {
  const typeIndex = state.tourType[i] ?? 0;
  const type = state.problem.types[typeIndex];
  const start = state.tourStart[i] ?? 0;
  const breaks = state.tourBreaks[i];
  if (type === undefined || breaks === undefined) return;
  changeCover(state, start, type.lengthSlots, by);
  for (let k = 0; k < type.breaks.length; k += 1) {
    changeCover(state, start + (breaks[k] ?? 0), type.breaks[k]?.lengthSlots ?? 0, by === 1 ? -1 : 1);
  }
  state.cost += by * type.cost;
  state.limitUse.count(typeIndex, start, by);
  countStart(state, typeIndex, start, by);
};

/** Counts a start of a type (`by` 1 or −1); starts that too few share cost a penalty each. */
export const countStart = (state: CoverState, type: number, start: number, by: number): void => {
  const minimum = state.problem.minimumPerStart;
  if (minimum <= 1) return;
  const counts = state.atStart[type];
  if (counts === undefined) return;
  const before = counts[start] ?? 0;
  const isSmall = (n: number): number => (n > 0 && n < minimum ? 1 : 0);
  state.cost += (isSmall(before + by) - isSmall(before)) * state.smallStartPenalty;
  counts[start] = before + by;
};
