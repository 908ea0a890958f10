import { operatorHours, requireOperators, type StaffingRequest } from './require-operators.ts';

/**
 * Sample paths that differences are judged on. Two requests on the same paths differ by the same within a fifth of a
 * percent of the requirement on 30, 40, 60 or 100 of them (the demo's week).
 */
const pathsCompared = 40;

/**
 * How many operator-hours a changed request needs beyond the request as it is; less than 0 where it needs fewer. Both are
 * judged quickly and on the same paths, so that nothing but the change stands in the difference.
 */
export const hoursMore = (
  request: StaffingRequest,
): ((change: (request: StaffingRequest) => StaffingRequest) => number) => {
  const { progress: _progress, ...own } = request;
  const compared = {
    ...own,
    pathLimit: Math.min(request.pathLimit ?? Infinity, pathsCompared),
    estimate: true,
  };
  const hours = (asked: StaffingRequest): number =>
    operatorHours(requireOperators(asked), request.demand.horizon.intervalMinutes);
  const asIs = hours(compared);
  return (change) => hours(change(compared)) - asIs;
};
