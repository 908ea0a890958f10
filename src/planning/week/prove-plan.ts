import type { TargetsModel } from '../../contract/models/targets-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Demand, Operation, Outcome } from '../../kernel/hotline.ts';
import {
  connectionRate,
  serviceLevels,
  totalOutcome,
  totalTransfers,
  withTransfers,
  type OutcomeTotals,
} from '../../kernel/measures.ts';
import { asRates } from '../../kernel/sample-paths.ts';
import type { Estimate } from '../../queueing/simulator/ratio-estimate.ts';
import { simulatePlanOnThreads, type PlanSimulation } from '../../queueing/simulator/simulate-plan.ts';
import type { Ports } from '../ports.ts';
import type { ToppedUp } from '../../staffing/top-up-requirement.ts';
import { targetsOfQueue, weakIntervals } from '../../staffing/weak-intervals.ts';

export type PlanProof = NonNullable<PlanDocument['proof']>;
type ProofRate = PlanProof['connectionRate'];

/** Calls that a proof lives through, at most, and the fewest and most weeks it spreads them over. */
const callBudget = 1_200_000;
const fewestWeeks = 8;
const mostWeeks = 50;

/** Weeks to simulate: as many as the budget of calls allows. */
export const proofReplications = (demand: Demand, share = 1): number => {
  const calls = demand.queues.reduce((sum, queue) => sum + queue.freshMean.reduce((s, v) => s + v, 0), 0);
  const weeks = Math.floor((share * callBudget) / Math.max(1, calls));
  return Math.max(fewestWeeks, Math.min(Math.ceil(share * mostWeeks), weeks));
};

/** Simulates a staffed week on threads, every replication in another of the demand's futures. */
export const simulateWeek = (
  ports: Ports,
  { demand, capacity, policy }: Operation,
  seed: number,
  replications: number,
): Promise<PlanSimulation> =>
  simulatePlanOnThreads(
    { demand: demandOfReplications(demand, replications), capacity, policy },
    { replications, seed },
    ports.parallel,
  );

/** Only the futures that are lived through: threads need no others. */
const demandOfReplications = (demand: Demand, replications: number): Demand => ({
  ...demand,
  queues: demand.queues.map((queue) => {
    const pathCount = Math.min(queue.pathCount, replications);
    const ratePaths = asRates(queue.ratePaths.slice(0, pathCount * demand.horizon.count));
    return { ...queue, pathCount, ratePaths };
  }),
});

export interface ProofInput {
  readonly targets: TargetsModel;
  readonly open: Uint8Array;
  /** By formula, over the demand's futures. */
  readonly analytic: Outcome;
  readonly simulation: PlanSimulation;
  readonly toppedUp: Pick<ToppedUp, 'operatorHours' | 'intervals'> | undefined;
}

/**
 * Holds a plan's formula against its simulation, queue by queue: rates with the half widths of their 95 %
 * intervals beside those by formula, whether each target holds, and in how many intervals a queue is under it.
 */
export const provePlan = ({ targets, open, analytic, simulation, toppedUp }: ProofInput): PlanProof => {
  const weak = weakIntervals(targets, open, simulation).filter((w) => w.simulated + w.halfWidth < w.target);
  const whole = totalOutcome(simulation.outcome);
  const formula = totalOutcome(analytic);
  const { halfWidths } = simulation;
  const line = (value: (totals: OutcomeTotals) => number, halfWidth: number, target: number | null) =>
    proofRate(value(formula), [value(whole), halfWidth], target);
  return {
    replications: simulation.replications,
    connectionRate: line(connectionRate, halfWidths.connectionRate, targets.connectionRate),
    serviceLevel: line((t) => serviceLevels(t).ofOffered, halfWidths.serviceLevel, targets.serviceLevel),
    queues: simulation.queues.map((own, q) => {
      const wanted = targetsOfQueue(targets, own.queue);
      const byFormula = totalsOfQueue(analytic, own.queue);
      const under = weak.filter(({ queue }) => queue === q);
      return {
        queue: own.queue,
        connectionRate: proofRate(byFormula.connectionRate, own.connectionRate, wanted.connectionRate),
        serviceLevel: proofRate(byFormula.serviceLevel, own.serviceLevel, wanted.serviceLevel),
        intervalsUnderTarget: new Set(under.map(({ interval }) => interval)).size,
      };
    }),
    intervals: open.reduce((sum, one) => sum + one, 0),
    intervalsUnderTarget: new Set(weak.map(({ interval }) => interval)).size,
    toppedUp: { operatorHours: toppedUp?.operatorHours ?? 0, intervals: toppedUp?.intervals ?? 0 },
  };
};

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** A target holds or fails where the whole 95 % interval says so; null where it lies across, or nothing is asked. */
const proofRate = (analytic: number, estimate: Estimate | undefined, target: number | null): ProofRate => {
  const [simulated, halfWidth] = estimate ?? [Number.NaN, Number.NaN];
  const holds = simulated - halfWidth >= (target ?? Number.NaN);
  const fails = simulated + halfWidth < (target ?? Number.NaN);
  return {
    target,
    analytic: finite(analytic),
    simulated: finite(simulated),
    halfWidth: finite(halfWidth),
    holds: holds ? true : fails ? false : null,
  };
};

/** What everybody meets who comes to a queue, calls handed on to it included: the base of its targets. */
const totalsOfQueue = (outcome: Outcome, queue: string) => {
  const { count } = outcome.horizon;
  const isOwn = (name: string): boolean => name === queue;
  const totals = withTransfers(
    totalOutcome(outcome, 0, count, isOwn),
    totalTransfers(outcome, 0, count, isOwn),
  );
  return { connectionRate: connectionRate(totals), serviceLevel: serviceLevels(totals).ofOffered };
};
