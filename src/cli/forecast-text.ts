import { spoken } from '../words/phrases.ts';
import { forecastWords } from '../words/terminal/forecast.ts';
import type { BacktestDocument } from '../contract/documents/backtest-document.ts';
import type { ForecastDocument } from '../contract/documents/forecast-document.ts';
import { methodTitle } from '../words/forecast.ts';
import { inLanguage, type Language } from '../kernel/text.ts';
import { percent, whole } from '../render/format.ts';
import { textTable } from '../render/text-table.ts';
import { speak } from '../words/speak.ts';

/** Days with their 80 % and 95 % ranges, queue by queue, and why the method was chosen. */
export const forecastText = (
  document: ForecastDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const words = spoken(forecastWords, language);
  const parts = document.queues.map((queue) => {
    const table = textTable(
      [words.date, words.calls, words.n80Range, words.n95Range],
      queue.days.map((day) => [
        day.date,
        whole(day.mean),
        `${whole(day.q10)}–${whole(day.q90)}`,
        `${whole(day.q025)}–${whole(day.q975)}`,
      ]),
    );
    const reasons = queue.reasons.map((reason) => `· ${speak(language, 'terminal').say(reason)}`);
    const name = queue.queue === '' ? '' : `${names.get(queue.queue) ?? queue.queue} · `;
    return [
      `${name}${words.method}${inLanguage(methodTitle(queue.method), language)}`,
      table,
      ...reasons,
    ].join('\n');
  });
  return [...parts, ...document.notices.map((notice) => `· ${speak(language, 'terminal').say(notice)}`)].join(
    '\n\n',
  );
};

/** Accuracy per queue, beside the rivals. */
export const backtestText = (
  document: BacktestDocument,
  names: ReadonlyMap<string, string>,
  language: Language,
): string => {
  const words = spoken(forecastWords, language);
  const table = textTable(
    [
      words.queue,
      words.method2,
      words.origins,
      'WAPE',
      words.bias,
      words.dayMape,
      words.in80,
      words.in95,
      words.intervals,
    ],
    document.queues.map((q) => [
      q.queue === '' ? '–' : (names.get(q.queue) ?? q.queue),
      inLanguage(methodTitle(q.method), language),
      String(q.origins.length),
      percent(q.wape, 2),
      percent(q.bias, 2),
      percent(q.dayMape, 2),
      percent(q.coverage80),
      percent(q.coverage95),
      whole(q.scoredIntervals),
    ]),
  );
  const rivals = document.queues.flatMap((q) =>
    q.rivals.map((rival) => [
      q.queue === '' ? '–' : (names.get(q.queue) ?? q.queue),
      inLanguage(methodTitle(rival.method), language),
      percent(rival.wape, 2),
    ]),
  );
  const beside = textTable([words.queue, words.rival, 'WAPE'], rivals);
  return [
    table,
    ...(rivals.length === 0 ? [] : [beside]),
    ...document.notices.map((notice) => `· ${speak(language, 'terminal').say(notice)}`),
  ].join('\n\n');
};
