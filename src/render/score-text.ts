import type { PlanDocument } from '../contract/documents/plan-document.ts';
import type { Range } from '../contract/documents/schema-parts.ts';
import { scoreStanding, type ScoreStanding } from '../contract/score-standing.ts';
import type { Language } from '../kernel/text.ts';
import { figuresOf } from '../words/figures.ts';
import { reportWords } from './report-words.ts';
import { cellText } from './table.ts';

/**
 * A score with its 80 % range. Few test calls give few scores: where nearly all sample paths score the same, rare bad
 * ones pull the mean out of the range, and the range alone says what to expect.
 */
export const scoreText = (score: Range, language: Language): string => {
  const { mean, q10, q90 } = score;
  if (mean === null || q10 === null || q90 === null || (mean >= q10 - 0.05 && mean <= q90 + 0.05))
    return cellText(score, 'number', language);
  const words = reportWords(language);
  const { decimal } = figuresOf(language);
  const range = decimal(q10) === decimal(q90) ? decimal(q10) : `${decimal(q10)}–${decimal(q90)}`;
  return `${range} (${(mean < q10 ? words.meanBelowRange : words.meanAboveRange)({ mean: decimal(mean) })})`;
};

/** Where no total is given: between what it can lie, and on how much of the weights that rests. */
export const scoreBoundsText = (
  { low, high, knownWeight }: Pick<ScoreStanding, 'low' | 'high' | 'knownWeight'>,
  language: Language,
): string => {
  const { decimal, percent } = figuresOf(language);
  const weight = percent(knownWeight, 0);
  return reportWords(language).noTotal({ low: decimal(low), high: decimal(high), weight });
};

/** The week's score with the part of the scorecard that it rests on, where not all of its indicators are known. */
export const weekScoreText = (
  { score, indicators }: PlanDocument['monitoring'],
  language: Language,
): string => {
  const standing = scoreStanding(indicators);
  if (standing.known === standing.count) return scoreText(score, language);
  const { known, count } = standing;
  const weight = figuresOf(language).percent(standing.knownWeight, 0);
  const part = reportWords(language).partialScore({ known, count, weight });
  return standing.hasTotal ? `${scoreText(score, language)} [${part}]` : scoreBoundsText(standing, language);
};
