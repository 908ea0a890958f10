import {
  seasonDay,
  type TopicOutlook,
  type TopicsDocument,
} from '../../contract/documents/forecast-document.ts';
import type { Language } from '../../kernel/text.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { messages } from '../../words/messages.ts';
import { topicName } from '../../words/planning.ts';
import { remarksOf, type Answer } from '../answer.ts';
import { tableOf, type Table } from '../table.ts';

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
