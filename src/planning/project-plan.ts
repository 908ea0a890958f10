import type { Models } from './ports.ts';
import type { Capacity, Demand, Outcome, Policy } from '../kernel/hotline.ts';
import { totalOutcome, type OutcomeTotals } from '../kernel/measures.ts';
import type { MonitoringProjection } from '../contract/plan-document.ts';
import {
  projectMonitoring,
  projectMonitoringDay,
  type MonitoringInput,
} from '../monitoring/project-monitoring.ts';
import { figuresAtTestTimes, rateAtTestTimes } from '../monitoring/test-times.ts';
import { project, projectPaths } from '../queueing/project.ts';
import type { TierFigures } from './tier-figures.ts';
import type { WeekHorizon } from './week-horizon.ts';

/** What a plan leads to, over the futures of its demand. */
export interface PlanProjection {
  /** Averaged over the demand's futures. */
  readonly outcome: Outcome;
  readonly withoutPrompts: Outcome | undefined;
  readonly weekFutures: readonly OutcomeTotals[];
  /** Per day of the week, the totals of every future. */
  readonly dayFutures: readonly (readonly OutcomeTotals[])[];
  readonly monitoring: MonitoringProjection;
  readonly monitoringDays: readonly ReturnType<typeof projectMonitoringDay>[];
}

/** Futures that a projection averages over: enough for an 80 % range, few enough to answer in seconds. */
const futures = 50;

/** Projects a staffed week: outcome, its spread over demand futures, and what the monitor will see of it. */
export const projectPlan = (
  demand: Demand,
  staffed: { readonly capacity: Capacity; readonly policy: Policy },
  models: Models,
  figures: Readonly<Record<string, TierFigures>>,
  week: WeekHorizon,
): PlanProjection => {
  const weekFutures: OutcomeTotals[] = [];
  const dayFutures: OutcomeTotals[][] = week.dates.map(() => []);
  const rates: number[] = [];
  const seconds: number[] = [];
  const bounds = dayBounds(week);
  const { greetingSeconds } = models.hotline;
  const outcome = projectPaths(demand, staffed.capacity, staffed.policy, {
    paths: futures,
    visit: (future: Outcome) => {
      weekFutures.push(totalOutcome(future));
      bounds.forEach(([from, to], day) => dayFutures[day]?.push(totalOutcome(future, from, to)));
      rates.push(rateAtTestTimes(future, models.monitor, { greetingSeconds }));
      seconds.push(figuresAtTestTimes(future, models.monitor, { greetingSeconds }).secondsToOperator);
    },
  }).outcome;
  const input: MonitoringInput = {
    expected: outcome,
    rateFutures: Float64Array.from(rates),
    secondsFutures: Float64Array.from(seconds),
    monitor: models.monitor,
    scorecard: models.scorecard,
    greetingSeconds,
    tierFigures: figures,
  };
  return {
    outcome,
    withoutPrompts:
      staffed.policy.prompts.length === 0
        ? undefined
        : project(demand, staffed.capacity, { ...staffed.policy, prompts: [] }),
    weekFutures,
    dayFutures,
    monitoring: projectMonitoring(input),
    monitoringDays: week.dates.map((date) => projectMonitoringDay(input, date)),
  };
};

/** First interval of each day and the one after its last. */
export const dayBounds = (week: WeekHorizon): [number, number][] =>
  week.dates.map((_, day) => [week.day.indexOf(day), week.day.lastIndexOf(day) + 1]);
