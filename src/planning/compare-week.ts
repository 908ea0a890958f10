import type { CompareRequest } from '../contract/http/job-requests.ts';
import type { CompareDocument } from '../contract/documents/compare-document.ts';
import type { MonitoringProjection } from '../contract/documents/monitoring-projection.ts';
import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { BadInputError, UsageError } from '../kernel/errors.ts';
import { several, type Finding } from '../kernel/finding.ts';
import { addDays, isPlainDate, weekdayOf, weekOf, type PlainDate } from '../kernel/time.ts';
import { loadCalendar } from '../kernel/calendar-loading.ts';
import {
  sayWithoutRedials,
  withoutAssumedRedials,
  writeWithoutRedials,
} from './comparison/assumed-redials.ts';
import { compareSpan, spanFindings } from './comparison/compare-span.ts';
import { compareByTime } from './comparison/compare-by-time.ts';
import { learntSince } from './comparison/learnt-since.ts';
import { unique } from './forecasts/forecast-week.ts';
import { nameQueues } from './history/name-queues.ts';
import { sayUnusual } from './history/unusual-figures.ts';
import { noTraffic } from './history/effective-models.ts';
import {
  explainActualGap,
  projectReplays,
  shareDone,
  type ExplainedGap,
} from './comparison/explain-actual-gap.ts';
import { luckOfCalls } from './comparison/luck-of-calls.ts';
import { forecastAgainstActual } from './comparison/forecast-against-actual.ts';
import { monitoredInSpan, judge } from './comparison/monitored-in-span.ts';
import { makePlan } from './week/make-plan.ts';
import type { PlannedOperation } from './operation/planned-operation.ts';
import { loadPlan } from './operation/stored-plan.ts';
import { readHistory } from './history/read-history.ts';
import { planningFinding } from './planning-findings.ts';
import { planningProblem } from './planning-problems.ts';
import type { Ports, Span } from './ports.ts';
import { promptsAgainstSeen } from './diversion/prompts-against-seen.ts';
import { weekHorizon, type WeekHorizon } from './operation/week-horizon.ts';
import { whatHappened } from './comparison/what-happened.ts';

/**
 * Holds a past week against its plan: forecast against actual, projection against what was monitored, and the gap
 * split into causes. A week without a stored plan is planned now from the data before it, and said so. A period
 * sets its test calls beside the switchboard's rates over all the days that have both; forecast, projection and causes
 * are of its last whole week, and so are the test calls beside those.
 */
export const compareWeek = async (ports: Ports, request: CompareRequest): Promise<CompareDocument> => {
  const { zone, intervalMinutes } = ports.models.hotline;
  const span = request.period === undefined ? undefined : periodSpan(request.period);
  const name =
    request.week ??
    (request.period === undefined ? undefined : await lastWholeWeek(ports, request.period, zone));
  if (name === undefined) throw new UsageError(planningFinding('give-week-or-period'));
  const week = weekHorizon(name, zone, intervalMinutes);
  await requireTraffic(ports, week);
  const { plan, planned, made } = await planOf(ports, name, request.seed);
  ports.progress(shareDone.replayed, 'actual');
  const happened = await whatHappened(ports.store, planned.models, week, planned.demand, planned.capacity);
  const monitored = await monitoredInSpan(ports.store, planned.models, spanOf(week), undefined);
  const compared =
    span === undefined
      ? undefined
      : await compareSpan(ports.store, planned.models, span, request.period, plan);
  const calls = monitored?.calls ?? [];
  const other = await withoutAssumedRedials(ports.store, planned, happened, week);
  const { replayed, learnt } = shareDone;
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
      : await luckOfCalls(ports, explained.replay, explained.knownShare, request.seed);
  const { verdict, ...judged } = judge(monitored, explained);
  const [headline, ...missing] = compared === undefined ? [] : spanFindings(compared);
  const doubted = [...(plan.unusual ?? []), ...sayUnusual(happened.history, await ports.store.accepted())];
  const unusual = unique(nameQueues(doubted, planned.models.hotline.queues));
  const forecast = forecastAgainstActual(plan, happened);
  const { country } = planned.models.hotline;
  const calendar = await loadCalendar({ country, overrides: planned.models.calendar });
  ports.progress(shareDone.learnt, 'learnt');
  return {
    document: 'compare',
    week: name,
    period: request.period ?? null,
    plan: plan.id,
    ...(unusual.length === 0 ? {} : { unusual }),
    forecast,
    operators: {
      plannedHours: explained.plannedHours ?? plan.total.scheduledOperatorHours,
      presentHours: explained.presentHours,
    },
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
    verdict: headline === undefined ? verdict : several([headline, verdict]),
    notices: [
      ...missing,
      ...(without === undefined ? [] : [sayWithoutRedials(without, explained, forecast?.bias ?? null)]),
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
  await readHistory(ports.store, zone, intervalMinutes, spanOf(week));
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
  return { ...(await makePlan(scaled, { week, seed }, { prices: false })), made: true };
};

interface PeriodSpan {
  readonly from: PlainDate;
  /** The day after the last. */
  readonly to: PlainDate;
}

/** First date and the date after the last of 2026, 2026-Q3 or 2026-11. */
export const periodSpan = (period: string): PeriodSpan => {
  const match = /^(\d{4})(?:-(?:Q([1-4])|(\d{2})))?$/.exec(period);
  const first =
    match === null
      ? ''
      : `${match[1]}-${String(match[2] === undefined ? Number(match[3] ?? 1) : 3 * Number(match[2]) - 2).padStart(2, '0')}-01`;
  if (match === null || !isPlainDate(first)) {
    throw new UsageError(planningFinding('no-such-period', { period }));
  }
  const months = match[2] !== undefined ? 3 : match[3] !== undefined ? 1 : 12;
  return { from: first, to: Temporal.PlainDate.from(first).add({ months }).toString() };
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
  if (monday < span.from) throw noWholeWeek(period, lastDate);
  return weekOf(monday);
};

const noWholeWeek = (period: string, lastDate: PlainDate): BadInputError =>
  new BadInputError([planningProblem('period', 'no-whole-week', period, { lastDate })]);

/** The instants of a week. */
const spanOf = ({ horizon: { startMillis, count, intervalMinutes } }: WeekHorizon): Span => ({
  fromMillis: startMillis,
  toMillis: startMillis + count * intervalMinutes * 60_000,
});
