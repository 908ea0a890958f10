import type { CoverProblem, ShiftBreak, ShiftType, StartLimit } from './cover-problem.ts';
import type { TierLink } from './tier-links.ts';

/**
 * The cover problem seen through prices: what an operator on duty is worth per tier and slot. A vector of
 * prices holds `slots` entries per tier, then one per limit that is not a group's own. Given prices, every
 * shift stands alone: it is worth what it covers, with each break where that is cheapest.
 */
export interface PriceSystem {
  readonly slots: number;
  readonly size: number;
  readonly tiers: readonly TierPrices[];
  readonly links: readonly TierLink[];
}

export interface TierPrices {
  readonly problem: CoverProblem;
  /** Where the tier's prices start. */
  readonly offset: number;
  readonly starts: readonly PricedStart[];
  readonly groups: readonly StartGroup[];
  readonly loose: readonly LooseLimit[];
  readonly steps: readonly CoverStep[];
}

/** Operators, by slot, that are left out where one is worth more than the price. */
export interface CoverStep {
  readonly price: number;
  readonly operators: Float64Array;
}

/** One type at one start. */
export interface PricedStart {
  readonly index: number;
  readonly type: number;
  readonly slot: number;
  readonly shift: ShiftType;
  readonly breaks: readonly ShiftBreak[];
  /** −1: in none. */
  readonly group: number;
}

/** Starts of which a rule lets only `most` shifts be made. */
export interface StartGroup {
  readonly from: number;
  readonly to: number;
  readonly most: number;
}

export interface LooseLimit {
  /** Its place in the vector of prices. */
  readonly at: number;
  readonly limit: StartLimit;
}

/** Lays out the prices of tiers that are solved together. */
export const layOutPrices = (problems: readonly CoverProblem[], links: readonly TierLink[]): PriceSystem => {
  const slots = problems[0]?.slots ?? 0;
  let next = problems.length * slots;
  const tiers = problems.map((problem, k): TierPrices => {
    const own = groupLimits(problem);
    const groups = own.map(({ from, to, most }): StartGroup => ({ from, to, most }));
    const others = (problem.limits ?? []).filter((limit) => !own.includes(limit));
    const loose = others.map((limit): LooseLimit => ({ at: next++, limit: inScale(limit) }));
    const starts = layOutStarts(problem, groups);
    return { problem, offset: k * slots, starts, groups, loose, steps: stepsOf(problem) };
  });
  return { slots, size: next, tiers, links };
};

/** Missing operators step by step: at the mild price first, the last step as wide as the need. */
const stepsOf = ({
  demand,
  mildUnder,
  underPrice,
  severeUnderPrice,
  deepUnder,
  deepUnderPrice,
}: CoverProblem): readonly CoverStep[] => {
  const width = Float64Array.from(demand, (heads) => Math.max(2, heads));
  const mild = { price: underPrice, operators: Float64Array.from(mildUnder) };
  if (deepUnderPrice === undefined) return [mild, { price: severeUnderPrice, operators: width }];
  const severe = mild.operators.map((heads, t) => Math.max(0, (deepUnder?.[t] ?? 0) - heads));
  return [mild, { price: severeUnderPrice, operators: severe }, { price: deepUnderPrice, operators: width }];
};

/** Limits that count heads, do not overlap and leave out no start: the finest such set. */
const groupLimits = (problem: CoverProblem): readonly StartLimit[] => {
  const heads = (problem.limits ?? []).filter(({ weights }) => weights.every((weight) => weight === 1));
  const shortest = Math.min(...heads.map(({ from, to }) => to - from));
  const own = heads.filter(({ from, to }) => to - from <= 2 * shortest).sort((a, b) => a.from - b.from);
  const follows = own.every(({ from }, i) => from === (own[i - 1]?.to ?? 0));
  return follows && own.at(-1)?.to === problem.slots ? own : [];
};

/** A limit in units of about ten shifts: its price then moves as those of slots do. */
const inScale = ({ from, to, weights, most }: StartLimit): StartLimit => {
  const unit = 1 * Math.max(1e-9, ...weights);
  return { from, to, weights: weights.map((weight) => weight / unit), most: most / unit };
};

const layOutStarts = (problem: CoverProblem, groups: readonly StartGroup[]): PricedStart[] => {
  const starts: PricedStart[] = [];
  for (const [type, shift] of problem.types.entries()) {
    for (const slot of shift.starts) {
      const group = groups.findIndex(({ from, to }) => slot >= from && slot < to);
      starts.push({ index: starts.length, type, slot, shift, breaks: shift.breaks, group });
    }
  }
  return starts;
};

/** Sums of a tier's prices before each slot of three cycles: any shift's span is one difference. */
export const sumPrices = (prices: Float64Array, offset: number, slots: number, sums: Float64Array): void => {
  for (let t = 0; t < 3 * slots; t += 1) sums[t + 1] = (sums[t] ?? 0) + (prices[offset + (t % slots)] ?? 0);
};

/** What the loose limits add to the price of a shift of this type that starts at this slot. */
export const looseCost = (
  loose: readonly LooseLimit[],
  prices: Float64Array,
  type: number,
  slot: number,
): number => {
  let cost = 0;
  for (const { at, limit } of loose) {
    if (slot >= limit.from && slot < limit.to) cost += (prices[at] ?? 0) * (limit.weights[type] ?? 0);
  }
  return cost;
};
