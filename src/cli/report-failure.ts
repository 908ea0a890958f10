import { CommanderError } from 'commander';
import { BadInputError, CancelledError, NoAnswerError, type Problem, UsageError } from '../kernel/errors.ts';
import { problemLines } from '../render/documents/paragraphs.ts';
import { explainFileError } from '../store/store-problems.ts';
import { jsonWithSentences } from '../words/problems.ts';
import { languageOf, type Terminal } from './cli-context.ts';
import { cliProblem } from './cli-findings.ts';
import { usageOf } from './option-values.ts';

/** Tells, in the language asked for even where parsing the options is what failed, why a command ended; its exit code. */
export const reportFailure = (
  thrown: unknown,
  args: readonly string[],
  terminal: Pick<Terminal, 'out' | 'err'>,
): number => {
  const { error, problems, exitCode } = failureOf(thrown);
  if (args.includes('--json')) terminal.out(`${jsonWithSentences({ error, problems }, 'terminal')}\n`);
  for (const line of problemLines(problems, languageOf(args))) terminal.err(`${line}\n`);
  if (process.env['HUAWU_DEBUG'] === '1' && thrown instanceof Error) terminal.err(`${thrown.stack}\n`);
  return exitCode;
};

/** How a command ended badly: what a program sees (exit code, `--json` document) and what a person reads. */
interface Failure {
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
