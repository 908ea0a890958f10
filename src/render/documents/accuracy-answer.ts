import type { AccuracyDocument } from '../../contract/documents/accuracy-document.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { methodTitle } from '../../words/forecast.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { accuracyWords } from '../../words/terminal/accuracy.ts';
import { remarksOf, type Answer } from '../answer.ts';
import { tableOf, type Table } from '../table.ts';

/** Errors by how far ahead, for all queues and queue by queue, and the plans that were kept. */
export const accuracyAnswer = (
  document: AccuracyDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
  madeUp: boolean,
): Answer => {
  const words = spoken(accuracyWords, language);
  const { from, to, weeks, notices } = document;
  return {
    title: words.title,
    remarks: remarksOf({}, language, madeUp),
    parts: [
      words.heading({ weeks, from, to }),
      leadsTable(document, names, language),
      document.plans.length === 0 ? words.noPlans : [words.plansHeading, plansTable(document, language)],
      ...notices.map((notice) => speak(language, 'terminal').say(notice)),
    ],
  };
};

const leadsTable = (
  { leads }: AccuracyDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): Table => {
  const words = spoken(accuracyWords, language);
  const rows = leads.flatMap(({ weeksAhead, all, queues }) => [
    { weeksAhead, name: words.all, ...all },
    ...(queues.length < 2
      ? []
      : queues.map((own) => ({ weeksAhead, name: names.get(own.queue) ?? own.queue, ...own }))),
  ]);
  const rivals = (leads[0]?.all.rivals ?? []).map(({ method }) => method);
  return tableOf(rows, [
    [words.weeksAhead, 'number:0', ({ weeksAhead }) => weeksAhead],
    [words.queue, 'text', ({ name }) => name],
    ['WAPE', 'share', ({ wape }) => wape],
    ...rivals.map(
      (rival) =>
        [
          `WAPE · ${inLanguage(methodTitle(rival), language)}`,
          'share',
          (row: (typeof rows)[number]) => row.rivals.find(({ method }) => method === rival)?.wape ?? null,
        ] as const,
    ),
    [words.bias, 'share', ({ bias }) => bias],
    [words.biasPerDay, 'number:1', ({ biasPerDay }) => biasPerDay],
    [words.in80, 'share', ({ coverage80 }) => coverage80],
  ]);
};

const plansTable = ({ plans }: AccuracyDocument, language: Language): Table => {
  const words = spoken(accuracyWords, language);
  return tableOf(plans, [
    [words.week, 'text', ({ week }) => week],
    [words.plan, 'text', ({ plan }) => plan],
    ['WAPE', 'share', ({ wape }) => wape],
    [words.bias, 'share', ({ bias }) => bias],
    [words.in80, 'share', ({ coverage80 }) => coverage80],
    [words.changedDays, 'number:0', ({ overruled }) => overruled?.days ?? 0],
    [words.withChange, 'share', ({ overruled }) => overruled?.wape ?? null],
    [words.withoutChange, 'share', ({ overruled }) => overruled?.originalWape ?? null],
  ]);
};
