import { Button, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import type { DayDocument, Evening, TakenAction } from '../../contract/documents/day-document.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import { effectColumns, gapColumns, takenColumns } from '../../render/day-tables.ts';
import { shownDifference } from '../../words/figures.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { problemOf } from '../api/use-load.ts';
import { ChangedElsewhere } from '../life/changed-elsewhere.tsx';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { useFocusBack } from '../ui/side-drawer.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { clockOf } from './day-parts.tsx';

type Action = DayDocument['actions'][number];

/** Actions in sight at first, those that help most. */
const mostFirst = 6;

interface ActedOn {
  readonly day: DayDocument;
  /** It is the hotline's own today: on no other day is anything taken. */
  readonly isToday: boolean;
  /** The moment that is looked at, where it is not now. */
  readonly asOf: string | undefined;
  readonly reload: () => void;
}

/** What can still be done: what is best together first, each with the button that takes it. */
export const Actions = (acted: ActedOn) => {
  const { day, isToday } = acted;
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [asked, setShows] = useState<'first' | 'chosen' | 'all'>('first');
  const [wanted, setWanted] = useState<Action>();
  const chosen = day.actions.filter((action) => action.chosen);
  const isLong = chosen.length > mostFirst;
  const shows = asked === 'first' && !isLong ? 'chosen' : asked;
  const rows: readonly Action[] =
    shows === 'all' ? day.actions : shows === 'first' ? chosen.slice(0, mostFirst) : chosen;
  const taking: Column<Action>[] =
    isToday && may('takeDayActions')
      ? [
          [
            say('today.decide'),
            'text',
            (action) => (
              <Button
                size="small"
                aria-label={say('today.takeThis', { action: tell(action.said) })}
                onClick={() => setWanted(action)}
              >
                {say('today.take')}
              </Button>
            ),
          ],
        ]
      : [];
  return (
    <Panel
      title={say('today.actions')}
      note={
        day.actionsAsOf === null
          ? say('today.actionsToCome')
          : [
              ...(day.actionsAsOf === day.asOf
                ? []
                : [say('today.actionsOf', { clock: clockOf(day.actionsAsOf) })]),
              ...(day.actions.length > 0
                ? [say('today.actionsNote'), ...(isToday ? [] : [say('today.ofToday')])]
                : day.together === null
                  ? [
                      say(
                        day.signals.some(({ kind }) => kind === 'late-source')
                          ? 'today.actionsUnseen'
                          : 'today.noActions',
                      ),
                    ]
                  : []),
            ].join(' ')
      }
      actions={
        (isLong || day.actions.length > chosen.length) && (
          <Segmented
            size="small"
            value={shows}
            onChange={setShows}
            options={[
              ...(isLong
                ? [{ value: 'first' as const, label: say('today.first', { n: format.count(mostFirst) }) }]
                : []),
              { value: 'chosen', label: say('today.best', { n: format.count(chosen.length) }) },
              ...(day.actions.length > chosen.length
                ? [
                    {
                      value: 'all' as const,
                      label: say('today.every', { n: format.count(day.actions.length) }),
                    },
                  ]
                : []),
            ]}
          />
        )
      }
    >
      {rows.length > 0 && (
        <PlainTable
          stacks
          label={say('today.actions')}
          rows={rows}
          keyOf={({ id }) => id}
          columns={[
            [say('today.what'), 'text', ({ said }) => tell(said), { wide: true }],
            [say('today.effect'), 'points:1', ({ effect }) => effect.connectionRate, { sorts: true }],
            ...(day.restOfDay.total.targets.serviceLevel === null
              ? []
              : [
                  [
                    say('today.levelEffect', { n: day.answerTimeThresholdSeconds }),
                    'points:1',
                    ({ effect }) => effect.serviceLevel,
                    { sorts: true },
                  ] as Column<Action>,
                ]),
            [say('today.cost'), 'number', ({ cost }) => cost, { sorts: true }],
            ...taking,
          ]}
        />
      )}
      {wanted !== undefined && (
        <TakeDialog {...acted} actions={[wanted]} close={() => setWanted(undefined)} />
      )}
    </Panel>
  );
};

/** What the actions that are best together come to, with the button that takes them all. */
export const Together = (acted: ActedOn) => {
  const { day, isToday } = acted;
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [wanted, setWanted] = useState<readonly Action[]>();
  if (day.together === null) return null;
  const chosen = day.actions.filter((action) => action.chosen);
  // Nobody is urged to give time back.
  const helps = chosen.some(({ effect }) => effect.connectionRate > 0 || effect.serviceLevel > 0);
  return (
    <div className="together">
      <p>{tell(day.together)}</p>
      {isToday && chosen.length > 1 && may('takeDayActions') && (
        <Button type={helps ? 'primary' : 'default'} onClick={() => setWanted(chosen)}>
          {say('today.takeAll', { n: format.count(chosen.length) })}
        </Button>
      )}
      {wanted !== undefined && <TakeDialog {...acted} actions={wanted} close={() => setWanted(undefined)} />}
    </div>
  );
};

/**
 * Says what taking actions does, and takes them, all or none; what needs somebody's consent may be proposed to them first,
 * which is what is meant where several are taken.
 */
const TakeDialog = ({
  day,
  asOf,
  reload,
  actions,
  close,
}: ActedOn & { readonly actions: readonly Action[]; readonly close: () => void }) => {
  useFocusBack();
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [why, setWhy] = useState('');
  const [problem, setProblem] = useState<ProblemDetails>();
  const [busy, setBusy] = useState<'asking' | 'taking'>();
  const isMix = actions.length > 1;
  const n = format.count(actions.length);
  const asked = actions.filter(({ asks }) => asks).length;
  const take = async (agreed: boolean): Promise<void> => {
    setBusy(agreed ? 'taking' : 'asking');
    try {
      await callApi('takeDayActions', {
        body: {
          actions: actions.map(({ id }) => id),
          agreed,
          ...(asOf === undefined ? {} : { asOf }),
          ...(why.trim() === '' ? {} : { why: why.trim() }),
        },
        version: day.revision,
      });
      close();
      reload();
    } catch (error) {
      setBusy(undefined);
      setProblem(problemOf(error));
    }
  };
  return (
    <Modal
      open
      width={620}
      className="taking-dialog"
      title={isMix ? say('today.takeAllTitle', { n }) : say('today.takeTitle')}
      onCancel={close}
      footer={[
        <Button key="no" onClick={close}>
          {say('state.cancel')}
        </Button>,
        ...(asked > 0
          ? [
              <Button
                key="ask"
                type={isMix ? 'primary' : 'default'}
                loading={busy === 'asking'}
                disabled={busy !== undefined}
                onClick={() => void take(false)}
              >
                {isMix ? say('today.takeAsking', { n: asked }) : say('today.askFirst')}
              </Button>,
            ]
          : []),
        <Button
          key="take"
          type={isMix && asked > 0 ? 'default' : 'primary'}
          loading={busy === 'taking'}
          disabled={busy !== undefined}
          onClick={() => void take(true)}
        >
          {asked > 0
            ? say(isMix ? 'today.allAgreed' : 'today.agreedTake')
            : isMix
              ? say('today.takeAll', { n })
              : say('today.take')}
        </Button>,
      ]}
    >
      {isMix ? (
        <ul className="taking">
          {actions.map(({ id, said }) => (
            <li key={id}>{tell(said)}</li>
          ))}
        </ul>
      ) : (
        actions.map(({ id, said }) => (
          <p key={id}>
            <strong>{tell(said)}</strong>
          </p>
        ))
      )}
      <p>
        {asked === 0
          ? say('today.takeCounts')
          : isMix
            ? say('today.takeAllAsks', { n: asked })
            : say('today.takeAsks')}
      </p>
      <Input
        aria-label={say('today.why')}
        placeholder={say('today.why')}
        maxLength={200}
        value={why}
        onChange={({ target }) => setWhy(target.value)}
      />
      <ChangedElsewhere
        problem={problem}
        look={() => {
          close();
          reload();
        }}
      />
    </Modal>
  );
};

/** What was taken, by whom and when, each with the way back. */
export const Taken = ({ day, isToday, asOf, reload }: ActedOn) => {
  const { say, tell, language } = useSpeech();
  const [problem, setProblem] = useState<ProblemDetails>();
  const [busy, setBusy] = useState<number>();
  if (day.taken.length === 0) return null;
  const step = async (id: number, what: 'agree' | 'decline' | 'take-back'): Promise<void> => {
    setBusy(id);
    setProblem(undefined);
    try {
      await callApi('stepDayAction', {
        params: { action: id },
        body: { step: what, ...(asOf === undefined ? {} : { asOf }) },
        version: day.revision,
      });
      reload();
    } catch (error) {
      setProblem(problemOf(error));
    }
    setBusy(undefined);
  };
  const buttons = ({ id, state, action, roster }: TakenAction) => {
    const open =
      state === 'asked'
        ? isToday
          ? (['agree', 'decline', 'take-back'] as const)
          : (['decline', 'take-back'] as const)
        : state === 'taken' && (isToday || roster === null)
          ? (['take-back'] as const)
          : [];
    return (
      <span className="row">
        {open.map((what) => (
          <Button
            key={what}
            size="small"
            disabled={busy !== undefined}
            aria-label={say('today.stepThis', { step: say(`today.step.${what}`), action: tell(action.said) })}
            onClick={() => void step(id, what)}
          >
            {say(`today.step.${what}`)}
          </Button>
        ))}
      </span>
    );
  };
  return (
    <Panel title={say('today.taken')} note={say('today.takenNote')}>
      <ChangedElsewhere
        problem={problem}
        look={() => {
          setProblem(undefined);
          reload();
        }}
      />
      <PlainTable
        stacks
        label={say('today.taken')}
        rows={day.taken}
        keyOf={({ id }) => String(id)}
        columns={[
          ...takenColumns(language, tell),
          ...(may('stepDayAction') ? [[say('today.decide'), 'text', buttons] as Column<TakenAction>] : []),
        ]}
      />
    </Panel>
  );
};

/** The evening of a day: what its gap to the plan is due to, and what came of the actions. */
export const EveningPart = ({ evening }: { readonly evening: Evening }) => {
  const { say, tell, language } = useSpeech();
  const format = useFormat();
  const { planned, actual, causes, actions } = evening;
  return (
    <Panel
      title={say('today.evening')}
      note={say('today.eveningNote', {
        planned: format.percent(planned, 2),
        actual: format.percent(actual, 2),
        gap: format.points(shownDifference(planned, actual, 2), 2),
      })}
    >
      <PlainTable
        snug
        label={say('today.evening')}
        rows={causes}
        keyOf={({ cause }) => cause}
        columns={gapColumns(language, tell)}
      />
      {actions.length > 0 && (
        <PlainTable
          stacks
          label={say('today.cameOf')}
          rows={actions}
          keyOf={({ id }) => String(id)}
          columns={effectColumns(language, tell)}
        />
      )}
    </Panel>
  );
};
