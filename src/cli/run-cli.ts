import { CommanderError } from 'commander';
import { BadInputError } from '../kernel/errors.ts';
import { kernelProblem } from '../kernel/kernel-problems.ts';
import { unwritableIn } from '../kernel/text.ts';
import type { Terminal } from './cli-context.ts';
import { commandOf } from './command-table.ts';
import { createProgram } from './program.ts';
import { languageOf } from './language-of.ts';

/** No name, path or note that is typed has what no text may have: no command is asked about it. */
const refuseUnwritable = (args: readonly string[]): void => {
  const problems = args.flatMap((arg, i) => {
    const character = unwritableIn(arg);
    const before = args[i - 1];
    const path = before?.startsWith('--') === true ? before : '';
    return character === undefined ? [] : [kernelProblem(path, 'character-not-allowed', arg, { character })];
  });
  if (problems.length > 0)
    throw new BadInputError(problems.map(({ path, ...rest }) => (path === '' ? rest : { path, ...rest })));
};

/** Runs one command line (without node and script) and answers its exit code. */
export const runCli = async (
  args: readonly string[],
  terminal: Terminal,
  version: string,
): Promise<number> => {
  try {
    refuseUnwritable(args);
    let code = 0;
    const ending = { ...terminal, endWith: (wanted: 3): number => (code = wanted) };
    const program = await createProgram(ending, version, languageOf(args), commandOf(args));
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (thrown) {
    // --help and --version leave by an exception too.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return 0;
    const { reportFailure } = await import('./report-failure.ts');
    return reportFailure(thrown, args, terminal);
  }
};
