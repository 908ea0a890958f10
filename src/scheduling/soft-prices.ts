import { looseCost, sumPrices, type PricedStart, type PriceSystem, type TierPrices } from './price-system.ts';

/** How sharply choices follow prices: shifts and breaks in money per shift, cover in money per slot. */
export interface Softness {
  readonly shift: number;
  readonly slot: number;
}

/** Shares of the shifts and breaks at the prices last looked at, per tier. */
export interface SoftShifts {
  readonly shifts: readonly Float64Array[];
  /** Per tier, start and break: the share of each place in its window. */
  readonly places: readonly (readonly (readonly Float64Array[])[])[];
}

export const newSoftShifts = (system: PriceSystem): SoftShifts => ({
  shifts: system.tiers.map(({ starts }) => new Float64Array(starts.length)),
  places: system.tiers.map(({ starts }) =>
    starts.map(({ breaks }) => breaks.map(({ earliest, latest }) => new Float64Array(latest - earliest + 1))),
  ),
});

/**
 * The dual value of prices with every sharp choice made soft (Nesterov 2005): the cheapest place of a break and
 * the best shift of a group by log-sum-exp, steps in the price of cover by ramps. Smooth, so that its ascent is
 * quick, and nearer to the true value the smaller the softness. Returns the value and fills the gradient.
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
    value += addCover(tier, prices, softness.slot, gradient, system.slots);
    value += addShifts(tier, k, system.slots, prices, softness.shift, soft, gradient);
    for (const { at, limit } of tier.loose) {
      value -= limit.most * (prices[at] ?? 0);
      gradient[at] = (gradient[at] ?? 0) - limit.most;
    }
  }
  return value + addLinks(system, prices, softness.slot, gradient);
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

const addCover = (
  { problem, offset, steps }: TierPrices,
  prices: Float64Array,
  ramp: number,
  gradient: Float64Array,
  slots: number,
): number => {
  let value = 0;
  for (let t = 0; t < slots; t += 1) {
    const price = prices[offset + t] ?? 0;
    const demand = problem.demand[t] ?? 0;
    const width = Math.max(2, demand);
    climbRamp(-(price + problem.overPrice) / ramp);
    let cover = demand + width * ramped.share;
    value += demand * price - width * ramp * ramped.plus;
    for (let k = 0; k < steps.length; k += 1) {
      const step = steps[k];
      const operators = step?.operators[t] ?? 0;
      climbRamp((price - (step?.price ?? 0)) / ramp);
      value -= operators * ramp * ramped.plus;
      cover -= operators * ramped.share;
    }
    gradient[offset + t] = (gradient[offset + t] ?? 0) + cover;
  }
  return value;
};

/** e to the minus this adds nothing to a sum of one and more. */
const beyondSum = 45;

/** Price left of a shift after what it covers; leaves the shares of its breaks' places. */
const softLeft = (
  start: PricedStart,
  sums: Float64Array,
  softness: number,
  places: readonly Float64Array[],
): number => {
  const { slot, shift, breaks } = start;
  let left = shift.cost - (sums[slot + shift.lengthSlots] ?? 0) + (sums[slot] ?? 0);
  for (let b = 0; b < breaks.length; b += 1) {
    const pause = breaks[b];
    const share = places[b];
    if (pause === undefined || share === undefined) continue;
    const first = slot + pause.earliest;
    let least = Infinity;
    for (let i = 0; i < share.length; i += 1) {
      const worth = (sums[first + i + pause.lengthSlots] ?? 0) - (sums[first + i] ?? 0);
      share[i] = worth;
      if (worth < least) least = worth;
    }
    let all = 0;
    for (let i = 0; i < share.length; i += 1) {
      const behind = ((share[i] ?? 0) - least) / softness;
      all += share[i] = behind > beyondSum ? 0 : Math.exp(-behind);
    }
    for (let i = 0; i < share.length; i += 1) share[i] = (share[i] ?? 0) / all;
    left += least - softness * Math.log(all);
  }
  return left;
};

const addShifts = (
  tier: TierPrices,
  k: number,
  slots: number,
  prices: Float64Array,
  softness: number,
  soft: SoftShifts,
  gradient: Float64Array,
): number => {
  const sums = new Float64Array(3 * slots + 1);
  sumPrices(prices, tier.offset, slots, sums);
  const shifts = soft.shifts[k] ?? new Float64Array(0);
  const best = new Float64Array(tier.groups.length);
  for (const start of tier.starts) {
    const left =
      softLeft(start, sums, softness, soft.places[k]?.[start.index] ?? []) +
      looseCost(tier.loose, prices, start.type, start.slot);
    shifts[start.index] = left;
    best[start.group] = Math.min(best[start.group] ?? 0, left);
  }
  const all = best.map((least) => Math.exp(least / softness));
  for (const { index, group } of tier.starts) {
    const weight = Math.exp(((best[group] ?? 0) - (shifts[index] ?? 0)) / softness);
    shifts[index] = weight;
    all[group] = (all[group] ?? 0) + weight;
  }
  let value = 0;
  for (const [g, { most }] of tier.groups.entries()) {
    value += most * ((best[g] ?? 0) - softness * Math.log(all[g] ?? 1));
  }
  for (const { index, group } of tier.starts) {
    shifts[index] = ((shifts[index] ?? 0) * (tier.groups[group]?.most ?? 0)) / (all[group] ?? 1);
  }
  subtractCover(tier, slots, shifts, soft.places[k] ?? [], gradient);
  return value;
};

/** Shares this small change no cover worth the name. */
const nothing = 1e-9;

/** Takes the shifts' cover off the gradient of their slots, and adds their use of the loose limits. */
const subtractCover = (
  tier: TierPrices,
  slots: number,
  shifts: Float64Array,
  places: readonly (readonly Float64Array[])[],
  gradient: Float64Array,
): void => {
  const step = new Float64Array(3 * slots + 1);
  for (const { index, type, slot, shift, breaks } of tier.starts) {
    const count = shifts[index] ?? 0;
    if (count < nothing) continue;
    step[slot] = (step[slot] ?? 0) + count;
    step[slot + shift.lengthSlots] = (step[slot + shift.lengthSlots] ?? 0) - count;
    for (const { at, limit } of tier.loose) {
      if (slot >= limit.from && slot < limit.to) {
        gradient[at] = (gradient[at] ?? 0) + count * (limit.weights[type] ?? 0);
      }
    }
    for (let b = 0; b < breaks.length; b += 1) {
      const share = places[index]?.[b] ?? new Float64Array(0);
      const first = slot + (breaks[b]?.earliest ?? 0);
      const length = breaks[b]?.lengthSlots ?? 0;
      for (let i = 0; i < share.length; i += 1) {
        const part = count * (share[i] ?? 0);
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
  prices: Float64Array,
  ramp: number,
  gradient: Float64Array,
): number => {
  let value = 0;
  for (const { from, to, price } of links) {
    const [a, b] = [from * slots, to * slots];
    for (let t = 0; t < slots; t += 1) {
      climbRamp(((prices[b + t] ?? 0) - (prices[a + t] ?? 0) - price) / ramp);
      const most = 2 + (tiers[from]?.problem.demand[t] ?? 0) + (tiers[to]?.problem.demand[t] ?? 0);
      const flow = most * ramped.share;
      value -= most * ramp * ramped.plus;
      gradient[b + t] = (gradient[b + t] ?? 0) - flow;
      gradient[a + t] = (gradient[a + t] ?? 0) + flow;
    }
  }
  return value;
};
