import { Button, Select } from 'antd';
import { useEffect, useId, useRef, useState } from 'react';
import { type FileKind, fileKinds } from '../../kernel/records.ts';
import type { GuessDocument } from '../../contract/http/file-documents.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { WorkspaceDocument } from '../../contract/http/workspace-document.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { LoadedView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';
import {
  type DateOrder,
  firstChoice,
  firstHandling,
  firstReading,
  knownAfter,
  type KnownOutcomes,
  queuesOffered,
  type Reading,
  withKnown,
} from './column-map.ts';
import { Corrections } from './corrections.tsx';
import { type Quality, RemedyButtons } from './ingest-report.tsx';
import { type Chosen, type Guessed, likeliestOf, type Remedy, type Settled, settledBy } from './remedies.ts';

/** Larger files are read on trial when they are asked for, not as soon as they are dropped. */
const triedAtOnceBytes = 20_000_000;

/** How a file stands among those that were chosen together. */
export interface Standing {
  /** What it is said to be; undefined: it cannot be read. */
  readonly kind: FileKind | undefined;
  /** How its days are written, where they tell. */
  readonly dateOrder?: DateOrder | undefined;
  /** Queues that it brings. */
  readonly queues: readonly string[];
  /** Whether it is read through, or cannot be without the planner's word. */
  readonly state: 'looking' | 'open' | 'ready';
}

interface FileProps {
  readonly file: File;
  readonly workspace: WorkspaceDocument;
  readonly reload: () => void;
  readonly quality: Quality;
  /** Whether it is not to be imported with the others, and how that is said. */
  readonly isLeftOut: boolean;
  readonly leaveOut: (isLeftOut: boolean) => void;
  /** It stands among others: what has to be answered is shown, all else opens. */
  readonly isOfSeveral: boolean;
  /** Whether it is read on trial without being asked; the others have been looked at by then. */
  readonly isTried: boolean;
  /** Its turn has come where all that were chosen are imported. */
  readonly isTurn: boolean;
  /** It was imported, or cannot be: whichever follows may have its turn. */
  readonly settled: () => void;
  /** What may go for a file, by the words in which it was asked about. */
  readonly agreed: Set<string>;
  /** The reader has said something of it, or has it imported: it would be lost. */
  readonly touched: () => void;
  /** It was imported: nothing of it can be lost any more. */
  readonly taken: () => void;
  /** Files beside it that were imported; 0 while several are. */
  readonly othersTaken: number;
  /** A list of operators is imported before it. */
  readonly awaitsPeople: boolean;
  readonly told: (standing: Standing) => void;
  /** How days are most likely written where this file leaves it open. */
  readonly likelyOrder: DateOrder;
  /** Queues that files bring which are imported before this one. */
  readonly awaited: readonly string[];
  /** Any queue is one of the line's: there is none of its own yet. */
  readonly isFirst: boolean;
}

/** One dropped file: what it seems to be, what was taken as likeliest, the trial's report, corrections and remedies. */
export const FilePanel = (props: FileProps) => {
  const { file, workspace, isTried, isTurn, isOfSeveral } = props;
  const speech = useSpeech();
  const [settled, setSettled] = useState<Settled>({
    reading: firstReading,
    handling: { ...firstHandling, addQueues: props.isFirst },
    choice: undefined,
  });
  const { reading, handling } = settled;
  /** What was said before each choice that was made for the planner. */
  const [assumed, setAssumed] = useState<readonly (Guessed & { readonly before: Settled })[]>([]);
  const declined = useRef(new Set<string>());
  const [isTaken, setTaken] = useState(false);
  const [trials, setTrials] = useState(0);
  const isSmall = file.size <= triedAtOnceBytes;
  useEffect(() => {
    if (isTried && isSmall) setTrials((before) => before + 1);
  }, [isTried]);
  const known = JSON.stringify(reading);
  const [loaded, retry] = useLoad(
    `file ${file.name} ${file.size} ${file.lastModified} ${known}`,
    async (signal) => {
      const query = { name: file.name, ...reading, noHeadings: String(reading.noHeadings) };
      const guess = await callApi('guessFile', { query, file: headOf(file), signal });
      return {
        known,
        guess,
        choice: withKnown(firstChoice(guess, workspace.hotline.zone), guess, knownOutcomes()),
      };
    },
  );
  // What was found out about another reading is no longer about this one.
  const guess =
    loaded.state === 'ready' && loaded.value.known !== known ? { state: 'loading' as const } : loaded;
  const found = guess.state === 'ready' ? guess.value : undefined;
  const chosen: Chosen = {
    reading,
    handling,
    guess: found?.guess,
    // queues of the made-up line go with it: those that files beside this one bring are the line's
    queues:
      props.isFirst && props.awaited.length > 0
        ? [...new Set(props.awaited)].map((queue) => ({ queue, name: { 'zh-CN': queue, en: queue } }))
        : queuesOffered(workspace).likely,
    own: workspace.hotline.name,
    likelyOrder: props.likelyOrder,
  };
  const take = (remedy: Remedy): void => {
    props.touched();
    follow(remedy);
  };
  const follow = (remedy: Remedy): void => {
    setSettled(settledBy(settled, remedy, found?.choice));
    setTrials(trials + 1);
  };
  /** Answers the next question that has a likeliest answer; false: there is none. */
  const takeLikeliest = (problems: ProblemDetails['problems']): boolean => {
    const next = likeliestOf(problems, chosen, ({ label }) => declined.current.has(label(speech)));
    if (next === undefined || assumed.length >= mostAssumed) return false;
    setAssumed([...assumed, { ...next, before: settled }]);
    follow(next.remedy);
    return true;
  };
  const takeBack = (at: number, other?: Remedy): void => {
    const one = assumed[at];
    if (one === undefined) return;
    props.touched();
    declined.current.add(one.remedy.label(speech));
    setAssumed(assumed.slice(0, at));
    setSettled(other === undefined ? one.before : settledBy(one.before, other, found?.choice));
    setTrials(trials + 1);
  };
  const [state, setState] = useState<Standing['state']>('looking');
  useEffect(() => {
    // what was imported beside it may be what it asked for
    if (props.othersTaken > 0 && isTried && state === 'open' && !isTaken) setTrials((before) => before + 1);
  }, [props.othersTaken]);
  const standing: Standing = {
    kind: found?.guess.kind,
    dateOrder: handling.dateOrder ?? (found?.guess.map as { dateOrder?: DateOrder } | undefined)?.dateOrder,
    queues: found?.guess.queues ?? [],
    state: guess.state === 'failed' || !isSmall ? 'open' : state,
  };
  useEffect(() => {
    if (guess.state !== 'loading') props.told(standing);
    // Whoever is told is the same throughout.
  }, [guess.state, JSON.stringify(standing)]);
  useEffect(() => {
    if (guess.state === 'failed') takeLikeliest(guess.problem.problems);
  }, [guess.state]);
  const isUnreadable = isTurn && guess.state === 'failed';
  useEffect(() => {
    if (isUnreadable) props.settled();
    // It is passed over once.
  }, [isUnreadable]);
  const changeReading = (to: Reading): void => {
    props.touched();
    setSettled({ ...settled, reading: to, choice: undefined });
  };
  const encodingField = <EncodingField reading={reading} change={changeReading} />;
  const title = (
    <div className="row title">
      <h3>{file.name}</h3>
      {isOfSeveral && !isTaken && (
        <Button size="small" onClick={() => props.leaveOut(!props.isLeftOut)}>
          {speech.say(props.isLeftOut ? 'file.takeAlong' : 'file.leaveOut')}
        </Button>
      )}
    </div>
  );
  if (props.isLeftOut)
    return (
      <section className="file" aria-label={file.name}>
        {title}
      </section>
    );
  return (
    <section className="file" aria-label={file.name}>
      {title}
      {assumed.length > 0 && (
        <ul className="assumed" aria-label={speech.say('file.assumed')}>
          {assumed.map(({ remedy, others }, at) => (
            <li key={remedy.label(speech)}>
              {speech.say('file.assumedAs', { what: remedy.label(speech) })}{' '}
              {!isTaken &&
                others.map((other) => (
                  <Button key={other.label(speech)} size="small" onClick={() => takeBack(at, other)}>
                    {other.label(speech)}
                  </Button>
                ))}
              {!isTaken && (
                <Button size="small" onClick={() => takeBack(at)}>
                  {speech.say('file.notAssumed')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {(found === undefined || !isOfSeveral) && encodingField}
      {guess.state === 'failed' && (
        <RemedyButtons problems={guess.problem.problems} chosen={chosen} take={take} />
      )}
      <LoadedView loaded={guess} retry={retry}>
        {(value) => (
          <Corrections
            key={known}
            {...props}
            guess={value.guess}
            chosen={chosen}
            choice={settled.choice ?? value.choice}
            handling={handling}
            changeChoice={(choice) => {
              props.touched();
              setSettled((before) => ({ ...before, choice }));
            }}
            change={(to) => {
              props.touched();
              setSettled((before) => ({ ...before, handling: to }));
            }}
            take={take}
            takeLikeliest={takeLikeliest}
            trials={trials}
            stands={setState}
            taken={() => {
              setTaken(true);
              props.taken();
              const known = knownAfter(knownOutcomes(), value.guess, settled.choice ?? value.choice);
              window.localStorage.setItem(outcomesKey, JSON.stringify(known));
            }}
          >
            {isOfSeveral && encodingField}
            <ReadingFields guess={value.guess} reading={reading} change={changeReading} />
          </Corrections>
        )}
      </LoadedView>
    </section>
  );
};

const outcomesKey = 'huawu-outcomes';
// written above
const knownOutcomes = (): KnownOutcomes =>
  JSON.parse(window.localStorage.getItem(outcomesKey) ?? '{}') as KnownOutcomes;

/** Choices that are made for the planner in one file: a file that needs more is none that can be guessed. */
const mostAssumed = 12;

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
