import { Alert, Button } from 'antd';
import type { ProblemDetails } from '../../contract/documents/schema-parts.ts';
import type { PlanMeanwhile } from '../../contract/plan-life.ts';
import { messages } from '../../words/messages.ts';
import { problemOf } from '../api/use-load.ts';
import { problemOnPage } from '../ui/problems-table.tsx';
import { ProblemView } from '../ui/states.tsx';
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
  isKept = true,
  look,
}: {
  readonly problem: ProblemDetails | undefined;
  readonly joined?: ProblemDetails | undefined;
  /** Something was written that stays. */
  readonly isKept?: boolean;
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
              {isKept && <p>{say('life.kept')}</p>}
              <Button onClick={look}>{say('life.look')}</Button>
            </>
          )}
        </>
      }
    />
  );
};

/** What became of a plan meanwhile, where that is why a change was refused. */
const meanwhileOf = ({ problems }: ProblemDetails): PlanMeanwhile | undefined =>
  problems.find(({ rule }) => rule === 'plan-changed-meanwhile')?.values as PlanMeanwhile | undefined;

/**
 * Does a change that was decided on a version. Where somebody was quicker and what they did does not touch it (`fits`), it
 * is done on top of that; answers then what they did. Throws where it is refused.
 */
export const changeOnTop = async (
  version: number,
  change: (version: number) => Promise<unknown>,
  fits: (meanwhile: PlanMeanwhile) => boolean,
): Promise<ProblemDetails | undefined> => {
  try {
    await change(version);
    return undefined;
  } catch (error) {
    const problem = problemOf(error);
    const meanwhile = meanwhileOf(problem);
    if (meanwhile === undefined || !fits(meanwhile)) throw error;
    await change(meanwhile.version);
    return problem;
  }
};
