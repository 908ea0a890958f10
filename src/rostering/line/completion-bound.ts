import { tableOf, type CounterTable } from './line-cost.ts';
import type { LineModel, TallyCounter } from './line-model.ts';

/**
 * The part of a line's state in which the rest of the line is priced exactly: the machine's state and some of the
 * counters, joined into one value. The other counters are left out of the bound.
 */
export interface BoundedState {
  /** Joined values of the counters in the bound. */
  readonly values: number;
  readonly start: number;
  /** Step of a day and option: value and cost after it at `index[day * options + option] * values + value`. */
  readonly index: Int32Array;
  readonly value: Int32Array;
  readonly cost: Float64Array;
  /** Counters that a search must carry beside it. */
  readonly rest: readonly { readonly counter: TallyCounter; readonly table: CounterTable }[];
}

/** Most cells of a bound's table: days × states × values. */
const mostCells = 400_000;
const mostValues = 4000;

/** Chooses counters for the bound as long as its table stays small: those with both a least and a most first. */
export const boundedStateOf = (model: LineModel): BoundedState => {
  const { days, options, automaton, counters } = model;
  const ranked = counters
    .map((counter) => ({ counter, table: tableOf(counter, days, options) }))
    .toSorted((a, b) => weightOf(b.counter) - weightOf(a.counter) || a.table.size - b.table.size);
  const inside: CounterTable[] = [];
  const rest: { counter: TallyCounter; table: CounterTable }[] = [];
  let values = 1;
  for (const one of ranked) {
    const grown = values * one.table.size;
    if (grown <= mostValues && grown * automaton.states * days <= mostCells) {
      inside.push(one.table);
      values = grown;
    } else rest.push(one);
  }
  return { ...joinTables(inside, values, days * options), rest };
};

const weightOf = ({ lessCosts, moreCosts }: TallyCounter): number =>
  (lessCosts === Infinity ? 4 : lessCosts > 0 ? 1 : 0) + (moreCosts === Infinity ? 2 : moreCosts > 0 ? 1 : 0);

const joinTables = (
  tables: readonly CounterTable[],
  values: number,
  steps: number,
): Omit<BoundedState, 'rest'> => {
  const index = new Int32Array(steps);
  const known = new Map<string, number>();
  const value: number[] = [];
  const cost: number[] = [];
  for (let step = 0; step < steps; step += 1) {
    const key = tables.map((table) => table.index[step]).join();
    let at = known.get(key);
    if (at === undefined) {
      at = known.size;
      known.set(key, at);
      for (let from = 0; from < values; from += 1) {
        let left = from;
        let factor = 1;
        let to = 0;
        let price = 0;
        for (const table of tables) {
          const cell = (table.index[step] as number) * table.size + (left % table.size);
          to += (table.value[cell] as number) * factor;
          price += table.cost[cell] as number;
          left = Math.floor(left / table.size);
          factor *= table.size;
        }
        value.push(to);
        cost.push(price);
      }
    }
    index[step] = at;
  }
  let start = 0;
  let factor = 1;
  for (const table of tables) {
    start += table.start * factor;
    factor *= table.size;
  }
  return { values, start, index, value: Int32Array.from(value), cost: Float64Array.from(cost) };
};

/**
 * Least that the days from each on can cost: `table[(day * states + state) * values + value]`, with one more day
 * of zeros at the end. Exact where no counter was left out.
 */
export const completionBounds = (
  model: LineModel,
  bounded: BoundedState,
  cell: Float64Array,
  table: Float64Array,
): void => {
  const { days, options, automaton, weekEnds } = model;
  const { states, next, cost, atWeekEnd } = automaton;
  const { values, index, value: to, cost: charge } = bounded;
  const perDay = states * values;
  table.fill(0, days * perDay, (days + 1) * perDay);
  table.fill(Infinity, 0, days * perDay);
  for (let day = days - 1; day >= 0; day -= 1) {
    const closes = atWeekEnd !== undefined && weekEnds[day] === 1;
    for (let option = 0; option < options; option += 1) {
      const price = cell[day * options + option] as number;
      if (price === Infinity) continue;
      const step = (index[day * options + option] as number) * values;
      for (let state = 0; state < states; state += 1) {
        const edge = state * options + option;
        let then = next[edge] as number;
        if (then < 0) continue;
        if (closes) then = atWeekEnd[then] as number;
        const here = (day * states + state) * values;
        const there = ((day + 1) * states + then) * values;
        const base = price + (cost[edge] as number);
        for (let value = 0; value < values; value += 1) {
          const total =
            base + (charge[step + value] as number) + (table[there + (to[step + value] as number)] as number);
          if (total < (table[here + value] as number)) table[here + value] = total;
        }
      }
    }
  }
};
