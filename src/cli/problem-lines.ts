import type { Problem } from '../kernel/errors.ts';
import { text, type Language, type Text } from '../kernel/text.ts';
import { describeProblem } from '../words/problems.ts';

const order: readonly Problem['severity'][] = ['error', 'warning', 'notice'];

const prefixes: Readonly<Record<Problem['severity'], Text>> = {
  error: text('', ''),
  warning: text('注意：', 'Warning: '),
  notice: text('提示：', 'Note: '),
};

/** A line for each problem: what stops the work first, then what to look at, then what is only told. */
export const problemLines = (problems: readonly Problem[], language: Language): string[] =>
  order.flatMap((severity) =>
    problems
      .filter((problem) => problem.severity === severity)
      .map((problem) => prefixes[severity][language] + describeProblem(problem, language, 'terminal')),
  );
