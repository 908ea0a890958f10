import type { LineModel } from './line-model.ts';
import { createLineSums } from './line-sums.ts';

/**
 * Where a person's line stands day by day under each rule, so that a change of some days is priced by those days
 * and the few after them, until the line stands where it stood before.
 */
export interface LineTrace {
  /** Price of the whole line; Infinity where a hard rule is broken. */
  cost(): number;
  /** Price with the days from `first` to `last` as they now are in `lines`, the others unchanged. */
  costAfter(first: number, last: number): number;
  /** Takes the changed days over. */
  follow(first: number): void;
}

/** A trace over `lines` from `offset` on: the array is read anew at each question. */
export const createLineTrace = (model: LineModel, lines: Uint8Array, offset: number): LineTrace => {
  const { days, options, cell, automaton, weekEnds } = model;
  const { next, cost: stepCost, atWeekEnd } = automaton;
  const states = new Int32Array(days + 1);
  const sums = new Float64Array(days + 1);
  const tallied = createLineSums(model, lines, offset);
  states[0] = automaton.start;

  const follow = (first: number): void => {
    for (let day = first; day < days; day += 1) {
      const option = lines[offset + day] as number;
      const from = states[day] as number;
      const edge = from * options + option;
      const to = from < 0 ? -1 : (next[edge] as number);
      const price = to < 0 ? Infinity : (cell[day * options + option] as number) + (stepCost[edge] as number);
      states[day + 1] = to >= 0 && weekEnds[day] === 1 ? (atWeekEnd?.[to] ?? to) : to;
      sums[day + 1] = (sums[day] as number) + price;
    }
    tallied.follow(first);
  };
  /** Prices the order of days and the days themselves. */
  const orderAfter = (first: number, last: number): number => {
    let total = sums[first] as number;
    let state = states[first] as number;
    if (state < 0) return Infinity;
    for (let day = first; day < days; day += 1) {
      const option = lines[offset + day] as number;
      const edge = state * options + option;
      state = next[edge] as number;
      if (state < 0) return Infinity;
      total += (cell[day * options + option] as number) + (stepCost[edge] as number);
      if (total === Infinity) return Infinity;
      if (atWeekEnd !== undefined && weekEnds[day] === 1) state = atWeekEnd[state] as number;
      if (day >= last && state === states[day + 1] && sums[days] !== Infinity)
        return total + (sums[days] as number) - (sums[day + 1] as number);
    }
    return total;
  };
  follow(0);
  return {
    cost: () => (sums[days] as number) + tallied.cost(),
    follow,
    costAfter: (first, last) => {
      const order = orderAfter(first, last);
      return order === Infinity ? order : order + tallied.costAfter(first, last);
    },
  };
};
