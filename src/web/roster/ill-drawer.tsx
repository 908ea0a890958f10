import { Button, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { clockText, dayMinutes, minuteOf, spanMinutes } from '../../kernel/time-window.ts';
import { localClock } from '../../kernel/time.ts';
import { minutesInto } from '../../rostering/change/standing-roster.ts';
import type { RepairDocument, RosterDocument } from '../../contract/documents/roster-document.ts';
import { inLanguage, type Language } from '../../kernel/text.ts';
import { callApi } from '../api/call-api.ts';
import { useJob } from '../api/use-load.ts';
import { JobView } from '../ui/states.tsx';
import { SideDrawer } from '../ui/side-drawer.tsx';
import { useSpeech } from '../words/words.tsx';
import { isChangedElsewhere, RefusedChange, useReason } from './refused-change.tsx';
import { calledOf, type Cell, type Reload, type RosterParts } from './roster-draft.ts';

type Candidate = RepairDocument['candidates'][number];

/** How long after the last key the list is looked for, milliseconds. */
const settleMillis = 600;

/** Whether somebody can be absent of a duty from a time on, which may be after midnight. */
const isWithin = (duty: { readonly start: string; readonly end: string }, from: string): boolean => {
  if (from === '') return false;
  const [start, end] = spanMinutes(duty.start, duty.end);
  const minute = minuteOf(from);
  return (minute >= start && minute < end) || minute + dayMinutes < end;
};

/** Somebody is absent on a day: who, unless that is known, from when on, and who could step in. */
export const IllDrawer = ({
  parts: { document },
  cell,
  close,
  taken,
}: {
  readonly parts: Pick<RosterParts, 'document'>;
  readonly cell: Pick<Cell, 'day'> & Partial<Cell>;
  readonly close: () => void;
  /** With nothing done: the roster is read again. */
  readonly taken: Reload;
}) => {
  const { say, format } = useSpeech();
  const [operator, choose] = useState(document.people[cell.person ?? -1]?.operator);
  const date = document.days[cell.day]?.date ?? '';
  const called = calledOf(document);
  const onDuty = document.duties.filter((one) => one.date === date);
  const day = format.day(date);
  return (
    <SideDrawer
      size={680}
      rootClassName="ill-drawer"
      title={
        operator === undefined
          ? say('roster.whoIll', { day })
          : say('roster.illTitle', { operator: called(operator), day })
      }
      onClose={close}
    >
      {cell.person === undefined && (
        <Select
          aria-label={say('roster.onDutyThen')}
          placeholder={say('roster.search')}
          showSearch={{ optionFilterProp: 'label' }}
          autoFocus
          defaultOpen
          style={{ width: '100%', marginBottom: 12 }}
          options={onDuty.map((duty) => ({
            value: duty.operator,
            label: `${[called(duty.operator), duty.operator].filter((one, i, [name = '']) => i === 0 || !name.includes(one)).join(' ')} · ${duty.start}–${duty.end}`,
          }))}
          onChange={choose}
        />
      )}
      {operator !== undefined && (
        <Absence
          key={operator}
          document={document}
          operator={operator}
          date={date}
          duty={onDuty.find((one) => one.operator === operator)}
          close={close}
          taken={taken}
        />
      )}
    </SideDrawer>
  );
};

/** From which hour on; the list of stand-ins is always of the hour that is there. */
const Absence = ({
  document,
  operator,
  date,
  duty,
  close,
  taken,
}: {
  readonly document: RosterDocument;
  readonly operator: string;
  readonly date: string;
  readonly duty: RosterDocument['duties'][number] | undefined;
  readonly close: () => void;
  readonly taken: Reload;
}) => {
  const { say } = useSpeech();
  const { start = '', end = '' } = duty ?? {};
  const [from, setFrom] = useState(() => {
    if (duty === undefined) return start;
    // What was worked of a duty under way is not open.
    const now = localClock(document.hotline.zone)(Date.now());
    const [began, over] = spanMinutes(duty.start, duty.end);
    const into = minutesInto(duty, now);
    return into > 0 && into < over - began ? clockText(now.minute) : start;
  });
  const [settled, settle] = useState(from);
  useEffect(() => {
    const timer = setTimeout(() => settle(from), settleMillis);
    return () => clearTimeout(timer);
  }, [from]);
  const isPossible = duty !== undefined && isWithin(duty, from);
  const usual = say('roster.sick');
  const reason = useReason(document.publishedAt !== null, usual);
  /** Revision of which stand-ins are listed: another only where the reader asks for it, never under the pointer. */
  const [revision, setRevision] = useState(document.revision);
  const [looksAgain, setLooksAgain] = useState(false);
  if (looksAgain && revision !== document.revision) {
    setRevision(document.revision);
    setLooksAgain(false);
  }
  return (
    <>
      <label className="row ill-from">
        {say('roster.illFrom')}
        <Input
          type="time"
          value={from}
          status={isPossible ? '' : 'error'}
          onChange={({ target }) => setFrom(target.value)}
          onBlur={() => settle(from)}
          onPressEnter={() => settle(from)}
        />
        <span className="note">
          {isPossible
            ? say('roster.illOpen', { from, to: end })
            : say(duty === undefined ? 'roster.illNoDuty' : 'roster.illOutside', { start, end })}
        </span>
      </label>
      {isPossible &&
        (from === settled ? (
          <StandIns
            key={`${from} ${revision}`}
            document={document}
            absent={{ operator, date, ...(from === start ? {} : { from }) }}
            reason={reason}
            hasOwnReason={reason.said.why !== undefined && reason.said.why !== usual}
            lookAgain={() => {
              setLooksAgain(true);
              taken();
            }}
            close={close}
            taken={taken}
          />
        ) : (
          <p role="status">{say('roster.looking')}</p>
        ))}
    </>
  );
};

/**
 * Who could step in and what that means for them, anyone who breaks no hard rule first. Those who would break one stand
 * apart, and are taken with a reason of the planner's own.
 */
const StandIns = ({
  document,
  absent,
  reason: { said, isSaid, field },
  hasOwnReason,
  lookAgain,
  close,
  taken,
}: {
  readonly document: RosterDocument;
  readonly absent: { readonly operator: string; readonly date: string; readonly from?: string };
  readonly reason: ReturnType<typeof useReason>;
  readonly hasOwnReason: boolean;
  readonly lookAgain: () => void;
  readonly close: () => void;
  readonly taken: Reload;
}) => {
  const { say, format } = useSpeech();
  const control = useJob();
  const [answer, setAnswer] = useState<RepairDocument>();
  // The stand-in is taken from the list of the roster as it was when that was asked for.
  const [asking] = useState({ roster: document.id, absent, revision: document.revision });
  const isAsked = useRef(false);
  const stop = useRef<() => void>(undefined);
  useEffect(() => {
    if (!isAsked.current)
      void control
        .run(() => callApi('repairRoster', { body: asking }))
        .then((found) => setAnswer(found as RepairDocument | undefined));
    isAsked.current = true;
    stop.current = control.running && answer === undefined ? control.cancel : undefined;
  });
  // Another hour is typed: nobody waits for this one's list.
  useEffect(() => () => stop.current?.(), []);
  const take = async (n: number, breaksHard: boolean): Promise<void> => {
    const agreed = breaksHard ? { breakHardRules: true } : {};
    const done = await control.run(() =>
      callApi('repairRoster', { body: { ...asking, ...said, ...agreed, take: n } }),
    );
    if (done === undefined) return;
    const now = await callApi('roster', { params: { roster: document.id } }).catch(() => undefined);
    if (now === undefined) close();
    taken(now && { what: 'saved', document: now });
  };
  return (
    <>
      {control.problem !== undefined && isChangedElsewhere(control.problem) ? (
        <RefusedChange
          problem={control.problem}
          people={document.people}
          on={{ label: say('roster.standInsAgain'), go: lookAgain }}
        />
      ) : (
        <JobView control={control} title={say(answer === undefined ? 'roster.looking' : 'roster.taking')} />
      )}
      {answer !== undefined && (
        <>
          <p>
            {say('roster.emptyRate', {
              before: format.percent(answer.connectionRate.before),
              empty: format.percent(answer.connectionRate.empty),
            })}
          </p>
          <div className="row">
            {field}
            <Button disabled={!isSaid || control.running} onClick={() => void take(0, false)}>
              {say('roster.nobodySteps')}
            </Button>
          </div>
          <Candidates
            document={document}
            answer={answer}
            take={(n, breaksHard) => void take(n, breaksHard)}
            isReady={isSaid && !control.running}
            hasOwnReason={hasOwnReason}
          />
        </>
      )}
    </>
  );
};

interface Choice {
  readonly candidate: Candidate;
  /** As the server counts them, from 1. */
  readonly n: number;
}

const Candidates = ({
  document,
  answer: { candidates, currency },
  take,
  isReady,
  hasOwnReason,
}: {
  readonly document: RosterDocument;
  readonly answer: RepairDocument;
  readonly take: (n: number, breaksHard: boolean) => void;
  readonly isReady: boolean;
  /** Why a hard rule may be broken: a reason beside the illness itself. */
  readonly hasOwnReason: boolean;
}) => {
  const { say } = useSpeech();
  const all = candidates.map((candidate, at): Choice => ({ candidate, n: at + 1 }));
  const breaksHard = ({ candidate }: Choice): boolean => candidate.broken.some(({ hard }) => hard);
  const free = all.filter((one) => !breaksHard(one));
  const others = all.filter(breaksHard);
  const line = (choice: Choice, breaks: boolean) => (
    <StandIn
      key={choice.n}
      document={document}
      choice={choice}
      currency={currency}
      isReady={isReady && (hasOwnReason || !breaks)}
      take={() => take(choice.n, breaks)}
    />
  );
  return (
    <>
      {free.length === 0 ? (
        <p>{say(others.length === 0 ? 'roster.nobody' : 'roster.nobodyFree')}</p>
      ) : (
        <>
          {free.length > 1 && <p className="note">{say('roster.order')}</p>}
          <ul className="stand-ins" aria-label={say('roster.candidate')}>
            {free.map((one) => line(one, false))}
          </ul>
        </>
      )}
      {others.length > 0 && (
        <details className="stand-ins-hard">
          <summary>{say('roster.breakingOnes', { n: others.length })}</summary>
          <p className="note">{say('roster.breakWantsReason')}</p>
          <ul className="stand-ins" aria-label={say('roster.breakingOnes', { n: others.length })}>
            {others.map((one) => line(one, true))}
          </ul>
        </details>
      )}
    </>
  );
};

/** One who could step in: what they do, and what it means for them in hours, rest and money. */
const StandIn = ({
  document,
  choice: {
    n,
    candidate: { moves, broken, mended, stays = [], hours, standIn },
  },
  currency,
  isReady,
  take,
}: {
  readonly document: RosterDocument;
  readonly choice: Choice;
  readonly currency: string | undefined;
  readonly isReady: boolean;
  readonly take: () => void;
}) => {
  const { say, tell, language, format } = useSpeech();
  const called = calledOf(document);
  const [first, ...more] = moves;
  const restOf = (key: 'roster.restBefore' | 'roster.restAfter', rest: number | null): string[] =>
    rest === null ? [] : [say(key, { hours: format.decimal(rest) })];
  const means =
    standIn === undefined
      ? []
      : [
          say('roster.weekHours', { hours: format.decimal(standIn.weekHours) }),
          ...restOf('roster.restBefore', standIn.restBeforeHours),
          ...restOf('roster.restAfter', standIn.restAfterHours),
          ...(standIn.wages === null
            ? []
            : [say('roster.wages', { wages: format.money(standIn.wages, currency ?? null) })]),
        ];
  return (
    <li className="stand-in">
      <div>
        <strong>{called(first?.operator ?? '')}</strong>{' '}
        {say('roster.moreHours', { hours: format.signed(hours, 1) })}
        <div>{means.join(' · ')}</div>
        {more.map((move) => (
          <div key={`${move.operator} ${move.date}`}>
            {called(move.operator)} {format.day(move.date)} {shiftName(document, move.before, language, say)}{' '}
            → {shiftName(document, move.after, language, say)}
          </div>
        ))}
        {broken.map((one) => (
          <div key={JSON.stringify(one)} className="note">
            {one.hard && <span className="tag error">{say('roster.hard')}</span>}{' '}
            {say(one.hard ? 'roster.willBreak' : 'roster.missesWish', { rule: tell(one.said) })}
          </div>
        ))}
        {[...new Set(stays.map((one) => tell(one.said)))].map((rule) => (
          <div key={rule} className="note">
            {say('roster.staysBroken', { rule })}
          </div>
        ))}
        {[...new Set(mended.map((one) => tell(one.said)))].map((rule) => (
          <div key={rule} className="note">
            {say('roster.keepsRule', { rule })}
          </div>
        ))}
      </div>
      <Button disabled={!isReady} aria-label={say('roster.take', { n })} onClick={take}>
        {say('roster.takeHead')}
      </Button>
    </li>
  );
};

/** A shift's name, or a day off. */
export const shiftName = (
  { shifts }: Pick<RosterDocument, 'shifts'>,
  shift: string,
  language: Language,
  say: (key: 'roster.off') => string,
): string => {
  const found = shifts.find((one) => one.shift === shift);
  return found === undefined ? say('roster.off') : inLanguage(found.name, language);
};
