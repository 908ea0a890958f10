import { Button, Input, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { RosterChange, RosterDocument } from '../../contract/documents/roster-document.ts';
import { planInForce, publishedIn } from '../../contract/plan-states.ts';
import { cycleNames } from '../../contract/roster-cycles.ts';
import { inLanguage } from '../../kernel/text.ts';
import { addDays, mondayOfWeek, weekOf } from '../../kernel/time.ts';
import { readCycle, saidCycle } from '../../words/rostering.ts';
import { callApi } from '../api/call-api.ts';
import { may, type PageProps } from '../api/page-access.ts';
import { useAnswer, useHere, useJob, useKeptChoice, useLoad } from '../api/use-load.ts';
import { EmptyView, JobView, LoadedView } from '../ui/states.tsx';
import { goTo, placeHref } from '../ui/use-place.ts';
import { messages } from '../../words/messages.ts';
import { addWords, useSpeech } from '../words/words.tsx';
import { DoneNote, type DoneProps } from './changes-view.tsx';
import { daysChanged, mergeReread, type RosterLook } from './roster-draft.ts';
import { RosterView } from './roster-view.tsx';
import './roster.css';

addWords(messages('page-roster'));

/** What is pinned by hand in a draft, on the days that are rostered again: those of a published roster stay anyhow. */
const pinsOf = async (
  roster: string,
  from: string,
  weeks: number,
): Promise<{ operator: string; date: string; shift: string }[]> => {
  const { duties, pinnedDaysOff = [] } = await callApi('roster', { params: { roster } });
  const until = addDays(from, 7 * weeks);
  return [...duties.filter(({ pinned }) => pinned), ...pinnedDaysOff.map((day) => ({ ...day, shift: 'off' }))]
    .filter(({ date }) => from <= date && date < until)
    .map(({ operator, date, shift }) => ({ operator, date, shift }));
};

/** The roster's page: who works when, made, changed by hand, kept alive when somebody is ill, published. */
export const RosterPage = ({ workspace, params, reload }: PageProps) => {
  const { say } = useSpeech();
  // One that is being made already: the demo's behind its first plan, or in another window.
  const control = useJob({ kind: 'roster', onlyRunning: true }, (made, isAskedHere) => {
    if (isAskedHere) open(made as RosterDocument);
    else setTurn((before) => before + 1);
  });
  // Whatever else is being made, one's own is in the way of no other but one's own.
  const [ownJob, keepOwn] = useKeptChoice('roster-made', '');
  const [isMaking, setMaking] = useState(false);
  const [turn, setTurn] = useState(0);
  const [loaded, retry] = useAnswer('rosters', {}, turn);
  const hasPlan = workspace.plans.length > 0;
  const from = mondayOfWeek(planInForce(workspace.plans)?.week ?? '') ?? '';
  const rosters = loaded.state === 'ready' ? loaded.value : [];
  const asked = params.get('roster');
  // What the page opened with stays, whatever is made meanwhile: somebody may be editing it.
  const [held, hold] = useState<string>();
  const shown = rosters.find(({ id }) => id === (asked ?? held)) ?? openedFirst(rosters);
  const holds = asked === null ? shown?.id : undefined;
  if (loaded.state === 'ready' && held !== holds) hold(holds);
  const make = async (weeks: number, cycle: string | undefined): Promise<void> => {
    setMaking(true);
    const made = await control.run(async () => {
      const pins = shown?.publishedAt === null ? await pinsOf(shown.id, from, weeks) : [];
      const job = await callApi('makeRoster', {
        body: { from, weeks, pins, ...(cycle === undefined ? {} : { cycle }) },
      });
      keepOwn(job.id);
      return job;
    });
    setMaking(false);
    if (made !== undefined) open(made as RosterDocument);
  };
  const isHere = useHere();
  const open = ({ id }: RosterDocument): void => {
    setTurn((before) => before + 1);
    reload();
    // Left meanwhile, whoever comes back takes up what still runs.
    if (isHere()) goTo('roster', { roster: id });
  };
  return (
    <>
      <div className="row title">
        <h1>{say('nav.roster')}</h1>
        {shown !== undefined && <RosterSelect rosters={rosters} chosen={asked ?? shown.id} />}
        {hasPlan && may('makeRoster') && (
          <MakeRoster
            from={from}
            make={make}
            isRunning={isMaking || (control.running && control.job?.id === ownJob)}
          />
        )}
      </div>
      {shown !== undefined && <OtherRoster rosters={rosters} shown={shown} />}
      <JobView control={control} title={say('roster.making')} />
      <LoadedView loaded={loaded} retry={retry}>
        {() => {
          const id = asked ?? shown?.id;
          if (id === undefined)
            return (
              <EmptyView title={say('roster.none')}>
                <p>{say('roster.noneWords')}</p>
                {!hasPlan && may('makePlan') && (
                  <>
                    <p>{say('roster.noPlan')}</p>
                    <a className="button" href={placeHref('plan')}>
                      {say('divert.makePlan')}
                    </a>
                  </>
                )}
              </EmptyView>
            );
          return <RosterById key={id} id={id} params={params} reload={() => setTurn((n) => n + 1)} />;
        }}
      </LoadedView>
    </>
  );
};

type Head = Pick<RosterDocument, 'id' | 'from' | 'to' | 'publishedAt' | 'createdAt'>;

/** Of the days of another, the one that was published last. */
const publishedFor = (rosters: readonly Head[], { from, to }: Head): Head | undefined =>
  publishedIn(rosters, from, to)[0];

/** The latest, or what is published for its days while that is a draft. */
const openedFirst = (rosters: readonly Head[]): Head | undefined => {
  const [latest] = rosters;
  return latest === undefined || latest.publishedAt !== null
    ? latest
    : (publishedFor(rosters, latest) ?? latest);
};

/** Of a draft, what is published for its days; of a published roster, the draft that was made since. */
const OtherRoster = ({ rosters, shown }: { readonly rosters: readonly Head[]; readonly shown: Head }) => {
  const { say, format } = useSpeech();
  const other =
    shown.publishedAt === null
      ? publishedFor(rosters, shown)
      : rosters
          .slice(0, rosters.indexOf(shown))
          .find((one) => one.publishedAt === null && one.from <= shown.to && shown.from <= one.to);
  if (other === undefined) return null;
  return (
    <p className="note other-roster">
      {say(shown.publishedAt === null ? 'roster.draftOnly' : 'roster.newerDraft')}{' '}
      <a href={placeHref('roster', { roster: other.id })}>
        {format.date(other.from)} – {format.date(other.to)} ·{' '}
        {say('roster.openOther', { at: format.instant(other.createdAt) })}
      </a>
    </p>
  );
};

const RosterSelect = ({
  rosters,
  chosen,
}: {
  readonly rosters: readonly Head[];
  readonly chosen: string;
}) => {
  const { say, format } = useSpeech();
  return (
    <Select
      aria-label={say('roster.which')}
      value={chosen}
      style={{ minWidth: 260, maxWidth: '100%' }}
      options={rosters.map(({ id, from, to, publishedAt, createdAt }) => ({
        value: id,
        label: `${format.date(from)} – ${format.date(to)} · ${say(publishedAt === null ? 'roster.draft' : 'roster.published')} · ${format.instant(createdAt)}`,
      }))}
      onChange={(roster: string) => goTo('roster', { roster })}
    />
  );
};

const weekChoices = [1, 2, 4, 8] as const;

/** Freely, on a known rotation, or on one's own. */
type Way = (typeof cycleNames)[number] | 'free' | 'own';

const MakeRoster = ({
  from,
  make,
  isRunning,
}: {
  /** The first day, of the latest plan's week. */
  readonly from: string;
  readonly make: (weeks: number, cycle: string | undefined) => Promise<void>;
  readonly isRunning: boolean;
}) => {
  const { say, language, format } = useSpeech();
  const [weeks, setWeeks] = useState(4);
  const [way, setWay] = useState<Way>('free');
  const [own, setOwn] = useState('');
  const cycle = way === 'own' ? readCycle(own) : way === 'free' ? undefined : way;
  const isUnread = way === 'own' && cycle === undefined;
  return (
    <span className="row make-roster">
      <span className="note">{say('roster.from', { day: format.day(from), week: weekOf(from) })}</span>
      <Select
        aria-label={say('roster.weeks')}
        value={weeks}
        options={weekChoices.map((n) => ({
          value: n,
          label: n === 1 ? say('roster.oneWeek') : say('roster.nWeeks', { n }),
        }))}
        onChange={setWeeks}
      />
      <Select<Way>
        aria-label={say('roster.cycle')}
        value={way}
        popupMatchSelectWidth={false}
        options={[
          { value: 'free', label: say('roster.free') },
          ...cycleNames.map((name) => ({ value: name, label: inLanguage(saidCycle(name), language) })),
          { value: 'own', label: say('roster.ownCycle') },
        ]}
        onChange={setWay}
      />
      {way === 'own' && (
        <span className="own-cycle">
          <Input
            aria-label={say('roster.ownCycle')}
            aria-describedby="own-cycle-note"
            aria-invalid={isUnread && own !== ''}
            status={isUnread && own !== '' ? 'error' : ''}
            value={own}
            placeholder={inLanguage(saidCycle('EELLNNOO'), language)}
            onChange={({ target }) => setOwn(target.value)}
          />
          <small id="own-cycle-note">{say('roster.ownCycleNote')}</small>
        </span>
      )}
      <Button type="primary" disabled={isRunning || isUnread} onClick={() => void make(weeks, cycle)}>
        {say('roster.make')}
      </Button>
    </span>
  );
};

/** How long a roster that was left is shown again at once, while it is read again. */
const keptMillis = 600_000;
/** How long what an unchanged roster rests on stands before it is worked out again: it takes seconds. */
const restsMillis = 60_000;

/** One roster, for anyone who changes it with what it rests on. */
const RosterById = ({
  id,
  params,
  reload,
}: {
  readonly id: string;
  readonly params: URLSearchParams;
  readonly reload: () => void;
}) => {
  const { say } = useSpeech();
  const [said, setSaid] = useState<Omit<DoneProps, 'close'>>();
  /** What is shown: also where it was kept from before and is read anew. */
  const latest = useRef<RosterLook>(undefined);
  /** When what it rests on was worked out; 0: it is to be worked out again. */
  const rested = useRef(0);
  /** Edits are given up with the next reading, even of the very same roster. */
  const discards = useRef(false);
  const [loaded, retry, put] = useLoad(
    `roster ${id}`,
    async (signal): Promise<RosterLook> => {
      const options = { params: { roster: id }, signal };
      const [read, changes] = await Promise.all([
        callApi('roster', options),
        callApi('rosterChanges', options),
      ]);
      const known = latest.current;
      const document = discards.current ? read : mergeReread(known?.document, read);
      discards.current = false;
      if (!may('rosterBasis')) return { document, changes };
      const isAsItWas =
        known?.document.revision === document.revision &&
        known.document.publishedAt === document.publishedAt &&
        performance.now() - rested.current < restsMillis;
      if (isAsItWas && rested.current > 0) return { ...known, changes };
      // What is stored is shown before what it rests on is worked out again.
      if (known !== undefined) put(lookWith(known, document, changes));
      const basis = await callApi('rosterBasis', options);
      const plans = [...new Set(basis.weeks.map(({ plan }) => plan))];
      const operations = await Promise.all(
        plans.map(async (plan) => [plan, await callApi('planWorld', { params: { plan }, signal })] as const),
      );
      rested.current = performance.now();
      return { document, changes, parts: { document, basis, changes, operations: new Map(operations) } };
    },
    keptMillis,
    true,
  );
  useEffect(() => {
    if (loaded.state === 'ready') latest.current = loaded.value;
  });
  return (
    <LoadedView loaded={loaded} retry={retry}>
      {(value) => (
        <>
          {said !== undefined && <DoneNote {...said} close={() => setSaid(undefined)} />}
          <RosterView
            {...value}
            params={params}
            reload={(done) => {
              setSaid(undefined);
              rested.current = 0;
              discards.current = done === undefined;
              if (done !== undefined) {
                const document = asShown(value.document, done.document);
                const days = daysChanged(value.document, document);
                setSaid({ title: say(`roster.done.${done.what}`), document, days });
                put(lookWith(value, document, value.changes));
              }
              retry();
              reload();
            }}
          />
        </>
      )}
    </LoadedView>
  );
};

/** A change's answer with what the page has beside it: names, and what was planned again since. */
const asShown = (shown: RosterDocument, answer: RosterDocument): RosterDocument => {
  const names = new Map(shown.people.map(({ operator, name }) => [operator, name]));
  const { replanned } = shown;
  return {
    ...answer,
    people: answer.people.map((person) => {
      const name = person.name ?? names.get(person.operator);
      return name === undefined ? person : { ...person, name };
    }),
    ...(replanned === undefined ? {} : { replanned }),
  };
};

/**
 * A roster as it is by now on what an earlier state of it rests on: who is ill and what is pinned go by the document,
 * all else as it was worked out, until that is done again.
 */
const lookWith = (
  { document: was, parts }: RosterLook,
  document: RosterDocument,
  changes: readonly RosterChange[],
): RosterLook => {
  if (parts === undefined) return { document, changes };
  const { problem } = parts.basis;
  const dayOf = new Map(document.days.map(({ date }, at) => [date, at]));
  const shiftOf = new Map(problem.shifts.map(({ shift }, at) => [shift, at]));
  const illDays = ({ absences = [] }: RosterDocument, person: string): ReadonlySet<number> =>
    new Set(absences.flatMap(({ operator, date }) => (operator === person ? [dayOf.get(date) ?? -1] : [])));
  const people = problem.people.map((one) => {
    const [before, now] = [illDays(was, one.person), illDays(document, one.person)];
    const pins = [
      ...document.duties.filter(({ pinned }) => pinned),
      ...(document.pinnedDaysOff ?? []).map((off) => ({ ...off, shift: 'off' })),
    ].flatMap(({ operator, date, shift }) => {
      const pin = { day: dayOf.get(date), shift: shift === 'off' ? ('off' as const) : shiftOf.get(shift) };
      return operator !== one.person || pin.day === undefined || pin.shift === undefined
        ? []
        : [{ day: pin.day, shift: pin.shift }];
    });
    // An older roster says nothing of days off: those on record stay.
    if (document.pinnedDaysOff === undefined) pins.push(...one.pinned.filter(({ shift }) => shift === 'off'));
    return {
      ...one,
      unavailable: [...new Set([...one.unavailable.filter((day) => !before.has(day)), ...now])],
      pinned: pins,
    };
  });
  const basis = { ...parts.basis, problem: { ...problem, people } };
  return { document, changes, parts: { ...parts, document, changes, basis } };
};
