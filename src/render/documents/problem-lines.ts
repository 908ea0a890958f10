import { problemLinesWords } from '../../words/terminal/problem-lines.ts';
import type { Problem } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/text.ts';
import { describeProblem } from '../../words/problems.ts';

const order: readonly Problem['severity'][] = ['error', 'warning', 'notice'];

/** A line for each problem: what stops the work first, then what to look at, then what is only told. */
export const problemLines = (problems: readonly Problem[], language: Language): string[] =>
  order.flatMap((severity) =>
    problems
      .filter((problem) => problem.severity === severity)
      .map(
        (problem) => problemLinesWords[severity][language] + describeProblem(problem, language, 'terminal'),
      ),
  );
