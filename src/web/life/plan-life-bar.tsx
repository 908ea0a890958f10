import { Alert, Button, Input, Popover } from 'antd';
import { useState } from 'react';
import type { PageAccess } from '../../contract/access/rights.ts';
import type { PlanInput, PlanLife, PlanMeanwhile } from '../../contract/plan-life.ts';
import {
  isLocked,
  isOnward,
  isWhatIf,
  mayStep,
  type PlanState,
  type PlanStepName,
  planStepNames,
  planSteps,
} from '../../contract/plan-states.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { modelTitles } from '../../words/model-paths.ts';
import { messages } from '../../words/messages.ts';
import { callApi } from '../api/call-api.ts';
import { may, pageAccess } from '../api/page-access.ts';
import { useAnswer, problemOf } from '../api/use-load.ts';
import { LoadedView } from '../ui/states.tsx';
import { addWords, useSpeech } from '../words/words.tsx';
import { stateTones } from '../plan/plan-name.tsx';
import { useOwnName } from '../together/own-name.tsx';
import { Presence } from '../together/presence.tsx';
import { ChangedElsewhere, changeOnTop } from './changed-elsewhere.tsx';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';

const planStepWords = messages('plan-step');
const planStateWords = messages('plan-state');
addWords(messages('page-plan-life'));

/** What a plan is by now, the steps that it can take, and its history with notes. */
export const PlanLifeBar = ({
  id,
  plans,
  reload,
  again,
}: {
  readonly id: string;
  readonly plans: WorkspaceDocument['plans'];
  readonly reload: () => void;
  /** Plans the week again; undefined while that is under way. */
  readonly again: (() => void) | undefined;
}) => {
  const [life, readAgain, put] = useAnswer('planLife', { params: { plan: id } });
  return (
    <LoadedView loaded={life} retry={readAgain}>
      {(value) => (
        <LifeView
          life={value}
          put={put}
          again={again}
          replaced={
            plans.find((plan) => plan.week === value.week && plan.state === 'published' && plan.id !== id)?.id
          }
          reload={() => {
            readAgain();
            reload();
          }}
        />
      )}
    </LoadedView>
  );
};

const mayTake = (step: PlanStepName, access: PageAccess) => access === 'local' || mayStep(step, access);

/** The step onwards that others have to take: none while the reader may take one. */
export const stepOfOthers = (life: PlanLife, access: PageAccess): PlanStepName | undefined => {
  const onward = openSteps(life).filter(isOnward);
  return onward.some((step) => mayTake(step, access)) ? undefined : onward[0];
};

const LifeView = ({
  life,
  put,
  again,
  replaced,
  reload,
}: {
  readonly life: PlanLife;
  /** Shows at once what a step was answered with. */
  readonly put: (life: PlanLife) => void;
  readonly again: (() => void) | undefined;
  readonly replaced: string | undefined;
  readonly reload: () => void;
}) => {
  const { say, language } = useSpeech();
  const [note, setNote] = useState('');
  const change = useVersioned(life.version, reload);
  const others = stepOfOthers(life, pageAccess());
  const open = openSteps(life).filter((name) => mayTake(name, pageAccess()));
  const isPublishing = open.includes('publish');
  const by = useOwnName(isPublishing);
  const [taken, setTaken] = useState<PlanStepName>();
  const step = (name: PlanStepName, reason: string): void =>
    void change.run(
      async (version) => {
        setTaken(undefined);
        put(
          await callApi('stepPlan', {
            params: { plan: life.plan },
            body: { step: name, ...(reason === '' ? {} : { reason }) },
            version,
          }),
        );
        setTaken(name);
      },
      // A name or a note of somebody else's does not stand in its way; another state does.
      ({ steps, state }) => steps.length === 0 && state === life.state,
    );
  return (
    <section className="plan-life no-print" aria-label={say('life.title')}>
      <div className="row">
        <span className={`tag ${stateTones[life.state]}`}>{planStateWords[life.state][language]}</span>
        {isLocked(life.state) && (
          <span className="note">{say(life.state === 'published' ? 'life.locked' : 'life.archived')}</span>
        )}
        {open.map((name) => (
          <StepButton
            key={name}
            name={name}
            replaced={name === 'publish' ? replaced : undefined}
            isReady={name !== 'publish' || by.isNamed}
            take={(reason) => step(name, reason)}
          />
        ))}
        {open.length > 0 && by.field}
        {others !== undefined && (
          <span className="note">
            {say('life.ofOthers', {
              step: planStepWords[others][language],
              roles: planSteps[others].roles
                .map((role) => messages('terminal-role')[role][language])
                .join(say('list.comma')),
            })}
          </span>
        )}
      </div>
      {taken !== undefined && (
        <p className="note" role="status">
          {say('life.done', { step: planStepWords[taken][language] })}
        </p>
      )}
      <ChangedSince inputs={life.changedSince ?? []} again={isWhatIf(life.plan) ? undefined : again} />
      <Presence places={[`plan/${life.plan}`]} isEditing={note !== ''} />
      <ChangedElsewhere problem={change.problem} joined={change.joined} look={change.look} />
      <History life={life} change={change} text={note} setText={setNote} />
    </section>
  );
};

/** What was changed since the plan was made, and the button that has the plan know of it. */
const ChangedSince = ({
  inputs,
  again,
}: {
  readonly inputs: readonly PlanInput[];
  readonly again: (() => void) | undefined;
}) => {
  const { say, language } = useSpeech();
  if (inputs.length === 0) return null;
  const nameOf = (input: PlanInput): string =>
    input === 'events' || input === 'overrules' || input === 'records'
      ? say(`life.${input}`)
      : modelTitles[input][language];
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginTop: 8 }}
      title={say('life.changedSince', { what: inputs.map(nameOf).join(say('list.comma')) })}
      action={
        again !== undefined &&
        may('makePlan') && (
          <Button size="small" onClick={again}>
            {say('life.planAgain')}
          </Button>
        )
      }
    />
  );
};

/** A step; one that wants a reason asks for it first. */
const StepButton = ({
  name,
  replaced,
  isReady,
  take,
}: {
  readonly name: PlanStepName;
  readonly isReady: boolean;
  /** The published plan that this one would take the place of. */
  readonly replaced: string | undefined;
  readonly take: (reason: string) => void;
}) => {
  const { say, language } = useSpeech();
  const [reason, setReason] = useState('');
  const [open, setOpen] = useState(false);
  const label = planStepWords[name][language];
  const type = name === 'return' || name === 'supersede' ? 'default' : 'primary';
  if (!planSteps[name].wantsReason && replaced === undefined)
    return (
      <Button size="small" type={type} disabled={!isReady} onClick={() => take('')}>
        {label}
      </Button>
    );
  const form = (
    <div className="plan-life-reason">
      {replaced !== undefined && <p>{say('life.replaces', { plan: replaced })}</p>}
      <Input.TextArea
        aria-label={say('life.reason')}
        placeholder={say('life.reasonFor')}
        rows={2}
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button
        size="small"
        type="primary"
        disabled={reason.trim() === ''}
        onClick={() => {
          setOpen(false);
          take(reason.trim());
        }}
      >
        {label}
      </Button>
    </div>
  );
  return (
    <Popover trigger="click" open={open} onOpenChange={setOpen} content={form}>
      <Button size="small" type={type} disabled={!isReady}>
        {label}…
      </Button>
    </Popover>
  );
};

type Change = ReturnType<typeof useVersioned>;

/** Steps and notes, the latest first, and a field for another note. */
const History = ({
  life,
  change,
  text,
  setText,
}: {
  readonly life: PlanLife;
  readonly change: Change;
  /** The note that is being written. */
  readonly text: string;
  readonly setText: (text: string) => void;
}) => {
  const { say, language, format } = useSpeech();
  const lines = [
    ...life.steps.map(({ at, by, to, reason, supersededBy }) => ({
      at,
      by,
      said: [planStateWords[to][language], reason, supersededBy].filter((part) => part !== null).join(' · '),
    })),
    ...life.notes.map(({ at, by, text: said }) => ({ at, by, said })),
  ].toSorted((one, other) => (one.at < other.at ? 1 : -1));
  const add = async (): Promise<void> => {
    const saved = await change.run(
      (version) => callApi('notePlan', { params: { plan: life.plan }, body: { text: text.trim() }, version }),
      // Notes are added, never changed: they are beside whatever came before.
      () => true,
    );
    if (saved) setText('');
  };
  return (
    <details>
      <summary>{say('life.history', { n: lines.length })}</summary>
      <ul>
        {lines.map(({ at, by, said: text }) => (
          <li key={`${at} ${text}`}>
            <small>
              {format.instant(at)} · {by === '' ? say('life.someone') : by}
            </small>{' '}
            {text}
          </li>
        ))}
      </ul>
      {may('notePlan') && (
        <div className="row">
          <Input.TextArea
            aria-label={say('life.note')}
            placeholder={say('life.note')}
            rows={2}
            maxLength={1000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button size="small" disabled={text.trim() === ''} onClick={() => void add()}>
            {say('life.addNote')}
          </Button>
        </div>
      )}
    </details>
  );
};

/**
 * Changes to something that others may change too, each sent with the version that was read: where somebody was quicker,
 * it is put on top of theirs (`joined` tells what they did) or, where both changed the same, refused and told (`problem`)
 * until `look` shows what is by now. `run` answers whether it was saved.
 */
const useVersioned = (version: number, reload: () => void) => {
  const [problem, setProblem] = useState<ProblemDetails>();
  const [joined, setJoined] = useState<ProblemDetails>();
  const run = async (
    change: (version: number) => Promise<unknown>,
    fits: (meanwhile: PlanMeanwhile) => boolean,
  ): Promise<boolean> => {
    setProblem(undefined);
    setJoined(undefined);
    try {
      setJoined(await changeOnTop(version, change, fits));
      reload();
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    }
  };
  const look = (): void => {
    setProblem(undefined);
    reload();
  };
  return { problem, joined, run, look };
};

const openSteps = ({ plan, state }: { readonly plan: string; readonly state: PlanState }) =>
  planStepNames.filter((step) => planSteps[step].from.includes(state) && !(isWhatIf(plan) && isOnward(step)));
