import { Alert, Button } from 'antd';
import { useState } from 'react';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { modelVersion } from '../../contract/http/model-version.ts';
import type { HotlineModel } from '../../contract/models/hotline-model.ts';
import type { PlanDocument } from '../../contract/documents/plan-document.ts';
import { closesEver } from '../../kernel/opening-hours.ts';
import { weeklyHours } from '../../kernel/weekly-hours.ts';
import { callApi } from '../api/call-api.ts';
import { problemOf } from '../api/use-load.ts';
import { ProblemView } from '../ui/states.tsx';
import { useSpeech } from '../words/words.tsx';

/** Opening hours that a plan learnt because nobody has stated them, to be kept at one press. */
export const LearntHours = ({ plan }: { readonly plan: PlanDocument }) => {
  const { say, tell } = useSpeech();
  const [kept, setKept] = useState(false);
  const [problem, setProblem] = useState<ProblemDetails>();
  const hours = plan.openingHours;
  if (hours?.source !== 'learnt' || !closesEver(hours.week)) return null;
  const keep = async (): Promise<void> => {
    setProblem(undefined);
    try {
      const hotline = (await callApi('model', { params: { model: 'hotline' } })) as HotlineModel;
      await callApi('putModel', {
        params: { model: 'hotline' },
        body: { ...hotline, openingHours: hours.week },
        version: await modelVersion('hotline', hotline),
      });
      setKept(true);
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  return (
    <>
      <Alert
        type={kept ? 'success' : 'info'}
        role="status"
        showIcon
        title={say(kept ? 'hours.kept' : 'hours.learnt', { hours: tell(weeklyHours(hours.week)) })}
        description={
          kept ? undefined : (
            <>
              <p>{say('hours.words')}</p>
              <Button className="no-print" onClick={() => void keep()}>
                {say('hours.keep')}
              </Button>
            </>
          )
        }
      />
      {problem !== undefined && <ProblemView problem={problem} />}
    </>
  );
};
