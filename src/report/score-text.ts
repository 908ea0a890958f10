import type { Range } from '../contract/plan-document.ts';
import { decimal, decimalRange, fill } from './format.ts';
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
  return `${range} (${fill(mean < q10 ? words.meanBelowRange : words.meanAboveRange, { mean: decimal(mean) })})`;
};
