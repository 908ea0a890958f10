import { spoken } from '../../words/phrases.ts';
import { messages } from '../../words/messages.ts';
import type { ScorecardDocument } from '../../contract/documents/score-documents.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { figuresOf } from '../../words/figures.ts';
import { terminalRows } from '../terminal-table.ts';
import { speak } from '../../words/speak.ts';

const scorecardWords = messages('terminal-scorecard');

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
    residualPoints: figuresOf(language).decimal(residualPoints, 2),
  });
  const table = terminalRows(language, weights, [
    [words.indicator, 'text', ({ name }) => inLanguage(name, language)],
    [words.configured, 'share', (weight) => weight.configured],
    [words.fitted, 'share', (weight) => weight.fitted],
    [words.n90Interval, 'share', ({ low, high }) => ({ low, high })],
  ]);
  return `${heading}\n\n${table}`;
};

const creditText = (
  { configured, fitted, solved, partly, effect }: NonNullable<ScorecardDocument['partialCredit']>,
  language: Language,
): string => {
  const { decimal, percent } = figuresOf(language);
  return spoken(scorecardWords, language).aPartlySolvedCall({
    fitted: decimal(fitted, 4),
    configured: decimal(configured, 2),
    solved: percent(solved, 2),
    partly: percent(partly, 2),
    effect: decimal(effect, 2),
  });
};
