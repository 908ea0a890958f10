import { productOf, type LineAutomaton } from './line-automaton.ts';
import { counterOf, shrinkTally, type LineTally, type TallyCounter } from './line-tally.ts';

/**
 * Everything that one person's days cost and may not be, apart from what others do: a price per day and option
 * (Infinity forbids), one machine for the order of days, counters for what they add up to. Options are 0 for a
 * day off and s + 1 for shift s.
 */
export interface LineModel {
  readonly days: number;
  readonly options: number;
  /** `cell[day * options + option]`. */
  readonly cell: Float64Array;
  readonly automaton: LineAutomaton;
  /** 1 after days that end a week. */
  readonly weekEnds: Uint8Array;
  readonly counters: readonly TallyCounter[];
}

/** Rules' parts brought together for one person. */
interface LineParts {
  readonly days: number;
  readonly options: number;
  readonly cell: Float64Array;
  readonly automata: readonly LineAutomaton[];
  readonly weekEnds: Uint8Array;
  readonly tallies: readonly LineTally[];
}

/** `joined` makes the one machine: pass one that remembers, for people under the same rules. */
export const lineModelOf = (
  parts: LineParts,
  joined: (machines: readonly LineAutomaton[], options: number) => LineAutomaton = productOf,
): LineModel => ({
  days: parts.days,
  options: parts.options,
  cell: parts.cell,
  automaton: joined(parts.automata, parts.options),
  weekEnds: parts.weekEnds,
  counters: mergeTallies(parts.tallies)
    .filter((tally) => canBind(tally, parts.options))
    .map((tally) => counterOf(shrinkTally(tally))),
});

/** A least and a most of the same sum are one counter. */
const mergeTallies = (tallies: readonly LineTally[]): LineTally[] => {
  const merged: LineTally[] = [];
  for (const tally of tallies) {
    const at = merged.findIndex((other) => complement(tally, other) && sumsAlike(tally, other));
    const other = merged[at];
    if (other === undefined) merged.push(tally);
    else {
      const [low, high] = tally.leastPrice > 0 ? [tally, other] : [other, tally];
      merged[at] = { ...high, least: low.least, leastPrice: low.leastPrice };
    }
  }
  return merged;
};

const complement = (a: LineTally, b: LineTally): boolean =>
  (a.leastPrice === 0 && b.mostPrice === 0) || (a.mostPrice === 0 && b.leastPrice === 0);

const sumsAlike = (a: LineTally, b: LineTally): boolean =>
  a.weight === b.weight &&
  a.carried === b.carried &&
  a.group === b.group &&
  a.window.every((window, day) => window === b.window[day]);

/** False for limits that no line can reach: they would only widen the search. */
const canBind = (tally: LineTally, options: number): boolean => {
  if (tally.leastPrice > 0 && tally.least.some((least) => least > 0)) return true;
  if (tally.mostPrice === 0) return false;
  const heaviest = new Float64Array(tally.most.length);
  heaviest[0] = tally.carried;
  let group = -1;
  for (const [day, window] of tally.window.entries()) {
    if (window < 0) continue;
    const own = tally.group?.[day] ?? -1;
    if (tally.group !== undefined && own === group) continue;
    group = own;
    let most = 0;
    for (let option = 0; option < options; option += 1)
      most = Math.max(most, tally.weight[day * options + option] as number);
    heaviest[window] = (heaviest[window] as number) + (tally.group === undefined ? most : 1);
  }
  return tally.most.some((most, window) => (heaviest[window] as number) > most);
};

/** A model with other prices per day and option. */
export const withCells = (model: LineModel, cell: Float64Array): LineModel => ({ ...model, cell });
