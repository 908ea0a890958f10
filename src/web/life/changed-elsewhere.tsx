import { Alert, Button } from 'antd';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { sayProblem } from '../../words/problems.ts';
import { ProblemView } from '../ui/states.tsx';
import { planLifePageWords } from '../../words/page/plan-life.ts';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(planLifePageWords);

/** Why a change was refused: what others changed since it was looked at, with a way to see it; or what is wrong. */
export const ChangedElsewhere = ({
  problem,
  look,
}: {
  readonly problem: ProblemDetails | undefined;
  readonly look: () => void;
}) => {
  const { say, tell } = useSpeech();
  if (problem === undefined) return null;
  if (problem.status !== 412) return <ProblemView problem={problem} />;
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={say('life.changed')}
      description={
        <>
          {problem.problems.map((one) => (
            <p key={JSON.stringify(one.values)}>{tell(sayProblem(one, 'page').message)}</p>
          ))}
          <p>{say('life.kept')}</p>
          <Button onClick={look}>{say('life.look')}</Button>
        </>
      }
    />
  );
};
