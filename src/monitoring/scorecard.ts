import type { ScorecardModel } from '../contract/models/monitor-model.ts';
import { scoreStanding } from '../contract/score-standing.ts';
import type { Text } from '../kernel/text.ts';

/** Outcome of problem solving: shares of all connected test calls. */
interface Resolution {
  readonly solved: number;
  readonly partlySolved: number;
}

/**
 * What was measured, by indicator key or by a part's key: shares 0–1, seconds, points 0–100, or a
 * resolution, as the indicator's scoring rule wants it.
 */
export type Measured = Readonly<Record<string, number | Resolution | undefined>>;

interface ScoredIndicator {
  readonly indicator: string;
  readonly name: Text;
  readonly weight: number;
  /** 0–100; null where nothing was measured. */
  readonly points: number | null;
}

type Indicator = ScorecardModel['indicators'][number];
type Scoring = Indicator['scoring'];

const clamp = (points: number): number => Math.max(0, Math.min(100, points));

/** Points 0–100 of one measured value under a scoring rule; values beyond the scale count as its end. */
export const pointsOf = (scoring: Scoring, value: number | Resolution): number => {
  if (typeof value !== 'number') {
    const credit = scoring.rule === 'resolution' ? scoring.partialCredit : 0;
    return clamp(100 * (value.solved + credit * value.partlySolved));
  }
  if (scoring.rule === 'points') return clamp(value);
  if (scoring.rule === 'share') return clamp(100 * value);
  if (scoring.rule === 'resolution') {
    return clamp(100 * (value + scoring.partialCredit * scoring.partlyShareOfUnsolved * (1 - value)));
  }
  const { fullSeconds, zeroSeconds } = scoring;
  if (zeroSeconds <= fullSeconds) return value <= fullSeconds ? 100 : 0;
  return clamp((100 * (zeroSeconds - value)) / (zeroSeconds - fullSeconds));
};

const known = (value: number | Resolution | undefined): value is number | Resolution =>
  value !== undefined && (typeof value !== 'number' || !Number.isNaN(value));

/** Mean of those present, by weight; null when none is. Weights need not sum to one. */
const weightedPoints = (
  items: readonly { readonly points: number | null; readonly weight: number }[],
): number | null => {
  let sum = 0;
  let weights = 0;
  for (const { points, weight } of items) {
    if (points === null) continue;
    sum += weight * points;
    weights += weight;
  }
  return weights > 0 ? sum / weights : null;
};

const scoreIndicator = (indicator: Indicator, measured: Measured): number | null => {
  const own = measured[indicator.indicator];
  if (known(own)) return pointsOf(indicator.scoring, own);
  return weightedPoints(
    indicator.parts.map(({ part, weight }) => {
      const value = measured[part];
      return { weight, points: known(value) ? pointsOf(indicator.scoring, value) : null };
    }),
  );
};

/**
 * Score of a hotline, 0–100: the weighted mean of its indicators' points. An indicator that was not measured
 * itself is the weighted mean of its measured parts (second level). Indicators without any measurement are
 * listed in `missing`, and the score is that of the others with their weights scaled up to one; null where under half
 * of the weights is known (see `scoreStanding`).
 */
export const scoreOf = (
  scorecard: ScorecardModel,
  measured: Measured,
): {
  readonly score: number | null;
  readonly indicators: readonly ScoredIndicator[];
  readonly missing: readonly string[];
} => {
  const indicators = scorecard.indicators.map((indicator) => ({
    indicator: indicator.indicator,
    name: indicator.name,
    weight: indicator.weight,
    points: scoreIndicator(indicator, measured),
  }));
  return {
    score: scoreStanding(indicators).hasTotal ? weightedPoints(indicators) : null,
    indicators,
    missing: indicators.filter((i) => i.points === null).map((i) => i.indicator),
  };
};

/**
 * Credit c of a partly solved call that makes published figures agree: solved + c × partly = effect. The 2019
 * figures 20.35 %, 49.12 % and 52.76 give 0.6598. Undefined when nothing was partly solved; not clamped, so
 * that figures that cannot belong together show as a credit outside 0–1.
 */
export const partialCreditFrom = (
  solved: number,
  partlySolved: number,
  effectPoints: number,
): number | undefined => (partlySolved > 0 ? (effectPoints / 100 - solved) / partlySolved : undefined);
