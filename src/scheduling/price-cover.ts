import { ascend } from './ascend.ts';
import { boundByPrices } from './bound-by-prices.ts';
import type { CoverProblem } from './cover-problem.ts';
import type { TypeCounts } from './round-cover.ts';
import { layOutPrices, type PriceSystem, type TierPrices } from './price-system.ts';
import { leanOn, newSoftShifts, shiftsOf, softValue, type SoftShifts } from './soft-prices.ts';
import type { TierLink } from './tier-links.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';

/** What prices alone tell of tiers that are solved together. */
export interface PricedCover {
  /** Proved; usually within a percent or so of the relaxation's, a few where people are very short. */
  readonly bound: number;
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

const stages: readonly Stage[] = [
  { shift: 0.3, slot: 1.2, steps: 60, settled: 1e-5 },
  { shift: 0.1, slot: 0.4, steps: 60, settled: 1e-5 },
  { shift: 0.05, slot: 0.2, steps: 60, settled: 1e-5 },
  { shift: 0.025, slot: 0.1, steps: 60, settled: 1e-5 },
  { shift: 0.012, slot: 0.05, steps: 60, settled: 1e-5 },
  { shift: 0.012, slot: 0.05, steps: 60, settled: 1e-5 },
  { shift: 0.006, slot: 0.025, steps: 60, settled: 1e-5 },
  { shift: 0.006, slot: 0.025, steps: 60, settled: 1e-5 },
  { shift: 0.003, slot: 0.0125, steps: 60, settled: 1e-5 },
  { shift: 0.003, slot: 0.0125, steps: 60, settled: 1e-5 },
  { shift: 0.0015, slot: 0.006, steps: 60, settled: 1e-5 },
  { shift: 0.0015, slot: 0.006, steps: 60, settled: 1e-5 },
  { shift: 0.0015, slot: 0.006, steps: 60, settled: 1e-5 },
  { shift: 0.0008, slot: 0.003, steps: 60, settled: 1e-5 },
  { shift: 0.0008, slot: 0.003, steps: 60, settled: 1e-5 },
];

/** A group of which less than this log of a share is left is used up: a gain of its shifts is bounded by the rule. */
const usedUp = -5;

/**
 * Prices by which the tiers' shifts could be bought, found by ascent of the softened dual: a bound and a
 * fractional plan in a tenth of the time that the exact relaxation takes, since each shift is priced by
 * itself and no system of equations is solved. Nothing is drawn at random.
 */
export const priceCover = (problems: readonly CoverProblem[], links: readonly TierLink[]): PricedCover => {
  const system = layOutPrices(problems, links);
  const prices = usualPrices(system);
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
  const soft = newSoftShifts(system);
  const climbAt = ({ shift, slot, steps, settled }: Stage): number => {
    const softness = { shift: shift * shiftPrice, slot: slot * slotPrice };
    const value = (point: Float64Array, gradient: Float64Array): number =>
      softValue(system, point, softness, soft, gradient);
    ascend(prices, value, system.tiers.length * system.slots, {
      steps,
      firstScale: 2e-3 * slotPrice,
      settled,
    });
    value(prices, new Float64Array(system.size));
    leanOn(soft);
    const held = soft.tiers.map(({ unused }) => Array.from(unused.now, (log) => log < usedUp));
    return Math.max(boundByPrices(system, prices), boundByPrices(system, prices, held));
  };
  const bound = Math.max(...stages.map(climbAt));
  return {
    bound,
    counts: system.tiers.map((tier, k) => countsOf(tier, k, system.slots, soft)),
  };
};

const meanOver = ({ tiers }: PriceSystem, of: (type: CoverProblem['types'][number]) => number): number => {
  const all = tiers.flatMap(({ problem }) => problem.types.map(of));
  return all.reduce((sum, value) => sum + value, 0) / Math.max(1, all.length);
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
    const own = soft.tiers[k];
    const started: number[] = [];
    const breakStarted = shift.breaks.map(() => new Float64Array(2 * slots));
    let count = 0;
    for (const start of tier.starts.filter((one) => one.type === type)) {
      const { index, slot, breaks } = start;
      const shifts = own === undefined ? 0 : shiftsOf(tier, own, start);
      count += shifts;
      started.push(count);
      for (const [b, { earliest }] of breaks.entries()) {
        const at = breakStarted[b];
        for (const [i, share] of placesOf(soft, k, index, b).entries()) {
          const t = slot + earliest + i;
          if (at !== undefined) addAt(at, t, shifts * share);
        }
      }
    }
    for (const at of breakStarted) for (let t = 1; t < at.length; t += 1) addAt(at, t, valueAt(at, t - 1));
    return { started: Float64Array.from(started), breakStarted };
  });

/** Shares of the places of a break. */
const placesOf = (soft: SoftShifts, k: number, index: number, b: number): Float64Array =>
  (soft.tiers[k]?.places[index]?.[b]?.now ?? new Float64Array(0)).map(Math.exp);
