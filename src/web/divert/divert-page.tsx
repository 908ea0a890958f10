import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { useLoad } from '../api/use-load.ts';
import type { PageProps } from '../page-props.ts';
import { EmptyView, LoadedView } from '../ui/states.tsx';
import { placeHref } from '../ui/use-place.ts';
import { useSpeech } from '../words/words.tsx';
import { DivertView } from './divert-view.tsx';

/** Journey 2: try prompts on a plan. */
export const DivertPage = ({ workspace, params }: PageProps) => {
  const { say } = useSpeech();
  const id = params.get('plan') ?? workspace.plans[0]?.id;
  return (
    <>
      <div className="row title">
        <h1>{say('nav.divert')}</h1>
      </div>
      {id === undefined ? (
        <EmptyView title={say('divert.none')}>
          {may('makePlan') && (
            <a className="button" href={placeHref('plan')}>
              {say('divert.makePlan')}
            </a>
          )}
        </EmptyView>
      ) : (
        <PlanToDivert id={id} />
      )}
    </>
  );
};

const PlanToDivert = ({ id }: { readonly id: string }) => {
  const [loaded, retry] = useLoad(id, async (signal) => {
    const params = { plan: id };
    const [plan, plannedOperation] = await Promise.all([
      callApi('plan', { params, signal }),
      callApi('planWorld', { params, signal }),
    ]);
    return { plan, plannedOperation };
  });
  return (
    <LoadedView loaded={loaded} retry={retry}>
      {({ plan, plannedOperation }) => (
        <DivertView key={plan.id} plan={plan} plannedOperation={plannedOperation} />
      )}
    </LoadedView>
  );
};
