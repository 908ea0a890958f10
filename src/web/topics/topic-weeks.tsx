import type { TopicOutlook, TopicsDocument } from '../../contract/documents/topics-document.ts';
import { ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

const plainLine = { type: 'line' as const, pointRadius: 0, borderWidth: 0 };

/** A topic's weeks ahead with their range, and the same weeks a year before. */
export const TopicWeeks = ({
  weeks,
  own,
}: {
  readonly weeks: TopicsDocument['weeks'];
  readonly own: TopicOutlook['weeks'];
}) => {
  const { say } = useSpeech();
  const format = useFormat();
  const rows = weeks.map(({ start }, w) => ({ start, ...own[w]! }));
  return (
    <ChartView
      label={say('topics.title')}
      data={{
        labels: rows.map(({ start }) => start),
        datasets: [
          {
            ...plainLine,
            label: say('topics.demands'),
            data: rows.map(({ mean }) => mean),
            borderColor: colours.primary,
            backgroundColor: colours.primary,
            borderWidth: 2,
          },
          {
            ...plainLine,
            label: say('topics.yearBefore'),
            data: rows.map(({ yearBefore }) => yearBefore),
            borderColor: colours.muted,
            backgroundColor: colours.muted,
            borderWidth: 2,
            borderDash: [4, 4],
          },
          {
            ...plainLine,
            label: say('topics.range'),
            data: rows.map(({ q90 }) => q90),
            fill: '+1',
            pointStyle: 'rect' as const,
            backgroundColor: colours.band80,
          },
          { ...plainLine, label: '', data: rows.map(({ q10 }) => q10) },
        ],
      }}
      options={{
        scales: { y: { beginAtZero: true, title: { display: true, text: say('topics.demands') } } },
        plugins: { tooltip: { filter: (item) => item.dataset.label !== '' } },
      }}
      table={
        <PlainTable
          label={say('topics.title')}
          rows={rows}
          keyOf={({ start }) => start}
          columns={[
            { key: 'start', head: say('topics.week'), cell: ({ start }) => format.date(start) },
            {
              key: 'mean',
              head: say('topics.demands'),
              numeric: true,
              cell: ({ mean }) => format.count(mean),
            },
            {
              key: 'range',
              head: say('topics.range'),
              numeric: true,
              cell: ({ q10, q90 }) => `${format.count(q10)} – ${format.count(q90)}`,
            },
            {
              key: 'before',
              head: say('topics.yearBefore'),
              numeric: true,
              cell: ({ yearBefore }) => (yearBefore === null ? '' : format.count(yearBefore)),
            },
          ]}
        />
      }
    />
  );
};
