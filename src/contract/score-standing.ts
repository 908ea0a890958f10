/** How much of a scorecard a score rests on, and between which totals the unknown rest leaves it. */
export interface ScoreStanding {
  /** Share of the weights whose indicators are known, 0–1. */
  readonly knownWeight: number;
  readonly known: number;
  readonly count: number;
  /** Totals, 0–100, were every unknown indicator at 0 and at 100 points. */
  readonly low: number;
  readonly high: number;
  /** False where under half of the weights is known: then no total is reported. */
  readonly hasTotal: boolean;
}

/** Share of a scorecard's weights below which no total is reported. */
const leastKnownWeight = 0.5;

/** What a score of these indicators (points 0–100, null where unknown) is worth. Weights need not sum to one. */
export const scoreStanding = (
  indicators: readonly { readonly weight: number; readonly points: number | null }[],
): ScoreStanding => {
  const all = indicators.reduce((sum, { weight }) => sum + weight, 0);
  const found = indicators.filter(({ points }) => points !== null);
  const weight = found.reduce((sum, own) => sum + own.weight, 0);
  const knownWeight = all > 0 ? weight / all : 0;
  const low = all > 0 ? found.reduce((sum, own) => sum + own.weight * (own.points ?? 0), 0) / all : 0;
  return {
    knownWeight,
    known: found.length,
    count: indicators.length,
    low,
    high: low + 100 * (1 - knownWeight),
    // Weights are sums of fractions: a hair below half is half.
    hasTotal: knownWeight >= leastKnownWeight - 1e-9,
  };
};
