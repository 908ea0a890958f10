import type { ProblemDetails } from '../../contract/http/problem-details.ts';
import { useSpeech } from '../words/words.tsx';

type Problem = ProblemDetails['problems'][number];
const mostShown = 200;

/** Every problem as a row: where, what, what was found, what to do. */
export const ProblemsTable = ({ problems }: { readonly problems: readonly Problem[] }) => {
  const { say, tell } = useSpeech();
  const placeOf = (problem: Problem): string =>
    [
      problem.file,
      problem.row === undefined ? undefined : say('problem.row', { n: problem.row }),
      problem.column,
      problem.path,
    ]
      .filter((part) => part !== undefined && part !== '')
      .join(' · ');
  return (
    <div className="scroll" tabIndex={0} role="group" aria-label={say('problem.table')}>
      <table className="plain problems">
        <thead>
          <tr>
            <th scope="col">{say('problem.severity')}</th>
            <th scope="col">{say('problem.place')}</th>
            <th scope="col">{say('problem.what')}</th>
            <th scope="col">{say('problem.found')}</th>
            <th scope="col">{say('problem.remedy')}</th>
          </tr>
        </thead>
        <tbody>
          {problems.slice(0, mostShown).map((problem, i) => (
            <tr key={i}>
              <td>
                <span className={`tag ${problem.severity}`}>{say(`problem.${problem.severity}`)}</span>
              </td>
              <td>{placeOf(problem)}</td>
              <td>{tell(problem.message)}</td>
              <td>{problem.value === undefined ? '' : <code>{problem.value}</code>}</td>
              <td>{tell(problem.remedy)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {problems.length > mostShown && <p>{say('problem.more', { n: problems.length - mostShown })}</p>}
    </div>
  );
};
