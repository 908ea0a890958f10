import { type LineModel, type LineTally, noMost, type TallyCounter } from './line-model.ts';

/**
 * Where a person's line stands day by day under each rule, so that a change of some days is priced by those days
 * and the few after them, until the line is where it was before.
 */
interface LineTrace {
  /** Price of the whole line; Infinity where a hard rule is broken. */
  cost(): number;
  /** Price with the days from `first` to `last` as they now are in `lines`, the others unchanged. */
  costAfter(first: number, last: number): number;
  /** Takes the changed days over. */
  follow(first: number): void;
}

/** A trace over `lines` from `offset` on: the array is read again at each question. */
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

/**
 * What a person's days add up to, window by window: a change of some days is priced by the sums that it changes,
 * however long the period is.
 */
interface LineSums {
  /** Infinity where a hard limit is broken. */
  cost(): number;
  /** With the days from `first` to `last` as they now are in the lines, the others unchanged. */
  costAfter(first: number, last: number): number;
  /** Takes the changed days over. */
  follow(first: number): void;
}

/** Rules that count the same thing in the same windows: one sum for all of them. */
interface Sum {
  readonly tallies: LineTally[];
  /** Units of each tally in one unit of the sum. */
  readonly units: number[];
  readonly weight: Int32Array;
  readonly window: Int32Array;
  readonly group: Int32Array | undefined;
  /** The window that takes what the days before the period have added. */
  readonly firstWindow: number;
  readonly sums: Int32Array;
  readonly costs: Float64Array;
}

/** Sums over `lines` from `offset` on: the array is read again at each question. */
const createLineSums = (
  { days, options, counters }: LineModel,
  lines: Uint8Array,
  offset: number,
): LineSums => {
  const sums = joinSums(counters);
  const kept = new Uint8Array(days);
  let total = 0;
  let after = 0;
  const changedDays = new Int32Array(days);

  /** Adds to the price of the lines as they now are what a window gains. */
  const addPrice = (sum: Sum, window: number, gain: number): void => {
    after += priceOf(sum, window, (sum.sums[window] as number) + gain) - (sum.costs[window] as number);
  };
  /** The same for each window of a sum that the first so many of the changed days are in. */
  const addPrices = (sum: Sum, count: number): void => {
    const { weight, window } = sum;
    let at = -1;
    let gain = 0;
    for (let k = 0; k < count; k += 1) {
      const day = changedDays[k] as number;
      const value = window[day] as number;
      if (value < 0) continue;
      if (value !== at && gain !== 0) addPrice(sum, at, gain);
      if (value !== at) gain = 0;
      at = value;
      const from = day * options;
      gain +=
        (weight[from + (lines[offset + day] as number)] as number) -
        (weight[from + (kept[day] as number)] as number);
    }
    if (gain !== 0) addPrice(sum, at, gain);
  };
  /** Adds what a sum gains on the days to `gain`, window after window; `take` is told each. */
  const gains = (
    sum: Sum,
    first: number,
    last: number,
    take: (sum: Sum, window: number, gain: number) => void,
  ): void => {
    const { weight, window, group } = sum;
    let at = -1;
    let gain = 0;
    for (let day = first; day <= last; day += 1) {
      const value = window[day] as number;
      if (value < 0) continue;
      if (value !== at) {
        if (gain !== 0) take(sum, at, gain);
        at = value;
        gain = 0;
      }
      if (group === undefined) {
        const before = kept[day] as number;
        const now = lines[offset + day] as number;
        if (before !== now)
          gain += (weight[day * options + now] as number) - (weight[day * options + before] as number);
      } else if (day === first || group[day] !== group[day - 1]) gain += groupGain(sum, day);
    }
    if (gain !== 0) take(sum, at, gain);
  };
  /** 1 where the group of a day begins to count, -1 where it no longer does. */
  const groupGain = ({ weight, group }: Sum, day: number): number => {
    const member = group?.[day] ?? -1;
    if (member < 0) return 0;
    let from = day;
    while (from > 0 && group?.[from - 1] === member) from -= 1;
    let before = 0;
    let now = 0;
    for (let one = from; one < days && group?.[one] === member; one += 1) {
      if ((weight[one * options + (kept[one] as number)] as number) > 0) before = 1;
      if ((weight[one * options + (lines[offset + one] as number)] as number) > 0) now = 1;
    }
    return now - before;
  };
  const follow = (first: number): void => {
    for (const sum of sums) {
      gains(sum, first, days - 1, (_, window, gain) => {
        const units = (sum.sums[window] as number) + gain;
        sum.sums[window] = units;
        sum.costs[window] = priceOf(sum, window, units);
      });
    }
    for (let day = first; day < days; day += 1) kept[day] = lines[offset + day] as number;
    total = 0;
    for (const { costs } of sums) for (const cost of costs) total += cost;
  };
  for (const sum of sums) startSum(sum, days, options);
  follow(0);
  return {
    cost: () => total,
    follow,
    costAfter: (first, last) => {
      after = total === Infinity ? 0 : total;
      let count = 0;
      for (let day = first; day <= last; day += 1) {
        changedDays[count] = day;
        if (kept[day] !== lines[offset + day]) count += 1;
      }
      for (const sum of sums) {
        if (total === Infinity) {
          const changed = Int32Array.from(sum.sums);
          gains(sum, first, last, (_, window, gain) => {
            changed[window] = (changed[window] as number) + gain;
          });
          for (const [window, units] of changed.entries()) after += priceOf(sum, window, units);
        } else if (sum.group === undefined) addPrices(sum, count);
        else gains(sum, first, last, addPrice);
        if (after === Infinity) return after;
      }
      return after;
    },
  };
};

/** The sums of a line of days off. */
const startSum = (sum: Sum, days: number, options: number): void => {
  const { weight, window, group } = sum;
  for (let day = 0; day < days; day += 1) {
    const value = window[day] as number;
    const off = weight[day * options] as number;
    if (value < 0 || off === 0) continue;
    const isCounted = group !== undefined && ((group[day] as number) < 0 || group[day] === group[day - 1]);
    if (!isCounted) sum.sums[value] = (sum.sums[value] as number) + (group === undefined ? off : 1);
  }
  for (const [at, units] of sum.sums.entries()) sum.costs[at] = priceOf(sum, at, units);
};

/** What a window's sum costs under all rules that look at it. */
const priceOf = ({ tallies, units, firstWindow }: Sum, window: number, sum: number): number => {
  let cost = 0;
  for (let at = 0; at < tallies.length; at += 1) {
    const { least, most, leastPrice, mostPrice, carried: brought } = tallies[at] as LineTally;
    const carried = window === firstWindow ? brought : 0;
    const count = carried + sum * (units[at] as number);
    const limit = most[window] as number;
    const over = count - Math.max(limit, carried);
    if (limit !== noMost && mostPrice > 0 && over > 0) cost += over * mostPrice;
    const short = (least[window] as number) - count;
    if (leastPrice > 0 && short > 0) cost += short * leastPrice;
  }
  return cost;
};

const joinSums = (counters: readonly TallyCounter[]): Sum[] => {
  const sums: Sum[] = [];
  for (const { tally } of counters) {
    const unit = tally.weight.reduce(greatestDivisor, 0) || 1;
    const weight = unit === 1 ? tally.weight : tally.weight.map((units) => units / unit);
    const known = sums.find(
      (sum) =>
        isSame(sum.weight, weight) && isSame(sum.window, tally.window) && isSame(sum.group, tally.group),
    );
    if (known === undefined) {
      const windows = tally.most.length;
      sums.push({
        tallies: [tally],
        units: [unit],
        weight,
        window: tally.window,
        group: tally.group,
        firstWindow: tally.window.find((own) => own >= 0) ?? 0,
        sums: new Int32Array(windows),
        costs: new Float64Array(windows),
      });
    } else {
      known.tallies.push(tally);
      known.units.push(unit);
    }
  }
  return sums;
};

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

const isSame = (a: Int32Array | undefined, b: Int32Array | undefined): boolean =>
  a === b ||
  (a !== undefined && b !== undefined && a.length === b.length && a.every((one, at) => one === b[at]));
