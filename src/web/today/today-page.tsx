import { Alert, Button } from 'antd';
import { useEffect, useState } from 'react';
import type { DayDocument } from '../../contract/documents/day-document.ts';
import type { Range } from '../../contract/documents/schema-parts.ts';
import { publishedIn } from '../../contract/plan-states.ts';
import { isMissed } from '../../contract/shortages.ts';
import { messages } from '../../words/messages.ts';
import { may, type PageProps } from '../api/page-access.ts';
import { useAnswer } from '../api/use-load.ts';
import { Figure, Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { changePlace, placeHref } from '../ui/use-place.ts';
import { useWide } from '../ui/use-screen.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import { type Acted, addActed, callsOf, isBefore, movedSince, withActed } from './acted.ts';
import { type ActedOn, Actions, EveningPart, Taken, Together } from './day-actions.tsx';
import {
  aheadIn,
  CallBacks,
  clockOf,
  Course,
  gapsSaid,
  type DayPart,
  Sentence,
  signs,
  dayTarget,
  headlineOf,
  restClock,
  useNames,
} from './day-parts.tsx';
import './today.css';
import { useDay, useNews } from './use-day.ts';
import { useSteady } from './use-steady.ts';
import { Board } from './wallboard.tsx';
import { SilentFeeds, WithoutPlan } from './without-plan.tsx';

addWords(messages('page-today'));

/** The day in progress: one sentence, what is wrong, what to do, and how it comes out by midnight. */
export const TodayPage = ({ params, workspace, reload }: PageProps) => {
  const { say } = useSpeech();
  const asOf = params.get('asOf') ?? undefined;
  const isBoard = params.get('board') === 'yes';
  const loaded = useDay(asOf);
  const { day, isBehind, problem, load } = loaded;
  const [acted, setActed] = useState<Acted>();
  const isUnplanned = day.state === 'failed' && day.problem.status > 0 && workspace.plans.length === 0;
  const isHeard = useNews(asOf === undefined, loaded);
  useEffect(() => {
    // Without a plan nothing fills a wall: the page stays one that can be left.
    document.documentElement.classList.toggle('board', isBoard && !isUnplanned);
    const leave = ({ key }: KeyboardEvent): void => {
      if (isBoard && key === 'Escape') changePlace({ board: undefined });
    };
    window.addEventListener('keydown', leave);
    return () => {
      window.removeEventListener('keydown', leave);
      document.documentElement.classList.remove('board');
    };
  }, [isBoard, isUnplanned]);
  return (
    <>
      <div className="row title">
        <h1>{say('nav.today')}</h1>
        {day.state === 'ready' && <Moment day={day.value} asked={asOf} />}
        {day.state === 'ready' && !isBoard && may('repairRoster') && <ToIll day={day.value} />}
        {(day.state === 'ready' || isBoard) && (
          <Button
            size="small"
            onClick={() => changePlace({ board: isBoard ? undefined : 'yes' })}
            aria-pressed={isBoard}
          >
            {say(isBoard ? 'today.leaveBoard' : 'today.board')}
          </Button>
        )}
      </div>
      {problem !== undefined && (isHeard || problem.status > 0) ? (
        <ProblemView problem={problem} retry={load} />
      ) : (
        isHeard || (
          <Alert banner className="cut-off" type="warning" role="alert" title={say('today.unheard')} />
        )
      )}
      {asOf === undefined && day.state !== 'loading' && (
        <SilentFeeds workspace={workspace} day={day.state === 'ready' ? day.value : undefined} />
      )}
      {isUnplanned ? (
        <WithoutPlan workspace={workspace} reload={reload} load={load} />
      ) : (
        <LoadedView loaded={day} retry={load}>
          {(value) =>
            isBoard ? (
              <Board day={withActed(value, acted)} workspace={workspace} />
            ) : (
              <Desk
                day={withActed(value, acted)}
                workspace={workspace}
                asOf={asOf}
                isOld={isBefore(value, acted)}
                isBehind={isBehind}
                last={acted}
                reload={load}
                acted={(answered, proposals) => {
                  setActed((before) => addActed(before, value, answered, proposals));
                  load();
                }}
              />
            )
          }
        </LoadedView>
      )}
    </>
  );
};

/** To who is ill on the day, and who steps in: in the roster that is in force, else in the latest that has the day, which the day's figures then do not go by. */
const ToIll = ({ day: { date, assumptions } }: { readonly day: DayDocument }) => {
  const { say, tell } = useSpeech();
  const [rosters] = useAnswer('rosters');
  const known = rosters.state === 'ready' ? rosters.value : [];
  const roster =
    publishedIn(known, date, date)[0] ?? known.find(({ from, to }) => from <= date && date <= to);
  if (rosters.state !== 'ready') return null;
  const ignored = assumptions.find((said) => 'code' in said && said.code === 'day-draft-roster');
  return (
    <>
      <Button
        size="small"
        href={
          roster === undefined ? placeHref('roster') : placeHref('roster', { roster: roster.id, ill: date })
        }
      >
        {say(roster === undefined ? 'today.noRoster' : 'today.ill')}
      </Button>
      {roster !== undefined && ignored !== undefined && (
        <span className="tag warning">
          {tell(ignored)} <a href={placeHref('roster', { roster: roster.id })}>{say('today.toDraft')}</a>
        </span>
      )}
    </>
  );
};

/** Which moment is shown: of today until when calls are known, else the one asked for, with the way back. */
const Moment = ({ day, asked }: { readonly day: DayDocument; readonly asked: string | undefined }) => {
  const { say, format } = useSpeech();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <span className="meta">
        {[
          say('today.asOf', { moment: format.moment(day.asOf) }),
          ...(day.lastRow === null || day.lastRow >= day.asOf
            ? []
            : [say('today.countedUntil', { clock: clockOf(day.lastRow) })]),
        ].join(' · ')}
      </span>
      {isOpen ? (
        <label className="asked">
          {say('today.another')}{' '}
          <input
            type="datetime-local"
            step={1800}
            autoFocus
            value={asked ?? day.asOf}
            onChange={({ target }) =>
              changePlace({ asOf: target.value === '' ? undefined : target.value.slice(0, 16) })
            }
          />
        </label>
      ) : (
        // Its parts take seven stops of the tabulator: they are there for whoever wants them.
        <Button size="small" className="asked" onClick={() => setOpen(true)}>
          {say('today.another')}
        </Button>
      )}
      {asked !== undefined && (
        <Button size="small" onClick={() => changePlace({ asOf: undefined })}>
          {say('today.now')}
        </Button>
      )}
    </>
  );
};

const Desk = ({
  day,
  workspace,
  isOld,
  ...given
}: DayPart &
  Omit<ActedOn, 'last'> & {
    /** The figures are of before what the reader did. */
    readonly isOld: boolean;
    readonly last: Acted | undefined;
  }) => {
  const isAnew = day.actionsAsOf === null && given.last?.revision === day.revision;
  const own: ActedOn = { ...given, day, last: isAnew ? given.last : undefined };
  const isWide = useWide();
  useSteady();
  const first = (
    <>
      <Headline day={day} isOld={isOld} before={given.last} />
      <Signals day={day} workspace={workspace} />
    </>
  );
  const acts = (
    <>
      <Taken key={day.date} {...own} />
      <Actions {...own} />
      {day.evening !== null && <EveningPart day={day} evening={day.evening} />}
    </>
  );
  const rest = (
    <>
      <Course day={day} workspace={workspace} />
      <Queues day={day} />
      <Operators day={day} workspace={workspace} />
      {day.callBacks !== null && <CallBacks day={day} callBacks={day.callBacks} workspace={workspace} />}
      <Assumptions day={day} />
    </>
  );
  return (
    <>
      <Sentence day={day} />
      <Together {...own} />
      {isWide ? (
        <div className="day-columns">
          <div>
            {first}
            {rest}
          </div>
          <div>{acts}</div>
        </div>
      ) : (
        <>
          {first}
          {acts}
          {rest}
        </>
      )}
    </>
  );
};

const useWithin = (): ((range: Range) => string) => {
  const { say, format } = useSpeech();
  return (range) => say('figure.range', { low: format.percent(range.q10), high: format.percent(range.q90) });
};

/** How the day comes out by midnight, against its targets. */
const Headline = ({
  day,
  isOld,
  before,
}: {
  readonly day: DayDocument;
  readonly isOld: boolean;
  readonly before: Acted | undefined;
}) => {
  const { say, format } = useSpeech();
  const within = useWithin();
  const { total } = day.restOfDay;
  const { elsewhere } = total.soFar;
  const moved = isOld ? null : movedSince(day, before);
  const targetOfDay = dayTarget(day, { say, format });
  const rate = (
    label: string,
    range: Range,
    target: number | null,
    chance: number | null,
    soFar: number | null,
    targetSaid = format.percent(target, 0),
  ) => (
    <Figure
      label={label}
      value={format.percent(range.mean)}
      range={within(range)}
      words={[
        ...(soFar === null ? [] : [say('today.soFar', { figure: format.percent(soFar) })]),
        target === null
          ? say('figure.noTarget')
          : chance === null
            ? say('today.targetUnseen', { target: targetSaid })
            : say('today.targetChance', {
                target: targetSaid,
                chance: format.chance(chance),
              }),
      ].join(say('list.semicolon'))}
      tone={
        range.mean === null || target === null || chance === null
          ? 'plain'
          : isMissed(range.mean, target)
            ? 'bad'
            : 'good'
      }
    />
  );
  return (
    <section className="figures" aria-label={say('today.byMidnight')} aria-busy={isOld}>
      {rate(
        say('today.connectionRate'),
        total.connectionRate,
        total.targets.connectionRate,
        total.chances.connectionRate,
        total.soFar.connectionRate,
        targetOfDay,
      )}
      {rate(
        say('today.serviceLevel', { n: day.answerTimeThresholdSeconds }),
        total.serviceLevel,
        total.targets.serviceLevel,
        total.chances.serviceLevel,
        total.soFar.serviceLevel,
      )}
      {total.rolling.connectionRate.mean !== null &&
        rate(
          say('today.rolling'),
          total.rolling.connectionRate,
          total.rolling.target,
          total.rolling.chance,
          null,
        )}
      <Figure
        label={say('today.callsToComeFrom', { clock: restClock(day) })}
        value={format.count(total.calls.mean)}
        range={say('figure.range', {
          low: format.count(total.calls.q10),
          high: format.count(total.calls.q90),
        })}
        words={[
          say('today.callsPlanned', { planned: format.count(total.plannedCalls) }),
          ...(moved === null
            ? []
            : [
                say('today.moved', {
                  clock: clockOf(moved.asOf),
                  before: format.count(moved.calls),
                  now: format.count(callsOf(day)),
                }),
              ]),
        ].join(say('list.semicolon'))}
      />
      <Figure
        label={say('today.toBeLost', { clock: restClock(day) })}
        value={format.count(total.abandoned.mean)}
        words={
          total.soFar.offered === null || total.soFar.lost === null
            ? undefined
            : [
                say(Math.abs(elsewhere ?? 0) < 0.5 ? 'today.partsSoFar' : 'today.partsElsewhere', {
                  offered: total.soFar.offered,
                  answered: format.count(total.soFar.answered),
                  lost: total.soFar.lost,
                  elsewhere: format.count(elsewhere),
                }),
                ...gapsSaid(day, say),
              ].join(say('list.semicolon'))
        }
      />
    </section>
  );
};

const Signals = ({ day, workspace }: DayPart) => {
  const { lately = null, caughtUpTo: until = null } = headlineOf(day) ?? {};
  const { say, tell, format } = useSpeech();
  const nameOf = useNames(workspace);
  return (
    <Panel
      title={say('today.signals')}
      note={say('today.signalsNote', { n: format.decimal(day.falseAlarmsPerWeek, 0) })}
    >
      {day.signals.length === 0 && lately === null ? (
        <p>{until === null ? say('today.noSignals') : say('today.catchingUp', { clock: until })}</p>
      ) : (
        <ul className="signals">
          {lately !== null && (
            <li className="signal more-calls">
              <span className="sign" aria-hidden="true">
                {signs['more-calls']}
              </span>
              <div>
                <strong>
                  {say('today.kind.more-calls')} · {nameOf(null)}
                </strong>
                <div>
                  {say('today.lately', {
                    ...lately,
                    came: format.count(lately.came),
                    planned: format.count(lately.planned),
                    more: format.percent(lately.came / lately.planned - 1, 0),
                  })}
                </div>
              </div>
            </li>
          )}
          {day.signals.map((signal) => (
            <li key={`${signal.kind}/${signal.queue ?? ''}`} className={`signal ${signal.kind}`}>
              <span className="sign" aria-hidden="true">
                {signs[signal.kind]}
              </span>
              <div>
                <strong>
                  {say(`today.kind.${signal.kind}`)} · {nameOf(signal.queue)}
                </strong>
                <div>{tell(signal.said)}</div>
              </div>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};

const Queues = ({ day }: { readonly day: DayDocument }) => {
  const { say, tell, format } = useSpeech();
  const { queues, total } = day.restOfDay;
  const targetOfDay = dayTarget(day, { say, format });
  const rows = [
    ...queues.map((each) => ({
      ...each,
      label: tell(each.name),
      target: format.percent(each.targets.connectionRate, 0),
    })),
    ...(queues.length > 1
      ? [{ ...total, queue: '', label: say('today.allQueues'), target: targetOfDay }]
      : []),
  ];
  return (
    <Panel title={say('today.queues')} note={say('today.queuesNote')}>
      <PlainTable
        stacks
        rows={rows}
        columns={[
          [say('calls.queue'), 'text', ({ label }) => label],
          [say('today.col.offered'), 'calls', ({ soFar }) => soFar.offered],
          [
            say('today.callsToComeFrom', { clock: restClock(day) }),
            'number',
            ({ calls, plannedCalls }) =>
              say('today.againstPlan', {
                n: format.count(calls.mean),
                planned: format.count(plannedCalls),
              }),
          ],
          [
            say('today.handleTime'),
            'number',
            ({ handleTimeSeconds, plannedHandleTimeSeconds }) =>
              say('today.againstPlan', {
                n: format.count(handleTimeSeconds),
                planned: format.count(plannedHandleTimeSeconds),
              }),
          ],
          [say('today.connectionRate'), 'share', ({ connectionRate }) => connectionRate.mean],
          [
            say('today.serviceLevel', { n: day.answerTimeThresholdSeconds }),
            'share',
            ({ serviceLevel }) => serviceLevel.mean,
          ],
          [say('today.targetOf'), 'number', ({ target }) => target],
          [say('today.chance'), 'number', ({ chances }) => format.chance(chances.connectionRate)],
        ]}
      />
    </Panel>
  );
};

/** Operators of each tier from the moment on, by the half-hour. */
const Operators = ({ day, workspace }: DayPart) => {
  const { say, format } = useSpeech();
  const nameOf = useNames(workspace);
  const { starts, tiers } = day.intervals;
  const ahead = aheadIn(day, 3);
  const last = starts.findLastIndex((_, i) => tiers.some(({ present }) => typeof present[i] === 'number'));
  const sum = (field: 'rostered' | 'present' | 'expected'): number[] =>
    starts.map((_, i) => tiers.reduce((all, tier) => all + (tier[field][i] ?? Number.NaN), 0));
  const all = {
    tier: 'all',
    rostered: sum('rostered'),
    present: sum('present'),
    expected: sum('expected'),
  };
  const rows = [...tiers, ...(tiers.length > 1 ? [all] : [])];
  type Row = (typeof rows)[number];
  const against =
    (field: 'present' | 'expected', i: number): Column<Row>[2] =>
    ({ rostered, ...own }) =>
      say('today.againstPlan', { n: format.decimal(own[field][i]), planned: format.decimal(rostered[i]) });
  return (
    <Panel title={say('today.operators')} note={say('today.operatorsNote')}>
      <PlainTable
        stacks
        rows={rows}
        columns={[
          [say('today.tier'), 'text', ({ tier }) => nameOf(tier)],
          ...(last < 0
            ? []
            : [
                [
                  say('today.presentFrom', {
                    from: clockOf(starts[last] ?? ''),
                    to: clockOf(starts[last + 1] ?? 'T24:00'),
                  }),
                  'number',
                  against('present', last),
                ] as Column<Row>,
              ]),
          ...ahead.map((i): Column<Row> => [clockOf(starts[i] ?? ''), 'number', against('expected', i)]),
        ]}
      />
    </Panel>
  );
};

const Assumptions = ({ day }: { readonly day: DayDocument }) => {
  const { say, tell } = useSpeech();
  return (
    <Panel title={say('today.restsOn')}>
      <ul>
        {day.assumptions.map((said, i) => (
          <li key={i}>{tell(said)}</li>
        ))}
      </ul>
      <p className="note">
        <a href={placeHref('plan', { id: day.plan })}>{say('today.thePlan')}</a>
      </p>
    </Panel>
  );
};
