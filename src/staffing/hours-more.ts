import { operatorHours, requireOperators, type StaffingRequest } from './require-operators.ts';

/**
 * Sample paths that differences are judged on. On the demo's week two requests on the same 30, 40, 50, 60 or 100 paths
 * differ by the same within half a percent of the requirement.
 */
const pathsCompared = 40;

/** The request as prices ask it: judged quickly, on so many paths. */
export const asPriced = ({ progress: _progress, ...request }: StaffingRequest): StaffingRequest => ({
  ...request,
  pathLimit: Math.min(request.pathLimit ?? Infinity, pathsCompared),
  estimate: true,
});

/** Operator-hours of a request as prices ask it. */
export const pricedHours = (
  request: StaffingRequest,
  change: (request: StaffingRequest) => StaffingRequest = (asIs) => asIs,
): number =>
  operatorHours(requireOperators(change(asPriced(request))), request.demand.horizon.intervalMinutes);

/**
 * How many operator-hours a changed request needs beyond the request as it is (`asIsHours`, by `pricedHours`); less than
 * 0 where it needs fewer. Both are judged on the same paths, so that nothing but the change stands in the difference.
 */
export const hoursMore =
  (request: StaffingRequest, asIsHours: number) =>
  (change: (request: StaffingRequest) => StaffingRequest): number =>
    pricedHours(request, change) - asIsHours;
