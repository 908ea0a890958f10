import type { DayDocument, RestFigures, TakenAction } from '../../contract/documents/day-document.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { restStart } from '../../kernel/time-window.ts';
import { figuresOf, shownDifference } from '../../words/figures.ts';
import { messages } from '../../words/messages.ts';
import { spoken } from '../../words/phrases.ts';
import { speak } from '../../words/speak.ts';
import { calledBack, funnelColumns, funnelRows, gapColumns, takenColumns } from '../day-tables.ts';
import type { Column } from '../table.ts';
import { terminalRows } from '../terminal-table.ts';
import { bullets, paragraphs } from './paragraphs.ts';

const dayWords = messages('terminal-day');

/** Actions that were taken or taken back. */
export const takenText = (
  taken: readonly TakenAction[],
  language: Language,
  more: { readonly began?: string; readonly evening?: DayDocument['evening'] } = {},
): string => {
  const { say } = speak(language, 'terminal');
  return taken.length === 0
    ? ''
    : terminalRows(language, taken, takenColumns(language, say, { isNumbered: true, ...more }));
};

/** What a day, as far as it is over, is due to: planned against actual, and the parts of the gap. */
const eveningParts = (document: DayDocument, language: Language): string[] => {
  const { evening } = document;
  if (evening === null) return [];
  const { say } = speak(language, 'terminal');
  const { percent, points } = figuresOf(language);
  const { planned, actual } = evening;
  return [
    spoken(dayWords, language).evening({
      clock: restStart(document).slice(11),
      planned: percent(planned, 2),
      actual: percent(actual, 2),
      gap: points(shownDifference(planned, actual, 2), 2),
    }),
    terminalRows(language, evening.causes, gapColumns(language, say)),
  ];
};

interface Row extends RestFigures {
  readonly title: string;
}

type ActionColumn = Column<DayDocument['actions'][number]>;

/** A day in progress: the one sentence, what is no luck, the rest of the day by queue, and what can still be done. */
export const dayText = (document: DayDocument, language: Language): string => {
  const words = spoken(dayWords, language);
  const { say } = speak(language, 'terminal');
  const { percent, count, chance } = figuresOf(language);
  const { queues, total } = document.restOfDay;
  const clock = restStart(document).slice(11);
  const rows: Row[] = [
    ...(queues.length > 1
      ? queues.map((queue) => ({ ...queue, title: inLanguage(queue.name, language) }))
      : []),
    { ...total, title: words.total },
  ];
  const columns: Column<Row>[] = [
    [words.queue, 'text', ({ title }) => title],
    [words.soFar, 'calls', ({ soFar }) => soFar.offered],
    [words.toCome, 'text', ({ calls }) => `${count(calls.mean)} (${count(calls.q10)}–${count(calls.q90)})`],
    [words.planned, 'calls', ({ plannedCalls }) => plannedCalls],
    [words.handleTime, 'seconds', ({ handleTimeSeconds }) => handleTimeSeconds],
    [
      words.restConnectionRate,
      'text',
      ({ restConnectionRate: rate }) => `${percent(rate.mean)} (${percent(rate.q10)}–${percent(rate.q90)})`,
    ],
    [words.connectionRate, 'share', ({ connectionRate }) => connectionRate.mean],
    [
      words.serviceLevel({ seconds: document.answerTimeThresholdSeconds }),
      'share',
      ({ serviceLevel }) => serviceLevel.mean,
    ],
    [words.chance, 'text', ({ chances }) => chance(chances.connectionRate)],
  ];
  const { rolling } = total;
  const called = funnelRows(document.callBacks).map((funnel) => {
    const name = queues.find((own) => own.queue === funnel.queue)?.name;
    return { ...funnel, title: name === undefined ? funnel.queue : inLanguage(name, language) };
  });
  return paragraphs([
    say(document.said),
    bullets(
      document.signals.map(({ said }) => said),
      language,
    ),
    terminalRows(language, rows, columns, { title: words.rest({ clock }) }),
    rolling.connectionRate.mean === null
      ? ''
      : words.rolling({
          clock,
          rate: percent(rolling.connectionRate.mean),
          target: percent(rolling.target),
          chance: chance(rolling.chance),
        }),
    document.together === null ? '' : say(document.together),
    document.actions.length === 0
      ? ''
      : terminalRows(language, document.actions, [
          [words.action, 'text', (action) => `${action.chosen ? '→ ' : ''}${say(action.said)}`],
          [words.effect, 'points:1', ({ effect }) => effect.connectionRate],
          ...(document.actions.some(({ alone }) => alone !== null)
            ? [
                [
                  words.alone,
                  'points:1',
                  ({ alone, effect }) => (alone?.effect ?? effect).connectionRate,
                ] as ActionColumn,
              ]
            : []),
          [words.cost, 'number', ({ cost }) => cost],
          [words.latest, 'time', ({ latest }) => latest.slice(11)],
          ...(document.takes ? [[words.id, 'text', ({ id }) => id] as ActionColumn] : []),
        ]),
    takenText(document.taken, language, { began: restStart(document), evening: document.evening }),
    document.taken.length === 0 ? '' : words.revision({ revision: String(document.revision) }),
    ...eveningParts(document, language),
    document.callBacks === null ? '' : bullets(document.callBacks.said, language),
    called.length === 0
      ? ''
      : terminalRows(
          language,
          called,
          [[words.queue, 'text', ({ title }) => title], ...funnelColumns(language)],
          { title: calledBack(document, language) },
        ),
    bullets(document.assumptions, language),
  ]);
};
