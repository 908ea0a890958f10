import type { Problem } from '../../kernel/errors.ts';
import { describeProblem } from '../../words/problems.ts';
import { useSpeech, withMinus } from '../words/words.tsx';

/** Problems one a line: where, what, what was found, what to do. */
export const ProblemLines = ({ problems }: { readonly problems: readonly Problem[] }) => {
  const { language } = useSpeech();
  return problems.map((problem, i) => (
    <div key={`${i} ${problem.rule}`}>{withMinus(describeProblem(problem, language, 'page'))}</div>
  ));
};
