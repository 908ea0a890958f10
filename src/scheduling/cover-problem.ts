import { valueAt } from '../kernel/value-at.ts';

/**
 * One tier's cover problem on a cyclic grid of slots: what the bound, the rounding and the search work on.
 * Everything is counted in whole operators and slots; the caller translates from clock times and hours.
 */

/** A break of a shift: `lengthSlots` long, starting `earliest` to `latest` slots after the shift's start. */
export interface ShiftBreak {
  readonly lengthSlots: number;
  readonly earliest: number;
  readonly latest: number;
}

/**
 * A kind of shift. Breaks are in order and their windows cannot overlap: whatever start one takes in its
 * window, it ends before the next window opens.
 */
export interface ShiftType {
  readonly lengthSlots: number;
  /** Slots at which it may start, increasing. */
  readonly starts: Int32Array;
  readonly breaks: readonly ShiftBreak[];
  /** Price of one operator on this shift. */
  readonly cost: number;
}

/** A hard limit: the weights of the shifts that start in slots [from, to) sum to at most `most`. */
export interface StartLimit {
  readonly from: number;
  readonly to: number;
  /** Weight of a shift, per type. */
  readonly weights: Float64Array;
  readonly most: number;
}

export interface CoverProblem {
  /** Length of the cycle: slot `slots` is slot 0 again. */
  readonly slots: number;
  /** Operators wanted on duty, not on break, per slot. */
  readonly demand: Int32Array;
  /** Missing operators that cost `underPrice`; each further one costs `severeUnderPrice`. Per slot. */
  readonly mildUnder: Int32Array;
  /** Per operator and slot. */
  readonly underPrice: number;
  readonly severeUnderPrice: number;
  readonly overPrice: number;
  readonly types: readonly ShiftType[];
  /** Fewest operators to share a type and start. */
  readonly minimumPerStart: number;
  readonly limits?: readonly StartLimit[];
  /** Missing operators, at least `mildUnder`, beyond which each further one costs `deepUnderPrice`. */
  readonly deepUnder?: Int32Array;
  readonly deepUnderPrice?: number;
}

/** One operator's shift: its type, start slot, and the offset of each break from the start. */
export interface Tour {
  readonly type: number;
  readonly start: number;
  readonly breakOffsets: readonly number[];
}

/** Price of having `operators` on duty in a slot: 0 when the demand is met exactly. */
export const coverPrice = (problem: CoverProblem, slot: number, operators: number): number => {
  const missing = (problem.demand[slot] ?? 0) - operators;
  if (missing <= 0) return -missing * problem.overPrice;
  const mild = Math.min(missing, problem.mildUnder[slot] ?? 0);
  const price = mild * problem.underPrice + (missing - mild) * problem.severeUnderPrice;
  if (problem.deepUnder === undefined || problem.deepUnderPrice === undefined) return price;
  const deep = Math.max(0, missing - (problem.deepUnder[slot] ?? 0));
  return price + deep * (problem.deepUnderPrice - problem.severeUnderPrice);
};

/** Change of a slot's price when one operator more is on duty than `operators`, a whole number. */
export const marginalPrice = (problem: CoverProblem, slot: number, operators: number): number => {
  const missing = (problem.demand[slot] ?? 0) - operators;
  if (missing <= 0) return problem.overPrice;
  if (missing <= (problem.mildUnder[slot] ?? 0)) return -problem.underPrice;
  const { deepUnder, deepUnderPrice } = problem;
  if (deepUnder === undefined || deepUnderPrice === undefined) return -problem.severeUnderPrice;
  return missing <= (deepUnder[slot] ?? 0) ? -problem.severeUnderPrice : -deepUnderPrice;
};

/** Operators on duty and not on break per slot, given everyone's shift. */
export const coverOfTours = (problem: CoverProblem, tours: readonly Tour[]): Int32Array => {
  const { slots } = problem;
  const cover = new Int32Array(slots);
  const add = (from: number, length: number, by: number): void => {
    for (let t = from; t < from + length; t += 1) cover[t % slots] = (cover[t % slots] ?? 0) + by;
  };
  for (const tour of tours) {
    const type = valueAt(problem.types, tour.type);
    add(tour.start, type.lengthSlots, 1);
    for (const [k, pause] of type.breaks.entries()) {
      add(tour.start + (tour.breakOffsets[k] ?? pause.earliest), pause.lengthSlots, -1);
    }
  }
  return cover;
};

/** Full price of a plan: shifts plus under-cover and over-cover. */
export const costOfTours = (problem: CoverProblem, tours: readonly Tour[]): number => {
  let cost = 0;
  for (const tour of tours) cost += valueAt(problem.types, tour.type).cost;
  const cover = coverOfTours(problem, tours);
  for (let t = 0; t < problem.slots; t += 1) cost += coverPrice(problem, t, cover[t] ?? 0);
  return cost;
};
