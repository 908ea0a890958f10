import { Button } from 'antd';
import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { useSpeech } from '../words/words.tsx';
import { remediesOf, type Chosen, type Remedy } from './remedies.ts';

const mostShown = 10;

/** What can be done about a file's problems with what the page has: a button each, which reads the file again. */
export const RemedyButtons = ({
  problems,
  chosen,
  take,
}: {
  readonly problems: ProblemDetails['problems'];
  readonly chosen: Chosen;
  readonly take: (remedy: Remedy) => void;
}) => {
  const speech = useSpeech();
  const named = new Map(remediesOf(problems, chosen).map((remedy) => [remedy.label(speech), remedy]));
  if (named.size === 0) return null;
  return (
    <div className="row" role="group" aria-label={speech.say('remedy.title')}>
      <span className="note">{speech.say('remedy.title')}</span>
      {[...named].slice(0, mostShown).map(([label, remedy]) => (
        <Button key={label} size="small" onClick={() => take(remedy)}>
          {label}
        </Button>
      ))}
    </div>
  );
};
