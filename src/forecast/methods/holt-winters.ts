import type { PreparedHistory } from '../history/prepare-history.ts';
import { fillHorizon, listOf, numberOf, weekdayAt, type ForecastMethod } from './forecast-method.ts';

/** Level, damped growth and weekly season of the log day total, smoothed exponentially. */
interface Smoothed {
  readonly level: number;
  readonly growth: number;
  readonly season: readonly number[];
  readonly error: number;
}

const damping = 0.9;

/** Additive Holt-Winters with damped trend on log day totals (Hyndman and Athanasopoulos 2021, 8.3). */
const smooth = (h: PreparedHistory, alpha: number, beta: number, gamma: number): Smoothed => {
  const season = startSeason(h);
  let level = Number.NaN;
  let growth = 0;
  let error = 0;
  for (let d = 0; d < h.days; d += 1) {
    const total = h.totals[d]!;
    if (Number.isNaN(total)) continue;
    const w = weekdayAt(h, d);
    const y = Math.log(Math.max(total, 1)) - season[w]!;
    if (Number.isNaN(level)) {
      level = y;
      continue;
    }
    const expected = level + damping * growth;
    const e = y - expected;
    // A wild day moves the state no more than a large ordinary one.
    const bounded = Math.max(-0.3, Math.min(0.3, e));
    error += Math.abs(e);
    level = expected + alpha * bounded;
    growth = damping * growth + alpha * beta * bounded;
    season[w]! += gamma * (1 - alpha) * bounded;
  }
  return { level: Number.isNaN(level) ? 0 : level, growth, season, error };
};

const startSeason = (h: PreparedHistory): number[] => {
  const sums = Array.from({ length: 7 }, () => 0);
  const counts = Array.from({ length: 7 }, () => 0);
  for (let d = 0; d < Math.min(h.days, 56); d += 1) {
    const total = h.totals[d]!;
    if (Number.isNaN(total)) continue;
    sums[weekdayAt(h, d)]! += Math.log(Math.max(total, 1));
    counts[weekdayAt(h, d)]! += 1;
  }
  const means = sums.map((v, w) => (counts[w]! > 0 ? v / counts[w]! : Number.NaN));
  const known = means.filter((v) => !Number.isNaN(v));
  const centre = known.reduce((x, y) => x + y, 0) / Math.max(1, known.length);
  return means.map((v) => (Number.isNaN(v) ? 0 : v - centre));
};

/** The daily season: each weekday's shares, smoothed with the weight of a quarter per week. */
const smoothShares = (h: PreparedHistory): number[] => {
  const a = h.slotOf.length;
  const shares = new Float64Array(7 * a).fill(Number.NaN);
  for (let d = 0; d < h.days; d += 1) {
    const total = h.totals[d]!;
    if (!(total > 0)) continue;
    const at = weekdayAt(h, d) * a;
    for (let s = 0; s < a; s += 1) {
      const v = h.values[d * a + s]!;
      if (Number.isNaN(v)) continue;
      const before = shares[at + s]!;
      shares[at + s] = Number.isNaN(before) ? v / total : 0.75 * before + (0.25 * v) / total;
    }
  }
  return Array.from(shares, (v) => (Number.isNaN(v) ? 0 : v));
};

/** Exponential smoothing with two seasons, the week's and the day's; weights chosen by one-day-ahead error. */
export const holtWinters: ForecastMethod = {
  name: 'holt-winters',
  fit: (h) => {
    let best: Smoothed | undefined;
    for (const alpha of [0.05, 0.1, 0.2, 0.4]) {
      for (const beta of [0, 0.05]) {
        for (const gamma of [0.05, 0.15]) {
          const tried = smooth(h, alpha, beta, gamma);
          if (best === undefined || tried.error < best.error) best = tried;
        }
      }
    }
    return {
      level: best?.level ?? 0,
      growth: best?.growth ?? 0,
      season: best?.season ?? [],
      shares: smoothShares(h),
      empty: h.totals.some((t) => t > 0) ? 0 : 1,
    };
  },
  predict: (state, h) => {
    if (numberOf(state, 'empty') === 1) return fillHorizon(h, () => 0);
    const a = h.slotOf.length;
    const shares = listOf(state, 'shares');
    const season = listOf(state, 'season');
    return fillHorizon(h, (day, slot) => {
      const w = weekdayAt(h, day);
      const grown = (damping * (1 - Math.pow(damping, day - h.days + 1))) / (1 - damping);
      const log = numberOf(state, 'level') + numberOf(state, 'growth') * grown + (season[w] ?? 0);
      return Math.exp(log) * (shares[w * a + slot] ?? 0);
    });
  },
};
