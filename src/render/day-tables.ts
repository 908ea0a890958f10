import type { DayDocument, Evening, TakenAction } from '../contract/documents/day-document.ts';
import type { Sayable } from '../kernel/finding.ts';
import type { Language } from '../kernel/text.ts';
import { isAwaited, restStart } from '../kernel/time-window.ts';
import { dayStates } from '../words/day.ts';
import { noFigure, shownParts } from '../words/figures.ts';
import { messages } from '../words/messages.ts';
import { hoursAndMinutes, spoken } from '../words/phrases.ts';
import type { Column } from './table.ts';

const tableWords = messages('day-tables');

/** How many answers can still come in time. */
export const awaitedOf = (day: Pick<DayDocument, 'asOf' | 'intervals' | 'taken'>): number =>
  day.taken.filter((each) => isAwaited(each, restStart(day))).length;

/** Options of the terminal that make the steps that are open. */
const optionsOf = ({ open }: TakenAction): string =>
  open.flatMap((step) => (step === 'ask' || step === 'take' ? [] : [`--${step}`])).join(', ');

/** Actions of a day that were taken, for terminal and page; by its number an action is named in the terminal alone. What waits and had to be decided before `began` comes too late. */
export const takenColumns = (
  language: Language,
  say: (said: Sayable) => string,
  {
    isNumbered = false,
    began = '',
    asOf: now = '',
    evening = null,
  }: {
    readonly isNumbered?: boolean | undefined;
    readonly began?: string | undefined;
    /** The moment that is looked at: what had to be decided before it in the running interval is to be decided now. */
    readonly asOf?: string | undefined;
    /** What came of those that are over. */
    readonly evening?: Evening | null | undefined;
  } = {},
): readonly Column<TakenAction>[] => {
  const words = spoken(tableWords, language);
  return [
    ...(isNumbered ? [[words.number, 'text', ({ id }) => String(id)] as Column<TakenAction>] : []),
    [words.action, 'text', ({ action }) => say(action.said)],
    [
      evening === null ? words.effect : words.projected,
      'points:1',
      ({ state, action }) => (state === 'asked' || state === 'taken' ? action.effect.connectionRate : null),
    ],
    ...(evening === null
      ? []
      : [
          [
            words.measured,
            'points:1',
            ({ id }) => evening.actions.find((own) => own.id === id)?.measured ?? null,
          ] as Column<TakenAction>,
        ]),
    [
      words.state,
      'text',
      (taken) => {
        const { state, steps, roster, action, open } = taken;
        const { asOf = '', by = null, why = '' } = steps.at(-1) ?? {};
        const isInRoster = state === 'taken' && roster !== null;
        const said = {
          state: isInRoster ? words.inRoster : dayStates[state][language],
          clock: asOf.slice(11, 16),
        };
        const at = by === null || by === '' ? words.stateAt(said) : words.stateBy({ ...said, by });
        const whole = why === '' ? at : words.because({ said: at, why });
        const isLate = !isAwaited(taken, began) || (open.length > 0 && !open.includes('agree'));
        if (state === 'asked' && isLate)
          return words.tooLate({ said: whole, clock: action.latest.slice(11, 16) });
        if (state === 'asked' && action.latest < now) return words.decideNow({ said: whole });
        return state === 'asked'
          ? words.decideBy({ said: whole, clock: action.latest.slice(11, 16) })
          : whole;
      },
    ],
    ...(isNumbered ? [[words.open, 'text', optionsOf] as Column<TakenAction>] : []),
  ];
};

/** What the gap of a day that is over is due to; the parts add up to it. */
export const gapColumns = (
  language: Language,
  say: (said: Sayable) => string,
): readonly Column<Evening['causes'][number]>[] => {
  const words = spoken(tableWords, language);
  return [
    [words.cause, 'text', ({ name }) => say(name)],
    [words.points, 'points:2', ({ effect }) => effect],
  ];
};

/** A queue's lost callers, and what becomes of them by midnight if they are called back. */
type Funnel = NonNullable<NonNullable<DayDocument['callBacks']>['queues'][number]['funnel']>;

/** The same in whole numbers that add up. */
const wholeFunnel = (funnel: Funnel): Funnel => {
  const parts = [funnel.calledAgain, funnel.reached, funnel.givenUp, funnel.toCall];
  const [calledAgain = 0, reached = 0, givenUp = 0, toCall = 0] = shownParts(parts, funnel.lost, 0).map(
    Number,
  );
  return { ...funnel, lost: Math.round(funnel.lost), calledAgain, reached, givenUp, toCall };
};

/** What becomes of those who are called back, for terminal and page; it is told beside `calledBack`. */
export const funnelRows = (callBacks: DayDocument['callBacks']) =>
  (callBacks?.queues ?? []).flatMap(({ queue, funnel }) =>
    funnel === null ? [] : [{ queue, ...wholeFunnel(funnel) }],
  );
export const funnelColumns = (language: Language): readonly Column<Funnel>[] => {
  const words = spoken(tableWords, language);
  return [
    [words.allLost, 'calls', ({ lost }) => lost],
    [words.calledAgain, 'calls', ({ calledAgain }) => calledAgain],
    [words.attempts, 'calls', ({ dialled }) => dialled],
    [
      words.dialling,
      'text',
      ({ dialling }) =>
        dialling === null ? noFigure : `${dialling.from.slice(11, 16)}–${dialling.to.slice(11, 16)}`,
    ],
    [words.reached, 'calls', ({ reached }) => reached],
    [words.givenUp, 'calls', ({ givenUp }) => givenUp],
    [words.stillToCall, 'calls', ({ toCall }) => toCall],
    [
      words.timeToPerson,
      'text',
      ({ meanMinutesToPerson: minutes }) =>
        minutes === null ? noFigure : hoursAndMinutes(minutes, language),
    ],
  ];
};

/** What those columns tell of: callers called back from the moment on of which it was worked out. */
export const calledBack = (
  { asOf, actionsAsOf, intervals }: Pick<DayDocument, 'asOf' | 'actionsAsOf' | 'intervals'>,
  language: Language,
): string =>
  spoken(tableWords, language).called({
    clock: restStart({ asOf: actionsAsOf ?? asOf, intervals }).slice(11, 16),
  });

/** What was taken, and what came of it. */
export const effectColumns = (
  language: Language,
  say: (said: Sayable) => string,
): readonly Column<Evening['actions'][number]>[] => {
  const words = spoken(tableWords, language);
  return [
    [words.action, 'text', ({ said }) => say(said)],
    [words.projected, 'points:2', ({ projected }) => projected],
    [words.measured, 'points:2', ({ measured }) => measured],
  ];
};
