import type { TiersModel } from '../contract/models/tiers-model.ts';
import type { Horizon } from '../kernel/hotline.ts';
import { meanShrinkage } from '../kernel/shrinkage.ts';
import { sumOf } from '../kernel/statistics.ts';
import { addAt, valueAt } from '../kernel/value-at.ts';

type Work = NonNullable<TiersModel['deferrable']>[number];

export interface DeferrableRequest {
  readonly horizon: Horizon;
  readonly works: readonly Work[];
  readonly tiers: TiersModel['tiers'];
  /** Operators ready for calls, and those that calls need, by tier and interval. */
  readonly ready: readonly { readonly tier: string; readonly operators: Float64Array }[];
  readonly needed: readonly { readonly tier: string; readonly operators: ArrayLike<number> }[];
  /** First interval of each day and the one after its last, in order. */
  readonly days: readonly (readonly [from: number, to: number])[];
}

export interface PlacedWork {
  readonly work: string;
  /** Hours that come up over the horizon, and those of them that found a trough in time. */
  readonly hours: number;
  readonly placedHours: number;
  /** Cost of the rest at the cheapest tier that may do it, shrinkage included. */
  readonly unplacedCost: number;
  /** Operators at this work by tier (those that may do it) and interval; fractions are parts of the interval. */
  readonly placed: readonly { readonly tier: string; readonly operators: Float64Array }[];
}

/** Most operators that one step places: small steps level the troughs. */
const step = 0.5;

/**
 * Where does work that can wait (online requests, work orders, return calls) fit? Into operators on duty beyond
 * what calls need: day after day, what is due first goes first, and always to the interval and tier with most
 * operators to spare, so that calls keep the most room. As much is placed in time as can be (serving the
 * earliest due first is optimal for work of equal rank). Hours with no trough before they are due are left
 * over, with what they cost.
 */
export const placeDeferrable = (request: DeferrableRequest): readonly PlacedWork[] => {
  const { horizon, works, days } = request;
  const intervalHours = horizon.intervalMinutes / 60;
  const spare = request.ready.map(({ tier, operators }) => {
    const needed = request.needed.find((own) => own.tier === tier)?.operators;
    return operators.map((n, i) => Math.max(0, n - (needed?.[i] ?? 0)));
  });
  const tierNames = request.ready.map(({ tier }) => tier);
  const placed = works.map(() => request.ready.map(() => new Float64Array(horizon.count)));
  const batches: Batch[] = [];
  for (const [day, [from, to]] of days.entries()) {
    for (const [w, work] of works.entries())
      batches.push({ work: w, due: day + work.withinDays - 1, left: work.hoursPerDay / intervalHours });
    const open = batches.filter(({ due, left }) => due >= day && left > 0);
    for (const batch of open.toSorted((a, b) => a.due - b.due)) {
      const own = valueAt(works, batch.work);
      fillTroughs(batch, spare, tierNames.map(mayDo(own)), valueAt(placed, batch.work), from, to);
    }
  }
  return works.map((work, w) => summarise(request, work, valueAt(placed, w), intervalHours));
};

const mayDo =
  ({ tiers }: Work) =>
  (tier: string): boolean =>
    tiers?.includes(tier) ?? true;

/** A day's hours of one work, in operator-intervals, with the last day on which they may be done. */
interface Batch {
  readonly work: number;
  readonly due: number;
  left: number;
}

/** Places a batch within a day, each step where most operators are to spare. */
const fillTroughs = (
  batch: Batch,
  spare: readonly Float64Array[],
  may: readonly boolean[],
  placed: readonly Float64Array[],
  from: number,
  to: number,
): void => {
  while (batch.left > 1e-9) {
    let best = { tier: -1, interval: -1, room: 1e-9 };
    for (const [k, row] of spare.entries()) {
      if (may[k] !== true) continue;
      for (let i = from; i < to; i += 1) {
        const room = valueAt(row, i);
        if (room > best.room) best = { tier: k, interval: i, room };
      }
    }
    const [row, into] = [spare[best.tier], placed[best.tier]];
    if (row === undefined || into === undefined) return;
    const part = Math.min(step, best.room, batch.left);
    row[best.interval] = best.room - part;
    addAt(into, best.interval, part);
    batch.left -= part;
  }
};

const summarise = (
  { tiers, ready, days }: DeferrableRequest,
  work: Work,
  placed: readonly Float64Array[],
  intervalHours: number,
): PlacedWork => {
  const may = mayDo(work);
  const hours = work.hoursPerDay * days.length;
  const found = placed.reduce((sum, row) => sum + sumOf(row), 0) * intervalHours;
  const able = tiers.filter(({ tier }) => may(tier));
  const prices = (able.length > 0 ? able : tiers).map(
    ({ costPerHour, shrinkage }) => costPerHour / (1 - meanShrinkage(shrinkage)),
  );
  const missing = Math.max(0, hours - found);
  return {
    work: work.work,
    hours,
    placedHours: found,
    unplacedCost: missing > 1e-9 ? missing * Math.min(...prices) : 0,
    placed: ready.flatMap(({ tier }, k) => (may(tier) ? [{ tier, operators: valueAt(placed, k) }] : [])),
  };
};
