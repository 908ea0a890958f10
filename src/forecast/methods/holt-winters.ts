import type { PreparedHistory } from '../history/prepare-history.ts';
import { fillHorizon, forecastMethod, weekdayAt } from './forecast-method.ts';

/** Level, damped growth and weekly season of the log day total, smoothed exponentially. */
interface Smoothed {
  readonly level: number;
  readonly growth: number;
  readonly season: readonly number[];
  readonly error: number;
}

/** What is learnt: the level's end, the week's season (log scale) and the day's shares per weekday × slot. */
interface HoltWintersFit extends Omit<Smoothed, 'error'> {
  readonly shares: readonly number[];
  /** True where the history has no calls at all. */
  readonly empty: boolean;
}

/** Share of the growth that is left after a day: within the 0.8–0.98 that Hyndman and Athanasopoulos advise. */
const damping = 0.9;

/** Additive Holt-Winters with damped trend on log day totals (Hyndman and Athanasopoulos 2021, 8.3). */
const smooth = (history: PreparedHistory, alpha: number, beta: number, gamma: number): Smoothed => {
  const season = startSeason(history);
  let level = Number.NaN;
  let growth = 0;
  let error = 0;
  for (let day = 0; day < history.days; day += 1) {
    const total = history.totals[day]!;
    if (Number.isNaN(total)) continue;
    const weekday = weekdayAt(history, day);
    const y = Math.log(Math.max(total, 1)) - season[weekday]!;
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
    season[weekday]! += gamma * (1 - alpha) * bounded;
  }
  return { level: Number.isNaN(level) ? 0 : level, growth, season, error };
};

const startSeason = (history: PreparedHistory): number[] => {
  const sums = Array.from({ length: 7 }, () => 0);
  const counts = Array.from({ length: 7 }, () => 0);
  for (let day = 0; day < Math.min(history.days, 56); day += 1) {
    const total = history.totals[day]!;
    if (Number.isNaN(total)) continue;
    sums[weekdayAt(history, day)]! += Math.log(Math.max(total, 1));
    counts[weekdayAt(history, day)]! += 1;
  }
  const means = sums.map((v, w) => (counts[w]! > 0 ? v / counts[w]! : Number.NaN));
  const known = means.filter((v) => !Number.isNaN(v));
  const centre = known.reduce((x, y) => x + y, 0) / Math.max(1, known.length);
  return means.map((v) => (Number.isNaN(v) ? 0 : v - centre));
};

/** The daily season: each weekday's shares, smoothed with the weight of a quarter per week. */
const smoothShares = (history: PreparedHistory): number[] => {
  const slots = history.slotOf.length;
  const shares = new Float64Array(7 * slots).fill(Number.NaN);
  for (let day = 0; day < history.days; day += 1) {
    const total = history.totals[day]!;
    if (!(total > 0)) continue;
    const at = weekdayAt(history, day) * slots;
    for (let slot = 0; slot < slots; slot += 1) {
      const calls = history.values[day * slots + slot]!;
      if (Number.isNaN(calls)) continue;
      const before = shares[at + slot]!;
      shares[at + slot] = Number.isNaN(before) ? calls / total : 0.75 * before + (0.25 * calls) / total;
    }
  }
  return Array.from(shares, (v) => (Number.isNaN(v) ? 0 : v));
};

/** The smoothing with the least error one day ahead, over a small grid of weights. */
const smoothBest = (history: PreparedHistory): Smoothed => {
  let best: Smoothed | undefined;
  for (const alpha of [0.05, 0.1, 0.2, 0.4]) {
    for (const beta of [0, 0.05]) {
      for (const gamma of [0.05, 0.15]) {
        const tried = smooth(history, alpha, beta, gamma);
        if (best === undefined || tried.error < best.error) best = tried;
      }
    }
  }
  return best ?? { level: 0, growth: 0, season: [], error: 0 };
};

/** Exponential smoothing with two seasons, the week's and the day's; weights chosen by one-day-ahead error. */
export const holtWinters = forecastMethod<HoltWintersFit>(
  (history) => {
    const { level, growth, season } = smoothBest(history);
    const empty = !history.totals.some((total) => total > 0);
    return { level, growth, season, shares: smoothShares(history), empty };
  },
  ({ level, growth, season, shares, empty }, ahead) =>
    fillHorizon(ahead, (day, slot) => {
      if (empty) return 0;
      const weekday = weekdayAt(ahead, day);
      const grown = (damping * (1 - Math.pow(damping, day - ahead.days + 1))) / (1 - damping);
      const log = level + growth * grown + (season[weekday] ?? 0);
      return Math.exp(log) * (shares[weekday * ahead.slotOf.length + slot] ?? 0);
    }),
);
