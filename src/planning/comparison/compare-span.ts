import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { Finding } from '../../kernel/finding.ts';
import { dayNumber, localClock, type PlainDate, startOfDay, weekOf } from '../../kernel/time.ts';
import { valueAt } from '../../kernel/value-at.ts';
import { readHistory, withoutParts } from '../history/read-history.ts';
import { weekHorizon } from '../operation/week-horizon.ts';
import { planningFinding } from '../planning-findings.ts';
import type { Models, Span, Store, TrafficColumns } from '../ports.ts';
import { monitoredInSpan } from './monitored-in-span.ts';

type ComparedSpan = NonNullable<CompareDocument['span']>;

/**
 * The test calls of a period beside the switch's own rates over all days of it that have traffic on record: test calls
 * of other days are counted and left out. Beside them what the plans of its weeks promised, `plan` among them. Undefined
 * where the two share no day.
 */
export const compareSpan = async (
  store: Store,
  models: Models,
  { from, to }: { readonly from: PlainDate; readonly to: PlainDate },
  period: string | undefined,
  plan: PlanDocument,
): Promise<ComparedSpan | undefined> => {
  const { zone } = models.hotline;
  const millis = { fromMillis: startOfDay(from, zone), toMillis: startOfDay(to, zone) };
  const recorded = await recordedTraffic(store, zone, millis);
  const dates = [...recorded.dates].sort();
  const [first, last] = [dates[0], dates.at(-1)];
  const clock = localClock(zone);
  const isRecorded = (at: number): boolean => recorded.dates.has(clock(at).date);
  const all = await monitoredInSpan(store, models, millis, period);
  // A published result names no days: it stands for the whole period.
  const both =
    (all?.calls.length ?? 0) === 0
      ? all
      : await monitoredInSpan(store, models, millis, undefined, isRecorded);
  if (first === undefined || last === undefined || all === undefined || both === undefined) return undefined;
  return {
    from: first,
    to: last,
    days: dates.length,
    daysWithoutTraffic: dayNumber(to) - dayNumber(from) - dates.length,
    monitored: both.figures,
    testCallsLeftOut: all.figures.testCalls - both.figures.testCalls,
    offered: recorded.offered,
    connectionRate: recorded.counted > 0 ? recorded.answered / recorded.counted : null,
    serviceLevel: recorded.timed > 0 ? recorded.answeredInThreshold / recorded.timed : null,
    planned: await plannedInSpan(store, models, millis, plan),
  };
};

/** What is said of a span: the two rates beside each other, then what could not be compared. */
export const spanFindings = (span: ComparedSpan): readonly Finding[] => {
  const { from, to, days, connectionRate, daysWithoutTraffic, testCallsLeftOut } = span;
  const { testCalls, connected, connectionRate: rate } = span.monitored;
  const [low, high] = [rate.low ?? 0, rate.high ?? 1];
  return [
    planningFinding('test-calls-beside-traffic', {
      from,
      to,
      days,
      testCalls,
      connected,
      low,
      high,
      actual: connectionRate,
      isWithin: connectionRate === null ? null : connectionRate >= low && connectionRate <= high,
    }),
    ...(span.planned ? [planningFinding('planned-in-period', span.planned)] : []),
    ...(daysWithoutTraffic > 0 || testCallsLeftOut > 0
      ? [planningFinding('period-in-part', { daysWithoutTraffic, testCallsLeftOut })]
      : []),
  ];
};

/** Sums of all queues over the intervals of a span, each over the rows that have both counts; and the days with rows. */
const recordedTraffic = async (
  store: Store,
  zone: string,
  span: { readonly fromMillis: number; readonly toMillis: number },
) => {
  const sums = { offered: 0, answered: 0, counted: 0, answeredInThreshold: 0, timed: 0 };
  const dates = new Set<PlainDate>();
  const clock = localClock(zone);
  for (const { queue } of await store.trafficSummary()) {
    const columns = withoutParts(await store.traffic(queue, span));
    columns.offered.forEach((offered, i) => {
      if (Number.isNaN(offered)) return;
      dates.add(clock(valueAt(columns.startMillis, i)).date);
      sums.offered += offered;
      const [answered, inTime] = [columns.answered[i], columns.answeredInThreshold[i]];
      if (answered !== undefined && !Number.isNaN(answered)) {
        sums.answered += answered;
        sums.counted += offered;
      }
      if (inTime !== undefined && !Number.isNaN(inTime)) {
        sums.answeredInThreshold += inTime;
        sums.timed += offered;
      }
    });
  }
  return { ...sums, dates };
};

type PlannedInSpan = NonNullable<NonNullable<CompareDocument['span']>['planned']>;

/** Calls and how many of them were, or were to be, answered. */
interface RateSums {
  planned: number;
  plannedOf: number;
  actual: number;
  actualOf: number;
}

const noCalls = (): RateSums => ({ planned: 0, plannedOf: 0, actual: 0, actualOf: 0 });

/**
 * What the plans of a span's weeks promised beside what came, both over the intervals of those weeks that have traffic
 * on record: the weeks' stored plans, and `made`, a plan made for the comparison. Null where no week has one. Throws
 * `BadInputError` where the span has no traffic.
 */
const plannedInSpan = async (
  store: Store,
  { hotline: { zone, intervalMinutes } }: Models,
  span: Span,
  made: PlanDocument,
): Promise<PlannedInSpan | null> => {
  const { queues } = await readHistory(store, zone, intervalMinutes, span);
  const clock = localClock(zone);
  const dates = new Set(queues.flatMap(({ startMillis }) => Array.from(startMillis, (at) => clock(at).date)));
  const weeks = [...new Set(Array.from(dates, weekOf))].sort();
  const [connection, inTime] = [noCalls(), noCalls()];
  let planned = 0;
  for (const week of weeks) {
    const plan = week === made.week ? made : await store.planOfWeek(week);
    const { horizon } = weekHorizon(week, zone, intervalMinutes);
    if (plan?.starts.length !== horizon.count) continue;
    planned += 1;
    for (const planned of plan.queues) {
      const columns = queues.find(({ queue }) => queue === planned.queue);
      if (columns === undefined) continue;
      const at = rowsOfWeek(columns, horizon);
      addRates(connection, columns, at, columns.answered, planned.offered, planned.connectionRate);
      addRates(inTime, columns, at, columns.answeredInThreshold, planned.offered, planned.serviceLevel);
    }
  }
  if (planned === 0) return null;
  return {
    weeks: planned,
    weeksWithTraffic: weeks.length,
    projectedConnectionRate: rateOf(connection.planned, connection.plannedOf),
    actualConnectionRate: rateOf(connection.actual, connection.actualOf),
    projectedServiceLevel: rateOf(inTime.planned, inTime.plannedOf),
    actualServiceLevel: rateOf(inTime.actual, inTime.actualOf),
  };
};

const rateOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** Pairs of a record's row and its interval of the week. */
const rowsOfWeek = (
  { startMillis }: TrafficColumns,
  horizon: { readonly startMillis: number; readonly intervalMinutes: number; readonly count: number },
): (readonly [row: number, interval: number])[] =>
  Array.from(startMillis, (at, row): readonly [number, number] => [
    row,
    Math.floor((at - horizon.startMillis) / (horizon.intervalMinutes * 60_000)),
  ]).filter(([, i]) => i >= 0 && i < horizon.count);

const addRates = (
  sums: RateSums,
  { offered }: TrafficColumns,
  at: readonly (readonly [row: number, interval: number])[],
  answered: Float64Array,
  plannedOffered: readonly number[],
  plannedRate: readonly (number | null)[],
): void => {
  for (const [row, i] of at) {
    const [came, got] = [valueAt(offered, row), valueAt(answered, row)];
    if (Number.isNaN(came) || Number.isNaN(got)) continue;
    sums.actual += got;
    sums.actualOf += came;
    const [calls, rate] = [valueAt(plannedOffered, i), plannedRate[i] ?? null];
    if (rate === null) continue;
    sums.planned += calls * rate;
    sums.plannedOf += calls;
  }
};
