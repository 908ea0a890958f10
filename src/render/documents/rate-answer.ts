import { spoken } from '../../words/phrases.ts';
import { messages } from '../../words/messages.ts';
import type { RateDocument } from '../../contract/documents/score-documents.ts';
import { shownDifference } from '../../kernel/measures.ts';
import type { Language } from '../../kernel/text.ts';
import { figuresOf } from '../../words/figures.ts';
import { remarksOf, type Answer } from '../answer.ts';
import { tableOf, type Table } from '../table.ts';
import { speak } from '../../words/speak.ts';

const rateWords = messages('terminal-rate');

type Names = ReadonlyMap<string, string>;

/** The rate to come of every line; beside it what came, where the days have passed, and how well that was foreseen. */
export const rateAnswer = (
  document: RateDocument,
  names: Names,
  language: Language,
  madeUp: boolean,
): Answer => {
  const words = spoken(rateWords, language);
  const last = document.lines[0]?.days.at(-1)?.date ?? document.from;
  const heading = words.shareOfCallsAnswered({
    from: document.from,
    last,
    halfLifeDays: document.halfLifeDays,
  });
  const table =
    document.score === null ? aheadTable(document, names, language) : scoredTable(document, names, language);
  return {
    title: words.title,
    remarks: remarksOf({}, language, madeUp),
    parts: [
      heading,
      table,
      scoreText(document, language),
      ...document.notices.map((n) => speak(language, 'terminal').say(n)),
    ],
  };
};

const aheadTable = ({ lines }: RateDocument, names: Names, language: Language): Table => {
  const words = spoken(rateWords, language);
  return tableOf(
    lines.flatMap(({ line, days }) => days.map((day) => ({ line, ...day }))),
    [
      [words.line, 'text', ({ line }) => names.get(line) ?? line],
      [words.date, 'date', ({ date }) => date],
      [words.rate, 'share', ({ mean }) => mean],
      [words.n80Range, 'share', ({ q10, q90 }) => ({ low: q10, high: q90 })],
    ],
  );
};

const scoredTable = ({ lines }: RateDocument, names: Names, language: Language): Table => {
  const words = spoken(rateWords, language);
  return tableOf(lines, [
    [words.line, 'text', ({ line }) => names.get(line) ?? line],
    [words.forecast, 'share', ({ forecast }) => forecast],
    [words.actual, 'share', ({ actual }) => actual],
    [
      words.differencePoints,
      'points',
      ({ forecast, actual }) =>
        forecast === null || actual === null ? null : shownDifference(forecast, actual),
    ],
  ]);
};

const scoreText = ({ score }: RateDocument, language: Language): string => {
  if (score === null) return '';
  const { count, decimal, percent } = figuresOf(language);
  const points = (share: number | null): string => decimal(share === null ? null : 100 * share);
  return spoken(rateWords, language).daysScoredWeighedBy({
    days: count(score.days),
    meanAbsoluteError: points(score.meanAbsoluteError),
    sameWeekdayBeforeError: points(score.sameWeekdayBeforeError),
    bias: points(score.bias),
    coverage80: percent(score.coverage80),
    coverage95: percent(score.coverage95),
  });
};
