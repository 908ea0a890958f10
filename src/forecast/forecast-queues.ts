import type { MethodName } from '../contract/http/job-requests.ts';
import { asCounts, asRates } from '../kernel/hotline.ts';
import { type DayGrid, emptyDayGrid } from '../kernel/interval-series.ts';
import { seededRandom } from '../kernel/random.ts';
import { dateOfDayNumber, type PlainDate, datesFrom } from '../kernel/time.ts';
import { meanOf } from '../kernel/statistics.ts';
import { valueAt } from '../kernel/value-at.ts';
import { causesOfQueue } from './causes/cause.ts';
import { forecastFinding } from './forecast-findings.ts';
import type { ForecastTask, IntradayCounts, QueueForecast } from './forecast-task.ts';
import { eventsOfQueue } from './history/day-features.ts';
import { knownDays, type PreparedHistory, prepareHistory } from './history/prepare-history.ts';
import { type FamilyLevel, fitFamily } from './level/family-level.ts';
import type { FormName } from './level/level-forms.ts';
import type { ForecastMethod } from './methods/forecast-method.ts';
import { harmonicRegression } from './methods/harmonic-regression.ts';
import { holtWinters } from './methods/holt-winters.ts';
import { lowRank } from './methods/low-rank.ts';
import { ruleMethods } from './methods/plain-rules.ts';
import { poissonRegression, poissonTrend } from './methods/poisson-regression.ts';
import { outsideOfQueue } from './outside/outside-forecast.ts';
import {
  assembleForecast,
  dayMeans,
  type DayNormals,
  emptyQuantiles,
  independentDayEffects,
  usualPathCount,
} from './plan/assemble-forecast.ts';
import { explainForecast } from './plan/explain-forecast.ts';
import { mixOutside } from './plan/mix-outside.ts';
import { planAutomatically, planByMethod } from './plan/plan-by-method.ts';
import { planWithCauses } from './plan/plan-with-causes.ts';
import type { PredictiveModel, DayUpdate } from './plan/predictive-model.ts';
import { updateDay } from './plan/within-day.ts';

/** Methods that forecast slots directly; what else can be asked for is a form of the day's level, or their mix. */
const slotMethods: Readonly<Record<Exclude<MethodName, FormName>, ForecastMethod>> = {
  ...ruleMethods,
  'holt-winters': holtWinters,
  'harmonic-regression': harmonicRegression,
  'poisson-regression': poissonRegression,
  'poisson-trend': poissonTrend,
  'low-rank': lowRank,
};
export const slotMethod = (name: string): ForecastMethod | undefined =>
  new Map<string, ForecastMethod>(Object.entries(slotMethods)).get(name);

/** A queue's history made ready and what is expected of the days ahead. */
interface FittedQueue {
  readonly history: PreparedHistory;
  readonly plan: PredictiveModel;
}

/** Prepares and plans a queue; undefined where the history holds no calls. */
export const fitQueue = (
  history: DayGrid,
  request: ForecastTask,
  family?: FamilyLevel,
): FittedQueue | undefined => fitPrepared(prepareHistory(history, request), request, family);

/** Plans a queue whose history is ready, on what it has in common with others where that is given. */
const fitPrepared = (
  past: PreparedHistory | undefined,
  request: ForecastTask,
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
  request: ForecastTask,
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
const knownCounts = (history: PreparedHistory, intraday: IntradayCounts): Float64Array =>
  Float64Array.from(history.slotOf, (slot) =>
    slot < intraday.knownSlots ? (intraday.counts[slot] ?? Number.NaN) : Number.NaN,
  );

/** The forecast of a queue that never had a call: zero, and said so. */
export const forecastWithoutCalls = (history: DayGrid, request: ForecastTask): QueueForecast => {
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

/** Days that two queues must share before their surprises are compared. */
const leastShared = 30;

const surprises = (planned: FittedQueue): Map<number, number> =>
  new Map(
    Array.from(planned.plan.forms.level.days, (d, i) => {
      // One wild day must not decide how queues move together.
      const score = Math.max(-3, Math.min(3, valueAt(planned.plan.forms.level.surprise, i)));
      return [planned.history.firstDay + d, score] as const;
    }),
  );

/** Correlation of surprises about zero, which they are expected to be; undefined where too few days are shared. */
const uncentredCorrelation = (
  a: ReadonlyMap<number, number>,
  b: ReadonlyMap<number, number>,
): number | undefined => {
  let count = 0;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (const [day, x] of a) {
    const y = b.get(day);
    if (y === undefined) continue;
    count += 1;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  if (count < leastShared || aa === 0 || bb === 0) return undefined;
  return ab / Math.sqrt(aa * bb);
};

/** How far day surprises of several queues move together: the mean correlation of all pairs, 0–0.95. */
const sharedDayEffect = (planned: readonly FittedQueue[]): number => {
  const series = planned.map(surprises);
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < series.length; i += 1) {
    for (let j = 0; j < i; j += 1) {
      const r = uncentredCorrelation(valueAt(series, i), valueAt(series, j));
      if (r === undefined) continue;
      sum += r;
      pairs += 1;
    }
  }
  return pairs === 0 ? 0 : Math.min(0.95, Math.max(0, sum / pairs));
};

/** Normals of one queue: a part common to all queues of the same path, the rest its own. */
const partlyShared = (request: ForecastTask, share: number, queue: number): DayNormals => {
  const common = seededRandom(request.seed, 1);
  const own = seededRandom(request.seed, 100 + 2 * queue);
  const a = Math.sqrt(share);
  const b = Math.sqrt(1 - share);
  return () => Float64Array.from({ length: request.days }, () => a * common.normal() + b * own.normal());
};

/** What a request says of one queue: its events, and its forecasts from outside. */
export const requestOfQueue = (request: ForecastTask, queue: string): ForecastTask => ({
  ...request,
  events: eventsOfQueue(request.events ?? [], queue),
  ...(request.causes === undefined ? {} : { causes: causesOfQueue(request.causes, queue) }),
  ...(request.outside === undefined ? {} : { outside: outsideOfQueue(request.outside, queue) }),
});

const prepareQueues = (
  histories: ReadonlyMap<string, DayGrid>,
  request: ForecastTask,
): ReadonlyMap<string, PreparedHistory> =>
  new Map(
    [...histories].flatMap(([queue, grid]) => {
      const past = prepareHistory(grid, requestOfQueue(request, queue));
      return past === undefined ? [] : [[queue, past] as const];
    }),
  );

const mayLean = (histories: ReadonlyMap<string, DayGrid>, { method }: ForecastTask): boolean =>
  histories.size > 1 && method === 'auto';

/** What the queues of a line have in common before an origin, for each that leans on it: see `familiesOf`. */
export const familiesBefore = (
  histories: ReadonlyMap<string, DayGrid>,
  request: ForecastTask,
): ReadonlyMap<string, FamilyLevel> =>
  mayLean(histories, request) ? familiesOf(prepareQueues(histories, request), request) : new Map();

/** Queues planned together on the days before an origin, and how far their days' surprises are shared. */
export interface PlannedQueues {
  readonly planned: ReadonlyMap<string, FittedQueue | undefined>;
  readonly share: number;
}

const planQueues = (histories: ReadonlyMap<string, DayGrid>, request: ForecastTask): PlannedQueues => {
  const prepared = prepareQueues(histories, request);
  const families = mayLean(histories, request)
    ? familiesOf(prepared, request)
    : new Map<string, FamilyLevel>();
  const planned = new Map(
    [...histories.keys()].map(
      (queue) =>
        [
          queue,
          fitPrepared(prepared.get(queue), requestOfQueue(request, queue), families.get(queue)),
        ] as const,
    ),
  );
  return { planned, share: sharedDayEffect([...planned.values()].filter((p) => p !== undefined)) };
};

/** Assembles each queue's forecast, in their order, with its part of what queues share. */
const assembleQueues = <Made extends QueueForecast>(
  histories: ReadonlyMap<string, DayGrid>,
  request: ForecastTask,
  { planned, share }: PlannedQueues,
  assemble: (own: FittedQueue, asked: ForecastTask, normals: DayNormals, queue: string) => Made,
  empty: (grid: DayGrid, asked: ForecastTask) => Made,
): ReadonlyMap<string, Made> =>
  new Map(
    [...histories].map(([queue, grid], index) => {
      const asked = requestOfQueue(request, queue);
      const fitted = planned.get(queue);
      if (fitted === undefined) return [queue, empty(grid, asked)] as const;
      const seeded = { ...asked, seed: request.seed + index };
      return [queue, assemble(fitted, seeded, partlyShared(request, share, index), queue)] as const;
    }),
  );

/**
 * Forecasts several queues whose paths belong together: path p of every queue is the same future, with day
 * surprises shared as far as history shows. Queues keep the order of `histories`.
 */
export const forecastQueues = (
  histories: ReadonlyMap<string, DayGrid>,
  request: ForecastTask,
): ReadonlyMap<string, QueueForecast> =>
  assembleQueues(
    histories,
    request,
    planQueues(histories, request),
    ({ history, plan }, asked, normals) =>
      assembleForecast(history, plan, asked, explainForecast(plan, asked), normals),
    forecastWithoutCalls,
  );

/** A past day as it would have been forecast before it began, beside what came; slots of the full day, NaN where closed. */
interface ReplayedDay {
  readonly date: PlainDate;
  readonly expected: Float64Array;
  readonly actual: Float64Array;
}

/** A queue's day in progress. Its `mean` and paths hold the counts that are known. */
export interface DayForecast extends QueueForecast {
  /** Mean of each slot as it was expected before the day began. */
  readonly morning: Float64Array;
  /** Days of the last weeks, from which it is learnt how surprises last. */
  readonly past: readonly ReplayedDay[];
}

const oneDay = (request: ForecastTask): ForecastTask => ({ ...request, days: 1 });

/** The expensive part of `forecastDay`, which no count of the day itself moves: it holds from midnight to midnight. */
export const planDay = (histories: ReadonlyMap<string, DayGrid>, request: ForecastTask): PlannedQueues =>
  planQueues(histories, oneDay(request));

/**
 * Forecasts the rest of a day, the first one asked for, from the counts of each queue so far: joint paths as
 * `forecastQueues` draws them, each queue's updated by its own surprises (see `updateDay`).
 */
export const forecastDay = (
  histories: ReadonlyMap<string, DayGrid>,
  request: ForecastTask,
  counted: ReadonlyMap<string, IntradayCounts>,
  planned: PlannedQueues = planDay(histories, request),
): ReadonlyMap<string, DayForecast> =>
  assembleQueues(
    histories,
    oneDay(request),
    planned,
    ({ history, plan }, own, normals, queue): DayForecast => {
      const known = counted.get(queue);
      const dayMean = dayMeans(plan)[0]!;
      const updates = new Map(
        known === undefined ? [] : [[0, updateDay(plan, dayMean, 0, knownCounts(history, known))] as const],
      );
      const full = (values: (slot: number) => number): Float64Array => {
        const out = new Float64Array(history.slotsPerDay).fill(Number.NaN);
        history.slotOf.forEach((at, slot) => {
          out[at] = values(slot);
        });
        return out;
      };
      const slots = history.slotOf.length;
      return {
        ...assembleForecast(history, plan, own, explainForecast(plan, own), normals, updates),
        morning: full((slot) =>
          history.open[history.days * slots + slot] === 0 ? 0 : dayMean * plan.shares[slot]!,
        ).map((calls) => (Number.isNaN(calls) ? 0 : calls)),
        past: plan.withinDay().past.map(({ day, expected }) => ({
          date: dateOfDayNumber(history.firstDay + day),
          expected: full((slot) => expected[slot]!),
          actual: full((slot) =>
            history.open[day * slots + slot] === 0 ? Number.NaN : history.values[day * slots + slot]!,
          ),
        })),
      };
    },
    (grid, own) => ({
      ...forecastWithoutCalls(grid, own),
      morning: new Float64Array(grid.slotsPerDay),
      past: [],
    }),
  );

/** Largest share of the family's calls with which a queue leans on it: a larger one is most of what it would lean on. */
const largestShare = 1 / 3;
/** Least correlation of two queues' weeks from which they are taken to move together, and weeks that can show it. */
const leastTogether = 0.25;
const leastWeeks = 16;
/** Queues with less of the longest history, share of its days, lean on the family but are not counted in it. */
const longEnough = 0.9;
/** Share of the family's calls that may be missing on a day that is still counted. */
const mostMissing = 0.05;

type Histories = ReadonlyMap<string, PreparedHistory>;

const isOpen = ({ open, slotOf }: PreparedHistory, day: number): boolean =>
  open.subarray(day * slotOf.length, (day + 1) * slotOf.length).includes(1);

/** Calls of a member on a day of the calendar; 0 where it is closed, NaN where they are not known. */
const callsOn = (history: PreparedHistory, day: number): number => {
  const d = day - history.firstDay;
  if (d < 0 || d >= history.days) return Number.NaN;
  const calls = history.totals[d]!;
  return Number.isNaN(calls) && !isOpen(history, d) ? 0 : calls;
};

const usualCalls = (history: PreparedHistory): number => {
  const known = knownDays(history);
  return known.length === 0 ? 0 : known.reduce((sum, day) => sum + history.totals[day]!, 0) / history.days;
};

/** The calls of all queues with a long history together, day by day. */
const togetherOf = (histories: Histories, request: ForecastTask): PreparedHistory | undefined => {
  const most = Math.max(...[...histories.values()].map((history) => knownDays(history).length));
  const members = [...histories.values()]
    .filter((history) => knownDays(history).length >= longEnough * most)
    .map((history) => ({ history, usual: usualCalls(history) }));
  const usual = members.reduce((sum, member) => sum + member.usual, 0);
  const first = Math.min(...members.map(({ history }) => history.firstDay));
  const end = Math.max(...members.map(({ history }) => history.firstDay + history.days));
  const grid = emptyDayGrid(dateOfDayNumber(first), end - first, 1440);
  for (let day = first; day < end; day += 1) {
    let sum = 0;
    let missing = 0;
    for (const member of members) {
      const calls = callsOn(member.history, day);
      if (Number.isNaN(calls)) missing += member.usual;
      else sum += calls;
    }
    if (sum > 0 && missing < mostMissing * usual) grid.values[day - first] = sum / (1 - missing / usual);
  }
  return prepareHistory(grid, request);
};

/** Do a queue's weeks move with those of the others? A history too short to tell is given the benefit of the doubt. */
const movesWith = (history: PreparedHistory, total: PreparedHistory): boolean => {
  const own: number[] = [];
  const others: number[] = [];
  for (let end = history.days; end >= 7; end -= 7) {
    let [a, b, days] = [0, 0, 0];
    for (let day = end - 7; day < end; day += 1) {
      const calls = history.totals[day]!;
      const all = total.totals[history.firstDay + day - total.firstDay] ?? Number.NaN;
      if (Number.isNaN(calls + all)) continue;
      a += calls;
      b += Math.max(0, all - calls);
      days += 1;
    }
    if (days < 4) continue;
    own.push(Math.log((a + 0.5) / days));
    others.push(Math.log((b + 0.5) / days));
  }
  const changes = (weeks: readonly number[]): number[] => weeks.slice(1).map((week, i) => week - weeks[i]!);
  return own.length < leastWeeks || centredCorrelation(changes(own), changes(others)) >= leastTogether;
};

/**
 * What a line's queues have in common, for each queue that leans on it: a small one whose weeks move with those of the
 * others. Empty where no queue does.
 */
const familiesOf = (histories: Histories, asked: ForecastTask): ReadonlyMap<string, FamilyLevel> => {
  // The line's hours are those of intervals; a day of all queues has none.
  const { open: _hours, intraday: _today, ...rest } = asked;
  const request = { ...rest, events: (asked.events ?? []).filter(({ queue }) => queue === undefined) };
  const total = histories.size < 2 ? undefined : togetherOf(histories, request);
  if (total === undefined) return new Map();
  const most = largestShare * usualCalls(total);
  const leaning = [...histories].filter(([, history]) => {
    const usual = usualCalls(history);
    return usual > 0 && usual <= most && movesWith(history, total);
  });
  if (leaning.length === 0) return new Map();
  const level = fitFamily(total, request);
  return new Map(leaning.map(([queue]) => [queue, level]));
};

/** Correlation of two lists of the same length about their means; 0 where one of them does not vary. */
const centredCorrelation = (a: readonly number[], b: readonly number[]): number => {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    const [x, y] = [value - meanA, b[i]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  });
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
};
