import type { CompareDocument } from '../../contract/documents.ts';
import { ChartView } from '../charts/chart-view.tsx';
import { midnightLines, weekScale } from '../charts/week-axis.ts';
import { colours } from '../theme.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

/** Forecast with its 80 % band against what came, per interval. */
export const ActualChart = ({
  forecast,
}: {
  readonly forecast: NonNullable<CompareDocument['forecast']>;
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const { intervals } = forecast;
  const line = (label: string, data: readonly (number | null)[], more: object) => ({
    type: 'line' as const,
    label,
    data: [...data],
    pointRadius: 0,
    borderWidth: 0,
    ...more,
  });
  return (
    <ChartView
      label={say('compare.chartLabel')}
      data={{
        labels: [...intervals.starts],
        datasets: [
          line(say('compare.actual'), intervals.actual, {
            borderColor: colours.bad,
            backgroundColor: colours.bad,
            borderWidth: 1.5,
          }),
          line(say('compare.forecast'), intervals.forecast, {
            borderColor: colours.primary,
            backgroundColor: colours.primary,
            borderWidth: 2,
          }),
          line(say('calls.band80'), intervals.q90, {
            fill: '+1',
            pointStyle: 'rect',
            backgroundColor: colours.band80,
          }),
          line('', intervals.q10, {}),
        ],
      }}
      options={{
        scales: { x: weekScale(intervals.starts, format.axisDay), y: { beginAtZero: true } },
        plugins: {
          annotation: { annotations: midnightLines(intervals.starts) },
          legend: { labels: { filter: (item) => item.text !== '' } },
          tooltip: {
            filter: (item) => item.dataset.label !== '',
            callbacks: { title: (items) => format.moment(intervals.starts[items[0]?.dataIndex ?? 0] ?? '') },
          },
        },
      }}
      table={
        <PlainTable
          label={say('compare.forecastTitle')}
          rows={intervals.starts}
          keyOf={(start) => start}
          columns={[
            { key: 'start', head: say('calls.interval'), cell: (start) => format.moment(start) },
            {
              key: 'forecast',
              head: say('compare.forecast'),
              numeric: true,
              cell: (_, i) => format.decimal(intervals.forecast[i]),
            },
            {
              key: 'q10',
              head: say('calls.q10'),
              numeric: true,
              cell: (_, i) => format.decimal(intervals.q10[i]),
            },
            {
              key: 'q90',
              head: say('calls.q90'),
              numeric: true,
              cell: (_, i) => format.decimal(intervals.q90[i]),
            },
            {
              key: 'actual',
              head: say('compare.actual'),
              numeric: true,
              cell: (_, i) => format.count(intervals.actual[i]),
            },
          ]}
        />
      }
    />
  );
};
