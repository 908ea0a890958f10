import { Select } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { methodTitle } from '../../words/forecast.ts';
import { nameIn } from '../../words/name-in.ts';
import { ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useNarrow } from '../ui/use-narrow.ts';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { factorNames, stepsOf, type DayParts } from './forecast-parts.ts';
import { ShapeChart } from './shape-chart.tsx';

type Queue = PlanDocument['queues'][number];

/** Why the forecast is what it is: the parts that multiply to a day, its shape, and the methods behind it. */
export const ForecastPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [key, setKey] = useState(plan.queues[0]?.queue);
  const [date, setDate] = useState(plan.firstDate);
  const queue = plan.queues.find((each) => each.queue === key) ?? plan.queues[0];
  if (queue === undefined) return null;
  const parts = queue.parts.find((each) => each.date === date) ?? queue.parts[0];
  return (
    <Panel
      title={say('parts.title')}
      note={say('parts.note', {
        parts: ['level' as const, ...factorNames.filter((name) => parts?.[name] !== undefined)]
          .map((name) => say(`part.${name}`))
          .join(' × '),
      })}
      actions={
        <span className="row">
          <Select
            aria-label={say('parts.queue')}
            value={queue.queue}
            style={{ minWidth: 150 }}
            options={plan.queues.map((each) => ({ value: each.queue, label: tell(each.name) }))}
            onChange={setKey}
          />
          <Select
            aria-label={say('parts.day')}
            value={parts?.date ?? null}
            style={{ minWidth: 130 }}
            options={queue.parts.map((each) => ({ value: each.date, label: format.day(each.date) }))}
            onChange={setDate}
          />
        </span>
      }
    >
      <div className="halves">
        {parts !== undefined && <PartsChart queue={queue} parts={parts} />}
        {parts !== undefined && <ShapeChart plan={plan} queue={queue} date={parts.date} />}
      </div>
      <Methods plan={plan} queue={queue} />
    </Panel>
  );
};

/** What a bar is: calls that stand there, that a part adds, or that it takes away. */
const barKinds = [
  { kind: 'whole', colour: colours.primary },
  { kind: 'more', colour: colours.series[5] ?? colours.good },
  { kind: 'fewer', colour: colours.series[1] ?? colours.bad },
] as const;

const kindOf = ({ part, factor }: ReturnType<typeof stepsOf>[number]): (typeof barKinds)[number]['kind'] => {
  if (part === 'level' || part === 'total') return 'whole';
  return factor < 1 ? 'fewer' : 'more';
};

const PartsChart = ({ queue, parts }: { readonly queue: Queue; readonly parts: DayParts }) => {
  const { say, tell, language } = useSpeech();
  const format = useFormat();
  // Names below one another would overlap on a phone's screen: they stand on end there.
  const isNarrow = useNarrow();
  const steps = stepsOf(parts);
  const kinds = barKinds.filter(({ kind }) => steps.some((step) => kindOf(step) === kind));
  const names = steps.map(({ part, factor }) =>
    part === 'level' || part === 'total'
      ? say(`part.${part}`)
      : `${say(`part.${part}`)} ×${format.decimal(factor, 2)}`,
  );
  return (
    <div>
      <h3>{say('parts.multiply')}</h3>
      {(['events', 'fading'] as const).map((key) => {
        const labels = (parts[key] ?? []).map((label) => nameIn(label, language));
        return labels.length === 0 ? null : (
          <p key={key} className="note">
            {say(`parts.${key}`, { day: format.day(parts.date), names: labels.join(say('list.comma')) })}
          </p>
        );
      })}
      <ChartView
        label={say('parts.label', { queue: tell(queue.name), day: format.day(parts.date) })}
        height={240}
        data={{
          labels: names,
          datasets: kinds.map(({ kind, colour }) => ({
            type: 'bar' as const,
            label: say(`parts.${kind}`),
            data: steps.map((step): [number, number] | null =>
              kindOf(step) === kind ? [step.from, step.to] : null,
            ),
            backgroundColor: colour,
            // Bars of one kind stand where those of all would.
            grouped: false,
            minBarLength: 2,
            maxBarThickness: 44,
          })),
        }}
        options={{
          plugins: {
            tooltip: {
              callbacks: {
                label: (item) => ` ${format.count(steps[item.dataIndex]?.to)} ${say('parts.calls')}`,
              },
            },
          },
          scales: {
            x: {
              grid: { display: false },
              ticks: {
                autoSkip: false,
                maxRotation: isNarrow ? 90 : 0,
                callback: (_, i) => (names[i] ?? '').split(' '),
              },
            },
            y: { title: { display: true, text: say('parts.axis') } },
          },
        }}
        table={<PartsTable queue={queue} />}
      />
    </div>
  );
};

const PartsTable = ({ queue }: { readonly queue: Queue }) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (
    <PlainTable
      label={say('why.parts')}
      rows={queue.parts}
      keyOf={(part) => part.date}
      columns={[
        { key: 'day', head: say('day.day'), cell: (part) => format.day(part.date) },
        { key: 'level', head: say('part.level'), numeric: true, cell: (part) => format.count(part.level) },
        ...factorNames
          .filter((name) => queue.parts.some((part) => part[name] !== undefined))
          .map((name) => ({
            key: name,
            head: say(`part.${name}`),
            numeric: true,
            cell: (part: DayParts) => `×${format.decimal(part[name] ?? 1, 3)}`,
          })),
        {
          key: 'total',
          head: say('part.total'),
          numeric: true,
          cell: (part) => format.count(stepsOf(part).at(-1)?.to),
        },
      ]}
    />
  );
};

/** What a model outside says of each day, beside the forecast. */
const OutsideTable = ({
  plan,
  queue,
  outside,
}: {
  readonly plan: PlanDocument;
  readonly queue: Queue;
  readonly outside: NonNullable<Queue['outside']>[number];
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const title = say('outside.title', { model: outside.model });
  const dayOf = (date: string): number =>
    plan.starts.reduce((sum, start, i) => (start.startsWith(date) ? sum + (queue.mean[i] ?? 0) : sum), 0);
  return (
    <>
      <h3>{title}</h3>
      <PlainTable
        snug
        label={title}
        rows={outside.days}
        keyOf={({ date }) => date}
        columns={[
          { key: 'day', head: say('day.day'), cell: ({ date }) => format.day(date) },
          {
            key: 'own',
            head: say('outside.plan'),
            numeric: true,
            cell: ({ date }) => format.count(dayOf(date)),
          },
          { key: 'calls', head: outside.model, numeric: true, cell: ({ calls }) => format.count(calls) },
          {
            key: 'range',
            head: say('outside.range'),
            numeric: true,
            cell: ({ q10, q90 }) =>
              q10 === null || q90 === null ? '–' : `${format.count(q10)}–${format.count(q90)}`,
          },
        ]}
      />
    </>
  );
};

const Methods = ({ plan, queue }: { readonly plan: PlanDocument; readonly queue: Queue }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  return (
    <>
      <h3>{say('parts.methods', { queue: tell(queue.name) })}</h3>
      <ul>
        {queue.reasons.map((reason) => (
          <li key={tell(reason)}>{tell(reason)}</li>
        ))}
      </ul>
      {queue.outside?.map((own) => (
        <OutsideTable key={own.model} plan={plan} queue={queue} outside={own} />
      ))}
      <details>
        <summary>{say('why.candidates')}</summary>
        <PlainTable
          label={say('why.candidates')}
          rows={queue.candidates}
          keyOf={(candidate) => candidate.method}
          columns={[
            { key: 'method', head: say('why.method'), cell: (each) => tell(methodTitle(each.method)) },
            { key: 'wape', head: say('why.wape'), numeric: true, cell: (each) => format.percent(each.wape) },
            {
              key: 'weight',
              head: say('why.weight'),
              numeric: true,
              cell: (each) => format.percent(each.weight, 0),
            },
          ]}
        />
      </details>
    </>
  );
};
