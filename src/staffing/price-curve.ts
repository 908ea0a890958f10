import { operatorHours } from './price-assumptions.ts';
import { requireOperators, type StaffingRequest } from './require-operators.ts';

export interface CurvePoint {
  readonly connectionRate: number;
  readonly operatorHours: number;
  /** False where no number of operators reaches the rate in some interval (too few lines). */
  readonly reached: boolean;
}

/** Connection rates from 0.80 to 0.99. */
export const usualCurve: readonly number[] = [0.8, 0.85, 0.9, 0.92, 0.94, 0.95, 0.96, 0.97, 0.98, 0.99];

/**
 * What a connection rate costs: operator-hours for each rate as the only target of every interval (service
 * level, rolling target and the targets of queues and tiers are left out; occupancy cap, minimum presence and
 * confidence stay). Hours never fall as the rate rises.
 */
export const priceCurve = (
  request: StaffingRequest,
  rates: readonly number[] = usualCurve,
): readonly CurvePoint[] =>
  rates.map((connectionRate, i) => {
    const { progress, ...rest } = request;
    const requirement = requireOperators({
      ...rest,
      tiers: request.tiers.map((tier) => ({ ...tier, connectionTarget: null })),
      targets: {
        ...request.targets,
        connectionRate,
        serviceLevel: null,
        rollingConnectionRate: null,
        queues: {},
      },
    });
    progress?.((i + 1) / rates.length);
    return {
      connectionRate,
      operatorHours: operatorHours(requirement, request.demand.horizon.intervalMinutes),
      reached: requirement.relaxed.length === 0,
    };
  });
