import type { CompareDocument } from '../../contract/documents/compare-document.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { figuresOf } from '../../words/figures.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { messages } from '../../words/messages.ts';
import { scoreBoundsText } from '../score-text.ts';
import { effectColumns, gapColumns } from '../day-tables.ts';
import { remarksOf, type Answer, type AnswerPart } from '../answer.ts';
import { cellText, figureText, tableOf, type Kind } from '../table.ts';
import { bullets } from './paragraphs.ts';

const compareWords = messages('terminal-compare');

/** How a week went against its plan: the verdict first, then the figures it rests on. */
export const compareAnswer = (document: CompareDocument, language: Language, madeUp = false): Answer => ({
  title: `${spoken(compareWords, language).title} ${spanName(document, language)}`,
  remarks: remarksOf(document, language, madeUp),
  parts: [
    `${spanName(document, language)} · ${speak(language, 'terminal').say(document.verdict)}`,
    dayTable(document, language),
    periodTable(document, language),
    rateTable(document, language),
    causes(document, language),
    ...actedDays(document, language),
    timeTable(document, language),
    promptTable(document, language),
    learntTable(document, language),
    ...[...(document.projection?.findings ?? []), ...document.notices].map((said) =>
      bullets([said], language),
    ),
  ],
});

/** Days on which somebody acted: what each gap is due to, and what came of the actions. */
const actedDays = ({ days = [] }: CompareDocument, language: Language): AnswerPart[] => {
  const { say } = speak(language, 'terminal');
  const words = spoken(compareWords, language);
  const { date: dateOf } = figuresOf(language);
  return days.flatMap(({ date, causes: parts, actions }): AnswerPart[] => [
    tableOf(parts, gapColumns(language, say), { title: words.actedDay({ date: dateOf(date) }) }),
    ...(actions.length === 0 ? [] : [tableOf(actions, effectColumns(language, say))]),
  ]);
};

/** The span compared; of a period also the week that is looked at closely. */
const spanName = ({ week, period }: CompareDocument, language: Language): string => {
  if (period === null || week === null) return period ?? week ?? '';
  return spoken(compareWords, language).periodAndWeek({ period, week });
};

const dayTable = ({ forecast }: CompareDocument, language: Language): AnswerPart => {
  if (forecast === null) return '';
  const words = spoken(compareWords, language);
  const { percent } = figuresOf(language);
  const table = tableOf(forecast.days, [
    [words.date, 'date', ({ date }) => date],
    [words.forecast, 'calls', (day) => day.forecast],
    [words.n80Range, 'calls', ({ q10, q90 }) => ({ low: q10, high: q90 })],
    [words.actual, 'calls', ({ actual }) => actual],
  ]);
  const accuracy = words.perIntervalErrorWape({
    wape: percent(forecast.wape),
    bias: percent(forecast.bias),
    coverage80: percent(forecast.coverage80),
  });
  return [table, accuracy, overruledLine(forecast, language)];
};

/** Days that planners changed: was the change for the better? */
const overruledLine = (
  { overruled }: NonNullable<CompareDocument['forecast']>,
  language: Language,
): string => {
  if (overruled === null || overruled === undefined) return '';
  const { days, wape, originalWape } = overruled;
  const { percent } = figuresOf(language);
  return spoken(compareWords, language).overruledDaysErrorAs({
    days,
    wape: percent(wape),
    originalWape: percent(originalWape),
  });
};

/** A period's rates: what the plans of its weeks promised and what came in the same intervals. */
const periodTable = (
  { period, span, answerTimeThresholdSeconds: seconds }: CompareDocument,
  language: Language,
): AnswerPart => {
  const planned = span?.planned ?? null;
  if (planned === null || period === null) return '';
  const words = spoken(compareWords, language);
  const rows: (readonly [name: string, planned: number | null, actual: number | null])[] = [
    [words.connectionRateSwitchboard, planned.projectedConnectionRate, planned.actualConnectionRate],
    [
      words.withinTheThresholdSwitchboard({ seconds }),
      planned.projectedServiceLevel,
      planned.actualServiceLevel,
    ],
  ];
  return tableOf(rows, [
    [words.ofPeriod({ period }), 'text', ([name]) => name],
    [words.planned, 'share:2', ([, promised]) => promised],
    [words.happened, 'share:2', ([, , actual]) => actual],
  ]);
};

/** Rates with two digits, as the parts of their gap below have: the figures can be taken from each other. */
const rateTable = (
  { traffic, monitored, projection, period, week, answerTimeThresholdSeconds: seconds }: CompareDocument,
  language: Language,
): AnswerPart => {
  const words = spoken(compareWords, language);
  const percent = (share: number | null): string => figuresOf(language).percent(share, 2);
  const rows: (readonly [name: string, planned: number | null, actual: string])[] = [];
  if (traffic !== null)
    rows.push(
      [
        words.connectionRateSwitchboard,
        traffic.projectedConnectionRate,
        percent(traffic.actualConnectionRate),
      ],
      [
        words.withinTheThresholdSwitchboard({ seconds }),
        traffic.projectedServiceLevel,
        percent(traffic.actualServiceLevel),
      ],
    );
  if (monitored !== null)
    rows.push([
      words.connectedTestCalls,
      projection?.connectionRate.mean ?? null,
      `${percent(monitored.connectionRate.value)} (${monitored.connected}/${monitored.testCalls}, ${messages('terminal-band-names')[monitored.band][language]}, ${monitoredScore(monitored, language)})`,
    ]);
  if (rows.length === 0) return '';
  const base = period === null || week === null ? '' : words.ofWeek({ week });
  return tableOf(rows, [
    [base, 'text', ([name]) => name],
    [words.planned, 'share:2', ([, planned]) => planned],
    [words.happened, 'text', ([, , actual]) => actual],
  ]);
};

const monitoredScore = (
  { score, scoreStanding, scoreLost = [] }: NonNullable<CompareDocument['monitored']>,
  language: Language,
): string => {
  const words = spoken(compareWords, language);
  const { decimal } = figuresOf(language);
  const lost = scoreLost.map(({ name, lost: points }) => `${inLanguage(name, language)} ${decimal(points)}`);
  return score !== null || scoreStanding === undefined
    ? `${words.score} ${decimal(score)}${lost.length === 0 ? '' : words.scoreLost({ parts: lost })}`
    : `${words.score}${words.blank}${scoreBoundsText(scoreStanding, language)}`;
};

const causes = ({ causes: found, gap }: CompareDocument, language: Language): AnswerPart => {
  if (gap === null || found.length === 0) return '';
  const words = spoken(compareWords, language);
  const { say } = speak(language, 'terminal');
  return tableOf(
    [
      ...found.map(({ name, effect }) => ({ name: say(name), effect })),
      { name: words.gapInAll, effect: gap },
    ],
    [
      [words.causeOfTheGap, 'text', ({ name }) => name],
      [words.percentagePoints, 'points:2', ({ effect }) => effect],
    ],
  );
};

/** What prompts were believed to do beside what was seen. */
const promptTable = ({ prompts }: CompareDocument, language: Language): AnswerPart => {
  if (prompts.length === 0) return '';
  const words = spoken(compareWords, language);
  return tableOf(prompts, [
    [words.promptPlayed, 'text', ({ name }) => inLanguage(name, language)],
    [words.intervals, 'number:0', ({ intervals }) => intervals],
    [words.takeUpPredicted, 'share', ({ predictedShare }) => predictedShare],
    [words.seen80Interval, 'share', ({ seenShare, low, high }) => ({ mean: seenShare, q10: low, q90: high })],
    [words.callersPredicted, 'calls', ({ predictedCallers }) => predictedCallers],
    [words.seen, 'calls', ({ seenCallers }) => seenCallers],
  ]);
};

/** Connection rate by day and night, working day and day off. */
const timeTable = ({ byTime }: CompareDocument, language: Language): AnswerPart => {
  if (byTime === undefined || byTime.length === 0) return '';
  const words = spoken(compareWords, language);
  return tableOf(byTime, [
    [words.connectionRate, 'text', ({ part }) => messages('terminal-part-names')[part][language]],
    [words.projected, 'share', ({ projected }) => projected],
    [words.happened95Interval, 'share', ({ rate, low, high }) => ({ mean: rate, q10: low, q90: high })],
    [
      words.testCalls,
      'calls',
      ({ testCalls, testConnected }) => (testCalls === 0 ? null : `${testConnected}/${testCalls}`),
    ],
  ]);
};

const learntKinds = { share: 'share', seconds: 'seconds', number: 'number' } as const satisfies Record<
  string,
  Kind
>;

/** What the week has taught: estimates before and after. */
const learntTable = ({ learnt }: CompareDocument, language: Language): AnswerPart => {
  if (learnt === undefined || learnt.length === 0) return '';
  const words = spoken(compareWords, language);
  const { say } = speak(language, 'terminal');
  type Learnt = (typeof learnt)[number];
  const kindOf = ({ unit }: Learnt): Kind => learntKinds[unit as keyof typeof learntKinds] ?? 'number';
  const written = (row: Learnt, value: number | null): string =>
    figureText(value, kindOf(row), language) + (row.unit === 'seconds' && value !== null ? ' s' : '');
  return tableOf(learnt, [
    [words.learntFromTheWeek, 'text', ({ name }) => say(name)],
    [words.before, 'number', (row) => written(row, row.before)],
    [words.now, 'number', (row) => written(row, row.after)],
    [words.interval, 'number', (row) => cellText({ low: row.low, high: row.high }, kindOf(row), language)],
    [words.evidence, 'number:0', ({ evidence }) => evidence],
    [words.use, 'text', ({ used }) => say(used)],
  ]);
};
