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

/**
 * A rule about how much of something a person's days add up to: hours a week, nights a month, weekends worked.
 * Days lie in windows one after the other; each window has its least and most, and a price per unit beyond them
 * (Infinity: forbidden). Units are whole numbers.
 */
export interface LineTally {
  /** What a day's option adds: `weight[day * options + option]`, not negative. */
  readonly weight: Int32Array;
  /** Window of each day, -1 where the day counts for none. Days of a window are neighbours among those that count. */
  readonly window: Int32Array;
  readonly least: Int32Array;
  readonly most: Int32Array;
  readonly leastPrice: number;
  readonly mostPrice: number;
  /** What the days before the period have added to the first window. */
  readonly carried: number;
  /**
   * Where given, days of the same group count together once, as soon as one of them adds something: the two days
   * of a weekend. Days outside groups have -1.
   */
  readonly group: Int32Array | undefined;
}

/**
 * One tally as a counter with few values. `value` is what has been added, capped where more makes no difference;
 * with groups it is twice the count, plus one as long as the group at hand has not counted yet.
 */
export interface TallyCounter {
  readonly tally: LineTally;
  readonly start: number;
  /** Values run from 0 to `top`. */
  readonly top: number;
  /** Days' ends: 1 closes a group, 2 closes a window, 3 both. */
  readonly closes: Uint8Array;
  /** Most that one value less, or more, can still cost: how far one count stands in for another. */
  readonly lessCosts: number;
  readonly moreCosts: number;
}

const closeGroup = 1;
const closeWindow = 2;

/** Divides a tally by what all its weights have in common, so that few values remain. */
const shrinkTally = (tally: LineTally): LineTally => {
  let unit = 0;
  for (const weight of tally.weight) unit = greatestDivisor(unit, weight);
  unit = greatestDivisor(unit, tally.carried);
  const priced = Number.isFinite(tally.leastPrice) || Number.isFinite(tally.mostPrice);
  const isTight = priced && tally.leastPrice !== 0;
  if (priced) for (const most of tally.most) unit = greatestDivisor(unit, most === noMost ? 0 : most);
  if (isTight) for (const least of tally.least) unit = greatestDivisor(unit, least);
  if (unit <= 1) return tally;
  return {
    ...tally,
    weight: tally.weight.map((weight) => weight / unit),
    carried: tally.carried / unit,
    least: tally.least.map((least) => Math.ceil(least / unit)),
    most: tally.most.map((most) => (most === noMost ? most : Math.floor(most / unit))),
    leastPrice: tally.leastPrice * unit,
    mostPrice: tally.mostPrice * unit,
  };
};

/** A most that nothing reaches. */
export const noMost = 0x3fffffff;

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

const counterOf = (tally: LineTally): TallyCounter => {
  const days = tally.window.length;
  const closes = new Uint8Array(days);
  for (let day = 0; day < days; day += 1) {
    const group = tally.group?.[day] ?? -1;
    if (group >= 0 && (tally.group?.[day + 1] ?? -1) !== group) closes[day] = closeGroup;
    const window = tally.window[day] as number;
    if (window >= 0 && nextWindow(tally.window, day) !== window)
      closes[day] = (closes[day] ?? 0) + closeWindow;
  }
  let top = 0;
  const hasLeast = tally.leastPrice > 0;
  for (let window = 0; window < tally.most.length; window += 1) {
    const most = tally.most[window] as number;
    top = Math.max(
      top,
      most === noMost || tally.mostPrice === 0 ? 0 : most,
      hasLeast ? (tally.least[window] as number) : 0,
    );
  }
  const factor = tally.group === undefined ? 1 : 2;
  const limitsMost = tally.mostPrice > 0 && tally.most.some((most) => most !== noMost);
  const limitsLeast = hasLeast && tally.least.some((least) => least > 0);
  return {
    tally,
    top: top * factor + factor - 1,
    start: Math.min(top, tally.carried) * factor + factor - 1,
    closes,
    lessCosts: limitsLeast ? tally.leastPrice : 0,
    moreCosts: limitsMost ? tally.mostPrice : 0,
  };
};

/** Window of the next day that counts, -2 after the last. */
const nextWindow = (window: Int32Array, day: number): number => {
  for (let next = day + 1; next < window.length; next += 1)
    if ((window[next] as number) >= 0) return window[next] as number;
  return -2;
};

/** Value after a day and what it costs: `[value, cost]`, cost Infinity where the rule forbids it. */
export const stepCounter = (
  counter: TallyCounter,
  day: number,
  option: number,
  options: number,
  value: number,
): readonly [value: number, cost: number] => {
  const { tally, top, closes } = counter;
  const window = tally.window[day] as number;
  if (window < 0) return [value, 0];
  const grouped = tally.group !== undefined;
  const weight = tally.weight[day * options + option] as number;
  const most = tally.most[window] as number;
  const before = grouped ? value >> 1 : value;
  const isOpen = grouped && (value & 1) === 1;
  const count = grouped ? before + (weight > 0 && isOpen ? 1 : 0) : before + weight;
  let cost = 0;
  if (count > most && count > before && tally.mostPrice > 0)
    cost = tally.mostPrice === Infinity ? Infinity : tally.mostPrice * (count - Math.max(most, before));
  const close = closes[day] as number;
  const mayCount = !grouped || (close & closeGroup) !== 0 || (isOpen && weight === 0);
  if ((close & closeWindow) !== 0) {
    const short = (tally.least[window] as number) - count;
    if (short > 0 && tally.leastPrice > 0) cost += short * tally.leastPrice;
    return [grouped ? 1 : 0, cost];
  }
  if (!grouped) return [Math.min(count, top), cost];
  return [Math.min(count, top >> 1) * 2 + (mayCount ? 1 : 0), cost];
};
