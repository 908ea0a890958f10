import type { Outcome } from '../kernel/hotline.ts';

/** A tier's own figures, from its operators. Undefined or NaN where operators have none. */
export interface TierFigures {
  /** Mean quality score, 0–100. */
  readonly qualityScore?: number;
  /** Share of calls settled at the first contact, 0–1. */
  readonly firstContactResolution?: number;
}

export interface QualityMix {
  readonly qualityScore: number | undefined;
  readonly firstContactResolution: number | undefined;
  /** Share of the calls weighed that tiers with figures answered. */
  readonly covered: number;
}

/** Calls that each tier answers in an outcome, each interval weighted (by test times, or all alike). */
export const answeredByTier = (outcome: Outcome, weights?: Float64Array): ReadonlyMap<string, number> => {
  const answered = new Map<string, number>();
  for (const tier of outcome.tiers) {
    let sum = 0;
    for (const counts of Object.values(tier.answeredByQueue)) {
      counts.forEach((calls, i) => (sum += calls * (weights?.[i] ?? 1)));
    }
    answered.set(tier.tier, sum);
  }
  return answered;
};

const mean = (
  answered: ReadonlyMap<string, number>,
  figure: (tier: string) => number | undefined,
): { readonly value: number | undefined; readonly covered: number } => {
  let sum = 0;
  let known = 0;
  let all = 0;
  for (const [tier, calls] of answered) {
    const value = figure(tier);
    all += calls;
    if (value === undefined || Number.isNaN(value)) continue;
    sum += calls * value;
    known += calls;
  }
  return { value: known > 0 ? sum / known : undefined, covered: all > 0 ? known / all : 0 };
};

/**
 * Quality that callers meet: the tiers' own figures, weighted by the calls that each tier answers, so that the
 * mix of tiers moves the score. Tiers without figures are left out, and `covered` says how much that is.
 */
export const qualityMix = (
  answered: ReadonlyMap<string, number>,
  figures: Readonly<Record<string, TierFigures>>,
): QualityMix => {
  const quality = mean(answered, (tier) => figures[tier]?.qualityScore);
  const resolution = mean(answered, (tier) => figures[tier]?.firstContactResolution);
  return {
    qualityScore: quality.value,
    firstContactResolution: resolution.value,
    covered: Math.min(quality.covered, resolution.covered),
  };
};
