import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { HoursInUse } from '../../contract/models/model-fields.ts';
import type { TargetsModel } from '../../contract/models/targets-model.ts';
import type { PromptSpanChoice } from '../../diversion/prompt-spans.ts';
import type { Calendar } from '../../kernel/calendar.ts';
import { CancelledError } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import {
  asRates,
  type Capacity,
  type CountPaths,
  type Demand,
  type Operation,
  type Outcome,
  type Policy,
} from '../../kernel/hotline.ts';
import {
  connectionRate,
  connectionTargetOf,
  type OutcomeTotals,
  serviceLevels,
  totalOutcome,
  totalTransfers,
  withTransfers,
} from '../../kernel/measures.ts';
import type { LeaveRecord, OperatorRecord } from '../../kernel/records.ts';
import { type PlainDate, weekdayOf, weekOf } from '../../kernel/time.ts';
import { sumOf } from '../../kernel/statistics.ts';
import type { Estimate } from '../../queueing/simulator/plan-rates.ts';
import { type PlanSimulation, simulatePlanOnThreads } from '../../queueing/simulator/simulate-plan.ts';
import type { PreviousShifts, ShiftPlan } from '../../scheduling/cover-request.ts';
import type { RequirementPrices } from '../../staffing/price-variants.ts';
import type { Requirement } from '../../staffing/require-operators.ts';
import { targetsOfQueue, type ToppedUp, weakIntervals } from '../../staffing/top-up-requirement.ts';
import type { WeekForecast } from '../forecasts/forecast-week.ts';
import type { History } from '../history/read-history.ts';
import type { OperatorsSeen } from '../operation/operators-seen.ts';
import type { PlanProjection } from '../operation/project-plan.ts';
import type { WeekHorizon } from '../operation/week-horizon.ts';
import type { Models, Ports } from '../ports.ts';

/** All that a plan is written from. */
export interface PlanParts {
  readonly week: WeekHorizon;
  readonly models: Models;
  readonly targets: TargetsModel;
  readonly history: History;
  readonly hours: HoursInUse;
  readonly calendar: Calendar;
  readonly forecast: WeekForecast;
  readonly demand: Demand;
  /** The demand's sample paths as counts, by queue. */
  readonly counts: readonly CountPaths[];
  readonly requirement: Omit<Requirement, 'capacity'>;
  readonly prices: RequirementPrices;
  readonly schedule: ShiftPlan;
  /** The week's plan that the shifts start from. */
  readonly earlier: EarlierPlan | undefined;
  readonly capacity: Capacity;
  readonly policy: Policy;
  readonly spans: readonly PromptSpanChoice[];
  readonly promptReasons: readonly Sayable[];
  readonly projection: PlanProjection;
  /** Null for a plan that is only asked in hindsight. */
  readonly proof: PlanProof | null;
  readonly seen: OperatorsSeen | undefined;
  /** The plan is for other targets, or other assumptions, than the line's own. */
  readonly whatIf: boolean;
  readonly parameterSources: NonNullable<PlanDocument['grounds']>;
  readonly inputSnapshot: NonNullable<PlanDocument['madeWith']>;
  /** Hours of contracts that approved leave of the week takes. */
  readonly bookedLeaveHours: number;
  readonly factors: NonNullable<PlanDocument['factors']>;
  /** What the plan was asked to take otherwise than the settings have it. */
  readonly asked: NonNullable<PlanDocument['whatIf']>;
  readonly seed: number;
  readonly createdAtMillis: number;
  readonly dataHash: string;
  /** What is unusual about the figures that the plan rests on. */
  readonly unusual: readonly Sayable[];
  readonly assumptions: readonly Sayable[];
  readonly notices: readonly Sayable[];
}

type PlanProof = NonNullable<PlanDocument['proof']>;
type ProofRate = PlanProof['connectionRate'];

/** Calls that a proof lives through, at most, and the fewest and most weeks it spreads them over. */
const callBudget = 1_200_000;
const fewestWeeks = 8;
const mostWeeks = 50;

/** Weeks to simulate: as many as the budget of calls allows. */
export const proofReplications = (demand: Demand, share = 1): number => {
  const calls = demand.queues.reduce((sum, queue) => sum + sumOf(queue.freshMean), 0);
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

interface ProofInput {
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
  const weak = weakIntervals(targets, open, simulation).filter(({ isProved }) => isProved);
  const whole = totalOutcome(simulation.outcome);
  const formula = totalOutcome(analytic);
  const { halfWidths } = simulation;
  const line = (value: (totals: OutcomeTotals) => number, halfWidth: number, target: number | null) =>
    proofRate(value(formula), [value(whole), halfWidth], target);
  return {
    replications: simulation.replications,
    connectionRate: line(connectionRate, halfWidths.connectionRate, connectionTargetOf(targets)),
    serviceLevel: line((t) => serviceLevels(t).ofOffered, halfWidths.serviceLevel, targets.serviceLevel),
    queues: simulation.queues.map((simulated, q) => {
      const wanted = targetsOfQueue(targets, simulated.queue);
      const byFormula = totalsOfQueue(analytic, simulated.queue);
      const under = weak.filter(({ queue }) => queue === q);
      return {
        queue: simulated.queue,
        connectionRate: proofRate(byFormula.connectionRate, simulated.connectionRate, wanted.connectionRate),
        serviceLevel: proofRate(byFormula.serviceLevel, simulated.serviceLevel, wanted.serviceLevel),
        intervalsUnderTarget: new Set(under.map(({ interval }) => interval)).size,
      };
    }),
    intervals: sumOf(open),
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

/** Between two stages: tells how far the work is, and hears whether to stop. */
export const step = async (ports: Ports, done: number, name?: string): Promise<void> => {
  ports.progress(done, name);
  await new Promise((resolve) => setTimeout(resolve, 0));
  if (ports.shouldStop()) throw new CancelledError();
};

/** Work that goes on beside other work and is waited for later: its failure is reported then, not before. */
export const awaitLater = <Answer>(work: Promise<Answer>): Promise<Answer> => {
  work.catch(() => undefined);
  return work;
};

/** A plan of the same week whose shifts a new one starts from. */
export interface EarlierPlan {
  readonly id: string;
  readonly previous: PreviousShifts;
}

/**
 * Contract hours that approved leave takes of some days: a day is a fifth of a week, no week is more than its contract,
 * and a fixed day off is none.
 */
export const hoursOnLeave = (
  operators: readonly Pick<OperatorRecord, 'operator' | 'contractHours' | 'fixedDaysOff'>[],
  leave: readonly LeaveRecord[],
  dates: readonly PlainDate[],
): number =>
  operators.reduce((sum, { operator, contractHours, fixedDaysOff }) => {
    const absences = leave.filter((each) => each.operator === operator && each.state === 'approved');
    const away = dates.filter(
      (date) =>
        absences.some(({ from, to }) => from <= date && date <= to) &&
        fixedDaysOff?.includes(String(weekdayOf(date) + 1)) !== true,
    );
    const weeks = [...Map.groupBy(away, weekOf).values()];
    return weeks.reduce((all, { length }) => all + (Math.min(5, length) * contractHours) / 5, sum);
  }, 0);
