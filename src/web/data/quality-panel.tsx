import { Button } from 'antd';
import { apiAddress } from '../api/api-address.ts';
import type { DataReport } from '../../contract/http/data-report.ts';
import type { TemplateKind } from '../../contract/template-kinds.ts';
import type { Loaded } from '../api/use-load.ts';
import { sayProblem } from '../../words/problems.ts';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { LoadedView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';

/** How good the stored data are and how far they carry; beside each lack what mends it. */
export const QualityPanel = ({
  report,
  retry,
}: {
  readonly report: Loaded<DataReport | undefined>;
  readonly retry: () => void;
}) => {
  const { say } = useSpeech();
  return (
    <Panel title={say('quality.title')} note={say('quality.note')}>
      <LoadedView loaded={report} retry={retry}>
        {(found) =>
          found !== undefined && (
            <>
              <Doubts report={found} />
              <Behaviour report={found} />
              <Carries report={found} />
            </>
          )
        }
      </LoadedView>
    </Panel>
  );
};

const Doubts = ({ report: { said } }: { readonly report: DataReport }) => {
  const { say, tell } = useSpeech();
  if (said.length === 0) return <p className="note">{say('quality.noDoubts')}</p>;
  return (
    <>
      <h3>{say('quality.doubts')}</h3>
      <ul>
        {said.map((each, i) => (
          <li key={i}>{tell(each)}</li>
        ))}
      </ul>
      <p className="note">{say('quality.again')}</p>
    </>
  );
};

/** What is known of how callers and operators behave: measured from so many calls, or assumed. */
const Behaviour = ({ report }: { readonly report: DataReport }) => {
  const { say, tell } = useSpeech();
  const format = useFormat();
  const kinds = [
    ['handleTime', 'handle-time'],
    ['patience', 'patience'],
    ['redials', 'redials'],
  ] as const;
  return (
    <>
      <h3>{say('quality.queues')}</h3>
      <PlainTable
        label={say('quality.queues')}
        rows={report.queues}
        keyOf={({ queue }) => queue}
        columns={[
          { key: 'queue', head: say('calls.queue'), cell: ({ name }) => tell(name) },
          {
            key: 'days',
            head: say('quality.days'),
            numeric: true,
            cell: ({ daysWithCalls }) => say('quality.daysOf', { n: daysWithCalls, all: report.days }),
          },
          ...kinds.map(([kind, ground]) => ({
            key: kind,
            head: say(`ground.${ground}`),
            cell: (row: DataReport['queues'][number]) => {
              const records = row[kind];
              if (records !== null) return say('quality.measured', { n: format.count(records) });
              return (
                <>
                  <span className="tag warning">{say('ground.assumed')}</span>{' '}
                  <a href={placeHref('settings', { view: kind === 'redials' ? 'line' : 'queues' })}>
                    {say('quality.setIt')}
                  </a>
                </>
              );
            },
          })),
        ]}
      />
    </>
  );
};

const daysOfShape = 56;
const daysOfYear = 365;

interface Carried {
  readonly use: string;
  readonly has: string;
  readonly far: string;
  /** The file that would carry further. */
  readonly lacks: TemplateKind | undefined;
}

/** How far the data carry each thing that is planned with them, with a file to fill in where they do not. */
const Carries = ({ report: { days, feeds, refusals } }: { readonly report: DataReport }) => {
  const { say, tell, language } = useSpeech();
  const format = useFormat();
  const [refused] = refusals;
  const beside = [
    { use: 'roster', n: feeds.operators, template: 'operators' },
    { use: 'diversion', n: feeds.promptsPlayed, template: 'prompts' },
    { use: 'presence', n: feeds.presence, template: 'presence' },
    { use: 'monitoring', n: feeds.monitored, template: 'results' },
  ] as const;
  const rows: readonly Carried[] = [
    {
      use: say('quality.for.forecast'),
      has: say('quality.history', { n: format.count(days) }),
      far:
        refused === undefined
          ? say(`quality.state.${days >= daysOfYear ? 'full' : days >= daysOfShape ? 'most' : 'rough'}`)
          : say('quality.notYet', { why: tell(sayProblem(refused, 'page').message) }),
      lacks: days < daysOfYear ? 'traffic' : undefined,
    },
    ...beside.map(({ use, n, template }) => ({
      use: say(`quality.for.${use}`),
      has: say('quality.records', { n: format.count(n) }),
      far: say(n > 0 ? 'quality.state.full' : `quality.without.${use}`),
      lacks: n > 0 ? undefined : template,
    })),
  ];
  return (
    <>
      <h3>{say('quality.carries')}</h3>
      <PlainTable
        label={say('quality.carries')}
        rows={rows}
        keyOf={({ use }) => use}
        columns={[
          { key: 'use', head: say('quality.use'), cell: ({ use }) => use },
          { key: 'has', head: say('quality.has'), numeric: true, cell: ({ has }) => has },
          { key: 'far', head: say('quality.far'), wide: true, cell: ({ far }) => far },
          {
            key: 'mend',
            head: say('guide.template'),
            cell: ({ lacks, use }) =>
              lacks === undefined ? null : (
                <Button
                  size="small"
                  href={apiAddress('template', { kind: lacks }, { format: 'xlsx', language })}
                  download
                  aria-label={say('guide.templateOf', { kind: use, format: 'XLSX' })}
                >
                  XLSX
                </Button>
              ),
          },
        ]}
      />
    </>
  );
};
