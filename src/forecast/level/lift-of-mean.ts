/** Largest log variance that lifts a day's mean above its median: beyond it nothing is known anyway. */
const mostVariance = 0.08;

/**
 * What lies between a day's expected log total, whose variance is given, and the log of its mean: half the
 * variance, and nothing where the level was fitted to counts, since it is that of their mean already.
 */
export const liftOfMean = (variance: number, onCounts: boolean): number =>
  onCounts ? 0 : Math.min(mostVariance, variance) / 2;
