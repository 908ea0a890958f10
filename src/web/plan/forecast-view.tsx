import { Select } from 'antd';
import { useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import { methodTitle } from '../../words/forecast.ts';
import { nameIn } from '../../words/figures.ts';
import { may } from '../api/page-access.ts';
import { BandChart, ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { later } from '../ui/later.tsx';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { placeHref } from '../ui/use-place.ts';
import { useNarrow } from '../ui/use-screen.ts';
import { useSpeech } from '../words/words.tsx';
import { WhatIfAsked } from './plan-name.tsx';

const CauseWhatIf = later(async () => (await import('../causes/cause-what-if.tsx')).CauseWhatIf);
const OutlookPanel = later(async () => (await import('../outlook/outlook-panel.tsx')).OutlookPanel);

const TopicsPanel = later(async () => (await import('../topics/topics-panel.tsx')).TopicsPanel);

/** What calls the week brings, and what that is made of. */
export const ForecastView = ({
  plan,
  make,
}: {
  readonly plan: PlanDocument;
  readonly make: (request: Partial<PlanRequest>) => void;
}) => (
  <>
    <WhatIfAsked plan={plan} />
    <CallsChart plan={plan} />
    <LeastSure plan={plan} />
    <ForecastPanel plan={plan} />
    {may('makeForecast') && <CauseWhatIf key={plan.id} plan={plan} make={make} />}
    <OutlookPanel plan={plan} />
    <TopicsPanel week={plan.week} />
  </>
);

const mostUnsure = 8;

/** Intervals of the week whose 80 % range of calls is widest, the widest first. */
export const leastSure = ({
  starts,
  calls: { mean, q10, q90 },
}: Pick<PlanDocument, 'starts'> & {
  readonly calls: Pick<PlanDocument['calls'], 'mean' | 'q10' | 'q90'>;
}) =>
  starts
    .map((start, i) => ({ start, mean: mean[i] ?? 0, low: q10[i] ?? 0, high: q90[i] ?? 0 }))
    .toSorted((a, b) => b.high - b.low - (a.high - a.low))
    .slice(0, mostUnsure);

/** The worst hours of the forecast: where this week's is least sure, and the way to where forecasts have erred. */
const LeastSure = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, format } = useSpeech();
  return (
    <Panel
      title={say('unsure.title')}
      note={say('unsure.note', { n: plan.intervalMinutes })}
      actions={
        may('measureAccuracy') && (
          <a className="button" href={placeHref('compare', { span: 'accuracy', run: 'yes' })}>
            {say('calls.accuracy')}
          </a>
        )
      }
    >
      <PlainTable
        snug
        rows={leastSure(plan)}
        columns={[
          [say('calls.interval'), 'text', ({ start }) => format.moment(start)],
          [say('calls.mean'), 'number:0', ({ mean }) => mean],
          [
            say('calls.band80'),
            'number',
            ({ low, high }) => `${format.count(Math.round(low))}–${format.count(Math.round(high))}`,
          ],
          [say('unsure.width'), 'number:0', ({ low, high }) => Math.round(high) - Math.round(low)],
        ]}
      />
    </Panel>
  );
};

/** Calls per interval with the 80 and 95 % bands, of one queue or all. */
const CallsChart = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const [queue, setQueue] = useState('');
  const curve = plan.queues.find((each) => each.queue === queue) ?? plan.calls;
  return (
    <Panel
      title={say('calls.title')}
      note={say('calls.note', { n: plan.intervalMinutes })}
      actions={
        <Select
          aria-label={say('calls.queue')}
          value={queue}
          style={{ minWidth: 180 }}
          options={[
            { value: '', label: say('calls.all') },
            ...plan.queues.map((each) => ({ value: each.queue, label: tell(each.name) })),
          ]}
          onChange={setQueue}
        />
      }
    >
      <BandChart
        label={say('calls.label')}
        tableLabel={say('calls.title')}
        axis={say('calls.axis', { n: plan.intervalMinutes })}
        starts={plan.starts}
        curves={[{ label: say('calls.mean'), values: curve.mean, colour: colours.primary }]}
        bands={[
          {
            label: say('calls.band80'),
            low: curve.q10,
            high: curve.q90,
            lowLabel: say('calls.q10'),
            highLabel: say('calls.q90'),
            colour: colours.band80,
          },
          {
            label: say('calls.band95'),
            low: curve.q025,
            high: curve.q975,
            lowLabel: say('calls.q025'),
            highLabel: say('calls.q975'),
            colour: colours.band95,
          },
        ]}
      />
    </Panel>
  );
};

type Queue = PlanDocument['queues'][number];

/** Why the forecast is what it is: the parts that multiply to a day, its shape, and the methods behind it. */
const ForecastPanel = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell, format } = useSpeech();
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

/** What a bar is: calls that are there, that a part adds, or that it takes away. */
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
  const { say, tell, language, format } = useSpeech();
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
  const { say, format } = useSpeech();
  return (
    <PlainTable
      label={say('why.parts')}
      rows={queue.parts}
      columns={[
        [say('day.day'), 'text', (part) => format.day(part.date)],
        [say('part.level'), 'number:0', (part) => part.level],
        ...factorNames
          .filter((name) => queue.parts.some((part) => part[name] !== undefined))
          .map((name): Column<DayParts> => [
            say(`part.${name}`),
            'number',
            (part) => `×${format.decimal(part[name] ?? 1, 3)}`,
          ]),
        [say('part.total'), 'number:0', (part) => stepsOf(part).at(-1)?.to],
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
  const { say, format } = useSpeech();
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
        columns={[
          [say('day.day'), 'text', ({ date }) => format.day(date)],
          [say('outside.plan'), 'number:0', ({ date }) => dayOf(date)],
          [outside.model, 'number:0', ({ calls }) => calls],
          [
            say('outside.range'),
            'number',
            ({ q10, q90 }) =>
              q10 === null || q90 === null ? '–' : `${format.count(q10)}–${format.count(q90)}`,
          ],
        ]}
      />
    </>
  );
};

const Methods = ({ plan, queue }: { readonly plan: PlanDocument; readonly queue: Queue }) => {
  const { say, tell } = useSpeech();
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
          columns={[
            [say('why.method'), 'text', (each) => tell(methodTitle(each.method))],
            [say('why.wape'), 'share', (each) => each.wape],
            [say('why.weight'), 'share:0', (each) => each.weight],
          ]}
        />
      </details>
    </>
  );
};

type DayParts = Queue['parts'][number];

/** The parts after the level, in the order in which they multiply it. */
export const factorNames = ['weekday', 'holiday', 'event', 'cause', 'trend', 'overrule'] as const;
type FactorName = (typeof factorNames)[number];

interface Step {
  readonly part: 'level' | FactorName | 'total';
  /** What the part multiplies by; 1 for the level and the total. */
  readonly factor: number;
  /** Calls of the day before and after the part took effect. */
  readonly from: number;
  readonly to: number;
}

/** How a day's calls come about: the level, then every factor on what came before; the last step is the whole. */
export const stepsOf = (parts: DayParts): Step[] => {
  const steps: Step[] = [{ part: 'level', factor: 1, from: 0, to: parts.level }];
  let reached = parts.level;
  for (const part of factorNames) {
    const factor = parts[part];
    if (factor === undefined) continue;
    const to = reached * factor;
    steps.push({ part, factor, from: reached, to });
    reached = to;
  }
  return [...steps, { part: 'total', factor: 1, from: 0, to: reached }];
};

/** Each interval's share of its day's calls; 0 throughout on a day without calls. */
export const shapeOf = (
  plan: Pick<PlanDocument, 'starts'>,
  mean: readonly number[],
  date: string,
): number[] => {
  const values = plan.starts.flatMap((start, i) => (start.startsWith(date) ? [mean[i] ?? 0] : []));
  const total = values.reduce((sum, value) => sum + value, 0);
  return values.map((value) => (total > 0 ? value / total : 0));
};

/** How a day's calls of a queue spread over its intervals, beside the mean of the week. */
const ShapeChart = ({
  plan,
  queue,
  date,
}: {
  readonly plan: PlanDocument;
  readonly queue: Queue;
  readonly date: string;
}) => {
  const { say, format } = useSpeech();
  const clocks = plan.starts.flatMap((start) => (start.startsWith(date) ? [start.slice(11)] : []));
  const shape = shapeOf(plan, queue.mean, date);
  const days = plan.days.map((day) => shapeOf(plan, queue.mean, day.date));
  const week = shape.map(
    (_, i) => days.reduce((sum, day) => sum + (day[i] ?? 0), 0) / Math.max(1, days.length),
  );
  const line = (label: string, values: readonly number[], colour: string, dash: number[]) => ({
    type: 'line' as const,
    label,
    data: values.map((value) => value * 100),
    borderColor: colour,
    backgroundColor: colour,
    borderWidth: 2,
    borderDash: dash,
    pointRadius: 0,
  });
  return (
    <div>
      <h3>{say('parts.shape')}</h3>
      <ChartView
        label={say('parts.shapeLabel', { day: format.day(date) })}
        height={240}
        data={{
          labels: clocks,
          datasets: [
            line(format.day(date), shape, colours.primary, []),
            line(say('parts.week'), week, colours.actual, [5, 4]),
          ],
        }}
        options={{
          scales: {
            x: { grid: { display: false }, ticks: { maxRotation: 0 } },
            y: { beginAtZero: true, title: { display: true, text: say('parts.share') } },
          },
        }}
        table={
          <PlainTable
            label={say('parts.shape')}
            rows={clocks}
            columns={[
              [say('calls.interval'), 'text', (clock) => clock],
              [format.day(date), 'share:2', (_, i) => shape[i]],
              [say('parts.week'), 'share:2', (_, i) => week[i]],
            ]}
          />
        }
      />
    </div>
  );
};
