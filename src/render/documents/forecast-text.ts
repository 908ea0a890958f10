import type { BacktestDocument } from '../../contract/documents/accuracy-document.ts';
import type { ForecastDocument } from '../../contract/documents/forecast-document.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { noFigure } from '../../words/figures.ts';
import { methodTitle } from '../../words/forecast.ts';
import { spoken } from '../../words/phrases.ts';
import { messages } from '../../words/messages.ts';
import { terminalRows } from '../terminal-table.ts';
import { bullets, paragraphs } from './paragraphs.ts';

const forecastWords = messages('terminal-forecast');

type Names = ReadonlyMap<string, string>;

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
