import { betaQuantile } from '../kernel/distributions.ts';

/** Belief in a share as a beta distribution. `a + b` is how many callers it is worth. */
export interface TakeUpBelief {
  readonly a: number;
  readonly b: number;
}

/** What one interval with the prompt says about the share that takes it up. */
export interface TakeUpEvidence {
  /** Callers who heard the prompt. */
  readonly heard: number;
  /** Those that moved, as far as counts show: may be negative by chance. */
  readonly moved: number;
  /** Variance of `moved` as an estimate: count noise and the uncertainty of what is usual. */
  readonly movedVariance: number;
}

/** A belief with a mean strictly between 0 and 1, worth as much as `callers` callers (20: weak). */
export const takeUpPrior = (mean: number, callers = 20): TakeUpBelief => {
  const inside = Math.min(0.999, Math.max(0.001, mean));
  return { a: inside * callers, b: (1 - inside) * callers };
};

/** Mean of a belief and the interval that holds the share with the given probability. */
export const takeUpRange = (
  belief: TakeUpBelief,
  probability = 0.8,
): { readonly mean: number; readonly low: number; readonly high: number } => ({
  mean: belief.a / (belief.a + belief.b),
  low: betaQuantile((1 - probability) / 2, belief.a, belief.b),
  high: betaQuantile((1 + probability) / 2, belief.a, belief.b),
});

/**
 * A belief after evidence. Moved callers are seen only as an excess over what is usual, so each interval is
 * worth less than its callers: the pooled share and its variance are turned into the beta evidence that has
 * that mean and variance (n = p(1 − p)/variance, moment matching), which is then added to the prior. Evidence
 * without callers changes nothing.
 */
export const learnTakeUp = (prior: TakeUpBelief, evidence: readonly TakeUpEvidence[]): TakeUpBelief => {
  const heard = evidence.reduce((sum, e) => sum + e.heard, 0);
  if (heard <= 0) return prior;
  const variance = evidence.reduce((sum, e) => sum + e.movedVariance, 0) / heard ** 2;
  const seen = evidence.reduce((sum, e) => sum + e.moved, 0) / heard;
  const share = Math.min(1 - 1 / (heard + 2), Math.max(1 / (heard + 2), seen));
  if (!(variance > 0)) return { a: prior.a + share * heard, b: prior.b + (1 - share) * heard };
  const worth = Math.min(heard, (share * (1 - share)) / variance);
  return { a: prior.a + share * worth, b: prior.b + (1 - share) * worth };
};

/** Counts of one interval in which the prompt played, and of intervals like it in which it did not. */
export interface PromptedInterval {
  /** Count while the prompt played: channel requests, or first calls that asked for an operator. */
  readonly count: number;
  /** The same count in comparable intervals without the prompt. At least one is needed to learn anything. */
  readonly usual: readonly number[];
  /** First calls of the interval before the prompt moved any; NaN when only those after are known. */
  readonly callers: number;
  readonly reach: number;
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

/**
 * How much wider than Poisson usual counts are (variance / mean), pooled over intervals since a few
 * comparison values cannot tell their own spread; never below 1. 1 where no interval has two values.
 */
export const usualDispersion = (intervals: readonly PromptedInterval[]): number => {
  let squares = 0;
  let expected = 0;
  for (const { usual } of intervals) {
    if (usual.length < 2) continue;
    const mean = meanOf(usual);
    for (const value of usual) squares += (value - mean) ** 2;
    expected += (usual.length - 1) * mean;
  }
  return expected > 0 ? Math.max(1, squares / expected) : 1;
};

/**
 * Evidence from an online channel: requests beyond the usual are those the prompt sent. Noise: of the usual
 * requests (`dispersion` × Poisson), of what is usual, and of those that moved. Undefined without comparison.
 */
export const evidenceFromChannel = (
  interval: PromptedInterval,
  dispersion = 1,
): TakeUpEvidence | undefined => {
  if (interval.usual.length === 0) return undefined;
  const mean = meanOf(interval.usual);
  const moved = interval.count - mean;
  return {
    heard: interval.callers * interval.reach,
    moved,
    movedVariance: dispersion * mean * (1 + 1 / interval.usual.length) + Math.max(0, moved),
  };
};

/** Evidence from calls: those missing against the usual went elsewhere or off-peak. */
export const evidenceFromCalls = (interval: PromptedInterval, dispersion = 1): TakeUpEvidence | undefined => {
  if (interval.usual.length === 0) return undefined;
  const mean = meanOf(interval.usual);
  return {
    heard: mean * interval.reach,
    moved: mean - interval.count,
    movedVariance: dispersion * (interval.count + mean / interval.usual.length),
  };
};
