import { Alert, Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import type { RosterChange, RosterDocument } from '../../contract/documents/roster-document.ts';
import { changeThatTook, takeBack, type TakenBack } from '../../rostering/change/standing-roster.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { useChange } from '../ui/change.tsx';
import { Panel } from '../ui/panel.tsx';
import { PlainTable } from '../ui/plain-table.tsx';
import { useFocusBack } from '../ui/side-drawer.tsx';
import { ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';
import { shiftName } from './ill-drawer.tsx';
import { isChangedElsewhere, isHardBreak, RefusedChange, useReason } from './refused-change.tsx';
import { absenceOn, calledOf, type Cell, type Reload, type RosterParts } from './roster-draft.ts';

type ChangedDay = RosterChange['moves'][number];

/** What became of days, a line each; with `isBack` from what a change made of them to what they were. */
const ChangedDays = ({
  document,
  days,
  isBack = false,
}: {
  readonly document: RosterDocument;
  readonly days: readonly ChangedDay[];
  readonly isBack?: boolean;
}) => {
  const { say, language, format } = useSpeech();
  const called = calledOf(document);
  /** A shift and its times, or from when on somebody is ill, and whether it is pinned where that is what changed. */
  const saidOf = (shift: string, times = '', illFrom?: string, isPinned = false): string => {
    const is =
      illFrom === undefined
        ? `${shiftName(document, shift, language, say)} ${times}`
        : say('roster.illSince', { from: illFrom });
    return isPinned ? `${is} · ${say('roster.pinned')}` : is;
  };
  return days.map(({ operator, date, before, after, beforeTimes, afterTimes, ...day }) => {
    const { beforePinned = false, afterPinned = beforePinned } = day;
    const isRepinned = beforePinned !== afterPinned;
    const was = saidOf(before, beforeTimes, day.beforeAbsence?.from, isRepinned && beforePinned);
    const illFrom = day.afterAbsence?.from ?? day.illFrom;
    const is = saidOf(after, afterTimes, illFrom, isRepinned && afterPinned);
    const [from, to] = isBack ? [is, was] : [was, is];
    return (
      <div key={`${operator} ${date}`}>
        {called(operator)} {format.day(date)} {from} → {to}
      </div>
    );
  });
};

export interface DoneProps {
  readonly title: string;
  readonly document: RosterDocument;
  readonly days: readonly ChangedDay[];
  readonly close: () => void;
}

/** Says what was done a moment ago, with what became of which day. */
export const DoneNote = ({ title, document, days, close }: DoneProps) => (
  <Alert
    type="success"
    showIcon
    role="status"
    title={title}
    closable={{ onClose: close }}
    description={days.length === 0 ? undefined : <ChangedDays document={document} days={days} />}
  />
);

/** What became of the roster since it was made: when, what, by whom, why; each change can be taken back as far as it still holds. */
export const ChangesView = ({
  document,
  changes,
  reload,
}: {
  readonly document: RosterDocument;
  readonly changes: readonly RosterChange[];
  readonly reload: Reload;
}) => {
  const { say, format } = useSpeech();
  /** Place in the log: what is read again meanwhile has the same changes there, as new objects. */
  const [at, undo] = useState<number>();
  const undone = at === undefined ? undefined : changes[at];
  const taken = (change: RosterChange): TakenBack =>
    takeBack(document, change, changes.slice(changes.indexOf(change) + 1));
  if (changes.length === 0)
    return (
      <Panel title={say('roster.view.changes')} note={say('roster.noChanges')}>
        {null}
      </Panel>
    );
  return (
    <Panel title={say('roster.view.changes')}>
      <PlainTable
        rows={changes.toReversed()}
        keyOf={(change) => JSON.stringify(change)}
        stacks
        columns={[
          [say('roster.when'), 'text', ({ at }) => format.instant(at)],
          [
            say('roster.what'),
            'text',
            (change) => (
              <>
                {change.moves.length === 0 ? (
                  say('roster.wasPublished')
                ) : (
                  <ChangedDays document={document} days={change.moves} />
                )}
                {may('changeRoster') && taken(change).moves.length > 0 && (
                  <Button size="small" onClick={() => undo(changes.indexOf(change))}>
                    {say('roster.takeBack')}
                  </Button>
                )}
              </>
            ),
            { wide: true },
          ],
          [say('roster.who.changed'), 'text', ({ by = say('roster.here') }) => by],
          [say('roster.why'), 'text', ({ why }) => why, { wide: true }],
        ]}
      />
      {at !== undefined && undone !== undefined && (
        <TakeBackDialog
          document={document}
          title={say('roster.takeBack')}
          suggested={say('roster.takeBackWhy', { at: format.instant(undone.at) })}
          takesBack={at + 1}
          ways={[{ label: say('roster.takeBack'), taken: taken(undone) }]}
          isWhole
          close={() => undo(undefined)}
          done={(answer) => {
            undo(undefined);
            reload(answer && { what: 'undone', document: answer });
          }}
        />
      )}
    </Panel>
  );
};

/** Somebody was not ill after all: whether the day is theirs again, or stays with the stand-in. */
export const NotIllDialog = ({
  parts: { document, changes },
  cell,
  close,
  taken,
}: {
  readonly parts: RosterParts;
  readonly cell: Cell;
  readonly close: () => void;
  readonly taken: Reload;
}) => {
  const { say, format } = useSpeech();
  const absence = absenceOn(document, cell);
  if (absence === undefined) return null;
  const { operator, date, shift, start, end, from: illFrom } = absence;
  const own = { operator, date, before: shift, after: 'off', beforeTimes: `${start}–${end}`, illFrom };
  const at = changeThatTook(changes, absence);
  const called = calledOf(document)(operator);
  const stays: TakenBack = {
    moves: [{ operator, date, shift: 'off', pinned: false, notIll: true }],
    back: [],
    left: [],
  };
  return (
    <TakeBackDialog
      document={document}
      title={say('roster.notIllTitle', { operator: called, day: format.day(date) })}
      suggested={say('roster.notIll')}
      takesBack={at + 1}
      ways={[
        {
          label: say('roster.notIllHome', { operator: called }),
          taken: takeBack(document, changes[at] ?? { moves: [own] }),
        },
        { label: say('roster.notIllStays', { operator: called }), taken: stays },
      ]}
      close={close}
      done={(answer) => {
        close();
        taken(answer && { what: 'notIll', document: answer });
      }}
    />
  );
};

/** Asks how a change is to be taken back, by whom and why, and says which of its days stay as they are by now. */
const TakeBackDialog = ({
  document,
  title,
  suggested,
  takesBack,
  ways,
  isWhole = false,
  close,
  done,
}: {
  readonly document: RosterDocument;
  readonly title: string;
  readonly suggested: string;
  /** Revision that the change gave the roster; 0: it is not known. */
  readonly takesBack: number;
  readonly ways: readonly { readonly label: string; readonly taken: TakenBack }[];
  /** All of the change or nothing: not where somebody changed one of its days since. */
  readonly isWhole?: boolean;
  readonly close: () => void;
  /** With the roster that the change was answered with; without where it is only to be read again. */
  readonly done: (answer?: RosterDocument) => void;
}) => {
  const { say } = useSpeech();
  useFocusBack();
  // What is decided is decided on the roster as it was when this was asked.
  const [revision] = useState(document.revision);
  const [way, choose] = useState(0);
  const reason = useReason(document.publishedAt !== null, suggested);
  const hasReason = reason.said.why !== undefined;
  const { busy: isSaving, problem, send, clear } = useChange();
  const { moves = [], back = [], left = [] } = ways[way]?.taken ?? {};
  const save = (more: { readonly breakHardRules?: true } = {}): Promise<boolean> =>
    send(async () => {
      const answer = await callApi('changeRoster', {
        body: {
          roster: document.id,
          revision,
          ...(!isWhole && { moves }),
          ...(takesBack > 0 && { takesBack }),
          ...reason.said,
          ...more,
        },
      });
      done(answer);
    });
  const isElsewhere = isChangedElsewhere(problem);
  return (
    <Modal open title={title} onCancel={close} footer={null} destroyOnHidden>
      {ways.length > 1 && (
        <Radio.Group
          vertical
          value={way}
          options={ways.map(({ label }, at) => ({ label, value: at }))}
          onChange={({ target }) => {
            choose(Number(target.value));
            clear();
          }}
        />
      )}
      {back.length > 0 && (
        <>
          <p>{say('roster.takesBack')}</p>
          <ChangedDays document={document} days={back} isBack />
        </>
      )}
      {left.length > 0 && (
        <>
          <p>{say(isWhole ? 'roster.undoLaterFirst' : 'roster.changedSince')}</p>
          <ChangedDays document={document} days={left} />
        </>
      )}
      <div className="row">
        {reason.field}
        <Button
          type="primary"
          loading={isSaving}
          disabled={
            !reason.isSaid || moves.length === 0 || (isWhole && left.length > 0) || problem !== undefined
          }
          onClick={() => void save()}
        >
          {title}
        </Button>
        <Button onClick={close}>{say('roster.cancel')}</Button>
      </div>
      {problem !== undefined &&
        (isElsewhere || isHardBreak(problem) ? (
          <RefusedChange
            problem={problem}
            people={document.people}
            on={
              isElsewhere
                ? { label: say('roster.lookAgain'), go: () => done() }
                : {
                    label: say('roster.breakSave'),
                    words: say(hasReason ? 'roster.breakWords' : 'roster.breakWantsReason'),
                    isDangerous: true,
                    isReady: hasReason && reason.isSaid,
                    isRunning: isSaving,
                    go: () => void save({ breakHardRules: true }),
                  }
            }
          />
        ) : (
          <ProblemView problem={problem} />
        ))}
    </Modal>
  );
};
