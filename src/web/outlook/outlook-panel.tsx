import { Button, Select } from 'antd';
import { useState } from 'react';
import type { OutlookDocument, QueueOutlook } from '../../contract/documents/forecast-document.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { messages } from '../../words/messages.ts';
import { callApi } from '../api/call-api.ts';
import { useKeptChoice } from '../api/use-load.ts';
import { ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { useJobAnswer } from '../ui/change.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { JobView } from '../ui/states.tsx';
import { addWords, useSpeech } from '../words/words.tsx';
import { NumberInput } from '../ui/number-input.tsx';

addWords(messages('page-outlook'));

type By = OutlookDocument['by'];
const reach: Readonly<Record<By, readonly number[]>> = { month: [12, 24, 36], week: [13, 26, 52] };

/** Calls of the months or weeks ahead, with growth found or stated, and how far such forecasts are to be trusted. */
export const OutlookPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say } = useSpeech();
  const [by, setBy] = useKeptChoice<By>('outlook by', 'month');
  const [periods, setPeriods] = useKeptChoice('outlook periods', 12);
  const [growth, setGrowth] = useKeptChoice<number | null>('outlook growth', null);
  const body = { by, periods, ...(growth === null ? {} : { growth: growth / 100 }) };
  const asked = { kind: 'outlook', request: body } as const;
  const {
    answer: outlook,
    control,
    ask,
  } = useJobAnswer<OutlookDocument>(asked, () => callApi('makeOutlook', { body }));
  return (
    <Panel title={say('outlook.title')} note={say('outlook.note')}>
      <div className="row">
        <Select
          aria-label={say('outlook.by')}
          value={by}
          style={{ minWidth: 110 }}
          options={[
            { value: 'month' as const, label: say('outlook.month') },
            { value: 'week' as const, label: say('outlook.week') },
          ]}
          onChange={(chosen) => {
            setBy(chosen);
            setPeriods(reach[chosen][0] ?? 12);
          }}
        />
        <Select
          aria-label={say('outlook.far')}
          value={periods}
          style={{ minWidth: 120 }}
          options={reach[by].map((n) => ({ value: n, label: say(`outlook.${by}s`, { n }) }))}
          onChange={setPeriods}
        />
        <label className="row">
          {say('outlook.growth')}
          <NumberInput
            value={growth}
            min={-50}
            max={100}
            placeholder={say('outlook.growthFound')}
            style={{ width: 110 }}
            onChange={setGrowth}
          />
        </label>
        <Button type="primary" loading={control.running} onClick={ask}>
          {say('outlook.run')}
        </Button>
      </div>
      <JobView control={control} title={say('outlook.running')} />
      {outlook !== undefined && <Outlook outlook={outlook} plan={plan} />}
    </Panel>
  );
};

const Outlook = ({ outlook, plan }: { readonly outlook: OutlookDocument; readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const [chosen, setChosen] = useState('');
  const nameOf = (queue: string): string => {
    const found = plan.queues.find((each) => each.queue === queue);
    return found === undefined ? queue : tell(found.name);
  };
  const ofQueue = outlook.queues.find(({ queue }) => queue === chosen);
  const shown = ofQueue ?? outlook.line ?? outlook.queues[0];
  if (shown === undefined) return null;
  const single = ofQueue ?? (outlook.line === null ? outlook.queues[0] : undefined);
  return (
    <>
      {outlook.line !== null && (
        <p>
          <Select
            aria-label={say('calls.queue')}
            value={chosen}
            style={{ minWidth: 180 }}
            options={[
              { value: '', label: say('outlook.whole') },
              ...outlook.queues.map(({ queue }) => ({ value: queue, label: nameOf(queue) })),
            ]}
            onChange={setChosen}
          />
        </p>
      )}
      <Verdict total={shown.total} own={single} stated={outlook.statedGrowth} />
      <Ahead by={outlook.by} periods={shown.periods} total={shown.total} />
      {outlook.notices.map((notice) => (
        <p key={tell(notice)}>{tell(notice)}</p>
      ))}
    </>
  );
};

/** The total, growth and what the last year says of such forecasts, in a sentence each. */
const Verdict = ({
  total,
  own: queue,
  stated,
}: {
  readonly total: QueueOutlook['total'];
  readonly own: QueueOutlook | undefined;
  readonly stated: number | null;
}) => {
  const { say, format } = useSpeech();
  const { growth = null, score = null } = queue ?? {};
  return (
    <p>
      {say('outlook.sum', {
        mean: format.count(total.mean),
        low: format.count(total.q10),
        high: format.count(total.q90),
      })}{' '}
      {stated !== null && say('outlook.stated', { growth: format.percent(stated) })}
      {growth !== null &&
        say('outlook.growing', {
          middle: format.percent(growth.middle),
          low: format.percent(growth.low),
          high: format.percent(growth.high),
        })}{' '}
      {score !== null &&
        say('outlook.scored', {
          wape: format.percent(score.wape),
          before: format.percent(score.yearBeforeWape),
          inside: format.percent(score.coverage80, 0),
        })}
    </p>
  );
};

const plainLine = { type: 'line' as const, pointRadius: 0, borderWidth: 0 };

/** Curve with its bands, and the same as a table with the total. */
const Ahead = ({ by, periods, total }: Pick<QueueOutlook, 'periods' | 'total'> & { readonly by: By }) => {
  const { say, format } = useSpeech();
  const labels = periods.map(({ start }) => (by === 'month' ? start.slice(0, 7) : start));
  const days = periods.reduce((sum, period) => sum + period.days, 0);
  const rows = [...periods, { ...total, start: '', days }];
  const range = (low: number, high: number): string => `${format.count(low)} – ${format.count(high)}`;
  const bandOf = (label: string, colour: string, low: readonly number[], high: readonly number[]) => [
    {
      ...plainLine,
      label,
      data: [...high],
      fill: '+1',
      pointStyle: 'rect' as const,
      backgroundColor: colour,
    },
    { ...plainLine, label: '', data: [...low] },
  ];
  return (
    <ChartView
      label={say('outlook.title')}
      data={{
        labels,
        datasets: [
          {
            ...plainLine,
            label: say('outlook.mean'),
            data: periods.map(({ mean }) => mean),
            borderColor: colours.primary,
            backgroundColor: colours.primary,
            borderWidth: 2,
          },
          ...bandOf(
            say('outlook.band80'),
            colours.band80,
            periods.map(({ q10 }) => q10),
            periods.map(({ q90 }) => q90),
          ),
          ...bandOf(
            say('outlook.band95'),
            colours.band95,
            periods.map(({ q025 }) => q025),
            periods.map(({ q975 }) => q975),
          ),
        ],
      }}
      options={{
        scales: { y: { beginAtZero: true, title: { display: true, text: say('outlook.mean') } } },
        plugins: { tooltip: { filter: (item) => item.dataset.label !== '' } },
      }}
      table={
        <PlainTable
          rows={rows}
          columns={[
            [
              say(`outlook.${by}`),
              'text',
              ({ start }) =>
                start === '' ? (
                  <strong>{say('outlook.total')}</strong>
                ) : by === 'month' ? (
                  start.slice(0, 7)
                ) : (
                  format.date(start)
                ),
            ],
            [say('outlook.mean'), 'number:0', ({ mean }) => mean],
            [say('outlook.band80'), 'number', ({ q10, q90 }) => range(q10, q90)],
            [say('outlook.band95'), 'number', ({ q025, q975 }) => range(q025, q975)],
            [say('outlook.aDay'), 'number:0', (row) => row.mean / row.days],
          ]}
        />
      }
    />
  );
};
