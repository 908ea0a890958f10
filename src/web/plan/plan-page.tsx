import { Button, Select } from 'antd';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Job } from '../../contract/http/job.ts';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { planBefore } from '../../contract/documents/plan-before.ts';
import { isWhatIf } from '../../contract/documents/plan-id.ts';
import { addDays, mondayOfWeek, weekOf } from '../../kernel/time.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { useJob } from '../api/use-job.ts';
import { useLoad } from '../api/use-load.ts';
import type { PageProps } from '../page-props.ts';
import { EmptyView, JobView, LoadedView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { changePlace, goTo, placeHref, placeOf } from '../ui/use-place.ts';
import { planStateWords } from '../../words/plan-life.ts';
import { useSpeech } from '../words/words.tsx';
import { PlanActions } from './plan-actions.tsx';
import { PlanView } from './plan-view.tsx';
import { WeekSteps } from './week-steps.tsx';
import { planName } from './plan-name.ts';
import { planKey, planShown, readPlan, weekShown } from './plan-shown.ts';
import { planViewOf, planViews, type PlanViewName } from './plan-views.ts';
import { later } from '../ui/later.tsx';

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
  const state = planStateWords[plan.state][language];
  return <p className="on-paper">{say('plan.onPaper', { id: plan.id, week: plan.week, state })}</p>;
};

const WeekPlan = (props: PageProps & { readonly nextWeek: string }) => {
  const speech = useSpeech();
  const { say } = speech;
  const { workspace, params, nextWeek } = props;
  const asked = workspace.plans.find((plan) => plan.id === params.get('plan'));
  const week = weekShown(props) ?? nextWeek;
  const id = planShown(props, week);
  const view = planViewOf(params);
  const against = params.get('against');
  const control = useJob();
  const [open, setOpen] = useState<'targets' | 'overrules' | 'plans' | undefined>(
    params.get('plans') !== null ? 'plans' : params.get('adjust') !== null ? 'overrules' : undefined,
  );
  const [isWhatIfAsked, setWhatIfAsked] = useState(false);
  const make = (request: Partial<PlanRequest> = {}): Promise<void> => {
    setOpen(undefined);
    setWhatIfAsked(view === 'assumptions' && Object.keys(request).some((asked) => asked !== 'cause'));
    return showMade(() => callApi('makePlan', { body: { week, ...request } }));
  };
  const showMade = async (begin: () => Promise<Job>): Promise<void> => {
    const made = await control.run(begin);
    if (made === undefined) return;
    const plan = made as PlanDocument;
    props.reload();
    // Whoever has gone to another page meanwhile stays there.
    if (placeOf(window.location.hash).page !== 'plan') return;
    goTo('plan', { plan: plan.id });
    window.scrollTo({ top: 0 });
  };
  const hasPlans = workspace.plans.length > 0;
  useEffect(() => {
    if (hasPlans) return;
    void followFirstPlan(showMade);
    // Looked for once: what is asked for on this page is followed anyway.
  }, []);
  const isAskedNow = params.get('now') !== null;
  useEffect(() => {
    if (!isAskedNow) return;
    changePlace({ now: undefined });
    void make();
    // Asked for by whoever has just saved something elsewhere: once.
  }, [isAskedNow]);
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
              loading={control.running && !isWhatIfAsked}
              disabled={control.running && isWhatIfAsked}
              onClick={() => void make()}
            >
              {say(id === undefined ? 'plan.make' : 'plan.makeAgain')}
            </Button>
          )}
          <PlanActions id={id} hasPlans={workspace.plans.length > 0} open={setOpen} />
        </div>
        {id !== undefined && <ViewTabs id={id} view={against === null ? view : undefined} />}
      </div>
      <WeekSteps workspace={workspace} week={week} id={id} />
      {id !== undefined && <OnPaper plan={workspace.plans.find((plan) => plan.id === id)} />}
      {id !== undefined && against === null && (
        <PlanLifeBar
          key={id}
          id={id}
          plans={workspace.plans}
          reload={props.reload}
          again={control.running ? undefined : () => void make()}
        />
      )}
      {!(isWhatIfAsked && view === 'assumptions') && progress}
      {id === undefined ? (
        !control.running && <NoPlan traffic={JSON.stringify(workspace.traffic)} />
      ) : against !== null ? (
        <ComparePlans id={id} against={against} names={workspace.plans} />
      ) : (
        <StoredPlan
          id={id}
          view={view}
          earlier={planBefore(workspace.plans, id)}
          overruling={open === 'overrules'}
          close={() => setOpen(undefined)}
          make={(request) => void make(request)}
          progress={isWhatIfAsked ? progress : null}
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
        <TargetsDrawer close={() => setOpen(undefined)} make={(request) => void make(request)} />
      )}
    </>
  );
};

/** The line's first plan, where it is being made already: at the first start, or in another window. */
const followFirstPlan = async (show: (begin: () => Promise<Job>) => Promise<void>): Promise<void> => {
  const jobs = await callApi('jobs').catch(() => []);
  const begun = jobs.find(
    ({ kind, state }) => kind === 'plan' && state !== 'failed' && state !== 'cancelled',
  );
  if (begun !== undefined) await show(() => Promise.resolve(begun));
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
  view,
  earlier,
  overruling,
  close,
  make,
  progress,
}: {
  readonly id: string;
  readonly view: PlanViewName;
  readonly earlier: string | undefined;
  readonly overruling: boolean;
  readonly close: () => void;
  readonly make: (request: Partial<PlanRequest>) => void;
  readonly progress: ReactNode;
}) => {
  const [plan, retry] = useLoad(planKey(id), (signal) => readPlan(id, signal));
  return (
    <LoadedView loaded={plan} retry={retry}>
      {(value) => (
        <>
          <PlanView plan={value} view={view} earlier={earlier} make={make} progress={progress} />
          {overruling && <OverruleDialog plan={value} close={close} again={() => make({})} />}
        </>
      )}
    </LoadedView>
  );
};

const WeekSelect = ({ week, nextWeek }: { readonly week: string; readonly nextWeek: string }) => {
  const { say } = useSpeech();
  const format = useFormat();
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
