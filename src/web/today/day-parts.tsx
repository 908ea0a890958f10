import { Alert, Segmented } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import type { DayDocument, RestFigures, Signal } from '../../contract/documents/day-document.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { heardOf, restStart } from '../../kernel/time-window.ts';
import { calledBack, funnelColumns, funnelRows } from '../../render/day-tables.ts';
import { type Headline, wholeCallers } from '../../words/day.ts';
import { ChartView, type MixedData, type MixedOptions } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { type Speech, useSpeech } from '../words/words.tsx';

/** A signal by word and sign, never by colour alone. */
export const signs: Readonly<Record<Signal['kind'], string>> = {
  'more-calls': '▲',
  'fewer-calls': '▼',
  'longer-calls': '◷',
  'fewer-operators': '◑',
  outage: '✕',
  'late-source': '…',
};

/** Whether the day's targets are more likely missed than met. */
export const isInDanger = ({ chances }: RestFigures): boolean =>
  Object.values(chances).some((chance) => chance !== null && chance < 0.5);

/** What a day comes to, as it says it or shorter. */
export const Sentence = ({ day, said: text }: { readonly day: DayDocument; readonly said?: string }) => {
  const { tell } = useSpeech();
  const type = isInDanger(day.restOfDay.total) ? 'error' : day.signals.length > 0 ? 'warning' : 'success';
  const isKnown = typeof headlineOf(day)?.caughtUpTo !== 'string';
  return (
    <Alert
      className="day-said"
      showIcon
      type={isKnown ? type : 'info'}
      role="status"
      title={text ?? tell(day.said)}
    />
  );
};

export interface DayPart {
  readonly day: DayDocument;
  readonly workspace: WorkspaceDocument;
}

export const clockOf = (start: string): string => start.slice(11, 16);

export const restClock = (day: DayDocument): string => clockOf(restStart(day));

/** Intervals of the next hours, from the one that is running on. */
export const aheadIn = (day: DayDocument, hours: number): number[] => {
  const from = restStart(day);
  const until = Date.parse(`${from.replace('24:00', '23:59')}Z`) + hours * 3_600_000;
  return day.intervals.starts.flatMap((start, i) =>
    start >= from && Date.parse(`${start}Z`) < until ? [i] : [],
  );
};

/** What the day's sentence is made of; undefined of one that was written out. */
export const headlineOf = ({ said }: Pick<DayDocument, 'said'>): Headline | undefined =>
  'code' in said && said.code === 'day-headline' ? (said.values as Headline) : undefined;

/** What is missing from the sums of a day; of none nothing is said. */
export const gapsSaid = (
  { gaps }: Pick<DayDocument, 'gaps'>,
  say: ReturnType<typeof useSpeech>['say'],
): string[] =>
  gaps.length === 0
    ? []
    : [
        say('today.gaps', {
          spans: gaps.map(({ from, to }) => `${clockOf(from)}–${clockOf(to)}`).join(say('list.comma')),
        }),
      ];

/** Names of queues and tiers as people call them. */
export const useNames = (workspace: WorkspaceDocument): ((id: string | null) => string) => {
  const { say, tell } = useSpeech();
  return (id) => {
    if (id === null) return say('today.wholeLine');
    const { queues, tiers } = workspace.hotline;
    const name =
      queues.find(({ queue }) => queue === id)?.name ?? tiers.find(({ tier }) => tier === id)?.name;
    // Presence of whom no tier is known.
    return name === undefined ? (id === 'all' ? say('today.wholeLine') : id) : tell(name);
  };
};

/** The whole day's connection target: where it is that of any 24 hours and queues have another, it says so. */
export const dayTarget = (
  { restOfDay: { queues, total } }: Pick<DayDocument, 'restOfDay'>,
  { say, format }: Pick<Speech, 'say' | 'format'>,
): string => {
  const { connectionRate } = total.targets;
  const target = format.percent(connectionRate, 0);
  const isOther = queues.some(({ targets }) => targets.connectionRate !== connectionRate);
  return isOther && connectionRate === total.rolling.target ? say('today.ofAny24', { target }) : target;
};

const thin = { type: 'line' as const, pointRadius: 0, borderWidth: 0 };

type Intervals = DayDocument['intervals'];
type Course = Intervals['queues'][number];

/** All queues of a day as one. */
export const sumOf = ({ queues, total }: Intervals): Omit<Course, 'queue'> => {
  const [first] = queues;
  const add = (field: Exclude<keyof Course, 'queue' | keyof typeof total>): number[] =>
    (first?.[field] ?? []).map((_, i) =>
      // What is not known of one queue is not known of all.
      queues.reduce((sum, queue) => sum + (queue[field][i] ?? Number.NaN), 0),
    );
  return {
    planned: add('planned'),
    offered: add('offered'),
    answered: add('answered'),
    abandoned: add('abandoned'),
    lost: add('lost'),
    elsewhere: add('elsewhere'),
    expected: add('expected'),
    ...total,
  };
};

/** The interval in which the rows end, and of which they tell a part; −1: they end with one. */
const partialOf = ({ lastRow, intervals: { starts } }: DayDocument): number =>
  lastRow === null || lastRow.endsWith('24:00') || starts.includes(lastRow)
    ? -1
    : starts.findLastIndex((start) => start < lastRow);

const drawn = (values: readonly (number | null)[]): (number | null)[] =>
  values.map((value) => (value === null || !Number.isFinite(value) ? null : value));

interface CourseViewProps {
  readonly starts: readonly string[];
  readonly datasets: MixedData['datasets'];
  /** Before which interval now is. */
  readonly now?: number;
  readonly clock: (start: string, i: number) => string;
  readonly columns: readonly (Column<string> | false)[];
  readonly actions?: ReactNode;
}

/** A day by interval, as a chart and as its table. */
export const CourseView = ({ starts, datasets, now, clock, columns, actions }: CourseViewProps) => {
  const { say, format } = useSpeech();
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
        ...(now !== undefined && {
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
        }),
      },
    }),
    [format, now],
  );
  return (
    <Panel title={say('today.course')} actions={actions}>
      <ChartView
        label={say('today.course')}
        data={{ labels: starts.map(clockOf), datasets }}
        options={options}
        table={<PlainTable rows={starts} columns={[[say('today.from'), 'time', clock], ...columns]} />}
      />
    </Panel>
  );
};

/** Calls by interval: planned, counted, and as they are expected now. */
export const Course = ({ day, workspace }: DayPart) => {
  const { say } = useSpeech();
  const nameOf = useNames(workspace);
  const [queue, setQueue] = useState('');
  const { starts, queues } = day.intervals;
  const partial = partialOf(day);
  const calls = useMemo(
    () => queues.find((each) => each.queue === queue) ?? sumOf(day.intervals),
    [queue, queues, day],
  );
  const isGap = (i: number): boolean =>
    day.gaps.some(({ from, to }) => (starts[i] ?? '') < to && (starts[i + 1] ?? '9') > from);
  const now = Math.max(0, starts.indexOf(restStart(day)));
  const datasets: MixedData['datasets'] = [
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
      data: drawn(calls.offered).map((count, i) => (i === partial || isGap(i) ? null : count)),
      borderColor: colours.ink,
      backgroundColor: colours.ink,
      borderWidth: 2.5,
    },
    // What has come of an interval that is not over is no drop: it stands by itself, open.
    ...(partial < 0
      ? []
      : [
          {
            type: 'bar' as const,
            label: say('today.sofar'),
            data: drawn(calls.offered).map((count, i) => (i === partial ? count : null)),
            backgroundColor: 'transparent',
            borderColor: colours.ink,
            borderWidth: 1.5,
            barPercentage: 1,
            categoryPercentage: 0.9,
          },
        ]),
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
  ];
  return (
    <CourseView
      starts={starts}
      datasets={datasets}
      now={now}
      clock={(start, i) => {
        if (!isGap(i) && i !== partial) return clockOf(start);
        const heard = heardOf(starts, i, day.gaps, day.lastRow);
        return heard.length === 0
          ? say('today.inPart', { clock: clockOf(start) })
          : heard.map(({ from, to }) => `${clockOf(from)}–${clockOf(to)}`).join(say('list.comma'));
      }}
      columns={(['planned', 'offered', 'answered', 'lost', 'elsewhere', 'expected'] as const).map(
        (field): Column<string> | false =>
          (field !== 'elsewhere' || calls.elsewhere.some((n) => Math.abs(n ?? 0) >= 0.5)) && [
            say(`today.col.${field}`),
            'number:0',
            (_, i) => calls[field][i] ?? null,
          ],
      )}
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
    />
  );
};

export const CallBacks = ({
  day,
  callBacks,
  workspace,
}: DayPart & { readonly callBacks: NonNullable<DayDocument['callBacks']> }) => {
  const { say, tell, language } = useSpeech();
  const nameOf = useNames(workspace);
  const called = funnelRows(callBacks);
  return (
    <Panel title={say('today.callBacks')} note={say('today.callBacksNote')}>
      <PlainTable
        snug
        rows={wholeCallers(callBacks.queues).queues}
        columns={[
          [say('calls.queue'), 'text', ({ queue }) => nameOf(queue)],
          [say('today.lost'), 'calls', ({ calls }) => calls],
          [say('today.calledAgain'), 'calls', ({ calledAgain }) => calledAgain],
          [say('today.willCallAgain'), 'calls', ({ willCallAgain }) => willCallAgain],
          [say('today.toCall'), 'calls', ({ toCall }) => toCall],
        ]}
      />
      {called.length > 0 && (
        <>
          <p className="note">
            {calledBack(day, language)}
            {day.actionsAsOf !== null && day.actionsAsOf !== day.asOf && (
              <strong> · {say('today.actionsOf', { clock: clockOf(day.actionsAsOf) })}</strong>
            )}
          </p>
          <PlainTable
            stacks
            label={calledBack(day, language)}
            rows={called}
            columns={[[say('calls.queue'), 'text', ({ queue }) => nameOf(queue)], ...funnelColumns(language)]}
          />
        </>
      )}
      {callBacks.said.map((said, i) => (
        <p key={i} className="note">
          {tell(said)}
        </p>
      ))}
    </Panel>
  );
};
