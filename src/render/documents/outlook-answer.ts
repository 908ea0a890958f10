import type { OutlookDocument, QueueOutlook } from '../../contract/documents/forecast-document.ts';
import type { Language } from '../../kernel/text.ts';
import { figuresOf } from '../../words/figures.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { messages } from '../../words/messages.ts';
import { remarksOf, type Answer } from '../answer.ts';
import { tableOf, type Table } from '../table.ts';

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
