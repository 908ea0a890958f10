import { Button, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { PlannedEvent } from '../../../contract/models/calendar-model.ts';
import { isPlainDate, type PlainDate } from '../../../kernel/time.ts';
import { useLargeChange } from '../../ui/large-change.tsx';
import { NumberInput, signedPercent } from '../../ui/number-input.tsx';
import { messages } from '../../../words/messages.ts';
import { may } from '../../api/page-access.ts';
import type { Label } from '../../../words/sentences.ts';
import { useSpeech } from '../../words/words.tsx';
import { Labelled } from '../labelled.tsx';
import { fractionOf, percentOf } from '../use-models.ts';
import type { DaySpan } from './month-view.tsx';

interface EventFormProps {
  readonly draft: EventDraft;
  readonly events: readonly PlannedEvent[];
  readonly queues: readonly { readonly queue: string; readonly name: string }[];
  readonly change: (draft: EventDraft) => void;
  /** `plans`: the week is planned with it at once. */
  readonly save: (plans: boolean) => void;
  readonly remove: () => void;
  readonly cancel: () => void;
}

/** As many decimals as somebody means. */
const { precision: _whole, min: _min, max: _max, ...signed } = signedPercent;

/** What an event may do to calls, in percent: beyond it is refused as it was typed, never made smaller. */
const shareLimits = { least: -100, most: 1000 } as const;

const ownKind = '\u0000own';

/** An event as a planner says it: which days, what kind, so many percent more or less. */
export const EventForm = (props: EventFormProps) => {
  const { say } = useSpeech();
  const { draft, change, queues } = props;
  const wrong = wrongIn(draft);
  const [tried, setTried] = useState(false);
  const large = useLargeChange();
  const form = useRef<HTMLFormElement>(null);
  const begun = `${draft.before?.date ?? ''} ${draft.before?.label ?? ''}`;
  useEffect(() => setTried(false), [begun]);
  const set = (part: Partial<EventDraft>): void => change({ ...draft, ...part });
  const day = (field: 'from' | 'to') => (
    <Labelled
      label={say(field === 'from' ? 'calendar.firstDay' : 'calendar.lastDay')}
      wrong={wrong[field] === undefined ? undefined : say(wrong[field])}
    >
      {(about) => (
        <Input
          {...about}
          type="date"
          value={draft[field]}
          onChange={({ target: { value } }) =>
            set(field === 'from' ? beginningOn(draft, value) : { to: value })
          }
        />
      )}
    </Labelled>
  );
  const submit = (plans: boolean): void => {
    setTried(true);
    // What was there before was asked back when it was typed.
    const before = draft.before === null ? null : draftOf(draft.before).percent;
    const share = draft.percent === before ? 0 : (draft.percent ?? 0) / 100;
    if (Object.keys(wrong).length === 0) large.ask(share, () => props.save(plans));
  };
  return (
    <form
      ref={form}
      className="event-form"
      aria-label={say(draft.before === null ? 'calendar.newEvent' : 'calendar.editEvent')}
      onSubmit={(event) => {
        event.preventDefault();
        submit(false);
      }}
    >
      <h3>{say(draft.before === null ? 'calendar.newEvent' : 'calendar.editEvent')}</h3>
      <div className="setting-pair">
        {day('from')}
        {day('to')}
      </div>
      <KindField {...props} set={set} tried={tried} />
      <Labelled label={say('calendar.queue')}>
        {(about) => (
          <Select
            {...about}
            value={draft.queue}
            options={[
              { value: '', label: say('calendar.allQueues') },
              ...queues.map(({ queue, name }) => ({ value: queue, label: name })),
            ]}
            onChange={(queue: string) => set({ queue })}
          />
        )}
      </Labelled>
      <ShareFields {...props} set={set} />
      {large.question}
      <div className="row">
        <Button type="primary" htmlType="submit">
          {say('calendar.save')}
        </Button>
        {may('makePlan') && <Button onClick={() => submit(true)}>{say('calendar.saveAndPlan')}</Button>}
        <Button onClick={props.cancel}>
          {say(isEventEdited(draft) ? 'calendar.cancel' : 'state.close')}
        </Button>
        {draft.before !== null && (
          <Button danger onClick={props.remove}>
            {say('calendar.remove')}
          </Button>
        )}
      </div>
    </form>
  );
};

interface PartProps extends EventFormProps {
  readonly set: (part: Partial<EventDraft>) => void;
}

/** Which kind, and a name that follows from it until one is given. */
const KindField = ({ draft, events, set, tried }: PartProps & { readonly tried: boolean }) => {
  const { say } = useSpeech();
  const nameOf = useKindName();
  const kinds = kindsOf(events);
  const [own, setOwn] = useState(false);
  const isOwn = own || (draft.kind !== '' && !kinds.includes(draft.kind));
  const wrong = tried && wrongIn(draft).kind !== undefined ? say('calendar.noKind') : undefined;
  return (
    <>
      <Labelled label={say('calendar.kind')} wrong={isOwn ? undefined : wrong}>
        {(about) => (
          <Select
            {...about}
            autoFocus
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={say('calendar.kindOfName')}
            value={isOwn ? ownKind : draft.kind === '' ? null : draft.kind}
            options={[
              ...kinds.map((kind) => ({ value: kind, label: nameOf(kind) })),
              { value: ownKind, label: say('calendar.otherKind') },
            ]}
            onChange={(kind: string) => {
              setOwn(kind === ownKind);
              set({ kind: kind === ownKind ? '' : kind });
            }}
          />
        )}
      </Labelled>
      {isOwn && (
        <Labelled label={say('calendar.ownKind')} wrong={wrong}>
          {(about) => (
            <Input
              {...about}
              value={draft.kind}
              maxLength={80}
              onChange={(event) => set({ kind: event.target.value })}
            />
          )}
        </Labelled>
      )}
      <Labelled label={say('calendar.label')}>
        {(about) => (
          <Input
            {...about}
            value={draft.label}
            maxLength={200}
            {...(draft.kind === '' ? {} : { placeholder: nameOf(draft.kind) })}
            onChange={(event) => set({ label: event.target.value })}
          />
        )}
      </Labelled>
    </>
  );
};

/** How much, in percent as it is said; what is left empty is learnt from what such events did before. */
const ShareFields = ({ draft, events, set }: PartProps) => {
  const { say, format } = useSpeech();
  const past = events.filter(({ kind, date }) => kind === draft.kind && date < draft.from).length;
  const means = isShareBeyond(draft)
    ? ''
    : draft.percent !== null
      ? say('calendar.shareMeans', { factor: format.decimal(1 + draft.percent / 100, 2) })
      : past > 0
        ? say('calendar.learntFrom', { n: past })
        : say('calendar.nothingToLearn');
  return (
    <>
      <div className="setting-pair">
        <Labelled
          label={say('calendar.share')}
          wrong={isShareBeyond(draft) ? say('calendar.shareRange') : undefined}
        >
          {(about) => (
            <NumberInput
              {...about}
              {...signed}
              placeholder={say('calendar.learnt')}
              value={draft.percent}
              onChange={(percent) => set({ percent })}
            />
          )}
        </Labelled>
        <Labelled label={say('calendar.decay')}>
          {(about) => (
            <NumberInput
              {...about}
              min={0}
              max={365}
              suffix={say('calendar.days')}
              placeholder={say('calendar.noDecay')}
              value={draft.decayDays}
              onChange={(decayDays) => set({ decayDays })}
            />
          )}
        </Labelled>
      </div>
      <p className="setting-note" role="status">
        {draft.kind === '' && draft.percent === null ? '' : means}
      </p>
    </>
  );
};

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

/** The effect as the record keeps it: what was there where nobody has changed it. */
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
    // how much is enough: what is of no kind and has no name is some other event
    kind: kind.trim() || label.trim() || 'other',
    label: label.trim() === '' ? named : label === before?.label ? label : label.trim(),
    ...(expectedEffect === undefined ? {} : { expectedEffect }),
    ...(decayDays === null ? {} : { decayDays }),
    ...(queue === '' ? {} : { queue }),
  };
};

const isShareBeyond = ({ percent }: EventDraft): boolean =>
  percent !== null && !(percent >= shareLimits.least && percent <= shareLimits.most);

/** What is wrong with it so far, by field. */
export const wrongIn = (
  draft: EventDraft,
): {
  readonly from?: 'calendar.noDate';
  readonly to?: 'calendar.noDate' | 'calendar.endsEarly';
  readonly kind?: 'calendar.noKind';
  readonly percent?: 'calendar.shareRange';
} => {
  const { from, to, kind, label } = draft;
  return {
    ...(isPlainDate(from) ? {} : { from: 'calendar.noDate' }),
    ...(isPlainDate(to) ? (to < from ? { to: 'calendar.endsEarly' } : {}) : { to: 'calendar.noDate' }),
    ...(kind.trim() === '' && label.trim() === '' && draft.percent === null
      ? { kind: 'calendar.noKind' }
      : {}),
    ...(isShareBeyond(draft) ? { percent: 'calendar.shareRange' } : {}),
  };
};

/** Whether it says anything else than what is stored; a new one, whether anything but its days was written. */
export const isEventEdited = (draft: EventDraft): boolean => {
  const stood = draft.before === null ? newEvent(draft) : draftOf(draft.before);
  return JSON.stringify(stood) !== JSON.stringify(draft);
};

/** Kinds that are offered before a hotline has entered any of its own. */
const usualKinds = [
  'school-enrolment',
  'heating',
  'rainstorm',
  'cold-snap',
  'water-cut',
  'power-cut',
  'policy',
  'exam',
  'campaign',
  'outage',
  'other',
] as const;

/** Kinds to choose from: the usual ones, then those that the hotline's own events have. */
export const kindsOf = (events: readonly PlannedEvent[]): string[] => [
  ...new Set([...usualKinds, ...events.map(({ kind }) => kind)]),
];

const kindNames: Readonly<Record<string, Label>> = messages('event-kind');

/** What a kind is called: its word, else as it was written. */
export const useKindName = (): ((kind: string) => string) => {
  const { language } = useSpeech();
  return (kind) => kindNames[kind]?.[language] ?? kind;
};
