import type { CoverProblem } from './cover-problem.ts';
import { schedulingFinding } from './scheduling-findings.ts';
import { valueAt } from '../kernel/value-at.ts';

/** What an operator missing beyond half the need costs, in severe prices. */
const deepFactor = 2;

/**
 * Prices a shortage of people so that it is shared out. With one price for all severe shortage it would all
 * fall on the hours that are dearest to staff, and nobody would be there at night: operators missing beyond
 * half the need, and the last one of all, cost twice the severe price. Prices stay convex.
 */
export const shareShortage = (problem: CoverProblem): CoverProblem => {
  const deepUnder = problem.demand.map((heads, slot) =>
    Math.max(Math.floor(heads / 2), Math.min(valueAt(problem.mildUnder, slot), heads - 1), 0),
  );
  return {
    ...problem,
    mildUnder: problem.mildUnder.map((mild, slot) => Math.min(mild, valueAt(deepUnder, slot))),
    deepUnder,
    deepUnderPrice: deepFactor * problem.severeUnderPrice,
  };
};

export const shortageSharedOut = schedulingFinding('shortage-shared-out', { factor: deepFactor });
