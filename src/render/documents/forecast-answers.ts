import type { BacktestDocument } from '../../contract/documents/accuracy-document.ts';
import {
  type ForecastDocument,
  type OutlookDocument,
  type QueueOutlook,
  seasonDay,
  type TopicOutlook,
  type TopicsDocument,
} from '../../contract/documents/forecast-document.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { figuresOf, noFigure } from '../../words/figures.ts';
import { methodTitle } from '../../words/forecast.ts';
import { messages } from '../../words/messages.ts';
import { spoken } from '../../words/phrases.ts';
import { topicName } from '../../words/planning.ts';
import { speak } from '../../words/speak.ts';
import { type Answer, remarksOf } from '../answer.ts';
import { type Table, tableOf } from '../table.ts';
import { terminalRows } from '../terminal-table.ts';
import { bullets, paragraphs } from './paragraphs.ts';

const outlookWords = messages('terminal-outlook');

type Names = ReadonlyMap<string, string>;

/** Calls of the weeks or months ahead with their ranges, queue by queue and of the line, and how far to trust them. */
export const outlookAnswer = (
  document: OutlookDocument,
  names: Names,
  language: Language,
  madeUp: boolean,
): Answer => {
  const words = spoken(outlookWords, language);
  const titled = ({ title, ...own }: Part): Table => ({
    ...aheadTable(own, document.by, language),
    ...(title === '' ? {} : { title }),
  });
  return {
    title: words.title,
    remarks: remarksOf({}, language, madeUp),
    parts: [
      ...document.queues.flatMap((own) => [
        titled({ ...own, title: names.get(own.queue) ?? own.queue }),
        ...remarksOn(own, document.statedGrowth, language),
      ]),
      ...(document.line === null ? [] : [titled({ ...document.line, title: words.wholeLine })]),
      ...document.notices.map((notice) => speak(language, 'terminal').say(notice)),
    ],
  };
};

type Part = Pick<QueueOutlook, 'periods' | 'total'> & { readonly title: string };

const aheadTable = (
  { periods, total }: Pick<QueueOutlook, 'periods' | 'total'>,
  by: OutlookDocument['by'],
  language: Language,
): Table => {
  const words = spoken(outlookWords, language);
  const days = periods.reduce((sum, period) => sum + period.days, 0);
  const rows = [
    ...periods.map((period) => ({
      ...period,
      name: by === 'month' ? period.start.slice(0, 7) : period.start,
    })),
    { ...total, days, name: words.total },
  ];
  return tableOf(rows, [
    [words[by], 'text', ({ name }) => name],
    [words.calls, 'calls', ({ mean }) => mean],
    [words.n80Range, 'calls', ({ q10, q90 }) => ({ low: q10, high: q90 })],
    [words.n95Range, 'calls', ({ q025, q975 }) => ({ low: q025, high: q975 })],
    [words.aDay, 'calls', (row) => row.mean / row.days],
  ]);
};

const remarksOn = ({ growth, score }: QueueOutlook, stated: number | null, language: Language): string[] => {
  const words = spoken(outlookWords, language);
  const { percent, count } = figuresOf(language);
  const share = (value: number): string => percent(value, 1);
  const growing =
    growth === null
      ? words.growthStated({ growth: share(stated ?? 0) })
      : words.growthFound({ middle: share(growth.middle), low: share(growth.low), high: share(growth.high) });
  if (score === null) return [growing];
  return [
    growing,
    words.scored({
      wape: share(score.wape),
      yearBeforeWape: share(score.yearBeforeWape),
      bias: share(score.bias),
      coverage80: percent(score.coverage80),
      origins: count(score.origins),
      periods: count(score.periods),
    }),
  ];
};

const forecastWords = messages('terminal-forecast');

/** Days with their 80 % and 95 % ranges, queue by queue, and why the method was chosen. */
export const forecastText = (document: ForecastDocument, names: Names, language: Language): string => {
  const words = spoken(forecastWords, language);
  const parts = document.queues.map(({ queue, method, days, reasons }) =>
    [
      `${queue === '' ? '' : `${names.get(queue) ?? queue} · `}${words.method}${inLanguage(methodTitle(method), language)}`,
      terminalRows(language, days, [
        [words.date, 'date', ({ date }) => date],
        [words.calls, 'calls', ({ mean }) => mean],
        [words.n80Range, 'calls', ({ q10, q90 }) => ({ low: q10, high: q90 })],
        [words.n95Range, 'calls', ({ q025, q975 }) => ({ low: q025, high: q975 })],
      ]),
      ...reasons.map((reason) => bullets([reason], language)),
    ].join('\n'),
  );
  return paragraphs([...parts, ...document.notices.map((notice) => bullets([notice], language))]);
};

type Rival = BacktestDocument['queues'][number]['rivals'][number];

/** Accuracy per queue, beside the rivals. */
export const backtestText = (document: BacktestDocument, names: Names, language: Language): string => {
  const words = spoken(forecastWords, language);
  const nameOf = ({ queue }: { readonly queue: string }): string =>
    queue === '' ? noFigure : (names.get(queue) ?? queue);
  const titleOf = ({ method }: { readonly method: string }): string =>
    inLanguage(methodTitle(method), language);
  const rivals = document.queues.flatMap(({ queue, rivals: own }) =>
    own.map((rival) => ({ queue, ...rival })),
  );
  return paragraphs([
    terminalRows(language, document.queues, [
      [words.queue, 'text', nameOf],
      [words.method2, 'text', titleOf],
      [words.origins, 'number:0', ({ origins }) => origins.length],
      [words.error, 'share:2', ({ wape }) => wape],
      [words.bias, 'share:2', ({ bias }) => bias],
      [words.biasPerDay, 'number:1', ({ biasPerDay }) => biasPerDay],
      [words.dayMape, 'share:2', ({ dayMape }) => dayMape],
      [words.in80, 'share', ({ coverage80 }) => coverage80],
      [words.in95, 'share', ({ coverage95 }) => coverage95],
      [words.intervals, 'number:0', ({ scoredIntervals }) => scoredIntervals],
    ]),
    rivals.length === 0
      ? ''
      : terminalRows(language, rivals, [
          [words.queue, 'text', nameOf],
          [words.rival, 'text', titleOf],
          [words.error, 'share:2', ({ wape }) => wape],
          ...(rivals.some(({ weight }) => weight !== undefined)
            ? ([
                [words.share, 'share', ({ weight }: Rival) => weight ?? null],
                [words.intervals, 'number:0', ({ scoredIntervals }: Rival) => scoredIntervals ?? null],
              ] as const)
            : []),
        ]),
    ...document.notices.map((notice) => bullets([notice], language)),
  ]);
};

const topicsWords = messages('terminal-topics');

type Figures = TopicsDocument['total'] & Partial<Pick<TopicOutlook, 'season'>>;

/** Demands of the same weeks a year before; null where one of them is not known. */
const yearBeforeOf = ({ weeks }: Figures): number | null =>
  weeks.reduce<number | null>(
    (sum, { yearBefore }) => (sum === null || yearBefore === null ? null : sum + yearBefore),
    0,
  );

const nameOf = ({ topic, parent }: TopicOutlook, language: Language): string =>
  parent === null ? topicName(topic, language) : `  ${topic.slice(parent.length + 1) || topic}`;

/** Seasons to come, what each topic brings in the weeks ahead beside what it had, and the whole week by week. */
export const topicsAnswer = (document: TopicsDocument, language: Language, madeUp: boolean): Answer => {
  const words = spoken(topicsWords, language);
  const { say } = speak(language, 'terminal');
  return {
    title: words.title,
    remarks: remarksOf({}, language, madeUp),
    parts: [
      ...document.early.map((notice) => say(notice)),
      topicTable(document, language),
      weekTable(document, language),
      ...document.notices.map((notice) => say(notice)),
    ],
  };
};

const topicTable = (document: TopicsDocument, language: Language): Table => {
  const words = spoken(topicsWords, language);
  const { week } = document;
  const weeks = String(document.weeks.length);
  const rows: (Figures & { readonly name: string })[] = [
    ...document.topics.map((topic) => ({ ...topic, name: nameOf(topic, language) })),
    { ...document.total, name: words.total },
  ];
  return {
    ...tableOf(rows, [
      [words.topic, 'text', ({ name }) => name],
      [words.lately, 'number:1', ({ lately }) => lately],
      ...(week === undefined
        ? []
        : [
            [words.inWeek({ week }), 'calls', (row: Figures) => row.weeks[0]!.mean] as const,
            [
              words.range,
              'calls',
              ({ weeks: [first] }: Figures) => ({ low: first!.q10, high: first!.q90 }),
            ] as const,
          ]),
      [words.ahead, 'number:1', ({ ahead }) => ahead],
      [
        week === undefined ? words.weeks({ weeks }) : words.weeksFrom({ weeks }),
        'calls',
        ({ total }) => total.mean,
      ],
      [words.range, 'calls', ({ total }) => ({ low: total.q10, high: total.q90 })],
      [words.yearBefore, 'calls', yearBeforeOf],
      [words.season, 'date', (row) => seasonDay(row, document.origin)],
    ]),
    title: words.title,
  };
};

const weekTable = ({ weeks, total, line }: TopicsDocument, language: Language): Table => {
  const words = spoken(topicsWords, language);
  const rows = weeks.map(({ start }, w) => ({ start, ...total.weeks[w]!, line: line?.[w] ?? null }));
  return {
    ...tableOf(rows, [
      [words.week, 'date', ({ start }) => start],
      [words.all, 'calls', ({ mean }) => mean],
      [words.range, 'calls', ({ q10, q90 }) => ({ low: q10, high: q90 })],
      [words.yearBefore, 'calls', ({ yearBefore }) => yearBefore],
      ...(line === null ? [] : [[words.line, 'calls', (row: (typeof rows)[number]) => row.line] as const]),
    ]),
    title: words.byWeek,
  };
};
