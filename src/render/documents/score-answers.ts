import type {
  GradeDocument,
  RateDocument,
  ScorecardDocument,
} from '../../contract/documents/score-documents.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { figuresOf, noFigure, shownDifference } from '../../words/figures.ts';
import { messages } from '../../words/messages.ts';
import { phrases, spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { type Answer, remarksOf } from '../answer.ts';
import { type Column, type Table, tableOf } from '../table.ts';
import { terminalRows } from '../terminal-table.ts';
import { bullets, paragraphs } from './paragraphs.ts';

/** Operators and the tiers that their figures speak for. */
const gradeWords = phrases(messages('terminal-grade'));

const rateWords = messages('terminal-rate');

type Names = ReadonlyMap<string, string>;

/** The rate to come of every line; beside it what came, where the days have passed, and how well that was forecast. */
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

/** Places of the table of operators: their reasons are broken into lines. */
const widest = 110;

/** The tiers before and after, the operators who would move (or all) with their reasons, and the rules. */
export const gradeText = (document: GradeDocument, language: Language, all: boolean): string => {
  const words = spoken(gradeWords, language);
  const shown = document.operators.filter(({ moves }) => all || moves);
  const moving = document.operators.filter(({ moves }) => moves).length;
  return paragraphs([
    words.heading({ operators: document.operators.length, moving, isMadeUp: document.madeUp }),
    tierTable(document, language),
    shown.length === 0 ? '' : operatorTable(document, shown, language),
    bullets([...document.assumptions, ...document.notices], language),
  ]);
};

type Tier = GradeDocument['tiers'][number];

const tierTable = ({ tiers }: GradeDocument, language: Language): string => {
  const words = spoken(gradeWords, language);
  const figures = (heading: string, of: 'present' | 'proposed'): Column<Tier>[] => [
    [heading, 'operators', (tier) => tier[of].operators],
    [words.quality, 'number', (tier) => tier[of].qualityScore],
    [words.resolved, 'share', (tier) => tier[of].firstContactResolution],
    [words.seconds, 'number:0', (tier) => tier[of].handleTimeSeconds],
  ];
  return terminalRows(language, tiers, [
    [words.tier, 'text', ({ name }) => inLanguage(name, language)],
    [words.fromGrade, 'number:1', ({ fromGrade }) => String(fromGrade)],
    [words.connectionTarget, 'share', ({ connectionTarget }) => connectionTarget],
    ...figures(words.now, 'present'),
    ...figures(words.proposed, 'proposed'),
  ]);
};

const operatorTable = (
  { tiers }: GradeDocument,
  operators: GradeDocument['operators'],
  language: Language,
): string => {
  const words = spoken(gradeWords, language);
  const { say } = speak(language, 'terminal');
  const nameOf = (tier: string | null): string => {
    const known = tiers.find((own) => own.tier === tier);
    return known === undefined ? (tier ?? noFigure) : inLanguage(known.name, language);
  };
  const columns: Column<GradeDocument['operators'][number]>[] = [
    [words.operator, 'text', ({ operator }) => operator],
    [words.score, 'number', ({ score }) => score],
    [words.grade, 'number:0', ({ grade }) => grade],
    [words.now2, 'text', ({ present }) => nameOf(present)],
    [words.proposed, 'text', ({ proposed }) => nameOf(proposed)],
    [words.why, 'text', ({ reasons }) => reasons.map(say).join(words.betweenReasons)],
  ];
  return terminalRows(language, operators, columns, {}, widest);
};

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
