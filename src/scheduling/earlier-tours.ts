import type { CoverProblem, Tour } from './cover-problem.ts';
import type { CoverRequest, PreviousShifts } from './cover-request.ts';
import { toursOf } from './previous-shifts.ts';
import type { ShiftGrid } from './shift-grid.ts';
import { keepTours, type CoverLimits } from './solve-cover.ts';
import { stayPricesOf } from './stay-prices.ts';
import type { TierLink } from './tier-links.ts';
import { trimTours } from './trim-tours.ts';

/** Earlier shifts by tier of the request. */
export const previousTours = (
  request: CoverRequest,
  { shifts }: PreviousShifts,
  grid: ShiftGrid,
): (readonly Tour[])[] => request.requirement.map(({ tier }) => toursOf(grid, tier, shifts));

/** Whether earlier shifts cost now what they did then: nothing that they depend on has changed, so nothing need move. */
export const costsAsBefore = (
  { previous }: CoverRequest,
  problems: readonly CoverProblem[],
  links: readonly TierLink[],
  tours: readonly (readonly Tour[])[],
): boolean => {
  const { cost } = keepTours(problems, links, tours);
  const keepsLimits = problems.every((problem, i) => {
    const own = tours[i] ?? [];
    return trimTours(problem, own).length === own.length;
  });
  return (
    keepsLimits &&
    previous !== undefined &&
    previous.otherChoice !== true &&
    Math.abs(cost - previous.cost) <= 1e-9 * previous.cost
  );
};

/** A group of tiers starts from its earlier shifts, and pays for moving them. */
export const startFrom = (
  { previous }: CoverRequest,
  grid: ShiftGrid,
  problems: readonly CoverProblem[],
  tours: readonly (readonly Tour[])[],
): NonNullable<CoverLimits['previous']> => ({
  tours,
  slotsPerDay: Math.round(1440 / grid.slotMinutes),
  prices: problems.map((problem) => stayPricesOf(problem, grid.slotMinutes)),
  gap: previous !== undefined && previous.bound > 0 ? previous.cost / previous.bound - 1 : 0,
});
