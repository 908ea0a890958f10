import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';
import { shapeOf } from './forecast-parts.ts';

type Queue = PlanDocument['queues'][number];

/** How a day's calls of a queue spread over its intervals, beside the mean of the week. */
export const ShapeChart = ({
  plan,
  queue,
  date,
}: {
  readonly plan: PlanDocument;
  readonly queue: Queue;
  readonly date: string;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const clocks = plan.starts.flatMap((start) => (start.startsWith(date) ? [start.slice(11)] : []));
  const own = shapeOf(plan, queue.mean, date);
  const days = plan.days.map((day) => shapeOf(plan, queue.mean, day.date));
  const week = own.map(
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
            line(format.day(date), own, colours.primary, []),
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
            keyOf={(clock) => clock}
            columns={[
              { key: 'clock', head: say('calls.interval'), cell: (clock) => clock },
              {
                key: 'own',
                head: format.day(date),
                numeric: true,
                cell: (_, i) => format.percent(own[i], 2),
              },
              {
                key: 'week',
                head: say('parts.week'),
                numeric: true,
                cell: (_, i) => format.percent(week[i], 2),
              },
            ]}
          />
        }
      />
    </div>
  );
};
