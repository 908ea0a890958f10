import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { planAccounts, planChanges } from '../../render/plan-changes.ts';
import { useAnswer, useLoad } from '../api/use-load.ts';
import { placeHref } from '../ui/use-place.ts';
import { LoadedView } from '../ui/states.tsx';
import { wordsThere } from '../words/load-words.ts';
import { useSpeech } from '../words/words.tsx';

/** What moved since the week's plan before, and why. */
export const SinceLast = ({ plan, earlier }: { readonly plan: PlanDocument; readonly earlier: string }) => {
  const { say } = useSpeech();
  const [before, retry] = useAnswer('plan', { params: { plan: earlier } });
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

/** What explains the moves of two plans; what explains it is fetched when it is asked for. */
const useReasons = (before: PlanDocument, after: PlanDocument) => {
  const { language } = useSpeech();
  // Reasons name settings, in the languages that the page has by now.
  return useLoad(`why ${before.id} ${after.id} ${language}`, async () => {
    const { changeReasons } = await import('../../render/change-reasons.ts');
    await wordsThere();
    return changeReasons(before, after);
  });
};

/** The moves of two plans of one week as lines, with what explains them. */
const Changes = ({ before, after }: { readonly before: PlanDocument; readonly after: PlanDocument }) => {
  const { tell } = useSpeech();
  const changes = planChanges(before, after);
  const accounts = planAccounts(before, after);
  return (
    <>
      {changes.length > 0 && (
        <ul>
          {changes.map((change) => (
            <li key={change.code}>{tell(change)}</li>
          ))}
        </ul>
      )}
      {accounts.map((said) => (
        <p key={said.code}>{tell(said)}</p>
      ))}
      <Reasons before={before} after={after} />
    </>
  );
};

/** Why two plans differ, in one line; of two with the same figures, that they are so, and what was changed. */
export const Reasons = ({
  before,
  after,
}: {
  readonly before: PlanDocument;
  readonly after: PlanDocument;
}) => {
  const { say, tell } = useSpeech();
  const [loaded, retry] = useReasons(before, after);
  const isMoved = planChanges(before, after).length > 0;
  return (
    <LoadedView loaded={loaded} retry={retry}>
      {(known) => {
        const reasons = known.map(tell).join(say('list.semicolon'));
        return (
          <p>
            {!isMoved && `${say('answer.same')} `}
            {known.length > 0 && say(isMoved ? 'answer.because' : 'answer.changedOnly', { reasons })}
          </p>
        );
      }}
    </LoadedView>
  );
};
