import type { Problem } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/text.ts';
import { describeProblem, problemIn } from '../../words/problems.ts';
import { useSpeech, withMinus } from '../words/words.tsx';

/** What is wrong and what to do, as the page says it. */
export const problemOnPage = (
  problem: Problem,
  language: Language,
): { readonly message: string; readonly remedy: string } => {
  const { message, remedy } = problemIn(problem, language, 'page');
  return { message: withMinus(message), remedy: withMinus(remedy) };
};

/** Problems one a line: where, what, what was found, what to do. */
export const ProblemLines = ({ problems }: { readonly problems: readonly Problem[] }) => {
  const { language } = useSpeech();
  return problems.map((problem, i) => (
    <div key={`${i} ${problem.rule}`}>{withMinus(describeProblem(problem, language, 'page'))}</div>
  ));
};
