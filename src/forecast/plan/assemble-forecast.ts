import type { Sayable } from '../../kernel/finding.ts';
import { seededRandom } from '../../kernel/random.ts';
import { dateOfDayNumber } from '../../kernel/time.ts';
import { slotVariance } from '../calibration/calibrate.ts';
import { spreadQuantile } from '../calibration/gamma-table.ts';
import type { CleanedHistory, ForecastParts, ForecastRequest, QueueForecast } from '../forecast-types.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import type { DayPlan } from './day-plan.ts';
import { emptyQuantiles, orderQuantiles, quantileNames } from './quantile-arrays.ts';
import { samplePaths } from './sample-paths.ts';
import type { DayUpdate } from './within-day.ts';
import { valueAt } from '../../kernel/value-at.ts';

/** Words and facts that go with the numbers. */
export interface ForecastStory {
  readonly parts: readonly ForecastParts[];
  readonly reasons: readonly Sayable[];
  readonly notices: readonly Sayable[];
  readonly cleaned: CleanedHistory;
}

/** Source of the standard normal numbers behind the day effects of one path. */
export type DayNormals = (path: number) => Float64Array;

/** Sample paths drawn where a request does not say how many. */
export const usualPathCount = 200;

/** Expected calls of each day of a plan. */
export const dayMeans = (plan: DayPlan): Float64Array => plan.logMean.map(Math.exp);

/** Independent day effects for every path of one queue. */
export const ownNormals = (seed: number, days: number): DayNormals => {
  const random = seededRandom(seed, 1);
  return () => Float64Array.from({ length: days }, () => random.normal());
};

type Distribution = Pick<QueueForecast, 'mean' | 'quantiles' | 'dayQuantiles' | 'shape' | 'openSlots'>;

const emptyDistribution = (days: number, slotsPerDay: number): Distribution => ({
  mean: new Float64Array(days * slotsPerDay),
  quantiles: emptyQuantiles(days * slotsPerDay),
  dayQuantiles: { mean: new Float64Array(days), ...emptyQuantiles(days) },
  shape: new Float64Array(days * slotsPerDay),
  openSlots: new Uint8Array(days * slotsPerDay),
});

/** Mean and quantiles of one interval whose count is not known yet. */
const writeInterval = (
  out: Distribution,
  at: number,
  mean: number,
  variance: number,
  scales: readonly [scale80: number, scale95: number],
): void => {
  const [scale80, scale95] = scales;
  const widths = [scale95, scale80, 1, scale80, scale95];
  out.mean[at] = mean;
  quantileNames.forEach((name, level) => {
    out.quantiles[name][at] = spreadQuantile(level, mean, variance * valueAt(widths, level) ** 2);
  });
  orderQuantiles(out.quantiles, at);
};

/** Intervals and total of day `j` of the horizon. */
const writeDay = (
  out: Distribution,
  history: PreparedHistory,
  plan: DayPlan,
  j: number,
  update: DayUpdate | undefined,
): void => {
  const slots = history.slotOf.length;
  const dayMean = Math.exp(valueAt(plan.logMean, j));
  const dayVariance = valueAt(plan.covariance, j * history.horizon + j) + valueAt(plan.dayNoise, j);
  const scales = [valueAt(plan.slotScale80, j), valueAt(plan.slotScale95, j)] as const;
  let total = 0;
  let shared = 0;
  let scatter = 0;
  for (let slot = 0; slot < slots; slot += 1) {
    if (history.open[(history.days + j) * slots + slot] === 0) continue;
    const at = j * history.slotsPerDay + valueAt(history.slotOf, slot);
    out.openSlots[at] = 1;
    const known = update?.known[slot] ?? Number.NaN;
    if (!Number.isNaN(known)) {
      out.mean[at] = known;
      total += known;
      for (const name of quantileNames) out.quantiles[name][at] = known;
      continue;
    }
    const mean = dayMean * valueAt(plan.shares, j * slots + slot) * (update?.factor[slot] ?? 1);
    const levelVariance = update?.variance[slot] ?? dayVariance;
    writeInterval(out, at, mean, slotVariance(plan.spread, mean, levelVariance), scales);
    total += mean;
    shared += Math.sqrt(Math.expm1(levelVariance)) * mean;
    scatter += plan.spread.count * mean + plan.spread.relative * mean * mean;
  }
  // The day's surprise is shared by its intervals, their scatter is not.
  writeTotal(out, j, total, (scatter + shared * shared) * valueAt(plan.dayScale, j) ** 2);
};

const writeTotal = (out: Distribution, j: number, total: number, variance: number): void => {
  out.dayQuantiles.mean[j] = total;
  quantileNames.forEach((name, level) => {
    out.dayQuantiles[name][j] = spreadQuantile(level, total, variance);
  });
  const slotsPerDay = out.mean.length / out.dayQuantiles.mean.length;
  if (total > 0)
    for (let at = j * slotsPerDay; at < (j + 1) * slotsPerDay; at += 1)
      out.shape[at] = valueAt(out.mean, at) / total;
};

/** Turns a plan into a forecast: means, quantiles, day totals and joint paths. */
export const assembleForecast = (
  history: PreparedHistory,
  plan: DayPlan,
  request: ForecastRequest,
  story: ForecastStory,
  normals: DayNormals = ownNormals(request.seed, history.horizon),
  updates: ReadonlyMap<number, DayUpdate> = new Map(),
): QueueForecast => {
  const out = emptyDistribution(history.horizon, history.slotsPerDay);
  for (let j = 0; j < history.horizon; j += 1) writeDay(out, history, plan, j, updates.get(j));
  const pathCount = request.pathCount ?? usualPathCount;
  const random = seededRandom(request.seed, 2);
  const paths = samplePaths({ plan, mean: out.mean, history, pathCount, normals, random, updates });
  return {
    origin: request.origin,
    method: plan.method,
    candidates: plan.candidates,
    reasons: story.reasons,
    notices: story.notices,
    dates: Array.from({ length: history.horizon }, (_, j) =>
      dateOfDayNumber(history.firstDay + history.days + j),
    ),
    intervalMinutes: history.intervalMinutes,
    slotsPerDay: history.slotsPerDay,
    mean: out.mean,
    quantiles: out.quantiles,
    dayQuantiles: out.dayQuantiles,
    ratePaths: paths.rates,
    countPaths: paths.counts,
    pathCount,
    parts: story.parts,
    shape: out.shape,
    openSlots: out.openSlots,
    cleaned: story.cleaned,
    ...(plan.outside.length === 0 ? {} : { outside: plan.outside }),
  };
};
