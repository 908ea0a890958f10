import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { localClock, weekOf } from '../../kernel/time.ts';
import { readHistory } from '../history/read-history.ts';
import { weekHorizon } from '../operation/week-horizon.ts';
import type { Models, Span, Store, TrafficColumns } from '../ports.ts';
import { valueAt } from '../../kernel/value-at.ts';

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
export const plannedInSpan = async (
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
    for (const own of plan.queues) {
      const columns = queues.find(({ queue }) => queue === own.queue);
      if (columns === undefined) continue;
      const at = rowsOfWeek(columns, horizon);
      addRates(connection, columns, at, columns.answered, own.offered, own.connectionRate);
      addRates(inTime, columns, at, columns.answeredInThreshold, own.offered, own.serviceLevel);
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
