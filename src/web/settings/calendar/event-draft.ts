import type { PlannedEvent } from '../../../contract/http/calendar-document.ts';
import { isPlainDate, type PlainDate } from '../../../kernel/time.ts';
import { fractionOf, percentOf } from '../percent.ts';
import type { DaySpan } from './month-days.ts';

/** An event while it is being written: its effect in percent as it is said, nothing where it is to be learnt. */
export interface EventDraft {
  /** As it is stored; null: it is new. */
  readonly before: PlannedEvent | null;
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly kind: string;
  readonly label: string;
  /** '' is every queue. */
  readonly queue: string;
  /** +20 is twenty percent more. */
  readonly percent: number | null;
  readonly decayDays: number | null;
}

export const newEvent = ({ from, to }: DaySpan): EventDraft => ({
  before: null,
  from,
  to,
  kind: '',
  label: '',
  queue: '',
  percent: null,
  decayDays: null,
});

/** Another first day: the last one follows where it was the same day, or would lie before. */
export const beginningOn = ({ from, to }: EventDraft, day: PlainDate): Pick<EventDraft, 'from' | 'to'> => ({
  from: day,
  to: day !== '' && (to === from || to < day) ? day : to,
});

export const draftOf = (event: PlannedEvent): EventDraft => ({
  before: event,
  from: event.date,
  to: event.end ?? event.date,
  kind: event.kind,
  label: event.label,
  queue: event.queue ?? '',
  percent: event.expectedEffect === undefined ? null : percentOf(event.expectedEffect),
  decayDays: event.decayDays ?? null,
});

/** The effect as the record keeps it: what stood there where nobody has changed it. */
const effectOf = ({ before, percent }: EventDraft): number | undefined => {
  if (percent === null) return undefined;
  const stood = before?.expectedEffect;
  return stood !== undefined && percentOf(stood) === percent ? stood : fractionOf(percent);
};

/** The record of what was written; `named` is what it is called where it was given no name. */
export const eventOf = (draft: EventDraft, named: string): PlannedEvent => {
  const { before, from, to, kind, label, queue, decayDays } = draft;
  const expectedEffect = effectOf(draft);
  return {
    date: from,
    ...(to === from && before?.end === undefined ? {} : { end: to }),
    kind: kind.trim(),
    label: label.trim() === '' ? named : label === before?.label ? label : label.trim(),
    ...(expectedEffect === undefined ? {} : { expectedEffect }),
    ...(decayDays === null ? {} : { decayDays }),
    ...(queue === '' ? {} : { queue }),
  };
};

/** What is wrong with it so far, by field. */
export const wrongIn = ({
  from,
  to,
  kind,
}: EventDraft): {
  readonly from?: 'calendar.noDate';
  readonly to?: 'calendar.noDate' | 'calendar.endsEarly';
  readonly kind?: 'calendar.noKind';
} => ({
  ...(isPlainDate(from) ? {} : { from: 'calendar.noDate' }),
  ...(isPlainDate(to) ? (to < from ? { to: 'calendar.endsEarly' } : {}) : { to: 'calendar.noDate' }),
  ...(kind.trim() === '' ? { kind: 'calendar.noKind' } : {}),
});

/** Whether it says anything else than what is stored; a new one, whether anything but its days was written. */
export const isEdited = (draft: EventDraft): boolean => {
  const stood = draft.before === null ? newEvent(draft) : draftOf(draft.before);
  return JSON.stringify(stood) !== JSON.stringify(draft);
};
