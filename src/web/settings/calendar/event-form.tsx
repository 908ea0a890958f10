import { Button, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { PlannedEvent } from '../../../contract/http/calendar-document.ts';
import { useFormat } from '../../ui/use-format.ts';
import { useSpeech } from '../../words/words.tsx';
import { Labelled } from '../labelled.tsx';
import { beginningOn, draftOf, isEdited, wrongIn, type EventDraft } from './event-draft.ts';
import { kindsOf, useKindName } from './event-kinds.ts';
import { useLargeChange } from '../../ui/large-change.tsx';
import { NumberInput, signedPercent } from '../../ui/number-input.tsx';

interface EventFormProps {
  readonly draft: EventDraft;
  readonly events: readonly PlannedEvent[];
  readonly queues: readonly { readonly queue: string; readonly name: string }[];
  readonly change: (draft: EventDraft) => void;
  readonly save: () => void;
  readonly remove: () => void;
  readonly cancel: () => void;
}

/** As many decimals as somebody means. */
const { precision: _whole, ...signed } = signedPercent;

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
  return (
    <form
      ref={form}
      className="event-form"
      aria-label={say(draft.before === null ? 'calendar.newEvent' : 'calendar.editEvent')}
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        // What stood there before was asked back when it was typed.
        const stood = draft.before === null ? null : draftOf(draft.before).percent;
        const share = draft.percent === stood ? 0 : (draft.percent ?? 0) / 100;
        if (Object.keys(wrong).length === 0) large.ask(share, props.save);
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
        <Button onClick={props.cancel}>{say(isEdited(draft) ? 'calendar.cancel' : 'state.close')}</Button>
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
  const { say } = useSpeech();
  const format = useFormat();
  const past = events.filter(({ kind, date }) => kind === draft.kind && date < draft.from).length;
  const means =
    draft.percent !== null
      ? say('calendar.shareMeans', { factor: format.decimal(1 + draft.percent / 100, 2) })
      : past > 0
        ? say('calendar.learntFrom', { n: past })
        : say('calendar.nothingToLearn');
  return (
    <>
      <div className="setting-pair">
        <Labelled label={say('calendar.share')}>
          {(about) => (
            <NumberInput
              {...about}
              {...signed}
              min={-100}
              max={1000}
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
