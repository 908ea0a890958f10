import { type LineModel, stepCounter, type TallyCounter } from './line-model.ts';

/** Prices whole lines of one person, quickly: what annealing and the page ask on every change. */
export type LineCost = (line: ArrayLike<number>, offset?: number) => number;

/**
 * A function that prices this person's lines: option per day, from `offset` on. Infinity where a hard rule is
 * broken.
 */
export const createLineCost = (model: LineModel): LineCost => {
  const { days, options, cell, automaton, weekEnds, counters } = model;
  const { next, cost, atWeekEnd, start } = automaton;
  const tables = counters.map((counter) => tableOf(counter, days, options));
  return (line, offset = 0) => {
    let total = 0;
    let state = start;
    for (let day = 0; day < days; day += 1) {
      const option = line[offset + day] as number;
      total += cell[day * options + option] as number;
      const edge = state * options + option;
      state = next[edge] as number;
      if (state < 0) return Infinity;
      total += cost[edge] as number;
      if (atWeekEnd !== undefined && weekEnds[day] === 1) state = atWeekEnd[state] as number;
    }
    if (total === Infinity) return Infinity;
    for (const table of tables) {
      const { size, index, value: to, cost: charge } = table;
      let value = table.start;
      for (let day = 0; day < days; day += 1) {
        const at = (index[day * options + (line[offset + day] as number)] as number) * size + value;
        total += charge[at] as number;
        value = to[at] as number;
      }
      if (total === Infinity) return Infinity;
    }
    return total;
  };
};

/**
 * A counter's steps as tables: days and options that add the same under the same limits share one. Step of a day
 * and option: `index[day * options + option]`; value and cost after it at `index * size + value`.
 */
export interface CounterTable {
  readonly start: number;
  readonly size: number;
  readonly index: Int32Array;
  readonly value: Int32Array;
  readonly cost: Float64Array;
}

export const tableOf = (counter: TallyCounter, days: number, options: number): CounterTable => {
  const { tally, top, closes } = counter;
  const size = top + 1;
  const index = new Int32Array(days * options);
  const known = new Map<string, number>();
  const value: number[] = [];
  const cost: number[] = [];
  for (let day = 0; day < days; day += 1) {
    const window = tally.window[day] as number;
    for (let option = 0; option < options; option += 1) {
      const at = day * options + option;
      const weight = tally.weight[at] as number;
      const key =
        window < 0 ? 'none' : `${tally.least[window]},${tally.most[window]},${weight},${closes[day]}`;
      let step = known.get(key);
      if (step === undefined) {
        step = known.size;
        known.set(key, step);
        for (let from = 0; from < size; from += 1) {
          const [to, price] = stepCounter(counter, day, option, options, from);
          value.push(to);
          cost.push(price);
        }
      }
      index[at] = step;
    }
  }
  return { start: counter.start, size, index, value: Int32Array.from(value), cost: Float64Array.from(cost) };
};
