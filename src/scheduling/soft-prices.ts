import { addAt, valueAt } from '../kernel/value-at.ts';
import type { CoverProblem, ShiftBreak, ShiftType, StartLimit } from './cover-problem.ts';
import type { TierLink } from './tier-links.ts';

/** How sharply choices follow prices: shifts and breaks in money per shift, cover in money per slot. */
interface Softness {
  readonly shift: number;
  readonly slot: number;
}

/** Choices between none and all that there can be: the log-odds leant to, and those at the prices last looked at. */
interface Choices {
  readonly before: Float64Array;
  readonly now: Float64Array;
  /** What each is worth where prices say nothing. */
  readonly plain: Float64Array;
}

/** Choices that lean by no more than this: what was given up may come back. */
const mostLeaning = 9;
const leastShare = Math.exp(-mostLeaning);
/** e to the minus this adds nothing to a sum of one and more. */
const beyondSum = 40;
/** Shares this small change no cover worth the name. */
const nothing = 1e-9;

const choicesOf = (length: number): Choices => {
  const choices = {
    before: new Float64Array(length),
    now: new Float64Array(length),
    plain: new Float64Array(length),
  };
  lean(choices);
  return choices;
};

const lean = ({ before, now, plain }: Choices): void => {
  for (let i = 0; i < before.length; i += 1) {
    const odds = Math.min(mostLeaning, Math.max(-mostLeaning, now[i] ?? 0));
    before[i] = odds;
    climbRamp(odds);
    plain[i] = ramped.plus;
  }
};

/** A ramp of width 1 at 0 and how much of it is climbed, from one exponential. */
const ramped = { plus: 0, share: 0 };

const climbRamp = (x: number): void => {
  if (x > 30) {
    ramped.plus = x;
    ramped.share = 1;
  } else if (x < -30) {
    ramped.plus = 0;
    ramped.share = 0;
  } else {
    const e = Math.exp(-Math.abs(x));
    ramped.plus = Math.max(0, x) + (e < 1e-7 ? e : Math.log(1 + e));
    ramped.share = (x > 0 ? 1 : e) / (1 + e);
  }
};

/** A choice that gains `gain` in units of the softness: what it is worth, soft; leaves its share in `ramped`. */
const choose = ({ before, now, plain }: Choices, i: number, gain: number): number => {
  const odds = gain + (before[i] ?? 0);
  now[i] = odds;
  climbRamp(odds);
  return ramped.plus - (plain[i] ?? 0);
};

/**
 * Shifts of a tier as prices choose them. A start outside groups holds a log-odds; in a group the log of its share of
 * all that the group allows. Of each break, the places in its window hold shares.
 */
class SoftTier {
  readonly tier: TierPrices;
  /** Most shifts that a start can come to. */
  readonly most: number;
  readonly shifts: Choices;
  /** Per group, the log of the share that is not used. */
  readonly unused: Choices;
  /** Per loose limit, the part of it that is not used. */
  readonly spare: Choices;
  readonly over: Choices;
  readonly steps: readonly Choices[];
  /** Shifts per start. */
  readonly counts: Float64Array;
  private readonly slots: number;
  /** Where the places of each start begin; one break's follow another's. */
  private readonly firstPlace: Int32Array;
  private readonly placesBefore: Float64Array;
  private readonly placesNow: Float64Array;
  private readonly sums: Float64Array;
  private readonly cover: Float64Array;
  /** Per group, what all its shares sum to before prices speak. */
  private readonly plainSums: Float64Array;

  constructor(tier: TierPrices, slots: number) {
    const { problem, starts, groups, steps } = tier;
    this.tier = tier;
    this.slots = slots;
    this.most = problem.demand.reduce((peak, heads) => Math.max(peak, heads), 2);
    this.shifts = choicesOf(starts.length);
    this.unused = choicesOf(groups.length);
    this.spare = choicesOf(tier.loose.length);
    this.over = choicesOf(slots);
    this.steps = steps.map(() => choicesOf(slots));
    this.counts = new Float64Array(starts.length);
    this.firstPlace = new Int32Array(starts.length + 1);
    for (const [i, { breaks }] of starts.entries())
      this.firstPlace[i + 1] = breaks.reduce(
        (sum, { earliest, latest }) => sum + latest - earliest + 1,
        valueAt(this.firstPlace, i),
      );
    this.placesNow = new Float64Array(this.firstPlace.at(-1) ?? 0);
    for (const { index, breaks } of starts)
      for (const [b, { earliest, latest }] of breaks.entries())
        this.placesOf(index, b).fill(1 / (latest - earliest + 1));
    this.placesBefore = this.placesNow.slice();
    this.sums = new Float64Array(3 * slots + 1);
    this.cover = new Float64Array(3 * slots + 1);
    this.plainSums = new Float64Array(groups.length);
    this.sumGroups();
  }

  /** Shares of the places of a break. */
  placesOf(start: number, b: number): Float64Array {
    let from = valueAt(this.firstPlace, start);
    const { breaks } = valueAt(this.tier.starts, start);
    for (const { earliest, latest } of breaks.slice(0, b)) from += latest - earliest + 1;
    const { earliest, latest } = valueAt(breaks, b);
    return this.placesNow.subarray(from, from + latest - earliest + 1);
  }

  leanOn(): void {
    for (const one of [this.shifts, this.unused, this.spare, this.over, ...this.steps]) lean(one);
    for (let i = 0; i < this.placesNow.length; i += 1)
      this.placesBefore[i] = Math.max(leastShare, this.placesNow[i] ?? 0);
    this.sumGroups();
  }

  private sumGroups(): void {
    const { shifts, unused, plainSums, tier } = this;
    for (let g = 0; g < plainSums.length; g += 1) plainSums[g] = Math.exp(unused.before[g] ?? 0);
    for (const { index, group } of tier.starts)
      if (group >= 0) addAt(plainSums, group, Math.exp(shifts.before[index] ?? 0));
  }

  addCover(prices: Float64Array, ramp: number, gradient: Float64Array): number {
    const { over, steps, slots, tier } = this;
    const { problem, offset } = tier;
    // Ends of shifts may leave idle half as many as the busiest slot needs.
    const width = Math.max(2, this.most / 2);
    let value = 0;
    for (let t = 0; t < slots; t += 1) {
      const price = prices[offset + t] ?? 0;
      const demand = problem.demand[t] ?? 0;
      value += demand * price - width * ramp * choose(over, t, -(price + problem.overPrice) / ramp);
      let cover = demand + width * ramped.share;
      for (let k = 0; k < steps.length; k += 1) {
        const step = tier.steps[k] as CoverStep;
        const operators = step.operators[t] as number;
        value -= operators * ramp * choose(steps[k] as Choices, t, (price - step.price) / ramp);
        cover -= operators * ramped.share;
      }
      gradient[offset + t] = (gradient[offset + t] ?? 0) + cover;
    }
    return value;
  }

  addShifts(prices: Float64Array, softness: number, gradient: Float64Array): number {
    const { tier, sums, shifts, unused, counts, most, slots } = this;
    const { starts, loose } = tier;
    sumPrices(prices, tier.offset, slots, sums);
    const highest = unused.before.slice();
    let value = 0;
    for (let i = 0; i < starts.length; i += 1) {
      const start = starts[i] as PricedStart;
      const { group } = start;
      const lean = shifts.before[i] ?? 0;
      const cost = softLimitCost(loose, prices, start.type, start.slot);
      // A start that would be far behind the others even with its breaks at their best needs no closer look.
      const reach = group < 0 ? 0 : (highest[group] ?? 0);
      const dearest = softness * (beyondSum + lean - reach);
      const left = this.leftOf(start, i, softness, cost, dearest);
      if (group < 0) value -= softness * most * choose(shifts, i, -left / softness);
      else {
        const odds = lean - left / softness;
        shifts.now[i] = odds;
        if (odds > reach) highest[group] = odds;
      }
      counts[i] = group < 0 ? most * ramped.share : 0;
    }
    value -= softness * this.shareOut(highest);
    this.subtractCover(gradient);
    return value;
  }

  /** Price left of a shift after what it covers; leaves the shares of its breaks' places unless it is beyond `dearest`. */
  private leftOf(
    { slot, shift, breaks }: PricedStart,
    index: number,
    softness: number,
    cost: number,
    dearest: number,
  ): number {
    const { sums, placesNow, placesBefore } = this;
    let left = cost + shift.cost - (sums[slot + shift.lengthSlots] ?? 0) + (sums[slot] ?? 0);
    let gains = 0;
    for (let b = 0; b < breaks.length; b += 1) {
      const { earliest, latest, lengthSlots } = breaks[b] as ShiftBreak;
      let least = Infinity;
      for (let t = slot + earliest; t <= slot + latest; t += 1) {
        const worth = (sums[t + lengthSlots] ?? 0) - (sums[t] ?? 0);
        if (worth < least) least = worth;
      }
      left += least;
    }
    if (left > dearest) return left;
    let at = this.firstPlace[index] ?? 0;
    for (let b = 0; b < breaks.length; b += 1) {
      const { earliest, latest, lengthSlots } = breaks[b] as ShiftBreak;
      const count = latest - earliest + 1;
      const first = slot + earliest;
      let least = Infinity;
      for (let t = first; t < first + count; t += 1) {
        const worth = (sums[t + lengthSlots] ?? 0) - (sums[t] ?? 0);
        if (worth < least) least = worth;
      }
      let all = 0;
      for (let i = 0; i < count; i += 1) {
        const t = first + i;
        const behind = ((sums[t + lengthSlots] ?? 0) - (sums[t] ?? 0) - least) / softness;
        const share = behind < beyondSum ? (placesBefore[at + i] ?? 0) * Math.exp(-behind) : 0;
        placesNow[at + i] = share;
        all += share;
      }
      for (let i = at; i < at + count; i += 1) placesNow[i] = (placesNow[i] ?? 0) / all;
      gains += Math.log(all);
      at += count;
    }
    return left - softness * gains;
  }

  /** Shares out what each group allows by the log-odds in `now`, which become logs of shares; answers the sum of gains. */
  private shareOut(highest: Float64Array): number {
    const { shifts, unused, counts, plainSums, tier } = this;
    const { starts, groups } = tier;
    const all = highest.map((most, g) => Math.exp((unused.before[g] ?? 0) - most));
    for (let i = 0; i < starts.length; i += 1) {
      const group = starts[i]?.group ?? -1;
      if (group < 0) continue;
      const behind = (highest[group] ?? 0) - (shifts.now[i] ?? 0);
      const part = behind < beyondSum ? Math.exp(-behind) : 0;
      counts[i] = part;
      all[group] = (all[group] ?? 0) + part;
    }
    const logs = all.map((sum, g) => (highest[g] ?? 0) + Math.log(sum));
    for (let i = 0; i < starts.length; i += 1) {
      const group = starts[i]?.group ?? -1;
      if (group < 0) continue;
      shifts.now[i] = (shifts.now[i] ?? 0) - (logs[group] ?? 0);
      counts[i] = ((counts[i] ?? 0) * (groups[group]?.most ?? 0)) / (all[group] ?? 1);
    }
    let gain = 0;
    for (const [g, { most }] of groups.entries()) {
      unused.now[g] = (unused.before[g] ?? 0) - (logs[g] ?? 0);
      gain += most * ((logs[g] ?? 0) - Math.log(plainSums[g] ?? 1));
    }
    return gain;
  }

  /** What the loose limits allow, with the part of it that is not used. */
  addLimits(prices: Float64Array, ramp: number, gradient: Float64Array): number {
    let value = 0;
    for (const [i, { at, limit }] of this.tier.loose.entries()) {
      const price = prices[at] ?? 0;
      value -= limit.most * (price + ramp * choose(this.spare, i, -price / ramp));
      gradient[at] = (gradient[at] ?? 0) - limit.most * (1 - ramped.share);
    }
    return value;
  }

  /** Takes the shifts' cover off the gradient of their slots, and adds their use of the loose limits. */
  private subtractCover(gradient: Float64Array): void {
    const { tier, cover, counts, placesNow, slots } = this;
    const { starts, loose, offset } = tier;
    cover.fill(0);
    for (let s = 0; s < starts.length; s += 1) {
      const count = counts[s] ?? 0;
      if (count < nothing) continue;
      const { slot, shift, breaks, type } = starts[s] as PricedStart;
      cover[slot] = (cover[slot] ?? 0) + count;
      cover[slot + shift.lengthSlots] = (cover[slot + shift.lengthSlots] ?? 0) - count;
      for (const { at, limit } of loose) {
        if (slot >= limit.from && slot < limit.to)
          gradient[at] = (gradient[at] ?? 0) + count * (limit.weights[type] ?? 0);
      }
      let at = this.firstPlace[s] ?? 0;
      for (let b = 0; b < breaks.length; b += 1) {
        const { earliest, latest, lengthSlots } = breaks[b] as ShiftBreak;
        for (let t = slot + earliest; t <= slot + latest; t += 1, at += 1) {
          const part = count * (placesNow[at] ?? 0);
          if (part === 0) continue;
          cover[t] = (cover[t] ?? 0) - part;
          cover[t + lengthSlots] = (cover[t + lengthSlots] ?? 0) + part;
        }
      }
    }
    let running = 0;
    for (let from = offset - slots, t = 0; t < 3 * slots; t += 1) {
      if (t % slots === 0) from = offset - t;
      running += cover[t] ?? 0;
      gradient[from + t] = (gradient[from + t] ?? 0) - running;
    }
  }
}

/**
 * Choices of shifts, breaks, cover and lending as they are leant to before prices speak, and as they are at the prices
 * last looked at.
 */
export class SoftShifts {
  readonly tiers: readonly SoftTier[];
  private readonly system: PriceSystem;
  /** Per link and slot. */
  private readonly lent: readonly Choices[];

  constructor(system: PriceSystem) {
    this.system = system;
    this.tiers = system.tiers.map((tier) => new SoftTier(tier, system.slots));
    this.lent = system.links.map(() => choicesOf(system.slots));
  }

  /** Lets choices lean from here on to what they are now (the proximal point method, with entropies for distances). */
  leanOn(): void {
    for (const tier of this.tiers) tier.leanOn();
    for (const one of this.lent) lean(one);
  }

  /**
   * The dual value of prices with every sharp choice made soft (Nesterov 2005) around what it leant to before: nothing is
   * lost by the softness once choices lean to where they are best. Returns the value and fills the gradient.
   */
  value(prices: Float64Array, softness: Softness, gradient: Float64Array): number {
    gradient.fill(0);
    let value = 0;
    for (const soft of this.tiers) {
      value += soft.addCover(prices, softness.slot, gradient);
      value += soft.addShifts(prices, softness.shift, gradient);
      value += soft.addLimits(prices, softness.shift, gradient);
    }
    return value + this.addLinks(prices, softness.slot, gradient);
  }

  /** Where a linked tier is worth more than lending to it costs, operators would flow. */
  private addLinks(prices: Float64Array, ramp: number, gradient: Float64Array): number {
    const { tiers, links, slots } = this.system;
    let value = 0;
    for (const [i, { from, to, price }] of links.entries()) {
      const choice = valueAt(this.lent, i);
      const lender = valueAt(tiers, from).problem.demand;
      const borrower = valueAt(tiers, to).problem.demand;
      const [a, b] = [from * slots, to * slots];
      for (let t = 0; t < slots; t += 1) {
        const most = 2 + (lender[t] ?? 0) + (borrower[t] ?? 0);
        const gain = ((prices[b + t] ?? 0) - (prices[a + t] ?? 0) - price) / ramp;
        value -= most * ramp * choose(choice, t, gain);
        const flow = most * ramped.share;
        gradient[b + t] = (gradient[b + t] ?? 0) - flow;
        gradient[a + t] = (gradient[a + t] ?? 0) + flow;
      }
    }
    return value;
  }
}

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
interface CoverStep {
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
interface StartGroup {
  readonly from: number;
  readonly to: number;
  readonly most: number;
}

interface LooseLimit {
  /** Its place in the vector of prices. */
  readonly at: number;
  readonly limit: StartLimit;
  readonly perSlot: number;
}

/** Lays out the prices of tiers that are solved together. */
export const layOutPrices = (problems: readonly CoverProblem[], links: readonly TierLink[]): PriceSystem => {
  const slots = problems[0]?.slots ?? 0;
  let next = problems.length * slots;
  const tiers = problems.map((problem, k): TierPrices => {
    const own = groupLimits(problem);
    const groups = own.map(({ from, to, most }): StartGroup => ({ from, to, most }));
    const others = (problem.limits ?? []).filter((limit) => !own.includes(limit));
    const loose = others.map((other): LooseLimit => {
      const limit = inScale(other);
      return { at: next++, limit, perSlot: usePerSlot(problem, limit) };
    });
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

/** A limit in units of two fifths of a shift: measured, its price then climbs fastest. */
const inScale = ({ from, to, weights, most }: StartLimit): StartLimit => {
  const unit = 0.4 * Math.max(1e-9, ...weights);
  return { from, to, weights: weights.map((weight) => weight / unit), most: most / unit };
};

/** What a unit of a limit is per slot that a shift works, in the mean of the types. */
const usePerSlot = ({ types }: CoverProblem, { weights }: StartLimit): number =>
  types.reduce((sum, { lengthSlots, breaks }, type) => {
    const pauses = breaks.reduce((all, pause) => all + pause.lengthSlots, 0);
    return sum + valueAt(weights, type) / Math.max(1, lengthSlots - pauses);
  }, 0) / Math.max(1, types.length);

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
export const softLimitCost = (
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
