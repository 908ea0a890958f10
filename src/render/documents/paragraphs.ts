import type { Problem } from '../../kernel/errors.ts';
import type { Sayable } from '../../kernel/finding.ts';
import type { Language } from '../../kernel/text.ts';
import { describeProblem, groupAlike } from '../../words/problems.ts';
import { speak } from '../../words/speak.ts';
import { messages } from '../../words/messages.ts';

/** Sentences as a list for the terminal; empty where there are none. */
export const bullets = (said: readonly Sayable[], language: Language): string =>
  said.map((one) => `· ${speak(language, 'terminal').say(one)}`).join('\n');

/** Parts of an answer with a blank line between them; what is empty is left out. */
export const paragraphs = (parts: readonly string[]): string =>
  parts.filter((part) => part !== '').join('\n\n');

const order: readonly Problem['severity'][] = ['error', 'warning', 'notice'];

/** A line for each problem: what stops the work first, then what to look at, then what is only told. */
export const problemLines = (problems: readonly Problem[], language: Language): string[] =>
  order.flatMap((severity) =>
    groupAlike(
      problems.filter((problem) => problem.severity === severity),
      language,
    ).map(({ problem, others }) =>
      `${messages('terminal-problem-lines')[severity][language]}${describeProblem(problem, language, 'terminal')} ${others}`.trimEnd(),
    ),
  );
