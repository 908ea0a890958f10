import { Alert, Button, Input, Select } from 'antd';
import { useState } from 'react';
import type { AccuracyDocument } from '../../contract/documents/accuracy-document.ts';
import { methodTitle } from '../../words/forecast.ts';
import { callApi } from '../api/call-api.ts';
import { useJob } from '../api/use-job.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { EmptyView, JobView } from '../ui/states.tsx';
import { useFormat, type Format } from '../ui/use-format.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { FrozenPanel, GainsPanel } from './frozen-panel.tsx';

const weeksToScore = [4, 8, 13, 26];

type NameOf = (queue: string) => string;
type Score = AccuracyDocument['leads'][number]['all'];

/** The forecast tested on the hotline's own past, and the plans that were kept. `lastDate`: the last day with data. */
export const AccuracyPart = ({
  nameOf,
  lastDate,
}: {
  readonly nameOf: NameOf;
  readonly lastDate: string;
}) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [span, setSpan] = useState<number | 'since'>(4);
  const [since, setSince] = useState('');
  const [measured, setMeasured] = useState<AccuracyDocument>();
  const control = useJob();
  const measure = async (): Promise<void> => {
    const answer = await control.run(() =>
      callApi('measureAccuracy', { body: span === 'since' ? { since } : { weeks: span } }),
    );
    if (answer !== undefined) setMeasured(answer as AccuracyDocument);
  };
  return (
    <>
      <div className="row">
        <Select<number | 'since'>
          aria-label={say('compare.accuracySpan')}
          value={span}
          style={{ minWidth: 140 }}
          options={[
            ...weeksToScore.map((n) => ({ value: n, label: say('compare.accuracyWeeks', { n }) })),
            { value: 'since', label: say('compare.accuracySince') },
          ]}
          onChange={setSpan}
        />
        {span === 'since' && (
          <Input
            type="date"
            aria-label={say('compare.accuracySinceDay')}
            style={{ width: 160 }}
            max={lastDate}
            value={since}
            onChange={(event) => setSince(event.target.value)}
          />
        )}
        <Button
          type="primary"
          disabled={span === 'since' && since === ''}
          loading={control.running}
          onClick={() => void measure()}
        >
          {say('compare.accuracyRun')}
        </Button>
      </div>
      <JobView control={control} title={say('compare.accuracyRunning')} />
      {measured === undefined ? (
        !control.running && (
          <EmptyView title={say('compare.accuracyNone')}>
            <p>{say('compare.accuracyNoneWords')}</p>
          </EmptyView>
        )
      ) : (
        <>
          <Alert
            type="info"
            showIcon
            title={<Verdict measured={measured} format={format} />}
            description={
              measured.notices.length === 0
                ? undefined
                : measured.notices.map((notice) => <div key={tell(notice)}>{tell(notice)}</div>)
            }
          />
          {measured.frozen !== null && <FrozenPanel frozen={measured.frozen} nameOf={nameOf} />}
          <Leads measured={measured} nameOf={nameOf} />
          <Kept plans={measured.plans} />
          <GainsPanel overruledBy={measured.overruledBy} />
        </>
      )}
    </>
  );
};

/** The answer in two sentences: how close a week ahead, beside the best simple rule, and how far off the total in a month. */
const Verdict = ({ measured, format }: { readonly measured: AccuracyDocument; readonly format: Format }) => {
  const { say, tell } = useSpeech();
  const [next, , month] = measured.leads;
  const best = next?.all.rivals
    .filter(({ wape }) => wape !== null)
    .toSorted((a, b) => (a.wape ?? 0) - (b.wape ?? 0))[0];
  const off = month?.all.biasPerDay ?? null;
  return (
    <>
      {best !== undefined &&
        say('compare.accuracyBest', {
          wape: format.percent(next?.all.wape ?? null),
          rival: tell(methodTitle(best.method)),
          other: format.percent(best.wape),
        })}{' '}
      {off !== null &&
        say('compare.accuracyBias', {
          bias: say(off < 0 ? 'compare.accuracyUnder' : 'compare.accuracyOver', {
            calls: format.decimal(Math.abs(off)),
          }),
        })}
    </>
  );
};

const Leads = ({ measured, nameOf }: { readonly measured: AccuracyDocument; readonly nameOf: NameOf }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const [queue, setQueue] = useState('');
  const queues = measured.leads[0]?.queues.map((each) => each.queue) ?? [];
  const rows = measured.leads.flatMap(({ weeksAhead, all, queues: own }) => {
    const score: Score | undefined = queue === '' ? all : own.find((each) => each.queue === queue);
    return score === undefined ? [] : [{ weeksAhead, ...score }];
  });
  const rivals = rows[0]?.rivals.map(({ method }) => method) ?? [];
  return (
    <Panel
      title={say('compare.accuracyTitle')}
      note={say('compare.accuracyNote', { from: format.date(measured.from), to: format.date(measured.to) })}
      actions={
        queues.length > 1 && (
          <Select
            aria-label={say('calls.queue')}
            value={queue}
            style={{ minWidth: 160 }}
            options={['', ...queues].map((each) => ({
              value: each,
              label: each === '' ? say('calls.all') : nameOf(each),
            }))}
            onChange={setQueue}
          />
        )
      }
    >
      <PlainTable
        label={say('compare.accuracyTitle')}
        rows={rows}
        keyOf={(row) => String(row.weeksAhead)}
        columns={[
          {
            key: 'ahead',
            head: say('compare.accuracyAhead'),
            cell: (row) => say('compare.accuracyAheadWeeks', { n: row.weeksAhead }),
          },
          {
            key: 'own',
            head: say('compare.accuracyOwn'),
            numeric: true,
            cell: (row) => <strong>{format.percent(row.wape)}</strong>,
          },
          ...rivals.map((rival) => ({
            key: rival,
            head: tell(methodTitle(rival)),
            numeric: true,
            cell: (row: Score) =>
              format.percent(row.rivals.find(({ method }) => method === rival)?.wape ?? null),
          })),
          { key: 'bias', head: say('compare.bias'), numeric: true, cell: (row) => format.points(row.bias) },
          {
            key: 'perDay',
            head: say('compare.accuracyPerDay'),
            numeric: true,
            cell: (row) => format.signed(row.biasPerDay),
          },
          {
            key: 'inside',
            head: say('compare.inRange'),
            numeric: true,
            cell: (row) => format.percent(row.coverage80, 0),
          },
        ]}
      />
    </Panel>
  );
};

const Kept = ({ plans }: { readonly plans: AccuracyDocument['plans'] }) => {
  const { say } = useSpeech();
  const format = useFormat();
  return (
    <Panel title={say('compare.accuracyPlans')} note={say('compare.accuracyPlansNote')}>
      {plans.length === 0 ? (
        <p>{say('compare.accuracyNoPlans')}</p>
      ) : (
        <PlainTable
          label={say('compare.accuracyPlans')}
          rows={plans}
          keyOf={(row) => row.plan}
          columns={[
            {
              key: 'week',
              head: say('compare.week'),
              cell: (row) => <a href={placeHref('plan', { plan: row.plan })}>{row.week}</a>,
            },
            {
              key: 'wape',
              head: say('compare.wape'),
              numeric: true,
              cell: (row) => format.percent(row.wape),
            },
            { key: 'bias', head: say('compare.bias'), numeric: true, cell: (row) => format.points(row.bias) },
            {
              key: 'inside',
              head: say('compare.inRange'),
              numeric: true,
              cell: (row) => format.percent(row.coverage80, 0),
            },
            {
              key: 'changed',
              head: say('compare.accuracyChanged'),
              wide: true,
              cell: ({ overruled }) =>
                overruled === null
                  ? format.count(null)
                  : say('compare.accuracyChangedWords', {
                      days: overruled.days,
                      wape: format.percent(overruled.wape),
                      other: format.percent(overruled.originalWape),
                    }),
            },
          ]}
        />
      )}
    </Panel>
  );
};
