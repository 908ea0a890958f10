import { costOfTours, type CoverProblem, type Tour } from './cover-problem.ts';
import { createLimitUse } from './limit-use.ts';

/**
 * Makes every start keep the problem's minimum of operators: a start with too few is filled up or given up,
 * whichever is cheaper and within the limits. Giving up is always possible, so the rule always holds.
 */
export const settleSmallStarts = (problem: CoverProblem, tours: readonly Tour[]): readonly Tour[] => {
  if (problem.minimumPerStart <= 1) return tours;
  let settled = tours;
  for (const group of groupByStart(problem, tours).values()) {
    const first = group[0];
    if (first === undefined || group.length >= problem.minimumPerStart) continue;
    const others = settled.filter((tour) => tour.type !== first.type || tour.start !== first.start);
    const missing = Array.from({ length: problem.minimumPerStart - group.length }, () => first);
    const filled = [...settled, ...missing];
    const mayFill = keepsLimits(problem, filled);
    settled = mayFill && costOfTours(problem, filled) < costOfTours(problem, others) ? filled : others;
  }
  return settled;
};

const groupByStart = (problem: CoverProblem, tours: readonly Tour[]): Map<number, Tour[]> =>
  Map.groupBy(tours, ({ type, start }) => type * problem.slots + start);

const keepsLimits = (problem: CoverProblem, tours: readonly Tour[]): boolean => {
  const use = createLimitUse(problem);
  return tours.every(({ type, start }) => {
    const isAllowed = use.allows(type, start);
    use.count(type, start, 1);
    return isAllowed;
  });
};
