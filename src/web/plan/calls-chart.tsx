import { Select } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/plan-document.ts';
import { ChartView, type MixedData } from '../charts/chart-view.tsx';
import { midnightLines, weekScale } from '../charts/week-axis.ts';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

const bounds = ['q025', 'q10', 'q90', 'q975'] as const;

interface CallsCurve {
  readonly mean: readonly number[];
  readonly q025: readonly number[];
  readonly q10: readonly number[];
  readonly q90: readonly number[];
  readonly q975: readonly number[];
}

/** One queue's curve, or that of all together (`queue` null). */
const callsCurve = (plan: PlanDocument, queue: string | null): CallsCurve =>
  plan.queues.find((each) => each.queue === queue) ?? plan.calls;

const dataOf = (
  plan: PlanDocument,
  curve: CallsCurve,
  names: readonly [string, string, string],
): MixedData => {
  const line = (label: string, data: readonly number[], more: object) => ({
    type: 'line' as const,
    label,
    data: [...data],
    pointRadius: 0,
    borderWidth: 0,
    ...more,
  });
  return {
    labels: [...plan.starts],
    datasets: [
      line(names[0], curve.mean, {
        borderColor: colours.primary,
        borderWidth: 2,
        backgroundColor: colours.primary,
      }),
      line(names[1], curve.q90, { fill: '+1', pointStyle: 'rect', backgroundColor: colours.band80 }),
      line('', curve.q10, {}),
      line(names[2], curve.q975, { fill: '+1', pointStyle: 'rect', backgroundColor: colours.band95 }),
      line('', curve.q025, {}),
    ],
  };
};

/** Calls per interval with the 80 and 95 % bands, of one queue or all. */
export const CallsChart = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [queue, setQueue] = useState<string | null>(null);
  const curve = callsCurve(plan, queue);
  const rows = plan.starts.map((start, i) => ({ start, i }));
  return (
    <Panel
      title={say('calls.title')}
      note={say('calls.note', { n: plan.intervalMinutes })}
      actions={
        <Select
          aria-label={say('calls.queue')}
          value={queue ?? ''}
          style={{ minWidth: 180 }}
          options={[
            { value: '', label: say('calls.all') },
            ...plan.queues.map((each) => ({ value: each.queue, label: tell(each.name) })),
          ]}
          onChange={(chosen: string) => setQueue(chosen === '' ? null : chosen)}
        />
      }
    >
      <ChartView
        label={say('calls.label')}
        data={dataOf(plan, curve, [say('calls.mean'), say('calls.band80'), say('calls.band95')])}
        options={{
          scales: { x: weekScale(plan.starts, format.axisDay), y: { beginAtZero: true } },
          plugins: {
            annotation: { annotations: midnightLines(plan.starts) },
            legend: { labels: { filter: (item) => item.text !== '' } },
            tooltip: {
              filter: (item) => item.dataset.label !== '',
              callbacks: { title: (items) => format.moment(plan.starts[items[0]?.dataIndex ?? 0] ?? '') },
            },
          },
        }}
        table={
          <PlainTable
            label={say('calls.title')}
            rows={rows}
            keyOf={(row) => String(row.i)}
            columns={[
              { key: 'start', head: say('calls.interval'), cell: (row) => format.moment(row.start) },
              ...(['mean', ...bounds] as const).map((name) => ({
                key: name,
                head: say(`calls.${name}`),
                numeric: true,
                cell: (row: { readonly i: number }) => format.decimal(curve[name][row.i]),
              })),
            ]}
          />
        }
      />
    </Panel>
  );
};
