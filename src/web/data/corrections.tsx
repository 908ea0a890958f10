import { Alert, Button, Select } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { IngestDocument } from '../../contract/documents/ingest-document.ts';
import { type DurationUnit, durationUnits } from '../../contract/duration-units.ts';
import type { GuessDocument } from '../../contract/http/file-documents.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { callOutcomes, type FileKind } from '../../kernel/records.ts';
import type { Language } from '../../kernel/text.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf } from '../api/use-load.ts';
import { PlainTable } from '../ui/plain-table.tsx';
import { problemOnPage } from '../ui/problems-table.tsx';
import { ProblemView } from '../ui/states.tsx';
import { isWordKey, type PlainKey, useSpeech } from '../words/words.tsx';
import {
  type ColumnChoice,
  type Handling,
  isDuration,
  mapOfChoice,
  missingFields,
  outcomeValues,
  spreadsDays,
} from './column-map.ts';
import { HandlingFields } from './handling-fields.tsx';
import { asksStill, IngestReport, type Quality, RemedyButtons, ReportTables } from './ingest-report.tsx';
import type { Chosen, Remedy } from './remedies.ts';

interface CorrectionsProps {
  readonly file: File;
  readonly workspace: WorkspaceDocument;
  readonly reload: () => void;
  readonly quality: Quality;
  readonly guess: GuessDocument;
  /** All that has been said about the file, and what may be said. */
  readonly chosen: Chosen;
  readonly choice: ColumnChoice;
  readonly changeChoice: (choice: ColumnChoice) => void;
  readonly handling: Handling;
  readonly change: (handling: Handling) => void;
  /** A remedy was chosen. */
  readonly take: (remedy: Remedy) => void;
  /** Answers the next question of which the answer is likely known, and has the file read again; false: there is none. */
  readonly takeLikeliest: (problems: ProblemDetails['problems']) => boolean;
  /** How often the file was to be read on trial without being asked by hand. */
  readonly trials: number;
  readonly isOfSeveral: boolean;
  /** Its turn has come where several files are imported. */
  readonly isTurn: boolean;
  readonly settled: () => void;
  readonly touched: () => void;
  readonly taken: () => void;
  readonly agreed: Set<string>;
  readonly awaited: readonly string[];
  readonly awaitsPeople: boolean;
  readonly stands: (state: 'looking' | 'open' | 'ready') => void;
  /** How the file's text and headings are read. */
  readonly children: ReactNode;
}

/** What a file's columns and rows mean, the trial's report with what can be done about it, and taking it in. */
export const Corrections = (props: CorrectionsProps) => {
  const { file, workspace, reload, guess, chosen, choice, trials, isTurn, settled, isOfSeveral } = props;
  const { say, language, format } = useSpeech();
  const [report, setReport] = useState<IngestDocument>();
  const [problem, setProblem] = useState<ProblemDetails & { readonly wasTrial: boolean }>();
  const [metProblems, setMet] = useState<ProblemDetails['problems']>([]);
  const [busy, setBusy] = useState<'trial' | 'taking'>();
  const running = useRef<AbortController>(undefined);
  const nameOf = useFieldName();
  const missing = missingFields(guess, choice);
  const outcomes = outcomeValues(guess, metProblems);
  const send = async (dryRun: boolean): Promise<void> => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    setBusy(dryRun ? 'trial' : 'taking');
    setProblem(undefined);
    setReport(undefined);
    try {
      const answer = await callApi('ingestFile', {
        query: { name: file.name, kind: guess.kind, ...queryOf(props), dryRun: String(dryRun) },
        file,
        signal,
      });
      if (signal.aborted) return;
      setReport(answer);
      props.stands('ready');
      if (!dryRun) {
        props.taken();
        reload();
      }
    } catch (error) {
      if (signal.aborted) return;
      const found = problemOf(error);
      setProblem({ ...found, wasTrial: dryRun });
      setMet((met) => [...met, ...(found.problems ?? [])]);
    } finally {
      if (!signal.aborted) setBusy(undefined);
    }
  };
  const [question, setQuestion] = useState<{
    readonly words: string;
    readonly go: () => void;
    readonly no: () => void;
  }>();
  const answer = (go: () => void): void => {
    setQuestion(undefined);
    go();
  };
  const demoGoes = demoGoing(workspace, [guess.kind], language);
  /** What stands there that the file would take the place of; undefined: nothing that has to be asked about. */
  const inTheWay = async (): Promise<string | undefined> => {
    if (demoGoes !== undefined && (workspace.traffic.length > 0 || workspace.plans.length > 0))
      return demoGoes;
    if (guess.kind !== 'roster') return undefined;
    const published = (await callApi('rosters')).find(({ publishedAt }) => publishedAt !== null);
    return published === undefined
      ? undefined
      : say('file.overPublished', { from: format.date(published.from), to: format.date(published.to) });
  };
  const takeIn = async (done: () => void): Promise<void> => {
    props.touched();
    const go = (): void => void send(false).finally(done);
    const words = await inTheWay().catch(() => undefined);
    if (words === undefined || props.agreed.has(words)) return go();
    const agree = (): void => {
      props.agreed.add(words);
      go();
    };
    return setQuestion({ words, go: agree, no: done });
  };
  useEffect(() => {
    if (trials > 0) {
      props.stands('looking');
      if (missing.length === 0) void send(true);
      else if (!props.takeLikeliest(missing.map(asProblem))) props.stands('open');
    }
    return () => running.current?.abort();
    // Only a new trial reads the file again: what else has changed waits for a click.
  }, [trials]);
  /** All that is wrong is a name that comes with a file which is imported before this one. */
  const isAwaited =
    problem?.problems.some(({ severity }) => severity === 'error') === true &&
    problem.problems.every(
      ({ rule, severity, value }) =>
        severity !== 'error' ||
        (rule === 'unknown-queue' && props.awaited.includes(value ?? '')) ||
        (rule === 'name-not-on-books' && props.awaitsPeople),
    );
  useEffect(() => {
    if (problem === undefined) return;
    if (isAwaited) props.stands('ready');
    else if (!(problem.wasTrial && props.takeLikeliest(problem.problems))) props.stands('open');
  }, [problem]);
  useEffect(() => {
    if (!isTurn) return;
    if (missing.length > 0) settled();
    else void takeIn(settled);
    // Its turn comes once: what stands there then is what is sent.
  }, [isTurn]);
  const found = problem?.problems ?? report?.problems ?? missing.map(asProblem);
  const buttons = (
    <div className="row file-take">
      <Button
        disabled={missing.length > 0 || busy === 'taking'}
        loading={busy === 'trial'}
        onClick={() => void send(true)}
      >
        {say('file.check')}
      </Button>
      {/* Who needs no trial may take the file in while one is under way: it is broken off. */}
      <Button
        type="primary"
        disabled={missing.length > 0}
        loading={busy === 'taking'}
        onClick={() => void takeIn(() => undefined)}
      >
        {say('file.takeIn')}
      </Button>
    </div>
  );
  const told =
    report?.dryRun === true
      ? { ...report, problems: report.problems.filter((each) => !isOfBatch(each, props)) }
      : report;
  const awaitsOthers =
    told !== report &&
    report?.problems.some((each) => each.rule !== 'history-too-short' && isOfBatch(each, props)) === true;
  // The trial's report would pass for the import that is still asked about.
  const shown = question === undefined ? told : undefined;
  const remedies = <RemedyButtons problems={found} chosen={chosen} take={props.take} />;
  const isSettled = isOfSeveral && (isAwaited || (told !== undefined && !asksStill(told)));
  const columns = (
    <>
      {isOfSeveral && props.children}
      {isOfSeveral && buttons}
      {isSettled && remedies}
      {isOfSeveral && shown !== undefined && <ReportTables report={shown} workspace={workspace} />}
      <ColumnsTable guess={guess} choice={choice} change={props.changeChoice} />
      <HandlingFields {...props} met={metProblems} />
    </>
  );
  return (
    <>
      {!isOfSeveral && props.children}
      {missing.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={say('file.missing', { fields: missing.map(nameOf).join(say('list.comma')) })}
        />
      )}
      {demoGoes !== undefined && question === undefined && !isOfSeveral && (
        <Alert type="warning" showIcon title={demoGoes} />
      )}
      {!isOfSeveral && buttons}
      {question !== undefined && (
        <div ref={intoSight}>
          <Alert
            type="warning"
            role="alert"
            showIcon
            title={question.words}
            action={
              <span className="row">
                <Button onClick={() => answer(question.no)}>{say('file.takeInNo')}</Button>
                <Button danger onClick={() => answer(question.go)}>
                  {say('file.takeInYes')}
                </Button>
              </span>
            }
          />
        </div>
      )}
      {!isSettled && remedies}
      {(isAwaited || awaitsOthers) && <Alert type="info" showIcon title={say('file.awaits')} />}
      {!isAwaited && problem !== undefined && <ProblemView problem={problem} />}
      {shown !== undefined && <IngestReport {...props} report={shown} isBrief={isOfSeveral} />}
      {outcomes.length > 0 && choice.fields.includes('outcome') && (
        <OutcomesTable values={outcomes} choice={choice} change={props.changeChoice} />
      )}
      {isOfSeveral ? (
        <details>
          <summary>{say('file.how', { kind: say(`kind.${guess.kind}`) })}</summary>
          {columns}
        </details>
      ) : (
        columns
      )}
    </>
  );
};

/** What a trial says of this file alone, and files that are imported before it settle: its people, its queues, more days. */
export const isOfBatch = (
  { rule, values }: Pick<ProblemDetails['problems'][number], 'rule' | 'values'>,
  { awaitsPeople, awaited }: Pick<CorrectionsProps, 'awaitsPeople' | 'awaited'>,
): boolean => {
  if (rule === 'operator-not-on-books') return awaitsPeople;
  if (rule === 'history-too-short') return awaited.length > 0;
  const skills = rule === 'skills-name-no-queue' ? (values as { said: readonly string[] }).said : [];
  return skills.length > 0 && skills.every((skill) => awaited.includes(skill));
};

/** That the made-up line goes with what files hold; undefined where it does not. */
export const demoGoing = (
  { madeUp }: WorkspaceDocument,
  kinds: readonly (FileKind | undefined)[],
  language: Language,
): string | undefined =>
  madeUp && kinds.some((kind) => kind === 'traffic' || kind === 'calls')
    ? problemOnPage({ rule: 'made-up-line-goes', severity: 'notice' }, language).message
    : undefined;

const intoSight = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });

/** A required column that is not there yet, before the file is sent. */
const asProblem = (field: string): ProblemDetails['problems'][number] => ({
  rule: 'missing-column',
  severity: 'error',
  values: { field },
});

const queryOf = ({
  guess,
  chosen: { reading },
  handling,
  choice,
}: CorrectionsProps): Readonly<Record<string, string | undefined>> => ({
  encoding: reading.encoding,
  sheet: reading.sheet,
  map: JSON.stringify(mapOfChoice(guess, choice, handling)),
  zone: choice.zone,
  absent: handling.absent,
  attribution: handling.atEnd ? 'end' : 'arrival',
  dayShape: spreadsDays(guess, handling) ? 'usual' : undefined,
  skipBadRows: String(handling.skipBadRows),
  acceptUnusual: String(handling.acceptUnusual),
  addHotlines: String(handling.addHotlines),
  addQueues: String(handling.addQueues),
  overlap: handling.overlap,
});

const sureFrom = 0.8;

/** A field's name in words, where the dictionary has one. */
const useFieldName = (): ((field: string) => string) => {
  const { say } = useSpeech();
  return (field) => {
    const key = `field.${field}`;
    const [, indicator] = field.split(/^indicator:/);
    if (indicator !== undefined) return say('file.indicator', { name: indicator });
    return isWordKey(key) ? say(key as PlainKey) : field;
  };
};

/** Every column with its samples and the field that it is taken for, to be corrected. */
const ColumnsTable = ({
  guess,
  choice,
  change,
}: {
  readonly guess: GuessDocument;
  readonly choice: ColumnChoice;
  readonly change: (choice: ColumnChoice) => void;
}) => {
  const { say } = useSpeech();
  const nameOf = useFieldName();
  const options = [
    { value: '', label: say('file.unused') },
    ...guess.fields.map(({ field, required }) => ({
      value: field,
      label: `${nameOf(field)}${required ? ' *' : ''}`,
    })),
    ...guess.columns.flatMap(({ field }) =>
      field?.startsWith('indicator:') === true ? [{ value: field, label: nameOf(field) }] : [],
    ),
  ];
  const set = (at: number, field: string): void =>
    change({
      ...choice,
      fields: choice.fields.map((each, i) => (i === at ? (field === '' ? null : field) : each)),
    });
  const places = guess.columns.map((column, at) => ({ ...column, at }));
  const isUsed = ({ at }: Placed): boolean => choice.fields[at] != null;
  // A column keeps its place while a field is chosen for it: what the guess left out is folded.
  const [folded] = useState(() => new Set(places.filter((each) => !isUsed(each)).map(({ at }) => at)));
  const open = places.filter(({ at }) => !folded.has(at));
  const rest = places.filter(({ at }) => folded.has(at));
  // What has been opened stays open, whatever is chosen there.
  const [isOpen, setOpen] = useState(open.length === 0 || missingFields(guess, choice).length > 0);
  const table = (rows: readonly Placed[], label: string) => (
    <PlainTable
      label={label}
      rows={rows}
      keyOf={(column) => `${column.name}${column.at}`}
      columns={[
        [say('file.column'), 'text', (column) => column.name],
        [
          say('file.field'),
          'text',
          (column) => (
            <Select
              aria-label={say('file.fieldOf', { column: column.name })}
              value={choice.fields[column.at] ?? ''}
              style={{ minWidth: 190 }}
              options={options}
              onChange={(field: string) => set(column.at, field)}
            />
          ),
        ],
        [
          say('file.unit'),
          'text',
          (column) =>
            isDuration(guess, choice.fields[column.at]) ? (
              <Select<DurationUnit>
                aria-label={say('file.unitOf', { column: column.name })}
                value={choice.units[column.at] ?? 'seconds'}
                style={{ minWidth: 120 }}
                options={durationUnits.map((unit) => ({ value: unit, label: say(`unit.${unit}`) }))}
                onChange={(unit) =>
                  change({
                    ...choice,
                    units: choice.units.map((each, at) => (at === column.at ? unit : each)),
                  })
                }
              />
            ) : (
              ''
            ),
        ],
        [
          say('file.sure'),
          'text',
          (column) => {
            if (column.field === null) return '';
            const isSure = column.confidence >= sureFrom && (column.unit ?? 'seconds') === 'seconds';
            return (
              <span className={`tag ${isSure ? 'good' : 'warning'}`}>
                {say(isSure ? 'file.sureYes' : 'file.sureNo')}
              </span>
            );
          },
        ],
        [say('file.samples'), 'text', (column) => column.samples.slice(0, 4).join(' · '), { wide: true }],
      ]}
    />
  );
  const more = say('file.unusedColumns', { n: rest.filter((each) => !isUsed(each)).length });
  return (
    <>
      {open.length > 0 && table(open, say('file.columns'))}
      {rest.length > 0 && (
        <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary>{more}</summary>
          {table(rest, more)}
        </details>
      )}
    </>
  );
};

type Placed = GuessDocument['columns'][number] & { readonly at: number };

/** Every result that the file's call records have, and what it means: no map file has to be written for it. */
const OutcomesTable = ({
  values,
  choice,
  change,
}: {
  readonly values: readonly string[];
  readonly choice: ColumnChoice;
  readonly change: (choice: ColumnChoice) => void;
}) => {
  const { say } = useSpeech();
  const options = [
    ...callOutcomes.map((outcome) => ({ value: outcome as string, label: say(`outcome.${outcome}`) })),
    { value: '', label: say('outcome.drop') },
  ];
  const shown = (value: string): string => (value === '' ? say('outcome.empty') : value);
  return (
    <PlainTable
      label={say('file.outcomes')}
      rows={values}
      keyOf={(value) => value}
      columns={[
        [say('file.outcome'), 'text', shown],
        [
          say('file.outcomeMeans'),
          'text',
          (value) => (
            <Select
              aria-label={say('file.outcomeOf', { value: shown(value) })}
              value={choice.outcomes[value] ?? null}
              placeholder={say('file.outcomeChoose')}
              style={{ minWidth: 220 }}
              options={options}
              onChange={(outcome: string) =>
                change({ ...choice, outcomes: { ...choice.outcomes, [value]: outcome } })
              }
            />
          ),
        ],
      ]}
    />
  );
};
