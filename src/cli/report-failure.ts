import type { Terminal } from './cli-context.ts';
import { failureOf } from './exit-code.ts';
import { languageOf } from './language-of.ts';
import { jsonWithSentences } from '../words/with-sentences.ts';
import { problemLines } from '../render/documents/problem-lines.ts';

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
