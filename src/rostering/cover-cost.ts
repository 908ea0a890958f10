import type { RosterProblem } from './roster-problem.ts';

/**
 * What the people on a shift cost or spare as cover. People who may serve the same tiers at the same prices form a
 * group; who of them serves which tier is settled at least cost, so only the groups' numbers matter.
 */
export interface CoverCost {
  readonly shifts: number;
  readonly tiers: number;
  readonly groups: number;
  /** Group of each person; -1 for those who may serve no tier. */
  readonly groupOf: Int32Array;
  /** Price of a group's person in a tier, Infinity where they may not: `[group * tiers + tier]`. */
  readonly price: Float64Array;
  /** Per day, shift and tier: `[(day * shifts + shift) * tiers + tier]`. */
  readonly operators: Int32Array;
  readonly under: Float64Array;
  readonly over: Float64Array;
  /** Cost of a slot (day × shifts + shift) with so many people of each group, from `at` on. */
  cost(slot: number, counts: Int32Array, at: number): number;
  /** How many of each group serve each tier: `[group * tiers + tier]`. */
  assign(slot: number, counts: Int32Array, at: number): Int32Array;
}

export const createCoverCost = (problem: RosterProblem): CoverCost => {
  const tiers = problem.tiers.length;
  const shifts = problem.shifts.length;
  const { groupOf, price, groups } = groupPeople(problem);
  const cells = problem.days.length * shifts * tiers;
  const operators = new Int32Array(cells);
  const under = new Float64Array(cells);
  const over = new Float64Array(cells);
  for (const row of problem.demand) {
    const at = (row.day * shifts + row.shift) * tiers + row.tier;
    operators[at] = row.operators;
    under[at] = row.underPrice;
    over[at] = row.overPrice;
  }
  const simple = tiers === 1 && groups === 1 && price[0] === 0;
  const simpleCost = (slot: number, count: number): number => {
    const short = (operators[slot] as number) - count;
    return short >= 0 ? short * (under[slot] as number) : -short * (over[slot] as number);
  };
  const members = new Int32Array(groups);
  for (const group of groupOf) if (group >= 0) members[group] = (members[group] as number) + 1;
  const tables = simple ? [] : slotTables(members, operators, tiers);
  const cost = (slot: number, counts: Int32Array, at: number): number => {
    if (simple) return simpleCost(slot, counts[at] as number);
    const table = tables[slot] as SlotTable;
    let key = 0;
    for (let group = 0; group < groups; group += 1) {
      const count = counts[at + group] as number;
      if (count >= (table.sizes[group] as number)) return fill(slot, counts, at).cost;
      key = key * (table.sizes[group] as number) + count;
    }
    const found = table.costs[key] as number;
    if (found === found) return found;
    const total = fill(slot, counts, at).cost;
    table.costs[key] = total;
    return total;
  };
  const fill = (slot: number, counts: Int32Array, at: number) =>
    serveTiers(
      { groups, tiers, price, operators, under, over },
      slot * tiers,
      counts.subarray(at, at + groups),
    );
  return {
    shifts,
    tiers,
    groups,
    groupOf,
    price,
    operators,
    under,
    over,
    cost,
    assign: (slot, counts, at) => fill(slot, counts, at).served,
  };
};

/** Costs known so far of a slot, by the groups' numbers as long as these are usual; NaN not yet. */
interface SlotTable {
  readonly sizes: Int32Array;
  readonly costs: Float64Array;
}

/** Most cells of one slot's table. */
const mostCells = 1 << 15;

const slotTables = (members: Int32Array, operators: Int32Array, tiers: number): SlotTable[] =>
  Array.from({ length: operators.length / tiers }, (_, slot) => {
    let wanted = 0;
    for (let tier = 0; tier < tiers; tier += 1) wanted += operators[slot * tiers + tier] as number;
    for (let usual = wanted + 6; ; usual = usual >> 1) {
      const sizes = members.map((count) => Math.min(count, usual) + 1);
      const cells = sizes.reduce((product, size) => product * size, 1);
      if (cells <= mostCells) return { sizes, costs: new Float64Array(cells).fill(Number.NaN) };
    }
  });

const groupPeople = (problem: RosterProblem) => {
  const tiers = problem.tiers.length;
  const keys = new Map<string, number>();
  const price: number[] = [];
  const groupOf = Int32Array.from(problem.people, ({ tiers: able }) => {
    if (able.length === 0) return -1;
    const own = Math.max(...able);
    const key = [...new Set(able)].toSorted((a, b) => a - b).join();
    const known = keys.get(key);
    if (known !== undefined) return known;
    keys.set(key, keys.size);
    for (let tier = 0; tier < tiers; tier += 1)
      price.push(able.includes(tier) ? (own - tier) * problem.downgradePrice : Infinity);
    return keys.size - 1;
  });
  return { groupOf, price: Float64Array.from(price), groups: Math.max(1, keys.size) };
};

interface Tiers extends Pick<CoverCost, 'groups' | 'tiers' | 'price' | 'operators' | 'under' | 'over'> {}

/** Least-cost service of tiers: one person after the other along the cheapest path of reassignments. */
const serveTiers = (
  { groups, tiers, price, operators, under, over }: Tiers,
  at: number,
  counts: Int32Array,
): { readonly cost: number; readonly served: Int32Array } => {
  const served = new Int32Array(groups * tiers);
  const filled = new Int32Array(tiers);
  let cost = 0;
  for (let tier = 0; tier < tiers; tier += 1)
    cost += (operators[at + tier] as number) * (under[at + tier] as number);
  const endCost = (tier: number): number =>
    (filled[tier] as number) < (operators[at + tier] as number)
      ? -(under[at + tier] as number)
      : (over[at + tier] as number);
  for (let group = 0; group < groups; group += 1) {
    for (let person = 0; person < (counts[group] as number); person += 1) {
      const path = cheapestPath(group, groups, tiers, price, served, endCost);
      cost += path.cost;
      let tier = path.end;
      filled[tier] = (filled[tier] as number) + 1;
      for (;;) {
        const mover = path.mover[tier] as number;
        const into = mover * tiers + tier;
        served[into] = (served[into] as number) + 1;
        const from = path.from[tier] as number;
        if (from < 0) break;
        served[mover * tiers + from] = (served[mover * tiers + from] as number) - 1;
        tier = from;
      }
    }
  }
  return { cost, served };
};

/** Bellman and Ford over tiers: who moves into a tier, and from which (-1: the newcomer). */
const cheapestPath = (
  newcomer: number,
  groups: number,
  tiers: number,
  price: Float64Array,
  served: Int32Array,
  endCost: (tier: number) => number,
): { readonly cost: number; readonly end: number; readonly mover: Int32Array; readonly from: Int32Array } => {
  const reach = Float64Array.from({ length: tiers }, (_, tier) => price[newcomer * tiers + tier] as number);
  const mover = new Int32Array(tiers).fill(newcomer);
  const from = new Int32Array(tiers).fill(-1);
  for (let round = 1; round < tiers; round += 1) {
    for (let left = 0; left < tiers; left += 1) {
      if (reach[left] === Infinity) continue;
      for (let group = 0; group < groups; group += 1) {
        if ((served[group * tiers + left] as number) === 0) continue;
        for (let into = 0; into < tiers; into += 1) {
          const moved =
            (reach[left] as number) -
            (price[group * tiers + left] as number) +
            (price[group * tiers + into] as number);
          if (moved < (reach[into] as number) - 1e-9) {
            reach[into] = moved;
            mover[into] = group;
            from[into] = left;
          }
        }
      }
    }
  }
  let end = 0;
  let cost = Infinity;
  for (let tier = 0; tier < tiers; tier += 1) {
    const total = (reach[tier] as number) + endCost(tier);
    if (total < cost) {
      cost = total;
      end = tier;
    }
  }
  return { cost, end, mover, from };
};
