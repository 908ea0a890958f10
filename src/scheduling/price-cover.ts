import type { Random } from '../kernel/random.ts';
import { sumOf } from '../kernel/statistics.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';
import { costOfTours, type CoverProblem, type Tour } from './cover-problem.ts';
import {
  layOutPrices,
  softLimitCost,
  type PricedStart,
  type PriceSystem,
  SoftShifts,
  sumPrices,
  type TierPrices,
} from './soft-prices.ts';
import type { TierLink } from './tier-links.ts';
import { trimTours } from './trim-tours.ts';

interface PricedCover {
  /** Proved; usually within a percent or so of the relaxation's, a few where people are very short. */
  readonly bound: number;
  /** Climbs on from where it stands: a bound that is at least as sharp, for half as much time again. */
  readonly sharpen: () => number;
  /** A fractional plan near the best one, as cumulative counts per tier and type. */
  readonly counts: readonly (readonly TypeCounts[])[];
}

/** Softness in shares of a shift's and of a slot's price, and most steps of ascent at it. */
interface Stage {
  readonly shift: number;
  readonly slot: number;
  readonly steps: number;
  /** A step that gains less than this share of the value is the last. */
  readonly settled: number;
}

const stageAt = (shift: number): Stage => ({ shift, slot: 4 * shift, steps: 60, settled: 1e-5 });
const stages = [0.1, 0.03, 0.012, 0.012, 0.006, 0.006, 0.003, 0.003, 0.0015, 0.0015, 0.0008].map(stageAt);
/** Where the first ones leave the search too far from its bound. */
const sharperStages = [0.006, 0.003, 0.0015, 0.0008, 0.0008, 0.0004].map(stageAt);

/** A group of which less than this log of a share is left is used up: a gain of its shifts is bounded by the rule. */
const usedUp = -5;

/**
 * Prices by which the tiers' shifts could be bought, found by ascent of the softened dual: a bound and a
 * fractional plan in a tenth of the time that the exact relaxation takes, since each shift is priced by
 * itself and no system of equations is solved. Nothing is drawn at random.
 */
export const priceCover = (problems: readonly CoverProblem[], links: readonly TierLink[]): PricedCover => {
  const system = layOutPrices(problems, links);
  const point = usualPrices(system);
  const prices = point.slice();
  const shiftPrice = Math.max(
    1e-6,
    meanOver(system, ({ cost }) => cost),
  );
  const slotPrice = Math.max(
    1e-6,
    // Where there are no shifts at all, what a missing operator costs.
    ...system.tiers.map(({ problem }) => (problem.types.length === 0 ? problem.underPrice : 0)),
    meanOver(system, ({ cost, lengthSlots }) => cost / lengthSlots),
  );
  const soft = new SoftShifts(system);
  const climbAt = ({ shift, slot, steps, settled }: Stage): number => {
    const softness = { shift: shift * shiftPrice, slot: slot * slotPrice };
    const value = (at: Float64Array, gradient: Float64Array): number => {
      pricesAt(system, at, prices);
      const reached = soft.value(prices, softness, gradient);
      gradientAtPoint(system, gradient);
      return reached;
    };
    ascend(point, value, { steps, firstScale: 2e-3 * slotPrice, settled });
    value(point, new Float64Array(system.size));
    soft.leanOn();
    const held = soft.tiers.map(({ unused }) => Array.from(unused.now, (log) => log < usedUp));
    return Math.max(boundByPrices(system, prices), boundByPrices(system, prices, held));
  };
  const bound = Math.max(...stages.map(climbAt));
  return {
    bound,
    sharpen: () => Math.max(bound, ...sharperStages.map(climbAt)),
    counts: system.tiers.map((tier, k) => countsOf(tier, k, system.slots, soft)),
  };
};

const meanOver = ({ tiers }: PriceSystem, of: (type: CoverProblem['types'][number]) => number): number => {
  const all = tiers.flatMap(({ problem }) => problem.types.map(of));
  return sumOf(all) / Math.max(1, all.length);
};

/** Where to start: what a working slot of the tier's cheapest shift costs. */
const usualPrices = (system: PriceSystem): Float64Array => {
  const prices = new Float64Array(system.size);
  for (const { problem, offset } of system.tiers) {
    const rates = problem.types.map(
      ({ cost, lengthSlots, breaks }) =>
        cost / Math.max(1, lengthSlots - breaks.reduce((sum, pause) => sum + pause.lengthSlots, 0)),
    );
    prices.fill(Math.min(problem.underPrice, ...rates), offset, offset + system.slots);
  }
  return prices;
};

const countsOf = (tier: TierPrices, k: number, slots: number, soft: SoftShifts): TypeCounts[] =>
  tier.problem.types.map((shift, type) => {
    const softTier = valueAt(soft.tiers, k);
    const started: number[] = [];
    const breakStarted = shift.breaks.map(() => new Float64Array(2 * slots));
    let count = 0;
    for (const start of tier.starts.filter((one) => one.type === type)) {
      const { index, slot, breaks } = start;
      const shifts = valueAt(softTier.counts, index);
      count += shifts;
      started.push(count);
      for (const [b, { earliest }] of breaks.entries()) {
        const at = valueAt(breakStarted, b);
        for (const [i, share] of softTier.placesOf(index, b).entries())
          addAt(at, slot + earliest + i, shifts * share);
      }
    }
    for (const at of breakStarted) for (let t = 1; t < at.length; t += 1) addAt(at, t, valueAt(at, t - 1));
    return { started: Float64Array.from(started), breakStarted };
  });

/** A smooth concave function: fills the gradient, returns the value. */
type SmoothValue = (point: Float64Array, gradient: Float64Array) => number;

const memory = 8;
const mostHalvings = 12;
const sufficient = 1e-4;

interface Pair {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly inverse: number;
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
};

const addTimes = (to: Float64Array, factor: number, from: Float64Array): void => {
  for (let i = 0; i < to.length; i += 1) to[i] = (to[i] ?? 0) + factor * (from[i] ?? 0);
};

/** The direction of limited-memory BFGS (Nocedal 1980, two loops). */
const directionOf = (gradient: Float64Array, pairs: readonly Pair[], firstScale: number): Float64Array => {
  const direction = gradient.slice();
  const alphas: number[] = [];
  for (const pair of pairs.toReversed()) {
    const alpha = pair.inverse * dot(pair.moved, direction);
    alphas.push(alpha);
    addTimes(direction, -alpha, pair.turned);
  }
  const last = pairs.at(-1);
  const scale = last === undefined ? firstScale : 1 / (last.inverse * dot(last.turned, last.turned));
  for (let i = 0; i < direction.length; i += 1) direction[i] = (direction[i] ?? 0) * scale;
  for (const [i, pair] of pairs.entries()) {
    const alpha = alphas[pairs.length - 1 - i] ?? 0;
    addTimes(direction, alpha - pair.inverse * dot(pair.turned, direction), pair.moved);
  }
  return direction;
};

/**
 * Climbs from `point` (changed in place) for at most `steps` steps of limited-memory BFGS with backtracking,
 * until three steps in a row gain less than the share `settled` of the value.
 */
const ascend = (
  point: Float64Array,
  value: SmoothValue,
  limits: { readonly steps: number; readonly firstScale: number; readonly settled: number },
): void => {
  let gradient = new Float64Array(point.length);
  let now = value(point, gradient);
  const pairs: Pair[] = [];
  let small = 0;
  for (let step = 0; step < limits.steps; step += 1) {
    const direction = directionOf(gradient, pairs, limits.firstScale);
    const slope = dot(direction, gradient);
    if (!(slope > 0)) {
      if (pairs.length === 0) return;
      pairs.length = 0;
      continue;
    }
    const next = new Float64Array(point.length);
    const nextGradient = new Float64Array(point.length);
    let reached = -Infinity;
    let length = 1;
    for (let halving = 0; halving < mostHalvings; halving += 1, length *= 0.4) {
      next.set(point);
      addTimes(next, length, direction);
      reached = value(next, nextGradient);
      if (reached >= now + sufficient * length * slope) break;
      reached = -Infinity;
    }
    if (reached === -Infinity) {
      if (pairs.length === 0) return;
      pairs.length = 0;
      continue;
    }
    rememberStep(pairs, point, next, gradient, nextGradient);
    const gain = reached - now;
    point.set(next);
    gradient = nextGradient;
    now = reached;
    small = gain < limits.settled * Math.abs(now) ? small + 1 : 0;
    if (small > 2) return;
  }
};

const rememberStep = (
  pairs: Pair[],
  from: Float64Array,
  to: Float64Array,
  gradient: Float64Array,
  nextGradient: Float64Array,
): void => {
  const moved = to.map((value, i) => value - (from[i] ?? 0));
  const turned = gradient.map((value, i) => value - (nextGradient[i] ?? 0));
  const curvature = dot(moved, turned);
  if (curvature <= 1e-9) return;
  pairs.push({ moved, turned, inverse: 1 / curvature });
  if (pairs.length > memory) pairs.shift();
};

/**
 * A proved bound from any prices (Lagrangian duality): no plan costs less than what the prices say of each
 * slot, shift and limit by itself. Prices are first made admissible: within what a missing or an idle operator
 * costs, no two linked tiers further apart than lending costs, and no shift at a gain where no rule bounds
 * how many of it there are.
 */
export const boundByPrices = (
  system: PriceSystem,
  found: Float64Array,
  held?: readonly (readonly boolean[])[],
): number => {
  const prices = found.slice();
  for (const tier of system.tiers) keepWithinCover(tier, prices, system.slots);
  closeLinks(system, prices);
  for (const [k, tier] of system.tiers.entries()) {
    const isHeld = held?.[k] ?? tier.groups.map(() => true);
    lowerToCost(tier, prices, system.slots, isHeld);
    scaleToCost(tier, prices, system.slots, isHeld);
  }
  closeLinks(system, prices);
  let bound = 0;
  for (const tier of system.tiers)
    bound += valueOfSlots(tier, prices, system.slots) + valueOfShifts(tier, prices, system.slots);
  return bound;
};

const keepWithinCover = (
  { problem, offset, loose }: TierPrices,
  prices: Float64Array,
  slots: number,
): void => {
  const most = problem.deepUnderPrice ?? problem.severeUnderPrice;
  for (let t = offset; t < offset + slots; t += 1) {
    prices[t] = Math.min(most, Math.max(-problem.overPrice, prices[t] ?? 0));
  }
  for (const { at } of loose) prices[at] = Math.max(0, prices[at] ?? 0);
};

/** Lowers prices until nobody gains by lending: one pass per tier reaches the end of every chain. */
const closeLinks = ({ tiers, links, slots }: PriceSystem, prices: Float64Array): void => {
  for (let pass = 0; pass < tiers.length; pass += 1) {
    for (const { from, to, price } of links) {
      for (let t = 0; t < slots; t += 1) {
        const most = (prices[from * slots + t] ?? 0) + price;
        if ((prices[to * slots + t] ?? 0) > most) prices[to * slots + t] = most;
      }
    }
  }
};

/** What a shift covers at these sums of prices, each break at its cheapest place. */
const worthOf = ({ slot, shift, breaks }: PricedStart, sums: Float64Array): number => {
  let worth = (sums[slot + shift.lengthSlots] ?? 0) - (sums[slot] ?? 0);
  for (const { lengthSlots, earliest, latest } of breaks) {
    let least = Infinity;
    for (let t = slot + earliest; t <= slot + latest; t += 1) {
      least = Math.min(least, (sums[t + lengthSlots] ?? 0) - (sums[t] ?? 0));
    }
    worth -= least;
  }
  return worth;
};

/** Whether a rule that binds bounds how many shifts of this start there are. */
const isBounded = ({ group }: PricedStart, isHeld: readonly boolean[]): boolean => isHeld[group] === true;

/** Where a shift is worth more than it costs, lowers the prices of its slots alone. */
const lowerToCost = (
  tier: TierPrices,
  prices: Float64Array,
  slots: number,
  isHeld: readonly boolean[],
): void => {
  const sums = new Float64Array(3 * slots + 1);
  for (const start of tier.starts) {
    if (isBounded(start, isHeld)) continue;
    const { slot, shift } = start;
    const cost = shift.cost + softLimitCost(tier.loose, prices, start.type, start.slot);
    for (let pass = 0; pass < 3; pass += 1) {
      for (let t = slot; t < slot + shift.lengthSlots; t += 1)
        sums[t + 1] = (t === slot ? 0 : (sums[t] ?? 0)) + (prices[tier.offset + (t % slots)] ?? 0);
      sums[slot] = 0;
      const beyond = worthOf(start, sums) - cost;
      if (beyond <= 1e-9 * cost) break;
      let paid = 0;
      for (let t = slot; t < slot + shift.lengthSlots; t += 1)
        paid += Math.max(0, prices[tier.offset + (t % slots)] ?? 0);
      const factor = Math.max(0, 1 - beyond / Math.max(1e-12, paid));
      for (let t = slot; t < slot + shift.lengthSlots; t += 1) {
        const at = tier.offset + (t % slots);
        if ((prices[at] ?? 0) > 0) prices[at] = (prices[at] ?? 0) * factor;
      }
    }
  }
};

/** Scales a tier's prices down until no shift outside a limit is worth more than it costs. */
const scaleToCost = (
  tier: TierPrices,
  prices: Float64Array,
  slots: number,
  isHeld: readonly boolean[],
): void => {
  const sums = new Float64Array(3 * slots + 1);
  sumPrices(prices, tier.offset, slots, sums);
  let factor = 1;
  for (const start of tier.starts) {
    if (isBounded(start, isHeld)) continue;
    const worth = worthOf(start, sums);
    const cost = start.shift.cost + softLimitCost(tier.loose, prices, start.type, start.slot);
    if (worth > cost) factor = Math.min(factor, cost / worth);
  }
  if (factor === 1) return;
  const safe = factor * (1 - 1e-12);
  for (let t = tier.offset; t < tier.offset + slots; t += 1) prices[t] = (prices[t] ?? 0) * safe;
};

const valueOfSlots = ({ problem, offset }: TierPrices, prices: Float64Array, slots: number): number => {
  let value = 0;
  for (let t = 0; t < slots; t += 1) value += leastOfSlot(problem, t, prices[offset + t] ?? 0);
  return value;
};

/** Least of a slot's price of cover plus what that cover is worth, over all covers: no more is missing than is needed. */
const leastOfSlot = (problem: CoverProblem, slot: number, price: number): number => {
  const demand = problem.demand[slot] ?? 0;
  let least = demand * price;
  if (price <= problem.underPrice) return least;
  const mild = Math.min(problem.mildUnder[slot] ?? 0, demand);
  least -= mild * (price - problem.underPrice);
  if (price <= problem.severeUnderPrice || problem.deepUnderPrice === undefined) return least;
  const deep = Math.min(problem.deepUnder?.[slot] ?? 0, demand);
  return least - Math.max(0, deep - mild) * (price - problem.severeUnderPrice);
};

/** Least that shifts can add within their limits: a gain counts as often as its group allows. */
const valueOfShifts = (tier: TierPrices, prices: Float64Array, slots: number): number => {
  const sums = new Float64Array(3 * slots + 1);
  sumPrices(prices, tier.offset, slots, sums);
  const best = new Float64Array(tier.groups.length);
  for (const start of tier.starts) {
    const left =
      start.shift.cost + softLimitCost(tier.loose, prices, start.type, start.slot) - worthOf(start, sums);
    if (start.group >= 0) best[start.group] = Math.min(best[start.group] ?? 0, left);
  }
  let value = 0;
  for (const [g, { most }] of tier.groups.entries()) value += most * (best[g] ?? 0);
  for (const { at, limit } of tier.loose) value -= limit.most * (prices[at] ?? 0);
  return value;
};

/** Cumulative counts of one type: `started[i]` up to its i-th allowed start; per break, per unrolled slot. */
export interface TypeCounts {
  readonly started: Float64Array;
  readonly breakStarted: readonly Float64Array[];
}

/**
 * Whole shifts from a relaxation's cumulative counts: floor(count + θ) with one θ per shift type for its
 * starts and breaks alike. Rounding keeps the order between the counts, so every shift still gets each of
 * its breaks within the window; cover moves by less than one operator per type and break. Shifts beyond a
 * limit are dropped again. Tries `attempts` sets of θ and returns the cheapest.
 */
export const roundCover = (
  problem: CoverProblem,
  counts: readonly TypeCounts[],
  random: Random,
  attempts: number,
): Tour[] => {
  let best: Tour[] = [];
  let bestCost = Infinity;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const rounded = counts.flatMap((count, type) => roundType(problem, type, count, random.uniform()));
    const tours = trimTours(problem, rounded);
    const cost = costOfTours(problem, tours);
    if (cost < bestCost) {
      bestCost = cost;
      best = tours;
    }
  }
  return best;
};

// Interior points end a hair below whole numbers.
const slack = 1e-6;

const roundType = (problem: CoverProblem, type: number, counts: TypeCounts, theta: number): Tour[] => {
  const shift = valueAt(problem.types, type);
  const starts = unitsOf(counts.started, theta).map((i) => shift.starts[i] ?? 0);
  const breakStarts = counts.breakStarted.map((started) => unitsOf(started, theta));
  return starts.map((start, n) => ({
    type,
    start,
    breakOffsets: shift.breaks.map(({ earliest, latest }, k) =>
      Math.min(latest, Math.max(earliest, (breakStarts[k]?.[n] ?? start + earliest) - start)),
    ),
  }));
};

/** Positions at which the rounded cumulative count steps up, one entry per unit. */
const unitsOf = (cumulative: Float64Array, theta: number): number[] => {
  const units: number[] = [];
  for (const [i, value] of cumulative.entries()) {
    const count = Math.floor(value + theta + slack * (1 - theta));
    while (units.length < count) units.push(i);
  }
  return units;
};

/**
 * A limit that is dearer makes shifts dearer, and so what all its slots are worth: a point of the ascent holds what slots
 * are worth beyond that, and climbs over both at once. Prices of a point:
 */
const pricesAt = ({ tiers }: PriceSystem, point: Float64Array, prices: Float64Array): void => {
  prices.set(point);
  for (const { offset, loose } of tiers)
    for (const { at, limit, perSlot } of loose) {
      const rise = perSlot * (point[at] ?? 0);
      for (let t = offset + limit.from; t < offset + limit.to; t += 1) prices[t] = (prices[t] ?? 0) + rise;
    }
};

/** The gradient by the point, from the one by its prices. */
const gradientAtPoint = ({ tiers }: PriceSystem, gradient: Float64Array): void => {
  for (const { offset, loose } of tiers)
    for (const { at, limit, perSlot } of loose) {
      let sum = 0;
      for (let t = offset + limit.from; t < offset + limit.to; t += 1) sum += gradient[t] ?? 0;
      gradient[at] = (gradient[at] ?? 0) + perSlot * sum;
    }
};
