import {
  operatorsOfRun,
  pricedRuns,
  pricesOfRuns,
  type RequirementPrices,
} from '../../src/staffing/price-variants.ts';
import type { StaffingRequest } from '../../src/staffing/require-operators.ts';

/** What assumptions, grounds and designs of tiers cost a requirement of so many operator-hours, all asked here. */
export const priceRequirement = (request: StaffingRequest, required: number): RequirementPrices => {
  const runs = pricedRuns(request, 0);
  const answers = runs.map((run) => operatorsOfRun(run.request));
  return pricesOfRuns(runs, answers, required, request.demand.horizon.intervalMinutes);
};
