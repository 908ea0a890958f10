import { gammaCdf } from '../kernel/distributions.ts';
import { invertIncreasing } from '../kernel/special-functions.ts';

/** One queue's counts in one interval, as an outcome gives them. */
export interface QueueCounts {
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly blocked: number;
  readonly answeredWaitSeconds: number;
  readonly waitSeconds: number;
}

export interface TestCallerWait {
  /** Chance that an attempt reaches an operator within the monitor's longest queue wait. */
  readonly connects: number;
  /** Mean queue wait of the attempts that do, seconds. */
  readonly meanWaitSeconds: number;
}

const never: TestCallerWait = { connects: 0, meanWaitSeconds: 0 };

/**
 * How a monitor's call fares in a queue where ordinary callers fare as `counts` say. A monitor does not hang up
 * as callers do: it waits up to `longestWaitSeconds` in the queue, so its chance is P(offered wait V ≤ limit),
 * not answered / offered.
 *
 * V is rebuilt from the counts, with exponential patience of mean θ = waited seconds / abandoned. Then
 * E[exp(−V/θ)] is the share answered and E[V exp(−V/θ)] the answered calls' wait, which fix two parameters:
 * V = 0 or exponential (light to full load), or gamma where nobody is answered at once (overload). Both match
 * the two moments exactly. Where nobody hung up, V is exponential with the answered calls' mean wait. No
 * answered call: never connects.
 */
export const testCallerWait = (counts: QueueCounts, longestWaitSeconds: number): TestCallerWait => {
  const admitted = counts.offered - counts.blocked;
  if (!(counts.answered > 0 && admitted > 0) || longestWaitSeconds < 0) return never;
  const admission = Math.min(1, admitted / counts.offered);
  const answeredShare = Math.min(1, counts.answered / (counts.answered + counts.abandoned));
  const wait = counts.answeredWaitSeconds / counts.answered;
  const offered = offeredWait(counts, answeredShare, wait);
  const within = offered.within(longestWaitSeconds);
  return {
    connects: admission * within,
    meanWaitSeconds: within > 0 ? offered.partialMean(longestWaitSeconds) / within : 0,
  };
};

interface OfferedWait {
  readonly within: (limit: number) => number;
  /** E[V; V ≤ limit]. */
  readonly partialMean: (limit: number) => number;
}

const zeroOrExponential = (delayed: number, mean: number): OfferedWait => ({
  within: (limit) => (mean > 0 ? 1 - delayed * Math.exp(-limit / mean) : 1),
  partialMean: (limit) => (mean > 0 ? delayed * (mean - (mean + limit) * Math.exp(-limit / mean)) : 0),
});

const gammaWait = (shape: number, scale: number): OfferedWait => ({
  within: (limit) => gammaCdf(limit, shape, scale),
  partialMean: (limit) => shape * scale * gammaCdf(limit, shape + 1, scale),
});

const offeredWait = (counts: QueueCounts, answeredShare: number, wait: number): OfferedWait => {
  const abandonShare = 1 - answeredShare;
  if (abandonShare < 1e-9) return zeroOrExponential(1, wait);
  const patience = counts.waitSeconds / counts.abandoned;
  const abandonedWait = Math.max(1e-9, (counts.waitSeconds - counts.answeredWaitSeconds) / counts.abandoned);
  const delayed = (abandonShare * patience) / abandonedWait;
  if (abandonedWait < patience && delayed <= 1) {
    return zeroOrExponential(delayed, 1 / (1 / abandonedWait - 1 / patience));
  }
  return overloadedWait(answeredShare, wait / patience, patience);
};

/** Gamma with E[exp(−V/θ)] = answered share and tilted mean `q` θ: (1 − q/k)^k = answered share fixes k. */
const overloadedWait = (answeredShare: number, q: number, patience: number): OfferedWait => {
  const largest = 1e4;
  if (!(q > 0)) return zeroOrExponential(1, 0);
  const answered = (k: number): number => (k <= q ? 0 : Math.exp(k * Math.log1p(-q / k)));
  const shape =
    answered(largest) <= answeredShare ? largest : invertIncreasing(answered, answeredShare, q, largest);
  return gammaWait(shape, (patience * q) / (shape - q));
};
