import { forecastLevel, type LevelFit } from './day-level.ts';
import type { LevelData } from './prepare-level.ts';

/** Largest log variance that lifts a day's mean above its median: beyond it nothing is known anyway. */
const mostVariance = 0.08;

/** What to add to a day's expected log level, from the level's variance and the day's own, for the log of its mean. */
export type LiftOfMean = (levelVariance: number, ownVariance: number) => number;

/**
 * The mean of a day lies above the exponential of its expected log total by half the variance. A level fitted to
 * counts is that of their mean already: what a day does on its own, and how little the past says of its own
 * level, lift nothing there. What is left is the way the level may yet go.
 */
export const liftOfMean = (
  level: LevelData,
  fits: readonly LevelFit[],
  weights: readonly number[],
): LiftOfMean => {
  if (!level.onCounts) return (shared, own) => Math.min(mostVariance, shared + own) / 2;
  const end = level.history.days;
  const known = fits.reduce(
    (sum, fit, v) => sum + weights[v]! * forecastLevel(fit, end, end - 1, 1).variance[0]!,
    0,
  );
  return (shared) => Math.min(mostVariance, Math.max(0, shared - known)) / 2;
};
