import type { Problem } from '../../src/kernel/errors.ts';
import type { Sayable } from '../../src/kernel/finding.ts';
import type { Text } from '../../src/kernel/text.ts';
import { sayProblem } from '../../src/words/problems.ts';
import { speak } from '../../src/words/speak.ts';

/** A finding as a person at a terminal reads it. */
export const english = (said: Sayable | undefined): string =>
  said === undefined ? '' : speak('en', 'terminal').say(said);
export const chinese = (said: Sayable | undefined): string =>
  said === undefined ? '' : speak('zh-CN', 'terminal').say(said);

/** What is said of a problem, and what to do about it; of no problem, nothing. */
export const messageOf = (problem: Problem | undefined): Text => saidOf(problem).message;
export const remedyOf = (problem: Problem | undefined): Text => saidOf(problem).remedy;

const nothing: Text = { 'zh-CN': '', en: '' };
const saidOf = (problem: Problem | undefined): { readonly message: Text; readonly remedy: Text } =>
  problem === undefined ? { message: nothing, remedy: nothing } : sayProblem(problem, 'terminal');
