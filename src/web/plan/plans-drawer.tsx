import { Button, Input, Popconfirm } from 'antd';
import { useState } from 'react';
import { isLocked, isWhatIf } from '../../contract/plan-states.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { may } from '../api/page-access.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf } from '../api/use-load.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { goTo, placeHref } from '../ui/use-place.ts';
import { messages } from '../../words/messages.ts';
import { SideDrawer } from '../ui/side-drawer.tsx';
import { useSpeech } from '../words/words.tsx';
import { ChangedElsewhere, changeOnTop } from '../life/changed-elsewhere.tsx';
import { planName, stateTones } from './plan-name.tsx';

type Plan = WorkspaceDocument['plans'][number];

/** Every plan: its name, what kind it is, when it was made; to be opened, compared with the one shown, or deleted. */
export const PlansDrawer = ({
  plans,
  shown,
  close,
  reload,
}: {
  readonly plans: readonly Plan[];
  readonly shown: string | undefined;
  readonly close: () => void;
  readonly reload: () => void;
}) => {
  const speech = useSpeech();
  const { say, language, format } = speech;
  const [problem, setProblem] = useState<ProblemDetails>();
  const [joined, setJoined] = useState<ProblemDetails>();
  const change = async (work: () => Promise<ProblemDetails | undefined>): Promise<void> => {
    setProblem(undefined);
    setJoined(undefined);
    await work().then(setJoined, (error: unknown) => setProblem(problemOf(error)));
    reload();
  };
  const remove = (plan: Plan): void =>
    void change(async () => {
      await callApi('removePlan', { params: { plan: plan.id }, version: plan.version });
      if (plan.id === shown) goTo('plan', { week: plan.week });
      return undefined;
    });
  return (
    <SideDrawer size={860} title={say('plans.title')} onClose={close}>
      <p className="note">{say('plans.note')}</p>
      <ChangedElsewhere
        problem={problem}
        joined={joined}
        look={() => void change(() => Promise.resolve(undefined))}
      />
      <PlainTable
        stacks
        label={say('plans.title')}
        rows={plans}
        keyOf={(plan) => plan.id}
        columns={[
          [
            say('plans.name'),
            'text',
            (plan) => (
              <NameField
                plan={plan}
                keep={(name) =>
                  void change(() =>
                    changeOnTop(
                      plan.version,
                      (version) =>
                        callApi('namePlan', { params: { plan: plan.id }, body: { name }, version }),
                      (meanwhile) => meanwhile.name === (plan.name ?? ''),
                    ),
                  )
                }
              />
            ),
          ],
          [say('plan.weekOf'), 'text', (plan) => plan.week],
          [
            say('plans.kind'),
            'text',
            (plan) => (
              <span className={`tag ${isWhatIf(plan.id) ? 'warning' : 'notice'}`}>
                {say(isWhatIf(plan.id) ? 'plans.whatIf' : 'plans.own')}
              </span>
            ),
          ],
          [
            say('plans.state'),
            'text',
            (plan) => (
              <span className={`tag ${stateTones[plan.state]}`}>
                {messages('plan-state')[plan.state][language]}
              </span>
            ),
          ],
          [say('plans.made'), 'text', (plan) => format.instant(plan.createdAt)],
          [
            say('scenario.actions'),
            'text',
            (plan) => (
              <span className="row">
                {plan.id === shown ? (
                  say('plans.shown')
                ) : (
                  <>
                    <a href={placeHref('plan', { plan: plan.id })} onClick={close}>
                      {say('plans.show')}
                    </a>
                    {shown !== undefined && (
                      <a href={placeHref('plan', { plan: shown, against: plan.id })} onClick={close}>
                        {say('plans.against')}
                      </a>
                    )}
                  </>
                )}
                {!isLocked(plan.state) && may('removePlan') && (
                  <Popconfirm title={say('plans.sure')} onConfirm={() => remove(plan)}>
                    <Button
                      size="small"
                      danger
                      aria-label={`${say('plans.remove')} ${planName(plan, speech) ?? plan.id}`}
                    >
                      {say('plans.remove')}
                    </Button>
                  </Popconfirm>
                )}
              </span>
            ),
          ],
        ]}
      />
    </SideDrawer>
  );
};

/** A plan's name, kept when the field is left or Enter is pressed. */
const NameField = ({ plan, keep }: { readonly plan: Plan; readonly keep: (name: string | null) => void }) => {
  const speech = useSpeech();
  const { say } = speech;
  const [name, setName] = useState(plan.name ?? '');
  const settle = (): void => {
    const wanted = name.trim();
    if (wanted !== (plan.name ?? '')) keep(wanted === '' ? null : wanted);
  };
  return (
    <>
      <Input
        size="small"
        aria-label={say('plans.nameOf', { plan: plan.id })}
        placeholder={planName(plan, speech) ?? say('plans.unnamed')}
        value={name}
        disabled={isLocked(plan.state) || !may('namePlan')}
        maxLength={80}
        onChange={(event) => setName(event.target.value)}
        onBlur={settle}
        onPressEnter={settle}
      />
      <small className="under">{plan.id}</small>
    </>
  );
};
