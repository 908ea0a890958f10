import type { DayGrid } from '../kernel/interval-series.ts';
import { asCounts, asRates } from '../kernel/hotline.ts';
import { datesFrom } from '../kernel/time.ts';
import {
  assembleForecast,
  dayMeans,
  emptyQuantiles,
  independentDayEffects,
  usualPathCount,
} from './plan/assemble-forecast.ts';
import { planAutomatically, planByMethod } from './plan/plan-by-method.ts';
import type { PredictiveModel } from './plan/predictive-model.ts';
import { forecastFinding } from './forecast-findings.ts';
import type { ForecastRequest, IntradayCounts, QueueForecast } from './forecast-types.ts';
import type { FamilyLevel } from './level/family-level.ts';
import { mixOutside } from './plan/mix-outside.ts';
import { slotMethod } from './methods/slot-methods.ts';
import { planWithCauses } from './plan/plan-with-causes.ts';
import { knownDays, prepareHistory, type PreparedHistory } from './history/prepare-history.ts';
import { explainForecast } from './plan/explain-forecast.ts';
import { updateDay, type DayUpdate } from './plan/within-day.ts';

/** A queue's history made ready and what is expected of the days ahead. */
export interface FittedQueue {
  readonly history: PreparedHistory;
  readonly plan: PredictiveModel;
}

/** Prepares and plans a queue; undefined where the history holds no calls. */
export const fitQueue = (
  history: DayGrid,
  request: ForecastRequest,
  family?: FamilyLevel,
): FittedQueue | undefined => fitPrepared(prepareHistory(history, request), request, family);

/** Plans a queue whose history is ready, on what it has in common with others where that is given. */
export const fitPrepared = (
  past: PreparedHistory | undefined,
  request: ForecastRequest,
  family?: FamilyLevel,
): FittedQueue | undefined => {
  if (past === undefined || !knownDays(past).some((d) => past.totals[d]! > 0)) return undefined;
  const method = slotMethod(request.method);
  if (method !== undefined) return { history: past, plan: planByMethod(past, request, method) };
  const made = planWithCauses(past, request, (history) =>
    planAutomatically(history, request, history === past ? family : undefined),
  );
  return { ...made, plan: mixOutside(made.plan, request) };
};

/**
 * What will one queue's calls be? The distribution of every interval of `request.days` days from the origin
 * on, learnt from the days before it only. Means are never negative, a day's total is the sum of its
 * intervals, closed hours are 0 without uncertainty, and the same seed gives the same bytes.
 *
 * `family` is what the queue has in common with the others of its line. A history without any count yields a forecast of zero that says so; fewer than three weeks yield one with
 * a notice.
 */
export const forecastQueue = (
  history: DayGrid,
  request: ForecastRequest,
  family?: FamilyLevel,
): QueueForecast => {
  const planned = fitQueue(history, request, family);
  if (planned === undefined) return forecastWithoutCalls(history, request);
  const { plan, history: past } = planned;
  const updates = new Map<number, DayUpdate>();
  if (request.intraday !== undefined && past.horizon > 0) {
    const known = knownCounts(past, request.intraday);
    updates.set(0, updateDay(plan, dayMeans(plan)[0]!, 0, known));
  }
  const normals = independentDayEffects(request.seed, past.horizon);
  return assembleForecast(past, plan, request, explainForecast(plan, request), normals, updates);
};

/** Counts of the day in progress per active slot; NaN from `knownSlots` on. */
export const knownCounts = (history: PreparedHistory, intraday: IntradayCounts): Float64Array =>
  Float64Array.from(history.slotOf, (slot) =>
    slot < intraday.knownSlots ? (intraday.counts[slot] ?? Number.NaN) : Number.NaN,
  );

/** The forecast of a queue that never had a call: zero, and said so. */
export const forecastWithoutCalls = (history: DayGrid, request: ForecastRequest): QueueForecast => {
  const days = request.days;
  const size = days * history.slotsPerDay;
  const dates = datesFrom(request.origin, days);
  const pathCount = request.pathCount ?? usualPathCount;
  return {
    origin: request.origin,
    method: request.method,
    candidates: [],
    reasons: [forecastFinding('no-calls-in-history')],
    notices: [forecastFinding('forecast-of-zero')],
    dates,
    intervalMinutes: history.intervalMinutes,
    slotsPerDay: history.slotsPerDay,
    mean: new Float64Array(size),
    quantiles: emptyQuantiles(size),
    dayQuantiles: { mean: new Float64Array(days), ...emptyQuantiles(days) },
    ratePaths: asRates(new Float64Array(pathCount * size)),
    countPaths: asCounts(new Float64Array(pathCount * size)),
    pathCount,
    parts: dates.map((date) => ({ date, level: 0, weekday: 1, holiday: 1, event: 1, trend: 1 })),
    shape: new Float64Array(size),
    openSlots: new Uint8Array(size),
    cleaned: { outages: [], outliers: [], levelShifts: [] },
  };
};
