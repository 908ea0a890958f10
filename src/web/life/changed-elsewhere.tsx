import { Alert, Button } from 'antd';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { problemOnPage } from '../ui/problem-lines.tsx';
import { ProblemView } from '../ui/states.tsx';
import { messages } from '../../words/messages.ts';
import { addWords, useSpeech } from '../words/words.tsx';

addWords(messages('page-plan-life'));
addWords(messages('page-together'));

/**
 * What others changed since it was looked at: why a change was refused (`problem`), with a way to see what stands, or what
 * it was put on top of (`joined`).
 */
export const ChangedElsewhere = ({
  problem,
  joined,
  look,
}: {
  readonly problem: ProblemDetails | undefined;
  readonly joined?: ProblemDetails | undefined;
  readonly look: () => void;
}) => {
  const { say, language } = useSpeech();
  const told = problem ?? joined;
  if (told === undefined) return null;
  if (told.status !== 412) return <ProblemView problem={told} />;
  return (
    <Alert
      type={problem === undefined ? 'info' : 'warning'}
      showIcon
      role={problem === undefined ? 'status' : 'alert'}
      title={problem === undefined ? say('together.joined') : say('life.changed')}
      description={
        <>
          {told.problems.map((one) => (
            <p key={JSON.stringify(one.values)}>{problemOnPage(one, language).message}</p>
          ))}
          {problem !== undefined && (
            <>
              <p>{say('life.kept')}</p>
              <Button onClick={look}>{say('life.look')}</Button>
            </>
          )}
        </>
      }
    />
  );
};
