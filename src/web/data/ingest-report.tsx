import { Alert, Button, InputNumber } from 'antd';
import { useState } from 'react';
import type { IngestDocument } from '../../contract/documents/ingest-document.ts';
import type { DataReport } from '../../contract/http/file-documents.ts';
import { modelVersion } from '../../contract/http/model-name.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { ingestWords } from '../../words/terminal.ts';
import { minutesAndSeconds } from '../../words/phrases.ts';
import { strangersIn } from '../../render/documents/ingest-text.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { useChange } from '../ui/change.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { ProblemLines, problemOnPage, ProblemsTable } from '../ui/problems-table.tsx';
import { ProblemView } from '../ui/states.tsx';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import type { ColumnChoice } from './column-map.ts';
import { type Chosen, remediesOf, type Remedy } from './remedies.ts';

/** What keeps next week from being planned, and what is doubted; undefined: not known yet. */
export type Quality = Pick<DataReport, 'refusals' | 'said'> | undefined;

/** Rows of all files by what became of them: those left out are bad, or totals and the like. */
export const rowCounts = ({ files }: Pick<IngestDocument, 'files'>) => {
  const sum = (...fields: ('rows' | 'accepted' | 'rejected' | 'dropped' | 'duplicates')[]): number =>
    files.reduce((total, file) => fields.reduce((n, field) => n + file[field], total), 0);
  return {
    rows: sum('rows'),
    accepted: sum('accepted'),
    rejected: sum('rejected', 'dropped'),
    duplicates: sum('duplicates'),
  };
};

/** Whether no row of the files can be used, though there are some. */
export const holdsNothing = (report: Pick<IngestDocument, 'files'>): boolean => {
  const { rows, accepted, duplicates } = rowCounts(report);
  return rows > 0 && accepted + duplicates === 0;
};

/** What came of reading a file: counts, gaps, problems, and the way on. */
export const IngestReport = ({
  report,
  workspace,
  quality,
  reload,
  isBrief = false,
}: ReportProps & {
  readonly quality: Quality;
  readonly reload: () => void;
  /** Its tables are shown elsewhere; of what was found what a planner may want to change. */
  readonly isBrief?: boolean;
}) => {
  const { say, tell, language, format } = useSpeech();
  const counts = Object.fromEntries(
    Object.entries(rowCounts(report)).map(([name, n]) => [name, format.count(n)]),
  ) as Record<keyof ReturnType<typeof rowCounts>, string>;
  const isNothing = holdsNothing(report);
  /** Days that are on record: the figures of both sides stand where the rows are counted. */
  const over = report.problems.filter(({ rule }) => rule === 'file-over-record');
  // What goes with the made-up line is said beside the button.
  const warnings = report.problems.filter(
    ({ severity, rule }) => severity === 'warning' && rule !== 'made-up-line-goes',
  );
  // Plans and rosters rest on it, though it keeps nobody from importing.
  const tiers = report.problems.filter(({ rule }) => rule === 'tiers-from-skills');
  const text = isNothing
    ? say(over.length > 0 ? 'report.onRecord' : 'report.nothing', counts)
    : say(report.dryRun ? 'report.dry' : 'report.done', counts);
  const strangers = strangersIn(report);
  const holdsCalls = !report.dryRun && (report.kind === 'traffic' || report.kind === 'calls');
  const twice = holdsCalls ? (quality?.said.filter(isCountedTwice) ?? []) : [];
  const span =
    report.firstDate !== null &&
    report.lastDate !== null &&
    say('report.span', { from: format.date(report.firstDate), to: format.date(report.lastDate) });
  return (
    <div className="report" data-testid="ingest-report">
      <Alert
        type={
          isNothing || twice.length + over.length + warnings.length > 0 || asksStill(report)
            ? 'warning'
            : 'success'
        }
        showIcon
        role="status"
        title={
          <>
            {text} {isBrief && span !== false && <span className="note">{span}</span>}
            {!isBrief && <ProblemLines problems={over} />}
            {isBrief && <ProblemLines problems={tiers} />}
            {strangers.rows > 0 && <div>{ingestWords.strangers[language](strangers)}</div>}
          </>
        }
        description={
          isBrief && report.dryRun && warnings.length === 0 ? undefined : (
            <>
              {isBrief && <ProblemLines problems={warnings} />}
              {!isBrief && span !== false && <div>{span}</div>}
              {!report.dryRun && (
                <div>
                  {say('report.stored', {
                    added: format.count(report.stored.added),
                    changed: format.count(report.stored.changed),
                    unchanged: format.count(report.stored.unchanged),
                  })}
                </div>
              )}
              {twice.map((each) => (
                <div key={JSON.stringify(each)}>
                  {tell(each)} <DifferentCalls said={each} done={reload} />
                </div>
              ))}
              {holdsCalls && workspace.nextWeek !== null && (
                <NextStep refusals={quality?.refusals} week={workspace.nextWeek} />
              )}
            </>
          )
        }
      />
      {!isBrief && <ReportTables report={report} workspace={workspace} />}
    </div>
  );
};

const isCountedTwice = (said: Sayable): boolean => 'code' in said && said.code === 'calls-counted-twice';

/** The word that queues whose days are alike hold different calls, where that is what is said: kept for good. */
export const DifferentCalls = ({ said, done }: { readonly said: Sayable; readonly done: () => void }) => {
  const { say } = useSpeech();
  const { busy, problem, send } = useChange();
  if (!isCountedTwice(said) || !may('putModel')) return null;
  const { keys = [] } = ('values' in said ? said.values : {}) as { keys?: string[] };
  const keep = async (): Promise<void> => {
    const hotline = (await callApi('model', { params: { model: 'hotline' } })) as HotlineModel;
    await callApi('putModel', {
      params: { model: 'hotline' },
      body: { ...hotline, differentCalls: [...(hotline.differentCalls ?? []), keys] },
      version: await modelVersion('hotline', hotline),
    });
    done();
  };
  return (
    <>
      <Button size="small" disabled={busy} onClick={() => void send(keep)}>
        {say('quality.different')}
      </Button>
      {problem !== undefined && <ProblemView problem={problem} />}
    </>
  );
};

interface ReportProps {
  readonly report: IngestDocument;
  readonly workspace: WorkspaceDocument;
}

/** What the figures come to, what is not there, and all that was found. */
export const ReportTables = ({ report, workspace }: ReportProps) => {
  const { tell } = useSpeech();
  const nameOf = (key: string): string => {
    const name = workspace.hotline.queues.find(({ queue }) => queue === key)?.name;
    return name === undefined ? key : tell(name);
  };
  return (
    <>
      {report.measured.length > 0 && <Measured report={report} nameOf={nameOf} />}
      {report.gaps.length > 0 && <Gaps report={report} nameOf={nameOf} />}
      {report.problems.length > 0 && <ProblemsTable problems={report.problems} />}
    </>
  );
};

/** The way on to a plan, or what keeps the planner from one; nothing as long as that is not known. */
const NextStep = ({
  refusals,
  week,
}: {
  readonly refusals: DataReport['refusals'] | undefined;
  readonly week: string;
}) => {
  const { say, language } = useSpeech();
  const [first] = refusals ?? [];
  if (first !== undefined)
    return <div>{say('quality.notYet', { why: problemOnPage(first, language).message })}</div>;
  return refusals === undefined ? null : <a href={placeHref('plan', { week })}>{say('report.goOn')}</a>;
};

/** What the figures come to: anyone who knows the line sees a wrong unit at once. */
interface OfQueues {
  readonly report: IngestDocument;
  readonly nameOf: (queue: string) => string;
}

const Measured = ({ report, nameOf }: OfQueues) => {
  const { say, language, format } = useSpeech();
  const time = (seconds: number | null): string =>
    seconds === null ? '–' : minutesAndSeconds(seconds, language);
  return (
    <PlainTable
      label={say('report.measured')}
      rows={report.measured.slice(0, 50)}
      columns={[
        [say('calls.queue'), 'text', ({ queue }) => nameOf(queue)],
        [
          say('report.callsPerDay'),
          'number',
          ({ callsPerDay }) => format.decimal(callsPerDay, callsPerDay < 10 ? 1 : 0),
        ],
        [say('report.handle'), 'number', ({ handleSeconds }) => time(handleSeconds)],
        [say('report.wait'), 'number', ({ waitSeconds }) => time(waitSeconds)],
      ]}
    />
  );
};

const Gaps = ({ report, nameOf }: OfQueues) => {
  const { say } = useSpeech();
  return (
    <details>
      <summary>{say('report.gaps', { n: report.gaps.length })}</summary>
      <PlainTable
        label={say('report.gaps', { n: report.gaps.length })}
        rows={report.gaps.slice(0, 100)}
        columns={[
          [say('calls.queue'), 'text', (gap) => nameOf(gap.queue)],
          [say('data.from'), 'text', (gap) => gap.from],
          [say('data.to'), 'text', (gap) => gap.to],
          [say('report.intervals'), 'number:0', (gap) => gap.intervals],
          [say('report.taken'), 'text', (gap) => say(`absent.${gap.taken}`)],
        ]}
      />
    </details>
  );
};

/** Findings that a file is not used as it was meant: they are asked about where they are seen, though it can be imported. */
export const asksStill = ({ problems }: Pick<IngestDocument, 'problems'>): boolean =>
  problems.some(({ rule }) =>
    ['needed-columns-left-out', 'mean-without-answered', 'operator-not-on-books'].includes(rule),
  );

const mostShown = 10;

/** What can be done about a file's problems with what the page has: a button each, which reads the file again. */
export const RemedyButtons = ({
  problems,
  chosen,
  take,
}: {
  readonly problems: ProblemDetails['problems'];
  readonly chosen: Chosen;
  readonly take: (remedy: Remedy) => void;
}) => {
  const speech = useSpeech();
  const named = new Map(remediesOf(problems, chosen).map((remedy) => [remedy.label(speech), remedy]));
  if (named.size === 0) return null;
  return (
    <div className="row" role="group" aria-label={speech.say('remedy.title')}>
      <span className="note">{speech.say('remedy.title')}</span>
      {[...named].slice(0, mostShown).map(([label, remedy]) =>
        remedy.typed === undefined ? (
          <Button key={label} size="small" onClick={() => take(remedy)}>
            {label}
          </Button>
        ) : (
          <TypedRemedy key={label} label={label} remedy={remedy} typed={remedy.typed} take={take} />
        ),
      )}
    </div>
  );
};

/** A choice that goes with a figure. */
const TypedRemedy = ({
  label,
  remedy,
  typed: { first, most },
  take,
}: {
  readonly label: string;
  readonly remedy: Remedy;
  readonly typed: NonNullable<Remedy['typed']>;
  readonly take: (remedy: Remedy) => void;
}) => {
  const { say } = useSpeech();
  const [value, setValue] = useState<number | null>(first);
  const isGood = value !== null && value > 0 && value <= most;
  const choice = (before: ColumnChoice): ColumnChoice => remedy.choice?.(before, value ?? first) ?? before;
  return (
    <label className="row">
      {label}
      <InputNumber size="small" aria-label={label} value={value} onChange={setValue} />
      <Button size="small" disabled={!isGood} onClick={() => take({ ...remedy, choice })}>
        {say('remedy.takeFigure')}
      </Button>
    </label>
  );
};
