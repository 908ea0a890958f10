import type { Capacity, Operation, Outcome } from '../kernel/hotline.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  occupancy,
  serviceLevels,
  totalOutcome,
} from '../kernel/measures.ts';
import { valueAt } from '../kernel/value-at.ts';
import { project } from '../queueing/project.ts';
import { operatorHours, requireOperators, type StaffingRequest } from './require-operators.ts';

/** What a curve is over: answered of offered, or answered within the threshold of offered. */
type CurveMeasure = 'connection-rate' | 'service-level';

export interface CurvePoint {
  /** The rate that every queue must hold in every interval. */
  readonly rate: number;
  readonly operatorHours: number;
  /** False where no number of operators reaches the rate in some interval (too few lines). */
  readonly reached: boolean;
}

/** One point of a curve, as a thread takes it: a request without its functions. */
export interface CurveQuestion {
  readonly request: StaffingRequest;
  readonly measure: CurveMeasure;
  readonly rate: number;
}

/**
 * What a rate costs: operator-hours with it as the only target of every interval (other rates, the rolling target
 * and the targets of queues and tiers are left out; occupancy cap, minimum presence and confidence stay).
 */
export const priceCurvePoint = ({ request, measure, rate }: CurveQuestion): CurvePoint => {
  const requirement = requireOperators({
    ...request,
    estimate: true,
    tiers: request.tiers.map((tier) => ({ ...tier, connectionTarget: null })),
    targets: {
      ...request.targets,
      connectionRate: measure === 'connection-rate' ? rate : 0,
      serviceLevel: measure === 'service-level' ? rate : null,
      rollingConnectionRate: null,
      queues: {},
    },
  });
  return {
    rate,
    operatorHours: operatorHours(requirement, request.demand.horizon.intervalMinutes),
    reached: requirement.relaxed.length === 0,
  };
};

/** The same as a task that a thread can run. */
export const curvePointTask = {
  module: new URL(import.meta.url).href,
  name: priceCurvePoint.name,
};

/** Measures of one interval with a number of operators more or fewer; NaN where the base is 0. */
export interface OperatorEffect {
  /** Operators more (positive) or fewer (negative) than planned. */
  readonly change: number;
  readonly operators: number;
  readonly connectionRate: number;
  readonly serviceLevel: number;
  readonly averageSpeedOfAnswerSeconds: number;
  readonly occupancy: number;
  readonly abandoned: number;
  readonly blocked: number;
  /** Calls answered in this and all later intervals: overload and repeat calls reach beyond one interval. */
  readonly answeredFromHere: number;
}

const moved = (capacity: Capacity, tier: string, interval: number, change: number): Capacity => ({
  ...capacity,
  tiers: capacity.tiers.map((row) => {
    if (row.tier !== tier) return row;
    const operators = row.operators.slice();
    operators[interval] = Math.max(0, valueAt(operators, interval) + change);
    return { ...row, operators };
  }),
});

const effectOf = (outcome: Outcome, tier: string, interval: number, change: number): OperatorEffect => {
  const here = totalOutcome(outcome, interval, interval + 1);
  return {
    change,
    operators: outcome.tiers.find((row) => row.tier === tier)?.operators[interval] ?? 0,
    connectionRate: connectionRate(here),
    serviceLevel: serviceLevels(here).ofOffered,
    averageSpeedOfAnswerSeconds: averageSpeedOfAnswer(here),
    occupancy: occupancy(outcome, interval, interval + 1),
    abandoned: here.abandoned,
    blocked: here.blocked,
    answeredFromHere: totalOutcome(outcome, interval).answered,
  };
};

/**
 * How an interval moves with operators of one tier more or fewer in it, on mean demand: one entry for each of
 * `changes` (by default −2 … 2), in order. Operators never fall below 0.
 */
export const oneMoreOperator = (
  operation: Operation,
  tier: string,
  interval: number,
  changes: readonly number[] = [-2, -1, 0, 1, 2],
): readonly OperatorEffect[] =>
  changes.map((change) =>
    effectOf(
      project({ ...operation, capacity: moved(operation.capacity, tier, interval, change) }),
      tier,
      interval,
      change,
    ),
  );
