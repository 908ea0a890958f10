import { CommanderError } from 'commander';
import type { Terminal } from './cli-context.ts';
import { commandOf } from './command-table.ts';
import { createProgram } from './program.ts';
import { languageOf } from './language-of.ts';

/** Runs one command line (without node and script) and answers its exit code. */
export const runCli = async (
  args: readonly string[],
  terminal: Terminal,
  version: string,
): Promise<number> => {
  try {
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
