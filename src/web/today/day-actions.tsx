import { Alert, Button, Input, Modal, Segmented } from 'antd';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DayDocument, Evening, TakenAction } from '../../contract/documents/day-document.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { DayFindings } from '../../intraday/day-findings.ts';
import { restStart } from '../../kernel/time-window.ts';
import { awaitedOf, gapColumns, takenColumns } from '../../render/day-tables.ts';
import { shownDifference } from '../../words/figures.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { problemOf } from '../api/use-load.ts';
import { ChangedElsewhere } from '../life/changed-elsewhere.tsx';
import { OwnName } from '../together/own-name.tsx';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { problemOnPage } from '../ui/problems-table.tsx';
import { useFocusBack } from '../ui/side-drawer.tsx';
import { useSpeech } from '../words/words.tsx';
import { type Acted, revisionOf } from './acted.ts';
import { clockOf, headlineOf, restClock } from './day-parts.tsx';

type Action = DayDocument['actions'][number];

/** Nothing is known of the day's last hours, or not yet. */
const isUnseen = (day: Pick<DayDocument, 'said'>): boolean => {
  const { blindSince = null, caughtUpTo = null } = headlineOf(day) ?? {};
  return blindSince !== null || caughtUpTo !== null;
};

/** Actions in sight at first, those that help most. */
const mostFirst = 6;

export interface ActedOn {
  readonly day: DayDocument;
  /** What can be done was worked out before the newest rows came: it does not belong to the figures above. */
  readonly isBehind: boolean;
  /** The moment that is looked at, where it is not now. */
  readonly asOf: string | undefined;
  readonly reload: () => void;
  /** What the reader did last, while the day is being worked out with it. */
  readonly last: Pick<Acted, 'last'> | undefined;
  /** Hears what the server answered, and which proposals it was asked to take. */
  readonly acted: (answered: readonly TakenAction[], proposals: readonly string[]) => void;
}

/** Where the page says what was done: the focus goes there from a button that is gone. */
const doneId = 'today-done';
/** Where it says what can still be done: the focus goes there where nothing was. */
const actionsId = 'today-actions';

/** What can still be done: what is best together first, each with the button that takes it. */
export const Actions = (acted: ActedOn) => {
  const { day, isBehind } = acted;
  const { say, tell, format } = useSpeech();
  const [asked, setShows] = useState<'first' | 'chosen' | 'all'>('first');
  const [wanted, setWanted] = useState<Action>();
  const chosen = day.actions.filter((action) => action.chosen);
  const isLong = chosen.length > mostFirst;
  const shows = asked === 'first' && !isLong ? 'chosen' : asked;
  const rows: readonly Action[] =
    shows === 'all' ? day.actions : shows === 'first' ? chosen.slice(0, mostFirst) : chosen;
  const taking: Column<Action>[] =
    day.takes && may('takeDayActions')
      ? [
          [
            say('today.decide'),
            'text',
            (action) => (
              <Button
                size="small"
                disabled={day.actionsAsOf === null || isBehind}
                aria-label={say('today.takeThis', { action: tell(action.said) })}
                onClick={() => setWanted(action)}
              >
                {say('today.take')}
              </Button>
            ),
          ],
        ]
      : [];
  const note =
    day.actionsAsOf === null
      ? say(isUnseen(day) ? 'today.actionsUnseen' : 'today.actionsToCome')
      : [
          ...(day.actionsAsOf === day.asOf
            ? []
            : [say('today.actionsOf', { clock: clockOf(day.actionsAsOf) })]),
          ...(day.actions.length > 0
            ? [say('today.actionsNote'), ...(day.takes ? [] : [say('today.ofToday')])]
            : day.together === null && (isUnseen(day) || day.actionsAsOf === day.asOf)
              ? [say(isUnseen(day) ? 'today.actionsUnseen' : 'today.noActions')]
              : []),
        ].join(' ');
  // That nothing is needed stands at the top.
  if (note === '' && day.actions.length === 0 && wanted === undefined) return null;
  return (
    <div className="steady" id={actionsId} role="group" tabIndex={-1} aria-label={say('today.actions')}>
      <Panel
        title={say('today.actions')}
        note={note}
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
    </div>
  );
};

/** What the actions that are best together come to, with the button that takes them all; else what was done just now. */
export const Together = (acted: ActedOn) => {
  const { day, isBehind, last } = acted;
  const { say, tell, format } = useSpeech();
  const [wanted, setWanted] = useState<readonly Action[]>();
  const chosen = day.actions.filter((action) => action.chosen);
  const { fewerLost: fewer } =
    day.together !== null && 'values' in day.together
      ? (day.together.values as DayFindings['day-together'])
      : { fewerLost: 0 };
  // Nobody is urged to give time back.
  const helps = chosen.some(({ effect }) => effect.connectionRate > 0 || effect.serviceLevel > 0);
  return (
    <div className="together steady">
      <p id={doneId} role="status" tabIndex={-1}>
        {last !== undefined &&
          (last.last === undefined ? say('today.notedAnew') : say('today.takenAnew', last.last))}
      </p>
      {day.together !== null && (
        <p>
          {tell(day.together)}
          {day.actionsAsOf !== null && day.actionsAsOf !== day.asOf && (
            <strong> {say('today.actionsOf', { clock: clockOf(day.actionsAsOf) })}</strong>
          )}
        </p>
      )}
      {day.together !== null && day.takes && chosen.length > 1 && may('takeDayActions') && (
        <Button type={helps ? 'primary' : 'default'} disabled={isBehind} onClick={() => setWanted(chosen)}>
          {say(fewer < 0.5 ? 'today.takeAll' : 'today.takeAllFewer', {
            n: format.count(chosen.length),
            fewer: Math.round(fewer),
          })}
        </Button>
      )}
      {wanted !== undefined && <TakeDialog {...acted} actions={wanted} close={() => setWanted(undefined)} />}
    </div>
  );
};

/**
 * Says what taking actions does, and takes them, all or none; what needs somebody's consent is proposed to them first, unless
 * they are said to have agreed.
 */
const TakeDialog = ({
  day,
  asOf,
  reload,
  acted,
  actions,
  close,
}: ActedOn & { readonly actions: readonly Action[]; readonly close: () => void }) => {
  useFocusBack(doneId, actionsId);
  const { say, tell, language, format } = useSpeech();
  const [why, setWhy] = useState('');
  // The day as its reader saw it: whoever acted since is told of.
  const [version] = useState(day.revision);
  const [problem, setProblem] = useState<ProblemDetails>();
  const [busy, setBusy] = useState<'asking' | 'taking'>();
  const [below, setBelow] = useState(0);
  const list = useCallback((own: HTMLUListElement | null) => endWithWhole(own, setBelow), []);
  const look = (): void => {
    close();
    reload();
  };
  const isMix = actions.length > 1;
  const n = format.count(actions.length);
  const asked = actions.filter(({ asks }) => asks).length;
  const take = async (agreed: boolean): Promise<void> => {
    setBusy(agreed ? 'taking' : 'asking');
    try {
      const proposals = actions.map(({ id }) => id);
      const answered = await callApi('takeDayActions', {
        body: {
          actions: proposals,
          seen: actions.flatMap((action) => seenOf(action, isMix)),
          agreed,
          ...(asOf === undefined ? {} : { asOf }),
          ...(why.trim() === '' ? {} : { why: why.trim() }),
        },
        version,
      });
      close();
      acted(answered, proposals);
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
      afterOpenChange={(isOpen) => {
        if (isOpen) document.querySelector<HTMLElement>('.taking-dialog .ant-btn-primary')?.focus();
      }}
      footer={[
        <Button key="no" onClick={close}>
          {say('state.cancel')}
        </Button>,
        ...(asked > 0
          ? [
              <Button
                key="ask"
                type="primary"
                loading={busy === 'asking'}
                disabled={busy === 'taking'}
                onClick={() => void take(false)}
              >
                {isMix ? say('today.takeAsking', { n: asked }) : say('today.askFirst')}
              </Button>,
            ]
          : []),
        <Button
          key="take"
          type={asked > 0 ? 'default' : 'primary'}
          loading={busy === 'taking'}
          disabled={busy === 'asking'}
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
      {isMix && day.together !== null && <p>{tell(day.together)}</p>}
      {isMix ? (
        <>
          <ul className="taking" ref={list} tabIndex={0}>
            {actions.map(({ id, said }) => (
              <li key={id}>{tell(said)}</li>
            ))}
          </ul>
          {below > 0 && <p className="note">{say('today.moreBelow', { n: below })}</p>}
        </>
      ) : (
        actions.map(({ id, said, alone }) => (
          <p key={id}>
            <strong>{tell(alone?.said ?? said)}</strong>
            {alone !== null && <span className="note"> {say('today.takeAlone')}</span>}
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
      <OwnName />
      {problem?.problems.some(({ rule }) => rule.startsWith('action-')) === true ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          title={problem.problems.map((one) => problemOnPage(one, language).message).join(' ')}
          action={<Button onClick={look}>{say('today.whatIsLeft')}</Button>}
        />
      ) : (
        <ChangedElsewhere problem={problem} isKept={why !== ''} look={look} />
      )}
    </Modal>
  );
};

/** What the dialog says of an action, as the server is to keep it. */
const seenOf = ({ id, latest, alone, ...own }: Action, isMix: boolean) => {
  const { effect, said } = isMix || alone === null ? own : alone;
  if (!('values' in said)) return [];
  const { chance: _chance, ...figures } = effect;
  return [{ action: id, latest, ...figures, lost: (said.values as DayFindings['day-action']).lost }];
};

/** Share of the window's height that a list in a dialog has at most. */
const mostOfWindow = 0.4;

/** A list too long for its dialog is scrolled in it, begins by ending with a whole item, and tells how many follow. */
const endWithWhole = (list: HTMLUListElement | null, tell: (below: number) => void) => {
  if (list === null) return undefined;
  const ends = (): number[] =>
    [...list.querySelectorAll('li')].map((item) => item.offsetTop + item.offsetHeight);
  const count = (): void => tell(ends().filter((end) => end > list.scrollTop + list.clientHeight + 1).length);
  // A dialog is laid out once its content is there.
  const watch = new ResizeObserver(() => {
    if (list.offsetHeight === 0) return;
    watch.disconnect();
    const most = mostOfWindow * window.innerHeight;
    const whole = ends().findLast((end) => end <= most);
    if (list.offsetHeight > most && whole !== undefined) list.style.maxHeight = `${whole}px`;
    count();
  });
  watch.observe(list);
  list.addEventListener('scroll', count);
  return () => watch.disconnect();
};

type Step = Exclude<TakenAction['open'][number], 'take'>;
const allSteps: readonly Step[] = ['agree', 'decline', 'take-back'];

/** When a yes was given, and others of which the same step is made in the same request. */
interface More {
  readonly given?: string;
  readonly also?: readonly number[];
}

/** What was taken, by whom and when, each with the way back. */
export const Taken = ({ day, asOf, reload, acted }: ActedOn) => {
  const { say, tell, language } = useSpeech();
  const [problem, setProblem] = useState<ProblemDetails>();
  const [busy, setBusy] = useState<ReadonlyMap<number, Step>>(new Map());
  const panel = useRef<HTMLDivElement>(null);
  const queue = useRef({ revision: day.revision, last: Promise.resolve(), stepped: [] as number[] });
  useEffect(() => {
    const own = queue.current;
    own.revision = Math.max(own.revision, day.revision);
    // A button that has the focus and goes leaves it to nobody.
    const left = own.stepped.find((id) => !busy.has(id));
    if (left === undefined) return;
    own.stepped = own.stepped.filter((id) => id !== left);
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    const heading = panel.current?.querySelector('h2');
    heading?.setAttribute('tabindex', '-1');
    const button = panel.current?.querySelector<HTMLElement>(`[data-steps="${left}"] button:enabled`);
    (button ?? heading)?.focus();
  }, [day, busy]);
  if (day.taken.length === 0) return null;
  const save = async (id: number, what: Step, { given: text, also = [] }: More): Promise<void> => {
    try {
      const answered = await callApi('stepDayAction', {
        params: { action: id },
        body: {
          step: what,
          ...(asOf === undefined ? {} : { asOf }),
          ...(text === undefined ? {} : { given: text }),
          ...(also.length === 0 ? {} : { also: [...also] }),
        },
        version: queue.current.revision,
      });
      const all = [answered, ...(answered.also ?? [])];
      queue.current.revision = Math.max(queue.current.revision, revisionOf(all));
      acted(all, []);
    } catch (error) {
      setProblem(problemOf(error));
    }
    queue.current.stepped.push(id);
    setBusy((before) => new Map([...before].filter(([own]) => own !== id && !also.includes(own))));
  };
  // One after the other, each on what the one before has made of the day; meanwhile only these rows wait.
  const step = (id: number, what: Step, more: More = {}): void => {
    const all = [id, ...(more.also ?? [])];
    setBusy((before) => new Map([...before, ...all.map((own) => [own, what] as const)]));
    setProblem(undefined);
    const saved = queue.current.last.then(() => save(id, what, more));
    queue.current.last = saved.catch(() => undefined);
  };
  const buttons = ({ id, state, action, open }: TakenAction) => {
    const isLate = state === 'asked' && open.includes('decline') && !open.includes('agree');
    const places: readonly Step[] = state === 'declined' ? ['ask', 'decline', 'take-back'] : allSteps;
    const saved = busy.get(id);
    // What is not open keeps its place: a second press meets nothing else.
    return (
      <span className="row" data-steps={id}>
        {(open.length > 0 ? places : []).map((what) =>
          open.includes(what) ? (
            <Button
              key={what}
              size="small"
              loading={saved === what}
              disabled={saved !== undefined && saved !== what}
              aria-label={say('today.stepThis', {
                step: say(`today.step.${what}`),
                action: tell(action.said),
              })}
              onClick={() => step(id, what)}
            >
              {say(`today.step.${what}`)}
            </Button>
          ) : (
            <Button key={`no ${what}`} size="small" className="kept-place" disabled aria-hidden="true">
              {say(`today.step.${what}`)}
            </Button>
          ),
        )}
        {isLate && asOf === undefined && began.startsWith(day.date) && (
          <AgreedBefore
            action={tell(action.said)}
            isBusy={saved !== undefined}
            note={(clock) => step(id, 'agree', { given: `${day.date}T${clock}` })}
          />
        )}
      </span>
    );
  };
  const began = restStart(day);
  const awaited = awaitedOf(day);
  // What one press took, as far as it is not undone, is undone by one.
  const standing = day.taken.filter(({ open }) => open.includes('take-back'));
  const mixes = [...Map.groupBy(standing, ({ steps }) => steps[0]?.at).values()]
    .filter((own) => own.length > 1)
    .map((own) => ({ ids: own.map(({ id }) => id), clock: clockOf(own[0]?.steps[0]?.asOf ?? '') }));
  return (
    <div ref={panel} className="steady">
      <Panel
        title={say('today.taken')}
        note={[...(awaited > 0 ? [say('today.awaited', { n: awaited })] : []), say('today.takenNote')].join(
          say('list.semicolon'),
        )}
        actions={
          may('stepDayAction') &&
          mixes.map(({ ids, clock }) => (
            <Button
              key={ids[0]}
              size="small"
              disabled={busy.size > 0}
              onClick={() => ids[0] !== undefined && step(ids[0], 'take-back', { also: ids.slice(1) })}
            >
              {say('today.takeBackAll', { n: ids.length, clock })}
            </Button>
          ))
        }
      >
        <ChangedElsewhere
          problem={problem}
          look={() => {
            setProblem(undefined);
            reload();
          }}
        />
        <PlainTable
          stacks
          rows={day.taken}
          keyOf={({ id }) => String(id)}
          columns={[
            ...takenColumns(language, tell, { began, asOf: day.asOf, evening: day.evening }),
            ...(may('stepDayAction') ? [[say('today.decide'), 'text', buttons] as Column<TakenAction>] : []),
          ]}
        />
      </Panel>
    </div>
  );
};

/** A yes that was given in time and is noted after the last moment, with when it was given. */
const AgreedBefore = ({
  action,
  isBusy,
  note,
}: {
  readonly action: string;
  readonly isBusy: boolean;
  readonly note: (clock: string) => void;
}) => {
  const { say } = useSpeech();
  const [clock, setClock] = useState('');
  return (
    <>
      <Input
        type="time"
        size="small"
        className="agreed-at"
        aria-label={say('today.stepThis', { step: say('today.agreedAt'), action })}
        value={clock}
        onChange={({ target }) => setClock(target.value)}
      />
      <Button
        size="small"
        loading={isBusy}
        disabled={clock === ''}
        aria-label={say('today.stepThis', { step: say('today.agreedInTime'), action })}
        onClick={() => note(clock)}
      >
        {say('today.agreedInTime')}
      </Button>
    </>
  );
};

/** What a day's gap to the plan is due to, as far as it is over. */
export const EveningPart = ({ day, evening }: { readonly day: DayDocument; readonly evening: Evening }) => {
  const { say, tell, language, format } = useSpeech();
  const { planned, actual, causes } = evening;
  return (
    <Panel
      title={say('today.evening')}
      note={say('today.eveningNote', {
        clock: restClock(day),
        planned: format.percent(planned, 2),
        actual: format.percent(actual, 2),
        gap: format.points(shownDifference(planned, actual, 2), 2),
      })}
    >
      <PlainTable snug rows={causes} keyOf={({ cause }) => cause} columns={gapColumns(language, tell)} />
    </Panel>
  );
};
