import { boundedStateOf, completionBounds } from './completion-bound.ts';
import { tableOf } from './line-cost.ts';
import { withCells, type LineModel } from './line-model.ts';
import { noMost, type LineTally, type TallyCounter } from './line-tally.ts';

/** A sum that a relaxed line pays for unit by unit instead of by its least and most. */
export interface SumTerm {
  /** What an option of a day adds: `weight[day * options + option]`; a group's days share its one unit. */
  readonly weight: Float64Array;
  readonly window: Int32Array;
  /** Between what the sum costs nothing, per window, what the days before have added taken off. */
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** Rates that a unit may cost, from −`below` to `above`. */
  readonly below: number;
  readonly above: number;
  /** Units of one usual duty. */
  readonly unit: number;
}

/**
 * A person's line with its order of days exact and its sums at rates (Lagrange): a search over few states, and for
 * every choice of rates within their limits the cheapest relaxed line costs no more than the cheapest real one.
 */
export interface RelaxedLine {
  readonly terms: readonly SumTerm[];
  /** Cost of the cheapest line under prices per day and option; writes it to `line`. Infinity: there is none. */
  cheapest(cell: Float64Array, line: Uint8Array): number;
}

/** Most values of a hard sum that stays exact. */
const mostValues = 3;

/** Relaxed lines share one table: each uses it and leaves nothing that the next reads. */
export const relaxedLineOf = (model: LineModel, shared: { table: Float64Array }): RelaxedLine => {
  const { days, options, automaton, weekEnds } = model;
  const exact = model.counters.filter((counter) => isExact(counter, model));
  const bounded = boundedStateOf({ ...model, counters: exact });
  const { values, index, value: to, cost: charge } = bounded;
  const { states, next, cost: stepCost, atWeekEnd } = automaton;
  const size = (days + 1) * states * values;
  return {
    terms: model.counters.flatMap((counter) =>
      exact.includes(counter) ? [] : [termOf(counter.tally, model)],
    ),
    cheapest: (cell, line) => {
      if (shared.table.length < size) shared.table = new Float64Array(size);
      const { table } = shared;
      completionBounds(withCells(model, cell), bounded, cell, table);
      let state = automaton.start;
      let value = bounded.start;
      const least = table[state * values + value] as number;
      if (least === Infinity) return least;
      for (let day = 0; day < days; day += 1) {
        let best = Infinity;
        let bestState = state;
        let bestValue = value;
        for (let option = 0; option < options; option += 1) {
          let then = next[state * options + option] as number;
          if (then < 0) continue;
          if (atWeekEnd !== undefined && weekEnds[day] === 1) then = atWeekEnd[then] as number;
          const step = (index[day * options + option] as number) * values + value;
          const after = to[step] as number;
          const total =
            (cell[day * options + option] as number) +
            (stepCost[state * options + option] as number) +
            (charge[step] as number) +
            (table[((day + 1) * states + then) * values + after] as number);
          if (total >= best) continue;
          best = total;
          line[day] = option;
          bestState = then;
          bestValue = after;
        }
        state = bestState;
        value = bestValue;
      }
      return least;
    },
  };
};

const isExact = (counter: TallyCounter, { days, options }: LineModel): boolean =>
  (counter.lessCosts === Infinity || counter.moreCosts === Infinity) &&
  counter.top < mostValues &&
  tableOf(counter, days, options).size <= mostValues;

const termOf = (tally: LineTally, { days, options }: LineModel): SumTerm => {
  const { window, group, carried, leastPrice, mostPrice } = tally;
  const first = window.find((own) => own >= 0) ?? 0;
  const brought = (at: number): number => (at === first ? carried : 0);
  const shares = Int32Array.from(window, (_, day) => {
    const own = group?.[day] ?? -1;
    return own < 0 ? 1 : (group?.reduce((count, other) => count + (other === own ? 1 : 0), 0) ?? 1);
  });
  const isLimited = tally.most.some((most) => most !== noMost);
  return {
    // Half of a weekend's count for each of its days is never more than the weekend counts.
    weight: Float64Array.from({ length: days * options }, (_, at) => {
      const day = Math.floor(at / options);
      return (window[day] as number) < 0 ? 0 : (tally.weight[at] as number) / (shares[day] as number);
    }),
    window,
    least: Float64Array.from(tally.least, (least, at) => least - brought(at)),
    most: Float64Array.from(tally.most, (most, at) => Math.max(0, most - brought(at))),
    // A least of groups would need their days counted in full: it is left out, which keeps the bound true.
    below: group === undefined && tally.least.some((least) => least > 0) ? leastPrice : 0,
    above: isLimited ? mostPrice : 0,
    unit: tally.weight.reduce((top, weight) => Math.max(top, weight), 1),
  };
};
