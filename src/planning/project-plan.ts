import { collectFutures } from '../monitoring/collect-futures.ts';
import type { Models } from './ports.ts';
import type { Capacity, Demand, Outcome, Policy } from '../kernel/hotline.ts';
import type { OutcomeTotals } from '../kernel/measures.ts';
import type { MonitoringProjection } from '../contract/plan-document.ts';
import {
  projectMonitoring,
  projectMonitoringDay,
  type MonitoringInput,
} from '../monitoring/project-monitoring.ts';
import { project, projectPaths } from '../queueing/project.ts';
import type { PlainDate } from '../kernel/time.ts';
import type { TierFigures } from './tier-figures.ts';
import type { WeekHorizon } from './week-horizon.ts';

/** What a plan leads to, over the futures of its demand. */
export interface PlanProjection {
  /** Averaged over the demand's futures. */
  readonly outcome: Outcome;
  /** The same futures with no prompt played. */
  readonly withoutPrompts: Outcome | undefined;
  readonly weekFutures: readonly OutcomeTotals[];
  /** Per day of the week, the totals of every future. */
  readonly dayFutures: readonly (readonly OutcomeTotals[])[];
  readonly monitoring: MonitoringProjection;
  readonly monitoringDays: readonly ReturnType<typeof projectMonitoringDay>[];
}

/** Futures that a projection averages over: enough for an 80 % range, few enough to answer in seconds. */
export const futures = 50;

/** Projects a staffed week: outcome, its spread over demand futures, and what the monitor will see of it. */
export const projectPlan = (
  demand: Demand,
  staffed: { readonly capacity: Capacity; readonly policy: Policy },
  models: Models,
  figures: Readonly<Record<string, TierFigures>>,
  week: WeekHorizon,
): PlanProjection => {
  const { outcome, pathTotals, dayTotals } = projectPaths(demand, staffed.capacity, staffed.policy, futures);
  const input = monitoringInput(demand, staffed, models, figures, outcome, week.dates);
  return {
    outcome,
    withoutPrompts:
      staffed.policy.prompts.length === 0
        ? undefined
        : projectPaths(demand, staffed.capacity, { ...staffed.policy, prompts: [] }, futures).outcome,
    weekFutures: pathTotals,
    dayFutures: week.dates.map((_, day) => dayTotals.flatMap((days) => days[day] ?? [])),
    monitoring: projectMonitoring(input),
    monitoringDays: week.dates.map((date) => projectMonitoringDay(input, date)),
  };
};

/** What the monitor's projection rests on: the expected outcome, and every future at the test times. */
export const monitoringInput = (
  demand: Demand,
  staffed: { readonly capacity: Capacity; readonly policy: Policy },
  models: Models,
  figures: Readonly<Record<string, TierFigures>>,
  expected: Outcome,
  dates: readonly PlainDate[] = [],
): MonitoringInput => {
  const { greetingSeconds } = models.hotline;
  const collector = collectFutures(demand.horizon, models.monitor, greetingSeconds, dates);
  for (const future of futuresOf(demand, futures))
    collector.visit(project(future, staffed.capacity, staffed.policy));
  return {
    expected,
    ...collector.futures(),
    monitor: models.monitor,
    scorecard: models.scorecard,
    greetingSeconds,
    tierFigures: figures,
  };
};

/** Each of the demand's futures as a demand of its own; the mean where there are none. */
export const futuresOf = (demand: Demand, most: number): Demand[] => {
  const { count } = demand.horizon;
  const paths = Math.min(most, ...demand.queues.map((queue) => queue.pathCount));
  if (paths === 0) return [demand];
  return Array.from({ length: paths }, (_, p) => ({
    ...demand,
    queues: demand.queues.map((queue) => ({
      ...queue,
      freshMean: queue.paths.subarray(p * count, (p + 1) * count),
      paths: new Float64Array(0),
      pathCount: 0,
    })),
  }));
};

/** First interval of each day and the one after its last. */
export const dayBounds = (week: WeekHorizon): [number, number][] =>
  week.dates.map((_, day) => [week.day.indexOf(day), week.day.lastIndexOf(day) + 1]);
