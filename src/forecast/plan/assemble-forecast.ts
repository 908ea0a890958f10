import type { Sayable } from '../../kernel/finding.ts';
import { seededRandom } from '../../kernel/random.ts';
import { dateOfDayNumber } from '../../kernel/time.ts';
import { slotVariance } from '../calibration/calibrate.ts';
import type { DayPlan } from './day-plan.ts';
import type { CleanedHistory, ForecastParts, ForecastRequest, QueueForecast } from '../forecast-types.ts';
import { spreadQuantile } from '../calibration/gamma-table.ts';
import type { PreparedHistory } from '../history/prepare-history.ts';
import { samplePaths } from './sample-paths.ts';
import type { DayUpdate } from './within-day.ts';

/** Words and facts that go with the numbers. */
export interface ForecastStory {
  readonly parts: readonly ForecastParts[];
  readonly reasons: readonly Sayable[];
  readonly notices: readonly Sayable[];
  readonly cleaned: CleanedHistory;
}

/** Source of the standard normal numbers behind the day effects of one path. */
export type DayNormals = (path: number) => Float64Array;

/** Expected calls of each day of a plan. */
export const dayMeans = (plan: DayPlan): Float64Array => plan.logMean.map(Math.exp);

const emptyQuantiles = (size: number) => ({
  q025: new Float64Array(size),
  q10: new Float64Array(size),
  q50: new Float64Array(size),
  q90: new Float64Array(size),
  q975: new Float64Array(size),
});
const names = ['q025', 'q10', 'q50', 'q90', 'q975'] as const;

/** Independent day effects for every path of one queue. */
export const ownNormals = (seed: number, days: number): DayNormals => {
  const random = seededRandom(seed, 1);
  return () => Float64Array.from({ length: days }, () => random.normal());
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
  const days = history.horizon;
  const slots = history.slotOf.length;
  const size = days * history.slotsPerDay;
  const mean = new Float64Array(size);
  const shape = new Float64Array(size);
  const openSlots = new Uint8Array(size);
  const quantiles = emptyQuantiles(size);
  const dayQuantiles = { mean: new Float64Array(days), ...emptyQuantiles(days) };
  const day = dayMeans(plan);
  for (let j = 0; j < days; j += 1) {
    const update = updates.get(j);
    const v = plan.covariance[j * days + j]! + plan.dayNoise[j]!;
    let total = 0;
    let shared = 0;
    let variance = 0;
    for (let slot = 0; slot < slots; slot += 1) {
      if (history.open[(history.days + j) * slots + slot] === 0) continue;
      const at = j * history.slotsPerDay + history.slotOf[slot]!;
      openSlots[at] = 1;
      const known = update?.known[slot] ?? Number.NaN;
      if (!Number.isNaN(known)) {
        mean[at] = known;
        total += known;
        for (const name of names) quantiles[name][at] = known;
        continue;
      }
      const mu = day[j]! * plan.shares[j * slots + slot]! * (update?.factor[slot] ?? 1);
      const level = update?.variance[slot] ?? v;
      mean[at] = mu;
      total += mu;
      shared += Math.sqrt(Math.expm1(level)) * mu;
      const own = slotVariance(plan.spread, mu, level);
      variance += plan.spread.count * mu + plan.spread.relative * mu * mu;
      const wide = [
        plan.slotScale95[j]!,
        plan.slotScale80[j]!,
        1,
        plan.slotScale80[j]!,
        plan.slotScale95[j]!,
      ];
      for (let q = 0; q < names.length; q += 1) {
        quantiles[names[q]!][at] = spreadQuantile(q, mu, own * wide[q]! ** 2);
      }
      orderQuantiles(quantiles, at);
    }
    for (let slot = 0; slot < slots; slot += 1) {
      const at = j * history.slotsPerDay + history.slotOf[slot]!;
      if (openSlots[at] === 1 && total > 0) shape[at] = mean[at]! / total;
    }
    dayQuantiles.mean[j] = total;
    const whole = (variance + shared * shared) * plan.dayScale[j]! ** 2;
    for (let q = 0; q < names.length; q += 1) dayQuantiles[names[q]!][j] = spreadQuantile(q, total, whole);
  }
  const pathCount = request.pathCount ?? 200;
  const random = seededRandom(request.seed, 2);
  const paths = samplePaths(
    plan,
    mean,
    history.slotOf,
    history.slotsPerDay,
    pathCount,
    normals,
    random,
    updates,
  );
  return {
    origin: request.origin,
    method: plan.method,
    candidates: plan.candidates,
    reasons: story.reasons,
    notices: story.notices,
    dates: Array.from({ length: days }, (_, j) => dateOfDayNumber(history.firstDay + history.days + j)),
    intervalMinutes: history.intervalMinutes,
    slotsPerDay: history.slotsPerDay,
    mean,
    quantiles,
    dayQuantiles,
    ratePaths: paths.rates,
    countPaths: paths.counts,
    pathCount,
    parts: story.parts,
    shape,
    openSlots,
    cleaned: story.cleaned,
  };
};

/** The two intervals are calibrated apart, so their ends are put in order where they cross. */
const orderQuantiles = (q: ReturnType<typeof emptyQuantiles>, at: number): void => {
  q.q025[at] = Math.min(q.q025[at]!, q.q10[at]!);
  q.q975[at] = Math.max(q.q975[at]!, q.q90[at]!);
  q.q50[at] = Math.min(q.q90[at]!, Math.max(q.q10[at]!, q.q50[at]!));
};
