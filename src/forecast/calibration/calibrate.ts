import type { SlotSpread } from '../shape/day-shape.ts';
import { spreadQuantile } from './spread-quantile.ts';

/** A past interval or day as it was forecast, and what came. */
export interface PastForecast {
  readonly mean: number;
  /** Variance that the model gave it. */
  readonly variance: number;
  readonly actual: number;
}

/**
 * Share of past forecasts between two quantiles when standard deviations are multiplied by `scale`. An end counts half
 * here, other than where coverage is reported (`isCovered`): counts on the ends would else narrow the ranges of all.
 */
const coverage = (past: readonly PastForecast[], low: number, high: number, scale: number): number => {
  let inside = 0;
  for (const p of past) {
    const { mean, actual } = p;
    const variance = p.variance * scale * scale;
    // The lower end lies below the mean: who is above it has the upper end alone to pass.
    if (actual < mean || actual === 0) {
      const a = spreadQuantile(low, mean, variance);
      if (actual === a) inside += 0.5;
      if (actual <= a) continue;
    }
    const b = spreadQuantile(high, mean, variance);
    if (actual < b) inside += 1;
    else if (actual === b) inside += 0.5;
  }
  return inside / past.length;
};

/**
 * Fewest calls, in the mean, of an interval in which ranges can be told right from wrong. Of fewer, much of what comes
 * lies on an end of the range (none on none, above all), where it counts as half inside.
 */
const fewestCalls = 5;
/** How much wider than busy intervals ask for ranges may be, to make up for quiet ones that are half inside at best. */
const mostForQuiet = 1.25;

/**
 * Factor on the standard deviation under which past forecasts were covered as often as promised, drawn
 * towards 1 by k^(n/(n+4)) for n independent weeks. Between 0.6 and 3; 1 where nothing is known. Quiet intervals,
 * whose counts lie on the ends, raise it by a quarter at most over that of the busy ones: they would make the ranges
 * of the day twice as wide as they are.
 */
export const coverageScale = (past: readonly PastForecast[], weeks: number, level: 80 | 95): number => {
  if (past.length < 10 || weeks < 1) return 1;
  const busy = past.filter(({ mean }) => mean >= fewestCalls);
  const drawn = (some: readonly PastForecast[]): number =>
    Math.min(3, Math.max(0.6, Math.pow(coveringFactor(some, level), weeks / (weeks + 4))));
  if (busy.length === past.length) return drawn(past);
  return Math.min(drawn(past), mostForQuiet * (busy.length < 10 ? 1 : drawn(busy)));
};

/** The factor itself, by bisection between 0.4 and 4. */
const coveringFactor = (past: readonly PastForecast[], level: 80 | 95): number => {
  const [low, high, target] = level === 80 ? [1, 3, 0.8] : [0, 4, 0.95];
  let below = Math.log(0.4);
  let above = Math.log(4);
  for (let i = 0; i < 12; i += 1) {
    const middle = (below + above) / 2;
    if (coverage(past, low, high, Math.exp(middle)) < target) below = middle;
    else above = middle;
  }
  return Math.exp((below + above) / 2);
};

/** Variance of a slot's count for its mean and the variance of the day's level (log scale). */
export const slotVariance = (spread: SlotSpread, mean: number, dayVariance: number): number =>
  spread.count * mean + (spread.relative + Math.expm1(dayVariance)) * mean * mean;
