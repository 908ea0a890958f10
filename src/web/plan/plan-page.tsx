import { Button, Select } from 'antd';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { isWhatIf, planBefore, standingPlan } from '../../contract/plan-states.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import type { ReportFormat, ReportPage } from '../../contract/report-formats.ts';
import { addDays, mondayOfWeek, weekOf } from '../../kernel/time.ts';
import { planDecisions } from '../../render/plan-decisions.ts';
import { weekVerdict } from '../../render/week-answer.ts';
import { messages } from '../../words/messages.ts';
import { apiAddress, callApi } from '../api/call-api.ts';
import { may, type PageProps } from '../api/page-access.ts';
import { useAnswer, useHere, useJob, useKeptChoice, problemOf } from '../api/use-load.ts';
import { later } from '../ui/later.tsx';
import { EmptyView, JobView, LoadedView, Waiting } from '../ui/states.tsx';
import { Unusual } from '../ui/unusual.tsx';
import { useNarrow } from '../ui/use-screen.ts';
import { changePlace, goTo, isHeld, placeHref, placeOf, usePlace, placeWith } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { DayTable } from './day-table.tsx';
import { Headline } from './headline.tsx';
import { PlanBasis, planName, WhatIfAsked } from './plan-name.tsx';
import { type Asking, planShown, planViews, weekShown, type WhatIfAnswers } from './plan-views.ts';
import { SinceLast } from './since-last.tsx';
import { WeekSteps } from './week-steps.tsx';

// What is opened now and then comes when it is opened.
const ComparePlans = later(async () => (await import('./compare-plans.tsx')).ComparePlans);
const PlanLifeBar = later(async () => (await import('../life/plan-life-bar.tsx')).PlanLifeBar);
const NoPlan = later(async () => (await import('./no-plan.tsx')).NoPlan);
const PlansDrawer = later(async () => (await import('./plans-drawer.tsx')).PlansDrawer);
const OverruleDialog = later(async () => (await import('../overrules/overrule-dialog.tsx')).OverruleDialog);
const TargetsDrawer = later(async () => (await import('./targets-drawer.tsx')).TargetsDrawer);

/** Weeks that can be planned: from four weeks before the data's end to eight weeks after. */
const weeksAround = (nextWeek: string): string[] => {
  const monday = mondayOfWeek(nextWeek);
  if (monday === undefined) return [nextWeek];
  return Array.from({ length: 13 }, (_, i) => weekOf(addDays(monday, 7 * (i - 4))));
};

/** Journey 1: plan the week. */
export const PlanPage = (props: PageProps) => {
  const { say } = useSpeech();
  const { workspace } = props;
  if (workspace.nextWeek === null)
    return (
      <>
        <div className="row title">
          <h1>{say('nav.plan')}</h1>
        </div>
        <EmptyView title={say('plan.noData')}>
          {may('ingestFile') && (
            <>
              <ol className="steps">
                <li>{say('plan.firstStep')}</li>
                <li>{say('plan.secondStep')}</li>
                <li>{say('plan.thirdStep')}</li>
              </ol>
              <a className="button" href={placeHref('data')}>
                {say('plan.bringData')}
              </a>
            </>
          )}
        </EmptyView>
      </>
    );
  return <WeekPlan {...props} nextWeek={workspace.nextWeek} />;
};

/** Which plan a printed page shows, and what it was by then. */
const OnPaper = ({ plan }: { readonly plan: PageProps['workspace']['plans'][number] | undefined }) => {
  const { say, language } = useSpeech();
  if (plan === undefined) return null;
  const state = messages('plan-state')[plan.state][language];
  return <p className="on-paper">{say('plan.onPaper', { id: plan.id, week: plan.week, state })}</p>;
};

const isBlank = ({ factors, ...answers }: WhatIfAnswers): boolean =>
  Object.values({ ...factors, ...answers }).every((answer) => answer === undefined || answer === null);

/** Whether a page that opened by itself would be in somebody's way: they are at a field, or have typed what is not saved. */
const isTyping = (isWhatIfTyped: boolean): boolean =>
  isHeld() ||
  (isWhatIfTyped && placeOf(window.location.hash).params.get('view') === 'assumptions') ||
  document.activeElement?.matches('input, textarea') === true;

const WeekPlan = (props: PageProps & { readonly nextWeek: string }) => {
  const speech = useSpeech();
  const { say } = speech;
  const { workspace, params, nextWeek } = props;
  const asked = workspace.plans.find((plan) => plan.id === params.get('plan'));
  const week = weekShown(props) ?? nextWeek;
  /** A plan that was shown and is no more: own data have taken the place of what it rested on. */
  const [gone, setGone] = useState<string>();
  const shown = planShown(props, week);
  const id = shown === gone ? undefined : shown;
  const view = planViewOf(params);
  const against = params.get('against');
  const hasPlans = workspace.plans.length > 0;
  // The line's first plan is shown also where it was made a moment ago.
  const control = useJob(
    hasPlans ? { kind: 'plan', week, onlyRunning: true } : { kind: 'plan' },
    (answer, isAskedHere) => {
      if (answer === undefined) return;
      const made = answer as PlanDocument;
      // It may be gone by now: with the made-up line, or by somebody's hand.
      callApi('planLife', { params: { plan: made.id } }).then(
        () => showPlan(made, !isAskedHere),
        (error: unknown) => {
          if (problemOf(error).status !== 404) showPlan(made, !isAskedHere);
        },
      );
    },
  );
  const [open, setOpen] = useState<'targets' | 'overrules' | 'plans' | undefined>(
    params.get('plans') !== null ? 'plans' : params.get('adjust') !== null ? 'overrules' : undefined,
  );
  const [isWhatIfAsked, setWhatIfAsked] = useState(false);
  const [typed, setTyped] = useKeptChoice<WhatIfAnswers>('what-if', {});
  const [madeOf, setMadeOf] = useKeptChoice<WhatIfAnswers>('what-if-asked', {});
  const isNew = JSON.stringify(typed) !== JSON.stringify(madeOf) && !isBlank(typed);
  const isNewNow = useRef(isNew);
  useEffect(() => {
    isNewNow.current = isNew;
  });
  /** A plan that is ready while somebody types. */
  const [ready, setReady] = useState<string>();
  const make = async (request: Partial<PlanRequest> = {}, of: WhatIfAnswers = {}): Promise<void> => {
    setWhatIfAsked(view === 'assumptions' && Object.keys(request).some((asked) => asked !== 'cause'));
    setReady(undefined);
    setMadeOf(of);
    const made = await control.run(async () => {
      const job = await callApi('makePlan', { body: { week, ...request } });
      // What is refused stays open, with why.
      setOpen(undefined);
      return job;
    });
    if (made !== undefined) showPlan(made as PlanDocument);
  };
  const isHere = useHere();
  const showPlan = (plan: PlanDocument, isOthers = false): void => {
    props.reload();
    // Anyone who reads a plan while somebody else's is made stays there, and so who has gone to another page meanwhile.
    if (isOthers && id !== undefined) return;
    setGone(undefined);
    if (!isHere()) return;
    if (id !== undefined && isTyping(isNewNow.current)) return setReady(plan.id);
    if (!isNewNow.current) setTyped({});
    // What is asked stands beside what it was asked of.
    const asked = id !== undefined && isWhatIf(id) ? standingPlan(workspace.plans, week)?.id : id;
    const beside = isWhatIf(plan.id) && asked !== undefined && asked !== plan.id ? { against: asked } : {};
    goTo('plan', { plan: plan.id, ...beside });
    window.scrollTo({ top: 0 });
  };
  const isAskedNow = params.get('now') !== null;
  useEffect(() => {
    if (!isAskedNow) return;
    changePlace({ now: undefined });
    void make();
    // Asked for by the person who has just saved something elsewhere: once.
  }, [isAskedNow]);
  const openNew = (what: typeof open): void => {
    // An earlier refusal is not of what is asked for now.
    if (what === 'targets') control.clear();
    setOpen(what);
  };
  const isMaking = control.running && control.isOwn;
  const progress = <JobView control={control} title={say('plan.making')} />;
  return (
    <>
      <div className="toolbar no-print">
        <div className="row title">
          <h1>{say('nav.plan')}</h1>
          {asked !== undefined && isWhatIf(asked.id) && (
            <span className="tag warning">
              {say('plans.whatIf')}
              {planName(asked, speech) === undefined ? '' : ` · ${planName(asked, speech)}`}
            </span>
          )}
          <WeekSelect week={week} nextWeek={nextWeek} />
          {may('makePlan') && (
            <Button
              type="primary"
              loading={isMaking && !isWhatIfAsked}
              disabled={isMaking && isWhatIfAsked}
              onClick={() => void make()}
            >
              {say(id === undefined ? 'plan.make' : isWhatIf(id) ? 'plan.makeOrdinary' : 'plan.makeAgain')}
            </Button>
          )}
          <PlanActions id={id} hasPlans={workspace.plans.length > 0} open={openNew} />
        </div>
        {id !== undefined && <ViewTabs id={id} view={against === null ? view : undefined} />}
      </div>
      {/* A what-if is no step of the week: it is neither rostered nor published. */}
      {(id === undefined || !isWhatIf(id)) && <WeekSteps workspace={workspace} week={week} id={id} />}
      {id !== undefined && <OnPaper plan={workspace.plans.find((plan) => plan.id === id)} />}
      {id !== undefined && against === null && (
        <PlanLifeBar
          key={id}
          id={id}
          plans={workspace.plans}
          reload={props.reload}
          again={isMaking ? undefined : () => void make()}
        />
      )}
      {id !== undefined && against === null && <PlanBasis plans={workspace.plans} id={id} />}
      {!(isWhatIfAsked && view === 'assumptions') && progress}
      {ready !== undefined && ready !== id && (
        <p className="note" role="status">
          {say('plan.ready')} <a href={placeHref('plan', { plan: ready })}>{say('plan.showReady')}</a>
        </p>
      )}
      {id === undefined ? (
        !control.running && <NoPlan traffic={JSON.stringify(workspace.traffic)} />
      ) : against !== null ? (
        <ComparePlans id={id} against={against} names={workspace.plans} />
      ) : (
        <StoredPlan
          id={id}
          isGone={() => {
            setGone(id);
            props.reload();
          }}
          view={view}
          earlier={planBefore(workspace.plans, id)}
          overruling={open === 'overrules'}
          close={() => setOpen(undefined)}
          typed={typed}
          type={setTyped}
          make={(request, of) => void make(request, of)}
          progress={isWhatIfAsked ? progress : null}
          isRunning={isMaking}
        />
      )}
      {open === 'plans' && (
        <PlansDrawer
          plans={workspace.plans}
          shown={id}
          close={() => setOpen(undefined)}
          reload={props.reload}
        />
      )}
      {open === 'targets' && (
        <TargetsDrawer
          close={() => setOpen(undefined)}
          make={(request) => void make(request)}
          problem={control.problem}
        />
      )}
    </>
  );
};

/** The views of a plan, each with an address of its own. */
const ViewTabs = ({ id, view }: { readonly id: string; readonly view: PlanViewName | undefined }) => {
  const { say } = useSpeech();
  return (
    <nav className="tabs" aria-label={say('plan.views')}>
      {planViews.map((each) => (
        <a
          key={each}
          href={placeHref('plan', { plan: id, view: each })}
          aria-current={each === view ? 'page' : undefined}
        >
          {say(`view.${each}`)}
        </a>
      ))}
    </nav>
  );
};

const StoredPlan = ({
  id,
  isGone,
  view,
  earlier,
  overruling,
  close,
  ...asking
}: Asking & {
  readonly id: string;
  /** There is no such plan any more. */
  readonly isGone: () => void;
  readonly view: PlanViewName;
  readonly earlier: string | undefined;
  readonly overruling: boolean;
  readonly close: () => void;
}) => {
  const [plan, retry] = useAnswer('plan', { params: { plan: id } });
  const isMissing = plan.state === 'failed' && plan.problem.status === 404;
  useEffect(() => {
    if (isMissing) isGone();
    // It is told once.
  }, [isMissing]);
  return (
    <LoadedView loaded={plan} retry={retry}>
      {(value) => (
        <>
          <PlanView plan={value} view={view} earlier={earlier} {...asking} />
          {overruling && <OverruleDialog plan={value} close={close} again={() => asking.make({})} />}
        </>
      )}
    </LoadedView>
  );
};

const WeekSelect = ({ week, nextWeek }: { readonly week: string; readonly nextWeek: string }) => {
  const { say, format } = useSpeech();
  const weeks = useMemo(() => [...new Set([...weeksAround(nextWeek), week])].sort(), [nextWeek, week]);
  return (
    <Select
      aria-label={say('plan.week')}
      value={week}
      style={{ minWidth: 250 }}
      options={weeks.map((each) => {
        const monday = mondayOfWeek(each) ?? '';
        return {
          value: each,
          label: `${each} · ${format.day(monday)} – ${format.day(addDays(monday, 6))}`,
        };
      })}
      onChange={(chosen: string) => goTo('plan', { week: chosen })}
    />
  );
};

interface PlanActionsProps {
  /** The plan that is shown; undefined where there is none. */
  readonly id: string | undefined;
  readonly hasPlans: boolean;
  readonly open: (what: 'targets' | 'overrules' | 'plans') => void;
}

/** What can be done beside planning: three things in sight, the rest in one menu; on a phone all of it in there. */
const PlanActions = ({ id, hasPlans, open }: PlanActionsProps) => {
  const { say, language } = useSpeech();
  const isNarrow = useNarrow();
  const link = (format: ReportFormat, page?: ReportPage): string =>
    apiAddress('report', { plan: id ?? '' }, { format, language, ...(page === undefined ? {} : { page }) });
  const beside = (
    <>
      {id !== undefined && may('addOverrule') && (
        <Button onClick={() => open('overrules')}>{say('overrule.open')}</Button>
      )}
      {hasPlans && <Button onClick={() => open('plans')}>{say('plans.open')}</Button>}
      {id !== undefined && (
        <Button href={link('html', 'leader')} target="_blank">
          {say('plan.leaderPage')}
        </Button>
      )}
    </>
  );
  if (id === undefined && !may('makePlan')) return hasPlans && beside;
  return (
    <>
      {!isNarrow && beside}
      <ActionsMenu>
        {id !== undefined && may('makePlan') && (
          <Button href={placeWith({ view: 'assumptions', 'what-if': 'yes' })}>{say('plan.whatIf')}</Button>
        )}
        {may('makePlan') && <Button onClick={() => open('targets')}>{say('plan.targets')}</Button>}
        {isNarrow && beside}
        {id !== undefined && (
          <>
            <Button href={link('xlsx')} download>
              XLSX
            </Button>
            <Button href={link('zip')} download>
              CSV
            </Button>
            <Button href={link('html')} download>
              HTML
            </Button>
            <Button onClick={printPlan}>{say('plan.print')}</Button>
          </>
        )}
      </ActionsMenu>
    </>
  );
};

/** Actions that are opened first: it shuts when one is chosen, by Escape and by a press elsewhere, and keeps the focus. */
const ActionsMenu = ({ children }: { readonly children: ReactNode }) => {
  const { say } = useSpeech();
  const menu = useRef<HTMLDetailsElement>(null);
  const shut = (): void => {
    if (menu.current?.open !== true) return;
    menu.current.querySelector('summary')?.focus();
    menu.current.open = false;
  };
  useEffect(() => {
    const elsewhere = ({ target }: PointerEvent): void => {
      if (menu.current !== null && target instanceof Node && !menu.current.contains(target))
        menu.current.open = false;
    };
    document.addEventListener('pointerdown', elsewhere);
    return () => document.removeEventListener('pointerdown', elsewhere);
  }, []);
  return (
    // The dialog that an action opens gives the focus back to what had it: to the menu's own name.
    <details className="more-actions" ref={menu} onKeyDown={({ key }) => key === 'Escape' && shut()}>
      <summary>{say('plan.more')}</summary>
      <div onClickCapture={shut}>{children}</div>
    </details>
  );
};

const views = {
  forecast: later(async () => (await import('./forecast-view.tsx')).ForecastView, <Waiting />),
  requirement: later(async () => (await import('./requirement-view.tsx')).RequirementView, <Waiting />),
  shifts: later(async () => (await import('./shifts-panel.tsx')).ShiftsPanel, <Waiting />),
  prompts: later(async () => (await import('./projection-view.tsx')).PromptsTable, <Waiting />),
  projection: later(async () => (await import('./projection-view.tsx')).ProjectionView, <Waiting />),
  assumptions: later(async () => (await import('./assumptions-view.tsx')).AssumptionsView, <Waiting />),
};

const Why = later(async () => (await import('./why-drawer.tsx')).WhyDrawer);

interface PlanViewProps extends Asking {
  readonly plan: PlanDocument;
  readonly view: PlanViewName;
  /** The week's plan before this one. */
  readonly earlier: string | undefined;
}

/** One view of a made plan; all of them, one below the other, while it is printed. */
const PlanView = ({ plan, view, earlier, ...asking }: PlanViewProps) => {
  const isPrinting = usePrinting();
  const show = (name: PlanViewName): ReactNode => {
    if (name === 'answer') return <AnswerView key={name} plan={plan} earlier={earlier} />;
    const View = views[name];
    return <View key={name} plan={plan} {...asking} />;
  };
  const at = usePlace().params.get('at');
  return (
    <>
      {isPrinting ? planViews.map(show) : show(view)}
      {/* On its own: while it is fetched, what it was opened from stays in sight and keeps the focus. */}
      {at !== null && <Why plan={plan} start={at} />}
    </>
  );
};

const askToPrint = 'huawu-print';

/** Prints the plan as a whole: its parts are put on the page first. */
const printPlan = (): void => {
  window.dispatchEvent(new Event(askToPrint));
};

/** True from when the plan is to be printed until it has been. */
const usePrinting = (): boolean => {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const ask = (): void => setPrinting(true);
    window.addEventListener(askToPrint, ask);
    return () => window.removeEventListener(askToPrint, ask);
  }, []);
  useEffect(() => {
    if (!isPrinting) return undefined;
    // Parts that are still to be loaded, and charts, want a moment to stand on the page.
    const timer = setTimeout(() => {
      window.print();
      setPrinting(false);
    }, 1200);
    return () => clearTimeout(timer);
  }, [isPrinting]);
  return isPrinting;
};

// The drawing's code comes after the words; its room is kept.
const WeekPicture = later(
  async () => (await import('./week-picture.tsx')).WeekPicture,
  <section className="panel picture-room" />,
);

/** The first thing seen: the week in a sentence, what waits for a decision, what moved, the week in a picture, and the days. */
const AnswerView = ({
  plan,
  earlier,
}: {
  readonly plan: PlanDocument;
  readonly earlier: string | undefined;
}) => {
  const { say, tell } = useSpeech();
  return (
    <>
      <Unusual said={plan.unusual} />
      <WhatIfAsked plan={plan} />
      <section className="panel answer" aria-label={say('answer.title')}>
        <div className="answer-said">
          {weekVerdict(plan).map((said, at) => (
            <p key={said.code} className={at === 0 ? 'answer-sentence' : 'note answer-detail'}>
              {tell(said)}
            </p>
          ))}
        </div>
        <div className="halves">
          <Decisions plan={plan} />
          {earlier !== undefined && <SinceLast plan={plan} earlier={earlier} />}
        </div>
      </section>
      <Headline plan={plan} />
      <WeekPicture plan={plan} />
      <DayTable plan={plan} />
    </>
  );
};

const Decisions = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const decisions = planDecisions(plan);
  const href = (code: string): string => {
    const place = placeOfDecision[code] ?? 'answer';
    if (place === 'settings') return placeHref('settings', { view: 'all', model: 'tiers' });
    return place === 'data' ? placeHref('data') : placeHref('plan', { plan: plan.id, view: place });
  };
  return (
    <div>
      <h2>{say('answer.decide')}</h2>
      {decisions.length === 0 ? (
        <p>{say('answer.nothing')}</p>
      ) : (
        <ul className="decisions">
          {decisions.map((decision) => (
            <li key={decision.code}>
              {tell(decision)}{' '}
              <a href={href(decision.code)} className="nowrap">
                {say(`answer.to.${placeOfDecision[decision.code] ?? 'answer'}`)}
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

type PlanViewName = (typeof planViews)[number];

/** The view that an address names; the first where it names none. */
const planViewOf = (params: URLSearchParams): PlanViewName =>
  planViews.find((view) => view === params.get('view')) ?? 'answer';

/** Where in the app a decision is taken, by the finding that asks for it. */
const placeOfDecision: Readonly<Record<string, PlanViewName | 'data' | 'settings'>> = {
  'decide-no-people': 'data',
  'decide-unusual': 'data',
  'decide-assumed-shape': 'data',
  'decide-far-data': 'data',
  'decide-learnt-hours': 'assumptions',
  'decide-assumed-handle-time': 'assumptions',
  'decide-assumed-prices': 'settings',
  'decide-unstaffed': 'requirement',
  'decide-short': 'requirement',
  'decide-release': 'requirement',
  'decide-not-proved': 'projection',
  'decide-prompts': 'prompts',
};
