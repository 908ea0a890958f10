import { type BoundedState, boundedStateOf, completionBounds } from './completion-bound.ts';
import type { LineModel } from './line-model.ts';

/** A person's days: option per day (0 off, s + 1 shift s), and what they cost under the prices asked with. */
interface FoundLine {
  readonly line: Uint8Array;
  readonly cost: number;
}

interface FoundLines {
  /** Cheapest first; the first is the cheapest there is as long as nothing was cut off. */
  readonly lines: readonly FoundLine[];
  /** Proved: no line costs less than this (or than what was asked for, whichever is less). */
  readonly bound: number;
  /** True where partial lines below the threshold were given up for want of width. */
  readonly isCut: boolean;
}

interface LineWish {
  /** Only lines that cost less than this. */
  readonly below: number;
  /** Most lines to hand back. */
  readonly lines: number;
  /** Most partial lines kept per day: beyond it the search is no longer exact, but the bound stays proved. */
  readonly width: number;
  /** Every line below the threshold, not only those that no other beats: for proofs. */
  readonly every?: boolean;
}

/** Finds a person's cheapest lines for given prices per day and option (Infinity where the model forbids). */
export type LineFinder = (cell: Float64Array, wish: LineWish) => FoundLines;

/**
 * Shortest paths under resources, day by day, over partial lines with dominance. What the rest of a line costs at
 * least is known beforehand (`completionBounds`), so only partial lines that can still come in below a threshold
 * are kept; the threshold starts close to the bound and widens until a line is found. Finders that are asked one
 * after the other share a workspace.
 */
export const createLineFinder = (model: LineModel, workspace = createLineWorkspace()): LineFinder => {
  const bounded = boundedStateOf(model);
  const { states } = model.automaton;
  const size = (model.days + 1) * states * bounded.values;
  return (cell, wish) => {
    const rest = restTable(workspace, size);
    completionBounds(model, bounded, cell, rest);
    const least = rest[model.automaton.start * bounded.values + bounded.start] as number;
    if (!(least < wish.below)) return { lines: [], bound: least, isCut: false };
    const spread = wish.below === Infinity ? Math.max(10, Math.abs(least)) : wish.below - least;
    for (const share of wish.every === true ? [1] : widenings) {
      const isLast = share === 1;
      const threshold = isLast ? wish.below : least + share * spread + 1e-9;
      const found = searchLabels(model, bounded, cell, workspace, { ...wish, below: threshold });
      if (found.lines.length > 0 || isLast)
        return { ...found, bound: Math.min(found.bound, found.lines[0]?.cost ?? Infinity) };
    }
    return { lines: [], bound: least, isCut: true };
  };
};

const widenings = [0.002, 0.03, 0.15, 0.5, 1];

const searchLabels = (
  model: LineModel,
  bounded: BoundedState,
  cell: Float64Array,
  workspace: LineWorkspace,
  wish: LineWish,
): FoundLines => {
  const { rest, partial: pool } = workspace;
  const { days, options, automaton, weekEnds } = model;
  const { states, next, cost: stepCost, atWeekEnd } = automaton;
  const { values, index, value: to, cost: charge } = bounded;
  const carried = bounded.rest;
  const counters = carried.length;
  const every = wish.every === true;
  const perDay = states * values;
  const heads = headsOfDay(workspace, perDay);
  const fresh = new Int32Array(Math.max(1, counters));
  let dropped = Infinity;
  growPartial(pool, 1, counters);
  pool.cost[0] = 0;
  pool.total[0] = 0;
  pool.key[0] = automaton.start * values + bounded.start;
  pool.parent[0] = -1;
  pool.alive[0] = 1;
  for (let k = 0; k < counters; k += 1) pool.rest[k] = carried[k]?.table.start as number;
  let from = 0;
  let until = 1;
  let count = 1;
  for (let day = 0; day < days; day += 1) {
    heads.fill(-1, 0, perDay);
    const closes = atWeekEnd !== undefined && weekEnds[day] === 1;
    const restBase = (day + 1) * perDay;
    for (let label = from; label < until; label += 1) {
      if (pool.alive[label] === 0) continue;
      const key = pool.key[label] as number;
      const state = Math.trunc(key / values);
      const value = key - state * values;
      const sofar = pool.cost[label] as number;
      for (let option = 0; option < options; option += 1) {
        const at = day * options + option;
        const edge = state * options + option;
        let then = next[edge] as number;
        if (then < 0) continue;
        const step = (index[at] as number) * values + value;
        let cost = sofar + (cell[at] as number) + (stepCost[edge] as number) + (charge[step] as number);
        if (closes) then = atWeekEnd[then] as number;
        const newKey = then * values + (to[step] as number);
        const ahead = rest[restBase + newKey] as number;
        if (!(cost + ahead < wish.below)) continue;
        for (let k = 0; k < counters; k += 1) {
          const table = (carried[k] as BoundedState['rest'][number]).table;
          const place =
            (table.index[at] as number) * table.size + (pool.rest[label * counters + k] as number);
          cost += table.cost[place] as number;
          fresh[k] = table.value[place] as number;
        }
        const total = cost + ahead;
        if (!(total < wish.below)) continue;
        if (!every && isBeaten(workspace, bounded, newKey, cost, fresh, counters)) continue;
        if (count + 1 > pool.cost.length || (count + 1) * counters > pool.rest.length)
          growPartial(pool, count + 1, counters);
        pool.cost[count] = cost;
        pool.total[count] = total;
        pool.key[count] = newKey;
        pool.parent[count] = label;
        pool.option[count] = option;
        pool.alive[count] = 1;
        for (let k = 0; k < counters; k += 1) pool.rest[count * counters + k] = fresh[k] as number;
        pool.after[count] = heads[newKey] as number;
        heads[newKey] = count;
        count += 1;
      }
    }
    dropped = Math.min(
      dropped,
      thinOut(pool, until, count, wish.width, paceOf(pool, bounded, (day + 1) / days)),
    );
    from = until;
    until = count;
    if (from === until) break;
  }
  return {
    lines: readLines(pool, from, until, days, wish.lines),
    bound: Math.min(dropped, wish.below),
    isCut: dropped < wish.below,
  };
};

/**
 * Whether a partial line in the same state is as good whatever follows; those that the new one beats are taken out.
 */
const isBeaten = (
  { heads, partial: pool }: LineWorkspace,
  bounded: BoundedState,
  key: number,
  cost: number,
  fresh: Int32Array,
  counters: number,
): boolean => {
  let previous = -1;
  for (let other = heads[key] as number; other >= 0;) {
    const following = pool.after[other] as number;
    const gap = cost - (pool.cost[other] as number);
    if (gap >= -1e-9 && dominanceCost(pool, bounded, other, fresh, counters, false) <= gap + 1e-9)
      return true;
    if (gap <= 1e-9 && dominanceCost(pool, bounded, other, fresh, counters, true) <= 1e-9 - gap) {
      pool.alive[other] = 0;
      if (previous < 0) heads[key] = following;
      else pool.after[previous] = following;
    } else previous = other;
    other = following;
  }
  return false;
};

/** What a line may still lose by having the counts of `label` (or of `fresh`, if `freshLeads`) instead of the other's. */
const dominanceCost = (
  pool: PartialLines,
  bounded: BoundedState,
  label: number,
  fresh: Int32Array,
  counters: number,
  freshLeads: boolean,
): number => {
  let sum = 0;
  for (let k = 0; k < counters; k += 1) {
    const other = pool.rest[label * counters + k] as number;
    const mine = fresh[k] as number;
    const more = freshLeads ? mine - other : other - mine;
    if (more === 0) continue;
    const { counter } = bounded.rest[k] as BoundedState['rest'][number];
    const price = more > 0 ? counter.moreCosts : counter.lessCosts;
    if (price > 0) sum += price * Math.abs(more);
  }
  return sum;
};

/**
 * How far a partial line is from a steady pace towards sums that must be reached and that the bound knows nothing
 * of: a price for choosing whom to keep, so that no long line is kept that cannot come to its hours any more.
 */
const paceOf = (pool: PartialLines, bounded: BoundedState, share: number): ((label: number) => number) => {
  const counters = bounded.rest.length;
  const paced = bounded.rest.flatMap(({ counter: { tally, lessCosts } }, at) => {
    if (lessCosts !== Infinity || tally.least.length !== 1) return [];
    const least = tally.least[0] as number;
    const most = Math.min(tally.most[0] as number, 2 * least);
    const unit = tally.weight.reduce((top, weight) => Math.max(top, weight), 1);
    return [{ at, aim: ((least + most) / 2) * share, unit }];
  });
  return (label) => {
    let sum = 0;
    for (const { at, aim, unit } of paced) {
      const off = ((pool.rest[label * counters + at] as number) - aim) / unit;
      sum += 20 * off * off;
    }
    return sum;
  };
};

/** Keeps the `width` most promising of a day's partial lines; hands back the least total that was given up. */
const thinOut = (
  pool: PartialLines,
  from: number,
  until: number,
  width: number,
  pace: (label: number) => number,
): number => {
  if (until - from <= width) return Infinity;
  const ranks: number[] = [];
  for (let label = from; label < until; label += 1)
    if (pool.alive[label] === 1) ranks.push((pool.total[label] as number) + pace(label));
  if (ranks.length <= width) return Infinity;
  const limit = Float64Array.from(ranks).sort()[width - 1] as number;
  let kept = 0;
  let dropped = Infinity;
  for (let label = from; label < until; label += 1) {
    if (pool.alive[label] === 0) continue;
    const total = pool.total[label] as number;
    if (total + pace(label) <= limit && kept < width) kept += 1;
    else {
      pool.alive[label] = 0;
      dropped = Math.min(dropped, total);
    }
  }
  return dropped;
};

const readLines = (
  pool: PartialLines,
  from: number,
  until: number,
  days: number,
  most: number,
): FoundLine[] => {
  const ends: number[] = [];
  for (let label = from; label < until; label += 1) if (pool.alive[label] === 1) ends.push(label);
  ends.sort((a, b) => (pool.cost[a] as number) - (pool.cost[b] as number) || a - b);
  return ends.slice(0, most).map((end) => {
    const line = new Uint8Array(days);
    let label = end;
    for (let day = days - 1; day >= 0; day -= 1) {
      line[day] = pool.option[label] as number;
      label = pool.parent[label] as number;
    }
    return { line, cost: pool.cost[end] as number };
  });
};

/**
 * What searches for lines write to, one after the other and as large as the largest needed: each takes it as it is
 * and leaves nothing in it that the next reads.
 */
interface LineWorkspace {
  /** What the rest of a line costs at least, by day and state. */
  rest: Float64Array;
  /** Newest partial line in each state of a day. */
  heads: Int32Array;
  readonly partial: PartialLines;
}

/** Partial lines of all days, grown as needed. */
interface PartialLines {
  cost: Float64Array;
  total: Float64Array;
  key: Int32Array;
  parent: Int32Array;
  after: Int32Array;
  option: Uint8Array;
  alive: Uint8Array;
  rest: Int32Array;
}

const firstRoom = 1 << 14;

export const createLineWorkspace = (): LineWorkspace => ({
  rest: new Float64Array(0),
  heads: new Int32Array(0),
  partial: {
    cost: new Float64Array(firstRoom),
    total: new Float64Array(firstRoom),
    key: new Int32Array(firstRoom),
    parent: new Int32Array(firstRoom),
    after: new Int32Array(firstRoom),
    option: new Uint8Array(firstRoom),
    alive: new Uint8Array(firstRoom),
    rest: new Int32Array(firstRoom),
  },
});

const restTable = (workspace: LineWorkspace, size: number): Float64Array => {
  if (workspace.rest.length < size) workspace.rest = new Float64Array(size);
  return workspace.rest;
};

const headsOfDay = (workspace: LineWorkspace, size: number): Int32Array => {
  if (workspace.heads.length < size) workspace.heads = new Int32Array(size);
  return workspace.heads;
};

/** Makes room for so many partial lines, each with so many counters. */
const growPartial = (partial: PartialLines, labels: number, counters: number): void => {
  const rests = labels * Math.max(1, counters);
  if (partial.rest.length < rests) partial.rest = enlarge(partial.rest, new Int32Array(2 * rests));
  if (partial.cost.length >= labels) return;
  const size = 2 * labels;
  partial.cost = enlarge(partial.cost, new Float64Array(size));
  partial.total = enlarge(partial.total, new Float64Array(size));
  partial.key = enlarge(partial.key, new Int32Array(size));
  partial.parent = enlarge(partial.parent, new Int32Array(size));
  partial.after = enlarge(partial.after, new Int32Array(size));
  partial.option = enlarge(partial.option, new Uint8Array(size));
  partial.alive = enlarge(partial.alive, new Uint8Array(size));
};

const enlarge = <A extends Float64Array | Int32Array | Uint8Array>(from: A, to: A): A => {
  to.set(from);
  return to;
};
