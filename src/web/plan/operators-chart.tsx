import { Select } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/plan-document.ts';
import { ChartView, type MixedData } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech, type Speech } from '../words/words.tsx';

const sumAt = (plan: PlanDocument, field: 'required' | 'scheduled', i: number): number =>
  plan.tiers.reduce((sum, tier) => sum + (tier[field][i] ?? 0), 0);

const seenAt = (plan: PlanDocument, i: number): number | null => {
  const known = plan.tiers.flatMap((tier) => tier.seen?.[i] ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};

/** Intervals of the chosen day. */
const useDay = (plan: PlanDocument) => {
  const [date, setDate] = useState(plan.firstDate);
  const chosen = plan.days.some((day) => day.date === date) ? date : plan.firstDate;
  const indices = plan.starts.flatMap((start, i) => (start.startsWith(chosen) ? [i] : []));
  return { date: chosen, setDate, indices };
};

const dataOf = (plan: PlanDocument, indices: readonly number[], { say, tell }: Speech): MixedData => {
  const line = (label: string, data: (number | null)[], colour: string, dash: number[]) => ({
    type: 'line' as const,
    label,
    data,
    stepped: 'middle' as const,
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: 2,
    borderDash: dash,
    pointRadius: 0,
    stack: label,
  });
  return {
    labels: indices.map((i) => (plan.starts[i] ?? '').slice(11)),
    datasets: [
      line(
        say('operators.required'),
        indices.map((i) => sumAt(plan, 'required', i)),
        colours.ink,
        [],
      ),
      line(
        say('operators.seen'),
        indices.map((i) => seenAt(plan, i)),
        colours.bad,
        [5, 4],
      ),
      ...plan.tiers.map((tier, t) => ({
        type: 'bar' as const,
        label: tell(tier.name),
        data: indices.map((i) => tier.scheduled[i] ?? 0),
        backgroundColor: colours.series[t % colours.series.length] ?? colours.primary,
        stack: 'scheduled',
        barPercentage: 1,
        categoryPercentage: 0.92,
      })),
    ],
  };
};

/** Operators needed, planned (by tier) and seen in the last four weeks, over one day. */
export const OperatorsChart = ({ plan }: { readonly plan: PlanDocument }) => {
  const speech = useSpeech();
  const { say, tell } = speech;
  const format = useFormat();
  const { date, setDate, indices } = useDay(plan);
  return (
    <Panel
      title={say('operators.title')}
      note={say('operators.note')}
      actions={
        <Select
          aria-label={say('operators.day')}
          value={date}
          style={{ minWidth: 160 }}
          options={plan.days.map((day) => ({ value: day.date, label: format.day(day.date) }))}
          onChange={setDate}
        />
      }
    >
      <ChartView
        label={say('operators.label', { day: format.day(date) })}
        data={dataOf(plan, indices, speech)}
        options={{
          scales: {
            x: { stacked: true, grid: { display: false }, ticks: { maxRotation: 0 } },
            y: { stacked: true, beginAtZero: true, title: { display: true, text: say('operators.unit') } },
          },
        }}
        table={
          <PlainTable
            label={say('operators.title')}
            rows={indices}
            keyOf={(i) => String(i)}
            columns={[
              { key: 'start', head: say('calls.interval'), cell: (i) => (plan.starts[i] ?? '').slice(11) },
              ...plan.tiers.flatMap((tier) => [
                {
                  key: `${tier.tier}-required`,
                  head: `${tell(tier.name)} · ${say('operators.required')}`,
                  numeric: true,
                  cell: (i: number) => format.count(tier.required[i]),
                },
                {
                  key: `${tier.tier}-scheduled`,
                  head: `${tell(tier.name)} · ${say('operators.scheduled')}`,
                  numeric: true,
                  cell: (i: number) => format.decimal(tier.scheduled[i]),
                },
              ]),
              {
                key: 'seen',
                head: say('operators.seen'),
                numeric: true,
                cell: (i) => format.decimal(seenAt(plan, i)),
              },
            ]}
          />
        }
      />
    </Panel>
  );
};
