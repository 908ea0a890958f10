import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import type { IngestDocument } from '../../contract/documents/ingest-document.ts';
import { fileKinds, type FileKind } from '../../contract/file-kinds.ts';
import type { GuessDocument } from '../../contract/http/file-documents.ts';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf, useLoad } from '../api/use-load.ts';
import { LoadedView, ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';
import { firstChoice, headOf, mapOfChoice, missingFields, outcomeValues } from './column-map.ts';
import { ColumnsTable, useFieldName } from './columns-table.tsx';
import { IngestReport } from './ingest-report.tsx';
import { OutcomesTable } from './outcomes-table.tsx';

interface FileProps {
  readonly file: File;
  readonly workspace: WorkspaceDocument;
  readonly reload: () => void;
}

/** One dropped file: what it seems to be, corrections, the dry run's report, and taking it in. */
export const FilePanel = (props: FileProps) => {
  const { say, tell } = useSpeech();
  const { file } = props;
  const [kind, setKind] = useState<FileKind>();
  const [encoding, setEncoding] = useState<string>();
  const [sheet, setSheet] = useState<string>();
  const [preset, setPreset] = useState<string>();
  const [noHeadings, setNoHeadings] = useState(false);
  const known = [kind, encoding, sheet, preset, noHeadings].join('|');
  const [guess, retry] = useLoad(known, (signal) =>
    callApi('guessFile', {
      query: { name: file.name, kind, encoding, sheet, preset, noHeadings: String(noHeadings) },
      file: headOf(file),
      signal,
    }),
  );
  return (
    <div className="file">
      <h3>{file.name}</h3>
      <div className="row">
        <label htmlFor="file-encoding">{say('file.encoding')}</label>
        <Select
          id="file-encoding"
          value={encoding ?? 'auto'}
          style={{ minWidth: 150 }}
          options={encodings.map((value) => ({ value, label: value === 'auto' ? say('file.encodingAuto') : value }))}
          onChange={(value) => setEncoding(value === 'auto' ? undefined : value)}
        />
      </div>
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
                onChange={(each) => {
                  setKind(each);
                  setPreset(undefined);
                }}
              />
              <span className="note">
                {value.headingLine === 0
                  ? say('file.looksBare', { format: value.format.toUpperCase(), encoding: value.encoding })
                  : say('file.looks', { format: value.format.toUpperCase(), encoding: value.encoding, line: value.headingLine })}
                {value.timeReadAs !== null && ` · ${say('file.time', { ...value.timeReadAs })}`}
              </span>
            </div>
            <div className="row">
              {value.presets.length > 0 && !noHeadings && (
                <>
                  <label htmlFor="file-preset">{say('file.preset')}</label>
                  <Select
                    id="file-preset"
                    value={value.preset ?? 'none'}
                    style={{ minWidth: 180, maxWidth: '100%' }}
                    popupMatchSelectWidth={false}
                    options={[
                      { value: 'none', label: say('file.presetNone') },
                      ...value.presets.map((each) => ({ value: each.preset, label: tell(each.title) })),
                    ]}
                    onChange={setPreset}
                  />
                </>
              )}
              <label className="check">
                <input type="checkbox" checked={noHeadings} onChange={(event) => setNoHeadings(event.target.checked)} />{' '}
                {say('file.noHeadings')}
              </label>
            </div>
            {value.sheets.length > 1 && (
              <div className="row">
                <label htmlFor="file-sheet">{say('file.sheet')}</label>
                <Select
                  id="file-sheet"
                  value={sheet ?? ''}
                  style={{ minWidth: 180 }}
                  options={[
                    { value: '', label: say('file.sheetAuto', { sheet: value.sheet ?? '' }) },
                    ...value.sheets.map((each) => ({ value: each, label: each })),
                  ]}
                  onChange={(each) => setSheet(each === '' ? undefined : each)}
                />
              </div>
            )}
            <Corrections
              key={[value.kind, known].join('|')}
              {...props}
              guess={value}
              encoding={encoding}
              sheet={sheet}
            />
          </>
        )}
      </LoadedView>
    </div>
  );
};

/** Encodings that a planner may name where the bytes do not tell. */
const encodings = ['auto', 'utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'big5', 'shift_jis', 'euc-kr', 'windows-1252'];

interface CorrectionsProps extends FileProps {
  readonly guess: GuessDocument;
  readonly encoding: string | undefined;
  readonly sheet: string | undefined;
}

type Absent = 'auto' | 'gap' | 'zero';

const Corrections = ({ file, workspace, reload, guess, encoding, sheet }: CorrectionsProps) => {
  const { say, tell } = useSpeech();
  const [choice, setChoice] = useState(() => firstChoice(guess, workspace.hotline.zone));
  const [absent, setAbsent] = useState<Absent>('auto');
  const [spreads, setSpreads] = useState(guess.intervalMinutes === 1440);
  const [skipBadRows, setSkip] = useState(false);
  const [acceptUnusual, setAccept] = useState(false);
  const [report, setReport] = useState<IngestDocument>();
  const [problem, setProblem] = useState<ProblemDetails>();
  const [metProblems, setMet] = useState<readonly { rule: string; value?: unknown }[]>([]);
  const [busy, setBusy] = useState(false);
  const nameOf = useFieldName();
  const ofDays = guess.kind === 'traffic' && guess.intervalMinutes === 1440;
  const missing = missingFields(guess, choice);
  const outcomes = outcomeValues(guess, metProblems);
  const send = async (dryRun: boolean): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    setReport(undefined);
    try {
      const answer = await callApi('ingestFile', {
        query: {
          name: file.name,
          kind: guess.kind,
          encoding,
          sheet,
          map: JSON.stringify(mapOfChoice(guess, choice)),
          zone: choice.zone,
          absent,
          dayShape: ofDays && spreads ? 'usual' : undefined,
          skipBadRows: String(skipBadRows),
          acceptUnusual: String(acceptUnusual),
          dryRun: String(dryRun),
        },
        file,
      });
      setReport(answer);
      if (!dryRun) reload();
    } catch (error) {
      const found = problemOf(error);
      setProblem(found);
      setMet((met) => [...met, ...(found.problems ?? [])]);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <ColumnsTable guess={guess} choice={choice} change={setChoice} />
      {outcomes.length > 0 && choice.fields.includes('outcome') && (
        <OutcomesTable values={outcomes} choice={choice} change={setChoice} />
      )}
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
        {ofDays && (
          <label className="check">
            <input type="checkbox" checked={spreads} onChange={(event) => setSpreads(event.target.checked)} /> {say('file.spreadDays')}
          </label>
        )}
        <label className="check">
          <input type="checkbox" checked={skipBadRows} onChange={(event) => setSkip(event.target.checked)} /> {say('file.skip')}
        </label>
        {(acceptUnusual || metProblems.some(({ rule }) => rule.startsWith('unusual-'))) && (
          <label className="check">
            <input type="checkbox" checked={acceptUnusual} onChange={(event) => setAccept(event.target.checked)} />{' '}
            {say('file.acceptUnusual')}
          </label>
        )}
      </div>
      {missing.length > 0 && <Alert type="warning" showIcon title={say('file.missing', { fields: missing.map(nameOf).join(say('list.comma')) })} />}
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
