import { collectFutures } from '../../monitoring/collect-futures.ts';
import type { Models } from '../ports.ts';
import type { Operation, Outcome } from '../../kernel/hotline.ts';
import type { OutcomeTotals } from '../../kernel/measures.ts';
import type { MonitoringProjection } from '../../contract/documents/monitoring-projection.ts';
import {
  projectMonitoring,
  projectMonitoringDay,
  type MonitoringInput,
} from '../../monitoring/project-monitoring.ts';
import { projectPaths, type PathsProjection } from '../../queueing/project.ts';
import type { PlainDate } from '../../kernel/time.ts';
import { openIntervals } from './open-intervals.ts';
import type { QualityEvidence } from '../history/quality-evidence.ts';
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
  operation: Operation,
  models: Models,
  quality: QualityEvidence,
  week: WeekHorizon,
): PlanProjection => {
  const open = openIntervals(models, week, operation.demand);
  const { projection, input } = projectFutures(operation, models, quality, open, week.dates);
  const { outcome, pathTotals, dayTotals } = projection;
  return {
    outcome,
    withoutPrompts:
      operation.policy.prompts.length === 0
        ? undefined
        : projectPaths({ ...operation, policy: { ...operation.policy, prompts: [] } }, futures, {
            near: projection.traces,
          }).outcome,
    weekFutures: pathTotals,
    dayFutures: week.dates.map((_, day) => dayTotals.flatMap((days) => days[day] ?? [])),
    monitoring: projectMonitoring(input),
    monitoringDays: week.dates.map((date) => projectMonitoringDay(input, date)),
  };
};

/** The projection over the demand's futures, and each of these futures as the monitor's tests meet it. */
export const projectFutures = (
  operation: Operation,
  models: Models,
  quality: QualityEvidence,
  open: Uint8Array,
  dates: readonly PlainDate[] = [],
): { readonly projection: PathsProjection; readonly input: MonitoringInput } => {
  const { greetingSeconds } = models.hotline;
  const collector = collectFutures(operation.demand.horizon, models.monitor, greetingSeconds, dates, open);
  const { visit } = collector;
  const projection = projectPaths(operation, futures, {
    visit,
    traced: operation.policy.prompts.length > 0,
  });
  const input = {
    expected: projection.outcome,
    ...collector.futures(),
    open,
    monitor: models.monitor,
    scorecard: models.scorecard,
    greetingSeconds,
    tierFigures: quality.tiers,
    occupancy: quality.occupancy,
    operators: quality.operators,
    tierQueues: Object.fromEntries(
      models.tiers.tiers.map(({ tier, queues }) => [tier, queues.map(({ queue }) => queue)]),
    ),
    tierNames: Object.fromEntries(models.tiers.tiers.map(({ tier, name }) => [tier, name])),
  };
  return { projection, input };
};

/** First interval of each day and the one after its last. */
export const dayBounds = (week: WeekHorizon): [number, number][] =>
  week.dates.map((_, day) => [week.day.indexOf(day), week.day.lastIndexOf(day) + 1]);
