import { Alert, Button } from 'antd';
import { useState, type Dispatch, type SetStateAction } from 'react';
import type { DivertDocument } from '../../contract/documents/divert-document.ts';
import type { ScenarioModel } from '../../contract/models/scenario-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { callApi } from '../api/call-api.ts';
import { may } from '../api/page-access.ts';
import { useJob } from '../api/use-job.ts';
import { JobView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';

/** Has the week's prompts chosen and draws them in the place of those that are there, with the reasons. */
export const ChooseForMe = ({
  plan,
  change,
}: {
  readonly plan: PlanDocument;
  readonly change: Dispatch<SetStateAction<ScenarioModel>>;
}) => {
  const { say, tell } = useSpeech();
  const control = useJob();
  const [chosen, setChosen] = useState<DivertDocument>();
  const choose = async (): Promise<void> => {
    const found = await control.run(() => callApi('makeDiversion', { body: { plan: plan.id } }));
    if (found === undefined) return;
    const answer = found as DivertDocument;
    setChosen(answer);
    const placements = answer.prompts.map(({ prompt, queue, date, from, to }) => ({
      prompt,
      queue,
      date,
      from,
      to,
    }));
    change((now) => ({ ...now, placements }));
  };
  if (!may('makeDiversion')) return null;
  return (
    <>
      <Button loading={control.running} onClick={() => void choose()}>
        {say('choose.run')}
      </Button>
      <JobView control={control} title={say('choose.running')} />
      {chosen !== undefined && (
        <Alert
          className="chosen"
          type={chosen.fragile ? 'warning' : 'info'}
          title={say(chosen.fragile ? 'choose.fragile' : 'choose.done', { n: chosen.prompts.length })}
          description={
            <ul>
              <li>{tell(chosen.basis.told)}</li>
              {chosen.reasons.map((said) => (
                <li key={tell(said)}>{tell(said)}</li>
              ))}
            </ul>
          }
        />
      )}
    </>
  );
};
