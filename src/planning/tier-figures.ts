import type { OperatorRecord } from '../kernel/records.ts';
import type { TiersModel } from '../contract/model-files.ts';

/** Quality score (0–100) and first-contact resolution (0–1) of a tier: means over its operators. */
export interface TierFigures {
  readonly qualityScore: number;
  readonly firstContactResolution: number;
}

/** Figures of the tiers whose operators have any; a tier without is left out. */
export const tierFigures = (
  operators: readonly OperatorRecord[],
  tiers: TiersModel,
): Record<string, TierFigures> => {
  const figures: Record<string, TierFigures> = {};
  for (const { tier } of tiers.tiers) {
    const own = operators.filter((operator) => operator.tier === tier);
    const qualityScore = meanOf(own.map((operator) => operator.qualityScore));
    const firstContactResolution = meanOf(own.map((operator) => operator.firstContactResolution));
    if (qualityScore !== undefined && firstContactResolution !== undefined)
      figures[tier] = { qualityScore, firstContactResolution };
  }
  return figures;
};

const meanOf = (values: readonly (number | undefined)[]): number | undefined => {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length;
};
