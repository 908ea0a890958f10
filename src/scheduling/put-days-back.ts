import type { CoverProblem, Tour } from './cover-problem.ts';
import { stayCost, type StayPrices } from './stay-prices.ts';
import { trimTours } from './trim-tours.ts';

/** A plan of the same tiers to start from. */
export interface Previous {
  /** Shifts by tier, and what moving away from them costs. */
  readonly tours: readonly (readonly Tour[])[];
  readonly prices: readonly StayPrices[];
  /** Relative distance of that plan from its bound. */
  readonly gap: number;
  readonly slotsPerDay: number;
}

export const noPrices: StayPrices = { shift: 0, pause: 0 };

/** What all tiers pay for shifts and breaks that are elsewhere than before. */
export const awayOfAll = (tours: readonly (readonly Tour[])[], { tours: before, prices }: Previous): number =>
  tours.reduce((sum, own, tier) => sum + stayCost(own, before[tier] ?? [], prices[tier] ?? noPrices), 0);

/**
 * Puts whole days back as they were, all tiers together, wherever the changes of a day do not pay: tiers are searched one
 * beside the other, and what each gains can be the same gain twice.
 */
export const putDaysBack = <
  S extends { readonly tours: readonly (readonly Tour[])[]; readonly cost: number },
>(
  problems: readonly CoverProblem[],
  found: S,
  previous: Previous,
  settle: (tours: readonly (readonly Tour[])[]) => S,
): S => {
  const worth = ({ tours, cost }: S): number => cost + awayOfAll(tours, previous);
  const slots = problems[0]?.slots ?? 0;
  let best = found;
  for (let from = 0; from < slots; from += previous.slotsPerDay) {
    const isOfDay = ({ start }: Tour): boolean => start >= from && start < from + previous.slotsPerDay;
    const tours = best.tours.map((own, tier) => [
      ...own.filter((tour) => !isOfDay(tour)),
      ...(previous.tours[tier] ?? []).filter(isOfDay),
    ]);
    if (!tours.every((own, tier) => keepsLimits(problems[tier], own))) continue;
    const back = settle(tours);
    if (worth(back) <= worth(best)) best = back;
  }
  return best;
};

const keepsLimits = (problem: CoverProblem | undefined, tours: readonly Tour[]): boolean =>
  problem !== undefined && trimTours(problem, tours).length === tours.length;
