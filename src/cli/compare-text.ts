import { spoken } from '../words/phrases.ts';
import { compareWords } from '../words/terminal/compare.ts';
import type { CompareDocument } from '../contract/documents/compare-document.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { decimal, percent, whole } from '../render/format.ts';
import { scoreBoundsText } from '../render/score-text.ts';
import { reportWords } from '../render/words.ts';
import { textTable } from '../render/text-table.ts';
import { bandNames } from '../words/terminal/band-names.ts';
import { partNames } from '../words/terminal/part-names.ts';
import { speak } from '../words/speak.ts';

/** How a week went against its plan: the verdict first, then the figures it rests on. */
export const compareText = (document: CompareDocument, language: Language): string =>
  [
    `${spanName(document, language)} · ${speak(language, 'terminal').say(document.verdict)}`,
    dayTable(document, language),
    rateTable(document, language),
    causes(document, language),
    timeTable(document, language),
    promptTable(document, language),
    learntTable(document, language),
    ...(document.projection?.findings ?? []).map(
      (finding) => `· ${speak(language, 'terminal').say(finding)}`,
    ),
    ...document.notices.map((notice) => `· ${speak(language, 'terminal').say(notice)}`),
  ]
    .filter((part) => part !== '')
    .join('\n\n');

/** The span compared; of a period also the week that its traffic is taken from. */
const spanName = ({ week, period }: CompareDocument, language: Language): string => {
  if (period === null || week === null) return period ?? week ?? '';
  return spoken(compareWords, language).trafficOf({ period, week });
};

const dayTable = ({ forecast }: CompareDocument, language: Language): string => {
  if (forecast === null) return '';
  const words = spoken(compareWords, language);
  const table = textTable(
    [words.date, words.forecast, words.n80Range, words.actual],
    forecast.days.map((d) => [d.date, whole(d.forecast), `${whole(d.q10)}–${whole(d.q90)}`, whole(d.actual)]),
  );
  const accuracy = words.perIntervalErrorWape({
    wape: percent(forecast.wape),
    bias: percent(forecast.bias),
    coverage80: percent(forecast.coverage80),
  });
  return [table, accuracy, overruledLine(forecast, language)].filter((line) => line !== '').join('\n');
};

/** Days that planners changed: was the change for the better? */
const overruledLine = (
  { overruled }: NonNullable<CompareDocument['forecast']>,
  language: Language,
): string => {
  if (overruled === null || overruled === undefined) return '';
  const { days, wape, originalWape } = overruled;
  return spoken(compareWords, language).overruledDaysErrorAs({
    days,
    wape: percent(wape),
    originalWape: percent(originalWape),
  });
};

/** Rates with two digits, as the parts of their gap below have: the figures can be taken from each other. */
const rateTable = ({ traffic, monitored, projection }: CompareDocument, language: Language): string => {
  const words = spoken(compareWords, language);
  const rows: string[][] = [];
  if (traffic !== null)
    rows.push(
      [
        words.connectionRateSwitchboard,
        percent(traffic.projectedConnectionRate, 2),
        percent(traffic.actualConnectionRate, 2),
      ],
      [
        words.withinTheThresholdSwitchboard,
        percent(traffic.projectedServiceLevel, 2),
        percent(traffic.actualServiceLevel, 2),
      ],
    );
  if (monitored !== null)
    rows.push([
      words.connectedTestCalls,
      projection === null ? '–' : percent(projection.connectionRate.mean, 2),
      `${percent(monitored.connectionRate.value, 2)} (${monitored.connected}/${monitored.testCalls}, ${bandNames[monitored.band][language]}, ${monitoredScore(monitored, language)})`,
    ]);
  return rows.length === 0 ? '' : textTable(['', words.planned, words.happened], rows);
};

const monitoredScore = (
  { score, scoreStanding }: NonNullable<CompareDocument['monitored']>,
  language: Language,
): string => {
  const word = spoken(compareWords, language).score;
  return score !== null || scoreStanding === undefined
    ? `${word} ${decimal(score)}`
    : `${word}${spoken(compareWords, language).blank}${scoreBoundsText(scoreStanding, reportWords(language))}`;
};

const causes = ({ causes: found, gap }: CompareDocument, language: Language): string => {
  if (gap === null || found.length === 0) return '';
  const points = (share: number): string => `${share > 0 ? '+' : ''}${(100 * share).toFixed(2)}`;
  const words = spoken(compareWords, language);
  return textTable(
    [words.causeOfTheGap, words.percentagePoints],
    [
      ...found.map((cause) => [speak(language, 'terminal').say(cause.name), points(cause.effect)]),
      [words.gapInAll, points(gap)],
    ],
  );
};

/** What prompts were believed to do beside what was seen. */
const promptTable = ({ prompts }: CompareDocument, language: Language): string => {
  if (prompts.length === 0) return '';
  const words = spoken(compareWords, language);
  return textTable(
    [
      words.promptPlayed,
      words.intervals,
      words.takeUpPredicted,
      words.seen80Interval,
      words.callersPredicted,
      words.seen,
    ],
    prompts.map((p) => [
      inLanguage(p.name, language),
      whole(p.intervals),
      percent(p.predictedShare),
      `${percent(p.seenShare)} (${percent(p.low)}–${percent(p.high)})`,
      whole(p.predictedCallers),
      whole(p.seenCallers),
    ]),
  );
};

/** Connection rate by day and night, working day and day off. */
const timeTable = ({ byTime }: CompareDocument, language: Language): string => {
  if (byTime === undefined || byTime.length === 0) return '';
  const words = spoken(compareWords, language);
  return textTable(
    [words.connectionRate, words.projected, words.happened95Interval, words.testCalls],
    byTime.map((own) => [
      partNames[own.part][language],
      percent(own.projected),
      `${percent(own.rate)} (${percent(own.low)}–${percent(own.high)})`,
      own.testCalls === 0 ? '–' : `${own.testConnected}/${own.testCalls}`,
    ]),
  );
};

/** What the week has taught: estimates before and after. */
const learntTable = ({ learnt }: CompareDocument, language: Language): string => {
  if (learnt === undefined || learnt.length === 0) return '';
  const words = spoken(compareWords, language);
  type Learnt = (typeof learnt)[number];
  const told = ({ unit }: Learnt, value: number | null): string =>
    value === null
      ? '–'
      : unit === 'share'
        ? percent(value)
        : `${value.toFixed(1)}${unit === 'seconds' ? ' s' : ''}`;
  return textTable(
    [words.learntFromTheWeek, words.before, words.now, words.interval, words.evidence, words.use],
    learnt.map((own) => [
      speak(language, 'terminal').say(own.name),
      told(own, own.before),
      told(own, own.after),
      own.low === null || own.high === null ? '–' : `${told(own, own.low)} – ${told(own, own.high)}`,
      whole(own.evidence),
      speak(language, 'terminal').say(own.used),
    ]),
  );
};
