import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { changeReasons, planChanges } from '../../render/plan-changes.ts';
import { callApi } from '../api/call-api.ts';
import { useLoad } from '../api/use-load.ts';
import { placeHref } from '../ui/use-place.ts';
import { LoadedView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';

/** What moved since the week's plan before, and why. */
export const SinceLast = ({ plan, earlier }: { readonly plan: PlanDocument; readonly earlier: string }) => {
  const { say } = useSpeech();
  const [before, retry] = useLoad(earlier, (signal) =>
    callApi('plan', { params: { plan: earlier }, signal }),
  );
  return (
    <div>
      <h2>{say('answer.changed')}</h2>
      <LoadedView loaded={before} retry={retry}>
        {(value) => <Changes before={value} after={plan} />}
      </LoadedView>
      <a href={placeHref('plan', { plan: plan.id, against: earlier })}>{say('answer.compare')}</a>
    </div>
  );
};

/** The moves of two plans of one week as lines, with what explains them. */
const Changes = ({ before, after }: { readonly before: PlanDocument; readonly after: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const changes = planChanges(before, after);
  if (changes.length === 0 && changeReasons(before, after).length === 0) return <p>{say('answer.same')}</p>;
  return (
    <>
      {changes.length > 0 && (
        <ul>
          {changes.map((change) => (
            <li key={change.code}>{tell(change)}</li>
          ))}
        </ul>
      )}
      <Reasons before={before} after={after} />
    </>
  );
};

/** Why two plans differ, in one line; nothing where nothing explains them. */
export const Reasons = ({
  before,
  after,
}: {
  readonly before: PlanDocument;
  readonly after: PlanDocument;
}) => {
  const { say, tell } = useSpeech();
  const reasons = changeReasons(before, after);
  if (reasons.length === 0) return null;
  return <p>{say('answer.because', { reasons: reasons.map(tell).join(say('list.semicolon')) })}</p>;
};
