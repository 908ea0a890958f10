import type { ScorecardModel } from '../contract/models/scorecard-model.ts';
import type { Range } from '../contract/documents/range-schema.ts';
import { binomialProbability } from '../kernel/distributions.ts';
import { scoreOf, type Measured } from './scorecard.ts';

export interface ScoreRangeInput {
  readonly scorecard: ScorecardModel;
  readonly testCalls: number;
  /** True chance of a test call in each equally likely future. */
  readonly rates: Float64Array;
  /** What the monitor would measure, given the monitored rate k/n and the future's index. */
  readonly measuredAt: (monitoredRate: number, future: number) => Measured;
}

/**
 * Mean and 80 % range of the score that a monitoring of `testCalls` calls publishes: the exact mixture, over
 * futures and over the binomial count of connected calls; the range holds the mean. Nulls when the scorecard measures nothing.
 */
export const scoreRange = ({ scorecard, testCalls, rates, measuredAt }: ScoreRangeInput): Range => {
  const outcomes: { readonly score: number; readonly chance: number }[] = [];
  for (const [future, rate] of rates.entries()) {
    for (let k = 0; k <= testCalls; k += 1) {
      const chance = binomialProbability(k, testCalls, rate) / rates.length;
      if (chance < 1e-12) continue;
      const { score } = scoreOf(scorecard, measuredAt(k / testCalls, future));
      if (score !== null) outcomes.push({ score, chance });
    }
  }
  if (outcomes.length === 0) return { mean: null, q10: null, q90: null };
  outcomes.sort((a, b) => a.score - b.score);
  const total = outcomes.reduce((s, o) => s + o.chance, 0);
  const quantile = (p: number): number => {
    let sum = 0;
    for (const { score, chance } of outcomes) {
      sum += chance / total;
      if (sum >= p - 1e-12) return score;
    }
    return outcomes.at(-1)?.score ?? Number.NaN;
  };
  const mean = outcomes.reduce((s, o) => s + o.score * o.chance, 0) / total;
  // Scores come in steps of a test call: where nearly all are one step, the mean lies outside of its own quantiles.
  return { mean, q10: Math.min(mean, quantile(0.1)), q90: Math.max(mean, quantile(0.9)) };
};
