import { useMemo } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { shortageOf, shortAt } from '../../contract/shortages.ts';
import {
  ChartView,
  midnightLines,
  type MixedData,
  type MixedOptions,
  weekScale,
} from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { noFigure } from '../../words/figures.ts';
import { useNarrow } from '../ui/use-screen.ts';
import { changePlace } from '../ui/use-place.ts';
import { useSpeech, type Speech } from '../words/words.tsx';

interface Row {
  readonly start: string;
  readonly required: number;
  readonly scheduled: number;
  /** Operators short once tiers help each other; 0: nobody is. */
  readonly open: number;
}

const rowsOf = (plan: PlanDocument): Row[] =>
  plan.starts.map((start, i) => {
    const sum = (field: 'required' | 'scheduled'): number =>
      plan.tiers.reduce((all, tier) => all + (tier[field][i] ?? 0), 0);
    return {
      start,
      required: sum('required'),
      scheduled: sum('scheduled'),
      open: shortAt(plan, i),
    };
  });

const dataOf = ({ calls, starts }: PlanDocument, rows: readonly Row[], { say }: Speech): MixedData => {
  const plain = { type: 'line' as const, pointRadius: 0, borderWidth: 0 };
  const calling = { ...plain, yAxisID: 'calls' };
  const staffed = { ...plain, yAxisID: 'people', stepped: 'middle' as const };
  return {
    labels: [...starts],
    datasets: [
      {
        ...calling,
        label: say('calls.mean'),
        data: [...calls.mean],
        borderColor: colours.primary,
        backgroundColor: colours.primary,
        borderWidth: 2,
      },
      // A band is filled from its upper edge to the unnamed line after it.
      {
        ...calling,
        label: say('calls.band80'),
        data: [...calls.q90],
        fill: '+1',
        pointStyle: 'rect' as const,
        backgroundColor: colours.band80,
      },
      { ...calling, label: '', data: [...calls.q10] },
      {
        ...staffed,
        label: say('operators.required'),
        data: rows.map(({ required }) => required),
        borderColor: colours.ink,
        backgroundColor: colours.ink,
        borderWidth: 1.5,
      },
      {
        ...staffed,
        label: say('operators.scheduled'),
        data: rows.map(({ scheduled }) => scheduled),
        fill: 'origin',
        pointStyle: 'rect' as const,
        backgroundColor: colours.pale,
      },
      {
        type: 'bar' as const,
        yAxisID: 'people',
        label: say('attention.open'),
        data: rows.map(({ required, open }): [number, number] | null =>
          open === 0 ? null : [Math.max(0, required - open), required],
        ),
        backgroundColor: colours.bad,
        barPercentage: 1,
        categoryPercentage: 1,
      },
    ],
  };
};

/** Weight of the lower of the two axes. */
const lower = 5;

const optionsOf = (
  { starts, calls }: PlanDocument,
  rows: readonly Row[],
  { say, format }: Speech,
  isNarrow: boolean,
): MixedOptions => {
  const axis = (weight: number, text: string) => ({
    type: 'linear' as const,
    stack: 'week',
    stackWeight: weight,
    offset: false,
    beginAtZero: true,
    ticks: {
      maxTicksLimit: 5,
      // Where the lower axis ends the upper one begins: its 0 is there.
      callback: (value: number | string, at: number, all: readonly unknown[]) =>
        weight === lower && at === all.length - 1 ? '' : format.count(Number(value)),
    },
    title: { display: !isNarrow, text },
  });
  return {
    onClick: (_, items) => {
      const start = starts[items[0]?.index ?? -1];
      if (start !== undefined) changePlace({ at: start });
    },
    scales: {
      x: weekScale(starts, format.axisDay),
      // The last of a stack of axes is on top.
      people: axis(lower, say('operators.unit')),
      calls: axis(4, say('picture.calls')),
    },
    plugins: {
      annotation: { annotations: midnightLines(starts) },
      legend: { position: 'bottom' },
      tooltip: {
        filter: (item) => item.dataset.label !== '',
        callbacks: {
          title: (items) => format.moment(starts[items[0]?.dataIndex ?? 0] ?? ''),
          label: (item) => {
            const [at, name] = [item.dataIndex, item.dataset.label ?? ''];
            const written =
              name === say('calls.band80')
                ? `${format.decimal(calls.q10[at])} – ${format.decimal(calls.q90[at])}`
                : name === say('attention.open')
                  ? format.decimal(rows[at]?.open)
                  : format.decimal(item.parsed.y);
            return ` ${name} ${written}`;
          },
        },
      },
    },
  };
};

/** The week at a glance: calls with their range above, people required and on duty below, red where they fall short. */
export const WeekPicture = ({ plan }: { readonly plan: PlanDocument }) => {
  const speech = useSpeech();
  const { say, format } = speech;
  const isNarrow = useNarrow();
  const rows = useMemo(() => rowsOf(plan), [plan]);
  const short = rows.filter(({ open }) => open > 0).length;
  return (
    <Panel title={say('picture.title')} note={say('picture.note')}>
      <ChartView
        label={say('picture.label', { short: format.count(short), all: format.count(shortageOf(plan).open) })}
        height={isNarrow ? 300 : 360}
        data={dataOf(plan, rows, speech)}
        options={optionsOf(plan, rows, speech, isNarrow)}
        table={<PictureTable plan={plan} rows={rows} />}
      />
    </Panel>
  );
};

const PictureTable = ({ plan, rows }: { readonly plan: PlanDocument; readonly rows: readonly Row[] }) => {
  const { say, format } = useSpeech();
  return (
    <PlainTable
      rows={rows}
      columns={[
        [say('calls.interval'), 'moment', ({ start }) => start],
        [say('calls.mean'), 'number', (_, i) => plan.calls.mean[i]],
        [say('calls.q10'), 'number', (_, i) => plan.calls.q10[i]],
        [say('calls.q90'), 'number', (_, i) => plan.calls.q90[i]],
        [say('operators.required'), 'number:0', ({ required }) => required],
        [say('operators.scheduled'), 'number', ({ scheduled }) => scheduled],
        [
          say('attention.open'),
          'number',
          ({ open }) => (open === 0 ? noFigure : <span className="short">{format.decimal(open)}</span>),
        ],
      ]}
    />
  );
};
