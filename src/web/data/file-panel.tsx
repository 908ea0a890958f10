import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import type { IngestDocument } from '../../contract/documents/ingest-document.ts';
import { fileKinds, type FileKind, type GuessDocument } from '../../contract/http/file-documents.ts';
import { type ProblemDetails } from '../../contract/http/problem-details.ts';
import { type WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf, useLoad } from '../api/use-load.ts';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';
import { firstChoice, headOf, mapOfChoice, missingFields } from './column-map.ts';
import { ColumnsTable } from './columns-table.tsx';
import { IngestReport } from './ingest-report.tsx';

interface FileProps {
  readonly file: File;
  readonly workspace: WorkspaceDocument;
  readonly reload: () => void;
}

/** One dropped file: what it seems to be, corrections, the dry run's report, and taking it in. */
export const FilePanel = (props: FileProps) => {
  const { say } = useSpeech();
  const { file } = props;
  const [kind, setKind] = useState<FileKind>();
  const [guess, retry] = useLoad(kind ?? 'auto', (signal) =>
    callApi('guessFile', { query: { name: file.name, kind }, file: headOf(file), signal }),
  );
  return (
    <div className="file">
      <h3>{file.name}</h3>
      <LoadedView loaded={guess} retry={retry}>
        {(value) => (
          <>
            <div className="row">
              <label htmlFor="file-kind">{say('file.kind')}</label>
              <Select
                id="file-kind"
                value={value.kind}
                style={{ minWidth: 180 }}
                options={fileKinds.map((each) => ({ value: each, label: say(`kind.${each}`) }))}
                onChange={setKind}
              />
              <span className="note">
                {say('file.looks', { format: value.format.toUpperCase(), encoding: value.encoding, line: value.headingLine })}
                {value.timeReadAs !== null && ` · ${say('file.time', { ...value.timeReadAs })}`}
              </span>
            </div>
            <Corrections key={value.kind} {...props} guess={value} />
          </>
        )}
      </LoadedView>
    </div>
  );
};

type Absent = 'auto' | 'gap' | 'zero';

const Corrections = ({ file, workspace, reload, guess }: FileProps & { readonly guess: GuessDocument }) => {
  const { say, tell } = useSpeech();
  const [choice, setChoice] = useState(() => firstChoice(guess, workspace.hotline.zone));
  const [absent, setAbsent] = useState<Absent>('auto');
  const [skipBadRows, setSkip] = useState(false);
  const [report, setReport] = useState<IngestDocument>();
  const [problem, setProblem] = useState<ProblemDetails>();
  const [busy, setBusy] = useState(false);
  const missing = missingFields(guess, choice);
  const send = async (dryRun: boolean): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    setReport(undefined);
    try {
      const answer = await callApi('ingestFile', {
        query: {
          name: file.name,
          kind: guess.kind,
          map: JSON.stringify(mapOfChoice(guess, choice)),
          zone: choice.zone,
          absent,
          skipBadRows: String(skipBadRows),
          dryRun: String(dryRun),
        },
        file,
      });
      setReport(answer);
      if (!dryRun) reload();
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ColumnsTable guess={guess} choice={choice} change={setChoice} />
      <div className="form-grid">
        {!choice.fields.includes('queue') && guess.fields.some(({ field }) => field === 'queue') && (
          <label>
            {say('file.queue')}
            <Select
              aria-label={say('file.queue')}
              value={choice.queue === '' ? null : choice.queue}
              placeholder={say('file.chooseQueue')}
              options={workspace.hotline.queues.map((queue) => ({ value: queue.queue, label: tell(queue.name) }))}
              onChange={(queue: string) => setChoice({ ...choice, queue })}
            />
          </label>
        )}
        <label>
          {say('file.zone')}
          <Select
            aria-label={say('file.zone')}
            showSearch
            value={choice.zone}
            options={[...new Set([workspace.hotline.zone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].map((zone) => ({ value: zone, label: zone }))}
            onChange={(zone: string) => setChoice({ ...choice, zone })}
          />
        </label>
        <label>
          {say('file.absent')}
          <Select<Absent>
            aria-label={say('file.absent')}
            value={absent}
            options={(['auto', 'gap', 'zero'] as const).map((rule) => ({ value: rule, label: say(`absent.${rule}`) }))}
            onChange={setAbsent}
          />
        </label>
        <label className="check">
          <input type="checkbox" checked={skipBadRows} onChange={(event) => setSkip(event.target.checked)} /> {say('file.skip')}
        </label>
      </div>
      {missing.length > 0 && <Alert type="warning" showIcon title={say('file.missing', { fields: missing.join(', ') })} />}
      {workspace.madeUp && (guess.kind === 'traffic' || guess.kind === 'calls') && (
        <Alert type="warning" showIcon title={say('file.replacesMadeUp')} />
      )}
      <div className="row">
        <Button disabled={missing.length > 0} loading={busy} onClick={() => void send(true)}>
          {say('file.check')}
        </Button>
        <Button type="primary" disabled={missing.length > 0} loading={busy} onClick={() => void send(false)}>
          {say('file.takeIn')}
        </Button>
      </div>
      {problem !== undefined && <ProblemView problem={problem} />}
      {report !== undefined && <IngestReport report={report} workspace={workspace} />}
    </>
  );
};
