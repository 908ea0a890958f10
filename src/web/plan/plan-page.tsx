import { Button, Select } from 'antd';
import { useMemo, useState } from 'react';
import type { PlanRequest } from '../../contract/http/job-requests.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { addDays, mondayOfWeek, weekOf } from '../../kernel/time.ts';
import { callApi } from '../api/call-api.ts';
import { useJob } from '../api/use-job.ts';
import { useLoad } from '../api/use-load.ts';
import type { PageProps } from '../page-props.ts';
import { EmptyView, JobView, LoadedView } from '../ui/states.tsx';
import { useFormat } from '../ui/use-format.ts';
import { goTo, placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { PlanView } from './plan-view.tsx';
import { TargetsDrawer } from './targets-drawer.tsx';

/** Weeks that can be planned: from four weeks before the data's end to eight weeks after. */
const weeksAround = (nextWeek: string): string[] => {
  const monday = mondayOfWeek(nextWeek);
  if (monday === undefined) return [nextWeek];
  return Array.from({ length: 13 }, (_, i) => weekOf(addDays(monday, 7 * (i - 4))));
};

/** The plan asked for by id, else the week's latest, else nothing. */
const idOf = ({ workspace, params }: PageProps, week: string): string | undefined =>
  params.get('plan') ?? workspace.plans.find((plan) => plan.week === week)?.id;

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
          <ol className="steps">
            <li>{say('plan.firstStep')}</li>
            <li>{say('plan.secondStep')}</li>
            <li>{say('plan.thirdStep')}</li>
          </ol>
          <a className="button" href={placeHref('data')}>
            {say('plan.bringData')}
          </a>
        </EmptyView>
      </>
    );
  return <WeekPlan {...props} nextWeek={workspace.nextWeek} />;
};

const WeekPlan = (props: PageProps & { readonly nextWeek: string }) => {
  const { say } = useSpeech();
  const { workspace, params, nextWeek } = props;
  const asked = workspace.plans.find((plan) => plan.id === params.get('plan'));
  const week = params.get('week') ?? asked?.week ?? nextWeek;
  const id = idOf(props, week);
  const control = useJob();
  const [targetsOpen, setTargetsOpen] = useState(false);
  const make = async (request: Partial<PlanRequest> = {}): Promise<void> => {
    setTargetsOpen(false);
    const made = await control.run(() => callApi('makePlan', { body: { week, ...request } }));
    if (made === undefined) return;
    props.reload();
    goTo('plan', { plan: (made as PlanDocument).id });
  };
  return (
    <>
      <div className="row title">
        <h1>{say('nav.plan')}</h1>
        <WeekSelect week={week} nextWeek={nextWeek} />
        <Button type="primary" loading={control.running} onClick={() => void make()}>
          {say(id === undefined ? 'plan.make' : 'plan.makeAgain')}
        </Button>
        <Button onClick={() => setTargetsOpen(true)}>{say('plan.targets')}</Button>
      </div>
      <JobView control={control} title={say('plan.making')} />
      {id === undefined ? (
        !control.running && (
          <EmptyView title={say('plan.none')}>
            <p>{say('plan.noneWords')}</p>
          </EmptyView>
        )
      ) : (
        <StoredPlan id={id} again={() => void make()} />
      )}
      {targetsOpen && (
        <TargetsDrawer close={() => setTargetsOpen(false)} make={(request) => void make(request)} />
      )}
    </>
  );
};

const StoredPlan = ({ id, again }: { readonly id: string; readonly again: () => void }) => {
  const [plan, retry] = useLoad(id, (signal) => callApi('plan', { params: { plan: id }, signal }));
  return (
    <LoadedView loaded={plan} retry={retry}>
      {(value) => <PlanView plan={value} again={again} />}
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
