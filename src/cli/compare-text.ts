import type { CompareDocument } from '../contract/documents/compare-document.ts';
import type { Language } from '../kernel/text.ts';
import { decimal, percent, whole } from '../report/format.ts';
import { scoreBoundsText } from '../report/score-text.ts';
import { reportWords } from '../report/words.ts';
import { textTable } from '../report/text-table.ts';
import { bandNames } from './band-names.ts';
import { partNames } from './part-names.ts';
import { speak } from '../words/speak.ts';

/** How a week went against its plan: the verdict first, then the figures it rests on. */
export const compareText = (document: CompareDocument, language: Language): string =>
  [
    `${spanName(document, language === 'en')} · ${speak(language, 'terminal').say(document.verdict)}`,
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
const spanName = ({ week, period }: CompareDocument, english: boolean): string => {
  if (period === null || week === null) return period ?? week ?? '';
  return english ? `${period} (traffic of ${week})` : `${period}（话务取 ${week}）`;
};

const dayTable = ({ forecast }: CompareDocument, language: Language): string => {
  if (forecast === null) return '';
  const english = language === 'en';
  const table = textTable(
    english ? ['date', 'forecast', '80 % range', 'actual'] : ['日期', '预测', '80% 区间', '实际'],
    forecast.days.map((d) => [d.date, whole(d.forecast), `${whole(d.q10)}–${whole(d.q90)}`, whole(d.actual)]),
  );
  const accuracy = english
    ? `Per interval: error (WAPE) ${percent(forecast.wape)}, bias ${percent(forecast.bias)}, inside the 80 % range ${percent(forecast.coverage80)}`
    : `按时段：误差（WAPE）${percent(forecast.wape)}，偏差 ${percent(forecast.bias)}，落在 80% 区间内 ${percent(forecast.coverage80)}`;
  return [table, accuracy, overruledLine(forecast, english)].filter((line) => line !== '').join('\n');
};

/** Days that planners changed: was the change for the better? */
const overruledLine = ({ overruled }: NonNullable<CompareDocument['forecast']>, english: boolean): string => {
  if (overruled === null || overruled === undefined) return '';
  const { days, wape, originalWape } = overruled;
  return english
    ? `Overruled days (${days}): error ${percent(wape)} as overruled, ${percent(originalWape)} without`
    : `人工修正的日子（${days}）：修正后误差 ${percent(wape)}，不修正为 ${percent(originalWape)}`;
};

/** Rates with two digits, as the parts of their gap below have: the figures can be taken from each other. */
const rateTable = ({ traffic, monitored, projection }: CompareDocument, language: Language): string => {
  const english = language === 'en';
  const rows: string[][] = [];
  if (traffic !== null)
    rows.push(
      [
        english ? 'Connection rate, switchboard' : '接通率（交换机记录）',
        percent(traffic.projectedConnectionRate, 2),
        percent(traffic.actualConnectionRate, 2),
      ],
      [
        english ? 'Within the threshold, switchboard' : '时限内接通率（交换机记录）',
        percent(traffic.projectedServiceLevel, 2),
        percent(traffic.actualServiceLevel, 2),
      ],
    );
  if (monitored !== null)
    rows.push([
      english ? 'Connected test calls' : '拨测接通率',
      projection === null ? '–' : percent(projection.connectionRate.mean, 2),
      `${percent(monitored.connectionRate.value, 2)} (${monitored.connected}/${monitored.testCalls}, ${bandNames[monitored.band][language]}, ${monitoredScore(monitored, language)})`,
    ]);
  return rows.length === 0
    ? ''
    : textTable(english ? ['', 'planned', 'happened'] : ['', '计划时预计', '实际'], rows);
};

const monitoredScore = (
  { score, scoreStanding }: NonNullable<CompareDocument['monitored']>,
  language: Language,
): string => {
  const word = language === 'en' ? 'score' : '得分';
  return score !== null || scoreStanding === undefined
    ? `${word} ${decimal(score)}`
    : `${word}${language === 'en' ? ': ' : '：'}${scoreBoundsText(scoreStanding, reportWords(language))}`;
};

const causes = ({ causes: found, gap }: CompareDocument, language: Language): string => {
  if (gap === null || found.length === 0) return '';
  const points = (share: number): string => `${share > 0 ? '+' : ''}${(100 * share).toFixed(2)}`;
  const english = language === 'en';
  return textTable(
    english
      ? ['cause of the gap in the connection rate', 'percentage points']
      : ['接通率差距的原因', '百分点'],
    [
      ...found.map((cause) => [speak(language, 'terminal').say(cause.name), points(cause.effect)]),
      [english ? 'gap in all' : '差距合计', points(gap)],
    ],
  );
};

/** What prompts were believed to do beside what was seen. */
const promptTable = ({ prompts }: CompareDocument, language: Language): string => {
  if (prompts.length === 0) return '';
  const english = language === 'en';
  return textTable(
    english
      ? [
          'prompt played',
          'intervals',
          'take-up predicted',
          'seen (80 % interval)',
          'callers predicted',
          'seen',
        ]
      : ['播放的提示', '时段数', '预计采纳率', '实际（80% 区间）', '预计分流人数', '实际'],
    prompts.map((p) => [
      p.name[language],
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
  const english = language === 'en';
  return textTable(
    english
      ? ['connection rate', 'projected', 'happened (95 % interval)', 'test calls']
      : ['接通率', '推算', '实际（95% 区间）', '拨测'],
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
  const english = language === 'en';
  type Learnt = (typeof learnt)[number];
  const told = ({ unit }: Learnt, value: number | null): string =>
    value === null
      ? '–'
      : unit === 'share'
        ? percent(value)
        : `${value.toFixed(1)}${unit === 'seconds' ? ' s' : ''}`;
  return textTable(
    english
      ? ['learnt from the week', 'before', 'now', 'interval', 'evidence', 'use']
      : ['本周之后的估计', '此前', '现在', '区间', '依据', '用途'],
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
