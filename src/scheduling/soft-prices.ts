import type { CoverProblem, ShiftBreak, ShiftType, StartLimit } from './cover-problem.ts';
import type { TierLink } from './tier-links.ts';

/** How sharply choices follow prices: shifts and breaks in money per shift, cover in money per slot. */
interface Softness {
  readonly shift: number;
  readonly slot: number;
}

/**
 * Choices as they are leant to before prices speak, and as they are at the prices last looked at. Between none and all
 * that there can be, a choice is a log-odds; among the places of a break, the log of its share.
 */
export interface SoftShifts {
  readonly tiers: readonly TierChoices[];
  /** Per link and slot. */
  readonly lent: readonly Leaning[];
}

interface TierChoices {
  /** Most shifts that a start can come to. */
  readonly most: number;
  /** Per start: log-odds of a shift there, or in a group the log of its share of all that the group allows. */
  readonly shifts: Leaning;
  /** Per group, the log of the share that is not used. */
  readonly unused: Leaning;
  /** Per start and break, the places in its window. */
  readonly places: readonly (readonly Leaning[])[];
  readonly over: Leaning;
  readonly steps: readonly Leaning[];
}

interface Leaning {
  readonly before: Float64Array;
  readonly now: Float64Array;
}

/** Choices that lean by no more than this: what was given up may come back. */
const mostLeaning = 9;

const leaning = (length: number, value: number): Leaning => ({
  before: new Float64Array(length).fill(value),
  now: new Float64Array(length),
});

export const newSoftShifts = (system: PriceSystem): SoftShifts => ({
  tiers: system.tiers.map(({ problem, starts, groups, steps }) => {
    const most = problem.demand.reduce((peak, heads) => Math.max(peak, heads), 2);
    return {
      most,
      shifts: leaning(starts.length, 0),
      unused: leaning(groups.length, 0),
      places: starts.map(({ breaks }) =>
        breaks.map(({ earliest, latest }) =>
          leaning(latest - earliest + 1, -Math.log(latest - earliest + 1)),
        ),
      ),
      over: leaning(system.slots, 0),
      steps: steps.map(() => leaning(system.slots, 0)),
    };
  }),
  lent: system.links.map(() => leaning(system.slots, 0)),
});

/** Lets choices lean from here on to what they are now (the proximal point method, with entropies for distances). */
export const leanOn = ({ tiers, lent }: SoftShifts): void => {
  for (const { shifts, unused, places, over, steps } of tiers) {
    for (const one of [shifts, unused, over, ...steps, ...places.flat()]) settleLeaning(one);
  }
  for (const one of lent) settleLeaning(one);
};

const settleLeaning = ({ before, now }: Leaning): void => {
  for (let i = 0; i < before.length; i += 1)
    before[i] = Math.min(mostLeaning, Math.max(-mostLeaning, now[i] ?? 0));
};

/**
 * The dual value of prices with every sharp choice made soft (Nesterov 2005) around what it leant to before: nothing is
 * lost by the softness once choices lean to where they are best. Returns the value and fills the gradient.
 */
export const softValue = (
  system: PriceSystem,
  prices: Float64Array,
  softness: Softness,
  soft: SoftShifts,
  gradient: Float64Array,
): number => {
  gradient.fill(0);
  let value = 0;
  for (const [k, tier] of system.tiers.entries()) {
    const choices = soft.tiers[k];
    if (choices === undefined) continue;
    value += addCover(tier, choices, prices, softness.slot, gradient, system.slots);
    value += addShifts(tier, choices, system.slots, prices, softness.shift, gradient);
    for (const { at, limit } of tier.loose) {
      value -= limit.most * (prices[at] ?? 0);
      gradient[at] = (gradient[at] ?? 0) - limit.most;
    }
  }
  return value + addLinks(system, soft, prices, softness.slot, gradient);
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
    ramped.plus = Math.max(0, x) + Math.log1p(e);
    ramped.share = (x > 0 ? 1 : e) / (1 + e);
  }
};

/** A choice that gains `gain` in units of the softness: what it is worth, soft; leaves its share in `ramped`. */
const choose = (choice: Leaning, i: number, gain: number): number => {
  const lean = choice.before[i] ?? 0;
  const odds = gain + lean;
  choice.now[i] = odds;
  climbRamp(lean);
  const without = ramped.plus;
  climbRamp(odds);
  return ramped.plus - without;
};

const addCover = (
  { problem, offset, steps }: TierPrices,
  choices: TierChoices,
  prices: Float64Array,
  ramp: number,
  gradient: Float64Array,
  slots: number,
): number => {
  let value = 0;
  for (let t = 0; t < slots; t += 1) {
    const price = prices[offset + t] ?? 0;
    const demand = problem.demand[t] ?? 0;
    // Ends of shifts may leave idle half as many as the busiest slot needs.
    const width = Math.max(2, choices.most / 2);
    value += demand * price - width * ramp * choose(choices.over, t, -(price + problem.overPrice) / ramp);
    let cover = demand + width * ramped.share;
    for (let k = 0; k < steps.length; k += 1) {
      const step = steps[k];
      const choice = choices.steps[k];
      const operators = step?.operators[t] ?? 0;
      if (step === undefined || choice === undefined || operators === 0) continue;
      value -= operators * ramp * choose(choice, t, (price - step.price) / ramp);
      cover -= operators * ramped.share;
    }
    gradient[offset + t] = (gradient[offset + t] ?? 0) + cover;
  }
  return value;
};

/** e to the minus this adds nothing to a sum of one and more. */
const beyondSum = 45;

/** Price left of a shift after what it covers; leaves the logs of the shares of its breaks' places. */
const softLeft = (
  start: PricedStart,
  sums: Float64Array,
  softness: number,
  places: readonly Leaning[],
): number => {
  const { slot, shift, breaks } = start;
  let left = shift.cost - (sums[slot + shift.lengthSlots] ?? 0) + (sums[slot] ?? 0);
  for (let b = 0; b < breaks.length; b += 1) {
    const pause = breaks[b];
    const place = places[b];
    if (pause === undefined || place === undefined) continue;
    const { before, now } = place;
    const first = slot + pause.earliest;
    let most = -Infinity;
    for (let i = 0; i < now.length; i += 1) {
      const worth = (sums[first + i + pause.lengthSlots] ?? 0) - (sums[first + i] ?? 0);
      const odds = (before[i] ?? 0) - worth / softness;
      now[i] = odds;
      if (odds > most) most = odds;
    }
    let all = 0;
    for (let i = 0; i < now.length; i += 1) {
      const behind = most - (now[i] ?? 0);
      if (behind < beyondSum) all += Math.exp(-behind);
    }
    const log = most + Math.log(all);
    for (let i = 0; i < now.length; i += 1) now[i] = (now[i] ?? 0) - log;
    left -= softness * log;
  }
  return left;
};

/** Shares this small change no cover worth the name. */
const nothing = 1e-9;

const addShifts = (
  tier: TierPrices,
  choices: TierChoices,
  slots: number,
  prices: Float64Array,
  softness: number,
  gradient: Float64Array,
): number => {
  const sums = new Float64Array(3 * slots + 1);
  sumPrices(prices, tier.offset, slots, sums);
  const { shifts, unused, places, most } = choices;
  const highest = unused.before.slice();
  let value = 0;
  for (const { index, group, type, slot, ...start } of tier.starts) {
    const left =
      softLeft({ index, group, type, slot, ...start }, sums, softness, places[index] ?? []) +
      looseCost(tier.loose, prices, type, slot);
    if (group < 0) value -= softness * most * choose(shifts, index, -left / softness);
    else {
      const odds = (shifts.before[index] ?? 0) - left / softness;
      shifts.now[index] = odds;
      if (odds > (highest[group] ?? 0)) highest[group] = odds;
    }
  }
  value -= softness * shareOut(tier, choices, highest);
  subtractCover(tier, choices, slots, gradient);
  return value;
};

/** Shares out what each group allows by the log-odds in `now`, which become logs of shares; answers the sum of gains. */
const shareOut = (
  { starts, groups }: TierPrices,
  { shifts, unused }: TierChoices,
  highest: Float64Array,
): number => {
  const all = highest.map((most, g) => Math.exp((unused.before[g] ?? 0) - most));
  const before = highest.map((_, g) => Math.exp(unused.before[g] ?? 0));
  for (const { index, group } of starts) {
    if (group < 0) continue;
    all[group] = (all[group] ?? 0) + Math.exp((shifts.now[index] ?? 0) - (highest[group] ?? 0));
    before[group] = (before[group] ?? 0) + Math.exp(shifts.before[index] ?? 0);
  }
  const logs = all.map((sum, g) => (highest[g] ?? 0) + Math.log(sum));
  for (const { index, group } of starts) {
    if (group >= 0) shifts.now[index] = (shifts.now[index] ?? 0) - (logs[group] ?? 0);
  }
  let gain = 0;
  for (const [g, { most }] of groups.entries()) {
    unused.now[g] = (unused.before[g] ?? 0) - (logs[g] ?? 0);
    gain += most * ((logs[g] ?? 0) - Math.log(before[g] ?? 1));
  }
  return gain;
};

/** Shifts of a start, as chosen at the prices last looked at. */
export const shiftsOf = (
  { groups }: TierPrices,
  { shifts, most }: TierChoices,
  { index, group }: PricedStart,
): number => {
  const now = shifts.now[index] ?? 0;
  return group < 0 ? most / (1 + Math.exp(-now)) : (groups[group]?.most ?? 0) * Math.exp(now);
};

/** Takes the shifts' cover off the gradient of their slots, and adds their use of the loose limits. */
const subtractCover = (
  tier: TierPrices,
  choices: TierChoices,
  slots: number,
  gradient: Float64Array,
): void => {
  const step = new Float64Array(3 * slots + 1);
  for (const start of tier.starts) {
    const { index, type, slot, shift, breaks } = start;
    const count = shiftsOf(tier, choices, start);
    if (count < nothing) continue;
    step[slot] = (step[slot] ?? 0) + count;
    step[slot + shift.lengthSlots] = (step[slot + shift.lengthSlots] ?? 0) - count;
    for (const { at, limit } of tier.loose) {
      if (slot >= limit.from && slot < limit.to)
        gradient[at] = (gradient[at] ?? 0) + count * (limit.weights[type] ?? 0);
    }
    for (let b = 0; b < breaks.length; b += 1) {
      const now = choices.places[index]?.[b]?.now ?? new Float64Array(0);
      const first = slot + (breaks[b]?.earliest ?? 0);
      const length = breaks[b]?.lengthSlots ?? 0;
      for (let i = 0; i < now.length; i += 1) {
        const part = count * Math.exp(now[i] ?? 0);
        step[first + i] = (step[first + i] ?? 0) - part;
        step[first + i + length] = (step[first + i + length] ?? 0) + part;
      }
    }
  }
  let cover = 0;
  for (let t = 0; t < 3 * slots; t += 1) {
    cover += step[t] ?? 0;
    gradient[tier.offset + (t % slots)] = (gradient[tier.offset + (t % slots)] ?? 0) - cover;
  }
};

/** Where a linked tier is worth more than lending to it costs, operators would flow. */
const addLinks = (
  { tiers, links, slots }: PriceSystem,
  soft: SoftShifts,
  prices: Float64Array,
  ramp: number,
  gradient: Float64Array,
): number => {
  let value = 0;
  for (const [i, { from, to, price }] of links.entries()) {
    const choice = soft.lent[i];
    if (choice === undefined) continue;
    const [a, b] = [from * slots, to * slots];
    for (let t = 0; t < slots; t += 1) {
      const most = 2 + (tiers[from]?.problem.demand[t] ?? 0) + (tiers[to]?.problem.demand[t] ?? 0);
      const gain = ((prices[b + t] ?? 0) - (prices[a + t] ?? 0) - price) / ramp;
      value -= most * ramp * choose(choice, t, gain);
      const flow = most * ramped.share;
      gradient[b + t] = (gradient[b + t] ?? 0) - flow;
      gradient[a + t] = (gradient[a + t] ?? 0) + flow;
    }
  }
  return value;
};

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
