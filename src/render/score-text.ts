import type { PlanDocument } from '../contract/documents/plan-document.ts';
import { scoreStanding, type ScoreStanding } from '../contract/score-standing.ts';
import type { Range } from '../contract/documents/range-schema.ts';
import { decimal, decimalRange, percent } from './format.ts';
import type { ReportWords } from './words.ts';

/**
 * A score with its 80 % range. Few test calls give few scores: where nearly all futures score the same, rare bad
 * ones pull the mean out of the range, and the range alone says what to expect.
 */
export const scoreText = (score: Range, words: ReportWords): string => {
  const { mean, q10, q90 } = score;
  if (mean === null || q10 === null || q90 === null || (mean >= q10 - 0.05 && mean <= q90 + 0.05))
    return decimalRange(score);
  const range = decimal(q10) === decimal(q90) ? decimal(q10) : `${decimal(q10)}–${decimal(q90)}`;
  return `${range} (${(mean < q10 ? words.meanBelowRange : words.meanAboveRange)({ mean: decimal(mean) })})`;
};

/** Where no total is told: between what it can lie, and on how much of the weights that rests. */
export const scoreBoundsText = ({ low, high, knownWeight }: ScoreBounds, words: ReportWords): string =>
  words.noTotal({ low: decimal(low), high: decimal(high), weight: percent(knownWeight, 0) });

type ScoreBounds = Pick<ScoreStanding, 'low' | 'high' | 'knownWeight'>;

/** The week's score with the part of the scorecard that it rests on, where not all of its indicators are known. */
export const weekScoreText = (
  { score, indicators }: PlanDocument['monitoring'],
  words: ReportWords,
): string => {
  const standing = scoreStanding(indicators);
  if (standing.known === standing.count) return scoreText(score, words);
  const { known, count } = standing;
  const part = words.partialScore({ known, count, weight: percent(standing.knownWeight, 0) });
  return standing.hasTotal ? `${scoreText(score, words)} [${part}]` : scoreBoundsText(standing, words);
};
