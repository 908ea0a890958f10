import { counterOf, type LineTally, shrinkTally, type TallyCounter } from './line-tally.ts';

/**
 * A rule about the order of a person's days, as a machine that reads one day's option after the other: option 0
 * is a day off, option s + 1 is shift s. `next` holds the state that follows, -1 where the rule forbids the
 * option; `cost` what the step costs. After a day on which the calendar closes a week, `atWeekEnd` (where the
 * rule has one) says which state the week starts in.
 */
export interface LineAutomaton {
  readonly states: number;
  readonly options: number;
  readonly start: number;
  readonly next: Int32Array;
  readonly cost: Float64Array;
  readonly atWeekEnd: Int32Array | undefined;
  /** `next` without what is forbidden: where days that are over have led, whatever they broke. */
  readonly followed?: Int32Array;
}

/** The machine of no rule at all. */
const freeAutomaton = (options: number): LineAutomaton => ({
  states: 1,
  options,
  start: 0,
  next: new Int32Array(options),
  cost: new Float64Array(options),
  atWeekEnd: undefined,
});

/** A machine given by a function: the state after an option and the step's cost, Infinity where it is forbidden. */
export const automatonOf = (
  states: number,
  options: number,
  start: number,
  step: (state: number, option: number) => readonly [next: number, cost: number],
  weekStart?: (state: number) => number,
): LineAutomaton => {
  const next = new Int32Array(states * options);
  const followed = new Int32Array(states * options);
  const cost = new Float64Array(states * options);
  for (let state = 0; state < states; state += 1) {
    for (let option = 0; option < options; option += 1) {
      const [to, price] = step(state, option);
      followed[state * options + option] = to;
      next[state * options + option] = price === Infinity ? -1 : to;
      cost[state * options + option] = price === Infinity ? 0 : price;
    }
  }
  const atWeekEnd =
    weekStart === undefined ? undefined : Int32Array.from({ length: states }, (_, state) => weekStart(state));
  return { states, options, start, next, cost, atWeekEnd, followed };
};

/**
 * All rules' machines run side by side as one, with only the states that can be reached, and states that no
 * future tells apart merged.
 */
export const productOf = (machines: readonly LineAutomaton[], options: number): LineAutomaton =>
  machines.reduce(
    (joined, machine) => mergeEqualStates(joinTwo(joined, machine)),
    mergeEqualStates(freeAutomaton(options)),
  );

const joinTwo = (a: LineAutomaton, b: LineAutomaton): LineAutomaton => {
  const { options } = a;
  const keys: number[] = [];
  const indexOf = new Map<number, number>();
  const visit = (left: number, right: number): number => {
    const key = left * b.states + right;
    const known = indexOf.get(key);
    if (known !== undefined) return known;
    indexOf.set(key, keys.length);
    keys.push(key);
    return keys.length - 1;
  };
  const next: number[] = [];
  const cost: number[] = [];
  const weekEnd: number[] = [];
  visit(a.start, b.start);
  for (let i = 0; i < keys.length; i += 1) {
    const key = keys[i] as number;
    const left = Math.floor(key / b.states);
    const right = key % b.states;
    for (let option = 0; option < options; option += 1) {
      const toLeft = a.next[left * options + option] as number;
      const toRight = b.next[right * options + option] as number;
      next.push(toLeft < 0 || toRight < 0 ? -1 : visit(toLeft, toRight));
      cost.push((a.cost[left * options + option] as number) + (b.cost[right * options + option] as number));
    }
    weekEnd.push(visit(a.atWeekEnd?.[left] ?? left, b.atWeekEnd?.[right] ?? right));
  }
  return {
    states: keys.length,
    options,
    start: 0,
    next: Int32Array.from(next),
    cost: Float64Array.from(cost),
    atWeekEnd: a.atWeekEnd === undefined && b.atWeekEnd === undefined ? undefined : Int32Array.from(weekEnd),
  };
};

/** Moore's partition refinement: states with the same costs and equivalent successors become one. */
const mergeEqualStates = (machine: LineAutomaton): LineAutomaton => {
  const { states, options, next, cost } = machine;
  let block = new Int32Array(states);
  for (let count = 1; ;) {
    const seen = new Map<string, number>();
    const refined = Int32Array.from({ length: states }, (_, state) => {
      const parts: (number | string)[] = [block[state] as number];
      for (let option = 0; option < options; option += 1) {
        const to = next[state * options + option] as number;
        parts.push(to < 0 ? 'x' : `${block[to]}:${cost[state * options + option]}`);
      }
      if (machine.atWeekEnd !== undefined) parts.push(block[machine.atWeekEnd[state] as number] as number);
      const key = parts.join();
      const known = seen.get(key) ?? seen.size;
      seen.set(key, known);
      return known;
    });
    block = refined;
    if (seen.size === count) return quotient(machine, block, count);
    count = seen.size;
  }
};

const quotient = (machine: LineAutomaton, block: Int32Array, states: number): LineAutomaton => {
  const { options } = machine;
  const chosen = new Int32Array(states).fill(-1);
  for (const [state, at] of block.entries()) if ((chosen[at] as number) < 0) chosen[at] = state;
  const step = (state: number, option: number): readonly [number, number] => {
    const from = (chosen[state] as number) * options + option;
    const to = machine.next[from] as number;
    return to < 0 ? [0, Infinity] : [block[to] as number, machine.cost[from] as number];
  };
  const { atWeekEnd } = machine;
  return automatonOf(
    states,
    options,
    block[machine.start] as number,
    step,
    atWeekEnd === undefined
      ? undefined
      : (state) => block[atWeekEnd[chosen[state] as number] as number] as number,
  );
};

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
