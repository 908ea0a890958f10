import { ascend } from './ascend.ts';
import { boundByPrices } from './bound-by-prices.ts';
import type { CoverProblem } from './cover-problem.ts';
import type { TypeCounts } from './cover-relaxation.ts';
import { layOutPrices, type PriceSystem, type TierPrices } from './price-system.ts';
import { newSoftShifts, softValue, type SoftShifts } from './soft-prices.ts';
import type { TierLink } from './tier-links.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';

/** What prices alone tell of tiers that are solved together. */
export interface PricedCover {
  /** Proved; usually within a percent or so of the relaxation's, a few where people are very short. */
  readonly bound: number;
  /** A fractional plan near the best one, as cumulative counts per tier and type. */
  readonly counts: readonly (readonly TypeCounts[])[];
  /** Operators on duty in that plan, per tier and slot. */
  readonly cover: readonly Float64Array[];
  /** A better bound, by going on from there until it is `enough`: within a few tenths of a percent at most. */
  readonly sharperBound: (enough: number) => number;
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
  { shift: 0.04, slot: 0.14, steps: 60, settled: 1e-6 },
  { shift: 0.011, slot: 0.055, steps: 100, settled: 1e-6 },
  { shift: 0.0042, slot: 0.028, steps: 150, settled: 1e-6 },
  { shift: 0.002, slot: 0.0115, steps: 250, settled: 1e-6 },
];

/** Where the bound alone is wanted: the plan that goes with such prices is no better a start. Quickly, then with care. */
const sharperStages: readonly Stage[] = [
  { shift: 0.001, slot: 0.006, steps: 500, settled: 1e-6 },
  { shift: 0.0005, slot: 0.003, steps: 300, settled: 1e-6 },
  { shift: 0.00025, slot: 0.0015, steps: 300, settled: 1e-6 },
  { shift: 0.000125, slot: 0.00075, steps: 200, settled: 1e-6 },
  { shift: 0.0005, slot: 0.003, steps: 300, settled: 1e-7 },
  { shift: 0.00025, slot: 0.0015, steps: 300, settled: 1e-7 },
  { shift: 0.0007, slot: 0.004, steps: 500, settled: 1e-7 },
  { shift: 0.00025, slot: 0.0015, steps: 300, settled: 1e-7 },
  { shift: 0.000125, slot: 0.00075, steps: 300, settled: 1e-7 },
];

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
    meanOver(system, ({ cost, lengthSlots }) => cost / lengthSlots),
  );
  const keep = (point: Float64Array): void => {
    for (let i = system.tiers.length * system.slots; i < point.length; i += 1)
      point[i] = Math.max(0, valueAt(point, i));
  };
  const soft = newSoftShifts(system);
  const climbAt = ({ shift, slot, steps, settled }: Stage): number => {
    const softness = { shift: shift * shiftPrice, slot: slot * slotPrice };
    const value = (point: Float64Array, gradient: Float64Array): number =>
      softValue(system, point, softness, soft, gradient);
    ascend(prices, value, keep, { steps, firstScale: 2e-3 * slotPrice, settled });
    value(prices, new Float64Array(system.size));
    return boundByPrices(system, prices);
  };
  const bound = Math.max(...stages.map(climbAt));
  return {
    bound,
    counts: system.tiers.map((tier, k) => countsOf(tier, k, system.slots, soft)),
    cover: system.tiers.map((tier, k) => coverOf(tier, k, system.slots, soft)),
    sharperBound: (enough) =>
      sharperStages.reduce((best, stage) => (best >= enough ? best : Math.max(best, climbAt(stage))), bound),
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
    const started: number[] = [];
    const breakStarted = shift.breaks.map(() => new Float64Array(2 * slots));
    let count = 0;
    for (const { index, slot, breaks } of tier.starts.filter((start) => start.type === type)) {
      const shifts = soft.shifts[k]?.[index] ?? 0;
      count += shifts;
      started.push(count);
      for (const [b, { earliest }] of breaks.entries()) {
        const at = breakStarted[b];
        for (const [i, share] of (soft.places[k]?.[index]?.[b] ?? []).entries()) {
          const t = slot + earliest + i;
          if (at !== undefined) addAt(at, t, shifts * share);
        }
      }
    }
    for (const at of breakStarted) for (let t = 1; t < at.length; t += 1) addAt(at, t, valueAt(at, t - 1));
    return { started: Float64Array.from(started), breakStarted };
  });

const coverOf = (tier: TierPrices, k: number, slots: number, soft: SoftShifts): Float64Array => {
  const cover = new Float64Array(slots);
  const add = (t: number, by: number): void => {
    addAt(cover, t % slots, by);
  };
  for (const { index, slot, shift, breaks } of tier.starts) {
    const shifts = soft.shifts[k]?.[index] ?? 0;
    for (let t = slot; t < slot + shift.lengthSlots; t += 1) add(t, shifts);
    for (const [b, { earliest, lengthSlots }] of breaks.entries()) {
      for (const [i, share] of (soft.places[k]?.[index]?.[b] ?? []).entries()) {
        for (let t = 0; t < lengthSlots; t += 1) add(slot + earliest + i + t, -shifts * share);
      }
    }
  }
  return cover;
};
