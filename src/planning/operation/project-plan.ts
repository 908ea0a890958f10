import type { z } from 'zod';
import type { Basis, effectSchema } from '../../contract/documents/effect-documents.ts';
import type { MonitoringProjection } from '../../contract/documents/rank-document.ts';
import { BadInputError } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { Capacity, Demand, Operation, Outcome } from '../../kernel/hotline.ts';
import {
  averageSpeedOfAnswer,
  connectionRate,
  occupancy,
  type OutcomeTotals,
  serviceLevels,
  totalOutcome,
} from '../../kernel/measures.ts';
import type { Progress } from '../../kernel/ports.ts';
import type { PresenceRecord } from '../../kernel/records.ts';
import { localClock, type PlainDate, weekdayOf } from '../../kernel/time.ts';
import { addAt, valueAt } from '../../kernel/value-at.ts';
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
import { planningFinding, planningProblem } from '../planning-findings.ts';
import type { Models, Ports, Store } from '../ports.ts';
import type { PlannedOperation } from './planned-operation.ts';
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

/** Futures that a projection averages over: enough for an 80 % range, few enough to answer in seconds. */
export const projectedPaths = 50;

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

export interface GroupShare {
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
  for (const own of operations) {
    const group = groups.find(([first]) => isSameButForPrompts(first, own));
    if (group === undefined) groups.push([own]);
    else group.push(own);
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

type Effect = z.output<typeof effectSchema>;

/** NaN (no base) as null, as documents want it. */
export const rateOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Calls below which an interval is not the worst: few calls say little. */
const leastOffered = 5;

/**
 * The figures of an outcome over intervals `from` to before `to`. The worst interval is the one with the lowest
 * service level among those with at least `leastOffered` calls.
 */
export const measureEffect = (
  outcome: Outcome,
  starts: readonly string[],
  from = 0,
  to = outcome.horizon.count,
): Effect => {
  const totals = totalOutcome(outcome, from, to);
  let worst: { level: number; at: number } | undefined;
  for (let i = from; i < to; i += 1) {
    const interval = totalOutcome(outcome, i, i + 1);
    const level = serviceLevels(interval).ofOffered;
    if (interval.offered >= leastOffered && (worst === undefined || level < worst.level))
      worst = { level, at: i };
  }
  return {
    connectionRate: rateOrNull(connectionRate(totals)),
    serviceLevel: rateOrNull(serviceLevels(totals).ofOffered),
    averageSpeedOfAnswerSeconds: rateOrNull(averageSpeedOfAnswer(totals)),
    occupancy: rateOrNull(occupancy(outcome, from, to)),
    abandoned: totals.abandoned,
    blocked: totals.blocked,
    callersDiverted: totals.divertedOnline + totals.deferred,
    answered: totals.answered,
    offered: totals.offered,
    worstIntervalServiceLevel: worst === undefined ? null : worst.level,
    worstInterval: worst === undefined ? null : (starts[worst.at] ?? null),
    worstIntervalQueue: worst === undefined ? null : worstQueue(outcome, worst.at),
  };
};

/** The queue with the lowest service level of an interval, among those with a call at least. */
const worstQueue = (outcome: Outcome, at: number): string | null => {
  let lowest = Infinity;
  let found: string | null = null;
  for (const { queue } of outcome.queues) {
    const totals = totalOutcome(outcome, at, at + 1, (name) => name === queue);
    const level = serviceLevels(totals).ofOffered;
    if (totals.offered < 1 || !(level < lowest)) continue;
    lowest = level;
    found = queue;
  }
  return found;
};

/** A rate per interval, null where nothing was offered. */
export const intervalRates = (
  outcome: Outcome,
  measure: 'connection' | 'service-level',
  queue?: string,
): (number | null)[] =>
  Array.from({ length: outcome.horizon.count }, (_, i) => {
    const totals = totalOutcome(outcome, i, i + 1, (name) => queue === undefined || name === queue);
    if (totals.offered < 1e-9) return null;
    return rateOrNull(measure === 'connection' ? connectionRate(totals) : serviceLevels(totals).ofOffered);
  });

/** Offered calls per interval, over all queues. */
export const intervalOffered = (outcome: Outcome): number[] =>
  Array.from({ length: outcome.horizon.count }, (_, i) =>
    outcome.queues.reduce((sum, queue) => sum + valueAt(queue.offered, i), 0),
  );

const rosterTold: Readonly<Record<Roster, Sayable>> = {
  planned: planningFinding('roster-planned'),
  seen: planningFinding('roster-seen'),
};

const demandTold = (demand: Basis['demand'], count: number): Sayable =>
  demand === 'futures'
    ? planningFinding('demand-of-sample-paths', { samplePaths: count })
    : demand === 'mean-forecast'
      ? planningFinding('demand-of-mean-forecast')
      : planningFinding('demand-of-day-in-progress');

/** What an answer's figures rest on. Demand without futures is its mean. */
export const effectBasis = (
  demand: Demand,
  { answerTimeThresholdSeconds }: Models['hotline'],
  roster: Roster,
  isInProgress = false,
): Basis => {
  const paths = Math.min(projectedPaths, ...demand.queues.map(({ pathCount }) => pathCount));
  const kind = isInProgress ? 'day-in-progress' : paths > 0 ? 'futures' : 'mean-forecast';
  const count = kind === 'futures' ? paths : 1;
  const [calls, operators] = [demandTold(kind, count), rosterTold[roster]];
  return {
    demand: kind,
    futures: count,
    roster,
    answerTimeThresholdSeconds,
    told: planningFinding('basis-of-figures', { calls, operators }),
  };
};

/** Whose operators a question is asked about: the plan's shifts, or those on duty before the plan. */
export const rosters = ['planned', 'seen'] as const;
type Roster = (typeof rosters)[number];

/**
 * A planned operation with the operators that were on duty on the same weekdays of the four weeks before it, tier by
 * tier, in the place of its shifts. Throws BadInputError where none were recorded for the plan's tiers.
 */
export const withRoster = async (
  store: Store,
  planned: PlannedOperation,
  week: WeekHorizon,
  roster: Roster,
): Promise<PlannedOperation> => {
  if (roster === 'planned') return planned;
  const seen = await operatorsSeen(store, week, week.horizon.startMillis);
  const tiers = planned.capacity.tiers.map(({ tier }): Capacity['tiers'][number] => ({
    tier,
    operators: Float64Array.from({ length: week.horizon.count }, (_, i) => seen?.byTier.get(tier)?.[i] ?? 0),
  }));
  if (tiers.every(({ operators }) => operators.every((n) => n === 0)))
    throw new BadInputError([noneSeen(planned.capacity.tiers.map(({ tier }) => tier))]);
  return { ...planned, capacity: { ...planned.capacity, tiers } };
};

const noneSeen = (tiers: readonly string[]) =>
  planningProblem('roster', 'no-operators-recorded', 'seen', { tiers });

/** Mean operators present per tier and interval of the same weekdays and times; null where none were recorded. */
export interface OperatorsSeen {
  readonly byTier: ReadonlyMap<string, readonly (number | null)[]>;
  readonly total: readonly (number | null)[];
  /** Days with records, per day of the week. */
  readonly days: readonly number[];
}

/**
 * Operators seen on the same weekdays of the last four weeks of records before an instant. Undefined when
 * neither presence nor the traffic's own operator counts were recorded.
 */
export const operatorsSeen = async (
  store: Store,
  week: WeekHorizon,
  beforeMillis: number,
): Promise<OperatorsSeen | undefined> => {
  const span = { fromMillis: beforeMillis - 4 * 7 * 86_400_000, toMillis: beforeMillis };
  const presence = await store.read('presence', span);
  if (presence.length > 0) return averagePresence(presence, week);
  const records: PresenceRecord[] = [];
  for (const { queue } of await store.trafficSummary()) {
    const columns = await store.traffic(queue, span);
    columns.operators.forEach((operators, i) => {
      if (Number.isNaN(operators)) return;
      records.push({
        tier: queue,
        startMillis: valueAt(columns.startMillis, i),
        intervalMinutes: columns.intervalMinutes,
        operators,
      });
    });
  }
  return records.length === 0 ? undefined : averagePresence(records, week);
};

const averagePresence = (records: readonly PresenceRecord[], week: WeekHorizon): OperatorsSeen => {
  const clock = localClock(week.horizon.zone);
  const slots = 1440 / week.horizon.intervalMinutes;
  const sums = new Map<string, { sum: Float64Array; hits: Float64Array }>();
  const daysSeen = Array.from({ length: 7 }, () => new Set<string>());
  for (const record of records) {
    const { date, minute } = clock(record.startMillis);
    const weekday = weekdayOf(date);
    daysSeen[weekday]?.add(date);
    let tier = sums.get(record.tier);
    if (tier === undefined) {
      tier = { sum: new Float64Array(7 * slots), hits: new Float64Array(7 * slots) };
      sums.set(record.tier, tier);
    }
    const from = Math.floor(minute / week.horizon.intervalMinutes);
    const spanned = Math.max(1, Math.round(record.intervalMinutes / week.horizon.intervalMinutes));
    for (let slot = from; slot < Math.min(slots, from + spanned); slot += 1) {
      const at = weekday * slots + slot;
      addAt(tier.sum, at, record.operators);
      addAt(tier.hits, at, 1);
    }
  }
  const byTier = new Map([...sums].map(([tier, seen]) => [tier, spread(seen.sum, seen.hits, week, slots)]));
  const total = week.starts.map((_, i) => {
    const known = [...byTier.values()].map((values) => values[i] ?? null).filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
  });
  return { byTier, total, days: week.dates.map((date) => daysSeen[weekdayOf(date)]?.size ?? 0) };
};

const spread = (sum: Float64Array, hits: Float64Array, week: WeekHorizon, slots: number): (number | null)[] =>
  week.starts.map((_, i) => {
    const at = weekdayOf(week.dates[valueAt(week.day, i)] ?? '') * slots + valueAt(week.slot, i);
    const count = valueAt(hits, at);
    return count === 0 ? null : valueAt(sum, at) / count;
  });
