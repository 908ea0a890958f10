import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import {
  seasonDay,
  type TopicOutlook,
  type TopicsDocument,
} from '../../contract/documents/forecast-document.ts';
import { messages } from '../../words/messages.ts';
import { topicName } from '../../words/planning.ts';
import { callApi } from '../api/call-api.ts';
import { ChartView } from '../charts/chart-view.tsx';
import { colours } from '../theme.ts';
import { useJobAnswer } from '../ui/change.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { JobView } from '../ui/states.tsx';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(messages('page-topics'));

/** Demands by topic in the week that is planned and those that follow, and an early notice of seasonal topics. */
export const TopicsPanel = ({ week }: { readonly week: string }) => {
  const { say } = useSpeech();
  const asked = { kind: 'topics', request: { week } } as const;
  const {
    answer: topics,
    control,
    ask,
  } = useJobAnswer<TopicsDocument>(asked, () => callApi('forecastByTopic', { body: { week } }));
  return (
    <Panel title={say('topics.title')} note={say('topics.note')}>
      <div className="row">
        <Button type="primary" loading={control.running} onClick={ask}>
          {say('topics.run')}
        </Button>
      </div>
      <JobView control={control} title={say('topics.running')} />
      {topics !== undefined && <Topics topics={topics} />}
    </Panel>
  );
};

const Topics = ({ topics }: { readonly topics: TopicsDocument }) => {
  const { say, tell, language } = useSpeech();
  const [chosen, setChosen] = useState('');
  const shown = topics.topics.find(({ topic }) => topic === chosen) ?? topics.total;
  return (
    <>
      <h3>{say('topics.early')}</h3>
      {topics.early.length === 0 && <p>{say('topics.noneEarly')}</p>}
      {topics.early.map((notice) => (
        <Alert
          key={tell(notice)}
          type={'code' in notice && notice.code === 'topic-rises-now' ? 'warning' : 'info'}
          showIcon
          title={tell(notice)}
          style={{ marginBottom: 8 }}
        />
      ))}
      <TopicTable topics={topics} />
      <p>
        <Select
          aria-label={say('topics.topic')}
          value={chosen}
          showSearch
          style={{ minWidth: 220, maxWidth: '100%' }}
          options={[
            { value: '', label: say('topics.all') },
            ...topics.topics.map(({ topic }) => ({ value: topic, label: topicName(topic, language) })),
          ]}
          onChange={setChosen}
        />
      </p>
      <TopicWeeks weeks={topics.weeks} own={shown.weeks} />
      {topics.notices.map((notice) => (
        <p key={tell(notice)}>{tell(notice)}</p>
      ))}
    </>
  );
};

type Row = TopicsDocument['total'] & Partial<TopicOutlook>;

const TopicTable = ({ topics }: { readonly topics: TopicsDocument }) => {
  const { say, language, format } = useSpeech();
  const rows: Row[] = [...topics.topics, topics.total];
  const nameOf = ({ topic, parent }: Row): string => {
    if (topic === undefined) return say('topics.all');
    return parent === null || parent === undefined
      ? topicName(topic, language)
      : `– ${topic.slice(parent.length + 1) || topic}`;
  };
  const yearBefore = ({ weeks }: Row): number | undefined =>
    weeks.reduce<number | undefined>(
      (sum, week) => (sum === undefined || week.yearBefore === null ? undefined : sum + week.yearBefore),
      0,
    );
  return (
    <PlainTable
      rows={rows}
      columns={[
        [
          say('topics.topic'),
          'text',
          (row) => (row.parent === null ? <strong>{nameOf(row)}</strong> : nameOf(row)),
        ],
        [say('topics.lately'), 'number', ({ lately }) => lately],
        topics.week !== undefined && [
          say('topics.inWeek', { week: topics.week }),
          'number:0',
          ({ weeks: [first] }) => first!.mean,
        ],
        topics.week !== undefined && [
          say('topics.range'),
          'number',
          ({ weeks: [first] }) => `${format.count(first!.q10)} – ${format.count(first!.q90)}`,
        ],
        [say('topics.ahead'), 'number', ({ ahead }) => ahead],
        [
          say('topics.change'),
          'number',
          ({ lately, ahead }) => (lately > 0 ? `${format.points(ahead / lately - 1, 0)}%` : ''),
        ],
        [
          say(topics.week === undefined ? 'topics.sum' : 'topics.sumFrom', { n: topics.weeks.length }),
          'number:0',
          ({ total }) => total.mean,
        ],
        [
          say('topics.range'),
          'number',
          ({ total }) => `${format.count(total.q10)} – ${format.count(total.q90)}`,
        ],
        [
          say('topics.yearBefore'),
          'number',
          (row) => {
            const calls = yearBefore(row);
            return calls === undefined ? '' : format.count(calls);
          },
        ],
        [
          say('topics.season'),
          'text',
          (row) => {
            const day = seasonDay(row, topics.origin);
            return day === null ? '' : format.date(day);
          },
        ],
      ]}
    />
  );
};

const plainLine = { type: 'line' as const, pointRadius: 0, borderWidth: 0 };

/** A topic's weeks ahead with their range, and the same weeks a year before. */
const TopicWeeks = ({
  weeks,
  own,
}: {
  readonly weeks: TopicsDocument['weeks'];
  readonly own: TopicOutlook['weeks'];
}) => {
  const { say, format } = useSpeech();
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
          rows={rows}
          columns={[
            [say('topics.week'), 'text', ({ start }) => format.date(start)],
            [say('topics.demands'), 'number:0', ({ mean }) => mean],
            [say('topics.range'), 'number', ({ q10, q90 }) => `${format.count(q10)} – ${format.count(q90)}`],
            [
              say('topics.yearBefore'),
              'number',
              ({ yearBefore }) => (yearBefore === null ? '' : format.count(yearBefore)),
            ],
          ]}
        />
      }
    />
  );
};
