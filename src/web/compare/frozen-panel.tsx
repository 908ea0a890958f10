import { Alert, Segmented, Select } from 'antd';
import { useState } from 'react';
import type { AccuracyDocument } from '../../contract/documents/accuracy-document.ts';
import { methodTitle } from '../../words/forecast.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFormat } from '../ui/use-format.ts';
import { useSpeech } from '../words/words.tsx';

type Frozen = NonNullable<AccuracyDocument['frozen']>;
type Score = AccuracyDocument['leads'][number]['all'];

const views = ['leads', 'months', 'weekdays', 'intervals'] as const;
type View = (typeof views)[number];

/** Rows of a view of one queue or the line, each with what it is about. */
const useRows = ({ leads, months, weekdays, intervals }: Frozen['parts'][number], view: View) => {
  const { say } = useSpeech();
  const format = useFormat();
  const ahead = (from: number, to: number): string =>
    from === to ? say('frozen.day', { n: from }) : say('frozen.days', { from, to });
  const rows: Readonly<Record<View, readonly (Score & { readonly label: string })[]>> = {
    leads: leads.map((row) => ({ label: ahead(row.fromDay, row.toDay), ...row })),
    months: months.map((row) => ({ label: row.month, ...row })),
    weekdays: weekdays.map((row) => ({ label: format.weekday(row.weekday), ...row })),
    intervals: intervals.map((row) => ({ label: row.start, ...row })),
  };
  return rows[view];
};

/** Forecasts that were kept with plans, held against what came: better or worse, and where. */
export const FrozenPanel = ({
  frozen,
  nameOf,
}: {
  readonly frozen: Frozen;
  readonly nameOf: (queue: string) => string;
}) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [view, setView] = useState<View>('leads');
  const [queue, setQueue] = useState('');
  const part = frozen.parts.find((each) => (each.queue ?? '') === queue) ?? frozen.parts[0];
  if (part === undefined) return null;
  return (
    <Panel
      title={say('frozen.title')}
      note={say('frozen.note', {
        n: frozen.forecasts,
        from: format.date(frozen.from),
        to: format.date(frozen.to),
      })}
      actions={
        frozen.parts.length > 2 && (
          <Select
            aria-label={say('calls.queue')}
            value={queue}
            style={{ minWidth: 160 }}
            options={frozen.parts.map((each) => ({
              value: each.queue ?? '',
              label: each.queue === null ? say('calls.all') : nameOf(each.queue),
            }))}
            onChange={setQueue}
          />
        )
      }
    >
      <Alert type="info" showIcon title={tell(frozen.trend)} />
      <div className="row">
        <Segmented<View>
          aria-label={say('frozen.by')}
          value={view}
          options={views.map((each) => ({ value: each, label: say(`frozen.${each}`) }))}
          onChange={setView}
        />
        {view !== 'leads' && <span className="note">{say('frozen.withinWeek')}</span>}
      </div>
      <ScoresTable part={part} view={view} />
    </Panel>
  );
};

const ScoresTable = ({ part, view }: { readonly part: Frozen['parts'][number]; readonly view: View }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const rows = useRows(part, view);
  return (
    <PlainTable
      label={say('frozen.title')}
      rows={rows}
      keyOf={({ label }) => label}
      columns={[
        { key: 'label', head: say(`frozen.${view}`), cell: ({ label }) => label },
        {
          key: 'own',
          head: say('compare.accuracyOwn'),
          numeric: true,
          sortBy: ({ wape }) => wape,
          cell: ({ wape }) => <strong>{format.percent(wape)}</strong>,
        },
        ...part.rivals.map(({ method }) => ({
          key: method,
          head: tell(methodTitle(method)),
          numeric: true,
          cell: (row: Score) =>
            format.percent(row.rivals.find((rival) => rival.method === method)?.wape ?? null),
        })),
        { key: 'bias', head: say('compare.bias'), numeric: true, cell: ({ bias }) => format.points(bias) },
        {
          key: 'inside',
          head: say('compare.inRange'),
          numeric: true,
          cell: ({ coverage80 }) => format.percent(coverage80, 0),
        },
      ]}
    />
  );
};

/** Who gained by changing forecasts by hand, and by how much. */
export const GainsPanel = ({ overruledBy }: Pick<AccuracyDocument, 'overruledBy'>) => {
  const { say } = useSpeech();
  const format = useFormat();
  if (overruledBy.length === 0) return null;
  return (
    <Panel title={say('gains.title')} note={say('gains.note')}>
      <PlainTable
        label={say('gains.title')}
        rows={overruledBy}
        keyOf={({ author }) => author}
        columns={[
          { key: 'author', head: say('gains.author'), cell: ({ author }) => author },
          { key: 'days', head: say('gains.days'), numeric: true, cell: ({ days }) => days },
          { key: 'with', head: say('gains.with'), numeric: true, cell: ({ wape }) => format.percent(wape) },
          {
            key: 'without',
            head: say('gains.without'),
            numeric: true,
            cell: ({ originalWape }) => format.percent(originalWape),
          },
          {
            key: 'gain',
            head: say('gains.gain'),
            numeric: true,
            cell: ({ wape, originalWape }) => format.points((originalWape ?? 0) - (wape ?? 0)),
          },
        ]}
      />
    </Panel>
  );
};
