import { explainAbsences } from './explain-absences.ts';
import { explainFloors, type FloorsHeld } from './explain-floors.ts';
import { staffingFinding, type StaffingFinding } from './staffing-findings.ts';
import { loadFor, pathsUsed, type StaffingRequest } from './staffing-request.ts';

/** How the operators were worked out: confidence, what raised them, who stays away, which floors hold. */
export const explainRequired = (
  request: StaffingRequest,
  floor: number,
  floors: FloorsHeld,
): StaffingFinding[] => {
  const { confidence } = request.targets;
  const samplePaths = pathsUsed(request);
  return [
    samplePaths > 0
      ? staffingFinding('targets-held-on-sample-paths', { confidence, samplePaths })
      : staffingFinding('mean-demand-taken-as-certain'),
    ...(loadFor(request) === 'high' ? [staffingFinding('load-of-long-calls')] : []),
    ...(floor > 0 ? [staffingFinding('connection-floor-raised', { floor })] : []),
    ...explainAbsences(request.tiers, request.demand.horizon, request.absences),
    ...explainFloors(floors, request.tiers),
  ];
};

/** Targets that no number of operators meets, with how many intervals they are in. */
export const explainUnmet = ({ trunks }: StaffingRequest, intervals: number): StaffingFinding[] =>
  intervals === 0
    ? []
    : [staffingFinding('targets-out-of-reach', { intervals, trunks: trunks < Infinity ? trunks : null })];
