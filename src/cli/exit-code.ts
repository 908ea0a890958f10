import { CommanderError } from 'commander';
import { BadInputError, CancelledError, NoAnswerError, UsageError, type Problem } from '../kernel/errors.ts';
import { explainFileError } from '../store/file-problems.ts';
import { cliProblem } from './cli-findings.ts';
import { usageOf } from './usage-text.ts';

/** How a command ended badly: what a program sees (exit code, `--json` document) and what a person reads. */
export interface Failure {
  readonly exitCode: 1 | 2 | 3 | 4;
  readonly error: 'bad-input' | 'usage' | 'no-answer' | 'cancelled' | 'internal';
  readonly problems: readonly Problem[];
}

/** The one table from what was thrown to exit code. */
export const failureOf = (thrown: unknown): Failure => {
  if (thrown instanceof CommanderError)
    return { exitCode: 2, error: 'usage', problems: [cliProblem('usage', { usage: usageOf(thrown) })] };
  if (thrown instanceof UsageError)
    return { exitCode: 2, error: 'usage', problems: [cliProblem('usage', { usage: thrown.said })] };
  if (thrown instanceof BadInputError) return { exitCode: 3, error: 'bad-input', problems: thrown.problems };
  if (thrown instanceof NoAnswerError)
    return {
      exitCode: 4,
      error: 'no-answer',
      problems: thrown.clashingRules.map((clash) => cliProblem('hard-rule', { clash })),
    };
  if (thrown instanceof CancelledError)
    return { exitCode: 1, error: 'cancelled', problems: [cliProblem('cancelled')] };
  const refused = explainFileError(thrown);
  if (refused !== undefined) return { exitCode: 3, error: 'bad-input', problems: [refused] };
  return {
    exitCode: 1,
    error: 'internal',
    problems: [cliProblem('internal', { error: thrown instanceof Error ? thrown.message : String(thrown) })],
  };
};
