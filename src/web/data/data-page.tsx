import { Alert, Button, Space } from 'antd';
import { type DragEvent, useRef, useState } from 'react';
import { type FileKind, type RecordKind, recordKindNames } from '../../kernel/records.ts';
import { templateFormats } from '../../contract/report-formats.ts';
import type { DataReport } from '../../contract/http/file-documents.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { nameFields } from '../../words/ingest.ts';
import { messages } from '../../words/messages.ts';
import { fieldWords } from '../../words/record-kinds.ts';
import { settingsPageWords } from '../../words/settings-page-words.ts';
import { apiAddress, callApi } from '../api/call-api.ts';
import { type Loaded, useLoad } from '../api/use-load.ts';
import { may, type PageProps } from '../api/page-access.ts';
import { ConfirmButton, useChange } from '../ui/change.tsx';
import { Panel } from '../ui/panel.tsx';
import { type Column, PlainTable } from '../ui/plain-table.tsx';
import { problemOnPage } from '../ui/problems-table.tsx';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { placeHref, useUnsaved } from '../ui/use-place.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import { FeedsView } from './feeds-view.tsx';
import { demoGoing } from './corrections.tsx';
import { FilePanel, type Standing } from './file-panel.tsx';
import { DifferentCalls, type Quality } from './ingest-report.tsx';
import { likelyOrderOf } from './remedies.ts';

const templateTitles = messages('template-titles');

addWords(settingsPageWords);
nameFields(fieldWords);

/** Bring files in, see what the workspace holds; or follow what arrives by itself. */
export const DataPage = (props: PageProps) => {
  const { say } = useSpeech();
  const isLive = props.params.get('view') === 'feeds';
  return (
    <>
      <div className="row title">
        <h1>{say('nav.data')}</h1>
      </div>
      <nav className="tabs" aria-label={say('feeds.views')}>
        <a href={placeHref('data')} aria-current={isLive ? undefined : 'page'}>
          {say('feeds.files')}
        </a>
        <a href={placeHref('data', { view: 'feeds' })} aria-current={isLive ? 'page' : undefined}>
          {say('feeds.title')}
        </a>
      </nav>
      {isLive ? <FeedsView workspace={props.workspace} /> : <FilesView {...props} />}
    </>
  );
};

const FilesView = ({ workspace, reload }: PageProps) => {
  const { say } = useSpeech();
  const [{ turn, files }, setChosen] = useState<{ readonly turn: number; readonly files: readonly Chosen[] }>(
    {
      turn: 0,
      files: [],
    },
  );
  /** Files that were imported: they make way for what is chosen next. */
  const imported = useRef(new Set<number>());
  const number = useRef(0);
  const [imports, setImports] = useState(0);
  const hasTraffic = workspace.traffic.length > 0;
  const [report, retry] = useLoad(`data ${imports} ${JSON.stringify(workspace.traffic)}`, async (signal) =>
    hasTraffic ? { ...(await callApi('dataReport', { signal })), imports } : undefined,
  );
  // What stood there before the last import says nothing of whether a week can be planned now.
  const quality = report.state === 'ready' && report.value?.imports === imports ? report.value : undefined;
  /** A file takes the place of one of its name; the others stay, with what was said of them. */
  const take = (added: readonly File[]): void => {
    const isFirst = workspace.madeUp || !hasTraffic;
    const rows = added.map((file) => ({ file, id: (number.current += 1), isFirst }));
    const names = new Set(added.map(({ name }) => name));
    const waiting = files.filter(({ id }) => !imported.current.has(id));
    setChosen({
      turn: waiting.length === 0 ? turn + 1 : turn,
      files: [...waiting.filter(({ file }) => !names.has(file.name)), ...rows],
    });
  };
  return (
    <>
      <Panel title={say('data.drop')} note={say('data.dropNote')}>
        <DropFile take={take} />
        {files.length === 0 ? (
          <FileGuide open={workspace.traffic.length === 0} />
        ) : (
          <ChosenFiles
            key={turn}
            files={files}
            imported={imported.current}
            workspace={workspace}
            reload={() => {
              setImports(imports + 1);
              reload();
            }}
            quality={quality}
          />
        )}
      </Panel>
      <TrafficSummary workspace={workspace} reload={reload} />
      {hasTraffic && <QualityPanel report={report} retry={retry} />}
    </>
  );
};

const TrafficSummary = ({ workspace, reload }: Pick<PageProps, 'workspace' | 'reload'>) => {
  const { say, tell, format } = useSpeech();
  const { busy, problem, send } = useChange();
  const nameOf = (key: string): string => {
    const queue = workspace.hotline.queues.find((each) => each.queue === key);
    return queue === undefined ? key : tell(queue.name);
  };
  return (
    <Panel
      title={say('data.summary')}
      note={workspace.traffic.length === 0 ? say('data.nothing') : undefined}
    >
      {workspace.traffic.length > 0 && (
        <PlainTable
          stacks
          rows={workspace.traffic}
          keyOf={(row) => row.queue}
          columns={[
            [say('calls.queue'), 'text', (row) => nameOf(row.queue)],
            [say('data.from'), 'number', (row) => format.date(row.firstDate)],
            [say('data.to'), 'number', (row) => format.date(row.lastDate)],
            [say('data.step'), 'number:0', (row) => row.intervalMinutes],
            [say('data.rows'), 'number:0', (row) => row.rows],
            [
              say('data.takeOut'),
              'text',
              ({ queue, firstDate, lastDate }) =>
                may('removeTraffic') && (
                  <ConfirmButton
                    label={say('data.takeOut')}
                    question={say('data.takeOutSure', {
                      queue: nameOf(queue),
                      from: format.date(firstDate),
                      to: format.date(lastDate),
                    })}
                    disabled={busy}
                    act={() =>
                      void send(() => callApi('removeTraffic', { params: { queue } })).then(() => reload())
                    }
                  />
                ),
            ],
          ]}
        />
      )}
      {problem !== undefined && <ProblemView problem={problem} />}
      {workspace.monitoring.periods.length > 0 && (
        <p className="note">
          {say('data.monitoring', {
            periods: longestOf(workspace.monitoring.periods).sort().join(say('list.comma')),
          })}
        </p>
      )}
    </Panel>
  );
};

/** Periods that lie in no other: not 2026-11 beside 2026. */
const longestOf = (periods: readonly string[]): string[] =>
  periods.filter((period) => !periods.some((other) => other !== period && period.startsWith(other)));

/** A place to drop files on, or to choose them by keyboard. */
const DropFile = ({ take }: { readonly take: (files: readonly File[]) => void }) => {
  const { say } = useSpeech();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const takeAny = (files: readonly File[]): void => {
    if (files.length > 0) take(files);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    takeAny([...event.dataTransfer.files]);
  };
  return (
    <div
      className={over ? 'drop over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <p>{say('data.dropHere')}</p>
      <Button type="primary" onClick={() => input.current?.click()}>
        {say('data.choose')}
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        className="hidden"
        tabIndex={-1}
        aria-label={say('data.choose')}
        accept=".csv,.tsv,.txt,.gz,.xlsx,.xls"
        onChange={(event) => {
          takeAny([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </div>
  );
};

const kinds = [
  'traffic',
  'calls',
  'operators',
  'presence',
  'monitoring',
  'events',
] as const satisfies FileKind[];

const templateOf = (kind: (typeof kinds)[number]): RecordKind => (kind === 'monitoring' ? 'results' : kind);

/** Which files there are, what each is for and which columns it needs, with templates to fill in of every kind. */
const FileGuide = ({ open }: { readonly open: boolean }) => {
  const { say, tell } = useSpeech();
  const others = recordKindNames.filter((kind) => !kinds.some((each) => templateOf(each) === kind));
  return (
    <details open={open}>
      <summary>{say('guide.title')}</summary>
      <PlainTable
        label={say('guide.title')}
        stacks
        rows={kinds}
        columns={[
          [say('file.kind'), 'text', (kind) => say(`kind.${kind}`)],
          [say('guide.use'), 'text', (kind) => say(`guide.use.${kind}`)],
          [say('guide.needs'), 'text', (kind) => say(`guide.needs.${kind}`)],
          [
            say('guide.template'),
            'text',
            (kind) => <TemplateLinks kind={templateOf(kind)} name={say(`kind.${kind}`)} />,
          ],
        ]}
      />
      <div className="row">
        <span className="note">{say('guide.otherTemplates')}</span>
        {others.map((kind) => (
          <span key={kind} className="nowrap">
            {tell(templateTitles[kind])} <TemplateLinks kind={kind} name={tell(templateTitles[kind])} />
          </span>
        ))}
      </div>
    </details>
  );
};

const TemplateLinks = ({ kind, name }: { readonly kind: RecordKind; readonly name: string }) => {
  const { say, language } = useSpeech();
  return (
    <Space size={4}>
      {templateFormats.map((format) => (
        <Button
          key={format}
          size="small"
          href={apiAddress('template', { kind }, { format, language })}
          download
          aria-label={say('guide.templateOf', { kind: name, format: format.toUpperCase() })}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </Space>
  );
};

/** A file that was chosen, with a number of its own: the same file chosen again is read anew. */
interface Chosen {
  readonly file: File;
  readonly id: number;
  /** There was no traffic but the demo's when it was chosen: its queues are new ones, not misspelt. */
  readonly isFirst: boolean;
}

/** Which files come first of several: calls before all that is held against them, people before their leave and rosters. */
const turnOf = (kind: FileKind | undefined): number =>
  kind === 'traffic' || kind === 'calls' ? 0 : kind === 'operators' ? 1 : 2;

/** Files that are read on trial at once; of more, each when it is asked for. */
const mostTriedAtOnce = 20;

/**
 * The files that were chosen: what was taken for each, and what only the planner can say, on one list; then all of them are
 * imported one after the other by one click.
 */
const ChosenFiles = ({
  files,
  imported,
  workspace,
  reload,
  quality,
}: {
  readonly files: readonly Chosen[];
  readonly imported: Set<number>;
  readonly workspace: WorkspaceDocument;
  readonly reload: () => void;
  readonly quality: Quality;
}) => {
  const { say, language } = useSpeech();
  /** Files by their numbers that are being imported one after the other, the one whose turn it is first. */
  const [order, setTurns] = useState<readonly number[]>([]);
  const [known, setStandings] = useState<ReadonlyMap<number, Standing>>(new Map());
  const ids = files.map(({ id }) => id);
  const turns = order.filter((id) => ids.includes(id));
  const standings = new Map([...known].filter(([id]) => ids.includes(id)));
  const [asked, setAsked] = useState(false);
  /** Files that were imported. */
  const [taken, setTaken] = useState<ReadonlySet<number>>(new Set());
  /** Files that are not to be imported after all. */
  const [leftOut, setLeftOut] = useState<ReadonlySet<number>>(new Set());
  const isDone = (i: number): boolean => taken.has(i) || leftOut.has(i);
  /** Files of which the reader has said anything, or that are on their way: leaving would lose that. */
  const [touched, setTouched] = useState<ReadonlySet<number>>(new Set());
  useUnsaved(
    ids.some((i) => touched.has(i) && !isDone(i)),
    ({ page, params }) => page === 'data' && params.get('view') !== 'feeds',
  );
  /** What the reader has agreed to see go is not asked about again with the next file. */
  const agreed = useRef(new Set<string>());
  const isUnderWay = turns.length > 0;
  const isSeen = standings.size === files.length;
  const left = ids.filter((i) => !isDone(i));
  const outCount = ids.filter((i) => leftOut.has(i)).length;
  const namesOf = (of: readonly number[]): string =>
    files.flatMap(({ id, file }) => (of.includes(id) ? [file.name] : [])).join(say('list.comma'));
  const stateOf = (i: number): Standing['state'] => standings.get(i)?.state ?? 'looking';
  const open = left.filter((i) => stateOf(i) === 'open');
  const isOfSeveral = files.length > 1;
  const isTried = files.length <= mostTriedAtOnce;
  const turn = (i: number): number => turnOf(standings.get(i)?.kind);
  const kindsLeft = left.map((i) => standings.get(i)?.kind);
  const demoGoes = demoGoing(workspace, kindsLeft, language);
  const takeAll = (): void => {
    // It stands beside the button: who presses it has been told.
    if (demoGoes !== undefined) agreed.current.add(demoGoes);
    setAsked(true);
    setTurns(left.toSorted((a, b) => turn(a) - turn(b)));
  };
  const others = (i: number): Standing[] =>
    [...standings].flatMap(([at, standing]) => (at === i || leftOut.has(at) ? [] : [standing]));
  return (
    <>
      {isOfSeveral && demoGoes !== undefined && <Alert type="warning" showIcon title={demoGoes} />}
      {isOfSeveral && (
        <div className="row file-take">
          <span>{say('data.chosen', { n: files.length - outCount })}</span>
          <Button
            type="primary"
            loading={isUnderWay || !isSeen || (isTried && left.some((i) => stateOf(i) === 'looking'))}
            disabled={left.length === 0}
            onClick={takeAll}
          >
            {say('data.takeInAll')}
          </Button>
          {!isUnderWay && open.length > 0 && (
            <span className="tag warning">{say('data.openOf', { names: namesOf(open) })}</span>
          )}
          {asked && !isUnderWay && (
            <span role="status">
              {say('data.takenOf', {
                n: ids.filter((i) => taken.has(i)).length,
                all: files.length - outCount,
              })}
              {left.length > 0 && say('data.notTaken', { names: namesOf(left) })}
            </span>
          )}
        </div>
      )}
      {files.map(({ file, id: i, isFirst }) => (
        <FilePanel
          key={i}
          file={file}
          workspace={workspace}
          reload={reload}
          quality={quality}
          isOfSeveral={isOfSeveral}
          isLeftOut={leftOut.has(i)}
          leaveOut={(isOut) => {
            setTurns((before) => before.filter((each) => each !== i));
            setLeftOut(
              (before) => new Set(isOut ? [...before, i] : [...before].filter((each) => each !== i)),
            );
          }}
          isTried={isTried && isSeen}
          isTurn={turns[0] === i}
          settled={() => setTurns((before) => before.filter((each) => each !== i))}
          told={(standing) => setStandings((before) => new Map(before).set(i, standing))}
          agreed={agreed.current}
          othersTaken={isUnderWay ? 0 : [...taken].filter((at) => at !== i).length}
          awaitsPeople={
            standings.get(i)?.kind !== 'operators' && others(i).some(({ kind }) => kind === 'operators')
          }
          touched={() => setTouched((before) => new Set([...before, i]))}
          taken={() => {
            imported.add(i);
            setTaken((before) => new Set([...before, i]));
          }}
          likelyOrder={likelyOrderOf(
            others(i).map(({ dateOrder }) => dateOrder),
            workspace.hotline.zone,
          )}
          awaited={others(i).flatMap(({ kind, queues }) => (turnOf(kind) === 0 ? queues : []))}
          isFirst={isFirst}
        />
      ))}
    </>
  );
};

/** How good the stored data are and how far they carry; beside each lack what mends it. */
const QualityPanel = ({
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
              <Doubts report={found} again={retry} />
              <Behaviour report={found} />
              <Carries report={found} />
            </>
          )
        }
      </LoadedView>
    </Panel>
  );
};

const Doubts = ({ report: { said }, again }: { readonly report: DataReport; readonly again: () => void }) => {
  const { say, tell } = useSpeech();
  if (said.length === 0) return <p className="note">{say('quality.noDoubts')}</p>;
  return (
    <>
      <h3>{say('quality.doubts')}</h3>
      <ul>
        {said.map((each, i) => (
          <li key={i}>
            {tell(each)} <DifferentCalls said={each} done={again} />
          </li>
        ))}
      </ul>
      <p className="note">{say('quality.again')}</p>
    </>
  );
};

/** What is known of how callers and operators behave: measured from so many calls, or assumed. */
const Behaviour = ({ report }: { readonly report: DataReport }) => {
  const { say, tell, format } = useSpeech();
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
        stacks
        rows={report.queues}
        columns={[
          [say('calls.queue'), 'text', ({ name }) => tell(name)],
          [
            say('quality.days'),
            'number',
            ({ daysWithCalls }) => say('quality.daysOf', { n: daysWithCalls, all: report.days }),
          ],
          ...kinds.map(([kind, ground]): Column<DataReport['queues'][number]> => [
            say(`ground.${ground}`),
            'text',
            (row) => {
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
          ]),
        ]}
      />
    </>
  );
};

const daysOfShape = 56;
const daysOfYear = 365;

const isInNoTier = (said: DataReport['said'][number]): boolean =>
  'code' in said && said.code === 'people-in-no-tier';

interface Carried {
  readonly use: string;
  readonly has: string;
  readonly far: string;
  /** The file that would carry further. */
  readonly lacks: RecordKind | undefined;
}

/** How far the data carry each thing that is planned with them, with a file to fill in where they do not. */
const Carries = ({ report: { days, feeds, refusals, said } }: { readonly report: DataReport }) => {
  const { say, language, format } = useSpeech();
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
          : say('quality.notYet', { why: problemOnPage(refused, language).message }),
      lacks: days < daysOfYear ? 'traffic' : undefined,
    },
    ...beside.map(({ use, n, template }) => ({
      use: say(`quality.for.${use}`),
      has: say(`quality.has.${use}`, { n, testCalls: feeds.testCalls, results: feeds.results }),
      far: say(
        n === 0
          ? `quality.without.${use}`
          : `quality.state.${use === 'roster' && said.some(isInNoTier) ? 'tierless' : 'full'}`,
      ),
      lacks: n > 0 ? undefined : template,
    })),
  ];
  return (
    <>
      <h3>{say('quality.carries')}</h3>
      <PlainTable
        label={say('quality.carries')}
        stacks
        rows={rows}
        columns={[
          [say('quality.use'), 'text', ({ use }) => use],
          [say('quality.has'), 'number', ({ has }) => has],
          [say('quality.far'), 'text', ({ far }) => far, { wide: true }],
          [
            say('guide.template'),
            'text',
            ({ lacks, use }) =>
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
          ],
        ]}
      />
    </>
  );
};
