import { spoken } from '../words/phrases.ts';
import { rateWords } from '../words/terminal/rate.ts';
import type { RateDocument } from '../contract/documents/rate-document.ts';
import { shownDifference } from '../kernel/shown-difference.ts';
import type { Language } from '../kernel/text.ts';
import { percent, whole } from '../render/format.ts';
import { textTable } from '../render/text-table.ts';
import { speak } from '../words/speak.ts';

/** The rate to come of every line; beside it what came, where the days have passed, and how well that was foreseen. */
export const rateText = (
  document: RateDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const words = spoken(rateWords, language);
  const last = document.lines[0]?.days.at(-1)?.date ?? document.from;
  const heading = words.shareOfCallsAnswered({
    from: document.from,
    last,
    halfLifeDays: document.halfLifeDays,
  });
  const table =
    document.score === null ? aheadTable(document, names, language) : scoredTable(document, names, language);
  return [
    heading,
    table,
    scoreText(document, language),
    ...document.notices.map((n) => speak(language, 'terminal').say(n)),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
};

const aheadTable = (
  { lines }: RateDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const words = spoken(rateWords, language);
  return textTable(
    [words.line, words.date, words.rate, words.n80Range],
    lines.flatMap(({ line, days }) =>
      days.map((day) => [
        names.get(line) ?? line,
        day.date,
        percent(day.mean),
        `${percent(day.q10)}–${percent(day.q90)}`,
      ]),
    ),
  );
};

const scoredTable = (
  { lines }: RateDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const words = spoken(rateWords, language);
  return textTable(
    [words.line, words.forecast, words.actual, words.differencePoints],
    lines.map(({ line, forecast, actual }) => [
      names.get(line) ?? line,
      percent(forecast),
      percent(actual),
      forecast === null || actual === null ? '–' : (100 * shownDifference(forecast, actual)).toFixed(1),
    ]),
  );
};

const scoreText = ({ score }: RateDocument, language: Language): string => {
  if (score === null) return '';
  const points = (share: number | null): string => (share === null ? '–' : (100 * share).toFixed(1));
  return spoken(rateWords, language).daysScoredWeighedBy({
    days: whole(score.days),
    meanAbsoluteError: points(score.meanAbsoluteError),
    sameWeekdayBeforeError: points(score.sameWeekdayBeforeError),
    bias: points(score.bias),
    coverage80: percent(score.coverage80),
    coverage95: percent(score.coverage95),
  });
};
