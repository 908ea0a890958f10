import { Alert, Button } from 'antd';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { sayProblem } from '../../words/problems.ts';
import { useSpeech } from '../words/words.tsx';

/** Whether somebody else changed the roster since it was looked at. */
export const isChangedElsewhere = (problem: ProblemDetails | undefined): boolean =>
  problem?.problems.some(({ rule }) => rule === 'roster-changed') === true;

/** What others changed since the roster was looked at; the reader decides what becomes of what they were about to do. */
export const ChangedAlert = ({
  problem,
  look,
}: {
  readonly problem: ProblemDetails;
  /** Shows the roster as it is by now. */
  readonly look: () => void;
}) => {
  const { say, tell } = useSpeech();
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={say('roster.changedElsewhere')}
      description={
        <>
          <ul>
            {problem.problems.map((one) => (
              <li key={JSON.stringify(one.values)}>{tell(sayProblem(one, 'page').message)}</li>
            ))}
          </ul>
          <div className="row">
            <Button onClick={look}>{say('roster.lookAgain')}</Button>
          </div>
        </>
      }
    />
  );
};
