import { Select } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { ChartView, type MixedData } from '../charts/chart-view.tsx';
import { midnightLines, weekScale } from '../charts/week-axis.ts';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { changePlace, usePlace } from '../ui/use-place.ts';
import { useSpeech, type Speech } from '../words/words.tsx';

type Tier = PlanDocument['tiers'][number];

const sumAt = (tiers: readonly Tier[], field: 'required' | 'scheduled', i: number): number =>
  tiers.reduce((sum, tier) => sum + (tier[field][i] ?? 0), 0);

const seenAt = (tiers: readonly Tier[], i: number): number | null => {
  const known = tiers.flatMap((tier) => tier.seen?.[i] ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};

const tierColour = (plan: PlanDocument, tier: Tier): string =>
  colours.series[plan.tiers.indexOf(tier) % colours.series.length] ?? colours.primary;

/** What is shown: a tier or all ('') and a day or the whole week (''). */
const useChoice = (plan: PlanDocument) => {
  const [tier, setTier] = useState('');
  const asked = usePlace().params.get('day') ?? plan.firstDate;
  const setDate = (day: string): void => changePlace({ day: day === '' ? 'week' : day });
  const date = asked === 'week' ? '' : asked;
  const chosen = date === '' || plan.days.some((day) => day.date === date) ? date : plan.firstDate;
  const tiers = plan.tiers.filter((each) => tier === '' || each.tier === tier);
  const indices = plan.starts.flatMap((start, i) => (start.startsWith(chosen) ? [i] : []));
  return { tier, setTier, date: chosen, setDate, tiers, indices };
};

const dataOf = (
  plan: PlanDocument,
  tiers: readonly Tier[],
  indices: readonly number[],
  { say, tell }: Speech,
): MixedData => {
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
    labels: indices.map((i) => plan.starts[i] ?? ''),
    datasets: [
      line(
        say('operators.required'),
        indices.map((i) => sumAt(tiers, 'required', i)),
        colours.ink,
        [],
      ),
      line(
        say('operators.seen'),
        indices.map((i) => seenAt(tiers, i)),
        colours.actual,
        [5, 4],
      ),
      ...tiers.map((tier) => ({
        type: 'bar' as const,
        label: `${tell(tier.name)} · ${say('operators.scheduled')}`,
        data: indices.map((i) => tier.scheduled[i] ?? 0),
        backgroundColor: tierColour(plan, tier),
        stack: 'scheduled',
        barPercentage: 1,
        categoryPercentage: indices.length > 100 ? 1 : 0.92,
      })),
    ],
  };
};

/** Operators needed, planned and seen, of a tier or all, over a day or the week. */
export const OperatorsChart = ({ plan }: { readonly plan: PlanDocument }) => {
  const speech = useSpeech();
  const { say, tell } = speech;
  const format = useFormat();
  const { tier, setTier, date, setDate, tiers, indices } = useChoice(plan);
  const starts = indices.map((i) => plan.starts[i] ?? '');
  const dayName = date === '' ? say('operators.week') : format.day(date);
  return (
    <Panel
      title={say('operators.title')}
      note={say('operators.note')}
      actions={
        <span className="row">
          <Select
            aria-label={say('operators.tier')}
            value={tier}
            style={{ minWidth: 150 }}
            options={[
              { value: '', label: say('operators.allTiers') },
              ...plan.tiers.map((each) => ({ value: each.tier, label: tell(each.name) })),
            ]}
            onChange={setTier}
          />
          <Select
            aria-label={say('operators.day')}
            value={date}
            style={{ minWidth: 130 }}
            options={[
              { value: '', label: say('operators.week') },
              ...plan.days.map((day) => ({ value: day.date, label: format.day(day.date) })),
            ]}
            onChange={setDate}
          />
        </span>
      }
    >
      <ChartView
        label={say('operators.label', { day: dayName })}
        data={dataOf(plan, tiers, indices, speech)}
        options={{
          onClick: (_, items) => {
            const start = starts[items[0]?.index ?? -1];
            if (start !== undefined) changePlace({ at: start });
          },
          scales: {
            x:
              date === ''
                ? { ...weekScale(starts, format.axisDay), stacked: true }
                : {
                    stacked: true,
                    grid: { display: false },
                    ticks: { maxRotation: 0, callback: (_, i) => (starts[i] ?? '').slice(11) },
                  },
            y: { stacked: true, beginAtZero: true, title: { display: true, text: say('operators.unit') } },
          },
          plugins: {
            annotation: { annotations: date === '' ? midnightLines(starts) : {} },
            tooltip: {
              callbacks: { title: (items) => format.moment(starts[items[0]?.dataIndex ?? 0] ?? '') },
            },
          },
        }}
        table={<OperatorsTable plan={plan} tiers={tiers} indices={indices} />}
      />
      {date !== '' && <p className="note">{say('operators.ask')}</p>}
    </Panel>
  );
};

const OperatorsTable = ({
  plan,
  tiers,
  indices,
}: {
  readonly plan: PlanDocument;
  readonly tiers: readonly Tier[];
  readonly indices: readonly number[];
}) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  return (
    <PlainTable
      label={say('operators.title')}
      rows={indices}
      keyOf={(i) => String(i)}
      columns={[
        { key: 'start', head: say('calls.interval'), cell: (i) => format.moment(plan.starts[i] ?? '') },
        ...tiers.flatMap((tier) => [
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
          cell: (i) => format.decimal(seenAt(tiers, i)),
        },
      ]}
    />
  );
};
