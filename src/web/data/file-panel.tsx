import { Select } from 'antd';
import { useEffect, useId, useState } from 'react';
import { type FileKind, fileKinds } from '../../kernel/records.ts';
import type { GuessDocument } from '../../contract/http/file-documents.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { LoadedView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';
import { firstHandling, firstReading, type Reading } from './column-map.ts';
import { Corrections } from './corrections.tsx';
import { type Refusals, RemedyButtons } from './ingest-report.tsx';
import { withRemedy, type Remedy } from './remedies.ts';

/** Larger files are read on trial when they are asked for, not as soon as they are dropped. */
const triedAtOnceBytes = 20_000_000;

interface FileProps {
  readonly file: File;
  readonly workspace: WorkspaceDocument;
  readonly reload: () => void;
  readonly refusals: Refusals;
  /** Whether it is read on trial without being asked. */
  readonly isTried: boolean;
  /** Its turn has come where all that were chosen are imported. */
  readonly isTurn: boolean;
  /** It was imported, or cannot be: whichever follows may have its turn. */
  readonly settled: () => void;
  /** What may go for a file, by the words in which it was asked about. */
  readonly agreed: Set<string>;
  /** It was imported: nothing of it can be lost any more. */
  readonly taken: () => void;
  /** What it is said to be; undefined: it cannot be read. */
  readonly told: (kind: FileKind | undefined) => void;
}

/** One dropped file: what it seems to be, the trial's report, corrections and remedies, and taking it in. */
export const FilePanel = (props: FileProps) => {
  const { file, workspace, isTried, isTurn, settled } = props;
  const [reading, setReading] = useState(firstReading);
  const [handling, setHandling] = useState(firstHandling);
  const [trials, setTrials] = useState(isTried && file.size <= triedAtOnceBytes ? 1 : 0);
  const known = JSON.stringify(reading);
  const [loaded, retry] = useLoad(
    `file ${file.name} ${file.size} ${file.lastModified} ${known}`,
    async (signal) => {
      const query = { name: file.name, ...reading, noHeadings: String(reading.noHeadings) };
      return { known, guess: await callApi('guessFile', { query, file: headOf(file), signal }) };
    },
  );
  const take = (remedy: Remedy): void => {
    setReading({ ...reading, ...remedy.reading });
    setHandling(withRemedy(handling, remedy));
    setTrials(trials + 1);
  };
  // What was found out about another reading is no longer about this one.
  const guess =
    loaded.state === 'ready' && loaded.value.known !== known ? { state: 'loading' as const } : loaded;
  const { told } = props;
  const kind = guess.state === 'ready' ? guess.value.guess.kind : undefined;
  useEffect(() => {
    if (guess.state !== 'loading') told(kind);
    // Whoever is told is the same throughout.
  }, [guess.state, kind]);
  const isUnreadable = isTurn && guess.state === 'failed';
  useEffect(() => {
    if (isUnreadable) settled();
    // It is passed over once.
  }, [isUnreadable]);
  return (
    <section className="file" aria-label={file.name}>
      <h3>{file.name}</h3>
      <EncodingField reading={reading} change={setReading} />
      {guess.state === 'failed' && (
        <RemedyButtons
          problems={guess.problem.problems}
          chosen={{ reading, handling, queues: [] }}
          take={take}
        />
      )}
      <LoadedView loaded={guess} retry={retry}>
        {(value) => (
          <>
            <ReadingFields guess={value.guess} reading={reading} change={setReading} />
            <Corrections
              key={known}
              {...props}
              guess={value.guess}
              workspace={workspace}
              reading={reading}
              handling={handling}
              change={setHandling}
              take={take}
              trials={trials}
            />
          </>
        )}
      </LoadedView>
    </section>
  );
};

/** Encodings that a planner may name where the bytes do not tell. */
const encodings = [
  'auto',
  'utf-8',
  'gb18030',
  'utf-16le',
  'utf-16be',
  'big5',
  'shift_jis',
  'euc-kr',
  'windows-1252',
];

interface ReadingProps {
  readonly reading: Reading;
  readonly change: (reading: Reading) => void;
}

const EncodingField = ({ reading, change }: ReadingProps) => {
  const { say } = useSpeech();
  const id = useId();
  return (
    <div className="row">
      <label htmlFor={id}>{say('file.encoding')}</label>
      <Select
        id={id}
        value={reading.encoding ?? 'auto'}
        style={{ minWidth: 150 }}
        options={encodings.map((value) => ({
          value,
          label: value === 'auto' ? say('file.encodingAuto') : value,
        }))}
        onChange={(value) => change({ ...reading, encoding: value === 'auto' ? undefined : value })}
      />
    </div>
  );
};

const ReadingFields = ({ guess, reading, change }: ReadingProps & { readonly guess: GuessDocument }) => {
  const { say, tell } = useSpeech();
  const id = useId();
  const { format, encoding, headingLine: line } = guess;
  const looks = { format: format.toUpperCase(), encoding };
  return (
    <>
      <div className="row">
        <label htmlFor={`${id}kind`}>{say('file.kind')}</label>
        <Select
          id={`${id}kind`}
          value={guess.kind}
          style={{ minWidth: 180 }}
          options={fileKinds.map((each) => ({ value: each, label: say(`kind.${each}`) }))}
          onChange={(kind) => change({ ...reading, kind, preset: undefined })}
        />
        <span className="note">
          {line === 0 ? say('file.looksBare', looks) : say('file.looks', { ...looks, line })}
          {guess.timeReadAs !== null && ` · ${say('file.time', { ...guess.timeReadAs })}`}
        </span>
      </div>
      <div className="row">
        {guess.presets.length > 0 && !reading.noHeadings && (
          <>
            <label htmlFor={`${id}preset`}>{say('file.preset')}</label>
            <Select
              id={`${id}preset`}
              value={guess.preset ?? 'none'}
              style={{ minWidth: 180, maxWidth: '100%' }}
              popupMatchSelectWidth={false}
              options={[
                { value: 'none', label: say('file.presetNone') },
                ...guess.presets.map((each) => ({ value: each.preset, label: tell(each.title) })),
              ]}
              onChange={(preset) => change({ ...reading, preset })}
            />
          </>
        )}
        <label className="check">
          <input
            type="checkbox"
            checked={reading.noHeadings}
            onChange={(event) => change({ ...reading, noHeadings: event.target.checked })}
          />{' '}
          {say('file.noHeadings')}
        </label>
      </div>
      {guess.sheets.length > 1 && (
        <div className="row">
          <label htmlFor={`${id}sheet`}>{say('file.sheet')}</label>
          <Select
            id={`${id}sheet`}
            value={reading.sheet ?? ''}
            style={{ minWidth: 180 }}
            options={[
              { value: '', label: say('file.sheetAuto', { sheet: guess.sheet ?? '' }) },
              ...guess.sheets.map((each) => ({ value: each, label: each })),
            ]}
            onChange={(each) => change({ ...reading, sheet: each === '' ? undefined : each })}
          />
        </div>
      )}
    </>
  );
};

const headBytes = 1_048_576;

/** As much of a file as a guess needs: the beginning of plain text, all of a packed one. */
const headOf = (file: File): Blob =>
  /\.(gz|xls[xmb]?|ods)$/i.test(file.name) || file.size <= headBytes ? file : file.slice(0, headBytes);
