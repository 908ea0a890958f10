import { Button, Modal } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { PublicationDocument, RosterDocument } from '../../contract/documents/roster-document.ts';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { PlanSummary } from '../../contract/http/workspace-document.ts';
import { publishedIn } from '../../contract/plan-states.ts';
import { shortAt } from '../../contract/shortages.ts';
import type { Sayable } from '../../kernel/finding.ts';
import { clockText } from '../../kernel/time-window.ts';
import { weekOf } from '../../kernel/time.ts';
import { rosterTargets } from '../../render/week-answer.ts';
import type { RosterEvaluation } from '../../rostering/evaluate/evaluate-roster.ts';
import { apiAddress, callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { problemOf, useAnswer } from '../api/use-load.ts';
import { PlanBasis, usePlanNamed } from '../plan/plan-name.tsx';
import { Presence } from '../together/presence.tsx';
import { HoursChain } from '../ui/hours-chain.tsx';
import { Figure, Panel } from '../ui/panel.tsx';
import { ProblemView } from '../ui/states.tsx';
import { useFocusBack } from '../ui/side-drawer.tsx';
import { useNarrow } from '../ui/use-screen.ts';
import { changePlace, confirmLeaving, isHeld, placeOf, placeWith, useUnsaved } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { BalancePanel, CellPanel } from './cell-panel.tsx';
import { ChangesView, NotIllDialog } from './changes-view.tsx';
import { CompareView } from './compare-view.tsx';
import { dayCover, type DayRates, useDayRate } from './day-rate.ts';
import { IllDrawer } from './ill-drawer.tsx';
import { cellAmong, LookView, OwnView, RosterFilters, useShownPeople } from './look-view.tsx';
import { LeavePanel } from './person-row.tsx';
import { isChangedElsewhere, isHardBreak, isOutOfDate, RefusedChange, useReason } from './refused-change.tsx';
import {
  type Cell,
  type DraftControl,
  type Reload,
  type RosterLook,
  type RosterParts,
  useDraft,
} from './roster-draft.ts';
import { RosterGrid } from './roster-grid.tsx';
import { RulesPanel, SaveBar } from './save-bar.tsx';

/** Anyone who sees nobody's duties but their own has neither the grid nor anything to compare. */
const viewsInSight = (): readonly (typeof rosterViews)[number][] =>
  may('plan') ? rosterViews : rosterViews.filter((view) => view === 'own' || view === 'changes');

/** One roster in its views. */
export const RosterView = ({
  params,
  reload,
  document,
  changes,
  parts,
}: RosterLook & { readonly params: URLSearchParams; readonly reload: Reload }) => {
  const { say } = useSpeech();
  const [isSaving, setSaving] = useState(false);
  const [workspace] = useAnswer('workspace');
  const plans = workspace.state === 'ready' ? workspace.value.plans : [];
  const views = viewsInSight();
  const view = views.find((each) => each === params.get('view')) ?? views[0];
  return (
    <>
      <div className="row roster-views">
        <nav className="tabs" aria-label={say('roster.views')}>
          {views.map((each) => (
            <a key={each} href={placeWith({ view: each })} aria-current={each === view ? 'page' : undefined}>
              {say(`roster.view.${each}`)}
            </a>
          ))}
        </nav>
        <RosterActions
          document={document}
          behind={parts?.basis.plansBehind ?? []}
          reload={reload}
          isSaving={isSaving}
        />
      </div>
      <Replanned document={document} />
      {view === 'own' && <OwnView document={document} operator={params.get('operator')} />}
      {view === 'compare' && <CompareView document={document} />}
      {view === 'changes' && <ChangesView document={document} changes={changes} reload={reload} />}
      {view === 'grid' &&
        (parts === undefined ? (
          <>
            <TargetsSentence document={document} plans={plans} />
            <LookView document={document} />
          </>
        ) : (
          <GridView
            key={document.createdAt}
            parts={parts}
            reload={reload}
            isSaving={isSaving}
            setSaving={setSaving}
            illOn={params.get('ill')}
            plans={plans}
          />
        ))}
      {workspace.state === 'ready' &&
        may('plan') &&
        [...new Set(document.days.map(({ plan }) => plan))].map((plan) => (
          <PlanBasis key={plan} plans={plans} id={plan} page="roster" />
        ))}
    </>
  );
};

/** Whether targets hold as stored, by the roster's own plan; where another is in force each is named, and the other at hand. */
export const TargetsSentence = ({
  document,
  plans,
  isEdited = false,
  byStanding,
}: {
  readonly document: Pick<RosterDocument, 'projection' | 'uncovered'>;
  readonly plans: readonly PlanSummary[];
  readonly isEdited?: boolean;
  readonly byStanding?: RosterDocument['projection'] | undefined;
}) => {
  const { say, tell } = useSpeech();
  const named = usePlanNamed();
  const own = rosterTargets(document);
  const now = byStanding === undefined ? undefined : rosterTargets({ ...document, projection: byStanding });
  if (own === undefined) return null;
  const plan = (said: typeof own): string => {
    const by = (said.code === 'roster-targets' && said.values.plan) || '';
    const known = plans.find(({ id }) => id === by);
    return known === undefined ? by : named(known);
  };
  return (
    <div className="roster-answer">
      {isEdited && say('roster.asSaved')}
      {tell(own)}
      {now !== undefined && say('roster.byOwnPlan', { plan: plan(own) })}
      {now !== undefined && (
        <details className="note">
          <summary>{say('roster.byStanding', { plan: plan(now) })}</summary>
          {tell(now)}
        </details>
      )}
    </div>
  );
};

/** That the days were planned again since the roster was made, and which of the duties wanted by now it lacks. */
const Replanned = ({ document: { replanned = [] } }: Pick<RosterParts, 'document'>) => {
  const { say, format } = useSpeech();
  if (replanned.length === 0) return null;
  const lacking = replanned.filter(({ lacks }) => lacks > 0);
  const days = lacking.map(({ date, lacks }) => `${format.day(date)}: ${lacks}`).join(', ');
  const lacks = lacking.reduce((sum, day) => sum + day.lacks, 0);
  return (
    <p className="replanned" role="status">
      {say('roster.replanned')}
      {lacks === 0 ? say('roster.replannedAll') : say('roster.replannedLacks', { lacks, days })}
    </p>
  );
};

const RosterActions = ({
  document,
  behind,
  reload,
  isSaving,
}: Pick<RosterParts, 'document'> & {
  readonly behind: readonly Sayable[];
  readonly reload: Reload;
  /** Edits are on their way: what is published is with them. */
  readonly isSaving: boolean;
}) => {
  const { say, language } = useSpeech();
  const [publishing, setPublishing] = useState(false);
  const publish = (): void => {
    const isEdited = isHeld();
    confirmLeaving(() => {
      // What is left is given up: nothing would ask for it any more.
      if (isEdited) reload();
      setPublishing(true);
    });
  };
  const file = (format: string): string =>
    apiAddress('rosterFile', { roster: document.id }, { format, language });
  const wallSheet = `${file('html')}#print`;
  return (
    <span className="row roster-actions no-print">
      <Button href={wallSheet} target="_blank">
        {say('roster.wall')}
      </Button>
      {(['xlsx', 'csv', 'ics'] as const).map((format) => (
        <Button key={format} href={file(format)} download>
          {format.toUpperCase()}
        </Button>
      ))}
      {document.publishedAt === null && may('publishRoster') && (
        <>
          {isSaving && <span role="status">{say('roster.publishAfterSave')}</span>}
          <Button type="primary" disabled={isSaving} onClick={publish}>
            {say('roster.publish')}
          </Button>
        </>
      )}
      {publishing && (
        <PublishDialog
          roster={document}
          behind={behind}
          wallSheet={wallSheet}
          close={() => setPublishing(false)}
          done={(published) => {
            setPublishing(false);
            reload(
              published && {
                what: 'published',
                document: { ...document, publishedAt: published.publishedAt },
              },
            );
          }}
        />
      )}
    </span>
  );
};

const nothing = (): void => undefined;
/** While edits are being saved there are no others: they would go with them. */
const still = { put: nothing, swap: nothing, pin: nothing, undo: nothing };

const GridView = ({
  parts,
  reload,
  isSaving,
  setSaving,
  illOn,
  plans,
}: Pick<Parameters<typeof SaveBar>[0], 'parts' | 'reload' | 'isSaving' | 'setSaving'> & {
  /** The date on which somebody is ill, who is asked; null: none. */
  readonly illOn: string | null;
  readonly plans: readonly PlanSummary[];
}) => {
  const control = { ...useDraft(parts), ...(isSaving && still) };
  const here = placeOf(window.location.hash).params.get('roster');
  useUnsaved(
    control.edited > 0,
    ({ page, params }) =>
      page === 'roster' && params.get('roster') === here && (params.get('view') ?? 'grid') === 'grid',
  );
  const { tell } = useSpeech();
  const [asked, setCell] = useState<Cell>({ person: 0, day: 0 });
  const [swapFrom, setSwapFrom] = useState<Cell>();
  /** Who is ill, or is not after all: it stays what was asked, whatever is read anew meanwhile. */
  const [ill, setIll] = useState<{ readonly cell: Cell; readonly View: typeof NotIllDialog }>();
  const [shown, filter, setFilter] = useShownPeople(parts.document);
  // Who is searched for is who is meant: what the panel does, it does to somebody in sight.
  const inSight = cellAmong(shown, asked);
  const cell = inSight ?? asked;
  const rates = useDayRate(parts, control, cell.day);
  const swap = (at: Cell): void => {
    if (swapFrom === undefined) setSwapFrom(at);
    else {
      if (swapFrom.person !== at.person) control.swap(swapFrom, at);
      setSwapFrom(undefined);
    }
  };
  useEffect(() => {
    const leave = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') setSwapFrom(undefined);
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, []);
  const isOnDuty = (at: Cell): boolean => control.draft.optionOn(at.person, at.day) > 0;
  const rests = parts.document.notices.filter(
    (notice) =>
      'code' in notice &&
      /^(week-planned-first|plan-behind|plan-repeated|contract-hours-left)$/.test(notice.code),
  );
  const illDay = parts.document.days.findIndex(({ date }) => date === illOn);
  const taken: Reload = (done) => {
    if (done !== undefined) setIll((now) => (now === ill ? undefined : now));
    if (done !== undefined && illOn !== null) changePlace({ ill: undefined });
    if (!isHeld()) reload(done);
  };
  const askIll = (cell: Cell): void => {
    const isIll = control.isIll(cell);
    if (control.edited === 0 && (isOnDuty(cell) || isIll))
      setIll({ cell, View: isIll ? NotIllDialog : IllDrawer });
  };
  return (
    <>
      <Presence places={[`roster/${parts.document.id}`]} isEditing={control.edited > 0} />
      <SaveBar parts={parts} control={control} reload={reload} isSaving={isSaving} setSaving={setSaving} />
      <TargetsSentence
        document={parts.document}
        plans={plans}
        isEdited={control.edited > 0}
        byStanding={parts.basis.projection}
      />
      <RosterFilters document={parts.document} filter={filter} change={setFilter} shown={shown.length} />
      <div className="roster-main" aria-busy={isSaving}>
        <RosterGrid
          parts={parts}
          control={control}
          people={shown}
          tier={filter.tier === '' ? undefined : filter.tier}
          cell={cell}
          choose={setCell}
          swapFrom={swapFrom}
          swap={swap}
          ill={askIll}
        />
        {inSight !== undefined && (
          <CellPanel parts={parts} control={control} cell={inSight} swap={swap} ill={askIll} />
        )}
      </div>
      <RosterFigures parts={parts} control={control} rates={rates} day={cell.day} />
      <div className="roster-sides">
        {inSight !== undefined && (
          <BalancePanel document={parts.document} control={control} person={inSight.person} />
        )}
        <DayPanel
          parts={parts}
          day={cell.day}
          tier={filter.tier === '' ? undefined : filter.tier}
          operators={rates.operators}
        />
        <RulesPanel parts={parts} control={control} />
        <LeavePanel document={parts.document} />
      </div>
      {rests.map((notice, at) => (
        <p key={at} className="note">
          {tell(notice)}
        </p>
      ))}
      <HoursChain
        chains={(parts.document.chain ?? []).map(({ week, steps }) => ({ name: week, steps }))}
        note="rosterNote"
      />
      {illDay >= 0 && (
        <IllDrawer
          parts={parts}
          cell={{ day: illDay }}
          close={() => changePlace({ ill: undefined })}
          taken={taken}
        />
      )}
      {ill !== undefined && (
        <ill.View parts={parts} cell={ill.cell} close={() => setIll(undefined)} taken={taken} />
      )}
    </>
  );
};

/** A gap beyond this says how short the search for a bound was, not how good the roster is. */
const provedGap = 0.25;

/** What moves as one edits: the day's connection rate, open duties, rules and wishes. */
const RosterFigures = ({
  parts: { document },
  control: { now, before },
  rates,
  day,
}: {
  readonly parts: RosterParts;
  readonly control: DraftControl;
  readonly rates: DayRates;
  readonly day: number;
}) => {
  const { say, format } = useSpeech();
  const open = now.gaps.filter(({ missing }) => missing > 0);
  const { date = '' } = document.days[day] ?? {};
  const week = document.projection[Math.floor((day + ((document.days[0]?.weekday ?? 1) - 1)) / 7)];
  const stored = document.projection
    .flatMap(({ targets }) => targets?.days ?? [])
    .find((each) => each.date === date)?.connectionRate;
  const moved = rates.now - rates.before;
  const change = now.cost - before.cost;
  const gap = document.cost.gap;
  const better =
    Math.abs(change) > 1e-9
      ? say(change > 0 ? 'roster.editsWorse' : 'roster.editsBetter')
      : gap === null
        ? undefined
        : gap > provedGap
          ? say('roster.gapOpen')
          : say('roster.gap', { gap: format.percent(gap, 0) });
  return (
    <section className="figures" aria-label={say('nav.roster')} aria-live="polite">
      <Figure
        label={say('roster.rate', { day: format.day(date) })}
        value={format.percent((stored ?? rates.before) + moved, 2)}
        words={say(typeof stored === 'number' ? 'roster.rateWords' : 'roster.rateOnMean', {
          change: format.points(moved, 2),
        })}
      />
      <Figure
        label={say('roster.open')}
        value={format.count(open.reduce((sum, { missing }) => sum + missing, 0))}
        tone={open.length > 0 ? 'bad' : 'good'}
        words={say('roster.openWords', { hours: format.decimal(openHours(now, document)) })}
      />
      {week !== undefined && (
        <Figure
          label={say('roster.weekRate')}
          value={format.percent(week.roster)}
          words={say('roster.weekRateWords', { planned: format.percent(week.planned) })}
        />
      )}
      <Figure
        label={say('roster.hardBroken')}
        value={format.count(now.hardBroken.length)}
        tone={now.hardBroken.length > 0 ? 'bad' : 'good'}
      />
      <Figure
        label={say('roster.wishesMissed')}
        value={format.count(now.broken.length - now.hardBroken.length)}
        range={better}
        words={say('roster.wishesWords')}
      />
    </section>
  );
};

const height = 170;
const bottom = 18;

/** The chosen day by interval: operators ready as planned and as rostered. */
const DayPanel = ({
  parts: { document, basis, operations },
  day,
  tier,
  operators,
}: {
  readonly parts: RosterParts;
  readonly day: number;
  readonly tier: string | undefined;
  readonly operators: ReadonlyMap<string, Float64Array>;
}) => {
  const { say, format } = useSpeech();
  const isNarrow = useNarrow();
  const width = isNarrow ? 340 : 620;
  const labelled = isNarrow ? 360 : 180;
  const { date = '', weekday = 1 } = document.days[day] ?? {};
  const plannedOperation = operations.get(basis.weeks.find(({ week }) => week === weekOf(date))?.plan ?? '');
  if (plannedOperation === undefined) return null;
  const { starts, planned, rostered } = dayCover(plannedOperation, weekday, operators, tier);
  const top = Math.max(1, ...planned, ...rostered);
  const each = width / Math.max(1, starts.length);
  const y = (value: number): number => (height - bottom) * (1 - value / top);
  const cover = { tiers: [{ required: [...planned], scheduled: [...rostered] }] };
  const isShort = (at: number): boolean => shortAt(cover, at) > 0;
  const short = starts.filter((_, at) => isShort(at));
  const line = planned
    .map((value, at) => `${at === 0 ? 'M' : 'L'}${at * each},${y(value)}H${(at + 1) * each}`)
    .join('');
  const title = say('roster.day', { day: format.day(date) });
  return (
    <Panel title={title} note={say('roster.dayNote')}>
      <svg className="day-cover" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={title}>
        {rostered.map((value, at) => (
          <rect
            key={starts[at]}
            className={isShort(at) ? 'bar lacks' : 'bar'}
            x={at * each + 0.5}
            width={Math.max(1, each - 1)}
            y={y(value)}
            height={height - bottom - y(value)}
          />
        ))}
        <path d={line} className="line" />
        {starts.map((start, at) =>
          start % labelled === 0 ? (
            <text key={start} x={at * each} y={height - 4}>
              {clockText(start)}
            </text>
          ) : null,
        )}
        <text x={2} y={11}>
          {format.decimal(top, 0)}
        </text>
      </svg>
      <p className="note">
        <span className="key line-key" /> {say('roster.planned')} <span className="key bar-key" />{' '}
        {say('roster.rostered')} <span className="key lacks-key" /> {say('roster.short')}
        {short.length > 0 && `: ${short.map(clockText).join(' ')}`}
      </p>
    </Panel>
  );
};

/** Hours of duties that nobody has. */
export const openHours = (
  { gaps }: Pick<RosterEvaluation, 'gaps'>,
  { shifts }: Pick<RosterDocument, 'shifts'>,
): number =>
  gaps.reduce((sum, { shift, missing }) => sum + Math.max(0, missing) * (shifts[shift]?.hours ?? 0), 0);

/** Publishes a draft, with a reason where it takes another's place or breaks rules; by a plan that is not agreed to or not up to date only once it is said what that means. */
const PublishDialog = ({
  roster,
  behind,
  wallSheet,
  close,
  done,
}: {
  readonly roster: RosterDocument;
  readonly behind: readonly Sayable[];
  readonly wallSheet: string;
  readonly close: () => void;
  readonly done: (published?: PublicationDocument) => void;
}) => {
  const { say, tell, format } = useSpeech();
  const { id, people } = roster;
  const [rosters] = useAnswer('rosters');
  const [replaced] = publishedIn(
    (rosters.state === 'ready' ? rosters.value : []).filter((one) => one.id !== id),
    roster.from,
    roster.to,
  );
  // Published is what was there when this was asked.
  const [revision] = useState(roster.revision);
  useFocusBack();
  const [problem, setProblem] = useState<ProblemDetails>();
  const wantsReason = problem !== undefined || replaced !== undefined;
  const { said, isSaid, field } = useReason(wantsReason, '', true);
  const hasReason = said.why !== undefined;
  /** What was asked for stays so when it is asked for again, once a refusal has been read. */
  const asked = useRef<{ prints?: boolean; breakHardRules?: true }>({});
  const publish = async (now: typeof asked.current = { prints: false }): Promise<void> => {
    asked.current = { ...asked.current, ...now };
    const { prints = false, ...agreed } = asked.current;
    const supersede = wantsReason && said.why !== undefined ? { supersede: said.why } : {};
    // Opened by the click itself: a window that opens once the server has answered is blocked by some browsers.
    const sheet = prints ? window.open('', '_blank') : null;
    try {
      const published = await callApi('publishRoster', {
        body: { roster: id, revision, ...said, ...agreed, ...supersede },
      });
      sheet?.location.replace(wallSheet);
      done(published);
    } catch (error) {
      sheet?.close();
      setProblem(problemOf(error));
    }
  };
  const isChanged = isChangedElsewhere(problem);
  const isHard = problem !== undefined && isHardBreak(problem);
  const isOther = behind.some(isOutOfDate) || (roster.replanned ?? []).length > 0;
  return (
    <Modal open title={say('roster.publish')} onCancel={close} footer={null} destroyOnHidden>
      <Replanned document={roster} />
      {behind.map((one) => (
        <p key={tell(one)} className="replanned" role="status">
          {tell(one)}
        </p>
      ))}
      <p>
        {isOther && say('roster.publishBehind')}
        {replaced !== undefined && say('roster.replaces', { at: format.instant(replaced.publishedAt ?? '') })}
        {say('roster.publishWords')}
      </p>
      {problem !== undefined && !isChanged && !isHard && <ProblemView problem={problem} />}
      {!isChanged && (
        <div className="row">
          {field}
          {!isHard && (
            <>
              <Button type="primary" danger={wantsReason} disabled={!isSaid} onClick={() => void publish()}>
                {say(wantsReason ? 'roster.supersede' : isOther ? 'roster.publishAnyway' : 'roster.publish')}
              </Button>
              <Button disabled={!isSaid} onClick={() => void publish({ prints: true })}>
                {say('roster.andPrint')}
              </Button>
            </>
          )}
          <Button onClick={close}>{say('roster.cancel')}</Button>
        </div>
      )}
      {problem !== undefined && isChanged && (
        <RefusedChange problem={problem} people={people} on={{ label: say('roster.lookAgain'), go: done }} />
      )}
      {problem !== undefined && isHard && (
        <RefusedChange
          problem={problem}
          people={people}
          on={{
            label: say('roster.breakPublish'),
            words: say(hasReason ? 'roster.breakWords' : 'roster.breakWantsReason'),
            isDangerous: true,
            isReady: hasReason && isSaid,
            go: () => void publish({ breakHardRules: true }),
          }}
        />
      )}
    </Modal>
  );
};

/** What of a roster is looked at; the first is what opens. */
export const rosterViews = ['grid', 'own', 'compare', 'changes'] as const;
