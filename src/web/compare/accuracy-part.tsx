import { Alert, Button, Input, Segmented, Select } from 'antd';
import { useEffect, useState } from 'react';
import type { AccuracyDocument } from '../../contract/documents/accuracy-document.ts';
import { clockText } from '../../kernel/time-window.ts';
import { changeText } from '../../render/table.ts';
import { methodTitle } from '../../words/forecast.ts';
import { callApi } from '../api/call-api.ts';
import { useJob, useKeptChoice } from '../api/use-load.ts';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { EmptyView, JobView } from '../ui/states.tsx';
import { changePlace, placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';

const weeksToScore = [4, 8, 13, 26];

type NameOf = (queue: string) => string;
type Score = AccuracyDocument['leads'][number]['all'];

/** The forecast tested on the hotline's own past, and the plans that were kept. `lastDate`: the last day with data. */
export const AccuracyPart = ({
  nameOf,
  lastDate,
  isAsked,
}: {
  readonly nameOf: NameOf;
  readonly lastDate: string;
  /** The reader has asked for it already. */
  readonly isAsked: boolean;
}) => {
  const { say, tell } = useSpeech();
  const [span, setSpan] = useKeptChoice<number | 'since'>('accuracy', 4);
  const [since, setSince] = useKeptChoice('accuracy since', '');
  const [measured, setMeasured] = useState<AccuracyDocument>();
  const body = span === 'since' ? { since } : { weeks: span };
  const show = (answer: unknown): void => setMeasured(answer as AccuracyDocument);
  const control = useJob({ kind: 'accuracy', request: body }, show);
  const measure = async (): Promise<void> => {
    const answer = await control.run(() => callApi('measureAccuracy', { body }));
    if (answer !== undefined) show(answer);
  };
  useEffect(() => {
    if (!isAsked) return;
    changePlace({ run: undefined });
    if (span !== 'since') void measure();
    // Once: it can be asked again by its button.
  }, []);
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
            title={<Verdict measured={measured} />}
            description={
              measured.notices.length === 0
                ? undefined
                : measured.notices.map((notice) => <div key={tell(notice)}>{tell(notice)}</div>)
            }
          />
          <WorstHours hours={measured.worstHours} />
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
const Verdict = ({ measured }: { readonly measured: AccuracyDocument }) => {
  const { say, tell, format } = useSpeech();
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
            calls: format.count(Math.abs(off)),
          }),
        })}
    </>
  );
};

const Leads = ({ measured, nameOf }: { readonly measured: AccuracyDocument; readonly nameOf: NameOf }) => {
  const { say, tell, format } = useSpeech();
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
        rows={rows}
        columns={[
          [
            say('compare.accuracyAhead'),
            'text',
            (row) => say('compare.accuracyAheadWeeks', { n: row.weeksAhead }),
          ],
          [say('compare.accuracyOwn'), 'number', (row) => <strong>{format.percent(row.wape)}</strong>],
          ...rivals.map((rival): Column<Score> => [
            tell(methodTitle(rival)),
            'share',
            (row) => row.rivals.find(({ method }) => method === rival)?.wape ?? null,
          ]),
          [say('compare.bias'), 'points', (row) => row.bias],
          [say('compare.accuracyPerDay'), 'signed', (row) => row.biasPerDay],
          [say('compare.inRange'), 'share:0', (row) => row.coverage80],
        ]}
      />
    </Panel>
  );
};

/** Where in the week the forecast misses most, and which way. */
const WorstHours = ({ hours = [] }: { readonly hours: AccuracyDocument['worstHours'] | undefined }) => {
  const { say, format } = useSpeech();
  if (hours.length === 0) return null;
  type Row = (typeof hours)[number];
  const column = (key: 'forecast' | 'came' | 'off' | 'chance'): Column<Row> => [
    say(`worst.${key}`),
    'number:0',
    (row) => Math.round(row[key]),
    { sortBy: (row) => row[key] },
  ];
  return (
    <Panel title={say('worst.title')} note={say('worst.note')}>
      <PlainTable
        stacks
        rows={hours}
        columns={[
          [
            say('worst.hour'),
            'text',
            ({ weekday, hour }) =>
              `${format.weekday(weekday)} ${clockText(60 * hour)}–${clockText(60 * (hour + 1))}`,
          ],
          column('off'),
          column('chance'),
          [
            say('worst.bias'),
            'text',
            ({ bias }) =>
              Math.abs(bias) < 0.5
                ? say('worst.even')
                : say(bias > 0 ? 'worst.over' : 'worst.under', {
                    calls: format.count(Math.round(Math.abs(bias))),
                  }),
            { sortBy: ({ bias }) => bias },
          ],
          column('forecast'),
          column('came'),
        ]}
      />
    </Panel>
  );
};

const Kept = ({ plans }: { readonly plans: AccuracyDocument['plans'] }) => {
  const { say, format } = useSpeech();
  return (
    <Panel title={say('compare.accuracyPlans')} note={say('compare.accuracyPlansNote')}>
      {plans.length === 0 ? (
        <p>{say('compare.accuracyNoPlans')}</p>
      ) : (
        <PlainTable
          rows={plans}
          columns={[
            [
              say('compare.week'),
              'text',
              (row) => <a href={placeHref('plan', { plan: row.plan })}>{row.week}</a>,
            ],
            [say('compare.wapeOfLine'), 'share', (row) => row.wape],
            [say('compare.bias'), 'points', (row) => row.bias],
            [say('compare.inRange'), 'share:0', (row) => row.coverage80],
            [
              say('compare.accuracyChanged'),
              'text',
              ({ overruled }) =>
                overruled === null
                  ? format.count(null)
                  : say('compare.accuracyChangedWords', {
                      days: overruled.days,
                      wape: format.percent(overruled.wape),
                      other: format.percent(overruled.originalWape),
                    }),
              { wide: true },
            ],
          ]}
        />
      )}
    </Panel>
  );
};

type Frozen = NonNullable<AccuracyDocument['frozen']>;

const views = ['leads', 'months', 'weekdays', 'intervals'] as const;
type View = (typeof views)[number];

/** Rows of a view of one queue or the line, each with what it is about. */
const useRows = ({ leads, months, weekdays, intervals }: Frozen['parts'][number], view: View) => {
  const { say, format } = useSpeech();
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
const FrozenPanel = ({
  frozen,
  nameOf,
}: {
  readonly frozen: Frozen;
  readonly nameOf: (queue: string) => string;
}) => {
  const { say, tell, format } = useSpeech();
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
  const { say, tell, format } = useSpeech();
  const rows = useRows(part, view);
  return (
    <PlainTable
      rows={rows}
      columns={[
        [say(`frozen.${view}`), 'text', ({ label }) => label],
        [
          say('compare.accuracyOwn'),
          'number',
          ({ wape }) => <strong>{format.percent(wape)}</strong>,
          { sortBy: ({ wape }) => wape },
        ],
        ...part.rivals.map(({ method }): Column<Score> => [
          tell(methodTitle(method)),
          'share',
          (row) => row.rivals.find((rival) => rival.method === method)?.wape ?? null,
        ]),
        [say('compare.bias'), 'points', ({ bias }) => bias],
        [say('compare.inRange'), 'share:0', ({ coverage80 }) => coverage80],
      ]}
    />
  );
};

/** Who gained by changing forecasts by hand, and by how much. */
const GainsPanel = ({ overruledBy }: Pick<AccuracyDocument, 'overruledBy'>) => {
  const { say, language } = useSpeech();
  if (overruledBy.length === 0) return null;
  return (
    <Panel title={say('gains.title')} note={say('gains.note')}>
      <PlainTable
        rows={overruledBy}
        columns={[
          [say('gains.author'), 'text', ({ author }) => author],
          [say('gains.days'), 'number:0', ({ days }) => days],
          [say('gains.with'), 'share', ({ wape }) => wape],
          [say('gains.without'), 'share', ({ originalWape }) => originalWape],
          [
            say('gains.gain'),
            'number',
            ({ wape, originalWape }) => changeText(wape, originalWape, 'share', language),
          ],
        ]}
      />
    </Panel>
  );
};
