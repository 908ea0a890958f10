import type { CompareDocument } from '../contract/documents/compare-document.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { MonitoringProjection } from '../contract/documents/rank-document.ts';
import type { CompareRequest } from '../contract/http/job-requests.ts';
import { gatherEvidence, takeUpOf } from '../diversion/learn-catalogue.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import type { Calendar } from '../kernel/calendar.ts';
import { normalQuantile } from '../kernel/distributions.ts';
import { BadInputError, UsageError } from '../kernel/errors.ts';
import { type Finding, joinFindings, uniqueSentences } from '../kernel/finding.ts';
import { asCounts, instantAt, type Operation, type Outcome, spanOfHorizon } from '../kernel/hotline.ts';
import type { TestCall } from '../kernel/records.ts';
import { addDays, dayNumber, daysOfPeriod, weekdayOf, weekOf } from '../kernel/time.ts';
import { valueAt } from '../kernel/value-at.ts';
import { partsAt, ratesByPart, type TimePart } from '../monitoring/time-parts.ts';
import { simulatePlanOnThreads } from '../queueing/simulator/simulate-plan.ts';
import {
  reportWithoutRedials,
  withoutAssumedRedials,
  writeWithoutRedials,
} from './comparison/assumed-redials.ts';
import { compareSpan, spanFindings } from './comparison/compare-span.ts';
import {
  explainActualGap,
  type ExplainedGap,
  projectReplays,
  shareProgress,
} from './comparison/explain-actual-gap.ts';
import { forecastAgainstActual } from './comparison/forecast-against-actual.ts';
import { learntSince } from './comparison/learnt-since.ts';
import { judgeMonitored, monitoredInSpan } from './comparison/monitored-in-span.ts';
import { type Actuals, readActuals } from './comparison/read-actuals.ts';
import { eveningOf } from './day/evening.ts';
import { nameQueues, noTraffic } from './history/effective-models.ts';
import { readHistory, readTrafficOnce, reportUnusual } from './history/read-history.ts';
import { learnFromStore, seenPrompts } from './history/seen-prompts.ts';
import type { PlannedOperation } from './operation/planned-operation.ts';
import { loadPlan } from './operation/stored-plan.ts';
import { weekHorizon, type WeekHorizon } from './operation/week-horizon.ts';
import { planningFinding, planningProblem } from './planning-findings.ts';
import type { Models, Ports, Store } from './ports.ts';
import { makePlan } from './week/make-plan.ts';

/**
 * Holds a past week against its plan: forecast against actual, projection against what was monitored, and the gap
 * split into causes. A week without a stored plan is planned now from the data before it, and said so. A period
 * sets its test calls beside the switchboard's rates over all the days that have both; forecast, projection and causes
 * are of its last whole week, and so are the test calls beside those.
 */
export const compareWeek = async (given: Ports, request: CompareRequest): Promise<CompareDocument> => {
  const ports = { ...given, store: readTrafficOnce(given.store) };
  const { zone, intervalMinutes } = ports.models.hotline;
  const span = request.period === undefined ? undefined : periodSpan(request.period);
  const name =
    request.week ??
    (request.period === undefined ? undefined : await lastWholeWeek(ports, request.period, zone));
  if (name === undefined) throw new UsageError(planningFinding('give-week-or-period'));
  const week = weekHorizon(name, zone, intervalMinutes);
  await requireTraffic(ports, week);
  const { plan, planned, made } = await planOf(ports, name, request.seed);
  ports.progress(shareProgress.replayed, 'actual');
  const happened = await readActuals(ports.store, planned.models, week, planned.demand, planned.capacity);
  const monitored = await monitoredInSpan(
    ports.store,
    planned.models,
    spanOfHorizon(week.horizon),
    undefined,
  );
  const compared =
    span === undefined
      ? undefined
      : await compareSpan(ports.store, planned.models, span, request.period, plan);
  const calls = monitored?.calls ?? [];
  const other = await withoutAssumedRedials(ports.store, planned, happened, week);
  const { replayed, learnt } = shareProgress;
  const half = other === undefined ? learnt : (replayed + learnt) / 2;
  const explained = explainActualGap(
    planned,
    happened,
    week,
    calls.map(({ placedAtMillis }) => placedAtMillis),
    await projectReplays(ports, planned, happened, { from: replayed, to: half }),
  );
  const without =
    other &&
    writeWithoutRedials(
      other,
      planned.models.hotline.assumedRepeats.afterAbandon,
      explainActualGap(
        other.planned,
        other.happened,
        week,
        [],
        await projectReplays(ports, other.planned, other.happened, { from: half, to: learnt }),
      ),
    );
  const luck =
    explained.calibration === null
      ? null
      : await samplingNoise(ports, explained.replay, explained.knownShare, request.seed);
  const { verdict, ...judged } = judgeMonitored(monitored, explained, plan);
  const [headline, ...missing] = compared === undefined ? [] : spanFindings(compared);
  const doubted = [
    ...(plan.unusual ?? []),
    ...reportUnusual(
      happened.history,
      await ports.store.accepted(),
      await ports.store.handleTimes(),
      planned.models.hotline.zone,
    ),
  ];
  const unusual = uniqueSentences(nameQueues(doubted, planned.models.hotline.queues));
  const forecast = forecastAgainstActual(plan, happened);
  const { country } = planned.models.hotline;
  const calendar = await loadCalendar({ country, overrides: planned.models.calendar });
  const evenings = made ? [] : await actedDays(ports, week, plan.id, request.seed);
  ports.progress(shareProgress.learnt, 'learnt');
  return {
    document: 'compare',
    week: name,
    period: request.period ?? null,
    plan: plan.id,
    ...(unusual.length === 0 ? {} : { unusual }),
    forecast,
    ...(evenings.length === 0 ? {} : { days: evenings }),
    operators: {
      plannedHours: explained.plannedHours ?? plan.total.scheduledOperatorHours,
      presentHours: explained.presentHours,
      presentInCalls: explained.presentInCalls,
    },
    answerTimeThresholdSeconds: planned.models.hotline.answerTimeThresholdSeconds,
    traffic: explained.traffic,
    calibration: explained.calibration && { ...explained.calibration, luck },
    monitored: monitored?.figures ?? null,
    span: compared ?? null,
    projection: plan.monitoring satisfies MonitoringProjection,
    causes: explained.causes,
    gap: explained.gap,
    ...(without === undefined ? {} : { withoutAssumedRedials: without }),
    prompts: await promptsAgainstSeen(ports.store, planned.models, week),
    byTime: compareByTime(happened, explained.planned, calendar, calls),
    learnt: await learntSince(ports, planned.models, week, forecast?.bias ?? null, request.seed),
    ...judged,
    verdict: headline === undefined ? verdict : joinFindings([headline, verdict]),
    notices: [
      ...missing,
      ...(without === undefined ? [] : [reportWithoutRedials(without, explained, forecast?.bias ?? null)]),
      ...replayFindings(explained.calibration, luck),
      ...(made ? [planningFinding('plan-made-for-comparison')] : []),
      ...(request.period === undefined
        ? []
        : [planningFinding('period-week', { period: request.period, week: name })]),
      ...(explained.knownShare < 0.999
        ? [planningFinding('week-in-part', { knownShare: explained.knownShare })]
        : []),
    ],
  };
};

/** Days of a week on which somebody acted, each with what came of it. */
const actedDays = async (
  ports: Ports,
  week: WeekHorizon,
  plan: string,
  seed: number,
): Promise<NonNullable<CompareDocument['days']>> => {
  const days: NonNullable<CompareDocument['days']> = [];
  for (const date of week.dates) {
    const evening = await eveningOf(ports, date, plan, seed);
    if (evening !== null) days.push({ date, ...evening });
  }
  return days;
};

/** What the projection of all that happened has to do with what came of it. */
const replayFindings = (calibration: ExplainedGap['calibration'], luck: number | null): Finding[] => {
  const { projectedConnectionRate: projected = null, actualConnectionRate: actual = null } =
    calibration ?? {};
  return projected === null || actual === null
    ? []
    : [planningFinding('replayed-with-actual', { projected, actual, luck })];
};

/** Tells at once when the week holds no traffic, before a plan is made for it. */
const requireTraffic = async (ports: Ports, week: WeekHorizon): Promise<void> => {
  const { zone, intervalMinutes } = week.horizon;
  await readHistory(ports.store, zone, intervalMinutes, spanOfHorizon(week.horizon));
};

/** The week's stored plan, else one made now and not kept: a past week must not become the latest plan. */
const planOf = async (
  ports: Ports,
  week: string,
  seed: number,
): Promise<{ readonly plan: PlanDocument; readonly planned: PlannedOperation; readonly made: boolean }> => {
  const stored = await ports.store.planOfWeek(week);
  if (stored !== undefined)
    return { plan: stored, planned: (await loadPlan(ports, stored.id)).planned, made: false };
  const scaled: Ports = { ...ports, progress: (done, step) => ports.progress(0.55 * done, step) };
  return { ...(await makePlan(scaled, { week, seed }, { prices: false, proof: false })), made: true };
};

/** The days of 2026, 2026-Q3 or 2026-11. Throws `UsageError` for what is no period. */
const periodSpan = (period: string) => {
  const days = daysOfPeriod(period);
  if (days === undefined) throw new UsageError(planningFinding('no-such-period', { period }));
  return { from: days.from, to: days.before };
};

/** The last ISO week that lies in the span and in the data. Throws `BadInputError` where none does. */
const lastWholeWeek = async (ports: Ports, period: string, zone: string): Promise<string> => {
  const span = periodSpan(period);
  const last = Math.max(...(await ports.store.trafficSummary()).map((queue) => queue.lastMillis));
  if (!Number.isFinite(last)) throw new BadInputError([noTraffic]);
  const lastDate = Temporal.Instant.fromEpochMilliseconds(last)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
  const end = lastDate < span.to ? addDays(lastDate, 1) : span.to;
  const monday = addDays(end, -weekdayOf(end) - 7);
  if (monday < span.from)
    throw new BadInputError([planningProblem('period', 'no-whole-week', period, { lastDate })]);
  return weekOf(monday);
};

type ByTime = NonNullable<CompareDocument['byTime']>;

/**
 * How did day and night, working days and days off hold against the plan? The switch's connection rate over the
 * intervals with records, the rate projected for the same intervals, and the test calls of each part.
 */
const compareByTime = (
  happened: Actuals,
  planned: Outcome,
  calendar: Calendar,
  testCalls: readonly Pick<TestCall, 'placedAtMillis' | 'connected'>[],
): ByTime => {
  const { zone, count } = planned.horizon;
  const partsOf = partsAt(calendar, zone);
  const at = Array.from({ length: count }, (_, i) => instantAt(planned.horizon, i));
  const traffic = at.map((millis, i) => ({ millis, ...countsAt(happened, i) }));
  const projected = plannedByPart(planned, at, partsOf);
  const tests = ratesByPart(
    testCalls.map((call) => ({
      millis: call.placedAtMillis,
      calls: 1,
      connected: call.connected ? 1 : 0,
    })),
    partsOf,
    false,
  );
  return ratesByPart(traffic, partsOf, true).map((rate) => {
    const tested = tests.find(({ part }) => part === rate.part);
    return {
      ...rate,
      projected: projected.get(rate.part) ?? null,
      testCalls: tested?.calls ?? 0,
      testConnected: tested?.connected ?? 0,
    };
  });
};

/** Calls of an interval over the queues that tell both counts. */
const countsAt = (happened: Actuals, i: number): { calls: number; connected: number } => {
  const sums = { calls: 0, connected: 0 };
  for (const [queue, answered] of happened.answered) {
    const offered = happened.offered.get(queue)?.[i] ?? Number.NaN;
    const got = valueAt(answered, i);
    if (Number.isNaN(offered) || Number.isNaN(got)) continue;
    sums.calls += offered;
    sums.connected += Math.min(got, offered);
  }
  return sums;
};

const plannedByPart = (
  planned: Outcome,
  at: readonly number[],
  partsOf: ReturnType<typeof partsAt>,
): ReadonlyMap<TimePart, number> => {
  const sums = new Map<TimePart, { offered: number; answered: number }>();
  at.forEach((millis, i) => {
    for (const part of partsOf(millis).parts) {
      const so = sums.get(part) ?? { offered: 0, answered: 0 };
      for (const queue of planned.queues) {
        so.offered += valueAt(queue.offered, i);
        so.answered += valueAt(queue.answered, i);
      }
      sums.set(part, so);
    }
  });
  return new Map(
    [...sums].flatMap(([part, { offered, answered }]) =>
      offered > 0 ? [[part, answered / offered] as const] : [],
    ),
  );
};

/** Weeks lived through, all with the same counts. */
const weeks = 20;

/**
 * How far the week's connection rate lies, in 95 of 100 weeks of just these counts, from what it is on average: when
 * within an interval calls come, how long each takes and who hangs up is chance. Over the share of the week that was
 * recorded; null where nobody called.
 */
const samplingNoise = async (
  ports: Pick<Ports, 'parallel'>,
  { demand, ...rest }: Operation,
  knownShare: number,
  seed: number,
): Promise<number | null> => {
  const { halfWidths } = await simulatePlanOnThreads(
    { ...rest, demand },
    {
      replications: weeks,
      seed,
      counts: demand.queues.map(({ freshMean }) => asCounts(freshMean.map((calls) => Math.round(calls)))),
    },
    ports.parallel,
  );
  // Of the mean of so many weeks; one week's is wider.
  const luck = halfWidths.connectionRate * Math.sqrt(weeks / Math.max(knownShare, 1e-9));
  return Number.isFinite(luck) ? luck : null;
};

/**
 * Each prompt that played in a week: the take-up believed before it (the catalogue's, or what was learnt until
 * then) beside what the week's counts say, with an 80 % interval of the counts' noise.
 */
export const promptsAgainstSeen = async (
  store: Store,
  models: Models,
  week: WeekHorizon,
): Promise<CompareDocument['prompts']> => {
  const { horizon } = week;
  const found = await seenPrompts(store, models, instantAt(horizon, horizon.count));
  if (found === undefined) return [];
  const { catalogue } = await learnFromStore(store, models, horizon.startMillis);
  const from = dayNumber(week.firstDate) - found.firstDay;
  const to = Math.min(found.seen.dayKind.length, from + week.dates.length);
  return catalogue.prompts.flatMap((entry) => {
    const evidence = gatherEvidence(entry, catalogue.prompts, found.seen, Math.max(0, from), to);
    if (evidence === undefined) return [];
    const sum = (field: 'heard' | 'moved' | 'movedVariance'): number =>
      evidence.evidence.reduce((total, e) => total + e[field], 0);
    const heard = sum('heard');
    const seenShare = sum('moved') / heard;
    const half = (normalQuantile(0.9) * Math.sqrt(sum('movedVariance'))) / heard;
    return [
      {
        prompt: entry.prompt,
        name: entry.name,
        from: evidence.from,
        intervals: evidence.evidence.length,
        heard,
        predictedShare: takeUpOf(entry),
        seenShare,
        low: seenShare - half,
        high: seenShare + half,
        predictedCallers: takeUpOf(entry) * heard,
        seenCallers: sum('moved'),
      },
    ];
  });
};
