import { Alert, Button, Segmented } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { DayDocument, RestFigures, Signal } from '../../contract/documents/day-document.ts';
import type { Range } from '../../contract/documents/schema-parts.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { isMissed } from '../../render/shortages.ts';
import { messages } from '../../words/messages.ts';
import { apiAddress } from '../api/api-address.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { ChartView, type MixedData, type MixedOptions } from '../charts/chart-view.tsx';
import type { PageProps } from '../page-props.ts';
import { colours } from '../theme.ts';
import { Figure, Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { LoadedView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { changePlace, placeHref } from '../ui/use-place.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import './today.css';

addWords(messages('page-today'));

/** The day in progress: one sentence, what is wrong, what to do, and how it comes out by midnight. */
export const TodayPage = ({ params, workspace }: PageProps) => {
  const { say } = useSpeech();
  const asOf = params.get('asOf') ?? undefined;
  const isBoard = params.get('board') === 'yes';
  const [day, load] = useLoad(`day/${asOf ?? ''}`, (signal) =>
    callApi('day', { query: asOf === undefined ? {} : { asOf }, signal }),
  );
  const isHeard = useNews(asOf === undefined, load);
  useEffect(() => {
    document.documentElement.classList.toggle('board', isBoard);
    return () => document.documentElement.classList.remove('board');
  }, [isBoard]);
  return (
    <>
      <div className="row title">
        <h1>{say('nav.today')}</h1>
        {day.state === 'ready' && <Moment day={day.value} asked={asOf} />}
        <Button
          size="small"
          onClick={() => changePlace({ board: isBoard ? undefined : 'yes' })}
          aria-pressed={isBoard}
        >
          {say(isBoard ? 'today.leaveBoard' : 'today.board')}
        </Button>
      </div>
      {!isHeard && <Alert banner type="warning" role="alert" title={say('today.unheard')} />}
      <LoadedView loaded={day} retry={load}>
        {(value) =>
          isBoard ? (
            <Board day={value} workspace={workspace} />
          ) : (
            <Desk day={value} workspace={workspace} reload={load} />
          )
        }
      </LoadedView>
    </>
  );
};

/** Asks again whenever the server says that the day has changed; false while it cannot be heard. */
const useNews = (isWanted: boolean, load: () => void): boolean => {
  const [isHeard, setHeard] = useState(true);
  useEffect(() => {
    if (!isWanted) return undefined;
    const events = new EventSource(apiAddress('dayEvents'));
    let seen: string | undefined;
    const changed = ({ data }: MessageEvent<string>): void => {
      setHeard(true);
      if (seen !== undefined && seen !== data) load();
      seen = data;
    };
    const lost = (): void => setHeard(false);
    events.addEventListener('changed', changed);
    events.addEventListener('error', lost);
    return () => events.close();
  }, [isWanted, load]);
  return isHeard;
};

/** Which moment is shown: of today until when calls are known, else the one asked for, with the way back. */
const Moment = ({ day, asked }: { readonly day: DayDocument; readonly asked: string | undefined }) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (
    <>
      <span className="meta">{say('today.asOf', { moment: format.moment(day.asOf) })}</span>
      <label className="asked">
        {say('today.another')}{' '}
        <input
          type="datetime-local"
          step={1800}
          value={asked ?? day.asOf}
          onChange={({ target }) =>
            changePlace({ asOf: target.value === '' ? undefined : target.value.slice(0, 16) })
          }
        />
      </label>
      {asked !== undefined && (
        <Button size="small" onClick={() => changePlace({ asOf: undefined })}>
          {say('today.now')}
        </Button>
      )}
    </>
  );
};

/** A signal by word and sign, never by colour alone. */
const signs: Readonly<Record<Signal['kind'], string>> = {
  'more-calls': '▲',
  'fewer-calls': '▼',
  'longer-calls': '◷',
  'fewer-operators': '◑',
  outage: '✕',
  'late-source': '…',
};

/** Whether the day's targets are more likely missed than met. */
const isInDanger = ({ chances }: RestFigures): boolean =>
  Object.values(chances).some((chance) => chance !== null && chance < 0.5);

const Sentence = ({ day }: { readonly day: DayDocument }) => {
  const { tell } = useSpeech();
  const type = isInDanger(day.restOfDay.total) ? 'error' : day.signals.length > 0 ? 'warning' : 'success';
  return <Alert className="day-said" showIcon type={type} role="status" title={tell(day.said)} />;
};

interface DayPart {
  readonly day: DayDocument;
  readonly workspace: WorkspaceDocument;
}

const clockOf = (start: string): string => start.slice(11, 16);

/** Names of queues and tiers as people call them. */
const useNames = (workspace: WorkspaceDocument): ((id: string | null) => string) => {
  const { say, tell } = useSpeech();
  return (id) => {
    if (id === null) return say('today.wholeLine');
    const { queues, tiers } = workspace.hotline;
    const name =
      queues.find(({ queue }) => queue === id)?.name ?? tiers.find(({ tier }) => tier === id)?.name;
    return name === undefined ? id : tell(name);
  };
};

const Desk = ({ day, workspace, reload }: DayPart & { readonly reload: () => void }) => (
  <>
    <Sentence day={day} />
    <Headline day={day} />
    <Signals day={day} workspace={workspace} />
    <Actions day={day} workspace={workspace} reload={reload} />
    <Course day={day} workspace={workspace} />
    <Queues day={day} />
    <Operators day={day} workspace={workspace} />
    {day.callBacks !== null && <CallBacks callBacks={day.callBacks} workspace={workspace} />}
    <Assumptions day={day} />
  </>
);

const useWithin = (): ((range: Range) => string) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (range) => say('figure.range', { low: format.percent(range.q10), high: format.percent(range.q90) });
};

/** How the day comes out by midnight, against its targets. */
const Headline = ({ day }: { readonly day: DayDocument }) => {
  const { say } = useSpeech();
  const format = useFormat();
  const within = useWithin();
  const { total } = day.restOfDay;
  const rate = (
    label: string,
    range: Range,
    target: number | null,
    chance: number | null,
    soFar: number | null,
  ) => (
    <Figure
      label={label}
      value={format.percent(range.mean)}
      range={within(range)}
      words={[
        ...(soFar === null ? [] : [say('today.soFar', { figure: format.percent(soFar) })]),
        target === null
          ? say('figure.noTarget')
          : say('today.targetChance', {
              target: format.percent(target, 0),
              chance: format.percent(chance, 0),
            }),
      ].join(say('list.comma'))}
      tone={range.mean === null || target === null ? 'plain' : isMissed(range.mean, target) ? 'bad' : 'good'}
    />
  );
  return (
    <section className="figures" aria-label={say('today.byMidnight')}>
      {rate(
        say('today.connectionRate'),
        total.connectionRate,
        total.targets.connectionRate,
        total.chances.connectionRate,
        total.soFar.connectionRate,
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
        label={say('today.callsToCome')}
        value={format.count(total.calls.mean)}
        range={say('figure.range', {
          low: format.count(total.calls.q10),
          high: format.count(total.calls.q90),
        })}
        words={say('today.callsPlanned', {
          planned: format.count(total.plannedCalls),
          sofar: format.count(total.soFar.offered),
        })}
      />
      <Figure
        label={say('today.toBeLost')}
        value={format.count(total.abandoned.mean)}
        words={say('today.lostSoFar', { n: format.count(total.soFar.abandoned) })}
      />
    </section>
  );
};

const Signals = ({ day, workspace }: DayPart) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const nameOf = useNames(workspace);
  return (
    <Panel
      title={say('today.signals')}
      note={say('today.signalsNote', { n: format.decimal(day.falseAlarmsPerWeek, 0) })}
    >
      {day.signals.length === 0 ? (
        <p>{say('today.noSignals')}</p>
      ) : (
        <ul className="signals">
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

type Action = DayDocument['actions'][number];

/** What can still be done: what is best together first. */
const Actions = ({ day, reload }: DayPart & { readonly reload: () => void }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [shows, setShows] = useState<'chosen' | 'all'>('chosen');
  const chosen = day.actions.filter((action) => action.chosen);
  const rows: readonly Action[] = shows === 'chosen' ? chosen : day.actions;
  void reload;
  return (
    <Panel
      title={say('today.actions')}
      note={say(day.actions.length === 0 ? 'today.noActions' : 'today.actionsNote')}
      actions={
        day.actions.length > chosen.length && (
          <Segmented
            size="small"
            value={shows}
            onChange={setShows}
            options={[
              { value: 'chosen', label: say('today.best') },
              { value: 'all', label: say('today.every', { n: format.count(day.actions.length) }) },
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
            [say('today.answeredMore'), 'signed:0', ({ effect }) => effect.answered, { sorts: true }],
            [say('today.cost'), 'hours', ({ cost }) => cost, { sorts: true }],
            [say('today.latest'), 'time', ({ latest }) => clockOf(latest), { sorts: true }],
          ]}
        />
      )}
      {shows === 'chosen' && chosen.length === 0 && day.actions.length > 0 && (
        <p>{say('today.nothingNeeded')}</p>
      )}
    </Panel>
  );
};

const thin = { type: 'line' as const, pointRadius: 0, borderWidth: 0 };

type Course = DayDocument['intervals']['queues'][number];

/** All queues of a day as one. */
const sumOf = (queues: readonly Course[]): Omit<Course, 'queue'> => {
  const [first] = queues;
  const add = (field: Exclude<keyof Course, 'queue'>): number[] =>
    (first?.[field] ?? []).map((_, i) =>
      // What is not known of one queue is not known of all.
      queues.reduce((sum, queue) => sum + (queue[field][i] ?? Number.NaN), 0),
    );
  return {
    planned: add('planned'),
    plannedLow: add('plannedLow'),
    plannedHigh: add('plannedHigh'),
    offered: add('offered'),
    answered: add('answered'),
    abandoned: add('abandoned'),
    expected: add('expected'),
    expectedLow: add('expectedLow'),
    expectedHigh: add('expectedHigh'),
  };
};

const drawn = (values: readonly (number | null)[]): (number | null)[] =>
  values.map((value) => (value === null || !Number.isFinite(value) ? null : value));

/** Calls by interval: planned, counted, and as they are expected now. */
const Course = ({ day, workspace }: DayPart) => {
  const { say } = useSpeech();
  const format = useFormat();
  const nameOf = useNames(workspace);
  const [queue, setQueue] = useState('');
  const { starts, queues } = day.intervals;
  const clocks = starts.map(clockOf);
  const calls = useMemo(() => queues.find((each) => each.queue === queue) ?? sumOf(queues), [queue, queues]);
  const now = Math.max(
    0,
    starts.findIndex((start) => start >= day.asOf),
  );
  const data: MixedData = {
    labels: clocks,
    datasets: [
      {
        ...thin,
        label: say('today.planned'),
        data: drawn(calls.planned),
        borderColor: colours.muted,
        backgroundColor: colours.muted,
        borderDash: [5, 4],
        borderWidth: 2,
      },
      {
        ...thin,
        label: say('today.counted'),
        data: drawn(calls.offered),
        borderColor: colours.ink,
        backgroundColor: colours.ink,
        borderWidth: 2.5,
      },
      {
        ...thin,
        label: say('today.expected'),
        data: drawn(calls.expected),
        borderColor: colours.primary,
        backgroundColor: colours.primary,
        borderWidth: 2.5,
      },
      {
        ...thin,
        label: say('calls.band80'),
        data: drawn(calls.expectedHigh),
        fill: '+1',
        pointStyle: 'rect' as const,
        backgroundColor: colours.band80,
      },
      { ...thin, label: '', data: drawn(calls.expectedLow) },
    ],
  };
  const options = useMemo(
    (): MixedOptions => ({
      scales: {
        x: { grid: { display: false }, ticks: { maxRotation: 0 } },
        y: { beginAtZero: true },
      },
      plugins: {
        tooltip: {
          callbacks: {
            label: (item) => `${item.dataset.label ?? ''}: ${format.decimal(item.parsed.y, 0)}`,
          },
        },
        annotation: {
          annotations: {
            now: {
              type: 'line',
              xMin: now - 0.5,
              xMax: now - 0.5,
              borderColor: colours.ink,
              borderWidth: 1.5,
              borderDash: [3, 3],
            },
          },
        },
      },
    }),
    [format, now],
  );
  return (
    <Panel
      title={say('today.course')}
      actions={
        queues.length > 1 && (
          <Segmented
            size="small"
            value={queue}
            onChange={setQueue}
            options={[
              { value: '', label: say('today.allQueues') },
              ...queues.map((each) => ({ value: each.queue, label: nameOf(each.queue) })),
            ]}
          />
        )
      }
    >
      <ChartView
        label={say('today.course')}
        data={data}
        options={options}
        table={
          <PlainTable
            label={say('today.course')}
            rows={starts}
            keyOf={(start) => start}
            columns={[
              [say('today.from'), 'time', clockOf],
              ...(['planned', 'offered', 'answered', 'abandoned', 'expected'] as const).map(
                (field): Column<string> => [
                  say(`today.col.${field}`),
                  'number:0',
                  (_, i) => calls[field][i] ?? null,
                ],
              ),
            ]}
          />
        }
      />
    </Panel>
  );
};

const Queues = ({ day }: { readonly day: DayDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const { queues, total } = day.restOfDay;
  const rows = [
    ...queues.map((each) => ({ ...each, label: tell(each.name) })),
    ...(queues.length > 1 ? [{ ...total, queue: '', label: say('today.allQueues') }] : []),
  ];
  return (
    <Panel title={say('today.queues')} note={say('today.queuesNote')}>
      <PlainTable
        label={say('today.queues')}
        rows={rows}
        keyOf={({ queue }) => queue}
        columns={[
          [say('calls.queue'), 'text', ({ label }) => label],
          [say('today.col.offered'), 'calls', ({ soFar }) => soFar.offered],
          [
            say('today.callsToCome'),
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
          [say('today.chance'), 'share:0', ({ chances }) => chances.connectionRate],
        ]}
      />
    </Panel>
  );
};

/** Operators of each tier from the moment on, by the half-hour. */
const Operators = ({ day, workspace }: DayPart) => {
  const { say } = useSpeech();
  const nameOf = useNames(workspace);
  const format = useFormat();
  const { starts, tiers } = day.intervals;
  const ahead = starts.flatMap((start, i) => (start >= day.asOf ? [i] : [])).slice(0, 6);
  const rows = tiers.map((tier) => ({ ...tier, seen: tier.present.findLast((n) => n !== null) ?? null }));
  return (
    <Panel title={say('today.operators')} note={say('today.operatorsNote')}>
      <PlainTable
        label={say('today.operators')}
        rows={rows}
        keyOf={({ tier }) => tier}
        columns={[
          [say('today.tier'), 'text', ({ tier }) => nameOf(tier)],
          [say('today.present'), 'operators', ({ seen }) => seen],
          ...ahead.map((i): Column<(typeof rows)[number]> => [
            clockOf(starts[i] ?? ''),
            'number',
            ({ rostered, expected }) =>
              say('today.againstPlan', {
                n: format.decimal(expected[i]),
                planned: format.decimal(rostered[i]),
              }),
          ]),
        ]}
      />
    </Panel>
  );
};

const CallBacks = ({
  callBacks,
  workspace,
}: {
  readonly callBacks: NonNullable<DayDocument['callBacks']>;
  readonly workspace: WorkspaceDocument;
}) => {
  const { say, tell } = useSpeech();
  const nameOf = useNames(workspace);
  return (
    <Panel title={say('today.callBacks')} note={say('today.callBacksNote')}>
      <PlainTable
        snug
        label={say('today.callBacks')}
        rows={callBacks.queues}
        keyOf={({ queue }) => queue}
        columns={[
          [say('calls.queue'), 'text', ({ queue }) => nameOf(queue)],
          [say('today.lost'), 'calls', ({ lost }) => lost],
          [say('today.willCallAgain'), 'calls', ({ willCallAgain }) => willCallAgain],
          [say('today.toCall'), 'calls', ({ toCall }) => toCall],
        ]}
      />
      {callBacks.said.map((said, i) => (
        <p key={i} className="note">
          {tell(said)}
        </p>
      ))}
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

/** For the wall of the room: few words and figures, read from five metres. */
const Board = ({ day, workspace }: DayPart) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const nameOf = useNames(workspace);
  const { total } = day.restOfDay;
  const { starts, tiers } = day.intervals;
  const ahead = starts.flatMap((start, i) => (start >= day.asOf ? [i] : [])).slice(0, 4);
  const calls = sumOf(day.intervals.queues);
  const [next] = day.actions.filter((action) => action.chosen);
  const operators = (i: number, field: 'rostered' | 'expected'): number =>
    tiers.reduce((sum, tier) => sum + (tier[field][i] ?? Number.NaN), 0);
  return (
    <div className="wallboard">
      <Sentence day={day} />
      <div className="big">
        <Figure
          label={say('today.connectionRate')}
          value={format.percent(total.connectionRate.mean)}
          words={say('today.target', { target: format.percent(total.targets.connectionRate, 0) })}
          tone={isInDanger(total) ? 'bad' : 'good'}
        />
        <Figure
          label={say('today.serviceLevel', { n: day.answerTimeThresholdSeconds })}
          value={format.percent(total.serviceLevel.mean)}
          words={say('today.target', { target: format.percent(total.targets.serviceLevel, 0) })}
        />
        <Figure
          label={say('today.toCall')}
          value={format.count(day.callBacks?.toCall)}
          words={say('today.lostSoFar', { n: format.count(total.soFar.abandoned) })}
        />
      </div>
      {day.signals.slice(0, 3).map((signal) => (
        <p key={`${signal.kind}/${signal.queue ?? ''}`} className="line">
          {signs[signal.kind]} {say(`today.kind.${signal.kind}`)} · {nameOf(signal.queue)} ·{' '}
          {say('today.sinceClock', { clock: clockOf(signal.since) })}
        </p>
      ))}
      <table>
        <thead>
          <tr>
            <th scope="col">{say('today.nextHours')}</th>
            {ahead.map((i) => (
              <th key={i} scope="col">
                {clockOf(starts[i] ?? '')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{say('today.expected')}</th>
            {ahead.map((i) => (
              <td key={i}>{format.count(calls.expected[i])}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">{say('today.operators')}</th>
            {ahead.map((i) => (
              <td key={i}>{format.decimal(operators(i, 'expected'), 0)}</td>
            ))}
          </tr>
        </tbody>
      </table>
      {next !== undefined && <p className="line todo">{tell(next.said)}</p>}
    </div>
  );
};
