import { spoken } from '../words/phrases.ts';
import { scorecardWords } from '../words/terminal/scorecard.ts';
import type { ScorecardDocument } from '../contract/documents/scorecard-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { decimal, percent } from '../render/format.ts';
import { textTable } from '../render/text-table.ts';
import { speak } from '../words/speak.ts';

/** Weights as configured and as published totals tell them; the credit of a partly solved call. */
export const scorecardText = (document: ScorecardDocument, language: Language): string => {
  const { period, partialCredit, file } = document;
  return [
    ...(period === null ? [] : [weightsText(document, language)]),
    ...(partialCredit === null ? [] : [creditText(partialCredit, language)]),
    ...document.notices.map((notice) => speak(language, 'terminal').say(notice)),
    ...(file === null ? [] : [spoken(scorecardWords, language).written({ file })]),
  ].join('\n\n');
};

const weightsText = (document: ScorecardDocument, language: Language): string => {
  const { period, results, residualPoints, weights, scorecard } = document;
  const words = spoken(scorecardWords, language);
  const heading = words.weightsFromPublishedResults({
    scorecard,
    period: period ?? '',
    results,
    residualPoints: decimal(residualPoints, 2),
  });
  const table = textTable(
    [words.indicator, words.configured, words.fitted, words.n90Interval],
    weights.map(({ name, configured, fitted, low, high }) => [
      inLanguage(name, language),
      percent(configured),
      percent(fitted),
      `${percent(low)}–${percent(high)}`,
    ]),
  );
  return `${heading}\n\n${table}`;
};

const creditText = (
  { configured, fitted, solved, partly, effect }: NonNullable<ScorecardDocument['partialCredit']>,
  language: Language,
): string =>
  spoken(scorecardWords, language).aPartlySolvedCall({
    fitted: decimal(fitted, 4),
    configured: decimal(configured, 2),
    solved: percent(solved, 2),
    partly: percent(partly, 2),
    effect: decimal(effect, 2),
  });
