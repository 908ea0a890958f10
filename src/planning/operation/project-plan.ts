import type { MonitoringProjection } from '../../contract/documents/rank-document.ts';
import type { Operation, Outcome } from '../../kernel/hotline.ts';
import type { OutcomeTotals } from '../../kernel/measures.ts';
import type { Progress } from '../../kernel/ports.ts';
import type { PlainDate } from '../../kernel/time.ts';
import {
  joinShares,
  projectShare,
  type ProjectedShare,
  type SampledShare,
} from '../../monitoring/sample-futures.ts';
import {
  type MonitoringInput,
  projectMonitoring,
  projectMonitoringDay,
} from '../../monitoring/project-monitoring.ts';
import {
  addWeightedOutcome,
  isSameButForPrompts,
  type PathShare,
  projectBeside,
  sharePaths,
} from '../../queueing/project.ts';
import type { QualityEvidence } from '../history/quality-evidence.ts';
import type { Models, Ports } from '../ports.ts';
import { projectedPaths } from './measure-effect.ts';
import { openIntervals, type WeekHorizon } from './week-horizon.ts';

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

/** Shares in which a plan's sample paths are projected: the same on every machine, so that sums are the same too. */
const shares = 2;

/**
 * Projects a staffed week: outcome, its spread over demand futures, and what the monitor will see of it. This thread
 * takes a share of the futures, others the rest.
 */
export const projectPlan = async (
  { parallel }: Pick<Ports, 'parallel'>,
  operation: Operation,
  models: Models,
  quality: QualityEvidence,
  week: WeekHorizon,
  withoutPrompts = true,
): Promise<PlanProjection> => {
  const asked = {
    ...askedOf(operation, models, openIntervals(models, week, operation.demand), week.dates),
    withoutPrompts,
  };
  const [first, ...rest] = sharePaths(operation.demand, projectedPaths, shares).map((share) => ({
    ...asked,
    share,
  }));
  const others = parallel<ProjectedShare>({ module: shareModule, name: projectShare.name }, rest);
  // Told when it is waited for, not while this thread works beside the others.
  others.catch(() => undefined);
  // Who asks may ask the threads for more before this one is busy.
  await Promise.resolve();
  const own = projectShare(first ?? { ...asked, share: { from: 0, to: projectedPaths } });
  const joined = joinShares([own, ...(await others)]);
  const input = monitoringInput(joined, asked, models, quality);
  return {
    outcome: joined.outcome,
    withoutPrompts: joined.withoutPrompts,
    weekFutures: joined.pathTotals,
    dayFutures: week.dates.map((_, day) => joined.dayTotals.flatMap((days) => days[day] ?? [])),
    monitoring: projectMonitoring(input),
    monitoringDays: week.dates.map((date) => projectMonitoringDay(input, date)),
  };
};

const shareModule = new URL('../../monitoring/sample-futures.ts', import.meta.url).href;

const askedOf = (
  operation: Operation,
  models: Models,
  open: Uint8Array,
  dates: readonly PlainDate[],
): Omit<SampledShare, 'share' | 'withoutPrompts'> => ({
  operation,
  monitor: models.monitor,
  greetingSeconds: models.hotline.greetingSeconds,
  open,
  dates,
  pathLimit: projectedPaths,
});

/** The projection over the demand's futures, and each of these futures as the monitor's tests meet it. */
export const projectSamplePaths = (
  operation: Operation,
  models: Models,
  quality: QualityEvidence,
  open: Uint8Array,
): { readonly projection: Pick<ProjectedShare, 'outcome'>; readonly input: MonitoringInput } => {
  const asked = askedOf(operation, models, open, []);
  const [share = { from: 0, to: projectedPaths }] = sharePaths(operation.demand, projectedPaths, 1);
  const projection = projectShare({ ...asked, share, withoutPrompts: false });
  return { projection, input: monitoringInput(projection, asked, models, quality) };
};

const monitoringInput = (
  { outcome, futures }: ProjectedShare,
  { open, monitor, greetingSeconds }: Pick<SampledShare, 'open' | 'monitor' | 'greetingSeconds'>,
  models: Models,
  quality: QualityEvidence,
): MonitoringInput => ({
  expected: outcome,
  ...futures,
  open,
  monitor,
  scorecard: models.scorecard,
  greetingSeconds,
  tierFigures: quality.tiers,
  occupancy: quality.occupancy,
  operators: quality.operators,
  tierQueues: Object.fromEntries(
    models.tiers.tiers.map(({ tier, queues }) => [tier, queues.map(({ queue }) => queue)]),
  ),
  tierNames: Object.fromEntries(models.tiers.tiers.map(({ tier, name }) => [tier, name])),
});

/** First interval of each day and the one after its last. */
export const dayBounds = (week: WeekHorizon): [number, number][] =>
  week.dates.map((_, day) => [week.day.indexOf(day), week.day.lastIndexOf(day) + 1]);

/** What a share of the sample paths brings to the outcomes of operations alike but for prompts and calls: the task that threads run. */
export const projectGroup = ({ operations, share }: GroupShare): Outcome[] =>
  projectBeside(operations, projectedPaths, share);

interface GroupShare {
  readonly operations: readonly Operation[];
  readonly share: PathShare;
}

/**
 * Outcomes of operations on threads, all on the same sample paths, in order. Those that differ in prompts and calls only go
 * together: what is the same in them is worked out once, for the first of them.
 */
export const projectCases = async (
  ports: Pick<Ports, 'parallel'>,
  operations: readonly Operation[],
  progress?: Progress,
): Promise<Outcome[]> => {
  const groups: [Operation, ...Operation[]][] = [];
  for (const operation of operations) {
    const group = groups.find(([first]) => isSameButForPrompts(first, operation));
    if (group === undefined) groups.push([operation]);
    else group.push(operation);
  }
  const task = { module: import.meta.url, name: projectGroup.name };
  const asked = groups.flatMap((own): GroupShare[] =>
    sharePaths(own[0].demand, projectedPaths, shares).map((share) => ({ operations: own, share })),
  );
  const found = await ports.parallel<Outcome[]>(task, asked, progress);
  const byCase = new Map(
    groups.flatMap((group) => {
      const [outcomes = [], ...rest] = found.filter((_, a) => asked[a]?.operations === group);
      for (const others of rest)
        for (const [k, own] of outcomes.entries()) addWeightedOutcome(own, others[k] as Outcome, 1);
      return group.map((own, k) => [own, outcomes[k]] as const);
    }),
  );
  return operations.map((own) => byCase.get(own) as Outcome);
};
